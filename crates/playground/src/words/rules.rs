//! The open questions of the rule book in words.

use evaluator::Rule;

use super::{code, text};
use crate::view::{Phrase, QuestionView};

/// What an open question asks, as a statement that is true if the answer is yes.
#[must_use]
pub fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::ListBucketsOnAnyBucket => {
            "s3:ListAllMyBuckets is matched by the resource arn:aws:s3:::* as well, not by * only."
        }
        Rule::MultivaluedNeedsQualifier => {
            "A condition on a key with several values never matches without ForAllValues or ForAnyValue."
        }
        Rule::CallerRcpsWithoutResource => {
            "Actions on no resource are limited by the RCPs of the caller's account."
        }
        Rule::NotPrincipalNeedsAccount => {
            "NotPrincipal lets a caller escape only if its account is listed beside its own name."
        }
        Rule::MisfitNeverMatches => {
            "A value of the wrong type, such as a text that is no ARN, never matches, not even a Not… operator."
        }
        Rule::ShortArnsFilledUp => {
            "ARNs with missing parts are filled up with * in every kind of policy."
        }
        Rule::WildcardPrincipalEscapesLimits => {
            "What a resource's policy grants to * is not limited by permissions boundaries and session policies."
        }
        Rule::TrustPolicyNeedsBoundary => {
            "A user whom a trust policy names must also be allowed by the permissions boundary."
        }
        Rule::ForAnyValueNeedsValue => {
            "ForAnyValue with IfExists does not match where the key is absent."
        }
    }
}

/// That an open question decided.
pub(crate) fn decided(question: &QuestionView) -> Phrase {
    let (here, there) = if question.answer {
        ("yes", "no")
    } else {
        ("no", "yes")
    };
    vec![
        text("AWS's pages leave a question open that decides here: "),
        text(rule(question.rule)),
        text(format!(" The answer is {here} (")),
        code(question.rule.name()),
        text(format!(
            "); with {there} the verdict would be {}.",
            super::verdict(question.otherwise).to_lowercase()
        )),
    ]
}
