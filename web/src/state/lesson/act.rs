//! What a learner does, beside what can be done to every scenario.

use std::rc::Rc;

use organization::lesson::Lesson;
use playground::Engine;
use playground::lesson::{Answer, Progress, StepResult, StepState};

use super::{Learning, author, is_live};
use crate::state::history::{Millis, Step};
use crate::state::model::{Model, Notice, NoticeButton, Pane};

/// Something that happened in a lesson.
#[derive(Clone, Debug, PartialEq)]
pub enum LessonAction {
    /// A step was asked for, by its position.
    StepShown(usize),
    /// An answer was given to the step that is shown.
    Answered(Answer),
    /// A verdict on what was changed was asked for.
    Checked,
    /// One more hint was opened.
    HintOpened,
    /// The step that is shown, or the whole lesson, was begun again.
    StartedOver {
        /// Whether it is the lesson.
        whole: bool,
    },
    /// It is to be shown what people think, or not any more.
    IdeasShown(bool),
    /// The author goes on with the text of the lesson, or looks at it as a learner would.
    Authoring(bool),
    /// The author changed the lesson; what is typed into one field is one step.
    Written {
        /// The lesson then; none takes it away.
        lesson: Option<Rc<Lesson>>,
        /// The field that was typed into.
        field: Option<String>,
    },
}

/// The model after something happened in its lesson.
pub(in crate::state) fn reduce(model: &Model, action: LessonAction, now: Millis) -> Option<Model> {
    match action {
        LessonAction::Authoring(on) => return Some(author::begun(model, on, now)),
        LessonAction::Written { lesson, field } => {
            return Some(author::written(model, lesson, field, now));
        }
        _ => {}
    }
    let mut learning = Rc::clone(model.learning.as_ref()?);
    let next = Rc::make_mut(&mut learning);
    match action {
        LessonAction::StepShown(at) => {
            if at >= next.lesson().steps.len() || at == next.step {
                return None;
            }
            while next.step < at {
                passed_over(next);
                next.step += 1;
            }
            next.step = at;
            next.result = None;
        }
        LessonAction::Answered(answer) => {
            next.answered(&model.scenario, Some(answer), &mut Engine::new());
        }
        LessonAction::Checked => next.answered(&model.scenario, None, &mut Engine::new()),
        LessonAction::HintOpened => {
            let id = next.current()?.id.clone();
            next.progress.open_hint(&id);
        }
        LessonAction::StartedOver { whole } => return Some(started_over(model, whole, now)),
        LessonAction::IdeasShown(on) => next.ideas = on,
        LessonAction::Authoring(_) | LessonAction::Written { .. } => {}
    }
    Some(Model {
        learning: Some(learning),
        ..model.clone()
    })
}

/// A step without a task is done when it was read. One with a task that asks for an answer and got
/// none counts as tried: what comes after it is about what it hides.
fn passed_over(learning: &mut Learning) {
    let Some(step) = learning.current() else {
        return;
    };
    let tried = learning.progress.step(&step.id);
    let state = match &step.task {
        None => StepState::Solved,
        Some(_) if is_live(step) || tried.is_some_and(|it| it.tries > 0) => return,
        Some(_) => StepState::Unsolved,
    };
    let result = StepResult {
        step: step.id.clone(),
        state,
        sentence: Vec::new(),
        findings: Vec::new(),
    };
    learning.progress.record(&result, None);
}

/// Back to what the step or the lesson began with, as a step that can be taken back.
fn started_over(model: &Model, whole: bool, now: Millis) -> Model {
    let Some(learning) = &model.learning else {
        return model.clone();
    };
    let label = match whole {
        true => texts::lesson_start_lesson_over(),
        false => texts::lesson_start_step_over(),
    };
    let before = Step {
        scenario: Rc::clone(&model.scenario),
        origin: model.origin,
        opened: Rc::clone(&model.opened),
        label: label.to_owned(),
        learning: Some(Rc::clone(learning)),
    };
    let mut next = Learning::clone(learning);
    next.result = None;
    let scenario = match whole {
        true => {
            next.progress = Progress::default();
            next.step = 0;
            next.begun.clear();
            Rc::clone(&next.start)
        }
        false => {
            let forgotten = next.current().map(|step| step.id.clone());
            next.progress = without(&next, &forgotten.unwrap_or_default());
            Rc::clone(next.found())
        }
    };
    let next = Model {
        scenario,
        history: model.history.recorded(before, None, now),
        learning: Some(Rc::new(next)),
        notice: Some(Notice::new(texts::lesson_started_over()).with(NoticeButton::Undo)),
        renaming: None,
        pane: match model.pane {
            Pane::Map | Pane::Matrix => model.pane,
            _ => Pane::Lesson,
        },
        ..model.clone()
    };
    crate::state::reduce::settled(next, &model.scenario)
}

/// What was done of the other steps.
fn without(learning: &Learning, forgotten: &str) -> Progress {
    let mut progress = Progress::default();
    for step in &learning.lesson().steps {
        let done = learning.progress.step(&step.id);
        if let Some(done) = done.filter(|_| step.id != forgotten) {
            super::kept::replay(&mut progress, &step.id, done);
        }
    }
    progress
}
