//! What a person made and looks at, and how each event changes it.
//!
//! Plain data and pure functions: nothing here knows Yew's components or the DOM. [`reduce`] is
//! the whole behaviour; [`Store`] adds the engine, which turns a changed scenario into a new
//! analysis; [`persist`] is the one place that touches the browser's storage.

mod action;
mod cells;
pub mod commands;
mod compose;
mod embed;
mod entity;
mod history;
pub mod import;
mod label;
mod language;
pub mod lesson;
mod model;
mod opened;
mod opening;
pub mod persist;
pub mod places;
mod preferences;
mod reduce;
mod shapes;
mod start;
pub mod storage;
mod store;
mod trace;
mod tree;
mod work;

pub use action::{Action, Source};
pub use embed::{Editing, Embed, EmbedAction, Hidden, Reveals};
pub use history::{History, Millis, Step};
pub use label::switched_part;
pub use label::{account_name, principal_word, resource_name};
pub use language::Language;
pub use lesson::{Learning, LessonAction};
pub use model::{
    Dialog, Entity, Model, Notice, NoticeButton, Origin, Pane, Reveal, Selection, Shown,
    StorageState,
};
pub use opened::{Opened, apart_from_record};
pub use preferences::{Preferences, Switch, Theme};
pub use reduce::reduce;
pub use shapes::Shape;
pub use start::{Fragment, of_link, read_fragment, start};
pub use store::Store;
pub use trace::{Sought, TracePlace};
pub use tree::{Next, Slot, TreeAction, TreeState, attaching, detaching, moving, refusal, tops};
pub use work::WorkId;
