//! What this browser keeps of a lesson: where one is, what was done, and the scenario that it
//! starts from. Where storage refuses, it lasts as long as the page.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use organization::lesson::Lesson;
use organization::{Scenario, file};
use playground::lesson::{
    Progress, StepProgress, StepResult, StepState, answer_from_json, answer_to_json,
};
use serde_json::{Map, Value, json};

use super::Learning;
use crate::state::model::Origin;
use crate::state::storage;
use crate::state::work::WorkId;

/// What the key of each lesson begins with.
const PREFIX: &str = "guardrail:lesson:";

/// Most tries and hints that are counted.
const MOST: usize = 200;

thread_local! {
    /// The same by key, for browsers that keep nothing.
    static HERE: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// What is known of a lesson.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The step that was shown last.
    pub step: usize,
    /// What was done.
    pub progress: Progress,
    /// The scenario as the lesson started it.
    pub start: Option<Rc<Scenario>>,
    /// Where the scenario is kept that was made of it.
    pub work: Option<WorkId>,
    /// How many tasks there are, and how many are solved.
    pub tasks: usize,
    /// How many of them are solved.
    pub solved: usize,
}

/// The name that the progress of a lesson is kept under: its id, or what stands for its text.
#[must_use]
pub fn key(lesson: &Lesson) -> String {
    if !lesson.id.is_empty() {
        return lesson.id.clone();
    }
    let alone = Scenario {
        lesson: Some(Rc::new(lesson.clone())),
        ..Scenario::empty()
    };
    // FNV-1a: the key must be the same in every version of the page.
    let text = file::write(&alone);
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("own-{hash:016x}")
}

/// What is known of the lesson of a key; none if nothing is.
#[must_use]
pub fn read(key: &str) -> Option<Known> {
    let here = HERE.with_borrow(|here| here.get(key).cloned());
    let text = here.or_else(|| storage::text(&format!("{PREFIX}{key}")))?;
    let value: Value = serde_json::from_str(&text).ok()?;
    let number = |name: &str| {
        let found = value.get(name).and_then(Value::as_u64);
        found
            .and_then(|number| usize::try_from(number).ok())
            .unwrap_or_default()
    };
    let words = |name: &str| value.get(name).and_then(Value::as_str);
    let mut progress = Progress::default();
    for (step, done) in value
        .get("steps")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let count = |name: &str| {
            let found = done.get(name).and_then(Value::as_u64).unwrap_or_default();
            usize::try_from(found).unwrap_or_default()
        };
        let done = StepProgress {
            tries: count("tries"),
            hints: count("hints"),
            solved: done
                .get("solved")
                .and_then(Value::as_bool)
                .unwrap_or_default(),
            answer: done
                .get("answer")
                .and_then(|json| answer_from_json(json).ok()),
        };
        replay(&mut progress, step, &done);
    }
    let start = words("start").and_then(|text| file::read(text).ok());
    Some(Known {
        step: number("step"),
        progress,
        start: start.map(|loaded| Rc::new(loaded.scenario)),
        work: words("work").and_then(WorkId::from_key),
        tasks: number("tasks"),
        solved: number("solved"),
    })
}

/// Does again what was done of a step.
pub(super) fn replay(progress: &mut Progress, step: &str, done: &StepProgress) {
    let result = |state| StepResult {
        step: step.to_owned(),
        state,
        sentence: Vec::new(),
        findings: Vec::new(),
    };
    let wrong = done
        .tries
        .min(MOST)
        .saturating_sub(usize::from(done.solved));
    for _ in 0..wrong {
        progress.record(&result(StepState::Unsolved), None);
    }
    for _ in 0..done.hints.min(MOST) {
        progress.open_hint(step);
    }
    let state = if done.solved {
        StepState::Solved
    } else {
        StepState::Open
    };
    progress.record(&result(state), done.answer.clone());
}

/// Keeps what was done, once something was.
pub(super) fn keep(learning: &Learning, origin: Origin) {
    if learning.authoring {
        return;
    }
    let lesson = learning.lesson();
    let mut steps = Map::new();
    for step in &lesson.steps {
        let Some(done) = learning.progress.step(&step.id) else {
            continue;
        };
        let mut said = json!({ "tries": done.tries, "hints": done.hints, "solved": done.solved });
        if let (Some(answer), Some(said)) = (&done.answer, said.as_object_mut()) {
            said.insert("answer".to_owned(), answer_to_json(answer));
        }
        steps.insert(step.id.clone(), said);
    }
    let work = match origin {
        Origin::Kept(id) => Some(id.key()),
        Origin::Visit => None,
    };
    let known = HERE.with_borrow(|here| here.contains_key(&learning.key));
    if steps.is_empty() && learning.step == 0 && work.is_none() && !known {
        return;
    }
    let summary = learning.summary();
    let value = json!({
        "step": learning.step,
        "steps": steps,
        "tasks": summary.tasks,
        "solved": summary.tasks_solved,
        "start": file::write(&learning.start),
        "work": work,
    });
    let text = value.to_string();
    let same = HERE.with_borrow_mut(|here| {
        here.insert(learning.key.clone(), text.clone()).as_ref() == Some(&text)
    });
    if !same {
        let _ = storage::set(&format!("{PREFIX}{}", learning.key), &text.into());
    }
}

/// Forgets what this page knows beside the storage.
pub fn forget() {
    HERE.take();
}
