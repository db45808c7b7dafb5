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
use crate::effects::keys_in_words;
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
        true => AttrValue::from(texts::common_verb_requests(&verb, &count)),
    };
    let details = if open {
        MenuEntry::command(texts::requests_add_fewer_details(), run(Command::Close))
    } else {
        MenuEntry::command(texts::requests_add_more_details(), run(Command::Details))
    };
    let name = model
        .scenario
        .request(id.as_str())
        .map_or("", |request| name_of(request))
        .to_owned();
    vec![
        MenuEntry::Heading(AttrValue::from(name)),
        details,
        MenuEntry::command(texts::common_context_keys(), run(Command::Keys)),
        MenuEntry::command(
            texts::requests_add_expect_what_comes(),
            run(Command::ExpectNow),
        ),
        MenuEntry::Separator,
        MenuEntry::command(
            words(texts::common_duplicate(), texts::common_duplicate()),
            run(Command::Duplicate),
        )
        .detail(keys_in_words("Ctrl D")),
        MenuEntry::command(
            words(texts::common_copy(), texts::common_copy()),
            run(Command::Copy),
        )
        .detail(keys_in_words("Ctrl C")),
        MenuEntry::command(texts::requests_add_move_up(), run(Command::Move(-1)))
            .detail(keys_in_words("Alt ↑"))
            .disabled_if(first || !movable),
        MenuEntry::command(texts::requests_add_move_down(), run(Command::Move(1)))
            .detail(keys_in_words("Alt ↓"))
            .disabled_if(last || !movable),
        MenuEntry::Separator,
        MenuEntry::command(
            words(texts::common_delete(), texts::common_delete()),
            run(Command::Delete),
        )
        .detail(keys_in_words("Del")),
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
            texts::requests_add_requests_that_exercise(&name),
            written,
        ));
    }
    let pasting = {
        let grid = Rc::clone(grid);
        let dispatch = dispatch.clone();
        Callback::from(move |()| paste(Rc::clone(&grid), dispatch.clone()))
    };
    entries.push(
        MenuEntry::command(texts::requests_add_rows_spreadsheet_pasted(), pasting)
            .detail(keys_in_words("Ctrl V")),
    );
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
        entries.push(MenuEntry::command(
            texts::requests_add_expect_all_what(),
            now,
        ));
    }
    html! {
        <Menu label={texts::requests_add_more_for_requests()} class="icon-button" {entries}>{ glyph(Glyph::More) }</Menu>
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
        Notice::new(texts::requests_add_further_request_shows(&name))
    } else {
        let add = |offered: playground::exercise::Exercise| Edit::AddRequest {
            request: Box::new(offered.request),
            position: None,
        };
        dispatch.emit(Action::EditedTogether {
            label: texts::requests_add_add_requests_for(&name),
            edits: offered.into_iter().map(add).collect(),
        });
        let words = if count == 1 {
            texts::common_a_request().to_owned()
        } else {
            texts::common_count_requests(&count)
        };
        Notice::new(texts::requests_add_added_matches_just(&words, &name)).with(NoticeButton::Undo)
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
                let text = texts::requests_add_browser_does_let();
                dispatch.emit(Action::Noticed(Notice::new(text)));
            }
        }
    });
}
