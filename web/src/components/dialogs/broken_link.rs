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
        <Modal title="This link can't be opened">
            <p>{ sentence(&props.message) }</p>
            <p>
                { "Nothing was opened in its place: behind this message is your own work. \
                   Links are often cut by mail and chat programs; ask for the whole link, or \
                   for the scenario as a file." }
            </p>
            <label class="dialog-label">
                { "The end of the address as it came" }
                <textarea class="field outlined dialog-text" readonly=true rows="5" value={props.raw.clone()} />
            </label>
        </Modal>
    }
}
