//! SCPs and RCPs on the root, OUs and accounts.

use policy::Kind;

use super::error::{EditError, Subject};
use super::tree::{attachments_mut, not_found, organization_mut};
use super::{Outcome, done, forget_switched_off};
use crate::ids::{NodeId, PolicyId};
use crate::scenario::Scenario;
use crate::tree::Attachments;
use crate::well_known::RCP_FULL_AWS_ACCESS;

const ATTACHABLE: &[Kind] = &[Kind::Scp, Kind::Rcp];

pub(super) fn attach(
    scenario: &mut Scenario,
    node: &NodeId,
    policy: PolicyId,
    position: Option<usize>,
) -> Outcome {
    let kind = attachable(scenario, &policy)?;
    let mut listed = attached(scenario, node)?;
    enabled(scenario, kind)?;
    let implied = kind == Kind::Rcp && policy.as_str() == RCP_FULL_AWS_ACCESS;
    if listed.contains(&policy) || implied {
        return Err(already(policy, node));
    }
    let most = scenario.settings.most_attached(kind);
    if count(scenario, &listed, kind) >= most {
        return Err(EditError::TooMany {
            kind,
            node: node.clone(),
            most,
        });
    }
    let position = position.unwrap_or(usize::MAX).min(listed.len());
    listed.insert(position, policy);
    set(scenario, node, listed)
}

pub(super) fn detach(scenario: &mut Scenario, node: &NodeId, policy: &PolicyId) -> Outcome {
    let listed = attached(scenario, node)?;
    let listed = without(scenario, listed, node, policy)?;
    forget_switched_off(scenario, |gone, at| gone == policy && at == node);
    set(scenario, node, listed)
}

pub(super) fn replace(
    scenario: &mut Scenario,
    node: &NodeId,
    old: &PolicyId,
    new: PolicyId,
) -> Outcome {
    let kind = attachable(scenario, &new)?;
    let mut listed = attached(scenario, node)?;
    enabled(scenario, kind)?;
    let position = listed
        .iter()
        .position(|attached| attached == old)
        .ok_or_else(|| not_attached(old, node))?;
    if listed.contains(&new) {
        return Err(already(new, node));
    }
    if old.as_str() == RCP_FULL_AWS_ACCESS {
        return Err(EditError::RcpFullAwsAccess);
    }
    // What replaces a policy of another kind is refused as if it came and went one by one.
    if let Some(old_kind) = kind_of(scenario, old)
        && old_kind != kind
    {
        return Err(EditError::WrongKind {
            policy: new,
            kind: kind.as_str().to_owned(),
            expected: match old_kind {
                Kind::Rcp => &[Kind::Rcp],
                _ => &[Kind::Scp],
            },
        });
    }
    if let Some(slot) = listed.get_mut(position) {
        *slot = new;
    }
    let most = scenario.settings.most_attached(kind);
    if count(scenario, &listed, kind) > most {
        return Err(EditError::TooMany {
            kind,
            node: node.clone(),
            most,
        });
    }
    forget_switched_off(scenario, |gone, at| gone == old && at == node);
    set(scenario, node, listed)
}

/// What is attached without one policy, unless that one has to stay (ORG-16, ORG-17).
pub(super) fn without(
    scenario: &Scenario,
    mut listed: Vec<PolicyId>,
    node: &NodeId,
    policy: &PolicyId,
) -> Result<Vec<PolicyId>, EditError> {
    let Some(organization) = &scenario.organization else {
        return Err(EditError::NoOrganization);
    };
    if policy.as_str() == RCP_FULL_AWS_ACCESS && organization.rcps_enabled() {
        return Err(EditError::RcpFullAwsAccess);
    }
    if !listed.contains(policy) {
        return Err(not_attached(policy, node));
    }
    listed.retain(|attached| attached != policy);
    if organization.scps_enabled()
        && kind_of(scenario, policy) == Some(Kind::Scp)
        && count(scenario, &listed, Kind::Scp) == 0
    {
        return Err(EditError::LastScp {
            policy: policy.clone(),
            node: node.clone(),
        });
    }
    Ok(listed)
}

fn kind_of(scenario: &Scenario, policy: &PolicyId) -> Option<Kind> {
    scenario.policy(policy.as_str())?.kind()
}

fn attachable(scenario: &Scenario, policy: &PolicyId) -> Result<Kind, EditError> {
    of_kind(scenario, policy, ATTACHABLE)
}

/// The kind of a policy that must be one of these.
pub(super) fn of_kind(
    scenario: &Scenario,
    policy: &PolicyId,
    expected: &'static [Kind],
) -> Result<Kind, EditError> {
    let found = scenario
        .policy(policy.as_str())
        .ok_or_else(|| not_found(Subject::Policy, policy.as_str()))?;
    match found.kind() {
        Some(kind) if expected.contains(&kind) => Ok(kind),
        _ => Err(EditError::WrongKind {
            policy: policy.clone(),
            kind: match found {
                crate::PolicyRef::Own(own) => own.kind.as_str().to_owned(),
                crate::PolicyRef::WellKnown(known) => known.kind.as_str().to_owned(),
            },
            expected,
        }),
    }
}

fn enabled(scenario: &mut Scenario, kind: Kind) -> Result<(), EditError> {
    if organization_mut(scenario)?.enables(kind) {
        Ok(())
    } else {
        Err(EditError::TypeDisabled(kind))
    }
}

/// What is attached to a node, spelled out.
fn attached(scenario: &mut Scenario, node: &NodeId) -> Result<Vec<PolicyId>, EditError> {
    let organization = organization_mut(scenario)?;
    let attachments = attachments_mut(organization, node)?.clone();
    Ok(organization.effective_attachments(&attachments))
}

fn set(scenario: &mut Scenario, node: &NodeId, listed: Vec<PolicyId>) -> Outcome {
    let organization = organization_mut(scenario)?;
    *attachments_mut(organization, node)? = Attachments::Listed(listed);
    done()
}

/// How many of a kind are attached; RCPFullAWSAccess takes a slot even where it is not listed.
fn count(scenario: &Scenario, listed: &[PolicyId], kind: Kind) -> usize {
    let of_kind = listed
        .iter()
        .filter(|policy| kind_of(scenario, policy) == Some(kind))
        .count();
    let implied = kind == Kind::Rcp
        && !listed
            .iter()
            .any(|policy| policy.as_str() == RCP_FULL_AWS_ACCESS);
    of_kind + usize::from(implied)
}

fn already(policy: PolicyId, node: &NodeId) -> EditError {
    EditError::AlreadyAttached {
        policy,
        to: node.to_string(),
    }
}

fn not_attached(policy: &PolicyId, node: &NodeId) -> EditError {
    EditError::NotAttached {
        policy: policy.clone(),
        to: node.to_string(),
    }
}
