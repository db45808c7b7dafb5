//! Saving: a moment after each change, and at once when the page is left. Other tabs may save the
//! same scenario; then nothing is written over theirs, and the person decides.

use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use organization::file;
use wasm_bindgen::JsCast;
use web_sys::{StorageEvent, VisibilityState};
use yew::prelude::*;

use super::address::is_fresh;
use crate::components::requests::Same;
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::{Action, Notice, Origin, Source, StorageState, WorkId, persist};

/// How long a change waits for the next one, in milliseconds.
const WAIT: u32 = 300;

/// Saves the work, and says so when another tab does.
#[hook]
pub fn use_saving() {
    let model = use_model();
    let dispatch = use_dispatch();
    {
        let dispatch = dispatch.clone();
        let what = (Same(Rc::clone(&model.scenario)), model.origin);
        use_effect_with(what, move |_| {
            let timer = Timeout::new(WAIT, move || told(persist::flush(), &dispatch));
            move || drop(timer)
        });
    }
    // A page that was asked to begin afresh leaves no trace until something is made on it.
    let noted = !(is_fresh() && model.is_empty());
    use_effect_with(
        (model.origin, noted, dispatch),
        |(origin, noted, dispatch)| {
            let listeners = match *origin {
                Origin::Kept(id) => {
                    if *noted {
                        persist::note_open(id);
                    }
                    watch(id, dispatch)
                }
                Origin::Visit => Vec::new(),
            };
            move || drop(listeners)
        },
    );
}

/// Opens a kept scenario.
pub fn open_work(id: WorkId, dispatch: &Dispatch) {
    let read = match persist::read(id) {
        Some(text) => file::read(&text).map_err(|error| error.to_string()),
        None => Err(texts::saving_kept_browser_any().to_owned()),
    };
    dispatch.emit(match read {
        Ok(loaded) => Action::ScenarioOpened {
            scenario: loaded.scenario.into(),
            source: Source::Work(id),
        },
        Err(error) => Action::Noticed(Notice::new(texts::saving_it_cant_be_opened(&error))),
    });
}

fn told(state: Option<StorageState>, dispatch: &Dispatch) {
    if let Some(state) = state {
        dispatch.emit(Action::Saved(state));
    }
}

/// Listens for what other tabs do to the scenario, and for the moments when the page is left.
fn watch(id: WorkId, dispatch: &Dispatch) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let left = {
        let dispatch = dispatch.clone();
        EventListener::new(&window, "pagehide", move |_| {
            told(persist::flush_at_last(), &dispatch);
        })
    };
    let elsewhere = {
        let (key, dispatch) = (id.key(), dispatch.clone());
        EventListener::new(&window, "storage", move |event| {
            let Some(event) = event.dyn_ref::<StorageEvent>() else {
                return;
            };
            if event.key().as_ref() != Some(&key) {
                return;
            }
            if event.new_value().is_none() {
                dispatch.emit(Action::Noticed(Notice::new(
                    texts::saving_another_tab_deleted(),
                )));
            } else if persist::changed_elsewhere(id) {
                dispatch.emit(Action::Saved(StorageState::ChangedElsewhere));
            }
        })
    };
    let mut listeners = vec![left, elsewhere];
    if let Some(document) = window.document() {
        let dispatch = dispatch.clone();
        let watched = document.clone();
        listeners.push(EventListener::new(
            &document,
            "visibilitychange",
            move |_| {
                if watched.visibility_state() == VisibilityState::Hidden {
                    told(persist::flush(), &dispatch);
                }
            },
        ));
    }
    listeners
}
