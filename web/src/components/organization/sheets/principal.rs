//! A user, group or role, opened.

use std::collections::BTreeMap;
use std::rc::Rc;

use organization::{
    AccountId, Edit, Group, PolicyUse, Principal, PrincipalId, Role, Scenario, User,
};
use policy::Kind;
use yew::prelude::*;

use super::{Sheet, code, policy_names, slice, slot, text};
use crate::components::organization::parts::{Item, part};
use crate::components::organization::tags::Tags;
use crate::components::ui::{Menu, MenuEntry};
use crate::context::Dispatch;
use crate::state::{Action, Entity};

const IDENTITY: &[Kind] = &[Kind::Identity];
const BOUNDARY: &[Kind] = &[Kind::Boundary, Kind::Identity];
const TRUST: &[Kind] = &[Kind::Trust];

pub(super) fn of_principal(
    scenario: &Scenario,
    principal: &Rc<Principal>,
    dispatch: &Dispatch,
) -> Option<Sheet> {
    let id = principal.id().clone();
    let account = principal.account()?.clone();
    let (word, path) = match &**principal {
        Principal::User(User { path, .. }) => (texts::common_user(), Some(path)),
        Principal::Role(Role { path, .. }) => (texts::common_role(), Some(path)),
        Principal::Group(_) => (texts::common_group(), None),
        Principal::Other { .. } => return None,
    };
    let partition = scenario
        .organization
        .as_ref()
        .map_or("aws", |organization| &*organization.partition);
    let arn = format!(
        "arn:{partition}:iam::{account}:{}{}{}",
        principal.type_word(),
        path.map_or("/", String::as_str),
        principal.name()
    );
    let renamed = {
        let id = id.clone();
        Callback::from(move |name| Edit::RenamePrincipal {
            principal: id.clone(),
            name,
        })
    };
    let with = |change: fn(&mut Principal, String)| {
        let before = Rc::clone(principal);
        Callback::from(move |text| {
            let mut changed = Principal::clone(&before);
            change(&mut changed, text);
            Edit::UpdatePrincipal(Box::new(changed))
        })
    };
    let body = html! {
        <>
            <div class="sheet-fields">
                { text(texts::common_name(), principal.name(), renamed) }
                if let Some(path) = path {
                    { code(texts::organization_sheets_principal_path(), path, "/", with(set_path)) }
                }
            </div>
            { slot(
                scenario, (texts::common_identity_policies(), texts::organization_sheets_principal_none_of_its_own()), IDENTITY,
                &PolicyUse::Identity(id.clone()), principal.policies(), dispatch,
            ) }
            { only_of_kind(scenario, principal, dispatch) }
            if path.is_some() {
                { slot(
                    scenario, (texts::common_permissions_boundary(), texts::organization_sheets_principal_none_nothing_limited()), BOUNDARY,
                    &PolicyUse::Boundary(id.clone()), slice(principal.permissions_boundary()), dispatch,
                ) }
                <Tags tags={tags(principal)} edit={tagged(principal)} />
            }
        </>
    };
    Some(Sheet {
        name: principal.name().to_owned(),
        word,
        account: Some(account),
        arn,
        body,
        deletion: Edit::DeletePrincipal(id),
    })
}

fn set_path(principal: &mut Principal, text: String) {
    match principal {
        Principal::User(User { path, .. }) | Principal::Role(Role { path, .. }) => *path = text,
        Principal::Group(_) | Principal::Other { .. } => {}
    }
}

fn tags(principal: &Principal) -> BTreeMap<String, String> {
    match principal {
        Principal::User(User { tags, .. }) | Principal::Role(Role { tags, .. }) => tags.clone(),
        Principal::Group(_) | Principal::Other { .. } => BTreeMap::new(),
    }
}

fn tagged(principal: &Rc<Principal>) -> Callback<BTreeMap<String, String>, Edit> {
    let before = Rc::clone(principal);
    Callback::from(move |typed| {
        let mut changed = Principal::clone(&before);
        match &mut changed {
            Principal::User(User { tags, .. }) | Principal::Role(Role { tags, .. }) => {
                *tags = typed;
            }
            Principal::Group(_) | Principal::Other { .. } => {}
        }
        Edit::UpdatePrincipal(Box::new(changed))
    })
}

/// What only a role has, only a user, or only a group.
fn only_of_kind(scenario: &Scenario, principal: &Principal, dispatch: &Dispatch) -> Html {
    match principal {
        Principal::Role(Role {
            id, trust_policy, ..
        }) => slot(
            scenario,
            (
                texts::common_trust_policy(),
                texts::organization_sheets_principal_none_nobody_can(),
            ),
            TRUST,
            &PolicyUse::Trust(id.clone()),
            slice(trust_policy.as_ref()),
            dispatch,
        ),
        Principal::User(user) => memberships(
            scenario,
            (
                texts::organization_sheets_principal_groups(),
                texts::organization_sheets_principal_put_into(),
                texts::organization_sheets_principal_in_no_group(),
            ),
            &user.account,
            |other| matches!(other, Principal::Group(_)),
            |other| user.groups.contains(other),
            |other| (user.id.clone(), other.clone()),
            dispatch,
        ),
        Principal::Group(Group { id, account, .. }) => memberships(
            scenario,
            (
                texts::organization_sheets_principal_members(),
                texts::common_add(),
                texts::organization_sheets_principal_user(),
            ),
            account,
            |other| matches!(other, Principal::User(_)),
            |other| match scenario.principal(other.as_str()).map(|one| &**one) {
                Some(Principal::User(user)) => user.groups.contains(id),
                _ => false,
            },
            |other| (other.clone(), id.clone()),
            dispatch,
        ),
        Principal::Other { .. } => Html::default(),
    }
}

/// The groups of a user, or the users of a group.
fn memberships(
    scenario: &Scenario,
    (heading, word, none): (&str, &'static str, &str),
    account: &AccountId,
    fits: impl Fn(&Principal) -> bool,
    joined: impl Fn(&PrincipalId) -> bool,
    pair: impl Fn(&PrincipalId) -> (PrincipalId, PrincipalId),
    dispatch: &Dispatch,
) -> Html {
    let (mut items, mut entries) = (Vec::new(), Vec::new());
    let here = scenario.principals.iter();
    for other in here.filter(|other| other.account() == Some(account) && fits(other)) {
        let name = other.name().to_owned();
        let (user, group) = pair(other.id());
        if joined(other.id()) {
            items.push(Item {
                remark: policy_names(scenario, other.policies()),
                opened: Action::EntityOpened(Some(Entity::Principal(other.id().clone()))),
                removed: Some((
                    texts::organization_sheets_principal_take_out(&name),
                    Action::Edited(Edit::LeaveGroup { user, group }),
                )),
                name,
            });
        } else {
            let edit = Edit::JoinGroup { user, group };
            let chosen = dispatch.reform(move |()| Action::Edited(edit.clone()));
            entries.push(MenuEntry::command(name, chosen));
        }
    }
    let menu = if entries.is_empty() {
        Html::default()
    } else {
        html! { <Menu label={format!("{word}: {heading}")} class="button" {entries}>{ word }</Menu> }
    };
    part(heading, "", menu, items, none, dispatch)
}
