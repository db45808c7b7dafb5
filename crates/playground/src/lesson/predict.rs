//! Predicting: the verdict of a request, and what a deny comes from.

use evaluator::{Outcome, PolicyType, Truth, Verdict};
use organization::lesson::{Ask, Task};
use organization::{NodeId, RequestId, Scenario};
use policy::Effect;

use super::{Finding, words};
use crate::engine::Engine;
use crate::view::{Focus, Phrase, TraceView};
use crate::words::{small_verdict, text};

/// What a learner says of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// The request.
    pub request: RequestId,
    /// The verdict. Where the task does not ask for the kind of a deny, either one stands for both.
    pub verdict: Verdict,
    /// What a deny comes from, if the task asks for it.
    pub decider: Option<Decider>,
}

/// What a deny comes from: a policy type, or one level of its policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decider {
    /// The policy type.
    pub policy_type: PolicyType,
    /// The level, for SCPs and RCPs; none means any.
    pub node: Option<NodeId>,
}

/// A decider to choose, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeciderChoice {
    /// What it is.
    pub decider: Decider,
    /// How it reads: "the SCPs at **Sandbox**".
    pub words: Phrase,
}

/// What can be said of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct PredictOptions {
    /// The request.
    pub request: RequestId,
    /// Its name in words.
    pub words: Phrase,
    /// The verdicts to choose from. Without two kinds of deny, `ImplicitDeny` stands for deny.
    pub verdicts: Vec<Verdict>,
    /// What a deny may come from; empty if that is not asked.
    pub deciders: Vec<DeciderChoice>,
}

/// What can be said of each request of a task.
#[must_use]
pub fn predict_options(engine: &mut Engine, start: &Scenario, task: &Task) -> Vec<PredictOptions> {
    let traces = traces(engine, start, &task.requests);
    let pairs = task.requests.iter().zip(&traces);
    pairs
        .map(|(request, trace)| {
            let mut verdicts = vec![Verdict::Allow];
            if task.ask.contains(&Ask::Kind) {
                verdicts.push(Verdict::ExplicitDeny);
            }
            verdicts.push(Verdict::ImplicitDeny);
            if traces
                .iter()
                .flatten()
                .any(|one| one.verdict == Verdict::Depends)
            {
                verdicts.push(Verdict::Depends);
            }
            PredictOptions {
                request: request.clone(),
                words: words::request(start, request.as_str()),
                verdicts,
                deciders: match (trace, task.ask.contains(&Ask::Decider)) {
                    (Some(trace), true) => deciders(trace),
                    _ => Vec::new(),
                },
            }
        })
        .collect()
}

/// The policy types that are weighed, by level where they have levels, and the fixed rules.
fn deciders(trace: &TraceView) -> Vec<DeciderChoice> {
    let mut all: Vec<DeciderChoice> = Vec::new();
    let mut add = |policy_type, node: Option<(&NodeId, &str)>| {
        let choice = DeciderChoice {
            decider: Decider {
                policy_type,
                node: node.map(|(id, _)| id.clone()),
            },
            words: words::decider(policy_type, node.map(|(_, name)| name)),
        };
        if !all.contains(&choice) {
            all.push(choice);
        }
    };
    let stages = trace.resources.iter().flat_map(|one| &one.stages);
    for stage in stages.filter(|stage| stage.outcome != Outcome::NotAsked || stage.stops) {
        for level in &stage.levels {
            add(stage.policy_type, Some((&level.node, &level.name)));
        }
        if stage.levels.is_empty() {
            add(stage.policy_type, None);
        }
    }
    add(PolicyType::Fixed, None);
    all
}

/// What the verdict of a trace comes from.
pub(super) fn truth(trace: &TraceView) -> Vec<Decider> {
    let mut all = Vec::new();
    let stages = trace.resources.iter().flat_map(|one| &one.stages);
    for stage in stages.filter(|stage| stage.stops) {
        let levels = stage.levels.iter().filter(|level| level.stops);
        let mut found: Vec<Option<NodeId>> = levels.map(|level| Some(level.node.clone())).collect();
        if found.is_empty() {
            found.push(None);
        }
        for node in found {
            let decider = Decider {
                policy_type: stage.policy_type,
                node,
            };
            if !all.contains(&decider) {
                all.push(decider);
            }
        }
    }
    all
}

pub(super) fn traces(
    engine: &mut Engine,
    scenario: &Scenario,
    requests: &[RequestId],
) -> Vec<Option<TraceView>> {
    let rows: Vec<Focus> = requests.iter().cloned().map(focus).collect();
    engine.explain(scenario, &rows)
}

fn focus(request: RequestId) -> Focus {
    Focus {
        request,
        account: None,
    }
}

pub(super) fn judge(
    engine: &mut Engine,
    start: &Scenario,
    task: &Task,
    guesses: &[Guess],
) -> Vec<Finding> {
    let traces = traces(engine, start, &task.requests);
    let pairs = task.requests.iter().zip(traces);
    pairs
        .map(|(request, trace)| {
            let guess = guesses.iter().find(|guess| guess.request == *request);
            let (Some(guess), Some(trace)) = (guess, trace) else {
                return Finding::new(false, "answer", request.as_str(), words::not_guessed());
            };
            one(task, guess, &trace)
        })
        .collect()
}

fn one(task: &Task, guess: &Guess, trace: &TraceView) -> Finding {
    let found = trace.verdict;
    let is_deny = |verdict| matches!(verdict, Verdict::ExplicitDeny | Verdict::ImplicitDeny);
    let coarse = !task.ask.contains(&Ask::Kind) && is_deny(found) && is_deny(guess.verdict);
    let (met, sentence) = if guess.verdict != found && !coarse {
        let said = match task.ask.contains(&Ask::Kind) || !is_deny(guess.verdict) {
            true => small_verdict(guess.verdict),
            // Only allow or deny was asked.
            false => texts::expected_deny(),
        };
        (false, words::misjudged(said, found))
    } else if task.ask.contains(&Ask::Decider) && is_deny(found) {
        let all = truth(trace);
        let fits = |given: &Decider| {
            let mut all = all.iter();
            all.any(|one| {
                one.policy_type == given.policy_type
                    && (one.node == given.node || given.node.is_none() && one.node.is_none())
            })
        };
        match &guess.decider {
            Some(given) if fits(given) => (true, words::guessed(found)),
            given => {
                let given = given.as_ref().map(|given| {
                    let offered = deciders(trace);
                    let choice = offered.into_iter().find(|choice| choice.decider == *given);
                    match choice {
                        Some(choice) => choice.words,
                        None => words::decider(given.policy_type, None),
                    }
                });
                (false, words::wrong_decider(found, given))
            }
        }
    } else {
        (true, words::guessed(found))
    };
    let mut reason = trace.sentence.clone();
    if !met && guess.verdict != found && is_deny(guess.verdict) {
        reason.extend(near_deny(trace));
    }
    Finding {
        reason: Some(reason),
        ..Finding::new(met, "answer", guess.request.as_str(), sentence)
    }
}

/// The first Deny that fails by one thing only, which is not its action: who said deny will have
/// thought of it.
fn near_deny(trace: &TraceView) -> Phrase {
    let mut others = trace.resources.iter().flat_map(|one| &one.others);
    let near = others.find(|statement| {
        let unmet = statement.elements.iter();
        let mut unmet = unmet.filter(|element| element.truth == Truth::Unmet);
        let only = unmet.next().filter(|_| unmet.next().is_none());
        statement.effect == Effect::Deny && only.is_some_and(|element| element.name != "Action")
    });
    let said = near.and_then(words::near_deny);
    said.map_or_else(Vec::new, |said| {
        std::iter::once(text(" ")).chain(said).collect()
    })
}
