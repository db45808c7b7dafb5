//! Which class gives a part the colours of its verdict. The word and the shape say the same.

use evaluator::{Outcome, Verdict};
use policy::Effect;

/// The class for a verdict.
pub(super) fn of_verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allow => "tone-allow",
        Verdict::ExplicitDeny => "tone-explicit-deny",
        Verdict::ImplicitDeny => "tone-implicit-deny",
        Verdict::Depends => "tone-depends",
        Verdict::Error => "tone-error",
    }
}

/// The class for what a policy type or a level says; none where it is not asked.
pub(super) fn of_outcome(outcome: Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::Allow => Some("tone-allow"),
        Outcome::ExplicitDeny => Some("tone-explicit-deny"),
        Outcome::ImplicitDeny => Some("tone-implicit-deny"),
        Outcome::Unknown => Some("tone-depends"),
        Outcome::Error => Some("tone-error"),
        Outcome::NotAsked => None,
    }
}

/// The class for the effect of a statement.
pub(super) fn of_effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Allow => "tone-allow",
        Effect::Deny => "tone-explicit-deny",
    }
}

/// What a policy type, a level or a policy says, in a word.
pub(super) fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Allow => texts::verdict_allow(),
        Outcome::ExplicitDeny => texts::verdict_explicit_deny(),
        Outcome::ImplicitDeny => texts::trace_tone_no_allow(),
        Outcome::Unknown => texts::trace_tone_unknown(),
        Outcome::Error => texts::trace_tone_not_valid(),
        Outcome::NotAsked => texts::outcome_not_asked(),
    }
}

/// A verdict in words.
pub(crate) fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allow => texts::verdict_allow(),
        Verdict::ExplicitDeny => texts::verdict_explicit_deny(),
        Verdict::ImplicitDeny => texts::verdict_implicit_deny(),
        Verdict::Depends => texts::verdict_depends(),
        Verdict::Error => texts::common_error(),
    }
}
