//! The keys of the tree: those that such trees have everywhere, and those that build with it.

use std::cell::RefCell;
use std::rc::Rc;

use organization::{Child, NodeId};
use wasm_bindgen::JsCast;
use web_sys::{HtmlButtonElement, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::outline::Line;
use super::tended::Tended;
use crate::state::{Action, Slot, TreeAction};

/// How long a pause may be between the letters of a name that is typed to go to it, in
/// milliseconds.
const PAUSE: f64 = 700.0;

/// What was typed to go to a name.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    letters: String,
    at: f64,
}

impl Typed {
    /// Whether a letter at this time continues what was typed.
    fn goes_on(&self, now: f64) -> bool {
        now - self.at < PAUSE && !self.letters.is_empty()
    }
}

/// Keys that were held down with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Held {
    /// Control, or Command.
    control: bool,
    shift: bool,
    alt: bool,
}

impl Tended {
    /// Does what a key means in the tree.
    pub(super) fn press(&self, event: &KeyboardEvent, typed: &RefCell<Typed>) {
        let Some(target) = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlElement>().ok())
        else {
            return;
        };
        let key = event.key();
        let presses = matches!(key.as_str(), "Enter" | " ");
        let own_keys = target.dyn_ref::<HtmlInputElement>().is_some()
            || (target.dyn_ref::<HtmlButtonElement>().is_some() && presses);
        let held = Held {
            control: event.ctrl_key() || event.meta_key(),
            shift: event.shift_key(),
            alt: event.alt_key(),
        };
        let Some(position) = self.reached() else {
            return;
        };
        let Some(line) = self.outline.lines.get(position) else {
            return;
        };
        if own_keys {
            return;
        }
        let done = match held {
            Held { alt: true, .. } => self.alter(&key, line),
            Held { control: true, .. } => self.command(&key, line),
            _ if key == " " && typed.borrow().goes_on(event.time_stamp()) => {
                self.go_to_name(&key, position, event.time_stamp(), typed)
            }
            _ => {
                let name = !held.shift || key.chars().count() == 1;
                self.act(&key, held.shift, position, line)
                    || (name && self.go_to_name(&key, position, event.time_stamp(), typed))
            }
        };
        if done {
            if key.chars().count() > 1 {
                typed.borrow_mut().letters.clear();
            }
            event.prevent_default();
            event.stop_propagation();
        }
    }

    /// Does what a key means at a line. False if it means nothing here.
    fn act(&self, key: &str, shift: bool, position: usize, line: &Line) -> bool {
        let last = self.outline.lines.len().saturating_sub(1);
        let node = &line.node;
        match key {
            "ArrowDown" => self.step(position, (position + 1).min(last), shift),
            "ArrowUp" => self.step(position, position.saturating_sub(1), shift),
            "Home" => self.step(position, 0, shift),
            "End" => self.step(position, last, shift),
            "ArrowRight" => match line.opened {
                Some(false) => self.fold(node, true),
                Some(true) => self.go(position + 1),
                None => {}
            },
            "ArrowLeft" => match line.opened {
                Some(true) => self.fold(node, false),
                _ => {
                    let above = self.outline.lines.get(..position).unwrap_or_default();
                    if let Some(parent) = above.iter().rposition(|one| one.level < line.level) {
                        self.go(parent);
                    }
                }
            },
            " " => self.emit(Action::NodeSelected(Some(node.clone()))),
            "Enter" if line.level == 1 => self.emit(Action::NodeSelected(Some(node.clone()))),
            "Enter" | "F2" if line.level > 1 => self.emit(Action::RenamingStarted(node.clone())),
            "Insert" => self.emit(Action::Tree(TreeAction::NodeAdded {
                at: node.clone(),
                account: !shift,
            })),
            "Delete" => self.emit(Action::Tree(TreeAction::Deleted(self.meant(node)))),
            "Escape" => return self.let_go(node),
            "ContextMenu" => self.open_menu(node),
            "F10" if shift => self.open_menu(node),
            "/" => return self.seek(),
            _ => return false,
        }
        true
    }

    /// With Control or Command.
    fn command(&self, key: &str, line: &Line) -> bool {
        let node = &line.node;
        match key.to_lowercase().as_str() {
            "a" => {
                let last = self.outline.lines.len().saturating_sub(1);
                let all = self.outline.range(1.min(last), last);
                self.emit(Action::Tree(TreeAction::SeveralSelected(all, node.clone())));
            }
            "x" if line.level > 1 => self.emit(Action::Tree(TreeAction::Cut(self.meant(node)))),
            "v" if !self.cut.is_empty() => {
                self.emit(Action::Tree(TreeAction::Pasted(node.clone())));
            }
            "enter" => self.emit(Action::Tree(TreeAction::AnotherAdded(node.clone()))),
            " " => self.toggle_selected(node),
            "backspace" => self.emit(Action::Tree(TreeAction::Deleted(self.meant(node)))),
            "f" => return self.seek(),
            _ => return false,
        }
        true
    }

    /// With Alt: the node goes up and down among its siblings.
    fn alter(&self, key: &str, line: &Line) -> bool {
        if !matches!(key, "ArrowUp" | "ArrowDown") {
            return false;
        }
        let node = &line.node;
        let Some(parent) = self.index.parent(node.as_str()) else {
            return true;
        };
        let siblings: Vec<NodeId> = parent.children().iter().map(Child::id).collect();
        let at = siblings.iter().position(|sibling| sibling == node);
        let slot = match (key, at) {
            ("ArrowUp", Some(at)) => at
                .checked_sub(1)
                .and_then(|at| siblings.get(at).cloned())
                .map(Slot::Before),
            (_, Some(at)) if at + 1 < siblings.len() => Some(
                siblings
                    .get(at + 2)
                    .cloned()
                    .map_or(Slot::End, Slot::Before),
            ),
            _ => None,
        };
        if let Some(slot) = slot {
            self.emit(Action::Tree(TreeAction::Moved {
                nodes: vec![node.clone()],
                parent: parent.id(),
                slot,
            }));
        }
        true
    }

    /// Goes to a line; with Shift all from where that began are selected.
    fn step(&self, from: usize, to: usize, shift: bool) {
        if shift && from != to {
            let anchor = self.anchor.borrow().clone();
            let anchor = anchor.and_then(|node| self.outline.position(&node));
            self.select_range(anchor.unwrap_or(from), to);
        }
        if !shift {
            let to = self.outline.lines.get(to).map(|line| line.node.clone());
            *self.anchor.borrow_mut() = to;
        }
        self.go(to);
    }

    fn go(&self, position: usize) {
        if let Some(line) = self.outline.lines.get(position) {
            self.reveal(&line.node, true);
        }
    }

    /// Goes to the next name that begins with what was typed. False if that was no letter.
    fn go_to_name(&self, key: &str, position: usize, now: f64, typed: &RefCell<Typed>) -> bool {
        let mut typed = typed.borrow_mut();
        let within = typed.goes_on(now);
        if key.chars().count() != 1 || (key == " " && !within) {
            return false;
        }
        if !within {
            typed.letters.clear();
        }
        typed.at = now;
        typed.letters.push_str(&key.to_lowercase());
        // A longer beginning may still be that of the name one is at.
        let first = usize::from(typed.letters.chars().count() == 1);
        let mut found = self.beginning(&typed.letters, position + first);
        if found.is_none() {
            typed.letters = key.to_lowercase();
            found = self.beginning(&typed.letters, position + 1);
        }
        if let Some(found) = found {
            self.go(found);
        }
        true
    }

    fn beginning(&self, letters: &str, from: usize) -> Option<usize> {
        let count = self.outline.lines.len();
        let mut positions = (0..count).map(|step| (from + step) % count);
        positions.find(|at| {
            let line = self.outline.lines.get(*at);
            let node = line.and_then(|line| self.index.node(line.node.as_str()));
            node.is_some_and(|node| node.name().to_lowercase().starts_with(letters))
        })
    }

    /// Lets go of several nodes, or of what was cut.
    fn let_go(&self, node: &NodeId) -> bool {
        if !self.several.is_empty() {
            self.emit(Action::NodeSelected(Some(node.clone())));
        } else if !self.cut.is_empty() {
            self.emit(Action::Tree(TreeAction::Cut(Vec::new())));
        } else {
            return false;
        }
        true
    }

    fn emit(&self, action: Action) {
        self.dispatch.emit(action);
    }
}

/// The several nodes of the selection if a node is among them, or that node alone.
pub(super) fn together(several: &Rc<Vec<NodeId>>, node: &NodeId) -> Vec<NodeId> {
    match several.contains(node) {
        true => Vec::clone(several),
        false => vec![node.clone()],
    }
}
