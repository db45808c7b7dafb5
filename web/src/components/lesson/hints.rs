//! Hints: opened one by one.

use organization::lesson::Step;
use yew::prelude::*;

use super::text::text;
use crate::components::ui::button;
use crate::context::Dispatch;
use crate::state::{Action, Learning, LessonAction};

/// The hints that are open, and the way to the next.
pub(super) fn hints(learning: &Learning, step: &Step, dispatch: &Dispatch) -> Html {
    let all = step.hints.len();
    if all == 0 {
        return Html::default();
    }
    let open = learning
        .progress
        .step(&step.id)
        .map_or(0, |done| done.hints)
        .min(all);
    let more = dispatch.reform(|_: MouseEvent| Action::Lesson(LessonAction::HintOpened));
    let word = match open {
        0 => texts::lesson_a_hint(),
        _ => texts::lesson_another_hint(),
    };
    html! {
        <div class="lesson-hints">
            <ol aria-label={texts::lesson_hints()} aria-live="polite">
                for (at, hint) in step.hints.iter().take(open).enumerate() {
                    <li key={at}>{ text(hint) }</li>
                }
            </ol>
            if open < all {
                { button("button outlined", None, more, html! { <>{ word }{ " " }<span class="muted">{ texts::lesson_left(&(all - open)) }</span></> }) }
            }
        </div>
    }
}
