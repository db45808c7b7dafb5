//! The bar that chooses the pane where there is room for one.

use texts::Text;
use yew::prelude::*;

use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::{Action, Model, Pane};

/// The panes with their words, in the order of the bar.
const TABS: [(Pane, Text); 4] = [
    (Pane::Organization, texts::COMMON_ORGANIZATION),
    (Pane::Policies, texts::COMMON_POLICIES),
    (Pane::Requests, texts::COMMON_REQUESTS),
    (Pane::Trace, texts::COMMON_TRACE),
];

/// The bar.
#[component]
pub fn TabBar() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    html! {
        <nav class="tabbar" aria-label={texts::tabs_parts_of_the_page()}>
            if model.learning.is_some() {
                { tab((Pane::Lesson, texts::LESSON_LESSON), &model, &dispatch) }
            }
            for one in TABS {
                { tab(one, &model, &dispatch) }
            }
        </nav>
    }
}

fn tab((pane, word): (Pane, Text), model: &Model, dispatch: &Dispatch) -> Html {
    html! {

        <button
            type="button" data-tab={(pane == Pane::Lesson).then_some("lesson")}
            aria-current={(tab_of(model.pane) == pane).then_some("true")}
            onclick={dispatch.reform(move |_: MouseEvent| Action::PaneShown(pane))}
        >
            { texts::get(word) }
        </button>
    }
}

/// The tab of what is shown: the views stand for the pane from which they are opened.
fn tab_of(pane: Pane) -> Pane {
    match pane {
        Pane::Map => Pane::Organization,
        Pane::Matrix => Pane::Requests,
        pane => pane,
    }
}
