//! What of the trace is open, and where a part that was asked for stands in it.

use evaluator::PolicyType;
use organization::{NodeId, PolicyId};
use playground::{ResourceView, StatementView, TraceView};

use crate::state::TracePlace;

/// A statement of a trace: its policy, its position there, and the node that it is attached to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StatementKey {
    policy: PolicyId,
    index: usize,
    node: Option<NodeId>,
}

impl StatementKey {
    pub(super) fn of(statement: &StatementView) -> Self {
        Self {
            policy: statement.policy.clone(),
            index: statement.index,
            node: statement.node.as_ref().map(|(id, _)| id.clone()),
        }
    }
}

/// What of the strip is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Opened {
    /// The resource, by position.
    pub(super) resource: usize,
    /// The policy type.
    pub(super) policy_type: PolicyType,
    /// The level that was asked for.
    pub(super) node: Option<NodeId>,
    /// The statement that was asked for.
    pub(super) statement: Option<StatementKey>,
}

impl Opened {
    /// A policy type, or one level of it.
    pub(super) fn part(resource: usize, policy_type: PolicyType, node: Option<NodeId>) -> Self {
        Self {
            resource,
            policy_type,
            node,
            statement: None,
        }
    }

    /// Whether it is open for one part of the strip.
    pub(super) fn is(&self, resource: usize, policy_type: PolicyType) -> bool {
        self.resource == resource && self.policy_type == policy_type
    }
}

/// Where a place that was asked for stands.
pub(super) enum Found {
    /// Among the statements that decide, which are all drawn.
    Deciding(StatementKey),
    /// Behind a part of the strip.
    Behind(Opened),
}

/// Finds a place; none if the trace says nothing of it.
pub(super) fn find(trace: &TraceView, place: &TracePlace) -> Option<Found> {
    match place {
        TracePlace::Level(node) => level(trace, node),
        TracePlace::Statement { policy, at } => {
            let is_it = |it: &&StatementView| {
                it.policy == *policy && (it.span.start()..it.span.end()).contains(at)
            };
            let mut resources = trace.resources.iter().enumerate();
            resources.find_map(|(position, resource)| {
                if let Some(statement) = resource.deciding.iter().find(is_it) {
                    return Some(Found::Deciding(StatementKey::of(statement)));
                }
                let statement = resource.others.iter().find(is_it)?;
                Some(Found::Behind(Opened {
                    resource: position,
                    policy_type: statement.policy_type,
                    node: statement.node.as_ref().map(|(id, _)| id.clone()),
                    statement: Some(StatementKey::of(statement)),
                }))
            })
        }
    }
}

fn level(trace: &TraceView, node: &NodeId) -> Option<Found> {
    let having = |stops: bool| {
        let mut resources = trace.resources.iter().enumerate();
        resources.find_map(|(position, resource)| {
            let policy_type = with_level(resource, node, stops)?;
            let opened = Opened::part(position, policy_type, Some(node.clone()));
            Some(Found::Behind(opened))
        })
    };
    having(true).or_else(|| having(false))
}

fn with_level(resource: &ResourceView, node: &NodeId, stops: bool) -> Option<PolicyType> {
    let mut stages = resource.stages.iter();
    let stage = stages.find(|stage| {
        let mut levels = stage.levels.iter();
        levels.any(|level| level.node == *node && (level.stops || !stops))
    });
    stage.map(|stage| stage.policy_type)
}

#[cfg(test)]
mod tests {
    use super::*;
    use playground::{Engine, Focus};

    fn denied() -> TraceView {
        let file = include_str!("../../../../crates/playground/examples/region-guardrail.json");
        let scenario = organization::file::read(file).unwrap().scenario;
        let focus = Focus {
            request: "shop-virginia".into(),
            account: None,
        };
        let analysis = Engine::new().analyze(&scenario, Some(&focus));
        analysis.trace.as_deref().unwrap().clone()
    }

    fn level_of(found: Option<Found>) -> Option<String> {
        match found {
            Some(Found::Behind(opened)) => opened.node.map(|node| node.to_string()),
            _ => None,
        }
    }

    #[test]
    fn a_node_leads_to_its_level() {
        let trace = denied();
        let node: NodeId = "222222222222".into();
        let found = find(&trace, &TracePlace::Level(node.clone()));
        assert_eq!(level_of(found), Some(node.to_string()));
        let elsewhere = TracePlace::Level("444444444444".into());
        assert!(find(&trace, &elsewhere).is_none());
    }

    #[test]
    fn a_statement_that_decides_is_found_among_the_cards_and_others_behind_their_level() {
        let trace = denied();
        let deny = trace.resources[0].deciding[0].clone();
        let at = |policy: &PolicyId, at: usize| TracePlace::Statement {
            policy: policy.clone(),
            at,
        };
        let found = find(&trace, &at(&deny.policy, deny.span.start() + 3));
        assert!(matches!(found, Some(Found::Deciding(key)) if key == StatementKey::of(&deny)));
        let other = trace.resources[0].others[0].clone();
        let found = find(&trace, &at(&other.policy, other.span.start()));
        let node = other.node.as_ref().map(|(id, _)| id.to_string());
        assert_eq!(level_of(found), node);
        assert!(find(&trace, &at(&deny.policy, 0)).is_none());
    }
}
