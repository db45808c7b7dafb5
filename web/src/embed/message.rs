//! What a host page may say, read from whatever arrives. Everything that is addressed to this page
//! is either one of [`Asked`] or refused with a sentence that says what, where, and what was
//! expected.

use std::rc::Rc;

use js_sys::{Array, JSON, JsString, Reflect};
use organization::file::MAX_BYTES;
use organization::{Scenario, file};
use playground::link::{self, Named};
use wasm_bindgen::{JsCast, JsValue};

use super::parameters;
use crate::state::{Editing, Theme};

/// The version of the messages.
pub(super) const TYPE: &str = "guardrail/1";
/// What the type of every message to and from this page begins with.
const OURS: &str = "guardrail/";
/// What a host may ask for.
pub(super) const KINDS: [&str; 6] = [
    "load",
    "setTheme",
    "getState",
    "getLink",
    "showTrace",
    "lock",
];
/// The longest word that a message can hold besides a scenario, in UTF-16 code units.
const LONGEST: u32 = 2_048;
/// The longest text of an error, in characters.
const LONGEST_TEXT: usize = 300;
/// The longest `id`.
const LONGEST_ID: u32 = 200;

/// What a host asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Asked {
    /// To show a scenario.
    Load {
        /// The scenario.
        scenario: Rc<Scenario>,
        /// Whether the reader has made it of the one that is there.
        made: bool,
    },
    /// To change the colours.
    SetTheme(Theme),
    /// To tell the scenario file.
    GetState,
    /// To tell the link.
    GetLink,
    /// To show the reasons of a request, and of an account where it runs over every account.
    ShowTrace {
        /// The id of the request.
        request: String,
        /// The id of the account.
        account: Option<String>,
    },
    /// To change what may be changed.
    Lock(Editing),
}

/// Why a message is not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// Its stable name: `message`, `version`, `kind`, `field`, `scenario`, `request`.
    pub(super) code: &'static str,
    /// What, where, and what was expected.
    pub(super) text: String,
}

impl Refusal {
    /// A text that is very long, because what it names is, is cut.
    pub(super) fn new(code: &'static str, text: impl Into<String>) -> Self {
        let text: String = text.into();
        let text = match text.char_indices().nth(LONGEST_TEXT) {
            Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
            None => text,
        };
        Self { code, text }
    }

    fn field(name: &str, found: &str, expected: &str) -> Self {
        let text = format!("`{name}` is {found}: expected {expected}");
        Self::new("field", text)
    }
}

/// A message that is addressed to this page.
#[derive(Clone, Debug)]
pub(super) struct Message {
    /// What the answer repeats; undefined if there is none.
    pub(super) id: JsValue,
    /// What is asked.
    pub(super) asked: Result<Asked, Refusal>,
}

/// Reads what arrived; none if it is addressed to somebody else.
pub(super) fn read(data: &JsValue) -> Option<Message> {
    if !data.is_object() || Array::is_array(data) {
        return None;
    }
    let kind = get(data, "type").as_string()?;
    // An error is never answered: a host that sends back what it hears would have no end of it.
    if !kind.starts_with(OURS) || get(data, "kind").as_string().as_deref() == Some("error") {
        return None;
    }
    let id = get(data, "id");
    if let Err(refusal) = check_id(&id) {
        return Some(Message {
            id: JsValue::UNDEFINED,
            asked: Err(refusal),
        });
    }
    let asked = if kind == TYPE {
        asked(data)
    } else {
        let text = format!("`type` is {}: expected `{TYPE}`", quoted(&kind));
        Err(Refusal::new("version", text))
    };
    Some(Message { id, asked })
}

fn asked(data: &JsValue) -> Result<Asked, Refusal> {
    let kind = get(data, "kind");
    let Some(kind) = kind.as_string() else {
        let text = format!("`kind` is {}: expected one of {}", found(&kind), kinds());
        return Err(Refusal::new("kind", text));
    };
    match kind.as_str() {
        "load" => Ok(Asked::Load {
            made: made(data)?,
            scenario: Rc::new(scenario(&get(data, "state"))?),
        }),
        "setTheme" => {
            let expected = "`auto`, `light` or `dark`";
            let word = text(data, "theme", expected)?;
            let theme = parameters::theme(&word);
            theme
                .map(Asked::SetTheme)
                .ok_or_else(|| Refusal::field("theme", &quoted(&word), expected))
        }
        "getState" => Ok(Asked::GetState),
        "getLink" => Ok(Asked::GetLink),
        "showTrace" => Ok(Asked::ShowTrace {
            request: text(data, "request", "the id of a request")?,
            account: match get(data, "account") {
                none if none.is_undefined() => None,
                _ => Some(text(data, "account", "the id of an account, or nothing")?),
            },
        }),
        "lock" => {
            let expected = "`none`, `requests`, `policies` or `all`";
            let word = text(data, "edit", expected)?;
            let edit = Editing::from_word(&word);
            edit.map(Asked::Lock)
                .ok_or_else(|| Refusal::field("edit", &quoted(&word), expected))
        }
        other => {
            let text = format!("`kind` is {}: expected one of {}", quoted(other), kinds());
            Err(Refusal::new("kind", text))
        }
    }
}

fn kinds() -> String {
    KINDS.map(|kind| format!("`{kind}`")).join(", ")
}

/// A scenario as a link, the text of a scenario file, or what such a text stands for.
fn scenario(state: &JsValue) -> Result<Scenario, Refusal> {
    let expected = "a link, a scenario file as a text, or the same as an object";
    let refused = |why: &dyn std::fmt::Display| {
        Refusal::new("scenario", format!("`state` holds no scenario: {why}"))
    };
    let bounded = |text: &JsString| {
        let length = text.length();
        match usize::try_from(length).is_ok_and(|length| length <= MAX_BYTES) {
            true if text.is_valid_utf16() => Ok(String::from(text)),
            true => Err(refused(&"its text has half a character (a lone surrogate)")),
            false => Err(refused(&format!(
                "it has {length} characters: expected at most {MAX_BYTES}"
            ))),
        }
    };
    let read = |text: &str| file::read(text).map_err(|error| refused(&error));
    let loaded = if let Some(typed) = state.dyn_ref::<JsString>() {
        let typed = bounded(typed)?;
        if typed.trim_start().starts_with('{') {
            read(&typed)?
        } else {
            match link::open(&typed).map_err(|error| refused(&error))? {
                Named::Scenario(opened) => opened.loaded,
                Named::Example(_) | Named::Lesson(_) => {
                    return Err(refused(
                        &"a link to an example or a lesson is for the address of the frame",
                    ));
                }
            }
        }
    } else if state.is_object() && !Array::is_array(state) {
        // What JSON cannot say, such as a circle or a depth beyond all bounds, ends here.
        let typed = JSON::stringify(state)
            .map_err(|_| refused(&"it cannot be written as JSON: is it a circle, or too deep?"))?;
        read(&bounded(&typed)?)?
    } else {
        return Err(Refusal::field("state", found(state), expected));
    };
    Ok(loaded.scenario)
}

fn check_id(id: &JsValue) -> Result<(), Refusal> {
    let fine = match id.dyn_ref::<JsString>() {
        Some(text) => text.length() <= LONGEST_ID,
        None => id.is_undefined() || id.as_f64().is_some_and(f64::is_finite),
    };
    if fine {
        return Ok(());
    }
    let expected = format!("a number, a text of at most {LONGEST_ID} characters, or nothing");
    Err(Refusal::field("id", found(id), &expected))
}

/// Whether a scenario is what the reader has made of the one that is there.
fn made(data: &JsValue) -> Result<bool, Refusal> {
    let value = get(data, "made");
    match value.as_bool() {
        Some(made) => Ok(made),
        None if value.is_undefined() => Ok(false),
        None => Err(Refusal::field(
            "made",
            found(&value),
            "true, false or nothing",
        )),
    }
}

/// A text that a message must have.
fn text(data: &JsValue, name: &str, expected: &str) -> Result<String, Refusal> {
    let value = get(data, name);
    let Some(text) = value.dyn_ref::<JsString>() else {
        return Err(Refusal::field(name, found(&value), expected));
    };
    if text.length() > LONGEST {
        let found = format!("a text of {} characters", text.length());
        return Err(Refusal::field(name, &found, expected));
    }
    Ok(String::from(text))
}

fn get(data: &JsValue, name: &str) -> JsValue {
    // Reading fails only where a getter does, and what arrives by a message has none.
    Reflect::get(data, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// What a value is, for a sentence.
fn found(value: &JsValue) -> &'static str {
    if value.is_undefined() {
        "missing"
    } else if value.is_null() {
        "null"
    } else if Array::is_array(value) {
        "a list"
    } else if value.is_string() {
        "a text"
    } else if value.as_bool().is_some() {
        "true or false"
    } else if value.as_f64().is_some() {
        "a number"
    } else if value.is_object() {
        "an object"
    } else {
        "of another type"
    }
}

/// The beginning of a text, for a sentence.
fn quoted(text: &str) -> String {
    let start: String = text.chars().take(40).collect();
    format!("`{start}`")
}
