//! The table under the hands: where the keyboard is, what is edited, what is marked.

mod commands;
mod dom;
mod editing;
mod moving;

use std::cell::RefCell;
use std::rc::Rc;

use organization::{Request, RequestId};
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

pub(super) use self::dom::{attribute, column_of};
use self::dom::{cell_of, document, focus};
use super::columns::Column;
use super::row::Editing;
use crate::context::Dispatch;
use crate::state::{Action, Model};

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
}
