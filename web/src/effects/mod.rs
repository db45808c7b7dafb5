//! What the page does beside drawing: saving, the address, keys for the whole page, the look and the
//! language, what is brought to it, printing, and new versions of itself.

mod address;
mod focus;
mod import;
mod keys;
mod language;
mod lesson_result;
mod look;
mod print;
mod saving;
mod source;
mod version;

pub use address::{
    follow_link, fragment, is_fresh, location_without_fragment, return_to_kept_work, use_address,
};
pub use focus::focus_opened;
pub use import::{open_loaded, take_files, take_text, use_import};
pub use keys::{keys_in_words, use_keys};
pub use language::{speak_at_hand, use_language, wanted};
pub use lesson_result::use_lesson_result;
pub use look::{use_look, use_title};
pub use print::{print, use_print};
pub use saving::{open_work, use_saving};
pub(crate) use source::load_beside;
pub use version::{load_new_version, use_version};
