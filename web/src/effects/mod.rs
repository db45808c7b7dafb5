//! What the page does beside drawing: saving, the address, keys for the whole page, the theme.

mod address;
mod keys;
mod look;
mod saving;

pub use address::{fragment, location_without_fragment, return_to_kept_work, use_address};
pub use keys::use_keys;
pub use look::{use_theme, use_title};
pub use saving::use_saving;
