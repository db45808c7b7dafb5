//! What a lesson says, and whether it is all there.

use organization::lesson::{Editable, Hidden, Lesson, Step, Task, TaskKind};
use organization::{CallerKind, Request, Scenario};

use super::{Review, changes};
use crate::lesson::{left_out, rules_of};
use crate::wrong_ideas::WrongIdea;

/// Most minutes that one lesson should take.
const MOST_MINUTES: usize = 15;

pub(super) fn look(start: &Scenario, lesson: &Lesson, review: &mut Review) {
    for (text, missing) in [
        (&lesson.id, texts::review_no_id()),
        (&lesson.title, texts::review_no_title()),
        (&lesson.goal, texts::review_no_goal()),
    ] {
        if text.is_empty() {
            review.error(None, missing);
        }
    }
    if !lesson
        .minutes
        .is_some_and(|minutes| (1..=MOST_MINUTES).contains(&minutes))
    {
        review.warn(None, texts::review_minutes(&MOST_MINUTES));
    }
    if lesson.teacher.is_empty() {
        review.warn(None, texts::review_no_teacher_note());
    }
    match &lesson.misconception {
        None => review.warn(None, texts::review_no_misconception()),
        Some(believed) => {
            if let Some(idea) = &believed.idea
                && WrongIdea::from_word(idea).is_none()
            {
                review.error(None, texts::review_unknown_idea(idea));
            }
        }
    }
    if !lesson.steps.iter().any(|step| step.task.is_some()) {
        review.error(None, texts::review_no_task());
    }
    markdown(&lesson.teacher, None, review);
    for (at, step) in lesson.steps.iter().enumerate() {
        for text in [&step.text, &step.solved].into_iter().chain(&step.hints) {
            markdown(text, Some(&step.id), review);
        }
        words(step, review);
        if let Some(task) = &step.task {
            look_at(lesson, at, step, task, review);
            asks_one(start, step, task, review);
        }
    }
    for request in &start.requests {
        if request.expect.is_some() {
            review.warn(None, texts::review_tells_expected(&request.id));
        }
        if rules_of(lesson, request.id.as_str()).is_empty() {
            review.warn(None, texts::review_no_rule(&request.id));
        }
    }
}

fn markdown(text: &str, step: Option<&str>, review: &mut Review) {
    for what in left_out(text) {
        review.error(step, texts::review_shown_as_typed(&what));
    }
}

/// Words that are not known, which the reader has kept.
fn words(step: &Step, review: &mut Review) {
    let edit = step
        .edit
        .iter()
        .any(|one| matches!(one, Editable::Unknown(_)));
    let hide = step
        .hide
        .iter()
        .any(|one| matches!(one, Hidden::Unknown(_)));
    for (name, unknown) in [("edit", edit), ("hide", hide)] {
        if unknown {
            review.error(Some(&step.id), texts::review_unknown_entry(&name));
        }
    }
}

/// What is asked must have one answer: not one for each account.
fn asks_one(start: &Scenario, step: &Step, task: &Task, review: &mut Review) {
    for id in task.requests.iter().chain(&task.request) {
        let request = start.request(id.as_str());
        let every =
            |request: &Request| matches!(request.caller.kind, CallerKind::EveryAccount { .. });
        if request.is_some_and(|request| every(request)) {
            review.error(Some(&step.id), texts::review_many_verdicts(id));
        }
    }
}

fn look_at(lesson: &Lesson, at: usize, step: &Step, task: &Task, review: &mut Review) {
    let id = Some(step.id.as_str());
    match &task.kind {
        TaskKind::Predict | TaskKind::Explain => {
            let asks = !task.requests.is_empty() || task.request.is_some();
            if !asks {
                review.error(id, texts::review_asks_nothing());
            }
            if changes(lesson, at) {
                review.error(id, texts::review_asked_too_late());
            }
        }
        TaskKind::Mend | TaskKind::Build => {
            if task.expect.is_empty() && task.structure.is_empty() {
                review.error(id, texts::review_expects_nothing());
            }
            let earlier = lesson.steps.iter().take(at + 1);
            if !earlier.into_iter().any(|step| !step.edit.is_empty()) {
                review.error(id, texts::review_nothing_editable());
            }
            if step.hints.is_empty() {
                review.warn(id, texts::review_no_hint());
            }
        }
        TaskKind::Other(word) => review.error(id, texts::review_unknown_task(word)),
    }
    if !task.extra.is_empty() || !task.limits.extra.is_empty() {
        review.error(id, texts::review_unknown_field());
    }
}
