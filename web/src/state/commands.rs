//! The commands of the page as data: menus, the palette, the keys and the list of keys are all made
//! from it.

use std::rc::Rc;

use organization::{NodeId, Organization, Scenario};
use policy::Kind;

use super::action::{Action, Source};
use super::model::{Dialog, Model, Pane};
use super::preferences::Theme;
use super::tree::TreeAction;

/// Something that can be done.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// The part of the page that it is about.
    pub group: &'static str,
    /// What, in a few words.
    pub name: &'static str,
    /// Its keys, the usual ones first; `Mod` stands for Ctrl, or ⌘ where that is usual.
    pub keys: &'static [&'static str],
    /// What happens then; none if it can't be done now.
    pub action: fn(&Model) -> Option<Action>,
}

/// The page as a whole.
pub const PAGE: &str = "Page";
/// The colours of the page.
pub const COLOURS: &str = "Colours";
const ORGANIZATION: &str = "Organization";
const POLICIES: &str = "Policies";
const REQUESTS: &str = "Requests";
const GO: &str = "Go to";

/// All of them, in the order of the palette.
pub const COMMANDS: &[Command] = &[
    command(PAGE, "Find a command or place", &["Mod K"], |_| {
        opening(Dialog::Palette)
    }),
    command(PAGE, "Undo", &["Mod Z"], |model| {
        model.history.to_undo().map(|_| Action::Undone)
    }),
    command(PAGE, "Redo", &["Mod Shift Z", "Mod Y"], |model| {
        model.history.to_redo().map(|_| Action::Redone)
    }),
    command(PAGE, "New scenario", &[], |_| {
        Some(Action::ScenarioOpened {
            scenario: Rc::new(Scenario::empty()),
            source: Source::Empty,
        })
    }),
    command(PAGE, "Scenarios", &["Mod O"], |_| {
        opening(Dialog::Scenarios)
    }),
    command(PAGE, "Examples", &[], |_| opening(Dialog::Examples)),
    command(PAGE, "Import", &[], |_| opening(Dialog::Import)),
    command(PAGE, "Export", &["Mod S"], |_| opening(Dialog::Export)),
    command(PAGE, "Share", &[], |_| opening(Dialog::Share)),
    command(PAGE, "Settings", &[], |_| opening(Dialog::Settings)),
    command(PAGE, "Page settings", &[], |_| opening(Dialog::Preferences)),
    command(PAGE, "How this page works", &["?"], |_| {
        opening(Dialog::Help)
    }),
    command(COLOURS, "As the system", &[], |_| {
        Some(Action::ThemeChosen(Theme::System))
    }),
    command(COLOURS, "Light", &[], |_| {
        Some(Action::ThemeChosen(Theme::Light))
    }),
    command(COLOURS, "Dark", &[], |_| {
        Some(Action::ThemeChosen(Theme::Dark))
    }),
    command(ORGANIZATION, "Start an organization", &[], |model| {
        model
            .scenario
            .organization
            .is_none()
            .then_some(Action::OrganizationStarted)
    }),
    command(ORGANIZATION, "New OU", &[], |model| {
        let (at, account) = (parent(model)?, false);
        Some(Action::Tree(TreeAction::NodeAdded { at, account }))
    }),
    command(ORGANIZATION, "New account", &[], |model| {
        let (at, account) = (parent(model)?, true);
        Some(Action::Tree(TreeAction::NodeAdded { at, account }))
    }),
    command(ORGANIZATION, "Rename the selected node", &[], |model| {
        below_root(model).map(Action::RenamingStarted)
    }),
    command(ORGANIZATION, "Move the selected node to…", &[], |model| {
        opening(Dialog::Move(below_root(model)?))
    }),
    command(REQUESTS, "New request", &[], |model| {
        let there = model.scenario.organization.is_some();
        there.then_some(Action::RequestAdded { account: None })
    }),
    command(POLICIES, "New SCP", &[], |_| new_policy(Kind::Scp)),
    command(POLICIES, "New RCP", &[], |_| new_policy(Kind::Rcp)),
    command(POLICIES, "New identity policy", &[], |_| {
        new_policy(Kind::Identity)
    }),
    command(POLICIES, "New permissions boundary", &[], |_| {
        new_policy(Kind::Boundary)
    }),
    command(POLICIES, "New session policy", &[], |_| {
        new_policy(Kind::Session)
    }),
    command(POLICIES, "New resource policy", &[], |_| {
        new_policy(Kind::Resource)
    }),
    command(POLICIES, "New trust policy", &[], |_| {
        new_policy(Kind::Trust)
    }),
    command(POLICIES, "New endpoint policy", &[], |_| {
        new_policy(Kind::Endpoint)
    }),
    command(GO, "Organization", &[], |_| {
        Some(Action::PaneShown(Pane::Organization))
    }),
    command(GO, "Requests", &[], |_| {
        Some(Action::PaneShown(Pane::Requests))
    }),
    command(GO, "Trace", &[], |_| Some(Action::PaneShown(Pane::Trace))),
    command(GO, "Policies", &[], |_| {
        Some(Action::PaneShown(Pane::Policies))
    }),
];

/// Keys that are no commands: moving, and what a part of the page does with its own.
pub const OTHER_KEYS: &[(&str, &[(&str, &str)])] = &[
    (
        "Everywhere",
        &[
            ("F6, Shift F6", "Next and previous part of the page"),
            ("Esc", "Close a menu or a dialog, leave a field unchanged"),
        ],
    ),
    (
        "In the tree",
        &[
            ("↑ ↓ Home End", "Move"),
            ("→ ←", "Open or close, or move to the child or parent"),
            ("Letters", "Move to the node whose name begins so"),
            ("Space", "Open below the tree"),
            ("Enter, F2", "Rename"),
            ("Insert, Shift Insert", "New account, new OU"),
            (
                "Ctrl Enter",
                "Another like it, also while its name is typed",
            ),
            ("Delete", "Delete"),
            ("Ctrl X, Ctrl V", "Cut, and paste at another place"),
            ("Alt ↑, Alt ↓", "Move among its siblings"),
            ("Shift ↑, Shift ↓, Ctrl A", "Select several"),
            ("Ctrl F", "Filter, in a large tree"),
            ("Shift F10", "All commands of the node"),
        ],
    ),
    (
        "In the table of requests",
        &[
            ("↑ ↓ ← →", "Move"),
            ("Enter, F2", "Edit; Enter and Tab go on from there"),
            ("Insert", "New request"),
            ("Ctrl D", "Duplicate"),
            ("Delete", "Delete"),
        ],
    ),
    (
        "In the policy editor",
        &[
            ("Ctrl Space", "What can stand here"),
            ("Ctrl .", "Mend what is marked"),
            ("F8", "Next finding"),
            ("Esc, then Tab", "Leave the editor"),
        ],
    ),
];

const fn command(
    group: &'static str,
    name: &'static str,
    keys: &'static [&'static str],
    action: fn(&Model) -> Option<Action>,
) -> Command {
    Command {
        group,
        name,
        keys,
        action,
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the commands of the table may have no action"
)]
fn opening(dialog: Dialog) -> Option<Action> {
    Some(Action::DialogOpened(dialog))
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the commands of the table may have no action"
)]
fn new_policy(kind: Kind) -> Option<Action> {
    Some(Action::PolicyAdded { kind, target: None })
}

/// Where a new OU or account goes: the selected root or OU, or the one around the selected account.
fn parent(model: &Model) -> Option<NodeId> {
    let organization = model.scenario.organization.as_ref()?;
    let root = || organization.root.id.clone();
    let Some(selected) = &model.selection.node else {
        return Some(root());
    };
    let index = organization.index();
    match index.node(selected.as_str())? {
        organization::NodeRef::Account(_) => Some(
            index
                .parent(selected.as_str())
                .map_or_else(root, |it| it.id()),
        ),
        node => Some(node.id()),
    }
}

/// The selected node, if it can be named and moved.
fn below_root(model: &Model) -> Option<NodeId> {
    let organization: &Organization = model.scenario.organization.as_ref()?;
    let selected = model.selection.node.as_ref()?;
    (*selected != organization.root.id).then(|| selected.clone())
}

/// The command that a chord of keys stands for.
#[must_use]
pub fn by_keys(chord: &str) -> Option<&'static Command> {
    COMMANDS
        .iter()
        .find(|command| command.keys.contains(&chord))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_their_keys_or_their_name() {
        for (at, command) in COMMANDS.iter().enumerate() {
            for other in COMMANDS.iter().skip(at + 1) {
                assert!(
                    command.keys.iter().all(|keys| !other.keys.contains(keys)),
                    "{command:?}"
                );
                assert!((command.group, command.name) != (other.group, other.name));
            }
        }
    }
}
