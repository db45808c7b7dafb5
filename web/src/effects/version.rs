//! A new version of the page that waits: `boot.js` tells of it, and loads it when it is asked to.

use gloo_events::EventListener;
use web_sys::Event;
use yew::prelude::*;

use crate::context::use_dispatch;
use crate::state::{Action, Notice, NoticeButton, persist};

/// What `boot.js` says on the window when a new version is ready.
const READY: &str = "guardrail-version-ready";
/// What it is told to load it.
const WANTED: &str = "guardrail-version-wanted";

/// Says that a new version is ready. The page never loads it by itself.
#[hook]
pub fn use_version() {
    let dispatch = use_dispatch();
    use_effect_with(dispatch, |dispatch| {
        let dispatch = dispatch.clone();
        let listener = web_sys::window().map(|window| {
            EventListener::new(&window, READY, move |_| {
                let notice = Notice::new(texts::version_new_version_guardrail());
                dispatch.emit(Action::Noticed(notice.with(NoticeButton::Reload)));
            })
        });
        move || drop(listener)
    });
}

/// Saves the work and loads the new version.
pub fn load_new_version() {
    let _ = persist::flush_at_last();
    if let (Some(window), Ok(event)) = (web_sys::window(), Event::new(WANTED)) {
        let _ = window.dispatch_event(&event);
    }
}
