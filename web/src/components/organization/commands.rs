//! What can be done with a node: the commands of its menu.

use organization::{Contents, Edit, NodeId, Organization, PolicyId, PolicyUse, Scenario};
use policy::Kind;

use super::parts::policies;
use super::rows::{Chip, Row, Sort, account_of};
use super::settings::switched;
use crate::components::ui::MenuEntry;
use crate::context::Dispatch;
use crate::state::{Action, Dialog};

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
        for kind in [Kind::Scp, Kind::Rcp] {
            entries.push(policy_type_command(organization, kind, dispatch));
        }
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
    let slots = slots(scenario, row, kind);
    let mut entries = vec![MenuEntry::Heading(
        format!("{}s attached: {slots}", kind_word(kind)).into(),
    )];
    let place = PolicyUse::Node(row.node.clone());
    let there = chip_policies(row);
    entries.extend(policies(
        scenario,
        &[kind],
        &place,
        &there,
        "Attach ",
        dispatch,
    ));
    for chip in attached(row, kind).filter(|chip| !chip.fixed) {
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

/// How many policies of a kind a node has, and can have: "2 of 5".
pub(super) fn slots(scenario: &Scenario, row: &Row, kind: Kind) -> String {
    let most = scenario.settings.most_attached(kind);
    format!("{} of {most}", attached(row, kind).count())
}

/// The policies of a kind that are attached to a node.
pub(super) fn attached(row: &Row, kind: Kind) -> impl Iterator<Item = &Chip> {
    row.chips.iter().filter(move |chip| chip.kind == Some(kind))
}

/// All policies that are attached to a node.
pub(super) fn chip_policies(row: &Row) -> Vec<PolicyId> {
    row.chips.iter().map(|chip| chip.policy.clone()).collect()
}

fn policy_type_command(organization: &Organization, kind: Kind, dispatch: &Dispatch) -> MenuEntry {
    let (word, on) = (kind_word(kind), organization.enables(kind));
    let chosen = dispatch.reform(move |()| Action::Edited(switched(kind, !on)));
    if on {
        MenuEntry::command(format!("Disable {word}s"), chosen).detail("detaches all")
    } else {
        MenuEntry::command(format!("Enable {word}s"), chosen)
    }
}
