//! The task of a step.

use organization::lesson::{Ask, Task, TaskKind};
use organization::{Request, RequestId};
use yew::prelude::*;

use super::expect::expect;
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
