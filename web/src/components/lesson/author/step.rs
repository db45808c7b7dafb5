//! One step: its texts, what may be changed, what is hidden, its hints.

use organization::lesson::{Editable, Hidden, Step, Task, TaskKind};
use playground::lesson::Review;
use yew::prelude::*;

use super::fields::{Writer, area, called, choice, line, put, tick};
use super::findings::list;
use super::listed::Listed;
use super::task::task;
use crate::components::ui::button;
use crate::context::Dispatch;
use crate::state::{Action, LessonAction, Model};

/// The fields of a step.
pub(super) fn step(
    model: &Model,
    writer: &Writer,
    at: usize,
    step: &Step,
    review: &Review,
) -> Html {
    let kinds = [
        ("", texts::author_kind_read()),
        ("predict", texts::author_kind_predict()),
        ("mend", texts::author_kind_mend()),
        ("build", texts::author_kind_build()),
        ("explain", texts::author_kind_explain()),
    ];
    let kinds = kinds.map(|(word, text)| (word.to_owned(), text.to_owned()));
    let kind = step
        .task
        .as_ref()
        .map_or("", |task| task.kind.as_str())
        .to_owned();
    let chosen = writer.step(at, |step, word: String| {
        step.task = kind_of(&word).map(|kind| Task {
            kind,
            ..step.task.take().unwrap_or_default()
        });
    });
    let changes = step.task.as_ref();
    let changes = changes.is_some_and(|it| matches!(it.kind, TaskKind::Mend | TaskKind::Build));
    html! {
        <section class="author-step" aria-label={texts::author_this_step()}>
            { line(texts::author_title_of_step(), &step.title, writer.typed_in(at, "title", |step, text| step.title = text)) }
            { area(texts::author_text(), &step.text, 6, writer.typed_in(at, "text", |step, text| step.text = text)) }
            { choice(texts::author_kind(), &kinds, &kind, chosen) }
            { list(review, Some(&step.id)) }
            if let Some(shown) = &step.task {
                { task(model, writer, at, shown) }
            }
            if changes || !step.edit.is_empty() {
                { may_change(model, writer, at, step) }
            }
            { hides(model, writer, at, step) }
            { hints(writer, at, step) }
            { area(texts::author_solved(), &step.solved, 2, writer.typed_in(at, "solved", |step, text| step.solved = text)) }
            { order(writer, at, &writer.dispatch) }
        </section>
    }
}

fn kind_of(word: &str) -> Option<TaskKind> {
    match word {
        "predict" => Some(TaskKind::Predict),
        "mend" => Some(TaskKind::Mend),
        "build" => Some(TaskKind::Build),
        "explain" => Some(TaskKind::Explain),
        _ => None,
    }
}

/// What the learner may change.
fn may_change(model: &Model, writer: &Writer, at: usize, step: &Step) -> Html {
    let one = |text: &str, what: Editable| {
        let on = step.edit.contains(&what);
        let set = writer.step(at, move |step, on| put(&mut step.edit, what.clone(), on));
        tick(html! { text.to_owned() }, on, set)
    };
    html! {
        <fieldset class="author-group">
            <legend>{ texts::author_may_change() }</legend>
            for policy in &model.scenario.policies {
                { one(&texts::lesson_part_policy(&policy.name), Editable::Policy(policy.id.clone())) }
            }
            { one(texts::lesson_part_attachments(), Editable::Attachments) }
            { one(texts::lesson_part_tree(), Editable::Tree) }
            { one(texts::lesson_part_new_policies(), Editable::NewPolicies) }
            { one(texts::lesson_part_principals(), Editable::Principals) }
            { one(texts::lesson_part_resources(), Editable::Resources) }
            { one(texts::lesson_part_requests(), Editable::Requests) }
        </fieldset>
    }
}

/// What is hidden until the task was tried.
fn hides(model: &Model, writer: &Writer, at: usize, step: &Step) -> Html {
    let one = |text: &str, what: Hidden| {
        let on = step.hide.contains(&what);
        let set = writer.step(at, move |step, on| put(&mut step.hide, what.clone(), on));
        tick(html! { text.to_owned() }, on, set)
    };
    html! {
        <details class="fold">
            <summary>{ texts::author_hide() }</summary>
            { one(texts::author_hide_verdicts(), Hidden::Verdicts) }
            { one(texts::author_hide_reasons(), Hidden::Reasons) }
            { one(texts::author_hide_ways(), Hidden::Ways) }
            for request in &model.scenario.requests {
                { one(&texts::author_hide_request(&called(request)), Hidden::Request(request.id.clone())) }
            }
            for policy in &model.scenario.policies {
                { one(&texts::author_hide_policy(&policy.name), Hidden::Policy(policy.id.clone())) }
            }
        </details>
    }
}

fn hints(writer: &Writer, at: usize, step: &Step) -> Html {
    let add = writer.step(at, |step, _: MouseEvent| step.hints.push(String::new()));
    let hint = |(index, hint): (usize, &String)| {
        let typed = writer.typed_in(at, format!("hint {index}"), move |step, text| {
            if let Some(hint) = step.hints.get_mut(index) {
                *hint = text;
            }
        });
        let remove = writer.step(at, move |step, _: MouseEvent| {
            if index < step.hints.len() {
                step.hints.remove(index);
            }
        });
        html! {
            <div class="author-hint" data-entry="" key={index}>
                { area(&texts::author_hint(&(index + 1)), hint, 2, typed) }
                { button("button", None, remove, html! { texts::author_remove_hint() }) }
            </div>
        }
    };
    let count = step.hints.len();
    html! {
        <Listed key={step.id.clone()} {count} said={texts::author_hints(count)}>
            { for step.hints.iter().enumerate().map(hint) }
            { button("button", None, add, html! { texts::author_add_hint() }) }
        </Listed>
    }
}

/// Where the step stands, and whether it stays.
fn order(writer: &Writer, at: usize, dispatch: &Dispatch) -> Html {
    let count = writer.lesson.steps.len();
    let swap = |with: usize| {
        let (writer, dispatch) = (writer.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            writer.write(None, |lesson| {
                if at.max(with) < lesson.steps.len() {
                    lesson.steps.swap(at, with);
                }
            });
            dispatch.emit(Action::Lesson(LessonAction::StepShown(with)));
        })
    };
    let remove = {
        let writer = writer.clone();
        Callback::from(move |_: MouseEvent| {
            writer.write(None, |lesson| {
                if at < lesson.steps.len() {
                    lesson.steps.remove(at);
                }
            });
        })
    };
    html! {
        <div class="author-order">
            if at > 0 {
                { button("button", None, swap(at - 1), html! { texts::author_earlier() }) }
            }
            if at + 1 < count {
                { button("button", None, swap(at + 1), html! { texts::author_later() }) }
            }
            if count > 1 {
                { button("button", None, remove, html! { texts::author_remove_step() }) }
            }
        </div>
    }
}
