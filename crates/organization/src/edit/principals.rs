//! Users, groups and roles, their identity policies and memberships.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use policy::Kind;
use serde_json::Map;

use super::accounts::has_account;
use super::error::{EditError, Subject};
use super::tree::not_found;
use super::{
    Created, Outcome, PrincipalKind, Trail, attach, checked_name, created, done, fresh, tag_keys,
};
use crate::ids::{AccountId, PolicyId, PrincipalId};
use crate::scenario::{Group, Principal, Role, Scenario, User};

/// Longest path of a user or role.
const LONGEST_PATH: usize = 512;

const IDENTITY: &[Kind] = &[Kind::Identity];
const BOUNDARY: &[Kind] = &[Kind::Boundary, Kind::Identity];
const TRUST: &[Kind] = &[Kind::Trust];

impl PrincipalKind {
    fn subject(self) -> Subject {
        match self {
            Self::User => Subject::User,
            Self::Group => Subject::Group,
            Self::Role => Subject::Role,
        }
    }
}

/// What a principal is; `None` for one of an unknown type.
fn kind(principal: &Principal) -> Option<PrincipalKind> {
    match principal {
        Principal::User(_) => Some(PrincipalKind::User),
        Principal::Group(_) => Some(PrincipalKind::Group),
        Principal::Role(_) => Some(PrincipalKind::Role),
        Principal::Other { .. } => None,
    }
}

pub(super) fn add(
    scenario: &mut Scenario,
    kind: PrincipalKind,
    account: AccountId,
    name: String,
    policies: Vec<PolicyId>,
) -> Outcome {
    let subject = kind.subject();
    let name = checked_name(name, subject)?;
    let id = fresh::principal(scenario, &name, subject_word(kind));
    let path = "/".to_owned();
    let principal = match kind {
        PrincipalKind::User => Principal::User(User {
            id: id.clone(),
            account,
            name,
            path,
            groups: Vec::new(),
            policies,
            permissions_boundary: None,
            tags: BTreeMap::new(),
            extra: Map::new(),
        }),
        PrincipalKind::Group => Principal::Group(Group {
            id: id.clone(),
            account,
            name,
            policies,
            extra: Map::new(),
        }),
        PrincipalKind::Role => Principal::Role(Role {
            id: id.clone(),
            account,
            name,
            path,
            policies,
            permissions_boundary: None,
            trust_policy: None,
            tags: BTreeMap::new(),
            extra: Map::new(),
        }),
    };
    check(scenario, None, &principal)?;
    scenario.principals.push(Rc::new(principal));
    created(Created::Principal(id))
}

fn subject_word(kind: PrincipalKind) -> &'static str {
    match kind {
        PrincipalKind::User => "user",
        PrincipalKind::Group => "group",
        PrincipalKind::Role => "role",
    }
}

fn position(scenario: &Scenario, id: &PrincipalId) -> Result<usize, EditError> {
    scenario
        .principals
        .iter()
        .position(|one| one.id() == id)
        .ok_or_else(|| not_found(Subject::Principal, id.as_str()))
}

fn principal_mut<'a>(
    scenario: &'a mut Scenario,
    id: &PrincipalId,
) -> Result<&'a mut Principal, EditError> {
    let missing = || not_found(Subject::Principal, id.as_str());
    let position = position(scenario, id)?;
    let found = scenario.principals.get_mut(position).ok_or_else(missing)?;
    Ok(Rc::make_mut(found))
}

/// Checks what is new about a principal: `before` is what stood there.
fn check(
    scenario: &Scenario,
    before: Option<&Principal>,
    principal: &Principal,
) -> Result<(), EditError> {
    let (Some(kind), Some(account)) = (kind(principal), principal.account()) else {
        return Ok(());
    };
    if before.and_then(Principal::account) != Some(account) && !has_account(scenario, account) {
        return Err(not_found(Subject::Account, account.as_str()));
    }
    let moved = before.is_none_or(|before| {
        before.name() != principal.name() || before.account() != Some(account)
    });
    if moved && is_name_taken(scenario, kind, account, principal) {
        return Err(EditError::NameTaken {
            subject: kind.subject(),
            name: principal.name().to_owned(),
            account: account.to_string(),
        });
    }
    let attached_before: &[PolicyId] = before.map_or(&[], Principal::policies);
    let mut seen = HashSet::new();
    for policy in principal.policies() {
        if !attached_before.contains(policy) {
            attach::of_kind(scenario, policy, IDENTITY)?;
        }
        if !seen.insert(policy) {
            return Err(EditError::AlreadyAttached {
                policy: policy.clone(),
                to: principal.name().to_owned(),
            });
        }
    }
    let boundary_before = before.and_then(Principal::permissions_boundary);
    if let Some(boundary) = principal.permissions_boundary()
        && boundary_before != Some(boundary)
    {
        attach::of_kind(scenario, boundary, BOUNDARY)?;
    }
    if let Principal::Role(role) = principal
        && let Some(trust) = &role.trust_policy
    {
        let trusted_before = match before {
            Some(Principal::Role(before)) => before.trust_policy.as_ref(),
            _ => None,
        };
        if trusted_before != Some(trust) {
            attach::of_kind(scenario, trust, TRUST)?;
        }
    }
    if let Some((path, tags)) = path_and_tags(principal) {
        let before = before.and_then(path_and_tags);
        if before.is_none_or(|(before, _)| before != path) {
            check_path(path)?;
        }
        if before.is_none_or(|(_, before)| before != tags) {
            check_tags(tags)?;
        }
    }
    if let Principal::User(user) = principal {
        let member_before: &[PrincipalId] = match before {
            Some(Principal::User(before)) if before.account == user.account => &before.groups,
            _ => &[],
        };
        let mut seen = HashSet::new();
        for group in &user.groups {
            if !seen.insert(group) {
                return Err(EditError::AlreadyMember {
                    user: user.id.clone(),
                    group: group.clone(),
                });
            }
            if !member_before.contains(group) {
                check_group(scenario, user, group)?;
            }
        }
    }
    Ok(())
}

fn path_and_tags(principal: &Principal) -> Option<(&str, &BTreeMap<String, String>)> {
    match principal {
        Principal::User(user) => Some((&user.path, &user.tags)),
        Principal::Role(role) => Some((&role.path, &role.tags)),
        Principal::Group(_) | Principal::Other { .. } => None,
    }
}

fn check_path(path: &str) -> Result<(), EditError> {
    let visible = path.bytes().all(|byte| byte.is_ascii_graphic());
    if path.starts_with('/') && path.ends_with('/') && visible && path.len() <= LONGEST_PATH {
        return Ok(());
    }
    Err(EditError::Malformed {
        what: texts::edit_path(),
        found: path.to_owned(),
        expected: texts::edit_or_words_between_slashes(),
    })
}

/// Keys that are not empty, and of which IAM takes no two for the same.
fn check_tags(tags: &BTreeMap<String, String>) -> Result<(), EditError> {
    tag_keys(tags)?;
    let mut seen: BTreeMap<String, &String> = BTreeMap::new();
    for key in tags.keys() {
        if let Some(other) = seen.insert(key.to_lowercase(), key) {
            return Err(EditError::TagTwice {
                one: other.clone(),
                other: key.clone(),
            });
        }
    }
    Ok(())
}

/// AWS compares the names of users, groups and roles without regard to case.
fn is_name_taken(
    scenario: &Scenario,
    sort: PrincipalKind,
    account: &AccountId,
    principal: &Principal,
) -> bool {
    scenario.principals.iter().any(|other| {
        kind(other) == Some(sort)
            && other.account() == Some(account)
            && other.id() != principal.id()
            && other.name().eq_ignore_ascii_case(principal.name())
    })
}

fn check_group(scenario: &Scenario, user: &User, group: &PrincipalId) -> Result<(), EditError> {
    match scenario.principal(group.as_str()).map(|found| &**found) {
        Some(Principal::Group(found)) if found.account == user.account => Ok(()),
        Some(Principal::Group(_)) => Err(EditError::OtherAccount {
            user: user.id.clone(),
            group: group.clone(),
        }),
        _ => Err(not_found(Subject::Group, group.as_str())),
    }
}

pub(super) fn update(scenario: &mut Scenario, principal: Principal) -> Outcome {
    let id = principal.id().clone();
    let before = Rc::clone(
        scenario
            .principal(id.as_str())
            .ok_or_else(|| not_found(Subject::Principal, id.as_str()))?,
    );
    if kind(&before) != kind(&principal) {
        return Err(EditError::TypeChanged { principal: id });
    }
    if let Some(kind) = kind(&principal)
        && principal.name() != before.name()
    {
        checked_name(principal.name().to_owned(), kind.subject())?;
    }
    check(scenario, Some(&before), &principal)?;
    if let Principal::Group(group) = &principal
        && before.account() != Some(&group.account)
    {
        // Memberships do not cross accounts: the group leaves its users behind.
        leave_everywhere(scenario, &HashSet::from([id.clone()]));
    }
    *principal_mut(scenario, &id)? = principal;
    done()
}

pub(super) fn rename(scenario: &mut Scenario, id: &PrincipalId, new: String) -> Outcome {
    let missing = || not_found(Subject::Principal, id.as_str());
    let mut renamed = Principal::clone(scenario.principal(id.as_str()).ok_or_else(missing)?);
    match &mut renamed {
        Principal::User(User { name, .. })
        | Principal::Group(Group { name, .. })
        | Principal::Role(Role { name, .. }) => *name = new,
        Principal::Other { .. } => return Err(missing()),
    }
    update(scenario, renamed)
}

pub(super) fn delete(scenario: &mut Scenario, id: &PrincipalId) -> Outcome {
    position(scenario, id)?;
    Ok(remove_where(scenario, |principal| principal.id() == id))
}

/// Removes principals, and takes users out of groups that go.
pub(super) fn remove_where(scenario: &mut Scenario, gone: impl Fn(&Principal) -> bool) -> Trail {
    let ids: HashSet<PrincipalId> = scenario
        .principals
        .iter()
        .filter(|principal| gone(principal))
        .map(|principal| principal.id().clone())
        .collect();
    let mut orphaned = Vec::new();
    if !ids.is_empty() {
        scenario.principals.retain(|one| !ids.contains(one.id()));
        leave_everywhere(scenario, &ids);
        orphaned = scenario
            .requests
            .iter()
            .filter(|request| {
                request
                    .caller
                    .principal()
                    .is_some_and(|id| ids.contains(id))
            })
            .map(|request| request.id.clone())
            .collect();
    }
    Trail {
        created: None,
        orphaned,
    }
}

fn leave_everywhere(scenario: &mut Scenario, groups: &HashSet<PrincipalId>) {
    for principal in &mut scenario.principals {
        let leaves = matches!(
            &**principal,
            Principal::User(user) if user.groups.iter().any(|group| groups.contains(group))
        );
        if leaves && let Principal::User(user) = Rc::make_mut(principal) {
            user.groups.retain(|group| !groups.contains(group));
        }
    }
}

fn policies_mut<'a>(
    scenario: &'a mut Scenario,
    id: &PrincipalId,
) -> Result<&'a mut Vec<PolicyId>, EditError> {
    match principal_mut(scenario, id)? {
        Principal::User(User { policies, .. })
        | Principal::Group(Group { policies, .. })
        | Principal::Role(Role { policies, .. }) => Ok(policies),
        Principal::Other { .. } => Err(not_found(Subject::Principal, id.as_str())),
    }
}

pub(super) fn attach(scenario: &mut Scenario, id: &PrincipalId, policy: PolicyId) -> Outcome {
    position(scenario, id)?;
    attach::of_kind(scenario, &policy, IDENTITY)?;
    let policies = policies_mut(scenario, id)?;
    if policies.contains(&policy) {
        return Err(EditError::AlreadyAttached {
            policy,
            to: id.to_string(),
        });
    }
    policies.push(policy);
    done()
}

pub(super) fn detach(scenario: &mut Scenario, id: &PrincipalId, policy: &PolicyId) -> Outcome {
    let policies = policies_mut(scenario, id)?;
    if !policies.contains(policy) {
        return Err(EditError::NotAttached {
            policy: policy.clone(),
            to: id.to_string(),
        });
    }
    policies.retain(|attached| attached != policy);
    done()
}

fn user_mut<'a>(scenario: &'a mut Scenario, id: &PrincipalId) -> Result<&'a mut User, EditError> {
    match principal_mut(scenario, id) {
        Ok(Principal::User(user)) => Ok(user),
        _ => Err(not_found(Subject::User, id.as_str())),
    }
}

pub(super) fn join(scenario: &mut Scenario, user: &PrincipalId, group: PrincipalId) -> Outcome {
    let found = user_mut(scenario, user)?.clone();
    if found.groups.contains(&group) {
        return Err(EditError::AlreadyMember {
            user: user.clone(),
            group,
        });
    }
    check_group(scenario, &found, &group)?;
    user_mut(scenario, user)?.groups.push(group);
    done()
}

pub(super) fn leave(scenario: &mut Scenario, user: &PrincipalId, group: &PrincipalId) -> Outcome {
    let found = user_mut(scenario, user)?;
    if !found.groups.contains(group) {
        return Err(EditError::NotMember {
            user: user.clone(),
            group: group.clone(),
        });
    }
    found.groups.retain(|one| one != group);
    done()
}
