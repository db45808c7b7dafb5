//! From cell to cell, and which rows are marked.

use organization::RequestId;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::Grid;
use super::dom::{attribute, cell_of, column_of, focus, scroll_into_view};
use crate::components::requests::columns::Column;

impl Grid {
    /// The requests that a command of one of them is for: all that are marked.
    pub(super) fn meant(&self, id: &RequestId) -> Vec<RequestId> {
        let marked = self.marked();
        if marked.contains(id) {
            marked
        } else {
            vec![id.clone()]
        }
    }

    /// The marked requests in order; the one with the focus, if no others are.
    pub(in crate::components::requests) fn marked(&self) -> Vec<RequestId> {
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

    /// The cell, row or heading next to the one with the focus.
    pub(in crate::components::requests) fn step(
        &self,
        from: &Element,
        across: isize,
        down: isize,
        mark: bool,
    ) {
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
    pub(in crate::components::requests) fn unmark(&self) {
        if self.with(|state| state.end.take()).is_some() {
            self.redraw.emit(());
        }
    }

    /// Marks all rows.
    pub(in crate::components::requests) fn mark_all(&self) {
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
}
