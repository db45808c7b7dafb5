//! Keys for a row that has the focus itself.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Up and Down move between the rows, Enter goes into the row. For Delete the answer is the id of
/// the request to delete; the focus has moved on to its neighbour then.
pub(super) fn on_row_key(table: &Element, event: &KeyboardEvent) -> Option<String> {
    let row = event.target_dyn_into::<HtmlElement>()?;
    if row.tag_name() != "TR" {
        return None;
    }
    match event.key().as_str() {
        "ArrowDown" => drop(focus_row(table, &row, 1)),
        "ArrowUp" => drop(focus_row(table, &row, -1)),
        "Enter" => focus_first_field(&row),
        "Delete" => {
            event.prevent_default();
            let request = row.get_attribute("data-request")?;
            if focus_row(table, &row, 1).is_none() {
                focus_row(table, &row, -1);
            }
            return Some(request);
        }
        _ => return None,
    }
    event.prevent_default();
    None
}

fn focus_row(table: &Element, row: &HtmlElement, step: isize) -> Option<()> {
    let rows = table.query_selector_all("tr.row").ok()?;
    let rows: Vec<HtmlElement> = (0..rows.length())
        .filter_map(|at| rows.item(at)?.dyn_into().ok())
        .collect();
    let at = rows.iter().position(|one| one == row)?;
    let next = rows.get(at.checked_add_signed(step)?)?;
    next.focus().ok()
}

fn focus_first_field(row: &HtmlElement) {
    let field = row.query_selector("input.does").ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.focus();
    }
}
