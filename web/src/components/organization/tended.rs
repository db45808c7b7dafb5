//! The tree as its events find it: what is drawn and selected, and the ways to change that.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use organization::{NodeId, Scenario, TreeIndex};
use wasm_bindgen::JsCast;
use web_sys::{
    Element, HtmlElement, HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition,
};
use yew::prelude::*;

use super::drag::{self, Drag, Ground, Landing};
use super::keys::together;
use super::outline::{Fold, Opened, Outline};
use super::row::element_id;
use super::rows::ancestors;
use super::window;
use crate::context::Dispatch;
use crate::state::{Action, TreeAction};

/// What events of the tree find: the tree as it is drawn now, and the ways to change it.
#[derive(Clone)]
pub(super) struct Tended {
    pub(super) scenario: Rc<Scenario>,
    pub(super) index: Rc<TreeIndex>,
    pub(super) outline: Rc<Outline>,
    pub(super) selected: Option<NodeId>,
    pub(super) several: Rc<Vec<NodeId>>,
    pub(super) cut: Rc<Vec<NodeId>>,
    /// Where a selection of several began.
    pub(super) anchor: Rc<RefCell<Option<NodeId>>>,
    pub(super) dispatch: Dispatch,
    pub(super) tree: NodeRef,
    pub(super) active: UseStateHandle<Option<NodeId>>,
    pub(super) opened: UseReducerDispatcher<Opened>,
    pub(super) menu: UseStateHandle<Option<(NodeId, Element)>>,
    pub(super) range: UseStateHandle<Range<usize>>,
    pub(super) wanted: Rc<RefCell<Option<Wanted>>>,
    /// Whether the tree has the focus, or had it until its row was drawn elsewhere.
    pub(super) held: Rc<Cell<bool>>,
    pub(super) height: f64,
}

/// A row that is to be brought into sight.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) node: NodeId,
    pub(super) focus: bool,
    /// How many drawings it may take until it is there.
    pub(super) patience: u8,
}
impl Tended {
    /// The position of the row that Tab reaches.
    pub(super) fn reached(&self) -> Option<usize> {
        let position = |node: &Option<NodeId>| self.outline.position(node.as_ref()?);
        position(&self.active)
            .or_else(|| position(&self.selected))
            .or_else(|| (!self.outline.lines.is_empty()).then_some(0))
    }

    /// What a command at a node is meant for: all that are selected with it, or it alone.
    pub(super) fn meant(&self, node: &NodeId) -> Vec<NodeId> {
        together(&self.several, node)
    }

    pub(super) fn fold(&self, node: &NodeId, open: bool) {
        self.opened.dispatch(Fold::Set(vec![node.clone()], open));
    }

    /// Opens what is above a node, and brings it into sight.
    pub(super) fn bring(&self, node: &NodeId) {
        let above = ancestors(&self.index, node);
        if self.outline.position(node).is_none() && !above.is_empty() {
            self.opened.dispatch(Fold::Set(above, true));
        }
        *self.wanted.borrow_mut() = Some(Wanted {
            node: node.clone(),
            focus: false,
            patience: 3,
        });
        self.drawn();
    }

    /// Brings a row into sight and gives it the focus.
    pub(super) fn reveal(&self, node: &NodeId, focus: bool) {
        if element(node).is_some() && focus {
            focus_node(node);
            return;
        }
        *self.wanted.borrow_mut() = Some(Wanted {
            node: node.clone(),
            focus,
            patience: 3,
        });
        self.drawn();
    }

    /// Draws the part of a long tree that is in sight.
    pub(super) fn look(&self) {
        if let Some(tree) = self.tree.cast::<Element>() {
            self.range.set(window::window(&tree, self.height));
        }
    }

    /// After each drawing a row that is wanted comes into sight.
    pub(super) fn drawn(&self) {
        let Some(tree) = self.tree.cast::<Element>() else {
            return;
        };
        let Some(mut wanted) = self.wanted.borrow_mut().take() else {
            return;
        };
        if let Some(position) = self.outline.position(&wanted.node)
            && window::is_long(self.outline.lines.len())
        {
            window::bring(&tree, self.height, position);
            self.look();
        }
        match element(&wanted.node) {
            Some(_) if wanted.focus => focus_node(&wanted.node),
            Some(row) => scroll_to(&row),
            None if wanted.patience > 0 => {
                wanted.patience -= 1;
                *self.wanted.borrow_mut() = Some(wanted);
            }
            None => {}
        }
    }

    /// Where the row with the focus is gone, the one before it gets the focus; where it was drawn
    /// at another place, it gets it back.
    pub(super) fn keep_focus(&self, before: &Outline) {
        let Some(last) = &*self.active else { return };
        let mut node = Some(last.clone());
        if self.outline.position(last).is_none() {
            let place = before.position(last).unwrap_or(0);
            let lines = before.lines.get(..place).unwrap_or_default().iter();
            let mut left = lines
                .rev()
                .filter(|line| self.outline.position(&line.node).is_some());
            let neighbour = left.next().or(self.outline.lines.first());
            node = neighbour.map(|line| line.node.clone());
            self.active.set(node.clone());
        }
        if let Some(node) = node.filter(|_| self.held.get() && focus_is_nowhere()) {
            self.reveal(&node, true);
        }
    }

    /// A press on a row: it is selected, with Control or Shift beside others.
    pub(super) fn pressed(&self, node: &NodeId, event: &MouseEvent) {
        let position = self.outline.position(node);
        if event.shift_key() {
            let anchor = self.anchor.borrow().clone().or(self.selected.clone());
            let anchor = anchor.and_then(|anchor| self.outline.position(&anchor));
            if let (Some(from), Some(to)) = (anchor, position) {
                self.select_range(from, to);
                return;
            }
        }
        if event.ctrl_key() || event.meta_key() {
            self.toggle_selected(node);
            return;
        }
        *self.anchor.borrow_mut() = Some(node.clone());
        self.dispatch.emit(Action::NodeSelected(Some(node.clone())));
    }

    /// Selects from one line to another.
    pub(super) fn select_range(&self, from: usize, to: usize) {
        let start = self.outline.lines.get(from).map(|line| line.node.clone());
        *self.anchor.borrow_mut() = start;
        let nodes = self.outline.range(from, to);
        if let Some(line) = self.outline.lines.get(to) {
            let action = TreeAction::SeveralSelected(nodes, line.node.clone());
            self.dispatch.emit(Action::Tree(action));
        }
    }

    /// Takes a node to the others that are selected, or out of them.
    pub(super) fn toggle_selected(&self, node: &NodeId) {
        let mut nodes = match self.several.is_empty() {
            true => self.selected.iter().cloned().collect(),
            false => Vec::clone(&self.several),
        };
        match nodes.iter().position(|one| one == node) {
            Some(at) => {
                nodes.remove(at);
            }
            None => nodes.push(node.clone()),
        }
        *self.anchor.borrow_mut() = Some(node.clone());
        let action = match nodes.is_empty() {
            true => Action::NodeSelected(None),
            false => Action::Tree(TreeAction::SeveralSelected(nodes, node.clone())),
        };
        self.dispatch.emit(action);
    }

    pub(super) fn open_menu(&self, node: &NodeId) {
        if let Some(element) = element(node) {
            self.menu.set(Some((node.clone(), element)));
        }
    }

    /// Goes to the field that filters the tree, if there is one.
    pub(super) fn seek(&self) -> bool {
        let document = web_sys::window().and_then(|window| window.document());
        let field =
            document.and_then(|document| document.query_selector(".tree-filter input").ok()?);
        let field = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
        if let Some(field) = &field {
            let _ = field.focus();
            field.select();
        }
        field.is_some()
    }

    pub(super) fn dragged_over(
        &self,
        drag: &mut Drag,
        node: &NodeId,
        event: &DragEvent,
    ) -> Option<Landing> {
        let line = self.outline.line(node)?;
        let ground = Ground {
            scenario: &self.scenario,
            index: &self.index,
            several: &self.several,
        };
        let landing = drag.over(&ground, line, drag::spot(event))?;
        if landing.done.is_some() {
            event.prevent_default();
        }
        Some(landing)
    }
}

/// Whether nothing on the page has the focus.
fn focus_is_nowhere() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document
        .is_some_and(|document| document.active_element().as_ref() == document.body().as_deref())
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

fn scroll_to(row: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    row.scroll_into_view_with_scroll_into_view_options(&options);
}
