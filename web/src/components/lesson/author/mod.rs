//! The form that a lesson is written in. Each change is an edit of the scenario, which can be taken
//! back; what is wrong is said beside it, and what the learner sees stands below.

mod cases;
mod checked;
mod expect;
mod fields;
mod findings;
mod limits;
mod listed;
mod preview;
mod reasons;
mod step;
mod structure;
mod task;

use std::rc::Rc;

use organization::lesson::{Lesson, Misconception, Step};
use playground::lessons;
use playground::wrong_ideas::WrongIdea;
use yew::prelude::*;

use self::cases::cases;
use self::checked::{Checked, Form};
use self::fields::{Writer, area, choice, line};
use self::findings::{list, use_review};
use crate::components::ui::button;
use crate::context::{use_dispatch, use_model};
use crate::state::{Action, LessonAction, Model};

/// The form.
#[component]
pub fn Author() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let review = use_review(&model.scenario);
    let Some(learning) = model.learning.clone() else {
        return Html::default();
    };
    let lesson = Rc::new(learning.lesson().clone());
    let writer = Writer {
        lesson: Rc::clone(&lesson),
        dispatch: dispatch.clone(),
    };
    let at = learning.step.min(lesson.steps.len().saturating_sub(1));
    let show = |to: usize| {
        dispatch.reform(move |_: MouseEvent| Action::Lesson(LessonAction::StepShown(to)))
    };
    let last = lesson.steps.len();
    let add = {
        let (writer, dispatch) = (writer.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            writer.write(None, |lesson| {
                let id = fresh(lesson);
                lesson.steps.push(Step {
                    id,
                    ..Step::default()
                });
            });
            dispatch.emit(Action::Lesson(LessonAction::StepShown(last)));
        })
    };
    let try_it = dispatch.reform(|_: MouseEvent| Action::Lesson(LessonAction::Authoring(false)));
    html! {
        <>
            <div class="lesson-body author">
                <p class="muted">{ texts::author_about() }</p>
                { about(&model, &lesson, &writer) }
                { list(&review, None) }
                <div class="author-steps" role="group" aria-label={texts::lesson_steps()}>
                    for (index, step) in lesson.steps.iter().enumerate() {
                        <button
                            key={index} type="button" class="button outlined"
                            aria-pressed={(index == at).to_string()} onclick={show(index)}
                        >
                            { name(index, step) }
                        </button>
                    }
                    { button("button", None, add, html! { texts::author_add_step() }) }
                </div>
                if let Some(step) = lesson.steps.get(at) {
                    { step::step(&model, &writer, at, step, &review) }
                    { preview::preview(step) }
                }
            </div>
            <div class="lesson-foot">
                <span class="spacer" />
                { button("button primary", None, try_it, html! { texts::lesson_try_it() }) }
            </div>
        </>
    }
}

fn name(index: usize, step: &Step) -> String {
    match step.title.as_str() {
        "" => (index + 1).to_string(),
        title => format!("{} {title}", index + 1),
    }
}

/// An id that no step has.
fn fresh(lesson: &Lesson) -> String {
    let mut number = lesson.steps.len() + 1;
    while lesson.step(&number.to_string()).is_some() {
        number += 1;
    }
    number.to_string()
}

/// What the lesson is about.
fn about(model: &Model, lesson: &Lesson, writer: &Writer) -> Html {
    let minutes = lesson
        .minutes
        .map_or_else(String::new, |minutes| minutes.to_string());
    let minutes_typed = writer.typed("minutes", |lesson, text| lesson.minutes = text.parse().ok());
    let id_typed = writer.typed("id", |lesson, text| lesson.id = text);
    let misconception = lesson.misconception.clone().unwrap_or_default();
    let with = |lesson: &mut Lesson, change: &dyn Fn(&mut Misconception)| {
        let mut next = lesson.misconception.take().unwrap_or_default();
        change(&mut next);
        lesson.misconception = (next != Misconception::default()).then_some(next);
    };
    let ideas = WrongIdea::ALL.map(|idea| (idea.word().to_owned(), idea.title().to_owned()));
    let mut ideas = ideas.to_vec();
    ideas.insert(0, (String::new(), texts::author_none().to_owned()));
    let idea = misconception.idea.clone().unwrap_or_default();
    let topics = lessons::TOPICS.iter();
    let topics = topics.map(|(word, title)| ((*word).to_owned(), texts::get(*title).to_owned()));
    let none = (String::new(), texts::author_none().to_owned());
    let mut topics: Vec<(String, String)> = std::iter::once(none).chain(topics).collect();
    if topics.iter().all(|(word, _)| *word != lesson.topic) {
        // A topic of another course.
        topics.push((lesson.topic.clone(), lesson.topic.clone()));
    }
    let topic = writer.typed("topic", |lesson, word| lesson.topic = word);
    html! {
        <div class="author-fields">
            { line(texts::author_title(), &lesson.title, writer.typed("title", |lesson, text| lesson.title = text)) }
            { line(texts::author_goal(), &lesson.goal, writer.typed("goal", |lesson, text| lesson.goal = text)) }
            <div class="author-pairs">
                <Checked
                    id="author-minutes" label={texts::author_minutes()} value={minutes}
                    form={Form::Count} typed={minutes_typed}
                />
                <Checked
                    id="author-id" label={texts::author_id()} value={lesson.id.clone()}
                    form={Form::Id} typed={id_typed}
                />
            </div>
            { choice(texts::author_topic(), &topics, &lesson.topic, topic) }
            <details class="fold">
                <summary>{ texts::author_misconception() }</summary>
                { line(texts::author_belief(), &misconception.belief, writer.typed("belief", move |lesson, text| {
                    with(lesson, &|it| it.belief.clone_from(&text));
                })) }
                { line(texts::author_truth(), &misconception.truth, writer.typed("truth", move |lesson, text| {
                    with(lesson, &|it| it.truth.clone_from(&text));
                })) }
                { choice(texts::author_idea(), &ideas, &idea, writer.typed("idea", move |lesson, word| {
                    with(lesson, &|it| it.idea = Some(word.clone()).filter(|word| !word.is_empty()));
                })) }
            </details>
            { cases(model, writer) }
            <details class="fold">
                <summary>{ texts::author_for_teachers() }</summary>
                { area(texts::author_note(), &lesson.teacher, 4, writer.typed("teacher", |lesson, text| lesson.teacher = text)) }
            </details>
        </div>
    }
}
