//! A caller that is given by its ARN: an entry of the scenario, or one that it does not have.

use organization::{AccountId, Principal};

use super::World;
use super::who::{RoleSession, SESSION, UserFacts, Who, WhoKind, facts, plain_session};
use crate::trace::Blocker;

/// The parts of an ARN that matter here.
struct Arn<'a> {
    partition: &'a str,
    account: AccountId,
    /// `user`, `role`, `assumed-role`, `federated-user` or `root`.
    resource_type: &'a str,
    /// What stands behind the first slash.
    rest: &'a str,
}

fn parse(text: &str) -> Option<Arn<'_>> {
    let mut parts = text.splitn(6, ':');
    let (arn, partition, service) = (parts.next()?, parts.next()?, parts.next()?);
    let (region, account, resource) = (parts.next()?, parts.next()?, parts.next()?);
    let (resource_type, rest) = resource.split_once('/').unwrap_or((resource, ""));
    let of_service = match resource_type {
        "user" | "role" | "root" => "iam",
        _ => "sts",
    };
    let is_account = account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit());
    let whole = arn == "arn" && !partition.is_empty() && region.is_empty() && is_account;
    (whole && service == of_service && rest.is_empty() == (resource_type == "root")).then(|| Arn {
        partition,
        account: AccountId::from(account),
        resource_type,
        rest,
    })
}

/// The caller with this ARN.
pub(super) fn who<'a>(world: &World<'a>, text: &'a str) -> Result<Who<'a>, Blocker> {
    let no_principal = || Blocker::NotAPrincipal(text.to_owned());
    let arn = parse(text).ok_or_else(no_principal)?;
    let account = Some(arn.account.clone());
    let (parent, name) = match arn.rest.rfind('/') {
        Some(at) => arn.rest.split_at(at + 1),
        None => ("", arn.rest),
    };
    let mut who = match arn.resource_type {
        "root" => Who::new(WhoKind::Root, account),
        "user" => match user(world, &arn, parent, name) {
            Some(who) => who,
            None => {
                let user = UserFacts {
                    name,
                    path: path(arn.rest, name, text),
                    tags: None,
                    groups: &[],
                };
                unlisted(WhoKind::User(user), account, text)
            }
        },
        "role" => match role(world, &arn, name, Some(parent), SESSION) {
            Some(who) => who,
            None => {
                let session = session(name, Some(path(arn.rest, name, text)), SESSION);
                unlisted(WhoKind::RoleSession(session), account, text)
            }
        },
        "assumed-role" => {
            let (name, session_name) = arn.rest.split_once('/').ok_or_else(no_principal)?;
            match role(world, &arn, name, None, session_name) {
                Some(who) => who,
                None => {
                    let session = session(name, None, session_name);
                    unlisted(WhoKind::RoleSession(session), account, text)
                }
            }
        }
        "federated-user" => {
            let kind = WhoKind::FederatedUser {
                name: arn.rest,
                issuer: None,
            };
            unlisted(kind, account, text)
        }
        _ => return Err(no_principal()),
    };
    who.partition = Some(arn.partition);
    Ok(who)
}

/// The path with both its slashes: the part of the ARN from the slash behind its type to the name.
fn path<'a>(rest: &str, name: &str, text: &'a str) -> &'a str {
    let start = text.len() - rest.len() - 1;
    text.get(start..text.len() - name.len()).unwrap_or("/")
}

fn unlisted<'a>(kind: WhoKind<'a>, account: Option<AccountId>, text: &'a str) -> Who<'a> {
    let mut who = Who::new(kind, account);
    who.unlisted = Some(text);
    who
}

fn session<'a>(name: &'a str, path: Option<&'a str>, session: &'a str) -> RoleSession<'a> {
    RoleSession {
        name,
        path,
        session,
        role_tags: None,
        session_tags: None,
        via: organization::SessionVia::AssumeRole,
        provider: None,
        mfa: None,
        source_identity: None,
    }
}

fn user<'a>(world: &World<'a>, arn: &Arn<'_>, parent: &str, name: &str) -> Option<Who<'a>> {
    let mut entries = world.scenario.principals.iter();
    entries.find_map(|entry| match &**entry {
        Principal::User(user)
            if user.account == arn.account && user.name == name && is_path(&user.path, parent) =>
        {
            Some(Who::user(world, user, WhoKind::User(facts(user))))
        }
        _ => None,
    })
}

fn role<'a>(
    world: &World<'a>,
    arn: &Arn<'_>,
    name: &str,
    parent: Option<&str>,
    session: &'a str,
) -> Option<Who<'a>> {
    let mut entries = world.scenario.principals.iter();
    entries.find_map(|entry| match &**entry {
        Principal::Role(role)
            if role.account == arn.account
                && role.name == name
                && parent.is_none_or(|parent| is_path(&role.path, parent)) =>
        {
            let session = RoleSession {
                session,
                ..plain_session(role)
            };
            Some(Who::role(role, session))
        }
        _ => None,
    })
}

/// Whether a path is the one that stands in an ARN, there without its first slash.
fn is_path(path: &str, parent: &str) -> bool {
    path.strip_prefix('/') == Some(parent)
}
