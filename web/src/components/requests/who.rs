use organization::{AccountId, Caller, PrincipalKind, Request};
use yew::prelude::*;

use super::caller::{Choice, ChoiceGroup};
use super::controls::{Choose, Options};
use super::same::Same;
use crate::context::use_dispatch;
use crate::state::Action;

/// The options that make a new principal, with their values.
const NEW: [(&str, &str, PrincipalKind); 2] = [
    ("new role", "New role", PrincipalKind::Role),
    ("new user", "New user", PrincipalKind::User),
];

/// The value of the option that leads to the other kinds of caller.
const OTHER: &str = "other";

/// The value of the option for a caller that is not of the list.
const KEPT: &str = "";

/// What [`WhoCell`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct WhoCellProps {
    /// The request.
    pub(super) request: Same<Request>,
    /// The caller in words.
    pub(super) words: AttrValue,
    /// The value of the caller's option; none for a caller that is not of the list.
    pub(super) value: Option<AttrValue>,
    /// The account of the caller, with its name, if it has one.
    pub(super) account: Option<(AccountId, String)>,
    /// Callers to choose from.
    pub(super) choices: Same<Vec<ChoiceGroup>>,
    /// Whether the keyboard stops here.
    pub(super) reachable: bool,
    /// Told the request with another caller.
    pub(super) on_changed: Callback<Request>,
    /// Told that a caller is wanted that is not of the list.
    pub(super) on_other: Callback<()>,
}

/// Who calls: words above a select list, which is filled when it is about to be opened.
#[component]
pub(super) fn WhoCell(props: &WhoCellProps) -> Html {
    let dispatch = use_dispatch();
    let near = use_state_eq(|| false);
    let on_near = {
        let near = near.clone();
        Callback::from(move |()| near.set(true))
    };
    // A principal that was made here becomes the caller as soon as it is there.
    let awaited = use_mut_ref(|| None::<Vec<String>>);
    {
        let (awaited, request) = (awaited.clone(), props.request.clone());
        let on_changed = props.on_changed.clone();
        use_effect_with(props.choices.clone(), move |choices| {
            let Some(known) = awaited.take() else { return };
            let made = choices
                .iter()
                .flat_map(|group| &group.choices)
                .find(|choice| !known.contains(&choice.value));
            if let Some(choice) = made {
                on_changed.emit(called_by(&request, choice));
            }
        });
    }
    let on_chosen = {
        let (request, choices) = (props.request.clone(), props.choices.clone());
        let (account, on_changed) = (props.account.clone(), props.on_changed.clone());
        let on_other = props.on_other.clone();
        Callback::from(move |value: String| {
            if value == OTHER {
                on_other.emit(());
                return;
            }
            let mut all = choices.iter().flat_map(|group| &group.choices);
            if let Some(choice) = all.clone().find(|choice| choice.value == value) {
                on_changed.emit(called_by(&request, choice));
                return;
            }
            let new = NEW.iter().find(|(new, ..)| *new == value);
            if let (Some((_, _, kind)), Some((account, _))) = (new, &account) {
                *awaited.borrow_mut() =
                    Some(all.by_ref().map(|choice| choice.value.clone()).collect());
                dispatch.emit(Action::PrincipalAdded {
                    kind: *kind,
                    account: account.clone(),
                });
            }
        })
    };
    let value = props.value.clone().unwrap_or(AttrValue::Static(KEPT));
    html! {
        <div class="over who" title={props.words.clone()}>
            <Choose
                label="Who" class="cell" value={value.clone()} reachable={props.reachable}
                groups={groups(props, &value, *near)} {on_chosen} {on_near}
            />
            <span class="cell shown" aria-hidden="true"><span>{ &props.words }</span></span>
        </div>
    }
}

fn called_by(request: &Request, choice: &Choice) -> Request {
    Request {
        caller: Caller::new(choice.kind.clone()),
        ..request.clone()
    }
}

fn groups(props: &WhoCellProps, value: &AttrValue, near: bool) -> Vec<Options> {
    let listed = props
        .choices
        .iter()
        .flat_map(|group| &group.choices)
        .any(|choice| choice.value == value.as_str());
    let mut groups = Vec::new();
    if !near || !listed {
        groups.push(Options {
            heading: None,
            options: vec![(value.clone(), props.words.clone())],
        });
    }
    if near {
        groups.extend(props.choices.iter().map(|group| {
            Options {
                heading: Some(AttrValue::from(group.heading.clone())),
                options: group
                    .choices
                    .iter()
                    .map(|choice| {
                        let (value, text) = (choice.value.clone(), choice.text.clone());
                        (AttrValue::from(value), AttrValue::from(text))
                    })
                    .collect(),
            }
        }));
        groups.push(Options {
            heading: Some(AttrValue::Static("Other callers")),
            options: vec![(
                AttrValue::Static(OTHER),
                AttrValue::Static("AWS service, federated user, …"),
            )],
        });
        if let Some((_, name)) = &props.account {
            groups.push(Options {
                heading: Some(AttrValue::Static("Add")),
                options: NEW
                    .iter()
                    .map(|(value, words, _)| {
                        let words = format!("{words} in {name}");
                        (AttrValue::Static(value), AttrValue::from(words))
                    })
                    .collect(),
            });
        }
    }
    groups
}
