use std::rc::Rc;

use organization::{PolicyId, Scenario};
use playground::{PolicyView, TraceView};
use policy::Severity;
use web_sys::Element;
use yew::prelude::*;

use super::body::TraceBody;
use super::switch::{as_if, mark};
use super::tone;
use crate::components::requests::Same;
use crate::components::ui::phrase;
use crate::components::ui::with_code;
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::{Action, Model, Shown};

/// The trace of the selected request.
#[component]
pub fn TracePane() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let scrolled = use_node_ref();
    {
        let scrolled = scrolled.clone();
        let selected = (
            model.selection.request.clone(),
            model.selection.account.clone(),
        );
        use_effect_with(selected, move |_| {
            if let Some(element) = scrolled.cast::<Element>() {
                element.set_scroll_top(0);
            }
        });
    }

    let shown = model.shown();
    let old = shown.as_ref().is_some_and(|shown| shown.newer.is_some());
    html! {
        <section class="pane trace" aria-labelledby="trace-heading">
            <h2 id="trace-heading" class="visually-hidden">{ texts::common_trace() }</h2>
            <p class="visually-hidden" role="status">
                { shown.as_ref().map(|shown| announcement(shown, &model.scenario)) }
            </p>
            if shown.is_some() {
                { mark(&model.scenario, &dispatch) }
            }
            <div class={classes!("trace-body", old.then_some("old"))} ref={scrolled}>
                if let Some(shown) = &shown {
                    <TraceBody
                        trace={Same(Rc::clone(&shown.trace))} scenario={Same(Rc::clone(&model.scenario))}
                        analysis={shown.newer.is_none().then(|| Same(Rc::clone(&model.analysis)))} with_ways={!model.hides_ways()}
                        focus={model.focus()} sought={model.sought.clone()}
                    />
                } else {
                    { nothing_selected(&model, &dispatch) }
                }
            </div>
            if let Some((shown, newer)) = shown.as_ref().and_then(|shown| Some((shown, shown.newer.as_ref()?))) {
                { old_result(&model, &shown.trace, newer, &dispatch) }
            }
        </section>
    }
}

/// The verdict for screen readers: announced when it changes, not at every letter.
fn announcement(shown: &Shown, scenario: &Scenario) -> String {
    if shown.newer.is_some() {
        return texts::trace_pane_policy_valid_last().to_owned();
    }
    let word = tone::verdict_word(shown.trace.verdict);
    match as_if(scenario) {
        Some(as_if) => texts::trace_pane_verdict_as_if(&as_if, &word),
        None => texts::trace_pane_verdict(&word),
    }
}

/// The line beneath a result that the present texts no longer give.
fn old_result(model: &Model, old: &TraceView, newer: &TraceView, dispatch: &Dispatch) -> Html {
    let refused = refused_in(model, old);
    html! {
        <div class="trace-old">
            { texts::trace_pane_result_before_last() }{ " " }
            if let Some((view, place)) = refused.as_deref().and_then(first_error) {
                { not_valid(view, place, dispatch) }
            } else {
                { phrase(&newer.sentence) }
            }
        </div>
    }
}

/// A policy of this trace that is refused; the one in the editor before others.
fn refused_in(model: &Model, trace: &TraceView) -> Option<Rc<PolicyView>> {
    let mut refused: Vec<&Rc<PolicyView>> = model
        .analysis
        .policies
        .values()
        .filter(|view| view.refused && takes_part(trace, &view.id))
        .collect();
    refused.sort_by_key(|view| (model.selection.policy.as_ref() != Some(&view.id), &view.id));
    refused.first().map(|view| Rc::clone(view))
}

fn takes_part(trace: &TraceView, policy: &PolicyId) -> bool {
    trace.resources.iter().any(|resource| {
        let mut attached = resource
            .stages
            .iter()
            .flat_map(|stage| &stage.levels)
            .flat_map(|level| &level.policies);
        attached.any(|(id, _)| id == policy)
            || resource
                .deciding
                .iter()
                .chain(&resource.others)
                .any(|statement| statement.policy == *policy)
    })
}

type Place = (policy::Span, u32, u32, String);

fn first_error(view: &PolicyView) -> Option<(&PolicyView, Place)> {
    let (finding, at) = view
        .findings
        .iter()
        .find(|(finding, _)| finding.severity == Severity::Error)?;
    let place = (finding.span, at.line, at.column, finding.message.clone());
    Some((view, place))
}

fn not_valid(view: &PolicyView, place: Place, dispatch: &Dispatch) -> Html {
    let (span, line, column, message) = place;
    let policy = view.id.clone();
    let onclick = dispatch.reform(move |_: MouseEvent| Action::PlaceRevealed {
        policy: policy.clone(),
        span,
    });
    html! {
        <>
            <strong>{ &view.name }</strong>
            { " " }{ texts::trace_pane_is_not_valid() }{ " " }
            <button type="button" class="to-text" {onclick}>
                { format!("{line}:{column} · ") }
                { with_code(&message) }
            </button>
        </>
    }
}

fn nothing_selected(model: &Model, dispatch: &Dispatch) -> Html {
    if model.scenario.requests.is_empty() {
        let onclick = dispatch.reform(|_: MouseEvent| Action::RequestAdded { account: None });
        return html! {
            <div class="trace-empty">
                <p>{ texts::trace_pane_reasons_appear_here() }</p>
                if !model.is_empty() {
                    <p><button type="button" class="button outlined" {onclick}>{ texts::trace_pane_add_a_request() }</button></p>
                }
            </div>
        };
    }
    if model.hides_selected() {
        return html! { <div class="trace-empty"><p>{ texts::lesson_reasons_hidden() }</p></div> };
    }
    html! {
        <div class="trace-empty"><p>{ texts::trace_pane_select_request_see() }</p></div>
    }
}
