//! Ids for new things: made from a name or a number, the first that is free.

use std::collections::HashSet;

use crate::file::{account_ids, ou_ids};
use crate::ids::{AccountId, NodeId, PolicyId, PrincipalId, RequestId};
use crate::scenario::Scenario;
use crate::well_known::well_known;

/// Longest id that is made from a name.
const LONGEST: usize = 40;

pub(super) fn ou(scenario: &Scenario) -> Option<NodeId> {
    let organization = scenario.organization.as_ref()?;
    let nodes = nodes(scenario);
    let taken = nodes.iter().map(NodeId::as_str).collect();
    let id = ou_ids(organization.root.id.as_str(), &taken).next();
    id.map(|id| NodeId::from(id.as_str()))
}

pub(super) fn account(scenario: &Scenario) -> Option<AccountId> {
    let nodes = nodes(scenario);
    // An account that is only named is not there, but its id must not be given to another.
    let principals = scenario.principals.iter().filter_map(|one| one.account());
    let resources = scenario
        .resources
        .iter()
        .filter_map(|one| one.account.as_ref());
    let endpoints = scenario
        .endpoints
        .iter()
        .filter_map(|one| one.account.as_ref());
    let named = principals.chain(resources).chain(endpoints);
    let taken = nodes
        .iter()
        .map(NodeId::as_str)
        .chain(named.map(AccountId::as_str))
        .collect();
    let id = account_ids(&taken).next();
    id.map(|id| AccountId::from(id.as_str()))
}

/// All ids of nodes and of accounts outside the organization.
fn nodes(scenario: &Scenario) -> Vec<NodeId> {
    let external = scenario.external_accounts.iter();
    let mut ids: Vec<NodeId> = external.map(|account| account.id.node()).collect();
    if let Some(organization) = &scenario.organization {
        organization.each_node(&mut |node| ids.push(node.id()));
    }
    ids
}

pub(super) fn policy(scenario: &Scenario, name: &str) -> PolicyId {
    let taken: HashSet<&str> = scenario
        .policies
        .iter()
        .map(|one| one.id.as_str())
        .collect();
    let id = from_name(name, "policy", |id| {
        taken.contains(id) || well_known(id).is_some()
    });
    PolicyId::from(id.as_str())
}

pub(super) fn principal(scenario: &Scenario, name: &str, otherwise: &str) -> PrincipalId {
    let principals = scenario.principals.iter();
    let taken: HashSet<&str> = principals.map(|one| one.id().as_str()).collect();
    let id = from_name(name, otherwise, |id| taken.contains(id));
    PrincipalId::from(id.as_str())
}

/// `vpce-00000001`, `vpce-00000002`, …
pub(super) fn endpoint(scenario: &Scenario) -> String {
    first_free((1..).map(|number: u64| format!("vpce-{number:08}")), |id| {
        scenario.endpoint(id).is_some()
    })
}

/// `r1`, `r2`, …
pub(super) fn request(scenario: &Scenario) -> RequestId {
    let taken: HashSet<&str> = scenario
        .requests
        .iter()
        .map(|one| one.id.as_str())
        .collect();
    let id = first_free((1..).map(|number: u64| format!("r{number}")), |id| {
        taken.contains(id)
    });
    RequestId::from(id.as_str())
}

/// `Region lock` → `region-lock`, then `region-lock-2`, …
fn from_name(name: &str, otherwise: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut slug = String::new();
    for char in name.chars() {
        if slug.len() >= LONGEST {
            break;
        }
        if char.is_ascii_alphanumeric() {
            slug.push(char.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    let slug = if slug.is_empty() { otherwise } else { slug };
    let numbered = (2..).map(|number: u64| format!("{slug}-{number}"));
    first_free(std::iter::once(slug.to_owned()).chain(numbered), taken)
}

/// The candidates are endless, so one of them is free.
fn first_free(
    mut candidates: impl Iterator<Item = String>,
    taken: impl Fn(&str) -> bool,
) -> String {
    candidates.find(|id| !taken(id)).unwrap_or_default()
}
