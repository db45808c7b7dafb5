//! Expected verdicts in words.

use std::collections::BTreeMap;

use organization::{Expectation, ExpectedVerdict, Request};
use playground::RequestView;

use texts::Text;

use super::columns::expected;

/// The word for no expectation.
pub(super) const NOTHING: &str = "—";

/// The words of the list, each with its verdict.
pub(super) fn words() -> [(&'static str, Option<ExpectedVerdict>); 6] {
    let verdicts = VERDICTS.map(|(text, verdict, _)| (texts::get(text), Some(verdict)));
    let [allow, deny, explicit, implicit, depends] = verdicts;
    [(NOTHING, None), allow, deny, explicit, implicit, depends]
}

/// The verdicts with their texts, and the words of the file.
const VERDICTS: [(Text, ExpectedVerdict, &str); 5] = [
    (texts::EXPECT_ALLOW, ExpectedVerdict::Allow, "allow"),
    (texts::EXPECT_DENY, ExpectedVerdict::Deny, "deny"),
    (
        texts::EXPECT_EXPLICIT_DENY,
        ExpectedVerdict::ExplicitDeny,
        "explicitDeny",
    ),
    (
        texts::EXPECT_IMPLICIT_DENY,
        ExpectedVerdict::ImplicitDeny,
        "implicitDeny",
    ),
    (texts::EXPECTED_DEPENDS, ExpectedVerdict::Depends, "depends"),
];

/// What a request expects, in a word; nothing if it expects nothing that the list has.
pub(super) fn word(request: &Request) -> Option<&'static str> {
    let verdict = request.expect.as_ref()?.verdict.as_ref()?;
    let mut verdicts = VERDICTS.iter();
    let found = verdicts.find(|(_, listed, _)| listed == verdict);
    found.map(|(text, ..)| texts::get(*text))
}

/// The expected verdict that a text names, written as in the table or as in the file. None if it
/// names none; an empty text expects nothing.
pub(super) fn read(text: &str) -> Option<Option<ExpectedVerdict>> {
    let plain = |text: &str| text.replace([' ', '-', '_'], "").to_lowercase();
    if text.is_empty() {
        return Some(None);
    }
    if text == NOTHING {
        return Some(None);
    }
    let mut verdicts = VERDICTS.into_iter();
    let found = verdicts.find(|(spoken, _, word)| {
        plain(texts::get(*spoken)) == plain(text) || plain(word) == plain(text)
    });
    found.map(|(_, verdict, _)| Some(verdict))
}

/// The request, expecting what comes out now. None where nothing comes out.
pub(super) fn as_now(request: &Request, view: &RequestView) -> Option<Request> {
    let mut accounts = BTreeMap::new();
    let verdict = match view.verdict {
        Some(verdict) => Some(expected(verdict)?),
        None => {
            for row in &view.rows {
                accounts.insert(row.account.clone()?, expected(row.verdict)?);
            }
            None
        }
    };
    let expect = match verdict {
        Some(verdict) => Expectation::bare(verdict),
        None => Expectation {
            verdict: None,
            accounts,
            bare: false,
            ..Expectation::bare(ExpectedVerdict::Allow)
        },
    };
    let same = view.expectation.as_ref().is_some_and(|it| it.met);
    (!same).then(|| Request {
        expect: Some(expect),
        ..request.clone()
    })
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

#[cfg(test)]
mod tests {
    use organization::{Caller, CallerKind};

    use super::*;

    #[test]
    fn another_verdict_takes_the_reasons_of_the_old_one_with_it() {
        let request = Request::new(Caller::new(CallerKind::Anonymous), "s3:GetObject", "*");
        assert_eq!(word(&request), None);
        let mut expecting = with(&request, Some(ExpectedVerdict::ExplicitDeny));
        assert_eq!(word(&expecting), Some("explicit deny"));
        if let Some(expect) = &mut expecting.expect {
            expect.depends_on = Some(vec!["aws:SourceIp".to_owned()]);
        }
        let changed = with(&expecting, Some(ExpectedVerdict::Allow));
        assert_eq!(
            changed.expect,
            Some(Expectation::bare(ExpectedVerdict::Allow))
        );
        assert_eq!(with(&changed, None), request);
    }

    #[test]
    fn what_is_expected_of_single_accounts_stays() {
        let request = Request::new(Caller::new(CallerKind::Anonymous), "s3:GetObject", "*");
        let mut expecting = with(&request, Some(ExpectedVerdict::Deny));
        if let Some(expect) = &mut expecting.expect {
            expect
                .accounts
                .insert("222222222222".into(), ExpectedVerdict::Allow);
            expect.bare = false;
        }
        let accounts =
            |request: &Request| request.expect.as_ref().map(|expect| expect.accounts.len());
        assert_eq!(accounts(&with(&expecting, None)), Some(1));
        assert_eq!(
            word(&with(&expecting, Some(ExpectedVerdict::Depends))),
            Some("depends")
        );
    }
}
