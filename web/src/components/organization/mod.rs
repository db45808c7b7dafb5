//! The organization: the tree and what is known of the selected node.

mod commands;
mod details;
mod principals;
mod row;
mod rows;
mod start;
mod tree;

use organization::{NodeId, NodeRef, Organization};
use yew::prelude::*;

use crate::components::ui::{Glyph, Menu, MenuEntry, glyph};
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::Action;
use details::Details;
use start::Start;
use tree::Tree;

/// The pane with the organization.
#[component]
pub fn OrganizationPane() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let additions = {
        let place = (
            model.scenario.organization.clone(),
            model.selection.node.clone(),
        );
        let dispatch = dispatch.clone();
        use_memo(place, move |(organization, selected)| {
            organization
                .as_ref()
                .map(|organization| additions(organization, selected.as_ref(), &dispatch))
        })
    };
    html! {
        <section class="pane organization" aria-labelledby="organization-head">
            <div class="pane-head">
                <h2 id="organization-head">{ "Organization" }</h2>
                <span class="spacer" />
                if let Some(entries) = &*additions {
                    <Menu label="Add to the organization" class="button" entries={entries.clone()}>
                        { glyph(Glyph::Plus) }{ "Add" }
                    </Menu>
                }
            </div>
            { about(&model.scenario.description) }
            if let Some(organization) = &model.scenario.organization {
                <Tree organization={organization.clone()} />
                <Details organization={organization.clone()} />
            } else {
                <Start />
            }
        </section>
    }
}

/// What the author says of the scenario; paragraphs as they were typed.
fn about(description: &str) -> Html {
    if description.trim().is_empty() {
        return Html::default();
    }
    let paragraphs = description.split("\n\n").map(str::trim);
    html! {
        <details class="about" open=true>
            <summary>{ "About this scenario" }</summary>
            { for paragraphs.map(|paragraph| html! { <p>{ paragraph }</p> }) }
        </details>
    }
}

/// What can be added at the selected node, or at the root.
fn additions(
    organization: &Organization,
    selected: Option<&NodeId>,
    dispatch: &Dispatch,
) -> Vec<MenuEntry> {
    let index = organization.index();
    let selected = selected.and_then(|node| index.node(node.as_str()));
    let parent = match selected {
        Some(NodeRef::Account(account)) => index.parent(account.id.as_str()),
        other => other,
    };
    let parent = parent.unwrap_or(NodeRef::Root(&organization.root));
    let mut entries = vec![MenuEntry::Heading(
        format!("Under {}", parent.name()).into(),
    )];
    entries.extend(commands::child_additions(&parent.id(), dispatch));
    entries.push(MenuEntry::Separator);
    let request = dispatch.reform(|()| Action::RequestAdded { account: None });
    entries.push(MenuEntry::command("New request", request));
    entries
}
