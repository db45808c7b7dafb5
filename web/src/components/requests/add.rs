//! The menus of the table: of one request, and of the whole.

use std::rc::Rc;

use organization::{Edit, RequestId};
use wasm_bindgen_futures::JsFuture;
use yew::prelude::*;

use super::grid::{Command, Grid};
use super::row::name_of;
use super::same::Same;
use crate::components::ui::{Glyph, Menu, MenuEntry, glyph};
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::{Action, Model, Notice, NoticeButton};

/// The commands of a request; of all that are marked, if it is one of them.
pub(super) fn row_menu(grid: &Rc<Grid>, model: &Model, id: &RequestId) -> Vec<MenuEntry> {
    let marked = grid.marked();
    let several = marked.len() > 1 && marked.contains(id);
    let run = |command: Command| {
        let (grid, id) = (Rc::clone(grid), id.clone());
        Callback::from(move |()| grid.run(command, &id))
    };
    let (open, movable) = grid.with(|state| {
        let open = state.open.iter().any(|(one, all)| one == id && *all);
        (open, state.movable)
    });
    let requests = &model.scenario.requests;
    let is = |request: Option<&Rc<organization::Request>>| request.is_some_and(|one| one.id == *id);
    let (first, last) = (is(requests.first()), is(requests.last()));
    let count = marked.len();
    let words = |one: &'static str, verb: &str| match several {
        false => AttrValue::Static(one),
        true => AttrValue::from(format!("{verb} {count} requests")),
    };
    let details = if open {
        MenuEntry::command("Fewer details", run(Command::Close))
    } else {
        MenuEntry::command("More details", run(Command::Details))
    };
    let name = model
        .scenario
        .request(id.as_str())
        .map_or("", |request| name_of(request))
        .to_owned();
    vec![
        MenuEntry::Heading(AttrValue::from(name)),
        details,
        MenuEntry::command("Context keys", run(Command::Keys)),
        MenuEntry::command("Expect what comes out now", run(Command::ExpectNow)),
        MenuEntry::Separator,
        MenuEntry::command(words("Duplicate", "Duplicate"), run(Command::Duplicate))
            .detail("Ctrl D"),
        MenuEntry::command(words("Copy", "Copy"), run(Command::Copy)).detail("Ctrl C"),
        MenuEntry::command("Move up", run(Command::Move(-1)))
            .detail("Alt ↑")
            .disabled_if(first || !movable),
        MenuEntry::command("Move down", run(Command::Move(1)))
            .detail("Alt ↓")
            .disabled_if(last || !movable),
        MenuEntry::Separator,
        MenuEntry::command(words("Delete", "Delete"), run(Command::Delete)).detail("Del"),
    ]
}

/// What [`AddMenu`] is for.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct AddMenuProps {
    /// The table.
    pub(super) grid: Same<Grid>,
}

/// More that can be done with the requests than to add one.
#[component]
pub(super) fn AddMenu(props: &AddMenuProps) -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let grid = &props.grid.0;
    let mut entries = Vec::new();
    let policy = model.selection.policy.clone();
    let policy =
        policy.and_then(|id| Some((model.scenario.policy(id.as_str())?.name().to_owned(), id)));
    if let Some((name, id)) = policy {
        let (model, dispatch) = (Rc::clone(&model), dispatch.clone());
        let written = Callback::from(move |()| exercise(&model, &id, &dispatch));
        entries.push(MenuEntry::command(
            format!("Requests that exercise {name}"),
            written,
        ));
    }
    let pasting = {
        let grid = Rc::clone(grid);
        let dispatch = dispatch.clone();
        Callback::from(move |()| paste(Rc::clone(&grid), dispatch.clone()))
    };
    entries.push(MenuEntry::command("Rows of a spreadsheet, pasted", pasting).detail("Ctrl V"));
    let requests = &model.scenario.requests;
    if !requests.is_empty() {
        entries.push(MenuEntry::Separator);
        let (grid, all) = (
            Rc::clone(grid),
            requests
                .iter()
                .map(|one| one.id.clone())
                .collect::<Vec<_>>(),
        );
        let now = Callback::from(move |()| grid.expect_now(&all));
        entries.push(MenuEntry::command("Expect of all what comes out now", now));
    }
    html! {
        <Menu label="More for requests" class="icon-button" {entries}>{ glyph(Glyph::More) }</Menu>
    }
}

/// Adds the requests that show a policy at work.
fn exercise(model: &Model, policy: &organization::PolicyId, dispatch: &Dispatch) {
    let offered = playground::exercise::exercise(&model.scenario, policy);
    let name = model
        .scenario
        .policy(policy.as_str())
        .map_or("", |policy| policy.name())
        .to_owned();
    let count = offered.len();
    let notice = if count == 0 {
        Notice::new(format!(
            "No further request shows {name} at work: it reaches no caller, AWS would refuse it, or \
             such requests are there already."
        ))
    } else {
        let add = |offered: playground::exercise::Exercise| Edit::AddRequest {
            request: Box::new(offered.request),
            position: None,
        };
        dispatch.emit(Action::EditedTogether {
            label: format!("add requests for {name}"),
            edits: offered.into_iter().map(add).collect(),
        });
        let words = if count == 1 {
            "a request".to_owned()
        } else {
            format!("{count} requests")
        };
        Notice::new(format!("Added {words} that {name} matches or just misses."))
            .with(NoticeButton::Undo)
    };
    dispatch.emit(Action::Noticed(notice));
}

/// Pastes what the clipboard holds, if the browser lets the page read it.
fn paste(grid: Rc<Grid>, dispatch: Dispatch) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let reading = JsFuture::from(window.navigator().clipboard().read_text());
    wasm_bindgen_futures::spawn_local(async move {
        match reading.await.ok().and_then(|text| text.as_string()) {
            Some(text) => grid.paste(&text),
            None => {
                let text = "The browser does not let the page read the clipboard. Press Ctrl V in the table instead.";
                dispatch.emit(Action::Noticed(Notice::new(text)));
            }
        }
    });
}
