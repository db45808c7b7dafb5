//! The commands for the open policy.

use organization::{
    Edit, PolicyId, PolicyUse, PolicyUses, RCP_FULL_AWS_ACCESS, Scenario, TreeIndex, Uses,
};
use policy::Kind;
use yew::prelude::*;

use super::uses::name_of_use;
use crate::components::ui::MenuEntry;
use crate::context::Dispatch;
use crate::effects::keys_in_words;
use crate::state::{Action, Dialog, Entity};

/// Past this number of places the rest is left to the list of all: nobody reads a menu that long.
const MOST_NODES: usize = 12;

/// What the commands need to know.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) uses: &'a PolicyUses,
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

/// Everywhere the policy is used: where that is, and how to end it.
fn uses(subject: Subject<'_>) -> (Vec<MenuEntry>, Vec<MenuEntry>) {
    let mut shown = vec![MenuEntry::Heading(AttrValue::Static(
        texts::policies_menus_used_by(),
    ))];
    let mut ended = Vec::new();
    let uses = subject.uses.of(subject.policy.as_str());
    for place in uses.iter().take(MOST_NODES) {
        let name = subject.name(place);
        let opens = place.clone();
        let edit = Edit::ReleasePolicy {
            policy: subject.policy.clone(),
            place: place.clone(),
        };
        if subject.policy.as_str() != RCP_FULL_AWS_ACCESS {
            ended.push(MenuEntry::command(
                texts::common_detach_from_node(&name),
                subject.edit(edit),
            ));
        }
        let chosen = subject.dispatch.reform(move |()| opened(&opens));
        shown.push(MenuEntry::command(name, chosen).detail(texts::policies_menus_open()));
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
    on_rename: &Callback<()>,
    text: Vec<MenuEntry>,
) -> Vec<MenuEntry> {
    let policy = subject.policy.clone();
    let copy = subject.edit(Edit::DuplicatePolicy(policy.clone()));
    let mut entries = text;
    entries.push(MenuEntry::Separator);
    if own {
        entries.push(
            MenuEntry::command(texts::common_rename(), on_rename.clone())
                .detail(keys_in_words("F2")),
        );
        entries.push(MenuEntry::command(texts::common_duplicate(), copy));
        let kind = {
            let policy = policy.clone();
            let opened = move |()| Action::DialogOpened(Dialog::PolicyKind(policy.clone()));
            subject.dispatch.reform(opened)
        };
        entries.push(MenuEntry::command(
            texts::policies_menus_change_its_kind(),
            kind,
        ));
        let delete = subject.edit(Edit::DeletePolicy {
            policy,
            uses: Uses::Detach,
        });
        entries.push(MenuEntry::command(texts::common_delete(), delete));
    } else {
        entries.push(MenuEntry::command(
            texts::policies_menus_duplicate_to_edit_it(),
            copy,
        ));
    }
    let (shown, ended) = uses(subject);
    if !ended.is_empty() {
        entries.extend(shown);
        entries.push(MenuEntry::Separator);
        entries.extend(ended);
    }
    entries
}
