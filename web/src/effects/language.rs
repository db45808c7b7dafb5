//! The language of the page. English is compiled in; another one is a file beside the page.

use gloo_timers::callback::Timeout;
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, HtmlElement, Response};
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::context::{use_dispatch, use_model};
use crate::state::{Action, Language, Notice};

/// Where `boot.js`, or the script of an embedded page, puts the texts before the app begins.
const AT_HAND: &str = "guardrailTexts";

/// Where the scripts of the page find their texts.
const WORDS: &str = "guardrailWords";

/// Says everything in the language that is chosen or asked for, as soon as its texts are there.
/// Where they can't be had the page stays as it is and says so.
#[hook]
pub fn use_language() {
    let model = use_model();
    let dispatch = use_dispatch();
    let wanted = wanted(model.preferences.language);
    let spoken = model.language;
    use_effect_with((wanted, spoken), move |&(wanted, spoken)| {
        if wanted == spoken {
            return;
        }
        spawn_local(async move {
            match speak(wanted).await {
                Ok(()) => {
                    hand_over(wanted);
                    dispatch.emit(Action::LanguageSpoken(wanted));
                    give_focus_back();
                }
                Err(reason) => {
                    dispatch.emit(Action::LanguageChosen(spoken));
                    let told = texts::language_not_loaded(&wanted.own_name(), &reason);
                    dispatch.emit(Action::Noticed(Notice::new(told)));
                }
            }
        });
    });
}

/// The language of the page: the chosen one, or the one that the address asks for.
#[must_use]
pub fn wanted(chosen: Option<Language>) -> Language {
    let query = || web_sys::window()?.location().search().ok();
    let asked = || Language::asked(&query().unwrap_or_default());
    chosen.or_else(asked).unwrap_or_default()
}

/// Speaks the language from the beginning whose texts are at hand; English otherwise.
#[must_use]
pub fn speak_at_hand(wanted: Language) -> Language {
    let lines = Reflect::get(&js_sys::global(), &JsValue::from_str(AT_HAND)).ok();
    let lines = lines.and_then(|lines| lines.as_string());
    let lines = lines.filter(|_| wanted != Language::English);
    let spoken = match lines.map(|lines| speak_lines(&lines)) {
        Some(Ok(())) => wanted,
        _ => Language::English,
    };
    hand_over(spoken);
    spoken
}

/// Tells the page's root element the language, and hands their texts to the scripts of the page.
fn hand_over(language: Language) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", language.word());
    }
    let words = Object::new();
    for (name, text) in texts::SCRIPTS {
        let _ = Reflect::set(&words, &name.into(), &texts::get(text).into());
    }
    let _ = Reflect::set(&js_sys::global(), &JsValue::from_str(WORDS), &words);
}

/// Everything is said in the language of these texts from now on.
fn speak_lines(lines: &str) -> Result<(), String> {
    texts::speak(Some(texts::Language::read(lines)?));
    Ok(())
}

async fn speak(language: Language) -> Result<(), String> {
    match file(language) {
        None => {
            texts::speak(None);
            Ok(())
        }
        Some(address) => speak_lines(&load(&address).await.map_err(in_words)?),
    }
}

/// The address of the texts of a language, as the page names it; none for English.
fn file(language: Language) -> Option<String> {
    if language == Language::English {
        return None;
    }
    let boot = document()?.get_element_by_id("boot")?;
    boot.get_attribute(&format!("data-texts-{}", language.word()))
}

async fn load(address: &str) -> Result<String, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response: Response = JsFuture::from(window.fetch_with_str(address))
        .await?
        .dyn_into()?;
    if !response.ok() {
        return Err(JsValue::from_str(&response.status().to_string()));
    }
    let text = JsFuture::from(response.text()?).await?;
    text.as_string().ok_or(JsValue::NULL)
}

fn in_words(error: JsValue) -> String {
    let message = error.dyn_ref::<js_sys::Error>().map(js_sys::Error::message);
    let message = message.map(String::from);
    message.or_else(|| error.as_string()).unwrap_or_default()
}

/// Everything was drawn anew: the focus goes to where the language was chosen, or to the panes.
fn give_focus_back() {
    Timeout::new(0, || {
        let found = document().and_then(|document| {
            let choice = document.get_element_by_id("language");
            choice.or_else(|| {
                let panes = document.query_selector(".panes").ok()??;
                let _ = panes.set_attribute("tabindex", "-1");
                Some(panes)
            })
        });
        if let Some(element) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    })
    .forget();
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}
