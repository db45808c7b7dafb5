//! What is dragged over the tree, where it would land, and why it may not.

use organization::{Child, Edit, NodeId, NodeRef, PolicyId, Scenario, TreeIndex};
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, DragEvent, Element, HtmlElement};

use super::outline::Line;
use crate::state::{Action, Slot, TreeAction, attaching, moving, refusal, tops};

/// The type under which the id of a dragged policy travels.
pub(super) const POLICY: &str = "application/x-guardrail-policy";

/// What is dragged.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Dragged {
    /// OUs and accounts.
    Nodes(Vec<NodeId>),
    /// An SCP or RCP.
    Policy(PolicyId),
}

/// Where of a row something is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// At its upper edge: before it.
    Before,
    /// At its lower edge: behind it.
    Behind,
    /// Over it: in it.
    Into,
}

/// Where something would land.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Landing {
    /// The row that shows it.
    pub(super) node: NodeId,
    /// Where of that row.
    pub(super) spot: Spot,
    /// What would happen, or why it can't, in a sentence.
    pub(super) words: String,
    /// What letting go does; none if it is refused.
    pub(super) done: Option<Action>,
}

/// What is dragged over the rows, and where it was held last.
#[derive(Debug, Default)]
pub(super) struct Drag {
    /// What is dragged.
    pub(super) dragged: Option<Dragged>,
    /// Where it was held last, and where it would land there.
    pub(super) last: Option<((NodeId, Spot), Landing)>,
}

/// What the drag is tried on.
pub(super) struct Ground<'a> {
    /// The scenario.
    pub(super) scenario: &'a Scenario,
    /// Its tree.
    pub(super) index: &'a TreeIndex,
    /// The nodes that are selected together.
    pub(super) several: &'a [NodeId],
}

impl Drag {
    /// Where the dragged would land on a row; asked again only when it is held elsewhere.
    pub(super) fn over(&mut self, ground: &Ground<'_>, line: &Line, spot: Spot) -> Option<Landing> {
        let dragged = self.dragged.as_ref()?;
        let (spot, key) = match dragged {
            Dragged::Policy(_) => (Spot::Into, (line.node.clone(), Spot::Into)),
            Dragged::Nodes(_) => (spot, (line.node.clone(), spot)),
        };
        if let Some((_, landing)) = self.last.as_ref().filter(|(last, _)| *last == key) {
            return Some(landing.clone());
        }
        let landing = match dragged {
            Dragged::Policy(policy) => ground.policy(&line.node, policy),
            Dragged::Nodes(nodes) => ground.nodes(nodes, line, spot)?,
        };
        self.last = Some((key, landing.clone()));
        Some(landing)
    }
}

impl Ground<'_> {
    fn name(&self, node: &NodeId) -> &str {
        let found = self.index.node(node.as_str());
        found.map_or("", NodeRef::name)
    }

    /// A policy over a node gets attached to it, and to all that are selected with it.
    fn policy(&self, node: &NodeId, policy: &PolicyId) -> Landing {
        let nodes = match self.several.contains(node) {
            true => self.several.to_vec(),
            false => vec![node.clone()],
        };
        let found = self.scenario.policy(policy.as_str());
        let name = found.map_or(policy.as_str(), |policy| policy.name());
        let words = match nodes.len() {
            1 => texts::organization_drag_attach_to(&name, &self.name(node)),
            many => texts::organization_drag_attach_to_nodes(&name, &many),
        };
        let edits = attaching(self.scenario, &nodes, policy);
        let policy = policy.clone();
        let done = Action::Tree(TreeAction::Attached { nodes, policy });
        self.landing(node, Spot::Into, words, edits, done)
    }

    fn nodes(&self, nodes: &[NodeId], line: &Line, spot: Spot) -> Option<Landing> {
        let node = &line.node;
        let account = self.index.account(node.as_str()).is_some();
        // Behind an open node is before its first child, which has a place of its own.
        let spot = match spot {
            Spot::Behind if line.opened == Some(true) => Spot::Into,
            Spot::Into if account => Spot::Behind,
            spot => spot,
        };
        let parent = match spot {
            Spot::Into => self.index.node(node.as_str())?,
            _ => self.index.parent(node.as_str())?,
        };
        let siblings: Vec<NodeId> = parent.children().iter().map(Child::id).collect();
        let at = siblings.iter().position(|sibling| sibling == node);
        let slot = match spot {
            Spot::Into => Slot::Any,
            spot => {
                let from = at? + usize::from(spot == Spot::Behind);
                let mut stay = siblings
                    .iter()
                    .skip(from)
                    .filter(|one| !nodes.contains(one));
                stay.next().cloned().map_or(Slot::End, Slot::Before)
            }
        };
        let what = match nodes {
            [one] => self.name(one).to_owned(),
            many => texts::common_ous_and_accounts(&tops(self.scenario, many).len()),
        };
        let name = parent.name();
        let parent = parent.id();
        let edits = moving(self.scenario, nodes, &parent, &slot);
        if edits.is_empty() {
            return Some(Landing {
                node: node.clone(),
                spot,
                words: texts::organization_drag_is_in_now(&what, &name),
                done: None,
            });
        }
        let within = nodes.iter().all(|node| siblings.contains(node));
        let words = match (&slot, within) {
            (Slot::Any, _) => texts::organization_drag_move_into(&what, &name),
            (Slot::Before(before), true) => {
                texts::organization_drag_move_before(&what, &self.name(before))
            }
            (Slot::End, true) => texts::organization_drag_move_end(&what, &name),
            (Slot::Before(before), false) => {
                texts::organization_drag_move_into_before(&what, &name, &self.name(before))
            }
            (Slot::End, false) => texts::organization_drag_move_into_end(&what, &name),
        };
        let done = Action::Tree(TreeAction::Moved {
            nodes: nodes.to_vec(),
            parent,
            slot,
        });
        Some(self.landing(node, spot, words, edits, done))
    }

    fn landing(
        &self,
        node: &NodeId,
        spot: Spot,
        words: String,
        edits: Vec<Edit>,
        done: Action,
    ) -> Landing {
        let refusal = refusal(self.scenario, edits);
        Landing {
            node: node.clone(),
            spot,
            done: refusal.is_none().then_some(done),
            words: refusal.unwrap_or(words),
        }
    }
}

/// Where of a row the pointer is.
pub(super) fn spot(event: &DragEvent) -> Spot {
    const EDGE: f64 = 0.28;
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let Some(row) = target.and_then(|target| target.closest(".node").ok()?) else {
        return Spot::Into;
    };
    let area = row.get_bounding_client_rect();
    match (f64::from(event.client_y()) - area.top()) / area.height() {
        part if part < EDGE => Spot::Before,
        part if part > 1.0 - EDGE => Spot::Behind,
        _ => Spot::Into,
    }
}

/// Fills the drag of a row: the policy of a chip if that is what was taken, or nodes.
pub(super) fn start(event: &DragEvent, nodes: impl FnOnce() -> Vec<NodeId>) -> Option<Dragged> {
    let data = event.data_transfer()?;
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let chip = target.closest(".chip").ok().flatten();
    if let Some(policy) = chip.and_then(|chip| chip.get_attribute("data-policy")) {
        data.set_effect_allowed("copy");
        let _ = data.set_data(POLICY, &policy);
        return Some(Dragged::Policy(PolicyId::new(policy)));
    }
    data.set_effect_allowed("move");
    // Firefox starts a drag only if there is something in it.
    let _ = data.set_data("text/plain", "");
    Some(Dragged::Nodes(nodes()))
}

/// The policy in a drag, where it can be read: when it starts, and when it is let go.
pub(super) fn policy(data: Option<DataTransfer>) -> Option<PolicyId> {
    let id = data?.get_data(POLICY).ok()?;
    (!id.is_empty()).then(|| PolicyId::new(id))
}

/// Puts the words about a drag beside the pointer, inside the window.
pub(super) fn follow(hint: &HtmlElement, event: &DragEvent) {
    const GAP: i32 = 14;
    const MARGIN: i32 = 8;
    let root = hint
        .owner_document()
        .and_then(|document| document.document_element());
    let Some(root) = root else { return };
    let left = (event.client_x() + GAP).min(root.client_width() - hint.offset_width() - MARGIN);
    let below = event.client_y() + GAP;
    let top = match below + hint.offset_height() + MARGIN > root.client_height() {
        true => event.client_y() - GAP - hint.offset_height(),
        false => below,
    };
    let style = hint.style();
    let _ = style.set_property("left", &format!("{}px", left.max(MARGIN)));
    let _ = style.set_property("top", &format!("{top}px"));
}
