//! Saving the scenario, a report of it, or one policy as a file; and printing the report.

use js_sys::Array;
use organization::{PolicyId, file};
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag, HtmlSelectElement, Url};
use yew::prelude::*;

use super::modal::Modal;
use super::share::copy;
use super::single_file::SingleFile;
use crate::components::requests::Same;
use crate::components::ui::button;
use crate::context::use_model;
use crate::effects::print;
use crate::state::Model;

/// What is exported: the words in the list of choices, or the id of a policy behind [`POLICY`].
const SCENARIO: &str = "scenario";
const REPORT: &str = "report";
const HTML: &str = "html";
const POLICY: &str = "policy:";

/// The dialog with the file.
#[component]
pub(super) fn Export() -> Html {
    let model = use_model();
    let what = use_state_eq(|| SCENARIO.to_owned());
    let text = {
        let model = model.clone();
        let from = ((*what).clone(), Same(model.scenario.clone()));
        use_memo(from, move |(what, _)| text_of(&model, what))
    };
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
    let onchange = {
        let (what, status) = (what.clone(), status.clone());
        Callback::from(move |event: Event| {
            status.set("");
            if let Some(field) = event.target_dyn_into::<HtmlSelectElement>() {
                what.set(field.value());
            }
        })
    };
    let said = match what.as_str() {
        SCENARIO => texts::export_scenario_file_holds(),
        REPORT => texts::export_report_says_verdict(),
        HTML => texts::export_page_says(),
        _ => texts::export_document_typed_aws(),
    };
    html! {
        <Modal title={texts::common_export()}>
            <label class="dialog-label">
                { texts::export_what() }
                <select class="field outlined dialog-choice" {onchange}>
                    <option value={SCENARIO} selected={*what == SCENARIO}>{ texts::export_scenario() }</option>
                    <option value={REPORT} selected={*what == REPORT}>{ texts::export_report() }</option>
                    <option value={HTML} selected={*what == HTML}>{ texts::export_page() }</option>
                    for policy in model.scenario.policies.iter().filter(|one| !model.hides_policy(&one.id)) {
                        <option key={policy.id.as_str()} value={format!("{POLICY}{}", policy.id)}>
                            { texts::export_policy(&policy.name) }
                        </option>
                    }
                </select>
            </label>
            <p>{ said }</p>
            if *what == HTML {
                <SingleFile name={file_name(&model, &what)} />
            } else {
            <div class="dialog-actions">
                <a
                    class="button primary" href={(*address).clone()}
                    download={file_name(&model, &what)}
                >
                    { texts::export_save_as_a_file() }
                </a>
                { button("button outlined", None, oncopy, html! { texts::export_copy_text() }) }
                if *what == REPORT {
                    { button("button outlined", None, Callback::from(|_| print()), html! { texts::export_print() }) }
                }
                <span role="status" class="muted">{ *status }</span>
            </div>
            <label class="dialog-label">
                { texts::export_text_of_the_file() }
                <textarea
                    ref={&field} class="field outlined dialog-text" readonly=true rows="12"
                    value={(*text).clone()}
                />
            </label>
            }
        </Modal>
    }
}

fn policy_id(what: &str) -> Option<PolicyId> {
    what.strip_prefix(POLICY).map(PolicyId::from)
}

fn text_of(model: &Model, what: &str) -> String {
    let scenario = &model.scenario;
    match policy_id(what) {
        Some(id) => {
            let policy = scenario.policy(id.as_str());
            policy
                .map(|policy| policy.text().to_owned())
                .unwrap_or_default()
        }
        None if what == REPORT => playground::markdown(&playground::report(model.seen())),
        None if what == HTML => String::new(),
        None => file::write(scenario),
    }
}

fn blob_address(text: &str) -> Option<String> {
    let options = BlobPropertyBag::new();
    options.set_type("text/plain");
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

fn file_name(model: &Model, what: &str) -> String {
    let title = model.scenario.title.as_str();
    match policy_id(what) {
        Some(id) => {
            let policy = model.scenario.policy(id.as_str());
            named(
                policy.map_or("policy", |policy| policy.name()),
                "json",
                "policy.json",
            )
        }
        None if what == REPORT => named(title, "report.md", "guardrail-report.md"),
        None if what == HTML => named(title, "html", "guardrail.html"),
        None => named(title, "guardrail.json", "guardrail.json"),
    }
}

/// A file name from a title: letters and digits, joined by dashes.
fn named(title: &str, ending: &str, without: &str) -> String {
    let words: Vec<String> = title
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() {
        without.to_owned()
    } else {
        format!("{}.{ending}", words.join("-"))
    }
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn the_file_is_named_after_the_title() {
        let name = |title| named(title, "guardrail.json", "guardrail.json");
        assert_eq!(
            name("Region guardrail, v2"),
            "region-guardrail-v2.guardrail.json"
        );
        assert_eq!(name("…"), "guardrail.json");
    }
}
