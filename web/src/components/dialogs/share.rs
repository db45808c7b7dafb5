//! The share link.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use playground::link;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlTextAreaElement;
use yew::platform::spawn_local;
use yew::prelude::*;

use super::modal::Modal;
use crate::components::requests::Same;
use crate::context::use_model;
use crate::effects::location_without_fragment;

/// Longest message in Discord: its API reference, "Create Message", `content`.
const DISCORD: usize = 2_000;
/// Longest message in Telegram: its Bot API, `sendMessage`, `text`.
const TELEGRAM: usize = 4_096;

/// The dialog with the link.
#[component]
pub(super) fn Share() -> Html {
    let model = use_model();
    let link = use_memo(Same(Rc::clone(&model.scenario)), |scenario| {
        format!("{}#{}", location_without_fragment(), link::encode(scenario))
    });
    let field = use_node_ref();
    let status = use_state_eq(|| "");
    let copy = {
        let (link, field, status) = (link.clone(), field.clone(), status.clone());
        Callback::from(move |_: MouseEvent| {
            copy(&link, &field, {
                let status = status.clone();
                move |copied| status.set(copied)
            });
            let status = status.clone();
            Timeout::new(4_000, move || status.set("")).forget();
        })
    };
    html! {
        <Modal title={texts::common_share()}>
            <p>
                { texts::share_link_holds_whole() }
            </p>
            <label class="dialog-label">
                { texts::share_link() }
                <textarea
                    ref={&field} class="field outlined dialog-text" readonly=true rows="4"
                    value={(*link).clone()} onfocus={select_all()}
                />
            </label>
            <div class="dialog-actions">
                <button type="button" class="button primary" onclick={copy}>{ texts::share_copy_link() }</button>
                <span role="status" class="muted">{ *status }</span>
            </div>
            <p class="muted small">{ length_remark(link.chars().count()) }</p>
        </Modal>
    }
}

fn length_remark(length: usize) -> String {
    let remark = if length <= DISCORD {
        texts::share_fits_into_one()
    } else if length <= TELEGRAM {
        texts::share_too_long_one()
    } else {
        texts::share_too_long_one_message()
    };
    texts::share_characters(&grouped(length), &remark)
}

fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push_str(texts::common_thousands());
        }
        text.push(digit);
    }
    text
}

fn select_all() -> Callback<FocusEvent> {
    Callback::from(|event: FocusEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() {
            field.select();
        }
    })
}

/// Copies by the clipboard; where that is refused the text is selected for copying by hand.
pub(super) fn copy(text: &str, field: &NodeRef, done: impl Fn(&'static str) + 'static) {
    let clipboard = web_sys::window().map(|window| window.navigator().clipboard());
    let text = text.to_owned();
    let field = field.clone();
    spawn_local(async move {
        let written = match clipboard {
            Some(clipboard) if !clipboard.is_undefined() => {
                JsFuture::from(clipboard.write_text(&text)).await.is_ok()
            }
            _ => false,
        };
        if written {
            done(texts::share_copied());
            return;
        }
        if let Some(field) = field.cast::<HtmlTextAreaElement>() {
            let _ = field.focus();
            field.select();
        }
        done(texts::share_browser_does_let());
    });
}

#[cfg(test)]
mod tests {
    use super::{grouped, length_remark};

    #[test]
    fn long_links_name_what_cuts_them() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(999), "999");
        assert!(length_remark(2_000).contains("Fits"));
        assert!(length_remark(2_001).contains("Too long for one message in Discord"));
        assert!(!length_remark(4_096).contains("Telegram"));
        assert!(length_remark(4_097).contains("Telegram"));
    }
}
