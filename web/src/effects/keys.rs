//! Keys that work on the whole page: the commands that have some, and F6 from part to part.

use gloo_events::{EventListener, EventListenerOptions};
use texts::Text;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::focus::focus_first;
use crate::context::{use_dispatch, use_model};
use crate::state::commands::by_keys;
use crate::state::{Action, Model, Pane, Switch};

/// Places that have an undo of their own, and where a letter is a letter.
const FIELDS: &str = "input, textarea, select, guardrail-editor, [contenteditable]";
/// Places above the page.
const ABOVE: &str = "dialog, [popover]";
/// The parts of the page, as the state and the style sheet name them.
const PANES: [(Pane, &str); 4] = [
    (Pane::Organization, ".organization"),
    (Pane::Requests, ".requests"),
    (Pane::Trace, ".trace"),
    (Pane::Policies, ".policies"),
];

/// Listens for the keys of the whole page.
#[hook]
pub fn use_keys() {
    let dispatch = use_dispatch();
    let model = use_model();
    let latest = use_mut_ref(|| model.clone());
    *latest.borrow_mut() = model;
    use_effect_with(dispatch, move |dispatch| {
        let dispatch = dispatch.clone();
        let document = web_sys::window().and_then(|window| window.document());
        let listener = document.map(|document| {
            let pressed = document.clone();
            EventListener::new_with_options(
                &document,
                "keydown",
                EventListenerOptions::enable_prevent_default(),
                move |event| {
                    let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                        return;
                    };
                    let model = latest.borrow().clone();
                    let action = match event.key().as_str() {
                        _ if event.default_prevented() => None,
                        "F6" => next_pane(&pressed, event.shift_key()),
                        _ => meant(event, &model),
                    };
                    if let Some(action) = action {
                        event.prevent_default();
                        let shown = match action {
                            Action::PaneShown(pane) => Some(pane),
                            _ => None,
                        };
                        dispatch.emit(action);
                        if let Some(pane) = shown {
                            focus_first(vec![selector(pane)]);
                        }
                    }
                },
            )
        });
        move || drop(listener)
    });
}

fn meant(event: &KeyboardEvent, model: &Model) -> Option<Action> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let is_in = |places: &str| matches!(target.closest(places), Ok(Some(_)));
    if event.alt_key() || is_in(ABOVE) {
        return None;
    }
    let key = event.key();
    let (first, second) = if is_apple() {
        (event.meta_key(), event.ctrl_key())
    } else {
        (event.ctrl_key(), event.meta_key())
    };
    // Where the other key is the usual one, undo and redo are known by both.
    let chord = if first || (second && "zZyY".contains(&key)) {
        let shift = if event.shift_key() { "Shift " } else { "" };
        format!("Mod {shift}{}", key.to_uppercase())
    } else if second || is_in(FIELDS) || model.preferences.has(Switch::NoSingleKeys) {
        return None;
    } else {
        key
    };
    let action = (by_keys(&chord)?.action)(model).filter(|action| model.admits(action))?;
    let own_undo = matches!(action, Action::Undone | Action::Redone) && is_in(FIELDS);
    (!own_undo).then_some(action)
}

/// The part of the page after the one that has the focus.
fn next_pane(document: &Document, back: bool) -> Option<Action> {
    let active = document.active_element()?;
    let here = PANES
        .iter()
        .position(|(_, name)| matches!(active.closest(name), Ok(Some(_))));
    let last = PANES.len() - 1;
    let next = match (here, back) {
        (None, false) => 0,
        (None, true) => last,
        (Some(at), false) => (at + 1) % PANES.len(),
        (Some(at), true) => at.checked_sub(1).unwrap_or(last),
    };
    PANES.get(next).map(|(pane, _)| Action::PaneShown(*pane))
}

/// Where the first thing of a part stands that can have the focus.
pub(super) fn selector(pane: Pane) -> String {
    let name = PANES.iter().find(|(one, _)| *one == pane);
    let name = name.map_or("", |(_, name)| name);
    ["[tabindex='0']", "button:not([tabindex='-1'])", "input"]
        .map(|thing| format!(".panes {name} {thing}"))
        .join(", ")
}

thread_local! {
    static IS_APPLE: bool = {
        let platform = web_sys::window().and_then(|window| window.navigator().platform().ok());
        platform.is_some_and(|name| name.starts_with("Mac") || name.starts_with("iP"))
    };
}

/// Whether ⌘ is the key for commands here.
fn is_apple() -> bool {
    IS_APPLE.with(|it| *it)
}

/// The keys that have other names on other keyboards.
const KEYS: [(&str, Text); 11] = [
    ("Ctrl", texts::KEYS_CTRL),
    ("Shift", texts::KEYS_SHIFT),
    ("Enter", texts::KEYS_ENTER),
    ("Space", texts::KEYS_SPACE),
    ("Insert", texts::KEYS_INSERT),
    ("Delete", texts::KEYS_DELETE),
    ("Del", texts::KEYS_DEL),
    ("Home", texts::KEYS_HOME),
    ("End", texts::KEYS_END),
    ("Letters", texts::KEYS_LETTERS),
    ("then", texts::KEYS_THEN),
];

/// Keys as they stand on the keyboard here.
#[must_use]
pub fn keys_in_words(keys: &str) -> String {
    let keys = keys.replace("Mod", if is_apple() { "⌘" } else { "Ctrl" });
    let mut said = String::new();
    for word in keys.split_inclusive([' ', ',']) {
        let key = word.trim_end_matches([' ', ',']);
        let name = KEYS.iter().find(|(known, _)| *known == key);
        said.push_str(name.map_or(key, |(_, text)| texts::get(*text)));
        said.push_str(word.strip_prefix(key).unwrap_or_default());
    }
    said
}

/// Gives the focus to an element.
pub(super) fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}
