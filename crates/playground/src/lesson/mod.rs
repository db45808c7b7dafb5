//! Lessons: whether a task is solved, what is wrong otherwise, and what must not be seen yet.
//!
//! A lesson stands in a scenario (`organization::lesson`). What a learner has done is two things:
//! the scenario as it is now, and a [`Progress`] with the answers. [`check`] judges one step from
//! the scenario as the lesson starts it, the scenario now, and an answer. Nothing here knows a
//! clock, and the same input always gives the same result.
//!
//! - *predict* and *explain* are about the scenario as the lesson starts it, whatever was changed
//!   since.
//! - *mend* and *build* take the requests from the start as well, unless they may be edited: what
//!   the learner does to a request, or to what it expects, changes nothing.
//! - A step may be solved by the changes that it and the steps before it allow, and no others.

mod explain;
mod hidden;
mod kept;
mod limits;
mod markdown;
mod mend;
mod predict;
mod progress;
mod review;
mod solution;
mod structure;
mod wire;
mod words;

use organization::Scenario;
use organization::lesson::{Lesson, Step, TaskKind};
use serde_json::{Map, Value};

use crate::engine::Engine;
use crate::view::Phrase;

pub use explain::{Choice, Pick, choices};
pub use hidden::{Unseen, hidden};
pub use markdown::{Block, HOSTS, Span, blocks, left_out};
pub use predict::{Decider, DeciderChoice, Guess, PredictOptions, predict_options};
pub use progress::{Answer, Progress, StepProgress, Summary, summary};
pub use review::{Finding as ReviewFinding, Review, Severity as ReviewSeverity, review};
pub use solution::{Solution, SolutionError, SolvedStep};
pub use wire::{
    answer_from_json, answer_to_json, progress_from_json, progress_to_json, result_to_json,
    summary_to_json,
};

/// What became of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct StepResult {
    /// The step.
    pub step: String,
    /// Whether it is solved.
    pub state: StepState,
    /// That in a sentence.
    pub sentence: Phrase,
    /// What is right and what is wrong, in the order of the task.
    pub findings: Vec<Finding>,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// There is nothing to do, or nothing was done yet.
    Open,
    /// Something was done, and it is not solved.
    Unsolved,
    /// It is solved.
    Solved,
}

/// One thing that a task asks for, and whether it is so.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Whether it is as it should be.
    pub met: bool,
    /// What sort of thing it is: `request`, `structure`, `limit`, `kept`, `pick`, `answer`.
    pub kind: &'static str,
    /// The id of the request or policy, or the name of the limit, that it is about.
    pub about: String,
    /// In a sentence.
    pub sentence: Phrase,
    /// What decides now: the sentence of the trace, where there is one.
    pub reason: Option<Phrase>,
    /// The rules of the rule book that it shows.
    pub rules: Vec<String>,
}

impl Finding {
    fn new(met: bool, kind: &'static str, about: impl Into<String>, sentence: Phrase) -> Self {
        Self {
            met,
            kind,
            about: about.into(),
            sentence,
            reason: None,
            rules: Vec::new(),
        }
    }
}

/// Judges one step: from the scenario as the lesson starts it, the scenario now, and what was
/// answered (needed for predict and explain only). None for a step that the lesson does not have.
#[must_use]
pub fn check(
    engine: &mut Engine,
    start: &Scenario,
    now: &Scenario,
    step: &str,
    answer: Option<&Answer>,
) -> Option<StepResult> {
    judged(engine, start, now, step, answer, Detail::Told)
}

/// How much is worked out of a task.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// Everything that the learner is told.
    Told,
    /// Only whether it is solved: up to the first thing that is wrong, and without reasons.
    Solved,
}

fn judged(
    engine: &mut Engine,
    start: &Scenario,
    now: &Scenario,
    step: &str,
    answer: Option<&Answer>,
    detail: Detail,
) -> Option<StepResult> {
    let lesson = start.lesson.as_deref()?;
    let at = lesson.steps.iter().position(|one| one.id == step)?;
    let step = lesson.steps.get(at)?;
    let Some(task) = &step.task else {
        return Some(StepResult {
            step: step.id.clone(),
            state: StepState::Solved,
            sentence: Vec::new(),
            findings: Vec::new(),
        });
    };
    let (tried, mut findings) = match (&task.kind, answer) {
        (TaskKind::Predict, Some(Answer::Predict(guesses))) => {
            (true, predict::judge(engine, start, task, guesses))
        }
        (TaskKind::Explain, Some(Answer::Explain(picks))) => {
            (true, explain::judge(engine, start, task, picks))
        }
        (TaskKind::Mend | TaskKind::Build, _) => {
            let tried = kept::is_touched(start, now);
            let allowed = lesson.steps.get(..=at).unwrap_or_default();
            (
                tried,
                mend::judge(engine, start, now, task, allowed, detail),
            )
        }
        _ => (false, Vec::new()),
    };
    // Several picks are about one request: its rules are named once.
    let mut named: Vec<String> = Vec::new();
    for finding in &mut findings {
        let of_request = matches!(finding.kind, "request" | "answer" | "pick");
        if of_request && !(finding.kind == "pick" && named.contains(&finding.about)) {
            finding.rules = rules_of(lesson, &finding.about);
            if !finding.met {
                named.push(finding.about.clone());
            }
        }
    }
    let right = !findings.is_empty() && findings.iter().all(|finding| finding.met);
    let state = match (right, tried) {
        (true, _) => StepState::Solved,
        (false, true) => StepState::Unsolved,
        (false, false) => StepState::Open,
    };
    let wrong = findings.iter().filter(|finding| !finding.met).count();
    Some(StepResult {
        step: step.id.clone(),
        state,
        sentence: words::state(state, &task.kind, wrong, findings.len()),
        findings,
    })
}

/// The rules of the rule book that a request shows, as `cases` of the lesson says.
#[must_use]
pub fn rules_of(lesson: &Lesson, request: &str) -> Vec<String> {
    let case = lesson.cases.as_ref().and_then(|cases| cases.get(request));
    let rules = case.and_then(|case| case.get("rule"));
    match rules {
        Some(Value::Array(rules)) => rules
            .iter()
            .filter_map(|rule| rule.as_str().map(str::to_owned))
            .collect(),
        Some(Value::String(rule)) => vec![rule.clone()],
        _ => Vec::new(),
    }
}

/// Names the rules of the rule book that a request shows, in `cases` of the lesson; an empty list
/// takes them away. Other notes stay.
pub fn set_rules(lesson: &mut Lesson, request: &str, rules: Vec<String>) {
    let mut cases = match lesson.cases.take() {
        Some(Value::Object(cases)) => cases,
        _ => Map::new(),
    };
    let mut case = match cases.get_mut(request).map(Value::take) {
        Some(Value::Object(case)) => case,
        _ => Map::new(),
    };
    if rules.is_empty() {
        case.shift_remove("rule");
    } else {
        let rules = rules.into_iter().map(Value::String).collect();
        case.insert("rule".to_owned(), Value::Array(rules));
    }
    if case.is_empty() {
        cases.shift_remove(request);
    } else {
        cases.insert(request.to_owned(), Value::Object(case));
    }
    lesson.cases = (!cases.is_empty()).then_some(Value::Object(cases));
}

/// What the page lets the learner change in a step: what it says, and what the steps before it
/// said.
#[must_use]
pub fn editable<'a>(lesson: &'a Lesson, step: &str) -> Vec<&'a organization::lesson::Editable> {
    let upto = lesson.steps.iter().position(|one| one.id == step);
    let steps = lesson.steps.get(..=upto.unwrap_or(0)).unwrap_or_default();
    let mut all = Vec::new();
    for one in steps.iter().flat_map(|step: &Step| &step.edit) {
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all
}
