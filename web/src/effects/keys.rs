//! Keys that work on the whole page: undo and redo.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::context::use_dispatch;
use crate::state::Action;

/// Places that have an undo of their own, or that lie above the page.
const OWN_UNDO: &str = "input, textarea, select, guardrail-editor, [contenteditable], dialog";

/// Listens for undo and redo.
#[hook]
pub fn use_keys() {
    let dispatch = use_dispatch();
    use_effect_with(dispatch, |dispatch| {
        let dispatch = dispatch.clone();
        let document = web_sys::window().and_then(|window| window.document());
        let listener = document.map(|document| {
            EventListener::new_with_options(
                &document,
                "keydown",
                EventListenerOptions::enable_prevent_default(),
                move |event| {
                    let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                        return;
                    };
                    if let Some(action) = meant(event) {
                        event.prevent_default();
                        dispatch.emit(action);
                    }
                },
            )
        });
        move || drop(listener)
    });
}

fn meant(event: &KeyboardEvent) -> Option<Action> {
    if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
        return None;
    }
    let action = match (event.key().to_lowercase().as_str(), event.shift_key()) {
        ("z", false) => Action::Undone,
        ("z", true) | ("y", false) => Action::Redone,
        _ => return None,
    };
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let own = target.closest(OWN_UNDO).ok()?.is_some();
    (!own).then_some(action)
}
