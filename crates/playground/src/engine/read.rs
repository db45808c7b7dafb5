//! What the answer of a row is worked out from: as long as all of it is equal, so is the answer.

use std::rc::Rc;

use evaluator::CompiledPolicy;
use organization::{
    AccountId, Attachments, CallerKind, Endpoint, ExternalAccount, FeatureSet, NodeId,
    Organization, PolicyId, Principal, Request, Resource, Scenario,
};
use policy::Kind;

use super::Scene;

/// What all rows of a scenario are worked out from. It changes seldom, so all rows go with it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shared {
    requires: Vec<String>,
    settings: Rc<organization::Settings>,
    defaults: Rc<organization::Defaults>,
    external_accounts: Vec<Rc<ExternalAccount>>,
    resources: Vec<Rc<Resource>>,
    endpoints: Vec<Rc<Endpoint>>,
    organization: Option<OrganizationFacts>,
}

/// The organization without its tree.
#[derive(Clone, Debug, PartialEq)]
struct OrganizationFacts {
    id: Rc<str>,
    partition: Rc<str>,
    feature_set: FeatureSet,
    enabled_policy_types: Vec<String>,
    management_account: Option<AccountId>,
}

impl Shared {
    pub(super) fn of(scenario: &Scenario) -> Self {
        let facts = |organization: &Organization| OrganizationFacts {
            id: organization.id.clone(),
            partition: organization.partition.clone(),
            feature_set: organization.feature_set.clone(),
            enabled_policy_types: organization.enabled_policy_types.clone(),
            management_account: organization.management_account.clone(),
        };
        Self {
            requires: scenario.requires.clone(),
            settings: scenario.settings.clone(),
            defaults: scenario.defaults.clone(),
            external_accounts: scenario.external_accounts.clone(),
            resources: scenario.resources.clone(),
            endpoints: scenario.endpoints.clone(),
            organization: scenario.organization.as_ref().map(facts),
        }
    }
}

/// What one row is worked out from. Two rows of the same request in different accounts differ in
/// their levels, so nothing is shared between them that a key such as `aws:PrincipalArn` could
/// tell apart.
#[derive(Debug, PartialEq)]
pub(super) struct Read {
    request: Rc<Request>,
    principals: Vec<Rc<Principal>>,
    levels: Vec<ReadLevel>,
    policies: Vec<ReadPolicy>,
}

#[derive(Debug, PartialEq)]
struct ReadLevel {
    node: NodeId,
    name: String,
    attachments: Attachments,
}

/// A policy by identity: the text cache gives the same pointer for the same text and kind.
#[derive(Debug)]
struct ReadPolicy {
    id: PolicyId,
    found: Option<(Option<Kind>, Option<Rc<CompiledPolicy>>)>,
}

impl PartialEq for ReadPolicy {
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &Option<Rc<CompiledPolicy>>, b: &Option<Rc<CompiledPolicy>>| match (a, b) {
            (Some(a), Some(b)) => Rc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        };
        self.id == other.id
            && match (&self.found, &other.found) {
                (Some((kind, policy)), Some((other_kind, other))) => {
                    kind == other_kind && same(policy, other)
                }
                (None, None) => true,
                _ => false,
            }
    }
}

/// Collects what a row is worked out from.
pub(super) fn read_of(
    scene: &Scene<'_>,
    request: &Rc<Request>,
    account: Option<&AccountId>,
) -> Read {
    let scenario = scene.scenario;
    let mut principals = Vec::new();
    if let Some(entry) = request
        .caller
        .principal()
        .and_then(|id| scenario.principal(id.as_str()))
    {
        principals.push(entry.clone());
        if let Principal::User(user) = &**entry {
            let groups = user.groups.iter();
            principals.extend(groups.filter_map(|id| scenario.principal(id.as_str()).cloned()));
        }
    }
    // A caller by its ARN may be any entry, and a role that is assumed is known by its ARN.
    let by_arn = matches!(request.caller.kind, CallerKind::Arn { .. });
    if by_arn || request.action.to_ascii_lowercase().starts_with("sts:") {
        principals.extend(scenario.principals.iter().cloned());
    }
    let mut nodes: Vec<AccountId> = account.cloned().into_iter().collect();
    nodes.extend(
        principals
            .iter()
            .filter_map(|entry| entry.account().cloned()),
    );
    match &request.caller.kind {
        CallerKind::Root { account }
        | CallerKind::AssumedRoot { account, .. }
        | CallerKind::Service {
            source_account: Some(account),
            ..
        } => nodes.push(account.clone()),
        CallerKind::Arn { arn }
        | CallerKind::Service {
            source_arn: Some(arn),
            ..
        } => nodes.extend(arn.split(':').nth(4).map(AccountId::from)),
        _ => {}
    }
    nodes.extend(request.resource_account.clone());
    for resource in &request.resources {
        nodes.extend(resource.account.clone());
        nodes.extend(resource.arn.split(':').nth(4).map(AccountId::from));
    }
    nodes.extend(
        scenario
            .resources
            .iter()
            .filter_map(|entry| entry.account.clone()),
    );
    // Where nobody says who owns a resource, every set of RCPs counts.
    let says_no_owner = request.resources.iter().any(|resource| {
        let in_arn = resource.arn.split(':').nth(4).unwrap_or_default();
        let in_arn = in_arn.len() == 12 && in_arn.bytes().all(|b| b.is_ascii_digit());
        resource.account.is_none() && !in_arn && resource.arn != "*"
    });
    if says_no_owner && request.resource_account.is_none() {
        nodes.extend(evaluator::possible_owners(&scene.world()));
    }
    if let Some(id) = &request.endpoint {
        let endpoint = scenario.endpoint(id);
        nodes.extend(endpoint.and_then(|endpoint| endpoint.account.clone()));
    }
    policy::sort_by(&mut nodes, Ord::cmp);
    nodes.dedup();
    let mut levels: Vec<ReadLevel> = Vec::new();
    let mut ids: Vec<PolicyId> = request.caller.policies().to_vec();
    for account in nodes {
        let path = scene
            .tree
            .as_ref()
            .and_then(|tree| tree.path(account.as_str()));
        for node in path.unwrap_or_default() {
            if let Some(organization) = &scenario.organization {
                ids.extend(organization.effective_attachments(node.attachments()));
            }
            levels.push(ReadLevel {
                node: node.id(),
                name: node.name().to_owned(),
                attachments: node.attachments().clone(),
            });
        }
    }
    for entry in &principals {
        ids.extend(entry.policies().iter().cloned());
        ids.extend(entry.permissions_boundary().cloned());
        if let Principal::Role(role) = &**entry {
            ids.extend(role.trust_policy.clone());
        }
    }
    let resources = scenario.resources.iter();
    ids.extend(resources.filter_map(|entry| entry.policy.clone()));
    let endpoints = scenario.endpoints.iter();
    ids.extend(endpoints.filter_map(|entry| entry.policy.clone()));
    if let CallerKind::AssumedRoot {
        task_policy: Some(task),
        ..
    } = &request.caller.kind
    {
        ids.push(PolicyId::from(task.as_str()));
    }
    policy::sort_by(&mut ids, Ord::cmp);
    ids.dedup();
    let policies = ids.into_iter().map(|id| ReadPolicy {
        found: scene
            .library
            .get(&id)
            .map(|policy| (policy.kind, policy.compiled.clone())),
        id,
    });
    Read {
        request: request.clone(),
        principals,
        levels,
        policies: policies.collect(),
    }
}
