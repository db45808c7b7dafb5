use evaluator::Truth;
use playground::{ElementView, StatementView};
use policy::Effect;
use yew::prelude::*;

use super::missing::title_button;
use super::tone;
use crate::components::ui::with_code;
use crate::components::ui::{Shape, breakable, phrase, shape, truth_badge};
use crate::context::Dispatch;

/// How many values of an element are drawn before the rest is folded away.
const MOST_VALUES: usize = 10;

/// A statement with both operands of each element.
pub(super) fn statement_card(statement: &StatementView, dispatch: &Dispatch) -> Html {
    html! {
        <article class={classes!("card", tone::of_effect(statement.effect))}>
            { head(statement, dispatch) }
            { element_table(&statement.elements) }
        </article>
    }
}

/// The line above a statement: its title, where it stands, whether it matches.
pub(super) fn head(statement: &StatementView, dispatch: &Dispatch) -> Html {
    html! {
        <div class="card-head">
            <h3>{ title_button(statement, dispatch) }</h3>
            <span class="at">{ place(statement) }</span>
            { statement_badge(statement) }
        </div>
    }
}

/// "Region lock · Workloads · lines 4–16".
fn place(statement: &StatementView) -> Html {
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
fn statement_badge(statement: &StatementView) -> Html {
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

/// The elements of a statement: the policy's values beside the request's.
pub(super) fn element_table(elements: &[ElementView]) -> Html {
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
                for element in elements {
                    <tr>
                        <th scope="row">
                            { breakable(&element.name) }
                            if let Some(key) = &element.key {
                                <span class="key">{ breakable(key) }</span>
                            }
                        </th>
                        <td>{ values(&element.values) }</td>
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

/// The values of an element; of a long list the first ones and those that match, and the rest
/// folded away.
fn values(values: &[(String, Truth)]) -> Html {
    let folds = values.len() > MOST_VALUES + 2;
    let (shown, rest): (Vec<_>, Vec<_>) = values
        .iter()
        .enumerate()
        .partition(|(at, (_, truth))| !folds || *at < MOST_VALUES || *truth == Truth::Met);
    let list = |part: &[(usize, &(String, Truth))]| -> Html {
        let one = |(_, (value, truth)): &(usize, &(String, Truth))| {
            let hit = values.len() > 1 && *truth == Truth::Met;
            html! { <li class={classes!(hit.then_some("hit"))}><code>{ breakable(value) }</code></li> }
        };
        html! { <ul class="values">{ for part.iter().map(one) }</ul> }
    };
    html! {
        <>
            { list(&shown) }
            if !rest.is_empty() {
                <details class="fold">
                    <summary>{ format!("and {} more", rest.len()) }</summary>
                    { list(&rest) }
                </details>
            }
        </>
    }
}
