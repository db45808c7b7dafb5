//! Lessons as JSON: answers in, results out; for the message to a host page, the storage of the
//! page, the command line, and the files of solutions.

use std::fmt::Display;

use evaluator::{PolicyType, Verdict};
use organization::{NodeId, PolicyId, RequestId};
use serde_json::{Map, Value, json};

use super::explain::Pick;
use super::predict::{Decider, Guess};
use super::progress::{Answer, Progress, StepProgress, Summary};
use super::{StepResult, StepState};
use crate::view::Phrase;
use crate::wire::Sentence;

const VERDICTS: [(&str, Verdict); 5] = [
    ("allow", Verdict::Allow),
    ("explicitDeny", Verdict::ExplicitDeny),
    ("implicitDeny", Verdict::ImplicitDeny),
    ("depends", Verdict::Depends),
    // Where the kind of a deny is not asked.
    ("deny", Verdict::ImplicitDeny),
];

const TYPES: [(&str, PolicyType); 8] = [
    ("fixed", PolicyType::Fixed),
    ("rcp", PolicyType::Rcp),
    ("scp", PolicyType::Scp),
    ("endpoint", PolicyType::Endpoint),
    ("resource", PolicyType::Resource),
    ("identity", PolicyType::Identity),
    ("boundary", PolicyType::Boundary),
    ("session", PolicyType::Session),
];

fn word<T: PartialEq>(words: &'static [(&'static str, T)], value: &T) -> &'static str {
    let found = words.iter().find(|(_, one)| one == value);
    found.map_or("", |(word, _)| *word)
}

/// The word of a verdict; none for one that cannot be expected.
pub(super) fn verdict_word(verdict: Verdict) -> Option<&'static str> {
    Some(word(&VERDICTS, &verdict)).filter(|word| !word.is_empty())
}

fn value<T: Copy>(
    words: &[(&str, T)],
    typed: &Value,
    expected: fn(&dyn Display) -> String,
) -> Result<T, String> {
    let text = typed.as_str().unwrap_or_default();
    let found = words.iter().find(|(word, _)| *word == text);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        texts::file_found(typed, &expected(&known.join(", ")))
    })
}

/// An answer from JSON: an object from request to guess (`"allow"`, or an object with `verdict`,
/// `policyType` and `node`) for predict; an array of picks (`policy` with `statement` from 0, or
/// `missing` with a policy type and perhaps `node`) for explain.
///
/// # Errors
///
/// What was found and what was expected.
pub fn answer_from_json(json: &Value) -> Result<Answer, String> {
    match json {
        Value::Object(guesses) => {
            let all: Result<Vec<Guess>, String> = guesses.iter().map(guess).collect();
            all.map(Answer::Predict)
        }
        Value::Array(picks) => {
            let all: Result<Vec<Pick>, String> = picks.iter().map(pick).collect();
            all.map(Answer::Explain)
        }
        other => Err(texts::file_found(other, &texts::lesson_expected_answer())),
    }
}

fn node(json: &Value) -> Option<NodeId> {
    json.get("node").and_then(Value::as_str).map(NodeId::from)
}

fn guess((request, said): (&String, &Value)) -> Result<Guess, String> {
    let verdict = said.get("verdict").unwrap_or(said);
    Ok(Guess {
        request: RequestId::from(request.as_str()),
        verdict: value(&VERDICTS, verdict, |words| {
            texts::lesson_expected_verdict(words)
        })?,
        decider: match said.get("policyType") {
            Some(typed) => Some(Decider {
                policy_type: value(&TYPES, typed, |words| {
                    texts::lesson_expected_policy_type(words)
                })?,
                node: node(said),
            }),
            None => None,
        },
    })
}

fn pick(json: &Value) -> Result<Pick, String> {
    if let Some(typed) = json.get("missing") {
        return Ok(Pick::Missing {
            policy_type: value(&TYPES, typed, |words| {
                texts::lesson_expected_policy_type(words)
            })?,
            node: node(json),
        });
    }
    let policy = json.get("policy").and_then(Value::as_str);
    let index = json.get("statement").and_then(Value::as_u64);
    match (policy, index.and_then(|index| usize::try_from(index).ok())) {
        (Some(policy), Some(index)) => Ok(Pick::Statement {
            policy: PolicyId::from(policy),
            index,
        }),
        _ => Err(texts::file_found(json, &texts::lesson_expected_pick())),
    }
}

/// An answer as JSON.
#[must_use]
pub fn answer_to_json(answer: &Answer) -> Value {
    match answer {
        Answer::Predict(guesses) => {
            let mut all = Map::new();
            for guess in guesses {
                let mut said = json!({ "verdict": word(&VERDICTS, &guess.verdict) });
                if let (Some(decider), Some(said)) = (&guess.decider, said.as_object_mut()) {
                    said.insert(
                        "policyType".to_owned(),
                        word(&TYPES, &decider.policy_type).into(),
                    );
                    if let Some(node) = &decider.node {
                        said.insert("node".to_owned(), node.as_str().into());
                    }
                }
                all.insert(guess.request.to_string(), said);
            }
            Value::Object(all)
        }
        Answer::Explain(picks) => Value::Array(picks.iter().map(pick_to_json).collect()),
    }
}

fn pick_to_json(pick: &Pick) -> Value {
    match pick {
        Pick::Statement { policy, index } => {
            json!({ "policy": policy.as_str(), "statement": index })
        }
        Pick::Missing { policy_type, node } => {
            let mut said = json!({ "missing": word(&TYPES, policy_type) });
            if let (Some(node), Some(said)) = (node, said.as_object_mut()) {
                said.insert("node".to_owned(), node.as_str().into());
            }
            said
        }
    }
}

fn sentence(phrase: &Phrase) -> Value {
    serde_json::to_value(Sentence::from(phrase)).unwrap_or_default()
}

/// The result of a step as JSON.
#[must_use]
pub fn result_to_json(result: &StepResult) -> Value {
    let state = match result.state {
        StepState::Open => "open",
        StepState::Unsolved => "unsolved",
        StepState::Solved => "solved",
    };
    let findings = result.findings.iter().map(|finding| {
        json!({
            "met": finding.met,
            "kind": finding.kind,
            "about": finding.about,
            "sentence": sentence(&finding.sentence),
            "reason": finding.reason.as_ref().map(sentence),
            "rules": finding.rules,
        })
    });
    json!({
        "step": result.step,
        "state": state,
        "sentence": sentence(&result.sentence),
        "findings": findings.collect::<Vec<_>>(),
    })
}

/// What a learner has done, as JSON, for the storage of a page.
#[must_use]
pub fn progress_to_json(progress: &Progress) -> Value {
    let mut all = Map::new();
    for (id, step) in progress.steps() {
        let answer = step.answer.as_ref().map(answer_to_json);
        let said = json!({
            "tries": step.tries, "hints": step.hints, "solved": step.solved, "answer": answer,
        });
        all.insert(id.clone(), said);
    }
    Value::Object(all)
}

/// What a learner has done, from JSON that was kept. What cannot be read counts as not done: a page
/// must not fail over what it finds in its storage.
#[must_use]
pub fn progress_from_json(json: &Value) -> Progress {
    let mut progress = Progress::default();
    for (id, step) in json.as_object().into_iter().flatten() {
        let count = |name: &str| {
            let number = step.get(name).and_then(Value::as_u64);
            number
                .and_then(|number| usize::try_from(number).ok())
                .unwrap_or(0)
        };
        let kept = StepProgress {
            tries: count("tries"),
            hints: count("hints"),
            solved: step.get("solved").and_then(Value::as_bool) == Some(true),
            answer: step
                .get("answer")
                .and_then(|answer| answer_from_json(answer).ok()),
        };
        progress.put(id, kept);
    }
    progress
}

/// How far a learner is, as JSON: what the message `result` to a host page holds.
#[must_use]
pub fn summary_to_json(summary: &Summary) -> Value {
    let steps = summary.steps.iter().map(|(id, solved, tries, hints)| {
        json!({ "id": id, "solved": solved, "tries": tries, "hints": hints })
    });
    json!({
        "lesson": summary.lesson,
        "solved": summary.solved,
        "tasksSolved": summary.tasks_solved,
        "tasks": summary.tasks,
        "firstTries": summary.first_tries,
        "steps": steps.collect::<Vec<_>>(),
    })
}
