//! Starts the page.

use std::panic::PanicHookInfo;

use web::embed;
use web::state::persist;

fn main() {
    yew::set_custom_panic_hook(Box::new(stopped));
    if embed::is_embedded() {
        embed::run();
    } else {
        yew::Renderer::<web::App>::new().render();
    }
}

/// Nothing works after this, so the work is saved first, and the page says what happened.
fn stopped(info: &PanicHookInfo<'_>) {
    if embed::is_embedded() {
        embed::tell_stopped(&info.to_string());
        report(&info.to_string(), None);
        return;
    }
    let _ = persist::flush();
    persist::note_stop();
    report(&info.to_string(), persist::unsaved().as_deref());
}

fn report(detail: &str, unsaved: Option<&str>) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let (Some(body), Ok(message)) = (document.body(), document.create_element("div")) else {
        return;
    };
    message.set_id("boot-failure");
    let _ = message.set_attribute("role", "alert");
    let append = |name: &str, text: &str| {
        if let Ok(part) = document.create_element(name) {
            part.set_text_content(Some(text));
            let _ = message.append_child(&part);
        }
    };
    append("h1", texts::stopped_heading());
    append("p", texts::stopped_mistake());
    match unsaved {
        None => append("p", texts::stopped_kept()),
        Some(text) => {
            append("p", texts::stopped_not_kept());
            append("textarea", text);
        }
    }
    append("p", detail);
    let _ = body.prepend_with_node_1(&message);
}
