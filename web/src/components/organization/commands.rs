//! What can be done with a node: the commands of its menu.

use organization::{Edit, NodeId, Organization, PolicyId, PolicyUse, Scenario};
use policy::Kind;
use yew::prelude::*;

use super::attach::{attachable_kinds, kind_word};
use super::parts::policies;
use super::rows::{Chip, Row, Sort, account_of};
use super::settings::switched;
use super::tended::Tended;
use crate::components::ui::MenuEntry;
use crate::context::Dispatch;
use crate::effects::keys_in_words;
use crate::state::{Action, Dialog, Shape, TracePlace, TreeAction};

/// Up to so many policies are offered in the menu itself; the list to pick from has all.
const OFFERED: usize = 6;

/// The commands of a node, in groups.
pub(super) fn commands(
    scenario: &Scenario,
    organization: &Organization,
    row: &Row,
    marking: Vec<MenuEntry>,
    pick: &Callback<()>,
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
        entries.push(MenuEntry::command(
            texts::organization_commands_new_request_from_here(),
            chosen,
        ));
    }
    if row.part.is_some() {
        let place = TracePlace::Level(row.node.clone());
        let chosen = dispatch.reform(move |()| Action::TraceSought(place.clone()));
        entries.push(MenuEntry::command(
            texts::organization_commands_show_part_reasons(),
            chosen,
        ));
    }
    if row.sort == Sort::Root {
        entries.extend(shapes(dispatch));
        entries.extend(marking);
    } else {
        entries.push(MenuEntry::Separator);
        entries.extend(node_commands(row, marking, dispatch));
    }
    for (at, kind) in attachable_kinds(organization).enumerate() {
        entries.push(MenuEntry::Separator);
        let first = (at == 0).then_some(pick);
        entries.extend(attachment_commands(scenario, row, kind, first, dispatch));
    }
    if row.sort == Sort::Root {
        entries.push(MenuEntry::Separator);
        for kind in [Kind::Scp, Kind::Rcp] {
            entries.push(policy_type_command(organization, kind, dispatch));
        }
        let chosen = dispatch.reform(|()| Action::Edited(Edit::DeleteOrganization));
        entries.push(MenuEntry::command(
            texts::organization_commands_delete_the_organization(),
            chosen,
        ));
    }
    entries
}

/// The commands of several nodes that are selected together.
pub(super) fn commands_for_several(
    nodes: &[NodeId],
    marking: Vec<MenuEntry>,
    pick: &Callback<()>,
    dispatch: &Dispatch,
) -> Vec<MenuEntry> {
    let heading = texts::common_selected(&nodes.len());
    let mut entries = vec![
        MenuEntry::Heading(heading.into()),
        MenuEntry::command(
            texts::organization_commands_attach_or_detach(),
            pick.clone(),
        ),
    ];
    if let Some(first) = nodes.first().cloned() {
        let chosen = dispatch.reform(move |()| Action::DialogOpened(Dialog::Move(first.clone())));
        entries.push(MenuEntry::command(texts::common_move_to(), chosen));
    }
    entries.extend(marking);
    entries.push(deletion(nodes.to_vec(), dispatch));
    entries
}

impl Tended {
    /// Cutting, pasting, and selecting beside others, for those without the keys.
    pub(super) fn marking(&self, node: &NodeId) -> Vec<MenuEntry> {
        let is_root = self.outline.position(node) == Some(0);
        let mut entries = Vec::new();
        let tree =
            |action: TreeAction| self.dispatch.reform(move |()| Action::Tree(action.clone()));
        if !is_root {
            let cut = tree(TreeAction::Cut(self.meant(node)));
            entries.push(
                MenuEntry::command(texts::organization_commands_cut(), cut)
                    .detail(keys_in_words("Mod X")),
            );
        }
        if !self.cut.is_empty() {
            let paste = tree(TreeAction::Pasted(node.clone()));
            entries.push(
                MenuEntry::command(texts::organization_commands_paste_here(), paste)
                    .detail(keys_in_words("Mod V")),
            );
        }
        let among = match self.several.is_empty() {
            true => self.selected.as_ref() == Some(node),
            false => self.several.contains(node),
        };
        if !among && self.selected.is_some() {
            let (tended, node) = (self.clone(), node.clone());
            let also = Callback::from(move |()| tended.toggle_selected(&node));
            entries.push(
                MenuEntry::command(texts::organization_commands_select_as_well(), also)
                    .detail(keys_in_words("Mod click")),
            );
        }
        entries
    }
}

/// Adding an OU or an account under a node.
pub(super) fn child_additions(parent: &NodeId, dispatch: &Dispatch) -> [MenuEntry; 2] {
    [
        (texts::common_new_ou(), "Shift Insert", false),
        (texts::common_new_account(), "Insert", true),
    ]
    .map(|(text, key, account)| {
        let at = parent.clone();
        let chosen = dispatch.reform(move |()| {
            Action::Tree(TreeAction::NodeAdded {
                at: at.clone(),
                account,
            })
        });
        MenuEntry::command(text, chosen).detail(keys_in_words(key))
    })
}

/// Ready-made OUs and accounts under the root.
pub(super) fn shapes(dispatch: &Dispatch) -> [MenuEntry; 2] {
    [
        (
            texts::organization_commands_add_ous_aws(),
            Shape::Recommended,
        ),
        (
            texts::organization_commands_add_departments(),
            Shape::Departments,
        ),
    ]
    .map(|(text, shape)| {
        let action = Action::Tree(TreeAction::ShapeAdded(shape));
        MenuEntry::command(text, dispatch.reform(move |()| action.clone()))
    })
}

fn node_commands(row: &Row, marking: Vec<MenuEntry>, dispatch: &Dispatch) -> Vec<MenuEntry> {
    let (renamed, moved) = (row.node.clone(), row.node.clone());
    let mut entries = vec![
        MenuEntry::command(
            texts::common_rename(),
            dispatch.reform(move |()| Action::RenamingStarted(renamed.clone())),
        )
        .detail(keys_in_words("Enter")),
        MenuEntry::command(
            texts::common_move_to(),
            dispatch.reform(move |()| Action::DialogOpened(Dialog::Move(moved.clone()))),
        ),
    ];
    entries.extend(marking);
    if row.sort == Sort::Member
        && let Some(account) = account_of(row)
    {
        entries.push(MenuEntry::command(
            texts::organization_commands_make_management_account(),
            dispatch.reform(move |()| Action::Edited(Edit::SetManagementAccount(account.clone()))),
        ));
    }
    entries.push(deletion(vec![row.node.clone()], dispatch));
    entries
}

fn deletion(nodes: Vec<NodeId>, dispatch: &Dispatch) -> MenuEntry {
    let action = Action::Tree(TreeAction::Deleted(nodes));
    MenuEntry::command(
        texts::common_delete(),
        dispatch.reform(move |()| action.clone()),
    )
    .detail(keys_in_words("Del"))
}

fn attachment_commands(
    scenario: &Scenario,
    row: &Row,
    kind: Kind,
    pick: Option<&Callback<()>>,
    dispatch: &Dispatch,
) -> Vec<MenuEntry> {
    let slots = slots(scenario, row, kind);
    let mut entries = vec![MenuEntry::Heading(
        texts::organization_commands_s_attached(&kind_word(kind), &slots).into(),
    )];
    if let Some(pick) = pick {
        entries.push(MenuEntry::command(
            texts::organization_commands_attach_or_detach(),
            pick.clone(),
        ));
    }
    let place = PolicyUse::Node(row.node.clone());
    let there = chip_policies(row);
    let offers = policies(scenario, &[kind], &place, &there, true, dispatch);
    // A new one is always offered, and stands last.
    let left_out = offers.len().checked_sub(1).filter(|all| *all > OFFERED);
    entries.extend(offers.into_iter().skip(left_out.unwrap_or(0)));
    for chip in attached(row, kind).filter(|chip| !chip.fixed) {
        let (node, policy) = (row.node.clone(), chip.policy.clone());
        let chosen = dispatch.reform(move |()| {
            Action::Edited(Edit::Detach {
                node: node.clone(),
                policy: policy.clone(),
            })
        });
        entries.push(MenuEntry::command(texts::common_detach(&chip.name), chosen));
    }
    entries
}

/// How many policies of a kind a node has, and can have: "2 of 5".
pub(super) fn slots(scenario: &Scenario, row: &Row, kind: Kind) -> String {
    let most = scenario.settings.most_attached(kind);
    texts::common_of(&attached(row, kind).count(), &most)
}

/// The policies of a kind that are attached to a node.
pub(super) fn attached(row: &Row, kind: Kind) -> impl Iterator<Item = &Chip> {
    row.chips.iter().filter(move |chip| chip.kind == Some(kind))
}

/// All policies that are attached to a node.
fn chip_policies(row: &Row) -> Vec<PolicyId> {
    row.chips.iter().map(|chip| chip.policy.clone()).collect()
}

fn policy_type_command(organization: &Organization, kind: Kind, dispatch: &Dispatch) -> MenuEntry {
    let (word, on) = (kind_word(kind), organization.enables(kind));
    let chosen = dispatch.reform(move |()| Action::Edited(switched(kind, !on)));
    if on {
        MenuEntry::command(texts::organization_commands_disable_s(&word), chosen)
            .detail(texts::organization_commands_detaches_all())
    } else {
        MenuEntry::command(texts::organization_commands_enable_s(&word), chosen)
    }
}
