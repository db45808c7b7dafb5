//! The matrix: accounts × requests, with the tree as the headings of the rows.
//!
//! It is drawn by the custom element `<guardrail-matrix>` (see [`super::map`]), which gets the
//! verdicts of each request as one array of bytes; no text is made for a cell that is not in sight.

use std::rc::Rc;

use js_sys::Array;
use organization::{AccountId, CallerKind, Request, RequestId, Scenario};
use playground::RequestView;
use wasm_bindgen::JsValue;
use yew::prelude::*;

use super::map::{LateView, account_of, object, record, tree, verdicts};
use crate::components::requests::Same;
use crate::context::{use_dispatch, use_model};
use crate::state::{Action, Model, Pane};

/// The verdicts that were handed over: those that did not change are not handed over again.
type Handed = Vec<(Same<RequestView>, JsValue)>;

/// The matrix.
#[component]
pub fn MatrixPane() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let handed = use_mut_ref(Handed::new);
    let scenario = &model.scenario;
    let organization = {
        let of = Rc::clone(scenario);
        let read = (
            scenario.organization.clone(),
            scenario.policies.clone(),
            scenario.settings.off.clone(),
        );
        use_memo(read, move |_| tree(&of))
    };
    let columns = {
        let of = Rc::clone(&model);
        use_memo(Same(Rc::clone(&model.analysis)), move |_| {
            columns(&of, &mut handed.borrow_mut())
        })
    };
    let data = object(&[
        ("tree", &organization),
        ("columns", &columns),
        ("selected", &selected(&model)),
    ]);
    let on_told = Callback::from(move |said: Vec<String>| {
        if let [_, request, account] = &*said {
            let account = (!account.is_empty()).then(|| AccountId::from(account.as_str()));
            dispatch.emit(Action::RequestSelected {
                request: RequestId::from(request.as_str()),
                account,
            });
        }
    });
    html! {
        <LateView
            tag="guardrail-matrix" class="matrix" title={texts::common_matrix()} {data} back={Pane::Requests}
            opener="matrix-open" {on_told}
        />
    }
}

/// The requests as `ColumnRecord`s.
fn columns(model: &Model, handed: &mut Handed) -> JsValue {
    let before = std::mem::take(handed);
    let records = model.scenario.requests.iter().filter_map(|request| {
        let view = Same(Rc::clone(model.analysis.request(&request.id)?));
        let known = before.iter().find(|(old, _)| *old == view);
        let bytes = known.map_or_else(|| verdicts(&view), |(_, bytes)| bytes.clone());
        let column = column(&model.scenario, request, &view, &bytes)?;
        handed.push((view, bytes));
        Some(column)
    });
    records.collect::<Array>().into()
}

/// One request; none if its caller belongs to no account.
fn column(
    scenario: &Scenario,
    request: &Request,
    view: &RequestView,
    verdicts: &JsValue,
) -> Option<JsValue> {
    let every = matches!(request.caller.kind, CallerKind::EveryAccount { .. });
    let account = if every {
        String::new()
    } else {
        account_of(scenario, &request.caller)?.to_string()
    };
    let resource = request.resources.first().map(|resource| &*resource.arn);
    let resource = resource.filter(|arn| *arn != "*").map(short);
    let who = view.rows.first().filter(|_| !every);
    let action = (!request.name.is_empty()).then_some(&*request.action);
    let details = [
        action,
        who.map(|row| &*row.who),
        request.region.as_deref(),
        resource,
    ];
    let details: Vec<&str> = details.into_iter().flatten().collect();
    let title = if request.name.is_empty() {
        &request.action
    } else {
        &request.name
    };
    Some(record([
        JsValue::from_str(request.id.as_str()),
        JsValue::from_str(title),
        JsValue::from_str(&details.join(" · ")),
        JsValue::from_str(&account),
        verdicts.clone(),
    ]))
}

/// The resource part of an ARN.
fn short(arn: &str) -> &str {
    arn.splitn(6, ':').nth(5).unwrap_or(arn)
}

/// The request and the account whose reasons are shown; the account only of a request over all.
fn selected(model: &Model) -> JsValue {
    let shown = model.shown();
    let request = model.selection.request.as_ref();
    let account = shown.and_then(|shown| shown.account);
    record([
        JsValue::from_str(request.map_or("", RequestId::as_str)),
        JsValue::from_str(account.as_ref().map_or("", AccountId::as_str)),
    ])
}
