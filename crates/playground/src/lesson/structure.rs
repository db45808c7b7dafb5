//! Whether the organization looks as a task describes it.

use organization::lesson::Structure;
use organization::{NodeRef, Organization, PolicyId, Scenario, TreeIndex};

use super::Finding;
use crate::view::Phrase;
use crate::words::{policy_name, strong, text};

/// Each thing that is asked for, and whether it is there.
pub(super) fn findings(now: &Scenario, wanted: &[Structure]) -> Vec<Finding> {
    let Some(organization) = &now.organization else {
        let said = vec![text("There is no organization.")];
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
            let is = if met {
                " is attached to "
            } else {
                " must be attached to "
            };
            return (met, id.to_string(), self.about(id, is, to));
        }
        if let Some(id) = &wanted.detached {
            let met = !self.is_attached(id, to);
            let is = if met {
                " is not attached to "
            } else {
                " must not be attached to "
            };
            return (met, id.to_string(), self.about(id, is, to));
        }
        let (noun, name) = match (&wanted.ou, &wanted.account) {
            (Some(name), _) => ("The OU ", name.as_str()),
            (None, Some(name)) => ("The account ", name.as_str()),
            (None, None) => {
                return (
                    false,
                    String::new(),
                    vec![text("Nothing is asked for here.")],
                );
            }
        };
        let is_ou = wanted.ou.is_some();
        let candidates: Vec<NodeRef<'_>> = self
            .tree
            .nodes()
            .filter(|node| self.is(*node, name) && matches!(node, NodeRef::Ou(_)) == is_ou)
            .collect();
        let mut said = vec![text(noun), strong(name)];
        if candidates.is_empty() {
            said.push(text(" is not there."));
            return (false, name.to_owned(), said);
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
            let (how, place) = match (&wanted.within, &wanted.below) {
                (Some(place), _) => (" must be directly in ", place.as_str()),
                (None, below) => (" must be below ", below.as_deref().unwrap_or("root")),
            };
            said.push(text(how));
            said.push(strong(self.place(place)));
            said.push(text("."));
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
                said.push(text(" must hold the account "));
                said.push(strong(account));
                said.push(text("."));
                return (false, name.to_owned(), said);
            }
        }
        said.push(text(" is where it belongs."));
        (true, name.to_owned(), said)
    }

    fn about(&self, policy: &PolicyId, is: &str, to: &str) -> Phrase {
        vec![
            strong(policy_name(self.now, policy)),
            text(is.to_owned()),
            strong(self.place(to)),
            text("."),
        ]
    }

    /// A place as people call it.
    fn place(&self, name: &str) -> String {
        let mut nodes = self.tree.nodes();
        let node = nodes.find(|node| self.is(*node, name));
        match node {
            Some(NodeRef::Root(_)) => "the root".to_owned(),
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
