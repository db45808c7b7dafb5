//! What a lesson says, and whether it is all there.

use organization::lesson::{Editable, Hidden, Lesson, Step, Task, TaskKind};
use organization::{CallerKind, Request, Scenario};

use super::{Review, changes};
use crate::lesson::{left_out, rules_of};
use crate::wrong_ideas::WrongIdea;

/// Most minutes that one lesson should take.
const MOST_MINUTES: usize = 15;

pub(super) fn look(start: &Scenario, lesson: &Lesson, review: &mut Review) {
    for (name, text) in [
        ("an id", &lesson.id),
        ("a title", &lesson.title),
        ("a goal", &lesson.goal),
    ] {
        if text.is_empty() {
            review.error(None, format!("the lesson has not {name}"));
        }
    }
    if !lesson
        .minutes
        .is_some_and(|minutes| (1..=MOST_MINUTES).contains(&minutes))
    {
        let message = format!("`minutes` should say how long it takes, from 1 to {MOST_MINUTES}");
        review.warn(None, message);
    }
    if lesson.teacher.is_empty() {
        review.warn(None, "there is no note for the teacher");
    }
    match &lesson.misconception {
        None => review.warn(None, "the lesson does not say which misconception it cures"),
        Some(believed) => {
            if let Some(idea) = &believed.idea
                && WrongIdea::from_word(idea).is_none()
            {
                review.error(None, format!("no wrong idea is called `{idea}`"));
            }
        }
    }
    if !lesson.steps.iter().any(|step| step.task.is_some()) {
        review.error(None, "no step has a task");
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
            let message = format!(
                "`{}` tells what is expected of it: say it in the solution",
                request.id
            );
            review.warn(None, message);
        }
        if rules_of(lesson, request.id.as_str()).is_empty() {
            review.warn(None, format!("`cases` names no rule for `{}`", request.id));
        }
    }
}

fn markdown(text: &str, step: Option<&str>, review: &mut Review) {
    for what in left_out(text) {
        review.error(step, format!("{what} is shown as the text that was typed"));
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
            review.error(
                Some(&step.id),
                format!("`{name}` has an entry that is not known"),
            );
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
            let message =
                format!("`{id}` has a verdict for each account, and only the first is asked");
            review.error(Some(&step.id), message);
        }
    }
}

fn look_at(lesson: &Lesson, at: usize, step: &Step, task: &Task, review: &mut Review) {
    let id = Some(step.id.as_str());
    match &task.kind {
        TaskKind::Predict | TaskKind::Explain => {
            let asks = !task.requests.is_empty() || task.request.is_some();
            if !asks {
                review.error(id, "the task asks about no request");
            }
            if changes(lesson, at) {
                review.error(
                    id,
                    "what is asked is about the start, so it belongs before the steps that change something",
                );
            }
        }
        TaskKind::Mend | TaskKind::Build => {
            if task.expect.is_empty() && task.structure.is_empty() {
                review.error(id, "the task expects nothing");
            }
            let earlier = lesson.steps.iter().take(at + 1);
            if !earlier.into_iter().any(|step| !step.edit.is_empty()) {
                review.error(id, "nothing may be edited");
            }
            if step.hints.is_empty() {
                review.warn(id, "there is no hint");
            }
        }
        TaskKind::Other(word) => review.error(id, format!("no task is called `{word}`")),
    }
    if !task.extra.is_empty() || !task.limits.extra.is_empty() {
        review.error(id, "the task has a field that is not known");
    }
}
