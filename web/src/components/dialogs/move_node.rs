//! Moving a node without dragging: a list of the places that it can go to.

use organization::{Edit, NodeId, NodeRef, Organization, TreeIndex};
use yew::prelude::*;

use super::modal::Modal;
use crate::context::{use_dispatch, use_model};
use crate::state::Action;

/// Properties of [`MoveNode`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct MoveNodeProps {
    /// The OU or account.
    pub node: NodeId,
}

/// The dialog.
#[component]
pub(super) fn MoveNode(props: &MoveNodeProps) -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let chosen = use_state_eq(|| None::<NodeId>);
    let Some(organization) = &model.scenario.organization else {
        return Html::default();
    };
    let index = organization.index();
    let Some(node) = index.node(props.node.as_str()) else {
        return Html::default();
    };
    let onsubmit = {
        let (node, chosen, dispatch) = (props.node.clone(), chosen.clone(), dispatch.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(parent) = &*chosen {
                dispatch.emit(Action::DialogClosed);
                dispatch.emit(Action::Edited(Edit::MoveNode {
                    node: node.clone(),
                    parent: parent.clone(),
                    position: None,
                }));
            }
        })
    };
    html! {
        <Modal title={format!("Move {}", node.name())}>
            <form class="dialog-drop" {onsubmit}>
                <fieldset class="targets">
                    <legend class="visually-hidden">{ "New place" }</legend>
                    for target in targets(organization, &index, &props.node) {
                        { choice(&target, &chosen) }
                    }
                </fieldset>
                <div class="dialog-actions">
                    <button type="submit" class="button primary" disabled={chosen.is_none()}>{ "Move" }</button>
                    <button
                        type="button" class="button outlined"
                        onclick={dispatch.reform(|_: MouseEvent| Action::DialogClosed)}
                    >
                        { "Cancel" }
                    </button>
                </div>
            </form>
        </Modal>
    }
}

struct Target {
    node: NodeId,
    name: String,
    level: usize,
    /// Why it can't be chosen; empty if it can.
    refusal: &'static str,
}

/// The root and the OUs, in the order of the tree.
fn targets(organization: &Organization, index: &TreeIndex, moved: &NodeId) -> Vec<Target> {
    let parent = index.parent(moved.as_str()).map(NodeRef::id);
    let mut targets = Vec::new();
    organization.each_node(&mut |node| {
        if matches!(node, NodeRef::Account(_)) {
            return;
        }
        let path = index.path(node.id().as_str()).unwrap_or_default();
        let refusal = if parent.as_ref() == Some(&node.id()) {
            "is there now"
        } else if path.iter().any(|above| above.id() == *moved) {
            "is moved itself"
        } else {
            ""
        };
        targets.push(Target {
            node: node.id(),
            name: node.name().to_owned(),
            level: path.len(),
            refusal,
        });
    });
    targets
}

fn choice(target: &Target, chosen: &UseStateHandle<Option<NodeId>>) -> Html {
    let refused = !target.refusal.is_empty();
    let onchange = {
        let (node, chosen) = (target.node.clone(), chosen.clone());
        Callback::from(move |_: Event| chosen.set(Some(node.clone())))
    };
    html! {
        <label key={target.node.as_str()} class={classes!("target", refused.then_some("refused"))}>
            for _ in 1..target.level {
                <span class="node-guide" />
            }
            <input
                type="radio" name="target" disabled={refused} {onchange}
                checked={chosen.as_ref() == Some(&target.node)}
            />
            <span>{ &target.name }</span>
            <span class="muted small">{ target.refusal }</span>
        </label>
    }
}
