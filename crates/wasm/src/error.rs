//! Errors as JavaScript knows them: an `Error` with a `name`, a `message` and what else is known.

use std::fmt::Display;

use js_sys::{Error, Reflect, TypeError};
use organization::EditError;
use organization::file::FileError;
use playground::link::LinkError;
use playground::wire;
use wasm_bindgen::JsValue;

/// An argument of the wrong sort.
pub(crate) fn argument(message: &str) -> JsValue {
    TypeError::new(message).into()
}

/// A text that is no scenario.
pub(crate) fn file(error: &FileError) -> JsValue {
    with_details("ScenarioError", error, error)
}

/// A link that holds no scenario.
pub(crate) fn link(error: &LinkError) -> JsValue {
    match error {
        LinkError::File(inside) => with_details("LinkError", error, inside),
        _ => named("LinkError", error).into(),
    }
}

/// An edit that cannot be made.
pub(crate) fn edit(error: &EditError) -> JsValue {
    named("EditError", error).into()
}

/// A request or row that the scenario does not have.
pub(crate) fn request(message: &str) -> JsValue {
    named("RequestError", &message).into()
}

fn named(name: &str, message: &dyn Display) -> Error {
    let error = Error::new(&message.to_string());
    error.set_name(name);
    error
}

fn with_details(name: &str, message: &dyn Display, inside: &FileError) -> JsValue {
    let error = named(name, message);
    let wire::FileError {
        kind,
        path,
        line,
        column,
        found,
        expected,
        message: _,
    } = inside.into();
    let number = |value: Option<usize>| {
        let value = value.and_then(|value| u32::try_from(value).ok());
        value.map_or(JsValue::UNDEFINED, JsValue::from)
    };
    for (field, value) in [
        ("kind", kind.into()),
        ("path", path.into()),
        ("line", number(line)),
        ("column", number(column)),
        ("found", found.into()),
        ("expected", expected.into()),
    ] {
        // An object that was made just now takes every field.
        let _ = Reflect::set(&error, &field.into(), &value);
    }
    error.into()
}
