//! The tree as rows to draw: what each node holds, and its part in the verdict of the selected
//! request.

use std::collections::HashMap;
use std::rc::Rc;

use evaluator::{Outcome, PolicyType};
use organization::{
    AccountId, Attachments, Child, NodeId, NodeRef, Organization, PolicyId, RCP_FULL_AWS_ACCESS,
    Scenario, SwitchedOff, TreeIndex,
};
use playground::{LevelView, TraceView};
use policy::Kind;

/// A visible node of the tree.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// The node.
    pub(super) node: NodeId,
    /// What it is.
    pub(super) sort: Sort,
    /// Its name.
    pub(super) name: String,
    /// Depth, the root being 1.
    pub(super) level: usize,
    /// Position among its siblings, from 1.
    pub(super) position: usize,
    /// How many siblings there are, itself counted.
    pub(super) siblings: usize,
    /// Whether its children are shown; none if it can't have any or has none.
    pub(super) opened: Option<bool>,
    /// Accounts below it.
    pub(super) accounts: usize,
    /// SCPs and RCPs attached directly, the RCP that is attached everywhere among them.
    pub(super) chips: Vec<Chip>,
    /// Whether no SCP is attached although SCPs are enabled: nothing is allowed then.
    pub(super) lacks_scp: bool,
    /// Its part in the verdict of the selected request.
    pub(super) part: Option<Part>,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// The root.
    Root,
    /// An OU.
    Ou,
    /// An account that SCPs affect.
    Member,
    /// The management account.
    Management,
}

/// Said of the management account.
pub(super) const EXEMPT: &str = "exempt from SCPs";
/// The same while there are RCPs.
pub(super) const EXEMPT_FROM_BOTH: &str = "exempt from SCPs and RCPs";

/// An attached policy.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chip {
    /// The policy.
    pub(super) policy: PolicyId,
    /// Its name.
    pub(super) name: String,
    /// Its kind.
    pub(super) kind: Option<Kind>,
    /// Whether nobody can detach it (ORG-17).
    pub(super) fixed: bool,
    /// Whether the attachment is switched off.
    pub(super) off: bool,
    /// What it says, if that decides the selected request.
    pub(super) decides: Option<Outcome>,
}

/// The part of a node in a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// What its policies say together.
    pub(super) outcome: Outcome,
    /// Whether the request stops here.
    pub(super) stops: bool,
}

impl Part {
    /// The part in words.
    pub(super) fn words(self) -> &'static str {
        match (self.outcome, self.stops) {
            (Outcome::Allow, _) => "lets the request through",
            (Outcome::ExplicitDeny, _) => "blocks: explicit deny",
            (Outcome::ImplicitDeny, _) => "blocks: implicit deny, nothing allows it here",
            (Outcome::Unknown, _) => "depends on something unknown",
            (Outcome::NotAsked, _) => "is not asked",
            (Outcome::Error, _) => "cannot be evaluated",
        }
    }
}

impl Sort {
    /// Whether it can have children.
    pub(super) fn is_parent(self) -> bool {
        matches!(self, Self::Root | Self::Ou)
    }
}

/// Trees with more nodes than this begin with their lower levels closed.
const LARGE: usize = 150;
/// The lowest level that is open in a large tree.
const OPEN_LEVEL: usize = 1;

/// The nodes that a person has opened (true) or closed (false).
pub(super) type Opened = HashMap<NodeId, bool>;

/// The rows of the visible nodes.
pub(super) fn rows(
    scenario: &Scenario,
    organization: &Organization,
    trace: Option<&TraceView>,
    opened: &Opened,
) -> Vec<Rc<Row>> {
    let mut nodes = 0;
    organization.each_node(&mut |_| nodes += 1);
    let mut rows = Rows {
        scenario,
        organization,
        levels: levels(trace),
        opened,
        large: nodes > LARGE,
        made: Vec::new(),
    };
    rows.add(NodeRef::Root(&organization.root), 1, 1, 1);
    rows.made
}

/// The row of one node, visible or not, without a part in a verdict.
pub(super) fn row(
    scenario: &Scenario,
    organization: &Organization,
    index: &TreeIndex,
    node: &NodeId,
) -> Option<Row> {
    let rows = Rows {
        scenario,
        organization,
        levels: HashMap::new(),
        opened: &Opened::new(),
        large: false,
        made: Vec::new(),
    };
    let level = index.level(node.as_str())? + 1;
    Some(rows.row(index.node(node.as_str())?, level, 1, 1))
}

/// The levels of the SCPs and RCPs in a trace, by node: the one that blocks stands first.
fn levels(trace: Option<&TraceView>) -> HashMap<NodeId, Vec<LevelView>> {
    let mut levels: HashMap<NodeId, Vec<LevelView>> = HashMap::new();
    let stages = trace
        .into_iter()
        .flat_map(|trace| &trace.resources)
        .flat_map(|resource| &resource.stages)
        .filter(|stage| matches!(stage.policy_type, PolicyType::Scp | PolicyType::Rcp));
    for level in stages.flat_map(|stage| &stage.levels) {
        let here = levels.entry(level.node.clone()).or_default();
        let at = if level.stops { 0 } else { here.len() };
        here.insert(at, level.clone());
    }
    levels
}

struct Rows<'a> {
    scenario: &'a Scenario,
    organization: &'a Organization,
    levels: HashMap<NodeId, Vec<LevelView>>,
    opened: &'a Opened,
    large: bool,
    made: Vec<Rc<Row>>,
}

impl Rows<'_> {
    fn add(&mut self, node: NodeRef<'_>, level: usize, position: usize, siblings: usize) {
        let children = node.children();
        let row = self.row(node, level, position, siblings);
        let opened = row.opened == Some(true);
        self.made.push(Rc::new(row));
        if !opened {
            return;
        }
        for (at, child) in children.iter().enumerate() {
            let child = match child {
                Child::Ou(ou) => NodeRef::Ou(ou),
                Child::Account(account) => NodeRef::Account(account),
            };
            self.add(child, level + 1, at + 1, children.len());
        }
    }

    fn row(&self, node: NodeRef<'_>, level: usize, position: usize, siblings: usize) -> Row {
        let id = node.id();
        let children = node.children();
        let opened = (!children.is_empty()).then(|| {
            let unless_said = !self.large || level <= OPEN_LEVEL;
            self.opened.get(&id).copied().unwrap_or(unless_said)
        });
        let chips = self.chips(&id, node.attachments());
        let lacks_scp = self.organization.scps_enabled()
            && !chips.iter().any(|chip| chip.kind == Some(Kind::Scp));
        Row {
            sort: self.sort(node),
            name: node.name().to_owned(),
            level,
            position,
            siblings,
            opened,
            accounts: accounts(children),
            part: self
                .levels
                .get(&id)
                .and_then(|here| here.first())
                .map(|level| Part {
                    outcome: level.outcome,
                    stops: level.stops,
                }),
            node: id,
            chips,
            lacks_scp,
        }
    }

    fn sort(&self, node: NodeRef<'_>) -> Sort {
        match node {
            NodeRef::Root(_) => Sort::Root,
            NodeRef::Ou(_) => Sort::Ou,
            NodeRef::Account(account) => {
                if self.organization.management_account.as_ref() == Some(&account.id) {
                    Sort::Management
                } else {
                    Sort::Member
                }
            }
        }
    }

    fn chips(&self, node: &NodeId, attachments: &Attachments) -> Vec<Chip> {
        let levels = self.levels.get(node);
        let mut attached = self.organization.effective_attachments(attachments);
        let everywhere = PolicyId::from(RCP_FULL_AWS_ACCESS);
        let rcps = self.organization.rcps_enabled();
        if rcps && !attached.contains(&everywhere) {
            attached.push(everywhere);
        }
        attached
            .into_iter()
            .map(|id| {
                let policy = self.scenario.policy(id.as_str());
                Chip {
                    name: policy.map_or_else(|| id.to_string(), |policy| policy.name().to_owned()),
                    kind: policy.and_then(|policy| policy.kind()),
                    off: is_off(self.scenario, node, &id),
                    decides: levels
                        .into_iter()
                        .flatten()
                        .find_map(|level| deciding(level, &id)),
                    fixed: rcps && id.as_str() == RCP_FULL_AWS_ACCESS,
                    policy: id,
                }
            })
            .collect()
    }
}

/// What a policy says if that decides at a level where the request stops.
fn deciding(level: &LevelView, policy: &PolicyId) -> Option<Outcome> {
    let (_, outcome) = level.policies.iter().find(|(id, _)| id == policy)?;
    let decides = level.stops && *outcome == level.outcome && *outcome != Outcome::ImplicitDeny;
    decides.then_some(*outcome)
}

/// Whether an attachment is switched off.
pub(super) fn is_off(scenario: &Scenario, node: &NodeId, policy: &PolicyId) -> bool {
    scenario.settings.off.iter().any(|off| match off {
        SwitchedOff::Attachment {
            policy: off_policy,
            node: off_node,
        } => off_policy == policy && off_node == node,
        _ => false,
    })
}

fn accounts(children: &[Child]) -> usize {
    children
        .iter()
        .map(|child| match child {
            Child::Account(_) => 1,
            Child::Ou(ou) => accounts(&ou.children),
        })
        .sum()
}

/// The nodes above one, from the root on.
pub(super) fn ancestors(organization: &Organization, node: &NodeId) -> Vec<NodeId> {
    let mut path: Vec<NodeId> = organization
        .index()
        .path(node.as_str())
        .unwrap_or_default()
        .into_iter()
        .map(NodeRef::id)
        .collect();
    path.pop();
    path
}

/// The id of an account node as an account's.
pub(super) fn account_of(row: &Row) -> Option<AccountId> {
    matches!(row.sort, Sort::Member | Sort::Management).then(|| AccountId::new(row.node.as_str()))
}
