//! Moving nodes without dragging: a list of the places that they can go to.

use organization::{NodeId, NodeRef, Organization, Scenario, TreeIndex};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::modal::Modal;
use crate::context::{use_dispatch, use_model};
use crate::state::{Action, Slot, TreeAction, moving, refusal};

/// With fewer places than this there is nothing to filter.
const WORTH_FILTERING: usize = 12;
/// How many places are listed at once; filtering finds the others.
const MOST: usize = 100;

/// Properties of [`MoveNode`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct MoveNodeProps {
    /// The OU or account; all that are selected together if it is one of them.
    pub node: NodeId,
}

/// The dialog.
#[component]
pub(super) fn MoveNode(props: &MoveNodeProps) -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let chosen = use_state_eq(|| None::<NodeId>);
    let query = use_state_eq(String::new);
    let Some(organization) = &model.scenario.organization else {
        return Html::default();
    };
    let index = organization.index();
    let Some(node) = index.node(props.node.as_str()) else {
        return Html::default();
    };
    let nodes = match model.tree.several.contains(&props.node) {
        true => Vec::clone(&model.tree.several),
        false => vec![props.node.clone()],
    };
    let title = match nodes.len() {
        1 => texts::move_node_move(&node.name()),
        many => texts::move_node_move_nodes(&many),
    };
    let onsubmit = {
        let (nodes, chosen, dispatch) = (nodes.clone(), chosen.clone(), dispatch.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(parent) = &*chosen {
                dispatch.emit(Action::DialogClosed);
                dispatch.emit(Action::Tree(TreeAction::Moved {
                    nodes: nodes.clone(),
                    parent: parent.clone(),
                    slot: Slot::Any,
                }));
            }
        })
    };
    let oninput = {
        let query = query.clone();
        Callback::from(move |event: InputEvent| {
            let field = event.target_dyn_into::<HtmlInputElement>();
            query.set(field.map(|field| field.value()).unwrap_or_default());
        })
    };
    let (places, all) = places(organization, &query);
    let more = places.len().saturating_sub(MOST);
    let places = places.iter().take(MOST);
    let targets = places.map(|place| Target::new(&model.scenario, &index, &nodes, place));
    html! {
        <Modal {title}>
            <form class="dialog-drop" {onsubmit}>
                if all >= WORTH_FILTERING {
                    <input
                        type="search" class="field outlined" aria-label={texts::move_node_filter_the_places()}
                        placeholder={texts::move_node_filter_the_places()} autocomplete="off" {oninput}
                    />
                }
                <fieldset class="targets">
                    <legend class="visually-hidden">{ texts::move_node_new_place() }</legend>
                    { for targets.map(|target| choice(&target, &chosen)) }
                    if more > 0 {
                        <p class="target muted">{ texts::move_node_more_filter_find(&more) }</p>
                    }
                </fieldset>
                <div class="dialog-actions">
                    <button type="submit" class="button primary" disabled={chosen.is_none()}>{ texts::common_move() }</button>
                    <button
                        type="button" class="button outlined"
                        onclick={dispatch.reform(|_: MouseEvent| Action::DialogClosed)}
                    >
                        { texts::common_cancel() }
                    </button>
                </div>
            </form>
        </Modal>
    }
}

/// The root and the OUs that a filter leaves, in the order of the tree, and how many there are.
fn places(organization: &Organization, query: &str) -> (Vec<NodeId>, usize) {
    let query = query.trim().to_lowercase();
    let (mut places, mut all) = (Vec::new(), 0);
    organization.each_node(&mut |node| {
        if matches!(node, NodeRef::Account(_)) {
            return;
        }
        all += 1;
        if node.name().to_lowercase().contains(&query) {
            places.push(node.id());
        }
    });
    (places, all)
}

struct Target {
    node: NodeId,
    name: String,
    level: usize,
    /// Why it can't be chosen; empty if it can.
    refusal: String,
}

impl Target {
    fn new(scenario: &Scenario, index: &TreeIndex, nodes: &[NodeId], place: &NodeId) -> Self {
        let edits = moving(scenario, nodes, place, &Slot::Any);
        let refusal = match edits.is_empty() {
            true if nodes.len() == 1 => texts::move_node_is_there_now().to_owned(),
            true => texts::move_node_are_there_now().to_owned(),
            false => refusal(scenario, edits).unwrap_or_default(),
        };
        Self {
            name: index
                .node(place.as_str())
                .map_or("", NodeRef::name)
                .to_owned(),
            level: index.level(place.as_str()).unwrap_or_default(),
            node: place.clone(),
            refusal,
        }
    }
}

fn choice(target: &Target, chosen: &UseStateHandle<Option<NodeId>>) -> Html {
    let refused = !target.refusal.is_empty();
    let onchange = {
        let (node, chosen) = (target.node.clone(), chosen.clone());
        Callback::from(move |_: Event| chosen.set(Some(node.clone())))
    };
    html! {
        <label key={target.node.as_str()} class={classes!("target", refused.then_some("refused"))}>
            for _ in 0..target.level {
                <span class="node-guide" />
            }
            <input
                type="radio" name="target" disabled={refused} {onchange}
                checked={chosen.as_ref() == Some(&target.node)}
            />
            <span>{ &target.name }</span>
            <span class="muted small">{ &target.refusal }</span>
        </label>
    }
}
