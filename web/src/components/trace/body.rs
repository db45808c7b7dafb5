use evaluator::PolicyType;
use organization::{NodeId, PolicyId};
use playground::{ResourceView, TraceView};
use yew::prelude::*;

use super::branches::branches;
use super::keys::KeysFold;
use super::missing::missing_allows;
use super::others::OthersFold;
use super::stage_panel::stage_panel;
use super::statement::StatementCard;
use super::strip::strip;
use super::tone;
use crate::components::requests::Same;
use crate::components::ui::{breakable, phrase};
use crate::context::{Dispatch, use_dispatch};

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
    /// Names of policies.
    pub(super) names: Vec<(PolicyId, String)>,
}

/// A verdict and its reasons.
#[component]
pub(super) fn TraceBody(props: &TraceBodyProps) -> Html {
    let dispatch = use_dispatch();
    let opened = use_state_eq(|| None::<Opened>);
    let trace = &props.trace;
    let toggle = {
        let opened = opened.clone();
        Callback::from(move |asked: Opened| {
            let same = (*opened).as_ref() == Some(&asked);
            opened.set((!same).then_some(asked));
        })
    };
    let several = trace.resources.len() > 1;

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
                    <h3 class="trace-resource">{ breakable(&resource.arn) }</h3>
                }
                { strip(at, resource, (*opened).as_ref(), &toggle) }
                { panel(at, resource, (*opened).as_ref(), &props.names, &dispatch) }
                { missing_allows(resource, &dispatch) }
                for statement in resource.deciding.iter().take(MOST_CARDS) {
                    <StatementCard statement={statement.clone()} />
                }
                if resource.deciding.len() > MOST_CARDS {
                    <p class="trace-notes">
                        { format!("{} more statements decide.", resource.deciding.len() - MOST_CARDS) }
                    </p>
                }
                <OthersFold resource={resource.clone()} />
            }
            if !trace.keys.is_empty() {
                <KeysFold keys={trace.keys.clone()} />
            }
        </>
    }
}

fn panel(
    at: usize,
    resource: &ResourceView,
    opened: Option<&Opened>,
    names: &[(PolicyId, String)],
    dispatch: &Dispatch,
) -> Html {
    let Some(opened) = opened.filter(|opened| opened.resource == at) else {
        return Html::default();
    };
    resource
        .stages
        .iter()
        .find(|stage| stage.policy_type == opened.policy_type)
        .map(|stage| stage_panel(stage, opened.node.as_ref(), names, dispatch))
        .unwrap_or_default()
}
