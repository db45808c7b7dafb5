//! Short ways to make the parts of a request.

use std::collections::BTreeMap;

use serde_json::Map;

use crate::ids::{PrincipalId, RequestId};
use crate::scenario::{
    Caller, CallerKind, Expectation, ExpectedVerdict, Request, RequestResource, SessionVia,
};

impl Request {
    /// A request that says no more than who does what on what. Its id is empty: adding it to a
    /// scenario gives it one.
    #[must_use]
    pub fn new(caller: Caller, action: &str, resource: &str) -> Self {
        Self {
            id: RequestId::from(""),
            name: String::new(),
            caller,
            action: action.to_owned(),
            resources: vec![RequestResource::new(resource)],
            resource_account: None,
            request_tags: BTreeMap::new(),
            region: None,
            time: None,
            endpoint: None,
            via: Vec::new(),
            context: Vec::new(),
            absent: Vec::new(),
            unknown: Vec::new(),
            expect: None,
            extra: Map::new(),
        }
    }
}

impl RequestResource {
    /// A resource of which no more is known than its ARN.
    #[must_use]
    pub fn new(arn: &str) -> Self {
        Self {
            arn: arn.to_owned(),
            account: None,
            tags: BTreeMap::new(),
            context: Vec::new(),
            extra: Map::new(),
        }
    }
}

impl Caller {
    /// A caller of this kind.
    #[must_use]
    pub fn new(kind: CallerKind) -> Self {
        Self {
            kind,
            extra: Map::new(),
        }
    }

    /// A session of a role, opened by sts:AssumeRole.
    #[must_use]
    pub fn role(id: PrincipalId) -> Self {
        Self::new(CallerKind::Role {
            id,
            session: None,
            via: SessionVia::AssumeRole,
            provider: None,
            mfa: None,
            source_identity: None,
            tags: BTreeMap::new(),
            session_policies: Vec::new(),
        })
    }

    /// A user with long-term keys.
    #[must_use]
    pub fn user(id: PrincipalId) -> Self {
        Self::new(CallerKind::User { id, mfa: None })
    }
}

impl Expectation {
    /// A verdict, and nothing about its reasons.
    #[must_use]
    pub fn bare(verdict: ExpectedVerdict) -> Self {
        Self {
            verdict: Some(verdict),
            depends_on: None,
            by: None,
            accounts: BTreeMap::new(),
            bare: true,
            extra: Map::new(),
        }
    }
}
