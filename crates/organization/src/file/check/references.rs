//! Names of things that are not in the scenario, or are of another sort than their place needs.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::fmt::Display;

use policy::Kind;

use crate::file::error::{FileWarning, FileWarningKind};
use crate::file::json::shortened;
use crate::file::reader::Findings;
use crate::file::suggest::closest;
use crate::ids::{AccountId, PolicyId, PrincipalId};
use crate::lists::either;
use crate::scenario::{CallerKind, Principal, Request, Scenario, SwitchedOff};
use crate::well_known::WELL_KNOWN;

/// In how many warnings a similar name is offered.
const MOST_SUGGESTIONS: usize = 100;

/// Everything that can be named, by its id.
pub(super) struct Names<'a> {
    scenario: &'a Scenario,
    /// The kind is `None` for one that this version does not know.
    pub(super) policies: HashMap<&'a str, Option<Kind>>,
    principals: HashMap<&'a str, &'a Principal>,
    /// Accounts of the organization and outside it.
    accounts: HashSet<&'a str>,
    /// Root, OUs and accounts.
    nodes: HashSet<String>,
    endpoints: HashSet<&'a str>,
    /// How many more times a similar name is looked for: each takes a walk over all names.
    suggestions: Cell<usize>,
    findings: &'a Findings,
}

/// Reports every name of something that is not there, and every state that AWS refuses.
pub(in crate::file) fn references(scenario: &Scenario, findings: &Findings) {
    let mut nodes = HashSet::new();
    let mut names = Names {
        scenario,
        policies: scenario
            .policies
            .iter()
            .map(|policy| (policy.id.as_str(), policy.kind.known()))
            .chain(
                WELL_KNOWN
                    .iter()
                    .map(|policy| (policy.name, Some(policy.kind))),
            )
            .collect(),
        principals: scenario
            .principals
            .iter()
            .map(|principal| (principal.id().as_str(), &**principal))
            .collect(),
        accounts: scenario
            .external_accounts
            .iter()
            .map(|account| account.id.as_str())
            .collect(),
        nodes: HashSet::new(),
        endpoints: scenario
            .endpoints
            .iter()
            .map(|one| one.id.as_str())
            .collect(),
        suggestions: Cell::new(MOST_SUGGESTIONS),
        findings,
    };
    if let Some(organization) = &scenario.organization {
        organization.each_node(&mut |node| {
            nodes.insert(node.id().to_string());
        });
        super::tree::accounts(&organization.root.children, &mut names.accounts);
    }
    names.nodes = nodes;
    names.settings();
    super::tree::check(scenario, &names, findings);
    names.principals();
    names.resources_and_endpoints();
    for (index, request) in scenario.requests.iter().enumerate() {
        names.request(index, request);
    }
    if let Some(lesson) = &scenario.lesson {
        super::lesson::check(scenario, lesson, findings);
    }
}

/// What a policy must be to stand at its place.
const IDENTITY: &[Kind] = &[Kind::Identity];
const BOUNDARY: &[Kind] = &[Kind::Boundary, Kind::Identity];
const SESSION: &[Kind] = &[Kind::Session, Kind::Identity];
const TRUST: &[Kind] = &[Kind::Trust];
const RESOURCE: &[Kind] = &[Kind::Resource];
const ENDPOINT: &[Kind] = &[Kind::Endpoint];

impl Names<'_> {
    fn warn(&self, path: String, message: String, suggestion: Option<&str>) {
        self.findings.push(FileWarning {
            kind: FileWarningKind::Reference,
            path,
            message,
            suggestion: suggestion.map(str::to_owned),
        });
    }

    fn similar<'k>(&self, word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
        let left = self.suggestions.get().checked_sub(1)?;
        self.suggestions.set(left);
        closest(word, known)
    }

    /// Reports a policy that is not there, or is of none of these kinds.
    pub(super) fn policy(&self, id: &PolicyId, kinds: &[Kind], path: impl Display) {
        let id = id.as_str();
        match self.policies.get(id) {
            None => self.warn(
                path.to_string(),
                texts::file_there_no_policy(&shortened(id)),
                self.similar(id, self.policies.keys().copied()),
            ),
            Some(Some(kind)) if !kinds.contains(kind) => {
                let words: Vec<String> = kinds
                    .iter()
                    .map(|kind| format!("`{}`", kind.as_str()))
                    .collect();
                self.warn(
                    path.to_string(),
                    texts::file_policy_kind_expected(
                        &shortened(id),
                        &kind.as_str(),
                        &either(words),
                    ),
                    None,
                );
            }
            Some(_) => {}
        }
    }

    fn policies(&self, ids: &[PolicyId], kinds: &[Kind], path: &str) {
        for (index, id) in ids.iter().enumerate() {
            self.policy(id, kinds, format_args!("{path}[{index}]"));
        }
    }

    /// Reports an account that is not there.
    fn account(&self, id: &AccountId, path: impl Display) {
        if !self.accounts.contains(id.as_str()) && self.scenario.organization.is_some() {
            self.warn(
                path.to_string(),
                texts::file_there_no_account_in(&shortened(id.as_str())),
                self.similar(id.as_str(), self.accounts.iter().copied()),
            );
        }
    }

    fn node(&self, id: &str, path: impl Display) {
        if !self.nodes.contains(id) {
            self.warn(
                path.to_string(),
                texts::file_there_no_root_ou(&shortened(id)),
                self.similar(id, self.nodes.iter().map(String::as_str)),
            );
        }
    }

    /// Reports a principal that is not there, or is of another sort.
    fn principal(&self, id: &PrincipalId, expected: &[&str], path: impl Display) {
        match self.principals.get(id.as_str()) {
            None => self.warn(
                path.to_string(),
                texts::file_there_no_principal(&shortened(id.as_str())),
                self.similar(id.as_str(), self.principals.keys().copied()),
            ),
            Some(Principal::Other { .. }) => {}
            Some(found) if !expected.contains(&found.type_word()) => self.warn(
                path.to_string(),
                texts::file_expected(
                    &shortened(id.as_str()),
                    &found.type_word(),
                    &either(expected.iter().map(|word| (*word).to_owned())),
                ),
                None,
            ),
            Some(_) => {}
        }
    }

    fn settings(&self) {
        for (index, off) in self.scenario.settings.off.iter().enumerate() {
            if let SwitchedOff::Attachment { policy, node } = off {
                let path = format!("settings.off[{index}]");
                self.policy(policy, &Kind::ALL, format_args!("{path}.policy"));
                self.node(node.as_str(), format_args!("{path}.node"));
            }
        }
    }

    fn principals(&self) {
        for (index, principal) in self.scenario.principals.iter().enumerate() {
            let path = format!("principals[{index}]");
            if let Some(account) = principal.account() {
                self.account(account, format_args!("{path}.account"));
            }
            self.policies(principal.policies(), IDENTITY, &format!("{path}.policies"));
            if let Some(boundary) = principal.permissions_boundary() {
                self.policy(
                    boundary,
                    BOUNDARY,
                    format_args!("{path}.permissionsBoundary"),
                );
            }
            match &**principal {
                Principal::Role(role) => {
                    if let Some(trust) = &role.trust_policy {
                        self.policy(trust, TRUST, format_args!("{path}.trustPolicy"));
                    }
                }
                Principal::User(user) => {
                    for (at, group) in user.groups.iter().enumerate() {
                        let path = format!("{path}.groups[{at}]");
                        self.principal(group, &["group"], &path);
                        if let Some(Principal::Group(found)) = self.principals.get(group.as_str())
                            && found.account != user.account
                        {
                            self.warn(path, texts::file_group_belongs_to_another(&group), None);
                        }
                    }
                }
                Principal::Group(_) | Principal::Other { .. } => {}
            }
        }
    }

    fn resources_and_endpoints(&self) {
        let mut arns = HashMap::new();
        for (index, resource) in self.scenario.resources.iter().enumerate() {
            let path = format!("resources[{index}]");
            if let Some(account) = &resource.account {
                self.account(account, format_args!("{path}.account"));
            }
            if let Some(policy) = &resource.policy {
                self.policy(policy, RESOURCE, format_args!("{path}.policy"));
            }
            if let Some(first) = arns.insert(resource.arn.as_str(), index) {
                self.findings.push(FileWarning {
                    kind: FileWarningKind::Redundant,
                    path: format!("{path}.arn"),
                    message: texts::file_resources_has_same_arn(&first),
                    suggestion: None,
                });
            }
        }
        for (index, endpoint) in self.scenario.endpoints.iter().enumerate() {
            let path = format!("endpoints[{index}]");
            if let Some(account) = &endpoint.account {
                self.account(account, format_args!("{path}.account"));
            }
            if let Some(policy) = &endpoint.policy {
                self.policy(policy, ENDPOINT, format_args!("{path}.policy"));
            }
        }
    }

    fn request(&self, index: usize, request: &Request) {
        let path = format!("requests[{index}]");
        self.caller(&request.caller.kind, &format!("{path}.principal"));
        for (at, resource) in request.resources.iter().enumerate() {
            if let Some(account) = &resource.account {
                self.account(account, format_args!("{path}.resources[{at}].account"));
            }
        }
        if let Some(account) = &request.resource_account {
            self.account(account, format_args!("{path}.resourceAccount"));
        }
        if let Some(endpoint) = &request.endpoint
            && !self.endpoints.contains(endpoint.as_str())
        {
            self.warn(
                format!("{path}.endpoint"),
                texts::file_there_no_endpoint(&shortened(endpoint)),
                self.similar(endpoint, self.endpoints.iter().copied()),
            );
        }
        for key in &request.unknown {
            if request
                .absent
                .iter()
                .any(|absent| absent.eq_ignore_ascii_case(key))
            {
                self.warn(
                    format!("{path}.unknown"),
                    texts::file_listed_in_absent_too(&shortened(key)),
                    None,
                );
            }
        }
        let Some(expect) = &request.expect else {
            return;
        };
        for (at, reason) in expect.by.iter().flatten().enumerate() {
            if let Some(policy) = &reason.policy {
                self.policy(
                    policy,
                    &Kind::ALL,
                    format_args!("{path}.expect.by[{at}].policy"),
                );
            }
            if let Some(node) = &reason.node {
                self.node(node.as_str(), format_args!("{path}.expect.by[{at}].node"));
            }
        }
        for account in expect.accounts.keys() {
            self.account(account, format_args!("{path}.expect.accounts.{account}"));
        }
    }

    fn caller(&self, caller: &CallerKind, path: &str) {
        match caller {
            CallerKind::User { id, .. } | CallerKind::UserSession { id, .. } => {
                self.principal(id, &["user"], format_args!("{path}.id"));
            }
            CallerKind::Role {
                id,
                session_policies,
                ..
            } => {
                self.principal(id, &["role"], format_args!("{path}.id"));
                self.policies(
                    session_policies,
                    SESSION,
                    &format!("{path}.sessionPolicies"),
                );
            }
            CallerKind::FederatedUser {
                issuer,
                session_policies,
                ..
            } => {
                self.principal(issuer, &["user"], format_args!("{path}.issuer"));
                self.policies(
                    session_policies,
                    SESSION,
                    &format!("{path}.sessionPolicies"),
                );
            }
            CallerKind::Root { account } | CallerKind::AssumedRoot { account, .. } => {
                self.account(account, format_args!("{path}.account"));
            }
            CallerKind::EveryAccount { policies, .. } => {
                self.policies(policies, IDENTITY, &format!("{path}.policies"));
            }
            CallerKind::Id(id) => self.principal(id, &["user", "role"], path),
            CallerKind::Service { .. }
            | CallerKind::Saml { .. }
            | CallerKind::WebIdentity { .. }
            | CallerKind::Anonymous
            | CallerKind::Arn { .. }
            | CallerKind::Unknown(_) => {}
        }
    }
}
