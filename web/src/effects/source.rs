//! `?src=…`: a scenario file from the page's own origin, and from nowhere else.

use std::fmt::Display;

use js_sys::{Reflect, Uint8Array};
use organization::Scenario;
use organization::file::{self, MAX_BYTES};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, RequestInit, RequestMode, Response, Url};

/// Loads the scenario file that `src` names, an address relative to the page.
///
/// # Errors
/// Says in a sentence what was refused or went wrong, with the address.
pub(super) async fn load_scenario(src: &str) -> Result<Scenario, String> {
    let address = own_address(src)?;
    let text = load(&address).await.map_err(|error| failed(src, error))?;
    match file::read(&text) {
        Ok(loaded) => Ok(loaded.scenario),
        Err(error) => Err(failed(src, texts::address_no_scenario(&error))),
    }
}

fn failed(src: &str, error: impl Display) -> String {
    texts::address_file_failed(&src, &error)
}

/// The whole address of a file, if it is of the page's own origin.
fn own_address(src: &str) -> Result<String, String> {
    let refused = || texts::address_file_elsewhere(&src);
    let window = web_sys::window().ok_or_else(refused)?;
    let page = window.location();
    let (href, origin) = (page.href(), page.origin());
    let (Ok(href), Ok(origin)) = (href, origin) else {
        return Err(refused());
    };
    let url = Url::new_with_base(src, &href).map_err(|_| refused())?;
    let by_web = matches!(url.protocol().as_str(), "http:" | "https:");
    if !by_web || url.origin() != origin || !url.username().is_empty() {
        return Err(refused());
    }
    Ok(url.href())
}

/// The text of a file of the page's own origin, no longer than a scenario file may be.
///
/// # Errors
/// What went wrong, as a part of a sentence.
async fn load(address: &str) -> Result<String, String> {
    let asked = RequestInit::new();
    // Not by a detour over another host either.
    asked.set_mode(RequestMode::SameOrigin);
    let window = web_sys::window().ok_or(texts::address_no_connection())?;
    let response = JsFuture::from(window.fetch_with_str_and_init(address, &asked)).await;
    let response: Response = response
        .ok()
        .and_then(|response| response.dyn_into().ok())
        .ok_or(texts::address_no_connection())?;
    if !response.ok() {
        return Err(texts::address_status(&response.status()));
    }
    let bytes = bounded(&response).await?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to() + 1;
        texts::address_no_utf8(&at)
    })
}

/// The content of an answer, given up as soon as it is too long.
async fn bounded(response: &Response) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let Some(body) = response.body() else {
        return Ok(bytes);
    };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let broken = |_: JsValue| texts::address_broke_off().to_owned();
    loop {
        let chunk = JsFuture::from(reader.read()).await.map_err(broken)?;
        let value = Reflect::get(&chunk, &"value".into()).map_err(broken)?;
        let Ok(piece) = value.dyn_into::<Uint8Array>() else {
            return Ok(bytes);
        };
        bytes.extend(piece.to_vec());
        if bytes.len() > MAX_BYTES {
            let _ = reader.cancel();
            return Err(texts::address_too_long(&(MAX_BYTES / 1024 / 1024)));
        }
    }
}

/// The text of a file beside the page.
pub(crate) async fn load_beside(path: &str) -> Option<String> {
    let href = web_sys::window()?.location().href().ok()?;
    load(&Url::new_with_base(path, &href).ok()?.href())
        .await
        .ok()
}
