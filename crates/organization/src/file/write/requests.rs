//! Requests, the resources they act on, and what is expected of them.

use super::caller::caller;
use super::{Detail, Object};
use crate::file::json::Json;
use crate::scenario::{Expectation, ExpectedReason, Request, RequestResource};

pub(super) fn request(request: &Request, detail: Detail) -> Json {
    let mut out = Object::new(detail);
    out.text("id", &request.id);
    out.text_unless_empty("name", &request.name);
    out.put("principal", caller(&request.caller, detail));
    out.text("action", &request.action);
    match request.resources.as_slice() {
        [one] if is_plain(one) => out.text_with_default("resource", &one.arn, "*"),
        several => out.list("resources", several, |one| resource(one, detail)),
    }
    out.option("resourceAccount", request.resource_account.as_ref());
    out.tags("requestTags", &request.request_tags);
    out.option("region", request.region.as_ref());
    out.option("time", request.time.as_ref());
    out.option("endpoint", request.endpoint.as_ref());
    out.texts("via", &request.via);
    out.context("context", &request.context);
    out.texts("absent", &request.absent);
    out.texts("unknown", &request.unknown);
    if let Some(expected) = &request.expect {
        out.put("expect", expectation(expected, detail));
    }
    out.finish(&request.extra)
}

/// Whether a resource is no more than its ARN.
fn is_plain(resource: &RequestResource) -> bool {
    resource.account.is_none()
        && resource.tags.is_empty()
        && resource.context.is_empty()
        && resource.extra.is_empty()
}

fn resource(resource: &RequestResource, detail: Detail) -> Json {
    let mut out = Object::new(detail);
    out.text("arn", &resource.arn);
    out.option("account", resource.account.as_ref());
    out.tags("tags", &resource.tags);
    out.context("context", &resource.context);
    out.finish(&resource.extra)
}

pub(super) fn expectation(expected: &Expectation, detail: Detail) -> Json {
    let only_verdict = expected.depends_on.is_none()
        && expected.by.is_none()
        && expected.accounts.is_empty()
        && expected.extra.is_empty();
    if let Some(verdict) = &expected.verdict
        && expected.bare
        && only_verdict
    {
        return Json::text(verdict.as_str());
    }
    let mut out = Object::new(detail);
    out.option(
        "verdict",
        expected.verdict.as_ref().map(|word| word.as_str()),
    );
    if let Some(keys) = &expected.depends_on {
        out.put(
            "dependsOn",
            Json::Array(keys.iter().map(Json::text).collect()),
        );
    }
    if let Some(reasons) = &expected.by {
        let reasons = reasons.iter().map(|one| reason(one, detail));
        out.put("by", Json::Array(reasons.collect()));
    }
    let accounts = expected.accounts.iter();
    out.object_unless_empty(
        "accounts",
        Json::Object(
            accounts
                .map(|(id, verdict)| (id.to_string(), Json::text(verdict.as_str())))
                .collect(),
        ),
    );
    out.finish(&expected.extra)
}

fn reason(reason: &ExpectedReason, detail: Detail) -> Json {
    let mut out = Object::new(detail);
    out.option("policy", reason.policy.as_ref());
    out.option("sid", reason.sid.as_ref());
    if let Some(index) = reason.index {
        out.put("index", Json::Number(index.to_string()));
    }
    out.option("node", reason.node.as_ref());
    out.finish(&reason.extra)
}
