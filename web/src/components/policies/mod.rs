//! The policies: tabs, what and where each is, its text in the editor, what is wrong with it.

mod findings;
mod kind;
mod menus;
mod meta;
mod pane;
mod size;
mod tabs;
mod uses;

pub(crate) use kind::{kind_word, short_kind_word};
pub use pane::PoliciesPane;
