//! One request of a scenario: who calls, and who owns what is called.

mod by_arn;
mod target;
mod who;

use std::rc::Rc;

use organization::{
    AccountId, ExternalAccount, NodeId, Organization, PolicyId, Scenario, SwitchedOff, TreeIndex,
};
use policy::Kind;

pub(crate) use self::target::{Owner, Target};
pub(crate) use self::who::{RoleSession, Who, WhoKind};
use crate::library::Library;

/// A scenario with what is worked out once for all its requests.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The index of its organization, if it has one.
    pub tree: Option<&'a TreeIndex>,
    /// Its policies.
    pub library: &'a Library,
}

impl<'a> World<'a> {
    pub(crate) fn organization(&self) -> Option<(&'a Organization, &'a TreeIndex)> {
        Some((self.scenario.organization.as_ref()?, self.tree?))
    }

    pub(crate) fn is_off(&self, kind: Kind) -> bool {
        let off = &self.scenario.settings.off;
        off.contains(&SwitchedOff::Kind(kind))
    }

    pub(crate) fn is_attachment_off(&self, policy: &PolicyId, node: &NodeId) -> bool {
        self.scenario.settings.off.iter().any(|off| {
            matches!(off, SwitchedOff::Attachment { policy: p, node: n } if p == policy && n == node)
        })
    }

    /// Where an account stands.
    pub(crate) fn membership(&self, account: &AccountId) -> Membership<'a> {
        if let Some((organization, tree)) = self.organization() {
            if organization.management_account.as_ref() == Some(account) {
                return Membership::Management;
            }
            if tree.account(account.as_str()).is_some() {
                return Membership::Member;
            }
        }
        match self.scenario.external_account(account.as_str()) {
            Some(external) => Membership::External(external),
            None if self.scenario.organization.is_none() => Membership::Standalone,
            None => Membership::NotListed,
        }
    }

    /// The partition of a caller. Where neither its ARN nor the scenario says it, an account has
    /// that of its own resource, and otherwise `aws`.
    pub(crate) fn caller_partition(
        &self,
        who: &Who<'a>,
        target: &Target<'a>,
        owner: &Owner,
    ) -> &'a str {
        let Some(account) = &who.account else {
            return target.partition().unwrap_or("aws");
        };
        let own = *owner == Owner::Account(account.clone());
        who.partition
            .or_else(|| self.partition(account))
            .or_else(|| target.partition().filter(|_| own))
            .unwrap_or("aws")
    }

    /// The partition of an account, as far as the scenario says it.
    pub(crate) fn partition(&self, account: &AccountId) -> Option<&'a str> {
        match self.membership(account) {
            Membership::Management | Membership::Member => {
                self.organization().map(|(o, _)| &*o.partition)
            }
            Membership::External(external) => external.partition.as_deref(),
            Membership::Standalone | Membership::NotListed => None,
        }
    }
}

/// Where an account stands.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Membership<'a> {
    /// The management account of the organization.
    Management,
    /// A member account of the organization.
    Member,
    /// An account outside of it.
    External(&'a Rc<ExternalAccount>),
    /// The scenario has no organization.
    Standalone,
    /// The scenario has an organization, and does not know the account.
    NotListed,
}
