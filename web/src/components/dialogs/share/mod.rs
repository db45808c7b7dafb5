//! The share link: in several forms, as a QR code, with made-up ids if that is wished.

mod forms;
mod lengths;
mod qr;

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use playground::mask::{MaskError, Masked, mask};
use playground::{Engine, link, recorded};
use texts::Text;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::platform::spawn_local;
use yew::prelude::*;

use self::forms::{EDITS, FORMS, Form, Frame, VIEWS, formed, link_to};
use self::lengths::{grouped, lengths};
use self::qr::Code;
use super::modal::Modal;
use crate::components::requests::Same;
use crate::components::ui::button;
use crate::context::use_model;

/// So many places where a name still stands are listed.
const MOST_LEFT: usize = 6;

/// The dialog with the link.
#[component]
pub(super) fn Share() -> Html {
    let model = use_model();
    let masking = use_state_eq(|| false);
    let showing = use_state_eq(|| false);
    let frame = use_state_eq(|| Frame {
        view: "requests",
        edit: "requests",
        language: model.language,
    });
    let masked = use_memo(
        (Same(Rc::clone(&model.scenario)), *masking),
        |(scenario, on)| on.then(|| mask(scenario)),
    );
    let shared = {
        let (model, masked) = (model.clone(), masked.clone());
        use_memo(
            (Same(Rc::clone(&model.scenario)), *masking),
            move |(scenario, _)| {
                // Without a masked one the scenario as it is stays where it is.
                let with_verdicts = match &*masked {
                    None => recorded::with_verdicts(scenario, &model.analysis.requests),
                    Some(Ok(masked)) => {
                        let mut analysis = Engine::new().analyze(&masked.scenario, None);
                        // What a lesson hides here is not told by the link either.
                        let seen = &model.analysis;
                        let requests = &mut analysis.requests;
                        requests.retain(|one| seen.request(&one.id).is_some());
                        recorded::with_verdicts(&masked.scenario, &analysis.requests)
                    }
                    Some(Err(_)) => return None,
                };
                let fragment = link::encode(&with_verdicts);
                let text = link_to(&fragment);
                Some((fragment, text))
            },
        )
    };
    let field = use_node_ref();
    let status = use_state_eq(|| "");
    let shown = use_state_eq(|| Form::Link);
    let oncopy = |form: Form, fragment: &str| {
        let text = formed(form, fragment, &model.scenario.title, *frame);
        let (field, status, shown) = (field.clone(), status.clone(), shown.clone());
        Callback::from(move |_: MouseEvent| {
            // What is copied stands in the field, so that it can be selected where copying is refused.
            shown.set(form);
            let said = status.clone();
            copy(&text, &field, move |copied| said.set(copied));
            let status = status.clone();
            Timeout::new(8_000, move || status.set("")).forget();
        })
    };
    let onmask = {
        let masking = masking.clone();
        Callback::from(move |event: Event| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                masking.set(field.checked());
            }
        })
    };
    let oncode = {
        let showing = showing.clone();
        Callback::from(move |_: MouseEvent| showing.set(!*showing))
    };
    let title = AttrValue::from(model.scenario.title.clone());
    html! {
        <Modal title={texts::common_share()}>
            <p>
                { texts::share_nothing_leaves() }
            </p>
            <label class="dialog-check">
                <input type="checkbox" checked={*masking} onchange={onmask} />
                <span>
                    { texts::share_mask() }
                    <span class="muted small">
                        { texts::share_mask_means() }
                    </span>
                </span>
            </label>
            <div role="status">{ about_mask((*masked).as_ref()) }</div>
            if let Some((fragment, text)) = &*shared {
                if fragment.len() > link::MAX_FRAGMENT {
                    <p class="dialog-refusal">
                        <strong>{ texts::share_too_large() }</strong>
                        { texts::share_too_large_means(&grouped(fragment.len()), &grouped(link::MAX_FRAGMENT)) }
                    </p>
                } else {
                    <label class="dialog-label">
                        { texts::share_link() }
                        <textarea
                            ref={&field} class="field outlined dialog-text" readonly=true rows="4"
                            value={formed(*shown, fragment, &model.scenario.title, *frame)}
                            onfocus={select_all()}
                        />
                    </label>
                    <div class="dialog-actions">
                        for (form, word) in FORMS {
                            { button(
                                if form == Form::Link { "button primary" } else { "button outlined" },
                                None, oncopy(form, fragment), html! { texts::get(word) },
                            ) }
                        }
                        <button
                            type="button" class="button outlined" aria-expanded={showing.to_string()}
                            onclick={oncode}
                        >
                            { texts::share_qr_code() }
                        </button>
                    </div>
                    <p role="status" class="share-said">{ *status }</p>
                    if *showing {
                        <Code link={text.clone()} {title} />
                    }
                    { lengths(text.chars().count()) }
                    <p class="share-frame">
                        { texts::share_iframe_shows() }
                        { choice(texts::share_what_iframe_shows(), &VIEWS, frame.view, &frame, |frame, view| Frame { view, ..frame }) }
                        { texts::share_iframe_and_lets() }
                        { choice(texts::share_what_readers_change(), &EDITS, frame.edit, &frame, |frame, edit| Frame { edit, ..frame }) }
                        { "." }
                    </p>
                }
            }
        </Modal>
    }
}

/// What masking has done, or why it cannot be done.
fn about_mask(masked: Option<&Result<Masked, MaskError>>) -> Html {
    match masked {
        None => Html::default(),
        Some(Ok(masked)) => html! {
            <div class="dialog-box">
                <p>
                    { texts::share_masked(&masked.ids, &masked.names) }
                </p>
                if !masked.left.is_empty() {
                    <p>{ texts::share_still_stands() }</p>
                    <ul class="dialog-remarks">
                        for place in masked.left.iter().take(MOST_LEFT) {
                            <li><code>{ place }</code></li>
                        }
                        if masked.left.len() > MOST_LEFT {
                            <li>{ texts::common_and_more(&(masked.left.len() - MOST_LEFT)) }</li>
                        }
                    </ul>
                }
            </div>
        },
        Some(Err(MaskError::OtherVerdicts(requests))) => {
            let requests = requests.iter().take(MOST_LEFT).map(ToString::to_string);
            html! {
                <p class="dialog-refusal">
                    <strong>{ texts::share_cant_mask() }</strong>
                    { texts::share_other_verdicts(&requests.collect::<Vec<_>>().join(", ")) }
                </p>
            }
        }
        Some(Err(MaskError::Unreadable(error))) => html! {
            <p class="dialog-refusal">
                <strong>{ texts::share_cant_mask() }</strong>
                { error }
            </p>
        },
    }
}

/// A list to choose from, inside of a sentence.
fn choice(
    label: &'static str,
    choices: &'static [(&'static str, Text)],
    chosen: &'static str,
    frame: &UseStateHandle<Frame>,
    with: fn(Frame, &'static str) -> Frame,
) -> Html {
    let frame = frame.clone();
    let onchange = Callback::from(move |event: Event| {
        let value = event
            .target_dyn_into::<HtmlSelectElement>()
            .map(|field| field.value());
        let found = choices
            .iter()
            .find(|(word, _)| value.as_deref() == Some(word));
        if let Some((word, _)) = found {
            frame.set(with(*frame, word));
        }
    });
    html! {
        <select class="field outlined" aria-label={label} {onchange}>
            for &(word, said) in choices {
                <option value={word} selected={word == chosen}>{ texts::get(said) }</option>
            }
        </select>
    }
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
        // The field may be about to show another text.
        Timeout::new(0, move || {
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                let _ = field.focus();
                field.select();
            }
            done(texts::share_browser_does_let());
        })
        .forget();
    });
}
