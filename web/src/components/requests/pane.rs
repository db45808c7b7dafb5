use std::rc::Rc;

use evaluator::Verdict;
use organization::{Organization, Request, RequestId, TreeIndex};
use texts::Text;
use yew::prelude::*;

use super::add::{AddMenu, row_menu};
use super::caller;
use super::changes::{Changes, use_changes};
use super::columns::{self, Column};
use super::editor::Typed;
use super::events::{on_click, on_copy, on_key, on_paste, on_pointer_down};
use super::grid::{Command, Grid};
use super::row::{RequestRow, VERDICTS, Who};
use super::same::Same;
use super::toolbar::Toolbar;
use super::view::{Entry, Section, View, arranged};
use crate::components::ui::{Glyph, MenuList, glyph};
use crate::context::{use_dispatch, use_model};
use crate::state::{Action, Model, Pane};

/// The label of the step that adds a request to be typed.
const ADDED: Text = texts::COMMON_ADD_A_REQUEST;

/// The requests, each with its verdict.
#[component]
pub fn RequestsPane() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let table = use_node_ref();
    let drawn = use_force_update();
    let grid = use_memo((), |()| {
        let redraw = Callback::from(move |()| drawn.force_update());
        Grid::new(table.clone(), dispatch.clone(), redraw)
    });
    let view = use_state_eq(View::default);
    let tools = use_state_eq(|| false);
    let scenario = &model.scenario;
    let index = use_memo(scenario.organization.clone(), |tree| {
        tree.as_ref().map(Organization::index)
    });
    let whos = use_whos(&model, (*index).as_ref());
    let editing = grid.with(|state| state.editing.is_some());
    let changes = use_changes(&model, editing);
    let sections = use_sections(&model, &view, &whos, (*index).as_ref(), changes.settled);
    grid.with(|state| {
        state.model = Rc::clone(&model);
        state.movable = view.is_plain();
        state.shown = sections.iter().flat_map(|(_, ids)| ids).cloned().collect();
        let words = whos
            .iter()
            .map(|(request, who)| (request.id.clone(), who.words.clone()));
        state.words = words.collect();
    });
    use_focus(&grid, &model);
    let on_typed = use_callback(Same(Rc::clone(&grid)), |typed: Typed, grid| {
        grid.typed(typed)
    });
    let on_command = use_callback(
        Same(Rc::clone(&grid)),
        |(id, command): (RequestId, Command), grid| {
            grid.run(command, &id);
        },
    );
    let on_view = {
        let view = view.clone();
        Callback::from(move |changed: View| view.set(changed))
    };
    let add = dispatch.reform(|_: MouseEvent| Action::RequestAdded { account: None });
    let toggle = {
        let (tools, view) = (tools.clone(), view.clone());
        Callback::from(move |_: MouseEvent| {
            if *tools {
                view.set(View::default());
            }
            tools.set(!*tools);
        })
    };
    let menu = grid.with(|state| state.menu.clone());
    let shown = sections.iter().map(|(_, ids)| ids.len()).sum();
    html! {
        <section class="pane requests" aria-labelledby="requests-heading">
            <div class="pane-head">
                <h2 id="requests-heading">{ texts::common_requests() }</h2>
                { summary(&model, &changes) }
                <span class="spacer" />
                if !scenario.requests.is_empty() {
                    <button
                        type="button" class="button filter-toggle" aria-expanded={tools.to_string()} onclick={toggle}
                        aria-controls="request-tools"
                    >
                        { glyph(Glyph::Search) }<span>{ texts::common_filter() }</span>
                    </button>
                }
                if !scenario.requests.is_empty() && scenario.organization.is_some() {
                    <button
                        type="button" class="button" id="matrix-open"
                        onclick={dispatch.reform(|_: MouseEvent| Action::PaneShown(Pane::Matrix))}
                    >
                        { texts::common_matrix() }
                    </button>
                }
                <button type="button" class="button" onclick={add}>
                    { glyph(Glyph::Plus) }{ texts::common_add() }
                </button>
                <AddMenu grid={Same(Rc::clone(&grid))} />
            </div>
            <div id="request-tools">
                if *tools && !scenario.requests.is_empty() {
                    { toolbar(&model, &view, shown, on_view.clone()) }
                }
            </div>
            if scenario.requests.is_empty() {
                { no_requests(&model) }
            } else {
                { drawn_table(&Drawn {
                    model: &model, grid: &grid, table: &table, sections: &sections, view: &view,
                    whos: &whos, changes: &changes, on_typed: &on_typed, on_command: &on_command,
                    on_view: &on_view,
                }) }
            }
            if let Some((id, anchor)) = menu {
                <MenuList
                    label={texts::common_actions()} entries={row_menu(&grid, &model, &id)} {anchor}
                    on_closed={closing(&grid)}
                />
            }
        </section>
    }
}

fn closing(grid: &Rc<Grid>) -> Callback<()> {
    let grid = Rc::clone(grid);
    Callback::from(move |()| {
        grid.with(|state| state.menu = None);
        grid.redraw();
    })
}

/// Who calls, request by request. What is the same as before keeps its text.
#[hook]
fn use_whos(model: &Model, index: Option<&TreeIndex>) -> Vec<(Rc<Request>, Who)> {
    let before = use_mut_ref(Vec::<(Rc<Request>, Who)>::new);
    let scenario = &model.scenario;
    let read = (
        scenario.organization.clone(),
        scenario.principals.clone(),
        scenario.external_accounts.clone(),
    );
    let last = use_mut_ref(|| None);
    let same = last.borrow().as_ref() == Some(&read);
    last.replace(Some(read));
    let known = before.take();
    let who = |request: &Rc<Request>| {
        let kept = known
            .iter()
            .find(|(one, _)| same && Rc::ptr_eq(one, request));
        let who = kept.map(|(_, who)| who.clone()).unwrap_or_else(|| Who {
            words: AttrValue::from(caller::words(&request.caller, scenario, index)),
            problem: caller::problem(&request.caller, scenario).map(AttrValue::Static),
        });
        (Rc::clone(request), who)
    };
    let whos: Vec<_> = scenario.requests.iter().map(who).collect();
    before.replace(whos.clone());
    whos
}

/// What the arrangement of the rows was made for.
type Arranged = (View, u32, Vec<RequestId>, Vec<Section>);

/// The rows as they are looked at. Where they are arranged, they stay where they are while
/// something is edited: they take their new places when the marks of the changes go out.
#[hook]
fn use_sections(
    model: &Model,
    view: &View,
    whos: &[(Rc<Request>, Who)],
    index: Option<&TreeIndex>,
    settled: u32,
) -> Vec<Section> {
    let before = use_mut_ref(|| None::<Arranged>);
    let ids: Vec<RequestId> = whos.iter().map(|(request, _)| request.id.clone()).collect();
    if view.is_plain() {
        before.replace(None);
        return vec![(String::new(), ids)];
    }
    let mut always = Vec::new();
    if let Some((of, at, known, sections)) = &*before.borrow() {
        if of == view && *at == settled && *known == ids {
            return sections.clone();
        }
        if of == view {
            always.extend(ids.iter().filter(|id| !known.contains(id)).cloned());
        }
    }
    let entry = |(request, who): &(Rc<Request>, Who)| {
        let result = model.analysis.request(&request.id);
        let account = caller::account(&request.caller, &model.scenario, index);
        let rows = result
            .map(|result| result.rows.as_slice())
            .unwrap_or_default();
        let text = |column: &Column| {
            columns::text(request, &who.words, result.map(|result| &**result), *column)
        };
        Entry {
            id: request.id.clone(),
            texts: Column::COPIED.iter().map(text).collect(),
            name: request.name.clone(),
            account: account.map(|(_, name)| name).unwrap_or_default(),
            verdicts: rows.iter().map(|row| row.verdict).collect(),
            unmet: result
                .is_some_and(|result| result.expectation.as_ref().is_some_and(|it| !it.met)),
        }
    };
    let entries: Vec<Entry> = whos.iter().map(entry).collect();
    let sections = arranged(&entries, view, &always);
    before.replace(Some((view.clone(), settled, ids, sections.clone())));
    sections
}

/// Leads to a request that was just asked for, wherever that was, and keeps the focus.
#[hook]
fn use_focus(grid: &Rc<Grid>, model: &Model) {
    let before = use_mut_ref(|| None::<usize>);
    let count = model.scenario.requests.len();
    let newest = model
        .scenario
        .requests
        .last()
        .map(|request| request.id.clone());
    let newest = newest.filter(|id| {
        let asked =
            model.history.to_undo() == Some(texts::get(ADDED)) && model.history.to_redo().is_none();
        asked && model.selection.request.as_ref() == Some(id)
    });
    {
        let grid = Rc::clone(grid);
        use_effect_with((model.selection.request.clone(), count), move |_| {
            let grown = before
                .replace(Some(count))
                .is_some_and(|before| before < count);
            match newest {
                Some(id) if grown => grid.lead_to(&id),
                _ => grid.recover(),
            }
        });
    }
    let grid = Rc::clone(grid);
    use_effect(move || grid.settle());
}

/// What the table is drawn from.
struct Drawn<'a> {
    model: &'a Model,
    grid: &'a Rc<Grid>,
    table: &'a NodeRef,
    sections: &'a [Section],
    view: &'a View,
    whos: &'a [(Rc<Request>, Who)],
    changes: &'a Changes,
    on_typed: &'a Callback<Typed>,
    on_command: &'a Callback<(RequestId, Command)>,
    on_view: &'a Callback<View>,
}

fn drawn_table(drawn: &Drawn<'_>) -> Html {
    let grid = || Rc::clone(drawn.grid);
    let onkeydown = {
        let grid = grid();
        Callback::from(move |event: KeyboardEvent| on_key(&grid, &event))
    };
    let onfocusin = {
        let grid = grid();
        Callback::from(move |event: FocusEvent| grid.focused(&event))
    };
    // Whether the row was selected is asked before the press selects it.
    let onpointerdown = {
        let grid = grid();
        Callback::from(move |event: PointerEvent| {
            let again = on_pointer_down(&grid, &event);
            grid.with(|state| state.again = again);
        })
    };
    let onclick = {
        let grid = grid();
        Callback::from(move |event: MouseEvent| {
            let again = grid.with(|state| std::mem::take(&mut state.again));
            on_click(&grid, &event, again);
        })
    };
    let onpaste = {
        let grid = grid();
        Callback::from(move |event: Event| on_paste(&grid, &event))
    };
    let copying = |cut: bool| {
        let grid = grid();
        Callback::from(move |event: Event| on_copy(&grid, &event, cut))
    };
    let several = drawn.sections.len() > 1
        || drawn
            .sections
            .iter()
            .any(|(heading, _)| !heading.is_empty());
    html! {
        <div class="requests-scroll">
            <div
                class="request-table" role="grid" aria-label={texts::common_requests()} aria-multiselectable="true" ref={drawn.table.clone()}
                {onkeydown} {onfocusin} {onpointerdown} {onclick} {onpaste}
                oncopy={copying(false)} oncut={copying(true)}
            >
                { head(drawn) }
                for (heading, ids) in drawn.sections {
                    <div role="rowgroup" key={heading.clone()}>
                        if several {
                            <div role="row" class="group-head">
                                <div role="rowheader">
                                    <span>{ heading }</span>
                                    <span class="count">{ ids.len() }</span>
                                </div>
                            </div>
                        }
                        { rows(drawn, ids) }
                    </div>
                }
                if drawn.sections.iter().all(|(_, ids)| ids.is_empty()) {
                    <div role="row" class="nothing"><div role="gridcell">{ texts::requests_pane_request_like() }</div></div>
                }
            </div>
        </div>
    }
}

fn head(drawn: &Drawn<'_>) -> Html {
    let heading = |column: Column| {
        let at = Column::ALL
            .iter()
            .position(|one| *one == column)
            .map(|at| at.to_string());
        if column == Column::More {
            return html! {
                <div role="columnheader" class={column.class()}>
                    <span class="visually-hidden">{ column.heading() }</span>
                </div>
            };
        }
        let sorted = drawn.view.sort.filter(|(by, _)| *by == column);
        let (state, next) = match sorted {
            None => ("none", Some((column, false))),
            Some((_, false)) => ("ascending", Some((column, true))),
            Some((_, true)) => ("descending", None),
        };
        let view = View {
            sort: next,
            ..drawn.view.clone()
        };
        let onclick = drawn.on_view.reform(move |_: MouseEvent| view.clone());
        html! {
            <div role="columnheader" class={column.class()} data-column={at} aria-sort={state}>
                <button type="button" class="sort" tabindex="-1" {onclick}>
                    { column.heading() }
                    if let Some((_, down)) = sorted {
                        <span aria-hidden="true">{ if down { "↓" } else { "↑" } }</span>
                    }
                </button>
            </div>
        }
    };
    html! {
        <div role="rowgroup" class="head-group">
            <div role="row" class="head">{ for Column::ALL.into_iter().map(heading) }</div>
        </div>
    }
}

fn rows(drawn: &Drawn<'_>, ids: &[RequestId]) -> Html {
    let model = drawn.model;
    let marked = drawn.grid.with(|state| state.end.is_some());
    let marked = if marked {
        drawn.grid.marked()
    } else {
        Vec::new()
    };
    let selection = &model.selection;
    // The keyboard comes to one cell: where it was, or else of the selected row or the first.
    let at = drawn.grid.with(|state| {
        let there = state.at.clone().filter(|(id, _)| state.shown.contains(id));
        there.or_else(|| {
            let selected = selection
                .request
                .as_ref()
                .filter(|id| state.shown.contains(id));
            Some((selected.or(state.shown.first())?.clone(), Column::Does))
        })
    });
    let row = |id: &RequestId| {
        let (request, who) = drawn.whos.iter().find(|(request, _)| request.id == *id)?;
        let selected = selection.request.as_ref() == Some(id);
        let region = evaluator::usual_region(&model.scenario, request)
            .map(|it| AttrValue::from(it.to_owned()));
        let (editing, unfolded, open) = drawn.grid.with(|state| {
            let editing = state.editing.as_ref().filter(|(one, _)| one == id);
            let open = state.open.iter().find(|(one, _)| one == id);
            (
                editing.map(|(_, editing)| editing.clone()),
                state.unfolded.contains(id),
                open.map(|(_, all)| *all),
            )
        });
        Some(html! {
            <RequestRow
                key={id.as_str()} request={Same(Rc::clone(request))}
                view={model.analysis.request(id).map(|view| Same(Rc::clone(view)))}
                hidden={model.lesson().is_some_and(|it| it.unseen.verdict(id))}
                thought={thought(model, id)}
                who={who.clone()} {region} {selected}
                account={selection.account.clone().filter(|_| selected)}
                active={at.as_ref().filter(|(one, _)| one == id).map(|(_, column)| *column)}
                {editing} marked={marked.contains(id)} was={drawn.changes.was(id)}
                named={drawn.model.learning.is_some()} movable={drawn.view.is_plain()} {unfolded} {open}
                on_typed={drawn.on_typed.clone()} on_command={drawn.on_command.clone()}
            />
        })
    };
    ids.iter().filter_map(row).collect()
}

/// What people think comes out of a request, while a lesson shows that.
fn thought(model: &Model, id: &RequestId) -> Option<Verdict> {
    let mut all = model.lesson()?.misreadings.iter();
    all.find(|(of, _)| of == id)
        .map(|(_, misreading)| misreading.verdict)
}

/// "6 of 7 as expected", and how many verdicts have just changed.
fn summary(model: &Model, changes: &Changes) -> Html {
    let results = model.analysis.requests.iter();
    let expectations: Vec<bool> = results
        .filter_map(|request| request.expectation.as_ref())
        .map(|expectation| expectation.met)
        .collect();
    let (met, all) = (
        expectations.iter().filter(|met| **met).count(),
        expectations.len(),
    );
    let bad = (met < all).then_some("bad");
    html! {
        <>
            if all > 0 {
                <span
                    class={classes!("as-expected", bad)} title={texts::requests_pane_of_as_expected(&met, &all)}
                    data-short={format!("{} {met}/{all}", if met < all { "≠" } else { "✓" })}
                >
                    { texts::requests_pane_of_as_expected(&met, &all) }
                </span>
            }
            if !changes.words.is_empty() {
                <span class="verdicts-changed" aria-hidden="true">{ &changes.words }</span>
            }
            <span class="visually-hidden" role="status">{ &changes.told }</span>
        </>
    }
}

fn toolbar(model: &Model, view: &View, shown: usize, on_view: Callback<View>) -> Html {
    let results = &model.analysis.requests;
    let has = |verdict| {
        let has = |result: &&Rc<playground::RequestView>| {
            result.rows.iter().any(|row| row.verdict == verdict)
        };
        results.iter().filter(has).count()
    };
    let counts: Vec<_> = VERDICTS
        .into_iter()
        .map(|verdict| (verdict, has(verdict)))
        .collect();
    let counts = counts
        .into_iter()
        .filter(|(verdict, count)| *count > 0 || view.verdicts.contains(verdict));
    let unmet = results
        .iter()
        .filter(|result| result.expectation.as_ref().is_some_and(|it| !it.met));
    html! {
        <Toolbar
            view={view.clone()} counts={counts.collect::<Vec<_>>()} unmet={unmet.count()}
            shown={(shown, model.scenario.requests.len())} {on_view}
        />
    }
}

fn no_requests(model: &Model) -> Html {
    let hint = if model.is_empty() {
        texts::requests_pane_add_calls_whose()
    } else {
        texts::requests_pane_add_request_who()
    };
    html! { <div class="requests-empty"><p>{ hint }</p></div> }
}
