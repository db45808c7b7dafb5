//! One request of a scenario: who calls, and who owns what is called.

use std::collections::BTreeMap;
use std::rc::Rc;

use organization::{
    AccountId, CallerKind, ExternalAccount, NodeId, Organization, PolicyId, Principal, Request,
    RequestResource, Resource, Role, Scenario, SessionVia, SwitchedOff, TreeIndex, User,
};
use policy::Kind;

use crate::context::ActionName;
use crate::glob::{Glob, Wildcards};
use crate::library::Library;
use crate::trace::{Blocker, Via};

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

    /// The partition of a caller's account. Where the scenario does not say it, an account has that
    /// of its own resource, and otherwise `aws`.
    pub(crate) fn caller_partition(
        &self,
        account: &AccountId,
        target: &Target<'a>,
        owner: &Owner,
    ) -> &'a str {
        let own = *owner == Owner::Account(account.clone());
        self.partition(account)
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

/// Who calls.
#[derive(Clone, Debug)]
pub(crate) struct Who<'a> {
    pub(crate) kind: WhoKind<'a>,
    /// The account whose rules apply: for a role session that of the role (SCP-29).
    pub(crate) account: Option<AccountId>,
    /// Identity policies, those of groups included (EVAL-6).
    pub(crate) identity: Vec<(PolicyId, Via)>,
    pub(crate) boundary: Option<PolicyId>,
    pub(crate) session_policies: Vec<PolicyId>,
}

/// The kinds of caller, with what derived keys need.
#[derive(Clone, Debug)]
pub(crate) enum WhoKind<'a> {
    /// PT-1
    User(&'a User),
    /// PT-2
    UserSession { user: &'a User, mfa: Option<bool> },
    /// PT-3, PT-9
    RoleSession(RoleSession<'a>),
    /// PT-4
    FederatedUser { name: &'a str, issuer: &'a User },
    /// PT-5
    Root,
    /// PT-6
    AssumedRoot,
    /// PT-7
    Service {
        name: &'a str,
        source_arn: Option<&'a str>,
        source_account: Option<&'a AccountId>,
    },
    /// PT-10
    Saml,
    /// PT-10
    WebIdentity {
        provider: &'a str,
        context: &'a organization::Context,
    },
    /// PT-8
    Anonymous,
}

#[derive(Clone, Debug)]
pub(crate) struct RoleSession<'a> {
    pub(crate) name: &'a str,
    pub(crate) path: &'a str,
    pub(crate) role_tags: Option<&'a BTreeMap<String, String>>,
    pub(crate) session_tags: Option<&'a BTreeMap<String, String>>,
    pub(crate) via: SessionVia,
    pub(crate) provider: Option<&'a str>,
    pub(crate) mfa: Option<bool>,
    pub(crate) source_identity: Option<&'a str>,
}

impl RoleSession<'_> {
    /// PT-9
    pub(crate) fn is_service_linked(&self) -> bool {
        self.path.starts_with("/aws-service-role/")
    }
}

impl<'a> Who<'a> {
    fn new(kind: WhoKind<'a>, account: Option<AccountId>) -> Self {
        Self {
            kind,
            account,
            identity: Vec::new(),
            boundary: None,
            session_policies: Vec::new(),
        }
    }

    /// Finds the caller of a request; `row` is the account for a request over every account.
    pub(crate) fn of(
        world: &World<'a>,
        request: &'a Request,
        row: Option<&AccountId>,
    ) -> Result<Self, Blocker> {
        let scenario = world.scenario;
        let principal = |id: &organization::PrincipalId| {
            scenario
                .principal(id.as_str())
                .map(|entry| &**entry)
                .ok_or_else(|| Blocker::MissingPrincipal(id.clone()))
        };
        match &request.caller.kind {
            CallerKind::Id(id) => match principal(id)? {
                Principal::User(user) => Ok(Self::user(world, user, WhoKind::User(user))),
                Principal::Role(role) => Ok(Self::role(role, plain_session(role))),
                _ => Err(Blocker::WrongPrincipal(id.clone())),
            },
            CallerKind::User { id, .. } => match principal(id)? {
                Principal::User(user) => Ok(Self::user(world, user, WhoKind::User(user))),
                _ => Err(Blocker::WrongPrincipal(id.clone())),
            },
            CallerKind::UserSession { id, mfa } => match principal(id)? {
                Principal::User(user) => Ok(Self::user(
                    world,
                    user,
                    WhoKind::UserSession { user, mfa: *mfa },
                )),
                _ => Err(Blocker::WrongPrincipal(id.clone())),
            },
            CallerKind::Role {
                id,
                via,
                provider,
                mfa,
                source_identity,
                tags,
                session_policies,
                ..
            } => match principal(id)? {
                Principal::Role(role) => {
                    let session = RoleSession {
                        session_tags: Some(tags),
                        via: via.clone(),
                        provider: provider.as_deref(),
                        mfa: *mfa,
                        source_identity: source_identity.as_deref(),
                        ..plain_session(role)
                    };
                    let mut who = Self::role(role, session);
                    who.session_policies.clone_from(session_policies);
                    Ok(who)
                }
                _ => Err(Blocker::WrongPrincipal(id.clone())),
            },
            CallerKind::FederatedUser {
                name,
                issuer,
                session_policies,
            } => match principal(issuer)? {
                Principal::User(user) => {
                    let kind = WhoKind::FederatedUser { name, issuer: user };
                    let mut who = Self::user(world, user, kind);
                    who.session_policies.clone_from(session_policies);
                    Ok(who)
                }
                _ => Err(Blocker::WrongPrincipal(issuer.clone())),
            },
            CallerKind::Root { account } => Ok(Self::new(WhoKind::Root, Some(account.clone()))),
            CallerKind::AssumedRoot { account, .. } => {
                Ok(Self::new(WhoKind::AssumedRoot, Some(account.clone())))
            }
            CallerKind::Service {
                name,
                source_arn,
                source_account,
            } => Ok(Self::new(
                WhoKind::Service {
                    name,
                    source_arn: source_arn.as_deref(),
                    source_account: source_account.as_ref(),
                },
                None,
            )),
            CallerKind::Saml { .. } => Ok(Self::new(WhoKind::Saml, None)),
            CallerKind::WebIdentity { provider, context } => {
                Ok(Self::new(WhoKind::WebIdentity { provider, context }, None))
            }
            CallerKind::Anonymous => Ok(Self::new(WhoKind::Anonymous, None)),
            CallerKind::Arn { arn } => Err(Blocker::NoEntry(arn.clone())),
            CallerKind::EveryAccount { role, policies } => {
                let session = RoleSession {
                    name: role,
                    path: "/",
                    role_tags: None,
                    session_tags: None,
                    via: SessionVia::AssumeRole,
                    provider: None,
                    mfa: None,
                    source_identity: None,
                };
                let mut who = Self::new(WhoKind::RoleSession(session), row.cloned());
                who.identity = direct(policies);
                Ok(who)
            }
            CallerKind::Unknown(value) => Err(Blocker::UnknownCaller(value.to_string())),
        }
    }

    fn user(world: &World<'a>, user: &User, kind: WhoKind<'a>) -> Self {
        let mut who = Self::new(kind, Some(user.account.clone()));
        who.identity = direct(&user.policies);
        for id in &user.groups {
            if let Some(Principal::Group(group)) =
                world.scenario.principal(id.as_str()).map(|entry| &**entry)
            {
                let via = Via::Group(id.clone());
                let policies = group.policies.iter().cloned();
                who.identity
                    .extend(policies.map(|policy| (policy, via.clone())));
            }
        }
        who.boundary.clone_from(&user.permissions_boundary);
        who
    }

    fn role(role: &Role, session: RoleSession<'a>) -> Self {
        let mut who = Self::new(WhoKind::RoleSession(session), Some(role.account.clone()));
        who.identity = direct(&role.policies);
        who.boundary.clone_from(&role.permissions_boundary);
        who
    }

    /// Groups that a user names and that the scenario does not have.
    pub(crate) fn missing_groups(&self, world: &World<'a>) -> Vec<Blocker> {
        let (WhoKind::User(user)
        | WhoKind::UserSession { user, .. }
        | WhoKind::FederatedUser { issuer: user, .. }) = &self.kind
        else {
            return Vec::new();
        };
        user.groups
            .iter()
            .filter(|id| {
                let entry = world.scenario.principal(id.as_str());
                !matches!(entry.map(|entry| &**entry), Some(Principal::Group(_)))
            })
            .map(|id| Blocker::MissingPrincipal(id.clone()))
            .collect()
    }

    pub(crate) fn is_service_linked(&self) -> bool {
        matches!(&self.kind, WhoKind::RoleSession(session) if session.is_service_linked())
    }
}

fn direct(policies: &[PolicyId]) -> Vec<(PolicyId, Via)> {
    policies
        .iter()
        .map(|policy| (policy.clone(), Via::Principal))
        .collect()
}

fn plain_session(role: &Role) -> RoleSession<'_> {
    RoleSession {
        name: &role.name,
        path: &role.path,
        role_tags: Some(&role.tags),
        session_tags: None,
        via: SessionVia::AssumeRole,
        provider: None,
        mfa: None,
        source_identity: None,
    }
}

/// Who owns a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// An account.
    Account(AccountId),
    /// The caller's account, for an action on no single resource.
    Caller,
    /// Not known.
    Unknown,
}

/// One resource of a request with what the scenario knows of it.
#[derive(Clone, Debug)]
pub(crate) struct Target<'a> {
    pub(crate) resource: &'a RequestResource,
    /// The ARN that is weighed: `*` for an action that is weighed on no single resource (RES-9).
    pub(crate) arn: &'a str,
    pub(crate) owner: Owner,
    /// The entries of `resources` that say something of it, the nearest first.
    pub(crate) entries: Vec<(Nearness, &'a Resource)>,
}

impl<'a> Target<'a> {
    pub(crate) fn of(
        world: &World<'a>,
        request: &'a Request,
        resource: &'a RequestResource,
        action: &ActionName,
    ) -> Self {
        let arn = if catalog::is_without_resource(&action.service, &action.name) {
            "*"
        } else {
            resource.arn.as_str()
        };
        let entries = entries_for(&world.scenario.resources, arn);
        let owner =
            if arn == "*" && resource.account.is_none() && request.resource_account.is_none() {
                Owner::Caller
            } else {
                owner(request, resource, arn, &entries)
            };
        Self {
            resource,
            arn,
            owner,
            entries,
        }
    }

    /// The entry that describes the resource itself, and not what holds it.
    pub(crate) fn entry(&self) -> Option<&'a Resource> {
        let mut entries = self.entries.iter();
        entries
            .find(|(nearness, _)| *nearness != Nearness::Container)
            .map(|(_, entry)| *entry)
    }

    /// The partition in the ARN, if there is one.
    pub(crate) fn partition(&self) -> Option<&'a str> {
        let partition = self.arn.split(':').nth(1)?;
        (!partition.is_empty() && !partition.contains(['*', '?'])).then_some(partition)
    }
}

/// The order of docs/scenario.md, "Resource owner".
fn owner(
    request: &Request,
    resource: &RequestResource,
    arn: &str,
    entries: &[(Nearness, &Resource)],
) -> Owner {
    let typed = resource
        .account
        .as_ref()
        .or(request.resource_account.as_ref());
    if let Some(account) = typed {
        return Owner::Account(account.clone());
    }
    let in_arn = arn.split(':').nth(4).unwrap_or_default();
    if in_arn.len() == 12 && in_arn.bytes().all(|b| b.is_ascii_digit()) {
        return Owner::Account(AccountId::from(in_arn));
    }
    let mut accounts = entries
        .iter()
        .filter_map(|(_, entry)| entry.account.clone());
    match accounts.next() {
        Some(account) => Owner::Account(account),
        // Managed policies of AWS belong to nobody in the scenario.
        None if in_arn == "aws" => Owner::Caller,
        None => Owner::Unknown,
    }
}

/// How an entry of `resources` comes to speak of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Nearness {
    /// It has the same ARN.
    Same,
    /// It is the bucket, or another container, that holds the resource.
    Container,
    /// Its ARN has wildcards and matches.
    Pattern,
}

fn entries_for<'a>(resources: &'a [Rc<Resource>], arn: &str) -> Vec<(Nearness, &'a Resource)> {
    let nearness = |entry: &Resource| {
        let rest = arn.strip_prefix(entry.arn.as_str());
        match rest {
            Some("") => Some(Nearness::Same),
            Some(rest) if rest.starts_with('/') => Some(Nearness::Container),
            _ if entry.arn.contains(['*', '?']) => {
                let pattern = policy::Pattern::parse(&entry.arn, policy::Version::V2008);
                Glob::new(&pattern, Wildcards::Free)
                    .matches_plain(arn)
                    .then_some(Nearness::Pattern)
            }
            _ => None,
        }
    };
    let mut entries: Vec<(Nearness, &Resource)> = resources
        .iter()
        .filter_map(|entry| Some((nearness(entry)?, &**entry)))
        .collect();
    // The innermost container first.
    policy::sort_by(&mut entries, |(a, x), (b, y)| {
        a.cmp(b).then(y.arn.len().cmp(&x.arn.len()))
    });
    entries
}
