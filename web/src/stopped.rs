//! What the page says when it has stopped for good.

/// Says so above the page. Work that could not be saved stands in a field, to be taken from there.
pub(crate) fn report(detail: &str, unsaved: Option<&str>) {
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
