//! What is open, followed from one scenario to the next.

use organization::{AccountId, Scenario};

use super::model::Entity;

/// What is shown when something is closed: of a principal its account, if that is one outside the
/// organization.
pub(super) fn around(scenario: &Scenario, entity: &Entity) -> Option<Entity> {
    let Entity::Principal(id) = entity else {
        return None;
    };
    let account = scenario.principal(id.as_str())?.account()?;
    scenario
        .external_account(account.as_str())
        .map(|account| Entity::Account(account.id.clone()))
}

/// The open thing in the scenario as it is now, if it is still there: what names it may have
/// changed.
pub(super) fn present(entity: Entity, before: &Scenario, now: &Scenario) -> Option<Entity> {
    match entity {
        Entity::Principal(id) => {
            let there = now.principal(id.as_str()).is_some();
            there.then_some(Entity::Principal(id))
        }
        Entity::Resource(arn) => {
            let arns = |scenario: &Scenario| -> Vec<String> {
                let resources = scenario.resources.iter();
                resources.map(|one| one.arn.clone()).collect()
            };
            followed(&arn, &arns(before), &arns(now)).map(Entity::Resource)
        }
        Entity::Endpoint(id) => {
            let ids = |scenario: &Scenario| -> Vec<String> {
                let endpoints = scenario.endpoints.iter();
                endpoints.map(|one| one.id.clone()).collect()
            };
            followed(&id, &ids(before), &ids(now)).map(Entity::Endpoint)
        }
        Entity::Account(id) => {
            let ids = |scenario: &Scenario| -> Vec<String> {
                let accounts = scenario.external_accounts.iter();
                accounts.map(|one| one.id.to_string()).collect()
            };
            let id = followed(id.as_str(), &ids(before), &ids(now))?;
            Some(Entity::Account(AccountId::new(id)))
        }
    }
}

/// The id itself if it is still there; otherwise the one in its place, where as many are there as
/// before: it was renamed then, or a renaming was taken back.
pub(super) fn followed(id: &str, before: &[String], now: &[String]) -> Option<String> {
    let is = |one: &String| one == id;
    if now.iter().any(is) {
        return Some(id.to_owned());
    }
    let position = before.iter().position(is)?;
    (before.len() == now.len()).then(|| now.get(position).cloned())?
}

/// The ids of all nodes of the tree.
pub(super) fn nodes(scenario: &Scenario) -> Vec<String> {
    let mut ids = Vec::new();
    if let Some(organization) = &scenario.organization {
        organization.each_node(&mut |node| ids.push(node.id().to_string()));
    }
    ids
}
