//! The page inside another page: `v1/embed/` and the single HTML file.
//!
//! [`parameters`] reads what the address asks for, [`message`] what the host says; [`host`] answers,
//! and tells the host what happens here. Nothing is stored, and the address is never changed.
//! `docs/embedding.md` describes the parameters and messages, which stay as they are for ever.

mod file;
mod host;
mod message;
mod opening;
mod page;
mod parameters;
mod result;
mod scripts;
mod size;

use web_sys::Element;

pub(crate) use file::made as made_file;
pub use host::tell_stopped;

/// The element that started the page, which names its files.
fn boot() -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id("boot")
}

/// Starts an embedded page.
#[inline(never)]
pub fn run() {
    yew::Renderer::<page::EmbeddedApp>::new().render();
}

/// Whether the page was started as an embedded one.
#[must_use]
pub fn is_embedded() -> bool {
    boot().is_some_and(|boot| boot.has_attribute("data-embed"))
}
