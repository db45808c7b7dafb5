//! Who calls: K-1 … K-8 and the table K-T.

use std::collections::BTreeMap;

use super::{Keys, Of, service, session};
use crate::context::AbsentWhy;
use crate::scene::{RoleSession, WhoKind};

const ORGANIZATION: [&str; 2] = ["aws:principalorgid", "aws:principalorgpaths"];
const TAG: &str = "aws:principaltag/";

pub(super) fn derive(keys: &mut Keys, of: &Of<'_>) {
    let partition = of.partition;
    let account = of.who.account.as_ref().map_or("", |id| id.as_str());
    if let Some(id) = &of.who.account {
        keys.known("aws:principalaccount", account);
        keys.organization_of(of.world, id, ORGANIZATION);
    }
    match &of.who.kind {
        WhoKind::User(user) | WhoKind::UserSession { user, .. } => {
            let (path, name) = (user.path, user.name);
            let arn = format!("arn:{partition}:iam::{account}:user{path}{name}");
            signed_by(keys, &arn, "User");
            // The unique id AIDA… (KEY-3) is in no scenario.
            keys.present(&["aws:userid"]);
            keys.known("aws:username", name);
            tags_of_user(keys, user.tags);
        }
        WhoKind::RoleSession(session) => role_session(keys, of, session, account),
        WhoKind::FederatedUser { name, issuer } => {
            let arn = format!("arn:{partition}:sts::{account}:federated-user/{name}");
            signed_by(keys, &arn, "FederatedUser");
            keys.known("aws:userid", format!("{account}:{name}"));
            keys.absent(&["aws:username"], AbsentWhy::Caller);
            tags_of_user(keys, issuer.and_then(|user| user.tags));
        }
        WhoKind::Root | WhoKind::AssumedRoot => {
            let arn = format!("arn:{partition}:iam::{account}:root");
            signed_by(keys, &arn, "Account");
            keys.known("aws:userid", account);
            keys.absent(&["aws:username"], AbsentWhy::Caller);
            keys.absent_families(&[TAG], AbsentWhy::NoTag);
        }
        // What these three hold for a service principal is open; that they are there is KEY-5.
        WhoKind::Service { .. } => {
            keys.present(&["aws:principalaccount", "aws:principaltype", "aws:userid"]);
            nameless(keys);
        }
        WhoKind::Saml { .. } | WhoKind::WebIdentity { .. } => {
            keys.present(&["aws:principalaccount", "aws:principaltype", "aws:userid"]);
            nameless(keys);
            keys.absent(&["aws:principalisawsservice"], AbsentWhy::Caller);
        }
        WhoKind::Anonymous => {
            keys.known("aws:principalaccount", "anonymous");
            keys.known("aws:principaltype", "Anonymous");
            keys.known("aws:userid", "anonymous");
            nameless(keys);
            keys.absent(&["aws:principalisawsservice"], AbsentWhy::Caller);
        }
    }
    service::derive(keys, of);
    session::derive(keys, of);
}

/// K-1, K-6, K-9: a principal of an account signed the request.
fn signed_by(keys: &mut Keys, arn: &str, principal_type: &str) {
    keys.known("aws:principalarn", arn);
    keys.known("aws:principaltype", principal_type);
    keys.flag("aws:principalisawsservice", false);
}

/// K-1, K-3, K-4, K-5, K-8: no principal of an account.
fn nameless(keys: &mut Keys) {
    keys.absent(&["aws:principalarn", "aws:username"], AbsentWhy::Caller);
    keys.absent(&ORGANIZATION, AbsentWhy::Caller);
    keys.absent_families(&[TAG], AbsentWhy::NoTag);
}

/// PT-3
fn role_session(keys: &mut Keys, of: &Of<'_>, session: &RoleSession<'_>, account: &str) {
    let (partition, name) = (of.partition, session.name);
    let path = session.path.unwrap_or_default();
    let arn = format!("arn:{partition}:iam::{account}:role{path}{name}");
    signed_by(keys, &arn, "AssumedRole");
    if session.path.is_none() {
        // The ARN of a session leaves out the role's path.
        keys.present(&["aws:principalarn"]);
    }
    // The unique id AROA… (KEY-3) is in no scenario.
    keys.present(&["aws:userid"]);
    keys.absent(&["aws:username"], AbsentWhy::Caller);
    principal_tags(keys, session.role_tags);
    // A session tag goes before a role tag of the same name.
    principal_tags(keys, session.session_tags);
    // Of a role that is not in the scenario nobody knows the tags.
    if of.who.unlisted.is_none() {
        keys.absent_families(&[TAG], AbsentWhy::NoTag);
    }
}

/// A federated user has the tags of the user who opened the session.
fn tags_of_user(keys: &mut Keys, tags: Option<&BTreeMap<String, String>>) {
    // Of a user who is not in the scenario nobody knows them.
    if tags.is_some() {
        principal_tags(keys, tags);
        keys.absent_families(&[TAG], AbsentWhy::NoTag);
    }
}

/// K-5: names are compared without regard to case (COND-2).
fn principal_tags(keys: &mut Keys, tags: Option<&BTreeMap<String, String>>) {
    for (tag, value) in tags.into_iter().flatten() {
        keys.known(&format!("{TAG}{tag}"), value.as_str());
    }
}
