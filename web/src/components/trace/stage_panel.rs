use evaluator::Outcome;
use organization::{NodeId, PolicyId};
use playground::{LevelView, StageView};
use yew::prelude::*;

use super::tone;
use crate::components::ui::{outcome_badge, phrase};
use crate::context::Dispatch;
use crate::state::Action;

/// What one policy type says and why; for SCPs level by level, with what is attached there.
pub(super) fn stage_panel(
    stage: &StageView,
    node: Option<&NodeId>,
    names: &[(PolicyId, String)],
    dispatch: &Dispatch,
) -> Html {
    html! {
        <div class="stage-panel" role="group" aria-label={stage.title}>
            <h3>{ format!("{}: {}", stage.title, stage.word) }</h3>
            <p>{ phrase(&stage.why) }</p>
            if !stage.levels.is_empty() {
                <ol>
                    for level in &stage.levels {
                        <li class={classes!((node == Some(&level.node)).then_some("here"))}>
                            <span>{ level_badge(level) }</span>
                            <p>{ phrase(&level.why) }</p>
                            if level.policies.len() > 1 {
                                { attached(&level.policies, names, dispatch) }
                            }
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
    policies: &[(PolicyId, Outcome)],
    names: &[(PolicyId, String)],
    dispatch: &Dispatch,
) -> Html {
    html! {
        <div class="attached">
            for (id, outcome) in policies {
                <span>
                    { policy_button(id, names, dispatch) }
                    { ": " }
                    <span class={classes!("said", tone::of_outcome(*outcome))}>{ policy_word(*outcome) }</span>
                </span>
            }
        </div>
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
fn policy_button(id: &PolicyId, names: &[(PolicyId, String)], dispatch: &Dispatch) -> Html {
    let name = names
        .iter()
        .find(|(named, _)| named == id)
        .map_or_else(|| id.to_string(), |(_, name)| name.clone());
    let policy = id.clone();
    let onclick = dispatch.reform(move |_: MouseEvent| Action::PolicySelected(policy.clone()));
    html! { <button type="button" class="to-text" {onclick}>{ name }</button> }
}
