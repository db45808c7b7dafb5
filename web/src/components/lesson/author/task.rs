//! The task of a step.

use std::collections::BTreeMap;

use organization::lesson::{Ask, Editable, Limits, Task, TaskKind};
use organization::{Expectation, ExpectedVerdict, PolicyId, Request, RequestId};
use serde_json::Map;
use yew::prelude::*;

use super::fields::{Writer, choice, line, put, tick};
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
                { limits(model, writer, at, task) }
            </>
        },
        TaskKind::Build => html! {
            <>
                { structure(model, writer, at, task) }
                { expect(model, writer, at, task) }
                { limits(model, writer, at, task) }
            </>
        },
        TaskKind::Other(_) => Html::default(),
    }
}

fn name(request: &Request) -> String {
    match request.name.as_str() {
        "" => request.action.clone(),
        name => name.to_owned(),
    }
}

fn predict(model: &Model, writer: &Writer, at: usize, task: &Task) -> Html {
    let one = |request: &Request| {
        let id = request.id.clone();
        let on = task.requests.contains(&id);
        let set = writer.task(at, move |task, on| put(&mut task.requests, id.clone(), on));
        tick(html! { name(request) }, on, set)
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
        .map(|request| (request.id.to_string(), name(request)))
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

/// What is to come out of each request.
fn expect(model: &Model, writer: &Writer, at: usize, task: &Task) -> Html {
    let options = [
        ("", texts::author_any()),
        ("allow", texts::expect_allow()),
        ("deny", texts::expect_deny()),
        ("explicitDeny", texts::expect_explicit_deny()),
        ("implicitDeny", texts::expect_implicit_deny()),
    ];
    let options = options.map(|(word, text)| (word.to_owned(), text.to_owned()));
    let one = |request: &Request| {
        let expected = task.expect.iter().find(|(id, _)| *id == request.id);
        let verdict = expected.and_then(|(_, expected)| expected.verdict.as_ref());
        let chosen = match verdict {
            Some(ExpectedVerdict::Allow) => "allow",
            Some(ExpectedVerdict::Deny) => "deny",
            Some(ExpectedVerdict::ExplicitDeny) => "explicitDeny",
            Some(ExpectedVerdict::ImplicitDeny) => "implicitDeny",
            _ => "",
        };
        let id = request.id.clone();
        let set = writer.task(at, move |task, word: String| {
            set_expected(&mut task.expect, &id, &word);
        });
        html! { <li key={request.id.as_str()}>{ choice(&name(request), &options, chosen, set) }</li> }
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

fn set_expected(all: &mut Vec<(RequestId, Expectation)>, id: &RequestId, word: &str) {
    let verdict = match word {
        "allow" => Some(ExpectedVerdict::Allow),
        "deny" => Some(ExpectedVerdict::Deny),
        "explicitDeny" => Some(ExpectedVerdict::ExplicitDeny),
        "implicitDeny" => Some(ExpectedVerdict::ImplicitDeny),
        _ => None,
    };
    let Some(verdict) = verdict else {
        all.retain(|(other, _)| other != id);
        return;
    };
    let expectation = Expectation {
        verdict: Some(verdict),
        depends_on: None,
        by: None,
        accounts: BTreeMap::new(),
        bare: true,
        extra: Map::new(),
    };
    match all.iter_mut().find(|(other, _)| other == id) {
        Some((_, one)) => *one = expectation,
        None => all.push((id.clone(), expectation)),
    }
}

/// What must not be done for it.
fn limits(model: &Model, writer: &Writer, at: usize, task: &Task) -> Html {
    let limits = &task.limits;
    let one = |text: &'static str, on: bool, change: fn(&mut Limits, bool)| {
        let set = writer.task(at, move |task, on| change(&mut task.limits, on));
        tick(html! { text }, on, set)
    };
    let step = writer.lesson.steps.get(at);
    let policies = step
        .into_iter()
        .flat_map(|step| &step.edit)
        .filter_map(|what| match what {
            Editable::Policy(id) => Some(id.clone()),
            _ => None,
        });
    let most = |id: PolicyId| {
        let policy = model.scenario.policy(id.as_str());
        let name = policy.map_or_else(|| id.to_string(), |policy| policy.name().to_owned());
        let found = limits.statements.iter().find(|(other, _)| *other == id);
        let value = found.map_or_else(String::new, |(_, most)| most.to_string());
        let typed = {
            let id = id.clone();
            writer.task(at, move |task, text: String| {
                task.limits.statements.retain(|(other, _)| *other != id);
                if let Ok(most) = text.trim().parse() {
                    task.limits.statements.push((id.clone(), most));
                }
            })
        };
        html! {
            <div class="author-most" key={id.as_str()}>
                <span>{ name }</span>
                { line(texts::author_most_statements(), &value, typed) }
            </div>
        }
    };
    html! {
        <fieldset class="author-group">
            <legend>{ texts::author_limits() }</legend>
            { one(texts::author_keep_attached(), limits.keep_attached, |limits, on| limits.keep_attached = on) }
            { one(texts::author_no_allow_all(), limits.no_allow_all, |limits, on| limits.no_allow_all = on) }
            { one(texts::author_no_new_allow(), limits.no_new_allow, |limits, on| limits.no_new_allow = on) }
            { for policies.map(most) }
        </fieldset>
    }
}
