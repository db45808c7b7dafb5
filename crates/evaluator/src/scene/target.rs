//! One resource of a request: who owns it, and what the scenario says of it.

use std::rc::Rc;

use organization::{AccountId, Request, RequestResource, Resource};

use super::World;
use crate::context::ActionName;
use crate::glob::{Glob, Wildcards};

/// Who owns a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// An account.
    Account(AccountId),
    /// The caller's account, for an action on no single resource.
    Caller,
    /// Not known; outside of the organization, or where none of its RCPs apply.
    Unknown,
    /// Not known; a member account with the RCPs of this one.
    Like(AccountId),
}

/// One resource of a request with what the scenario knows of it.
#[derive(Clone, Debug)]
pub(crate) struct Target<'a> {
    pub(crate) resource: &'a RequestResource,
    /// The ARN that is weighed: `*` for an action that is weighed on no single resource (RES-9).
    pub(crate) arn: &'a str,
    pub(crate) owner: Owner,
    /// The entries of `resources` that say something of it, the nearest first.
    pub(crate) entries: Vec<(Nearness, &'a Resource)>,
}

impl<'a> Target<'a> {
    pub(crate) fn of(
        world: &World<'a>,
        request: &'a Request,
        resource: &'a RequestResource,
        action: &ActionName,
    ) -> Self {
        let arn = if catalog::is_without_resource(&action.service, &action.name) {
            "*"
        } else {
            resource.arn.as_str()
        };
        let entries = entries_for(&world.scenario.resources, arn);
        let owner =
            if arn == "*" && resource.account.is_none() && request.resource_account.is_none() {
                Owner::Caller
            } else {
                owner(request, resource, arn, &entries)
            };
        Self {
            resource,
            arn,
            owner,
            entries,
        }
    }

    /// The entry that describes the resource itself, and not what holds it.
    pub(crate) fn entry(&self) -> Option<&'a Resource> {
        let mut entries = self.entries.iter();
        entries
            .find(|(nearness, _)| *nearness != Nearness::Container)
            .map(|(_, entry)| *entry)
    }

    /// The partition in the ARN, if there is one.
    pub(crate) fn partition(&self) -> Option<&'a str> {
        let partition = self.arn.split(':').nth(1)?;
        (!partition.is_empty() && !partition.contains(['*', '?'])).then_some(partition)
    }
}

/// The order of docs/scenario.md, "Resource owner".
fn owner(
    request: &Request,
    resource: &RequestResource,
    arn: &str,
    entries: &[(Nearness, &Resource)],
) -> Owner {
    let typed = resource
        .account
        .as_ref()
        .or(request.resource_account.as_ref());
    if let Some(account) = typed {
        return Owner::Account(account.clone());
    }
    let in_arn = arn.split(':').nth(4).unwrap_or_default();
    if in_arn.len() == 12 && in_arn.bytes().all(|b| b.is_ascii_digit()) {
        return Owner::Account(AccountId::from(in_arn));
    }
    let mut accounts = entries
        .iter()
        .filter_map(|(_, entry)| entry.account.clone());
    match accounts.next() {
        Some(account) => Owner::Account(account),
        // Managed policies of AWS belong to nobody in the scenario.
        None if in_arn == "aws" => Owner::Caller,
        None => Owner::Unknown,
    }
}

/// How an entry of `resources` comes to speak of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Nearness {
    /// It has the same ARN.
    Same,
    /// It is the bucket, or another container, that holds the resource.
    Container,
    /// Its ARN has wildcards and matches.
    Pattern,
}

/// Whether what stands before a slash holds what stands behind it. Elsewhere a slash may be a part
/// of the name.
fn is_container(arn: &str) -> bool {
    let service = arn.split(':').nth(2).unwrap_or_default();
    service.starts_with("s3") || service == "dynamodb"
}

fn entries_for<'a>(resources: &'a [Rc<Resource>], arn: &str) -> Vec<(Nearness, &'a Resource)> {
    let nearness = |entry: &Resource| {
        let rest = arn.strip_prefix(entry.arn.as_str());
        match rest {
            Some("") => Some(Nearness::Same),
            Some(rest) if rest.starts_with('/') && is_container(arn) => Some(Nearness::Container),
            _ if entry.arn.contains(['*', '?']) => {
                let pattern = policy::Pattern::parse(&entry.arn, policy::Version::V2008);
                Glob::new(&pattern, Wildcards::Free)
                    .matches_plain(arn)
                    .then_some(Nearness::Pattern)
            }
            _ => None,
        }
    };
    let mut entries: Vec<(Nearness, &Resource)> = resources
        .iter()
        .filter_map(|entry| Some((nearness(entry)?, &**entry)))
        .collect();
    // The innermost container first.
    policy::sort_by(&mut entries, |(a, x), (b, y)| {
        a.cmp(b).then(y.arn.len().cmp(&x.arn.len()))
    });
    entries
}
