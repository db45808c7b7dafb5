//! The gallery of examples.

use playground::examples::ALL;
use yew::prelude::*;

use super::modal::Modal;
use super::picture::picture;
use crate::context::use_dispatch;
use crate::state::{Action, Dialog};

/// The gallery. Each example is an ordinary link, so it can be opened in a new tab or copied.
#[component]
pub(super) fn Examples() -> Html {
    let dispatch = use_dispatch();
    let course = dispatch.reform(|_: MouseEvent| Action::DialogOpened(Dialog::Course));
    html! {
        <Modal title={texts::common_examples()}>
            <p class="muted">
                { texts::examples_example_opens_beside() }
            </p>
            <p><button type="button" class="button outlined" onclick={course}>{ texts::lesson_to_the_course() }</button></p>
            <ul class="gallery">
                for example in ALL {
                    <li key={example.id}>
                        <a
                            class="gallery-entry" href={format!("#example/{}", example.id)}
                            onclick={dispatch.reform(|_: MouseEvent| Action::DialogClosed)}
                        >
                            { picture(example.id) }
                            <strong>{ example.title() }</strong>
                            <span class="muted">{ example.summary() }</span>
                        </a>
                    </li>
                }
            </ul>
        </Modal>
    }
}
