//! The commands for the open policy.

use organization::{
    CallerKind, Edit, NodeRef, PolicyId, PolicyUse, Principal, RCP_FULL_AWS_ACCESS, Scenario,
    TreeIndex, Uses,
};
use policy::Kind;
use yew::prelude::*;

use super::uses::name_of_use;
use crate::components::ui::MenuEntry;
use crate::context::Dispatch;
use crate::state::{Action, Entity};

/// Past this number of nodes accounts are left to the tree: nobody reads a menu that long.
const MOST_NODES: usize = 60;

/// What the commands need to know.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) index: Option<&'a TreeIndex>,
    pub(super) policy: &'a PolicyId,
    pub(super) kind: Option<Kind>,
    pub(super) dispatch: &'a Dispatch,
}

impl Subject<'_> {
    fn edit(&self, edit: Edit) -> Callback<()> {
        self.dispatch.reform(move |()| Action::Edited(edit.clone()))
    }

    fn name(&self, place: &PolicyUse) -> String {
        name_of_use(self.scenario, self.index, self.kind, place)
    }
}

/// Where the policy can be put to use and is not yet.
pub(super) fn attach(subject: Subject<'_>) -> Vec<MenuEntry> {
    let uses = subject.scenario.policy_uses(subject.policy.as_str());
    places(subject)
        .into_iter()
        .filter(|(place, _)| !uses.contains(place))
        .take(MOST_NODES)
        .map(|(place, remark)| {
            let name = subject.name(&place);
            let chosen = subject.edit(Edit::UsePolicy {
                policy: subject.policy.clone(),
                place,
            });
            MenuEntry::command(name, chosen).detail(remark)
        })
        .collect()
}

/// Everywhere a policy of this kind can be used, each with a remark.
fn places(subject: Subject<'_>) -> Vec<(PolicyUse, String)> {
    let scenario = subject.scenario;
    if subject.policy.as_str() == RCP_FULL_AWS_ACCESS {
        // It is everywhere by itself (ORG-17).
        return Vec::new();
    }
    let replaces =
        |other: Option<&PolicyId>| match other.and_then(|id| scenario.policy(id.as_str())) {
            Some(other) => format!("replaces {}", other.name()),
            None => String::new(),
        };
    let principals = scenario.principals.iter();
    match subject.kind {
        Some(kind @ (Kind::Scp | Kind::Rcp)) => match &scenario.organization {
            Some(organization) if organization.enables(kind) => nodes(subject),
            _ => Vec::new(),
        },
        Some(Kind::Identity) => principals
            .filter(|one| !matches!(&***one, Principal::Other { .. }))
            .map(|one| {
                let account = one
                    .account()
                    .and_then(|id| subject.index?.account(id.as_str()));
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

fn nodes(subject: Subject<'_>) -> Vec<(PolicyUse, String)> {
    let Some(index) = subject.index else {
        return Vec::new();
    };
    let many = index.nodes().nth(MOST_NODES).is_some();
    index
        .nodes()
        .filter(|node| !many || !matches!(node, NodeRef::Account(_)))
        .map(|node| {
            let remark = match node {
                NodeRef::Root(_) => "root",
                NodeRef::Ou(_) => "OU",
                NodeRef::Account(_) => "account",
            };
            (PolicyUse::Node(node.id()), remark.to_owned())
        })
        .collect()
}

/// Everywhere the policy is used: where that is, and how to end it.
fn uses(subject: Subject<'_>) -> (Vec<MenuEntry>, Vec<MenuEntry>) {
    let mut shown = vec![MenuEntry::Heading(AttrValue::Static("Used by"))];
    let mut ended = Vec::new();
    let uses = subject.scenario.policy_uses(subject.policy.as_str());
    for place in uses.into_iter().take(MOST_NODES) {
        let name = subject.name(&place);
        let edit = Edit::ReleasePolicy {
            policy: subject.policy.clone(),
            place: place.clone(),
        };
        if subject.policy.as_str() != RCP_FULL_AWS_ACCESS {
            ended.push(MenuEntry::command(
                format!("Detach from {name}"),
                subject.edit(edit),
            ));
        }
        let chosen = subject.dispatch.reform(move |()| opened(&place));
        shown.push(MenuEntry::command(name, chosen).detail("open"));
    }
    (shown, ended)
}

/// Opens a place where a policy is used.
fn opened(place: &PolicyUse) -> Action {
    let entity = match place.clone() {
        PolicyUse::Node(node) => return Action::NodeSelected(Some(node)),
        PolicyUse::Caller(request) => {
            return Action::RequestSelected {
                request,
                account: None,
            };
        }
        PolicyUse::Identity(id) | PolicyUse::Boundary(id) | PolicyUse::Trust(id) => {
            Entity::Principal(id)
        }
        PolicyUse::Resource(arn) => Entity::Resource(arn),
        PolicyUse::Endpoint(id) => Entity::Endpoint(id),
    };
    Action::EntityOpened(Some(entity))
}

/// Everything that can be done with the policy besides typing.
pub(super) fn more(
    subject: Subject<'_>,
    own: bool,
    attach: Vec<MenuEntry>,
    on_rename: &Callback<()>,
) -> Vec<MenuEntry> {
    let policy = subject.policy.clone();
    let copy = subject.edit(Edit::DuplicatePolicy(policy.clone()));
    let mut entries = Vec::new();
    if own {
        entries.push(MenuEntry::command("Rename", on_rename.clone()).detail("F2"));
        entries.push(MenuEntry::command("Duplicate", copy));
        let delete = subject.edit(Edit::DeletePolicy {
            policy,
            uses: Uses::Detach,
        });
        entries.push(MenuEntry::command("Delete", delete));
    } else {
        entries.push(MenuEntry::command("Duplicate, to edit it", copy));
    }
    let (shown, ended) = uses(subject);
    if !ended.is_empty() {
        entries.extend(shown);
        entries.push(MenuEntry::Separator);
        entries.extend(ended);
    }
    if !attach.is_empty() {
        entries.push(MenuEntry::Heading(AttrValue::Static("Attach to")));
        entries.extend(attach);
    }
    entries
}
