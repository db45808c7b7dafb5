use std::rc::Rc;

use js_sys::Array;
use organization::{AccountId, CallerKind, NodeId, RequestId};
use wasm_bindgen::JsValue;
use yew::prelude::*;

use super::late::{LateView, object};
use super::records::{account_of, levels, plain, record, tone, tree, verdicts};
use crate::components::requests::Same;
use crate::context::{use_dispatch, use_model};
use crate::state::{Action, Model, Pane};

/// The map of the organization.
#[component]
pub fn MapPane() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let scenario = &model.scenario;
    let shown = model.shown();

    // What is handed over stays the same object as long as it says the same: then nothing is drawn.
    let organization = {
        let of = Rc::clone(scenario);
        let read = (
            scenario.organization.clone(),
            scenario.policies.clone(),
            scenario.settings.off.clone(),
        );
        use_memo(read, move |_| tree(&of))
    };
    let trace = shown.as_ref().map(|shown| Same(Rc::clone(&shown.trace)));
    let levels = use_memo(trace, |trace| levels(trace.as_deref()));
    let every = shown.as_ref().filter(|_| runs_everywhere(&model));
    let view = every.map(|shown| Same(Rc::clone(&shown.request)));
    let verdicts = use_memo(view, |view| view.as_deref().map(verdicts));
    let data = object(&[
        ("title", &JsValue::from_str(&scenario.title)),
        ("tree", &organization),
        ("levels", &levels),
        ("requests", &requests(&model)),
        ("request", &request(&model)),
        (
            "verdicts",
            verdicts.as_ref().as_ref().unwrap_or(&JsValue::NULL),
        ),
        (
            "node",
            &JsValue::from_str(model.selection.node.as_ref().map_or("", NodeId::as_str)),
        ),
    ]);

    let on_told = {
        let model = Rc::clone(&model);
        Callback::from(move |said: Vec<String>| {
            for action in chosen(&model, &said) {
                dispatch.emit(action);
            }
        })
    };
    html! {
        <LateView
            tag="guardrail-map" class="map" title={texts::common_map()} {data} back={Pane::Organization}
            opener="map-open" {on_told}
        />
    }
}

fn runs_everywhere(model: &Model) -> bool {
    let request = model.selected_request();
    request.is_some_and(|request| matches!(request.caller.kind, CallerKind::EveryAccount { .. }))
}

/// The requests to choose from: id, words, verdict or -1 where accounts differ.
fn requests(model: &Model) -> JsValue {
    let requests = model.scenario.requests.iter().map(|request| {
        let view = model.analysis.request(&request.id);
        let mut words: Vec<&str> = Vec::new();
        if request.name.is_empty() {
            let row = view.and_then(|view| view.rows.first());
            words.extend(match (&request.caller.kind, row) {
                (CallerKind::EveryAccount { .. }, _) => Some(texts::map_pane_every_account()),
                (_, row) => row.map(|row| row.who.as_str()),
            });
            words.push(&request.action);
            words.extend(request.region.as_deref());
        } else {
            words.push(&request.name);
        }
        let verdict = view.and_then(|view| view.verdict);
        record([
            JsValue::from_str(request.id.as_str()),
            JsValue::from_str(&words.join(" · ")),
            JsValue::from(verdict.map_or(-1, |verdict| i32::from(tone(verdict)))),
        ])
    });
    requests.collect::<Array>().into()
}

/// The selected request: its id, the account that calls, the verdict there, and the sentence.
fn request(model: &Model) -> JsValue {
    let (Some(shown), Some(request)) = (model.shown(), model.selected_request()) else {
        return record([
            JsValue::from_str(""),
            JsValue::from_str(""),
            JsValue::from(-1),
            JsValue::from_str(""),
        ]);
    };
    let account = shown
        .account
        .clone()
        .or_else(|| account_of(&model.scenario, &request.caller));
    record([
        JsValue::from_str(request.id.as_str()),
        JsValue::from_str(account.as_ref().map_or("", AccountId::as_str)),
        JsValue::from(i32::from(tone(shown.trace.verdict))),
        JsValue::from_str(&plain(&shown.trace.sentence)),
    ])
}

/// What follows from what a person did in the map.
fn chosen(model: &Model, said: &[String]) -> Vec<Action> {
    let select = |request: RequestId, account| Action::RequestSelected { request, account };
    match said {
        [what, id] if what == "node" => {
            let mut actions = vec![Action::NodeSelected(Some(NodeId::from(id.as_str())))];
            // An account is also the row to look at, if the request runs over every account.
            if let Some(request) = &model.selection.request
                && let Some(view) = model.analysis.request(request)
                && let Some(row) = view.rows.iter().find(|row| {
                    row.account
                        .as_ref()
                        .is_some_and(|account| account.as_str() == id)
                })
            {
                actions.push(select(request.clone(), row.account.clone()));
            }
            actions
        }
        [what, id] if what == "request" => {
            let request = RequestId::from(id.as_str());
            let view = model.analysis.request(&request);
            let account = model.selection.account.clone().filter(|account| {
                view.is_some_and(|view| {
                    view.rows
                        .iter()
                        .any(|row| row.account.as_ref() == Some(account))
                })
            });
            vec![select(request, account)]
        }
        _ => Vec::new(),
    }
}
