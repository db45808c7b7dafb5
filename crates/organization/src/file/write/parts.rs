//! Settings, policies, principals, resources and endpoints.

use super::{Detail, Object};
use crate::file::json::{Json, parse};
use crate::file::print::{Layout, print};
use crate::scenario::{
    Defaults, Endpoint, Policy, Principal, Resource, Settings, SwitchedOff, UnstatedKeys,
};

/// How deep a policy may be nested to be written as `document`; deeper ones are written as text,
/// so that the file as a whole stays within its own limit.
const DEEPEST_DOCUMENT: usize = 64;

const DEFAULT_PATH: &str = "/";

pub(super) fn settings(settings: &Settings, detail: Detail) -> Json {
    let mut out = Object::new(detail);
    if settings.unstated_keys == UnstatedKeys::Absent {
        out.text("unstatedKeys", "absent");
    }
    out.option("asOf", settings.as_of.as_ref());
    let rules = settings.rules.iter();
    out.object_unless_empty(
        "rules",
        Json::Object(
            rules
                .map(|(name, on)| (name.clone(), Json::Bool(*on)))
                .collect(),
        ),
    );
    out.list("off", &settings.off, |off| match off {
        SwitchedOff::Kind(kind) => Json::text(kind.as_str()),
        SwitchedOff::Attachment { policy, node } => Json::Object(vec![
            ("policy".to_owned(), Json::text(policy.as_str())),
            ("node".to_owned(), Json::text(node.as_str())),
        ]),
        SwitchedOff::Unknown(value) => Json::from(value),
    });
    out.finish(&settings.extra)
}

pub(super) fn defaults(defaults: &Defaults, detail: Detail) -> Json {
    let mut out = Object::new(detail);
    out.option("region", defaults.region.as_ref());
    out.option("time", defaults.time.as_ref());
    out.context("context", &defaults.context);
    out.finish(&defaults.extra)
}

pub(super) fn policy(policy: &Policy, detail: Detail) -> Json {
    let mut out = Object::new(detail);
    out.text("id", &policy.id);
    out.text_with_default("name", &policy.name, policy.id.as_str());
    out.text("kind", policy.kind.as_str());
    match document(&policy.text) {
        Some(document) => out.put("document", document),
        None => out.text("source", &policy.text),
    }
    out.finish(&policy.extra)
}

/// The policy as JSON, if formatting that gives back the text as it was typed.
fn document(text: &str) -> Option<Json> {
    let json = parse(text).ok()?;
    let same = matches!(json, Json::Object(_))
        && json.depth() <= DEEPEST_DOCUMENT
        && print(&json, Layout::Indented) == text;
    same.then_some(json)
}

pub(super) fn principal(principal: &Principal, detail: Detail) -> Json {
    let mut out = Object::new(detail);
    match principal {
        Principal::User(user) => {
            out.text("id", &user.id);
            out.text("type", "user");
            out.text("account", &user.account);
            out.text_with_default("name", &user.name, user.id.as_str());
            out.text_with_default("path", &user.path, DEFAULT_PATH);
            out.texts("groups", &user.groups);
            out.texts("policies", &user.policies);
            out.option("permissionsBoundary", user.permissions_boundary.as_ref());
            out.tags("tags", &user.tags);
            out.finish(&user.extra)
        }
        Principal::Group(group) => {
            out.text("id", &group.id);
            out.text("type", "group");
            out.text("account", &group.account);
            out.text_with_default("name", &group.name, group.id.as_str());
            out.texts("policies", &group.policies);
            out.finish(&group.extra)
        }
        Principal::Role(role) => {
            out.text("id", &role.id);
            out.text("type", "role");
            out.text("account", &role.account);
            out.text_with_default("name", &role.name, role.id.as_str());
            out.text_with_default("path", &role.path, DEFAULT_PATH);
            out.texts("policies", &role.policies);
            out.option("permissionsBoundary", role.permissions_boundary.as_ref());
            out.option("trustPolicy", role.trust_policy.as_ref());
            out.tags("tags", &role.tags);
            out.finish(&role.extra)
        }
        Principal::Other { value, .. } => Json::from(value),
    }
}

pub(super) fn resource(resource: &Resource, detail: Detail) -> Json {
    let mut out = Object::new(detail);
    out.text("arn", &resource.arn);
    out.option("account", resource.account.as_ref());
    out.option("policy", resource.policy.as_ref());
    out.tags("tags", &resource.tags);
    out.finish(&resource.extra)
}

pub(super) fn endpoint(endpoint: &Endpoint, detail: Detail) -> Json {
    let mut out = Object::new(detail);
    out.text("id", &endpoint.id);
    out.option("policy", endpoint.policy.as_ref());
    out.option("vpc", endpoint.vpc.as_ref());
    out.option("account", endpoint.account.as_ref());
    out.finish(&endpoint.extra)
}
