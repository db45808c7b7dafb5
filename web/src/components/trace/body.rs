use evaluator::{Outcome, PolicyType};
use organization::{NodeId, Scenario};
use playground::{ResourceView, TraceView};
use yew::prelude::*;

use super::branches::branches;
use super::keys::keys_fold;
use super::missing::missing_allows;
use super::others::others;
use super::stage_panel::stage_panel;
use super::statement::statement_card;
use super::strip::strip;
use super::tone;
use crate::components::requests::Same;
use crate::components::ui::{breakable, outcome_badge, phrase};
use crate::context::use_dispatch;

/// How many deciding statements are drawn; past that a sentence counts the rest.
const MOST_CARDS: usize = 40;

/// What of the strip is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Opened {
    /// The resource, by position.
    pub(super) resource: usize,
    /// The policy type.
    pub(super) policy_type: PolicyType,
    /// The level that was asked for.
    pub(super) node: Option<NodeId>,
}

/// What [`TraceBody`] draws.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct TraceBodyProps {
    /// The trace.
    pub(super) trace: Same<TraceView>,
    /// The scenario: names of policies, and what is switched off.
    pub(super) scenario: Same<Scenario>,
}

/// A verdict and its reasons.
#[component]
pub(super) fn TraceBody(props: &TraceBodyProps) -> Html {
    let dispatch = use_dispatch();
    let opened = use_state_eq(|| None::<Opened>);
    let (trace, scenario) = (&props.trace, &props.scenario);
    let toggle = {
        let opened = opened.clone();
        Callback::from(move |asked: Opened| {
            let same = (*opened).as_ref() == Some(&asked);
            opened.set((!same).then_some(asked));
        })
    };
    let several = trace.resources.len() > 1;
    let panel = |at: usize, resource: &ResourceView| {
        let opened = (*opened).as_ref().filter(|opened| opened.resource == at)?;
        let mut stages = resource.stages.iter();
        let stage = stages.find(|stage| stage.policy_type == opened.policy_type)?;
        Some(stage_panel(
            stage,
            opened.node.as_ref(),
            scenario,
            &dispatch,
        ))
    };

    html! {
        <>
            <p class={classes!("trace-say", tone::of_verdict(trace.verdict))}>{ phrase(&trace.sentence) }</p>
            if !trace.notes.is_empty() {
                <ul class="trace-notes">
                    for note in &trace.notes {
                        <li>{ phrase(note) }</li>
                    }
                </ul>
            }
            if !trace.branches.is_empty() {
                { branches(&trace.branches, trace.complete) }
            }
            for (at, resource) in trace.resources.iter().enumerate() {
                if several {
                    { resource_heading(at, resource) }
                }
                { strip(at, resource, (*opened).as_ref(), &toggle, scenario, &dispatch) }
                { panel(at, resource).unwrap_or_default() }
                { missing_allows(resource, &dispatch) }
                for statement in resource.deciding.iter().take(MOST_CARDS) {
                    { statement_card(statement, &dispatch) }
                }
                if resource.deciding.len() > MOST_CARDS {
                    <p class="trace-notes">
                        { format!("{} more statements decide.", resource.deciding.len() - MOST_CARDS) }
                    </p>
                }
                { others(trace, at, &dispatch) }
            }
            { keys_fold(trace) }
        </>
    }
}

/// One of several resources, and what of it stops the request.
fn resource_heading(at: usize, resource: &ResourceView) -> Html {
    let stop = resource.stages.iter().find(|stage| stage.stops);
    let (outcome, words) = match stop {
        Some(stage) => (stage.outcome, format!("Stops here: {}", stage.title)),
        None => (Outcome::Allow, "Does not stop".to_owned()),
    };
    html! {
        <h3 class="trace-resource">
            <span>{ format!("Resource {}", at + 1) }</span>
            <code>{ breakable(&resource.arn) }</code>
            { outcome_badge(outcome, &words) }
        </h3>
    }
}
