//! Policies: added, renamed, edited, copied, deleted.

use std::rc::Rc;

use policy::Kind;
use serde_json::Map;

use super::error::{EditError, Subject};
use super::tree::not_found;
use super::{
    Created, Outcome, Uses, checked_name, created, done, forget_switched_off, fresh, uses,
};
use crate::ids::PolicyId;
use crate::lookup::PolicyRef;
use crate::scenario::{Policy, PolicyKind, Scenario};
use crate::well_known::well_known;

pub(super) fn add(scenario: &mut Scenario, name: String, kind: Kind, text: Rc<str>) -> Outcome {
    let name = checked_name(name, Subject::Policy)?;
    let id = fresh::policy(scenario, &name);
    scenario.policies.push(Rc::new(Policy {
        id: id.clone(),
        name,
        kind: PolicyKind::Known(kind),
        text,
        extra: Map::new(),
    }));
    created(Created::Policy(id))
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

pub(super) fn rename(scenario: &mut Scenario, policy: &PolicyId, name: String) -> Outcome {
    own(scenario, policy)?.name = checked_name(name, Subject::Policy)?;
    done()
}

pub(super) fn set_text(scenario: &mut Scenario, policy: &PolicyId, text: Rc<str>) -> Outcome {
    own(scenario, policy)?.text = text;
    done()
}

pub(super) fn set_kind(scenario: &mut Scenario, policy: &PolicyId, kind: Kind) -> Outcome {
    let uses = scenario.policy_uses(policy.as_str());
    let own = own(scenario, policy)?;
    if own.kind != PolicyKind::Known(kind) && !uses.is_empty() {
        return Err(EditError::InUse {
            policy: policy.clone(),
            uses,
        });
    }
    own.kind = PolicyKind::Known(kind);
    done()
}

pub(super) fn duplicate(scenario: &mut Scenario, policy: &PolicyId) -> Outcome {
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
    copy.name = texts::edit_copy(&copy.name);
    copy.id = fresh::policy(scenario, &copy.name);
    let id = copy.id.clone();
    let behind = scenario.policies.iter().position(|own| own.id == *policy);
    let position = behind.map_or(scenario.policies.len(), |position| position + 1);
    scenario.policies.insert(position, Rc::new(copy));
    created(Created::Policy(id))
}

pub(super) fn delete(scenario: &mut Scenario, policy: &PolicyId, if_used: Uses) -> Outcome {
    let position = scenario
        .policies
        .iter()
        .position(|own| own.id == *policy)
        .ok_or_else(|| not_own(policy))?;
    let used = scenario.policy_uses(policy.as_str());
    if if_used == Uses::Refuse && !used.is_empty() {
        return Err(EditError::InUse {
            policy: policy.clone(),
            uses: used,
        });
    }
    for place in used {
        uses::clear(scenario, policy, &place)?;
    }
    forget_switched_off(scenario, |gone, _| gone == policy);
    scenario.policies.remove(position);
    done()
}
