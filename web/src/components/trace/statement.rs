use evaluator::Truth;
use playground::{ElementView, StatementView};
use policy::Effect;
use yew::prelude::*;

use super::missing::title_button;
use super::tone;
use crate::components::ui::with_code;
use crate::components::ui::{Shape, breakable, phrase, shape, truth_badge};
use crate::context::use_dispatch;

/// How many values of an element are drawn before the rest is folded away.
const MOST_VALUES: usize = 10;

/// What [`StatementCard`] draws.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct StatementCardProps {
    /// The statement.
    pub(super) statement: StatementView,
}

/// A statement with both operands of each element.
#[component]
pub(super) fn StatementCard(props: &StatementCardProps) -> Html {
    let dispatch = use_dispatch();
    let statement = &props.statement;
    html! {
        <article class={classes!("card", tone::of_effect(statement.effect))}>
            <div class="card-head">
                <h3>{ title_button(statement, &dispatch) }</h3>
                <span class="at">{ place(statement) }</span>
                { statement_badge(statement) }
            </div>
            <ElementTable elements={statement.elements.clone()} />
        </article>
    }
}

/// "Region lock · Workloads · lines 4–16".
pub(super) fn place(statement: &StatementView) -> Html {
    let (first, last) = statement.lines;
    let lines = if first == last {
        format!("line {first}")
    } else {
        format!("lines {first}–{last}")
    };
    html! {
        <>
            <span>{ &statement.policy_name }</span>
            if !statement.at.is_empty() {
                <span>{ &statement.at }</span>
            }
            <span>{ lines }</span>
        </>
    }
}

/// "Deny, matches", in the colour of the effect where it matches.
pub(super) fn statement_badge(statement: &StatementView) -> Html {
    let (drawn, class) = match (statement.truth, statement.effect) {
        (Truth::Met, Effect::Allow) => (Shape::Allow, "is-allow"),
        (Truth::Met, Effect::Deny) => (Shape::ExplicitDeny, "is-explicit-deny"),
        (Truth::Unmet, _) => (Shape::NotAsked, "is-not-asked"),
        (Truth::Unknown, _) => (Shape::Depends, "is-depends"),
    };
    html! {
        <span class={classes!("badge", class)}>{ shape(drawn) }<span>{ &statement.word }</span></span>
    }
}

/// What [`ElementTable`] draws.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct ElementTableProps {
    /// The elements of one statement.
    pub(super) elements: Vec<ElementView>,
}

/// The elements of a statement: the policy's values beside the request's.
#[component]
pub(super) fn ElementTable(props: &ElementTableProps) -> Html {
    html! {
        <table class="kv">
            <colgroup>
                <col class="name" /><col /><col /><col class="truth" />
            </colgroup>
            <thead class="visually-hidden">
                <tr>
                    <th scope="col">{ "Element" }</th><th scope="col">{ "Policy" }</th>
                    <th scope="col">{ "Request" }</th><th scope="col">{ "Result" }</th>
                </tr>
            </thead>
            <tbody>
                for element in &props.elements {
                    <tr>
                        <th scope="row">
                            { breakable(&element.name) }
                            if let Some(key) = &element.key {
                                <span class="key">{ breakable(key) }</span>
                            }
                        </th>
                        <td><Values values={element.values.clone()} /></td>
                        <td>
                            <div>
                                { phrase(&element.request) }
                                if !element.origin.is_empty() {
                                    { " " }<span class="origin">{ &element.origin }</span>
                                }
                                if !element.note.is_empty() {
                                    <span class="note">{ with_code(&element.note) }</span>
                                }
                            </div>
                        </td>
                        <td>{ truth(element.truth) }</td>
                    </tr>
                }
            </tbody>
        </table>
    }
}

fn truth(truth: Truth) -> Html {
    let word = match truth {
        Truth::Met => "met",
        Truth::Unmet => "not met",
        Truth::Unknown => "unknown",
    };
    truth_badge(truth, word)
}

/// What [`Values`] draws.
#[derive(Clone, Debug, PartialEq, Properties)]
struct ValuesProps {
    /// The values of the policy; whether each one matches.
    values: Vec<(String, Truth)>,
}

/// The values of an element. Of a long list the first ones and those that match.
#[component]
fn Values(props: &ValuesProps) -> Html {
    let all = use_state_eq(|| false);
    let total = props.values.len();
    let folded = total > MOST_VALUES + 2 && !*all;
    let shown = props
        .values
        .iter()
        .enumerate()
        .filter(|(at, (_, truth))| !folded || *at < MOST_VALUES || *truth == Truth::Met);
    let hidden = props
        .values
        .iter()
        .skip(MOST_VALUES)
        .filter(|(_, truth)| folded && *truth != Truth::Met)
        .count();
    let onclick = {
        let all = all.clone();
        Callback::from(move |_: MouseEvent| all.set(true))
    };
    html! {
        <ul class="values">
            for (_, (value, truth)) in shown {
                <li class={classes!((total > 1 && *truth == Truth::Met).then_some("hit"))}>
                    <code>{ breakable(value) }</code>
                </li>
            }
            if hidden > 0 {
                <li><button type="button" class="more" {onclick}>{ format!("and {hidden} more") }</button></li>
            }
        </ul>
    }
}
