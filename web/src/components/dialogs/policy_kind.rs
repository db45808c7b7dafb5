//! Changing the kind of a policy: what that breaks is shown before.

use std::rc::Rc;

use organization::{Edit, Organization, PolicyId, Settings};
use policy::{Diagnostic, Kind, LineIndex, Severity};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::modal::Modal;
use crate::components::policies::{all_uses, kind_word};
use crate::components::ui::with_code;
use crate::context::{use_dispatch, use_model};
use crate::state::Action;

/// How many findings are shown.
const MOST: usize = 6;

/// Properties of [`ChangeKind`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct ChangeKindProps {
    /// The policy.
    pub policy: PolicyId,
}

/// The dialog.
#[component]
pub(super) fn ChangeKind(props: &ChangeKindProps) -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let chosen = use_state_eq(|| None::<Kind>);
    let scenario = &model.scenario;
    let Some(policy) = scenario.policies.iter().find(|one| one.id == props.policy) else {
        return Html::default();
    };
    let present = policy.kind.known();
    let chosen_kind = (*chosen).or(present);
    let onchange = {
        let chosen = chosen.clone();
        Callback::from(move |event: Event| {
            let list = event.target_dyn_into::<HtmlSelectElement>();
            chosen.set(list.and_then(|list| Kind::from_word(&list.value())));
        })
    };
    let other = chosen_kind.filter(|kind| Some(*kind) != present);
    let edits = other.map(|kind| edits(&model.scenario, &props.policy, kind));
    let refusal = edits
        .as_ref()
        .and_then(|edits| scenario.apply_all(edits.clone()).err())
        .map(|refusal| refusal.to_string());
    let onsubmit = {
        let (edits, name, dispatch) = (edits.clone(), policy.name.clone(), dispatch.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            dispatch.emit(Action::DialogClosed);
            if let Some(edits) = edits.clone() {
                dispatch.emit(Action::EditedTogether {
                    label: texts::common_change_the_kind_of(&name),
                    edits,
                });
            }
        })
    };
    let index = scenario.organization.as_ref().map(Organization::index);
    let places = scenario.policy_uses(policy.id.as_str());
    let uses = all_uses(scenario, &places, index.as_ref(), policy.id.as_str());
    let breaks = other.map(|kind| breaks(&policy.text, present, kind, &scenario.settings));
    html! {
        <Modal title={texts::policy_kind_change_the_kind_of(&policy.name)}>
            <form class="dialog-drop" {onsubmit}>
                <label class="labelled">
                    <span>{ texts::policy_kind_kind() }</span>
                    <select class="field outlined" {onchange}>
                        for kind in Kind::ALL {
                            <option value={kind.as_str()} selected={Some(kind) == chosen_kind}>
                                { kind_word(&organization::PolicyKind::Known(kind)) }
                            </option>
                        }
                    </select>
                </label>
                <div class="kind-effects" role="status">
                    if let Some(refusal) = &refusal {
                        <p class="dialog-refusal">{ with_code(refusal) }</p>
                    }
                    if other.is_some() && !uses.is_empty() {
                        <p>{ texts::policy_kind_it_is_detached_from() }</p>
                        <ul class="bulleted">
                            for place in uses.lines().take(12) {
                                <li>{ place }</li>
                            }
                        </ul>
                    }
                    if let Some(breaks) = breaks {
                        { effects(&breaks, &policy.text) }
                    }
                </div>
                <div class="dialog-actions">
                    <button type="submit" class="button primary" disabled={other.is_none() || refusal.is_some()}>
                        { texts::common_change() }
                    </button>
                    <button
                        type="button" class="button outlined"
                        onclick={dispatch.reform(|_: MouseEvent| Action::DialogClosed)}
                    >
                        { texts::common_cancel() }
                    </button>
                </div>
            </form>
        </Modal>
    }
}

/// Takes the policy away from everywhere, and changes its kind.
fn edits(scenario: &Rc<organization::Scenario>, policy: &PolicyId, kind: Kind) -> Vec<Edit> {
    let uses = scenario.policy_uses(policy.as_str()).into_iter();
    let released = uses.map(|place| Edit::ReleasePolicy {
        policy: policy.clone(),
        place,
    });
    let changed = Edit::SetPolicyKind {
        policy: policy.clone(),
        kind,
    };
    released.chain([changed]).collect()
}

/// What is wrong with the text as the new kind and is not as the present one.
fn breaks(text: &str, present: Option<Kind>, kind: Kind, settings: &Settings) -> Vec<Diagnostic> {
    let date = settings.date();
    let before = present.map(|kind| policy::parse_on(text, kind, date).diagnostics);
    let before = before.unwrap_or_default();
    let mut found = policy::parse_on(text, kind, date).diagnostics;
    found.retain(|finding| {
        let same = |other: &Diagnostic| other.code == finding.code && other.span == finding.span;
        !before.iter().any(same)
    });
    found
}

fn effects(breaks: &[Diagnostic], text: &str) -> Html {
    let errors = breaks
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .count();
    let lines = LineIndex::new(text);
    let said = match (errors, breaks.len() - errors) {
        (0, 0) => texts::policy_kind_text_good_before().to_owned(),
        (0, warnings) => texts::policy_kind_new_warnings_aws(&warnings),
        (errors, _) => texts::policy_kind_new_errors_aws(&errors),
    };
    let more = breaks.len().saturating_sub(MOST);
    html! {
        <>
            <p>{ said }</p>
            <ul class="bulleted">
                for finding in breaks.iter().take(MOST) {
                    <li>
                        { texts::policy_kind_line(&lines.line_col(text, finding.span.start()).line) }{ " " }
                        { with_code(&finding.message) }
                    </li>
                }
                if more > 0 {
                    <li>{ texts::common_and_more(&more) }</li>
                }
            </ul>
        </>
    }
}
