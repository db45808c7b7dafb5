//! The trace of the selected request: the verdict in a sentence, the policy types in order, and
//! the statements with both operands of each element.

mod body;
mod branches;
mod fold;
mod keys;
mod missing;
mod others;
mod pane;
mod stage_panel;
mod statement;
mod strip;
mod switch;
mod tone;

pub use pane::TracePane;
pub(crate) use switch::as_if;
pub(crate) use tone::verdict_word;
