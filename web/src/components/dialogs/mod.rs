//! The dialogs of the page; at most one is open.

mod adding;
mod broken_link;
mod course;
mod examples;
mod export;
mod help;
mod import;
mod modal;
mod move_node;
mod palette;
mod picture;
mod policy_kind;
mod preferences;
mod scenarios;
mod settings;
mod share;
mod single_file;

use yew::prelude::*;

use crate::context::use_model;
use crate::state::{Dialog, Model};

/// The open dialog, if any.
#[component]
pub fn Dialogs() -> Html {
    let model = use_model();
    match &model.dialog {
        Some(Dialog::Examples) => html! { <examples::Examples /> },
        Some(Dialog::Course) => html! { <course::Course /> },
        Some(Dialog::Scenarios) => html! { <scenarios::Scenarios /> },
        Some(Dialog::Palette) => html! { <palette::Palette /> },
        Some(Dialog::Import) => html! { <import::Import arrived={None} /> },
        Some(Dialog::Arrived(arrived)) => html! { <import::Import arrived={arrived.clone()} /> },
        Some(Dialog::Export) => html! { <export::Export /> },
        Some(Dialog::Share) => html! { <share::Share /> },
        Some(Dialog::Preferences) => html! { <preferences::PageSettings /> },
        Some(Dialog::Help) => html! { <help::Help /> },
        _ => of_every_page(&model),
    }
}

/// The open dialog of an embedded page, if any: those that [`Model::admits`] there.
#[component]
pub fn EmbeddedDialogs() -> Html {
    of_every_page(&use_model())
}

fn of_every_page(model: &Model) -> Html {
    match &model.dialog {
        Some(Dialog::Settings) => html! { <settings::Settings /> },
        Some(Dialog::BrokenLink { message, raw }) => html! {
            <broken_link::BrokenLink message={message.clone()} raw={raw.clone()} />
        },
        Some(Dialog::PolicyKind(policy)) => html! {
            <policy_kind::ChangeKind policy={policy.clone()} />
        },
        Some(Dialog::Move(node)) => html! { <move_node::MoveNode node={node.clone()} /> },
        _ => Html::default(),
    }
}
