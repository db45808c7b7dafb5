//! The English of lessons, in one place.

use evaluator::{PolicyType, Verdict};
use organization::Scenario;
use organization::lesson::TaskKind;

use super::StepState;
use crate::view::Phrase;
use crate::words::{code, policy_name, policy_type, strong, text, verdict};

/// How far a step is, in a sentence.
pub(super) fn state(state: StepState, kind: &TaskKind, wrong: usize, of: usize) -> Phrase {
    let said = match (state, kind) {
        (StepState::Solved, TaskKind::Predict) => "Right: you told every verdict.".to_owned(),
        (StepState::Solved, TaskKind::Explain) => "Right: that is what decides.".to_owned(),
        (StepState::Solved, TaskKind::Build) => {
            "Done: the organization is as described.".to_owned()
        }
        (StepState::Solved, _) => "Solved: every request comes out as it should.".to_owned(),
        (StepState::Open, TaskKind::Predict) => "Say what you expect, then look.".to_owned(),
        (StepState::Open, TaskKind::Explain) => "Pick what decides, then look.".to_owned(),
        (StepState::Open, _) => "Nothing is changed yet.".to_owned(),
        (StepState::Unsolved, _) if wrong == of => "Not yet.".to_owned(),
        (StepState::Unsolved, _) => format!("Not yet: {} of {of} are right.", of - wrong),
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

fn word(of: Verdict) -> String {
    verdict(of).to_lowercase()
}

/// That a request comes out as it should.
pub(super) fn as_expected(who: Phrase, found: &str) -> Phrase {
    let mut said = who;
    said.push(text(format!(
        ": {}, as it should be.",
        found.to_lowercase()
    )));
    said
}

/// That it does not.
pub(super) fn not_as_expected(who: Phrase, wanted: &str, found: &str) -> Phrase {
    let mut said = who;
    said.push(text(format!(
        " should come out as {wanted}, and comes out as {}.",
        found.to_lowercase()
    )));
    said
}

/// That a verdict is as it should be, and something about it is not.
pub(super) fn differently(who: Phrase, difference: &str) -> Phrase {
    let mut said = who;
    said.push(text(format!(": {difference}.")));
    said
}

/// That a prediction is right.
pub(super) fn guessed(who: Phrase, found: Verdict) -> Phrase {
    let mut said = who;
    said.push(text(format!(": {}, as you said.", word(found))));
    said
}

/// That a prediction is wrong.
pub(super) fn misjudged(who: Phrase, said_verdict: Verdict, found: Verdict) -> Phrase {
    let mut said = who;
    said.push(text(format!(
        ": you said {}, and it is {}.",
        word(said_verdict),
        word(found)
    )));
    said
}

/// That the verdict is right and what it comes from is not.
pub(super) fn wrong_decider(who: Phrase, found: Verdict, given: Option<Phrase>) -> Phrase {
    let mut said = who;
    said.push(text(format!(": {} is right, ", word(found))));
    match given {
        Some(given) => {
            said.push(text("but it does not come from "));
            said.extend(given);
            said.push(text("."));
        }
        None => said.push(text("and it is still to be said what it comes from.")),
    }
    said
}

/// That nothing was said of a request.
pub(super) fn not_guessed(who: Phrase) -> Phrase {
    let mut said = vec![text("Nothing is said yet of ")];
    said.extend(who);
    said.push(text("."));
    said
}

/// A policy type, or one of its levels.
pub(super) fn decider(of: PolicyType, level: Option<&str>) -> Phrase {
    match (of, level) {
        (PolicyType::Scp | PolicyType::Rcp, Some(level)) => {
            vec![text(format!("the {}s at ", policy_type(of))), strong(level)]
        }
        (of, _) => vec![text(gate(of))],
    }
}

/// A policy type in a sentence.
fn gate(of: PolicyType) -> &'static str {
    match of {
        PolicyType::Fixed => "a fixed rule, which no policy changes",
        PolicyType::Rcp => "the RCPs",
        PolicyType::Scp => "the SCPs",
        PolicyType::Endpoint => "the policy of the VPC endpoint",
        PolicyType::Resource => "the policy of the resource",
        PolicyType::Identity => "the identity policies",
        PolicyType::Boundary => "the permissions boundary",
        PolicyType::Session => "the session policies",
    }
}

/// A statement to pick.
pub(super) fn statement(effect: &str, title: &str, policy: &str, at: &str) -> Phrase {
    let mut said = vec![
        text(format!("{effect} ")),
        code(title),
        text(" of "),
        strong(policy),
    ];
    if !at.is_empty() {
        said.push(text(format!(" ({at})")));
    }
    said
}

/// A missing Allow to pick.
pub(super) fn missing(of: PolicyType, level: Option<&str>) -> Phrase {
    let mut said = vec![text("No Allow in ")];
    said.extend(decider(of, level));
    said
}

/// That something picked decides, or does not.
pub(super) fn picked(what: Phrase, decides: bool) -> Phrase {
    let mut said = what;
    said.push(text(if decides {
        ": it decides."
    } else {
        ": it does not decide this request."
    }));
    said
}

/// That more decides than was picked.
pub(super) fn more_decides(count: usize) -> Phrase {
    vec![text(match count {
        1 => "One more thing decides.".to_owned(),
        count => format!("{count} more things decide."),
    })]
}

/// That something was changed that should stay.
pub(super) fn kept(what: &str, name: Option<&str>) -> Phrase {
    let mut said = vec![text(what.to_owned())];
    if let Some(name) = name {
        said.push(text(" "));
        said.push(strong(name));
    }
    said.push(text(
        " is not as the lesson gave it, and this step leaves that alone.",
    ));
    said
}

/// That a policy has too many of something.
pub(super) fn too_many(
    scenario: &Scenario,
    policy: &organization::PolicyId,
    found: usize,
    most: usize,
    what: &str,
) -> Phrase {
    vec![
        strong(policy_name(scenario, policy)),
        text(format!(
            " has {found} {what}. For this task it may have {most}."
        )),
    ]
}

/// Something about one policy.
pub(super) fn about_policy(
    scenario: &Scenario,
    policy: &organization::PolicyId,
    said: &str,
) -> Phrase {
    vec![
        strong(policy_name(scenario, policy)),
        text(format!(" {said}")),
    ]
}

/// That a limit is kept.
pub(super) fn within(name: &str) -> Phrase {
    vec![text(name.to_owned())]
}
