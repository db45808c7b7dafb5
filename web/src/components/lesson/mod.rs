//! The lesson: its steps, what is to be done, and what became of it; for its author the form that
//! it is written in.

mod author;
mod explain;
mod feedback;
mod goals;
mod hints;
mod ideas;
mod pane;
mod predict;
mod progress;
mod step;
mod text;

pub use author::Author;
pub(crate) use ideas::thought;
pub use pane::LessonPane;
