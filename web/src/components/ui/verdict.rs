//! Verdicts and outcomes: shape, word and colour together.

use evaluator::{Outcome, Truth, Verdict};
use yew::prelude::*;

use super::icon::{Shape, shape};

/// A verdict as shape and word.
pub fn verdict_badge(verdict: Verdict, word: &str) -> Html {
    badge(of_verdict(verdict), word)
}

/// A verdict as its shape alone, for places where the word stands elsewhere.
pub fn verdict_icon(verdict: Verdict) -> Html {
    alone(of_verdict(verdict))
}

/// What a policy type, a level or a policy says, as shape and word.
pub fn outcome_badge(outcome: Outcome, word: &str) -> Html {
    badge(of_outcome(outcome), word)
}

/// The same as its shape alone, for places where the word stands elsewhere.
pub fn outcome_icon(outcome: Outcome) -> Html {
    alone(of_outcome(outcome))
}

/// The class that gives words the colour of an outcome.
pub fn outcome_class(outcome: Outcome) -> &'static str {
    class(of_outcome(outcome))
}

/// Whether an element or a statement matches, as shape and word. Being met is good news for an
/// Allow and bad news for a Deny, so there is no colour in it.
pub fn truth_badge(truth: Truth, word: &str) -> Html {
    let drawn = match truth {
        Truth::Met => Shape::Allow,
        Truth::Unmet => Shape::NotAsked,
        Truth::Unknown => Shape::Depends,
    };
    html! { <span class="badge">{ shape(drawn) }<span>{ word }</span></span> }
}

fn badge(shown: Shape, word: &str) -> Html {
    html! { <span class={classes!("badge", class(shown))}>{ shape(shown) }<span>{ word }</span></span> }
}

fn alone(shown: Shape) -> Html {
    html! { <span class={classes!("badge", class(shown))}>{ shape(shown) }</span> }
}

fn of_verdict(verdict: Verdict) -> Shape {
    match verdict {
        Verdict::Allow => Shape::Allow,
        Verdict::ExplicitDeny => Shape::ExplicitDeny,
        Verdict::ImplicitDeny => Shape::ImplicitDeny,
        Verdict::Depends => Shape::Depends,
        Verdict::Error => Shape::Error,
    }
}

fn of_outcome(outcome: Outcome) -> Shape {
    match outcome {
        Outcome::Allow => Shape::Allow,
        Outcome::ExplicitDeny => Shape::ExplicitDeny,
        Outcome::ImplicitDeny => Shape::ImplicitDeny,
        Outcome::Unknown => Shape::Depends,
        Outcome::NotAsked => Shape::NotAsked,
        Outcome::Error => Shape::Error,
    }
}

fn class(shape: Shape) -> &'static str {
    match shape {
        Shape::Allow => "is-allow",
        Shape::ExplicitDeny => "is-explicit-deny",
        Shape::ImplicitDeny => "is-implicit-deny",
        Shape::Depends => "is-depends",
        Shape::Error => "is-error",
        Shape::NotAsked => "is-not-asked",
    }
}
