//! Who calls: the caller's account, its ARNs, its policies (§4.2 of the rule book, PT-1 … PT-11).

use std::collections::BTreeMap;

use organization::{
    AccountId, CallerKind, PolicyId, Principal, PrincipalId, Request, Role, SessionVia, User,
};

use super::World;

/// The sorts of caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Long-term keys (PT-1).
    User,
    /// GetSessionToken (PT-2).
    UserSession,
    /// PT-3.
    Role,
    /// PT-4.
    Federated,
    /// PT-5.
    Root,
    /// PT-6.
    AssumedRoot,
    /// PT-7.
    Service,
    /// PT-10.
    Saml,
    /// PT-10.
    WebIdentity,
    /// PT-8.
    Anonymous,
}

/// Policies of one type that the caller brings along.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attached {
    /// Whether the type takes part at all.
    pub(crate) asked: bool,
    pub(crate) policies: Vec<PolicyId>,
    /// Whether there may be more that nobody knows.
    pub(crate) not_known: bool,
}

impl Attached {
    fn these(policies: Vec<PolicyId>) -> Self {
        Self {
            asked: true,
            policies,
            not_known: false,
        }
    }

    fn not_known() -> Self {
        Self {
            asked: true,
            policies: Vec::new(),
            not_known: true,
        }
    }

    fn if_any(policies: Vec<PolicyId>) -> Self {
        if policies.is_empty() {
            Self::default()
        } else {
            Self::these(policies)
        }
    }
}

/// A caller.
#[derive(Clone, Debug)]
pub(crate) struct Who {
    pub(crate) sort: Sort,
    pub(crate) account: Option<String>,
    pub(crate) partition: Option<String>,
    /// ARN of the user; for a federated user that of its issuer.
    pub(crate) user_arn: Option<String>,
    /// ARN of the role with its path, if the path is known.
    pub(crate) role_arn: Option<String>,
    /// Name of the role.
    pub(crate) role: Option<String>,
    /// ARN of the session, of a role or of a federated user.
    pub(crate) session_arn: Option<String>,
    /// Name of the user or federated user.
    pub(crate) name: Option<String>,
    /// Tags; none if nobody knows them.
    pub(crate) tags: Option<BTreeMap<String, String>>,
    /// PT-9.
    pub(crate) is_linked: bool,
    pub(crate) identity: Attached,
    pub(crate) boundary: Attached,
    pub(crate) session: Attached,
    /// How a role session was opened; none if nobody knows.
    pub(crate) via: Option<SessionVia>,
    pub(crate) provider: Option<String>,
    pub(crate) mfa: Option<bool>,
    pub(crate) source_identity: Option<String>,
    /// Name of the service.
    pub(crate) service: Option<String>,
    pub(crate) source_arn: Option<String>,
    pub(crate) source_account: Option<String>,
}

impl Who {
    fn new(sort: Sort) -> Self {
        Self {
            sort,
            account: None,
            partition: None,
            user_arn: None,
            role_arn: None,
            role: None,
            session_arn: None,
            name: None,
            tags: Some(BTreeMap::new()),
            is_linked: false,
            identity: Attached::default(),
            boundary: Attached::default(),
            session: Attached::default(),
            via: None,
            provider: None,
            mfa: None,
            source_identity: None,
            service: None,
            source_arn: None,
            source_account: None,
        }
    }

    fn in_account(sort: Sort, world: &World<'_>, request: &Request, account: &str) -> Self {
        let mut who = Self::new(sort);
        who.partition = Some(world.partition(account, request));
        who.account = Some(account.to_owned());
        who
    }

    /// Whether it is a root user, also one of a session (PT-5, PT-6).
    pub(crate) fn is_root(&self) -> bool {
        matches!(self.sort, Sort::Root | Sort::AssumedRoot)
    }

    /// Whether it signs its requests (PT-8, PT-10).
    pub(crate) fn signs(&self) -> bool {
        !matches!(self.sort, Sort::Anonymous | Sort::Saml | Sort::WebIdentity)
    }

    /// Whether only a resource-based policy can let it in (PT-7, PT-8, PT-10, X-7).
    pub(crate) fn has_only_resource_policies(&self) -> bool {
        !self.signs() || self.sort == Sort::Service
    }
}

/// The entry of `principals` with this id.
fn entry<'a>(world: &World<'a>, id: &PrincipalId) -> Option<&'a Principal> {
    world.scenario.principal(id.as_str()).map(|entry| &**entry)
}

/// The caller of a request; none if it cannot be told, or if its account is not listed (CHOICE-1).
pub(crate) fn who(world: &World<'_>, request: &Request, row: Option<&AccountId>) -> Option<Who> {
    let who = match &request.caller.kind {
        CallerKind::User { id, .. } => match entry(world, id)? {
            Principal::User(found) => user(world, request, found),
            _ => return None,
        },
        CallerKind::Id(id) => match entry(world, id)? {
            Principal::User(found) => user(world, request, found),
            Principal::Role(found) => role_session(world, request, found, "playground"),
            _ => return None,
        },
        CallerKind::UserSession { id, mfa } => match entry(world, id)? {
            Principal::User(found) => Who {
                sort: Sort::UserSession,
                mfa: *mfa,
                ..user(world, request, found)
            },
            _ => return None,
        },
        CallerKind::Role {
            id,
            session,
            via,
            provider,
            mfa,
            source_identity,
            tags,
            session_policies,
        } => {
            let Principal::Role(found) = entry(world, id)? else {
                return None;
            };
            let name = session.as_deref().unwrap_or("playground");
            let mut who = role_session(world, request, found, name);
            who.via = Some(via.clone());
            who.provider = provider.clone();
            who.mfa = *mfa;
            who.source_identity = source_identity.clone();
            // EVAL-8, EVAL-9; none for a service-linked role (PT-9).
            who.session = Attached::if_any(session_policies.clone());
            // A session tag wins over one of the role, without regard to case (K-5).
            let all = who.tags.get_or_insert_default();
            all.retain(|old, _| !tags.keys().any(|new| new.eq_ignore_ascii_case(old)));
            all.extend(tags.clone());
            who
        }
        CallerKind::FederatedUser {
            name,
            issuer,
            session_policies,
        } => {
            let Principal::User(issuer) = entry(world, issuer)? else {
                return None;
            };
            let issuing = user(world, request, issuer);
            let account = issuer.account.as_str();
            let partition = world.partition(account, request);
            Who {
                sort: Sort::Federated,
                session_arn: Some(format!(
                    "arn:{partition}:sts::{account}:federated-user/{name}"
                )),
                name: Some(name.clone()),
                // Without a session policy there is no Allow among them (EVAL-9, ALG-2).
                session: Attached::these(session_policies.clone()),
                ..issuing
            }
        }
        CallerKind::Root { account } => {
            Who::in_account(Sort::Root, world, request, account.as_str())
        }
        CallerKind::AssumedRoot {
            account,
            task_policy,
        } => Who {
            // PT-6, CHOICE-7.
            session: match task_policy {
                Some(policy) => Attached::these(vec![PolicyId::from(policy.as_str())]),
                None => Attached::not_known(),
            },
            ..Who::in_account(Sort::AssumedRoot, world, request, account.as_str())
        },
        CallerKind::Service {
            name,
            source_arn,
            source_account,
        } => Who {
            service: Some(name.clone()),
            source_arn: source_arn.clone(),
            source_account: (source_account.as_ref()).map(|account| account.as_str().to_owned()),
            ..Who::new(Sort::Service)
        },
        CallerKind::Saml { provider } => Who {
            provider: Some(provider.clone()),
            ..Who::new(Sort::Saml)
        },
        CallerKind::WebIdentity { provider, .. } => Who {
            provider: Some(provider.clone()),
            ..Who::new(Sort::WebIdentity)
        },
        CallerKind::Anonymous => Who::new(Sort::Anonymous),
        CallerKind::Arn { arn } => by_arn(world, request, arn)?,
        CallerKind::EveryAccount { role, policies } => {
            let account = row?.as_str();
            let mut who = Who::in_account(Sort::Role, world, request, account);
            let partition = world.partition(account, request);
            who.role_arn = Some(format!("arn:{partition}:iam::{account}:role/{role}"));
            who.session_arn = Some(format!(
                "arn:{partition}:sts::{account}:assumed-role/{role}/playground"
            ));
            who.role = Some(role.clone());
            who.identity = Attached::these(policies.clone());
            who.via = Some(SessionVia::AssumeRole);
            who
        }
        CallerKind::Unknown(_) => return None,
    };
    Some(who)
}

/// An IAM user: its own policies and those of its groups (PT-1, EVAL-6).
fn user(world: &World<'_>, request: &Request, user: &User) -> Who {
    let account = user.account.as_str();
    let partition = world.partition(account, request);
    let mut identity = Attached::these(user.policies.clone());
    for id in &user.groups {
        match entry(world, id) {
            Some(Principal::Group(group)) => identity.policies.extend(group.policies.clone()),
            _ => identity.not_known = true,
        }
    }
    Who {
        user_arn: Some(format!(
            "arn:{partition}:iam::{account}:user{}{}",
            user.path, user.name
        )),
        name: Some(user.name.clone()),
        tags: Some(user.tags.clone()),
        identity,
        boundary: Attached::if_any(user.permissions_boundary.iter().cloned().collect()),
        ..Who::in_account(Sort::User, world, request, account)
    }
}

/// A session of a role (PT-3, PT-9).
fn role_session(world: &World<'_>, request: &Request, role: &Role, session: &str) -> Who {
    let account = role.account.as_str();
    let partition = world.partition(account, request);
    let name = &role.name;
    Who {
        role_arn: Some(format!(
            "arn:{partition}:iam::{account}:role{}{name}",
            role.path
        )),
        session_arn: Some(format!(
            "arn:{partition}:sts::{account}:assumed-role/{name}/{session}"
        )),
        role: Some(name.clone()),
        tags: Some(role.tags.clone()),
        is_linked: role.path.starts_with("/aws-service-role/"),
        identity: Attached::these(role.policies.clone()),
        boundary: Attached::if_any(role.permissions_boundary.iter().cloned().collect()),
        via: Some(SessionVia::AssumeRole),
        ..Who::in_account(Sort::Role, world, request, account)
    }
}

/// A caller that is told by its ARN alone (CHOICE-8).
fn by_arn(world: &World<'_>, request: &Request, arn: &str) -> Option<Who> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", partition, service, "", account, last] = parts.as_slice() else {
        return None;
    };
    let entries = || world.scenario.principals.iter().map(|entry| &**entry);
    let mut who = match (*service, last.split_once('/')) {
        ("iam", None) if *last == "root" => Who::in_account(Sort::Root, world, request, account),
        ("iam", Some(("user", rest))) => {
            let known = entries().find_map(|entry| match entry {
                Principal::User(found) => Some(user(world, request, found))
                    .filter(|who| who.user_arn.as_deref() == Some(arn)),
                _ => None,
            });
            known.unwrap_or_else(|| Who {
                user_arn: Some(arn.to_owned()),
                name: rest.rsplit('/').next().map(str::to_owned),
                ..without_entry(Sort::User, world, request, account)
            })
        }
        ("iam", Some(("role", rest))) => {
            let name = rest.rsplit('/').next()?;
            let known = entries().find_map(|entry| match entry {
                Principal::Role(found) => Some(role_session(world, request, found, "playground"))
                    .filter(|who| who.role_arn.as_deref() == Some(arn)),
                _ => None,
            });
            known.unwrap_or_else(|| Who {
                role_arn: Some(arn.to_owned()),
                role: Some(name.to_owned()),
                session_arn: Some(format!(
                    "arn:{partition}:sts::{account}:assumed-role/{name}/playground"
                )),
                is_linked: rest.starts_with("aws-service-role/"),
                session: Attached::not_known(),
                ..without_entry(Sort::Role, world, request, account)
            })
        }
        ("sts", Some(("assumed-role", rest))) => {
            let (name, session) = rest.split_once('/')?;
            let known = entries().find_map(|entry| match entry {
                Principal::Role(found)
                    if found.account.as_str() == *account && found.name == name =>
                {
                    Some(role_session(world, request, found, session))
                }
                _ => None,
            });
            known.unwrap_or_else(|| Who {
                role: Some(name.to_owned()),
                session_arn: Some(arn.to_owned()),
                session: Attached::not_known(),
                ..without_entry(Sort::Role, world, request, account)
            })
        }
        ("sts", Some(("federated-user", name))) => Who {
            session_arn: Some(arn.to_owned()),
            name: Some(name.to_owned()),
            session: Attached::not_known(),
            ..without_entry(Sort::Federated, world, request, account)
        },
        _ => return None,
    };
    who.partition = Some((*partition).to_owned());
    Some(who)
}

fn without_entry(sort: Sort, world: &World<'_>, request: &Request, account: &str) -> Who {
    Who {
        tags: None,
        identity: Attached::not_known(),
        boundary: Attached::not_known(),
        ..Who::in_account(sort, world, request, account)
    }
}
