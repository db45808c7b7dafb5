//! The selected node, opened: where it is, what is attached, who is in it.

use organization::{Edit, NodeId, NodeRef, Organization, Scenario, TreeIndex};
use policy::Kind;
use yew::prelude::*;

use super::commands::{attachable, attachable_kinds, attached, commands, kind_word, slots};
use super::principals::Principals;
use super::rows::{Chip, Row, Sort, account_of, row};
use crate::components::ui::{Glyph, Menu, MenuEntry, breakable, glyph};
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::{Action, PolicyTarget};

/// Properties of [`Details`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct DetailsProps {
    /// The organization.
    pub(super) organization: Organization,
}

/// The part under the tree; there while a node is selected.
#[component]
pub(super) fn Details(props: &DetailsProps) -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let organization = &props.organization;
    let index = use_memo(organization.clone(), Organization::index);
    let selected = model.selection.node.as_ref();
    let Some(row) = selected.and_then(|node| row(&model.scenario, organization, &index, node))
    else {
        return Html::default();
    };
    let account = account_of(&row);
    html! {
        <section class="details" aria-labelledby="details-head">
            <div class="details-head">
                <h3 id="details-head">{ &row.name }</h3>
                <Menu
                    label={format!("Commands for {}", row.name)}
                    entries={commands(&model.scenario, organization, &row, &dispatch)}
                >
                    { glyph(Glyph::More) }
                </Menu>
                <button
                    type="button" class="icon-button" aria-label="Close the details" title="Close the details"
                    onclick={dispatch.reform(|_: MouseEvent| Action::NodeSelected(None))}
                >
                    { glyph(Glyph::Cross) }
                </button>
            </div>
            <p class="details-path">{ place(&index, &row) }</p>
            for kind in attachable_kinds(organization) {
                { attachments(&model.scenario, &row, kind, &dispatch) }
            }
            <p class="details-remark">{ inherited(organization, &index, &row) }</p>
            if let Some(account) = account {
                <Principals {account} name={row.name.clone()} />
            }
        </section>
    }
}

/// Where the node is, from the root on, with its id.
fn place(index: &TreeIndex, row: &Row) -> Html {
    let path = index.path(row.node.as_str()).unwrap_or_default();
    let names: Vec<&str> = path.iter().map(|node| node.name()).collect();
    html! {
        <>
            if names.len() > 1 {
                { names.join(" / ") }{ " · " }
            }
            { breakable(row.node.as_str()) }
            if row.sort == Sort::Management {
                { " · management account" }
            }
        </>
    }
}

/// What is attached of one kind.
fn attachments(scenario: &Scenario, row: &Row, kind: Kind, dispatch: &Dispatch) -> Html {
    let word = kind_word(kind);
    html! {
        <>
            <div class="details-part">
                <h4>{ format!("{word}s attached here") }</h4>
                <span>{ format!("{} of {}", attached(row, kind).count(), slots(kind)) }</span>
                <span class="spacer" />
                <Menu
                    label={format!("Attach an {word}")} class="button"
                    entries={additions(scenario, row, kind, dispatch)}
                >
                    { "Attach" }
                </Menu>
            </div>
            <ul class="details-list">
                for chip in attached(row, kind) {
                    <li key={chip.policy.as_str()} class="details-item">
                        { attachment(&row.node, &row.name, chip, dispatch) }
                    </li>
                }
            </ul>
        </>
    }
}

fn additions(scenario: &Scenario, row: &Row, kind: Kind, dispatch: &Dispatch) -> Vec<MenuEntry> {
    let mut entries: Vec<MenuEntry> = attachable(scenario, row, kind)
        .into_iter()
        .map(|(policy, name)| {
            let node = row.node.clone();
            let chosen = dispatch.reform(move |()| {
                Action::Edited(Edit::Attach {
                    node: node.clone(),
                    policy: policy.clone(),
                    position: None,
                })
            });
            MenuEntry::command(name, chosen)
        })
        .collect();
    if !entries.is_empty() {
        entries.push(MenuEntry::Separator);
    }
    let node = row.node.clone();
    entries.push(MenuEntry::command(
        format!("New {}", kind_word(kind)),
        dispatch.reform(move |()| Action::PolicyAdded {
            kind,
            target: Some(PolicyTarget::Node(node.clone())),
        }),
    ));
    entries
}

fn attachment(node: &NodeId, node_name: &str, chip: &Chip, dispatch: &Dispatch) -> Html {
    let opened = chip.policy.clone();
    let (switched_node, switched) = (node.clone(), chip.policy.clone());
    let (detached_node, detached) = (node.clone(), chip.policy.clone());
    html! {
        <>
            <button
                type="button" class={classes!("button", chip.off.then_some("off"))}
                onclick={dispatch.reform(move |_: MouseEvent| Action::PolicySelected(opened.clone()))}
            >
                { &chip.name }
            </button>
            <span class="spacer" />
            <button
                type="button" class="button muted small"
                aria-pressed={if chip.off { "true" } else { "false" }}
                aria-label={format!("Switch off {} here", chip.name)}
                title="Switched off, a policy is attached and not weighed: a way to see what it does"
                onclick={dispatch.reform(move |_: MouseEvent| Action::AttachmentSwitched {
                    node: switched_node.clone(),
                    policy: switched.clone(),
                })}
            >
                { if chip.off { "Switch on" } else { "Switch off" } }
            </button>
            <button
                type="button" class="icon-button tiny"
                aria-label={format!("Detach {} from {node_name}", chip.name)}
                title="Detach"
                onclick={dispatch.reform(move |_: MouseEvent| Action::Edited(Edit::Detach {
                    node: detached_node.clone(),
                    policy: detached.clone(),
                }))}
            >
                { glyph(Glyph::Cross) }
            </button>
        </>
    }
}

/// What applies here beside what is attached.
fn inherited(organization: &Organization, index: &TreeIndex, row: &Row) -> String {
    if !organization.scps_enabled() {
        return "SCPs are disabled in this organization, so none is asked.".to_owned();
    }
    if row.sort == Sort::Management {
        return "No SCP has an effect on the management account.".to_owned();
    }
    let above: Vec<String> = index
        .path(row.node.as_str())
        .unwrap_or_default()
        .iter()
        .filter(|node| node.id() != row.node)
        .map(|node| match node {
            NodeRef::Root(_) => "the root".to_owned(),
            NodeRef::Ou(ou) => ou.name.clone(),
            NodeRef::Account(account) => account.name.clone(),
        })
        .collect();
    match above.as_slice() {
        [] => "A call must be allowed here and at each level below.".to_owned(),
        [one] => format!("A call must be allowed here and at {one}."),
        [first @ .., last] => {
            format!(
                "A call must be allowed here, at {} and at {last}.",
                first.join(", at ")
            )
        }
    }
}
