//! OUs and accounts: added, renamed, moved, deleted.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use serde_json::Map;

use super::error::{EditError, Subject};
use super::{
    Contents, Created, Outcome, Trail, checked_name, created, done, forget_switched_off, fresh,
    principals,
};
use crate::ids::{AccountId, NodeId, RequestId};
use crate::scenario::{CallerKind, Scenario};
use crate::tree::{Account, Attachments, Child, MAX_OU_DEPTH, Organization, Ou, Root};

/// The way to a node: the position among the children at each level; empty for the root.
type Way = Vec<usize>;

pub(super) fn organization_mut(scenario: &mut Scenario) -> Result<&mut Organization, EditError> {
    scenario
        .organization
        .as_mut()
        .ok_or(EditError::NoOrganization)
}

pub(super) fn not_found(subject: Subject, id: &str) -> EditError {
    EditError::NotFound {
        subject,
        id: id.to_owned(),
    }
}

fn find(root: &Root, id: &NodeId) -> Option<Way> {
    fn below(children: &[Child], id: &NodeId, way: &mut Way) -> bool {
        children.iter().enumerate().any(|(position, child)| {
            way.push(position);
            let found = match child {
                Child::Ou(ou) => ou.id == *id || below(&ou.children, id, way),
                Child::Account(account) => account.id.as_str() == id.as_str(),
            };
            if !found {
                way.pop();
            }
            found
        })
    }
    let mut way = Way::new();
    (root.id == *id || below(&root.children, id, &mut way)).then_some(way)
}

/// The children of the root or of an OU; the nodes on the way are copied where they are shared.
fn children_mut<'a>(root: &'a mut Root, way: &[usize]) -> Option<&'a mut Vec<Child>> {
    let mut children = &mut root.children;
    for position in way {
        match children.get_mut(*position)? {
            Child::Ou(ou) => children = &mut Rc::make_mut(ou).children,
            Child::Account(_) => return None,
        }
    }
    Some(children)
}

fn child_mut<'a>(root: &'a mut Root, way: &[usize]) -> Option<&'a mut Child> {
    let (position, parent) = way.split_last()?;
    children_mut(root, parent)?.get_mut(*position)
}

fn child<'a>(root: &'a Root, way: &[usize]) -> Option<&'a Child> {
    let (position, parents) = way.split_last()?;
    let mut children = &root.children;
    for position in parents {
        match children.get(*position)? {
            Child::Ou(ou) => children = &ou.children,
            Child::Account(_) => return None,
        }
    }
    children.get(*position)
}

/// The policies attached to a node.
pub(super) fn attachments_mut<'a>(
    organization: &'a mut Organization,
    node: &NodeId,
) -> Result<&'a mut Attachments, EditError> {
    let missing = || not_found(Subject::Node, node.as_str());
    let way = find(&organization.root, node).ok_or_else(missing)?;
    let root = Rc::make_mut(&mut organization.root);
    if way.is_empty() {
        return Ok(&mut root.attachments);
    }
    match child_mut(root, &way).ok_or_else(missing)? {
        Child::Ou(ou) => Ok(&mut Rc::make_mut(ou).attachments),
        Child::Account(account) => Ok(&mut Rc::make_mut(account).attachments),
    }
}

/// An account of the organization, copied where it is shared.
pub(super) fn account_mut<'a>(
    scenario: &'a mut Scenario,
    account: &AccountId,
) -> Result<&'a mut Account, EditError> {
    let missing = || not_found(Subject::Account, account.as_str());
    let organization = scenario.organization.as_mut().ok_or_else(missing)?;
    let way = find(&organization.root, &account.node()).ok_or_else(missing)?;
    match child_mut(Rc::make_mut(&mut organization.root), &way) {
        Some(Child::Account(account)) => Ok(Rc::make_mut(account)),
        _ => Err(missing()),
    }
}

pub(super) fn add_ou(scenario: &mut Scenario, parent: &NodeId, name: String) -> Outcome {
    let name = checked_name(name, Subject::Ou)?;
    let id = fresh::ou(scenario).ok_or(EditError::NoOrganization)?;
    let organization = organization_mut(scenario)?;
    let missing = || not_found(Subject::Parent, parent.as_str());
    let way = find(&organization.root, parent).ok_or_else(missing)?;
    let children = children_mut(Rc::make_mut(&mut organization.root), &way).ok_or_else(missing)?;
    within_depth(way.len() + 1)?;
    children.push(Child::Ou(Rc::new(Ou {
        id: id.clone(),
        name,
        attachments: Attachments::Default,
        children: Vec::new(),
        extra: Map::new(),
    })));
    created(Created::Node(id))
}

pub(super) fn add_account(scenario: &mut Scenario, parent: &NodeId, name: String) -> Outcome {
    let name = checked_name(name, Subject::Account)?;
    let id = fresh::account(scenario).ok_or(EditError::NoOrganization)?;
    let organization = organization_mut(scenario)?;
    let missing = || not_found(Subject::Parent, parent.as_str());
    let way = find(&organization.root, parent).ok_or_else(missing)?;
    let children = children_mut(Rc::make_mut(&mut organization.root), &way).ok_or_else(missing)?;
    let node = id.node();
    children.push(new_account(id, name));
    created(Created::Node(node))
}

pub(super) fn new_account(id: AccountId, name: String) -> Child {
    Child::Account(Rc::new(Account {
        id,
        name,
        attachments: Attachments::Default,
        tags: BTreeMap::new(),
        extra: Map::new(),
    }))
}

fn within_depth(levels: usize) -> Result<(), EditError> {
    if levels > MAX_OU_DEPTH {
        return Err(EditError::TooDeep { levels });
    }
    Ok(())
}

pub(super) fn rename(scenario: &mut Scenario, node: &NodeId, name: String) -> Outcome {
    let organization = organization_mut(scenario)?;
    let missing = || not_found(Subject::Node, node.as_str());
    let way = find(&organization.root, node).ok_or_else(missing)?;
    if way.is_empty() {
        return Err(EditError::Root);
    }
    match child_mut(Rc::make_mut(&mut organization.root), &way).ok_or_else(missing)? {
        Child::Ou(ou) => Rc::make_mut(ou).name = checked_name(name, Subject::Ou)?,
        Child::Account(account) => {
            Rc::make_mut(account).name = checked_name(name, Subject::Account)?;
        }
    }
    done()
}

pub(super) fn relocate(
    scenario: &mut Scenario,
    node: &NodeId,
    parent: &NodeId,
    position: Option<usize>,
) -> Outcome {
    let organization = organization_mut(scenario)?;
    let missing = || not_found(Subject::Node, node.as_str());
    let no_parent = || not_found(Subject::Parent, parent.as_str());
    let from = find(&organization.root, node).ok_or_else(missing)?;
    let to = find(&organization.root, parent).ok_or_else(no_parent)?;
    let Some((place, old_parent)) = from.split_last() else {
        return Err(EditError::Root);
    };
    let moved = child(&organization.root, &from)
        .ok_or_else(missing)?
        .clone();
    if to.starts_with(&from) {
        return Err(match moved {
            Child::Ou(_) => EditError::IntoItself { ou: node.clone() },
            Child::Account(_) => no_parent(),
        });
    }
    if old_parent != to {
        within_depth(match moved.ou_levels() {
            0 => 0,
            levels => to.len() + levels,
        })?;
    }
    let root = Rc::make_mut(&mut organization.root);
    if children_mut(root, &to).is_none() {
        return Err(no_parent());
    }
    children_mut(root, old_parent)
        .ok_or_else(missing)?
        .remove(*place);
    let to = find(root, parent).ok_or_else(no_parent)?;
    let children = children_mut(root, &to).ok_or_else(no_parent)?;
    let position = position.unwrap_or(usize::MAX).min(children.len());
    children.insert(position, moved);
    done()
}

pub(super) fn delete_ou(scenario: &mut Scenario, ou: &NodeId, contents: Contents) -> Outcome {
    let organization = organization_mut(scenario)?;
    let missing = || not_found(Subject::Ou, ou.as_str());
    let way = find(&organization.root, ou).ok_or_else(missing)?;
    if way.is_empty() {
        return Err(EditError::Root);
    }
    let Some(Child::Ou(found)) = child(&organization.root, &way) else {
        return Err(missing());
    };
    if contents == Contents::Refuse && !found.children.is_empty() {
        return Err(EditError::NotEmpty {
            ou: ou.clone(),
            children: found.children.len(),
        });
    }
    remove(scenario, &way)
}

pub(super) fn delete_account(scenario: &mut Scenario, account: &AccountId) -> Outcome {
    let organization = organization_mut(scenario)?;
    let missing = || not_found(Subject::Account, account.as_str());
    let way = find(&organization.root, &account.node()).ok_or_else(missing)?;
    match child(&organization.root, &way) {
        Some(Child::Account(_)) => remove(scenario, &way),
        _ => Err(missing()),
    }
}

/// Removes a node with everything below it, the principals of its accounts, and what is switched
/// off at it.
fn remove(scenario: &mut Scenario, way: &[usize]) -> Outcome {
    let organization = organization_mut(scenario)?;
    let mut nodes = HashSet::new();
    if let Some(child) = child(&organization.root, way) {
        collect(child, &mut nodes);
    }
    if let Some(management) = &organization.management_account
        && nodes.contains(&management.node())
    {
        return Err(EditError::ManagementAccount {
            account: management.to_string(),
        });
    }
    let root = Rc::make_mut(&mut organization.root);
    if let Some((position, parent)) = way.split_last()
        && let Some(children) = children_mut(root, parent)
    {
        children.remove(*position);
    }
    Ok(forget(scenario, &nodes))
}

fn collect(child: &Child, nodes: &mut HashSet<NodeId>) {
    nodes.insert(child.id());
    if let Child::Ou(ou) = child {
        ou.children.iter().for_each(|child| collect(child, nodes));
    }
}

/// Removes what belongs to nodes that are gone.
pub(super) fn forget(scenario: &mut Scenario, nodes: &HashSet<NodeId>) -> Trail {
    forget_switched_off(scenario, |_, node| nodes.contains(node));
    let roots = scenario.requests.iter().filter(|request| {
        matches!(
            &request.caller.kind,
            CallerKind::Root { account } | CallerKind::AssumedRoot { account, .. }
                if nodes.contains(account.as_str())
        )
    });
    let roots: Vec<RequestId> = roots.map(|request| request.id.clone()).collect();
    let mut trail = principals::remove_where(scenario, |principal| {
        principal
            .account()
            .is_some_and(|account| nodes.contains(account.as_str()))
    });
    trail.orphaned.extend(roots);
    trail
}
