//! How far a learner is.

use std::collections::BTreeMap;

use organization::lesson::Lesson;

use super::explain::Pick;
use super::predict::Guess;
use super::{StepResult, StepState};

/// What a learner answers to a task that asks for an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Verdicts.
    Predict(Vec<Guess>),
    /// What decides.
    Explain(Vec<Pick>),
}

/// What a learner has done of a lesson, by the ids of its steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    steps: BTreeMap<String, StepProgress>,
}

/// What a learner has done of one step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StepProgress {
    /// How often it was tried, up to the time that solved it.
    pub tries: usize,
    /// How many hints are open.
    pub hints: usize,
    /// Whether it is solved; what is solved stays so, whatever comes after.
    pub solved: bool,
    /// The last answer.
    pub answer: Option<Answer>,
}

impl Progress {
    /// What was done of a step; none if nothing was.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&StepProgress> {
        self.steps.get(id)
    }

    /// Takes down how a step was judged. Each call with a result counts as a try: a page calls it
    /// when the learner asks for the verdict on an answer, and for mend and build when the state
    /// changes to solved or the learner asks.
    pub fn record(&mut self, result: &StepResult, answer: Option<Answer>) {
        let step = self.steps.entry(result.step.clone()).or_default();
        if !step.solved && result.state != StepState::Open {
            step.tries += 1;
        }
        step.solved = step.solved || result.state == StepState::Solved;
        step.answer = answer.or(step.answer.take());
    }

    /// Shows what a task hides to a learner who goes on without it. It counts as a try.
    pub fn reveal(&mut self, step: &str) {
        let step = self.steps.entry(step.to_owned()).or_default();
        if !step.solved {
            step.tries += 1;
        }
    }

    /// The steps of which anything was done, by id.
    pub(super) fn steps(&self) -> impl Iterator<Item = (&String, &StepProgress)> {
        self.steps.iter()
    }

    /// Takes a step as it was kept.
    pub(super) fn put(&mut self, id: &str, step: StepProgress) {
        self.steps.insert(id.to_owned(), step);
    }

    /// Opens one more hint of a step.
    pub fn open_hint(&mut self, step: &str) {
        self.steps.entry(step.to_owned()).or_default().hints += 1;
    }
}

/// What a lesson amounts to, for the learner, the host page and a teacher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The lesson.
    pub lesson: String,
    /// Whether every task is solved.
    pub solved: bool,
    /// How many tasks are solved.
    pub tasks_solved: usize,
    /// How many tasks there are.
    pub tasks: usize,
    /// How many were solved at the first try and without a hint.
    pub first_tries: usize,
    /// For each step with a task: its id, whether it is solved, tries, hints.
    pub steps: Vec<(String, bool, usize, usize)>,
}

/// How far a learner is with a lesson.
#[must_use]
pub fn summary(lesson: &Lesson, progress: &Progress) -> Summary {
    let none = StepProgress::default();
    let with_task = lesson.steps.iter().filter(|step| step.task.is_some());
    let steps: Vec<(String, bool, usize, usize)> = with_task
        .map(|step| {
            let done = progress.step(&step.id).unwrap_or(&none);
            (step.id.clone(), done.solved, done.tries, done.hints)
        })
        .collect();
    let count = |fits: fn(&(String, bool, usize, usize)) -> bool| {
        steps.iter().filter(|step| fits(step)).count()
    };
    Summary {
        lesson: lesson.id.clone(),
        solved: !steps.is_empty() && count(|step| step.1) == steps.len(),
        tasks_solved: count(|step| step.1),
        tasks: steps.len(),
        first_tries: count(|step| step.1 && step.2 <= 1 && step.3 == 0),
        steps,
    }
}
