//! Keys, presses and drags on the table.

use organization::RequestId;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, HtmlElement};
use yew::prelude::*;

use super::columns::Column;
use super::grid::{Command, Grid, attribute, column_of};

/// How many rows a page is.
const PAGE: isize = 10;

/// A key was pressed while a cell has the focus, or the button that it is there for.
pub(super) fn on_key(grid: &Grid, event: &KeyboardEvent) {
    let Some(target) = event.target_dyn_into::<Element>() else {
        return;
    };
    let is_cell = target.has_attribute("data-column") || target.has_attribute("data-account");
    let is_cell = is_cell
        || attribute(&target, "role") == "gridcell"
            && column_of(&target).is_none()
            && target.closest(".sub").ok().flatten().is_some();
    let is_button = target.has_attribute("data-menu") || target.class_list().contains("sort");
    if !is_cell && !is_button {
        return;
    }
    let here = target.closest("[data-request]").ok().flatten();
    let here = here.map(|row| RequestId::from(attribute(&row, "data-request").as_str()));
    let control = event.ctrl_key() || event.meta_key();
    let key = event.key();
    let step = |across: isize, down: isize| {
        grid.step(&target, across, down, event.shift_key() && across == 0)
    };
    let far = isize::MAX;
    match (key.as_str(), &here) {
        ("ArrowUp", Some(id)) if event.alt_key() => grid.run(Command::Move(-1), id),
        ("ArrowDown", Some(id)) if event.alt_key() => grid.run(Command::Move(1), id),
        _ if event.alt_key() => return,
        ("ArrowUp", _) => step(0, if control { -far } else { -1 }),
        ("ArrowDown", _) => step(0, if control { far } else { 1 }),
        ("ArrowLeft", _) => step(-1, 0),
        ("ArrowRight", _) => step(1, 0),
        ("PageUp", _) => step(0, -PAGE),
        ("PageDown", _) => step(0, PAGE),
        ("Home", _) if control => step(0, -far),
        ("End", _) if control => step(0, far),
        ("Home", _) => step(-far, 0),
        ("End", _) => step(far, 0),
        ("a", _) if control => grid.mark_all(),
        ("d", Some(id)) if control => grid.run(Command::Duplicate, id),
        _ if control => return,
        ("Escape", _) => {
            grid.unmark();
            return;
        }
        ("Insert", _) => grid.add(),
        ("Delete", Some(id)) => grid.run(Command::Delete, id),
        ("Backspace", Some(_)) => grid.clear(),
        ("Enter" | "F2", Some(id)) if !is_button => match column_of(&target) {
            Some(column) => grid.edit(id, column, None),
            None => return,
        },
        (" ", Some(id)) if !is_button && column_of(&target) == Some(Column::Verdict) => {
            grid.edit(id, Column::Verdict, None);
        }
        (letter, Some(id)) if !is_button && letter.chars().count() == 1 => {
            let column = column_of(&target).unwrap_or(Column::Does);
            if event.is_composing()
                || letter == " "
                || matches!(column, Column::Verdict | Column::More)
            {
                return;
            }
            grid.edit(id, column, Some(key.clone()));
        }
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// Whether a press came to a row that was selected already: then it edits the cell.
pub(super) fn on_pointer_down(grid: &Grid, event: &PointerEvent) -> bool {
    let Some(target) = event.target_dyn_into::<Element>() else {
        return false;
    };
    if let Some(grip) = target.closest(".grip").ok().flatten() {
        event.prevent_default();
        drag(grid, &grip, event.pointer_id());
        return false;
    }
    let row = target.closest("[data-request]").ok().flatten();
    let id = row.map(|row| attribute(&row, "data-request"));
    grid.with(|state| {
        let selected = state
            .model
            .selection
            .request
            .as_ref()
            .map(RequestId::as_str);
        selected.is_some() && selected == id.as_deref()
    })
}

/// A cell was pressed; `again` if its row was selected before.
pub(super) fn on_click(grid: &Grid, event: &MouseEvent, again: bool) {
    let Some(target) = event.target_dyn_into::<Element>() else {
        return;
    };
    let Some(row) = target.closest("[data-request]").ok().flatten() else {
        return;
    };
    let id = RequestId::from(attribute(&row, "data-request").as_str());
    if let Some(button) = target.closest("[data-menu]").ok().flatten() {
        grid.with(|state| state.menu = Some((id, button)));
        grid.redraw();
        return;
    }
    let editing = target
        .closest(".editing, .grip, button")
        .ok()
        .flatten()
        .is_some();
    // A cell gets the focus by itself, and selects its row; the name of a request has to hand it on.
    if target.closest(".row-name").ok().flatten().is_some() {
        grid.focus(&id, Column::Who);
    } else if let (true, false, Some(column)) = (again, editing, column_of(&target)) {
        grid.edit(&id, column, None);
    }
}

/// The text that was pasted while a cell has the focus.
pub(super) fn on_paste(grid: &Grid, event: &Event) {
    if let Some((event, data)) = on_cell(event).and_then(|event| {
        let data = event.clipboard_data()?;
        Some((event, data))
    }) {
        event.prevent_default();
        grid.paste(&data.get_data("text/plain").unwrap_or_default());
    }
}

/// Copies the marked rows; a cut deletes them then.
pub(super) fn on_copy(grid: &Grid, event: &Event, cut: bool) {
    let selected = web_sys::window().and_then(|window| window.get_selection().ok().flatten());
    if selected.is_some_and(|selected| !selected.is_collapsed()) {
        return;
    }
    let Some(event) = on_cell(event) else { return };
    let marked = grid.marked();
    let (Some(first), Some(data)) = (marked.first(), event.clipboard_data()) else {
        return;
    };
    let _ = data.set_data("text/plain", &grid.copied(&marked));
    event.prevent_default();
    if cut {
        grid.run(Command::Delete, first);
    }
}

fn on_cell(event: &Event) -> Option<ClipboardEvent> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let inside = target
        .closest("input, textarea, select, [data-details]")
        .ok()?
        .is_some();
    if inside {
        return None;
    }
    event.clone().dyn_into().ok()
}

/// Drags a row by its handle until it is let go.
fn drag(grid: &Grid, grip: &Element, pointer: i32) {
    use gloo_events::EventListener;
    use std::cell::RefCell;
    use std::rc::Rc;

    let Some(row) = grip.closest("[data-request]").ok().flatten() else {
        return;
    };
    let Some(table) = row.closest("[role=grid]").ok().flatten() else {
        return;
    };
    let _ = grip.set_pointer_capture(pointer);
    let _ = row.class_list().add_1("dragged");
    let to: Rc<RefCell<Option<usize>>> = Rc::default();
    let listeners: Rc<RefCell<Vec<EventListener>>> = Rc::default();
    let moving = {
        let (table, to) = (table.clone(), Rc::clone(&to));
        EventListener::new(grip, "pointermove", move |event| {
            let Some(event) = event.dyn_ref::<web_sys::PointerEvent>() else {
                return;
            };
            let rows = rows_of(&table);
            let y = f64::from(event.client_y());
            let below = |row: &&Element| {
                let place = row.get_bounding_client_rect();
                y > (place.top() + place.bottom()) / 2.0
            };
            let before = rows.iter().take_while(below).count();
            for (at, row) in rows.iter().enumerate() {
                let _ = row
                    .class_list()
                    .toggle_with_force("drop-before", at == before);
                let _ = row
                    .class_list()
                    .toggle_with_force("drop-after", at + 1 == before && before == rows.len());
            }
            to.replace(Some(before));
        })
    };
    let id = RequestId::from(attribute(&row, "data-request").as_str());
    let ending = |kind: &'static str| {
        let (grid, table, to) = (grid.clone(), table.clone(), Rc::clone(&to));
        let (listeners, id) = (Rc::clone(&listeners), id.clone());
        EventListener::once(grip, kind, move |_| {
            for row in rows_of(&table) {
                let _ = row
                    .class_list()
                    .remove_3("drop-before", "drop-after", "dragged");
            }
            if kind == "pointerup"
                && let Some(to) = to.take()
            {
                grid.drop_at(id, to);
            }
            // Letting them go here would drop the one that runs.
            let listeners = listeners.take();
            gloo_timers::callback::Timeout::new(0, move || drop(listeners)).forget();
        })
    };
    let all = vec![moving, ending("pointerup"), ending("pointercancel")];
    listeners.replace(all);
}

fn rows_of(table: &Element) -> Vec<Element> {
    let Ok(rows) = table.query_selector_all("[data-request]") else {
        return Vec::new();
    };
    let row = |at| rows.item(at)?.dyn_into::<HtmlElement>().ok();
    (0..rows.length())
        .filter_map(row)
        .map(Element::from)
        .collect()
}
