//! The trace of the selected request: the verdict in a sentence, the policy types in order, and
//! the statements with both operands of each element.

mod body;
mod branches;
mod fold;
mod idle;
mod keys;
mod marked;
mod message;
mod missing;
mod opened;
mod others;
mod pane;
mod preview;
mod said;
mod stage_panel;
mod statement;
mod strip;
mod switch;
mod thought;
mod tone;
mod ways;

pub use pane::TracePane;
pub(crate) use switch::as_if;
pub(crate) use tone::verdict_word;
