//! The account at another place, a policy less, a limit less.

use evaluator::{Outcome, PolicyType};
use organization::{CallerKind, Edit, NodeRef, PolicyId, PolicyUse, Principal};
use policy::{Effect, Kind};
use texts::rich;

use super::{Group, Maker};
use crate::words::{strong, text};
/// How many OUs are tried as a new place of the account.
const MOST_PLACES: usize = 12;
/// How many SCPs of the scenario are tried where they are not attached.
const MOST_POLICIES: usize = 8;

impl Maker<'_> {
    /// The account under another parent, where the levels of the tree decide.
    pub(super) fn moves(&mut self) {
        let by_levels = self.stops().any(|stage| !stage.levels.is_empty());
        let Some(home) = self.home() else { return };
        let Some(organization) = &self.scenario.organization else {
            return;
        };
        let is_management = organization.management_account.as_ref() == Some(&home);
        if is_management || !(by_levels || self.allowed) {
            return;
        }
        let Some(tree) = self.tree.take() else { return };
        let parent = tree.parent(home.as_str()).map(NodeRef::id);
        let places = tree
            .nodes()
            .filter(|node| !matches!(node, NodeRef::Account(_)) && Some(node.id()) != parent);
        let places: Vec<_> = places.take(MOST_PLACES).map(NodeRef::id).collect();
        let name = tree.account(home.as_str()).map(|it| it.name.clone());
        self.tree = Some(tree);
        for place in places {
            let account = [strong(name.clone().unwrap_or_default())];
            let words = rich::way_move(account, self.node_name(place.as_str()));
            self.make(
                Group::Place,
                words,
                vec![Edit::MoveNode {
                    node: home.node(),
                    parent: place,
                    position: None,
                }],
            );
        }
        if self.allowed
            && let Some(parent) = parent
        {
            self.attachments(&parent);
        }
    }

    /// The SCPs of the scenario at the node above the account, for a request that is allowed.
    fn attachments(&mut self, node: &organization::NodeId) {
        let scenario = self.scenario;
        let scps = scenario
            .policies
            .iter()
            .filter(|policy| policy.kind.known() == Some(Kind::Scp));
        for policy in scps.take(MOST_POLICIES) {
            let name = [strong(policy.name.clone())];
            let words = rich::way_attach_scp(name, self.node_name(node.as_str()));
            self.make(
                Group::Guardrail,
                words,
                vec![Edit::Attach {
                    node: node.clone(),
                    policy: policy.id.clone(),
                    position: None,
                }],
            );
        }
    }

    /// The policies that deny explicitly, or that alone allow, taken away one at a time.
    pub(super) fn detachments(&mut self) {
        let effect = if self.allowed {
            Effect::Allow
        } else {
            Effect::Deny
        };
        for statement in self.deciding().filter(|it| it.effect == effect) {
            let policy = &statement.policy;
            match (&statement.node, statement.policy_type) {
                (Some((node, _)), policy_type) => {
                    let name = [self.policy_name(policy)];
                    let at = self.node_name(node.as_str());
                    let words = match policy_type {
                        PolicyType::Rcp => rich::way_detach_rcp(name, at),
                        _ => rich::way_detach_scp(name, at),
                    };
                    self.make(
                        Group::Guardrail,
                        words,
                        vec![Edit::Detach {
                            node: node.clone(),
                            policy: policy.clone(),
                        }],
                    );
                }
                (None, PolicyType::Identity) => self.detach_identity(policy),
                _ => {}
            }
        }
    }

    /// An identity policy less, of the caller or one of its groups.
    fn detach_identity(&mut self, policy: &PolicyId) {
        let Some(id) = self.request.caller.principal() else {
            return;
        };
        let Some(entry) = self.scenario.principal(id.as_str()) else {
            return;
        };
        let mut holders = vec![id.clone()];
        if let Principal::User(user) = &**entry {
            holders.extend(user.groups.iter().cloned());
        }
        for holder in holders {
            let holds = self
                .scenario
                .principal(holder.as_str())
                .is_some_and(|it| it.policies().contains(policy));
            if holds {
                let name = [self.policy_name(policy)];
                let words = rich::way_detach_identity(name, self.principal_name(&holder));
                self.make(
                    Group::Guardrail,
                    words,
                    vec![Edit::DetachIdentity {
                        principal: holder,
                        policy: policy.clone(),
                    }],
                );
            }
        }
    }

    /// Without a boundary, without session policies, not through the endpoint.
    pub(super) fn limits(&mut self) {
        if self.allowed {
            return;
        }
        let denies: Vec<PolicyType> = self
            .stops()
            .filter(|stage| stage.outcome != Outcome::Allow)
            .map(|stage| stage.policy_type)
            .collect();
        if denies.contains(&PolicyType::Boundary) {
            self.no_boundary();
        }
        if denies.contains(&PolicyType::Session) {
            let mut changed = self.request.clone();
            match &mut changed.caller.kind {
                CallerKind::Role {
                    session_policies, ..
                } => session_policies.clear(),
                _ => return,
            }
            self.ask(
                Group::Limit,
                vec![text(texts::way_no_session_policies())],
                changed,
            );
        }
        if denies.contains(&PolicyType::Endpoint) {
            let mut changed = self.request.clone();
            changed.endpoint = None;
            self.ask(Group::Limit, vec![text(texts::way_no_endpoint())], changed);
        }
    }

    fn no_boundary(&mut self) {
        let Some(id) = self.request.caller.principal() else {
            return;
        };
        let entry = self.scenario.principal(id.as_str());
        let Some(boundary) = entry.and_then(|it| it.permissions_boundary()) else {
            return;
        };
        let name = [self.policy_name(boundary)];
        let words = rich::way_no_boundary(name, self.principal_name(id));
        self.make(
            Group::Limit,
            words,
            vec![Edit::ReleasePolicy {
                policy: boundary.clone(),
                place: PolicyUse::Boundary(id.clone()),
            }],
        );
    }
}
