//! Requests and what is expected of them.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::caller::Caller;
use super::{Context, Tags, described, words};
use crate::scenario::ExpectedVerdict;

described!(
    Verdict,
    words(&ExpectedVerdict::WORDS.map(|(word, _)| word))
);

/// A request whose verdict is asked for.
#[derive(JsonSchema)]
#[schemars(
    rename_all = "camelCase",
    extend("not" = { "required": ["resource", "resources"] })
)]
pub(super) struct Request {
    /// Id that no other request has.
    id: String,
    /// Name.
    name: Option<String>,
    /// Who calls.
    principal: Caller,
    /// `service:Action`.
    action: String,
    /// ARN of the resource; shorthand for `resources` with this one alone.
    resource: Option<String>,
    /// The resources, each weighed with its own keys.
    resources: Option<Vec<RequestResource>>,
    /// Owner of all resources that name none themselves.
    resource_account: Option<String>,
    /// Tags passed in the call.
    request_tags: Option<Tags>,
    /// Region that is called.
    region: Option<String>,
    /// Time of the call.
    time: Option<String>,
    /// Id of the VPC endpoint that the call travels through.
    endpoint: Option<String>,
    /// Services that forwarded the call with the caller's credentials, the first one first.
    via: Option<Vec<String>>,
    /// Context keys.
    context: Option<Context>,
    /// Keys stated to be absent.
    absent: Option<Vec<String>>,
    /// Keys stated to be unknown, perhaps absent.
    unknown: Option<Vec<String>>,
    /// What the author expects.
    expect: Option<Expectation>,
}

/// One resource of a request.
#[derive(JsonSchema)]
struct RequestResource {
    /// ARN, or `*`.
    arn: String,
    /// Its owner.
    account: Option<String>,
    /// Its tags.
    tags: Option<Tags>,
    /// Context keys of this resource only.
    context: Option<Context>,
}

/// A verdict, or a verdict with its reasons.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Expectation {
    /// The verdict.
    Bare(Verdict),
    /// The verdict and its reasons.
    Full(FullExpectation),
}

/// A verdict and its reasons.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
pub(super) struct FullExpectation {
    /// The verdict.
    verdict: Option<Verdict>,
    /// Keys that it depends on.
    depends_on: Option<Vec<String>>,
    /// Statements that decide.
    by: Option<Vec<Reason>>,
    /// Verdicts by account, for a request over every account.
    accounts: Option<BTreeMap<String, Verdict>>,
}

/// A statement that decides.
#[derive(JsonSchema)]
struct Reason {
    /// Id of the policy.
    policy: Option<String>,
    /// `Sid` of the statement.
    sid: Option<String>,
    /// Position of the statement, from 0.
    index: Option<u32>,
    /// Id of the root, OU or account.
    node: Option<String>,
}
