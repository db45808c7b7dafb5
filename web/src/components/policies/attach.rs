//! Where a policy can be put to use, from its own side: a list with what it is attached to ticked.

use std::collections::HashSet;

use organization::{
    CallerKind, Edit, NodeRef, PolicyId, PolicyUse, Principal, RCP_FULL_AWS_ACCESS, Scenario,
    TreeIndex,
};
use policy::Kind;
use web_sys::Element;
use yew::prelude::*;

use super::uses::name_of_use;
use crate::components::ui::{Pick, Picker};
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::Action;

/// Properties of [`AttachedTo`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct AttachedToProps {
    /// The policy.
    pub(super) policy: PolicyId,
    /// Its kind.
    pub(super) kind: Option<Kind>,
}

/// A button that opens the list of places.
#[component]
pub(super) fn AttachedTo(props: &AttachedToProps) -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let button = use_node_ref();
    let anchor = use_state_eq(|| None::<Element>);
    let opened = {
        let (button, anchor) = (button.clone(), anchor.clone());
        Callback::from(move |_: MouseEvent| anchor.set(button.cast::<Element>()))
    };
    let closed = {
        let anchor = anchor.clone();
        Callback::from(move |()| anchor.set(None))
    };
    html! {
        <>
            <button
                ref={button} type="button" class="button outlined" aria-haspopup="dialog"
                aria-expanded={anchor.is_some().to_string()} onclick={opened}
            >
                { texts::policies_attach_attach_to() }
            </button>
            if let Some(at) = (*anchor).clone() {
                <Picker
                    label={texts::policies_attach_attached_to()} anchor={at} on_closed={closed} wishes={Vec::new()}
                    picks={picks(&model.scenario, &props.policy, props.kind, &dispatch)}
                />
            }
        </>
    }
}

/// All places for a policy, ticked where it is used.
fn picks(
    scenario: &Scenario,
    policy: &PolicyId,
    kind: Option<Kind>,
    dispatch: &Dispatch,
) -> Vec<Pick> {
    let index = scenario.organization.as_ref().map(|it| it.index());
    let index = index.as_ref();
    let uses = scenario.policy_uses(policy.as_str());
    let nodes: HashSet<&str> = uses
        .iter()
        .filter_map(|place| match place {
            PolicyUse::Node(id) => Some(id.as_str()),
            _ => None,
        })
        .collect();
    let is_used = |place: &PolicyUse| match place {
        PolicyUse::Node(id) => nodes.contains(id.as_str()),
        other => uses.contains(other),
    };
    let places = places(scenario, index, policy, kind);
    // A policy can be used where its kind has no place; there it can only be taken away.
    let odd = uses.iter().filter(|used| {
        !matches!(used, PolicyUse::Node(_)) && places.iter().all(|(place, _)| place != *used)
    });
    let odd: Vec<(PolicyUse, String)> = odd.map(|used| (used.clone(), String::new())).collect();
    places
        .into_iter()
        .chain(odd)
        .map(|(place, remark)| {
            let chosen = is_used(&place);
            let policy = policy.clone();
            let text = name_of_use(scenario, index, kind, &place);
            let edit = if chosen {
                Edit::ReleasePolicy { policy, place }
            } else {
                Edit::UsePolicy { policy, place }
            };
            Pick {
                text: text.into(),
                detail: remark.into(),
                chosen,
                refusal: AttrValue::default(),
                pressed: dispatch.reform(move |()| Action::Edited(edit.clone())),
            }
        })
        .collect()
}

/// Whether a policy of this kind can be used anywhere.
pub(super) fn has_place(scenario: &Scenario, policy: &PolicyId, kind: Option<Kind>) -> bool {
    match kind {
        // An organization has a root at least: its nodes need not be listed.
        Some(kind @ (Kind::Scp | Kind::Rcp)) => {
            let organization = scenario.organization.as_ref();
            policy.as_str() != RCP_FULL_AWS_ACCESS
                && organization.is_some_and(|organization| organization.enables(kind))
        }
        kind => !places(scenario, None, policy, kind).is_empty(),
    }
}

/// Everywhere a policy of this kind can be used, each with a remark.
fn places(
    scenario: &Scenario,
    index: Option<&TreeIndex>,
    policy: &PolicyId,
    kind: Option<Kind>,
) -> Vec<(PolicyUse, String)> {
    if policy.as_str() == RCP_FULL_AWS_ACCESS {
        // It is everywhere by itself (ORG-17).
        return Vec::new();
    }
    let replaces = |other: Option<&PolicyId>| {
        let other = other.filter(|other| *other != policy);
        match other.and_then(|id| scenario.policy(id.as_str())) {
            Some(other) => texts::policies_attach_replaces(&other.name()),
            None => String::new(),
        }
    };
    let principals = scenario.principals.iter();
    match kind {
        Some(kind @ (Kind::Scp | Kind::Rcp)) => match &scenario.organization {
            Some(organization) if organization.enables(kind) => nodes(index),
            _ => Vec::new(),
        },
        Some(Kind::Identity) => principals
            .filter(|one| !matches!(&***one, Principal::Other { .. }))
            .map(|one| {
                let account = one.account().and_then(|id| index?.account(id.as_str()));
                let account = account.map(|account| account.name.clone());
                (
                    PolicyUse::Identity(one.id().clone()),
                    account.unwrap_or_default(),
                )
            })
            .collect(),
        Some(Kind::Boundary) => principals
            .filter(|one| matches!(&***one, Principal::User(_) | Principal::Role(_)))
            .map(|one| {
                let place = PolicyUse::Boundary(one.id().clone());
                (place, replaces(one.permissions_boundary()))
            })
            .collect(),
        Some(Kind::Trust) => principals
            .filter_map(|one| match &**one {
                Principal::Role(role) => {
                    let place = PolicyUse::Trust(role.id.clone());
                    Some((place, replaces(role.trust_policy.as_ref())))
                }
                _ => None,
            })
            .collect(),
        Some(Kind::Resource) => scenario
            .resources
            .iter()
            .map(|one| {
                let place = PolicyUse::Resource(one.arn.clone());
                (place, replaces(one.policy.as_ref()))
            })
            .collect(),
        Some(Kind::Endpoint) => scenario
            .endpoints
            .iter()
            .map(|one| {
                let place = PolicyUse::Endpoint(one.id.clone());
                (place, replaces(one.policy.as_ref()))
            })
            .collect(),
        Some(Kind::Session) => scenario
            .requests
            .iter()
            .filter(|one| {
                matches!(
                    one.caller.kind,
                    CallerKind::Role { .. } | CallerKind::FederatedUser { .. }
                )
            })
            .map(|one| (PolicyUse::Caller(one.id.clone()), String::new()))
            .collect(),
        None => Vec::new(),
    }
}

fn nodes(index: Option<&TreeIndex>) -> Vec<(PolicyUse, String)> {
    let nodes = index.into_iter().flat_map(TreeIndex::nodes);
    nodes
        .map(|node| {
            let remark = match node {
                NodeRef::Root(_) => texts::policies_attach_root(),
                NodeRef::Ou(_) => "OU",
                NodeRef::Account(_) => texts::subject_account(),
            };
            (PolicyUse::Node(node.id()), remark.to_owned())
        })
        .collect()
}
