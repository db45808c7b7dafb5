//! Expected verdicts in words.

use organization::{Expectation, ExpectedVerdict, Request};

/// The words of the select list, each with its verdict.
pub(super) const WORDS: [(&str, Option<ExpectedVerdict>); 6] = [
    ("—", None),
    ("allow", Some(ExpectedVerdict::Allow)),
    ("deny", Some(ExpectedVerdict::Deny)),
    ("explicit deny", Some(ExpectedVerdict::ExplicitDeny)),
    ("implicit deny", Some(ExpectedVerdict::ImplicitDeny)),
    ("depends", Some(ExpectedVerdict::Depends)),
];

/// What a request expects, in a word; nothing if it expects nothing that the list has.
pub(super) fn word(request: &Request) -> Option<&'static str> {
    let verdict = request.expect.as_ref()?.verdict.as_ref()?;
    WORDS
        .iter()
        .find(|(_, listed)| listed.as_ref() == Some(verdict))
        .map(|(word, _)| *word)
}

/// The request with another expected verdict. Reasons that were expected with it belong to it
/// and go; what is expected of single accounts stays.
pub(super) fn with(request: &Request, verdict: Option<ExpectedVerdict>) -> Request {
    let accounts = request
        .expect
        .as_ref()
        .map(|expect| expect.accounts.clone())
        .unwrap_or_default();
    let expect = match verdict {
        None if accounts.is_empty() => None,
        Some(verdict) if accounts.is_empty() => Some(Expectation::bare(verdict)),
        verdict => request.expect.clone().map(|expect| Expectation {
            verdict,
            depends_on: None,
            by: None,
            ..expect
        }),
    };
    Request {
        expect,
        ..request.clone()
    }
}
