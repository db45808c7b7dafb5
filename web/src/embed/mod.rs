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

use std::panic::PanicHookInfo;

use web_sys::Element;

use crate::stopped;

pub(crate) use file::made as made_file;

/// The element that started the page, which names its files.
fn boot() -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id("boot")
}

/// Whether the page was started as an embedded one.
pub(crate) fn is_embedded() -> bool {
    boot().is_some_and(|boot| boot.has_attribute("data-embed"))
}

/// Starts an embedded page.
pub fn run() {
    yew::set_custom_panic_hook(Box::new(stop));
    yew::Renderer::<page::EmbeddedApp>::new().render();
}

/// Nothing works after this. The page around this one hears of it.
fn stop(info: &PanicHookInfo<'_>) {
    let detail = info.to_string();
    host::tell_stopped(&detail);
    stopped::report(&detail, None);
}
