//! Printing: the report of the scenario stands on paper, and not the panes.

use gloo_events::EventListener;
use organization::Scenario;
use playground::{Block, Inline, report};
use web_sys::{Document, Element};
use yew::prelude::*;

use crate::context::use_model;

/// The element that is printed; it is there while the browser prints.
const REPORT: &str = "report";

/// Puts the report on the page while the browser prints. It is made by hand: the browser does not
/// wait for the next drawing.
#[hook]
pub fn use_print() {
    let model = use_model();
    let latest = use_mut_ref(|| model.clone());
    *latest.borrow_mut() = model;
    use_effect_with((), move |()| {
        let listeners = web_sys::window().map(|window| {
            let before = EventListener::new(&window, "beforeprint", move |_| {
                if let Some(document) = document() {
                    remove(&document);
                    let _ = show(&document, latest.borrow().seen());
                }
            });
            let after = EventListener::new(&window, "afterprint", |_| {
                if let Some(document) = document() {
                    remove(&document);
                }
            });
            (before, after)
        });
        move || drop(listeners)
    });
}

/// Asks the browser to print.
pub fn print() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn remove(document: &Document) {
    if let Some(shown) = document.get_element_by_id(REPORT) {
        shown.remove();
    }
}

fn show(document: &Document, scenario: &Scenario) -> Option<()> {
    let page = document.create_element("article").ok()?;
    page.set_id(REPORT);
    let add = |parent: &Element, name: &str| {
        let element = document.create_element(name).ok()?;
        parent.append_child(&element).ok()?;
        Some(element)
    };
    let phrase = |parent: &Element, pieces: &[Inline]| {
        for piece in pieces {
            let (name, text) = match piece {
                Inline::Text(text) => ("span", text),
                Inline::Strong(text) => ("strong", text),
                Inline::Code(text) | Inline::Mark(text) => ("code", text),
            };
            add(parent, name)?.set_text_content(Some(text));
        }
        Some(())
    };
    for block in report(scenario) {
        match block {
            Block::Heading(level, text) => {
                let name = ["h1", "h2", "h3"].get(level - 1).unwrap_or(&"h3");
                add(&page, name)?.set_text_content(Some(&text));
            }
            Block::Paragraph(pieces) => phrase(&add(&page, "p")?, &pieces)?,
            Block::Table(rows) => {
                let table = add(&page, "table")?;
                for (at, row) in rows.iter().enumerate() {
                    let line = add(&table, "tr")?;
                    for cell in row {
                        let name = if at == 0 { "th" } else { "td" };
                        phrase(&add(&line, name)?, cell)?;
                    }
                }
            }
            Block::List(lines) => {
                let list = add(&page, "ul")?;
                for (depth, pieces) in lines {
                    let line = add(&list, "li")?;
                    for _ in 0..depth {
                        add(&line, "span")?.set_class_name("node-guide");
                    }
                    phrase(&line, &pieces)?;
                }
            }
            Block::Text(text) => add(&page, "pre")?.set_text_content(Some(&text)),
        }
    }
    document.body()?.append_child(&page).ok()?;
    Some(())
}
