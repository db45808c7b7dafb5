//! Predicting: a verdict for each request, and what a deny comes from.

use std::rc::Rc;

use evaluator::Verdict;
use organization::Scenario;
use organization::lesson::{Ask, Task};
use playground::lesson::{
    Answer, Decider, Guess, PredictOptions, StepResult, StepState, predict_options,
};
use playground::{Engine, words};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::feedback::{about, request_link};
use crate::components::requests::Same;
use crate::components::ui::phrase;
use crate::context::{use_dispatch, use_model};
use crate::state::{Action, LessonAction};

/// What [`Predict`] is drawn from.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PredictProps {
    /// The scenario as the lesson starts it.
    pub(super) start: Same<Scenario>,
    /// The task.
    pub(super) task: Task,
    /// What became of the last answer.
    pub(super) result: Option<Rc<StepResult>>,
    /// The last answer.
    pub(super) answer: Option<Answer>,
}

/// What is said of a request, while it is being said.
type One = (Option<Verdict>, Option<Decider>);
/// The same of each request.
type Said = Vec<One>;

/// The form.
#[component]
pub(super) fn Predict(props: &PredictProps) -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let options = use_memo(
        (props.start.clone(), props.task.clone(), model.language),
        |(start, task, _)| predict_options(&mut Engine::new(), start, task),
    );
    let said = {
        let options = Rc::clone(&options);
        let answer = props.answer.clone();
        use_state(move || said_before(&options, answer.as_ref()))
    };
    {
        // The step was begun again, or that was undone.
        let (said, options) = (said.setter(), Rc::clone(&options));
        use_effect_with(props.answer.clone(), move |answer| {
            said.set(said_before(&options, answer.as_ref()));
        });
    }
    let solved = props
        .result
        .as_ref()
        .is_some_and(|it| it.state == StepState::Solved);
    let asks_decider = props.task.ask.contains(&Ask::Decider);
    let complete = said.iter().all(|(verdict, decider)| match verdict {
        None => false,
        Some(verdict) => !asks_decider || !is_deny(*verdict) || decider.is_some(),
    });
    let submit = {
        let (said, options, dispatch) = (said.clone(), Rc::clone(&options), dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            let guesses = options.iter().zip(said.iter());
            let guesses = guesses.filter_map(|(options, (verdict, decider))| {
                let verdict = (*verdict)?;
                Some(Guess {
                    request: options.request.clone(),
                    verdict,
                    decider: decider.clone().filter(|_| is_deny(verdict)),
                })
            });
            let answer = Answer::Predict(guesses.collect());
            dispatch.emit(Action::Lesson(LessonAction::Answered(answer)));
        })
    };
    let kinds = props.task.ask.contains(&Ask::Kind);
    let one = |(at, options): (usize, &PredictOptions)| {
        let (verdict, decider) = said.get(at).cloned().unwrap_or_default();
        let radios = options.verdicts.iter().map(|&choice| {
            let said = said.clone();
            let choose = Callback::from(move |_: Event| {
                said.set(with(&said, at, |one| one.0 = Some(choice)));
            });
            html! {
                <label class="lesson-choice">
                    <input
                        type="radio" name={format!("predict-{at}")} checked={verdict == Some(choice)}
                        onchange={choose}
                    />
                    { word(choice, kinds) }
                </label>
            }
        });
        let chosen = {
            let deciders = options.deciders.clone();
            let said = said.clone();
            Callback::from(move |event: Event| {
                let field: Option<HtmlSelectElement> = event.target_dyn_into();
                let index = field.and_then(|field| usize::try_from(field.selected_index()).ok());
                let choice = index.and_then(|index| deciders.get(index.checked_sub(1)?));
                let decider = choice.map(|choice| choice.decider.clone());
                said.set(with(&said, at, |one| one.1 = decider));
            })
        };
        let name = format!("predict-name-{at}");
        html! {
            <div class="lesson-question" role="group" aria-labelledby={name.clone()} key={at}>
                <div class="lesson-question-name" id={name}>
                    { request_link(&model, &options.request, phrase(&options.words), &dispatch) }
                </div>
                <div class="lesson-choices">{ for radios }</div>
                if verdict.is_some_and(is_deny) && !options.deciders.is_empty() {
                    <select
                        class="field outlined" aria-label={texts::lesson_what_denies()} onchange={chosen}
                    >
                        <option value="" selected={decider.is_none()}>{ texts::lesson_choose_what_denies() }</option>
                        for choice in &options.deciders {
                            <option selected={decider.as_ref() == Some(&choice.decider)}>{ plain(&choice.words) }</option>
                        }
                    </select>
                }
                { about(&model, props.result.as_deref(), &options.request) }
            </div>
        }
    };
    html! {
        <div class="lesson-task">
            { for options.iter().enumerate().map(one) }
            if !solved {
                <div class="lesson-check">
                    <button
                        type="button" class="button primary" onclick={submit}
                        disabled={!complete}
                    >
                        { texts::lesson_check() }
                    </button>
                </div>
            }
        </div>
    }
}

/// The same with another word on one request.
fn with(said: &Said, at: usize, change: impl FnOnce(&mut One)) -> Said {
    let mut next = said.clone();
    if let Some(one) = next.get_mut(at) {
        change(one);
    }
    next
}

fn said_before(options: &[PredictOptions], answer: Option<&Answer>) -> Said {
    let guesses = match answer {
        Some(Answer::Predict(guesses)) => guesses.as_slice(),
        _ => &[],
    };
    let of = |options: &PredictOptions| {
        let guess = guesses
            .iter()
            .find(|guess| guess.request == options.request);
        guess.map_or((None, None), |guess| {
            (Some(guess.verdict), guess.decider.clone())
        })
    };
    options.iter().map(of).collect()
}

fn is_deny(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::ExplicitDeny | Verdict::ImplicitDeny)
}

/// A verdict to choose; without two kinds of deny there is only one.
fn word(verdict: Verdict, kinds: bool) -> &'static str {
    match verdict {
        Verdict::ImplicitDeny if !kinds => texts::lesson_deny(),
        other => words::verdict(other),
    }
}

fn plain(phrase: &[playground::Inline]) -> String {
    use playground::Inline;
    let text = |piece: &Inline| match piece {
        Inline::Text(text) | Inline::Strong(text) | Inline::Code(text) | Inline::Mark(text) => {
            text.clone()
        }
    };
    phrase.iter().map(text).collect()
}
