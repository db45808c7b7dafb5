//! The wording of reasons in English, in one place.

mod blockers;
pub(crate) mod codes;
mod keys;
mod names;
mod rules;
mod what_if;

use evaluator::{ElementNote, FixedRule, Outcome, PolicyType, Truth, Verdict, Why};
use organization::{ExpectedReason, ExpectedVerdict};
use policy::{Effect, Kind};

use crate::view::{Inline, RowView};

pub(crate) use blockers::blocker;
pub use keys::{GLOBAL_KEYS, key_type};
pub(crate) use keys::{is_second, key_name, key_state, thing, tried};
pub use rules::rule;
pub use what_if::{flipped, others};

pub(crate) use names::{account_name, caller, caller_words, policy_name, via, who};
pub(crate) use rules::decided;

/// Plain words.
pub(crate) fn text(words: impl Into<String>) -> Inline {
    Inline::Text(words.into())
}

/// A name to stress.
pub(crate) fn strong(name: impl Into<String>) -> Inline {
    Inline::Strong(name.into())
}

/// Text of a policy or request.
pub(crate) fn code(text: impl Into<String>) -> Inline {
    Inline::Code(text.into())
}

/// The word for a verdict.
#[must_use]
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allow => "Allow",
        Verdict::ExplicitDeny => "Explicit deny",
        Verdict::ImplicitDeny => "Implicit deny",
        Verdict::Depends => "Depends",
        Verdict::Error => "No verdict",
    }
}

/// The word for an expected verdict.
#[must_use]
pub fn expected(verdict: &ExpectedVerdict) -> &str {
    match verdict {
        ExpectedVerdict::Allow => "allow",
        ExpectedVerdict::Deny => "deny",
        ExpectedVerdict::ExplicitDeny => "explicit deny",
        ExpectedVerdict::ImplicitDeny => "implicit deny",
        ExpectedVerdict::Depends => "depends",
        ExpectedVerdict::Other(word) => word,
    }
}

/// The short name of a policy type.
#[must_use]
pub fn policy_type(policy_type: PolicyType) -> &'static str {
    match policy_type {
        PolicyType::Fixed => "Fixed rule",
        PolicyType::Rcp => "RCP",
        PolicyType::Scp => "SCP",
        PolicyType::Endpoint => "Endpoint",
        PolicyType::Resource => "Resource",
        PolicyType::Identity => "Identity",
        PolicyType::Boundary => "Boundary",
        PolicyType::Session => "Session",
    }
}

/// The name of a kind of policy, for a sentence: "identity policy".
#[must_use]
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Scp => "SCP",
        Kind::Rcp => "RCP",
        Kind::Identity => "identity policy",
        Kind::Boundary => "permissions boundary",
        Kind::Session => "session policy",
        Kind::Resource => "resource policy",
        Kind::Trust => "trust policy",
        Kind::Endpoint => "endpoint policy",
    }
}

/// The same with its article.
fn a_kind(kind: Kind) -> String {
    let article = match kind {
        Kind::Scp | Kind::Rcp | Kind::Identity | Kind::Endpoint => "an",
        Kind::Boundary | Kind::Session | Kind::Resource | Kind::Trust => "a",
    };
    format!("{article} {}", self::kind(kind))
}

/// What a policy type says, in a word or two.
pub(crate) fn stage(outcome: Outcome, why: Option<&Why>) -> &'static str {
    match (outcome, why) {
        (_, Some(Why::SwitchedOff)) => "Switched off",
        (_, Some(Why::ManagementAccount | Why::ManagementResource | Why::ServiceLinkedRole)) => {
            "Exempt"
        }
        (_, Some(Why::NoResourcePolicy)) => "No policy",
        (_, Some(Why::NoGrantNeeded)) => "No grant",
        (_, Some(Why::Granted)) => "Not needed",
        (_, Some(Why::BucketOwnerRoot | Why::BeyondRcps)) => "Exempt",
        (_, Some(Why::NoBoundary)) => "None set",
        (_, Some(Why::NoSessionPolicy)) => "None passed",
        (_, Some(Why::NoSession)) => "No session",
        (_, Some(Why::NoEndpoint)) => "None used",
        (_, Some(Why::DefaultEndpointPolicy | Why::OnlyManaged)) => "Allows all",
        (_, Some(Why::RootUser | Why::RootWithoutIdentity)) => "Root user",
        (_, Some(Why::ForwardedCall)) => "None used",
        (Outcome::Unknown, Some(Why::OwnerUnknown)) => "Owner?",
        (_, Some(Why::OwnerUnknownWithoutPolicy)) => "Owner?",
        (_, Some(Why::Disabled)) => "Not enabled",
        (outcome, _) => self::outcome(outcome),
    }
}

/// What a level or policy type says.
#[must_use]
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Allow => "Allow",
        Outcome::ExplicitDeny => "Explicit deny",
        Outcome::ImplicitDeny => "Implicit deny",
        Outcome::Unknown => "Depends",
        Outcome::NotAsked => "Not asked",
        Outcome::Error => "Not evaluated",
    }
}

/// Why a policy type does not ask any document.
pub(crate) fn why(why: &Why) -> &'static str {
    match why {
        Why::SwitchedOff => "This policy type is switched off in the scenario's settings.",
        Why::NoOrganization => "There is no organization.",
        Why::ConsolidatedBilling => {
            "The organization has consolidated billing only: there are no SCPs or RCPs."
        }
        Why::Disabled => "This policy type is not enabled in the organization.",
        Why::ManagementAccount => "SCPs never affect the management account.",
        Why::ServiceLinkedRole => "Service-linked roles are exempt.",
        Why::OtherOrganization => "The caller's account is not in this organization.",
        Why::ServicePrincipal => {
            "The caller is an AWS service, not a user or role of a member account."
        }
        Why::Anonymous => "The caller is not signed in, so it belongs to no account.",
        Why::IdentityProvider => "The caller comes from an identity provider: no account yet.",
        Why::OnlyManaged => "Only RCPFullAWSAccess is attached, which allows everything.",
        Why::ServiceWithoutRcps => "RCPs do not reach this service.",
        Why::ManagementResource => "RCPs never affect resources of the management account.",
        Why::OwnerOutside => "The resource belongs to no member account of this organization.",
        Why::OwnerUnknown => "Nobody said which account owns the resource.",
        Why::NoResource => {
            "The action is on no resource, and the settings say that RCPs reach resources only."
        }
        Why::BeyondRcps => "RCPs never restrict kms:RetireGrant or the keys that AWS manages.",
        Why::NoGrantNeeded => {
            "No statement of the resource's policy allows this to the caller. In the resource's own account that is not needed."
        }
        Why::Granted => {
            "Not needed: the resource's own policy grants this to the caller. An explicit deny here would still count."
        }
        Why::BucketOwnerRoot => {
            "The root user of the bucket's account can always read and change the bucket policy, whatever it says."
        }
        Why::ForwardedCall => {
            "A service forwarded the call, so it does not travel through the endpoint."
        }
        Why::NoEndpoint => "The request does not travel through a VPC endpoint.",
        Why::DefaultEndpointPolicy => "The endpoint has the default policy, which allows all.",
        Why::NoResourcePolicy => {
            "The resource has no policy; in its own account that is not needed."
        }
        Why::CrossAccountWithoutPolicy => {
            "The resource belongs to another account and has no policy, so nobody there allows it."
        }
        Why::OwnerUnknownWithoutPolicy => {
            "Nobody said which account owns the resource. In another account its own policy would have to allow the request as well."
        }
        Why::OnlyResourcePolicy => {
            "This caller gets in only by a policy of the resource, and there is none."
        }
        Why::OnlyResourcePolicyOff => {
            "This caller gets in only by a policy of the resource, and this policy type is switched off."
        }
        Why::RootUser => "The root user has full access in its own account.",
        Why::RootWithoutIdentity => "A root user has no identity policies and needs none.",
        Why::NoIdentityPolicies => "This caller cannot have identity policies.",
        Why::NoBoundary => "No permissions boundary is set.",
        Why::NoSessionPolicy => "No session policy was passed when the session was opened.",
        Why::NoSession => "Session policies limit sessions of roles and of federated users only.",
        Why::FederatedWithoutSessionPolicy => {
            "A federated user without a session policy has no permissions."
        }
    }
}

/// A rule that no policy can change.
pub(crate) fn fixed(rule: FixedRule) -> &'static str {
    match rule {
        FixedRule::DifferentPartitions => {
            "The caller and the resource are in different AWS partitions, which never trust each other."
        }
        FixedRule::GetCallerIdentity => {
            "sts:GetCallerIdentity needs no permission, and no policy can deny it."
        }
        FixedRule::GetSessionToken => {
            "sts:GetSessionToken needs no permission, and no policy controls it."
        }
        FixedRule::RoleSessionCannotFederate => {
            "A role session can never call sts:GetFederationToken or sts:GetSessionToken."
        }
        FixedRule::FederatedUser => {
            "A federated user can never call IAM, and of STS only GetCallerIdentity."
        }
        FixedRule::SessionTokenSts => {
            "Credentials of GetSessionToken can call only AssumeRole and GetCallerIdentity of STS."
        }
        FixedRule::SessionTokenIam => {
            "Credentials of GetSessionToken can call IAM only if MFA was given."
        }
        FixedRule::RootCannotAssume => "The root user can never assume a role.",
        FixedRule::KeptByAws => {
            "Policies that AWS manages and roles that it reserves cannot be changed by anyone."
        }
        FixedRule::BucketPolicyOwner => {
            "Bucket policies can be read and changed only from the bucket's own account."
        }
        FixedRule::ProviderOnlyOpensSessions => {
            "Who comes from an identity provider can only open a session of a role: with SAML by sts:AssumeRoleWithSAML, with a web identity by sts:AssumeRoleWithWebIdentity."
        }
        FixedRule::ReservedAlias => {
            "Aliases that begin with alias/aws/ are kept for the keys that AWS manages."
        }
    }
}

/// Why an element is met or not, where the operands do not show it.
pub(crate) fn note(note: ElementNote) -> &'static str {
    match note {
        ElementNote::AbsentNegated => "a Not… operator is met when the key is absent",
        ElementNote::AbsentPositive => "the key is absent, so the operator is not met",
        ElementNote::AbsentIfExists => "…IfExists is met when the key is absent",
        ElementNote::AbsentForAll => "ForAllValues is met when there are no values",
        ElementNote::AbsentForAny => "ForAnyValue needs a value",
        ElementNote::ManyWithoutQualifier => {
            "the key has several values, so ForAllValues or ForAnyValue is needed"
        }
        ElementNote::Misfit => "a value does not fit the operator, so it is not met",
        ElementNote::UnresolvedVariable => "a variable has no value in this request",
        ElementNote::UnknownVariable => "a variable is unknown",
        ElementNote::NoSingleResource => "the action is on no single resource: only * matches",
        ElementNote::NotPrincipalWithBoundary => {
            "the caller has a permissions boundary, so NotPrincipal denies although it is listed"
        }
        ElementNote::NotPrincipalPartlyListed => {
            "not every name of the caller is listed, so it does not escape"
        }
    }
}

/// A statement's result: "Deny, matches".
pub(crate) fn statement(effect: Effect, truth: Truth) -> String {
    let effect = match effect {
        Effect::Allow => "Allow",
        Effect::Deny => "Deny",
    };
    let truth = match truth {
        Truth::Met => "matches",
        Truth::Unmet => "does not match",
        Truth::Unknown => "may match",
    };
    format!("{effect}, {truth}")
}

/// What rows amount to: "Allow", "3 allow, 2 explicit deny".
pub(crate) fn rows(rows: &[RowView]) -> String {
    const ORDER: [Verdict; 5] = [
        Verdict::Allow,
        Verdict::ExplicitDeny,
        Verdict::ImplicitDeny,
        Verdict::Depends,
        Verdict::Error,
    ];
    let count = |wanted: Verdict| rows.iter().filter(|row| row.verdict == wanted).count();
    let found: Vec<(Verdict, usize)> = ORDER
        .into_iter()
        .map(|wanted| (wanted, count(wanted)))
        .filter(|(_, count)| *count > 0)
        .collect();
    match found.as_slice() {
        [] => "No accounts".to_owned(),
        [(only, _)] => verdict(*only).to_owned(),
        several => {
            let parts: Vec<String> = several
                .iter()
                .map(|(wanted, count)| format!("{count} {}", verdict(*wanted).to_ascii_lowercase()))
                .collect();
            parts.join(", ")
        }
    }
}

/// A reason that was expected.
pub(crate) fn expected_reason(reason: &ExpectedReason) -> String {
    let parts = [
        reason.policy.as_ref().map(ToString::to_string),
        reason.sid.clone(),
        reason.index.map(|index| format!("statement {}", index + 1)),
        reason.node.as_ref().map(|node| format!("at {node}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(", ")
}
