//! Taking over policies that were found: the name and the kind of each can be put right before.

use organization::Edit;
use policy::Kind;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::context::use_dispatch;
use crate::state::Action;
use crate::state::import::FoundPolicy;

/// Properties of [`Adding`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct AddingProps {
    /// What was found.
    pub policies: Vec<FoundPolicy>,
}

/// The policies with their names and kinds.
#[component]
pub(super) fn Adding(props: &AddingProps) -> Html {
    let dispatch = use_dispatch();
    let policies = use_state_eq(|| props.policies.clone());
    let change = |at: usize, change: fn(&mut FoundPolicy, String)| {
        let policies = policies.clone();
        move |value: Option<String>| {
            let mut next = (*policies).clone();
            if let (Some(policy), Some(value)) = (next.get_mut(at), value) {
                change(policy, value);
            }
            policies.set(next);
        }
    };
    let onsubmit = {
        let policies = policies.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            dispatch.emit(Action::DialogClosed);
            dispatch.emit(Action::EditedTogether {
                label: added(policies.len()),
                edits: policies.iter().map(addition).collect(),
            });
        })
    };
    let word = match policies.len() {
        1 => texts::adding_add_the_policy().to_owned(),
        count => texts::adding_add_policies(&count),
    };
    html! {
        <form class="dialog-drop" {onsubmit}>
            <p>
                { texts::adding_kind_guessed_text() }
            </p>
            <ul class="found">
                for (at, policy) in policies.iter().enumerate() {
                    <li class="found-policy">
                        <input
                            class="field outlined" aria-label={texts::adding_name_of_policy(&(at + 1))}
                            value={policy.name.clone()} required=true maxlength="128"
                            oninput={
                                let change = change(at, |policy, name| policy.name = name);
                                move |event: InputEvent| {
                                    let field = event.target_dyn_into::<HtmlInputElement>();
                                    change(field.map(|field| field.value()));
                                }
                            }
                        />
                        <select
                            class="field outlined" aria-label={texts::adding_kind_of(&policy.name)}
                            onchange={
                                let change = change(at, |policy, word| {
                                    policy.kind = Kind::from_word(&word).unwrap_or(policy.kind);
                                });
                                move |event: Event| {
                                    let field = event.target_dyn_into::<HtmlSelectElement>();
                                    change(field.map(|field| field.value()));
                                }
                            }
                        >
                            for kind in Kind::ALL {
                                <option value={kind.as_str()} selected={kind == policy.kind}>
                                    { playground::words::kind(kind) }
                                </option>
                            }
                        </select>
                    </li>
                }
            </ul>
            <div class="dialog-actions">
                <button type="submit" class="button primary">{ word }</button>
            </div>
        </form>
    }
}

fn added(count: usize) -> String {
    match count {
        1 => texts::common_add_a_policy().to_owned(),
        count => texts::adding_step_add_policies(&count),
    }
}

fn addition(policy: &FoundPolicy) -> Edit {
    Edit::AddPolicy {
        name: policy.name.clone(),
        kind: policy.kind,
        text: policy.text.clone(),
    }
}
