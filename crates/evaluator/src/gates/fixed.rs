//! Rules that no policy can change (ORG-11, PT-12, TR-11, GCI-1, GCI-2, GCI-7).

use super::{Asked, FixedRule};
use crate::scene::WhoKind;

/// What the fixed rules say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fixed {
    /// No rule applies: the policies decide.
    Silent,
    /// Allowed, whatever the policies say.
    Allows(FixedRule),
    /// Refused, whatever the policies say.
    Refuses(FixedRule),
    /// Refused unless MFA was given.
    RefusesWithoutMfa(FixedRule),
}

pub(crate) fn fixed(asked: &Asked<'_>) -> Fixed {
    let service = &*asked.action.service;
    let name = &*asked.action.name;
    let from = || {
        let world = &asked.world;
        world.caller_partition(asked.who, asked.target, asked.owner)
    };
    if asked.who.account.is_some()
        && let Some(to) = asked.target.partition().or_else(|| owner_partition(asked))
        && from() != to
    {
        return Fixed::Refuses(FixedRule::DifferentPartitions);
    }
    let kind = &asked.who.kind;
    let signed = !matches!(
        kind,
        WhoKind::Anonymous | WhoKind::Saml { .. } | WhoKind::WebIdentity { .. }
    );
    if service == "sts" && name == "getcalleridentity" && signed {
        return Fixed::Allows(FixedRule::GetCallerIdentity);
    }
    match kind {
        WhoKind::Saml { .. } if !opens_session(service, name, "assumerolewithsaml") => {
            return Fixed::Refuses(FixedRule::ProviderOnlyOpensSessions);
        }
        WhoKind::WebIdentity { .. }
            if !opens_session(service, name, "assumerolewithwebidentity") =>
        {
            return Fixed::Refuses(FixedRule::ProviderOnlyOpensSessions);
        }
        WhoKind::RoleSession(_)
            if service == "sts" && matches!(name, "getfederationtoken" | "getsessiontoken") =>
        {
            return Fixed::Refuses(FixedRule::RoleSessionCannotFederate);
        }
        WhoKind::FederatedUser { .. } if matches!(service, "iam" | "sts") => {
            return Fixed::Refuses(FixedRule::FederatedUser);
        }
        // TR-8: tags and a source identity are passed in the call of AssumeRole.
        WhoKind::UserSession { .. }
            if service == "sts"
                && !matches!(name, "assumerole" | "tagsession" | "setsourceidentity") =>
        {
            return Fixed::Refuses(FixedRule::SessionTokenSts);
        }
        WhoKind::Root | WhoKind::AssumedRoot
            if service == "sts"
                && matches!(
                    name,
                    "assumerole" | "assumeroot" | "tagsession" | "setsourceidentity"
                ) =>
        {
            return Fixed::Refuses(FixedRule::RootCannotAssume);
        }
        WhoKind::User(_) | WhoKind::Root if service == "sts" && name == "getsessiontoken" => {
            return Fixed::Allows(FixedRule::GetSessionToken);
        }
        _ => {}
    }
    let changes = !["get", "list", "generate", "simulate", "passrole"]
        .iter()
        .any(|reading| name.starts_with(reading));
    if service == "iam" && changes && is_kept_by_aws(asked.target.arn) {
        return Fixed::Refuses(FixedRule::KeptByAws);
    }
    let on_alias = matches!(name, "createalias" | "updatealias" | "deletealias");
    if service == "kms" && on_alias && is_reserved_alias(asked.target.arn) {
        return Fixed::Refuses(FixedRule::ReservedAlias);
    }
    let on_bucket_policy = service == "s3"
        && matches!(
            name,
            "getbucketpolicy" | "putbucketpolicy" | "deletebucketpolicy"
        );
    if on_bucket_policy && (asked.who.account.is_none() || asked.same_account() != Some(true)) {
        return Fixed::Refuses(FixedRule::BucketPolicyOwner);
    }
    // PT-12
    if service == "iam" && matches!(kind, WhoKind::UserSession { .. }) {
        return Fixed::RefusesWithoutMfa(FixedRule::SessionTokenIam);
    }
    Fixed::Silent
}

/// The call by which an identity provider's caller opens a session, and what it may pass in it
/// (PT-10, TR-8).
fn opens_session(service: &str, name: &str, call: &str) -> bool {
    service == "sts" && (name == call || matches!(name, "tagsession" | "setsourceidentity"))
}

/// A managed policy of AWS, or a role that AWS reserves for itself (GCI-3).
fn is_kept_by_aws(arn: &str) -> bool {
    let mut parts = arn.splitn(6, ':').skip(4);
    let (account, resource) = (parts.next(), parts.next().unwrap_or_default());
    account == Some("aws") && resource.starts_with("policy/")
        || resource.starts_with("role/aws-reserved/")
}

/// An alias that AWS keeps for its own keys (KMS-7).
fn is_reserved_alias(arn: &str) -> bool {
    let resource = arn.splitn(6, ':').nth(5).unwrap_or_default();
    resource.starts_with("alias/aws/")
}

fn owner_partition<'a>(asked: &Asked<'a>) -> Option<&'a str> {
    match asked.owner {
        crate::scene::Owner::Account(account) => asked.world.partition(account),
        _ => None,
    }
}
