//! Requests that match a statement, and requests that do not, made up from its own words.

use policy::{
    ActionPattern, Effect, Kind, PrincipalEntry, ResourcePattern, Scope, ScopeMode, Statement,
};
use serde_json::{Map, Value, json};

/// The account that everything belongs to.
pub const OWNER: &str = "222222222222";

/// The role that a trust policy is attached to.
pub const ROLE: &str = "arn:aws:iam::222222222222:role/Subject";

/// A request: who, what, on what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// The caller, as a scenario writes it; none for a user of the owner.
    pub caller: Option<Value>,
    /// The action.
    pub action: String,
    /// The ARN of the resource.
    pub resource: String,
    /// Context keys that the statement asks for: nobody says what they are.
    pub unknown: Vec<String>,
    /// Context keys that the request states.
    pub context: Map<String, Value>,
    /// Context keys that it states to be absent.
    pub absent: Vec<String>,
}

/// One statement with the text that it was read from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The text of the whole document.
    pub text: &'a str,
    /// The kind of the document.
    pub kind: Kind,
    /// The statement.
    pub statement: &'a Statement,
}

impl Source<'_> {
    /// A request that each element of the statement matches, as far as its conditions are met;
    /// none if no request can match, or none can be made up.
    #[must_use]
    pub fn matching(&self) -> Option<Instance> {
        if let Some(scope) = &self.statement.resource
            && scope.entries.is_empty()
        {
            return None;
        }
        let resource = self.resource_text();
        let action = self.matching_action(resource.as_deref())?;
        let service = action.split(':').next().unwrap_or_default();
        Some(Instance {
            caller: self.caller(&action)?,
            resource: match (self.kind, resource) {
                (Kind::Trust, _) => ROLE.to_owned(),
                (_, Some(text)) => arn(&text, service),
                (_, None) => any_resource(service),
            },
            unknown: self.keys(),
            action,
            context: Map::new(),
            absent: Vec::new(),
        })
    }

    /// The same request with an action, or else a resource, that the statement does not mean;
    /// none if it means everything.
    #[must_use]
    pub fn other(&self, matching: &Instance) -> Option<Instance> {
        let scope = self.statement.action.as_ref()?;
        let all = scope
            .entries
            .iter()
            .any(|entry| matches!(entry.value, ActionPattern::Any));
        let action = match scope.mode {
            ScopeMode::Only if all => None,
            ScopeMode::Only => {
                // All of these take RCPs.
                let mut services = ["polly", "xray", "swf", "fis"].into_iter();
                let named = |service: &&str| {
                    let mut entries = scope.entries.iter();
                    entries.any(|entry| {
                        matches!(&entry.value, ActionPattern::Named { service: own, .. } if own == service)
                    })
                };
                let service = services.find(|service| !named(service))?;
                Some(format!("{service}:Nothing"))
            }
            ScopeMode::Except => self.listed_actions().into_iter().next(),
        };
        let action = match self.kind {
            Kind::Trust => Some(self.other_trust_action(&matching.action)?),
            _ => action,
        };
        if let Some(action) = action {
            return Some(Instance {
                action,
                ..matching.clone()
            });
        }
        let scope = self.statement.resource.as_ref()?;
        let all = scope
            .entries
            .iter()
            .any(|entry| matches!(entry.value, ResourcePattern::Any));
        let resource = match scope.mode {
            ScopeMode::Only if all => return None,
            ScopeMode::Only => "arn:aws:sample:eu-west-1:222222222222:other/z".to_owned(),
            ScopeMode::Except => {
                let service = matching.action.split(':').next().unwrap_or_default();
                arn(&self.entry_texts(scope).next()?, service)
            }
        };
        Some(Instance {
            resource,
            ..matching.clone()
        })
    }

    /// Another call that asks the trust policy and that the statement does not mean.
    fn other_trust_action(&self, matching: &str) -> Option<String> {
        let listed: Vec<String> = self
            .statement
            .action
            .iter()
            .flat_map(|scope| self.entry_texts(scope))
            .map(|text| text.to_lowercase())
            .collect();
        let only_names = listed.iter().all(|text| !text.contains('*'));
        let plain = !matching.to_lowercase().starts_with("sts:assumerolewith");
        ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]
            .into_iter()
            .filter(|_| plain && only_names)
            .find(|action| !listed.contains(&action.to_lowercase()))
            .map(str::to_owned)
    }

    pub(crate) fn entry_texts<'s, T>(
        &'s self,
        scope: &'s Scope<T>,
    ) -> impl Iterator<Item = String> + 's {
        let spans = scope.entries.iter().map(|entry| entry.span);
        spans.filter_map(|span| policy::unquoted(self.text.get(span.range())?))
    }

    /// The entries of the statement's actions, each with its wildcards filled in.
    fn listed_actions(&self) -> Vec<String> {
        let Some(scope) = &self.statement.action else {
            return Vec::new();
        };
        let named = scope
            .entries
            .iter()
            .zip(self.entry_texts(scope))
            .filter(|(entry, _)| matches!(entry.value, ActionPattern::Named { .. }));
        named.map(|(_, text)| filled(&text)).collect()
    }

    fn matching_action(&self, resource: Option<&str>) -> Option<String> {
        let scope = self.statement.action.as_ref()?;
        let service = resource
            .and_then(|text| text.split(':').nth(2))
            .filter(|service| !service.is_empty() && !service.contains(['*', '?', '$']))
            .unwrap_or("sample");
        let any = format!("{service}:Try");
        let has_any = scope
            .entries
            .iter()
            .any(|entry| matches!(entry.value, ActionPattern::Any));
        if scope.mode == ScopeMode::Except {
            return (!has_any).then(|| "sample:Try".to_owned());
        }
        if has_any {
            return Some(any);
        }
        let fits = |action: &String| {
            let (service, name) = action.split_once(':').unwrap_or_default();
            let (service, name) = (service.to_lowercase(), name.to_lowercase());
            let trust = service == "sts" && name.starts_with("assumerole");
            match self.kind {
                Kind::Trust => trust,
                // RES-9: the resource of such an action is never an ARN.
                _ => resource.is_none() || !catalog::is_without_resource(&service, &name),
            }
        };
        self.listed_actions().into_iter().find(fits)
    }

    /// The first resource that is meant, as written; none for any.
    fn resource_text(&self) -> Option<String> {
        let scope = self.statement.resource.as_ref()?;
        let any = scope
            .entries
            .iter()
            .any(|entry| matches!(entry.value, ResourcePattern::Any));
        if scope.mode == ScopeMode::Except {
            return Some("arn:aws:sample:eu-west-1:222222222222:other/z".to_owned());
        }
        if any {
            None
        } else {
            self.entry_texts(scope).next()
        }
    }

    fn denies(&self) -> bool {
        let effect = self.statement.effect.as_ref();
        effect.is_some_and(|effect| effect.value == Effect::Deny)
    }

    /// The condition keys and variables of the statement.
    fn keys(&self) -> Vec<String> {
        let conditions = self.statement.conditions.iter();
        let mut keys: Vec<String> = conditions.map(|one| one.key.value.clone()).collect();
        let text = self.text.get(self.statement.span.range());
        for part in text.unwrap_or_default().split("${").skip(1) {
            let key = part.split(['}', ',']).next().unwrap_or_default();
            if key.contains(':') {
                keys.push(key.trim().to_owned());
            }
        }
        let mut seen = Vec::new();
        keys.retain(|key| {
            let key = key.to_lowercase();
            let new = !seen.contains(&key);
            seen.push(key);
            new
        });
        keys
    }

    /// A caller whom the statement names; the outer none if none can be made up.
    fn caller(&self, action: &str) -> Option<Option<Value>> {
        let Some(scope) = &self.statement.principal else {
            return Some(None);
        };
        let lower = action.to_lowercase();
        let federated = match lower.as_str() {
            "sts:assumerolewithsaml" => Some("saml"),
            "sts:assumerolewithwebidentity" => Some("webIdentity"),
            _ => None,
        };
        if scope.mode == ScopeMode::Except {
            let stranger = "arn:aws:iam::999999999999:user/stranger";
            return Some(Some(json!({ "type": "arn", "arn": stranger })));
        }
        let entries = scope.entries.iter();
        entries
            .filter_map(|entry| match (&entry.value, federated) {
                (PrincipalEntry::Federated(provider), Some(kind)) => {
                    Some(json!({ "type": kind, "provider": provider }))
                }
                // PRIN-9: a Deny for everyone means identity providers too.
                (PrincipalEntry::Everyone, Some(kind)) if self.denies() => {
                    Some(json!({ "type": kind, "provider": "accounts.google.com" }))
                }
                (PrincipalEntry::Service(name), None) => {
                    Some(json!({ "type": "service", "name": name }))
                }
                (PrincipalEntry::Aws(text), None) => aws_caller(text),
                _ => None,
            })
            .map(Some)
            .next()
            .or_else(|| {
                let mut entries = scope.entries.iter();
                let everyone = entries.any(|entry| entry.value == PrincipalEntry::Everyone);
                (everyone && federated.is_none()).then_some(None)
            })
    }
}

/// A user of an account that is named, or the one who is.
fn aws_caller(text: &str) -> Option<Value> {
    let account = |id: &str| format!("arn:aws:iam::{id}:user/somebody");
    let arn = match text.strip_suffix(":root") {
        Some(head) => format!("{head}:user/somebody"),
        None if text.starts_with("arn:aws:iam::") && text.contains(":role/") => {
            let id = text.split(':').nth(4)?;
            let name = text.rsplit('/').next()?;
            format!("arn:aws:sts::{id}:assumed-role/{name}/session")
        }
        None if text.starts_with("arn:") => text.to_owned(),
        None if text.len() == 12 => account(text),
        None => return None,
    };
    let named = ["user/", "assumed-role/", "federated-user/"];
    let kind = arn.splitn(6, ':').nth(5)?;
    let caller = json!({ "type": "arn", "arn": arn });
    // Placeholders such as `account-id` are no accounts.
    account_of(&caller)?;
    (named.iter().any(|word| kind.starts_with(word))).then_some(caller)
}

/// The account in the ARN of a caller.
#[must_use]
pub fn account_of(caller: &Value) -> Option<String> {
    let account = caller.get("arn")?.as_str()?.split(':').nth(4)?;
    let digits = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| account.to_owned())
}

fn any_resource(service: &str) -> String {
    match service {
        "s3" => "arn:aws:s3:::bucket/x".to_owned(),
        _ => format!("arn:aws:{service}:eu-west-1:222222222222:thing/x"),
    }
}

pub(crate) fn filled(pattern: &str) -> String {
    pattern.replace(['*', '?'], "x")
}

/// An ARN that a pattern means.
fn arn(pattern: &str, service: &str) -> String {
    // RES-14
    let expanded = pattern
        .strip_prefix("execute-api:/")
        .map(|path| format!("arn:aws:execute-api:*:*:api/{path}"));
    let pattern = expanded.as_deref().unwrap_or(pattern);
    let parts: Vec<&str> = pattern.splitn(6, ':').collect();
    let part = |at: usize| parts.get(at).copied();
    let head = |at: usize, whole: &str| match part(at) {
        None | Some("*") => whole.to_owned(),
        Some(text) => filled(text),
    };
    let account = match part(4) {
        None | Some("*") => OWNER.to_owned(),
        Some(text) => text.replace('?', "2").replace('*', "22"),
    };
    let last = part(5).map_or_else(|| "x".to_owned(), meant);
    format!(
        "arn:{}:{}:{}:{account}:{last}",
        head(1, "aws"),
        head(2, service),
        head(3, "eu-west-1"),
    )
}

/// A text that a pattern means: something in place of each wildcard and variable, and the
/// characters themselves for `${*}`, `${?}` and `${$}` (VAR-4).
fn meant(pattern: &str) -> String {
    let mut pieces = pattern.split("${");
    let mut out = filled(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, rest) = piece.split_once('}').unwrap_or(("", piece));
        out.push_str(match name {
            "*" | "?" | "$" => name,
            _ => "v",
        });
        out.push_str(&filled(rest));
    }
    out
}
