//! The policies that a scenario can name, ready to run.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

use organization::{AccountId, PolicyId};
use policy::Kind;

use crate::compile::CompiledPolicy;
use crate::trace::Blocker;

/// A policy of the scenario, or a well-known one.
#[derive(Clone, Debug)]
pub struct LibraryPolicy {
    /// Its kind; none if this version does not know it.
    pub kind: Option<Kind>,
    /// Ready to run; none if AWS would refuse the document.
    pub compiled: Option<Rc<CompiledPolicy>>,
}

/// All policies by id.
#[derive(Clone, Debug, Default)]
pub struct Library {
    policies: HashMap<PolicyId, LibraryPolicy>,
    /// See [`Library::owners`].
    owners: OnceCell<Vec<Vec<AccountId>>>,
}

impl Library {
    /// Adds a policy, or replaces the one with this id.
    pub fn insert(&mut self, id: PolicyId, policy: LibraryPolicy) {
        self.policies.insert(id, policy);
    }

    /// The policy with this id.
    #[must_use]
    pub fn get(&self, id: &PolicyId) -> Option<&LibraryPolicy> {
        self.policies.get(id)
    }

    /// The runnable form of a policy where one of `kind` is needed, or why there is none.
    pub(crate) fn runnable(
        &self,
        id: &PolicyId,
        kind: Kind,
    ) -> Result<Rc<CompiledPolicy>, Blocker> {
        let Some(policy) = self.get(id) else {
            return Err(Blocker::MissingPolicy(id.clone()));
        };
        match policy.kind {
            None => Err(Blocker::UnknownKind(id.clone())),
            Some(found) if !serves_as(found, kind) => Err(Blocker::WrongKind {
                policy: id.clone(),
                found,
                expected: kind,
            }),
            Some(_) => policy
                .compiled
                .clone()
                .ok_or_else(|| Blocker::Refused(id.clone())),
        }
    }

    /// Up to two accounts for each set of RCPs that stands above some account, worked out once: the
    /// accounts that could own a resource of which nobody says whose it is.
    pub(crate) fn owners(
        &self,
        work_out: impl FnOnce() -> Vec<Vec<AccountId>>,
    ) -> &[Vec<AccountId>] {
        self.owners.get_or_init(work_out)
    }

    /// Whether it has a customer's policy of this kind.
    pub(crate) fn has_own(&self, kind: Kind) -> bool {
        let mut policies = self.policies.iter();
        policies.any(|(id, policy)| {
            policy.kind == Some(kind) && organization::well_known(id.as_str()).is_none()
        })
    }
}

/// A managed policy can be attached to a principal, be its boundary or be passed for a session.
fn serves_as(found: Kind, wanted: Kind) -> bool {
    found == wanted || found == Kind::Identity && matches!(wanted, Kind::Boundary | Kind::Session)
}
