//! The policy types. Each module says what its type asks of one resource of a request, or why it
//! asks nothing. A new policy type touches its own module and the list in [`all`].

mod boundary;
mod endpoint;
mod fixed;
mod identity;
mod rcp;
mod resource;
mod scp;
mod session;

use std::rc::Rc;

use organization::{NodeId, PolicyId, Request};
use policy::Kind;

use crate::access::Access;
use crate::compile::CompiledPolicy;
use crate::context::ActionName;
use crate::decision::PolicyType;
use crate::rules::Rules;
use crate::scene::{Owner, Target, Who, World};
use crate::trace::{Blocker, FixedRule, Via, Why};

pub(crate) use fixed::{Fixed, fixed};
pub(crate) use rcp::{all_owners, owners};

/// One resource of a request, as the policy types see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) world: World<'a>,
    pub(crate) request: &'a Request,
    pub(crate) who: &'a Who<'a>,
    pub(crate) target: &'a Target<'a>,
    pub(crate) owner: &'a Owner,
    pub(crate) action: &'a ActionName,
    pub(crate) rules: Rules,
}

/// What a policy type asks.
#[derive(Clone, Debug)]
pub(crate) enum Gate {
    /// Nothing: the request passes.
    Passes(Why),
    /// Nothing: the request stops here, without a Deny.
    Stops(Why),
    /// Its documents, level by level: each must allow (SCP-3).
    Levels(Vec<Level>),
    /// Its documents together: one of them must allow.
    Together(Vec<Attached>),
    /// Its documents together: what they are worth depends on how they name the caller (4.3).
    Grants(Vec<Attached>),
    /// It cannot be evaluated.
    Blocked(Vec<Blocker>),
}

impl Gate {
    /// Its documents that can be evaluated.
    pub(crate) fn policies(&self) -> Vec<&CompiledPolicy> {
        fn runnable(attached: &Attached) -> Option<&CompiledPolicy> {
            attached.runnable.as_deref().ok()
        }
        match self {
            Self::Together(policies) | Self::Grants(policies) => {
                policies.iter().filter_map(runnable).collect()
            }
            Self::Levels(levels) => levels
                .iter()
                .flat_map(|level| &level.policies)
                .filter_map(runnable)
                .collect(),
            Self::Passes(_) | Self::Stops(_) | Self::Blocked(_) => Vec::new(),
        }
    }
}

/// The policies attached directly to one node.
#[derive(Clone, Debug)]
pub(crate) struct Level {
    pub(crate) node: NodeId,
    pub(crate) name: String,
    pub(crate) policies: Vec<Attached>,
}

/// A policy where it counts.
#[derive(Clone, Debug)]
pub(crate) struct Attached {
    pub(crate) policy: PolicyId,
    pub(crate) via: Via,
    pub(crate) runnable: Result<Rc<CompiledPolicy>, Blocker>,
}

/// Which sides must allow.
pub(crate) fn access(asked: &Asked<'_>) -> Access {
    resource::access(asked)
}

/// What every policy type asks, in the order of [`PolicyType::STRIP`].
pub(crate) fn all(asked: &Asked<'_>) -> [Gate; 7] {
    PolicyType::STRIP.map(|policy_type| match policy_type {
        PolicyType::Rcp | PolicyType::Fixed => rcp::gate(asked),
        PolicyType::Scp => scp::gate(asked),
        PolicyType::Endpoint => endpoint::gate(asked),
        PolicyType::Resource => resource::gate(asked),
        PolicyType::Identity => identity::gate(asked),
        PolicyType::Boundary => boundary::gate(asked),
        PolicyType::Session => session::gate(asked),
    })
}

impl Asked<'_> {
    fn attached(&self, policy: &PolicyId, via: Via, kind: Kind) -> Attached {
        Attached {
            policy: policy.clone(),
            via,
            runnable: self.world.library.runnable(policy, kind),
        }
    }

    /// Whether the resource belongs to the caller's account; none if the owner is not known.
    fn same_account(&self) -> Option<bool> {
        match self.owner {
            Owner::Account(owner) => Some(self.who.account.as_ref() == Some(owner)),
            Owner::Caller => Some(true),
            Owner::Unknown | Owner::Like(_) => None,
        }
    }
}
