use std::cell::RefCell;
use std::rc::Rc;

use evaluator::Verdict;
use organization::Scenario;
use playground::what_if::{Search, Way};
use playground::{Analysis, Focus, words};
use yew::prelude::*;

use super::body::focus_sentence;
use super::fold::Fold;
use super::idle::{Step, use_idle};
use super::tone;
use crate::components::requests::Same;
use crate::components::ui::{phrase, verdict_badge};
use crate::context::use_dispatch;
use crate::state::Action;

/// What [`Ways`] looks at.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct WaysProps {
    /// The scenario.
    pub(super) scenario: Same<Scenario>,
    /// What follows from it; none while the trace is one from before.
    pub(super) analysis: Option<Same<Analysis>>,
    /// The row whose verdict could change.
    pub(super) focus: Focus,
}

/// What would change the verdict: looked for while it is open, and nothing else is to do.
pub(super) fn ways_fold(verdict: Verdict, props: WaysProps) -> Html {
    if matches!(verdict, Verdict::Depends | Verdict::Error) {
        return Html::default();
    }
    let body = Callback::from(move |()| {
        let WaysProps {
            scenario,
            analysis,
            focus,
        } = props.clone();
        html! { <Ways {scenario} {analysis} {focus} /> }
    });
    html! { <Fold title={texts::trace_ways_what_would_change()} {body} /> }
}

/// What was found, and of which scenario.
#[derive(Clone, Debug, PartialEq)]
struct FoundWays {
    of: WaysProps,
    ways: Vec<Way>,
    done: bool,
}

#[component]
fn Ways(props: &WaysProps) -> Html {
    let dispatch = use_dispatch();
    let found = use_state(|| None::<FoundWays>);
    let search = use_mut_ref(|| None::<Rc<RefCell<Search>>>);
    let told = {
        let (search, found, of) = (search.clone(), found.setter(), props.clone());
        Callback::from(move |done: bool| {
            if let Some(search) = &*search.borrow() {
                let ways: Vec<Way> = search.borrow().ways().cloned().collect();
                // What was there stays until there is something to take its place.
                if done || !ways.is_empty() {
                    found.set(Some(FoundWays {
                        of: of.clone(),
                        ways,
                        done,
                    }));
                }
            }
        })
    };
    use_idle(
        props.clone(),
        move |props| {
            let analysis = props.analysis.as_ref()?;
            let begun = Rc::new(RefCell::new(Search::new(
                Rc::clone(&props.scenario.0),
                Rc::clone(&analysis.0),
                props.focus.clone(),
            )));
            search.replace(Some(Rc::clone(&begun)));
            Some(Box::new(move || begun.borrow_mut().step()) as Step)
        },
        told,
    );
    let Some(found) = (*found).as_ref() else {
        let words = match props.analysis {
            Some(_) => texts::trace_ways_trying_changes(),
            None => texts::trace_ways_once_valid(),
        };
        return html! { <p class="trace-notes">{ words }</p> };
    };
    let old = found.of != *props;
    let done = found.done && !old;
    html! {
        <div class="ways-part">
            <p class="visually-hidden" aria-live="polite">{ done.then(|| announced(found.ways.len())) }</p>
            if found.ways.is_empty() && done {
                <p class="trace-notes">{ texts::trace_ways_single_change_was() }</p>
            }
            <ul class={classes!("ways", old.then_some("old"))}>
                for way in &found.ways {
                    { one(way, old, &dispatch) }
                }
            </ul>
            if !found.ways.is_empty() {
                <p class="trace-notes">{ if done { texts::trace_ways_each_was_tried() } else { texts::trace_ways_trying_further_changes() } }</p>
            }
        </div>
    }
}

fn one(way: &Way, old: bool, dispatch: &Callback<Action>) -> Html {
    let label = way.label();
    let onclick = {
        let (label, edits) = (label.clone(), way.edits.clone());
        dispatch.reform(move |event: MouseEvent| {
            focus_sentence(&event);
            Action::EditedTogether {
                label: label.clone(),
                edits: edits.clone(),
            }
        })
    };
    html! {
        <li key={label.clone()}>
            <div>
                <p class="way">{ phrase(&way.words) }</p>
                <p class="way-others">{ words::others(&way.others) }</p>
            </div>
            { verdict_badge(way.verdict, tone::verdict_word(way.verdict)) }
            <button type="button" class="button outlined" disabled={old} aria-label={texts::trace_ways_apply_change(&label)} {onclick}>{ texts::trace_ways_apply() }</button>
        </li>
    }
}

fn announced(count: usize) -> String {
    match count {
        0 => texts::trace_ways_no_change_was_found().to_owned(),
        1 => texts::trace_ways_1_change_was_found().to_owned(),
        count => texts::trace_ways_changes_were_found(&count),
    }
}
