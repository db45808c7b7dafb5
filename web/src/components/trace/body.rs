use evaluator::Outcome;
use gloo_timers::callback::Timeout;
use organization::Scenario;
use playground::{Analysis, Focus, ResourceView, StatementView, TraceView};
use policy::Effect;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use super::branches::{Cases, branches};
use super::fold::Fold;
use super::keys::keys_fold;
use super::message::message_fold;
use super::missing::missing_allows;
use super::opened::{Found, Opened, StatementKey, find};
use super::others::others;
use super::preview::Preview;
use super::said::said;
use super::stage_panel::{Panel, stage_panel};
use super::statement::statement_card;
use super::strip::strip;
use super::switch::{Board, Flip};
use super::thought::thought_fold;
use super::tone;
use super::ways::{WaysProps, ways_fold};
use crate::components::requests::Same;
use crate::components::ui::{breakable, outcome_badge, phrase};
use crate::context::{Dispatch, use_dispatch};
use crate::state::Sought;

/// How many deciding statements are drawn; past that a sentence counts the rest.
const MOST_CARDS: usize = 40;

/// What [`TraceBody`] draws.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct TraceBodyProps {
    /// The trace.
    pub(super) trace: Same<TraceView>,
    /// The scenario: names of policies, and what is switched off.
    pub(super) scenario: Same<Scenario>,
    /// The verdicts that a change could change; none while the trace is one from before.
    pub(super) analysis: Option<Same<Analysis>>,
    /// Whether it may be looked for what would change the verdict.
    pub(super) with_ways: bool,
    /// The row that is looked at.
    pub(super) focus: Option<Focus>,
    /// The part that was asked for last.
    pub(super) sought: Option<Sought>,
}

/// A verdict and its reasons.
#[component]
pub(super) fn TraceBody(props: &TraceBodyProps) -> Html {
    let dispatch = use_dispatch();
    let opened = use_state_eq(|| None::<Opened>);
    let pointed = use_state_eq(|| None::<StatementKey>);
    let flip = use_state_eq(|| None::<Flip>);
    let body = use_node_ref();
    let seen = use_mut_ref(|| props.sought.clone());
    let (trace, scenario) = (&props.trace, &props.scenario);
    {
        let (opened, pointed, body) = (opened.clone(), pointed.clone(), body.clone());
        let trace = trace.clone();
        use_effect_with(props.sought.clone(), move |sought| {
            let new = seen.replace(sought.clone()) != *sought;
            let found = sought.as_ref().filter(|_| new);
            match found.and_then(|sought| find(&trace, &sought.place)) {
                Some(Found::Deciding(key)) => pointed.set(Some(key)),
                Some(Found::Behind(part)) => {
                    pointed.set(part.statement.clone());
                    opened.set(Some(part));
                }
                None => return,
            }
            // When it is drawn.
            Timeout::new(0, move || show_here(&body)).forget();
        });
    }
    let toggle = {
        let (opened, pointed) = (opened.clone(), pointed.clone());
        Callback::from(move |asked: Opened| {
            let same = (*opened).as_ref() == Some(&asked);
            pointed.set(None);
            opened.set((!same).then_some(asked));
        })
    };
    let board = Board {
        dispatch: dispatch.clone(),
        preview: {
            let flip = flip.setter();
            Callback::from(move |asked| flip.set(asked))
        },
    };
    let several = trace.resources.len() > 1;
    let panel = |at: usize, resource: &ResourceView| {
        let opened = (*opened).as_ref().filter(|opened| opened.resource == at)?;
        let mut stages = resource.stages.iter();
        let stage = stages.find(|stage| stage.policy_type == opened.policy_type)?;
        let panel = Panel {
            trace,
            resource: at,
            opened,
            scenario,
            board: &board,
        };
        Some(stage_panel(stage, &panel))
    };
    let cases = props.focus.as_ref().map(|focus| Cases {
        trace: trace.clone(),
        scenario: scenario.clone(),
        focus: focus.clone(),
        dispatch: dispatch.clone(),
    });
    html! {
        <div class="trace-parts" ref={body}>
            <p class={classes!("trace-say", tone::of_verdict(trace.verdict))} tabindex="-1">{ said(trace, &dispatch) }</p>
            if !trace.notes.is_empty() {
                <ul class="trace-notes">
                    for note in &trace.notes {
                        <li>{ phrase(note) }</li>
                    }
                </ul>
            }
            if let Some(cases) = &cases {
                { branches(cases) }
            }
            for (at, resource) in trace.resources.iter().enumerate() {
                if several {
                    { resource_heading(at, resource) }
                }
                <div>
                    { strip(at, resource, (*opened).as_ref(), &toggle, scenario, &board) }
                    if at == 0 {
                        <Preview flip={(*flip).clone()} scenario={scenario.clone()} analysis={props.analysis.clone().filter(|_| props.with_ways)} />
                    }
                    { panel(at, resource).unwrap_or_default() }
                </div>
                { missing_allows(resource, &dispatch) }
                { cards(trace, at, (*pointed).as_ref(), &dispatch) }
                { others(trace, at, &dispatch) }
            }
            if let Some(focus) = &props.focus {
                if props.with_ways {
                    { ways_fold(trace.verdict, WaysProps {
                        scenario: scenario.clone(),
                        analysis: props.analysis.clone(),
                        focus: focus.clone(),
                    }) }
                }
                { thought_fold(scenario, focus, props.analysis.is_none()) }
            }
            { message_fold(trace.message.as_deref()) }
            { keys_fold(trace) }
        </div>
    }
}

/// The statements that decide; those that allow everything at their level are folded, where there
/// are several.
fn cards(
    trace: &Same<TraceView>,
    at: usize,
    pointed: Option<&StatementKey>,
    dispatch: &Dispatch,
) -> Html {
    let Some(resource) = trace.resources.get(at) else {
        return Html::default();
    };
    let deciding = &resource.deciding;
    let open = deciding.iter().filter(|it| allows_all(it)).count();
    let folds = open > 1;
    let is_shown = move |statement: &&StatementView| !(folds && allows_all(statement));
    let shown = deciding.iter().filter(is_shown).take(MOST_CARDS);
    let more = (deciding.len() - if folds { open } else { 0 }).saturating_sub(MOST_CARDS);
    let is_pointed = |it: &&StatementView| Some(&StatementKey::of(it)) == pointed;
    let asked = folds
        && deciding
            .iter()
            .filter(|it| allows_all(it))
            .any(|it| is_pointed(&it));
    let body = {
        let (trace, pointed, dispatch) = (trace.clone(), pointed.cloned(), dispatch.clone());
        Callback::from(move |()| {
            let deciding = trace.resources.get(at).map(|it| it.deciding.as_slice());
            let open = deciding
                .unwrap_or_default()
                .iter()
                .filter(|it| allows_all(it));
            html! {
                <div class="folded-cards">
                    for statement in open.take(MOST_CARDS) {
                        { statement_card(statement, pointed.as_ref(), &dispatch) }
                    }
                </div>
            }
        })
    };
    html! {
        <>
            for statement in shown {
                { statement_card(statement, pointed, dispatch) }
            }
            if more > 0 {
                <p class="trace-notes">{ texts::trace_body_more_statements_decide(&more) }</p>
            }
            if folds {
                <Fold title={texts::trace_body_statements_levels_allow(&open)} {body} open={asked} />
            }
        </>
    }
}

/// Whether a statement of an SCP or RCP allows whatever is asked, as FullAWSAccess does.
fn allows_all(statement: &StatementView) -> bool {
    statement.effect == Effect::Allow
        && statement.node.is_some()
        && statement.elements.iter().all(|element| {
            let mut values = element.values.iter();
            values.all(|value| value.text == "*")
        })
}

/// One of several resources, and what of it stops the request.
fn resource_heading(at: usize, resource: &ResourceView) -> Html {
    let stop = resource.stages.iter().find(|stage| stage.stops);
    let (outcome, words) = match stop {
        Some(stage) => (stage.outcome, texts::trace_body_stops_here(&stage.title)),
        None => (Outcome::Allow, texts::trace_body_does_not_stop().to_owned()),
    };
    html! {
        <h3 class="trace-resource">
            <span>{ texts::trace_body_resource(&(at + 1)) }</span>
            <code>{ breakable(&resource.arn) }</code>
            { outcome_badge(outcome, &words) }
        </h3>
    }
}

/// Scrolls to the part that was asked for, and puts the focus there.
fn show_here(body: &NodeRef) {
    let here = body.cast::<Element>().and_then(|body| {
        let inner = body.query_selector(".here .here").ok().flatten();
        inner.or_else(|| body.query_selector(".here").ok().flatten())
    });
    let Some(here) = here else { return };
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    here.scroll_into_view_with_scroll_into_view_options(&options);
    if let Ok(here) = wasm_bindgen::JsCast::dyn_into::<HtmlElement>(here) {
        let _ = here.focus();
    }
}

/// Puts the focus on the sentence above something that goes away: the new verdict stands there.
pub(super) fn focus_sentence(event: &MouseEvent) {
    let element = event.target_dyn_into::<Element>();
    let parts = element.and_then(|it| it.closest(".trace-parts").ok().flatten());
    let sentence = parts.and_then(|it| it.query_selector(".trace-say").ok().flatten());
    if let Some(Ok(sentence)) = sentence.map(wasm_bindgen::JsCast::dyn_into::<HtmlElement>) {
        let _ = sentence.focus();
    }
}
