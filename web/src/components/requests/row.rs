use evaluator::Verdict;
use organization::{AccountId, Request, RequestId};
use playground::{RequestView, words};
use yew::prelude::*;

use super::columns::{self, Column};
use super::details::RequestDetails;
use super::editor::{CellEditor, Typed};
use super::expect;
use super::grid::Command;
use super::same::Same;
use super::sub_rows::SubRows;
use crate::components::ui::{Glyph, glyph, verdict_badge};
use crate::context::use_dispatch;
use crate::state::Action;
use organization::Edit;

/// Who calls, as its cell shows it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Who {
    /// In words.
    pub(super) words: AttrValue,
    /// What is wrong with it.
    pub(super) problem: Option<AttrValue>,
}

/// A cell that is edited.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Editing {
    /// Its column.
    pub(super) column: Column,
    /// The letter that was typed over it.
    pub(super) over: Option<AttrValue>,
    /// The request before.
    pub(super) before: Same<Request>,
}

/// What [`RequestRow`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct RequestRowProps {
    /// The request.
    pub(super) request: Same<Request>,
    /// Its result.
    pub(super) view: Option<Same<RequestView>>,
    /// Whether a lesson hides its result.
    pub(super) hidden: bool,
    /// What people think comes out, where a lesson shows that and it is wrong.
    pub(super) thought: Option<Verdict>,
    /// Who calls.
    pub(super) who: Who,
    /// The Region that it is made in where it names none.
    pub(super) region: Option<AttrValue>,
    /// Whether its trace is shown.
    pub(super) selected: bool,
    /// The account of the selected row.
    pub(super) account: Option<AccountId>,
    /// The cell that the keyboard comes to.
    pub(super) active: Option<Column>,
    /// The cell that is edited.
    pub(super) editing: Option<Editing>,
    /// Whether it is one of several that were marked.
    pub(super) marked: bool,
    /// What its verdict was before the last edits, if it was another one.
    pub(super) was: Option<AttrValue>,
    /// Whether its name stands above it: a lesson speaks of requests by their names.
    pub(super) named: bool,
    /// Whether it can be moved to another place.
    pub(super) movable: bool,
    /// Whether its accounts are shown.
    pub(super) unfolded: bool,
    /// What is folded out beneath it: everything, or only the context keys.
    pub(super) open: Option<bool>,
    /// Told what happens in the cell that is edited.
    pub(super) on_typed: Callback<Typed>,
    /// Told what is to be done with it.
    pub(super) on_command: Callback<(RequestId, Command)>,
}

/// A request: one row of the table, what is folded beneath it, and a row for each account where
/// it runs over all of them.
#[component]
pub(super) fn RequestRow(props: &RequestRowProps) -> Html {
    let dispatch = use_dispatch();
    let drawn = use_mut_ref(|| 0_u32);
    let request = &props.request;
    let many = props.view.as_ref().is_some_and(|view| view.rows.len() > 1);
    let selected = props.selected && (props.account.is_none() || !props.unfolded);
    let on_changed = use_callback((), move |changed: Request, ()| {
        dispatch.emit(Action::Edited(Edit::UpdateRequest(Box::new(changed))));
    });
    let command = |command: Command| {
        let id = request.id.clone();
        props.on_command.reform(move |()| (id.clone(), command))
    };
    let drawn = cfg!(debug_assertions).then(|| {
        let count = drawn.borrow().wrapping_add(1);
        drawn.replace(count);
        count.to_string()
    });
    let class = classes!(
        "row",
        selected.then_some("sel"),
        many.then_some("many"),
        props.open.is_some().then_some("open"),
        props.was.is_some().then_some("changed"),
    );
    let problems = problems(props);
    let name = Some(request.name.clone()).filter(|name| !name.is_empty());
    html! {
        <>
            <div
                role="row" {class} data-request={request.id.to_string()} data-drawn={drawn}
                aria-selected={(selected || props.marked).to_string()}
                title={name.clone()}
            >
                if let Some(name) = name.filter(|_| props.named) {
                    <span class="row-name" aria-hidden="true">{ name }</span>
                }
                for column in Column::ALL { { cell(props, column, many, &problems) } }
                if let Some((_, problem)) = problems.first() {
                    <span class="row-problem" id={problem_id(request)}>{ problem }</span>
                }
            </div>
            if let Some(all) = props.open {
                <div role="row" class="request-more" data-details={request.id.to_string()}>
                    <div role="gridcell">
                        <RequestDetails
                            request={request.clone()} selected={props.selected} {all} {on_changed}
                            on_all={command(Command::Details)} on_closed={command(Command::Close)}
                        />
                    </div>
                </div>
            }
            if let Some(view) = props.view.as_ref().filter(|_| many && props.unfolded) {
                <SubRows
                    id={request.id.clone()} view={view.clone()}
                    selected={props.account.clone().filter(|_| props.selected)}
                />
            }
        </>
    }
}

fn problem_id(request: &Request) -> String {
    format!("problem-{}", request.id)
}

/// What is wrong, by column. A cell that is edited says it itself.
fn problems(props: &RequestRowProps) -> Vec<(Column, AttrValue)> {
    let editing = props.editing.as_ref().map(|editing| editing.column);
    let who = props
        .who
        .problem
        .clone()
        .map(|problem| (Column::Who, problem));
    let others = [Column::Does, Column::On, Column::Region].into_iter();
    let others = others.filter_map(|column| {
        let problem = columns::problem(&props.request, column)?;
        Some((column, AttrValue::from(problem)))
    });
    let all = who.into_iter().chain(others);
    all.filter(|(column, _)| Some(*column) != editing).collect()
}

fn cell(
    props: &RequestRowProps,
    column: Column,
    many: bool,
    problems: &[(Column, AttrValue)],
) -> Html {
    let request = &props.request;
    let wrong = problems.iter().any(|(of, _)| *of == column);
    let described = problems.first().is_some_and(|(of, _)| *of == column);
    let active = props.active == Some(column);
    let widget = column == Column::More;
    let at = Column::ALL.iter().position(|one| *one == column);
    let editing = props
        .editing
        .as_ref()
        .filter(|editing| editing.column == column);
    let whole = match column {
        Column::Who | Column::Does | Column::On | Column::Context => {
            Some(columns::text(request, &props.who.words, None, column))
        }
        Column::Verdict => props.view.as_ref().map(|view| view.word.clone()),
        _ => None,
    };
    let whole = whole.filter(|text| !text.is_empty() && editing.is_none());
    let tabindex = (!widget).then_some(if active { "0" } else { "-1" });
    html! {
        <div
            role="gridcell" class={classes!("cell", column.class(), editing.is_some().then_some("editing"))}
            data-column={at.map(|at| at.to_string())} {tabindex} title={whole}
            aria-readonly={(column == Column::Verdict).then_some("true")}
            aria-invalid={wrong.then_some("true")} aria-describedby={described.then(|| problem_id(request))}
        >
            if let Some(editing) = editing {
                { editor(props, editing) }
            } else {
                { shown(props, column, many, active) }
            }
        </div>
    }
}

fn editor(props: &RequestRowProps, editing: &Editing) -> Html {
    let column = editing.column;
    let text = match &editing.over {
        Some(letter) => letter.clone(),
        None => AttrValue::from(columns::text(
            &props.request,
            &props.who.words,
            None,
            column,
        )),
    };
    let problem = match column {
        Column::Who => props.who.problem.clone(),
        _ => columns::problem(&props.request, column).map(AttrValue::from),
    };
    html! {
        <CellEditor
            {column} request={editing.before.clone()} {text} over={editing.over.is_some()} {problem}
            on_typed={props.on_typed.clone()}
        />
    }
}

fn shown(props: &RequestRowProps, column: Column, many: bool, active: bool) -> Html {
    let request = &props.request;
    let text = |text: String, empty: &str| {
        let none = text.is_empty();
        let shown = if none { empty.to_owned() } else { text };
        let said =
            (none && column == Column::Context).then_some(texts::requests_row_no_context_keys());
        html! {
            <span class={classes!("text", none.then_some("none"))} data-none={said}>{ shown }</span>
        }
    };
    match column {
        Column::Who => html! {
            <>
                if props.movable { <span class="grip" aria-hidden="true">{ glyph(Glyph::Grip) }</span> }
                if many { { unfold(props) } }
                <span class="text">{ &props.who.words }</span>
            </>
        },
        Column::Does => text(request.action.clone(), "service:Action"),
        Column::On => text(columns::resource_in_short(request), "*"),
        Column::Region => {
            let default = props.region.as_deref();
            let default = default.unwrap_or(texts::requests_row_unstated());
            text(request.region.clone().unwrap_or_default(), default)
        }
        Column::Context => text(columns::keys_in_short(request), "·"),
        Column::Expected => expected(props),
        Column::Verdict => verdict(props),
        Column::More => html! {
            <button
                type="button" class="icon-button" tabindex={if active { "0" } else { "-1" }} data-menu=""
                aria-haspopup="menu" aria-label={texts::common_actions_for(&name_of(request))}
            >
                { glyph(Glyph::More) }
            </button>
        },
    }
}

fn unfold(props: &RequestRowProps) -> Html {
    let id = props.request.id.clone();
    let onclick = props.on_command.reform(move |event: MouseEvent| {
        event.stop_propagation();
        (id.clone(), Command::Unfold)
    });
    html! {
        <button
            type="button" class="unfold" tabindex="-1" {onclick} aria-label={texts::requests_row_account_by_account()}
            aria-expanded={props.unfolded.to_string()}
        >
            { glyph(if props.unfolded { Glyph::Opened } else { Glyph::Closed }) }
        </button>
    }
}

fn expected(props: &RequestRowProps) -> Html {
    let outcome = props
        .view
        .as_ref()
        .and_then(|view| view.expectation.as_ref());
    let word = expect::word(&props.request).filter(|word| *word != expect::NOTHING);
    let word = word.or_else(|| outcome.map(|expectation| expectation.word.as_str()));
    let failed = outcome.is_some_and(|expectation| !expectation.met);
    let title = outcome
        .filter(|_| failed)
        .map(|expectation| expectation.differences.join(" "));
    html! {
        <span
            class={classes!("text", failed.then_some("bad"), word.is_none().then_some("none"))} {title}
            data-none={word.is_none().then_some(texts::common_nothing_expected())}
            data-met={(word.is_some() && outcome.is_some() && !failed).then_some(texts::requests_row_as_expected())}
        >
            if failed {
                <span aria-hidden="true">{ "≠ " }</span>
            }
            { word.unwrap_or("·") }
            if failed {
                <span class="visually-hidden">{ texts::requests_row_not_met() }</span>
            }
        </span>
    }
}

fn verdict(props: &RequestRowProps) -> Html {
    let Some(view) = &props.view else {
        return match props.hidden {
            true => html! { <span class="muted">{ texts::lesson_hidden() }</span> },
            false => Html::default(),
        };
    };
    html! {
        <span class="verdict-cell">
            if let Some(verdict) = view.verdict {
                { verdict_badge(verdict, &view.word) }
            } else {
                <span class="visually-hidden">{ &view.word }</span>
                <span class="tally" aria-hidden="true">{ tally(view) }</span>
            }
            if let Some(was) = &props.was {
                <span class="was">{ texts::requests_row_was() }{ " " }{ was }</span>
            }
            if let Some(thought) = props.thought {
                <span class="thought">{ texts::lesson_not(&words::verdict(thought).to_lowercase()) }</span>
            }
        </span>
    }
}

/// The verdicts, in the order in which they are listed.
pub(super) const VERDICTS: [Verdict; 5] = [
    Verdict::Allow,
    Verdict::ExplicitDeny,
    Verdict::ImplicitDeny,
    Verdict::Depends,
    Verdict::Error,
];

/// How many rows have which verdict, as shapes and numbers.
fn tally(view: &RequestView) -> Html {
    VERDICTS
        .into_iter()
        .map(|verdict| {
            let same = view.rows.iter().filter(|row| row.verdict == verdict);
            match same.count() {
                0 => Html::default(),
                count => verdict_badge(verdict, &count.to_string()),
            }
        })
        .collect()
}

pub(super) fn name_of(request: &Request) -> &str {
    if request.name.is_empty() {
        &request.action
    } else {
        &request.name
    }
}
