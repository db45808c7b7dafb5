//! Policies: added, renamed, edited, copied, deleted.

use std::rc::Rc;

use policy::Kind;
use serde_json::Map;

use super::error::{EditError, Subject};
use super::tree::{attachments_mut, not_found, organization_mut};
use super::{
    Created, Outcome, Uses, attach, checked_name, created, done, forget_switched_off, fresh,
};
use crate::ids::PolicyId;
use crate::lookup::{PolicyRef, PolicyUse};
use crate::scenario::{CallerKind, Policy, PolicyKind, Principal, Scenario};
use crate::tree::Attachments;
use crate::well_known::well_known;

pub(super) fn add(mut scenario: Scenario, name: String, kind: Kind, text: Rc<str>) -> Outcome {
    let name = checked_name(name, Subject::Policy)?;
    let id = fresh::policy(&scenario, &name);
    scenario.policies.push(Rc::new(Policy {
        id: id.clone(),
        name,
        kind: PolicyKind::Known(kind),
        text,
        extra: Map::new(),
    }));
    created(scenario, Created::Policy(id))
}

/// An entry of `policies`, copied where it is shared.
fn own<'a>(scenario: &'a mut Scenario, policy: &PolicyId) -> Result<&'a mut Policy, EditError> {
    let found = scenario.policies.iter_mut().find(|own| own.id == *policy);
    match found {
        Some(own) => Ok(Rc::make_mut(own)),
        None => Err(not_own(policy)),
    }
}

fn not_own(policy: &PolicyId) -> EditError {
    match well_known(policy.as_str()) {
        Some(_) => EditError::WellKnown {
            policy: policy.clone(),
        },
        None => not_found(Subject::Policy, policy.as_str()),
    }
}

pub(super) fn rename(mut scenario: Scenario, policy: &PolicyId, name: String) -> Outcome {
    own(&mut scenario, policy)?.name = checked_name(name, Subject::Policy)?;
    done(scenario)
}

pub(super) fn set_text(mut scenario: Scenario, policy: &PolicyId, text: Rc<str>) -> Outcome {
    own(&mut scenario, policy)?.text = text;
    done(scenario)
}

pub(super) fn set_kind(mut scenario: Scenario, policy: &PolicyId, kind: Kind) -> Outcome {
    let uses = scenario.policy_uses(policy.as_str());
    let own = own(&mut scenario, policy)?;
    if own.kind != PolicyKind::Known(kind) && !uses.is_empty() {
        return Err(EditError::InUse {
            policy: policy.clone(),
            uses,
        });
    }
    own.kind = PolicyKind::Known(kind);
    done(scenario)
}

pub(super) fn duplicate(mut scenario: Scenario, policy: &PolicyId) -> Outcome {
    let missing = || not_found(Subject::Policy, policy.as_str());
    let mut copy = match scenario.policy(policy.as_str()).ok_or_else(missing)? {
        PolicyRef::Own(own) => Policy::clone(own),
        PolicyRef::WellKnown(known) => Policy {
            id: policy.clone(),
            name: known.name.to_owned(),
            kind: PolicyKind::Known(known.kind),
            text: known.text.into(),
            extra: Map::new(),
        },
    };
    copy.name.push_str(" copy");
    copy.id = fresh::policy(&scenario, &copy.name);
    let id = copy.id.clone();
    let behind = scenario.policies.iter().position(|own| own.id == *policy);
    let position = behind.map_or(scenario.policies.len(), |position| position + 1);
    scenario.policies.insert(position, Rc::new(copy));
    created(scenario, Created::Policy(id))
}

pub(super) fn delete(mut scenario: Scenario, policy: &PolicyId, uses: Uses) -> Outcome {
    let position = scenario
        .policies
        .iter()
        .position(|own| own.id == *policy)
        .ok_or_else(|| not_own(policy))?;
    let used = scenario.policy_uses(policy.as_str());
    if uses == Uses::Refuse && !used.is_empty() {
        return Err(EditError::InUse {
            policy: policy.clone(),
            uses: used,
        });
    }
    for place in used {
        detach(&mut scenario, policy, &place)?;
    }
    forget_switched_off(&mut scenario, |gone, _| gone == policy);
    scenario.policies.remove(position);
    done(scenario)
}

fn detach(scenario: &mut Scenario, policy: &PolicyId, place: &PolicyUse) -> Result<(), EditError> {
    match place {
        PolicyUse::Node(node) => {
            let organization = organization_mut(scenario)?;
            let attachments = attachments_mut(organization, node)?.clone();
            let listed = organization.effective_attachments(&attachments);
            let listed = attach::without(scenario, listed, node, policy)?;
            let organization = organization_mut(scenario)?;
            *attachments_mut(organization, node)? = Attachments::Listed(listed);
        }
        PolicyUse::Identity(id) | PolicyUse::Boundary(id) | PolicyUse::Trust(id) => {
            let holder = scenario.principals.iter_mut().find(|one| one.id() == id);
            if let Some(principal) = holder {
                detach_from(Rc::make_mut(principal), policy);
            }
        }
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
            if let Some(request) = found {
                match &mut Rc::make_mut(request).caller.kind {
                    CallerKind::Role {
                        session_policies: policies,
                        ..
                    }
                    | CallerKind::FederatedUser {
                        session_policies: policies,
                        ..
                    }
                    | CallerKind::EveryAccount { policies, .. } => {
                        policies.retain(|passed| passed != policy);
                    }
                    _ => {}
                }
            }
        }
    }
    Ok(())
}

fn detach_from(principal: &mut Principal, policy: &PolicyId) {
    let take = |slot: &mut Option<PolicyId>| {
        if slot.as_ref() == Some(policy) {
            *slot = None;
        }
    };
    match principal {
        Principal::User(user) => {
            user.policies.retain(|attached| attached != policy);
            take(&mut user.permissions_boundary);
        }
        Principal::Group(group) => group.policies.retain(|attached| attached != policy),
        Principal::Role(role) => {
            role.policies.retain(|attached| attached != policy);
            take(&mut role.permissions_boundary);
            take(&mut role.trust_policy);
        }
        Principal::Other { .. } => {}
    }
}
