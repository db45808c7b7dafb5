//! The storage of this browser: values as JSON under their keys.

use std::cell::Cell;

use js_sys::{Error, JSON, Reflect};
use texts::Text;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Storage;

/// Why nothing is kept, mostly.
pub(super) const REFUSED: Text = texts::STATE_STORAGE_THIS_BROWSER_REFUSES_STORAGE;

/// What every key of the page begins with.
const OURS: &str = "guardrail:";

thread_local! {
    /// Whether this page may keep nothing.
    static CLOSED: Cell<bool> = const { Cell::new(false) };
}

/// Keeps nothing from now on, and knows of nothing that is kept: a page inside another page leaves
/// no traces.
pub fn close() {
    CLOSED.set(true);
}

/// The storage, where this browser grants it.
pub(super) fn storage() -> Option<Storage> {
    if CLOSED.get() {
        return None;
    }
    web_sys::window()?.local_storage().ok()?
}

/// The storage of this tab, which lives as long as the tab.
pub(super) fn tab() -> Option<Storage> {
    if CLOSED.get() {
        return None;
    }
    web_sys::window()?.session_storage().ok()?
}

/// What stands under a key.
pub(super) fn get(key: &str) -> Option<JsValue> {
    get_from(storage(), key)
}

/// The text under a key.
pub(super) fn text(key: &str) -> Option<String> {
    get(key)?.as_string()
}

/// What stands under a key of one of the storages.
pub(super) fn get_from(storage: Option<Storage>, key: &str) -> Option<JsValue> {
    JSON::parse(&storage?.get_item(key).ok()??).ok()
}

/// Keeps a value under a key; the error is the reason, in words.
pub(super) fn set(key: &str, value: &JsValue) -> Result<(), String> {
    set_in(storage(), key, value)
}

/// Keeps a value under a key of one of the storages.
pub(super) fn set_in(storage: Option<Storage>, key: &str, value: &JsValue) -> Result<(), String> {
    let refused = || texts::get(REFUSED).to_owned();
    let storage = storage.ok_or_else(refused)?;
    let text = JSON::stringify(value).map_err(|_| refused())?;
    storage
        .set_item(key, &String::from(text))
        .map_err(|error| match name(&error).as_deref() {
            Some("QuotaExceededError") => texts::state_storage_storage_browser_full().to_owned(),
            _ => refused(),
        })
}

/// Takes a key away.
pub(super) fn delete(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// The page's own keys in one of the storages.
pub(super) fn keys(storage: Option<&Storage>) -> Vec<String> {
    let Some(storage) = storage else {
        return Vec::new();
    };
    let count = storage.length().unwrap_or_default();
    (0..count)
        .filter_map(|at| storage.key(at).ok()?)
        .filter(|key| key.starts_with(OURS))
        .collect()
}

/// Takes away everything that the page keeps.
pub(super) fn clear() {
    for storage in [storage(), tab()] {
        for key in keys(storage.as_ref()) {
            let _ = storage.as_ref().map(|storage| storage.remove_item(&key));
        }
    }
}

fn name(error: &JsValue) -> Option<String> {
    match error.dyn_ref::<Error>() {
        Some(error) => Some(error.name().into()),
        None => Reflect::get(error, &"name".into()).ok()?.as_string(),
    }
}
