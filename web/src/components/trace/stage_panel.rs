use evaluator::{Outcome, PolicyType};
use organization::{NodeId, PolicyId, Scenario};
use playground::{LevelView, StageView};
use policy::Kind;
use yew::prelude::*;

use super::switch::{Switch, off_at};
use super::tone;
use crate::components::ui::{button, outcome_badge, phrase};
use crate::context::Dispatch;
use crate::state::Action;

/// What one policy type says and why; for SCPs and RCPs level by level, with what is attached
/// there. The type and each attachment can be switched off.
pub(super) fn stage_panel(
    stage: &StageView,
    node: Option<&NodeId>,
    scenario: &Scenario,
    dispatch: &Dispatch,
) -> Html {
    let switch = Switch::of_type(scenario, stage.policy_type);
    html! {
        <div class="stage-panel" role="group" aria-label={stage.title}>
            <div class="stage-panel-head">
                <h3>{ format!("{}: {}", stage.title, stage.word) }</h3>
                { switch.map(|switch| switch.button(false, dispatch)).unwrap_or_default() }
            </div>
            <p>{ phrase(&stage.why) }</p>
            if !stage.levels.is_empty() {
                <ol>
                    for level in &stage.levels {
                        <li class={classes!((node == Some(&level.node)).then_some("here"))}>
                            <span>{ level_badge(level) }</span>
                            <p>{ phrase(&level.why) }</p>
                            { attached(stage.policy_type, level, scenario, dispatch) }
                        </li>
                    }
                </ol>
            }
        </div>
    }
}

fn level_badge(level: &LevelView) -> Html {
    if level.outcome == Outcome::NotAsked {
        return html! { <span class="not-asked">{ &level.name }</span> };
    }
    outcome_badge(level.outcome, &level.name)
}

/// The policies attached to one level, each with what it says; each opens in the editor.
fn attached(
    policy_type: PolicyType,
    level: &LevelView,
    scenario: &Scenario,
    dispatch: &Dispatch,
) -> Html {
    let kind = match policy_type {
        PolicyType::Rcp => Kind::Rcp,
        _ => Kind::Scp,
    };
    let weighed = level.policies.iter().map(|(id, outcome)| {
        let said = classes!("said", tone::of_outcome(*outcome));
        one(id, said, policy_word(*outcome), level, scenario, dispatch)
    });
    let off = off_at(scenario, &level.node, kind).into_iter().map(|id| {
        one(
            &id,
            classes!("said", "off"),
            "switched off",
            level,
            scenario,
            dispatch,
        )
    });
    html! { <div class="attached">{ for weighed.chain(off) }</div> }
}

fn one(
    id: &PolicyId,
    said: Classes,
    word: &'static str,
    level: &LevelView,
    scenario: &Scenario,
    dispatch: &Dispatch,
) -> Html {
    let switch = Switch::of_attachment(scenario, id, &level.node);
    html! {
        <span>
            { policy_button(id, scenario, dispatch) }
            { ": " }
            <span class={said}>{ word }</span>
            { switch.map(|switch| switch.button(true, dispatch)).unwrap_or_default() }
        </span>
    }
}

/// What one policy says: alone it denies only where a Deny matches.
fn policy_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::ImplicitDeny => "does not allow it",
        Outcome::Allow => "allows it",
        Outcome::ExplicitDeny => "denies it",
        Outcome::Unknown => "unknown",
        Outcome::Error => "not valid",
        Outcome::NotAsked => "not asked",
    }
}

/// A policy's name that opens it.
fn policy_button(id: &PolicyId, scenario: &Scenario, dispatch: &Dispatch) -> Html {
    let name = scenario
        .policy(id.as_str())
        .map_or_else(|| id.to_string(), |policy| policy.name().to_owned());
    let policy = id.clone();
    let onclick = dispatch.reform(move |_: MouseEvent| Action::PolicySelected(policy.clone()));
    button("to-text", None, onclick, html! { { name } })
}
