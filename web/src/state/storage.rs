//! The storage of this browser: values as JSON under their keys.

use js_sys::{Error, JSON, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Storage;

/// Why nothing is kept, mostly.
pub(super) const REFUSED: &str = "this browser refuses storage";

/// The storage, where this browser grants it.
pub(super) fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// What stands under a key.
pub(super) fn get(key: &str) -> Option<JsValue> {
    JSON::parse(&storage()?.get_item(key).ok()??).ok()
}

/// The text under a key.
pub(super) fn text(key: &str) -> Option<String> {
    get(key)?.as_string()
}

/// Keeps a value under a key; the error is the reason, in words.
pub(super) fn set(key: &str, value: &JsValue) -> Result<(), String> {
    let refused = || REFUSED.to_owned();
    let storage = storage().ok_or_else(refused)?;
    let text = JSON::stringify(value).map_err(|_| refused())?;
    storage
        .set_item(key, &String::from(text))
        .map_err(|error| match name(&error).as_deref() {
            Some("QuotaExceededError") => "the storage of this browser is full".to_owned(),
            _ => refused(),
        })
}

/// Takes a key away.
pub(super) fn delete(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

fn name(error: &JsValue) -> Option<String> {
    match error.dyn_ref::<Error>() {
        Some(error) => Some(error.name().into()),
        None => Reflect::get(error, &"name".into()).ok()?.as_string(),
    }
}
