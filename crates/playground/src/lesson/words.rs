//! What lessons say, in one place.

use evaluator::{PolicyType, Truth, Verdict};
use organization::lesson::TaskKind;
use organization::{PolicyId, Scenario};
use texts::rich;

use super::StepState;
use crate::view::{ElementView, Inline, Phrase, StatementView};
use crate::words::{code, policy_name, small_verdict, strong, text};

/// How far a step is, in a sentence.
pub(super) fn state(state: StepState, kind: &TaskKind, wrong: usize, of: usize) -> Phrase {
    let said = match (state, kind) {
        (StepState::Solved, TaskKind::Predict) => texts::lesson_state_predicted(),
        (StepState::Solved, TaskKind::Explain) => texts::lesson_state_explained(),
        (StepState::Solved, TaskKind::Build) => texts::lesson_state_built(),
        (StepState::Solved, _) => texts::lesson_state_mended(),
        (StepState::Open, TaskKind::Predict) => texts::lesson_state_predict(),
        (StepState::Open, TaskKind::Explain) => texts::lesson_state_explain(),
        (StepState::Open, _) => texts::lesson_state_unchanged(),
        (StepState::Unsolved, _) if wrong == of => texts::lesson_state_not_yet(),
        (StepState::Unsolved, _) => {
            return vec![text(texts::lesson_state_partly(&(of - wrong), &of))];
        }
    };
    vec![text(said)]
}

/// A request by its name, or what it does.
pub(super) fn request(scenario: &Scenario, id: &str) -> Phrase {
    match scenario.request(id) {
        Some(request) if !request.name.is_empty() => vec![strong(request.name.clone())],
        Some(request) => vec![code(request.action.clone())],
        None => vec![code(id)],
    }
}

/// What was found, inside a sentence.
fn small(found: &str) -> [Inline; 1] {
    let mut letters = found.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    [text(first.chain(letters).collect::<String>())]
}

/// That a request comes out as it should.
pub(super) fn as_expected(who: Phrase, found: &str) -> Phrase {
    rich::lesson_as_expected(who, small(found))
}

/// That it does not.
pub(super) fn not_as_expected(who: Phrase, wanted: &str, found: &str) -> Phrase {
    rich::lesson_not_as_expected(who, [text(wanted)], small(found))
}

/// That a verdict is as it should be, and something about it is not.
pub(super) fn differently(who: Phrase, difference: &str) -> Phrase {
    rich::lesson_differently(who, [text(difference)])
}

/// That a prediction is right.
pub(super) fn guessed(found: Verdict) -> Phrase {
    vec![text(texts::lesson_guessed(&small_verdict(found)))]
}

/// That a prediction is wrong.
pub(super) fn misjudged(said: &str, found: Verdict) -> Phrase {
    vec![text(texts::lesson_misjudged(&said, &small_verdict(found)))]
}

/// That the verdict is right and what it comes from is not.
pub(super) fn wrong_decider(found: Verdict, given: Option<Phrase>) -> Phrase {
    let found = small_verdict(found);
    match given {
        Some(given) => rich::lesson_wrong_decider([text(found)], given),
        None => vec![text(texts::lesson_decider_missing(&found))],
    }
}

/// That nothing was said of a request.
pub(super) fn not_guessed() -> Phrase {
    vec![text(texts::lesson_not_guessed())]
}

/// Why a statement does not match: the first of its elements that is not met, with what the request
/// has in its place. None for one that matches.
pub(super) fn not_met(statement: &StatementView) -> Option<Phrase> {
    let element = first_unmet(statement)?;
    let name = [code(element.name.clone())];
    Some(match &element.key {
        Some(key) => rich::lesson_key_not_met(name, [code(key.clone())], element.request.clone()),
        None => rich::lesson_element_not_met(name),
    })
}

/// The same of a statement that is named: a Deny that one might have taken for the reason.
pub(super) fn near_deny(statement: &StatementView) -> Option<Phrase> {
    let element = first_unmet(statement)?;
    let title = [code(statement.title.clone())];
    let policy = [strong(statement.policy_name.clone())];
    let name = [code(element.name.clone())];
    Some(match &element.key {
        Some(key) => {
            let key = [code(key.clone())];
            rich::lesson_near_deny_key(title, policy, name, key, element.request.clone())
        }
        None => rich::lesson_near_deny(title, policy, name),
    })
}

fn first_unmet(statement: &StatementView) -> Option<&ElementView> {
    let mut elements = statement.elements.iter();
    elements.find(|element| element.truth == Truth::Unmet)
}

/// That an Allow is not missing where it was thought to be.
pub(super) fn allowed_there(statement: &StatementView) -> Phrase {
    let title = [code(statement.title.clone())];
    rich::lesson_allowed_there(title, [strong(statement.policy_name.clone())])
}

/// A policy type, or one of its levels.
pub(super) fn decider(of: PolicyType, level: Option<&str>) -> Phrase {
    match (of, level) {
        (PolicyType::Scp, Some(level)) => rich::lesson_scps_at([strong(level)]),
        (PolicyType::Rcp, Some(level)) => rich::lesson_rcps_at([strong(level)]),
        (of, _) => vec![text(gate(of))],
    }
}

/// A policy type in a sentence.
fn gate(of: PolicyType) -> &'static str {
    match of {
        PolicyType::Fixed => texts::lesson_gate_fixed(),
        PolicyType::Rcp => texts::lesson_gate_rcps(),
        PolicyType::Scp => texts::lesson_gate_scps(),
        PolicyType::Endpoint => texts::lesson_gate_endpoint(),
        PolicyType::Resource => texts::lesson_gate_resource(),
        PolicyType::Identity => texts::lesson_gate_identity(),
        PolicyType::Boundary => texts::lesson_gate_boundary(),
        PolicyType::Session => texts::lesson_gate_session(),
    }
}

/// A statement to pick.
pub(super) fn statement(effect: &str, title: &str, policy: &str, at: &str) -> Phrase {
    let (effect, title, policy) = ([text(effect)], [code(title)], [strong(policy)]);
    if at.is_empty() {
        return rich::lesson_statement(effect, title, policy);
    }
    rich::lesson_statement_at(effect, title, policy, [text(at)])
}

/// A missing Allow to pick.
pub(super) fn missing(of: PolicyType, level: Option<&str>) -> Phrase {
    rich::lesson_no_allow_in(decider(of, level))
}

/// That something picked decides, or does not.
pub(super) fn picked(what: Phrase, decides: bool) -> Phrase {
    if decides {
        rich::lesson_picked_decides(what)
    } else {
        rich::lesson_picked_does_not(what)
    }
}

/// That more decides than was picked.
pub(super) fn more_decides(count: usize) -> Phrase {
    vec![text(match count {
        1 => texts::lesson_one_more_decides().to_owned(),
        count => texts::lesson_more_decide(&count),
    })]
}

/// The name of a policy, to be stressed.
pub(super) fn policy(scenario: &Scenario, id: &PolicyId) -> [Inline; 1] {
    [strong(policy_name(scenario, id))]
}
