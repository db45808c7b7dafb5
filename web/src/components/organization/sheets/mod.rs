//! What stands beside the tree, opened: a user, group or role, a resource, a VPC endpoint, an
//! account outside the organization.

mod account;
mod principal;
mod resource;

use organization::{AccountId, Edit, PolicyId, PolicyUse, Scenario};
use policy::Kind;
use yew::prelude::*;

use super::field::TextField;
use super::parts::{accounts, part, policies, press, used};
use crate::components::ui::{Glyph, Menu, breakable, glyph};
use crate::context::Dispatch;
use crate::state::{Action, Entity, account_name};
use account::of_account;
use principal::of_principal;
use resource::{of_endpoint, of_resource};

/// The open thing: a heading, where it belongs, its fields and parts, and how to delete it.
struct Sheet {
    name: String,
    /// What it is, before the account that it belongs to.
    word: &'static str,
    account: Option<AccountId>,
    /// Its ARN, where that follows from the rest.
    arn: String,
    body: Html,
    deletion: Edit,
}

/// Draws what is open; nothing if it is not there.
pub(super) fn sheet(scenario: &Scenario, entity: &Entity, dispatch: &Dispatch) -> Html {
    let sheet = match entity {
        Entity::Principal(id) => scenario
            .principal(id.as_str())
            .and_then(|principal| of_principal(scenario, principal, dispatch)),
        Entity::Resource(arn) => {
            let mut resources = scenario.resources.iter();
            let found = resources.find(|one| one.arn == *arn);
            found.map(|resource| of_resource(scenario, resource, dispatch))
        }
        Entity::Endpoint(id) => scenario
            .endpoint(id)
            .map(|endpoint| of_endpoint(scenario, endpoint, dispatch)),
        Entity::Account(id) => scenario
            .external_account(id.as_str())
            .map(|account| of_account(scenario, account, dispatch)),
    };
    let Some(sheet) = sheet else {
        return Html::default();
    };
    let deletion = Action::Edited(sheet.deletion);
    let delete = texts::organization_sheets_delete(&sheet.name);
    html! {
        <section
            key={key(scenario, entity)} class="details sheet" aria-labelledby="details-head"
            onkeydown={closed_by_escape(dispatch)}
        >
            <div class="details-head">
                <h3 id="details-head" tabindex="-1">{ &sheet.name }</h3>
                { close(Action::EntityOpened(None), dispatch) }
            </div>
            <p class="details-path">
                { sheet.word }
                if let Some(account) = &sheet.account {
                    { holder(scenario, account, dispatch) }
                }
                if !sheet.arn.is_empty() {
                    { " · " }{ breakable(&sheet.arn) }
                }
            </p>
            { sheet.body }
            <div class="sheet-end">
                { press("button outlined", delete.clone(), html! { { delete } }, deletion, dispatch) }
            </div>
        </section>
    }
}

fn closed_by_escape(dispatch: &Dispatch) -> Callback<KeyboardEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            dispatch.emit(Action::EntityOpened(None));
        }
    })
}

/// The button that closes what is open.
pub(super) fn close(closed: Action, dispatch: &Dispatch) -> Html {
    let name = texts::organization_sheets_close_the_details().to_owned();
    press("icon-button", name, glyph(Glyph::Cross), closed, dispatch)
}

/// A name for what is open that stays while what names it is typed.
pub(super) fn key(scenario: &Scenario, entity: &Entity) -> String {
    let place = |position: Option<usize>| position.unwrap_or_default();
    match entity {
        Entity::Principal(id) => format!("principal-{id}"),
        Entity::Resource(arn) => {
            let mut resources = scenario.resources.iter();
            format!(
                "resource-{}",
                place(resources.position(|one| one.arn == *arn))
            )
        }
        Entity::Endpoint(id) => {
            let mut endpoints = scenario.endpoints.iter();
            format!(
                "endpoint-{}",
                place(endpoints.position(|one| one.id == *id))
            )
        }
        Entity::Account(id) => {
            let mut accounts = scenario.external_accounts.iter();
            format!("account-{}", place(accounts.position(|one| one.id == *id)))
        }
    }
}

/// The account that something belongs to, as a button that opens it.
fn holder(scenario: &Scenario, account: &AccountId, dispatch: &Dispatch) -> Html {
    let opened = match scenario.external_account(account.as_str()) {
        Some(_) => Action::EntityOpened(Some(Entity::Account(account.clone()))),
        None => Action::NodeSelected(Some(account.node())),
    };
    let name = account_name(scenario, account);
    html! {
        <>
            { " " }{ texts::organization_sheets_in() }{ " " }
            { press("link", name.clone(), html! { { name } }, opened, dispatch) }
        </>
    }
}

/// The policies of a place, with a menu to attach others.
fn slot(
    scenario: &Scenario,
    (heading, none): (&str, &str),
    kinds: &[Kind],
    place: &PolicyUse,
    there: &[PolicyId],
    dispatch: &Dispatch,
) -> Html {
    let many = matches!(place, PolicyUse::Identity(_));
    let word = match there {
        [_, ..] if !many => texts::common_change(),
        _ if many => texts::common_attach(),
        _ => texts::common_set(),
    };
    let entries = policies(scenario, kinds, place, there, false, dispatch);
    let items = there
        .iter()
        .map(|policy| used(scenario, policy, place))
        .collect();
    let menu = html! {
        <Menu label={format!("{word}: {heading}")} class="button" {entries}>{ word }</Menu>
    };
    part(heading, "", menu, items, none, dispatch)
}

fn text(label: &'static str, value: &str, edit: Callback<String, Edit>) -> Html {
    html! { <TextField {label} value={value.to_owned()} {edit} /> }
}

fn code(
    label: &'static str,
    value: &str,
    placeholder: &'static str,
    edit: Callback<String, Edit>,
) -> Html {
    html! { <TextField {label} value={value.to_owned()} {placeholder} code=true {edit} /> }
}

fn owner(
    scenario: &Scenario,
    account: Option<&AccountId>,
    placeholder: &'static str,
    edit: Callback<String, Edit>,
) -> Html {
    let value = account.map(ToString::to_string).unwrap_or_default();
    let name = account.map(|account| account_name(scenario, account));
    let hint = name.filter(|name| *name != value).unwrap_or_default();
    html! {
        <TextField
            label={texts::common_owner()} {value} {placeholder} {hint} code=true options={accounts(scenario)} {edit}
        />
    }
}

fn slice(policy: Option<&PolicyId>) -> &[PolicyId] {
    policy.map_or(&[], std::slice::from_ref)
}

/// The names of policies, one after the other.
pub(super) fn policy_names(scenario: &Scenario, policies: &[PolicyId]) -> String {
    let names: Vec<&str> = policies
        .iter()
        .map(|id| {
            scenario
                .policy(id.as_str())
                .map_or(id.as_str(), |policy| policy.name())
        })
        .collect();
    names.join(", ")
}

/// The id of an account, inside or outside the organization.
pub(super) fn account_id(account: &AccountId) -> Html {
    let edit = {
        let account = account.clone();
        Callback::from(move |text: String| Edit::SetAccountId {
            account: account.clone(),
            id: text.trim().into(),
        })
    };
    code(
        texts::organization_sheets_account_id(),
        account.as_str(),
        texts::common_twelve_digits(),
        edit,
    )
}
