//! Where policies are used.

use std::collections::HashMap;

use crate::ids::{NodeId, PolicyId, PrincipalId, RequestId};
use crate::index::NodeRef;
use crate::scenario::{Principal, Scenario};
use crate::tree::Attachments;

/// A place where a policy is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyUse {
    /// Attached to the root, an OU or an account.
    Node(NodeId),
    /// Identity policy of a user, group or role.
    Identity(PrincipalId),
    /// Permissions boundary of a user or role.
    Boundary(PrincipalId),
    /// Trust policy of a role.
    Trust(PrincipalId),
    /// Policy of the resource with this ARN.
    Resource(String),
    /// Policy of the VPC endpoint with this id.
    Endpoint(String),
    /// Passed by the caller of a request: a session policy, or one of `everyAccount`.
    Caller(RequestId),
}

/// Everywhere each policy is used, worked out in one walk: [`Scenario::policy_uses`] for all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyUses(HashMap<PolicyId, Vec<PolicyUse>>);

impl PolicyUses {
    /// Where the policy with this id is used, the tree first; empty if nowhere.
    #[must_use]
    pub fn of(&self, policy: &str) -> &[PolicyUse] {
        self.0.get(policy).map_or(&[], Vec::as_slice)
    }
}

impl Scenario {
    /// Everywhere a policy is used, the tree first. What is left out in the tree counts as what
    /// it stands for, so FullAWSAccess is found at every node that has it.
    #[must_use]
    pub fn policy_uses(&self, id: &str) -> Vec<PolicyUse> {
        let mut uses = Vec::new();
        self.each_use(&mut |policy, place| {
            if policy.as_str() == id {
                uses.push(place());
            }
        });
        uses
    }

    /// Everywhere each policy is used.
    #[must_use]
    pub fn all_policy_uses(&self) -> PolicyUses {
        let mut uses: HashMap<PolicyId, Vec<PolicyUse>> = HashMap::new();
        self.each_use(&mut |policy, place| match uses.get_mut(policy) {
            Some(places) => places.push(place()),
            None => {
                uses.insert(policy.clone(), vec![place()]);
            }
        });
        PolicyUses(uses)
    }

    /// Visits each place with each policy there, once where it is listed twice.
    fn each_use(&self, visit: &mut dyn FnMut(&PolicyId, &dyn Fn() -> PolicyUse)) {
        fn once(
            policies: &[PolicyId],
            place: &dyn Fn() -> PolicyUse,
            visit: &mut dyn FnMut(&PolicyId, &dyn Fn() -> PolicyUse),
        ) {
            for (at, policy) in policies.iter().enumerate() {
                if policies.iter().position(|other| other == policy) == Some(at) {
                    visit(policy, place);
                }
            }
        }
        if let Some(organization) = &self.organization {
            let left_out = organization.effective_attachments(&Attachments::Default);
            organization.each_node(&mut |node: NodeRef<'_>| {
                let policies = match node.attachments() {
                    Attachments::Listed(policies) => policies,
                    Attachments::Default => &left_out,
                };
                once(policies, &|| PolicyUse::Node(node.id()), visit);
            });
        }
        for principal in &self.principals {
            let holder = principal.id();
            once(
                principal.policies(),
                &|| PolicyUse::Identity(holder.clone()),
                visit,
            );
            if let Some(policy) = principal.permissions_boundary() {
                visit(policy, &|| PolicyUse::Boundary(holder.clone()));
            }
            if let Principal::Role(role) = &**principal
                && let Some(policy) = &role.trust_policy
            {
                visit(policy, &|| PolicyUse::Trust(holder.clone()));
            }
        }
        for resource in &self.resources {
            if let Some(policy) = &resource.policy {
                visit(policy, &|| PolicyUse::Resource(resource.arn.clone()));
            }
        }
        for endpoint in &self.endpoints {
            if let Some(policy) = &endpoint.policy {
                visit(policy, &|| PolicyUse::Endpoint(endpoint.id.clone()));
            }
        }
        for request in &self.requests {
            let place = || PolicyUse::Caller(request.id.clone());
            once(request.caller.policies(), &place, visit);
        }
    }
}
