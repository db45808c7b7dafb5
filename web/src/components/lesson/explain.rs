//! Explaining: picking what decides a request.

use std::rc::Rc;

use organization::Scenario;
use organization::lesson::Task;
use playground::Engine;
use playground::lesson::{Answer, Choice, Pick, StepResult, StepState, choices};
use yew::prelude::*;

use super::feedback::{finding, request_link};
use crate::components::requests::Same;
use crate::components::ui::phrase;
use crate::context::{use_dispatch, use_model};
use crate::state::{Action, LessonAction};

/// What [`Explain`] is drawn from.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ExplainProps {
    /// The scenario as the lesson starts it.
    pub(super) start: Same<Scenario>,
    /// The task.
    pub(super) task: Task,
    /// What became of the last answer.
    pub(super) result: Option<Rc<StepResult>>,
    /// The last answer.
    pub(super) answer: Option<Answer>,
}

/// The form.
#[component]
pub(super) fn Explain(props: &ExplainProps) -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let offered = use_memo(
        (props.start.clone(), props.task.clone(), model.language),
        |(start, task, _)| choices(&mut Engine::new(), start, task),
    );
    let picked = {
        let answer = props.answer.clone();
        use_state(move || picks_of(answer.as_ref()))
    };
    {
        // The step was begun again, or that was undone.
        let picked = picked.setter();
        use_effect_with(props.answer.clone(), move |answer| {
            picked.set(picks_of(answer.as_ref()));
        });
    }
    let solved = props
        .result
        .as_ref()
        .is_some_and(|it| it.state == StepState::Solved);
    let submit = {
        let (picked, dispatch) = (picked.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            let answer = Answer::Explain(picked.to_vec());
            dispatch.emit(Action::Lesson(LessonAction::Answered(answer)));
        })
    };
    let one = |(at, choice): (usize, &Choice)| {
        let on = picked.contains(&choice.pick);
        let toggle = {
            let (picked, pick) = (picked.clone(), choice.pick.clone());
            Callback::from(move |_: Event| {
                let mut next: Vec<Pick> = picked.to_vec();
                match next.iter().position(|one| *one == pick) {
                    Some(at) => {
                        next.remove(at);
                    }
                    None => next.push(pick.clone()),
                }
                picked.set(next);
            })
        };
        html! {
            <label class="lesson-choice" key={at}>
                <input type="checkbox" checked={on} onchange={toggle} />
                <span>{ phrase(&choice.words) }</span>
            </label>
        }
    };
    let request = props.task.request.as_ref();
    let name = request.map(|id| {
        let words = props.start.request(id.as_str()).map_or_else(
            || id.to_string(),
            |request| match request.name.as_str() {
                "" => request.action.clone(),
                name => name.to_owned(),
            },
        );
        request_link(&model, id, html! { <strong>{ words }</strong> }, &dispatch)
    });
    html! {
        <div class="lesson-task">
            <div class="lesson-question" role="group" aria-labelledby="explain-name">
                <div class="lesson-question-name" id="explain-name">
                    { name.unwrap_or_default() }
                    <span class="muted">{ " " }{ texts::lesson_what_decides() }</span>
                </div>
                <div class="lesson-choices stacked">{ for offered.iter().enumerate().map(one) }</div>
            </div>
            if let Some(result) = &props.result {
                { for result.findings.iter().map(finding) }
            }
            if !solved {
                <div class="lesson-check">
                    <button
                        type="button" class="button primary" onclick={submit}
                        disabled={picked.is_empty()}
                    >
                        { texts::lesson_check() }
                    </button>
                </div>
            }
        </div>
    }
}

fn picks_of(answer: Option<&Answer>) -> Vec<Pick> {
    match answer {
        Some(Answer::Explain(picks)) => picks.clone(),
        _ => Vec::new(),
    }
}
