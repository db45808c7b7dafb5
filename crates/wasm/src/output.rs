//! What JavaScript gets back: plain objects.

use js_sys::JSON;
use organization::Scenario;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// A plain object, or what is thrown.
pub(crate) type Output = Result<JsValue, JsValue>;

/// A record of the wire form as the object that its JSON would be.
pub(crate) fn to_js(record: &impl Serialize) -> Output {
    record
        .serialize(&Serializer::json_compatible())
        .map_err(Into::into)
}

/// A scenario as an object, by way of its file: what numbers a policy holds is JavaScript's to read.
pub(crate) fn file(scenario: &Scenario) -> Output {
    JSON::parse(&organization::file::write(scenario))
}
