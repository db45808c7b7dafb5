//! Scripts that come when they are needed: classic ones, which a sandboxed frame may load from a
//! host that knows nothing of it.

use gloo_events::EventListener;
use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::boot;

/// Where the scripts of examples and lessons put their texts.
const SCENARIOS: &str = "guardrailScenarios";

/// Loads the code of the policy editor. The text area does without it.
pub(super) fn load_editor() {
    if let Some(address) = address("data-editor") {
        let _ = append(&address, |_| {});
    }
}

/// The text of an example, `examples/<id>`, or a lesson, `lessons/<id>`, if its script has run.
pub(super) fn scenario(name: &str) -> Option<String> {
    let all = Reflect::get(&js_sys::global(), &SCENARIOS.into()).ok()?;
    Reflect::get(&all, &name.into()).ok()?.as_string()
}

/// The same, with its script loaded for it.
pub(super) async fn load_scenario(name: &str) -> Option<String> {
    if let Some(text) = scenario(name) {
        return Some(text);
    }
    let address = format!("{}{name}.js", address("data-scenarios")?);
    let loaded = Promise::new(&mut |done, _| {
        let failed = done.clone();
        let tell = move |_| {
            let _ = done.call0(&JsValue::NULL);
        };
        if append(&address, tell).is_none() {
            let _ = failed.call0(&JsValue::NULL);
        }
    });
    JsFuture::from(loaded).await.ok()?;
    scenario(name)
}

fn address(name: &str) -> Option<String> {
    boot()?.get_attribute(name).filter(|name| !name.is_empty())
}

/// Adds a script to the page, and tells whether it has run.
fn append(address: &str, tell: impl Fn(bool) + Clone + 'static) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let script = document.create_element("script").ok()?;
    script.set_attribute("src", address).ok()?;
    for (event, ran) in [("load", true), ("error", false)] {
        let tell = tell.clone();
        EventListener::once(&script, event, move |_| tell(ran)).forget();
    }
    let head = document.query_selector("head").ok()??;
    head.append_child(script.unchecked_ref()).ok()?;
    Some(())
}
