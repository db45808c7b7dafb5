//! Making a lesson: every change of it is an edit of the scenario that can be taken back.

use std::rc::Rc;

use organization::lesson::{Lesson, Step};
use organization::{Edited, Scenario};

use super::Learning;
use crate::state::history::Millis;
use crate::state::model::{Model, Pane, lesson_of};
use crate::state::reduce::changed;

/// The author begins with the lesson, which is made if there is none, or looks at it as a learner
/// would: from the start, with nothing done.
pub(super) fn begun(model: &Model, on: bool, now: Millis) -> Model {
    let mut next = model.clone();
    if on && lesson_of(&model.scenario).is_none() {
        let mut lesson = model
            .scenario
            .lesson
            .as_deref()
            .cloned()
            .unwrap_or_default();
        if lesson.title.is_empty() {
            lesson.title = model.scenario.title.clone();
        }
        lesson.steps.push(Step {
            id: "1".to_owned(),
            ..Step::default()
        });
        next = written(model, Some(Rc::new(lesson)), None, now);
    }
    let Some(learning) = Learning::begin(&next.scenario, next.origin) else {
        return next;
    };
    let step = model.learning.as_ref().map_or(0, |learning| learning.step);
    next.learning = Some(Rc::new(Learning {
        authoring: on,
        start: Rc::clone(&next.scenario),
        step,
        progress: Default::default(),
        ..learning
    }));
    next.pane = Pane::Lesson;
    next
}

/// The scenario with another lesson.
pub(super) fn written(
    model: &Model,
    lesson: Option<Rc<Lesson>>,
    field: Option<String>,
    now: Millis,
) -> Model {
    let scenario = Scenario {
        lesson,
        ..Scenario::clone(&model.scenario)
    };
    let edited = Edited {
        scenario,
        created: None,
        orphaned: Vec::new(),
    };
    let mut next = changed(model, edited, texts::lesson_edit().to_owned(), field, now);
    if let Some(learning) = &mut next.learning {
        let learning = Rc::make_mut(learning);
        learning.start = Rc::clone(&next.scenario);
        if let Some(lesson) = lesson_of(&next.scenario) {
            learning.key = super::kept::key(lesson);
            learning.lesson = Rc::clone(lesson);
        }
    }
    next
}
