//! The page: a Yew app over the `playground` facade.
//!
//! [`state`] holds what a person made and looks at, and how each event changes it: plain Rust, no
//! DOM. [`components`] draw it. [`effects`] are what the page does beside drawing: saving, the
//! address, keys for the whole page. Everything else is derived: verdicts, traces and findings
//! come from the engine after each change and are never edited.
//!
//! [`embed`] is the page inside another page.
//!
//! No component evaluates a policy, and no text of a person ever becomes HTML.

mod app;
pub mod components;
pub mod context;
pub mod editor;
pub mod effects;
pub mod embed;
pub mod state;

pub use app::App;
