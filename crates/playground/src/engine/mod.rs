//! Evaluates a scenario and keeps what can be used again.
//!
//! Two things are kept: what a policy's text means, by text and kind; and the answer of each
//! request row, by everything that it was worked out from ([`read::Read`]). An edit throws away what
//! depends on it and nothing else.

mod classes;
mod everyone;
mod read;
mod rows;
mod usage;

use std::collections::HashMap;
use std::rc::Rc;

use catalog::Date;
use evaluator::{CompiledPolicy, Library, LibraryPolicy, Rule, Verdict, World};
use organization::{
    AccountId, CallerKind, Organization, PolicyId, PolicyRef, Request, RequestId, Root, Scenario,
    TreeIndex,
};
use policy::{Kind, LineIndex, Parsed, Size, Span};

use self::classes::Classes;
use self::everyone::Everyone;
use self::read::Shared;
use self::rows::{Memos, Run, accounts, error};
use crate::present;
use crate::view::{Analysis, Focus, PolicyView, QuestionView, RequestView, TraceView};
use crate::words;

pub use usage::{PolicyUsage, StatementUsage};

/// Evaluates scenarios and remembers what it can use again.
#[derive(Debug, Default)]
pub struct Engine {
    texts: HashMap<TextKey, Rc<PolicyText>>,
    tree: Option<(Rc<Root>, Rc<str>, Rc<TreeIndex>)>,
    shared: Option<Shared>,
    memos: Memos,
    everyone: HashMap<RequestId, Everyone>,
    classes: Option<Rc<Classes>>,
    /// The day whose rules counted the last time.
    date: Option<Date>,
    /// What was shown of each request and policy the last time.
    views: HashMap<RequestId, Rc<RequestView>>,
    policies: HashMap<PolicyId, Rc<PolicyView>>,
}

/// Kind, whether AWS wrote it, the day whose rules count, and text.
type TextKey = (Kind, bool, Date, Rc<str>);

/// What a text means as a policy of one kind.
#[derive(Debug)]
pub(crate) struct PolicyText {
    pub(crate) parsed: Parsed,
    pub(crate) compiled: Option<Rc<CompiledPolicy>>,
    pub(crate) lines: LineIndex,
    pub(crate) size: Size,
}

/// A scenario with what the engine has worked out of it.
pub(crate) struct Scene<'a> {
    pub(crate) scenario: &'a Scenario,
    pub(crate) tree: Option<Rc<TreeIndex>>,
    pub(crate) library: Library,
    pub(crate) texts: HashMap<PolicyId, Rc<PolicyText>>,
}

impl Scene<'_> {
    pub(crate) fn world(&self) -> World<'_> {
        World {
            scenario: self.scenario,
            tree: self.tree.as_deref(),
            library: &self.library,
        }
    }

    /// A value as the policy's text has it, without its quotes.
    pub(crate) fn value(&self, policy: &PolicyId, span: Span) -> String {
        let typed = self
            .scenario
            .policy(policy.as_str())
            .and_then(|policy| policy.text().get(span.range()))
            .unwrap_or_default();
        policy::unquoted(typed).unwrap_or_else(|| typed.to_owned())
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
        self.share(scenario);
        let mut run = Run::default();
        for request in &scenario.requests {
            let view = self.request(&scene, request, &mut run);
            analysis.requests.push(view);
        }
        self.memos = run.memos;
        self.everyone = run.everyone;
        analysis.evaluated = run.evaluated;
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

    /// The verdict of one row, without its reasons; none for a row that is not there.
    pub fn verdict(&mut self, scenario: &Scenario, row: &Focus) -> Option<Verdict> {
        let mut analysis = Analysis::default();
        let scene = self.scene(scenario, &mut analysis);
        self.policies = analysis.policies;
        let (request, account) = row_of(&scene, row)?;
        let prepared = evaluator::prepare(&scene.world(), request, account.as_ref());
        Some(prepared.map_or(Verdict::Error, |prepared| prepared.answer().verdict))
    }

    /// The verdict of each row of one request, without anything to show it by; none for a request
    /// that is not there.
    pub fn verdicts(
        &mut self,
        scenario: &Scenario,
        request: &RequestId,
    ) -> Vec<(Option<AccountId>, Verdict)> {
        let mut analysis = Analysis::default();
        let scene = self.scene(scenario, &mut analysis);
        self.policies = analysis.policies;
        self.share(scenario);
        let Some(request) = scenario.request(request.as_str()) else {
            return Vec::new();
        };
        let mut run = Run::default();
        let verdicts = if matches!(request.caller.kind, CallerKind::EveryAccount { .. }) {
            let classes = self.classes(&scene);
            let (verdicts, _) = self.each_account(&scene, request, &classes, None, &mut run);
            let accounts = classes.accounts.iter().map(|it| Some(it.id.clone()));
            accounts.zip(verdicts).collect()
        } else {
            let (memo, _) = self.memo(&scene, request, None, &mut run);
            vec![(None, memo.answer.verdict)]
        };
        self.memos = run.memos;
        verdicts
    }

    /// The account of a row, none for a caller without one; none at all for a row that is not
    /// there.
    pub(crate) fn row(&mut self, scenario: &Scenario, row: &Focus) -> Option<Option<AccountId>> {
        let mut analysis = Analysis::default();
        let scene = self.scene(scenario, &mut analysis);
        self.policies = analysis.policies;
        row_of(&scene, row).map(|(_, account)| account)
    }

    /// Forgets what was worked out while something else held for all rows.
    fn share(&mut self, scenario: &Scenario) {
        let shared = Shared::of(scenario);
        if self.shared.as_ref() != Some(&shared) {
            self.memos.clear();
            self.everyone.clear();
            self.shared = Some(shared);
        }
    }

    /// Reads the policies and the tree, both from what is remembered where it is the same.
    pub(crate) fn scene<'a>(
        &mut self,
        scenario: &'a Scenario,
        analysis: &mut Analysis,
    ) -> Scene<'a> {
        let mut before = std::mem::take(&mut self.texts);
        let mut library = Library::default();
        let date = scenario.settings.date();
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
            let key = (kind, by_aws, date, Rc::from(policy.text()));
            let text = match before.remove(&key) {
                Some(text) => text,
                None => match self.texts.get(&key) {
                    Some(text) => text.clone(),
                    None => Rc::new(read(policy.text(), kind, by_aws, date)),
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
                    && self.date == Some(date)
            };
            let view = match self.policies.remove(&id).filter(same) {
                Some(view) => view,
                None => Rc::new(policy_view(&id, policy.name(), kind, policy.text(), &text)),
            };
            analysis.policies.insert(id.clone(), view);
            texts.insert(id, text);
        }
        self.date = Some(date);
        Scene {
            scenario,
            tree: scenario.organization.as_ref().map(|it| self.tree(it)),
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
}

/// The request and the account of a row; of a request over every account the first one unless it
/// is named.
fn row_of<'a>(scene: &Scene<'a>, focus: &Focus) -> Option<(&'a Rc<Request>, Option<AccountId>)> {
    let request = scene.scenario.request(focus.request.as_str())?;
    let accounts = accounts(scene, request);
    let account = match &focus.account {
        Some(_) if accounts.contains(&focus.account) => focus.account.clone(),
        _ => accounts.into_iter().next()?,
    };
    Some((request, account))
}

fn trace(scene: &Scene<'_>, focus: &Focus) -> Option<TraceView> {
    let (request, account) = row_of(scene, focus)?;
    let account = account.as_ref();
    Some(match evaluator::prepare(&scene.world(), request, account) {
        Ok(prepared) => {
            let mut trace = present::trace(scene, request, account, &prepared);
            trace.questions = deciding_rules(scene, request, account, trace.verdict);
            let notes = trace.questions.iter().map(words::decided);
            trace.notes.extend(notes);
            trace
        }
        Err(blocker) => present::unprepared(scene, request, account, &error(blocker)),
    })
}

/// The open questions whose other answer would give another verdict.
fn deciding_rules(
    scene: &Scene<'_>,
    request: &Request,
    account: Option<&AccountId>,
    verdict: Verdict,
) -> Vec<QuestionView> {
    let flipped = |rule: Rule| {
        let mut scenario = scene.scenario.clone();
        let mut settings = (*scenario.settings).clone();
        let answer = rule.answer(&settings);
        settings.rules.insert(rule.name().to_owned(), !answer);
        scenario.settings = Rc::new(settings);
        let world = World {
            scenario: &scenario,
            ..scene.world()
        };
        let otherwise = match evaluator::prepare(&world, request, account) {
            Ok(prepared) => prepared.answer().verdict,
            Err(_) => Verdict::Error,
        };
        (otherwise != verdict).then_some(QuestionView {
            rule,
            answer,
            otherwise,
        })
    };
    Rule::ALL.into_iter().filter_map(flipped).collect()
}

fn read(text: &str, kind: Kind, by_aws: bool, date: Date) -> PolicyText {
    let mut parsed = policy::parse_on(text, kind, date);
    if by_aws {
        // The rules are those for customers: RCPFullAWSAccess breaks two of them (RCP-3, RCP-5).
        parsed.diagnostics.clear();
    }
    PolicyText {
        compiled: evaluator::compile(&parsed, kind).map(Rc::new),
        lines: LineIndex::new(text),
        size: policy::size_on(text, kind, date),
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
        size: read.size,
    }
}
