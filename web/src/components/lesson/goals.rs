//! Mending and building: what is to come out, and what comes out now.

use organization::lesson::{Editable, Hidden, Step};
use organization::{PolicyId, RequestId};
use playground::lesson::{Finding, StepState, editable};
use yew::prelude::*;

use super::feedback::{finding, to_do};
use crate::components::ui::button;
use crate::context::Dispatch;
use crate::state::lesson::in_words;
use crate::state::{Action, Learning, LessonAction, Model};

/// The goals of the step, judged as one edits.
pub(super) fn goals(model: &Model, learning: &Learning, step: &Step, dispatch: &Dispatch) -> Html {
    let allowed = editable(learning.lesson(), &step.id);
    let what = in_words(&learning.start, &allowed);
    let unseen = is_unseen(learning, step);
    let result = learning.result.as_ref().filter(|_| !unseen);
    let findings = result.map_or(&[][..], |result| &result.findings);
    let untouched = result.is_some_and(|result| result.state == StepState::Open);
    // What is to come out first; of what must not be done only what was.
    let goals = findings.iter().filter(|one| is_goal(one));
    let broken = findings.iter().filter(|one| !is_goal(one) && !one.met);
    let check = dispatch.reform(|_: MouseEvent| Action::Lesson(LessonAction::Checked));
    html! {
        <div class="lesson-task">
            <p class="lesson-may muted">
                { what }
                for id in allowed.iter().filter_map(|one| policy(one)) {
                    { " " }{ way_to(model, id, dispatch) }
                }
            </p>
            <ul class="lesson-goals" aria-label={texts::lesson_goals()}>
                for one in goals {
                    { goal(model, one, untouched, dispatch) }
                }
            </ul>
            { for broken.map(finding) }
            if unseen {
                { button("button primary", None, check, html! { texts::lesson_check() }) }
            }
        </div>
    }
}

/// The policy whose text may be changed.
fn policy(what: &Editable) -> Option<&PolicyId> {
    match what {
        Editable::Policy(id) => Some(id),
        _ => None,
    }
}

/// A button that shows a policy in the editor.
fn way_to(model: &Model, id: &PolicyId, dispatch: &Dispatch) -> Html {
    let Some(policy) = model.scenario.policies.iter().find(|one| one.id == *id) else {
        return Html::default();
    };
    let show = {
        let id = id.clone();
        dispatch.reform(move |_: MouseEvent| Action::PolicySelected(id.clone()))
    };
    let selected = model.selection.policy.as_ref() == Some(id);
    html! {
        <button
            type="button" class="lesson-request" onclick={show}
            aria-pressed={selected.to_string()}
        >
            { texts::lesson_show_policy(&policy.name) }
        </button>
    }
}

/// Whether what comes out is only told when it is asked for.
fn is_unseen(learning: &Learning, step: &Step) -> bool {
    let tried = learning
        .progress
        .step(&step.id)
        .is_some_and(|it| it.tries > 0 || it.solved);
    let hides = step
        .hide
        .iter()
        .any(|one| matches!(one, Hidden::Verdicts | Hidden::Reasons | Hidden::Request(_)));
    hides && !tried
}

fn is_goal(found: &Finding) -> bool {
    matches!(found.kind, "request" | "structure")
}

/// One goal. A request can be looked at from here.
fn goal(model: &Model, found: &Finding, untouched: bool, dispatch: &Dispatch) -> Html {
    let id = RequestId::from(found.about.as_str());
    let is_request = found.kind == "request" && model.scenario.request(id.as_str()).is_some();
    let selected = model.selection.request.as_ref() == Some(&id);
    let show = dispatch.reform(move |_: MouseEvent| Action::RequestSelected {
        request: id.clone(),
        account: None,
    });
    // Before anything is changed, the reasons can be read in the trace.
    let found = Finding {
        reason: found.reason.clone().filter(|_| !untouched && !found.met),
        rules: Vec::new(),
        ..found.clone()
    };
    html! {
        <li>
            if untouched && !found.met {
                { to_do(&found) }
            } else {
                { finding(&found) }
            }
            if is_request {
                <button
                    type="button" class="lesson-request" onclick={show}
                    aria-pressed={selected.to_string()}
                >
                    { texts::lesson_show() }
                </button>
            }
        </li>
    }
}
