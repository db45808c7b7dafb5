//! The palette: all commands and places, found by typing. Its list is drawn and filtered by the
//! custom element of `palette.js`, which gets the lines and tells which one was chosen.

use gloo_events::EventListener;
use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, Element};
use yew::prelude::*;

use crate::context::{use_dispatch, use_model};
use crate::effects::{focus_opened, keys_in_words};
use crate::state::Action;
use crate::state::places::lines;

/// The open palette.
#[component]
pub(super) fn Palette() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let lines = lines(&model);
            let listener = node.cast::<Element>().map(|element| {
                let shown: Array = lines
                    .iter()
                    .map(|line| {
                        let parts = [&line.name, &line.sort, &keys_in_words(line.keys)];
                        parts
                            .map(|part| JsValue::from_str(part))
                            .iter()
                            .collect::<Array>()
                    })
                    .collect();
                let _ = Reflect::set(&element, &"lines".into(), &shown);
                EventListener::new(&element, "guardrail-chosen", move |event| {
                    let chosen = event
                        .dyn_ref::<CustomEvent>()
                        .and_then(|event| event.detail().as_f64());
                    dispatch.emit(Action::DialogClosed);
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "a position in the list, or none"
                    )]
                    let line = chosen.and_then(|at| lines.get(at as usize));
                    if let Some(line) = line {
                        dispatch.emit(line.action.clone());
                        focus_opened(&line.action);
                    }
                })
            });
            move || drop(listener)
        });
    }
    html! { <guardrail-palette ref={node} /> }
}
