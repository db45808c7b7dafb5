//! Who owns a resource, and which entry of `resources` speaks for it (EVAL-5, CHOICE-2, CHOICE-4).

use organization::{Request, Resource};
use policy::{Pattern, Version};

use super::glob::{fits_text, for_resources, glyphs};
use super::who::Who;
use super::{Guess, Open, Owner, World, tables};

/// Whether the request acts on no single resource (RES-9).
pub(crate) fn is_on_nothing(request: &Request, position: usize) -> bool {
    request.resources[position].arn == "*"
        || tables::is_without_resource(&request.action.to_lowercase())
}

/// The owner of a resource, stated or guessed.
pub(crate) fn owner(
    world: &World<'_>,
    request: &Request,
    who: &Who,
    position: usize,
    guess: &Guess,
) -> Result<Owner, Open> {
    let resource = &request.resources[position];
    let stated = (resource.account.as_ref())
        .or(request.resource_account.as_ref())
        .map(|account| account.as_str().to_owned());
    // An action on no single resource belongs to the caller's account (CHOICE-4).
    if stated.is_none() && is_on_nothing(request, position) {
        return Ok(match &who.account {
            Some(account) => Owner::Account(account.clone()),
            None => Owner::Nobody,
        });
    }
    let of_entry = || {
        let entries = entries(world, &resource.arn);
        let with_account = entries.into_iter().find_map(|entry| entry.account.as_ref());
        with_account.map(|account| account.as_str().to_owned())
    };
    // What AWS itself owns is there for every account.
    if stated.is_none()
        && account_of(&resource.arn).as_deref() == Some("aws")
        && let Some(account) = &who.account
    {
        return Ok(Owner::Account(account.clone()));
    }
    match stated
        .or_else(|| account_of(&resource.arn))
        .or_else(of_entry)
    {
        Some(account) => Ok(Owner::Account(account)),
        None if tables::is_callers(&request.action.to_lowercase(), &resource.arn)
            && let Some(account) = &who.account =>
        {
            Ok(Owner::Account(account.clone()))
        }
        None => (guess.owners.get(&position).cloned()).ok_or(Open::Owner(position)),
    }
}

/// The account in an ARN, if it has one.
pub(crate) fn account_of(arn: &str) -> Option<String> {
    let account = arn.split(':').nth(4)?;
    (!account.is_empty()).then(|| account.to_owned())
}

/// The entries of `resources` that speak for an ARN, the nearest first: the same ARN, the
/// innermost container, the longest entry with wildcards.
pub(crate) fn entries<'a>(world: &World<'a>, arn: &str) -> Vec<&'a Resource> {
    let all = || world.scenario.resources.iter().map(|entry| &**entry);
    let mut found: Vec<&Resource> = all().filter(|entry| entry.arn == arn).collect();
    let mut containers: Vec<&Resource> = all()
        .filter(|entry| arn.starts_with(&format!("{}/", entry.arn)))
        .collect();
    containers.sort_by_key(|entry| std::cmp::Reverse(entry.arn.len()));
    found.extend(containers);
    let mut patterns: Vec<&Resource> = all()
        .filter(|entry| {
            let pattern = glyphs(&Pattern::parse(&entry.arn, Version::V2008).pieces);
            entry.arn != arn
                && entry.arn.contains(['*', '?'])
                && fits_text(&for_resources(&pattern), arn)
        })
        .collect();
    patterns.sort_by_key(|entry| std::cmp::Reverse(entry.arn.len()));
    found.extend(patterns);
    found
}
