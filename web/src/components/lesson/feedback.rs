//! What is right and what is wrong, each with its reason.

use organization::RequestId;
use playground::lesson::{Finding, StepResult};
use playground::{Inline, Phrase};
use yew::prelude::*;

use crate::components::ui::{Glyph, Shape, glyph, phrase, shape};
use crate::context::Dispatch;
use crate::state::{Action, Model};

/// One thing that a task asks for: a sign, a sentence, and what decides.
pub(super) fn finding(found: &Finding) -> Html {
    shown(found, said(found))
}

/// One thing that is still to be done, before anything was.
pub(super) fn to_do(found: &Finding) -> Html {
    let sign = shape(Shape::NotAsked);
    signed("lesson-finding", sign, texts::lesson_not_yet(), said(found))
}

fn shown(found: &Finding, said: Html) -> Html {
    if found.met {
        let sign = glyph(Glyph::Tick);
        signed("lesson-finding met", sign, texts::lesson_right(), said)
    } else {
        let sign = glyph(Glyph::Cross);
        signed("lesson-finding unmet", sign, texts::lesson_not_yet(), said)
    }
}

fn signed(class: &'static str, sign: Html, word: &'static str, said: Html) -> Html {
    html! {
        <div {class}>
            { sign }
            <span class="visually-hidden">{ word }{ " " }</span>
            { said }
        </div>
    }
}

fn said(found: &Finding) -> Html {
    html! {
        <div>
            <p>{ phrase(&found.sentence) }</p>
            if let Some(reason) = &found.reason {
                <p class="lesson-reason">{ phrase(reason) }</p>
            }
            if !found.rules.is_empty() && !found.met {
                <p class="lesson-rules muted">{ texts::lesson_rules(&found.rules.join(", ")) }</p>
            }
        </div>
    }
}

/// The findings about one request. Why something is right can be opened. Reasons that are still
/// hidden, because a later step asks for them, are left out.
pub(super) fn about(model: &Model, result: Option<&StepResult>, id: &RequestId) -> Html {
    let hidden = model
        .lesson()
        .is_some_and(|learning| learning.unseen.reason(id));
    let later = || vec![Inline::Text(texts::lesson_asked_later().to_owned())];
    let one = |one: &Finding| match (&one.reason, one.met) {
        (Some(reason), true) if !hidden => with_why(one, reason),
        (_, met) if hidden => finding(&Finding {
            reason: (!met).then(later),
            ..one.clone()
        }),
        _ => finding(one),
    };
    let found = result.into_iter().flat_map(|result| &result.findings);
    let found = found.filter(|one| one.about == id.as_str());
    found.map(one).collect()
}

/// One thing that a task asks for, with the reason to be opened.
pub(super) fn with_why(found: &Finding, reason: &Phrase) -> Html {
    let said = html! {
        <details class="fold">
            <summary>
                <span class="lesson-said">{ phrase(&found.sentence) }</span>{ " " }{ texts::lesson_why() }
            </summary>
            <p class="lesson-reason">{ phrase(reason) }</p>
        </details>
    };
    shown(found, said)
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
