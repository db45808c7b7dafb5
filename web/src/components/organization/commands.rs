//! What can be done with a node: the commands of its menu.

use organization::{
    Contents, Edit, MAX_RCPS_PER_NODE, MAX_SCPS_PER_NODE, NodeId, Organization, PolicyId, Scenario,
    WELL_KNOWN,
};
use policy::Kind;

use super::rows::{Chip, Row, Sort, account_of};
use crate::components::ui::MenuEntry;
use crate::context::Dispatch;
use crate::state::{Action, Dialog, PolicyTarget};

/// The commands of a node, in groups.
pub(super) fn commands(
    scenario: &Scenario,
    organization: &Organization,
    row: &Row,
    dispatch: &Dispatch,
) -> Vec<MenuEntry> {
    let mut entries = Vec::new();
    if row.sort.is_parent() {
        entries.extend(child_additions(&row.node, dispatch));
    }
    if let Some(account) = account_of(row) {
        let chosen = dispatch.reform(move |()| Action::RequestAdded {
            account: Some(account.clone()),
        });
        entries.push(MenuEntry::command("New request from here", chosen));
    }
    if row.sort != Sort::Root {
        entries.push(MenuEntry::Separator);
        entries.extend(node_commands(row, dispatch));
    }
    for kind in attachable_kinds(organization) {
        entries.push(MenuEntry::Separator);
        entries.extend(attachment_commands(scenario, row, kind, dispatch));
    }
    if row.sort == Sort::Root {
        entries.push(MenuEntry::Separator);
        entries.push(policy_type_command(organization, dispatch));
        let chosen = dispatch.reform(|()| Action::Edited(Edit::DeleteOrganization));
        entries.push(MenuEntry::command("Delete the organization", chosen));
    }
    entries
}

/// Adding an OU or an account under a node.
pub(super) fn child_additions(parent: &NodeId, dispatch: &Dispatch) -> [MenuEntry; 2] {
    let (ou_parent, account_parent) = (parent.clone(), parent.clone());
    [
        MenuEntry::command(
            "New OU",
            dispatch.reform(move |()| {
                Action::Edited(Edit::AddOu {
                    parent: ou_parent.clone(),
                    name: "New OU".to_owned(),
                })
            }),
        ),
        MenuEntry::command(
            "New account",
            dispatch.reform(move |()| {
                Action::Edited(Edit::AddAccount {
                    parent: account_parent.clone(),
                    name: "New account".to_owned(),
                })
            }),
        ),
    ]
}

fn node_commands(row: &Row, dispatch: &Dispatch) -> Vec<MenuEntry> {
    let (renamed, moved) = (row.node.clone(), row.node.clone());
    let mut entries = vec![
        MenuEntry::command(
            "Rename",
            dispatch.reform(move |()| Action::RenamingStarted(renamed.clone())),
        )
        .detail("F2"),
        MenuEntry::command(
            "Move to…",
            dispatch.reform(move |()| Action::DialogOpened(Dialog::Move(moved.clone()))),
        ),
    ];
    if row.sort == Sort::Member
        && let Some(account) = account_of(row)
    {
        entries.push(MenuEntry::command(
            "Make it the management account",
            dispatch.reform(move |()| Action::Edited(Edit::SetManagementAccount(account.clone()))),
        ));
    }
    let deletion = deletion(row);
    entries.push(
        MenuEntry::command("Delete", dispatch.reform(move |()| deletion.clone())).detail("Del"),
    );
    entries
}

/// Deleting a node; one that has others below it asks first.
pub(super) fn deletion(row: &Row) -> Action {
    match account_of(row) {
        Some(account) => Action::Edited(Edit::DeleteAccount(account)),
        None if row.opened.is_some() => Action::DialogOpened(Dialog::Delete(row.node.clone())),
        None => Action::Edited(Edit::DeleteOu {
            ou: row.node.clone(),
            contents: Contents::Refuse,
        }),
    }
}

fn attachment_commands(
    scenario: &Scenario,
    row: &Row,
    kind: Kind,
    dispatch: &Dispatch,
) -> Vec<MenuEntry> {
    let (word, slots) = (kind_word(kind), slots(kind));
    let attached = attached(row, kind).count();
    let mut entries = vec![MenuEntry::Heading(
        format!("{word}s attached: {attached} of {slots}").into(),
    )];
    for (policy, name) in attachable(scenario, row, kind) {
        let node = row.node.clone();
        let chosen = dispatch.reform(move |()| {
            Action::Edited(Edit::Attach {
                node: node.clone(),
                policy: policy.clone(),
                position: None,
            })
        });
        entries.push(MenuEntry::command(format!("Attach {name}"), chosen));
    }
    let node = row.node.clone();
    let chosen = dispatch.reform(move |()| Action::PolicyAdded {
        kind,
        target: Some(PolicyTarget::Node(node.clone())),
    });
    entries.push(MenuEntry::command(format!("Attach a new {word}"), chosen));
    for chip in self::attached(row, kind) {
        let (node, policy) = (row.node.clone(), chip.policy.clone());
        let chosen = dispatch.reform(move |()| {
            Action::Edited(Edit::Detach {
                node: node.clone(),
                policy: policy.clone(),
            })
        });
        entries.push(MenuEntry::command(format!("Detach {}", chip.name), chosen));
    }
    entries
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

/// How many policies of a kind a node can have.
pub(super) fn slots(kind: Kind) -> usize {
    if kind == Kind::Rcp {
        MAX_RCPS_PER_NODE
    } else {
        MAX_SCPS_PER_NODE
    }
}

/// The policies of a kind that are attached to a node.
pub(super) fn attached(row: &Row, kind: Kind) -> impl Iterator<Item = &Chip> {
    row.chips.iter().filter(move |chip| chip.kind == Some(kind))
}

/// The policies of a kind that are not attached to a node, with their names.
pub(super) fn attachable(scenario: &Scenario, row: &Row, kind: Kind) -> Vec<(PolicyId, String)> {
    let known = WELL_KNOWN
        .iter()
        .filter(|policy| policy.kind == kind)
        .map(|policy| (PolicyId::new(policy.name), policy.name.to_owned()));
    let own = scenario
        .policies
        .iter()
        .filter(|policy| policy.kind.known() == Some(kind))
        .map(|policy| (policy.id.clone(), policy.name.clone()));
    known
        .chain(own)
        .filter(|(id, _)| !row.chips.iter().any(|chip| chip.policy == *id))
        .collect()
}

fn policy_type_command(organization: &Organization, dispatch: &Dispatch) -> MenuEntry {
    if organization.scps_enabled() {
        MenuEntry::command(
            "Disable SCPs",
            dispatch.reform(|()| Action::Edited(Edit::DisablePolicyType(Kind::Scp))),
        )
        .detail("detaches all")
    } else {
        MenuEntry::command(
            "Enable SCPs",
            dispatch.reform(|()| Action::Edited(Edit::EnablePolicyType(Kind::Scp))),
        )
    }
}
