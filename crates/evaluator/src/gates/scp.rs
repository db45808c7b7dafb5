//! Service control policies: who is affected (SCP-20 … SCP-31), and the levels (SCP-1 … SCP-5).

use organization::{FeatureSet, Organization, TreeIndex};
use policy::Kind;

use super::{Asked, Gate, Level};
use crate::scene::{Membership, WhoKind};
use crate::trace::{Blocker, Via, Why};

pub(super) fn gate(asked: &Asked<'_>) -> Gate {
    match affected(asked) {
        Ok((organization, tree, account)) => levels(asked, organization, tree, account),
        Err(gate) => gate,
    }
}

type Affected<'a> = (&'a Organization, &'a TreeIndex, &'a str);

fn affected<'a>(asked: &Asked<'a>) -> Result<Affected<'a>, Gate> {
    let passes = |why| Err(Gate::Passes(why));
    if asked.world.is_off(Kind::Scp) {
        return passes(Why::SwitchedOff);
    }
    match &asked.who.kind {
        WhoKind::Service { .. } => return passes(Why::ServicePrincipal),
        WhoKind::Anonymous => return passes(Why::Anonymous),
        WhoKind::Saml { .. } | WhoKind::WebIdentity { .. } => return passes(Why::IdentityProvider),
        _ => {}
    }
    let Some((organization, tree)) = asked.world.organization() else {
        return passes(Why::NoOrganization);
    };
    let Some(account) = &asked.who.account else {
        return passes(Why::OtherOrganization);
    };
    match asked.world.membership(account) {
        Membership::Management => return passes(Why::ManagementAccount),
        Membership::Member => {}
        // SCP-22: wherever its account is.
        Membership::NotListed if asked.who.is_service_linked() => {
            return passes(Why::ServiceLinkedRole);
        }
        // Whether SCPs reach it is not known: neither the tree nor the external accounts have it.
        Membership::NotListed => {
            let blocker = Blocker::UnlistedAccount(account.clone());
            return Err(Gate::Blocked(vec![blocker]));
        }
        _ => return passes(Why::OtherOrganization),
    }
    if asked.who.is_service_linked() {
        return passes(Why::ServiceLinkedRole);
    }
    match &organization.feature_set {
        FeatureSet::All => {}
        FeatureSet::ConsolidatedBilling => return passes(Why::ConsolidatedBilling),
        FeatureSet::Other(word) => {
            let blocker = Blocker::UnknownFeatureSet(word.clone());
            return Err(Gate::Blocked(vec![blocker]));
        }
    }
    if !organization.scps_enabled() {
        return passes(Why::Disabled);
    }
    Ok((organization, tree, account.as_str()))
}

fn levels(asked: &Asked<'_>, organization: &Organization, tree: &TreeIndex, account: &str) -> Gate {
    let path = tree.path(account).unwrap_or_default();
    let levels = path.into_iter().map(|node| {
        let id = node.id();
        let policies = organization
            .effective_attachments(node.attachments())
            .into_iter()
            .filter(|policy| {
                let found = asked.world.library.get(policy);
                found.is_none_or(|found| found.kind != Some(Kind::Rcp))
            })
            .filter(|policy| !asked.world.is_attachment_off(policy, &id))
            .map(|policy| asked.attached(&policy, Via::Node, Kind::Scp))
            .collect();
        Level {
            name: node.name().to_owned(),
            node: id,
            policies,
        }
    });
    Gate::Levels(levels.collect())
}
