//! The theme and the title of the window.

use yew::prelude::*;

use crate::context::use_model;
use crate::state::{Theme, persist};

/// Gives the page the chosen theme and keeps the choice.
#[hook]
pub fn use_theme() {
    let theme = use_model().theme;
    use_effect_with(theme, |&theme| {
        persist::keep_theme(theme);
        let root = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.document_element());
        let Some(root) = root else { return };
        let _ = match theme {
            Theme::System => root.remove_attribute("data-theme"),
            Theme::Light => root.set_attribute("data-theme", "light"),
            Theme::Dark => root.set_attribute("data-theme", "dark"),
        };
    });
}

/// Names the window after the scenario.
#[hook]
pub fn use_title() {
    let title = use_model().scenario.title.clone();
    use_effect_with(title, |title| {
        let document = web_sys::window().and_then(|window| window.document());
        let Some(document) = document else { return };
        if title.is_empty() {
            document.set_title("Guardrail");
        } else {
            document.set_title(&format!("{title} · Guardrail"));
        }
    });
}
