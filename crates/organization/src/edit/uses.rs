//! Putting a policy to use at any place that can have one, and taking it away from there.

use std::rc::Rc;

use policy::Kind;

use super::error::{EditError, Subject};
use super::tree::{attachments_mut, not_found, organization_mut};
use super::{Outcome, attach, done, principals, requests, resources};
use crate::ids::{PolicyId, PrincipalId};
use crate::scenario::{CallerKind, Endpoint, Principal, Request, Resource, Role, Scenario, User};
use crate::tree::Attachments;
use crate::uses::PolicyUse;

const SESSION: &[Kind] = &[Kind::Session, Kind::Identity];
const IDENTITY: &[Kind] = &[Kind::Identity];

/// Puts a policy to use. A place that holds one policy gets this one in the place of the other.
pub(super) fn put(scenario: &mut Scenario, policy: PolicyId, place: &PolicyUse) -> Outcome {
    match place {
        PolicyUse::Node(node) => attach::attach(scenario, node, policy, None),
        PolicyUse::Identity(principal) => principals::attach(scenario, principal, policy),
        PolicyUse::Boundary(id) => {
            let mut changed = principal(scenario, id)?;
            match &mut changed {
                Principal::User(User {
                    permissions_boundary,
                    ..
                })
                | Principal::Role(Role {
                    permissions_boundary,
                    ..
                }) => *permissions_boundary = Some(policy),
                _ => return Err(not_found(Subject::UserOrRole, id.as_str())),
            }
            principals::update(scenario, changed)
        }
        PolicyUse::Trust(id) => {
            let mut changed = principal(scenario, id)?;
            let Principal::Role(role) = &mut changed else {
                return Err(not_found(Subject::Role, id.as_str()));
            };
            role.trust_policy = Some(policy);
            principals::update(scenario, changed)
        }
        PolicyUse::Resource(arn) => {
            let changed = Resource {
                policy: Some(policy),
                ..resources::resource(scenario, arn)?.clone()
            };
            resources::update(scenario, arn, changed)
        }
        PolicyUse::Endpoint(id) => {
            let missing = || not_found(Subject::Endpoint, id);
            let changed = Endpoint {
                policy: Some(policy),
                ..Endpoint::clone(scenario.endpoint(id).ok_or_else(missing)?)
            };
            resources::update_endpoint(scenario, id, changed)
        }
        PolicyUse::Caller(id) => {
            let missing = || not_found(Subject::Request, id.as_str());
            let mut changed = Request::clone(scenario.request(id.as_str()).ok_or_else(missing)?);
            let kinds = match &changed.caller.kind {
                CallerKind::EveryAccount { .. } => IDENTITY,
                _ => SESSION,
            };
            attach::of_kind(scenario, &policy, kinds)?;
            let Some(passed) = passed_mut(&mut changed.caller.kind) else {
                return Err(EditError::PassesNoPolicy {
                    request: id.clone(),
                });
            };
            if passed.contains(&policy) {
                return Err(EditError::AlreadyAttached {
                    policy,
                    to: id.to_string(),
                });
            }
            passed.push(policy);
            requests::update(scenario, changed)
        }
    }
}

/// Takes a policy away from where it is used.
pub(super) fn release(scenario: &mut Scenario, policy: &PolicyId, place: &PolicyUse) -> Outcome {
    match place {
        PolicyUse::Node(node) => attach::detach(scenario, node, policy),
        PolicyUse::Identity(principal) => principals::detach(scenario, principal, policy),
        PolicyUse::Boundary(_)
        | PolicyUse::Trust(_)
        | PolicyUse::Resource(_)
        | PolicyUse::Endpoint(_)
        | PolicyUse::Caller(_) => {
            if !scenario.policy_uses(policy.as_str()).contains(place) {
                return Err(EditError::NotAttached {
                    policy: policy.clone(),
                    to: id_of(place).to_owned(),
                });
            }
            clear(scenario, policy, place)?;
            done()
        }
    }
}

/// Takes a policy that is going to be deleted away from one of its places.
pub(super) fn clear(
    scenario: &mut Scenario,
    policy: &PolicyId,
    place: &PolicyUse,
) -> Result<(), EditError> {
    match place {
        PolicyUse::Node(node) => {
            let organization = organization_mut(scenario)?;
            let attachments = attachments_mut(organization, node)?.clone();
            let listed = organization.effective_attachments(&attachments);
            let listed = attach::without(scenario, listed, node, policy)?;
            let organization = organization_mut(scenario)?;
            *attachments_mut(organization, node)? = Attachments::Listed(listed);
        }
        PolicyUse::Identity(id) => clear_from(scenario, id, |principal| match principal {
            Principal::User(User { policies, .. }) | Principal::Role(Role { policies, .. }) => {
                policies.retain(|one| one != policy)
            }
            Principal::Group(group) => group.policies.retain(|one| one != policy),
            Principal::Other { .. } => {}
        }),
        PolicyUse::Boundary(id) => clear_from(scenario, id, |principal| match principal {
            Principal::User(User {
                permissions_boundary,
                ..
            })
            | Principal::Role(Role {
                permissions_boundary,
                ..
            }) => *permissions_boundary = None,
            Principal::Group(_) | Principal::Other { .. } => {}
        }),
        PolicyUse::Trust(id) => clear_from(scenario, id, |principal| {
            if let Principal::Role(role) = principal {
                role.trust_policy = None;
            }
        }),
        PolicyUse::Resource(arn) => {
            let resources = scenario.resources.iter_mut();
            for resource in resources.filter(|one| one.arn == *arn) {
                if resource.policy.as_ref() == Some(policy) {
                    Rc::make_mut(resource).policy = None;
                }
            }
        }
        PolicyUse::Endpoint(id) => {
            let found = scenario.endpoints.iter_mut().find(|one| one.id == *id);
            if let Some(endpoint) = found {
                Rc::make_mut(endpoint).policy = None;
            }
        }
        PolicyUse::Caller(id) => {
            let found = scenario.requests.iter_mut().find(|one| one.id == *id);
            if let Some(request) = found
                && let Some(passed) = passed_mut(&mut Rc::make_mut(request).caller.kind)
            {
                passed.retain(|one| one != policy);
            }
        }
    }
    Ok(())
}

fn clear_from(scenario: &mut Scenario, id: &PrincipalId, change: impl FnOnce(&mut Principal)) {
    let holder = scenario.principals.iter_mut().find(|one| one.id() == id);
    if let Some(principal) = holder {
        change(Rc::make_mut(principal));
    }
}

fn principal(scenario: &Scenario, id: &PrincipalId) -> Result<Principal, EditError> {
    let missing = || not_found(Subject::Principal, id.as_str());
    let found = scenario.principal(id.as_str()).ok_or_else(missing)?;
    Ok(Principal::clone(found))
}

/// The policies that a caller brings along, if it is one that can.
fn passed_mut(caller: &mut CallerKind) -> Option<&mut Vec<PolicyId>> {
    match caller {
        CallerKind::Role {
            session_policies: passed,
            ..
        }
        | CallerKind::FederatedUser {
            session_policies: passed,
            ..
        }
        | CallerKind::EveryAccount {
            policies: passed, ..
        } => Some(passed),
        _ => None,
    }
}

fn id_of(place: &PolicyUse) -> &str {
    match place {
        PolicyUse::Node(id) => id.as_str(),
        PolicyUse::Identity(id) | PolicyUse::Boundary(id) | PolicyUse::Trust(id) => id.as_str(),
        PolicyUse::Resource(id) | PolicyUse::Endpoint(id) => id,
        PolicyUse::Caller(id) => id.as_str(),
    }
}
