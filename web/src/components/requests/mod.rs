//! The requests: a table that is edited in place, with the verdict of each.

mod actions;
mod caller;
mod caller_kind;
mod check;
mod controls;
mod details;
mod expect;
mod fields;
mod keyed;
mod pane;
mod regions;
mod row;
mod row_keys;
mod same;
mod short;
mod slot;
mod sub_rows;
mod who;

pub use pane::RequestsPane;
pub(crate) use same::Same;
