//! What is right and what is wrong, each with its reason.

use organization::RequestId;
use playground::lesson::{Finding, StepResult};
use yew::prelude::*;

use crate::components::ui::{Glyph, Shape, glyph, phrase, shape};
use crate::context::Dispatch;
use crate::state::{Action, Model};

/// One thing that a task asks for: a sign, a sentence, and what decides.
pub(super) fn finding(found: &Finding) -> Html {
    let (class, sign, word) = match found.met {
        true => (
            "lesson-finding met",
            glyph(Glyph::Tick),
            texts::lesson_right(),
        ),
        false => (
            "lesson-finding unmet",
            glyph(Glyph::Cross),
            texts::lesson_not_yet(),
        ),
    };
    shown(found, class, sign, word)
}

/// One thing that is still to be done, before anything was.
pub(super) fn to_do(found: &Finding) -> Html {
    shown(
        found,
        "lesson-finding",
        shape(Shape::NotAsked),
        texts::lesson_not_yet(),
    )
}

fn shown(found: &Finding, class: &'static str, sign: Html, word: &'static str) -> Html {
    html! {
        <div {class}>
            { sign }
            <span class="visually-hidden">{ word }{ " " }</span>
            <div>
                <p>{ phrase(&found.sentence) }</p>
                if let Some(reason) = &found.reason {
                    <p class="lesson-reason">{ phrase(reason) }</p>
                }
                if !found.rules.is_empty() && !found.met {
                    <p class="lesson-rules muted">{ texts::lesson_rules(&found.rules.join(", ")) }</p>
                }
            </div>
        </div>
    }
}

/// The findings about one request. Reasons that are still hidden, because a later step asks for
/// them, are left out.
pub(super) fn about(model: &Model, result: Option<&StepResult>, id: &RequestId) -> Html {
    let hidden = model
        .lesson()
        .is_some_and(|learning| learning.unseen.reason(id));
    let found = result.into_iter().flat_map(|result| &result.findings);
    let found = found.filter(|one| one.about == id.as_str());
    found
        .map(|one| {
            finding(&Finding {
                reason: one.reason.clone().filter(|_| !hidden),
                ..one.clone()
            })
        })
        .collect()
}

/// A button with the name of a request, which shows it in the table and the trace.
pub(super) fn request_link(model: &Model, id: &RequestId, name: Html, dispatch: &Dispatch) -> Html {
    if model.scenario.request(id.as_str()).is_none() {
        return name;
    }
    let request = id.clone();
    let onclick = dispatch.reform(move |_: MouseEvent| Action::RequestSelected {
        request: request.clone(),
        account: None,
    });
    let selected = model.selection.request.as_ref() == Some(id);
    html! {
        <button
            type="button" class="lesson-request" title={texts::lesson_show_request()}
            aria-pressed={selected.to_string()} {onclick}
        >
            { name }
        </button>
    }
}
