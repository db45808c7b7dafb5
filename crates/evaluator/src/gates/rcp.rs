//! Resource control policies: the levels above the account that owns the resource
//! (RCP-1 … RCP-13).

use std::collections::BTreeMap;

use organization::{
    AccountId, FeatureSet, NodeRef, Organization, PolicyId, RCP_FULL_AWS_ACCESS, TreeIndex,
};
use policy::Kind;

use super::{Asked, Gate, Level};
use crate::rules::Rule;
use crate::scene::{Membership, Owner, World};
use crate::trace::{Blocker, Via, Why};

/// So many sets of RCPs are tried for a resource whose owner is not known.
const MOST_OWNERS: usize = 16;

pub(super) fn gate(asked: &Asked<'_>) -> Gate {
    match affected(asked) {
        Ok((organization, tree, account)) => levels(asked, organization, tree, account),
        Err(gate) => gate,
    }
}

type Affected<'a> = (&'a Organization, &'a TreeIndex, &'a AccountId);

fn affected<'a>(asked: &Asked<'a>) -> Result<Affected<'a>, Gate> {
    let passes = |why| Err(Gate::Passes(why));
    if asked.world.is_off(Kind::Rcp) {
        return passes(Why::SwitchedOff);
    }
    let Some((organization, tree)) = asked.world.organization() else {
        return passes(Why::NoOrganization);
    };
    let account = match asked.owner {
        Owner::Account(account) | Owner::Like(account) => account,
        Owner::Caller if !asked.rules.holds(Rule::CallerRcpsWithoutResource) => {
            return passes(Why::NoResource);
        }
        // RCP-9
        Owner::Caller => match &asked.who.account {
            Some(account) => account,
            None => return passes(Why::OwnerOutside),
        },
        Owner::Unknown => return passes(Why::OwnerUnknown),
    };
    match asked.world.membership(account) {
        Membership::Management => return passes(Why::ManagementResource),
        Membership::Member => {}
        _ => return passes(Why::OwnerOutside),
    }
    if asked.who.is_service_linked() || is_service_linked_role(asked.target.arn) {
        return passes(Why::ServiceLinkedRole);
    }
    match &organization.feature_set {
        FeatureSet::All => {}
        FeatureSet::ConsolidatedBilling => return passes(Why::ConsolidatedBilling),
        FeatureSet::Other(word) => {
            return Err(Gate::Blocked(vec![Blocker::UnknownFeatureSet(
                word.clone(),
            )]));
        }
    }
    if !organization.rcps_enabled() {
        return passes(Why::Disabled);
    }
    let (service, name) = (&*asked.action.service, &*asked.action.name);
    if !catalog::accepts_rcps(service, asked.world.scenario.settings.date()) {
        return passes(Why::ServiceWithoutRcps);
    }
    // RCP-10
    if service == "kms" && (name == "retiregrant" || is_managed_key(asked.target.arn)) {
        return passes(Why::BeyondRcps);
    }
    Ok((organization, tree, account))
}

fn levels(
    asked: &Asked<'_>,
    organization: &Organization,
    tree: &TreeIndex,
    account: &AccountId,
) -> Gate {
    let path = tree.path(account.as_str()).unwrap_or_default();
    let own = |node: &NodeRef<'_>| own_rcps(&asked.world, organization, node);
    if path.iter().all(|node| own(node).is_empty()) {
        return Gate::Passes(Why::OnlyManaged);
    }
    let levels = path.iter().map(|node| {
        let managed = PolicyId::from(RCP_FULL_AWS_ACCESS);
        let policies = std::iter::once(managed).chain(own(node));
        Level {
            name: node.name().to_owned(),
            node: node.id(),
            policies: policies
                .map(|policy| asked.attached(&policy, Via::Node, Kind::Rcp))
                .collect(),
        }
    });
    Gate::Levels(levels.collect())
}

/// What is attached to a node and is, or may be, an RCP of the customer's own.
fn own_rcps(world: &World<'_>, organization: &Organization, node: &NodeRef<'_>) -> Vec<PolicyId> {
    let id = node.id();
    let attached = organization.effective_attachments(node.attachments());
    let rcps = attached.into_iter().filter(|policy| {
        let found = world.library.get(policy);
        let may_be_rcp = found.is_none_or(|it| it.kind.is_none_or(|kind| kind == Kind::Rcp));
        may_be_rcp
            && policy.as_str() != RCP_FULL_AWS_ACCESS
            && !world.is_attachment_off(policy, &id)
    });
    rcps.collect()
}

/// Whether there is any RCP that an unlisted account could be under.
fn has_rcps(world: &World<'_>) -> bool {
    world.library.has_own(Kind::Rcp)
        && world
            .organization()
            .is_some_and(|(organization, _)| organization.rcps_enabled())
}

/// Member accounts that could own a resource of which nobody says whose it is: one for each set of
/// RCPs above it, which may be the only one. Whether these are all stands beside them.
pub(crate) fn owners(world: &World<'_>, caller: Option<&AccountId>) -> (Vec<Owner>, bool) {
    let owners = all_owners(world);
    // The caller's own account has a reading of its own.
    let other = |set: &Vec<AccountId>| {
        let mut accounts = set.iter().filter(|account| Some(*account) != caller);
        let account = accounts.next()?.clone();
        Some(match accounts.next() {
            Some(_) => Owner::Like(account),
            None => Owner::Account(account),
        })
    };
    let some = owners.iter().filter_map(other).take(MOST_OWNERS).collect();
    (some, owners.len() <= MOST_OWNERS)
}

/// Up to three accounts for each set of RCPs that stands above some account: one of them may be the
/// caller's, and two others are more than one.
pub(crate) fn all_owners<'a>(world: &World<'a>) -> &'a [Vec<AccountId>] {
    if !has_rcps(world) || world.is_off(Kind::Rcp) {
        return &[];
    }
    world.library.owners(|| work_out_owners(world))
}

fn work_out_owners(world: &World<'_>) -> Vec<Vec<AccountId>> {
    let Some((organization, tree)) = world.organization() else {
        return Vec::new();
    };
    let mut seen: BTreeMap<Vec<PolicyId>, usize> = BTreeMap::new();
    let mut owners: Vec<Vec<AccountId>> = Vec::new();
    let members = tree
        .accounts()
        .filter(|account| organization.management_account.as_ref() != Some(&account.id));
    for account in members {
        let path = tree.path(account.id.as_str()).unwrap_or_default();
        let mut rcps: Vec<PolicyId> = path
            .iter()
            .flat_map(|node| own_rcps(world, organization, node))
            .collect();
        rcps.sort_unstable();
        rcps.dedup();
        if rcps.is_empty() {
            continue;
        }
        let at = *seen.entry(rcps).or_insert(owners.len());
        match owners.get_mut(at) {
            Some(accounts) if accounts.len() < 3 => accounts.push(account.id.clone()),
            Some(_) => {}
            None => owners.push(vec![account.id.clone()]),
        }
    }
    owners
}

/// RCP-10: the trust policy of a service-linked role is out of reach.
fn is_service_linked_role(arn: &str) -> bool {
    let resource = arn.splitn(6, ':').nth(5);
    resource.is_some_and(|resource| resource.starts_with("role/aws-service-role/"))
}

/// RCP-10, KMS-8: a key that AWS manages, as far as its ARN shows it.
fn is_managed_key(arn: &str) -> bool {
    let resource = arn.splitn(6, ':').nth(5);
    resource.is_some_and(|resource| resource.starts_with("alias/aws/"))
}
