//! How the requests of a scenario use the statements of a policy.

use evaluator::{Outcome, StatementTrace, Truth, Verdict};
use organization::{PolicyId, RequestId, Scenario};
use policy::Span;

use super::rows::accounts;
use super::{Engine, Scene};
use crate::view::Analysis;

/// Most rows that are looked at: what is asked for a person to read may not hold the page up.
const MOST_ROWS: usize = 300;

/// How the requests use the statements of one policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyUsage {
    /// One for each statement, in the order of the text.
    pub statements: Vec<StatementUsage>,
    /// Whether all rows of all requests were looked at.
    pub complete: bool,
}

/// How the requests use one statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementUsage {
    /// Its `Sid`, or "Statement 2".
    pub title: String,
    /// The statement in the text.
    pub span: Span,
    /// The requests whose verdict rests on it.
    pub decides: Vec<RequestId>,
    /// The other requests that it matches.
    pub matches: Vec<RequestId>,
}

impl Engine {
    /// How the requests of `scenario` use the statements of a policy. None if there is no such
    /// policy, or if AWS would refuse it.
    pub fn usage(&mut self, scenario: &Scenario, policy: &PolicyId) -> Option<PolicyUsage> {
        let mut analysis = Analysis::default();
        let scene = self.scene(scenario, &mut analysis);
        self.policies = analysis.policies;
        let text = scene.texts.get(policy)?;
        text.compiled.as_ref()?;
        let statements = text.parsed.document.statements.iter();
        let mut usage = PolicyUsage {
            statements: statements
                .map(|statement| StatementUsage {
                    title: match &statement.sid {
                        Some(sid) if !sid.value.is_empty() => sid.value.clone(),
                        _ => crate::words::statement_title(statement.index),
                    },
                    span: statement.span,
                    decides: Vec::new(),
                    matches: Vec::new(),
                })
                .collect(),
            complete: true,
        };
        let mut left = MOST_ROWS;
        for request in &scenario.requests {
            for account in accounts(&scene, request) {
                let Some(fewer) = left.checked_sub(1) else {
                    usage.complete = false;
                    return Some(usage);
                };
                left = fewer;
                usage.add(&scene, policy, request, account.as_ref());
            }
        }
        for statement in &mut usage.statements {
            let StatementUsage {
                decides, matches, ..
            } = statement;
            matches.retain(|id| !decides.contains(id));
        }
        Some(usage)
    }
}

impl PolicyUsage {
    /// Adds what one row uses.
    fn add(
        &mut self,
        scene: &Scene<'_>,
        policy: &PolicyId,
        request: &organization::Request,
        account: Option<&organization::AccountId>,
    ) {
        let Ok(prepared) = evaluator::prepare(&scene.world(), request, account) else {
            return;
        };
        let explanation = prepared.explain();
        let stages = explanation.resources.iter().flat_map(|one| &one.stages);
        for stage in stages {
            let levels = stage.levels.iter().flat_map(|level| &level.policies);
            let here = levels.chain(&stage.policies);
            for trace in here.filter(|trace| trace.policy == *policy) {
                for statement in &trace.statements {
                    self.note(statement, explanation.answer.verdict, &request.id);
                }
            }
        }
    }

    fn note(&mut self, trace: &StatementTrace, verdict: Verdict, request: &RequestId) {
        let Some(statement) = self.statements.get_mut(trace.index) else {
            return;
        };
        let uses = if decides(verdict, trace) {
            &mut statement.decides
        } else if trace.truth == Truth::Met {
            &mut statement.matches
        } else {
            return;
        };
        if uses.last() != Some(request) {
            uses.push(request.clone());
        }
    }
}

/// Whether a statement is one of those that the verdict rests on.
fn decides(verdict: Verdict, statement: &StatementTrace) -> bool {
    let outcome = match verdict {
        Verdict::Allow => Outcome::Allow,
        Verdict::ExplicitDeny => Outcome::ExplicitDeny,
        Verdict::Depends => Outcome::Unknown,
        Verdict::ImplicitDeny | Verdict::Error => return false,
    };
    evaluator::decides(outcome, statement.effect, statement.truth)
}
