//! Edits in words, as "Undo: …" continues, and the fields that are typed into.

use std::mem::discriminant;

use organization::{AccountId, Edit, Principal, Request, Scenario, SwitchedOff};
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
        Edit::SetTitle(_) => texts::state_label_edit_the_title().to_owned(),
        Edit::SetDescription(_) => texts::state_label_edit_the_description().to_owned(),
        Edit::SetSettings(_) => texts::state_label_change_the_settings().to_owned(),
        Edit::Switch { parts, off } => {
            let part = parts.first().map(|part| switched_part(scenario, part));
            let part = part.unwrap_or_default();
            match off {
                true => texts::state_label_switch_off(&part),
                false => texts::state_label_switch_on(&part),
            }
        }
        Edit::SwitchAllOn => texts::state_label_switch_everything_on().to_owned(),
        Edit::SetDefaults(_) => texts::state_label_change_the_defaults().to_owned(),
        Edit::CreateOrganization { .. } => texts::state_label_start_the_organization().to_owned(),
        Edit::DeleteOrganization => texts::state_label_delete_the_organization().to_owned(),
        Edit::SetManagementAccount(id) => {
            texts::state_label_make_the_management_account(&node(id.as_str()))
        }
        Edit::EnablePolicyType(kind) => {
            texts::state_label_enable_s(&kind.as_str().to_ascii_uppercase())
        }
        Edit::DisablePolicyType(kind) => {
            texts::common_disable_kind(&kind.as_str().to_ascii_uppercase())
        }
        Edit::SetFeatureSet(_) => texts::state_label_change_the_feature_set().to_owned(),
        Edit::SetOrganizationId(_) => texts::state_label_edit_id_organization().to_owned(),
        Edit::SetPartition(_) => texts::state_label_edit_the_partition().to_owned(),
        Edit::AddOu { .. } => texts::state_label_add_an_ou().to_owned(),
        Edit::AddAccount { .. } => texts::state_label_add_an_account().to_owned(),
        Edit::RenameNode { node: id, .. } => texts::state_label_rename(&node(id.as_str())),
        Edit::MoveNode { node: id, .. } => texts::state_label_move(&node(id.as_str())),
        Edit::DeleteOu { ou, .. } => texts::common_delete_node(&node(ou.as_str())),
        Edit::DeleteAccount(id) => texts::common_delete_node(&node(id.as_str())),
        Edit::SetAccountId { account: id, .. } => texts::state_label_edit_the_id_of(&account(id)),
        Edit::SetAccountTags { account: id, .. } => {
            texts::state_label_edit_the_tags_of(&account(id))
        }
        Edit::AddExternalAccount { .. } => texts::state_label_add_an_external_account().to_owned(),
        Edit::UpdateExternalAccount(changed) => texts::state_label_change(&changed.name),
        Edit::DeleteExternalAccount(id) => texts::common_delete_node(&account(id)),
        Edit::Attach { policy: id, .. } => texts::state_label_attach(&policy(id.as_str())),
        Edit::Detach { policy: id, .. } => texts::state_label_detach(&policy(id.as_str())),
        Edit::ReplaceAttachment { old, .. } => texts::state_label_replace(&policy(old.as_str())),
        Edit::AddPolicy { .. } => texts::common_add_a_policy().to_owned(),
        Edit::RenamePolicy { policy: id, .. } => texts::state_label_rename(&policy(id.as_str())),
        Edit::SetPolicyText { policy: id, .. } => texts::state_label_edit(&policy(id.as_str())),
        Edit::SetPolicyKind { policy: id, .. } => {
            texts::common_change_the_kind_of(&policy(id.as_str()))
        }
        Edit::DuplicatePolicy(id) => texts::state_label_copy(&policy(id.as_str())),
        Edit::UsePolicy { policy: id, .. } => texts::state_label_attach(&policy(id.as_str())),
        Edit::ReleasePolicy { policy: id, .. } => texts::state_label_detach(&policy(id.as_str())),
        Edit::DeletePolicy { policy: id, .. } => texts::common_delete_node(&policy(id.as_str())),
        Edit::AddPrincipal { name, .. } => texts::common_add_named(&name),
        Edit::UpdatePrincipal(changed) => texts::state_label_change(&changed.name()),
        Edit::RenamePrincipal { principal: id, .. } => {
            texts::state_label_rename(&principal(id.as_str()))
        }
        Edit::DeletePrincipal(id) => texts::common_delete_node(&principal(id.as_str())),
        Edit::AttachIdentity { policy: id, .. } => texts::state_label_attach(&policy(id.as_str())),
        Edit::DetachIdentity { policy: id, .. } => texts::state_label_detach(&policy(id.as_str())),
        Edit::JoinGroup { group, .. } => texts::state_label_join(&principal(group.as_str())),
        Edit::LeaveGroup { group, .. } => texts::state_label_leave(&principal(group.as_str())),
        Edit::AddResource(_) => texts::state_label_add_a_resource().to_owned(),
        Edit::UpdateResource { .. } => texts::state_label_change_the_resource().to_owned(),
        Edit::DeleteResource(_) => texts::state_label_delete_the_resource().to_owned(),
        Edit::AddEndpoint { .. } => texts::state_label_add_a_vpc_endpoint().to_owned(),
        Edit::UpdateEndpoint { .. } => texts::state_label_change_the_vpc_endpoint().to_owned(),
        Edit::DeleteEndpoint(_) => texts::state_label_delete_the_vpc_endpoint().to_owned(),
        Edit::AddRequest { .. } => texts::common_add_a_request().to_owned(),
        Edit::UpdateRequest(_) => texts::state_label_edit_the_request().to_owned(),
        Edit::DuplicateRequest(_) => texts::state_label_copy_the_request().to_owned(),
        Edit::MoveRequest { .. } => texts::state_label_move_the_request().to_owned(),
        Edit::DeleteRequest(_) => texts::state_label_delete_the_request().to_owned(),
    }
}

fn kind_plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Scp => texts::state_label_scps(),
        Kind::Rcp => texts::state_label_rcps(),
        Kind::Identity => texts::state_label_identity_policies(),
        Kind::Boundary => texts::state_label_permissions_boundaries(),
        Kind::Session => texts::state_label_session_policies(),
        Kind::Resource => texts::state_label_resource_based_policies(),
        Kind::Trust => texts::state_label_trust_policies(),
        Kind::Endpoint => texts::state_label_endpoint_policies(),
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
            texts::state_label_at(&name, &node_name(scenario, node.as_str()))
        }
        SwitchedOff::Unknown(_) => texts::state_label_something_unknown().to_owned(),
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

/// What a principal is, in a word.
#[must_use]
pub fn principal_word(principal: &Principal) -> &str {
    match principal {
        Principal::User(_) => texts::subject_user(),
        Principal::Group(_) => texts::subject_group(),
        Principal::Role(_) => texts::subject_role(),
        Principal::Other { .. } => principal.type_word(),
    }
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
