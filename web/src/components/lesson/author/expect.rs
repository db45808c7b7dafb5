//! What is to come out of each request: its verdict, and what else is expected of it.

use std::collections::BTreeMap;

use organization::lesson::Task;
use organization::{
    AccountId, CallerKind, Expectation, ExpectedVerdict, NodeRef, Request, RequestId,
};
use serde_json::Map;
use yew::prelude::*;

use super::checked::{Checked, Form, listed};
use super::fields::{Writer, called, choice};
use super::reasons::Reasons;
use crate::state::Model;

/// The verdicts that can be expected, with their words.
const VERDICTS: [(&str, ExpectedVerdict, texts::Text); 5] = [
    ("allow", ExpectedVerdict::Allow, texts::EXPECT_ALLOW),
    ("deny", ExpectedVerdict::Deny, texts::EXPECT_DENY),
    (
        "explicitDeny",
        ExpectedVerdict::ExplicitDeny,
        texts::EXPECT_EXPLICIT_DENY,
    ),
    (
        "implicitDeny",
        ExpectedVerdict::ImplicitDeny,
        texts::EXPECT_IMPLICIT_DENY,
    ),
    ("depends", ExpectedVerdict::Depends, texts::EXPECTED_DEPENDS),
];

/// The fields for all requests.
pub(super) fn expect(model: &Model, writer: &Writer, at: usize, task: &Task) -> Html {
    let one = |request: &Request| {
        let expected = task.expect.iter().find(|(id, _)| *id == request.id);
        let expected = expected.map(|(_, expected)| expected);
        let verdict = expected.and_then(|expected| expected.verdict.as_ref());
        let set = changing(writer, at, request, |expected, word: String| {
            expected.verdict = verdict_of(&word);
        });
        html! {
            <li key={request.id.as_str()}>
                { choice(&called(request), &words(texts::author_any()), word_of(verdict), set) }
                { more(model, writer, at, request, expected) }
            </li>
        }
    };
    html! {
        <fieldset class="author-group">
            <legend>{ texts::lesson_goals() }</legend>
            <ul class="author-expect">
                { for model.scenario.requests.iter().map(|request| one(request)) }
            </ul>
        </fieldset>
    }
}

/// What is expected beside the verdict, as far as that verdict has it.
fn more(
    model: &Model,
    writer: &Writer,
    at: usize,
    request: &Request,
    expected: Option<&Expectation>,
) -> Html {
    let every = matches!(request.caller.kind, CallerKind::EveryAccount { .. });
    let verdict = expected.and_then(|expected| expected.verdict.as_ref());
    // That something allows is never expected of one statement: every Allow counts.
    let by = expected.is_some_and(|it| it.by.is_some())
        || verdict.is_some_and(|it| *it != ExpectedVerdict::Allow);
    let keys = expected.is_some_and(|it| it.depends_on.is_some())
        || verdict == Some(&ExpectedVerdict::Depends);
    if !(every || by || keys) {
        return Html::default();
    }
    html! {
        <details class="fold author-more">
            <summary>
                { texts::author_expect_more() }
                <span class="visually-hidden">{ ": " }{ called(request) }</span>
            </summary>
            if every {
                { accounts(model, writer, at, request, expected) }
            }
            if by {
                { Reasons { model, writer, at, request, expected }.all() }
            }
            if keys {
                { depends_on(writer, at, request, expected) }
            }
        </details>
    }
}

/// The keys that a verdict turns on.
fn depends_on(
    writer: &Writer,
    at: usize,
    request: &Request,
    expected: Option<&Expectation>,
) -> Html {
    let keys = expected.and_then(|it| it.depends_on.as_ref());
    let value = keys.map_or_else(String::new, |keys| keys.join(", "));
    let id = request.id.clone();
    let typed = writer.typed_in(at, format!("keys of {id}"), move |step, text| {
        if let Some(task) = &mut step.task {
            let keys: Vec<String> = listed(&text).map(str::to_owned).collect();
            set(&mut task.expect, &id, |expected| {
                expected.depends_on = (!keys.is_empty()).then_some(keys);
            });
        }
    });
    html! {
        <Checked
            id={format!("author-keys-{at}-{}", request.id)} label={texts::author_depends_on()}
            {value} form={Form::Keys} {typed}
        />
    }
}

/// The verdict in each member account, for a request that every account makes.
fn accounts(
    model: &Model,
    writer: &Writer,
    at: usize,
    request: &Request,
    expected: Option<&Expectation>,
) -> Html {
    let one = |(id, name): (AccountId, String)| {
        let verdict = expected.and_then(|it| it.accounts.get(&id));
        let label = texts::author_in_account(&name);
        let words = words(texts::author_as_above());
        let word = word_of(verdict);
        let set = changing(writer, at, request, move |expected, word: String| {
            match verdict_of(&word) {
                Some(verdict) => expected.accounts.insert(id.clone(), verdict),
                None => expected.accounts.remove(&id),
            };
        });
        choice(&label, &words, word, set)
    };
    members(model).into_iter().map(one).collect()
}

/// The member accounts, by id and name.
fn members(model: &Model) -> Vec<(AccountId, String)> {
    let mut all = Vec::new();
    if let Some(organization) = &model.scenario.organization {
        organization.each_node(&mut |node| {
            if let NodeRef::Account(account) = node
                && organization.management_account.as_ref() != Some(&account.id)
            {
                all.push((account.id.clone(), account.name.clone()));
            }
        });
    }
    all
}

/// The words of the verdicts, after one for none.
fn words(none: &str) -> Vec<(String, String)> {
    let verdicts = VERDICTS.map(|(word, _, text)| (word.to_owned(), texts::get(text).to_owned()));
    let none = (String::new(), none.to_owned());
    std::iter::once(none).chain(verdicts).collect()
}

fn word_of(verdict: Option<&ExpectedVerdict>) -> &'static str {
    let chosen = VERDICTS.iter().find(|(_, known, _)| Some(known) == verdict);
    chosen.map_or("", |(word, ..)| word)
}

fn verdict_of(word: &str) -> Option<ExpectedVerdict> {
    let verdict = VERDICTS.iter().find(|(known, ..)| *known == word);
    verdict.map(|(_, verdict, _)| verdict.clone())
}

/// Writes a change of what is expected of a request.
pub(super) fn changing<T: 'static>(
    writer: &Writer,
    at: usize,
    request: &Request,
    change: impl Fn(&mut Expectation, T) + 'static,
) -> Callback<T> {
    let id = request.id.clone();
    writer.task(at, move |task: &mut Task, value| {
        set(&mut task.expect, &id, |expected| change(expected, value));
    })
}

/// Changes what is expected of a request. What expects nothing is not kept.
fn set(
    all: &mut Vec<(RequestId, Expectation)>,
    id: &RequestId,
    change: impl FnOnce(&mut Expectation),
) {
    let nothing = Expectation {
        verdict: None,
        ..Expectation::bare(ExpectedVerdict::Allow)
    };
    let at = all.iter().position(|(other, _)| other == id);
    let mut expected = at
        .and_then(|at| all.get(at))
        .map_or_else(|| nothing.clone(), |(_, expected)| expected.clone());
    change(&mut expected);
    let empty = expected.verdict.is_none() && !says_more(&expected);
    match at.and_then(|at| all.get_mut(at)) {
        _ if empty => all.retain(|(other, _)| other != id),
        Some((_, one)) => *one = expected,
        None => all.push((id.clone(), expected)),
    }
}

/// Whether more is expected than a verdict: what decides, say.
fn says_more(expected: &Expectation) -> bool {
    let verdict = Expectation {
        depends_on: None,
        by: None,
        accounts: BTreeMap::new(),
        extra: Map::new(),
        ..expected.clone()
    };
    verdict != *expected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expected_verdict_leaves_the_rest_of_what_is_expected() {
        let mut all = Vec::new();
        let id = RequestId::from("r");
        let verdict = |word: &'static str| {
            move |expected: &mut Expectation| expected.verdict = verdict_of(word)
        };
        set(&mut all, &id, verdict("allow"));
        assert!(all[0].1.bare);
        set(&mut all, &id, verdict("depends"));
        assert_eq!(all[0].1.verdict, Some(ExpectedVerdict::Depends));
        set(&mut all, &id, verdict(""));
        assert!(all.is_empty());
        set(&mut all, &id, verdict("depends"));
        set(&mut all, &id, |expected| {
            expected.depends_on = Some(vec!["aws:SourceIp".to_owned()]);
        });
        set(&mut all, &id, verdict(""));
        assert_eq!(all[0].1.verdict, None);
        set(&mut all, &id, |expected| expected.depends_on = None);
        assert!(all.is_empty());
    }
}
