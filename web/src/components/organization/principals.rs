//! Users, groups and roles of an account, with their identity policies.

use std::rc::Rc;

use organization::{AccountId, Edit, PolicyId, Principal, PrincipalKind, Scenario, WELL_KNOWN};
use policy::Kind;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::ui::{Glyph, Menu, MenuEntry, glyph};
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::{Action, PolicyTarget};

/// Properties of [`Principals`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct PrincipalsProps {
    /// The account.
    pub(super) account: AccountId,
    /// Its name.
    pub(super) name: AttrValue,
}

/// The users, groups and roles of an account.
#[component]
pub(super) fn Principals(props: &PrincipalsProps) -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let here: Vec<Rc<Principal>> = model
        .scenario
        .principals
        .iter()
        .filter(|principal| principal.account() == Some(&props.account))
        .cloned()
        .collect();
    html! {
        <>
            <div class="details-part">
                <h4>{ "Users, groups and roles" }</h4>
                <span class="spacer" />
                <Menu
                    label={format!("Add a user, group or role to {}", props.name)} class="button"
                    entries={additions(&props.account, &dispatch)}
                >
                    { "Add" }
                </Menu>
            </div>
            if here.is_empty() {
                <p class="details-remark">
                    { "None yet. A new request from this account brings a role with AdministratorAccess." }
                </p>
            } else {
                <ul class="details-list">
                    for principal in here.iter() {
                        <li key={principal.id().as_str()} class="principal">
                            { entry(&model.scenario, principal, &here, &dispatch) }
                        </li>
                    }
                </ul>
            }
        </>
    }
}

fn additions(account: &AccountId, dispatch: &Dispatch) -> Vec<MenuEntry> {
    [
        (PrincipalKind::User, "User"),
        (PrincipalKind::Group, "Group"),
        (PrincipalKind::Role, "Role"),
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

fn entry(
    scenario: &Scenario,
    principal: &Principal,
    here: &[Rc<Principal>],
    dispatch: &Dispatch,
) -> Html {
    let id = principal.id().clone();
    let renamed = dispatch.reform(move |event: Event| {
        let name = event
            .target_dyn_into::<HtmlInputElement>()
            .map(|field| field.value())
            .unwrap_or_default();
        Action::Edited(Edit::RenamePrincipal {
            principal: id.clone(),
            name,
        })
    });
    let groups: Vec<&Rc<Principal>> = match principal {
        Principal::User(user) => here
            .iter()
            .filter(|other| user.groups.contains(other.id()))
            .collect(),
        _ => Vec::new(),
    };
    html! {
        <>
            <div class="principal-line">
                <input
                    class="field" aria-label={format!("Name of the {}", principal.type_word())}
                    value={principal.name().to_owned()} spellcheck="false" autocomplete="off"
                    onchange={renamed}
                />
                <span class="muted small">{ principal.type_word().to_owned() }</span>
                <Menu
                    label={format!("Commands for {}", principal.name())}
                    class="icon-button tiny" entries={commands(scenario, principal, here, dispatch)}
                >
                    { glyph(Glyph::More) }
                </Menu>
            </div>
            <div class="node-chips">
                for policy in principal.policies() {
                    { policy_chip(scenario, principal, policy, dispatch) }
                }
                for group in groups {
                    <span key={group.id().as_str()} class="muted small">{ format!("in {}", group.name()) }</span>
                }
                if principal.policies().is_empty() {
                    <span class="muted small">{ "no identity policy of its own" }</span>
                }
            </div>
        </>
    }
}

fn policy_chip(
    scenario: &Scenario,
    principal: &Principal,
    policy: &PolicyId,
    dispatch: &Dispatch,
) -> Html {
    let name = policy_name(scenario, policy);
    let opened = policy.clone();
    let (from, detached) = (principal.id().clone(), policy.clone());
    html! {
        <span key={policy.as_str()} class="chip">
            <button
                type="button" class="chip-name" title={format!("Open {name}")}
                onclick={dispatch.reform(move |_: MouseEvent| Action::PolicySelected(opened.clone()))}
            >
                <span>{ &name }</span>
            </button>
            <button
                type="button" class="chip-remove" title="Detach"
                aria-label={format!("Detach {name} from {}", principal.name())}
                onclick={dispatch.reform(move |_: MouseEvent| Action::Edited(Edit::DetachIdentity {
                    principal: from.clone(),
                    policy: detached.clone(),
                }))}
            >
                { glyph(Glyph::Cross) }
            </button>
        </span>
    }
}

fn commands(
    scenario: &Scenario,
    principal: &Principal,
    here: &[Rc<Principal>],
    dispatch: &Dispatch,
) -> Vec<MenuEntry> {
    let mut entries = Vec::new();
    for (policy, name) in attachable(scenario, principal) {
        let to = principal.id().clone();
        let chosen = dispatch.reform(move |()| {
            Action::Edited(Edit::AttachIdentity {
                principal: to.clone(),
                policy: policy.clone(),
            })
        });
        entries.push(MenuEntry::command(format!("Attach {name}"), chosen));
    }
    let to = principal.id().clone();
    entries.push(MenuEntry::command(
        "Attach a new policy",
        dispatch.reform(move |()| Action::PolicyAdded {
            kind: Kind::Identity,
            target: Some(PolicyTarget::Principal(to.clone())),
        }),
    ));
    for policy in principal.policies() {
        let (from, detached) = (principal.id().clone(), policy.clone());
        let chosen = dispatch.reform(move |()| {
            Action::Edited(Edit::DetachIdentity {
                principal: from.clone(),
                policy: detached.clone(),
            })
        });
        let name = policy_name(scenario, policy);
        entries.push(MenuEntry::command(format!("Detach {name}"), chosen));
    }
    if let Principal::User(user) = principal {
        for group in here {
            if matches!(&**group, Principal::Group(_)) {
                entries.push(membership(user, group, dispatch));
            }
        }
    }
    entries.push(MenuEntry::Separator);
    let deleted = principal.id().clone();
    entries.push(MenuEntry::command(
        "Delete",
        dispatch.reform(move |()| Action::Edited(Edit::DeletePrincipal(deleted.clone()))),
    ));
    entries
}

fn membership(user: &organization::User, group: &Principal, dispatch: &Dispatch) -> MenuEntry {
    let (member, joined) = (user.id.clone(), group.id().clone());
    if user.groups.contains(group.id()) {
        MenuEntry::command(
            format!("Take out of {}", group.name()),
            dispatch.reform(move |()| {
                Action::Edited(Edit::LeaveGroup {
                    user: member.clone(),
                    group: joined.clone(),
                })
            }),
        )
    } else {
        MenuEntry::command(
            format!("Put into {}", group.name()),
            dispatch.reform(move |()| {
                Action::Edited(Edit::JoinGroup {
                    user: member.clone(),
                    group: joined.clone(),
                })
            }),
        )
    }
}

fn attachable(scenario: &Scenario, principal: &Principal) -> Vec<(PolicyId, String)> {
    let known = WELL_KNOWN
        .iter()
        .filter(|policy| policy.kind == Kind::Identity)
        .map(|policy| (PolicyId::new(policy.name), policy.name.to_owned()));
    let own = scenario
        .policies
        .iter()
        .filter(|policy| policy.kind.known() == Some(Kind::Identity))
        .map(|policy| (policy.id.clone(), policy.name.clone()));
    known
        .chain(own)
        .filter(|(id, _)| !principal.policies().contains(id))
        .collect()
}

fn policy_name(scenario: &Scenario, policy: &PolicyId) -> String {
    scenario
        .policy(policy.as_str())
        .map_or_else(|| policy.to_string(), |policy| policy.name().to_owned())
}
