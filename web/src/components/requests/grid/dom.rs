//! Cells and rows as elements of the page.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::components::requests::columns::Column;

pub(super) fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

pub(in crate::components::requests) fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

/// The column of a cell, or of what is in it.
pub(in crate::components::requests) fn column_of(element: &Element) -> Option<Column> {
    let cell = element.closest("[data-column]").ok().flatten()?;
    let at: usize = attribute(&cell, "data-column").parse().ok()?;
    Column::ALL.get(at).copied()
}

pub(super) fn cell_of(row: &Element, column: Column) -> Option<Element> {
    let at = Column::ALL.iter().position(|one| *one == column)?;
    row.query_selector(&format!("[data-column=\"{at}\"]"))
        .ok()
        .flatten()
}

/// Focuses a cell, or the button that it is there for.
pub(super) fn focus(element: &Element) -> bool {
    let button = element
        .query_selector("button[data-menu], button.sort")
        .ok()
        .flatten();
    let target = button.unwrap_or_else(|| element.clone());
    target
        .dyn_into::<HtmlElement>()
        .is_ok_and(|target| target.focus().is_ok())
}

pub(super) fn scroll_into_view(row: &Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    row.scroll_into_view_with_scroll_into_view_options(&options);
}
