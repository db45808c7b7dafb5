use evaluator::{Outcome, PolicyType};
use organization::Scenario;
use playground::{LevelView, ResourceView, StageView};
use yew::prelude::*;

use super::opened::Opened;
use super::switch::{Board, Switch};
use super::tone;
use crate::components::ui::{outcome_badge, outcome_icon};

/// The policy types in order, those with levels with one part for each, root first.
/// Each part is a button that opens what it says; each type can be switched off.
pub(super) fn strip(
    resource: usize,
    view: &ResourceView,
    opened: Option<&Opened>,
    toggle: &Callback<Opened>,
    scenario: &Scenario,
    board: &Board,
) -> Html {
    html! {
        <ol class="strip" aria-label={texts::trace_strip_policy_types()}>
            for stage in &view.stages {
                { cell(resource, stage, opened, toggle, Switch::of_type(scenario, stage.policy_type), board) }
            }
        </ol>
    }
}

fn cell(
    resource: usize,
    stage: &StageView,
    opened: Option<&Opened>,
    toggle: &Callback<Opened>,
    switch: Option<Switch>,
    board: &Board,
) -> Html {
    let asked = Opened::part(resource, stage.policy_type, None);
    let expanded = opened.is_some_and(|opened| opened.is(resource, stage.policy_type));
    let class = classes!(
        "stage",
        (!stage.levels.is_empty()).then_some("levelled"),
        stage.stops.then_some("stop"),
        switch
            .as_ref()
            .and_then(|switch| switch.off.then_some("off")),
        tone::of_outcome(stage.outcome),
    );
    let onclick = {
        let asked = asked.clone();
        toggle.reform(move |_: MouseEvent| asked.clone())
    };
    html! {
        <li {class}>
            <button
                type="button" class="stage-head" {onclick}
                aria-expanded={expanded.to_string()}
            >
                <span class="g">{ stage.title }</span>
                <span class="word">{ word(stage) }</span>
            </button>
            { switch.map(|switch| switch.button(true, board)).unwrap_or_default() }
            if !stage.levels.is_empty() {
                <ol class="levels" aria-label={texts::trace_strip_levels_of_the(&stage.title)}>
                    for level in &stage.levels {
                        <li>{ level_button(resource, stage.policy_type, level, opened, toggle) }</li>
                    }
                </ol>
            }
        </li>
    }
}

fn word(stage: &StageView) -> Html {
    if stage.outcome == Outcome::NotAsked {
        return html! { <span class="not-asked">{ &stage.word }</span> };
    }
    outcome_badge(stage.outcome, &stage.word)
}

fn level_button(
    resource: usize,
    policy_type: PolicyType,
    level: &LevelView,
    opened: Option<&Opened>,
    toggle: &Callback<Opened>,
) -> Html {
    let asked = Opened::part(resource, policy_type, Some(level.node.clone()));
    let expanded = opened.is_some_and(|opened| {
        opened.is(resource, policy_type) && opened.node.as_ref() == Some(&level.node)
    });
    let class = classes!(
        "level",
        level.stops.then_some("stop"),
        tone::of_outcome(level.outcome),
    );
    let label = format!("{}: {}", level.name, tone::outcome_word(level.outcome));
    let onclick = toggle.reform(move |_: MouseEvent| asked.clone());
    html! {
        <button
            type="button" {class} {onclick} title={label.clone()} aria-label={label}
            aria-expanded={expanded.to_string()}
        >
            { outcome_icon(level.outcome) }
            <span class="name">{ &level.name }</span>
        </button>
    }
}
