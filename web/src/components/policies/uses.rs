//! Where a policy is used, in words.

use organization::{PolicyUse, Scenario, TreeIndex};

/// How many places are named.
const MOST_NAMES: usize = 3;

/// "attached to Workloads and role Admin", or nothing where it is not used.
pub(super) fn uses_in_words(
    scenario: &Scenario,
    index: Option<&TreeIndex>,
    policy: &str,
) -> Option<String> {
    let uses = scenario.policy_uses(policy);
    let mut names: Vec<String> = uses
        .iter()
        .take(MOST_NAMES)
        .map(|place| name_of_use(scenario, index, place))
        .collect();
    let more = uses.len().saturating_sub(MOST_NAMES);
    if more > 0 {
        names.push(format!("{more} more"));
    }
    let last = names.pop()?;
    if names.is_empty() {
        return Some(last);
    }
    Some(format!("{} and {last}", names.join(", ")))
}

/// All places, one for each line.
pub(super) fn all_uses(scenario: &Scenario, index: Option<&TreeIndex>, policy: &str) -> String {
    let names: Vec<String> = scenario
        .policy_uses(policy)
        .iter()
        .take(100)
        .map(|place| name_of_use(scenario, index, place))
        .collect();
    names.join("\n")
}

/// One place.
pub(super) fn name_of_use(
    scenario: &Scenario,
    index: Option<&TreeIndex>,
    place: &PolicyUse,
) -> String {
    match place {
        PolicyUse::Node(id) => index
            .and_then(|index| index.node(id.as_str()))
            .map_or_else(|| id.to_string(), |node| node.name().to_owned()),
        PolicyUse::Identity(id) => holder(scenario, id.as_str()),
        PolicyUse::Boundary(id) => format!("{} as boundary", holder(scenario, id.as_str())),
        PolicyUse::Trust(id) => format!("{} as trust policy", holder(scenario, id.as_str())),
        PolicyUse::Resource(arn) => arn.clone(),
        PolicyUse::Endpoint(id) => id.clone(),
        PolicyUse::Caller(id) => format!(
            "the caller of {}",
            scenario
                .request(id.as_str())
                .filter(|request| !request.name.is_empty())
                .map_or(id.as_str(), |request| &request.name)
        ),
    }
}

fn holder(scenario: &Scenario, id: &str) -> String {
    scenario.principal(id).map_or_else(
        || id.to_owned(),
        |principal| format!("{} {}", principal.type_word(), principal.name()),
    )
}
