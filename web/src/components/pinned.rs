//! The verdict of the selected request, always in sight where one pane is shown at a time.

use evaluator::Verdict;
use yew::prelude::*;

use super::trace::as_if;
use super::ui::verdict_badge;
use crate::context::{use_dispatch, use_model};
use crate::state::{Action, Pane};

/// The pinned verdict; it leads to the trace.
#[component]
pub fn PinnedVerdict() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let Some(shown) = model.shown() else {
        return Html::default();
    };
    let present = shown.newer.as_ref().unwrap_or(&shown.trace);
    let name = model
        .selected_request()
        .map(|request| {
            if request.name.is_empty() {
                request.action.clone()
            } else {
                request.name.clone()
            }
        })
        .unwrap_or_default();
    html! {
        <button
            type="button" class={classes!("pinned", background(present.verdict))}
            onclick={dispatch.reform(|_: MouseEvent| Action::PaneShown(Pane::Trace))}
        >
            { verdict_badge(present.verdict, playground::words::verdict(present.verdict)) }
            <span class="pinned-name">{ name }</span>
            if as_if(&model.scenario).is_some() {
                <span class="muted small">{ texts::pinned_what_if() }</span>
            }
        </button>
    }
}

fn background(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allow => "is-allow-bg",
        Verdict::ExplicitDeny => "is-explicit-deny-bg",
        Verdict::ImplicitDeny => "is-implicit-deny-bg",
        Verdict::Depends => "is-depends-bg",
        Verdict::Error => "is-error-bg",
    }
}
