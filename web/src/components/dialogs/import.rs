//! Opening what is brought: scenario files, policies, links; chosen, dropped or pasted.

use std::rc::Rc;

use organization::file::Loaded;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::adding::Adding;
use super::modal::Modal;
use crate::components::ui::{button, sentence, with_code};
use crate::context::{Dispatch, use_dispatch};
use crate::effects::{open_loaded, take_files, take_text};
use crate::state::import::Arrived;

/// Properties of [`Import`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ImportProps {
    /// What was brought, if it asks for a decision or was refused.
    pub arrived: Option<Rc<Arrived>>,
}

/// The dialog.
#[component]
pub(super) fn Import(props: &ImportProps) -> Html {
    let dispatch = use_dispatch();
    let text = use_node_ref();
    let onchosen = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                if let Some(files) = input.files() {
                    take_files(&files, &dispatch);
                }
                // The same file can be chosen again after it was mended.
                input.set_value("");
            }
        })
    };
    let onpasted = {
        let (text, dispatch) = (text.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(field) = text.cast::<HtmlTextAreaElement>() {
                take_text(field.value(), &dispatch);
            }
        })
    };
    let adding = props.arrived.as_ref().and_then(|arrived| match &**arrived {
        Arrived::Policies(policies, remarks) => {
            Some((Rc::as_ptr(arrived) as usize, policies, remarks))
        }
        _ => None,
    });
    html! {
        <Modal title={texts::common_import()}>
            if let Some((key, policies, remarks)) = adding {
                <Adding {key} policies={policies.clone()} />
                if !remarks.is_empty() {
                    <p>{ texts::import_not_taken_over() }</p>
                    { list(remarks.iter().map(|remark| with_code(remark))) }
                }
            } else {
                <p>
                    { texts::import_scenario_file_policies() }
                </p>
                <input
                    type="file" multiple=true accept=".json,.txt,application/json"
                    aria-label={texts::import_files()} onchange={onchosen}
                />
                <label class="dialog-label">
                    { texts::import_text() }
                    <textarea ref={&text} class="field outlined dialog-text" rows="8" spellcheck="false" />
                </label>
                <div class="dialog-actions">
                    { button("button primary", None, onpasted, html! { texts::import_open_the_text() }) }
                </div>
            }
            <div role="status">
                { remarks(props.arrived.as_deref(), &dispatch) }
            </div>
        </Modal>
    }
}

fn list(lines: impl Iterator<Item = Html>) -> Html {
    html! {
        <ul class="dialog-remarks">
            for line in lines {
                <li>{ line }</li>
            }
        </ul>
    }
}

/// Why it was refused, or what the reader remarked before a scenario is opened.
fn remarks(arrived: Option<&Arrived>, dispatch: &Dispatch) -> Html {
    match arrived {
        Some(Arrived::Nothing(refusal)) => html! {
            <p class="dialog-refusal">
                <strong>{ texts::import_this_cant_be_opened() }{ " " }</strong>
                { sentence(refusal) }
            </p>
        },
        Some(Arrived::Scenario(loaded)) => warnings(loaded, dispatch),
        _ => Html::default(),
    }
}

fn warnings(loaded: &Loaded, dispatch: &Dispatch) -> Html {
    let texts: Vec<String> = loaded.warnings.iter().map(ToString::to_string).collect();
    let open = {
        let (loaded, dispatch) = (loaded.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| open_loaded(&loaded, &dispatch))
    };
    html! {
        <>
            <p>
                <strong>
                    { texts::import_file_can_read() }
                </strong>
            </p>
            { list(texts.iter().map(|text| sentence(text))) }
            <div class="dialog-actions">
                { button("button primary", None, open, html! { texts::common_open_it() }) }
            </div>
        </>
    }
}
