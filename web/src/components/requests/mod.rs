//! The requests: a table that is edited in place, with the verdict of each.

mod add;
mod caller;
mod caller_kind;
mod changes;
mod check;
mod clipboard;
mod columns;
mod context_keys;
mod controls;
mod details;
mod editor;
mod events;
mod expect;
mod fields;
mod grid;
mod keyed;
mod offers;
mod pane;
mod paste;
mod regions;
mod row;
mod same;
mod short;
mod slot;
mod sub_rows;
mod toolbar;
mod view;

pub use pane::RequestsPane;
pub(crate) use same::Same;
pub(crate) use short::short_arn;
