//! What is wrong with the lesson, or missing.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use organization::Scenario;
use playground::lesson::{Review, ReviewFinding, ReviewSeverity, review};
use yew::prelude::*;

use crate::components::requests::Same;
use crate::components::ui::with_code;

/// How long the lesson rests before it is looked at, in milliseconds: the lazy ways are tried.
const REST: u32 = 400;

/// What was found when the lesson last rested.
#[hook]
pub(super) fn use_review(scenario: &Rc<Scenario>) -> Rc<Review> {
    let found = use_state(Rc::<Review>::default);
    {
        let found = found.setter();
        use_effect_with(Same(Rc::clone(scenario)), move |scenario| {
            let scenario = scenario.clone();
            let timer = Timeout::new(REST, move || found.set(Rc::new(review(&scenario, None))));
            move || drop(timer)
        });
    }
    Rc::clone(&found)
}

/// What was found about a step, or about the lesson as a whole.
pub(super) fn list(review: &Review, step: Option<&str>) -> Html {
    // Solutions are for courses: who writes a lesson here tries it instead.
    let is_about = |one: &&ReviewFinding| {
        one.step.as_deref() == step && one.message != texts::review_no_solution()
    };
    let found = review.findings.iter().filter(is_about);
    let (errors, missing): (Vec<&ReviewFinding>, Vec<&ReviewFinding>) =
        found.partition(|one| one.severity == ReviewSeverity::Error);
    html! {
        <div class="author-findings">
            <div role="status">
                if !errors.is_empty() {
                    <ul>
                        for one in errors {
                            <li class="error">
                                <strong>{ texts::author_error() }</strong>{ " " }{ with_code(&one.message) }
                            </li>
                        }
                    </ul>
                }
            </div>
            if !missing.is_empty() {
                <details class="fold">
                    <summary>{ texts::author_missing(missing.len()) }</summary>
                    <ul>
                        for one in missing {
                            <li>{ with_code(&one.message) }</li>
                        }
                    </ul>
                </details>
            }
        </div>
    }
}
