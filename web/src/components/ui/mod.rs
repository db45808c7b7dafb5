//! Pieces that every pane uses.

mod breakable;
mod button;
mod icon;
mod menu;
mod phrase;
mod picker;
mod sentence;
mod verdict;
mod within;

pub use breakable::breakable;
pub use button::button;
pub use icon::{Glyph, Shape, glyph, shape};
pub(crate) use menu::place;
pub use menu::{Menu, MenuEntry, MenuList};
pub use phrase::phrase;
pub use picker::{Pick, Picker, Wish};
pub use sentence::{sentence, with_code};
pub use verdict::{
    outcome_badge, outcome_class, outcome_icon, truth_badge, verdict_badge, verdict_icon,
};
pub use within::within;
