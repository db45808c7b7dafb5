//! Which rules of the rule book the requests show.

use organization::Request;
use organization::lesson::Lesson;
use playground::lesson::{rules_of, set_rules};
use yew::prelude::*;

use super::checked::{Checked, Form, listed};
use super::fields::{Writer, called};
use crate::state::Model;

/// The fields for the rules of each request.
pub(super) fn cases(model: &Model, writer: &Writer) -> Html {
    let one = |request: &Request| {
        let id = request.id.to_string();
        let rules = rules_of(&writer.lesson, &id).join(", ");
        let typed = {
            let id = id.clone();
            writer.typed(
                format!("rules of {id}"),
                move |lesson: &mut Lesson, text| {
                    let rules = listed(&text).map(str::to_owned).collect();
                    set_rules(lesson, &id, rules);
                },
            )
        };
        html! {
            <Checked
                key={id.clone()} id={format!("author-rules-{id}")} label={called(request)}
                value={rules} form={Form::Rules} {typed}
            />
        }
    };
    if model.scenario.requests.is_empty() {
        return Html::default();
    }
    html! {
        <details class="fold">
            <summary>{ texts::author_cases() }</summary>
            <p class="muted">{ texts::author_cases_about() }</p>
            <div class="author-pairs">
                { for model.scenario.requests.iter().map(|request| one(request)) }
            </div>
        </details>
    }
}
