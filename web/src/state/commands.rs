//! The commands of the page as data: menus, the palette, the keys and the list of keys are all made
//! from it.

use std::rc::Rc;

use organization::{NodeId, Organization, Scenario};
use policy::Kind;
use texts::Text;

use super::action::{Action, Source};
use super::language::Language;
use super::lesson::LessonAction;
use super::model::{Dialog, Model, Pane};
use super::preferences::Theme;
use super::tree::TreeAction;

/// Something that can be done.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// The part of the page that it is about.
    pub group: Text,
    /// What, in a few words.
    pub name: Text,
    /// Its keys, the usual ones first; `Mod` stands for Ctrl, or ⌘ where that is usual.
    pub keys: &'static [&'static str],
    /// What happens then; none if it can't be done now.
    pub action: fn(&Model) -> Option<Action>,
}

/// The page as a whole.
pub const PAGE: Text = texts::STATE_COMMANDS_PAGE;
/// The colours of the page.
pub const COLOURS: Text = texts::COMMON_COLOURS;
const LANGUAGE: Text = texts::LANGUAGE_LANGUAGE;
const ORGANIZATION: Text = texts::COMMON_ORGANIZATION;
const POLICIES: Text = texts::COMMON_POLICIES;
const REQUESTS: Text = texts::COMMON_REQUESTS;
const GO: Text = texts::STATE_COMMANDS_GO_TO;

/// All of them, in the order of the palette.
pub const COMMANDS: &[Command] = &[
    command(
        PAGE,
        texts::STATE_COMMANDS_FIND_COMMAND_PLACE,
        &["Mod K"],
        |_| opening(Dialog::Palette),
    ),
    command(PAGE, texts::COMMON_UNDO, &["Mod Z"], |model| {
        model.history.to_undo().map(|_| Action::Undone)
    }),
    command(
        PAGE,
        texts::STATE_COMMANDS_REDO,
        &["Mod Shift Z", "Mod Y"],
        |model| model.history.to_redo().map(|_| Action::Redone),
    ),
    command(PAGE, texts::COMMON_NEW_SCENARIO, &[], |_| {
        Some(Action::ScenarioOpened {
            scenario: Rc::new(Scenario::empty()),
            source: Source::Empty,
        })
    }),
    command(PAGE, texts::COMMON_SCENARIOS, &["Mod O"], |_| {
        opening(Dialog::Scenarios)
    }),
    command(PAGE, texts::COMMON_EXAMPLES, &[], |_| {
        opening(Dialog::Examples)
    }),
    command(PAGE, texts::LESSON_COURSE, &[], |_| opening(Dialog::Course)),
    command(PAGE, texts::LESSON_MAKE, &[], |model| {
        let made = model.learning.as_ref().is_some_and(|it| it.authoring);
        (!made && !model.is_empty()).then_some(Action::Lesson(LessonAction::Authoring(true)))
    }),
    command(PAGE, texts::COMMON_IMPORT, &[], |_| opening(Dialog::Import)),
    command(PAGE, texts::COMMON_EXPORT, &["Mod S"], |_| {
        opening(Dialog::Export)
    }),
    command(PAGE, texts::COMMON_SHARE, &[], |_| opening(Dialog::Share)),
    command(PAGE, texts::COMMON_SETTINGS, &[], |_| {
        opening(Dialog::Settings)
    }),
    command(PAGE, texts::COMMON_PAGE_SETTINGS, &[], |_| {
        opening(Dialog::Preferences)
    }),
    command(PAGE, texts::COMMON_HOW_THIS_PAGE_WORKS, &["?"], |_| {
        opening(Dialog::Help)
    }),
    command(COLOURS, texts::COMMON_AS_THE_SYSTEM, &[], |_| {
        Some(Action::ThemeChosen(Theme::System))
    }),
    command(COLOURS, texts::COMMON_LIGHT, &[], |_| {
        Some(Action::ThemeChosen(Theme::Light))
    }),
    command(COLOURS, texts::COMMON_DARK, &[], |_| {
        Some(Action::ThemeChosen(Theme::Dark))
    }),
    command(LANGUAGE, texts::LANGUAGE_ENGLISH, &[], |_| {
        Some(Action::LanguageChosen(Language::English))
    }),
    command(LANGUAGE, texts::LANGUAGE_GERMAN, &[], |_| {
        Some(Action::LanguageChosen(Language::German))
    }),
    command(
        ORGANIZATION,
        texts::COMMON_START_AN_ORGANIZATION,
        &[],
        |model| {
            model
                .scenario
                .organization
                .is_none()
                .then_some(Action::OrganizationStarted)
        },
    ),
    command(ORGANIZATION, texts::COMMON_NEW_OU, &[], |model| {
        let (at, account) = (parent(model)?, false);
        Some(Action::Tree(TreeAction::NodeAdded { at, account }))
    }),
    command(ORGANIZATION, texts::COMMON_NEW_ACCOUNT, &[], |model| {
        let (at, account) = (parent(model)?, true);
        Some(Action::Tree(TreeAction::NodeAdded { at, account }))
    }),
    command(
        ORGANIZATION,
        texts::STATE_COMMANDS_RENAME_THE_SELECTED_NODE,
        &[],
        |model| below_root(model).map(Action::RenamingStarted),
    ),
    command(
        ORGANIZATION,
        texts::STATE_COMMANDS_MOVE_SELECTED_NODE,
        &[],
        |model| opening(Dialog::Move(below_root(model)?)),
    ),
    command(REQUESTS, texts::COMMON_NEW_REQUEST, &[], |model| {
        let there = model.scenario.organization.is_some();
        there.then_some(Action::RequestAdded { account: None })
    }),
    command(POLICIES, texts::COMMON_NEW_SCP, &[], |_| {
        new_policy(Kind::Scp)
    }),
    command(POLICIES, texts::COMMON_NEW_RCP, &[], |_| {
        new_policy(Kind::Rcp)
    }),
    command(POLICIES, texts::COMMON_NEW_IDENTITY_POLICY, &[], |_| {
        new_policy(Kind::Identity)
    }),
    command(
        POLICIES,
        texts::COMMON_NEW_PERMISSIONS_BOUNDARY,
        &[],
        |_| new_policy(Kind::Boundary),
    ),
    command(POLICIES, texts::COMMON_NEW_SESSION_POLICY, &[], |_| {
        new_policy(Kind::Session)
    }),
    command(POLICIES, texts::COMMON_NEW_RESOURCE_POLICY, &[], |_| {
        new_policy(Kind::Resource)
    }),
    command(POLICIES, texts::COMMON_NEW_TRUST_POLICY, &[], |_| {
        new_policy(Kind::Trust)
    }),
    command(POLICIES, texts::COMMON_NEW_ENDPOINT_POLICY, &[], |_| {
        new_policy(Kind::Endpoint)
    }),
    command(GO, texts::COMMON_ORGANIZATION, &[], |_| {
        Some(Action::PaneShown(Pane::Organization))
    }),
    command(GO, texts::COMMON_MAP, &[], |model| {
        let there = model.scenario.organization.is_some();
        there.then_some(Action::PaneShown(Pane::Map))
    }),
    command(GO, texts::COMMON_REQUESTS, &[], |_| {
        Some(Action::PaneShown(Pane::Requests))
    }),
    command(GO, texts::COMMON_MATRIX, &[], |model| {
        let there = model.scenario.organization.is_some() && !model.scenario.requests.is_empty();
        there.then_some(Action::PaneShown(Pane::Matrix))
    }),
    command(GO, texts::COMMON_TRACE, &[], |_| {
        Some(Action::PaneShown(Pane::Trace))
    }),
    command(GO, texts::COMMON_POLICIES, &[], |_| {
        Some(Action::PaneShown(Pane::Policies))
    }),
];

/// Keys that are no commands: moving, and what a part of the page does with its own.
pub const OTHER_KEYS: &[(Text, &[(&str, Text)])] = &[
    (
        texts::STATE_COMMANDS_EVERYWHERE,
        &[
            ("F6, Shift F6", texts::STATE_COMMANDS_NEXT_PREVIOUS_PART),
            ("Esc", texts::STATE_COMMANDS_CLOSE_MENU_DIALOG),
        ],
    ),
    (
        texts::STATE_COMMANDS_TABLE_REQUESTS,
        &[
            ("↑ ↓ ← →", texts::STATE_COMMANDS_MOVE_ON),
            ("Enter, F2", texts::STATE_COMMANDS_EDIT_ENTER_TAB),
            ("Insert", texts::COMMON_NEW_REQUEST),
            ("Ctrl D", texts::COMMON_DUPLICATE),
            ("Delete", texts::COMMON_DELETE),
        ],
    ),
    (
        texts::STATE_COMMANDS_IN_THE_POLICY_EDITOR,
        &[
            ("Ctrl Space", texts::STATE_COMMANDS_WHAT_CAN_STAND_HERE),
            ("Ctrl .", texts::STATE_COMMANDS_MEND_WHAT_IS_MARKED),
            ("F8", texts::STATE_COMMANDS_NEXT_FINDING),
            ("Esc, then Tab", texts::STATE_COMMANDS_LEAVE_THE_EDITOR),
        ],
    ),
    (
        texts::STATE_COMMANDS_IN_THE_TREE,
        &[
            ("↑ ↓ Home End", texts::STATE_COMMANDS_MOVE_ON),
            ("→ ←", texts::STATE_COMMANDS_OPEN_CLOSE_MOVE),
            ("Letters", texts::STATE_COMMANDS_MOVE_NODE_WHOSE),
            ("Space", texts::STATE_COMMANDS_OPEN_BELOW_THE_TREE),
            ("Enter, F2", texts::COMMON_RENAME),
            (
                "Insert, Shift Insert",
                texts::STATE_COMMANDS_NEW_ACCOUNT_NEW_OU,
            ),
            ("Ctrl Enter", texts::STATE_COMMANDS_ANOTHER_LIKE_ALSO),
            ("Delete", texts::COMMON_DELETE),
            ("Ctrl X, Ctrl V", texts::STATE_COMMANDS_CUT_PASTE_ANOTHER),
            (
                "Alt ↑, Alt ↓",
                texts::STATE_COMMANDS_MOVE_AMONG_ITS_SIBLINGS,
            ),
            (
                "Shift ↑, Shift ↓, Ctrl A",
                texts::STATE_COMMANDS_SELECT_SEVERAL,
            ),
            ("Ctrl F", texts::STATE_COMMANDS_FILTER_LARGE_TREE),
            ("Shift F10", texts::STATE_COMMANDS_ALL_COMMANDS_NODE),
        ],
    ),
];

const fn command(
    group: Text,
    name: Text,
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
