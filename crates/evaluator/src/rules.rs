//! The open questions of the rule book (docs/semantics.md, "Open questions"): where AWS's pages
//! leave a choice, `settings.rules` makes it.

use organization::Settings;

/// An open question. Its answer is yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// s3:ListAllMyBuckets is matched by `arn:aws:s3:::*` as well (OPEN-1, RES-9).
    ListBucketsOnAnyBucket,
    /// A multivalued key without a set operator never matches (OPEN-2, SET-6).
    MultivaluedNeedsQualifier,
    /// Actions without a resource are reached by the RCPs of the caller's account (OPEN-3, RCP-9).
    CallerRcpsWithoutResource,
    /// `NotPrincipal` lets only callers escape whose account is listed too (OPEN-4, PRIN-13).
    NotPrincipalNeedsAccount,
    /// A value of the wrong type never matches, not even a negated operator (OPEN-5, ARN-3).
    MisfitNeverMatches,
    /// Incomplete ARNs are filled up in every kind of policy (OPEN-6, RES-7).
    ShortArnsFilledUp,
    /// A grant to `*` is not limited by boundary and session policies (OPEN-7, RB-6).
    WildcardPrincipalEscapesLimits,
    /// The boundary of a user whom a trust policy names must allow too (OPEN-11, TR-2).
    TrustPolicyNeedsBoundary,
    /// `ForAnyValue:…IfExists` does not match where the key is absent (OPEN-12, SET-4).
    ForAnyValueNeedsValue,
}

impl Rule {
    /// All of them, in the order of the rule book.
    pub const ALL: [Self; 9] = [
        Self::ListBucketsOnAnyBucket,
        Self::MultivaluedNeedsQualifier,
        Self::CallerRcpsWithoutResource,
        Self::NotPrincipalNeedsAccount,
        Self::MisfitNeverMatches,
        Self::ShortArnsFilledUp,
        Self::WildcardPrincipalEscapesLimits,
        Self::TrustPolicyNeedsBoundary,
        Self::ForAnyValueNeedsValue,
    ];

    /// Its name in `settings.rules`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ListBucketsOnAnyBucket => "listBucketsOnAnyBucket",
            Self::MultivaluedNeedsQualifier => "multivaluedNeedsQualifier",
            Self::CallerRcpsWithoutResource => "callerRcpsWithoutResource",
            Self::NotPrincipalNeedsAccount => "notPrincipalNeedsAccount",
            Self::MisfitNeverMatches => "misfitNeverMatches",
            Self::ShortArnsFilledUp => "shortArnsFilledUp",
            Self::WildcardPrincipalEscapesLimits => "wildcardPrincipalEscapesLimits",
            Self::TrustPolicyNeedsBoundary => "trustPolicyNeedsBoundary",
            Self::ForAnyValueNeedsValue => "forAnyValueNeedsValue",
        }
    }

    /// The answer where `settings.rules` has none.
    #[must_use]
    pub fn default_answer(self) -> bool {
        self != Self::ShortArnsFilledUp
    }

    /// The answer that these settings give.
    #[must_use]
    pub fn answer(self, settings: &Settings) -> bool {
        let typed = settings.rules.get(self.name()).copied();
        typed.unwrap_or_else(|| self.default_answer())
    }
}

/// The answers to all open questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rules([bool; Rule::ALL.len()]);

impl Rules {
    pub(crate) fn of(settings: &Settings) -> Self {
        Self(Rule::ALL.map(|rule| rule.answer(settings)))
    }

    pub(crate) fn holds(self, rule: Rule) -> bool {
        let mut answers = Rule::ALL.iter().zip(self.0);
        answers.any(|(one, answer)| *one == rule && answer)
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self(Rule::ALL.map(Rule::default_answer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scenario_file_knows_every_open_question() {
        assert_eq!(Rule::ALL.map(Rule::name), organization::OPEN_QUESTIONS);
    }
}
