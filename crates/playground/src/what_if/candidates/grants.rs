//! A policy more: an SCP at each level that lacks an Allow, an identity policy, a group, a
//! statement of the resource's policy.

use evaluator::{KeyState, PolicyType};
use organization::{CallerKind, Created, Edit, PolicyId, Principal, Request, Resource};
use policy::Kind;
use serde_json::Value;
use texts::rich;

use super::{Group, Maker};
use crate::view::{Inline, Phrase};
use crate::words::{self, code, strong};
/// How many policies of the scenario are tried for one gap.
const MOST_POLICIES: usize = 6;

impl Maker<'_> {
    /// What lacks an Allow gets one.
    pub(super) fn grants(&mut self) {
        if self.allowed {
            return;
        }
        if self.lacks(PolicyType::Scp) {
            self.scps();
        }
        if self.lacks(PolicyType::Identity) {
            self.identity();
            self.groups();
        }
        if self.lacks(PolicyType::Resource) {
            self.resource();
        }
    }

    /// An SCP attached to each level that lacks an Allow.
    fn scps(&mut self) {
        let levels = self.stops().flat_map(|stage| &stage.levels);
        let mut lacking: Vec<_> = Vec::new();
        for level in levels.filter(|level| level.stops) {
            if !lacking.contains(&&level.node) {
                lacking.push(&level.node);
            }
        }
        let own = self.of_kind(Kind::Scp);
        for policy in own
            .into_iter()
            .chain([organization::FULL_AWS_ACCESS.into()])
        {
            let nodes = lacking.iter().map(|node| self.node_name(node.as_str()));
            let nodes = words::listed(nodes, words::comma, rich::list_and);
            let words = rich::way_attach_scp([self.policy_name(&policy)], nodes);
            let attach = lacking.iter().map(|node| Edit::Attach {
                node: (*node).clone(),
                policy: policy.clone(),
                position: None,
            });
            let edits = attach.collect();
            self.make(Group::Grant, words, edits);
        }
    }

    /// An identity policy that allows just this, or one that is there.
    fn identity(&mut self) {
        let action = &self.request.action;
        let name = format!("Allow {action}");
        let body = statement(&[("Action", one(action)), ("Resource", self.resources())]);
        let Some((policy, add)) = self.new_policy(&name, Kind::Identity, document(&body)) else {
            return;
        };
        let words = self.identity_words([code(action.clone())]);
        if let Some(attach) = self.attach_identity(policy) {
            self.make(Group::Grant, words, vec![add, attach]);
        }
        let there = self.of_kind(Kind::Identity);
        for policy in there.into_iter().chain(["AdministratorAccess".into()]) {
            let holder = match (&self.request.caller.kind, self.request.caller.principal()) {
                (CallerKind::EveryAccount { role, .. }, _) => {
                    rich::caller_role([strong(role.clone())])
                }
                (_, Some(id)) => self.principal_name(id),
                _ => continue,
            };
            let words = rich::way_attach_identity([self.policy_name(&policy)], holder);
            if let Some(attach) = self.attach_identity(policy) {
                self.make(Group::Grant, words, vec![attach]);
            }
        }
    }

    /// Into a group of the account.
    fn groups(&mut self) {
        let Some(id) = self.request.caller.principal() else {
            return;
        };
        let scenario = self.scenario;
        let Some(Principal::User(user)) = scenario.principal(id.as_str()).map(|it| &**it) else {
            return;
        };
        let groups = scenario.principals.iter().filter(
            |entry| matches!(&***entry, Principal::Group(group) if group.account == user.account),
        );
        for group in groups.take(MOST_POLICIES) {
            let words = rich::way_join(self.principal_name(id), self.principal_name(group.id()));
            let join = Edit::JoinGroup {
                user: id.clone(),
                group: group.id().clone(),
            };
            self.make(Group::Grant, words, vec![join]);
        }
    }

    /// A statement more in the policy of the resource, or a first policy for it.
    fn resource(&mut self) {
        let mut keys = self.trace.keys.iter();
        let caller = keys.find(|key| key.name == "aws:PrincipalArn");
        let Some(KeyState::Known { values, .. }) = caller.map(|key| &key.state) else {
            return;
        };
        let (Some(caller), [resource]) =
            (values.as_slice().first(), self.request.resources.as_slice())
        else {
            return;
        };
        let action = &self.request.action;
        let principal = format!("{{ \"AWS\": {} }}", one(caller));
        let of_type = |it: &&crate::view::StatementView| it.policy_type == PolicyType::Resource;
        let traced = self.trace.resources.first();
        let there = traced.and_then(|traced| traced.others.iter().find(of_type));
        let let_in = [code(caller.to_string())];
        if let Some(there) = there {
            let Some(policy) = self.scenario.policy(there.policy.as_str()) else {
                return;
            };
            let trust = policy.kind() == Some(Kind::Trust);
            let mut members = vec![("Principal", principal), ("Action", one(action))];
            if !trust {
                members.push(("Resource", one(&resource.arn)));
            }
            let Some(text_after) = with_statement(policy.text(), &statement(&members)) else {
                return;
            };
            let words = rich::way_let_in_by_statement(let_in, [strong(policy.name())]);
            let edit = Edit::SetPolicyText {
                policy: there.policy.clone(),
                text: text_after.into(),
            };
            self.make(Group::Grant, words, vec![edit]);
            return;
        }
        let body = statement(&[
            ("Principal", principal),
            ("Action", one(action)),
            ("Resource", one(&resource.arn)),
        ]);
        let name = format!("Allow {action}");
        let Some((policy, add)) = self.new_policy(&name, Kind::Resource, document(&body)) else {
            return;
        };
        // The policy of an object is that of its bucket.
        let arn = match resource.arn.split_once('/') {
            Some((bucket, _)) if bucket.starts_with("arn:aws:s3:::") => bucket,
            _ => &resource.arn,
        };
        let words = rich::way_let_in_by_policy(let_in);
        let entry = self.scenario.resources.iter().find(|it| it.arn == arn);
        let owner = traced.and_then(|traced| traced.owner.clone());
        let set = match entry {
            Some(entry) => Edit::UpdateResource {
                arn: arn.to_owned(),
                resource: Box::new(Resource {
                    policy: Some(policy),
                    ..(**entry).clone()
                }),
            },
            None => Edit::AddResource(Box::new(Resource {
                arn: arn.to_owned(),
                account: owner,
                policy: Some(policy),
                tags: Default::default(),
                extra: Default::default(),
            })),
        };
        self.make(Group::Grant, words, vec![add, set]);
    }

    /// The edit that gives an identity policy to who calls.
    fn attach_identity(&self, policy: PolicyId) -> Option<Edit> {
        let mut changed: Request = self.request.clone();
        if let CallerKind::EveryAccount { policies, .. } = &mut changed.caller.kind {
            policies.push(policy);
            return Some(Edit::UpdateRequest(Box::new(changed)));
        }
        Some(Edit::AttachIdentity {
            principal: self.request.caller.principal()?.clone(),
            policy,
        })
    }

    /// The edit that adds a policy, and the id that the policy gets.
    fn new_policy(&self, name: &str, kind: Kind, body: String) -> Option<(PolicyId, Edit)> {
        let add = Edit::AddPolicy {
            name: name.to_owned(),
            kind,
            text: body.into(),
        };
        match self.scenario.apply(add.clone()).ok()?.created {
            Some(Created::Policy(id)) => Some((id, add)),
            _ => None,
        }
    }

    fn of_kind(&self, kind: Kind) -> Vec<PolicyId> {
        let policies = self.scenario.policies.iter();
        let of_kind = policies.filter(|policy| policy.kind.known() == Some(kind));
        let ids = of_kind.map(|policy| policy.id.clone());
        ids.take(MOST_POLICIES).collect()
    }

    /// The resources of the request, as JSON.
    fn resources(&self) -> String {
        match self.request.resources.as_slice() {
            [only] => one(&only.arn),
            several => {
                let arns: Vec<String> = several.iter().map(|it| one(&it.arn)).collect();
                format!("[{}]", arns.join(", "))
            }
        }
    }

    fn identity_words(&self, action: [Inline; 1]) -> Phrase {
        match self.request.resources.as_slice() {
            [only] if only.arn == "*" => rich::way_add_identity(action),
            [only] => rich::way_add_identity_on(action, [code(only.arn.clone())]),
            _ => rich::way_add_identity_on_all(action),
        }
    }
}

/// A text as JSON.
fn one(text: &str) -> String {
    Value::from(text).to_string()
}

/// An Allow with these members.
fn statement(members: &[(&str, String)]) -> String {
    let members: String = members
        .iter()
        .map(|(name, value)| format!(", {}: {value}", one(name)))
        .collect();
    format!("{{ \"Effect\": \"Allow\"{members} }}")
}

/// A document with one statement.
fn document(statement: &str) -> String {
    let text = format!("{{ \"Version\": \"2012-10-17\", \"Statement\": [{statement}] }}");
    policy::format(&text).unwrap_or(text)
}

/// A text with one more statement at the end of its list.
fn with_statement(text: &str, statement: &str) -> Option<String> {
    let parsed = policy::parse(text, Kind::Resource);
    let end = parsed.document.statements.last()?.span.end();
    let (before, after) = (text.get(..end)?, text.get(end..)?);
    if !after.trim_start().starts_with(']') {
        return None;
    }
    policy::format(&format!("{before}, {statement}{after}"))
}
