use web_sys::HtmlElement;
use yew::platform::spawn_local;
use yew::prelude::*;

use super::fold::Fold;
use crate::components::ui::breakable;

/// The message that AWS would show, folded; it can be copied.
pub(super) fn message_fold(message: Option<&str>) -> Html {
    let Some(message) = message else {
        return Html::default();
    };
    let message = AttrValue::from(message.to_owned());
    let body = Callback::from(move |()| html! { <Message message={message.clone()} /> });
    html! { <Fold title={texts::trace_message_message_aws_would()} {body} /> }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct MessageProps {
    message: AttrValue,
}

#[component]
fn Message(props: &MessageProps) -> Html {
    let shown = use_node_ref();
    let said = use_state_eq(|| "");
    let onclick = {
        let (message, said, shown) = (props.message.clone(), said.clone(), shown.clone());
        Callback::from(move |_: MouseEvent| {
            let (message, said, shown) = (message.clone(), said.clone(), shown.clone());
            spawn_local(async move {
                said.set(if copied(&message).await {
                    texts::trace_message_copied()
                } else {
                    select(&shown);
                    texts::trace_message_copied_browser_does()
                });
            });
        })
    };
    html! {
        <div class="aws-message">
            <p ref={shown}><code>{ breakable(&props.message) }</code></p>
            <div class="aws-message-foot">
                <button type="button" class="button outlined" {onclick}>{ texts::trace_message_copy_the_message() }</button>
                <span class="muted small" aria-live="polite">{ *said }</span>
            </div>
            <p class="trace-notes">
                { texts::trace_message_form_aws_documents() }
            </p>
        </div>
    }
}

async fn copied(text: &str) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    let clipboard = window.navigator().clipboard();
    if clipboard.is_undefined() {
        return false;
    }
    wasm_bindgen_futures::JsFuture::from(clipboard.write_text(text))
        .await
        .is_ok()
}

/// Selects the message, so that it can be copied by hand.
fn select(shown: &NodeRef) {
    let selection = web_sys::window().and_then(|window| window.get_selection().ok().flatten());
    if let (Some(selection), Some(shown)) = (selection, shown.cast::<HtmlElement>()) {
        let _ = selection.select_all_children(&shown);
    }
}
