//! A link that is no scenario: what is wrong, and its text, so that nothing is lost.

use yew::prelude::*;

use super::modal::Modal;
use crate::components::ui::sentence;

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
    html! {
        <Modal title={texts::broken_link_link_cant_opened()}>
            <p>{ sentence(&props.message) }</p>
            <p>
                { texts::broken_link_nothing_was_opened() }
            </p>
            <label class="dialog-label">
                { texts::broken_link_end_address_came() }
                <textarea class="field outlined dialog-text" readonly=true rows="5" value={props.raw.clone()} />
            </label>
        </Modal>
    }
}
