//! A lesson while somebody works on it: where they are, what they have done, what they may not see
//! or change yet. The lesson itself stands in the scenario; `playground::lesson` judges.

mod act;
pub mod author;
pub mod kept;
mod leave;
mod veil;

use std::collections::BTreeMap;
use std::rc::Rc;

use organization::lesson::{Lesson, Step, TaskKind};
use organization::{RequestId, Scenario};
use playground::lesson::{
    Answer, Progress, StepResult, StepState, Summary, Unseen, check, hidden, summary,
};
use playground::wrong_ideas::{Misreading, WrongIdea, misread};
use playground::{Engine, Focus};

use super::model::{Model, Origin, Pane, lesson_of};

pub use act::LessonAction;
pub(super) use act::reduce;
pub use leave::in_words;
pub(super) use leave::{locks, refusal};
pub(super) use veil::veiled;

/// A lesson that is being learned, or made.
#[derive(Clone, Debug)]
pub struct Learning {
    /// The name that its progress is kept under.
    pub key: String,
    lesson: Rc<Lesson>,
    /// The scenario as the lesson starts it.
    pub start: Rc<Scenario>,
    /// Position of the step that is shown.
    pub step: usize,
    /// What was done.
    pub progress: Progress,
    /// What became of the step that is shown, once it was judged.
    pub result: Option<Rc<StepResult>>,
    /// What is not shown yet.
    pub unseen: Rc<Unseen>,
    /// The scenario without the requests whose results are not shown yet: for whatever is worked
    /// out beside the analysis.
    pub seen: Rc<Scenario>,
    /// Whether it is shown what people think.
    pub ideas: bool,
    /// What people think of each request whose verdict can be seen, while that is shown.
    pub misreadings: Rc<Vec<(RequestId, Misreading)>>,
    /// Whether its author works on it: then nothing is hidden, and everything can be changed.
    pub authoring: bool,
    /// The scenario as each step found it, as far as that is known.
    begun: BTreeMap<usize, Rc<Scenario>>,
}

impl Learning {
    /// Begins a lesson, or goes on with it where this browser knows of it.
    fn begin(scenario: &Rc<Scenario>, origin: Origin) -> Option<Self> {
        let lesson = lesson_of(scenario)?;
        let key = kept::key(lesson);
        let known = kept::read(&key).unwrap_or_default();
        // Work that was kept goes on from the start that it had; what is opened anew is a start.
        let start = match origin {
            Origin::Kept(_) => known.start.filter(|start| start.lesson == scenario.lesson),
            Origin::Visit => None,
        };
        Some(Self {
            key,
            lesson: Rc::clone(lesson),
            start: start.unwrap_or_else(|| Rc::clone(scenario)),
            step: known.step.min(lesson.steps.len().saturating_sub(1)),
            progress: known.progress,
            result: None,
            unseen: Rc::default(),
            seen: Rc::clone(scenario),
            ideas: false,
            misreadings: Rc::default(),
            authoring: false,
            begun: BTreeMap::new(),
        })
    }

    /// The lesson.
    #[must_use]
    pub fn lesson(&self) -> &Lesson {
        &self.lesson
    }

    /// The step that is shown.
    #[must_use]
    pub fn current(&self) -> Option<&Step> {
        self.lesson().steps.get(self.step)
    }

    /// Whether a step is done.
    #[must_use]
    pub fn is_solved(&self, step: &Step) -> bool {
        self.progress.step(&step.id).is_some_and(|it| it.solved)
    }

    /// What the lesson amounts to so far.
    #[must_use]
    pub fn summary(&self) -> Summary {
        summary(self.lesson(), &self.progress)
    }

    /// The scenario as the step found it that is shown.
    fn found(&self) -> &Rc<Scenario> {
        self.begun.get(&self.step).unwrap_or(&self.start)
    }

    /// Judges the step that is shown, by what is on the page and by the last answer.
    fn judged(&mut self, now: &Rc<Scenario>, engine: &mut Engine) {
        let Some(step) = self.current() else { return };
        let id = step.id.clone();
        let live = is_live(step);
        let done = self.progress.step(&id);
        let answer = done.and_then(|it| it.answer.clone());
        let was_solved = done.is_some_and(|it| it.solved);
        if !live && answer.is_none() {
            self.result = None;
            return;
        }
        let result = check(engine, &self.start, now, &id, answer.as_ref());
        if let Some(result) = &result
            && live
            && !was_solved
            && result.state == StepState::Solved
        {
            self.progress.record(result, None);
        }
        self.result = result.map(Rc::new);
    }

    /// Whether the step is judged by what is on the page, and nothing was changed since it began.
    #[must_use]
    pub fn is_untouched(&self, now: &Rc<Scenario>) -> bool {
        self.current().is_some_and(is_live) && Rc::ptr_eq(self.found(), now)
    }

    /// Takes down an answer and what became of it.
    fn answered(&mut self, now: &Rc<Scenario>, answer: Option<Answer>, engine: &mut Engine) {
        let Some(id) = self.current().map(|step| step.id.clone()) else {
            return;
        };
        if let Some(result) = check(engine, &self.start, now, &id, answer.as_ref()) {
            self.progress.record(&result, answer);
            self.result = Some(Rc::new(result));
        }
    }

    fn look_again(&mut self, now: &Rc<Scenario>) {
        self.unseen = Rc::new(match (self.authoring, self.current()) {
            (false, Some(step)) => {
                let unseen = hidden(self.lesson(), &step.id, &self.progress);
                veil::with_twins(unseen, now)
            }
            _ => Unseen::default(),
        });
        self.seen = veil::seen(now, &self.unseen);
        let lesson = self.lesson();
        let word = lesson
            .misconception
            .as_ref()
            .and_then(|it| it.idea.as_deref());
        let idea = word.and_then(WrongIdea::from_word).filter(|_| self.ideas);
        self.misreadings = Rc::new(idea.map_or_else(Vec::new, |idea| {
            let seen = now
                .requests
                .iter()
                .filter(|one| !self.unseen.verdict(&one.id));
            let found = seen.filter_map(|request| {
                let focus = Focus {
                    request: request.id.clone(),
                    account: None,
                };
                Some((request.id.clone(), misread(now, &focus, idea)?))
            });
            found.collect()
        }));
    }
}

/// Whether a step is judged by what is on the page, as it changes.
#[must_use]
pub fn is_live(step: &Step) -> bool {
    let task = step.task.as_ref();
    task.is_some_and(|task| matches!(task.kind, TaskKind::Mend | TaskKind::Build))
}

/// The model with its lesson as it is now, after anything happened. `before` is the model until
/// then.
#[must_use]
pub(super) fn followed(mut model: Model, before: &Model, engine: &mut Engine) -> Model {
    let scenario = Rc::clone(&model.scenario);
    let lesson = lesson_of(&scenario);
    let same =
        |learning: &Rc<Learning>| learning.authoring || learning.start.lesson == scenario.lesson;
    let going_on = model.learning.take().filter(same);
    let is_new = going_on.is_none();
    let learning = going_on.or_else(|| Learning::begin(&scenario, model.origin).map(Rc::new));
    let Some(mut learning) = learning.filter(|_| lesson.is_some()) else {
        if model.pane == Pane::Lesson {
            model.pane = Pane::default();
        }
        return model;
    };
    let was = before.learning.as_ref();
    let moved = was.is_none_or(|was| !Rc::ptr_eq(was, &learning));
    let changed = !Rc::ptr_eq(&scenario, &before.scenario);
    let spoken = model.language != before.language;
    if is_new || moved || changed || spoken {
        let next = Rc::make_mut(&mut learning);
        let steps = next.lesson().steps.len();
        next.step = next.step.min(steps.saturating_sub(1));
        let at = next.step;
        next.begun.entry(at).or_insert_with(|| Rc::clone(&scenario));
        if next.authoring {
            next.start = Rc::clone(&scenario);
            if let Some(lesson) = lesson {
                next.lesson = Rc::clone(lesson);
                next.key = kept::key(lesson);
            }
            next.result = None;
        } else {
            let live = next.current().is_some_and(is_live);
            let other = was.is_none_or(|was| was.step != next.step);
            if is_new || other || spoken || (changed && live) || next.result.is_none() {
                next.judged(&scenario, engine);
            }
        }
        next.look_again(&scenario);
        kept::keep(next, model.origin);
    }
    model.learning = Some(learning);
    model
}

#[cfg(test)]
mod tests;
