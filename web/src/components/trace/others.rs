use evaluator::Truth;
use playground::{ElementView, ResourceView, StatementView};
use web_sys::Element;
use yew::prelude::*;

use super::missing::title_button;
use super::statement::{ElementTable, place, statement_badge};
use super::tone;
use crate::components::ui::{breakable, phrase};
use crate::context::{Dispatch, use_dispatch};

/// How many statements are drawn before the rest waits for a click.
const MOST_STATEMENTS: usize = 30;
/// How many values of the failing element stand in its line.
const MOST_VALUES: usize = 3;

/// What [`OthersFold`] draws.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct OthersFoldProps {
    /// The resource whose statements these are.
    pub(super) resource: ResourceView,
}

/// The statements that do not decide, folded: those that did not match, each with the element
/// that fails first, and those that matched without deciding.
#[component]
pub(super) fn OthersFold(props: &OthersFoldProps) -> Html {
    let (matched, unmatched): (Vec<_>, Vec<_>) = props
        .resource
        .others
        .iter()
        .cloned()
        .partition(|statement| statement.truth == Truth::Met);
    let unmatched_title = match unmatched.len() {
        1 => "Why not: 1 other statement did not match".to_owned(),
        count => format!("Why not: {count} other statements did not match"),
    };
    let matched_title = match matched.len() {
        1 => "1 statement matches and does not decide".to_owned(),
        count => format!("{count} statements match and do not decide"),
    };
    html! {
        <div>
            if !unmatched.is_empty() {
                <StatementsFold title={unmatched_title} statements={unmatched} />
            }
            if !matched.is_empty() {
                <StatementsFold title={matched_title} statements={matched} />
            }
        </div>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct StatementsFoldProps {
    title: String,
    statements: Vec<StatementView>,
}

/// A fold that draws its statements when it is opened.
#[component]
fn StatementsFold(props: &StatementsFoldProps) -> Html {
    let dispatch = use_dispatch();
    let (details, open, ontoggle) = use_fold();
    let all = use_state_eq(|| false);
    let most = if *all { usize::MAX } else { MOST_STATEMENTS };
    let hidden = props.statements.len().saturating_sub(most);
    let onclick = {
        let all = all.clone();
        Callback::from(move |_: MouseEvent| all.set(true))
    };
    html! {
        <details class="fold" ref={details} {ontoggle}>
            <summary>{ &props.title }</summary>
            if open {
                <ul class="why-not">
                    for statement in props.statements.iter().take(most) {
                        <li class={classes!("card", tone::of_effect(statement.effect))}>
                            <OtherStatement statement={statement.clone()} dispatch={dispatch.clone()} />
                        </li>
                    }
                    if hidden > 0 {
                        <li><button type="button" class="button" {onclick}>{ format!("Show {hidden} more") }</button></li>
                    }
                </ul>
            }
        </details>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct OtherStatementProps {
    statement: StatementView,
    dispatch: Dispatch,
}

#[component]
fn OtherStatement(props: &OtherStatementProps) -> Html {
    let (details, open, ontoggle) = use_fold();
    let statement = &props.statement;
    html! {
        <>
            <div class="card-head">
                <h3>{ title_button(statement, &props.dispatch) }</h3>
                <span class="at">{ place(statement) }</span>
                { statement_badge(statement) }
            </div>
            if statement.truth != Truth::Met {
                <p class="reason">{ reason(statement) }</p>
            }
            <details class="fold" ref={details} {ontoggle}>
                <summary>{ "Element by element" }</summary>
                if open {
                    <ElementTable elements={statement.elements.clone()} />
                }
            </details>
        </>
    }
}

/// A `<details>`: its reference, whether it is open, and what keeps that up to date. (Yew lets
/// `toggle` of an inner fold reach the outer one, so each looks at its own element.)
#[hook]
pub(super) fn use_fold() -> (NodeRef, bool, Callback<Event>) {
    let details = use_node_ref();
    let open = use_state_eq(|| false);
    let ontoggle = {
        let details = details.clone();
        let open = open.clone();
        Callback::from(move |_: Event| {
            if let Some(details) = details.cast::<Element>() {
                open.set(details.has_attribute("open"));
            }
        })
    };
    (details, *open, ontoggle)
}

/// The element that fails first, with both operands, in one line.
pub(super) fn reason(statement: &StatementView) -> Html {
    let first = |wanted: Truth| {
        statement
            .elements
            .iter()
            .find(|element| element.truth == wanted)
    };
    first(Truth::Unmet)
        .or_else(|| first(Truth::Unknown))
        .map(line)
        .unwrap_or_default()
}

fn line(element: &ElementView) -> Html {
    let more = element.values.len().saturating_sub(MOST_VALUES);
    html! {
        <>
            <span>{ &element.name }</span>
            { " " }
            if let Some(key) = &element.key {
                <code>{ breakable(key) }</code>
                { " " }
            }
            for (value, _) in element.values.iter().take(MOST_VALUES) {
                <code>{ breakable(value) }</code>
                { " " }
            }
            if more > 0 {
                { format!("and {more} more ") }
            }
            { if element.truth == Truth::Unknown { "is unknown: " } else { "is not met: " } }
            { phrase(&element.request) }
        </>
    }
}
