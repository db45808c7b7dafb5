//! Evaluates a scenario and keeps what can be used again.
//!
//! Two things are kept: what a policy's text means, by text and kind; and the answer of each
//! request row, by everything that it was worked out from ([`Read`]). An edit throws away what
//! depends on it and nothing else.

use std::collections::HashMap;
use std::rc::Rc;

use evaluator::{Answer, Blocker, CompiledPolicy, Library, LibraryPolicy, Verdict, World};
use organization::{
    AccountId, Attachments, CallerKind, Endpoint, ExternalAccount, FeatureSet, NodeId,
    Organization, PolicyId, PolicyRef, Principal, Request, RequestId, Resource, Root, Scenario,
    TreeIndex,
};
use policy::{Kind, LineIndex, Parsed};

use crate::expect;
use crate::present;
use crate::view::{Analysis, Focus, PolicyView, RequestView, RowView, TraceView};
use crate::words;

/// Evaluates scenarios and remembers what it can use again.
#[derive(Debug, Default)]
pub struct Engine {
    texts: HashMap<TextKey, Rc<PolicyText>>,
    tree: Option<(Rc<Root>, Rc<str>, Rc<TreeIndex>)>,
    shared: Option<Shared>,
    rows: HashMap<(RequestId, Option<AccountId>), Memo>,
    /// What was shown of each request and policy the last time.
    views: HashMap<RequestId, Rc<RequestView>>,
    policies: HashMap<PolicyId, Rc<PolicyView>>,
}

/// Kind, whether AWS wrote it, and text.
type TextKey = (Kind, bool, Rc<str>);

/// What a text means as a policy of one kind.
#[derive(Debug)]
pub(crate) struct PolicyText {
    pub(crate) parsed: Parsed,
    pub(crate) compiled: Option<Rc<CompiledPolicy>>,
    pub(crate) lines: LineIndex,
}

/// What all rows of a scenario are worked out from. It changes seldom, so all rows go with it.
#[derive(Clone, Debug, PartialEq)]
struct Shared {
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
    fn of(scenario: &Scenario) -> Self {
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

/// An answer, and what it was worked out from besides [`Shared`].
#[derive(Debug)]
struct Memo {
    read: Read,
    answer: Answer,
}

/// What one row is worked out from. Two rows of the same request in different accounts differ in
/// their levels, so nothing is shared between them that a key such as `aws:PrincipalArn` could
/// tell apart.
#[derive(Debug, PartialEq)]
struct Read {
    request: Rc<Request>,
    principals: Vec<Rc<Principal>>,
    levels: Vec<ReadLevel>,
    policies: Vec<ReadPolicy>,
    /// RCPs of the whole tree: they count where nobody knows who owns the resource.
    rcps: Rc<[(NodeId, PolicyId)]>,
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

/// A scenario with what the engine has worked out of it.
pub(crate) struct Scene<'a> {
    pub(crate) scenario: &'a Scenario,
    pub(crate) tree: Option<Rc<TreeIndex>>,
    pub(crate) library: Library,
    pub(crate) texts: HashMap<PolicyId, Rc<PolicyText>>,
    /// Every attachment that is, or may be, one of an RCP.
    rcps: Rc<[(NodeId, PolicyId)]>,
}

impl Scene<'_> {
    pub(crate) fn world(&self) -> World<'_> {
        World {
            scenario: self.scenario,
            tree: self.tree.as_deref(),
            library: &self.library,
        }
    }
}

impl Engine {
    /// An engine that remembers nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Everything that follows from `scenario`: the verdict of every row, and the reasons for the
    /// one that is looked at.
    pub fn analyze(&mut self, scenario: &Scenario, focus: Option<&Focus>) -> Analysis {
        let mut analysis = Analysis::default();
        let scene = self.scene(scenario, &mut analysis);
        let shared = Shared::of(scenario);
        if self.shared.as_ref() != Some(&shared) {
            self.rows.clear();
            self.shared = Some(shared);
        }
        let mut rows = HashMap::with_capacity(self.rows.len());
        for request in &scenario.requests {
            let view = self.request(&scene, request, &mut rows, &mut analysis.evaluated);
            analysis.requests.push(view);
        }
        self.rows = rows;
        let by_id = analysis
            .requests
            .iter()
            .map(|view| (view.id.clone(), view.clone()));
        self.views = by_id.collect();
        self.policies.clone_from(&analysis.policies);
        analysis.trace = focus.and_then(|focus| trace(&scene, focus)).map(Rc::new);
        analysis
    }

    /// The reasons for some rows, without the verdicts of the others; none for a row that is not
    /// there.
    pub fn explain(&mut self, scenario: &Scenario, rows: &[Focus]) -> Vec<Option<TraceView>> {
        let mut analysis = Analysis::default();
        let scene = self.scene(scenario, &mut analysis);
        self.policies = analysis.policies;
        rows.iter().map(|focus| trace(&scene, focus)).collect()
    }

    /// Reads the policies and the tree, both from what is remembered where it is the same.
    fn scene<'a>(&mut self, scenario: &'a Scenario, analysis: &mut Analysis) -> Scene<'a> {
        let mut before = std::mem::take(&mut self.texts);
        let mut library = Library::default();
        let mut texts = HashMap::new();
        let own = scenario.policies.iter().map(|policy| policy.id.clone());
        let well_known = organization::WELL_KNOWN
            .iter()
            .map(|policy| PolicyId::from(policy.name));
        for id in own.chain(well_known) {
            if texts.contains_key(&id) {
                continue;
            }
            let Some(policy) = scenario.policy(id.as_str()) else {
                continue;
            };
            let Some(kind) = policy.kind() else {
                library.insert(
                    id.clone(),
                    LibraryPolicy {
                        kind: None,
                        compiled: None,
                    },
                );
                continue;
            };
            let by_aws = matches!(policy, PolicyRef::WellKnown(_));
            let key = (kind, by_aws, Rc::from(policy.text()));
            let text = match before.remove(&key) {
                Some(text) => text,
                None => match self.texts.get(&key) {
                    Some(text) => text.clone(),
                    None => Rc::new(read(policy.text(), kind, by_aws)),
                },
            };
            self.texts.insert(key, text.clone());
            library.insert(
                id.clone(),
                LibraryPolicy {
                    kind: Some(kind),
                    compiled: text.compiled.clone(),
                },
            );
            let same = |view: &Rc<PolicyView>| {
                view.name == policy.name()
                    && view.kind == Some(kind)
                    && *view.text == *policy.text()
            };
            let view = match self.policies.remove(&id).filter(same) {
                Some(view) => view,
                None => Rc::new(policy_view(&id, policy.name(), kind, policy.text(), &text)),
            };
            analysis.policies.insert(id.clone(), view);
            texts.insert(id, text);
        }
        Scene {
            scenario,
            tree: scenario.organization.as_ref().map(|it| self.tree(it)),
            rcps: rcps(scenario, &library),
            library,
            texts,
        }
    }

    fn tree(&mut self, organization: &Organization) -> Rc<TreeIndex> {
        match &self.tree {
            Some((root, id, tree))
                if Rc::ptr_eq(root, &organization.root) && *id == organization.id =>
            {
                tree.clone()
            }
            _ => {
                let tree = Rc::new(organization.index());
                self.tree = Some((
                    organization.root.clone(),
                    organization.id.clone(),
                    tree.clone(),
                ));
                tree
            }
        }
    }

    fn request(
        &mut self,
        scene: &Scene<'_>,
        request: &Rc<Request>,
        rows: &mut HashMap<(RequestId, Option<AccountId>), Memo>,
        evaluated: &mut usize,
    ) -> Rc<RequestView> {
        let before = *evaluated;
        let accounts = accounts(scene, request);
        let mut verdicts = Vec::with_capacity(accounts.len());
        for account in &accounts {
            let key = (request.id.clone(), account.clone());
            let read = read_of(scene, request, account.as_ref());
            let memo = match self.rows.remove(&key) {
                Some(memo) if memo.read == read => memo,
                _ => {
                    *evaluated += 1;
                    let answer = answer(scene, request, account.as_ref());
                    Memo { read, answer }
                }
            };
            verdicts.push(memo.answer.verdict);
            rows.insert(key, memo);
        }
        // What an unmet expectation says names policies, which may have been renamed.
        let lasts = |view: &Rc<RequestView>| {
            let of_rows = view.rows.iter().map(|row| &row.account);
            view.expectation.as_ref().is_none_or(|it| it.met) && of_rows.eq(&accounts)
        };
        if *evaluated == before
            && let Some(view) = self.views.remove(&request.id).filter(lasts)
        {
            return view;
        }
        let views: Vec<RowView> = accounts
            .into_iter()
            .zip(verdicts)
            .map(|(account, verdict)| RowView {
                who: words::who(
                    scene.scenario,
                    scene.tree.as_deref(),
                    request,
                    account.as_ref(),
                ),
                account,
                verdict,
            })
            .collect();
        let verdict = match views.split_first() {
            Some((first, rest)) if rest.iter().all(|row| row.verdict == first.verdict) => {
                Some(first.verdict)
            }
            _ => None,
        };
        Rc::new(RequestView {
            id: request.id.clone(),
            word: words::rows(&views),
            expectation: request.expect.as_ref().map(|expect| {
                expect::check(scene, request, expect, &views, rows_answers(rows, request))
            }),
            verdict,
            rows: views,
        })
    }
}

/// The answers of the rows of a request, by account.
fn rows_answers<'a>(
    rows: &'a HashMap<(RequestId, Option<AccountId>), Memo>,
    request: &'a Request,
) -> impl Fn(Option<&AccountId>) -> Option<&'a Answer> {
    move |account| {
        rows.get(&(request.id.clone(), account.cloned()))
            .map(|memo| &memo.answer)
    }
}

/// The rows of a request: the member accounts for a request over every account, else one.
fn accounts(scene: &Scene<'_>, request: &Request) -> Vec<Option<AccountId>> {
    if !matches!(request.caller.kind, CallerKind::EveryAccount { .. }) {
        return vec![None];
    }
    let (Some(organization), Some(tree)) = (&scene.scenario.organization, &scene.tree) else {
        return Vec::new();
    };
    tree.accounts()
        .filter(|account| organization.management_account.as_ref() != Some(&account.id))
        .map(|account| Some(account.id.clone()))
        .collect()
}

fn answer(scene: &Scene<'_>, request: &Request, account: Option<&AccountId>) -> Answer {
    match evaluator::prepare(&scene.world(), request, account) {
        Ok(prepared) => prepared.answer(),
        Err(blocker) => error(blocker),
    }
}

fn error(blocker: Blocker) -> Answer {
    Answer {
        verdict: Verdict::Error,
        blockers: vec![blocker],
        depends: None,
    }
}

fn trace(scene: &Scene<'_>, focus: &Focus) -> Option<TraceView> {
    let request = scene.scenario.request(focus.request.as_str())?;
    let accounts = accounts(scene, request);
    let account = match &focus.account {
        Some(_) if accounts.contains(&focus.account) => focus.account.clone(),
        _ => accounts.into_iter().next()?,
    };
    let account = account.as_ref();
    Some(match evaluator::prepare(&scene.world(), request, account) {
        Ok(prepared) => present::trace(scene, request, account, &prepared),
        Err(blocker) => present::unprepared(scene, request, account, &error(blocker)),
    })
}

fn rcps(scenario: &Scenario, library: &Library) -> Rc<[(NodeId, PolicyId)]> {
    let mut rcps = Vec::new();
    if let Some(organization) = scenario.organization.as_ref()
        && organization.rcps_enabled()
    {
        organization.each_node(&mut |node| {
            let attached = organization.effective_attachments(node.attachments());
            let may_be_rcp = |id: &PolicyId| {
                let kind = library.get(id).and_then(|policy| policy.kind);
                kind.is_none_or(|kind| kind == Kind::Rcp)
            };
            let attached = attached.into_iter().filter(may_be_rcp);
            rcps.extend(attached.map(|id| (node.id(), id)));
        });
    }
    policy::sort_by(&mut rcps, Ord::cmp);
    rcps.into()
}

/// Collects what a row is worked out from.
fn read_of(scene: &Scene<'_>, request: &Rc<Request>, account: Option<&AccountId>) -> Read {
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
        rcps: scene.rcps.clone(),
    }
}

fn read(text: &str, kind: Kind, by_aws: bool) -> PolicyText {
    let mut parsed = policy::parse(text, kind);
    if by_aws {
        // The rules are those for customers: RCPFullAWSAccess breaks two of them (RCP-3, RCP-5).
        parsed.diagnostics.clear();
    }
    PolicyText {
        compiled: evaluator::compile(&parsed, kind).map(Rc::new),
        lines: LineIndex::new(text),
        parsed,
    }
}

fn policy_view(id: &PolicyId, name: &str, kind: Kind, text: &str, read: &PolicyText) -> PolicyView {
    let findings = read.parsed.diagnostics.iter();
    PolicyView {
        id: id.clone(),
        name: name.to_owned(),
        kind: Some(kind),
        text: text.into(),
        findings: findings
            .map(|finding| {
                let place = read.lines.line_col(text, finding.span.start());
                (finding.clone(), place)
            })
            .collect(),
        refused: read.parsed.is_refused(),
        size: policy::size(text, kind),
    }
}
