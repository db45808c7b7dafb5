//! The wording of reasons. The words themselves are in the catalogue of `texts`; here is which of
//! them says what.

mod blockers;
pub(crate) mod codes;
mod keys;
mod names;
mod rules;
mod what_if;

use evaluator::{ElementNote, FixedRule, Outcome, PolicyType, Truth, Verdict, Why};
use organization::{ExpectedReason, ExpectedVerdict};
use policy::{Effect, Kind};

use crate::view::{Inline, Phrase, RowView};

pub(crate) use blockers::blocker;
pub use keys::{GLOBAL_KEYS, key_type};
pub(crate) use keys::{is_second, key_name, key_state, thing, tried};
pub use rules::rule;
pub use what_if::{flipped, others};

pub(crate) use names::{
    account_name, caller, caller_words, plain, policy_name, principal, via, who,
};
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
        Verdict::Allow => texts::verdict_allow(),
        Verdict::ExplicitDeny => texts::verdict_explicit_deny(),
        Verdict::ImplicitDeny => texts::verdict_implicit_deny(),
        Verdict::Depends => texts::verdict_depends(),
        Verdict::Error => texts::verdict_error(),
    }
}

/// The word for an expected verdict.
#[must_use]
pub fn expected(verdict: &ExpectedVerdict) -> &str {
    match verdict {
        ExpectedVerdict::Allow => texts::expected_allow(),
        ExpectedVerdict::Deny => texts::expected_deny(),
        ExpectedVerdict::ExplicitDeny => texts::expected_explicit_deny(),
        ExpectedVerdict::ImplicitDeny => texts::expected_implicit_deny(),
        ExpectedVerdict::Depends => texts::expected_depends(),
        ExpectedVerdict::Other(word) => word,
    }
}

/// The short name of a policy type.
#[must_use]
pub fn policy_type(policy_type: PolicyType) -> &'static str {
    match policy_type {
        PolicyType::Fixed => texts::policy_type_fixed(),
        PolicyType::Rcp => texts::policy_type_rcp(),
        PolicyType::Scp => texts::policy_type_scp(),
        PolicyType::Endpoint => texts::policy_type_endpoint(),
        PolicyType::Resource => texts::policy_type_resource(),
        PolicyType::Identity => texts::policy_type_identity(),
        PolicyType::Boundary => texts::policy_type_boundary(),
        PolicyType::Session => texts::policy_type_session(),
    }
}

/// The name of a kind of policy, for a sentence: "identity policy".
#[must_use]
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Scp => texts::kind_scp(),
        Kind::Rcp => texts::kind_rcp(),
        Kind::Identity => texts::kind_identity(),
        Kind::Boundary => texts::kind_boundary(),
        Kind::Session => texts::kind_session(),
        Kind::Resource => texts::kind_resource(),
        Kind::Trust => texts::kind_trust(),
        Kind::Endpoint => texts::kind_endpoint(),
    }
}

/// The same with its article.
fn a_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Scp => texts::a_kind_scp(),
        Kind::Rcp => texts::a_kind_rcp(),
        Kind::Identity => texts::a_kind_identity(),
        Kind::Boundary => texts::a_kind_boundary(),
        Kind::Session => texts::a_kind_session(),
        Kind::Resource => texts::a_kind_resource(),
        Kind::Trust => texts::a_kind_trust(),
        Kind::Endpoint => texts::a_kind_endpoint(),
    }
}

/// The word for a verdict inside a sentence.
pub(crate) fn small_verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allow => texts::expected_allow(),
        Verdict::ExplicitDeny => texts::expected_explicit_deny(),
        Verdict::ImplicitDeny => texts::expected_implicit_deny(),
        Verdict::Depends => texts::expected_depends(),
        Verdict::Error => texts::expected_error(),
    }
}

/// What a statement without a Sid is called.
pub(crate) fn statement_title(index: usize) -> String {
    texts::statement_title(&(index + 1))
}

/// Things with commas between, and `last` before the last of them.
pub(crate) fn listed(
    things: impl IntoIterator<Item = Phrase>,
    comma: fn(Phrase, Phrase) -> Phrase,
    last: fn(Phrase, Phrase) -> Phrase,
) -> Phrase {
    let mut things = things.into_iter().peekable();
    let mut list = things.next().unwrap_or_default();
    while let Some(thing) = things.next() {
        let join = if things.peek().is_some() { comma } else { last };
        list = join(list, thing);
    }
    list
}

/// "…, …"
pub(crate) fn comma(mut list: Phrase, next: Phrase) -> Phrase {
    list.push(text(", "));
    list.extend(next);
    list
}

/// A sentence that goes on behind a colon or comma.
pub(crate) fn continued(sentence: Phrase) -> Phrase {
    if texts::sentence_behind_colon() != "small" {
        return sentence;
    }
    with_first(sentence, |first, rest| {
        // Abbreviations stay as they are.
        let abbreviation = rest.starts_with(|c: char| c.is_ascii_uppercase());
        if abbreviation {
            first
        } else {
            first.to_ascii_lowercase()
        }
    })
}

/// What goes on, as a sentence of its own.
pub(crate) fn begun(sentence: Phrase) -> Phrase {
    with_first(sentence, |first, _| first.to_ascii_uppercase())
}

fn with_first(mut sentence: Phrase, change: impl Fn(char, &str) -> char) -> Phrase {
    if let Some(Inline::Text(words)) = sentence.first_mut() {
        let mut chars = words.chars();
        let first = chars.next().map(|first| change(first, chars.as_str()));
        *words = first.into_iter().chain(chars).collect();
    }
    sentence
}

/// What a policy type says, in a word or two.
pub(crate) fn stage(outcome: Outcome, why: Option<&Why>) -> &'static str {
    match (outcome, why) {
        (_, Some(Why::SwitchedOff)) => texts::stage_word_switched_off(),
        (_, Some(Why::ManagementAccount | Why::ManagementResource | Why::ServiceLinkedRole)) => {
            texts::stage_word_exempt()
        }
        (_, Some(Why::NoResourcePolicy | Why::SharedWithoutPolicy)) => {
            texts::stage_word_no_policy()
        }
        (_, Some(Why::NoGrantNeeded)) => texts::stage_word_no_grant(),
        (_, Some(Why::Granted)) => texts::stage_word_not_needed(),
        (_, Some(Why::BucketOwnerRoot | Why::BeyondRcps)) => texts::stage_word_exempt(),
        (_, Some(Why::NoBoundary)) => texts::stage_word_none_set(),
        (_, Some(Why::NoSessionPolicy)) => texts::stage_word_none_passed(),
        (_, Some(Why::NoSession)) => texts::stage_word_no_session(),
        (_, Some(Why::NoEndpoint)) => texts::stage_word_none_used(),
        (_, Some(Why::DefaultEndpointPolicy | Why::OnlyManaged)) => texts::stage_word_allows_all(),
        (_, Some(Why::RootUser | Why::RootWithoutIdentity)) => texts::stage_word_root_user(),
        (_, Some(Why::ForwardedCall)) => texts::stage_word_none_used(),
        (Outcome::Unknown, Some(Why::OwnerUnknown)) => texts::stage_word_owner_open(),
        (_, Some(Why::OwnerUnknownWithoutPolicy)) => texts::stage_word_owner_open(),
        (_, Some(Why::Disabled)) => texts::stage_word_not_enabled(),
        (outcome, _) => self::outcome(outcome),
    }
}

/// What a level or policy type says.
#[must_use]
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Allow => texts::verdict_allow(),
        Outcome::ExplicitDeny => texts::verdict_explicit_deny(),
        Outcome::ImplicitDeny => texts::verdict_implicit_deny(),
        Outcome::Unknown => texts::verdict_depends(),
        Outcome::NotAsked => texts::outcome_not_asked(),
        Outcome::Error => texts::outcome_error(),
    }
}

/// Why a policy type does not ask any document.
pub(crate) fn why(why: &Why) -> &'static str {
    match why {
        Why::SwitchedOff => texts::why_switched_off(),
        Why::NoOrganization => texts::why_no_organization(),
        Why::ConsolidatedBilling => texts::why_consolidated_billing(),
        Why::Disabled => texts::why_disabled(),
        Why::ManagementAccount => texts::why_management_account(),
        Why::ServiceLinkedRole => texts::why_service_linked_role(),
        Why::OtherOrganization => texts::why_other_organization(),
        Why::ServicePrincipal => texts::why_service_principal(),
        Why::Anonymous => texts::why_anonymous(),
        Why::IdentityProvider => texts::why_identity_provider(),
        Why::OnlyManaged => texts::why_only_managed(),
        Why::ServiceWithoutRcps => texts::why_service_without_rcps(),
        Why::ManagementResource => texts::why_management_resource(),
        Why::OwnerOutside => texts::why_owner_outside(),
        Why::OwnerUnknown => texts::why_owner_unknown(),
        Why::NoResource => texts::why_no_resource(),
        Why::BeyondRcps => texts::why_beyond_rcps(),
        Why::NoGrantNeeded => texts::why_no_grant_needed(),
        Why::Granted => texts::why_granted(),
        Why::BucketOwnerRoot => texts::why_bucket_owner_root(),
        Why::ForwardedCall => texts::why_forwarded_call(),
        Why::NoEndpoint => texts::why_no_endpoint(),
        Why::DefaultEndpointPolicy => texts::why_default_endpoint_policy(),
        Why::NoResourcePolicy => texts::why_no_resource_policy(),
        Why::SharedWithoutPolicy => texts::why_shared_without_policy(),
        Why::CrossAccountWithoutPolicy => texts::why_cross_account_without_policy(),
        Why::OwnerUnknownWithoutPolicy => texts::why_owner_unknown_without_policy(),
        Why::OnlyResourcePolicy => texts::why_only_resource_policy(),
        Why::OnlyResourcePolicyOff => texts::why_only_resource_policy_off(),
        Why::RootUser => texts::why_root_user(),
        Why::RootWithoutIdentity => texts::why_root_without_identity(),
        Why::NoIdentityPolicies => texts::why_no_identity_policies(),
        Why::NoBoundary => texts::why_no_boundary(),
        Why::NoSessionPolicy => texts::why_no_session_policy(),
        Why::NoSession => texts::why_no_session(),
        Why::FederatedWithoutSessionPolicy => texts::why_federated_without_session_policy(),
    }
}

/// A rule that no policy can change.
pub(crate) fn fixed(rule: FixedRule) -> &'static str {
    match rule {
        FixedRule::DifferentPartitions => texts::fixed_different_partitions(),
        FixedRule::GetCallerIdentity => texts::fixed_get_caller_identity(),
        FixedRule::GetSessionToken => texts::fixed_get_session_token(),
        FixedRule::RoleSessionCannotFederate => texts::fixed_role_session_cannot_federate(),
        FixedRule::FederatedUser => texts::fixed_federated_user(),
        FixedRule::SessionTokenSts => texts::fixed_session_token_sts(),
        FixedRule::SessionTokenIam => texts::fixed_session_token_iam(),
        FixedRule::RootCannotAssume => texts::fixed_root_cannot_assume(),
        FixedRule::KeptByAws => texts::fixed_kept_by_aws(),
        FixedRule::BucketPolicyOwner => texts::fixed_bucket_policy_owner(),
        FixedRule::ProviderOnlyOpensSessions => texts::fixed_provider_only_opens_sessions(),
        FixedRule::ReservedAlias => texts::fixed_reserved_alias(),
    }
}

/// Why an element is met or not, where the operands do not show it.
pub(crate) fn note(note: ElementNote) -> &'static str {
    match note {
        ElementNote::AbsentNegated => texts::note_absent_negated(),
        ElementNote::AbsentPositive => texts::note_absent_positive(),
        ElementNote::AbsentIfExists => texts::note_absent_if_exists(),
        ElementNote::AbsentForAll => texts::note_absent_for_all(),
        ElementNote::AbsentForAny => texts::note_absent_for_any(),
        ElementNote::ManyWithoutQualifier => texts::note_many_without_qualifier(),
        ElementNote::Misfit => texts::note_misfit(),
        ElementNote::UnresolvedVariable => texts::note_unresolved_variable(),
        ElementNote::UnknownVariable => texts::note_unknown_variable(),
        ElementNote::NoSingleResource => texts::note_no_single_resource(),
        ElementNote::NoResourceNamed => texts::note_no_resource_named(),
        ElementNote::NotPrincipalWithBoundary => texts::note_not_principal_with_boundary(),
        ElementNote::NotPrincipalPartlyListed => texts::note_not_principal_partly_listed(),
    }
}

/// A statement's result: "Deny, matches".
pub(crate) fn statement(effect: Effect, truth: Truth) -> String {
    let effect = match effect {
        Effect::Allow => "Allow",
        Effect::Deny => "Deny",
    };
    let truth = match truth {
        Truth::Met => texts::statement_matches(),
        Truth::Unmet => texts::statement_does_not_match(),
        Truth::Unknown => texts::statement_may_match(),
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
        [] => texts::rows_none().to_owned(),
        [(only, _)] => verdict(*only).to_owned(),
        several => {
            let parts: Vec<String> = several
                .iter()
                .map(|(wanted, count)| match wanted {
                    Verdict::Allow => texts::rows_allow(count),
                    Verdict::ExplicitDeny => texts::rows_explicit_deny(count),
                    Verdict::ImplicitDeny => texts::rows_implicit_deny(count),
                    Verdict::Depends => texts::rows_depends(count),
                    Verdict::Error => texts::rows_error(count),
                })
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
        reason
            .index
            .map(|index| texts::reason_statement(&(index + 1))),
        reason.node.as_ref().map(|node| texts::reason_at(node)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(", ")
}
