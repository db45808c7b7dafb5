//! A link that is no scenario: what is wrong, its text, so that nothing is lost, and a field for
//! what is missing.

use playground::link::{self, Named};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::modal::Modal;
use super::share::copy;
use crate::components::ui::{button, sentence};
use crate::context::{use_dispatch, use_model};
use crate::effects::follow_link;
use crate::state::{Action, Fragment, of_link};

/// Properties of [`BrokenLink`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct BrokenLinkProps {
    /// What is wrong, in a sentence.
    pub message: AttrValue,
    /// The fragment as it came.
    pub raw: AttrValue,
}

/// Says that a link can't be opened.
#[component]
pub(super) fn BrokenLink(props: &BrokenLinkProps) -> Html {
    let dispatch = use_dispatch();
    let model = use_model();
    let field = use_node_ref();
    let status = use_state_eq(|| "");
    let pasted = use_state_eq(String::new);
    let found = use_memo((props.raw.clone(), (*pasted).clone()), |(raw, pasted)| {
        (!pasted.trim().is_empty()).then(|| link::complete(raw, pasted))
    });
    let oncopy = {
        let (raw, field, status) = (props.raw.clone(), field.clone(), status.clone());
        Callback::from(move |_: MouseEvent| {
            let status = status.clone();
            copy(&raw, &field, move |said| status.set(said));
        })
    };
    let oninput = {
        let pasted = pasted.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() {
                pasted.set(field.value());
            }
        })
    };
    let open = match &*found {
        Some(Ok(named)) => Some({
            let (text, dispatch) = (address(named), dispatch.clone());
            Callback::from(move |_: MouseEvent| follow_link(&text, &dispatch))
        }),
        _ => None,
    };
    let onward = match model.is_empty() {
        true => texts::broken_link_begin_without(),
        false => texts::broken_link_go_on(),
    };
    let on = dispatch.reform(|_: MouseEvent| Action::DialogClosed);
    html! {
        <Modal title={texts::broken_link_link_cant_opened()}>
            <p>{ sentence(&props.message) }</p>
            <p>{ texts::broken_link_nothing_was_opened() }</p>
            if is_payload(&props.raw) {
                <label class="dialog-label">
                    { texts::broken_link_missing_part() }
                    <textarea
                        class="field outlined dialog-text" rows="3" spellcheck="false" {oninput}
                        placeholder={texts::broken_link_paste_the_rest()}
                    />
                </label>
                <div class="dialog-tried" role="status">{ tried((*found).as_ref()) }</div>
            }
            <div class="dialog-actions">
                if let Some(open) = open {
                    { button("button primary", None, open, html! { texts::common_open_it() }) }
                }
                { button("button outlined", None, on, html! { onward }) }
                { button("button outlined", None, oncopy, html! { texts::broken_link_copy_its_text() }) }
                <span role="status" class="muted">{ *status }</span>
            </div>
            <label class="dialog-label">
                { texts::broken_link_its_text() }
                <textarea
                    ref={&field} class="field outlined dialog-text" readonly=true rows="4"
                    value={props.raw.clone()}
                />
            </label>
        </Modal>
    }
}

/// Whether more of the text could make a scenario of it: not of the name of an example or lesson,
/// or of a file.
fn is_payload(raw: &str) -> bool {
    let name = raw.trim_start_matches('#');
    !["example/", "lesson/", "?src="]
        .iter()
        .any(|word| name.starts_with(word))
}

/// What a link is opened by.
fn address(named: &Named) -> String {
    match named {
        Named::Scenario(opened) => format!("#{}", opened.fragment),
        Named::Example(id) => format!("#example/{id}"),
        Named::Lesson(id) => format!("#lesson/{id}"),
    }
}

/// What came of the two together.
fn tried(found: Option<&Result<Named, link::LinkError>>) -> Html {
    match found {
        None => Html::default(),
        Some(Err(error)) => {
            html! { <p>{ texts::broken_link_not_yet() }{ sentence(&error.to_string()) }</p> }
        }
        Some(Ok(named)) => match of_link(named.clone()) {
            Fragment::Scenario(scenario) => {
                let title = match scenario.title.as_str() {
                    "" => texts::broken_link_without_title().to_owned(),
                    title => texts::broken_link_titled(&title),
                };
                let requests = scenario.requests.len();
                html! { <p>{ texts::broken_link_whole_now(&title, requests) }</p> }
            }
            Fragment::Broken(message) => html! { <p>{ sentence(&message) }</p> },
            Fragment::None | Fragment::Example(_) | Fragment::Lesson(_) => {
                html! { <p>{ texts::broken_link_an_example() }</p> }
            }
        },
    }
}
