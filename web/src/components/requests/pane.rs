use std::rc::Rc;

use organization::{Edit, Organization, Request, RequestId, Scenario, TreeIndex};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::actions::ACTIONS;
use super::caller::{self, ChoiceGroup, choices};
use super::regions::REGIONS;
use super::row::{ACTIONS_LIST, REGIONS_LIST, RequestRow, Who};
use super::row_keys::on_row_key;
use super::same::Same;
use crate::components::ui::{Glyph, glyph};
use crate::context::{use_dispatch, use_model};
use crate::state::{Action, Model};

/// The requests, each with its verdict.
#[component]
pub fn RequestsPane() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let table = use_node_ref();
    let scenario = &model.scenario;
    let index = use_memo(scenario.organization.clone(), |tree| {
        tree.as_ref().map(Organization::index)
    });
    // Callers change with the tree, the principals and the accounts outside, not with requests.
    let choices = {
        let scenario = Rc::clone(scenario);
        let index = index.clone();
        let read = (
            scenario.organization.clone(),
            scenario.principals.clone(),
            scenario.external_accounts.clone(),
        );
        use_memo(read, move |_| choices(&scenario, (*index).as_ref()))
    };
    {
        let table = table.clone();
        let before = use_mut_ref(|| None::<usize>);
        let count = scenario.requests.len();
        let added = just_added(&model);
        use_effect_with((model.selection.request.clone(), count), move |_| {
            let grown = before
                .replace(Some(count))
                .is_some_and(|before| before < count);
            if let (true, true, Some(table)) = (grown, added, table.cast::<Element>()) {
                focus_action(&table);
            }
        });
    }
    let add = dispatch.reform(|_: MouseEvent| Action::RequestAdded { account: None });
    let onkeydown = {
        let (table, dispatch) = (table.clone(), dispatch.clone());
        Callback::from(move |event: KeyboardEvent| {
            let deleted = table
                .cast::<Element>()
                .and_then(|table| on_row_key(&table, &event));
            if let Some(id) = deleted {
                let edit = Edit::DeleteRequest(RequestId::from(id.as_str()));
                dispatch.emit(Action::Edited(edit));
            }
        })
    };

    html! {
        <section class="pane requests" aria-labelledby="requests-heading">
            <div class="pane-head">
                <h2 id="requests-heading">{ "Requests" }</h2>
                <span class="spacer" />
                { as_expected(&model) }
                <button type="button" class="button" onclick={add}>
                    { glyph(Glyph::Plus) }{ "Add" }
                </button>
            </div>
            if scenario.requests.is_empty() {
                { no_requests(&model) }
            } else {
                <div class="requests-scroll">
                    <table class="request-table" ref={table} {onkeydown}>
                        { head() }
                        <tbody>{ rows(&model, (*index).as_ref(), &choices) }</tbody>
                    </table>
                    { lists() }
                </div>
            }
        </section>
    }
}

/// Whether the selected request can be one that was just asked for, wherever that was: it is the
/// last, by something that was done and not undone. Then its action is what one types next.
fn just_added(model: &Model) -> bool {
    let newest = model.scenario.requests.last().map(|request| &request.id);
    newest == model.selection.request.as_ref()
        && model.history.to_undo().is_some()
        && model.history.to_redo().is_none()
}

fn head() -> Html {
    html! {
        <>
            <colgroup>
                <col class="who" /><col class="does" /><col class="on" /><col class="region" />
                <col class="expected" /><col class="verdict" /><col class="more" />
            </colgroup>
            <thead>
                <tr>
                    <th scope="col">{ "Who" }</th>
                    <th scope="col">{ "Does" }</th>
                    <th scope="col" class="on">{ "On" }</th>
                    <th scope="col" class="region">{ "Region" }</th>
                    <th scope="col" class="expected">{ "Expected" }</th>
                    <th scope="col">{ "Verdict" }</th>
                    <th scope="col"><span class="visually-hidden">{ "Actions" }</span></th>
                </tr>
            </thead>
        </>
    }
}

fn rows(model: &Model, index: Option<&TreeIndex>, choices: &Rc<Vec<ChoiceGroup>>) -> Html {
    let scenario = &model.scenario;
    let region = scenario.defaults.region.clone().map(AttrValue::from);
    let count = scenario.requests.len();
    scenario
        .requests
        .iter()
        .enumerate()
        .map(|(at, request)| {
            let selected = model.selection.request.as_ref() == Some(&request.id);
            html! {
                <RequestRow
                    key={request.id.as_str()} request={Same(Rc::clone(request))}
                    view={model.analysis.request(&request.id).map(|view| Same(Rc::clone(view)))}
                    who={who(request, scenario, index)} choices={Same(Rc::clone(choices))}
                    region={region.clone()} position={(at, count)} {selected}
                    account={model.selection.account.clone().filter(|_| selected)}
                />
            }
        })
        .collect()
}

fn who(request: &Request, scenario: &Scenario, index: Option<&TreeIndex>) -> Who {
    let caller = &request.caller;
    Who {
        words: AttrValue::from(caller::words(caller, scenario, index)),
        value: caller::value_of(caller, scenario).map(AttrValue::from),
        account: caller::account(caller, scenario, index),
    }
}

/// "6 of 7 as expected".
fn as_expected(model: &Model) -> Html {
    let (met, all) = model
        .analysis
        .requests
        .iter()
        .filter_map(|request| request.expectation.as_ref())
        .fold((0_usize, 0_usize), |(met, all), expectation| {
            (met + usize::from(expectation.met), all + 1)
        });
    if all == 0 {
        return Html::default();
    }
    let bad = (met < all).then_some("bad");
    html! { <span class={classes!("as-expected", bad)}>{ format!("{met} of {all} as expected") }</span> }
}

fn no_requests(model: &Model) -> Html {
    let hint = if model.is_empty() {
        "Add the calls whose verdict you want to know: who does what, on what, from which region."
    } else {
        "Add a request: who does what, on what, from which region. Its verdict follows every change."
    };
    html! { <div class="requests-empty"><p>{ hint }</p></div> }
}

fn lists() -> Html {
    html! {
        <>
            <datalist id={ACTIONS_LIST}>
                for action in ACTIONS { <option value={*action} /> }
            </datalist>
            <datalist id={REGIONS_LIST}>
                for region in REGIONS { <option value={*region} /> }
            </datalist>
        </>
    }
}

/// Puts the cursor into the action of the selected request, all of it selected, to type at once.
fn focus_action(table: &Element) {
    let field = table.query_selector("tr.sel input.does").ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        let _ = field.focus();
        field.select();
    }
}
