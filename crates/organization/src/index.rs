//! Quick answers about the tree, built once: parents, levels, entity paths.

use std::collections::HashMap;
use std::rc::Rc;

use crate::ids::NodeId;
use crate::tree::{Account, Attachments, Child, Organization, Ou, Root};

/// A node of the tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NodeRef<'a> {
    /// The root.
    Root(&'a Root),
    /// An organizational unit.
    Ou(&'a Ou),
    /// An account.
    Account(&'a Account),
}

impl<'a> NodeRef<'a> {
    /// Its id.
    #[must_use]
    pub fn id(self) -> NodeId {
        match self {
            Self::Root(root) => root.id.clone(),
            Self::Ou(ou) => ou.id.clone(),
            Self::Account(account) => account.id.node(),
        }
    }

    /// Its name: `Root` for the root.
    #[must_use]
    pub fn name(self) -> &'a str {
        match self {
            Self::Root(_) => "Root",
            Self::Ou(ou) => &ou.name,
            Self::Account(account) => &account.name,
        }
    }

    /// The policies attached to it, as typed.
    #[must_use]
    pub fn attachments(self) -> &'a Attachments {
        match self {
            Self::Root(root) => &root.attachments,
            Self::Ou(ou) => &ou.attachments,
            Self::Account(account) => &account.attachments,
        }
    }

    /// What stands directly below it.
    #[must_use]
    pub fn children(self) -> &'a [Child] {
        match self {
            Self::Root(root) => &root.children,
            Self::Ou(ou) => &ou.children,
            Self::Account(_) => &[],
        }
    }
}

/// The same, owned.
#[derive(Clone, Debug)]
enum Node {
    Root(Rc<Root>),
    Ou(Rc<Ou>),
    Account(Rc<Account>),
}

impl Node {
    fn as_ref(&self) -> NodeRef<'_> {
        match self {
            Self::Root(root) => NodeRef::Root(root),
            Self::Ou(ou) => NodeRef::Ou(ou),
            Self::Account(account) => NodeRef::Account(account),
        }
    }
}

#[derive(Clone, Debug)]
struct Entry {
    node: Node,
    /// Position of the parent; the root has none.
    parent: Option<usize>,
    /// 0 for the root.
    level: usize,
}

/// The tree with its upward links. It shares the nodes of the [`Organization`] that it was built
/// from, and stays as it is when that changes: build it anew after an edit of the tree.
#[derive(Clone, Debug)]
pub struct TreeIndex {
    organization: Rc<str>,
    /// In document order, each parent before its children.
    entries: Vec<Entry>,
    by_id: HashMap<NodeId, usize>,
}

impl Organization {
    /// Builds the index; the time is linear in the size of the tree.
    #[must_use]
    pub fn index(&self) -> TreeIndex {
        let mut index = TreeIndex {
            organization: self.id.clone(),
            entries: Vec::new(),
            by_id: HashMap::new(),
        };
        let root = index.push(Node::Root(self.root.clone()), None, 0);
        index.push_children(&self.root.children, root, 1);
        index
    }
}

impl TreeIndex {
    fn push(&mut self, node: Node, parent: Option<usize>, level: usize) -> usize {
        let position = self.entries.len();
        self.by_id.entry(node.as_ref().id()).or_insert(position);
        self.entries.push(Entry {
            node,
            parent,
            level,
        });
        position
    }

    fn push_children(&mut self, children: &[Child], parent: usize, level: usize) {
        for child in children {
            match child {
                Child::Ou(ou) => {
                    let position = self.push(Node::Ou(ou.clone()), Some(parent), level);
                    self.push_children(&ou.children, position, level + 1);
                }
                Child::Account(account) => {
                    self.push(Node::Account(account.clone()), Some(parent), level);
                }
            }
        }
    }

    fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.get(*self.by_id.get(id)?)
    }

    fn upwards<'a>(&'a self, from: Option<&'a Entry>) -> impl Iterator<Item = &'a Entry> {
        std::iter::successors(from, |entry| self.entries.get(entry.parent?))
    }

    /// The node with this id (an account's id counts as a node's).
    #[must_use]
    pub fn node(&self, id: &str) -> Option<NodeRef<'_>> {
        self.entry(id).map(|entry| entry.node.as_ref())
    }

    /// The account with this id.
    #[must_use]
    pub fn account(&self, id: &str) -> Option<&Rc<Account>> {
        match &self.entry(id)?.node {
            Node::Account(account) => Some(account),
            _ => None,
        }
    }

    /// The parent of a node; `None` for the root and for ids that are not in the tree.
    #[must_use]
    pub fn parent(&self, id: &str) -> Option<NodeRef<'_>> {
        let parent = self.entry(id)?.parent?;
        self.entries.get(parent).map(|entry| entry.node.as_ref())
    }

    /// The levels from the root down to the node itself.
    #[must_use]
    pub fn path(&self, id: &str) -> Option<Vec<NodeRef<'_>>> {
        let entry = self.entry(id)?;
        let mut path: Vec<_> = self
            .upwards(Some(entry))
            .map(|entry| entry.node.as_ref())
            .collect();
        path.reverse();
        Some(path)
    }

    /// How far below the root a node is: 0 for the root itself.
    #[must_use]
    pub fn level(&self, id: &str) -> Option<usize> {
        self.entry(id).map(|entry| entry.level)
    }

    /// The entity path `o-…/r-…/ou-…/` (ORG-9): down to the OU itself, or to the parent of an
    /// account.
    #[must_use]
    pub fn entity_path(&self, id: &str) -> Option<String> {
        let entry = self.entry(id)?;
        let mut parts: Vec<NodeId> = self
            .upwards(Some(entry))
            .map(|entry| entry.node.as_ref())
            .filter(|node| !matches!(node, NodeRef::Account(_)))
            .map(NodeRef::id)
            .collect();
        parts.reverse();
        let mut path = format!("{}/", self.organization);
        for part in parts {
            path.push_str(part.as_str());
            path.push('/');
        }
        Some(path)
    }

    /// All nodes in document order, each parent before its children.
    pub fn nodes(&self) -> impl Iterator<Item = NodeRef<'_>> {
        self.entries.iter().map(|entry| entry.node.as_ref())
    }

    /// All accounts in document order.
    pub fn accounts(&self) -> impl Iterator<Item = &Rc<Account>> {
        self.entries.iter().filter_map(|entry| match &entry.node {
            Node::Account(account) => Some(account),
            _ => None,
        })
    }
}
