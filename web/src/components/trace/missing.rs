use evaluator::Outcome;
use playground::{LevelView, ResourceView, StageView, StatementView};
use policy::Effect;
use yew::prelude::*;

use super::others::reason;
use super::statement::node_button;
use crate::components::ui::{button, outcome_badge, phrase};
use crate::context::Dispatch;
use crate::state::Action;

/// How many statements of one level are listed.
const MOST_STATEMENTS: usize = 8;

/// A card for each level and policy type that must allow the request and does not: what is
/// attached there, and why no Allow of it matches.
pub(super) fn missing_allows(resource: &ResourceView, dispatch: &Dispatch) -> Html {
    resource
        .stages
        .iter()
        .filter(|stage| stage.stops && stage.outcome == Outcome::ImplicitDeny)
        .map(|stage| {
            if stage.levels.is_empty() {
                return of_stage(stage, resource, dispatch);
            }
            stage
                .levels
                .iter()
                .filter(|level| level.stops && level.outcome == Outcome::ImplicitDeny)
                .map(|level| of_level(stage, level, resource, dispatch))
                .collect()
        })
        .collect()
}

fn of_level(
    stage: &StageView,
    level: &LevelView,
    resource: &ResourceView,
    dispatch: &Dispatch,
) -> Html {
    let statements = resource.others.iter().filter(|statement| {
        let here = statement
            .node
            .as_ref()
            .is_some_and(|(id, _)| *id == level.node);
        here && statement.policy_type == stage.policy_type
    });
    html! {
        <article class="card" key={format!("{:?} {}", stage.policy_type, level.node)}>
            <div class="card-head">
                <h3>{ texts::trace_missing_no_allow_at() }{ " " }{ node_button(&level.node, &level.name, dispatch) }</h3>
                <span class="at">{ texts::trace_missing_level(&stage.title) }</span>
                { outcome_badge(Outcome::ImplicitDeny, texts::verdict_implicit_deny()) }
            </div>
            <div class="card-body">
                <p>{ phrase(&level.why) }</p>
                { allows(statements, dispatch) }
            </div>
        </article>
    }
}

fn of_stage(stage: &StageView, resource: &ResourceView, dispatch: &Dispatch) -> Html {
    let statements = resource
        .others
        .iter()
        .filter(|statement| statement.policy_type == stage.policy_type);
    html! {
        <article class="card" key={format!("{:?}", stage.policy_type)}>
            <div class="card-head">
                <h3>{ texts::trace_missing_no_allow(&stage.title) }</h3>
                { outcome_badge(Outcome::ImplicitDeny, texts::verdict_implicit_deny()) }
            </div>
            <div class="card-body">
                <p>{ phrase(&stage.why) }</p>
                { allows(statements, dispatch) }
            </div>
        </article>
    }
}

/// The Allow statements that do not match, each with the element that fails.
fn allows<'a>(statements: impl Iterator<Item = &'a StatementView>, dispatch: &Dispatch) -> Html {
    let allows: Vec<&StatementView> = statements
        .filter(|statement| statement.effect == Effect::Allow)
        .collect();
    let hidden = allows.len().saturating_sub(MOST_STATEMENTS);
    html! {
        if !allows.is_empty() {
            <ul class="allows">
                for statement in allows.into_iter().take(MOST_STATEMENTS) {
                    <li>
                        { title_button(statement, dispatch) }
                        { " " }{ texts::trace_missing_of(&statement.policy_name) }{ " " }
                        { reason(statement) }
                    </li>
                }
                if hidden > 0 {
                    <li>{ texts::common_and_more(&hidden) }</li>
                }
            </ul>
        }
    }
}

/// The title of a statement, which shows it in the editor.
pub(super) fn title_button(statement: &StatementView, dispatch: &Dispatch) -> Html {
    let policy = statement.policy.clone();
    let span = statement.span;
    let onclick = dispatch.reform(move |_: MouseEvent| Action::PlaceRevealed {
        policy: policy.clone(),
        span,
    });
    let shown = html! { { &statement.title } };
    html! { <span title={texts::common_show_in_the_editor()}>{ button("to-text", None, onclick, shown) }</span> }
}
