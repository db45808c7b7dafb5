//! The commands for the open policy.

use organization::{Edit, NodeRef, PolicyId, PolicyUse, Principal, Scenario, TreeIndex, Uses};
use policy::Kind;
use yew::prelude::*;

use super::uses::name_of_use;
use crate::components::ui::MenuEntry;
use crate::context::Dispatch;
use crate::state::Action;

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
}

/// Where the policy can be attached and is not yet: nodes of the tree, or users, groups and roles.
pub(super) fn attach(subject: Subject<'_>) -> Vec<MenuEntry> {
    let uses = subject.scenario.policy_uses(subject.policy.as_str());
    match subject.kind {
        Some(Kind::Scp | Kind::Rcp) => to_nodes(subject, &uses),
        Some(Kind::Identity) => to_principals(subject, &uses),
        _ => Vec::new(),
    }
}

fn to_nodes(subject: Subject<'_>, uses: &[PolicyUse]) -> Vec<MenuEntry> {
    let Some(index) = subject.index else {
        return Vec::new();
    };
    let many = index.nodes().nth(MOST_NODES).is_some();
    index
        .nodes()
        .filter(|node| !many || !matches!(node, NodeRef::Account(_)))
        .take(MOST_NODES)
        .filter(|node| !uses.contains(&PolicyUse::Node(node.id())))
        .map(|node| {
            let attached = subject.edit(Edit::Attach {
                node: node.id(),
                policy: subject.policy.clone(),
                position: None,
            });
            let remark = match node {
                NodeRef::Root(_) => "root",
                NodeRef::Ou(_) => "OU",
                NodeRef::Account(_) => "account",
            };
            MenuEntry::command(node.name().to_owned(), attached).detail(remark)
        })
        .collect()
}

fn to_principals(subject: Subject<'_>, uses: &[PolicyUse]) -> Vec<MenuEntry> {
    subject
        .scenario
        .principals
        .iter()
        .filter(|principal| !matches!(&***principal, Principal::Other { .. }))
        .filter(|principal| !uses.contains(&PolicyUse::Identity(principal.id().clone())))
        .take(MOST_NODES)
        .map(|principal| {
            let attached = subject.edit(Edit::AttachIdentity {
                principal: principal.id().clone(),
                policy: subject.policy.clone(),
            });
            let account = principal
                .account()
                .and_then(|id| subject.index?.account(id.as_str()))
                .map(|account| format!(", {}", account.name))
                .unwrap_or_default();
            MenuEntry::command(principal.name().to_owned(), attached)
                .detail(format!("{}{account}", principal.type_word()))
        })
        .collect()
}

fn detach(subject: Subject<'_>) -> Vec<MenuEntry> {
    subject
        .scenario
        .policy_uses(subject.policy.as_str())
        .into_iter()
        .filter_map(|place| {
            let name = name_of_use(subject.scenario, subject.index, &place);
            let edit = match place {
                PolicyUse::Node(node) => Edit::Detach {
                    node,
                    policy: subject.policy.clone(),
                },
                PolicyUse::Identity(principal) => Edit::DetachIdentity {
                    principal,
                    policy: subject.policy.clone(),
                },
                _ => return None,
            };
            Some(MenuEntry::command(
                format!("Detach from {name}"),
                subject.edit(edit),
            ))
        })
        .take(MOST_NODES)
        .collect()
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
    let detach = detach(subject);
    if !detach.is_empty() {
        entries.push(MenuEntry::Separator);
        entries.extend(detach);
    }
    if !attach.is_empty() {
        entries.push(MenuEntry::Heading(AttrValue::Static("Attach to")));
        entries.extend(attach);
    }
    entries
}
