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
    let model = use_model();
    let standalone = !model.is_empty();
    let examples = Action::DialogOpened(Dialog::Examples);
    html! {
        <div class="empty start">
            if standalone {
                <p>{ texts::organization_start_scenario_organization_so() }</p>
            } else {
                <>
                    <h3>{ texts::common_build_an_organization() }</h3>
                    <p>
                        { texts::organization_start_add_ous_accounts() }
                    </p>
                </>
            }
            { way(
                texts::common_start_an_organization(), texts::organization_start_root_management_account(),
                Action::OrganizationStarted, false, &dispatch,
            ) }
            { way(
                texts::organization_start_awss_recommended_ous(), texts::organization_start_security_infrastructure_workloads(),
                Action::Tree(TreeAction::ShapeAdded(Shape::Recommended)), true, &dispatch,
            ) }
            { way(
                texts::organization_start_departments(), texts::organization_start_engineering_finance_marketing(),
                Action::Tree(TreeAction::ShapeAdded(Shape::Departments)), true, &dispatch,
            ) }
            if model.admits(&examples) {
                { way(
                    texts::common_open_an_example(), texts::organization_start_scenarios_each_teach(),
                    examples, false, &dispatch,
                ) }
            }
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
