//! The theme and the title of the window.

use yew::prelude::*;

use crate::context::use_model;
use crate::state::{Switch, persist};

/// Gives the page the chosen look and keeps the choice.
#[hook]
pub fn use_look() {
    let preferences = use_model().preferences.clone();
    use_effect_with(preferences, |preferences| {
        persist::keep_preferences(preferences);
        let root = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.document_element());
        let Some(root) = root else { return };
        let contrast = match preferences.has(Switch::Contrast) {
            true => "more",
            false => "",
        };
        for (name, word) in [
            ("data-theme", preferences.theme.word()),
            ("data-contrast", contrast),
        ] {
            let _ = match word {
                "" => root.remove_attribute(name),
                word => root.set_attribute(name, word),
            };
        }
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
