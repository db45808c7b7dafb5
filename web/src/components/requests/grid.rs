//! The table under the hands: where the keyboard is, what is edited, what is marked.

use std::cell::RefCell;
use std::rc::Rc;

use organization::{Caller, Created, Edit, PrincipalKind, Request, RequestId};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::clipboard;
use super::columns::{self, Column};
use super::editor::Typed;
use super::expect;
use super::offers::{NEW_ROLE, NEW_USER, OTHER_CALLER, caller_of};
use super::paste::{Pasted, pasted};
use super::row::Editing;
use super::same::Same;
use crate::components::requests::caller;
use crate::context::Dispatch;
use crate::state::{Action, Model, Notice, NoticeButton, Pane};

/// Something to do with requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// Show everything that can be said of it.
    Details,
    /// Show its context keys.
    Keys,
    /// Fold the details in.
    Close,
    /// Show its accounts, or fold them in.
    Unfold,
    /// Add one like it.
    Duplicate,
    /// Delete it.
    Delete,
    /// Move it up or down.
    Move(isize),
    /// Expect what comes out now.
    ExpectNow,
    /// Copy it as a row of a spreadsheet.
    Copy,
}

/// Where the focus goes once the page has been drawn.
#[derive(Clone, Debug, PartialEq)]
enum Target {
    /// To a cell.
    Cell(RequestId, Column),
    /// To the selected request, in this column.
    Selected(Column),
    /// Into the details of a request.
    Details(RequestId, &'static str),
}

/// What the table remembers while it is shown.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The model as it was drawn.
    pub(super) model: Rc<Model>,
    /// The words of each caller.
    pub(super) words: Vec<(RequestId, AttrValue)>,
    /// The requests that are shown, in order.
    pub(super) shown: Vec<RequestId>,
    /// Whether rows can be moved.
    pub(super) movable: bool,
    /// The cell that the keyboard comes to.
    pub(super) at: Option<(RequestId, Column)>,
    /// The cell that is edited.
    pub(super) editing: Option<(RequestId, Editing)>,
    /// The other end of the rows that are marked.
    pub(super) end: Option<RequestId>,
    /// Requests whose details are shown; whether all of them.
    pub(super) open: Vec<(RequestId, bool)>,
    /// Requests whose accounts are shown.
    pub(super) unfolded: Vec<RequestId>,
    /// The request whose menu is open, and its button.
    pub(super) menu: Option<(RequestId, Element)>,
    /// Whether a press came to a row that was selected before.
    pub(super) again: bool,
    target: Option<Target>,
    session: u32,
}

/// The table: its state, and the ways out of it.
#[derive(Clone)]
pub(super) struct Grid {
    state: Rc<RefCell<State>>,
    table: NodeRef,
    dispatch: Dispatch,
    redraw: Callback<()>,
}

impl Grid {
    /// A table without anything in it.
    pub(super) fn new(table: NodeRef, dispatch: Dispatch, redraw: Callback<()>) -> Self {
        Self {
            state: Rc::default(),
            table,
            dispatch,
            redraw,
        }
    }

    /// Changes what is remembered. Nothing else may happen meanwhile.
    pub(super) fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.borrow_mut())
    }

    /// Draws the table again.
    pub(super) fn redraw(&self) {
        self.redraw.emit(());
    }

    fn model(&self) -> Rc<Model> {
        self.with(|state| Rc::clone(&state.model))
    }

    fn request(&self, id: &RequestId) -> Option<Rc<Request>> {
        self.with(|state| state.model.scenario.request(id.as_str()).cloned())
    }

    fn at(&self) -> Option<(RequestId, Column)> {
        self.with(|state| state.at.clone())
    }

    fn aim(&self, target: Target) {
        self.with(|state| state.target = Some(target));
        self.redraw.emit(());
    }

    /// Moves the focus to where it was to go, once that is drawn.
    pub(super) fn settle(&self) {
        let Some(target) = self.with(|state| state.target.clone()) else {
            return;
        };
        let selected = self.with(|state| state.model.selection.request.clone());
        let found = match target {
            Target::Cell(id, column) => self.focus(&id, column),
            Target::Selected(column) => selected.is_some_and(|id| self.focus(&id, column)),
            Target::Details(id, part) => {
                let rows = self.elements("[data-details]");
                let row = rows
                    .iter()
                    .find(|row| attribute(row, "data-details") == id.as_str());
                let field = row.and_then(|row| row.query_selector(part).ok().flatten());
                field.is_some_and(|field| focus(&field))
            }
        };
        if found {
            self.with(|state| state.target = None);
        }
    }

    /// Brings a lost focus back: what had it may be gone.
    pub(super) fn recover(&self) {
        let lost = document().and_then(|page| page.active_element());
        let lost = lost.is_none_or(|active| active.tag_name() == "BODY");
        let at = self.at();
        if let (true, Some((id, column))) = (lost, at)
            && self.request(&id).is_none()
        {
            self.aim(Target::Selected(column));
        }
    }

    fn elements(&self, selector: &str) -> Vec<Element> {
        let found = self
            .table
            .cast::<Element>()
            .and_then(|table| table.query_selector_all(selector).ok());
        let Some(found) = found else {
            return Vec::new();
        };
        (0..found.length())
            .filter_map(|at| found.item(at)?.dyn_into().ok())
            .collect()
    }

    fn cell(&self, id: &RequestId, column: Column) -> Option<Element> {
        let rows = self.elements("[data-request]");
        let row = rows
            .into_iter()
            .find(|row| attribute(row, "data-request") == id.as_str())?;
        cell_of(&row, column)
    }

    pub(super) fn focus(&self, id: &RequestId, column: Column) -> bool {
        self.cell(id, column).is_some_and(|cell| focus(&cell))
    }

    /// The focus has come to an element of the table.
    pub(super) fn focused(&self, event: &FocusEvent) {
        let Some(target) = event.target_dyn_into::<Element>() else {
            return;
        };
        let within = |selector: &str| target.closest(selector).ok().flatten();
        let (request, account) = if let Some(row) = within("[data-request]") {
            let id = RequestId::from(attribute(&row, "data-request").as_str());
            if let Some(column) = within("[data-column]").and_then(|cell| column_of(&cell)) {
                let moved = self.with(|state| {
                    let at = Some((id.clone(), column));
                    let moved = state.at != at;
                    state.at = at;
                    moved
                });
                if moved {
                    self.redraw.emit(());
                }
            }
            (id, None)
        } else if let Some(row) = within("[data-account]") {
            let id = RequestId::from(attribute(&row, "data-of").as_str());
            (id, Some(attribute(&row, "data-account").as_str().into()))
        } else if let Some(row) = within("[data-details]") {
            (
                RequestId::from(attribute(&row, "data-details").as_str()),
                None,
            )
        } else {
            return;
        };
        let selection = self.with(|state| state.model.selection.clone());
        let in_details = within("[data-details]").is_some();
        let same = selection.request.as_ref() == Some(&request);
        if !same || !in_details && selection.account != account {
            self.dispatch
                .emit(Action::RequestSelected { request, account });
        }
    }

    /// The requests that a command of one of them is for: all that are marked.
    fn meant(&self, id: &RequestId) -> Vec<RequestId> {
        let marked = self.marked();
        if marked.contains(id) {
            marked
        } else {
            vec![id.clone()]
        }
    }

    /// The marked requests in order; the one with the focus, if no others are.
    pub(super) fn marked(&self) -> Vec<RequestId> {
        self.with(|state| {
            let place = |id: &RequestId| state.shown.iter().position(|one| one == id);
            let Some(from) = state.at.as_ref().and_then(|(id, _)| place(id)) else {
                return Vec::new();
            };
            let to = state.end.as_ref().and_then(place).unwrap_or(from);
            let range = from.min(to)..=from.max(to);
            state
                .shown
                .get(range)
                .map(<[_]>::to_vec)
                .unwrap_or_default()
        })
    }

    /// Opens a cell to be edited, with a letter typed over what stands there or without.
    pub(super) fn edit(&self, id: &RequestId, column: Column, over: Option<String>) {
        let Some(request) = self.request(id) else {
            return;
        };
        if column != Column::Verdict && !self.model().may_edit_requests() {
            return;
        }
        match column {
            Column::Context => return self.run(Command::Keys, id),
            Column::On if request.resources.len() > 1 => return self.run(Command::Details, id),
            Column::Verdict => {
                let many = self.with(|state| {
                    let view = state.model.analysis.request(id);
                    view.is_some_and(|view| view.rows.len() > 1)
                });
                if many {
                    return self.run(Command::Unfold, id);
                }
                return self.dispatch.emit(Action::PaneShown(Pane::Trace));
            }
            Column::More => return,
            _ => {}
        }
        self.with(|state| {
            state.session = state.session.wrapping_add(1);
            let editing = Editing {
                column,
                over: over.clone().map(AttrValue::from),
                before: Same(request),
            };
            state.at = Some((id.clone(), column));
            state.end = None;
            state.editing = Some((id.clone(), editing));
        });
        self.redraw.emit(());
        if let Some(letter) = over {
            self.typed(Typed::Text(letter));
        }
    }

    /// Something happened in the cell that is edited.
    pub(super) fn typed(&self, typed: Typed) {
        let (editing, session) = self.with(|state| (state.editing.clone(), state.session));
        let Some((id, Editing { column, before, .. })) = editing else {
            return;
        };
        let model = self.model();
        match typed {
            Typed::Text(text) => {
                let request = match column {
                    Column::Who => {
                        let scenario = &model.scenario;
                        let index = scenario
                            .organization
                            .as_ref()
                            .map(organization::Organization::index);
                        let before_it = caller::words(&before.caller, scenario, index.as_ref());
                        let kind = match text == before_it {
                            true => Some(before.caller.kind.clone()),
                            false => caller::named(&text, scenario, index.as_ref()),
                        };
                        kind.map(|kind| columns::called_by(&before, Caller::new(kind)))
                    }
                    column => columns::typed(&before, column, &text),
                };
                self.write(request, session);
            }
            Typed::Chosen(value) => match (column, value.as_str()) {
                (Column::Who, OTHER_CALLER) => {
                    self.leave();
                    self.run(Command::Details, &id);
                    self.aim(Target::Details(id, ".caller-kind select"));
                }
                (Column::Who, NEW_ROLE) => self.new_principal(&before, PrincipalKind::Role),
                (Column::Who, NEW_USER) => self.new_principal(&before, PrincipalKind::User),
                (Column::Who, value) => {
                    let kind = caller_of(value, &model);
                    let request = kind.map(|kind| columns::called_by(&before, Caller::new(kind)));
                    self.write(request, session);
                }
                (column, value) => self.write(columns::typed(&before, column, value), session),
            },
            Typed::Left(steps) => {
                self.leave();
                if let Some(steps) = steps {
                    self.go_on(&id, column, steps);
                }
            }
            Typed::Dropped => {
                self.leave();
                self.dispatch.emit(Action::RequestTypingDropped { session });
                self.focus(&id, column);
            }
        }
    }

    fn write(&self, request: Option<Request>, session: u32) {
        if let Some(request) = request
            && self.request(&request.id).is_some_and(|now| *now != request)
        {
            let request = Box::new(request);
            self.dispatch
                .emit(Action::RequestTyped { request, session });
        }
    }

    fn leave(&self) {
        self.with(|state| state.editing = None);
        self.redraw.emit(());
    }

    /// Moves on from a cell, also to the row below or above.
    fn go_on(&self, id: &RequestId, column: Column, steps: isize) {
        if let Some(next) = column.further(steps) {
            self.focus(id, next);
            return;
        }
        let shown = self.with(|state| state.shown.clone());
        let at = shown.iter().position(|one| one == id);
        let next = at.and_then(|at| shown.get(at.checked_add_signed(steps)?));
        let column = if steps < 0 { Column::More } else { Column::Who };
        if !next.is_some_and(|next| self.focus(next, column)) {
            self.focus(id, Column::Does);
        }
    }

    /// Makes a role or user in the account of the caller, and the caller of it.
    fn new_principal(&self, before: &Request, kind: PrincipalKind) {
        let model = self.model();
        let scenario = &model.scenario;
        let index = scenario
            .organization
            .as_ref()
            .map(organization::Organization::index);
        let Some((account, _)) = caller::account(&before.caller, scenario, index.as_ref()) else {
            return;
        };
        let (word, policies) = match kind {
            PrincipalKind::Role => (texts::subject_role(), vec![caller::ADMIN_POLICY.into()]),
            _ => (texts::subject_user(), Vec::new()),
        };
        for number in 1..100 {
            let name = if number == 1 {
                word.to_owned()
            } else {
                format!("{word} {number}")
            };
            let add = Edit::AddPrincipal {
                kind,
                account: account.clone(),
                name,
                policies: policies.clone(),
            };
            // The same edit gives the same id when it is done.
            let Ok(tried) = scenario.apply(add.clone()) else {
                continue;
            };
            let Some(Created::Principal(id)) = tried.created else {
                return;
            };
            let caller = match kind {
                PrincipalKind::Role => Caller::role(id),
                _ => Caller::user(id),
            };
            let update = Edit::UpdateRequest(Box::new(columns::called_by(before, caller)));
            self.dispatch.emit(Action::EditedTogether {
                label: texts::requests_grid_add_a(&word),
                edits: vec![add, update],
            });
            return;
        }
    }

    /// Does something with a request, or with all that are marked.
    pub(super) fn run(&self, command: Command, id: &RequestId) {
        let meant = self.meant(id);
        let model = self.model();
        let column = self.at().map_or(Column::Does, |(_, column)| column);
        let scenario = &model.scenario;
        let place = |id: &RequestId| scenario.requests.iter().position(|one| one.id == *id);
        match command {
            Command::Details | Command::Keys => {
                let all = command == Command::Details;
                self.with(|state| {
                    state.open.retain(|(one, _)| one != id);
                    state.open.push((id.clone(), all));
                });
                let first = if all {
                    "input, select"
                } else {
                    "input:checked, input"
                };
                self.aim(Target::Details(id.clone(), first));
            }
            Command::Close => {
                self.with(|state| state.open.retain(|(one, _)| one != id));
                self.aim(Target::Cell(id.clone(), column));
            }
            Command::Unfold => {
                self.with(|state| {
                    let before = state.unfolded.len();
                    state.unfolded.retain(|one| one != id);
                    if state.unfolded.len() == before {
                        state.unfolded.push(id.clone());
                    }
                });
                self.redraw.emit(());
            }
            Command::Duplicate => {
                let edits: Vec<Edit> = meant.iter().cloned().map(Edit::DuplicateRequest).collect();
                self.together(texts::requests_grid_copy(), edits);
                self.aim(Target::Selected(column));
            }
            Command::Delete => {
                let shown = self.with(|state| state.shown.clone());
                let first = shown
                    .iter()
                    .position(|one| meant.contains(one))
                    .unwrap_or_default();
                let behind = shown.iter().skip(first).find(|one| !meant.contains(one));
                let next = behind.or_else(|| shown.get(first.checked_sub(1)?)).cloned();
                let count = meant.len();
                let edits: Vec<Edit> = meant.into_iter().map(Edit::DeleteRequest).collect();
                if let Some(next) = next {
                    self.focus(&next, column);
                }
                self.with(|state| state.end = None);
                self.together(texts::requests_grid_delete(), edits);
                if count > 1 {
                    let notice = Notice::new(texts::requests_grid_deleted_requests(&count));
                    self.dispatch
                        .emit(Action::Noticed(notice.with(NoticeButton::Undo)));
                }
            }
            Command::Move(steps) => {
                if !self.with(|state| state.movable) {
                    let text = texts::requests_grid_table_sorted_grouped();
                    self.dispatch.emit(Action::Noticed(Notice::new(text)));
                    return;
                }
                let mut places: Vec<(usize, RequestId)> = meant
                    .into_iter()
                    .filter_map(|id| Some((place(&id)?, id)))
                    .collect();
                if steps > 0 {
                    places.reverse();
                }
                let last = scenario.requests.len().saturating_sub(1);
                let room =
                    places
                        .first()
                        .is_some_and(|(at, _)| match at.checked_add_signed(steps) {
                            Some(to) => to <= last,
                            None => false,
                        });
                if room {
                    let moved = places.into_iter().filter_map(|(at, request)| {
                        let position = at.checked_add_signed(steps)?;
                        Some(Edit::MoveRequest { request, position })
                    });
                    self.together(texts::requests_grid_move(), moved.collect());
                    if let Some((id, column)) = self.at() {
                        self.aim(Target::Cell(id, column));
                    }
                }
            }
            Command::ExpectNow => self.expect_now(&meant),
            Command::Copy => {
                let text = self.copied(&meant);
                if let Some(window) = web_sys::window() {
                    let _ = window.navigator().clipboard().write_text(&text);
                    let words = if meant.len() == 1 {
                        texts::common_the_request().to_owned()
                    } else {
                        texts::common_count_requests(&meant.len())
                    };
                    let notice = Notice::new(texts::requests_grid_copied_rows_spreadsheet(&words));
                    self.dispatch.emit(Action::Noticed(notice));
                }
            }
        }
    }

    /// Several edits of one sort as one step.
    fn together(&self, verb: &str, mut edits: Vec<Edit>) {
        let action = match (edits.len(), edits.pop()) {
            (1, Some(edit)) => Action::Edited(edit),
            (count, Some(last)) => {
                edits.push(last);
                let label = texts::requests_grid_together(&verb, &count);
                Action::EditedTogether { label, edits }
            }
            _ => return,
        };
        self.dispatch.emit(action);
    }

    /// Expects of some requests what comes out now.
    pub(super) fn expect_now(&self, ids: &[RequestId]) {
        let model = self.model();
        let edit = |id: &RequestId| {
            let view = model.analysis.request(id)?;
            let request = expect::as_now(model.scenario.request(id.as_str())?, view)?;
            Some(Edit::UpdateRequest(Box::new(request)))
        };
        let edits: Vec<Edit> = ids.iter().filter_map(edit).collect();
        let action = match edits.len() {
            0 => Action::Noticed(Notice::new(texts::requests_grid_every_expectation_what())),
            1 => Action::EditedTogether {
                label: texts::requests_grid_set_what_is_expected().to_owned(),
                edits,
            },
            count => {
                let label = texts::requests_grid_set_what_expected(&count);
                Action::EditedTogether { label, edits }
            }
        };
        self.dispatch.emit(action);
    }

    /// Requests as rows of a spreadsheet.
    pub(super) fn copied(&self, ids: &[RequestId]) -> String {
        self.with(|state| {
            let row = |id: &RequestId| {
                let request = state.model.scenario.request(id.as_str())?;
                let words = state.words.iter().find(|(one, _)| one == id);
                let who = words.map_or("", |(_, words)| words.as_str());
                let view = state.model.analysis.request(id);
                let view = view.map(|view| &**view);
                let texts = Column::COPIED
                    .iter()
                    .map(|column| columns::text(request, who, view, *column));
                Some(texts.collect())
            };
            let rows: Vec<Vec<String>> = ids.iter().filter_map(row).collect();
            clipboard::write(&rows)
        })
    }

    /// Takes a text over that was pasted.
    pub(super) fn paste(&self, text: &str) {
        let model = self.model();
        let at = self.at();
        let request = at.as_ref().and_then(|(id, _)| self.request(id));
        let column = at.as_ref().map_or(Column::Does, |(_, column)| *column);
        match pasted(
            text,
            &model,
            request.as_deref().map(|request| (request, column)),
        ) {
            Pasted::Nothing => {}
            Pasted::Text(text) => {
                if let Some((id, column)) = at
                    && !matches!(column, Column::Verdict | Column::More)
                {
                    self.put(&id, column, &text);
                }
            }
            Pasted::Rows(edits, count) => {
                let label = if count == 1 {
                    texts::requests_grid_paste_a_request().to_owned()
                } else {
                    texts::requests_grid_paste_requests(&count)
                };
                self.dispatch.emit(Action::EditedTogether { label, edits });
                let words = if count == 1 {
                    texts::common_a_request().to_owned()
                } else {
                    texts::common_count_requests(&count)
                };
                let notice = Notice::new(texts::requests_grid_pasted(&words));
                self.dispatch
                    .emit(Action::Noticed(notice.with(NoticeButton::Undo)));
                self.aim(Target::Selected(column));
            }
        }
    }

    /// Writes a text into a cell, as one step.
    fn put(&self, id: &RequestId, column: Column, text: &str) {
        self.with(|state| {
            state.session = state.session.wrapping_add(1);
            let request = state.model.scenario.request(id.as_str()).cloned();
            state.editing = request.map(|request| {
                let editing = Editing {
                    column,
                    over: None,
                    before: Same(request),
                };
                (id.clone(), editing)
            });
        });
        self.typed(Typed::Text(text.to_owned()));
        self.leave();
    }

    /// Empties a cell.
    pub(super) fn clear(&self) {
        if let Some((id, column)) = self.at()
            && matches!(
                column,
                Column::On | Column::Region | Column::Context | Column::Expected
            )
        {
            self.put(&id, column, "");
        }
    }

    /// The cell, row or heading next to the one with the focus.
    pub(super) fn step(&self, from: &Element, across: isize, down: isize, mark: bool) {
        let Some(row) = from.closest("[role=row]").ok().flatten() else {
            return;
        };
        if across != 0 {
            let cells = row
                .query_selector_all("[role=gridcell], [role=columnheader]")
                .ok();
            let cells: Vec<Element> = cells.map_or_else(Vec::new, |cells| {
                (0..cells.length())
                    .filter_map(|at| cells.item(at)?.dyn_into().ok())
                    .collect()
            });
            let at = cells.iter().position(|cell| cell.contains(Some(from)));
            let count = cells.len();
            let to = at.map(|at| {
                at.saturating_add_signed(across)
                    .min(count.saturating_sub(1))
            });
            if let Some(cell) = to.and_then(|to| cells.get(to)) {
                focus(cell);
            }
            return;
        }
        let selector = if mark {
            "[data-request]"
        } else {
            "[role=row].row, [role=row].head"
        };
        let mut rows = self.elements(selector);
        // Where there is no room for headings, the focus would be lost on them.
        rows.retain(|row| {
            row.parent_element()
                .is_none_or(|group| group.client_width() > 1)
        });
        let Some(at) = rows.iter().position(|one| *one == row) else {
            return;
        };
        let to = at
            .saturating_add_signed(down)
            .min(rows.len().saturating_sub(1));
        let Some(to) = rows.get(to) else { return };
        if mark {
            let id = RequestId::from(attribute(to, "data-request").as_str());
            return self.mark(id);
        }
        self.unmark();
        let column = column_of(from).or_else(|| self.at().map(|(_, column)| column));
        let cell = column.and_then(|column| cell_of(to, column));
        let first = || to.query_selector("[role=gridcell]").ok().flatten();
        if let Some(cell) = cell.or_else(first) {
            focus(&cell);
            scroll_into_view(to);
        }
    }

    /// Marks the rows up to one.
    fn mark(&self, id: RequestId) {
        // The focus goes with the end of the range, so that the other end is what stays.
        let column = self.with(|state| {
            let (from, column) = state.at.clone()?;
            state.end.get_or_insert(from);
            Some(column)
        });
        if let Some(column) = column {
            self.focus(&id, column);
            self.redraw.emit(());
        }
    }

    /// Marks nothing but the row with the focus.
    pub(super) fn unmark(&self) {
        if self.with(|state| state.end.take()).is_some() {
            self.redraw.emit(());
        }
    }

    /// Marks all rows.
    pub(super) fn mark_all(&self) {
        let column = self.at().map_or(Column::Does, |(_, column)| column);
        let ends = self.with(|state| {
            state.end = state.shown.first().cloned();
            state.shown.last().cloned()
        });
        if let Some(last) = ends {
            self.focus(&last, column);
        }
        self.redraw.emit(());
    }

    /// Leads to a request, and edits it.
    pub(super) fn lead_to(&self, id: &RequestId) {
        self.edit(id, Column::Does, None);
    }

    /// Asks for another request.
    pub(super) fn add(&self) {
        self.dispatch.emit(Action::RequestAdded { account: None });
    }

    /// Puts a row where it was dropped: before the one at this position.
    pub(super) fn drop_at(&self, request: RequestId, before: usize) {
        let model = self.model();
        let mut all = model.scenario.requests.iter();
        let Some(from) = all.position(|one| one.id == request) else {
            return;
        };
        let position = if from < before { before - 1 } else { before };
        if position != from {
            self.dispatch
                .emit(Action::Edited(Edit::MoveRequest { request, position }));
        }
    }
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

pub(super) fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

/// The column of a cell, or of what is in it.
pub(super) fn column_of(element: &Element) -> Option<Column> {
    let cell = element.closest("[data-column]").ok().flatten()?;
    let at: usize = attribute(&cell, "data-column").parse().ok()?;
    Column::ALL.get(at).copied()
}

fn cell_of(row: &Element, column: Column) -> Option<Element> {
    let at = Column::ALL.iter().position(|one| *one == column)?;
    row.query_selector(&format!("[data-column=\"{at}\"]"))
        .ok()
        .flatten()
}

/// Focuses a cell, or the button that it is there for.
fn focus(element: &Element) -> bool {
    let button = element
        .query_selector("button[data-menu], button.sort")
        .ok()
        .flatten();
    let target = button.unwrap_or_else(|| element.clone());
    target
        .dyn_into::<HtmlElement>()
        .is_ok_and(|target| target.focus().is_ok())
}

fn scroll_into_view(row: &Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    row.scroll_into_view_with_scroll_into_view_options(&options);
}
