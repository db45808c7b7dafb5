//! The facade: a scenario in, an analysis out.
//!
//! [`Engine`] evaluates and remembers; [`link`] turns scenarios into addresses and back,
//! [`recorded`] says which verdicts differ since, and [`mask`] makes up ids and names before;
//! [`examples`] and [`lessons`] come with the page, [`lesson`] judges what a learner does,
//! [`wrong_ideas`] tells what misreadings would answer, and [`exercise`] writes requests that show a
//! policy at work. Which text says a verdict or a reason is settled in [`words`] and in the
//! sentences beside it; the texts themselves are in the catalogue of `texts`.
//!
//! This crate knows no DOM, no wasm-bindgen and no storage.

mod changes;
mod difference;
mod engine;
pub mod examples;
pub mod exercise;
mod expect;
pub mod lesson;
pub mod lessons;
pub mod link;
pub mod mask;
mod present;
pub mod recorded;
mod report;
mod sentence;
mod view;
pub mod what_if;
pub mod wire;
pub mod words;
pub mod wrong_ideas;

pub use changes::{Hunk, VerdictChange, line_changes, verdict_changes};
pub use engine::{Engine, PolicyUsage, StatementUsage};
pub use report::{Block, markdown, report};
pub use view::{
    Analysis, BlockerView, BranchView, ElementView, ExpectationView, Focus, Inline, KeyView,
    LevelView, Phrase, PolicyView, QuestionView, RequestView, ResourceView, RowView, StageView,
    StatementView, TraceView, TriedView, UnknownView, ValueView,
};
