//! Edits in words, as "Undo: …" continues, and the fields that are typed into.

use std::mem::discriminant;

use organization::{AccountId, Edit, Request, Scenario, SwitchedOff};
use policy::Kind;

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
    let account = |id: &AccountId| account_name(scenario, id);
    match edit {
        Edit::SetTitle(_) => "edit the title".to_owned(),
        Edit::SetDescription(_) => "edit the description".to_owned(),
        Edit::SetSettings(_) => "change the settings".to_owned(),
        Edit::Switch { parts, off } => {
            let part = parts.first().map(|part| switched_part(scenario, part));
            let off = if *off { "off" } else { "on" };
            format!("switch {} {off}", part.unwrap_or_default())
        }
        Edit::SwitchAllOn => "switch everything on".to_owned(),
        Edit::SetDefaults(_) => "change the defaults".to_owned(),
        Edit::CreateOrganization { .. } => "start the organization".to_owned(),
        Edit::DeleteOrganization => "delete the organization".to_owned(),
        Edit::SetManagementAccount(id) => {
            format!("make {} the management account", node(id.as_str()))
        }
        Edit::EnablePolicyType(kind) => format!("enable {}s", kind.as_str().to_ascii_uppercase()),
        Edit::DisablePolicyType(kind) => format!("disable {}s", kind.as_str().to_ascii_uppercase()),
        Edit::SetFeatureSet(_) => "change the feature set".to_owned(),
        Edit::SetOrganizationId(_) => "edit the id of the organization".to_owned(),
        Edit::SetPartition(_) => "edit the partition".to_owned(),
        Edit::AddOu { .. } => "add an OU".to_owned(),
        Edit::AddAccount { .. } => "add an account".to_owned(),
        Edit::RenameNode { node: id, .. } => format!("rename {}", node(id.as_str())),
        Edit::MoveNode { node: id, .. } => format!("move {}", node(id.as_str())),
        Edit::DeleteOu { ou, .. } => format!("delete {}", node(ou.as_str())),
        Edit::DeleteAccount(id) => format!("delete {}", node(id.as_str())),
        Edit::SetAccountId { account: id, .. } => format!("edit the id of {}", account(id)),
        Edit::SetAccountTags { account: id, .. } => format!("edit the tags of {}", account(id)),
        Edit::AddExternalAccount { .. } => "add an external account".to_owned(),
        Edit::UpdateExternalAccount(changed) => format!("change {}", changed.name),
        Edit::DeleteExternalAccount(id) => format!("delete {}", account(id)),
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
        Edit::UsePolicy { policy: id, .. } => format!("attach {}", policy(id.as_str())),
        Edit::ReleasePolicy { policy: id, .. } => format!("detach {}", policy(id.as_str())),
        Edit::DeletePolicy { policy: id, .. } => format!("delete {}", policy(id.as_str())),
        Edit::AddPrincipal { name, .. } => format!("add {name}"),
        Edit::UpdatePrincipal(changed) => format!("change {}", changed.name()),
        Edit::RenamePrincipal { principal: id, .. } => format!("rename {}", principal(id.as_str())),
        Edit::DeletePrincipal(id) => format!("delete {}", principal(id.as_str())),
        Edit::AttachIdentity { policy: id, .. } => format!("attach {}", policy(id.as_str())),
        Edit::DetachIdentity { policy: id, .. } => format!("detach {}", policy(id.as_str())),
        Edit::JoinGroup { group, .. } => format!("join {}", principal(group.as_str())),
        Edit::LeaveGroup { group, .. } => format!("leave {}", principal(group.as_str())),
        Edit::AddResource(_) => "add a resource".to_owned(),
        Edit::UpdateResource { .. } => "change the resource".to_owned(),
        Edit::DeleteResource(_) => "delete the resource".to_owned(),
        Edit::AddEndpoint { .. } => "add a VPC endpoint".to_owned(),
        Edit::UpdateEndpoint { .. } => "change the VPC endpoint".to_owned(),
        Edit::DeleteEndpoint(_) => "delete the VPC endpoint".to_owned(),
        Edit::AddRequest { .. } => "add a request".to_owned(),
        Edit::UpdateRequest(_) => "edit the request".to_owned(),
        Edit::DuplicateRequest(_) => "copy the request".to_owned(),
        Edit::MoveRequest { .. } => "move the request".to_owned(),
        Edit::DeleteRequest(_) => "delete the request".to_owned(),
    }
}

fn kind_plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Scp => "SCPs",
        Kind::Rcp => "RCPs",
        Kind::Identity => "identity policies",
        Kind::Boundary => "permissions boundaries",
        Kind::Session => "session policies",
        Kind::Resource => "resource-based policies",
        Kind::Trust => "trust policies",
        Kind::Endpoint => "endpoint policies",
    }
}

/// Something that is switched off, in words: "SCPs", "Region lock at Workloads".
#[must_use]
pub fn switched_part(scenario: &Scenario, part: &SwitchedOff) -> String {
    match part {
        SwitchedOff::Kind(kind) => kind_plural(*kind).to_owned(),
        SwitchedOff::Attachment { policy, node } => {
            let name = scenario.policy(policy.as_str());
            let name = name.map_or(policy.as_str(), |policy| policy.name());
            format!("{name} at {}", node_name(scenario, node.as_str()))
        }
        SwitchedOff::Unknown(_) => "something unknown".to_owned(),
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

/// The name of an account in the organization or outside it; its id if there is none.
#[must_use]
pub fn account_name(scenario: &Scenario, id: &AccountId) -> String {
    match scenario.external_account(id.as_str()) {
        Some(account) if !account.name.is_empty() => account.name.clone(),
        _ => node_name(scenario, id.as_str()),
    }
}

/// What an ARN says behind service, region and account.
#[must_use]
pub fn resource_name(arn: &str) -> &str {
    arn.splitn(6, ':').nth(5).unwrap_or(arn)
}

/// The field that an edit types into, if it is one of many letters there.
pub(super) fn field(scenario: &Scenario, edit: &Edit) -> Option<String> {
    Some(match edit {
        Edit::SetTitle(_) => "title".to_owned(),
        Edit::SetDescription(_) => "description".to_owned(),
        Edit::SetDefaults(_) => "defaults".to_owned(),
        Edit::RenamePolicy { policy, .. } => format!("name of policy {policy}"),
        Edit::SetPolicyText { policy, .. } => format!("text of policy {policy}"),
        Edit::RenamePrincipal { principal, .. } => format!("name of principal {principal}"),
        Edit::SetOrganizationId(_) => "organization id".to_owned(),
        Edit::SetPartition(_) => "partition".to_owned(),
        Edit::SetAccountTags { account, .. } => format!("tags of {account}"),
        Edit::UpdateExternalAccount(account) => format!("account {}", account.id),
        Edit::UpdatePrincipal(principal) => format!("principal {}", principal.id()),
        // What names these can be typed itself: their places stay.
        Edit::UpdateResource { arn, .. } => {
            let place = scenario.resources.iter().position(|one| one.arn == *arn)?;
            format!("resource {place}")
        }
        Edit::UpdateEndpoint { id, .. } => {
            let place = scenario.endpoints.iter().position(|one| one.id == *id)?;
            format!("endpoint {place}")
        }
        Edit::UpdateRequest(request) => {
            let part = request_part(scenario.request(request.id.as_str())?, request)?;
            format!("{part} of request {}", request.id)
        }
        _ => return None,
    })
}

/// The part of a request that was typed into; none where something was chosen, or went.
fn request_part(before: &Request, after: &Request) -> Option<&'static str> {
    let kind = |request: &Request| discriminant(&request.caller.kind);
    let keys =
        |request: &Request| request.context.len() + request.absent.len() + request.unknown.len();
    let chosen = kind(before) != kind(after)
        || before.resources.len() != after.resources.len()
        || before.absent.len() != after.absent.len()
        || keys(before) > keys(after);
    if chosen {
        return None;
    }
    let parts = [
        ("name", before.name != after.name),
        ("caller", before.caller != after.caller),
        ("action", before.action != after.action),
        ("resource", before.resources != after.resources),
        ("keys", before.context != after.context),
        ("region", before.region != after.region),
        ("time", before.time != after.time),
    ];
    let part = parts.into_iter().find(|(_, differs)| *differs);
    Some(part.map_or("other parts", |(part, _)| part))
}
