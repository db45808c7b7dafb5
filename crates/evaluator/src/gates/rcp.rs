//! Resource control policies. Customer-written ones are not evaluated yet; where none applies the
//! request passes (RCP-1, RCP-2, RCP-7, RCP-10).

use organization::{FeatureSet, PolicyId, WELL_KNOWN};
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
        Owner::Unknown => return Gate::Passes(Why::OwnerUnknown),
    };
    let Some(account) = account else {
        return Gate::Passes(Why::OwnerOutside);
    };
    match asked.world.membership(account) {
        Membership::Management => return Gate::Passes(Why::ManagementResource),
        Membership::Member => {}
        _ => return Gate::Passes(Why::OwnerOutside),
    }
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
    for node in tree.path(account.as_str()).unwrap_or_default() {
        for policy in organization.effective_attachments(node.attachments()) {
            let is_rcp = asked
                .world
                .library
                .get(&policy)
                .is_some_and(|found| found.kind == Some(Kind::Rcp));
            let managed = WELL_KNOWN.iter().any(|known| known.name == policy.as_str());
            let off = asked.world.is_attachment_off(&policy, &node.id());
            if is_rcp && !managed && !off && !custom.contains(&policy) {
                custom.push(policy);
            }
        }
    }
    if custom.is_empty() {
        return Gate::Passes(Why::OnlyManaged);
    }
    not_evaluated(PolicyType::Rcp, custom)
}
