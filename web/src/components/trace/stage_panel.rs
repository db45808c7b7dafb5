use evaluator::{Outcome, Truth};
use organization::{PolicyId, Scenario};
use playground::{LevelView, StageView, StatementView, TraceView};
use policy::Kind;
use yew::prelude::*;

use evaluator::PolicyType;

use super::fold::Fold;
use super::opened::{Opened, StatementKey};
use super::statement::{Place, element_table, head};
use super::switch::{Board, Switch, off_at};
use super::tone;
use crate::components::requests::Same;
use crate::components::ui::{button, outcome_badge, phrase};
use crate::context::Dispatch;
use crate::state::Action;

/// What a panel is drawn from besides its policy type.
pub(super) struct Panel<'a> {
    /// The trace.
    pub(super) trace: &'a Same<TraceView>,
    /// The resource, by position.
    pub(super) resource: usize,
    /// What was asked for.
    pub(super) opened: &'a Opened,
    /// The scenario.
    pub(super) scenario: &'a Scenario,
    /// Where switches tell what happens to them.
    pub(super) board: &'a Board,
}

/// What one policy type says and why; for SCPs and RCPs level by level, with what is attached
/// there; then statement by statement. The type and each attachment can be switched off.
pub(super) fn stage_panel(stage: &StageView, panel: &Panel<'_>) -> Html {
    let switch = Switch::of_type(panel.scenario, stage.policy_type);
    html! {
        <div class="stage-panel" role="group" aria-label={stage.title}>
            <div class="stage-panel-head">
                <h3>{ format!("{}: {}", stage.title, stage.word) }</h3>
                { switch.map(|switch| switch.button(false, panel.board)).unwrap_or_default() }
            </div>
            <p>{ phrase(&stage.why) }</p>
            if stage.levels.is_empty() {
                { by_policy(stage, panel) }
            } else {
                <ol class="tiers">
                    for level in &stage.levels {
                        { tier(stage, level, panel) }
                    }
                </ol>
            }
        </div>
    }
}

/// One level of the tree: its name leads to the node.
fn tier(stage: &StageView, level: &LevelView, panel: &Panel<'_>) -> Html {
    let here = panel.opened.node.as_ref() == Some(&level.node);
    let node = level.node.clone();
    let onclick = (panel.board.dispatch)
        .reform(move |_: MouseEvent| Action::NodeSelected(Some(node.clone())));
    let name = if level.outcome == Outcome::NotAsked {
        html! { <span class="not-asked">{ &level.name }</span> }
    } else {
        outcome_badge(level.outcome, &level.name)
    };
    html! {
        <li class={classes!("tier", here.then_some("here"))} tabindex={here.then_some("-1")} key={level.node.to_string()}>
            <span title={texts::common_show_in_the_tree()}>{ button("to-text", None, onclick, name) }</span>
            if !matches!(level.outcome, Outcome::Allow | Outcome::ExplicitDeny) {
                <p>{ phrase(&level.why) }</p>
            }
            { attached(stage.policy_type, level, here, panel) }
        </li>
    }
}

/// The policies attached to one level, each with what it says and its statements.
fn attached(policy_type: PolicyType, level: &LevelView, here: bool, panel: &Panel<'_>) -> Html {
    let kind = match policy_type {
        PolicyType::Rcp => Kind::Rcp,
        _ => Kind::Scp,
    };
    let weighed = level.policies.iter().map(|(id, outcome)| {
        let said = classes!("said", tone::of_outcome(*outcome));
        let is_of = {
            let (id, node) = (id.clone(), level.node.clone());
            move |statement: &StatementView| {
                let at = statement.node.as_ref().map(|(id, _)| id);
                statement.policy == id && at == Some(&node) && statement.policy_type == policy_type
            }
        };
        html! {
            <li>
                { policy_line(id, said, policy_word(*outcome), level, panel) }
                { statements(is_of, here && *outcome != Outcome::Allow, panel) }
            </li>
        }
    });
    let off = off_at(panel.scenario, &level.node, kind)
        .into_iter()
        .map(|id| {
            let said = classes!("said", "off");
            html! { <li>{ policy_line(&id, said, texts::trace_stage_panel_switched_off(), level, panel) }</li> }
        });
    html! { <ul class="attached">{ for weighed.chain(off) }</ul> }
}

fn policy_line(
    id: &PolicyId,
    said: Classes,
    word: &'static str,
    level: &LevelView,
    panel: &Panel<'_>,
) -> Html {
    let switch = Switch::of_attachment(panel.scenario, id, &level.node);
    html! {
        <span class="attached-line">
            { policy_button(id, panel.scenario, &panel.board.dispatch) }
            { ": " }
            <span class={said}>{ word }</span>
            { switch.map(|switch| switch.button(true, panel.board)).unwrap_or_default() }
        </span>
    }
}

/// The policies of a type without levels, each with its statements.
fn by_policy(stage: &StageView, panel: &Panel<'_>) -> Html {
    let Some(resource) = panel.trace.resources.get(panel.resource) else {
        return Html::default();
    };
    let mut policies: Vec<(&PolicyId, &str)> = Vec::new();
    for statement in resource.deciding.iter().chain(&resource.others) {
        let policy = (&statement.policy, statement.at.as_str());
        if statement.policy_type == stage.policy_type && !policies.contains(&policy) {
            policies.push(policy);
        }
    }
    let policy_type = stage.policy_type;
    let single = policies.len() == 1;
    let one = |(id, at): (&PolicyId, &str)| {
        let is_of = {
            let (id, at) = (id.clone(), at.to_owned());
            move |it: &StatementView| {
                it.policy == id && it.at == at && it.policy_type == policy_type
            }
        };
        html! {
            <li>
                <span class="attached-line">
                    { policy_button(id, panel.scenario, &panel.board.dispatch) }
                    if !at.is_empty() {
                        <span class="muted">{ format!("  {at}") }</span>
                    }
                </span>
                { statements(is_of, single, panel) }
            </li>
        }
    };
    html! {
        if !policies.is_empty() {
            <ul class="attached alone">{ for policies.into_iter().map(one) }</ul>
        }
    }
}

/// The statements of a policy, folded unless they were asked for.
fn statements(
    is_of: impl Fn(&StatementView) -> bool + 'static,
    open: bool,
    panel: &Panel<'_>,
) -> Html {
    let Some(resource) = panel.trace.resources.get(panel.resource) else {
        return Html::default();
    };
    let all = || resource.deciding.iter().chain(&resource.others);
    let count = all().filter(|statement| is_of(statement)).count();
    if count == 0 {
        return Html::default();
    }
    let asked = panel.opened.statement.clone();
    let has_asked = all().any(|it| is_of(it) && Some(StatementKey::of(it)) == asked);
    let title = match count {
        1 => texts::trace_stage_panel_1_statement().to_owned(),
        count => texts::trace_stage_panel_statements(&count),
    };
    let (trace, at, dispatch) = (
        panel.trace.clone(),
        panel.resource,
        panel.board.dispatch.clone(),
    );
    let body = Callback::from(move |()| {
        let Some(resource) = trace.resources.get(at) else {
            return Html::default();
        };
        // As they stand in the policy.
        let mut shown: Vec<&StatementView> = resource
            .deciding
            .iter()
            .chain(&resource.others)
            .filter(|statement| is_of(statement))
            .collect();
        policy::sort_by(&mut shown, |a, b| a.index.cmp(&b.index));
        html! {
            <ul class="statements">
                for statement in shown {
                    { statement_item(statement, asked.as_ref(), &dispatch) }
                }
            </ul>
        }
    });
    html! { <Fold {title} {body} open={open || has_asked} /> }
}

fn statement_item(
    statement: &StatementView,
    asked: Option<&StatementKey>,
    dispatch: &Dispatch,
) -> Html {
    let here = asked == Some(&StatementKey::of(statement));
    let tone = (statement.truth == Truth::Met).then(|| tone::of_effect(statement.effect));
    html! {
        <li class={classes!("card", tone, here.then_some("here"))} tabindex={here.then_some("-1")}>
            { head(statement, Place::Lines, dispatch) }
            { element_table(statement, dispatch) }
        </li>
    }
}

/// What one policy says: alone it denies only where a Deny matches.
fn policy_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::ImplicitDeny => texts::trace_stage_panel_does_not_allow_it(),
        Outcome::Allow => texts::trace_stage_panel_allows_it(),
        Outcome::ExplicitDeny => texts::trace_stage_panel_denies_it(),
        Outcome::Unknown => texts::key_unknown(),
        Outcome::Error => texts::trace_stage_panel_not_valid(),
        Outcome::NotAsked => texts::common_not_asked(),
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
