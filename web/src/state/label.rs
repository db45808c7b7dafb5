//! Edits in words, as "Undo: …" continues, and the fields that are typed into.

use organization::{Edit, Scenario};

/// What an edit does, as "Undo: …" continues.
pub(super) fn label(scenario: &Scenario, edit: &Edit) -> String {
    let node = |id: &str| node_name(scenario, id);
    let policy = |id: &str| {
        scenario
            .policy(id)
            .map_or_else(|| id.to_owned(), |policy| policy.name().to_owned())
    };
    let principal = |id: &str| {
        scenario
            .principal(id)
            .map_or_else(|| id.to_owned(), |principal| principal.name().to_owned())
    };
    match edit {
        Edit::SetTitle(_) => "edit the title".to_owned(),
        Edit::SetDescription(_) => "edit the description".to_owned(),
        Edit::SetSettings(_) => "change the settings".to_owned(),
        Edit::SetDefaults(_) => "change the defaults".to_owned(),
        Edit::CreateOrganization { .. } => "start the organization".to_owned(),
        Edit::DeleteOrganization => "delete the organization".to_owned(),
        Edit::SetManagementAccount(id) => {
            format!("make {} the management account", node(id.as_str()))
        }
        Edit::EnablePolicyType(kind) => format!("enable {}s", kind.as_str().to_ascii_uppercase()),
        Edit::DisablePolicyType(kind) => format!("disable {}s", kind.as_str().to_ascii_uppercase()),
        Edit::AddOu { .. } => "add an OU".to_owned(),
        Edit::AddAccount { .. } => "add an account".to_owned(),
        Edit::RenameNode { node: id, .. } => format!("rename {}", node(id.as_str())),
        Edit::MoveNode { node: id, .. } => format!("move {}", node(id.as_str())),
        Edit::DeleteOu { ou, .. } => format!("delete {}", node(ou.as_str())),
        Edit::DeleteAccount(id) => format!("delete {}", node(id.as_str())),
        Edit::Attach { policy: id, .. } => format!("attach {}", policy(id.as_str())),
        Edit::Detach { policy: id, .. } => format!("detach {}", policy(id.as_str())),
        Edit::ReplaceAttachment { old, .. } => format!("replace {}", policy(old.as_str())),
        Edit::AddPolicy { .. } => "add a policy".to_owned(),
        Edit::RenamePolicy { policy: id, .. } => format!("rename {}", policy(id.as_str())),
        Edit::SetPolicyText { policy: id, .. } => format!("edit {}", policy(id.as_str())),
        Edit::SetPolicyKind { policy: id, .. } => {
            format!("change the kind of {}", policy(id.as_str()))
        }
        Edit::DuplicatePolicy(id) => format!("copy {}", policy(id.as_str())),
        Edit::DeletePolicy { policy: id, .. } => format!("delete {}", policy(id.as_str())),
        Edit::AddPrincipal { name, .. } => format!("add {name}"),
        Edit::UpdatePrincipal(changed) => format!("change {}", changed.name()),
        Edit::RenamePrincipal { principal: id, .. } => format!("rename {}", principal(id.as_str())),
        Edit::DeletePrincipal(id) => format!("delete {}", principal(id.as_str())),
        Edit::AttachIdentity { policy: id, .. } => format!("attach {}", policy(id.as_str())),
        Edit::DetachIdentity { policy: id, .. } => format!("detach {}", policy(id.as_str())),
        Edit::JoinGroup { group, .. } => format!("join {}", principal(group.as_str())),
        Edit::LeaveGroup { group, .. } => format!("leave {}", principal(group.as_str())),
        Edit::AddRequest { .. } => "add a request".to_owned(),
        Edit::UpdateRequest(_) => "edit the request".to_owned(),
        Edit::DuplicateRequest(_) => "copy the request".to_owned(),
        Edit::MoveRequest { .. } => "move the request".to_owned(),
        Edit::DeleteRequest(_) => "delete the request".to_owned(),
    }
}

/// The name of a node of the tree; its id if there is none.
pub(super) fn node_name(scenario: &Scenario, id: &str) -> String {
    scenario
        .organization
        .as_ref()
        .and_then(|organization| Some(organization.index().node(id)?.name().to_owned()))
        .unwrap_or_else(|| id.to_owned())
}

/// The field that an edit types into, if it is one of many letters there.
pub(super) fn field(edit: &Edit) -> Option<String> {
    Some(match edit {
        Edit::SetTitle(_) => "title".to_owned(),
        Edit::SetDescription(_) => "description".to_owned(),
        Edit::SetDefaults(_) => "defaults".to_owned(),
        Edit::RenamePolicy { policy, .. } => format!("name of policy {policy}"),
        Edit::SetPolicyText { policy, .. } => format!("text of policy {policy}"),
        Edit::RenamePrincipal { principal, .. } => format!("name of principal {principal}"),
        Edit::UpdateRequest(request) => format!("request {}", request.id),
        _ => return None,
    })
}
