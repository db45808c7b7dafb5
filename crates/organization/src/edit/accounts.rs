//! What accounts are besides their place in the tree: their ids and tags; accounts outside the
//! organization.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use serde_json::Map;

use super::error::{EditError, Subject};
use super::tree::{account_mut, forget, not_found};
use super::{Created, Outcome, checked_name, created, done, fresh, tag_keys};
use crate::ids::{AccountId, NodeId};
use crate::scenario::{
    CallerKind, ExternalAccount, ExternalOrganization, Principal, Request, Scenario, SwitchedOff,
};
use crate::tree::Child;

/// Whether an account is in the organization or listed outside it.
pub(super) fn has_account(scenario: &Scenario, id: &AccountId) -> bool {
    fn below(children: &[Child], id: &AccountId) -> bool {
        children.iter().any(|child| match child {
            Child::Ou(ou) => below(&ou.children, id),
            Child::Account(account) => account.id == *id,
        })
    }
    let organization = scenario.organization.as_ref();
    scenario.external_account(id.as_str()).is_some()
        || organization.is_some_and(|organization| below(&organization.root.children, id))
}

pub(super) fn set_tags(
    scenario: &mut Scenario,
    account: &AccountId,
    tags: BTreeMap<String, String>,
) -> Outcome {
    tag_keys(&tags)?;
    account_mut(scenario, account)?.tags = tags;
    done()
}

pub(super) fn add(scenario: &mut Scenario, name: String) -> Outcome {
    let name = checked_name(name, Subject::Account)?;
    let id = fresh::account(scenario).ok_or_else(|| not_found(Subject::Account, "111111111111"))?;
    scenario.external_accounts.push(Rc::new(ExternalAccount {
        id: id.clone(),
        name,
        partition: None,
        organization: None,
        extra: Map::new(),
    }));
    created(Created::ExternalAccount(id))
}

fn external(scenario: &Scenario, id: &AccountId) -> Result<usize, EditError> {
    let mut accounts = scenario.external_accounts.iter();
    let position = accounts.position(|one| one.id == *id);
    position.ok_or_else(|| not_found(Subject::ExternalAccount, id.as_str()))
}

pub(super) fn update(scenario: &mut Scenario, mut changed: ExternalAccount) -> Outcome {
    let position = external(scenario, &changed.id)?;
    let Some(slot) = scenario.external_accounts.get_mut(position) else {
        return Err(not_found(Subject::ExternalAccount, changed.id.as_str()));
    };
    if changed.name != slot.name {
        changed.name = checked_name(changed.name, Subject::Account)?;
    }
    if let Some(partition) = &changed.partition
        && changed.partition != slot.partition
    {
        check_partition(partition)?;
    }
    if let Some(organization) = &changed.organization
        && changed.organization != slot.organization
    {
        check_organization(organization)?;
    }
    *slot = Rc::new(changed);
    done()
}

fn check_organization(organization: &ExternalOrganization) -> Result<(), EditError> {
    check_organization_id(&organization.id)?;
    let Some(path) = &organization.path else {
        return Ok(());
    };
    let inside = path
        .strip_prefix(&organization.id)
        .and_then(|rest| rest.strip_prefix("/r-"))
        .is_some_and(|rest| rest.ends_with('/') && !rest.contains("//"));
    if inside {
        Ok(())
    } else {
        Err(EditError::Malformed {
            what: texts::edit_entity_path(),
            found: path.clone(),
            expected: texts::edit_ids_organization_its_root(),
        })
    }
}

/// `o-` and 10 to 32 lower-case letters or digits (ORG-7).
pub(super) fn check_organization_id(id: &str) -> Result<(), EditError> {
    let whole = id.strip_prefix("o-").is_some_and(|rest| {
        (10..=32).contains(&rest.len())
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    });
    if whole {
        Ok(())
    } else {
        Err(EditError::Malformed {
            what: texts::edit_organization_id(),
            found: id.to_owned(),
            expected: texts::edit_o_and_10_to(),
        })
    }
}

/// Any text (ORG-10) that can stand in an ARN.
pub(super) fn check_partition(partition: &str) -> Result<(), EditError> {
    let barred = |letter: char| letter == ':' || letter.is_whitespace();
    if partition.is_empty() || partition.contains(barred) {
        return Err(EditError::Malformed {
            what: texts::edit_partition(),
            found: partition.to_owned(),
            expected: texts::edit_aws_aws_cn_aws(),
        });
    }
    Ok(())
}

/// Removes the account and its principals; resources and endpoints are kept.
pub(super) fn delete(scenario: &mut Scenario, id: &AccountId) -> Outcome {
    let position = external(scenario, id)?;
    scenario.external_accounts.remove(position);
    Ok(forget(scenario, &HashSet::from([id.node()])))
}

/// Gives an account, inside or outside the organization, another id. Everything that names the
/// account by its id follows; ARNs and the texts of policies are the author's.
pub(super) fn set_id(scenario: &mut Scenario, old: &AccountId, new: AccountId) -> Outcome {
    if new == *old {
        return match has_account(scenario, old) {
            true => done(),
            false => Err(not_found(Subject::Account, old.as_str())),
        };
    }
    if new.as_str().len() != 12 || !new.as_str().bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(EditError::Malformed {
            what: texts::edit_account_id(),
            found: new.to_string(),
            expected: texts::common_twelve_digits(),
        });
    }
    if has_account(scenario, &new) {
        return Err(EditError::IdTaken {
            subject: Subject::Account,
            id: new.to_string(),
        });
    }
    if let Ok(position) = external(scenario, old) {
        if let Some(account) = scenario.external_accounts.get_mut(position) {
            Rc::make_mut(account).id = new.clone();
        }
    } else {
        account_mut(scenario, old)?.id = new.clone();
    }
    follow(scenario, old, &new);
    done()
}

fn follow(scenario: &mut Scenario, old: &AccountId, new: &AccountId) {
    let is_old = |id: &Option<AccountId>| id.as_ref() == Some(old);
    if let Some(organization) = &mut scenario.organization
        && is_old(&organization.management_account)
    {
        organization.management_account = Some(new.clone());
    }
    let (old_node, new_node) = (old.node(), new.node());
    if scenario
        .settings
        .off
        .iter()
        .any(|off| is_at(off, &old_node))
    {
        for off in &mut Rc::make_mut(&mut scenario.settings).off {
            if let SwitchedOff::Attachment { node, .. } = off
                && *node == old_node
            {
                *node = new_node.clone();
            }
        }
    }
    for principal in &mut scenario.principals {
        if principal.account() == Some(old) {
            match Rc::make_mut(principal) {
                Principal::User(user) => user.account = new.clone(),
                Principal::Group(group) => group.account = new.clone(),
                Principal::Role(role) => role.account = new.clone(),
                Principal::Other { .. } => {}
            }
        }
    }
    for resource in &mut scenario.resources {
        if is_old(&resource.account) {
            Rc::make_mut(resource).account = Some(new.clone());
        }
    }
    for endpoint in &mut scenario.endpoints {
        if is_old(&endpoint.account) {
            Rc::make_mut(endpoint).account = Some(new.clone());
        }
    }
    for request in &mut scenario.requests {
        let mut changed = Request::clone(request);
        rename_in(&mut changed, old, new);
        if changed != **request {
            *request = Rc::new(changed);
        }
    }
}

fn is_at(off: &SwitchedOff, at: &NodeId) -> bool {
    matches!(off, SwitchedOff::Attachment { node, .. } if node == at)
}

fn rename_in(request: &mut Request, old: &AccountId, new: &AccountId) {
    let replace = |id: &mut Option<AccountId>| {
        if id.as_ref() == Some(old) {
            *id = Some(new.clone());
        }
    };
    replace(&mut request.resource_account);
    for resource in &mut request.resources {
        replace(&mut resource.account);
    }
    match &mut request.caller.kind {
        CallerKind::Root { account } | CallerKind::AssumedRoot { account, .. }
            if account == old =>
        {
            *account = new.clone();
        }
        CallerKind::Service { source_account, .. } => replace(source_account),
        _ => {}
    }
    if let Some(expect) = &mut request.expect {
        if let Some(verdict) = expect.accounts.remove(old) {
            expect.accounts.insert(new.clone(), verdict);
        }
        for reason in expect.by.iter_mut().flatten() {
            if reason.node.as_ref().is_some_and(|node| *node == old.node()) {
                reason.node = Some(new.node());
            }
        }
    }
}
