//! The bar that chooses the pane where there is room for one.

use texts::Text;
use yew::prelude::*;

use crate::context::{use_dispatch, use_model};
use crate::state::{Action, Pane};

/// The panes with their words, in the order of the bar.
const TABS: [(Pane, Text); 4] = [
    (Pane::Organization, texts::COMMON_ORGANIZATION),
    (Pane::Policies, texts::COMMON_POLICIES),
    (Pane::Requests, texts::COMMON_REQUESTS_3),
    (Pane::Trace, texts::COMMON_TRACE),
];

/// The bar.
#[component]
pub fn TabBar() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    html! {
        <nav class="tabbar" aria-label={texts::tabs_parts_of_the_page()}>
            for (pane, word) in TABS {
                <button
                    type="button" aria-current={(tab_of(model.pane) == pane).then_some("true")}
                    onclick={dispatch.reform(move |_: MouseEvent| Action::PaneShown(pane))}
                >
                    { texts::get(word) }
                </button>
            }
        </nav>
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
