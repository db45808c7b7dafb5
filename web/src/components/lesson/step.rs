//! One step: its text, its task, what became of that, its hints.

use std::rc::Rc;

use organization::lesson::TaskKind;
use playground::lesson::StepState;
use yew::prelude::*;

use super::explain::Explain;
use super::goals::goals;
use super::hints::hints;
use super::predict::Predict;
use super::text::text;
use crate::components::requests::Same;
use crate::components::ui::phrase;
use crate::context::Dispatch;
use crate::state::{Learning, Model};

/// The step that is shown.
pub(super) fn step(model: &Rc<Model>, learning: &Rc<Learning>, dispatch: &Dispatch) -> Html {
    let Some(step) = learning.current() else {
        return Html::default();
    };
    let count = learning.lesson().steps.len();
    let position = texts::lesson_step(&(learning.step + 1), &count);
    let solved = learning.is_solved(step);
    let key = format!("{} {}", learning.key, step.id);
    let of = Same(Rc::clone(&learning.start));
    let task = step.task.as_ref().map(|task| match &task.kind {
        TaskKind::Predict => html! {
            <Predict {key} start={of} task={task.clone()} result={learning.result.clone()} answer={answer(learning)} />
        },
        TaskKind::Explain => html! {
            <Explain {key} start={of} task={task.clone()} result={learning.result.clone()} answer={answer(learning)} />
        },
        TaskKind::Mend | TaskKind::Build => goals(model, learning, step, dispatch),
        TaskKind::Other(word) => html! { <p class="dialog-refusal">{ texts::lesson_unknown_task(word) }</p> },
    });
    html! {
        <article class="lesson-step" aria-labelledby="lesson-step-title">
            <h3 class="lesson-step-title" id="lesson-step-title" tabindex="-1">
                if count > 1 {
                    <span class="lesson-position">{ position }</span>
                }
                { &step.title }
            </h3>
            <div class="lesson-text">{ text(&step.text) }</div>
            { task.unwrap_or_default() }
            if solved && !step.solved.is_empty() {
                <div class="lesson-solved" tabindex="-1">{ text(&step.solved) }</div>
            }
            if !solved {
                { hints(learning, step, dispatch) }
            }
        </article>
    }
}

fn answer(learning: &Learning) -> Option<playground::lesson::Answer> {
    let step = learning.current()?;
    learning.progress.step(&step.id)?.answer.clone()
}

/// What became of the task, in a sentence.
pub(super) fn result(model: &Model, learning: &Learning) -> Html {
    let Some(result) = &learning.result else {
        return Html::default();
    };
    let class = match result.state {
        StepState::Solved => "lesson-say right",
        // What a step before left to be done is not wrong yet.
        StepState::Unsolved if learning.is_untouched(&model.scenario) => return Html::default(),
        StepState::Unsolved => "lesson-say wrong",
        StepState::Open => return Html::default(),
    };
    html! { <p {class}>{ phrase(&result.sentence) }</p> }
}
