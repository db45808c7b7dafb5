//! The dialogs of the page; at most one is open.

mod broken_link;
mod delete_node;
mod examples;
mod export;
mod help;
mod import;
mod modal;
mod move_node;
mod settings;
mod share;

use yew::prelude::*;

use crate::context::use_model;
use crate::state::Dialog;

/// The open dialog, if any.
#[component]
pub fn Dialogs() -> Html {
    let model = use_model();
    match &model.dialog {
        None => Html::default(),
        Some(Dialog::Examples) => html! { <examples::Examples /> },
        Some(Dialog::Import) => html! { <import::Import /> },
        Some(Dialog::Export) => html! { <export::Export /> },
        Some(Dialog::Share) => html! { <share::Share /> },
        Some(Dialog::Settings) => html! { <settings::Settings /> },
        Some(Dialog::Help) => html! { <help::Help /> },
        Some(Dialog::BrokenLink { message, raw }) => html! {
            <broken_link::BrokenLink message={message.clone()} raw={raw.clone()} />
        },
        Some(Dialog::Move(node)) => html! { <move_node::MoveNode node={node.clone()} /> },
        Some(Dialog::Delete(node)) => html! { <delete_node::DeleteNode node={node.clone()} /> },
    }
}
