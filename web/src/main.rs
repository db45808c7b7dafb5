//! Starts the page.

use std::panic::{self, PanicHookInfo};

use web::state::persist;

fn main() {
    panic::set_hook(Box::new(stopped));
    yew::Renderer::<web::App>::new().render();
}

/// Nothing works after this, so the work is saved first, and the page says what happened.
fn stopped(info: &PanicHookInfo<'_>) {
    let _ = persist::flush();
    persist::note_stop();
    report(&info.to_string());
}

fn report(detail: &str) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let Some(body) = document.body() else { return };
    let parts = [
        ("h1", "Guardrail has stopped"),
        (
            "p",
            "This is a mistake in Guardrail. Your scenario is kept in this browser: reload the \
             page and open it from Examples, “Earlier work”.",
        ),
        ("p", detail),
    ];
    let Ok(message) = document.create_element("div") else {
        return;
    };
    message.set_id("boot-failure");
    let _ = message.set_attribute("role", "alert");
    for (name, text) in parts {
        if let Ok(part) = document.create_element(name) {
            part.set_text_content(Some(text));
            let _ = message.append_child(&part);
        }
    }
    let _ = body.prepend_with_node_1(&message);
}
