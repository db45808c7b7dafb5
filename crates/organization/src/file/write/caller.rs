//! Who calls.

use super::{Detail, Object};
use crate::file::json::Json;
use crate::scenario::{Caller, CallerKind, SessionVia};

pub(super) fn caller(caller: &Caller, detail: Detail) -> Json {
    let mut out = Object::new(detail);
    match &caller.kind {
        CallerKind::Id(id) => return Json::text(id.as_str()),
        CallerKind::Unknown(value) => return Json::from(value),
        CallerKind::User { id, mfa } => {
            out.text("type", "user");
            out.text("id", id);
            out.value("mfa", mfa.as_ref());
        }
        CallerKind::UserSession { id, mfa } => {
            out.text("type", "userSession");
            out.text("id", id);
            out.bool("mfa", *mfa);
        }
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
            out.text("type", "role");
            out.text("id", id);
            out.option("session", session.as_ref());
            if *via != SessionVia::AssumeRole {
                out.text("via", via.as_str());
            }
            out.option("provider", provider.as_ref());
            out.bool("mfa", *mfa);
            out.option("sourceIdentity", source_identity.as_ref());
            out.tags("tags", tags);
            out.texts("sessionPolicies", session_policies);
        }
        CallerKind::FederatedUser {
            name,
            issuer,
            session_policies,
        } => {
            out.text("type", "federatedUser");
            out.text("name", name);
            out.text("issuer", issuer);
            out.texts("sessionPolicies", session_policies);
        }
        CallerKind::Root { account } => {
            out.text("type", "root");
            out.text("account", account);
        }
        CallerKind::AssumedRoot {
            account,
            task_policy,
        } => {
            out.text("type", "assumedRoot");
            out.text("account", account);
            out.option("taskPolicy", task_policy.as_ref());
        }
        CallerKind::Service {
            name,
            source_arn,
            source_account,
        } => {
            out.text("type", "service");
            out.text("name", name);
            out.option("sourceArn", source_arn.as_ref());
            out.option("sourceAccount", source_account.as_ref());
        }
        CallerKind::Saml { provider } => {
            out.text("type", "saml");
            out.text("provider", provider);
        }
        CallerKind::WebIdentity { provider, context } => {
            out.text("type", "webIdentity");
            out.text("provider", provider);
            out.context("context", context);
        }
        CallerKind::Anonymous => out.text("type", "anonymous"),
        CallerKind::Arn { arn } => {
            out.text("type", "arn");
            out.text("arn", arn);
        }
        CallerKind::EveryAccount { role, policies } => {
            out.text("type", "everyAccount");
            out.text("role", role);
            out.texts("policies", policies);
        }
    }
    out.finish(&caller.extra)
}

impl Object {
    fn bool(&mut self, name: &str, value: Option<bool>) {
        if let Some(value) = value {
            self.put(name, Json::Bool(value));
        }
    }
}
