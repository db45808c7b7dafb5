//! Whether the organization looks as a task describes it.

use organization::lesson::Structure;
use organization::{NodeRef, Organization, PolicyId, Scenario, TreeIndex};
use texts::rich;

use super::Finding;
use crate::view::{Inline, Phrase};
use crate::words::{policy_name, strong, text};

/// Each thing that is asked for, and whether it is there.
pub(super) fn findings(now: &Scenario, wanted: &[Structure]) -> Vec<Finding> {
    let Some(organization) = &now.organization else {
        let said = vec![text(texts::why_no_organization())];
        return vec![Finding::new(false, "structure", "organization", said)];
    };
    let tree = organization.index();
    let look = Look {
        now,
        organization,
        tree: &tree,
    };
    wanted.iter().map(|one| look.finding(one)).collect()
}

struct Look<'a> {
    now: &'a Scenario,
    organization: &'a Organization,
    tree: &'a TreeIndex,
}

impl Look<'_> {
    fn finding(&self, wanted: &Structure) -> Finding {
        let (met, about, said) = self.judge(wanted);
        Finding::new(met, "structure", about, said)
    }

    fn judge(&self, wanted: &Structure) -> (bool, String, Phrase) {
        let to = wanted.to.as_deref().unwrap_or("root");
        if let Some(id) = &wanted.attached {
            let met = self.is_attached(id, to);
            let (policy, place) = self.both(id, to);
            let said = if met {
                rich::lesson_is_attached(policy, place)
            } else {
                rich::lesson_must_be_attached(policy, place)
            };
            return (met, id.to_string(), said);
        }
        if let Some(id) = &wanted.detached {
            let met = !self.is_attached(id, to);
            let (policy, place) = self.both(id, to);
            let said = if met {
                rich::lesson_is_not_attached(policy, place)
            } else {
                rich::lesson_must_not_be_attached(policy, place)
            };
            return (met, id.to_string(), said);
        }
        let (what, name): (Phrase, &str) = match (&wanted.ou, &wanted.account) {
            (Some(name), _) => (rich::lesson_the_ou([strong(name)]), name),
            (None, Some(name)) => (rich::lesson_the_account([strong(name)]), name),
            (None, None) => {
                let said = vec![text(texts::lesson_nothing_asked_for())];
                return (false, String::new(), said);
            }
        };
        let is_ou = wanted.ou.is_some();
        let candidates: Vec<NodeRef<'_>> = self
            .tree
            .nodes()
            .filter(|node| self.is(*node, name) && matches!(node, NodeRef::Ou(_)) == is_ou)
            .collect();
        if candidates.is_empty() {
            return (false, name.to_owned(), rich::lesson_is_not_there(what));
        }
        let placed = |node: &NodeRef<'_>| {
            let within = wanted.within.as_deref();
            let below = wanted.below.as_deref();
            let parent = self.tree.parent(node.id().as_str());
            let in_place = within.is_none_or(|it| parent.is_some_and(|parent| self.is(parent, it)));
            let above = self.tree.path(node.id().as_str()).unwrap_or_default();
            let above = above.iter().rev().skip(1);
            in_place && below.is_none_or(|it| above.clone().any(|node| self.is(*node, it)))
        };
        let Some(node) = candidates.iter().find(|node| placed(node)) else {
            let said = match (&wanted.within, &wanted.below) {
                (Some(place), _) => rich::lesson_must_be_in(what, [strong(self.place(place))]),
                (None, below) => {
                    let place = self.place(below.as_deref().unwrap_or("root"));
                    rich::lesson_must_be_below(what, [strong(place)])
                }
            };
            return (false, name.to_owned(), said);
        };
        for account in &wanted.holds {
            let mut children = node.children().iter();
            let held = children.any(|child| {
                child.id().as_str() == account.as_str() || child.name() == account.as_str()
            });
            if !held {
                let account = self
                    .tree
                    .account(account)
                    .map_or(account.as_str(), |it| &it.name);
                let said = rich::lesson_must_hold(what, [strong(account)]);
                return (false, name.to_owned(), said);
            }
        }
        (true, name.to_owned(), rich::lesson_where_it_belongs(what))
    }

    /// A policy and a place by their names.
    fn both(&self, policy: &PolicyId, to: &str) -> ([Inline; 1], [Inline; 1]) {
        let policy = strong(policy_name(self.now, policy));
        ([policy], [strong(self.place(to))])
    }

    /// A place as people call it.
    fn place(&self, name: &str) -> String {
        let mut nodes = self.tree.nodes();
        let node = nodes.find(|node| self.is(*node, name));
        match node {
            Some(NodeRef::Root(_)) => texts::lesson_place_root().to_owned(),
            Some(node) => node.name().to_owned(),
            None => name.to_owned(),
        }
    }

    /// Whether a node is meant by this id or name; `root` is the root.
    fn is(&self, node: NodeRef<'_>, name: &str) -> bool {
        match node {
            NodeRef::Root(root) => name == "root" || root.id.as_str() == name,
            node => node.id().as_str() == name || node.name() == name,
        }
    }

    fn is_attached(&self, policy: &PolicyId, to: &str) -> bool {
        let mut nodes = self.tree.nodes();
        nodes.any(|node| {
            self.is(node, to)
                && self
                    .organization
                    .effective_attachments(node.attachments())
                    .contains(policy)
        })
    }
}
