//! The page: a Yew app over the `playground` facade.
//!
//! [`state`] holds what a person made and looks at, and how each event changes it: plain Rust, no
//! DOM. [`components`] draw it. [`effects`] are what the page does beside drawing: saving, the
//! address, keys for the whole page. Everything else is derived: verdicts, traces and findings
//! come from the engine after each change and are never edited.
//!
//! [`embed`] is the page inside another page, and a program of its own.
//!
//! No component evaluates a policy, and no text of a person ever becomes HTML.

mod app;
pub mod components;
pub mod context;
pub mod editor;
pub mod effects;
pub mod embed;
pub mod state;
mod stopped;

use std::panic::PanicHookInfo;

use state::persist;

pub use app::App;

/// Starts the page.
pub fn run() {
    yew::set_custom_panic_hook(Box::new(stop));
    yew::Renderer::<App>::new().render();
}

/// Nothing works after this, so the work is saved first, and the page says what happened.
fn stop(info: &PanicHookInfo<'_>) {
    let _ = persist::flush();
    persist::note_stop();
    stopped::report(&info.to_string(), persist::unsaved().as_deref());
}
