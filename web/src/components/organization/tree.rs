//! The tree: an ARIA tree in one list, moved in by the keys that such trees have everywhere.

use std::rc::Rc;

use organization::{AccountId, Edit, NodeId, Organization, RequestId};
use playground::TraceView;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, HtmlButtonElement, HtmlElement, HtmlInputElement, ScrollIntoViewOptions,
    ScrollLogicalPosition,
};
use yew::prelude::*;

use super::commands::{commands, deletion};
use super::row::{RowEvent, TreeRow, element_id};
use super::rows::{Opened, Row, Sort, ancestors, rows};
use crate::components::ui::MenuList;
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::{Action, Model};

/// Properties of [`Tree`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct TreeProps {
    /// The organization.
    pub(super) organization: Organization,
}

/// The tree.
#[component]
pub(super) fn Tree(props: &TreeProps) -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let opened = use_state(Opened::new);
    let active = use_state_eq(|| None::<NodeId>);
    let menu = use_state_eq(|| None::<(NodeId, Element)>);
    let dragged = use_mut_ref(|| None::<NodeId>);
    let receiver = use_state_eq(|| None::<NodeId>);

    let organization = &props.organization;
    let shown = model.shown();
    let trace = shown.as_ref().map(|shown| &*shown.trace);
    let rows = Rc::new(rows(&model.scenario, organization, trace, &opened));

    {
        // What is selected elsewhere on the page is brought into sight.
        let (opened, organization) = (opened.clone(), organization.clone());
        use_effect_with(model.selection.node.clone(), move |selected| {
            if let Some(node) = selected {
                open_ancestors(&opened, &organization, node);
                scroll_to(node);
            }
        });
    }
    {
        // So is the level that blocks when another request is selected, but not while one types:
        // nothing moves then.
        let blocking = blocking(trace);
        let (opened, organization) = (opened.clone(), organization.clone());
        use_effect_with(focus_key(&model), move |_| {
            if let Some(node) = blocking {
                open_ancestors(&opened, &organization, &node);
                scroll_to(&node);
            }
        });
    }
    {
        let (active, ids) = (active.clone(), ids(&rows));
        let before = use_mut_ref(Vec::new);
        use_effect_with(ids, move |ids| {
            let before = before.replace(ids.clone());
            keep_focus(&active, &before, ids);
        });
    }

    // One callback for the life of the tree: rows whose content is the same are not drawn again.
    let present = use_mut_ref(Present::default);
    *present.borrow_mut() = Present {
        rows: Rc::clone(&rows),
        organization: Some(organization.clone()),
    };
    let on_event = {
        let (opened, active, menu, receiver) = (
            opened.clone(),
            active.clone(),
            menu.clone(),
            receiver.clone(),
        );
        use_callback(
            dispatch.clone(),
            move |(node, event), dispatch| match event {
                RowEvent::Pressed => dispatch.emit(Action::NodeSelected(Some(node))),
                RowEvent::Focused => active.set(Some(node)),
                RowEvent::Toggled => toggle(&opened, &present.borrow().rows, &node),
                RowEvent::MenuAsked(anchor) => menu.set(Some((node, anchor))),
                RowEvent::DragStarted => *dragged.borrow_mut() = Some(node),
                RowEvent::DraggedOver(event) => {
                    let takes = dragged
                        .borrow()
                        .as_ref()
                        .is_some_and(|dragged| present.borrow().can_take(&node, dragged));
                    if takes {
                        event.prevent_default();
                    }
                    receiver.set(takes.then_some(node));
                }
                RowEvent::Dropped(event) => {
                    event.prevent_default();
                    receiver.set(None);
                    if let Some(moved) = dragged.borrow_mut().take() {
                        dispatch.emit(Action::Edited(Edit::MoveNode {
                            node: moved,
                            parent: node,
                            position: None,
                        }));
                    }
                }
                RowEvent::DragEnded => {
                    dragged.borrow_mut().take();
                    receiver.set(None);
                }
            },
        )
    };
    let reached = active
        .as_ref()
        .or(model.selection.node.as_ref())
        .filter(|node| rows.iter().any(|row| row.node == **node))
        .or(rows.first().map(|row| &row.node))
        .cloned();
    let onkeydown = {
        let keys = Keys {
            rows: rows.clone(),
            at: reached.clone(),
            opened: opened.clone(),
            menu: menu.clone(),
            dispatch: dispatch.clone(),
        };
        Callback::from(move |event: KeyboardEvent| keys.press(&event))
    };
    let on_closed = {
        let menu = menu.clone();
        Callback::from(move |()| menu.set(None))
    };
    html! {
        <>
            <div class="tree" role="tree" aria-labelledby="organization-head" {onkeydown}>
                for row in rows.iter() {
                    <TreeRow
                        key={row.node.as_str()} row={Rc::clone(row)}
                        selected={model.selection.node.as_ref() == Some(&row.node)}
                        active={reached.as_ref() == Some(&row.node)}
                        renaming={model.renaming.as_ref() == Some(&row.node)}
                        receives={receiver.as_ref() == Some(&row.node)}
                        on_event={on_event.clone()}
                    />
                }
            </div>
            if let Some((node, anchor)) = &*menu {
                if let Some(row) = rows.iter().find(|row| row.node == *node) {
                    <MenuList
                        label={format!("Commands for {}", row.name)} anchor={anchor.clone()}
                        entries={commands(&model.scenario, organization, row, &dispatch)} {on_closed}
                    />
                }
            }
        </>
    }
}

/// The request whose reasons are shown, and its row.
fn focus_key(model: &Model) -> Option<(RequestId, Option<AccountId>)> {
    let focus = model.focus()?;
    Some((focus.request, focus.account))
}

/// The level at which the request stops.
fn blocking(trace: Option<&TraceView>) -> Option<NodeId> {
    trace?
        .resources
        .iter()
        .flat_map(|resource| &resource.stages)
        .flat_map(|stage| &stage.levels)
        .find(|level| level.stops)
        .map(|level| level.node.clone())
}

/// What is drawn now.
#[derive(Default)]
struct Present {
    rows: Rc<Vec<Rc<Row>>>,
    organization: Option<Organization>,
}

impl Present {
    /// Whether a node can take a dragged one: a parent that is neither itself, nor below it, nor
    /// already its parent.
    fn can_take(&self, target: &NodeId, dragged: &NodeId) -> bool {
        let Some(organization) = &self.organization else {
            return false;
        };
        let is_parent = self
            .rows
            .iter()
            .any(|row| row.node == *target && row.sort.is_parent());
        let already = organization
            .index()
            .parent(dragged.as_str())
            .is_some_and(|parent| parent.id() == *target);
        is_parent
            && !already
            && target != dragged
            && !ancestors(organization, target).contains(dragged)
    }
}

/// What the keys of the tree need.
struct Keys {
    rows: Rc<Vec<Rc<Row>>>,
    at: Option<NodeId>,
    opened: UseStateHandle<Opened>,
    menu: UseStateHandle<Option<(NodeId, Element)>>,
    dispatch: Dispatch,
}

impl Keys {
    fn press(&self, event: &KeyboardEvent) {
        let Some(target) = event.target_dyn_into::<HtmlElement>() else {
            return;
        };
        let own_keys = target.dyn_ref::<HtmlInputElement>().is_some()
            || (target.dyn_ref::<HtmlButtonElement>().is_some() && presses(&event.key()));
        let position = self
            .at
            .as_ref()
            .and_then(|at| self.rows.iter().position(|row| row.node == *at));
        let Some(position) = position else { return };
        let Some(row) = self.rows.get(position) else {
            return;
        };
        if own_keys || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        if self.act(&event.key(), event.shift_key(), position, row) {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    /// Does what a key means at a row. False if it means nothing here.
    fn act(&self, key: &str, shift: bool, position: usize, row: &Row) -> bool {
        match key {
            "ArrowDown" => self.go(Some(position + 1)),
            "ArrowUp" => self.go(position.checked_sub(1)),
            "Home" => self.go(Some(0)),
            "End" => self.go(self.rows.len().checked_sub(1)),
            "ArrowRight" => match row.opened {
                Some(false) => toggle(&self.opened, &self.rows, &row.node),
                Some(true) => self.go(Some(position + 1)),
                None => {}
            },
            "ArrowLeft" => match row.opened {
                Some(true) => toggle(&self.opened, &self.rows, &row.node),
                _ => self.go(self.parent(position, row)),
            },
            "Enter" | " " => self
                .dispatch
                .emit(Action::NodeSelected(Some(row.node.clone()))),
            "F2" if row.sort != Sort::Root => self
                .dispatch
                .emit(Action::RenamingStarted(row.node.clone())),
            "Delete" if row.sort != Sort::Root => self.dispatch.emit(deletion(row)),
            "ContextMenu" => self.open_menu(row),
            "F10" if shift => self.open_menu(row),
            letter if letter.chars().count() == 1 => self.go_to_letter(letter, position),
            _ => return false,
        }
        true
    }

    fn go(&self, position: Option<usize>) {
        if let Some(row) = position.and_then(|position| self.rows.get(position)) {
            focus_node(&row.node);
        }
    }

    fn parent(&self, position: usize, row: &Row) -> Option<usize> {
        self.rows
            .get(..position)?
            .iter()
            .rposition(|above| above.level < row.level)
    }

    fn go_to_letter(&self, letter: &str, position: usize) {
        let letter = letter.to_lowercase();
        let count = self.rows.len();
        let found = (1..=count)
            .map(|step| (position + step) % count)
            .find(|at| {
                self.rows
                    .get(*at)
                    .is_some_and(|row| row.name.to_lowercase().starts_with(&letter))
            });
        self.go(found);
    }

    fn open_menu(&self, row: &Row) {
        if let Some(element) = element(&row.node) {
            self.menu.set(Some((row.node.clone(), element)));
        }
    }
}

/// Whether a key presses a button that has the focus.
fn presses(key: &str) -> bool {
    matches!(key, "Enter" | " ")
}

/// Gives a row the focus.
pub(super) fn focus_node(node: &NodeId) {
    if let Some(row) = element(node).and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        let _ = row.focus();
    }
}

fn element(node: &NodeId) -> Option<Element> {
    web_sys::window()?
        .document()?
        .get_element_by_id(&element_id(node))
}

fn ids(rows: &[Rc<Row>]) -> Vec<NodeId> {
    rows.iter().map(|row| row.node.clone()).collect()
}

/// Where the row with the focus is gone, the one before it gets the focus.
fn keep_focus(active: &UseStateHandle<Option<NodeId>>, before: &[NodeId], now: &[NodeId]) {
    let Some(lost) = (**active).clone().filter(|node| !now.contains(node)) else {
        return;
    };
    let position = before.iter().position(|node| *node == lost).unwrap_or(0);
    let neighbour = before
        .get(..position)
        .unwrap_or_default()
        .iter()
        .rfind(|node| now.contains(node))
        .or_else(|| now.first());
    active.set(neighbour.cloned());
    let nowhere = web_sys::window()
        .and_then(|window| window.document())
        .is_some_and(|document| document.active_element().as_ref() == document.body().as_deref());
    if let Some(node) = neighbour
        && nowhere
    {
        focus_node(node);
    }
}

fn toggle(opened: &UseStateHandle<Opened>, rows: &[Rc<Row>], node: &NodeId) {
    let Some(row) = rows.iter().find(|row| row.node == *node) else {
        return;
    };
    let mut next = (**opened).clone();
    next.insert(node.clone(), row.opened != Some(true));
    opened.set(next);
}

fn open_ancestors(opened: &UseStateHandle<Opened>, organization: &Organization, node: &NodeId) {
    let mut next = (**opened).clone();
    for ancestor in ancestors(organization, node) {
        next.insert(ancestor, true);
    }
    if next != **opened {
        opened.set(next);
    }
}

fn scroll_to(node: &NodeId) {
    if let Some(row) = element(node) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        row.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
