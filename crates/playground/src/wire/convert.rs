//! From the records of the page to the wire form.

use std::collections::HashMap;

use organization::{AccountId, PolicyId, RequestId, Scenario};
use policy::{Kind, Span};

use super::place::Places;
use super::{
    Analysis, Blocker, Branch, Depends, Diagnostic, Effect, Element, Expectation, Key, KeyState,
    Level, LevelPolicy, Lint, Node, Outcome, Piece, PieceStyle, Place, Policy, PolicyType,
    Question, Request, Resource, Row, SCHEMA_VERSION, Sentence, Severity, Size, Stage, Statement,
    Trace, Tried, Truth, Unknown, Value, Verdict,
};
use crate::engine::Engine;
use crate::view::{
    self, BlockerView, BranchView, ElementView, ExpectationView, Focus, Inline, KeyView, LevelView,
    Phrase, QuestionView, RequestView, ResourceView, RowView, StageView, StatementView, TraceView,
    TriedView, UnknownView,
};

/// What is wrong with the text of a policy, without a scenario around it.
#[must_use]
pub fn lint(text: &str, kind: Kind) -> Lint {
    let parsed = policy::parse(text, kind);
    let findings = parsed.diagnostics.iter();
    lint_of(
        text,
        findings,
        parsed.is_refused(),
        policy::size(text, kind),
    )
}

fn lint_of<'a>(
    text: &str,
    findings: impl Iterator<Item = &'a policy::Diagnostic>,
    refused: bool,
    size: policy::Size,
) -> Lint {
    let places = Places::new(text);
    Lint {
        refused,
        diagnostics: findings
            .map(|finding| diagnostic(finding, &places))
            .collect(),
        size: Size {
            typed: size.typed,
            minified: size.minified,
            quota: size.quota,
            counts_whitespace: size.counts_whitespace,
        },
    }
}

fn diagnostic(finding: &policy::Diagnostic, places: &Places<'_>) -> Diagnostic {
    let code = policy::CODES.iter().find(|code| code.name == finding.code);
    Diagnostic {
        code: finding.code.to_owned(),
        rule: code.map(|code| code.rule.to_owned()).unwrap_or_default(),
        severity: match finding.severity {
            policy::Severity::Error => Severity::Error,
            policy::Severity::Warning => Severity::Warning,
        },
        message: finding.message.clone(),
        expected: finding.expected.clone(),
        place: places.of(finding.span),
        related: finding.related.map(|span| places.of(span)),
    }
}

/// Converts the results of one scenario: places need the texts of its policies.
#[derive(Debug)]
pub struct Converter<'a> {
    scenario: &'a Scenario,
    places: HashMap<&'a str, Places<'a>>,
}

impl<'a> Converter<'a> {
    /// For the results of this scenario.
    #[must_use]
    pub fn new(scenario: &'a Scenario) -> Self {
        let own = scenario.policies.iter().map(|policy| policy.id.as_str());
        let known = organization::WELL_KNOWN.iter().map(|policy| policy.name);
        let places = own.chain(known).filter_map(|id| {
            let text = scenario.policy(id)?.text();
            Some((id, Places::new(text)))
        });
        Self {
            scenario,
            places: places.collect(),
        }
    }

    /// The verdicts of a scenario.
    #[must_use]
    pub fn analysis(&self, analysis: &view::Analysis) -> Analysis {
        Analysis {
            schema_version: SCHEMA_VERSION,
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            title: self.scenario.title.clone(),
            requests: analysis
                .requests
                .iter()
                .map(|request| self.request(request))
                .collect(),
            policies: self
                .scenario
                .policies
                .iter()
                .map(|policy| self.policy(policy, analysis))
                .collect(),
        }
    }

    /// The same with the reasons of every row.
    pub fn explained(&self, engine: &mut Engine, analysis: &view::Analysis) -> Analysis {
        let mut explained = self.analysis(analysis);
        self.explain(engine, &mut explained.requests, |_| true);
        explained
    }

    /// Adds the reasons to those rows that `wanted` chooses.
    pub fn explain(
        &self,
        engine: &mut Engine,
        requests: &mut [Request],
        wanted: impl Fn(&Row) -> bool,
    ) {
        let focus = |request: &Request, row: &Row| Focus {
            request: RequestId::from(request.id.as_str()),
            account: row.account.as_deref().map(AccountId::from),
        };
        let chosen: Vec<Focus> = requests
            .iter()
            .flat_map(|request| request.rows.iter().map(move |row| (request, row)))
            .filter(|(_, row)| wanted(row))
            .map(|(request, row)| focus(request, row))
            .collect();
        let mut traces = engine.explain(self.scenario, &chosen).into_iter();
        let rows = requests.iter_mut().flat_map(|request| &mut request.rows);
        for row in rows.filter(|row| wanted(row)) {
            row.trace = traces.next().flatten().map(|trace| self.trace(&trace));
        }
    }

    /// The result of one request.
    #[must_use]
    pub fn request(&self, view: &RequestView) -> Request {
        let request = self.scenario.request(view.id.as_str());
        Request {
            id: view.id.to_string(),
            name: request.map(|it| it.name.clone()).unwrap_or_default(),
            action: request.map(|it| it.action.clone()).unwrap_or_default(),
            verdict: view.verdict.map(Verdict::from),
            word: view.word.clone(),
            expectation: view.expectation.as_ref().map(Expectation::from),
            rows: view.rows.iter().map(Row::from).collect(),
        }
    }

    /// The reasons of one row.
    #[must_use]
    pub fn trace(&self, view: &TraceView) -> Trace {
        let depends = view.verdict == evaluator::Verdict::Depends;
        Trace {
            verdict: view.verdict.into(),
            sentence: (&view.sentence).into(),
            message: view.message.clone(),
            notes: view.notes.iter().map(Sentence::from).collect(),
            blockers: view.blockers.iter().map(Blocker::from).collect(),
            questions: view.questions.iter().map(Question::from).collect(),
            depends: depends.then(|| Depends {
                on: view.depends_on.iter().map(Unknown::from).collect(),
                branches: view.branches.iter().map(Branch::from).collect(),
                complete: view.complete,
            }),
            resources: view.resources.iter().map(|it| self.resource(it)).collect(),
            keys: view.keys.iter().map(Key::from).collect(),
        }
    }

    fn policy(&self, policy: &organization::Policy, analysis: &view::Analysis) -> Policy {
        let view = analysis.policies.get(&policy.id);
        Policy {
            id: policy.id.to_string(),
            name: policy.name.clone(),
            kind: policy.kind.as_str().to_owned(),
            lint: view.map(|view| {
                let findings = view.findings.iter().map(|(finding, _)| finding);
                lint_of(&view.text, findings, view.refused, view.size)
            }),
        }
    }

    fn resource(&self, view: &ResourceView) -> Resource {
        Resource {
            arn: view.arn.clone(),
            owner: view.owner.as_ref().map(ToString::to_string),
            access: view.access.to_owned(),
            stages: view.stages.iter().map(Stage::from).collect(),
            deciding: view.deciding.iter().map(|it| self.statement(it)).collect(),
            others: view.others.iter().map(|it| self.statement(it)).collect(),
        }
    }

    fn statement(&self, view: &StatementView) -> Statement {
        Statement {
            policy: view.policy.to_string(),
            policy_name: view.policy_name.clone(),
            policy_type: view.policy_type.into(),
            node: view.node.as_ref().map(|(id, name)| Node {
                id: id.to_string(),
                name: name.clone(),
            }),
            at: view.at.clone(),
            index: view.index,
            sid: view.sid.clone(),
            title: view.title.clone(),
            place: self.place(&view.policy, view.span),
            effect: match view.effect {
                policy::Effect::Allow => Effect::Allow,
                policy::Effect::Deny => Effect::Deny,
            },
            truth: view.truth.into(),
            word: view.word.clone(),
            elements: view
                .elements
                .iter()
                .map(|element| self.element(&view.policy, element))
                .collect(),
        }
    }

    fn element(&self, policy: &PolicyId, view: &ElementView) -> Element {
        Element {
            name: view.name.clone(),
            key: view.key.clone(),
            place: self.place(policy, view.span),
            values: view
                .values
                .iter()
                .map(|value| Value {
                    text: value.text.clone(),
                    resolved: value.resolved.clone(),
                    truth: value.truth.into(),
                })
                .collect(),
            request: (&view.request).into(),
            origin: view.origin.clone(),
            note: view.note.clone(),
            reason: view.reason.map(str::to_owned),
            truth: view.truth.into(),
        }
    }

    fn place(&self, policy: &PolicyId, span: Span) -> Place {
        match self.places.get(policy.as_str()) {
            Some(places) => places.of(span),
            None => Places::new("").of(span),
        }
    }
}

impl From<&ExpectationView> for Expectation {
    fn from(view: &ExpectationView) -> Self {
        Self {
            word: view.word.clone(),
            met: view.met,
            differences: view.differences.clone(),
        }
    }
}

impl From<&RowView> for Row {
    fn from(view: &RowView) -> Self {
        Self {
            account: view.account.as_ref().map(ToString::to_string),
            who: view.who.clone(),
            verdict: view.verdict.into(),
            trace: None,
        }
    }
}

impl From<&Phrase> for Sentence {
    fn from(phrase: &Phrase) -> Self {
        let pieces: Vec<Piece> = phrase.iter().map(Piece::from).collect();
        Self {
            text: pieces.iter().map(|piece| piece.text.as_str()).collect(),
            pieces,
        }
    }
}

impl From<&Inline> for Piece {
    fn from(inline: &Inline) -> Self {
        let (style, text) = match inline {
            Inline::Text(text) => (PieceStyle::Text, text),
            Inline::Strong(text) => (PieceStyle::Strong, text),
            Inline::Code(text) => (PieceStyle::Code, text),
            Inline::Mark(text) => (PieceStyle::Mark, text),
        };
        Self {
            style,
            text: text.clone(),
        }
    }
}

impl From<&BlockerView> for Blocker {
    fn from(view: &BlockerView) -> Self {
        Self {
            kind: view.kind.to_owned(),
            subject: view.subject.clone(),
            sentence: (&view.sentence).into(),
        }
    }
}

impl From<&QuestionView> for Question {
    fn from(view: &QuestionView) -> Self {
        Self {
            rule: view.rule.name().to_owned(),
            answer: view.answer,
            otherwise: view.otherwise.into(),
        }
    }
}

impl From<&UnknownView> for Unknown {
    fn from(view: &UnknownView) -> Self {
        let resource = view.resource;
        match &view.key {
            Some(key) => Self::Key {
                key: key.clone(),
                resource,
            },
            None => Self::Owner { resource },
        }
    }
}

impl From<&BranchView> for Branch {
    fn from(view: &BranchView) -> Self {
        Self {
            case: (&view.case).into(),
            tried: view.tried.iter().map(Tried::from).collect(),
            verdict: view.verdict.into(),
        }
    }
}

impl From<&TriedView> for Tried {
    fn from(view: &TriedView) -> Self {
        match view {
            TriedView::Values(values) => Self::Values {
                values: values.clone(),
            },
            TriedView::Absent => Self::Absent,
            TriedView::Owner { words, account } => Self::Owner {
                text: Sentence::from(words).text,
                account: account.as_ref().map(ToString::to_string),
            },
        }
    }
}

impl From<&StageView> for Stage {
    fn from(view: &StageView) -> Self {
        Self {
            policy_type: view.policy_type.into(),
            title: view.title.to_owned(),
            outcome: view.outcome.into(),
            word: view.word.clone(),
            why: (&view.why).into(),
            reason: view.reason.map(str::to_owned),
            stops: view.stops,
            levels: view.levels.iter().map(Level::from).collect(),
        }
    }
}

impl From<&LevelView> for Level {
    fn from(view: &LevelView) -> Self {
        Self {
            node: Node {
                id: view.node.to_string(),
                name: view.name.clone(),
            },
            outcome: view.outcome.into(),
            stops: view.stops,
            why: (&view.why).into(),
            policies: view
                .policies
                .iter()
                .map(|(policy, outcome)| LevelPolicy {
                    policy: policy.to_string(),
                    outcome: (*outcome).into(),
                })
                .collect(),
        }
    }
}

impl From<&KeyView> for Key {
    fn from(view: &KeyView) -> Self {
        let (state, values) = match &view.state {
            evaluator::KeyState::Known { values, .. } => (KeyState::Known, values.as_slice()),
            evaluator::KeyState::Absent(_) => (KeyState::Absent, &[][..]),
            evaluator::KeyState::PresentUnknown => (KeyState::Present, &[][..]),
            evaluator::KeyState::Unknown => (KeyState::Unknown, &[][..]),
        };
        Self {
            name: view.name.clone(),
            resource: view.resource,
            state,
            values: values.iter().map(ToString::to_string).collect(),
            value: (&view.value).into(),
            origin: view.origin.clone(),
        }
    }
}

impl From<evaluator::Verdict> for Verdict {
    fn from(verdict: evaluator::Verdict) -> Self {
        match verdict {
            evaluator::Verdict::Allow => Self::Allow,
            evaluator::Verdict::ExplicitDeny => Self::ExplicitDeny,
            evaluator::Verdict::ImplicitDeny => Self::ImplicitDeny,
            evaluator::Verdict::Depends => Self::Depends,
            evaluator::Verdict::Error => Self::Error,
        }
    }
}

impl From<evaluator::Outcome> for Outcome {
    fn from(outcome: evaluator::Outcome) -> Self {
        match outcome {
            evaluator::Outcome::Allow => Self::Allow,
            evaluator::Outcome::ExplicitDeny => Self::ExplicitDeny,
            evaluator::Outcome::ImplicitDeny => Self::ImplicitDeny,
            evaluator::Outcome::Unknown => Self::Depends,
            evaluator::Outcome::NotAsked => Self::NotAsked,
            evaluator::Outcome::Error => Self::Error,
        }
    }
}

impl From<evaluator::Truth> for Truth {
    fn from(truth: evaluator::Truth) -> Self {
        match truth {
            evaluator::Truth::Met => Self::Met,
            evaluator::Truth::Unmet => Self::Unmet,
            evaluator::Truth::Unknown => Self::Unknown,
        }
    }
}

impl From<evaluator::PolicyType> for PolicyType {
    fn from(policy_type: evaluator::PolicyType) -> Self {
        match policy_type {
            evaluator::PolicyType::Fixed => Self::Fixed,
            evaluator::PolicyType::Rcp => Self::Rcp,
            evaluator::PolicyType::Scp => Self::Scp,
            evaluator::PolicyType::Endpoint => Self::Endpoint,
            evaluator::PolicyType::Resource => Self::Resource,
            evaluator::PolicyType::Identity => Self::Identity,
            evaluator::PolicyType::Boundary => Self::Boundary,
            evaluator::PolicyType::Session => Self::Session,
        }
    }
}
