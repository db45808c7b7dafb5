//! The organization: the tree and what is known of the selected node.

mod commands;
mod details;
mod principals;
mod row;
mod rows;
mod start;
mod tree;

use yew::prelude::*;

use crate::components::ui::{Glyph, Menu, MenuEntry, glyph};
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::{Action, Model};
use details::Details;
use start::Start;
use tree::Tree;

/// The pane with the organization.
#[component]
pub fn OrganizationPane() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    html! {
        <section class="pane organization" aria-labelledby="organization-head">
            <div class="pane-head">
                <h2 id="organization-head">{ "Organization" }</h2>
                <span class="spacer" />
                if model.scenario.organization.is_some() {
                    <Menu label="Add to the organization" class="button" entries={additions(&model, &dispatch)}>
                        { glyph(Glyph::Plus) }{ "Add" }
                    </Menu>
                }
            </div>
            if let Some(organization) = &model.scenario.organization {
                <Tree organization={organization.clone()} />
                <Details organization={organization.clone()} />
            } else {
                <Start />
            }
        </section>
    }
}

/// What can be added at the selected node, or at the root.
fn additions(model: &Model, dispatch: &Dispatch) -> Vec<MenuEntry> {
    let Some(organization) = &model.scenario.organization else {
        return Vec::new();
    };
    let index = organization.index();
    let selected = model
        .selection
        .node
        .as_ref()
        .and_then(|node| index.node(node.as_str()));
    let parent = match selected {
        Some(organization::NodeRef::Account(account)) => index.parent(account.id.as_str()),
        other => other,
    };
    let parent = parent.unwrap_or(organization::NodeRef::Root(&organization.root));
    let name = parent.name().to_owned();
    let mut entries = vec![MenuEntry::Heading(format!("Under {name}").into())];
    entries.extend(commands::child_additions(&parent.id(), dispatch));
    entries.push(MenuEntry::Separator);
    let account = dispatch.reform(|()| Action::RequestAdded { account: None });
    entries.push(MenuEntry::command("New request", account));
    entries
}
