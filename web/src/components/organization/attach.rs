//! Attaching and detaching SCPs and RCPs: a list that filters as one types, for one node or for
//! several at once.

use organization::{NodeId, Organization, Scenario, TreeIndex};
use policy::Kind;
use web_sys::Element;
use yew::prelude::*;

use super::parts::attachable;
use crate::components::ui::{Pick, Picker, Wish};
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::{Action, TreeAction, attaching, detaching, refusal};

/// Up to so many nodes it is tried beforehand whether a policy can be attached to them.
const TRIED: usize = 12;

/// Properties of [`AttachPicker`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct AttachPickerProps {
    /// The nodes.
    pub(super) nodes: Vec<NodeId>,
    /// The only kind that is offered, if it is one.
    #[prop_or_default]
    pub(super) kind: Option<Kind>,
    /// The element beside which it opens.
    pub(super) anchor: Element,
    /// It has closed.
    pub(super) on_closed: Callback<()>,
}

/// The list of policies, those that are attached ticked.
#[component]
pub(super) fn AttachPicker(props: &AttachPickerProps) -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let scenario = &*model.scenario;
    let Some(organization) = &scenario.organization else {
        return Html::default();
    };
    let kinds: Vec<Kind> = attachable_kinds(organization)
        .filter(|kind| props.kind.is_none_or(|only| only == *kind))
        .collect();
    let index = organization.index();
    let nodes = &props.nodes;
    let picks = attachable(scenario, &kinds, &[]);
    let picks = picks.into_iter().map(|(policy, name)| {
        let on = count(organization, &index, nodes, policy.as_str());
        let all = on == nodes.len();
        let edits = match all {
            true => detaching(scenario, nodes, &policy),
            false => attaching(scenario, nodes, &policy),
        };
        let tried = nodes.len() <= TRIED;
        let why = tried.then(|| refusal(scenario, edits)).flatten();
        let kind = scenario
            .policy(policy.as_str())
            .and_then(|policy| policy.kind());
        let word = kind.map_or("", kind_word);
        let detail = match on {
            on if on > 0 && !all => texts::organization_attach_on_of(&word, &on, &nodes.len()),
            _ => word.to_owned(),
        };
        let nodes = nodes.clone();
        let action = Action::Tree(match all {
            true => TreeAction::Detached { nodes, policy },
            false => TreeAction::Attached { nodes, policy },
        });
        Pick {
            text: name.into(),
            detail: detail.into(),
            chosen: all,
            refusal: why.unwrap_or_default().into(),
            pressed: dispatch.reform(move |()| action.clone()),
        }
    });
    let label = match nodes.as_slice() {
        [one] => {
            let node = index.node(one.as_str());
            texts::organization_attach_policies_for(&node.map_or("", |node| node.name()))
        }
        many => texts::organization_attach_policies_for_nodes(&many.len()),
    };
    html! {
        <Picker
            {label} picks={picks.collect::<Vec<_>>()} anchor={props.anchor.clone()}
            wishes={kinds.iter().map(|kind| wish(*kind, nodes, &dispatch)).collect::<Vec<_>>()}
            on_closed={props.on_closed.clone()}
        />
    }
}

fn wish(kind: Kind, nodes: &[NodeId], dispatch: &Dispatch) -> Wish {
    let nodes = nodes.to_vec();
    let words = texts::common_new_kind(&kind_word(kind));
    let unnamed = words.clone();
    Wish {
        words: words.into(),
        made: dispatch.reform(move |name: String| {
            Action::Tree(TreeAction::PolicyMade {
                nodes: nodes.clone(),
                kind,
                name: if name.is_empty() {
                    unnamed.clone()
                } else {
                    name
                },
            })
        }),
    }
}

/// How many of the nodes have a policy.
fn count(organization: &Organization, index: &TreeIndex, nodes: &[NodeId], policy: &str) -> usize {
    let has = |node: &&NodeId| {
        index.node(node.as_str()).is_some_and(|node| {
            let attached = organization.effective_attachments(node.attachments());
            attached.iter().any(|attached| attached.as_str() == policy)
        })
    };
    nodes.iter().filter(has).count()
}

/// What of the attachable policies is attached to some of the nodes: its id, its name, and to how
/// many.
pub(super) fn attached_to(
    scenario: &Scenario,
    organization: &Organization,
    index: &TreeIndex,
    nodes: &[NodeId],
) -> Vec<(organization::PolicyId, String, usize)> {
    let kinds: Vec<Kind> = attachable_kinds(organization).collect();
    let policies = attachable(scenario, &kinds, &[]).into_iter();
    let counted = policies.map(|(policy, name)| {
        let on = count(organization, index, nodes, policy.as_str());
        (policy, name, on)
    });
    counted.filter(|(_, _, on)| *on > 0).collect()
}

/// The kinds of policy that can be attached to nodes here.
pub(super) fn attachable_kinds(organization: &Organization) -> impl Iterator<Item = Kind> {
    [Kind::Scp, Kind::Rcp]
        .into_iter()
        .filter(|kind| organization.enables(*kind))
}

/// The word for a kind of policy that is attached to nodes.
pub(super) fn kind_word(kind: Kind) -> &'static str {
    if kind == Kind::Rcp { "RCP" } else { "SCP" }
}
