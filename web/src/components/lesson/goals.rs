//! Mending and building: what is to come out, and what comes out now.

use organization::lesson::{Editable, Hidden, Step};
use organization::{PolicyId, RequestId};
use playground::lesson::{Finding, editable};
use yew::prelude::*;

use super::feedback::{finding, to_do, with_why};
use crate::components::ui::button;
use crate::context::Dispatch;
use crate::state::lesson::in_words;
use crate::state::{Action, Learning, LessonAction, Model, Pane};

/// The goals of the step, judged as one edits.
pub(super) fn goals(model: &Model, learning: &Learning, step: &Step, dispatch: &Dispatch) -> Html {
    let allowed = editable(learning.lesson(), &step.id);
    let what = in_words(&learning.start, &allowed);
    let unseen = is_unseen(learning, step);
    let result = learning.result.as_ref().filter(|_| !unseen);
    let findings = result.map_or(&[][..], |result| &result.findings);
    let untouched = learning.is_untouched(&model.scenario);
    let told = |one: &&Finding| is_goal(one) && !one.met && one.reason.is_some();
    let first = findings.iter().find(told);
    // What is to come out first; of what must not be done only what was.
    let goals = findings.iter().filter(|one| is_goal(one));
    let broken = findings.iter().filter(|one| !is_goal(one) && !one.met);
    let check = dispatch.reform(|_: MouseEvent| Action::Lesson(LessonAction::Checked));
    html! {
        <div class="lesson-task">
            <p class="lesson-may muted">{ what }</p>
            <div class="lesson-ways">{ ways(model, step, &allowed, dispatch) }</div>
            <ul class="lesson-goals" aria-label={texts::lesson_goals()}>
                for one in goals {
                    { goal(model, one, Told { untouched, first: first == Some(one) }, dispatch) }
                }
            </ul>
            { for broken.map(finding) }
            if unseen {
                <div class="lesson-check">
                    { button("button primary", None, check, html! { texts::lesson_check() }) }
                </div>
            }
        </div>
    }
}

/// The ways to what this step lets one change, or a step before it if this one adds nothing.
fn ways(model: &Model, step: &Step, allowed: &[&Editable], dispatch: &Dispatch) -> Html {
    let own: Vec<&Editable> = step.edit.iter().collect();
    let shown = if own.is_empty() { allowed } else { &own };
    let in_tree = |one: &&Editable| {
        use Editable::{Attachments, Principals, Resources, Tree};
        matches!(one, Attachments | Principals | Resources | Tree)
    };
    let policies = shown.iter().filter_map(|one| match one {
        Editable::Policy(id) => Some(id),
        _ => None,
    });
    let open = dispatch.reform(|_: MouseEvent| Action::PaneShown(Pane::Organization));
    html! {
        <>
            if shown.iter().any(in_tree) {
                { button("button outlined to-tree", None, open, html! { texts::lesson_show_organization() }) }
            }
            for id in policies {
                { way_to(model, id, dispatch) }
            }
        </>
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
            type="button" class="button outlined" onclick={show}
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

/// How much is told of a goal.
#[derive(Clone, Copy)]
struct Told {
    /// Whether nothing was done in this step yet: the reasons can be read in the trace.
    untouched: bool,
    /// Whether it is the first of those with a reason that are not met. Why others are not can be
    /// opened.
    first: bool,
}

/// One goal. A request can be looked at from here.
fn goal(model: &Model, found: &Finding, told: Told, dispatch: &Dispatch) -> Html {
    let id = RequestId::from(found.about.as_str());
    let is_request = found.kind == "request" && model.scenario.request(id.as_str()).is_some();
    let selected = model.selection.request.as_ref() == Some(&id);
    let show = dispatch.reform(move |_: MouseEvent| Action::RequestSelected {
        request: id.clone(),
        account: None,
    });
    let untouched = told.untouched;
    let found = Finding {
        reason: found.reason.clone().filter(|_| !untouched && !found.met),
        rules: Vec::new(),
        ..found.clone()
    };
    html! {
        <li>
            if untouched && !found.met {
                { to_do(&found) }
            } else if let Some(reason) = found.reason.as_ref().filter(|_| !told.first) {
                { with_why(&found, reason) }
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
