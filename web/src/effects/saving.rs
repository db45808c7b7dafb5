//! Saving: a moment after each change, and at once when the page is left.

use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{StorageEvent, VisibilityState};
use yew::prelude::*;

use crate::components::requests::Same;
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::{Action, Notice, persist};

/// How long a change waits for the next one, in milliseconds.
const WAIT: u32 = 300;

/// Saves the work, and says so when another tab does.
#[hook]
pub fn use_saving() {
    let model = use_model();
    let dispatch = use_dispatch();
    {
        let dispatch = dispatch.clone();
        use_effect_with(Same(Rc::clone(&model.scenario)), move |_| {
            let timer = Timeout::new(WAIT, move || save(&dispatch));
            move || drop(timer)
        });
    }
    use_effect_with(dispatch, |dispatch| {
        let listeners = listen(dispatch);
        move || drop(listeners)
    });
}

fn save(dispatch: &Dispatch) {
    if let Some(state) = persist::flush() {
        dispatch.emit(Action::Saved(state));
    }
}

fn listen(dispatch: &Dispatch) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let left = {
        let dispatch = dispatch.clone();
        EventListener::new(&window, "pagehide", move |_| save(&dispatch))
    };
    let other_tab = {
        let dispatch = dispatch.clone();
        EventListener::new(&window, "storage", move |event| {
            let key = event.dyn_ref::<StorageEvent>().and_then(StorageEvent::key);
            if key.as_deref() == Some(persist::WORK) {
                dispatch.emit(Action::Noticed(Notice::new(
                    "Another tab has saved its work in this browser. The tab that is changed last is kept.",
                )));
            }
        })
    };
    let mut listeners = vec![left, other_tab];
    if let Some(document) = window.document() {
        let dispatch = dispatch.clone();
        let watched = document.clone();
        listeners.push(EventListener::new(
            &document,
            "visibilitychange",
            move |_| {
                if watched.visibility_state() == VisibilityState::Hidden {
                    save(&dispatch);
                }
            },
        ));
    }
    listeners
}
