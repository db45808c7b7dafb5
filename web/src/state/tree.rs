//! The tree of the organization as a thing to build with: nodes added and named one after the
//! other, several of them selected, cut, moved, deleted and given policies in one step, and whole
//! shapes to begin with.

use std::collections::HashSet;
use std::fmt::Display;
use std::rc::Rc;

use organization::{
    Child, Contents, Created, Edit, NodeId, NodeRef, PolicyId, PolicyUse, Scenario, TreeIndex,
};
use policy::Kind;

use super::compose;
use super::history::Millis;
use super::label::{label, node_name};
use super::model::{Model, Notice, NoticeButton};
use super::reduce::{changed, edited, loss_notice, named, refused, told, with_node_selected};
use super::shapes::{Shape, with_shape};

mod edits;

pub use edits::{attaching, detaching, moving, refusal, tops};

/// What is marked in the tree, beside the one selected node.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TreeState {
    /// The nodes that are selected together: two or more, or none.
    pub several: Rc<Vec<NodeId>>,
    /// Nodes that were cut and wait for their new place.
    pub cut: Rc<Vec<NodeId>>,
    /// The node that was added last, while it waits for its first name.
    pub fresh: Option<NodeId>,
    /// Whether the selected node is not opened beside the tree: it was selected in passing, while
    /// one builds.
    pub passing: bool,
}

/// Something that happened in the tree.
#[derive(Clone, Debug, PartialEq)]
pub enum TreeAction {
    /// Several nodes were selected; the second is the one last touched.
    SeveralSelected(Vec<NodeId>, NodeId),
    /// A node was asked for: below this one, or behind it if it is an account.
    NodeAdded {
        /// Where.
        at: NodeId,
        /// Whether it is an account, and not an OU.
        account: bool,
    },
    /// Another node like this one was asked for, behind it; below it if it is the root.
    AnotherAdded(NodeId),
    /// The name of a node was typed.
    Named {
        /// The node.
        node: NodeId,
        /// What is in the field.
        name: String,
        /// What else was asked for: whether it is an account in it, and not another like it.
        then: Option<Next>,
    },
    /// Nodes were cut; none if they are to stay.
    Cut(Vec<NodeId>),
    /// What was cut was pasted here: below this node, or behind it if it is an account.
    Pasted(NodeId),
    /// Nodes were moved.
    Moved {
        /// The OUs and accounts.
        nodes: Vec<NodeId>,
        /// The root or the OU that takes them.
        parent: NodeId,
        /// Where among its children.
        slot: Slot,
    },
    /// Nodes were deleted, with everything below them.
    Deleted(Vec<NodeId>),
    /// A policy was attached to those of the nodes that do not have it.
    Attached {
        /// The nodes.
        nodes: Vec<NodeId>,
        /// The policy.
        policy: PolicyId,
    },
    /// A policy was detached from those of the nodes that have it.
    Detached {
        /// The nodes.
        nodes: Vec<NodeId>,
        /// The policy.
        policy: PolicyId,
    },
    /// A new policy was asked for by its name, to be attached.
    PolicyMade {
        /// The nodes that get it.
        nodes: Vec<NodeId>,
        /// SCP or RCP.
        kind: Kind,
        /// Its name.
        name: String,
    },
    /// A ready-made set of OUs and accounts was asked for.
    ShapeAdded(Shape),
}

/// A place among the children of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// At the end; what is among the children already stays where it is.
    Any,
    /// At the end.
    End,
    /// Before this child.
    Before(NodeId),
}

/// What comes after a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Another node like it.
    Another,
    /// An account in it.
    Inside,
}

/// The model after something happened in the tree; none if that changes nothing.
pub(super) fn reduce(model: &Model, action: TreeAction, now: Millis) -> Option<Model> {
    Some(match action {
        TreeAction::SeveralSelected(nodes, at) => selected(model, nodes, at),
        TreeAction::NodeAdded { at, account } => added(model, &at, account, now),
        TreeAction::AnotherAdded(node) => another(model, &node, now),
        TreeAction::Named { node, name, then } => {
            let next = renamed(model, &node, &name, now);
            match then {
                None => next,
                Some(Next::Another) => another(&next, &node, now),
                Some(Next::Inside) => added(&next, &node, true, now),
            }
        }
        TreeAction::Cut(nodes) => cut(model, nodes),
        TreeAction::Pasted(node) => {
            let nodes = Vec::clone(&model.tree.cut);
            let (parent, slot) = place_at(&model.scenario, &node)?;
            moved(model, &nodes, &parent, &slot, now)
        }
        TreeAction::Moved {
            nodes,
            parent,
            slot,
        } => moved(model, &nodes, &parent, &slot, now),
        TreeAction::Deleted(nodes) => deleted(model, &nodes, now),
        TreeAction::Attached { nodes, policy } => {
            let edits = attaching(&model.scenario, &nodes, &policy);
            step(
                model,
                texts::state_label_attach,
                &policy_name(model, &policy),
                edits,
                now,
            )
        }
        TreeAction::Detached { nodes, policy } => {
            let edits = detaching(&model.scenario, &nodes, &policy);
            step(
                model,
                texts::state_label_detach,
                &policy_name(model, &policy),
                edits,
                now,
            )
        }
        TreeAction::PolicyMade { nodes, kind, name } => made(model, &nodes, kind, name, now),
        TreeAction::ShapeAdded(shape) => shaped(model, shape, now),
    })
}

fn selected(model: &Model, mut nodes: Vec<NodeId>, at: NodeId) -> Model {
    let one = nodes.len() < 2;
    let at = if one { nodes.pop().unwrap_or(at) } else { at };
    if let Some(organization) = &model.scenario.organization
        && !one
    {
        // In the order of the tree, however they were taken.
        let wanted: HashSet<NodeId> = nodes.drain(..).collect();
        organization.each_node(&mut |node| {
            let id = node.id();
            if wanted.contains(&id) {
                nodes.push(id);
            }
        });
    }
    let mut next = with_node_selected(model.clone(), Some(at));
    next.tree.several = Rc::new(nodes);
    next
}

/// A model in which another node is selected: what is open beside the tree follows, and what is
/// closed stays closed.
pub(super) fn in_passing(before: &Model, mut next: Model) -> Model {
    let selection = &before.selection;
    let closed = selection.node.is_none() || before.tree.passing;
    next.tree.passing = closed && selection.entity.is_none() && before.tree.several.is_empty();
    next
}

/// Lets go of nodes that are gone.
pub(super) fn settled(model: &mut Model) {
    if model.tree == TreeState::default() {
        return;
    }
    let organization = model.scenario.organization.as_ref();
    let index = organization.map(|organization| organization.index());
    let there = |node: &NodeId| {
        let index = index.as_ref();
        index.is_some_and(|index| index.node(node.as_str()).is_some())
    };
    for nodes in [&mut model.tree.several, &mut model.tree.cut] {
        if !nodes.iter().all(there) {
            let left = nodes.iter().filter(|node| there(node));
            *nodes = Rc::new(left.cloned().collect());
        }
    }
    if model.tree.several.len() < 2 {
        model.tree.several = Rc::default();
    }
    model.tree.fresh.take_if(|node| !there(node));
}

/// The place behind a node.
fn behind(index: &TreeIndex, node: &NodeId) -> Option<(NodeId, Slot)> {
    let parent = index.parent(node.as_str())?;
    let mut siblings = parent.children().iter().map(Child::id);
    siblings.find(|sibling| sibling == node)?;
    Some((parent.id(), siblings.next().map_or(Slot::End, Slot::Before)))
}

/// Where something lands that is put at a node: below it, or behind it if it is an account.
fn place_at(scenario: &Scenario, node: &NodeId) -> Option<(NodeId, Slot)> {
    let index = scenario.organization.as_ref()?.index();
    match index.node(node.as_str())? {
        NodeRef::Account(_) => behind(&index, node),
        NodeRef::Root(_) | NodeRef::Ou(_) => Some((node.clone(), Slot::Any)),
    }
}

fn added(model: &Model, at: &NodeId, account: bool, now: Millis) -> Model {
    match place_at(&model.scenario, at) {
        Some((parent, slot)) => added_at(model, parent, &slot, account, now),
        None => model.clone(),
    }
}

fn another(model: &Model, node: &NodeId, now: Millis) -> Model {
    let organization = model.scenario.organization.as_ref();
    let Some(index) = organization.map(|organization| organization.index()) else {
        return model.clone();
    };
    let account = index.account(node.as_str()).is_some();
    match behind(&index, node) {
        Some((parent, slot)) => added_at(model, parent, &slot, account, now),
        None => added(model, node, account, now),
    }
}

/// Adds a node; its name is in edit then.
fn added_at(model: &Model, parent: NodeId, slot: &Slot, account: bool, now: Millis) -> Model {
    let name = if account {
        texts::common_new_account()
    } else {
        texts::common_new_ou()
    }
    .to_owned();
    let edit = match account {
        true => Edit::AddAccount {
            parent: parent.clone(),
            name,
        },
        false => Edit::AddOu {
            parent: parent.clone(),
            name,
        },
    };
    let what = label(&model.scenario, &edit);
    let result = model.scenario.apply(edit).and_then(|made| {
        let Some(Created::Node(node)) = &made.created else {
            return Ok(made);
        };
        let edits = moving(&made.scenario, std::slice::from_ref(node), &parent, slot);
        let scenario = made.scenario.apply_all(edits)?.scenario;
        Ok(organization::Edited { scenario, ..made })
    });
    match result {
        Ok(made) => {
            let mut next = in_passing(model, changed(model, made, what, None, now));
            next.tree.fresh = next.renaming.clone();
            next
        }
        Err(refusal) => refused(model, &refusal.to_string()),
    }
}

/// Gives a node its name. The first name of a node is part of the step that added it.
fn renamed(model: &Model, node: &NodeId, name: &str, now: Millis) -> Model {
    let fresh = model.tree.fresh.as_ref() == Some(node);
    let name = name.trim();
    let mut next = model.clone();
    if !name.is_empty() && name != node_name(&model.scenario, node.as_str()) {
        let edit = Edit::RenameNode {
            node: node.clone(),
            name: name.to_owned(),
        };
        next = edited(model, edit, now);
        if fresh && !Rc::ptr_eq(&next.scenario, &model.scenario) {
            next.history = model.history.relabelled(texts::common_add_named(&name));
        }
    }
    next.renaming = None;
    next.tree.fresh = None;
    next
}

fn cut(model: &Model, nodes: Vec<NodeId>) -> Model {
    let nodes = tops(&model.scenario, &nodes);
    let mut next = model.clone();
    if !nodes.is_empty() {
        let what = words(model, &nodes);
        next.notice = Some(Notice::new(texts::state_tree_cut_paste_new(&what)));
    } else if !model.tree.cut.is_empty() {
        next.notice = None;
    }
    next.tree.cut = Rc::new(nodes);
    next
}

fn moved(model: &Model, nodes: &[NodeId], parent: &NodeId, slot: &Slot, now: Millis) -> Model {
    let edits = moving(&model.scenario, nodes, parent, slot);
    if edits.is_empty() {
        return model.clone();
    }
    let what = words(model, &tops(&model.scenario, nodes));
    let mut next = step(model, texts::state_label_move, &what, edits, now);
    if !Rc::ptr_eq(&next.scenario, &model.scenario) {
        next.tree.cut = Rc::default();
    }
    next
}

fn deleted(model: &Model, nodes: &[NodeId], now: Millis) -> Model {
    let nodes = tops(&model.scenario, nodes);
    let organization = model.scenario.organization.as_ref();
    let Some(index) = organization.map(|organization| organization.index()) else {
        return model.clone();
    };
    let mut below = 0;
    let mut edits = Vec::new();
    for node in &nodes {
        edits.push(match index.node(node.as_str()) {
            Some(NodeRef::Account(account)) => Edit::DeleteAccount(account.id.clone()),
            other => {
                below += other.map_or(0, |ou| count(ou.children()));
                Edit::DeleteOu {
                    ou: node.clone(),
                    contents: Contents::Delete,
                }
            }
        });
    }
    let what = words(model, &nodes);
    let loss = match below {
        0 => texts::common_deleted(&what),
        _ => texts::state_tree_deleted_below_aws(&what, &below),
    };
    match model.scenario.apply_all(edits) {
        Ok(edited) => {
            let orphaned = edited.orphaned.len();
            let next = changed(model, edited, texts::common_delete_node(&what), None, now);
            Model {
                notice: Some(loss_notice(&loss, texts::requests_view_caller(), orphaned)),
                ..next
            }
        }
        Err(refusal) => refused(model, &refusal.to_string()),
    }
}

fn made(model: &Model, nodes: &[NodeId], kind: Kind, name: String, now: Millis) -> Model {
    let place = nodes.first().map(|node| PolicyUse::Node(node.clone()));
    let edit = Edit::AddPolicy {
        name,
        kind,
        text: compose::starter(&model.scenario, kind, place.as_ref()).into(),
    };
    let result = model.scenario.apply(edit).and_then(|made| {
        let Some(Created::Policy(policy)) = &made.created else {
            return Ok(made);
        };
        let edits = attaching(&made.scenario, nodes, policy);
        let scenario = made.scenario.apply_all(edits)?.scenario;
        Ok(organization::Edited { scenario, ..made })
    });
    match result {
        // The person is at the tree, and stays there.
        Ok(made) => Model {
            pane: model.pane,
            ..changed(
                model,
                made,
                texts::common_add_a_policy().to_owned(),
                None,
                now,
            )
        },
        Err(refusal) => refused(model, &refusal.to_string()),
    }
}

fn shaped(model: &Model, shape: Shape, now: Millis) -> Model {
    match with_shape(&model.scenario, shape) {
        Ok((_, 0)) => told(model, Notice::new(texts::state_tree_all_these_ous())),
        Ok((scenario, nodes)) => {
            let root = scenario.organization.as_ref();
            let root = root.map(|organization| organization.root.id.clone());
            let edited = organization::Edited {
                scenario,
                created: None,
                orphaned: Vec::new(),
            };
            let next = changed(
                model,
                edited,
                texts::common_add_named(&shape.words()),
                None,
                now,
            );
            let notice = texts::state_tree_added_ous_and_accounts(&nodes);
            let next = in_passing(model, with_node_selected(next, root));
            Model {
                notice: Some(Notice::new(notice).with(NoticeButton::Undo)),
                ..next
            }
        }
        Err(refusal) => refused(model, &refusal.to_string()),
    }
}

/// Several edits as one step: "attach Region lock", "attach Region lock to 3 nodes".
fn step(
    model: &Model,
    words: fn(&dyn Display) -> String,
    what: &str,
    edits: Vec<Edit>,
    now: Millis,
) -> Model {
    let attached = matches!(
        edits.first(),
        Some(Edit::Attach { .. } | Edit::Detach { .. })
    );
    let label = match edits.len() {
        many if many > 1 && attached => texts::state_tree_nodes(&words(&what), &many),
        _ => words(&what),
    };
    match model.scenario.apply_all(edits) {
        Ok(edited) => changed(model, edited, label, None, now),
        Err(refusal) => refused(model, &refusal.to_string()),
    }
}

fn policy_name(model: &Model, policy: &PolicyId) -> String {
    let found = model.scenario.policy(policy.as_str());
    found.map_or_else(|| policy.to_string(), |policy| policy.name().to_owned())
}

/// Nodes in words: the name of one, the number of several.
fn words(model: &Model, nodes: &[NodeId]) -> String {
    match nodes {
        [one] => node_name(&model.scenario, one.as_str()),
        many => texts::common_ous_and_accounts(&many.len()),
    }
}

fn count(children: &[Child]) -> usize {
    let below = |child: &Child| match child {
        Child::Ou(ou) => count(&ou.children),
        Child::Account(_) => 0,
    };
    children.iter().map(|child| 1 + below(child)).sum()
}

#[cfg(test)]
mod tests;
