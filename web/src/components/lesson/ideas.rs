//! What people think comes out, beside what does.

use organization::RequestId;
use playground::words;
use playground::wrong_ideas::Misreading;
use yew::prelude::*;

use crate::components::ui::{phrase, verdict_badge, with_code};
use crate::state::{Learning, Model};

/// What people think of the requests of a lesson, while that is shown.
pub(super) fn ideas(model: &Model, learning: &Learning) -> Html {
    let idea = learning
        .lesson()
        .misconception
        .as_ref()
        .filter(|_| learning.ideas);
    let Some(idea) = idea else {
        return Html::default();
    };
    let name = |id: &RequestId| match model.scenario.request(id.as_str()) {
        Some(request) if request.name.is_empty() => request.action.clone(),
        Some(request) => request.name.clone(),
        None => id.to_string(),
    };
    html! {
        <section class="lesson-ideas" aria-labelledby="lesson-ideas">
            <h3 id="lesson-ideas">{ texts::lesson_what_people_think() }</h3>
            <p><q>{ with_code(&idea.belief) }</q></p>
            if learning.misreadings.is_empty() {
                <p class="muted">{ texts::lesson_nothing_thought() }</p>
            }
            for (id, misreading) in learning.misreadings.iter() {
                <div class="lesson-idea">
                    <p><strong>{ name(id) }</strong></p>
                    { thought(misreading) }
                </div>
            }
        </section>
    }
}

/// What somebody would answer, what is so, and what contradicts.
pub(crate) fn thought(misreading: &Misreading) -> Html {
    html! {
        <>
            <p>{ phrase(&misreading.says) }</p>
            <p>
                { texts::lesson_in_truth() }{ " " }
                { verdict_badge(misreading.truth, words::verdict(misreading.truth)) }
                { " " }{ misreading.contradiction }
                { " " }<span class="muted">{ texts::lesson_rules(&misreading.rules.join(", ")) }</span>
            </p>
        </>
    }
}
