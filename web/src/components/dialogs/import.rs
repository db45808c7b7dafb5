//! Opening a scenario file: chosen, dropped or pasted.

use gloo_events::EventListener;
use organization::file::{self, Loaded};
use web_sys::{File, FileReader, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::modal::Modal;
use crate::components::ui::sentence;
use crate::context::{Dispatch, use_dispatch};
use crate::state::{Action, Source};

/// The dialog.
#[component]
pub(super) fn Import() -> Html {
    let dispatch = use_dispatch();
    let text = use_node_ref();
    let refusal = use_state_eq(|| None::<String>);
    let loaded = use_state_eq(|| None::<Loaded>);
    let reading = use_mut_ref(|| None::<EventListener>);

    let read = {
        let (refusal, loaded, dispatch) = (refusal.clone(), loaded.clone(), dispatch.clone());
        Callback::from(move |text: String| match file::read(&text) {
            Ok(read) if read.warnings.is_empty() => open(read, &dispatch),
            Ok(read) => {
                refusal.set(None);
                loaded.set(Some(read));
            }
            Err(error) => {
                loaded.set(None);
                refusal.set(Some(error.to_string()));
            }
        })
    };
    let take = {
        let (reading, read, refusal) = (reading.clone(), read.clone(), refusal.clone());
        Callback::from(move |file: File| {
            *reading.borrow_mut() = read_file(&file, read.clone(), refusal.clone());
        })
    };
    let onchosen = {
        let take = take.clone();
        Callback::from(move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                if let Some(file) = input.files().and_then(|files| files.get(0)) {
                    take.emit(file);
                }
                // The same file can be chosen again after it was mended.
                input.set_value("");
            }
        })
    };
    let ondrop = Callback::from(move |event: DragEvent| {
        let file = event
            .data_transfer()
            .and_then(|data| data.files())
            .and_then(|files| files.get(0));
        if let Some(file) = file {
            event.prevent_default();
            take.emit(file);
        }
    });
    let onpasted = {
        let text = text.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(field) = text.cast::<HtmlTextAreaElement>() {
                read.emit(field.value());
            }
        })
    };
    html! {
        <Modal title="Import">
            <div class="dialog-drop" {ondrop} ondragover={|event: DragEvent| event.prevent_default()}>
                <p>{ "Choose a scenario file, drop it here, or paste its text." }</p>
                <input
                    type="file" accept=".json,application/json" aria-label="Scenario file"
                    onchange={onchosen}
                />
                <label class="dialog-label">
                    { "Text of a scenario file" }
                    <textarea ref={&text} class="field outlined dialog-text" rows="8" spellcheck="false" />
                </label>
                <div class="dialog-actions">
                    <button type="button" class="button primary" onclick={onpasted}>{ "Open the text" }</button>
                </div>
            </div>
            <div role="status">
                if let Some(refusal) = &*refusal {
                    <p class="dialog-refusal">
                        <strong>{ "This is not a scenario file that can be read. " }</strong>
                        { sentence(refusal) }
                    </p>
                }
                if let Some(read) = &*loaded {
                    { remarks(read, &dispatch) }
                }
            </div>
        </Modal>
    }
}

/// What the reader remarked, before the scenario is opened.
fn remarks(read: &Loaded, dispatch: &Dispatch) -> Html {
    let onclick = {
        let (read, dispatch) = (read.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| open(read.clone(), &dispatch))
    };
    html! {
        <>
            <p><strong>{ "The file can be read. Some of it is probably a mistake; it is kept as it is:" }</strong></p>
            <ul class="dialog-remarks">
                for warning in read.warnings.iter() {
                    <li>{ sentence(&warning.to_string()) }</li>
                }
            </ul>
            <div class="dialog-actions">
                <button type="button" class="button primary" {onclick}>{ "Open it" }</button>
            </div>
        </>
    }
}

fn open(read: Loaded, dispatch: &Dispatch) {
    dispatch.emit(Action::DialogClosed);
    dispatch.emit(Action::ScenarioOpened {
        scenario: read.scenario.into(),
        source: Source::Import,
    });
}

fn read_file(
    file: &File,
    read: Callback<String>,
    refusal: UseStateHandle<Option<String>>,
) -> Option<EventListener> {
    let reader = FileReader::new().ok()?;
    let result = reader.clone();
    let listener = EventListener::once(&reader, "loadend", move |_| {
        match result.result().ok().and_then(|text| text.as_string()) {
            Some(text) => read.emit(text),
            None => refusal.set(Some("the file could not be read".to_owned())),
        }
    });
    reader.read_as_text(file).ok()?;
    Some(listener)
}
