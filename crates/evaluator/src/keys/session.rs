//! Credentials and sessions: K-12 … K-19, K-41 and K-42.

use organization::{CallerKind, SessionVia};

use super::{Keys, Of};
use crate::context::AbsentWhy;
use crate::scene::{RoleSession, WhoKind};

const ISSUED: &str = "aws:tokenissuetime";
const MFA: &str = "aws:multifactorauthpresent";
const MFA_AGE: &str = "aws:multifactorauthage";
const SOURCE_IDENTITY: &str = "aws:sourceidentity";
const PROVIDER: &str = "aws:federatedprovider";
const ASSUMED_ROOT: &str = "aws:assumedroot";

/// Keys that only role sessions of compute services carry (K-18, K-42).
const COMPUTE: [&str; 8] = [
    "aws:ec2instancesource",
    "ec2:roledelivery",
    "ec2:sourceinstancearn",
    "ssm:sourceinstancearn",
    "lambda:sourcefunctionarn",
    "codebuild:",
    "glue:roleassumedby",
    "glue:credentialissuingservice",
];
/// Keys that only role sessions carry, of chat and of Identity Center (K-19, K-42).
const OF_ROLES: [&str; 2] = ["aws:chatbotsourcearn", "identitystore:userid"];
/// Sessions of a sign-in that is not one of the console (K-19).
const SIGN_IN: [&str; 1] = ["aws:signinsessionarn"];
/// Calls that an MCP server forwards (K-41): somebody signed them.
const MCP: [&str; 3] = [
    "aws:calledviaawsmcp",
    "aws:viaawsmcpservice",
    "aws:ismcpserviceaction",
];

/// Identity providers that AWS knows by their domain (K-13).
const BUILT_IN: [&str; 4] = [
    "accounts.google.com",
    "cognito-identity.amazonaws.com",
    "graph.facebook.com",
    "www.amazon.com",
];

pub(super) fn derive(keys: &mut Keys, of: &Of<'_>) {
    let never = |keys: &mut Keys, names: &[&str]| keys.absent(names, AbsentWhy::Caller);
    let kind = &of.who.kind;
    let WhoKind::RoleSession(session) = kind else {
        keys.absent_families(&COMPUTE, AbsentWhy::Caller);
        keys.absent_families(&OF_ROLES, AbsentWhy::Caller);
        if !matches!(kind, WhoKind::Root | WhoKind::UserSession { .. }) {
            keys.absent_families(&SIGN_IN, AbsentWhy::Caller);
        }
        if of.who.has_resource_side_only() {
            keys.absent_families(&MCP, AbsentWhy::Caller);
        }
        match kind {
            WhoKind::AssumedRoot => {
                keys.flag(ASSUMED_ROOT, true);
                keys.unstated(&[SOURCE_IDENTITY]);
            }
            _ => never(keys, &[ASSUMED_ROOT, SOURCE_IDENTITY]),
        }
        match kind {
            WhoKind::WebIdentity { provider, .. } => {
                // The role that is assumed and its identity provider are in one account.
                let account = of.owner_account().map(|id| id.as_str());
                is_provider(keys, of, provider, account);
            }
            _ => never(keys, &[PROVIDER]),
        }
        match kind {
            WhoKind::User(_) if of.is_forwarded() => {
                // K-15: a service that forwards the call of a user with keys says false.
                keys.flag(MFA, false);
                keys.absent(&[ISSUED, MFA_AGE], AbsentWhy::LongTermKeys);
            }
            // K-15: AssumeRole takes a code of an MFA device along, and tells the role of it.
            WhoKind::User(_) if assumes_role(of) => {
                keys.absent(&[ISSUED], AbsentWhy::LongTermKeys);
                if is_without_mfa(of) {
                    keys.absent(&[MFA, MFA_AGE], AbsentWhy::Stated);
                } else {
                    keys.unstated(&[MFA, MFA_AGE]);
                }
            }
            WhoKind::User(_) => keys.absent(&[ISSUED, MFA, MFA_AGE], AbsentWhy::LongTermKeys),
            WhoKind::UserSession { mfa, .. } => {
                keys.present(&[ISSUED]);
                mfa_is(keys, *mfa);
            }
            // GetFederationToken knows no MFA.
            WhoKind::FederatedUser { .. } => {
                keys.present(&[ISSUED]);
                never(keys, &[MFA, MFA_AGE]);
            }
            WhoKind::Root => keys.unstated(&[ISSUED, MFA, MFA_AGE]),
            WhoKind::AssumedRoot => {
                keys.present(&[ISSUED]);
                keys.unstated(&[MFA, MFA_AGE]);
            }
            _ => never(keys, &[ISSUED, MFA, MFA_AGE]),
        }
        return;
    };
    never(keys, &[ASSUMED_ROOT]);
    keys.present(&[ISSUED]);
    role_session(keys, of, session);
}

fn role_session(keys: &mut Keys, of: &Of<'_>, session: &RoleSession<'_>) {
    // Of a session that is known by its ARN alone nobody knows how it was opened.
    if of.who.unlisted.is_some() {
        keys.unstated(&[SOURCE_IDENTITY, PROVIDER, MFA, MFA_AGE]);
        return;
    }
    match session.source_identity {
        Some(identity) => keys.known(SOURCE_IDENTITY, identity),
        None => keys.absent(&[SOURCE_IDENTITY], AbsentWhy::Caller),
    }
    let account = of.who.account.as_ref().map(|id| id.as_str());
    match (&session.via, session.provider) {
        (SessionVia::WebIdentity, Some(provider)) => is_provider(keys, of, provider, account),
        (SessionVia::WebIdentity, None) => keys.present(&[PROVIDER]),
        (SessionVia::Other(_), _) => keys.unstated(&[PROVIDER]),
        _ => keys.absent(&[PROVIDER], AbsentWhy::Caller),
    }
    match (&session.via, session.mfa) {
        (SessionVia::AssumeRole, mfa) => mfa_is(keys, mfa),
        (SessionVia::Saml | SessionVia::WebIdentity, _) => {
            keys.absent(&[MFA, MFA_AGE], AbsentWhy::Federated);
        }
        (SessionVia::IdentityCenter | SessionVia::Other(_), Some(mfa)) => mfa_is(keys, Some(mfa)),
        (SessionVia::IdentityCenter | SessionVia::Other(_), None) => {
            keys.unstated(&[MFA, MFA_AGE]);
        }
    }
    // Services assume their roles themselves.
    if matches!(
        session.via,
        SessionVia::Saml | SessionVia::WebIdentity | SessionVia::IdentityCenter
    ) {
        keys.absent_families(&COMPUTE, AbsentWhy::Caller);
    }
}

fn assumes_role(of: &Of<'_>) -> bool {
    (&*of.action.service, &*of.action.name) == ("sts", "assumerole")
}

/// Whether the caller is stated to have given no code of an MFA device.
fn is_without_mfa(of: &Of<'_>) -> bool {
    matches!(&of.request.caller.kind, CallerKind::User { mfa: Some(mfa), .. } if mfa == "none")
}

/// K-15, K-16: whether MFA was used is always said; how long ago only if it was.
fn mfa_is(keys: &mut Keys, mfa: Option<bool>) {
    match mfa {
        Some(true) => {
            keys.flag(MFA, true);
            keys.present(&[MFA_AGE]);
        }
        Some(false) => {
            keys.flag(MFA, false);
            keys.absent(&[MFA_AGE], AbsentWhy::Caller);
        }
        None => {
            keys.present(&[MFA]);
            keys.perhaps(&[MFA_AGE]);
        }
    }
}

/// K-13: the domain of a built-in provider, otherwise the ARN of the provider in the account.
fn is_provider(keys: &mut Keys, of: &Of<'_>, provider: &str, account: Option<&str>) {
    if provider.starts_with("arn:") || BUILT_IN.contains(&provider) {
        keys.known(PROVIDER, provider);
    } else if let Some(account) = account {
        let partition = of.partition;
        let arn = format!("arn:{partition}:iam::{account}:oidc-provider/{provider}");
        keys.known(PROVIDER, arn);
    } else {
        keys.present(&[PROVIDER]);
    }
}
