//! What an author should know of a lesson before anybody learns from it: that its solution solves
//! it, that its start does not, and that no lazy way does.

mod lazy;
mod text;

use organization::Scenario;
use organization::lesson::{Lesson, Step, Task, TaskKind};

use super::progress::Answer;
use super::solution::Solution;
use super::{Detail, StepState, check, judged};
use crate::engine::Engine;
use crate::view::{Inline, Phrase};

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// What is wrong or missing.
    pub findings: Vec<Finding>,
    /// How many lazy ways were tried.
    pub tried: usize,
}

/// Something that is wrong or missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// The step that it is about; none for the lesson as a whole.
    pub step: Option<String>,
    /// In a sentence: lower-case start, no final period.
    pub message: String,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The lesson does not do what it should.
    Error,
    /// Something that a good lesson has is missing.
    Warning,
}

impl Review {
    /// Whether the lesson does what it should.
    #[must_use]
    pub fn passes(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.all(|finding| finding.severity == Severity::Warning)
    }

    fn error(&mut self, step: Option<&str>, message: impl Into<String>) {
        self.push(Severity::Error, step, message.into());
    }

    fn warn(&mut self, step: Option<&str>, message: impl Into<String>) {
        self.push(Severity::Warning, step, message.into());
    }

    fn push(&mut self, severity: Severity, step: Option<&str>, message: String) {
        self.findings.push(Finding {
            severity,
            step: step.map(str::to_owned),
            message,
        });
    }
}

/// Looks at a lesson and tries its solution, its start and the lazy ways. Without a solution only
/// the lesson itself is looked at, and the lazy ways are tried from its start.
#[must_use]
pub fn review(start: &Scenario, solution: Option<&Solution>) -> Review {
    let mut review = Review::default();
    let Some(lesson) = start.lesson.as_deref() else {
        review.error(None, texts::review_no_lesson());
        return review;
    };
    text::look(start, lesson, &mut review);
    let mut engine = Engine::new();
    match solution {
        None => review.error(None, texts::review_no_solution()),
        Some(solution) => {
            if solution.lesson != lesson.id {
                review.error(
                    None,
                    texts::review_other_solution(&solution.lesson, &lesson.id),
                );
            }
            for (id, _) in solution
                .steps
                .iter()
                .filter(|(id, _)| lesson.step(id).is_none())
            {
                review.error(None, texts::review_unknown_step(id));
            }
            starts(&mut engine, start, solution, &mut review);
        }
    }
    let mut now = start.clone();
    for step in &lesson.steps {
        let Some(task) = &step.task else { continue };
        let trial = Trial {
            start,
            step,
            before: &now,
        };
        let solved = solution.and_then(|solution| solution.step(&step.id));
        if solution.is_some() && solved.is_none() {
            review.error(Some(&step.id), texts::review_step_unsolved());
        }
        trial.start(&mut engine, &mut review);
        trial.lazily(&mut engine, task, &mut review);
        if let Some(solved) = solved {
            match solved.applied(&now) {
                Ok(after) => {
                    trial.solution(&mut engine, &after, solved.answer.as_ref(), &mut review);
                    now = after;
                }
                Err(error) => review.error(Some(&step.id), texts::review_solution_error(&error)),
            }
        }
    }
    review
}

/// What the solution says of the start.
fn starts(engine: &mut Engine, start: &Scenario, solution: &Solution, review: &mut Review) {
    let expecting = match solution.expecting(start) {
        Ok(expecting) => expecting,
        Err(error) => return review.error(None, texts::review_solution_error(&error)),
    };
    for view in &engine.analyze(&expecting, None).requests {
        match &view.expectation {
            None => review.warn(None, texts::review_start_not_said(&view.id)),
            Some(expectation) if expectation.met => {}
            Some(expectation) => review.error(
                None,
                texts::review_start_differs(&view.id, &expectation.differences.join("; ")),
            ),
        }
    }
}

/// A step to be tried, from the scenario as the solution of the steps before it leaves it.
struct Trial<'a> {
    start: &'a Scenario,
    step: &'a Step,
    before: &'a Scenario,
}

impl Trial<'_> {
    fn passes(&self, engine: &mut Engine, now: &Scenario, answer: Option<&Answer>) -> bool {
        let step = &self.step.id;
        let result = judged(engine, self.start, now, step, answer, Detail::Solved);
        result.is_some_and(|result| result.state == StepState::Solved)
    }

    fn start(&self, engine: &mut Engine, review: &mut Review) {
        if self.passes(engine, self.before, None) {
            review.error(Some(&self.step.id), texts::review_solved_at_start());
        }
    }

    fn solution(
        &self,
        engine: &mut Engine,
        after: &Scenario,
        answer: Option<&Answer>,
        review: &mut Review,
    ) {
        let Some(result) = check(engine, self.start, after, &self.step.id, answer) else {
            return;
        };
        if result.state == StepState::Solved {
            return;
        }
        let mut unmet = result
            .findings
            .iter()
            .filter(|finding| !finding.met)
            .peekable();
        if unmet.peek().is_none() {
            review.error(Some(&self.step.id), texts::review_no_answer());
        }
        for finding in unmet {
            let reason = finding.reason.as_ref().map(plain).unwrap_or_default();
            let said = match finding.kind {
                "answer" => format!("`{}`: {}", finding.about, plain(&finding.sentence)),
                _ => plain(&finding.sentence),
            };
            let message = texts::review_not_solved(&format!("{said} {reason}"));
            review.error(Some(&self.step.id), message.trim_end());
        }
    }

    fn lazily(&self, engine: &mut Engine, task: &Task, review: &mut Review) {
        let changes = matches!(task.kind, TaskKind::Mend | TaskKind::Build);
        if changes {
            for (name, now) in lazy::changes(self.before) {
                review.tried += 1;
                if self.passes(engine, &now, None) {
                    review.error(Some(&self.step.id), texts::review_lazy_way(&name));
                }
            }
        }
        for (name, answer) in lazy::answers(engine, self.start, task) {
            review.tried += 1;
            if self.passes(engine, self.before, Some(&answer)) {
                review.error(Some(&self.step.id), texts::review_lazy_answer(&name));
            }
        }
    }
}

/// A phrase as plain text.
fn plain(phrase: &Phrase) -> String {
    let texts = phrase.iter().map(|piece| match piece {
        Inline::Text(text) | Inline::Strong(text) | Inline::Code(text) | Inline::Mark(text) => {
            text.as_str()
        }
    });
    texts.collect()
}

/// Whether a step of the lesson changes the scenario.
fn changes(lesson: &Lesson, upto: usize) -> bool {
    let steps = lesson.steps.iter().take(upto);
    let mut tasks = steps.filter_map(|step| step.task.as_ref());
    tasks.any(|task| matches!(task.kind, TaskKind::Mend | TaskKind::Build))
}
