//! Saving the scenario as a file.

use std::rc::Rc;

use js_sys::Array;
use organization::file;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag, Url};
use yew::prelude::*;

use super::modal::Modal;
use super::share::copy;
use crate::components::requests::Same;
use crate::context::use_model;

/// The dialog with the file.
#[component]
pub(super) fn Export() -> Html {
    let model = use_model();
    let text = use_memo(Same(Rc::clone(&model.scenario)), |scenario| {
        file::write(scenario)
    });
    let address = use_state_eq(|| None::<String>);
    {
        let address = address.clone();
        use_effect_with(text.clone(), move |text| {
            let made = blob_address(text);
            address.set(made.clone());
            move || {
                if let Some(made) = made {
                    let _ = Url::revoke_object_url(&made);
                }
            }
        });
    }
    let field = use_node_ref();
    let status = use_state_eq(|| "");
    let oncopy = {
        let (text, field, status) = (text.clone(), field.clone(), status.clone());
        Callback::from(move |_: MouseEvent| {
            let status = status.clone();
            copy(&text, &field, move |said| status.set(said));
        })
    };
    html! {
        <Modal title="Export">
            <p>
                { "The scenario file holds the organization, the policies as typed, the requests \
                   and what you expect of them." }
            </p>
            <div class="dialog-actions">
                <a
                    class="button primary" href={(*address).clone()}
                    download={file_name(&model.scenario.title)}
                >
                    { "Save as a file" }
                </a>
                <button type="button" class="button outlined" onclick={oncopy}>{ "Copy text" }</button>
                <span role="status" class="muted">{ *status }</span>
            </div>
            <label class="dialog-label">
                { "Text of the file" }
                <textarea
                    ref={&field} class="field outlined dialog-text" readonly=true rows="12"
                    value={(*text).clone()}
                />
            </label>
        </Modal>
    }
}

fn blob_address(text: &str) -> Option<String> {
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// A file name from the title: letters and digits, joined by dashes.
fn file_name(title: &str) -> String {
    let words: Vec<String> = title
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() {
        "guardrail.json".to_owned()
    } else {
        format!("{}.guardrail.json", words.join("-"))
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn the_file_is_named_after_the_title() {
        assert_eq!(
            file_name("Region guardrail, v2"),
            "region-guardrail-v2.guardrail.json"
        );
        assert_eq!(file_name("…"), "guardrail.json");
    }
}
