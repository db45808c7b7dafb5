//! How far one is.

use organization::lesson::Step;
use playground::lesson::Summary;
use yew::prelude::*;

use crate::components::ui::{Glyph, glyph};
use crate::context::Dispatch;
use crate::state::{Action, Learning, LessonAction};

/// The steps as a row of dots, each of which leads there.
pub(super) fn progress(learning: &Learning, dispatch: &Dispatch) -> Html {
    let steps = &learning.lesson().steps;
    if steps.len() < 2 {
        return Html::default();
    }
    let dot = |(at, step): (usize, &Step)| {
        let solved = learning.is_solved(step);
        let name = match step.title.as_str() {
            "" => texts::lesson_step(&(at + 1), &steps.len()),
            title => texts::lesson_step_called(&(at + 1), &steps.len(), &title),
        };
        let name = match solved {
            true => texts::lesson_step_done(&name),
            false => name,
        };
        let onclick =
            dispatch.reform(move |_: MouseEvent| Action::Lesson(LessonAction::StepShown(at)));
        html! {
            <li key={at}>
                <button
                    type="button" class={classes!("lesson-dot", solved.then_some("done"))}
                    aria-label={name.clone()} title={name}
                    aria-current={(at == learning.step).then_some("step")} {onclick}
                >
                    if solved { { glyph(Glyph::Tick) } } else { { at + 1 } }
                </button>
            </li>
        }
    };
    html! {
        <ol class="lesson-dots" aria-label={texts::lesson_steps()}>
            { for steps.iter().enumerate().map(dot) }
        </ol>
    }
}

/// What it amounts to, in a sentence.
pub(super) fn summary(so_far: &Summary) -> String {
    match so_far.tasks {
        0 => String::new(),
        tasks => texts::lesson_summary(&so_far.tasks_solved, &tasks, &so_far.first_tries),
    }
}
