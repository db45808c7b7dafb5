//! What the learner reads.

use organization::lesson::Step;
use yew::prelude::*;

use crate::components::lesson::text::text;

/// A step as the learner sees its texts.
pub(super) fn preview(step: &Step) -> Html {
    html! {
        <section class="author-preview" aria-label={texts::author_preview()}>
            <h3 class="muted">{ texts::author_preview() }</h3>
            <h4 class="lesson-step-title">{ &step.title }</h4>
            { text(&step.text) }
            if !step.hints.is_empty() {
                <ol>
                    for (at, hint) in step.hints.iter().enumerate() {
                        <li key={at}>{ text(hint) }</li>
                    }
                </ol>
            }
            if !step.solved.is_empty() {
                <div class="lesson-solved">{ text(&step.solved) }</div>
            }
        </section>
    }
}
