//! The map: the whole organization as a picture, with the way of the selected request through its
//! levels.
//!
//! The picture is drawn by the custom element `<guardrail-map>`, whose code is loaded when the map
//! or the matrix is opened for the first time; this module hands it what it draws and hears what a
//! person chose in it.

mod late;
mod pane;
mod records;

pub(crate) use late::{LateView, object};
pub use pane::MapPane;
pub(crate) use records::{account_of, record, tree, verdicts};
