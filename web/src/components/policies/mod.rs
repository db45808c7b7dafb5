//! The policies: tabs, what and where each is, its text in the editor, what is to say about it.

mod attach;
mod changes;
mod commands;
mod findings;
mod kind;
mod menus;
mod meta;
mod pane;
mod panel;
mod size;
mod tabs;
mod usage;
mod uses;

pub(crate) use kind::{kind_word, short_kind_word};
pub use pane::PoliciesPane;
pub(crate) use uses::all_uses;
