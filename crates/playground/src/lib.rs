//! The facade: a scenario in, an analysis out.
//!
//! [`Engine`] evaluates and remembers; [`link`] turns scenarios into addresses and back;
//! [`examples`] come with the page. All wording of verdicts and reasons is in [`words`] and in the
//! sentences beside it.
//!
//! This crate knows no DOM, no wasm-bindgen and no storage.

mod engine;
pub mod examples;
mod expect;
pub mod link;
mod present;
mod sentence;
mod view;
pub mod wire;
pub mod words;

pub use engine::Engine;
pub use view::{
    Analysis, BlockerView, BranchView, ElementView, ExpectationView, Focus, Inline, KeyView,
    LevelView, Phrase, PolicyView, QuestionView, RequestView, ResourceView, RowView, StageView,
    StatementView, TraceView, TriedView, UnknownView,
};
