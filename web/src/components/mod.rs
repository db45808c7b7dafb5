//! What is on the page.

pub mod dialogs;
pub mod header;
pub mod hint;
pub mod lesson;
pub mod map;
pub mod matrix;
pub mod notice;
pub mod organization;
pub mod pinned;
pub mod policies;
pub mod requests;
pub mod since;
pub mod tabs;
pub mod trace;
pub mod ui;
