//! What people think comes out, and what contradicts it.

use organization::Scenario;
use playground::Focus;
use playground::wrong_ideas::misreadings;
use yew::prelude::*;

use super::fold::Fold;
use crate::components::lesson::thought;
use crate::components::requests::Same;

/// What misreadings would answer: worked out while it is open. While the trace is one from before
/// (`old`), what was found then stays.
pub(super) fn thought_fold(scenario: &Same<Scenario>, focus: &Focus, old: bool) -> Html {
    let (scenario, focus) = (scenario.clone(), focus.clone());
    let body = Callback::from(move |()| {
        html! { <Thought scenario={scenario.clone()} focus={focus.clone()} {old} /> }
    });
    html! { <Fold title={texts::trace_thought_often_misread()} {body} /> }
}

#[derive(Clone, PartialEq, Properties)]
struct ThoughtProps {
    scenario: Same<Scenario>,
    focus: Focus,
    old: bool,
}

#[component]
fn Thought(props: &ThoughtProps) -> Html {
    let last = use_mut_ref(|| None);
    let found = use_memo(props.clone(), |props| {
        let kept = last.borrow_mut().take().filter(|_| props.old);
        let found = kept.unwrap_or_else(|| misreadings(&props.scenario, &props.focus));
        last.replace(Some(found.clone()));
        found
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
