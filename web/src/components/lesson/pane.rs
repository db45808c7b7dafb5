//! The pane of the lesson.

use std::rc::Rc;

use organization::lesson::Misconception;
use playground::lessons;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use super::ideas::ideas;
use super::progress::{progress, summary};
use super::step::{result, step};
use super::text::text;
use crate::components::ui::{Glyph, Menu, MenuEntry, button, glyph, with_code};
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::{Action, Dialog, Learning, LessonAction, Model, Pane};

/// Properties of [`LessonPane`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct LessonPaneProps {
    /// The form in which a lesson is written, where it can be.
    #[prop_or_default]
    pub children: Html,
}

/// The lesson that is open, to be learned or to be written.
#[component]
pub fn LessonPane(props: &LessonPaneProps) -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let pane = use_node_ref();
    let body = use_node_ref();
    let at = model.learning.as_ref().map(|learning| learning.step);
    let first = use_mut_ref(|| true);
    {
        let body = body.clone();
        use_effect_with(at, move |_| {
            // Where one is when the page comes up is not chosen; afterwards the text is read on.
            let came_up = first.replace(false);
            if let Some(body) = body.cast::<Element>() {
                body.set_scroll_top(0);
                let heading = body.query_selector(".lesson-step-title").ok().flatten();
                if !came_up && let Some(Ok(heading)) = heading.map(JsCast::dyn_into::<HtmlElement>)
                {
                    let _ = heading.focus();
                }
            }
        });
    }
    use_result(&pane, model.learning.as_deref());
    let Some(learning) = &model.learning else {
        return Html::default();
    };
    html! {
        <section class="pane lesson" ref={pane} aria-labelledby="lesson-head">
            <div class="pane-head">
                <h2 id="lesson-head">{ texts::lesson_lesson() }</h2>
                if !learning.authoring {
                    { progress(learning, &dispatch) }
                }
                <span class="spacer" />
                <button
                    type="button" class="button to-organization"
                    onclick={dispatch.reform(|_: MouseEvent| Action::PaneShown(Pane::Organization))}
                >
                    { texts::common_organization() }
                </button>
                <Menu label={texts::lesson_more()} entries={commands(&model, learning, &dispatch)}>
                    { glyph(Glyph::More) }
                </Menu>
            </div>
            if learning.authoring {
                { props.children.clone() }
            } else {
                <div class="lesson-body" ref={body}>
                    { learn(&model, learning, &dispatch) }
                </div>
                { foot(&model, learning, &dispatch) }
            }
        </section>
    }
}

/// Shows what became of an answer: what is said when it is solved, or the first thing that is wrong.
/// Where the button was pressed that is gone then, the focus goes along.
#[hook]
fn use_result(pane: &NodeRef, learning: Option<&Learning>) {
    let now = learning.map(|learning| {
        let step = learning.current();
        let done = step.and_then(|step| learning.progress.step(&step.id));
        let (tries, solved) = done.map_or((0, false), |done| (done.tries, done.solved));
        (learning.key.clone(), learning.step, tries, solved)
    });
    let before = use_mut_ref(|| None);
    let pane = pane.clone();
    use_effect_with(now, move |now| {
        let was = before.replace(now.clone());
        let Some(((key, step, tries, solved), pane)) = now.as_ref().zip(pane.cast::<Element>())
        else {
            return;
        };
        let Some((_, _, tried, was_solved)) =
            was.filter(|(of, at, ..): &(String, usize, usize, bool)| (of, at) == (key, step))
        else {
            return;
        };
        let find = |selector: &str| pane.query_selector(selector).ok().flatten();
        let (target, next) = match (solved, *tries > tried) {
            (true, _) if !was_solved => (find(".lesson-solved"), find(".lesson-foot .primary")),
            (false, true) => (find(".lesson-finding.unmet"), None),
            _ => return,
        };
        if let Some(target) = &target {
            let nearest = ScrollIntoViewOptions::new();
            nearest.set_block(ScrollLogicalPosition::Nearest);
            target.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
        let document = web_sys::window().and_then(|window| window.document());
        let active = document.and_then(|document| document.active_element());
        let lost = active.is_none_or(|active| active.tag_name().eq_ignore_ascii_case("body"));
        let heir = target.or(next).filter(|_| lost && *solved);
        if let Some(Ok(heir)) = heir.map(JsCast::dyn_into::<HtmlElement>) {
            let _ = heir.focus();
        }
    });
}

fn learn(model: &Rc<Model>, learning: &Rc<Learning>, dispatch: &Dispatch) -> Html {
    let lesson = learning.lesson();
    html! {
        <>
            if learning.step == 0 {
                <div class="lesson-intro">
                    <h3 class="lesson-title">{ &lesson.title }</h3>
                    <p class="muted">
                        { with_code(&lesson.goal) }{ " " }
                        if let Some(minutes) = lesson.minutes {
                            <span class="lesson-minutes">{ texts::lesson_minutes(minutes) }</span>
                        }
                    </p>
                    if let Some(misconception) = &lesson.misconception {
                        { belief(misconception) }
                    }
                </div>
            } else {
                <p class="lesson-crumb muted">{ &lesson.title }</p>
            }
            { step(model, learning, dispatch) }
            { ideas(model, learning) }
            if is_last(learning) {
                { end(learning) }
            }
        </>
    }
}

fn is_last(learning: &Learning) -> bool {
    learning.step + 1 == learning.lesson().steps.len()
}

/// What the lesson came to, and what comes next.
fn end(learning: &Learning) -> Html {
    let so_far = learning.summary();
    if !so_far.solved && so_far.tasks > 0 {
        return Html::default();
    }
    html! {
        <div class="lesson-end">
            <p><strong>{ texts::lesson_done() }</strong>{ " " }{ summary(&so_far) }</p>
            if let Some(misconception) = &learning.lesson().misconception {
                { belief(misconception) }
                { text(&misconception.truth) }
            }
        </div>
    }
}

/// What some think.
fn belief(misconception: &Misconception) -> Html {
    html! {
        <p class="lesson-belief">
            <span class="muted">{ texts::lesson_some_think() }</span>
            { " " }<q>{ with_code(&misconception.belief) }</q>
        </p>
    }
}

/// The way to the other steps.
fn foot(model: &Model, learning: &Learning, dispatch: &Dispatch) -> Html {
    let at = learning.step;
    let go = |to: usize| {
        dispatch.reform(move |_: MouseEvent| Action::Lesson(LessonAction::StepShown(to)))
    };
    let open = learning
        .current()
        .is_some_and(|step| step.task.is_some() && !learning.is_solved(step));
    let course = Action::DialogOpened(Dialog::Course);
    let has_course = !lessons::ALL.is_empty() && model.admits(&course);
    let course = dispatch.reform(move |_: MouseEvent| course.clone());
    let lessons = lessons::ALL.iter();
    let mut from_here = lessons.skip_while(|entry| entry.id != learning.lesson().id);
    let next = from_here.nth(1).filter(|_| learning.summary().solved);
    html! {
        <div class="lesson-foot">
            <div role="status" class="lesson-result">{ result(model, learning) }</div>
            if at > 0 {
                { button("button", None, go(at - 1), html! { texts::lesson_back() }) }
            }
            <span class="spacer" />
            if !is_last(learning) {
                if open {
                    { button("button", None, go(at + 1), html! { texts::lesson_skip() }) }
                } else {
                    { button("button primary", None, go(at + 1), html! { texts::lesson_next() }) }
                }
            } else {
                if has_course {
                    { button("button", None, course, html! { texts::lesson_course() }) }
                }
                if let Some(next) = next {
                    <a class="button primary" href={format!("#lesson/{}", next.id)}>
                        { texts::lesson_next_lesson(&next.title()) }
                    </a>
                }
            }
        </div>
    }
}

fn commands(model: &Model, learning: &Learning, dispatch: &Dispatch) -> Vec<MenuEntry> {
    let command = |text: &'static str, action: Action| {
        let act = dispatch.reform(move |()| action.clone());
        MenuEntry::command(text, act)
    };
    let act = |text: &'static str, action: LessonAction| command(text, Action::Lesson(action));
    if learning.authoring {
        return vec![
            act(texts::lesson_try_it(), LessonAction::Authoring(false)),
            act(
                texts::lesson_take_away(),
                LessonAction::Written {
                    lesson: None,
                    field: None,
                },
            ),
        ];
    }
    let mut entries = vec![
        act(
            texts::lesson_start_this_step_over(),
            LessonAction::StartedOver { whole: false },
        ),
        act(
            texts::lesson_start_the_lesson_over(),
            LessonAction::StartedOver { whole: true },
        ),
    ];
    let lesson = learning.lesson();
    if lesson
        .misconception
        .as_ref()
        .is_some_and(|it| it.idea.is_some())
    {
        let word = match learning.ideas {
            true => texts::lesson_hide_what_people_think(),
            false => texts::lesson_show_what_people_think(),
        };
        entries.push(act(word, LessonAction::IdeasShown(!learning.ideas)));
    }
    let of_the_page = [
        (texts::lesson_course(), Action::DialogOpened(Dialog::Course)),
        (
            texts::lesson_edit_it(),
            Action::Lesson(LessonAction::Authoring(true)),
        ),
    ];
    let of_the_page = of_the_page
        .into_iter()
        .filter(|(_, action)| model.admits(action));
    let mut of_the_page = of_the_page.peekable();
    if of_the_page.peek().is_some() {
        entries.push(MenuEntry::Separator);
    }
    entries.extend(of_the_page.map(|(text, action)| command(text, action)));
    entries
}
