//! What is done with several nodes of the tree as edits of the scenario, also to try them.

use std::collections::HashSet;

use organization::{Child, Edit, NodeId, NodeRef, PolicyId, Scenario};

use super::{Slot, named};

/// Those of the nodes that are not below another of them.
#[must_use]
pub fn tops(scenario: &Scenario, nodes: &[NodeId]) -> Vec<NodeId> {
    let Some(organization) = &scenario.organization else {
        return Vec::new();
    };
    if let [one] = nodes {
        return vec![one.clone()];
    }
    let index = organization.index();
    let all: HashSet<&NodeId> = nodes.iter().collect();
    let is_top = |node: &&NodeId| {
        let path = index.path(node.as_str()).unwrap_or_default();
        let mut above = path.iter().rev().skip(1);
        !above.any(|above| all.contains(&above.id()))
    };
    nodes.iter().filter(is_top).cloned().collect()
}

/// The edits that bring nodes below a parent.
#[must_use]
pub fn moving(scenario: &Scenario, nodes: &[NodeId], parent: &NodeId, slot: &Slot) -> Vec<Edit> {
    let Some(organization) = &scenario.organization else {
        return Vec::new();
    };
    let index = organization.index();
    let children = index
        .node(parent.as_str())
        .map_or(&[][..], NodeRef::children);
    let children: Vec<NodeId> = children.iter().map(Child::id).collect();
    let ahead = match slot {
        Slot::Before(before) => children.iter().position(|child| child == before),
        Slot::Any | Slot::End => None,
    };
    let mut edits: Vec<Edit> = Vec::new();
    let mut left: HashSet<NodeId> = HashSet::new();
    for node in tops(scenario, nodes) {
        if *slot == Slot::Any && children.contains(&node) {
            continue;
        }
        left.insert(node.clone());
        // What stands before the place now: of the children those that have not been moved, and
        // the nodes that have.
        let position = ahead.map(|ahead| {
            let stay = children.iter().take(ahead);
            stay.filter(|child| !left.contains(*child)).count() + edits.len()
        });
        edits.push(Edit::MoveNode {
            node,
            parent: parent.clone(),
            position,
        });
    }
    edits
}

/// The edits that attach a policy to those of the nodes that do not have it; where all have it,
/// the one that says so.
#[must_use]
pub fn attaching(scenario: &Scenario, nodes: &[NodeId], policy: &PolicyId) -> Vec<Edit> {
    let mut edits = with_or_without(scenario, nodes, policy, false);
    if edits.is_empty() {
        edits = nodes
            .iter()
            .take(1)
            .map(|node| attach(node, policy))
            .collect();
    }
    edits
}

/// The edits that detach a policy from those of the nodes that have it.
#[must_use]
pub fn detaching(scenario: &Scenario, nodes: &[NodeId], policy: &PolicyId) -> Vec<Edit> {
    with_or_without(scenario, nodes, policy, true)
}

fn with_or_without(
    scenario: &Scenario,
    nodes: &[NodeId],
    policy: &PolicyId,
    with: bool,
) -> Vec<Edit> {
    let Some(organization) = &scenario.organization else {
        return Vec::new();
    };
    let index = organization.index();
    let is_wanted = |node: &&NodeId| {
        index.node(node.as_str()).is_some_and(|found| {
            let attached = organization.effective_attachments(found.attachments());
            attached.contains(policy) == with
        })
    };
    let edit = |node: &NodeId| match with {
        false => attach(node, policy),
        true => Edit::Detach {
            node: node.clone(),
            policy: policy.clone(),
        },
    };
    nodes.iter().filter(is_wanted).map(edit).collect()
}

fn attach(node: &NodeId, policy: &PolicyId) -> Edit {
    Edit::Attach {
        node: node.clone(),
        policy: policy.clone(),
        position: None,
    }
}

/// Why edits would be refused, in a sentence without a final period; none if they would not.
#[must_use]
pub fn refusal(scenario: &Scenario, edits: Vec<Edit>) -> Option<String> {
    let refusal = scenario.apply_all(edits).err()?;
    Some(named(scenario, &refusal.to_string()))
}
