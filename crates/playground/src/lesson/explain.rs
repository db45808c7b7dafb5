//! Explaining: picking what decides a request.

use evaluator::{Outcome, PolicyType, Truth, Verdict};
use organization::lesson::Task;
use organization::{NodeId, PolicyId, Scenario};
use policy::Effect;

use super::predict::traces;
use super::{Finding, words};
use crate::engine::Engine;
use crate::view::{Phrase, StatementView, TraceView};
use crate::words::text;

/// Something that may decide a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// A statement.
    Statement {
        /// The policy.
        policy: PolicyId,
        /// Position in the `Statement` array, from 0.
        index: usize,
    },
    /// That an Allow is missing.
    Missing {
        /// In which policy type.
        policy_type: PolicyType,
        /// At which level, for SCPs.
        node: Option<NodeId>,
    },
}

/// A pick in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it is.
    pub pick: Pick,
    /// How it reads: "Deny `StopAll` of **Region lock** (Sandbox)", "No Allow in the identity
    /// policies".
    pub words: Phrase,
}

/// What may be picked: every statement that was weighed, and each place where an Allow may be
/// missing. Without a request of that name, nothing.
#[must_use]
pub fn choices(engine: &mut Engine, start: &Scenario, task: &Task) -> Vec<Choice> {
    trace(engine, start, task).map_or_else(Vec::new, |trace| offered(&trace))
}

fn trace(engine: &mut Engine, start: &Scenario, task: &Task) -> Option<TraceView> {
    let request = task.request.clone()?;
    traces(engine, start, &[request])
        .into_iter()
        .flatten()
        .next()
}

fn of_statement(statement: &StatementView) -> Pick {
    Pick::Statement {
        policy: statement.policy.clone(),
        index: statement.index,
    }
}

fn offered(trace: &TraceView) -> Vec<Choice> {
    let mut all: Vec<Choice> = Vec::new();
    let mut add = |choice: Choice| {
        if !all.iter().any(|one| one.pick == choice.pick) {
            all.push(choice);
        }
    };
    for resource in &trace.resources {
        // By level and policy, so that the order gives nothing away.
        for stage in &resource.stages {
            let of_stage = resource.deciding.iter().chain(&resource.others);
            let mut statements: Vec<&StatementView> = of_stage
                .filter(|statement| statement.policy_type == stage.policy_type)
                .collect();
            let level = |statement: &StatementView| {
                let node = statement.node.as_ref();
                let mut levels = stage.levels.iter();
                node.and_then(|(id, _)| levels.position(|level| level.node == *id))
            };
            policy::sort_by(&mut statements, |a, b| {
                (level(a), &a.policy, a.index).cmp(&(level(b), &b.policy, b.index))
            });
            for statement in statements {
                let effect = match statement.effect {
                    Effect::Allow => "Allow",
                    Effect::Deny => "Deny",
                };
                add(Choice {
                    pick: of_statement(statement),
                    words: words::statement(
                        effect,
                        &statement.title,
                        &statement.policy_name,
                        &statement.at,
                    ),
                });
            }
            // RCPs never lack an Allow (RCP-2).
            if stage.outcome == Outcome::NotAsked || stage.policy_type == PolicyType::Rcp {
                continue;
            }
            for level in &stage.levels {
                add(Choice {
                    pick: Pick::Missing {
                        policy_type: stage.policy_type,
                        node: Some(level.node.clone()),
                    },
                    words: words::missing(stage.policy_type, Some(&level.name)),
                });
            }
            if stage.levels.is_empty() {
                add(Choice {
                    pick: Pick::Missing {
                        policy_type: stage.policy_type,
                        node: None,
                    },
                    words: words::missing(stage.policy_type, None),
                });
            }
        }
    }
    all
}

/// What decides.
pub(super) fn truth(trace: &TraceView) -> Vec<Pick> {
    let mut all: Vec<Pick> = Vec::new();
    if trace.verdict == Verdict::ImplicitDeny {
        let deciders = super::predict::truth(trace).into_iter();
        all.extend(deciders.map(|decider| Pick::Missing {
            policy_type: decider.policy_type,
            node: decider.node,
        }));
    } else {
        for statement in trace.resources.iter().flat_map(|one| &one.deciding) {
            let pick = of_statement(statement);
            if !all.contains(&pick) {
                all.push(pick);
            }
        }
    }
    all
}

pub(super) fn judge(
    engine: &mut Engine,
    start: &Scenario,
    task: &Task,
    picks: &[Pick],
) -> Vec<Finding> {
    let Some(trace) = trace(engine, start, task) else {
        return Vec::new();
    };
    let about = task.request.as_ref().map_or("", |id| id.as_str());
    let truth = truth(&trace);
    let offered = offered(&trace);
    let mut findings: Vec<Finding> = Vec::new();
    for choice in offered.iter().filter(|choice| picks.contains(&choice.pick)) {
        let decides = truth.contains(&choice.pick);
        findings.push(Finding {
            reason: reason(&trace, choice, decides),
            ..Finding::new(
                decides,
                "pick",
                about,
                words::picked(choice.words.clone(), decides),
            )
        });
    }
    let missing = truth.iter().filter(|one| !picks.contains(one)).count();
    if missing > 0 {
        findings.push(Finding::new(
            false,
            "pick",
            about,
            words::more_decides(missing),
        ));
    }
    findings
}

/// Why a pick does not decide; the sentence of the trace for one that does.
fn reason(trace: &TraceView, choice: &Choice, decides: bool) -> Option<Phrase> {
    if decides {
        return Some(trace.sentence.clone());
    }
    let denied = trace.verdict == Verdict::ExplicitDeny;
    let resources = trace.resources.iter();
    let mut statements = resources.flat_map(|one| one.deciding.iter().chain(&one.others));
    match &choice.pick {
        Pick::Statement { .. } => {
            let statement = statements.find(|one| of_statement(one) == choice.pick)?;
            words::not_met(statement).or_else(|| {
                Some(vec![text(match denied {
                    true => texts::lesson_deny_is_final(),
                    false => texts::lesson_allow_not_enough(),
                })])
            })
        }
        Pick::Missing { policy_type, node } => {
            let allows = statements.find(|one| {
                let place = one.node.as_ref().map(|(id, _)| id);
                one.policy_type == *policy_type
                    && (node.is_none() || place == node.as_ref())
                    && one.effect == Effect::Allow
                    && one.truth == Truth::Met
            });
            match allows {
                Some(statement) => Some(words::allowed_there(statement)),
                None => denied.then(|| vec![text(texts::lesson_missing_but_denied())]),
            }
        }
    }
}
