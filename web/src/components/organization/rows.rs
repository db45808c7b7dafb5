//! A node as its row shows it: what it holds, and its part in the verdict of the selected request.

use std::collections::{HashMap, HashSet};
use texts::Text;

use evaluator::{Outcome, PolicyType};
use organization::{
    AccountId, Attachments, CallerKind, Child, NodeId, NodeRef, Organization, PolicyId,
    RCP_FULL_AWS_ACCESS, Request, Scenario, SwitchedOff, TreeIndex,
};
use playground::LevelView;
use policy::Kind;

use super::outline::Line;
use crate::state::Model;

/// A node as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// The node.
    pub(super) node: NodeId,
    /// What it is.
    pub(super) sort: Sort,
    /// Its name.
    pub(super) name: String,
    /// Its place in the tree.
    pub(super) line: Line,
    /// Accounts below it.
    pub(super) accounts: usize,
    /// SCPs and RCPs attached directly, the RCP that is attached everywhere among them.
    pub(super) chips: Vec<Chip>,
    /// Whether no SCP is attached although SCPs are enabled: nothing is allowed then.
    pub(super) lacks_scp: bool,
    /// Its part in the verdict of the selected request.
    pub(super) part: Option<Part>,
    /// Whether the selected request has nothing to do with it.
    pub(super) aside: bool,
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
pub(super) const EXEMPT: Text = texts::ORGANIZATION_ROWS_EXEMPT_FROM_SCPS;
/// The same while there are RCPs.
pub(super) const EXEMPT_FROM_BOTH: Text = texts::ORGANIZATION_ROWS_EXEMPT_SCPS_RCPS;

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
pub(super) enum Part {
    /// What its policies say together.
    Says(Outcome),
    /// The request stops here.
    Stops(Outcome),
    /// The request stops below it, where it is closed.
    StopsBelow(Outcome),
    /// The account of the caller, which no SCP affects.
    Exempt,
}

impl Part {
    /// The part in a word or two.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Exempt => texts::organization_rows_exempt(),
            Self::StopsBelow(Outcome::ExplicitDeny) => texts::organization_rows_denies_below(),
            Self::StopsBelow(_) => texts::organization_rows_stops_below(),
            Self::Says(outcome) | Self::Stops(outcome) => match outcome {
                Outcome::Allow => texts::organization_rows_allows(),
                Outcome::ExplicitDeny => texts::organization_rows_denies(),
                Outcome::ImplicitDeny => texts::organization_rows_no_allow(),
                Outcome::Unknown => texts::expected_depends(),
                Outcome::NotAsked => texts::common_not_asked(),
                Outcome::Error => texts::expected_error(),
            },
        }
    }

    /// The part in a sentence.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Exempt => texts::organization_rows_exempt_scps_do(),
            Self::StopsBelow(_) => texts::organization_rows_blocks_below_open(),
            Self::Says(outcome) | Self::Stops(outcome) => match outcome {
                Outcome::Allow => texts::organization_rows_lets_the_request_through(),
                Outcome::ExplicitDeny => texts::organization_rows_blocks_explicit_deny(),
                Outcome::ImplicitDeny => texts::organization_rows_blocks_implicit_deny(),
                Outcome::Unknown => texts::organization_rows_depends_on_something_unknown(),
                Outcome::NotAsked => texts::organization_rows_is_not_asked(),
                Outcome::Error => texts::organization_rows_cannot_be_evaluated(),
            },
        }
    }

    /// What is drawn for it.
    pub(super) fn outcome(self) -> Outcome {
        match self {
            Self::Says(outcome) | Self::Stops(outcome) | Self::StopsBelow(outcome) => outcome,
            Self::Exempt => Outcome::NotAsked,
        }
    }

    /// What is said where the request stops.
    pub(super) fn stops(self) -> Option<Outcome> {
        match self {
            Self::Stops(outcome) => Some(outcome),
            _ => None,
        }
    }
}

impl Sort {
    /// Whether it can have children.
    pub(super) fn is_parent(self) -> bool {
        matches!(self, Self::Root | Self::Ou)
    }
}

/// What the selected request asks of the tree.
#[derive(Debug, Default)]
pub(super) struct Way {
    /// The levels of SCPs and RCPs, by node: the one that blocks stands first.
    levels: HashMap<NodeId, Vec<LevelView>>,
    /// The nodes from the root to the account of the caller and to that of the resource.
    nodes: HashSet<NodeId>,
    /// The nodes above one where the request stops, and what it says.
    above: HashMap<NodeId, Outcome>,
}

impl Way {
    /// Reads the reasons of the selected request.
    pub(super) fn new(model: &Model, index: &TreeIndex) -> Self {
        let mut way = Self::default();
        let Some(shown) = model.shown() else {
            return way;
        };
        let stages = shown.trace.resources.iter();
        let stages = stages
            .flat_map(|resource| &resource.stages)
            .filter(|stage| matches!(stage.policy_type, PolicyType::Scp | PolicyType::Rcp));
        for level in stages.flat_map(|stage| &stage.levels) {
            let here = way.levels.entry(level.node.clone()).or_default();
            let at = if level.stops { 0 } else { here.len() };
            here.insert(at, level.clone());
            way.nodes.insert(level.node.clone());
            let path = index.path(level.node.as_str()).unwrap_or_default();
            for above in path.iter().rev().skip(1).filter(|_| level.stops) {
                way.above.entry(above.id()).or_insert(level.outcome);
            }
        }
        let caller = model
            .selected_request()
            .and_then(|request| caller_account(&model.scenario, request));
        let account = shown.account.or(caller);
        let path = account.and_then(|account| index.path(account.as_str()));
        way.nodes
            .extend(path.into_iter().flatten().map(NodeRef::id));
        way
    }

    /// The level at which the request stops.
    pub(super) fn stop(&self) -> Option<&NodeId> {
        let mut levels = self.levels.iter();
        let (node, _) = levels.find(|(_, here)| here.iter().any(|level| level.stops))?;
        Some(node)
    }

    fn part(&self, node: &NodeId, sort: Sort, closed: bool) -> Option<Part> {
        let here = self.levels.get(node).and_then(|levels| levels.first());
        if let Some(level) = here.filter(|level| level.stops) {
            return Some(Part::Stops(level.outcome));
        }
        if let Some(outcome) = self.above.get(node).filter(|_| closed) {
            return Some(Part::StopsBelow(*outcome));
        }
        if let Some(level) = here {
            return Some(Part::Says(level.outcome));
        }
        self.nodes.contains(node).then_some(match sort {
            Sort::Management => Part::Exempt,
            _ => Part::Says(Outcome::NotAsked),
        })
    }
}

/// The account that a request comes from.
fn caller_account(scenario: &Scenario, request: &Request) -> Option<AccountId> {
    match &request.caller.kind {
        CallerKind::Root { account } | CallerKind::AssumedRoot { account, .. } => {
            Some(account.clone())
        }
        _ => {
            let id = request.caller.principal()?;
            scenario.principal(id.as_str())?.account().cloned()
        }
    }
}

/// What rows are made from.
pub(super) struct Rows<'a> {
    /// The scenario.
    pub(super) scenario: &'a Scenario,
    /// Its organization.
    pub(super) organization: &'a Organization,
    /// The way of the selected request.
    pub(super) way: &'a Way,
}

/// The row of one node, visible or not, without a part in a verdict.
pub(super) fn row(
    scenario: &Scenario,
    organization: &Organization,
    index: &TreeIndex,
    node: &NodeId,
) -> Option<Row> {
    let found = index.node(node.as_str())?;
    let rows = Rows {
        scenario,
        organization,
        way: &Way::default(),
    };
    let line = Line {
        node: node.clone(),
        level: index.level(node.as_str())? + 1,
        position: 1,
        siblings: 1,
        opened: None,
        context: false,
    };
    Some(rows.row(found, &line))
}

impl Rows<'_> {
    /// The row of a node.
    pub(super) fn row(&self, node: NodeRef<'_>, line: &Line) -> Row {
        let id = line.node.clone();
        let chips = self.chips(&id, node.attachments());
        let lacks_scp = self.organization.scps_enabled()
            && !chips.iter().any(|chip| chip.kind == Some(Kind::Scp));
        let sort = self.sort(node);
        Row {
            sort,
            name: node.name().to_owned(),
            line: line.clone(),
            accounts: match line.opened {
                Some(true) => 0,
                _ => accounts(node.children()),
            },
            part: self.way.part(&id, sort, line.opened == Some(false)),
            aside: !self.way.nodes.is_empty() && !self.way.nodes.contains(&id),
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
        let levels = self.way.levels.get(node);
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
pub(super) fn ancestors(index: &TreeIndex, node: &NodeId) -> Vec<NodeId> {
    let path = index.path(node.as_str()).unwrap_or_default();
    let mut path: Vec<NodeId> = path.into_iter().map(NodeRef::id).collect();
    path.pop();
    path
}

/// The id of an account node as an account's.
pub(super) fn account_of(row: &Row) -> Option<AccountId> {
    matches!(row.sort, Sort::Member | Sort::Management).then(|| AccountId::new(row.node.as_str()))
}
