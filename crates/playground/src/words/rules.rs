//! The open questions of the rule book in words.

use evaluator::Rule;
use texts::rich;

use super::{code, text};
use crate::view::{Phrase, QuestionView};

/// What an open question asks, as a statement that is true if the answer is yes.
#[must_use]
pub fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::ListBucketsOnAnyBucket => texts::rule_list_buckets_on_any_bucket(),
        Rule::MultivaluedNeedsQualifier => texts::rule_multivalued_needs_qualifier(),
        Rule::CallerRcpsWithoutResource => texts::rule_caller_rcps_without_resource(),
        Rule::NotPrincipalNeedsAccount => texts::rule_not_principal_needs_account(),
        Rule::MisfitNeverMatches => texts::rule_misfit_never_matches(),
        Rule::ShortArnsFilledUp => texts::rule_short_arns_filled_up(),
        Rule::WildcardPrincipalEscapesLimits => texts::rule_wildcard_principal_escapes_limits(),
        Rule::TrustPolicyNeedsBoundary => texts::rule_trust_policy_needs_boundary(),
        Rule::ForAnyValueNeedsValue => texts::rule_for_any_value_needs_value(),
    }
}

/// That an open question decided.
pub(crate) fn decided(question: &QuestionView) -> Phrase {
    let say = if question.answer {
        rich::rule_decided_yes
    } else {
        rich::rule_decided_no
    };
    say(
        [text(rule(question.rule))],
        [code(question.rule.name())],
        [text(super::small_verdict(question.otherwise))],
    )
}
