//! How the requests use the statements of the open policy.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use organization::{PolicyId, RequestId, Scenario};
use playground::{Engine, PolicyUsage, StatementUsage};
use policy::{LineIndex, Span};
use yew::prelude::*;

use crate::components::requests::Same;
use crate::context::Dispatch;
use crate::editor::{TextRange, UseRange};
use crate::state::Action;

/// How long the text must rest before it is looked at, in milliseconds.
const REST: u32 = 400;

/// How many requests are named for a statement.
const MOST_NAMED: usize = 8;

/// How a text is used, with the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Usage {
    text: Rc<str>,
    usage: PolicyUsage,
}

/// Works out how the requests use a policy, once the scenario rests. Until then, and while AWS
/// would refuse the text, the last answer for the policy stays.
#[hook]
pub(super) fn use_usage(scenario: &Rc<Scenario>, policy: Option<&PolicyId>) -> Option<Rc<Usage>> {
    let found = use_state_eq(|| None::<(PolicyId, Rc<Usage>)>);
    let engine = use_mut_ref(Engine::new);
    {
        let found = found.clone();
        let about = (Same(Rc::clone(scenario)), policy.cloned());
        use_effect_with(about, move |(scenario, policy)| {
            let (scenario, policy) = (scenario.clone(), policy.clone());
            let timer = Timeout::new(REST, move || {
                let Some(policy) = policy else { return };
                let usage = engine.borrow_mut().usage(&scenario, &policy);
                let text = scenario
                    .policy(policy.as_str())
                    .map(|one| one.text().into());
                if let Some((usage, text)) = usage.zip(text) {
                    found.set(Some((policy, Rc::new(Usage { text, usage }))));
                }
            });
            move || drop(timer)
        });
    }
    let (id, usage) = found.as_ref()?;
    (Some(id) == policy).then(|| Rc::clone(usage))
}

impl Usage {
    /// For the editor's gutter.
    pub(super) fn ranges(&self) -> Vec<UseRange> {
        let range = |one: &StatementUsage| {
            let TextRange { from, to } = TextRange::new(&self.text, one.span);
            UseRange {
                from,
                to,
                decides: one.decides.len(),
                matches: one.matches.len(),
            }
        };
        self.usage.statements.iter().map(range).collect()
    }

    /// How many statements no request exercises.
    pub(super) fn unused(&self) -> usize {
        let statements = self.usage.statements.iter();
        statements
            .filter(|one| one.decides.is_empty() && one.matches.is_empty())
            .count()
    }
}

/// The statements with the requests that they decide.
pub(super) fn usage_list(
    usage: Option<&Usage>,
    scenario: &Scenario,
    go_to: &Callback<Span>,
    dispatch: &Dispatch,
) -> Html {
    let Some(usage) = usage else {
        return html! { <p class="none">{ texts::policies_usage_what_requests_make() }</p> };
    };
    if scenario.requests.is_empty() {
        return html! { <p class="none">{ texts::policies_usage_there_request_yet() }</p> };
    }
    let lines = LineIndex::new(&usage.text);
    html! {
        <ul>
            for statement in &usage.usage.statements {
                <li class="use">
                    { place(statement, &lines, &usage.text, go_to) }
                    if statement.decides.is_empty() && statement.matches.is_empty() {
                        <span class="unused">{ texts::policies_usage_no_request_exercises_it() }</span>
                    } else {
                        { named(texts::policies_usage_decides(), &statement.decides, scenario, dispatch) }
                        { named(texts::policies_usage_also_matches(), &statement.matches, scenario, dispatch) }
                    }
                </li>
            }
            if !usage.usage.complete {
                <li class="none">{ texts::policies_usage_there_too_many() }</li>
            }
        </ul>
    }
}

fn place(
    statement: &StatementUsage,
    lines: &LineIndex,
    text: &str,
    go_to: &Callback<Span>,
) -> Html {
    let span = statement.span;
    let line = lines.line_col(text, span.start()).line;
    let onclick = go_to.reform(move |_: MouseEvent| span);
    html! {
        <button type="button" class="finding" {onclick}>
            <span class="word">{ &statement.title }</span>
            <span class="place">{ " " }{ texts::policies_usage_line(&line) }</span>
        </button>
    }
}

fn named(verb: &str, requests: &[RequestId], scenario: &Scenario, dispatch: &Dispatch) -> Html {
    if requests.is_empty() {
        return Html::default();
    }
    let more = requests.len().saturating_sub(MOST_NAMED);
    html! {
        <span class="named">
            <span class="place">{ verb }{ " " }</span>
            for id in requests.iter().take(MOST_NAMED) {
                { request_button(id, scenario, dispatch) }
            }
            if more > 0 {
                <span class="place">{ texts::common_and_more(&more) }</span>
            }
        </span>
    }
}

/// A request that is selected by its name.
pub(super) fn request_button(id: &RequestId, scenario: &Scenario, dispatch: &Dispatch) -> Html {
    let name = scenario
        .request(id.as_str())
        .map_or(id.as_str(), |request| {
            if request.name.is_empty() {
                &request.action
            } else {
                &request.name
            }
        });
    let request = id.clone();
    let onclick = dispatch.reform(move |_: MouseEvent| Action::RequestSelected {
        request: request.clone(),
        account: None,
    });
    html! { <button type="button" class="request-link" {onclick}>{ name }</button> }
}
