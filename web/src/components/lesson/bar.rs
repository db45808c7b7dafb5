//! The bar under an answer: to have it checked, or to go to another step without.

use organization::lesson::TaskKind;
use yew::prelude::*;

use super::goals::is_unseen;
use crate::components::ui::button;
use crate::context::Dispatch;
use crate::state::{Action, Learning, LessonAction, Model};

/// The bar; `check` is the button that has the answer checked.
pub(super) fn bar(model: &Model, dispatch: &Dispatch, check: Html) -> Html {
    let learning = model.learning.as_deref();
    html! {
        <div class="lesson-check">
            { check }
            <span class="spacer" />
            { learning.map(|learning| html! { <>{ back(learning, dispatch) }{ on(learning, dispatch) }</> }) }
        </div>
    }
}

/// Whether the step that is shown has such a bar.
pub(super) fn has_bar(learning: &Learning) -> bool {
    let Some(step) = learning.current() else {
        return false;
    };
    let asks = match step.task.as_ref().map(|task| &task.kind) {
        Some(TaskKind::Predict | TaskKind::Explain) => true,
        Some(TaskKind::Mend | TaskKind::Build) => is_unseen(learning, step),
        Some(TaskKind::Other(_)) | None => false,
    };
    asks && !learning.is_solved(step)
}

/// To the step before.
pub(super) fn back(learning: &Learning, dispatch: &Dispatch) -> Html {
    match learning.step.checked_sub(1) {
        Some(before) => button(
            "button",
            None,
            go(dispatch, before),
            html! { texts::lesson_back() },
        ),
        None => Html::default(),
    }
}

/// To the next step, past a task that is not solved.
pub(super) fn on(learning: &Learning, dispatch: &Dispatch) -> Html {
    if is_last(learning) {
        return Html::default();
    }
    let open = learning
        .current()
        .is_some_and(|step| step.task.is_some() && !learning.is_solved(step));
    let (class, word) = match open {
        true => ("button", texts::lesson_skip()),
        false => ("button primary", texts::lesson_next()),
    };
    button(class, None, go(dispatch, learning.step + 1), html! { word })
}

pub(super) fn is_last(learning: &Learning) -> bool {
    learning.step + 1 == learning.lesson().steps.len()
}

fn go(dispatch: &Dispatch, to: usize) -> Callback<MouseEvent> {
    dispatch.reform(move |_| Action::Lesson(LessonAction::StepShown(to)))
}
