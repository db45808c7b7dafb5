//! What people think comes out, and what contradicts it.

use organization::Scenario;
use playground::Focus;
use playground::wrong_ideas::misreadings;
use yew::prelude::*;

use super::fold::Fold;
use crate::components::lesson::thought;
use crate::components::requests::Same;

/// What misreadings would answer: worked out while it is open.
pub(super) fn thought_fold(scenario: &Same<Scenario>, focus: &Focus) -> Html {
    let (scenario, focus) = (scenario.clone(), focus.clone());
    let body = Callback::from(move |()| {
        html! { <Thought scenario={scenario.clone()} focus={focus.clone()} /> }
    });
    html! { <Fold title={texts::lesson_what_people_think()} {body} /> }
}

#[derive(Clone, PartialEq, Properties)]
struct ThoughtProps {
    scenario: Same<Scenario>,
    focus: Focus,
}

#[component]
fn Thought(props: &ThoughtProps) -> Html {
    let found = use_memo(props.clone(), |props| {
        misreadings(&props.scenario, &props.focus)
    });
    if found.is_empty() {
        return html! { <p class="muted">{ texts::lesson_nobody_errs() }</p> };
    }
    html! {
        <ul class="trace-thoughts">
            for misreading in found.iter() {
                <li key={misreading.idea.word()}>
                    <p><strong><q>{ misreading.idea.title() }</q></strong></p>
                    { thought(misreading) }
                </li>
            }
        </ul>
    }
}
