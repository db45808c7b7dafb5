//! What the open parts of the pane are made of: headings with something to add, and lists of what
//! is there.

use organization::{AccountId, Edit, Organization, PolicyId, PolicyUse, Scenario, WELL_KNOWN};
use policy::Kind;
use yew::prelude::*;

use crate::components::policies::kind_word;
use crate::components::ui::{Glyph, MenuEntry, glyph, within};
use crate::context::Dispatch;
use crate::state::{Action, Entity};

/// How many accounts are offered as owners; any other can be typed.
const MOST_ACCOUNTS: usize = 200;

/// Something that a part lists.
pub(super) struct Item {
    /// Its name.
    pub(super) name: String,
    /// What else is said of it.
    pub(super) remark: String,
    /// Opens it.
    pub(super) opened: Action,
    /// Takes it away: from where, and how.
    pub(super) removed: Option<(String, Action)>,
}

/// A button that does something at once; its name says what.
pub(super) fn press(
    class: &'static str,
    name: String,
    content: Html,
    done: Action,
    dispatch: &Dispatch,
) -> Html {
    let onclick = dispatch.reform(move |_: MouseEvent| done.clone());
    html! {
        <button type="button" {class} aria-label={name.clone()} title={name} {onclick}>{ content }</button>
    }
}

/// A heading, what can be added under it, what is there, and what is said where there is nothing.
pub(super) fn part(
    heading: &str,
    count: &str,
    addition: Html,
    items: Vec<Item>,
    none: &str,
    dispatch: &Dispatch,
) -> Html {
    html! {
        <>
            <div class="details-part">
                <h4>{ heading }</h4>
                <span>{ count }</span>
                <span class="spacer" />
                { addition }
            </div>
            if items.is_empty() {
                <p class="details-remark">{ none }</p>
            } else {
                <ul class="details-list">
                    for item in items {
                        <li class="details-item">{ line(item, dispatch) }</li>
                    }
                </ul>
            }
        </>
    }
}

fn line(item: Item, dispatch: &Dispatch) -> Html {
    let opened = item.opened;
    // Closing gives the focus back to what opened it.
    let id = match &opened {
        Action::EntityOpened(Some(Entity::Principal(id))) => Some(format!("open-principal-{id}")),
        _ => None,
    };
    html! {
        <>
            <button
                {id} type="button" class="button" title={texts::common_open(&item.name)}
                onclick={dispatch.reform(move |_: MouseEvent| opened.clone())}
            >
                <span class="details-name">{ &item.name }</span>
            </button>
            <span class="details-words">{ item.remark }</span>
            if let Some((from, removed)) = item.removed {
                { press("icon-button tiny", from, glyph(Glyph::Cross), removed, dispatch) }
            }
        </>
    }
}

/// A policy that is used at a place.
pub(super) fn used(scenario: &Scenario, policy: &PolicyId, place: &PolicyUse) -> Item {
    let found = scenario.policy(policy.as_str());
    let name = found.map_or_else(|| policy.to_string(), |found| found.name().to_owned());
    let remark = match found {
        Some(_) => "",
        None => texts::organization_parts_not_in_the_scenario(),
    };
    Item {
        remark: remark.to_owned(),
        opened: Action::PolicySelected(policy.clone()),
        removed: Some((
            texts::common_detach(&name),
            Action::Edited(Edit::ReleasePolicy {
                policy: policy.clone(),
                place: place.clone(),
            }),
        )),
        name,
    }
}

/// The policies of these kinds that can be put to use at a place where `there` are already, and a
/// new one of the first kind.
pub(super) fn policies(
    scenario: &Scenario,
    kinds: &[Kind],
    place: &PolicyUse,
    there: &[PolicyId],
    attaching: bool,
    dispatch: &Dispatch,
) -> Vec<MenuEntry> {
    let mut entries: Vec<MenuEntry> = attachable(scenario, kinds, there)
        .into_iter()
        .map(|(policy, name)| {
            let edit = Edit::UsePolicy {
                policy,
                place: place.clone(),
            };
            let chosen = dispatch.reform(move |()| Action::Edited(edit.clone()));
            let words = match attaching {
                true => texts::organization_parts_attach(&name),
                false => name,
            };
            MenuEntry::command(words, chosen)
        })
        .collect();
    let Some(kind) = kinds.first().copied() else {
        return entries;
    };
    if !attaching && !entries.is_empty() {
        entries.push(MenuEntry::Separator);
    }
    let word = kind_word(&organization::PolicyKind::Known(kind));
    let new = match (attaching, kind) {
        (true, _) => texts::organization_parts_attach_new(&word),
        (false, Kind::Scp | Kind::Rcp) => texts::common_new_kind(&word),
        (false, _) => texts::common_new_kind(&within(&word)),
    };
    let target = Some(place.clone());
    let chosen = dispatch.reform(move |()| Action::PolicyAdded {
        kind,
        target: target.clone(),
    });
    entries.push(MenuEntry::command(new, chosen));
    entries
}

pub(super) fn attachable(
    scenario: &Scenario,
    kinds: &[Kind],
    there: &[PolicyId],
) -> Vec<(PolicyId, String)> {
    let known = WELL_KNOWN
        .iter()
        .filter(|policy| kinds.contains(&policy.kind))
        .map(|policy| (PolicyId::new(policy.name), policy.name.to_owned()));
    let own = scenario
        .policies
        .iter()
        .filter(|policy| {
            policy
                .kind
                .known()
                .is_some_and(|kind| kinds.contains(&kind))
        })
        .map(|policy| (policy.id.clone(), policy.name.clone()));
    own.chain(known)
        .filter(|(id, _)| !there.contains(id))
        .collect()
}

/// The accounts that can own something, with their names.
pub(super) fn accounts(scenario: &Scenario) -> Vec<(AttrValue, AttrValue)> {
    let option = |id: &AccountId, name: &str| {
        let (id, name) = (id.to_string(), name.to_owned());
        (AttrValue::from(id), AttrValue::from(name))
    };
    let index = scenario.organization.as_ref().map(Organization::index);
    let mut options: Vec<_> = index
        .iter()
        .flat_map(|index| index.accounts())
        .take(MOST_ACCOUNTS)
        .map(|account| option(&account.id, &account.name))
        .collect();
    let external = scenario.external_accounts.iter();
    options.extend(external.map(|account| option(&account.id, &account.name)));
    options
}

/// An account as it is typed: none while the field is empty.
pub(super) fn typed_account(text: &str) -> Option<AccountId> {
    let text = text.trim();
    (!text.is_empty()).then(|| AccountId::from(text))
}

/// A text that may be left out.
pub(super) fn typed_text(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
