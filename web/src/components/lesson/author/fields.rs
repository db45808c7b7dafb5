//! The fields of the form.

use std::rc::Rc;

use organization::Request;
use organization::lesson::{Lesson, Step, Task};
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::context::Dispatch;
use crate::state::{Action, LessonAction};

/// Writes changes of a lesson into the scenario.
#[derive(Clone)]
pub(super) struct Writer {
    /// The lesson as it is.
    pub(super) lesson: Rc<Lesson>,
    /// Takes the changes.
    pub(super) dispatch: Dispatch,
}

impl Writer {
    /// Writes one change. Letters that are typed into one field are one step.
    pub(super) fn write(&self, field: Option<String>, change: impl FnOnce(&mut Lesson)) {
        let mut lesson = Lesson::clone(&self.lesson);
        change(&mut lesson);
        if lesson != *self.lesson {
            let lesson = Some(Rc::new(lesson));
            self.dispatch
                .emit(Action::Lesson(LessonAction::Written { lesson, field }));
        }
    }

    /// Writes what is typed into a field of the lesson.
    pub(super) fn typed(
        &self,
        field: impl Into<String>,
        change: impl Fn(&mut Lesson, String) + 'static,
    ) -> Callback<String> {
        let (writer, field) = (self.clone(), field.into());
        Callback::from(move |text: String| {
            writer.write(Some(format!("lesson {field}")), |lesson| {
                change(lesson, text)
            });
        })
    }

    /// Writes what is typed into a field of a step.
    pub(super) fn typed_in(
        &self,
        at: usize,
        field: impl Into<String>,
        change: impl Fn(&mut Step, String) + 'static,
    ) -> Callback<String> {
        let (writer, field) = (self.clone(), field.into());
        Callback::from(move |text: String| {
            writer.write(Some(format!("lesson {at} {field}")), |lesson| {
                if let Some(step) = lesson.steps.get_mut(at) {
                    change(step, text);
                }
            });
        })
    }

    /// Writes a change of a step.
    pub(super) fn step<T: 'static>(
        &self,
        at: usize,
        change: impl Fn(&mut Step, T) + 'static,
    ) -> Callback<T> {
        let writer = self.clone();
        Callback::from(move |value: T| {
            writer.write(None, |lesson| {
                if let Some(step) = lesson.steps.get_mut(at) {
                    change(step, value);
                }
            });
        })
    }

    /// Writes a change of the task of a step.
    pub(super) fn task<T: 'static>(
        &self,
        at: usize,
        change: impl Fn(&mut Task, T) + 'static,
    ) -> Callback<T> {
        self.step(at, move |step, value| {
            if let Some(task) = &mut step.task {
                change(task, value);
            }
        })
    }
}

/// A request as the form calls it.
pub(super) fn called(request: &Request) -> String {
    match request.name.as_str() {
        "" => request.action.clone(),
        name => name.to_owned(),
    }
}

/// A field for one line.
pub(super) fn line(label: &'static str, value: &str, typed: Callback<String>) -> Html {
    let oninput = Callback::from(move |event: InputEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            typed.emit(field.value());
        }
    });
    html! {
        <label class="dialog-label">
            { label }
            <input class="field outlined" value={value.to_owned()} autocomplete="off" {oninput} />
        </label>
    }
}

/// A field for several lines of Markdown.
pub(super) fn area(label: &str, value: &str, rows: u32, typed: Callback<String>) -> Html {
    let oninput = Callback::from(move |event: InputEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() {
            typed.emit(field.value());
        }
    });
    html! {
        <label class="dialog-label">
            { label }
            <textarea class="field outlined" rows={rows.to_string()} value={value.to_owned()} {oninput} />
        </label>
    }
}

/// A choice between words.
pub(super) fn choice(
    label: &str,
    options: &[(String, String)],
    chosen: &str,
    on_chosen: Callback<String>,
) -> Html {
    let onchange = Callback::from(move |event: Event| {
        if let Some(field) = event.target_dyn_into::<HtmlSelectElement>() {
            on_chosen.emit(field.value());
        }
    });
    html! {
        <label class="dialog-label">
            { label }
            <select class="field outlined" {onchange}>
                for (word, text) in options {
                    <option value={word.clone()} selected={word == chosen}>{ text }</option>
                }
            </select>
        </label>
    }
}

/// Something that is so or not.
pub(super) fn tick(label: Html, on: bool, on_changed: Callback<bool>) -> Html {
    let onchange = Callback::from(move |event: Event| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            on_changed.emit(field.checked());
        }
    });
    html! {
        <label class="lesson-choice">
            <input type="checkbox" checked={on} {onchange} />
            <span>{ label }</span>
        </label>
    }
}

/// Puts something into a list, or takes it out.
pub(super) fn put<T: PartialEq>(list: &mut Vec<T>, one: T, on: bool) {
    list.retain(|other| *other != one);
    if on {
        list.push(one);
    }
}
