//! What every dialog is made of: the browser's own `<dialog>`, which holds the focus and gives it
//! back.

use gloo_events::EventListener;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::components::ui::{Glyph, glyph};
use crate::context::use_dispatch;
use crate::state::Action;

/// Properties of [`Modal`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct ModalProps {
    /// The heading, which is the name of the dialog.
    pub title: AttrValue,
    /// What is in it.
    pub children: Html,
}

/// A dialog that is open as long as it is drawn.
#[component]
pub(super) fn Modal(props: &ModalProps) -> Html {
    let dialog = use_node_ref();
    let dispatch = use_dispatch();
    {
        let dialog = dialog.clone();
        let dispatch = dispatch.clone();
        use_effect_with((), move |()| {
            let element = dialog.cast::<HtmlDialogElement>();
            let listener = element.as_ref().map(|element| {
                let _ = element.show_modal();
                EventListener::new(element, "close", move |_| {
                    dispatch.emit(Action::DialogClosed);
                })
            });
            move || {
                drop(listener);
                // Closing gives the focus back to where it was.
                if let Some(element) = element
                    && element.open()
                {
                    element.close();
                }
            }
        });
    }
    let onclick = {
        let dialog = dialog.clone();
        Callback::from(move |event: MouseEvent| {
            // A press on the backdrop has the dialog itself as its target, one inside has not.
            let element = dialog.cast::<HtmlDialogElement>();
            if let Some(element) = element
                && event.target().as_ref() == Some(element.as_ref())
            {
                element.close();
            }
        })
    };
    html! {
        <dialog ref={&dialog} class="dialog" aria-labelledby="dialog-title" {onclick}>
            <div class="dialog-body">
                <h2 id="dialog-title" class="dialog-title">{ &props.title }</h2>
                { props.children.clone() }
                // Last in the order of focus, so that the first is what the dialog is for.
                <button
                    type="button" class="icon-button dialog-close" aria-label={texts::common_close()}
                    onclick={dispatch.reform(|_: MouseEvent| Action::DialogClosed)}
                >
                    { glyph(Glyph::Cross) }
                </button>
            </div>
        </dialog>
    }
}
