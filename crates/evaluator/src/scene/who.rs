//! The caller of a request (PT-1 … PT-11).

use std::collections::BTreeMap;
use std::rc::Rc;

use organization::{
    AccountId, CallerKind, PolicyId, Principal, PrincipalId, Request, Role, SessionVia, User,
};

use policy::Kind;

use super::{Owner, Target, World, by_arn};
use crate::principal::{Caller, Form};
use crate::trace::{Blocker, Via};

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
    /// The ARN of a caller that has no entry in the scenario: its policies and tags are not known.
    pub(crate) unlisted: Option<&'a str>,
    /// The partition in the caller's ARN, where it was typed.
    pub(crate) partition: Option<&'a str>,
}

/// The kinds of caller, with what derived keys need.
#[derive(Clone, Debug)]
pub(crate) enum WhoKind<'a> {
    /// PT-1
    User(UserFacts<'a>),
    /// PT-2
    UserSession {
        user: UserFacts<'a>,
        mfa: Option<bool>,
    },
    /// PT-3, PT-9
    RoleSession(RoleSession<'a>),
    /// PT-4
    FederatedUser {
        name: &'a str,
        issuer: Option<UserFacts<'a>>,
    },
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
    Saml { provider: &'a str },
    /// PT-10
    WebIdentity {
        provider: &'a str,
        context: &'a organization::Context,
    },
    /// PT-8
    Anonymous,
}

/// An IAM user, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UserFacts<'a> {
    pub(crate) name: &'a str,
    pub(crate) path: &'a str,
    /// None if the user has no entry in the scenario.
    pub(crate) tags: Option<&'a BTreeMap<String, String>>,
    pub(crate) groups: &'a [PrincipalId],
}

#[derive(Clone, Debug)]
pub(crate) struct RoleSession<'a> {
    /// The name of the role.
    pub(crate) name: &'a str,
    /// The path of the role; none if nobody said it.
    pub(crate) path: Option<&'a str>,
    /// The name of the session.
    pub(crate) session: &'a str,
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
        let path = self.path.unwrap_or_default();
        path.starts_with("/aws-service-role/")
    }
}

impl<'a> Who<'a> {
    pub(super) fn new(kind: WhoKind<'a>, account: Option<AccountId>) -> Self {
        Self {
            kind,
            account,
            identity: Vec::new(),
            boundary: None,
            session_policies: Vec::new(),
            unlisted: None,
            partition: None,
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
                Principal::User(user) => Ok(Self::user(world, user, WhoKind::User(facts(user)))),
                Principal::Role(role) => Ok(Self::role(role, plain_session(role))),
                _ => Err(Blocker::WrongPrincipal(id.clone())),
            },
            CallerKind::User { id, .. } => match principal(id)? {
                Principal::User(user) => Ok(Self::user(world, user, WhoKind::User(facts(user)))),
                _ => Err(Blocker::WrongPrincipal(id.clone())),
            },
            CallerKind::UserSession { id, mfa } => match principal(id)? {
                Principal::User(user) => Ok(Self::user(
                    world,
                    user,
                    WhoKind::UserSession {
                        user: facts(user),
                        mfa: *mfa,
                    },
                )),
                _ => Err(Blocker::WrongPrincipal(id.clone())),
            },
            CallerKind::Role {
                id,
                session: session_name,
                via,
                provider,
                mfa,
                source_identity,
                tags,
                session_policies,
            } => match principal(id)? {
                Principal::Role(role) => {
                    let session = RoleSession {
                        session: session_name.as_deref().unwrap_or(SESSION),
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
                    let kind = WhoKind::FederatedUser {
                        name,
                        issuer: Some(facts(user)),
                    };
                    let mut who = Self::user(world, user, kind);
                    who.session_policies.clone_from(session_policies);
                    Ok(who)
                }
                _ => Err(Blocker::WrongPrincipal(issuer.clone())),
            },
            CallerKind::Root { account } => Ok(Self::new(WhoKind::Root, Some(account.clone()))),
            CallerKind::AssumedRoot {
                account,
                task_policy,
            } => {
                let mut who = Self::new(WhoKind::AssumedRoot, Some(account.clone()));
                let task = task_policy.as_deref().map(PolicyId::from);
                who.session_policies.extend(task);
                Ok(who)
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
            CallerKind::Saml { provider } => Ok(Self::new(WhoKind::Saml { provider }, None)),
            CallerKind::WebIdentity { provider, context } => {
                Ok(Self::new(WhoKind::WebIdentity { provider, context }, None))
            }
            CallerKind::Anonymous => Ok(Self::new(WhoKind::Anonymous, None)),
            CallerKind::Arn { arn } => by_arn::who(world, arn),
            CallerKind::EveryAccount { role, policies } => {
                let session = RoleSession {
                    name: role,
                    path: Some("/"),
                    session: SESSION,
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

    pub(super) fn user(world: &World<'a>, user: &User, kind: WhoKind<'a>) -> Self {
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

    pub(super) fn role(role: &Role, session: RoleSession<'a>) -> Self {
        let mut who = Self::new(WhoKind::RoleSession(session), Some(role.account.clone()));
        who.identity = direct(&role.policies);
        who.boundary.clone_from(&role.permissions_boundary);
        who
    }

    /// Groups that a user names and that the scenario does not have.
    pub(crate) fn missing_groups(&self, world: &World<'a>) -> Vec<Blocker> {
        let (WhoKind::User(user)
        | WhoKind::UserSession { user, .. }
        | WhoKind::FederatedUser {
            issuer: Some(user), ..
        }) = &self.kind
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

    /// The forms in which policies can name the caller.
    pub(crate) fn caller(
        &self,
        world: &World<'a>,
        target: &Target<'a>,
        owner: &Owner,
    ) -> Rc<Caller> {
        let partition = world.caller_partition(self, target, owner);
        let account = self.account.as_ref().map_or("", |id| id.as_str());
        let user_arn = |user: &UserFacts<'_>| -> Rc<str> {
            let (path, name) = (user.path, user.name);
            format!("arn:{partition}:iam::{account}:user{path}{name}").into()
        };
        let form = match &self.kind {
            WhoKind::User(user) | WhoKind::UserSession { user, .. } => Form::User {
                arn: user_arn(user),
            },
            WhoKind::RoleSession(session) => {
                let (role, name) = (session.name, session.session);
                Form::RoleSession {
                    role: role.into(),
                    session: format!("arn:{partition}:sts::{account}:assumed-role/{role}/{name}")
                        .into(),
                }
            }
            WhoKind::FederatedUser { name, issuer } => Form::FederatedUser {
                arn: format!("arn:{partition}:sts::{account}:federated-user/{name}").into(),
                issuer: issuer.as_ref().map(user_arn).unwrap_or_default(),
            },
            WhoKind::Root | WhoKind::AssumedRoot => Form::Root,
            WhoKind::Service { name, .. } => Form::Service {
                name: (*name).into(),
            },
            WhoKind::Saml { provider } => Form::Provider {
                name: (*provider).into(),
                saml: true,
            },
            WhoKind::WebIdentity { provider, .. } => Form::Provider {
                name: (*provider).into(),
                saml: false,
            },
            WhoKind::Anonymous => Form::Anonymous,
        };
        Rc::new(Caller {
            partition: partition.into(),
            account: self.account.as_ref().map(|id| id.as_str().into()),
            form,
            has_boundary: self.boundary.is_some()
                && !self.is_service_linked()
                && !world.is_off(Kind::Boundary),
        })
    }

    /// Whether nothing but a resource-based policy can let the caller in (X-7, PT-10).
    pub(crate) fn has_resource_side_only(&self) -> bool {
        matches!(
            &self.kind,
            WhoKind::Service { .. }
                | WhoKind::Anonymous
                | WhoKind::Saml { .. }
                | WhoKind::WebIdentity { .. }
        )
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

/// The name of a session that nobody named (docs/scenario.md, "Callers").
pub(super) const SESSION: &str = "playground";

pub(super) fn facts(user: &User) -> UserFacts<'_> {
    UserFacts {
        name: &user.name,
        path: &user.path,
        tags: Some(&user.tags),
        groups: &user.groups,
    }
}

pub(super) fn plain_session(role: &Role) -> RoleSession<'_> {
    RoleSession {
        name: &role.name,
        path: Some(&role.path),
        session: SESSION,
        role_tags: Some(&role.tags),
        session_tags: None,
        via: SessionVia::AssumeRole,
        provider: None,
        mfa: None,
        source_identity: None,
    }
}
