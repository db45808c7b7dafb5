//! The task of a step.

use std::collections::BTreeMap;

use organization::lesson::{Ask, Task, TaskKind};
use organization::{Expectation, ExpectedVerdict, Request, RequestId};
use serde_json::Map;
use yew::prelude::*;

use super::fields::{Writer, called, choice, put, tick};
use super::limits::limits;
use super::structure::structure;
use crate::state::Model;

/// The fields of a task.
pub(super) fn task(model: &Model, writer: &Writer, at: usize, task: &Task) -> Html {
    match task.kind {
        TaskKind::Predict => predict(model, writer, at, task),
        TaskKind::Explain => explain(model, writer, at, task),
        TaskKind::Mend => html! {
            <>
                { expect(model, writer, at, task) }
                { limits(model, writer, at, &task.limits) }
            </>
        },
        TaskKind::Build => html! {
            <>
                { structure(model, writer, at, task) }
                { expect(model, writer, at, task) }
                { limits(model, writer, at, &task.limits) }
            </>
        },
        TaskKind::Other(_) => Html::default(),
    }
}

fn predict(model: &Model, writer: &Writer, at: usize, task: &Task) -> Html {
    let one = |request: &Request| {
        let id = request.id.clone();
        let on = task.requests.contains(&id);
        let set = writer.task(at, move |task, on| put(&mut task.requests, id.clone(), on));
        tick(html! { called(request) }, on, set)
    };
    let ask = |text: &'static str, what: Ask| {
        let on = task.ask.contains(&what);
        let set = writer.task(at, move |task, on| put(&mut task.ask, what.clone(), on));
        tick(html! { text }, on, set)
    };
    html! {
        <fieldset class="author-group">
            <legend>{ texts::author_predict_of() }</legend>
            { for model.scenario.requests.iter().map(|request| one(request)) }
            { ask(texts::author_ask_kind(), Ask::Kind) }
            { ask(texts::author_ask_decider(), Ask::Decider) }
        </fieldset>
    }
}

fn explain(model: &Model, writer: &Writer, at: usize, task: &Task) -> Html {
    let requests = model.scenario.requests.iter();
    let mut options: Vec<(String, String)> = requests
        .map(|request| (request.id.to_string(), called(request)))
        .collect();
    options.insert(0, (String::new(), texts::author_none().to_owned()));
    let chosen = task
        .request
        .as_ref()
        .map_or_else(String::new, ToString::to_string);
    let set = writer.task(at, |task, id: String| {
        task.request = (!id.is_empty()).then(|| RequestId::from(id.as_str()));
    });
    choice(texts::author_explain_of(), &options, &chosen, set)
}

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

/// What is to come out of each request.
fn expect(model: &Model, writer: &Writer, at: usize, task: &Task) -> Html {
    let options = VERDICTS.map(|(word, _, text)| (word.to_owned(), texts::get(text).to_owned()));
    let mut options = options.to_vec();
    options.insert(0, (String::new(), texts::author_any().to_owned()));
    let one = |request: &Request| {
        let expected = task.expect.iter().find(|(id, _)| *id == request.id);
        let verdict = expected.and_then(|(_, expected)| expected.verdict.as_ref());
        let chosen = VERDICTS.iter().find(|(_, known, _)| Some(known) == verdict);
        let chosen = chosen.map_or("", |(word, ..)| word);
        let id = request.id.clone();
        let set = writer.task(at, move |task, word: String| {
            set_expected(&mut task.expect, &id, &word);
        });
        html! {
            <li key={request.id.as_str()}>
                { choice(&called(request), &options, chosen, set) }
                if expected.is_some_and(|(_, expected)| says_more(expected)) {
                    <p class="muted">{ texts::author_expects_more() }</p>
                }
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

/// Sets the verdict that is expected of a request, or none. What else is expected of it stays.
fn set_expected(all: &mut Vec<(RequestId, Expectation)>, id: &RequestId, word: &str) {
    let verdict = VERDICTS.iter().find(|(known, ..)| *known == word);
    let verdict = verdict.map(|(_, verdict, _)| verdict.clone());
    match all.iter_mut().find(|(other, _)| other == id) {
        Some((_, one)) if verdict.is_some() || says_more(one) => one.verdict = verdict,
        Some(_) => all.retain(|(other, _)| other != id),
        None => {
            let expected = verdict.map(Expectation::bare);
            all.extend(expected.map(|expected| (id.clone(), expected)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expected_verdict_leaves_the_rest_of_what_is_expected() {
        let mut all = Vec::new();
        let id = RequestId::from("r");
        set_expected(&mut all, &id, "allow");
        set_expected(&mut all, &id, "depends");
        assert_eq!(all[0].1.verdict, Some(ExpectedVerdict::Depends));
        set_expected(&mut all, &id, "");
        assert!(all.is_empty());
        set_expected(&mut all, &id, "depends");
        all[0].1.depends_on = Some(vec!["aws:SourceIp".to_owned()]);
        set_expected(&mut all, &id, "");
        assert_eq!(all[0].1.verdict, None);
        assert!(says_more(&all[0].1));
    }
}
