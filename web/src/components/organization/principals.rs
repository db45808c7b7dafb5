//! Users, groups and roles of an account.

use organization::{AccountId, Principal, PrincipalKind, Scenario};
use yew::prelude::*;

use super::parts::{Item, part};
use super::sheets::policy_names;
use crate::components::ui::{Menu, MenuEntry};
use crate::context::Dispatch;
use crate::state::{Action, Entity, principal_word};

/// The users, groups and roles of an account, each to be opened.
pub(super) fn principals(
    scenario: &Scenario,
    account: &AccountId,
    name: &str,
    dispatch: &Dispatch,
) -> Html {
    let here = scenario.principals.iter();
    let items = here
        .filter(|principal| principal.account() == Some(account))
        .map(|principal| Item {
            name: principal.name().to_owned(),
            remark: remark(scenario, principal),
            opened: Action::EntityOpened(Some(Entity::Principal(principal.id().clone()))),
            removed: None,
        })
        .collect();
    let menu = html! {
        <Menu
            label={texts::organization_principals_add_user_group(&name)} class="button"
            entries={additions(account, dispatch)}
        >
            { texts::common_add() }
        </Menu>
    };
    part(
        texts::organization_principals_users_groups_and_roles(),
        "",
        menu,
        items,
        texts::organization_principals_none_yet_new(),
        dispatch,
    )
}

/// What a principal is and what it is allowed by, in a line.
fn remark(scenario: &Scenario, principal: &Principal) -> String {
    let mut words = principal_word(principal).to_owned();
    let policies = policy_names(scenario, principal.policies());
    for (word, text) in [
        (":", policies.as_str()),
        (
            texts::organization_principals_limited_by(),
            boundary(scenario, principal),
        ),
    ] {
        if !text.is_empty() {
            words = format!("{words}{word} {text}");
        }
    }
    words
}

fn boundary<'a>(scenario: &'a Scenario, principal: &'a Principal) -> &'a str {
    let boundary = principal.permissions_boundary();
    boundary.map_or("", |id| {
        scenario
            .policy(id.as_str())
            .map_or(id.as_str(), |policy| policy.name())
    })
}

fn additions(account: &AccountId, dispatch: &Dispatch) -> Vec<MenuEntry> {
    [
        (PrincipalKind::User, texts::common_user()),
        (PrincipalKind::Group, texts::common_group()),
        (PrincipalKind::Role, texts::common_role()),
    ]
    .into_iter()
    .map(|(kind, word)| {
        let account = account.clone();
        let chosen = dispatch.reform(move |()| Action::PrincipalAdded {
            kind,
            account: account.clone(),
        });
        MenuEntry::command(word, chosen)
    })
    .collect()
}
