//! Resource-based policies: of a bucket, a key, a queue; of a role its trust policy.

use organization::{PolicyId, Principal, PrincipalId, Role};
use policy::Kind;

use super::{Asked, Attached, Gate};
use crate::access::{Access, Strict};
use crate::scene::WhoKind;
use crate::trace::{Blocker, Via, Why};

pub(super) fn gate(asked: &Asked<'_>) -> Gate {
    if (&*asked.action.service, &*asked.action.name) == ("sts", "assumeroot") {
        let action = asked.request.action.clone();
        return Gate::Blocked(vec![Blocker::NotModelled(action)]);
    }
    let strict = strict(asked);
    let kind = match strict {
        Some(Strict::Role) => Kind::Trust,
        _ => Kind::Resource,
    };
    let resource_side_only = asked.who.has_resource_side_only();
    if asked.world.is_off(kind) {
        return if resource_side_only {
            Gate::Stops(Why::OnlyResourcePolicyOff)
        } else {
            Gate::Passes(Why::SwitchedOff)
        };
    }
    if is_owner_on_bucket_policy(asked) {
        return Gate::Passes(Why::BucketOwnerRoot);
    }
    if is_shared(asked) {
        return if resource_side_only {
            Gate::Stops(Why::OnlyResourcePolicy)
        } else {
            Gate::Passes(Why::SharedWithoutPolicy)
        };
    }
    match (policy_of(asked, strict), strict) {
        (Some(attached), _) => Gate::Grants(vec![attached]),
        (None, Some(Strict::Role)) => {
            let arn = asked.target.arn.to_owned();
            Gate::Blocked(vec![Blocker::MissingTrustPolicy(arn)])
        }
        (None, Some(Strict::Key)) => {
            let arn = asked.target.arn.to_owned();
            Gate::Blocked(vec![Blocker::MissingKeyPolicy(arn)])
        }
        (None, None) if resource_side_only => Gate::Stops(Why::OnlyResourcePolicy),
        (None, None) => match asked.same_account() {
            Some(true) => Gate::Passes(Why::NoResourcePolicy),
            Some(false) => Gate::Stops(Why::CrossAccountWithoutPolicy),
            None => Gate::Stops(Why::OwnerUnknownWithoutPolicy),
        },
    }
}

/// Which sides must allow (4.3 … 4.6, X-7).
pub(super) fn access(asked: &Asked<'_>) -> Access {
    let is_root = matches!(asked.who.kind, WhoKind::Root | WhoKind::AssumedRoot);
    if asked.who.has_resource_side_only() {
        Access::ResourceSide
    } else if asked.same_account() != Some(true) && !is_shared(asked) {
        Access::CrossAccount
    } else if let Some(strict) = strict(asked) {
        Access::Strict(strict)
    } else if is_root {
        Access::OwnRoot
    } else {
        Access::SameAccount
    }
}

/// The resources whose policy must allow (EVAL-24).
fn strict(asked: &Asked<'_>) -> Option<Strict> {
    let (service, name) = (&*asked.action.service, &*asked.action.name);
    match (service, name) {
        // TR-1, TR-8
        (
            "sts",
            "assumerole"
            | "assumerolewithsaml"
            | "assumerolewithwebidentity"
            | "tagsession"
            | "setsourceidentity",
        ) => Some(Strict::Role),
        _ if is_alias(asked) => None,
        ("kms", _) if !catalog::is_without_resource(service, name) => Some(Strict::Key),
        _ => None,
    }
}

/// images and the like have no policies; their owners share them in other ways.
fn is_shared(asked: &Asked<'_>) -> bool {
    catalog::is_shared_without_policy(asked.target.arn)
}

/// KMS-7: an alias is no key and has no policy; these calls ask for both.
fn is_alias(asked: &Asked<'_>) -> bool {
    let name = &*asked.action.name;
    &*asked.action.service == "kms"
        && matches!(name, "createalias" | "updatealias" | "deletealias")
        && resource_part(asked).starts_with("alias/")
}

fn resource_part<'a>(asked: &Asked<'a>) -> &'a str {
    asked.target.arn.splitn(6, ':').nth(5).unwrap_or_default()
}

/// GCI-4: no bucket policy keeps the owner's root user from the bucket policy.
fn is_owner_on_bucket_policy(asked: &Asked<'_>) -> bool {
    matches!(asked.who.kind, WhoKind::Root | WhoKind::AssumedRoot)
        && asked.same_account() == Some(true)
        && &*asked.action.service == "s3"
        && matches!(
            &*asked.action.name,
            "getbucketpolicy" | "putbucketpolicy" | "deletebucketpolicy"
        )
}

fn policy_of(asked: &Asked<'_>, strict: Option<Strict>) -> Option<Attached> {
    if is_alias(asked) {
        return None;
    }
    let entries = asked.target.entries.iter();
    let mut entries = entries.filter_map(|(_, entry)| Some((entry, entry.policy.as_ref()?)));
    if strict == Some(Strict::Role) {
        if let Some((role, policy)) = trust_of(asked) {
            return Some(asked.attached(policy, Via::Role(role.clone()), Kind::Trust));
        }
        let (entry, policy) = entries.find(|(_, policy)| {
            let found = asked.world.library.get(policy);
            found.is_some_and(|found| found.kind == Some(Kind::Trust))
        })?;
        return Some(asked.attached(policy, Via::Resource(entry.arn.clone()), Kind::Trust));
    }
    let (entry, policy) = entries.next()?;
    Some(asked.attached(policy, Via::Resource(entry.arn.clone()), Kind::Resource))
}

/// The trust policy of the role that is called.
fn trust_of<'a>(asked: &Asked<'a>) -> Option<(&'a PrincipalId, &'a PolicyId)> {
    let account = asked.target.arn.split(':').nth(4)?;
    let resource = resource_part(asked);
    let is_meant = |role: &Role| {
        let path_and_name = resource.strip_prefix("role");
        let path = path_and_name.and_then(|text| text.strip_prefix(role.path.as_str()));
        role.account.as_str() == account && path == Some(role.name.as_str())
    };
    let mut principals = asked.world.scenario.principals.iter();
    principals.find_map(|entry| match &**entry {
        Principal::Role(role) if is_meant(role) => Some((&role.id, role.trust_policy.as_ref()?)),
        _ => None,
    })
}
