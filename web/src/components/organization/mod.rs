//! The organization: the tree and what is known of the selected node.

mod attach;
mod commands;
mod details;
mod drag;
mod field;
mod filter;
mod keys;
mod lists;
mod naming;
mod outline;
mod parts;
mod principals;
mod row;
mod rows;
mod settings;
mod several;
mod sheets;
mod start;
mod tags;
mod tended;
mod tree;
mod window;

use std::rc::Rc;

use organization::NodeRef;
use yew::prelude::*;

use crate::components::ui::{Glyph, Menu, MenuEntry, glyph};
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::{Action, Model, Pane};
use details::Details;
use start::Start;
use tree::Tree;

/// The pane with the organization.
#[component]
pub fn OrganizationPane() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let additions = {
        let (at, dispatch) = (Rc::clone(&model), dispatch.clone());
        let scenario = &model.scenario;
        let what = (
            scenario.organization.clone(),
            scenario.resources.clone(),
            model.selection.node.clone(),
        );
        use_memo(what, move |_| additions(&at, &dispatch))
    };
    let map = match model.pane {
        Pane::Map => Pane::Organization,
        _ => Pane::Map,
    };
    html! {
        <section class="pane organization" aria-labelledby="organization-head">
            <div class="pane-head">
                <h2 id="organization-head">{ texts::common_organization() }</h2>
                <span class="spacer" />
                if model.learning.is_some() {
                    <button
                        type="button" class="button to-lesson"
                        onclick={dispatch.reform(|_: MouseEvent| Action::PaneShown(Pane::Lesson))}
                    >
                        { texts::lesson_lesson() }
                    </button>
                }
                if model.scenario.organization.is_some() {
                    <button
                        type="button" class="button" id="map-open"
                        aria-pressed={(model.pane == Pane::Map).to_string()}
                        onclick={dispatch.reform(move |_: MouseEvent| Action::PaneShown(map))}
                    >
                        { texts::common_map() }
                    </button>
                }
                <Menu label={texts::organization_add_to_the_organization()} class="button" entries={(*additions).clone()}>
                    { glyph(Glyph::Plus) }{ texts::common_add() }
                </Menu>
            </div>
            if model.learning.is_none() {
                { about(&model.scenario.description) }
            }
            <div class="organization-list">
                if let Some(organization) = &model.scenario.organization {
                    <Tree organization={organization.clone()} />
                } else if model.lesson().is_none() {
                    <Start />
                }
                { lists::lists(&model, &dispatch) }
            </div>
            <Details />
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
            <summary>{ texts::organization_about_this_scenario() }</summary>
            { for paragraphs.map(|paragraph| html! { <p>{ paragraph }</p> }) }
        </details>
    }
}

/// What can be added at the selected node, or at the root, and beside the tree.
fn additions(model: &Model, dispatch: &Dispatch) -> Vec<MenuEntry> {
    let mut entries = Vec::new();
    if let Some(organization) = &model.scenario.organization {
        let index = organization.index();
        let selected = model.selection.node.as_ref();
        let selected = selected.and_then(|node| index.node(node.as_str()));
        let parent = match selected {
            Some(NodeRef::Account(account)) => index.parent(account.id.as_str()),
            other => other,
        };
        let parent = parent.unwrap_or(NodeRef::Root(&organization.root));
        entries.push(MenuEntry::Heading(
            texts::organization_under(&parent.name()).into(),
        ));
        entries.extend(commands::child_additions(&parent.id(), dispatch));
        if matches!(parent, NodeRef::Root(_)) {
            entries.extend(commands::shapes(dispatch));
        }
        entries.push(MenuEntry::Heading(AttrValue::Static(
            texts::organization_beside_the_tree(),
        )));
    }
    entries.extend(lists::commands(model, dispatch));
    if model.scenario.organization.is_some() {
        entries.push(MenuEntry::Separator);
        let request = dispatch.reform(|()| Action::RequestAdded { account: None });
        entries.push(MenuEntry::command(texts::common_new_request(), request));
    }
    entries
}
