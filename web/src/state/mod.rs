//! What a person made and looks at, and how each event changes it.
//!
//! Plain data and pure functions: nothing here knows Yew's components or the DOM. [`reduce`] is
//! the whole behaviour; [`Store`] adds the engine, which turns a changed scenario into a new
//! analysis; [`persist`] is the one place that touches the browser's storage.

mod action;
mod compose;
mod entity;
mod history;
mod label;
mod model;
pub mod persist;
mod reduce;
mod start;
mod storage;
mod store;

pub use action::{Action, Source};
pub use history::{History, Millis, Step};
pub use label::switched_part;
pub use label::{account_name, resource_name};
pub use model::{
    Dialog, Entity, Model, Notice, NoticeButton, Origin, Pane, Reveal, Selection, Shown,
    StorageState, Theme,
};
pub use reduce::reduce;
pub use start::{Fragment, read_fragment, start};
pub use store::Store;
