//! Another region, MFA, another value of a context key: what conditions compare with.

use evaluator::Truth;
use organization::{CallerKind, Principal, Request, SessionVia};
use policy::Effect;
use texts::rich;

use super::{Group, Maker};
use crate::view::{ElementView, StatementView};
use crate::what_if::branch::set_key;
use crate::words::{self, code, strong, text};

/// How many values of one condition are tried.
const MOST_VALUES: usize = 3;

impl Maker<'_> {
    /// Changes of the request that turn a condition, nearest first.
    pub(super) fn keys(&mut self) {
        let mut conditions: Vec<(usize, &ElementView)> = Vec::new();
        for (at, resource) in self.trace.resources.iter().enumerate() {
            for statement in resource.deciding.iter().chain(&resource.others) {
                let found = turned(statement, self.allowed);
                conditions.extend(found.into_iter().map(|element| (at, element)));
            }
        }
        for (at, element) in conditions {
            let Some(key) = &element.key else { continue };
            let key = words::key_name(key);
            if key.starts_with("aws:MultiFactorAuth") {
                self.mfa(!self.allowed);
                continue;
            }
            for value in values(element) {
                self.key(at, &key, &value);
            }
        }
    }

    /// A key with another value, at the place from which it comes.
    fn key(&mut self, resource: usize, key: &str, value: &str) {
        let mut changed = self.request.clone();
        let lower = key.to_ascii_lowercase();
        let tag = |prefix: &str| {
            key.get(prefix.len()..)
                .filter(|_| lower.starts_with(prefix))
        };
        let mut words = rich::way_set_key([code(key)], [code(value)]);
        if lower == "aws:requestedregion" {
            self.region(&mut changed, value);
            words = rich::way_region([code(value)]);
        } else if lower == "aws:sourcevpce" || lower == "aws:sourcevpc" {
            let mut endpoints = self.scenario.endpoints.iter();
            let endpoint = endpoints.find(|it| it.id == value || it.vpc.as_deref() == Some(value));
            let Some(endpoint) = endpoint else { return };
            changed.endpoint = Some(endpoint.id.clone());
            words = rich::way_endpoint([code(endpoint.id.clone())]);
        } else if let Some(tag) = tag("aws:requesttag/") {
            changed
                .request_tags
                .insert(tag.to_owned(), value.to_owned());
            words = rich::way_request_tag([code(format!("{tag}={value}"))]);
        } else if let Some(tag) = tag("aws:resourcetag/") {
            if let Some(resource) = changed.resources.get_mut(resource) {
                resource.tags.insert(tag.to_owned(), value.to_owned());
            }
            words = rich::way_resource_tag([code(format!("{tag}={value}"))]);
        } else if let Some(tag) = tag("aws:principaltag/") {
            self.principal_tag(tag, value);
            return;
        } else if follows(&lower) {
            return;
        } else {
            set_key(&mut changed, None, key, vec![value.to_owned()], false);
        }
        self.ask(Group::Request, words, changed);
    }

    /// Another region, also in the ARNs that name the present one.
    fn region(&self, changed: &mut Request, region: &str) {
        let before = self.request.region.as_deref().unwrap_or_default();
        for resource in &mut changed.resources {
            let mut parts: Vec<&str> = resource.arn.split(':').collect();
            if let Some(part) = parts.get_mut(3)
                && !before.is_empty()
                && *part == before
            {
                *part = region;
                resource.arn = parts.join(":");
            }
        }
        changed.region = Some(region.to_owned());
    }

    /// A session with MFA, or without.
    fn mfa(&mut self, with: bool) {
        let mut changed = self.request.clone();
        let id = changed.caller.principal().cloned();
        let entry = id
            .as_ref()
            .and_then(|id| self.scenario.principal(id.as_str()));
        let is_user = entry.is_some_and(|entry| matches!(&**entry, Principal::User(_)));
        match (&mut changed.caller.kind, id) {
            (CallerKind::Role { mfa, via, .. }, _) if *via == SessionVia::AssumeRole => {
                *mfa = Some(with);
            }
            (CallerKind::UserSession { mfa, .. }, _) => *mfa = Some(with),
            (kind @ (CallerKind::User { .. } | CallerKind::Id(_)), Some(id)) if is_user && with => {
                *kind = CallerKind::UserSession {
                    id,
                    mfa: Some(true),
                };
            }
            (kind @ CallerKind::Id(_), Some(id)) if !is_user => {
                *kind = CallerKind::Role {
                    id,
                    session: None,
                    via: SessionVia::AssumeRole,
                    provider: None,
                    mfa: Some(with),
                    source_identity: None,
                    tags: Default::default(),
                    session_policies: Vec::new(),
                };
            }
            _ => return,
        }
        let words = if with {
            texts::way_mfa()
        } else {
            texts::way_no_mfa()
        };
        self.ask(Group::Request, vec![text(words)], changed);
    }

    /// A tag of the user or role that calls.
    fn principal_tag(&mut self, tag: &str, value: &str) {
        let Some(id) = self.request.caller.principal() else {
            return;
        };
        let Some(entry) = self.scenario.principal(id.as_str()) else {
            return;
        };
        let mut changed = (**entry).clone();
        match &mut changed {
            Principal::User(user) => user.tags.insert(tag.to_owned(), value.to_owned()),
            Principal::Role(role) => role.tags.insert(tag.to_owned(), value.to_owned()),
            _ => return,
        };
        let tag = [code(format!("{tag}={value}"))];
        self.make(
            Group::Request,
            rich::way_principal_tag(self.principal_name(id), tag),
            vec![organization::Edit::UpdatePrincipal(Box::new(changed))],
        );
    }

    /// The same call by another user or role.
    pub(super) fn callers(&mut self) {
        const MOST_TRIED: usize = 12;
        let own = self.request.caller.principal();
        let everyone = matches!(self.request.caller.kind, CallerKind::EveryAccount { .. });
        if self.allowed || everyone || own.is_none() {
            return;
        }
        let mut tried = 0;
        for entry in &self.scenario.principals {
            let calls = matches!(&**entry, Principal::User(_) | Principal::Role(_));
            if !calls || Some(entry.id()) == own || tried == MOST_TRIED {
                continue;
            }
            tried += 1;
            let mut changed = self.request.clone();
            changed.caller.kind = CallerKind::Id(entry.id().clone());
            let mut caller = self.principal_name(entry.id());
            if let Some(account) = entry.account() {
                let name = words::account_name(self.scenario, self.tree.as_ref(), account);
                caller = rich::caller_in(caller, [strong(name)]);
            }
            self.ask(Group::Caller, rich::way_call_as(caller), changed);
        }
    }
}

/// The conditions of a statement whose turning may turn the verdict.
fn turned(statement: &StatementView, allowed: bool) -> Vec<&ElementView> {
    let conditions = statement.elements.iter().filter(|it| it.key.is_some());
    let mut missing = statement
        .elements
        .iter()
        .filter(|element| element.truth != Truth::Met);
    match (statement.effect, statement.truth, allowed) {
        // One condition less is enough for what matches.
        (Effect::Deny, Truth::Met, false) | (Effect::Allow, Truth::Met, true) => {
            conditions.filter(|element| turns(element)).collect()
        }
        // One more is enough where nothing else is missing.
        (Effect::Allow, Truth::Unmet, false) | (Effect::Deny, Truth::Unmet, true) => {
            match (missing.next(), missing.next()) {
                (Some(only), None) if only.key.is_some() && turns(only) => vec![only],
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// Whether one of the values that a condition names turns it: what it lists makes a `Not…`
/// operator unmet and others met.
fn turns(element: &ElementView) -> bool {
    let negated = element.name.contains("Not");
    let simple = element.name == "Bool" || element.name == "BoolIfExists";
    let mfa = element
        .key
        .as_ref()
        .is_some_and(|key| key.to_ascii_lowercase().starts_with("aws:multifactorauth"));
    mfa || simple || negated == (element.truth == Truth::Met)
}

/// The values of a condition that can be stated as they are.
fn values(element: &ElementView) -> Vec<String> {
    if element.name.contains("Null") || element.name.contains("Date") {
        return Vec::new();
    }
    let listed = element.values.iter().filter_map(|value| {
        let text = value.resolved.as_ref().unwrap_or(&value.text);
        let text = match element.name.contains("IpAddress") {
            true => text.split('/').next().unwrap_or_default(),
            false => text,
        };
        let plain = !text.contains(['*', '?', '$']) && !text.is_empty();
        plain.then(
            || match (element.name.contains("Bool"), element.truth, text) {
                (true, Truth::Met, "true") => "false".to_owned(),
                (true, Truth::Met, _) => "true".to_owned(),
                _ => text.to_owned(),
            },
        )
    });
    listed.take(MOST_VALUES).collect()
}

/// Whether a key follows from who calls, what is called and how: stating another value would be
/// a request that AWS never sees.
fn follows(key: &str) -> bool {
    const BEGINNINGS: [&str; 14] = [
        "aws:principal",
        "aws:userid",
        "aws:username",
        "aws:resource",
        "aws:calledvia",
        "aws:viaawsservice",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceorg",
        "aws:currenttime",
        "aws:epochtime",
        "aws:token",
        "aws:federatedprovider",
        "aws:assumedroot",
    ];
    BEGINNINGS
        .iter()
        .any(|beginning| key.starts_with(beginning))
}
