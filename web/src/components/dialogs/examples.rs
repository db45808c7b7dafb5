//! The gallery of examples, and earlier works that this browser keeps.

use std::rc::Rc;

use organization::{Scenario, file};
use playground::examples::ALL;
use yew::prelude::*;

use super::modal::Modal;
use crate::context::{use_dispatch, use_model};
use crate::state::{Action, Origin, Source, persist};

/// The gallery. Each example is an ordinary link, so it can be opened in a new tab or copied.
#[component]
pub(super) fn Examples() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let beside = model.origin != Origin::Kept;
    let earlier = use_memo(beside, |&beside| earlier_works(beside));
    html! {
        <Modal title="Examples">
            <ul class="gallery">
                for example in ALL {
                    <li key={example.id}>
                        <a
                            class="gallery-entry" href={format!("#example/{}", example.id)}
                            onclick={dispatch.reform(|_: MouseEvent| Action::DialogClosed)}
                        >
                            <strong>{ example.title }</strong>
                            <span class="muted">{ example.summary }</span>
                        </a>
                    </li>
                }
            </ul>
            <p class="muted small">
                { "An example opens beside your own work, which stays kept. Undo brings it back." }
            </p>
            if !earlier.is_empty() {
                <h3>{ "Earlier work in this browser" }</h3>
                <ul class="gallery">
                    for (at, scenario) in earlier.iter().enumerate() {
                        <li key={at}>
                            <button
                                type="button" class="gallery-entry"
                                onclick={dispatch.reform(open(scenario))}
                            >
                                <strong>{ title(scenario) }</strong>
                                <span class="muted">{ contents(scenario) }</span>
                            </button>
                        </li>
                    }
                </ul>
            }
        </Modal>
    }
}

fn open(scenario: &Rc<Scenario>) -> impl Fn(MouseEvent) -> Action + 'static {
    let scenario = Rc::clone(scenario);
    move |_| Action::ScenarioOpened {
        scenario: Rc::clone(&scenario),
        source: Source::EarlierWork,
    }
}

/// Earlier works, with the kept one where the page shows another.
fn earlier_works(beside: bool) -> Vec<Rc<Scenario>> {
    let kept = if beside { persist::work() } else { None };
    kept.into_iter()
        .chain(persist::earlier())
        .filter_map(|text| file::read(&text).ok())
        .map(|loaded| Rc::new(loaded.scenario))
        .collect()
}

fn title(scenario: &Scenario) -> String {
    if scenario.title.is_empty() {
        "Untitled".to_owned()
    } else {
        scenario.title.clone()
    }
}

fn contents(scenario: &Scenario) -> String {
    format!(
        "{} and {}",
        count(scenario.policies.len(), "policy", "policies"),
        count(scenario.requests.len(), "request", "requests"),
    )
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
