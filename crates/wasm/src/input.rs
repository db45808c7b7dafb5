//! What JavaScript passes in.

use js_sys::{JSON, JsString, Object};
use organization::file::Loaded;
use policy::Kind;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};

use crate::error;

/// A value whose sort is not known yet.
pub(crate) type Input = JsValue;

/// The text of a scenario: as it is, or an object written as JSON, its keys in their order.
pub(crate) fn text(scenario: &JsValue) -> Result<String, JsValue> {
    if let Some(text) = scenario.as_string() {
        return Ok(text);
    }
    if !scenario.is_object() {
        return Err(error::argument("a scenario is a text or an object"));
    }
    // `JSON.stringify` itself gives `undefined` for a function.
    let written = JSON::stringify(scenario)?;
    written
        .dyn_ref::<JsString>()
        .map(String::from)
        .ok_or_else(|| error::argument("a scenario is a text or an object"))
}

/// A text.
pub(crate) fn string(value: &JsValue, what: &str) -> Result<String, JsValue> {
    value
        .as_string()
        .ok_or_else(|| error::argument(&format!("{what} is a text")))
}

/// Reads a scenario file.
pub(crate) fn scenario(scenario: &JsValue) -> Result<Loaded, JsValue> {
    organization::file::read(&text(scenario)?).map_err(|error| error::file(&error))
}

/// A kind of policy by the word of the scenario file.
pub(crate) fn kind(word: &str) -> Result<Kind, JsValue> {
    Kind::from_word(word).ok_or_else(|| {
        let kinds: Vec<&str> = Kind::ALL.into_iter().map(Kind::as_str).collect();
        error::argument(&format!(
            "there is no kind of policy `{word}`: the kinds are {}",
            kinds.join(", ")
        ))
    })
}

/// Reads a plain object.
pub(crate) fn object<T: DeserializeOwned>(value: JsValue, what: &str) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value).map_err(|error| {
        let said = js_sys::Error::from(JsValue::from(error)).message();
        error::argument(&format!("{what}: {}", String::from(said)))
    })
}

/// What to evaluate.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct EvaluateOptions {
    /// Whether the reasons of every row are wanted.
    #[serde(default)]
    pub(crate) explain: bool,
    /// Only these requests.
    #[serde(default)]
    pub(crate) requests: Option<Vec<String>>,
}

impl EvaluateOptions {
    const NAMES: [&str; 2] = ["explain", "requests"];

    pub(crate) fn read(value: JsValue) -> Result<Self, JsValue> {
        if value.is_undefined() || value.is_null() {
            return Ok(Self::default());
        }
        let Some(options) = value.dyn_ref::<Object>() else {
            return Err(error::argument("the options of `evaluate` are an object"));
        };
        for name in Object::keys(options).iter() {
            let name = name.as_string().unwrap_or_default();
            if !Self::NAMES.contains(&name.as_str()) {
                return Err(error::argument(&format!(
                    "`evaluate` has no option `{name}`: the options are {}",
                    Self::NAMES.join(" and ")
                )));
            }
        }
        object(value, "the options of `evaluate`")
    }
}

/// A request, and for a request over every account which row of it.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) request: String,
    pub(crate) account: Option<String>,
}

impl Row {
    pub(crate) fn read(request: &JsValue, account: &JsValue) -> Result<Self, JsValue> {
        let given = !account.is_undefined() && !account.is_null();
        Ok(Self {
            request: string(request, "the id of a request")?,
            account: given
                .then(|| string(account, "the id of an account"))
                .transpose()?,
        })
    }
}
