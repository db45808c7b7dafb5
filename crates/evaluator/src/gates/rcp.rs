//! Resource control policies. Customer-written ones are not evaluated yet; where none applies the
//! request passes (RCP-1, RCP-2, RCP-7, RCP-10).

use organization::{FeatureSet, NodeRef, PolicyId, PolicyRef};
use policy::Kind;

use super::{Asked, Gate, not_evaluated};
use crate::decision::PolicyType;
use crate::scene::{Membership, Owner};
use crate::trace::{Blocker, Why};

pub(super) fn gate(asked: &Asked<'_>) -> Gate {
    if asked.world.is_off(Kind::Rcp) {
        return Gate::Passes(Why::SwitchedOff);
    }
    let Some((organization, tree)) = asked.world.organization() else {
        return Gate::Passes(Why::NoOrganization);
    };
    let account = match asked.owner {
        Owner::Account(account) => Some(account),
        // RCP-9
        Owner::Caller => asked.who.account.as_ref(),
        Owner::Unknown => None,
    };
    let nodes: Vec<NodeRef<'_>> = match account {
        Some(account) => match asked.world.membership(account) {
            Membership::Management => return Gate::Passes(Why::ManagementResource),
            Membership::Member => tree.path(account.as_str()).unwrap_or_default(),
            _ => return Gate::Passes(Why::OwnerOutside),
        },
        // Any member account could be the owner.
        None if *asked.owner == Owner::Unknown => tree.nodes().collect(),
        None => return Gate::Passes(Why::OwnerOutside),
    };
    if asked.who.is_service_linked() {
        return Gate::Passes(Why::ServiceLinkedRole);
    }
    match &organization.feature_set {
        FeatureSet::All => {}
        FeatureSet::ConsolidatedBilling => return Gate::Passes(Why::ConsolidatedBilling),
        FeatureSet::Other(word) => {
            return Gate::Blocked(vec![Blocker::UnknownFeatureSet(word.clone())]);
        }
    }
    if !organization.rcps_enabled() {
        return Gate::Passes(Why::Disabled);
    }
    if !catalog::accepts_rcps(&asked.action.service) {
        return Gate::Passes(Why::ServiceWithoutRcps);
    }
    let mut custom: Vec<PolicyId> = Vec::new();
    for node in nodes {
        for policy in organization.effective_attachments(node.attachments()) {
            let found = asked.world.library.get(&policy);
            // What nobody knows could be an RCP.
            let may_be_rcp = found.is_none_or(|it| it.kind.is_none_or(|kind| kind == Kind::Rcp));
            let is_managed = asked
                .world
                .scenario
                .policy(policy.as_str())
                .is_some_and(|policy| matches!(policy, PolicyRef::WellKnown(_)));
            let off = asked.world.is_attachment_off(&policy, &node.id());
            if may_be_rcp && !is_managed && !off && !custom.contains(&policy) {
                custom.push(policy);
            }
        }
    }
    match (custom.is_empty(), asked.owner) {
        (true, Owner::Unknown) => Gate::Passes(Why::OwnerUnknown),
        (true, _) => Gate::Passes(Why::OnlyManaged),
        (false, _) => not_evaluated(PolicyType::Rcp, custom),
    }
}
