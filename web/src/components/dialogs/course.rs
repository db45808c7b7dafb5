//! The lessons of the course: what each is about, how long it takes, how far one is.

use playground::lessons::{ALL, Entry, TOPICS};
use yew::prelude::*;

use super::modal::Modal;
use crate::components::ui::with_code;
use crate::context::use_dispatch;
use crate::state::Action;
use crate::state::lesson::kept::{self, Known};

/// The course. Each lesson is an ordinary link, so it can be opened in a new tab or copied.
#[component]
pub(super) fn Course() -> Html {
    let dispatch = use_dispatch();
    let closing = dispatch.reform(|_: MouseEvent| Action::DialogClosed);
    html! {
        <Modal title={texts::lesson_course()}>
            <p class="muted">{ texts::lesson_course_about() }</p>
            for (topic, title) in TOPICS {
                <section class="course-topic" key={*topic} aria-label={texts::get(*title)}>
                    <h3>{ texts::get(*title) }</h3>
                    <ol class="course">
                        for entry in ALL.iter().filter(|entry| entry.topic == *topic) {
                            { lesson(entry, &closing) }
                        }
                    </ol>
                </section>
            }
        </Modal>
    }
}

fn lesson(entry: &Entry, closing: &Callback<MouseEvent>) -> Html {
    let number = ALL
        .iter()
        .position(|one| one.id == entry.id)
        .unwrap_or_default()
        + 1;
    let known = kept::read(entry.id);
    let (class, progress) = progress(known.as_ref());
    html! {
        <li key={entry.id}>
            <a class="course-entry" href={format!("#lesson/{}", entry.id)} onclick={closing.clone()}>
                <span class="course-number" aria-hidden="true">{ number }</span>
                <span class="course-title">
                    <strong>{ entry.title() }</strong>
                    <span class="muted small">{ with_code(entry.goal()) }</span>
                </span>
                <span class={classes!("small", class)}>{ progress }</span>
                <span class="muted small">{ texts::lesson_minutes(entry.minutes) }</span>
            </a>
        </li>
    }
}

/// How far one is with a lesson, in words.
fn progress(known: Option<&Known>) -> (&'static str, String) {
    match known {
        Some(known) if known.tasks > 0 && known.solved == known.tasks => {
            ("course-done", texts::lesson_course_done().to_owned())
        }
        Some(known) => (
            "course-begun",
            texts::lesson_course_begun(&known.solved, &known.tasks),
        ),
        None => ("", String::new()),
    }
}
