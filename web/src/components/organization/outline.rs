//! Which nodes of the tree are to be seen, in order: those that are not below a closed one and,
//! while one looks for something, those that are found and what is above them.

use std::collections::HashMap;
use std::rc::Rc;

use organization::{Child, NodeId, NodeRef, Organization, Scenario};
use yew::Reducible;

/// The nodes that a person has opened (true) or closed (false).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Opened(HashMap<NodeId, bool>);

/// What a person does with them.
pub(super) enum Fold {
    /// Opens or closes some.
    Set(Vec<NodeId>, bool),
    /// Forgets all of it.
    Reset,
}

impl Reducible for Opened {
    type Action = Fold;

    fn reduce(self: Rc<Self>, fold: Fold) -> Rc<Self> {
        match fold {
            Fold::Set(nodes, open) => {
                let mut next = Self::clone(&self);
                next.0.extend(nodes.into_iter().map(|node| (node, open)));
                Rc::new(next)
            }
            Fold::Reset => Rc::default(),
        }
    }
}

/// Trees with more nodes than this begin with their lower levels closed.
const LARGE: usize = 150;
/// The lowest level that is open in a large tree.
const OPEN_LEVEL: usize = 1;

/// A node that is to be seen, and its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// The node.
    pub(super) node: NodeId,
    /// Depth, the root being 1.
    pub(super) level: usize,
    /// Position among its siblings, from 1.
    pub(super) position: usize,
    /// How many siblings there are, itself counted.
    pub(super) siblings: usize,
    /// Whether its children are shown; none if it can't have any or has none.
    pub(super) opened: Option<bool>,
    /// Whether it is only here because something below it was found.
    pub(super) context: bool,
}

/// The nodes that are to be seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Outline {
    /// In the order of the tree.
    pub(super) lines: Vec<Line>,
    /// How many nodes were found, whether they are seen or below a closed one.
    pub(super) found: usize,
    /// How many nodes there are.
    pub(super) nodes: usize,
    at: HashMap<NodeId, usize>,
}

impl Outline {
    /// Lays out the tree. An empty `query` finds everything.
    pub(super) fn new(
        scenario: &Scenario,
        organization: &Organization,
        opened: &Opened,
        query: &str,
    ) -> Self {
        let mut nodes = 0;
        organization.each_node(&mut |_| nodes += 1);
        let mut layout = Layout {
            scenario,
            organization,
            opened,
            query: query.trim().to_lowercase(),
            large: nodes > LARGE,
            lines: Vec::new(),
        };
        let found = layout.add(NodeRef::Root(&organization.root), 1, 1, 1);
        let lines = layout.lines;
        let at = lines.iter().enumerate();
        let at = at.map(|(at, line)| (line.node.clone(), at)).collect();
        Self {
            lines,
            found,
            nodes,
            at,
        }
    }

    /// Where a node is among the lines.
    pub(super) fn position(&self, node: &NodeId) -> Option<usize> {
        self.at.get(node).copied()
    }

    /// The line of a node.
    pub(super) fn line(&self, node: &NodeId) -> Option<&Line> {
        self.lines.get(self.position(node)?)
    }

    /// The nodes from one line to another, in the order of the tree.
    pub(super) fn range(&self, one: usize, other: usize) -> Vec<NodeId> {
        let lines = self.lines.get(one.min(other)..=one.max(other));
        let lines = lines.unwrap_or_default().iter();
        lines.map(|line| line.node.clone()).collect()
    }
}

struct Layout<'a> {
    scenario: &'a Scenario,
    organization: &'a Organization,
    opened: &'a Opened,
    query: String,
    large: bool,
    lines: Vec<Line>,
}

impl Layout<'_> {
    /// Adds a node and what is below it, and tells how many were found there.
    fn add(&mut self, node: NodeRef<'_>, level: usize, position: usize, siblings: usize) -> usize {
        let (id, children) = (node.id(), node.children());
        let looking = !self.query.is_empty();
        let hit = !looking || self.finds(node, &id);
        let opened = (!children.is_empty()).then(|| {
            let unless_said = looking || !self.large || level <= OPEN_LEVEL;
            self.opened.0.get(&id).copied().unwrap_or(unless_said)
        });
        let start = self.lines.len();
        self.lines.push(Line {
            node: id,
            level,
            position,
            siblings,
            opened,
            context: !hit,
        });
        let mut found = usize::from(hit);
        if opened == Some(true) || looking {
            for (at, child) in children.iter().enumerate() {
                let child = match child {
                    Child::Ou(ou) => NodeRef::Ou(ou),
                    Child::Account(account) => NodeRef::Account(account),
                };
                found += self.add(child, level + 1, at + 1, children.len());
            }
        }
        if found == 0 {
            self.lines.truncate(start);
        } else if opened == Some(false) {
            self.lines.truncate(start + 1);
        } else if looking
            && self.lines.len() == start + 1
            && let Some(line) = self.lines.last_mut()
        {
            // Nothing below it was found.
            line.opened = None;
        }
        found
    }

    /// By its name, its id, or the name of a policy that is attached to it.
    fn finds(&self, node: NodeRef<'_>, id: &NodeId) -> bool {
        let contains = |text: &str| contains(text, &self.query);
        contains(node.name())
            || contains(id.as_str())
            || self
                .organization
                .effective_attachments(node.attachments())
                .iter()
                .any(|policy| match self.scenario.policy(policy.as_str()) {
                    Some(policy) => contains(policy.name()),
                    None => contains(policy.as_str()),
                })
    }
}

/// Whether a text contains another, which is in lower case.
fn contains(text: &str, lower: &str) -> bool {
    if !text.is_ascii() {
        return text.to_lowercase().contains(lower);
    }
    let (text, lower) = (text.as_bytes(), lower.as_bytes());
    text.windows(lower.len().max(1))
        .any(|part| part.eq_ignore_ascii_case(lower))
        || lower.is_empty()
}

#[cfg(test)]
mod tests {
    use organization::Edit;

    use super::*;

    #[test]
    fn texts_are_found_without_regard_to_case() {
        assert!(contains("Log archive", "arch"));
        assert!(contains("LOG", "log"));
        assert!(contains("Größe", "größe"));
        assert!(!contains("Lo", "log"));
        assert!(contains("", ""));
    }

    #[test]
    fn what_is_found_keeps_what_is_above_it() {
        let start = Edit::CreateOrganization {
            management_account: "Management".to_owned(),
        };
        let mut scenario = Scenario::empty().apply(start).unwrap().scenario;
        let mut parent = scenario.organization.as_ref().unwrap().root.id.clone();
        for name in ["Workloads", "Prod"] {
            let name = name.to_owned();
            let edited = scenario.apply(Edit::AddOu { parent, name }).unwrap();
            scenario = edited.scenario;
            parent = match edited.created {
                Some(organization::Created::Node(node)) => node,
                other => panic!("{other:?}"),
            };
        }
        let organization = scenario.organization.clone().unwrap();
        let shown = |opened: &Opened, query: &str| {
            let outline = Outline::new(&scenario, &organization, opened, query);
            let index = organization.index();
            let names: Vec<String> = outline
                .lines
                .iter()
                .map(|line| {
                    let name = index.node(line.node.as_str()).unwrap().name().to_owned();
                    if line.context {
                        format!("({name})")
                    } else {
                        name
                    }
                })
                .collect();
            (names.join(" "), outline.found)
        };
        let none = Opened::default();
        assert_eq!(
            shown(&none, ""),
            ("Root Management Workloads Prod".into(), 4)
        );
        assert_eq!(shown(&none, " PROD"), ("(Root) (Workloads) Prod".into(), 1));
        assert_eq!(shown(&none, "nowhere"), (String::new(), 0));
        assert_eq!(shown(&none, "fullaws").1, 4);
        let root = organization.root.id.clone();
        let closed = Rc::new(none).reduce(Fold::Set(vec![root], false));
        assert_eq!(shown(&closed, "prod"), ("(Root)".into(), 1));
    }
}
