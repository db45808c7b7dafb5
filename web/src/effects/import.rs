//! What is brought to the page: files dropped anywhere, a text pasted outside the fields, files
//! that were picked.

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use js_sys::Reflect;
use organization::file::Loaded;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, DragEvent, Element, Event, File, FileList};
use yew::platform::spawn_local;
use yew::prelude::*;

use super::address::follow_link;
use crate::context::{Dispatch, use_dispatch};
use crate::state::import::{Arrived, read_all};
use crate::state::{Action, Dialog, Source};

/// Places that take a pasted text themselves, or lie above the page.
const OWN_PASTE: &str =
    "input, textarea, select, guardrail-editor, [contenteditable], dialog, [popover]";

/// Takes files that are dropped on the page, and texts that are pasted on it.
#[hook]
pub fn use_import() {
    let dispatch = use_dispatch();
    use_effect_with(dispatch, |dispatch| {
        let document = web_sys::window().and_then(|window| window.document());
        let body = document.as_ref().and_then(|document| document.body());
        let mut listeners = Vec::new();
        if let (Some(document), Some(body)) = (document, body) {
            let listen = |name: &'static str, act: Box<dyn Fn(&Event)>| {
                let options = EventListenerOptions {
                    phase: EventListenerPhase::Bubble,
                    passive: false,
                };
                EventListener::new_with_options(&document, name, options, move |event| act(event))
            };
            let sign = move |on: bool| {
                let _ = match on {
                    true => body.set_attribute("data-drop", texts::import_drop_to_open()),
                    false => body.remove_attribute("data-drop"),
                };
            };
            let (over, left) = (sign.clone(), sign.clone());
            listeners.push(listen(
                "dragover",
                Box::new(move |event| {
                    if carries_files(event) {
                        event.prevent_default();
                        over(true);
                    }
                }),
            ));
            listeners.push(listen(
                "dragleave",
                Box::new(move |event| {
                    // Outside the window there is nothing that is entered instead.
                    let entered = event
                        .dyn_ref::<DragEvent>()
                        .and_then(|it| it.related_target());
                    if entered.is_none() {
                        left(false);
                    }
                }),
            ));
            let dropped = dispatch.clone();
            listeners.push(listen(
                "drop",
                Box::new(move |event| {
                    sign(false);
                    if !carries_files(event) || event.default_prevented() {
                        return;
                    }
                    event.prevent_default();
                    if let Some(files) = data_of(event, "dataTransfer").and_then(|it| it.files()) {
                        take_files(&files, &dropped);
                    }
                }),
            ));
            let pasted = dispatch.clone();
            listeners.push(listen(
                "paste",
                Box::new(move |event| {
                    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
                    let own = target.is_some_and(|it| matches!(it.closest(OWN_PASTE), Ok(Some(_))));
                    let data = data_of(event, "clipboardData");
                    let (Some(data), false) = (data, own || event.default_prevented()) else {
                        return;
                    };
                    if let Some(files) = data.files().filter(|files| files.length() > 0) {
                        take_files(&files, &pasted);
                        return;
                    }
                    let text = data.get_data("text/plain").unwrap_or_default();
                    let arrived = read_all(&[(String::new(), text)]);
                    // Other text on the clipboard was not meant for the page.
                    if !matches!(arrived, Arrived::Nothing(_)) {
                        event.prevent_default();
                        take(arrived, &pasted);
                    }
                }),
            ));
        }
        move || drop(listeners)
    });
}

/// What a drag or the clipboard carries.
fn data_of(event: &Event, name: &str) -> Option<DataTransfer> {
    Reflect::get(event, &name.into()).ok()?.dyn_into().ok()
}

fn carries_files(event: &Event) -> bool {
    data_of(event, "dataTransfer").is_some_and(|data| data.types().includes(&"Files".into(), 0))
}

/// Reads the files, and takes over what they hold.
pub fn take_files(files: &FileList, dispatch: &Dispatch) {
    let files: Vec<File> = (0..files.length()).filter_map(|at| files.get(at)).collect();
    let dispatch = dispatch.clone();
    spawn_local(async move {
        let mut texts = Vec::new();
        for file in files {
            let text = JsFuture::from(file.text()).await;
            let text = text.ok().and_then(|text| text.as_string());
            texts.push((file.name(), text.unwrap_or_default()));
        }
        take(read_all(&texts), &dispatch);
    });
}

/// Takes over a pasted text.
pub fn take_text(text: String, dispatch: &Dispatch) {
    take(read_all(&[(String::new(), text)]), dispatch);
}

/// Opens a scenario or a link at once. What asks for a decision goes into the dialog.
fn take(arrived: Arrived, dispatch: &Dispatch) {
    match arrived {
        Arrived::Scenario(loaded) if loaded.warnings.is_empty() => open_loaded(&loaded, dispatch),
        Arrived::Link(text) => follow_link(&text, dispatch),
        other => dispatch.emit(Action::DialogOpened(Dialog::Arrived(other.into()))),
    }
}

/// Opens a scenario that came as a file or text.
pub fn open_loaded(loaded: &Loaded, dispatch: &Dispatch) {
    dispatch.emit(Action::DialogClosed);
    dispatch.emit(Action::ScenarioOpened {
        scenario: loaded.scenario.clone().into(),
        source: Source::Import,
    });
}
