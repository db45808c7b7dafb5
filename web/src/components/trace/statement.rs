use evaluator::Truth;
use organization::NodeId;
use playground::{ElementView, Inline, StatementView, ValueView};
use policy::Effect;
use yew::prelude::*;

use super::marked::marked;
use super::missing::title_button;
use super::opened::StatementKey;
use super::tone;
use crate::components::ui::with_code;
use crate::components::ui::{Shape, breakable, button, phrase, shape, truth_badge};
use crate::context::Dispatch;
use crate::state::Action;

/// How many values of an element are drawn before the rest is folded away.
const MOST_VALUES: usize = 10;

/// How much of the place of a statement its head names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Policy, node and lines.
    Full,
    /// The lines alone, where the rest stands above.
    Lines,
}

/// A statement with both operands of each element.
pub(super) fn statement_card(
    statement: &StatementView,
    asked: Option<&StatementKey>,
    dispatch: &Dispatch,
) -> Html {
    let here = asked == Some(&StatementKey::of(statement));
    html! {
        <article
            class={classes!("card", tone::of_effect(statement.effect), here.then_some("here"))}
            tabindex={here.then_some("-1")}
        >
            { head(statement, Place::Full, dispatch) }
            { element_table(statement, dispatch) }
        </article>
    }
}

/// The line above a statement: its title, where it stands, whether it matches.
pub(super) fn head(statement: &StatementView, named: Place, dispatch: &Dispatch) -> Html {
    html! {
        <div class="card-head">
            <h3>{ title_button(statement, dispatch) }</h3>
            <span class="at">{ place(statement, named, dispatch) }</span>
            { statement_badge(statement) }
        </div>
    }
}

/// "Region lock · Workloads · lines 4–16"; the node leads to the tree.
fn place(statement: &StatementView, named: Place, dispatch: &Dispatch) -> Html {
    let (first, last) = statement.lines;
    let lines = if first == last {
        texts::trace_statement_line(&first)
    } else {
        texts::trace_statement_lines(&first, &last)
    };
    if named == Place::Lines {
        return html! { <span>{ lines }</span> };
    }
    html! {
        <>
            <span>{ &statement.policy_name }</span>
            if let Some((node, name)) = &statement.node {
                <span>{ node_button(node, name, dispatch) }</span>
            } else if !statement.at.is_empty() {
                <span>{ &statement.at }</span>
            }
            <span>{ lines }</span>
        </>
    }
}

/// The name of a node, which leads to it in the tree.
pub(super) fn node_button(node: &NodeId, name: &str, dispatch: &Dispatch) -> Html {
    let node = node.clone();
    let onclick = dispatch.reform(move |_: MouseEvent| Action::NodeSelected(Some(node.clone())));
    let shown = html! { { name } };
    html! { <span title={texts::common_show_in_the_tree()}>{ button("to-text", None, onclick, shown) }</span> }
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
/// The name of an element leads to its place in the text.
pub(super) fn element_table(statement: &StatementView, dispatch: &Dispatch) -> Html {
    html! {
        <table class="kv">
            <colgroup>
                <col class="name" /><col /><col /><col class="truth" />
            </colgroup>
            <thead class="visually-hidden">
                <tr>
                    <th scope="col">{ texts::trace_statement_element() }</th><th scope="col">{ texts::trace_statement_policy() }</th>
                    <th scope="col">{ texts::common_request() }</th><th scope="col">{ texts::trace_statement_result() }</th>
                </tr>
            </thead>
            <tbody>
                for element in &statement.elements {
                    <tr>
                        <th scope="row">{ element_button(statement, element, dispatch) }</th>
                        <td data-label={texts::trace_statement_policy()}>{ values(&element.values) }</td>
                        <td data-label={texts::common_request()}>
                            <div>
                                { request_side(element) }
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

/// The name of an element and its key, which show it in the editor.
fn element_button(statement: &StatementView, element: &ElementView, dispatch: &Dispatch) -> Html {
    let (policy, span) = (statement.policy.clone(), element.span);
    let onclick = dispatch.reform(move |_: MouseEvent| Action::PlaceRevealed {
        policy: policy.clone(),
        span,
    });
    let shown = html! {
        <>
            { breakable(&element.name) }
            if let Some(key) = &element.key {
                <span class="key">{ breakable(key) }</span>
            }
        </>
    };
    html! { <span title={texts::common_show_in_the_editor()}>{ button("to-text", None, onclick, shown) }</span> }
}

/// The request's side, with the parts marked in which the nearest value differs.
pub(super) fn request_side(element: &ElementView) -> Html {
    match element.request.as_slice() {
        [Inline::Code(text)] if !element.differs.is_empty() => marked(text, &element.differs, None),
        [Inline::Mark(text)] if !element.differs.is_empty() => {
            marked(text, &element.differs, Some("marked"))
        }
        pieces => phrase(pieces),
    }
}

fn truth(truth: Truth) -> Html {
    let word = match truth {
        Truth::Met => texts::trace_statement_met(),
        Truth::Unmet => texts::trace_statement_not_met(),
        Truth::Unknown => texts::key_unknown(),
    };
    truth_badge(truth, word)
}

/// The values of an element; of a long list the first ones and those that match, and the rest
/// folded away.
fn values(values: &[ValueView]) -> Html {
    let folds = values.len() > MOST_VALUES + 2;
    let (shown, rest): (Vec<_>, Vec<_>) = values
        .iter()
        .enumerate()
        .partition(|(at, value)| !folds || *at < MOST_VALUES || value.truth == Truth::Met);
    let several = values.len() > 1;
    let list = |part: &[(usize, &ValueView)]| -> Html {
        let one = |(_, value): &(usize, &ValueView)| {
            let hit = several && value.truth == Truth::Met;
            html! { <li class={classes!(hit.then_some("hit"))}>{ value_of(value) }</li> }
        };
        html! { <ul class="values">{ for part.iter().map(one) }</ul> }
    };
    html! {
        <>
            { list(&shown) }
            if !rest.is_empty() {
                <details class="fold">
                    <summary>{ texts::common_and_more(&rest.len()) }</summary>
                    { list(&rest) }
                </details>
            }
        </>
    }
}

/// A value, and what it comes to with its variables filled in.
fn value_of(value: &ValueView) -> Html {
    match &value.resolved {
        Some(resolved) => html! {
            <>
                <code>{ breakable(&value.text) }</code>
                <span class="resolved">
                    <span class="origin">{ texts::trace_statement_here() }{ " " }</span>
                    { marked(resolved, &value.differs, None) }
                </span>
            </>
        },
        None => marked(&value.text, &value.differs, None),
    }
}
