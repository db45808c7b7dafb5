//! From the model to JSON, one file for each part of the scenario.

mod caller;
mod lesson;
mod organization;
mod parts;
mod requests;

use std::collections::{BTreeMap, HashSet};
use std::fmt::Display;

use serde_json::{Map, Value};

use super::VERSION;
use super::json::Json;
use crate::scenario::{Context, ContextValue, Scalar, Scenario};

/// How much is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// All ids and names, also those that a reader would put in by itself.
    Full,
    /// Only what a reader cannot put in by itself.
    Compact,
}

pub(crate) fn scenario(scenario: &Scenario, detail: Detail) -> Json {
    let mut out = Object::new(detail);
    out.put("version", Json::Number(VERSION.to_string()));
    out.texts("requires", &scenario.requires);
    out.text_unless_empty("title", &scenario.title);
    out.text_unless_empty("description", &scenario.description);
    out.object_unless_empty("settings", parts::settings(&scenario.settings, detail));
    out.object_unless_empty("defaults", parts::defaults(&scenario.defaults, detail));
    if let Some(tree) = &scenario.organization {
        let external = &scenario.external_accounts;
        out.put(
            "organization",
            organization::organization(tree, external, detail),
        );
    }
    out.list("externalAccounts", &scenario.external_accounts, |account| {
        organization::external(account, detail)
    });
    out.list("policies", &scenario.policies, |policy| {
        parts::policy(policy, detail)
    });
    out.list("principals", &scenario.principals, |principal| {
        parts::principal(principal, detail)
    });
    out.list("resources", &scenario.resources, |resource| {
        parts::resource(resource, detail)
    });
    out.list("endpoints", &scenario.endpoints, |endpoint| {
        parts::endpoint(endpoint, detail)
    });
    out.list("requests", &scenario.requests, |request| {
        requests::request(request, detail)
    });
    out.value("recorded", scenario.recorded.as_ref());
    if let Some(taught) = &scenario.lesson {
        out.put("lesson", lesson::lesson(taught, detail));
    }
    out.finish(&scenario.extra)
}

/// An object that is being written.
struct Object {
    members: Vec<(String, Json)>,
    detail: Detail,
}

impl Object {
    fn new(detail: Detail) -> Self {
        Self {
            members: Vec::new(),
            detail,
        }
    }

    fn put(&mut self, name: &str, json: Json) {
        self.members.push((name.to_owned(), json));
    }

    fn text(&mut self, name: &str, text: impl Display) {
        self.put(name, Json::text(text.to_string()));
    }

    /// A text that a reader puts in by itself where it is left out.
    fn text_with_default(&mut self, name: &str, text: &str, default: &str) {
        if self.detail == Detail::Full || text != default {
            self.text(name, text);
        }
    }

    fn text_unless_empty(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.text(name, text);
        }
    }

    fn option(&mut self, name: &str, text: Option<impl Display>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    fn texts<T: Display>(&mut self, name: &str, texts: &[T]) {
        self.list(name, texts, |text| Json::text(text.to_string()));
    }

    fn list<T>(&mut self, name: &str, items: &[T], write: impl FnMut(&T) -> Json) {
        if !items.is_empty() {
            self.put(name, Json::Array(items.iter().map(write).collect()));
        }
    }

    fn object_unless_empty(&mut self, name: &str, json: Json) {
        if json != Json::Object(Vec::new()) {
            self.put(name, json);
        }
    }

    fn tags(&mut self, name: &str, tags: &BTreeMap<String, String>) {
        let members = tags
            .iter()
            .map(|(key, value)| (key.clone(), Json::text(value)))
            .collect();
        self.object_unless_empty(name, Json::Object(members));
    }

    fn context(&mut self, name: &str, context: &Context) {
        let mut written = HashSet::new();
        let members = context
            .iter()
            .filter(|(key, _)| written.insert(key))
            .map(|(key, value)| (key.clone(), context_value(value)))
            .collect();
        self.object_unless_empty(name, Json::Object(members));
    }

    fn value(&mut self, name: &str, value: Option<&Value>) {
        if let Some(value) = value {
            self.put(name, Json::from(value));
        }
    }

    /// Adds the fields that this version does not know.
    fn finish(mut self, extra: &Map<String, Value>) -> Json {
        if extra.is_empty() {
            return Json::Object(self.members);
        }
        let known: HashSet<String> = self.members.iter().map(|(name, _)| name.clone()).collect();
        for (key, value) in extra {
            if !known.contains(key) {
                self.put(key, Json::from(value));
            }
        }
        Json::Object(self.members)
    }
}

fn context_value(value: &ContextValue) -> Json {
    match value {
        ContextValue::One(value) => scalar(value),
        ContextValue::Many(values) => Json::Array(values.iter().map(scalar).collect()),
    }
}

fn scalar(scalar: &Scalar) -> Json {
    match scalar {
        Scalar::Text(text) => Json::text(text),
        Scalar::Number(text) => Json::Number(text.clone()),
        Scalar::Bool(value) => Json::Bool(*value),
    }
}
