use evaluator::Verdict;
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

/// Up to so many cases stand in one table; more are grouped by verdict.
const MOST_TOGETHER: usize = 8;
/// How many cases of a group are drawn before the rest waits for a click.
const MOST_OF_GROUP: usize = 3;
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
    let all: Vec<usize> = (0..cases.trace.branches.len()).collect();
    if all.is_empty() {
        return Html::default();
    }
    html! {
        <div class="cases">
            if all.len() <= MOST_TOGETHER {
                { table(cases, &all, texts::trace_branches_verdict_each_case().into(), true) }
            } else {
                for (verdict, of_it) in by_verdict(&cases.trace.branches) {
                    { group(cases, verdict, of_it) }
                }
            }
            if !cases.trace.complete {
                <p class="trace-notes">{ texts::trace_branches_there_too_many() }</p>
            }
        </div>
    }
}

/// The positions of the cases of each verdict, the rarest verdict first: it is what one looks for.
fn by_verdict(branches: &[BranchView]) -> Vec<(Verdict, Vec<usize>)> {
    let mut groups: Vec<(Verdict, Vec<usize>)> = Vec::new();
    for (at, branch) in branches.iter().enumerate() {
        match groups.iter_mut().find(|(of, _)| *of == branch.verdict) {
            Some((_, positions)) => positions.push(at),
            None => groups.push((branch.verdict, vec![at])),
        }
    }
    groups.sort_by_key(|(_, positions)| positions.len());
    groups
}

/// The cases of one verdict: how many, the first few, and the others folded away.
fn group(cases: &Cases, verdict: Verdict, of_it: Vec<usize>) -> Html {
    // A fold for one or two cases would take as much room as they do.
    let most = match of_it.len() > MOST_OF_GROUP + 2 {
        true => MOST_OF_GROUP,
        false => of_it.len(),
    };
    let caption = html! {
        <>
            { verdict_badge(verdict, tone::verdict_word(verdict)) }
            { " " }{ texts::trace_branches_in_cases(of_it.len()) }
        </>
    };
    let (first, others) = of_it.split_at(most);
    let others = others.to_vec();
    html! {
        <div class="case-group">
            { table(cases, first, caption, false) }
            if !others.is_empty() {
                { rest(cases, verdict, others) }
            }
        </div>
    }
}

fn rest(cases: &Cases, verdict: Verdict, others: Vec<usize>) -> Html {
    let title = texts::trace_branches_show_more_cases(&others.len());
    let cases = cases.clone();
    let body = Callback::from(move |()| {
        let caption =
            texts::trace_branches_further_cases(&tone::verdict_word(verdict).to_lowercase());
        let caption = html! { <span class="visually-hidden">{ caption }</span> };
        table(&cases, &others, caption, false)
    });
    html! { <Fold {title} {body} /> }
}

/// Some of the cases, by position; with the verdict of each where it stands nowhere else.
fn table(cases: &Cases, shown: &[usize], caption: Html, with_verdict: bool) -> Html {
    let trace = &cases.trace;
    let columns = columns(trace);
    let any = (shown.iter()).any(|at| can_settle(&cases.scenario, &cases.focus, trace, *at));
    let shown = (shown.iter()).filter_map(|at| Some((*at, trace.branches.get(*at)?)));
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
                    if with_verdict {
                        <th scope="col">{ texts::common_verdict() }</th>
                    }
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
                        if with_verdict {
                            <td>{ verdict_badge(case.verdict, tone::verdict_word(case.verdict)) }</td>
                        }
                        if any {
                            <td class="set">{ set_button(cases, at, case) }</td>
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
