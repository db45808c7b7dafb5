use evaluator::Truth;
use playground::{ElementView, StatementView, TraceView};
use yew::prelude::*;

use super::fold::Fold;
use super::marked::marked;
use super::statement::{Place, element_table, head, request_side};
use super::tone;
use crate::components::requests::Same;
use crate::components::ui::breakable;
use crate::context::Dispatch;

/// How many statements are drawn before the rest waits for a click.
const MOST_STATEMENTS: usize = 30;
/// How many values of the failing element stand in its line.
const MOST_VALUES: usize = 3;

/// The statements of one resource that do not decide, folded: those that did not match, each with
/// the element that fails first, and those that matched without deciding.
pub(super) fn others(trace: &Same<TraceView>, resource: usize, dispatch: &Dispatch) -> Html {
    let Some(view) = trace.resources.get(resource) else {
        return Html::default();
    };
    let positions = 0..view.others.len();
    let (matched, unmatched): (Vec<usize>, Vec<usize>) = positions.partition(|at| {
        let statement = view.others.get(*at);
        statement.is_some_and(|statement| statement.truth == Truth::Met)
    });
    let unmatched_title = match unmatched.len() {
        1 => texts::trace_others_why_1_other().to_owned(),
        count => texts::trace_others_why_other_statements(&count),
    };
    let matched_title = match matched.len() {
        1 => texts::trace_others_1_statement_matches().to_owned(),
        count => texts::trace_others_statements_match_do(&count),
    };
    html! {
        <div>
            { statements_fold(unmatched_title, unmatched, trace, resource, dispatch) }
            { statements_fold(matched_title, matched, trace, resource, dispatch) }
        </div>
    }
}

fn statements_fold(
    title: String,
    mut positions: Vec<usize>,
    trace: &Same<TraceView>,
    resource: usize,
    dispatch: &Dispatch,
) -> Html {
    if positions.is_empty() {
        return Html::default();
    }
    let rest = positions.split_off(positions.len().min(MOST_STATEMENTS));
    let (trace, dispatch) = (trace.clone(), dispatch.clone());
    let body = Callback::from(move |()| {
        let more = texts::trace_others_show_more(&rest.len());
        html! {
            <>
                <ul class="why-not">
                    for at in &positions { { other(&trace, resource, *at, &dispatch) } }
                </ul>
                { statements_fold(more, rest.clone(), &trace, resource, &dispatch) }
            </>
        }
    });
    html! { <Fold {title} {body} /> }
}

fn other(trace: &Same<TraceView>, resource: usize, at: usize, dispatch: &Dispatch) -> Html {
    let find = move |trace: &TraceView| trace.resources.get(resource)?.others.get(at).cloned();
    let Some(statement) = find(trace) else {
        return Html::default();
    };
    let body = {
        let (trace, dispatch) = (trace.clone(), dispatch.clone());
        Callback::from(move |()| {
            find(&trace).map_or_else(Html::default, |statement| {
                element_table(&statement, &dispatch)
            })
        })
    };
    html! {
        <li class={classes!("card", tone::of_effect(statement.effect))}>
            { head(&statement, Place::Full, dispatch) }
            if statement.truth != Truth::Met {
                <p class="reason">{ reason(&statement) }</p>
            }
            <Fold title={texts::trace_others_element_by_element()} {body} />
        </li>
    }
}

/// The element that fails first, with both operands, in one line.
pub(super) fn reason(statement: &StatementView) -> Html {
    let first = |wanted: Truth| {
        statement
            .elements
            .iter()
            .find(|element| element.truth == wanted)
    };
    first(Truth::Unmet)
        .or_else(|| first(Truth::Unknown))
        .map(line)
        .unwrap_or_default()
}

fn line(element: &ElementView) -> Html {
    let more = element.values.len().saturating_sub(MOST_VALUES);
    html! {
        <>
            <span>{ &element.name }</span>
            { " " }
            if let Some(key) = &element.key {
                <code>{ breakable(key) }</code>
                { " " }
            }
            for value in element.values.iter().take(MOST_VALUES) {
                { marked(value.resolved.as_deref().unwrap_or(&value.text), &value.differs, None) }
                { " " }
            }
            if more > 0 {
                { texts::common_and_more(&more) }{ " " }
            }
            { if element.truth == Truth::Unknown { texts::trace_others_is_unknown() } else { texts::trace_others_is_not_met() } }{ " " }
            { request_side(element) }
        </>
    }
}
