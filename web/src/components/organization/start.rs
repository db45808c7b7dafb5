//! The empty page: how to begin.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::{Action, Dialog, Shape, TreeAction};

/// The invitation to begin.
#[component]
pub fn Start() -> Html {
    let dispatch = use_dispatch();
    let standalone = !use_model().is_empty();
    html! {
        <div class="empty start">
            if standalone {
                <p>{ "This scenario has no organization, so no SCP affects its requests." }</p>
            } else {
                <>
                    <h3>{ "Build an organization" }</h3>
                    <p>
                        { "Add OUs and accounts, attach SCPs, and see for each request whether AWS would \
                           allow it, and why." }
                    </p>
                </>
            }
            { way(
                "Start an organization", "A root and its management account, to build on",
                Action::OrganizationStarted, false, &dispatch,
            ) }
            { way(
                "AWS’s recommended OUs", "Security, Infrastructure, Workloads and Sandbox, with 8 accounts",
                Action::Tree(TreeAction::ShapeAdded(Shape::Recommended)), true, &dispatch,
            ) }
            { way(
                "Departments", "Engineering, Finance, Marketing and Research, with 7 accounts",
                Action::Tree(TreeAction::ShapeAdded(Shape::Departments)), true, &dispatch,
            ) }
            { way(
                "Open an example", "Scenarios that each teach one thing, with requests and verdicts",
                Action::DialogOpened(Dialog::Examples), false, &dispatch,
            ) }
        </div>
    }
}

/// A way to begin: what it is called, and what one gets.
fn way(
    name: &'static str,
    words: &'static str,
    action: Action,
    built: bool,
    dispatch: &Dispatch,
) -> Html {
    let dispatch = dispatch.clone();
    let onclick = move |_: MouseEvent| {
        dispatch.emit(action.clone());
        if built {
            // The button is gone then; the tree that stands in its place takes the focus.
            Timeout::new(0, focus_tree).forget();
        }
    };
    html! {
        <div class="start-way">
            // The button takes presses on the whole.
            <button type="button" {onclick}>{ name }</button>
            <p>{ words }</p>
        </div>
    }
}

fn focus_tree() {
    let document = web_sys::window().and_then(|window| window.document());
    let row = document.and_then(|document| {
        let row = document.query_selector("[role=treeitem][tabindex=\"0\"]");
        row.ok().flatten()
    });
    if let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        let _ = row.focus();
    }
}
