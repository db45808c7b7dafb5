//! The talk with the page around this one. Only what the parent window says is heard. What tells no
//! more than verdicts goes to the parent whoever it is; the scenario goes to the window that asked
//! for it, at the origin that it asked from.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::JSON;
use organization::{AccountId, RequestId, Scenario, file};
use playground::{Engine, link};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Url, Window};
use yew::prelude::*;

use super::boot;
use super::message::{self, Asked, KINDS, Message, Refusal, TYPE};
use super::result::{Assertions, results};
use crate::components::map::object;
use crate::components::requests::Same;
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::effects::location_without_fragment;
use crate::state::{Action, Dialog, EmbedAction, Model, Pane};

/// How long news waits for more, in milliseconds.
const WAIT: u32 = 60;

thread_local! {
    /// The origin that the parent has last spoken from; none while it has not.
    static HOST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The window around this one.
pub(super) fn parent() -> Option<Window> {
    let window = web_sys::window()?;
    let parent = window.parent().ok()??;
    (JsValue::from(&window) != JsValue::from(&parent)).then_some(parent)
}

/// A message with its fields.
fn said(kind: &str, fields: &[(&str, &JsValue)]) -> JsValue {
    let (kind, version) = (JsValue::from_str(kind), JsValue::from_str(TYPE));
    let mut all = vec![("type", &version), ("kind", &kind)];
    all.extend_from_slice(fields);
    object(&all)
}

/// Tells the parent something that anybody may hear.
pub(super) fn tell(kind: &str, fields: &[(&str, &JsValue)]) {
    if let Some(parent) = parent() {
        let _ = parent.post_message(&said(kind, fields), "*");
    }
}

/// Tells the parent that something is wrong.
pub(super) fn tell_error(refusal: &Refusal) {
    let (code, text) = in_js(refusal);
    tell("error", &[("code", &code), ("text", &text)]);
}

fn in_js(refusal: &Refusal) -> (JsValue, JsValue) {
    (
        JsValue::from_str(refusal.code),
        JsValue::from_str(&refusal.text),
    )
}

/// Tells the parent that the page has stopped for good.
pub(super) fn tell_stopped(detail: &str) {
    tell_error(&Refusal::new("stopped", detail));
}

fn as_js(value: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).unwrap_or(JsValue::NULL)
}

/// The fragment of the link to a scenario, with its `#`.
fn hash(scenario: &Scenario) -> String {
    format!("#{}", link::encode(scenario))
}

/// The address of a scenario in the full page.
///
/// A sandbox goes along to what is opened from it, and the full page cannot run in every sandbox: so
/// from there the address is that of this page, which goes on to the full one where it can.
pub(super) fn full_page(scenario: &Scenario) -> String {
    let window = web_sys::window();
    let origin = window.as_ref().map(Window::origin).unwrap_or_default();
    let here = location_without_fragment();
    let page = boot().and_then(|boot| boot.get_attribute("data-page"));
    let page = page.unwrap_or_default();
    let address = if origin == "null" && !here.starts_with("file:") {
        let here = here.split('?').next().unwrap_or_default();
        format!("{here}?open=page")
    } else {
        let resolved = Url::new_with_base(&page, &here);
        resolved.map(|url| url.href()).unwrap_or(page)
    };
    format!("{address}{}", hash(scenario))
}

/// Hears what the parent asks, and tells it what happens.
#[hook]
pub(super) fn use_host() {
    let model = use_model();
    let dispatch = use_dispatch();
    let latest = use_mut_ref(|| Rc::clone(&model));
    *latest.borrow_mut() = Rc::clone(&model);
    use_effect_with(dispatch, move |dispatch| {
        let dispatch = dispatch.clone();
        let listener = web_sys::window().zip(parent()).map(|(window, parent)| {
            EventListener::new(&window, "message", move |event| {
                let Some(event) = event.dyn_ref::<MessageEvent>() else {
                    return;
                };
                if event.source().map(JsValue::from) != Some(JsValue::from(&parent)) {
                    return;
                }
                if let Some(message) = message::read(&event.data()) {
                    HOST.set(Some(event.origin()));
                    let model = Rc::clone(&latest.borrow());
                    answer(&parent, event, message, &model, &dispatch);
                }
            })
        });
        move || drop(listener)
    });
    use_effect_with((), |()| {
        let version = JsValue::from_str(env!("CARGO_PKG_VERSION"));
        tell(
            "ready",
            &[("version", &version), ("features", &as_js(&KINDS))],
        );
    });
    let broken = match &model.dialog {
        Some(Dialog::BrokenLink { message, .. }) => Some(message.clone()),
        _ => None,
    };
    use_effect_with((), move |()| {
        if let Some(message) = broken {
            tell_error(&Refusal::new("link", message));
        }
    });
    use_news(&model);
}

/// Tells of the verdicts and of changes, a moment after each.
#[hook]
fn use_news(model: &Rc<Model>) {
    let engine = use_mut_ref(Engine::new);
    // What the host gives before it has heard of anything is a change as well.
    let first = use_memo((), |()| Same(Rc::clone(&model.scenario)));
    let told = use_mut_ref(|| None::<(Same<Scenario>, String, Assertions)>);
    let what = Same(Rc::clone(&model.analysis));
    let model = Rc::clone(model);
    use_effect_with(what, move |_| {
        let news = move || {
            let scenario = Same(Rc::clone(&model.scenario));
            let results = as_js(&results(
                &mut engine.borrow_mut(),
                &model.scenario,
                &model.analysis,
            ));
            let written = JSON::stringify(&results).map_or_else(|_| String::new(), String::from);
            let assertions = Assertions::of(&model.analysis);
            let before = told.replace(Some((scenario.clone(), written.clone(), assertions)));
            let known = before.as_ref().map_or(&*first, |(one, ..)| one);
            if *known != scenario {
                tell_change(&model);
            }
            if before.as_ref().is_none_or(|(_, one, _)| *one != written) {
                tell("result", &[("requests", &results)]);
            }
            if before.is_none_or(|(.., one)| one != assertions) {
                let [passed, failed, total] = assertions.numbers().map(JsValue::from);
                tell(
                    "assert",
                    &[("passed", &passed), ("failed", &failed), ("total", &total)],
                );
            }
        };
        let timer = parent().map(|_| Timeout::new(WAIT, news));
        move || drop(timer)
    });
}

/// The link goes along only to a parent that has spoken, at the origin that it has spoken from.
fn tell_change(model: &Model) {
    let given = model.embed.as_ref().map(|embed| Rc::clone(&embed.given));
    let dirty = JsValue::from(given.is_some_and(|given| *given != *model.scenario));
    let Some(origin) = HOST.with_borrow(Option::clone) else {
        return tell("change", &[("dirty", &dirty)]);
    };
    let hash = JsValue::from_str(&hash(&model.scenario));
    let said = said("change", &[("dirty", &dirty), ("hash", &hash)]);
    if let Some(parent) = parent() {
        let _ = parent.post_message(&said, target(&origin));
    }
}

/// Who sits in a sandbox of its own has no origin that could be named.
fn target(origin: &str) -> &str {
    match origin {
        "null" | "" => "*",
        origin => origin,
    }
}

/// Does what was asked, and says so to whoever asked.
fn answer(
    asker: &Window,
    event: &MessageEvent,
    message: Message,
    model: &Model,
    dispatch: &Dispatch,
) {
    let reply = |kind: &str, fields: &[(&str, &JsValue)]| {
        let mut all = Vec::from(fields);
        if !message.id.is_undefined() {
            all.push(("id", &message.id));
        }
        let _ = asker.post_message(&said(kind, &all), target(&event.origin()));
    };
    let done = match message.asked {
        Ok(asked) => followed(asked, model, dispatch, &reply),
        Err(refusal) => Err(refusal),
    };
    if let Err(refusal) = done {
        let (code, text) = in_js(&refusal);
        reply("error", &[("code", &code), ("text", &text)]);
    }
}

type Reply<'a> = &'a dyn Fn(&str, &[(&str, &JsValue)]);

fn followed(
    asked: Asked,
    model: &Model,
    dispatch: &Dispatch,
    reply: Reply<'_>,
) -> Result<(), Refusal> {
    match asked {
        Asked::Load { scenario, made } => {
            let action = if made {
                EmbedAction::Made(scenario)
            } else {
                EmbedAction::Given(scenario)
            };
            dispatch.emit(Action::DialogClosed);
            dispatch.emit(Action::Embed(action));
        }
        Asked::SetTheme(theme) => dispatch.emit(Action::ThemeChosen(theme)),
        Asked::Lock(edit) => dispatch.emit(Action::Embed(EmbedAction::Locked(edit))),
        Asked::ShowTrace { request, account } => {
            let view = model.analysis.request(&RequestId::from(request.as_str()));
            let Some(view) = view else {
                let start: String = request.chars().take(40).collect();
                let text = format!("`request` is `{start}`: expected the id of a request");
                return Err(Refusal::new("request", text));
            };
            let account = account.map(|account| AccountId::from(account.as_str()));
            let row = |id: &AccountId| view.rows.iter().any(|row| row.account.as_ref() == Some(id));
            if account.as_ref().is_some_and(|id| !row(id)) {
                let text = "`account` is no account of that request: expected one of its rows";
                return Err(Refusal::new("request", text));
            }
            let request = view.id.clone();
            dispatch.emit(Action::RequestSelected { request, account });
            dispatch.emit(Action::PaneShown(Pane::Trace));
        }
        Asked::GetState => {
            let text = file::write(&model.scenario);
            let state = JSON::parse(&text).unwrap_or_else(|_| JsValue::from_str(&text));
            reply("state", &[("state", &state)]);
            return Ok(());
        }
        Asked::GetLink => {
            let link = JsValue::from_str(&full_page(&model.scenario));
            let hash = JsValue::from_str(&hash(&model.scenario));
            reply("link", &[("link", &link), ("hash", &hash)]);
            return Ok(());
        }
    }
    reply("done", &[]);
    Ok(())
}
