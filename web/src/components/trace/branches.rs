use organization::Scenario;
use playground::what_if::{can_settle, settle};
use playground::{BranchView, Focus, Inline, TraceView, TriedView, UnknownView};
use yew::prelude::*;

use super::body::focus_sentence;
use super::fold::Fold;
use super::tone;
use crate::components::requests::Same;
use crate::components::ui::{breakable, phrase, verdict_badge};
use crate::context::Dispatch;
use crate::state::Action;

/// How many cases are drawn before the rest waits for a click.
const MOST_CASES: usize = 12;
/// Up to so many things each has a column of its own.
const MOST_COLUMNS: usize = 3;

/// What the table of cases needs to know.
#[derive(Clone)]
pub(super) struct Cases {
    pub(super) trace: Same<TraceView>,
    pub(super) scenario: Same<Scenario>,
    pub(super) focus: Focus,
    pub(super) dispatch: Dispatch,
}

/// The verdict for each case of what is unknown, side by side; a case can be stated in the request.
pub(super) fn branches(cases: &Cases) -> Html {
    let count = cases.trace.branches.len();
    if count == 0 {
        return Html::default();
    }
    let first = count.min(if count > MOST_CASES + 2 {
        MOST_CASES
    } else {
        count
    });
    html! {
        <div>
            { table(cases, 0, first, texts::trace_branches_verdict_each_case()) }
            if first < count {
                { rest(cases, first, count) }
            }
            if !cases.trace.complete {
                <p class="trace-notes">{ texts::trace_branches_there_too_many() }</p>
            }
        </div>
    }
}

fn rest(cases: &Cases, from: usize, to: usize) -> Html {
    let cases = cases.clone();
    let body =
        Callback::from(move |()| table(&cases, from, to, texts::trace_branches_further_cases()));
    html! { <Fold title={texts::trace_branches_show_more_cases(&(to - from))} {body} /> }
}

fn table(cases: &Cases, from: usize, to: usize, caption: &'static str) -> Html {
    let trace = &cases.trace;
    let columns = columns(trace);
    let shown = trace.branches.iter().enumerate().take(to).skip(from);
    let any = (from..to).any(|at| can_settle(&cases.scenario, &cases.focus, trace, at));
    html! {
        <table class="branches">
            <caption>{ caption }</caption>
            <thead>
                <tr>
                    if columns.is_empty() {
                        <th scope="col">{ texts::trace_branches_case() }</th>
                    }
                    for column in &columns {
                        <th scope="col">{ heading(column) }</th>
                    }
                    <th scope="col">{ texts::common_verdict() }</th>
                    if any {
                        <th scope="col"><span class="visually-hidden">{ texts::common_set() }</span></th>
                    }
                </tr>
            </thead>
            <tbody>
                for (at, case) in shown {
                    <tr>
                        if columns.is_empty() {
                            <th scope="row">{ phrase(&case.case) }</th>
                        } else {
                            for (column, tried) in case.tried.iter().take(columns.len()).enumerate() {
                                { cell(column == 0, tried) }
                            }
                        }
                        <td>{ verdict_badge(case.verdict, tone::verdict_word(case.verdict)) }</td>
                        if any {
                            <td>{ set_button(cases, at, case) }</td>
                        }
                    </tr>
                }
            </tbody>
        </table>
    }
}

/// The things that have a column: none where a table would not tell the cases apart.
fn columns(trace: &TraceView) -> Vec<&UnknownView> {
    let things: Vec<&UnknownView> = trace.depends_on.iter().collect();
    let mut seen: Vec<&[TriedView]> = Vec::new();
    for branch in &trace.branches {
        if seen.contains(&branch.tried.as_slice()) {
            return Vec::new();
        }
        seen.push(&branch.tried);
    }
    if things.len() > MOST_COLUMNS {
        return Vec::new();
    }
    things
}

fn heading(thing: &UnknownView) -> Html {
    match (&thing.key, thing.resource) {
        (Some(key), None) => html! { <code>{ breakable(key) }</code> },
        (Some(key), Some(at)) => html! {
            <><code>{ breakable(key) }</code>{ " " }{ texts::trace_branches_of_resource(&(at + 1)) }</>
        },
        (None, _) => html! { { texts::trace_branches_owner_of_the_resource() } },
    }
}

fn cell(first: bool, tried: &TriedView) -> Html {
    let shown = match tried {
        TriedView::Absent => html! { { texts::key_absent() } },
        TriedView::Owner { words, .. } => phrase(words),
        TriedView::Values(values) => {
            let one = |value: &Option<String>| match value.as_deref() {
                None => {
                    html! { <span class="any-other">{ texts::trace_branches_anything_else() }</span> }
                }
                Some("") => html! { { texts::trace_branches_the_empty_text() } },
                Some(value) => html! { <code>{ breakable(value) }</code> },
            };
            if values.is_empty() {
                html! { { texts::trace_branches_no_values() } }
            } else {
                html! { <span class="values">{ for values.iter().map(one) }</span> }
            }
        }
    };
    if first {
        html! { <th scope="row">{ shown }</th> }
    } else {
        html! { <td>{ shown }</td> }
    }
}

/// A button that states the case in the request, as one step; none for a value that nobody named.
fn set_button(cases: &Cases, at: usize, case: &BranchView) -> Html {
    if !can_settle(&cases.scenario, &cases.focus, &cases.trace, at) {
        return Html::default();
    }
    let words = plain(&case.case);
    let onclick = {
        let (cases, words) = (cases.clone(), words.clone());
        Callback::from(move |event: MouseEvent| {
            focus_sentence(&event);
            let edit = settle(&cases.scenario, &cases.focus, &cases.trace, at);
            if let Some(edit) = edit {
                cases.dispatch.emit(Action::EditedTogether {
                    label: texts::trace_branches_state_that(&words),
                    edits: vec![edit],
                });
            }
        })
    };
    let label = texts::trace_branches_set_in_the_request(&words);
    html! {
        <button type="button" class="button outlined" aria-label={label.clone()} title={label} {onclick}>{ texts::common_set() }</button>
    }
}

fn plain(pieces: &[Inline]) -> String {
    let texts = pieces.iter().map(|piece| match piece {
        Inline::Text(text) | Inline::Strong(text) | Inline::Code(text) | Inline::Mark(text) => {
            text.as_str()
        }
    });
    texts.collect()
}
