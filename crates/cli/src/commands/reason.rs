//! Why, in a few words.

use playground::wire::{Level, Stage, Statement, Trace, Unknown, Verdict};

/// The statements, levels, policy types or unknown things because of which a verdict is what it
/// is; empty for one that allows.
pub(crate) fn reason(trace: &Trace) -> String {
    match trace.verdict {
        Verdict::Allow => String::new(),
        Verdict::ExplicitDeny => {
            let denials = denials(trace);
            if denials.is_empty() {
                rest_of_sentence(trace)
            } else {
                denials.join("; ")
            }
        }
        Verdict::ImplicitDeny => {
            let lacking = lacking(trace);
            if lacking.is_empty() {
                rest_of_sentence(trace)
            } else {
                lacking.join("; ")
            }
        }
        Verdict::Depends => {
            let on = trace.depends.iter().flat_map(|depends| &depends.on);
            let on: Vec<String> = on.map(thing).collect();
            format!("on {}", on.join(", "))
        }
        Verdict::Error => rest_of_sentence(trace),
    }
}

/// The statements that deny, each once.
fn denials(trace: &Trace) -> Vec<String> {
    once(
        trace
            .resources
            .iter()
            .flat_map(|resource| &resource.deciding)
            .map(statement),
    )
}

/// "DenyOtherRegions of Region guardrail, at Workloads"
fn statement(statement: &Statement) -> String {
    format!(
        "{} of {}{}",
        statement.title,
        statement.policy_name,
        origin(statement)
    )
}

/// Where the policy of a statement comes from: ", at Workloads", " (group devs)".
pub(crate) fn origin(statement: &Statement) -> String {
    match (&statement.node, statement.at.as_str()) {
        (_, "") => String::new(),
        (Some(_), at) => format!(", at {at}"),
        (None, at) => format!(" ({at})"),
    }
}

/// The policy types that do not allow, with their levels.
fn lacking(trace: &Trace) -> Vec<String> {
    let stages = trace.resources.iter().flat_map(|resource| &resource.stages);
    once(stages.filter(|stage| stage.stops).map(|stage| {
        let levels = stage.levels.iter().filter(|level| level.stops);
        let levels: Vec<&str> = levels
            .map(|Level { node, .. }| node.name.as_str())
            .collect();
        let Stage { title, .. } = stage;
        if levels.is_empty() {
            format!("no Allow: {title}")
        } else {
            format!("no Allow: {title} at {}", levels.join(", "))
        }
    }))
}

fn thing(thing: &Unknown) -> String {
    match thing {
        Unknown::Key {
            key,
            resource: Some(resource),
        } => format!("{key} of resource {}", resource + 1),
        Unknown::Key { key, .. } => key.clone(),
        Unknown::Owner { .. } => "the owner of the resource".to_owned(),
    }
}

/// The sentence without the verdict that it begins with.
fn rest_of_sentence(trace: &Trace) -> String {
    let pieces = trace.sentence.pieces.iter().skip(1);
    let text: String = pieces.map(|piece| piece.text.as_str()).collect();
    text.trim().to_owned()
}

fn once(reasons: impl Iterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for reason in reasons {
        if !found.contains(&reason) {
            found.push(reason);
        }
    }
    found
}
