//! Scripts that come when they are needed: classic ones, which a sandboxed frame may load from a
//! host that knows nothing of it.

use gloo_events::EventListener;
use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::boot;

/// Where the scripts of the examples put their texts.
const EXAMPLES: &str = "guardrailExamples";

/// Loads the code of the policy editor. The text area does without it.
pub(super) fn load_editor() {
    if let Some(address) = address("data-editor") {
        let _ = append(&address, |_| {});
    }
}

/// The text of an example, if its script has run.
pub(super) fn example(id: &str) -> Option<String> {
    let all = Reflect::get(&js_sys::global(), &EXAMPLES.into()).ok()?;
    Reflect::get(&all, &id.into()).ok()?.as_string()
}

/// The text of an example, whose script is loaded for it.
pub(super) async fn load_example(id: &str) -> Option<String> {
    if let Some(text) = example(id) {
        return Some(text);
    }
    let address = format!("{}{id}.js", address("data-examples")?);
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
    example(id)
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
