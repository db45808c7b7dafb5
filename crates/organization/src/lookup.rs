//! Finding things of a scenario by name.

use std::rc::Rc;

use policy::Kind;
use serde_json::Value;

use crate::ids::{AccountId, PolicyId, PrincipalId};
use crate::scenario::{
    Caller, CallerKind, Endpoint, ExternalAccount, Policy, PolicyKind, Principal, Request, Scenario,
};
use crate::well_known::{WellKnownPolicy, well_known};

/// A policy of the scenario, or a well-known one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PolicyRef<'a> {
    /// An entry of `policies`.
    Own(&'a Rc<Policy>),
    /// A policy that every scenario can name.
    WellKnown(&'static WellKnownPolicy),
}

impl<'a> PolicyRef<'a> {
    /// Its id in the scenario.
    #[must_use]
    pub fn id(self) -> &'a str {
        match self {
            Self::Own(policy) => policy.id.as_str(),
            Self::WellKnown(policy) => policy.name,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'a str {
        match self {
            Self::Own(policy) => &policy.name,
            Self::WellKnown(policy) => policy.name,
        }
    }

    /// Its kind; `None` for one that this version does not know.
    #[must_use]
    pub fn kind(self) -> Option<Kind> {
        match self {
            Self::Own(policy) => policy.kind.known(),
            Self::WellKnown(policy) => Some(policy.kind),
        }
    }

    /// Its text.
    #[must_use]
    pub fn text(self) -> &'a str {
        match self {
            Self::Own(policy) => &policy.text,
            Self::WellKnown(policy) => policy.text,
        }
    }
}

impl PolicyKind {
    /// The kind, if this version knows it.
    #[must_use]
    pub fn known(&self) -> Option<Kind> {
        match self {
            Self::Known(kind) => Some(*kind),
            Self::Other(_) => None,
        }
    }

    /// The word that the scenario file uses.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Known(kind) => kind.as_str(),
            Self::Other(word) => word,
        }
    }
}

impl Principal {
    /// Its id in the scenario.
    #[must_use]
    pub fn id(&self) -> &PrincipalId {
        match self {
            Self::User(user) => &user.id,
            Self::Group(group) => &group.id,
            Self::Role(role) => &role.id,
            Self::Other { id, .. } => id,
        }
    }

    /// Its name; the id for one of an unknown type.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::User(user) => &user.name,
            Self::Group(group) => &group.name,
            Self::Role(role) => &role.name,
            Self::Other { id, .. } => id.as_str(),
        }
    }

    /// The account it belongs to; `None` for one of an unknown type.
    #[must_use]
    pub fn account(&self) -> Option<&AccountId> {
        match self {
            Self::User(user) => Some(&user.account),
            Self::Group(group) => Some(&group.account),
            Self::Role(role) => Some(&role.account),
            Self::Other { .. } => None,
        }
    }

    /// The identity policies attached to it.
    #[must_use]
    pub fn policies(&self) -> &[PolicyId] {
        match self {
            Self::User(user) => &user.policies,
            Self::Group(group) => &group.policies,
            Self::Role(role) => &role.policies,
            Self::Other { .. } => &[],
        }
    }

    /// Its permissions boundary.
    #[must_use]
    pub fn permissions_boundary(&self) -> Option<&PolicyId> {
        match self {
            Self::User(user) => user.permissions_boundary.as_ref(),
            Self::Role(role) => role.permissions_boundary.as_ref(),
            Self::Group(_) | Self::Other { .. } => None,
        }
    }

    /// The word for its type, as the scenario file uses it.
    #[must_use]
    pub fn type_word(&self) -> &str {
        match self {
            Self::User(_) => "user",
            Self::Group(_) => "group",
            Self::Role(_) => "role",
            Self::Other { value, .. } => value
                .get("type")
                .and_then(Value::as_str)
                .unwrap_or_default(),
        }
    }
}

impl Caller {
    /// The entry of `principals` that it names, if any.
    #[must_use]
    pub fn principal(&self) -> Option<&PrincipalId> {
        match &self.kind {
            CallerKind::User { id, .. }
            | CallerKind::UserSession { id, .. }
            | CallerKind::Role { id, .. }
            | CallerKind::FederatedUser { issuer: id, .. }
            | CallerKind::Id(id) => Some(id),
            _ => None,
        }
    }

    /// The policies that the caller itself brings along: session policies, or those of
    /// `everyAccount`.
    #[must_use]
    pub fn policies(&self) -> &[PolicyId] {
        match &self.kind {
            CallerKind::Role {
                session_policies, ..
            }
            | CallerKind::FederatedUser {
                session_policies, ..
            } => session_policies,
            CallerKind::EveryAccount { policies, .. } => policies,
            _ => &[],
        }
    }
}

impl Scenario {
    /// The policy with this id: an entry of `policies`, or a well-known one.
    #[must_use]
    pub fn policy(&self, id: &str) -> Option<PolicyRef<'_>> {
        self.policies
            .iter()
            .find(|policy| policy.id.as_str() == id)
            .map(PolicyRef::Own)
            .or_else(|| well_known(id).map(PolicyRef::WellKnown))
    }

    /// The user, group or role with this id.
    #[must_use]
    pub fn principal(&self, id: &str) -> Option<&Rc<Principal>> {
        self.principals
            .iter()
            .find(|principal| principal.id().as_str() == id)
    }

    /// The request with this id.
    #[must_use]
    pub fn request(&self, id: &str) -> Option<&Rc<Request>> {
        self.requests
            .iter()
            .find(|request| request.id.as_str() == id)
    }

    /// The VPC endpoint with this id.
    #[must_use]
    pub fn endpoint(&self, id: &str) -> Option<&Rc<Endpoint>> {
        self.endpoints.iter().find(|endpoint| endpoint.id == id)
    }

    /// The account outside the organization with this id.
    #[must_use]
    pub fn external_account(&self, id: &str) -> Option<&Rc<ExternalAccount>> {
        self.external_accounts
            .iter()
            .find(|account| account.id.as_str() == id)
    }
}
