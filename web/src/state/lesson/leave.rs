//! What a step leaves alone: an edit of that is refused, with a sentence that says what it was and
//! what may be changed.

use organization::lesson::Editable;
use organization::{NodeId, Organization, PolicyId, Request, Scenario};
use playground::lesson::editable;

use super::Learning;

/// Whether the text of a policy stays as it is for now.
pub(crate) fn locks(learning: &Learning, policy: &PolicyId) -> bool {
    let own = learning.start.policies.iter().any(|one| one.id == *policy);
    own && !allowed(learning).contains(&&Editable::Policy(policy.clone()))
}

fn allowed(learning: &Learning) -> Vec<&Editable> {
    let step = learning.current();
    step.map_or_else(Vec::new, |step| editable(learning.lesson(), &step.id))
}

/// Why a change is refused; none if the step allows it.
pub(crate) fn refusal(learning: &Learning, before: &Scenario, after: &Scenario) -> Option<String> {
    let allowed = allowed(learning);
    let what = broken(&learning.start, before, after, &allowed)?;
    Some(format!(
        "{} {}",
        texts::lesson_refused(&what),
        in_words(&learning.start, &allowed)
    ))
}

/// What may be changed, in a sentence.
#[must_use]
pub fn in_words(start: &Scenario, allowed: &[&Editable]) -> String {
    let mut named: Vec<String> = Vec::new();
    for one in allowed {
        named.push(match one {
            Editable::Requests => texts::lesson_part_requests().to_owned(),
            Editable::Tree => texts::lesson_part_tree().to_owned(),
            Editable::Attachments => texts::lesson_part_attachments().to_owned(),
            Editable::NewPolicies => texts::lesson_part_new_policies().to_owned(),
            Editable::Principals => texts::lesson_part_principals().to_owned(),
            Editable::Resources => texts::lesson_part_resources().to_owned(),
            Editable::Policy(id) => policy_part(start, id),
            Editable::Unknown(_) => continue,
        });
    }
    if named.is_empty() {
        return texts::lesson_change_only_own_requests().to_owned();
    }
    texts::lesson_change(&named.join(", "))
}

fn policy_part(scenario: &Scenario, id: &PolicyId) -> String {
    let policy = scenario.policy(id.as_str());
    texts::lesson_part_policy(&policy.map_or(id.as_str(), |policy| policy.name()))
}

/// The first part that was changed without leave, in words.
fn broken(
    start: &Scenario,
    before: &Scenario,
    after: &Scenario,
    allowed: &[&Editable],
) -> Option<String> {
    let may = |what: &Editable| allowed.contains(&what);
    if before.settings != after.settings || before.requires != after.requires {
        return Some(texts::lesson_part_settings().to_owned());
    }
    if before.defaults != after.defaults {
        return Some(texts::lesson_part_defaults().to_owned());
    }
    if before.external_accounts != after.external_accounts {
        return Some(texts::lesson_part_outside().to_owned());
    }
    if before.principals != after.principals && !may(&Editable::Principals) {
        return Some(texts::lesson_part_principals().to_owned());
    }
    let resources = before.resources != after.resources || before.endpoints != after.endpoints;
    if resources && !may(&Editable::Resources) {
        return Some(texts::lesson_part_resources().to_owned());
    }
    if let Some(policy) = policy(start, before, after, allowed) {
        return Some(policy);
    }
    if let Some(part) = organization(before, after, allowed) {
        return Some(part);
    }
    if may(&Editable::Requests) {
        return None;
    }
    let mut given = before
        .requests
        .iter()
        .filter(|one| start.request(one.id.as_str()).is_some());
    let gone = given.any(|one| {
        let kept = after.request(one.id.as_str());
        kept.is_none_or(|kept| asked(kept) != asked(one))
    });
    gone.then(|| texts::lesson_part_requests().to_owned())
}

/// What a request asks, whatever it is called and whatever it expects.
fn asked(request: &Request) -> Request {
    Request {
        name: String::new(),
        expect: None,
        ..request.clone()
    }
}

fn policy(
    start: &Scenario,
    before: &Scenario,
    after: &Scenario,
    allowed: &[&Editable],
) -> Option<String> {
    for one in &before.policies {
        if !start.policies.iter().any(|given| given.id == one.id) {
            continue;
        }
        let kept = after.policies.iter().find(|kept| kept.id == one.id);
        let may = allowed.contains(&&Editable::Policy(one.id.clone()));
        let stays =
            kept.is_some_and(|kept| kept.kind == one.kind && (may || kept.text == one.text));
        if !stays {
            return Some(policy_part(start, &one.id));
        }
    }
    let is_known = |id: &PolicyId| before.policies.iter().any(|one| one.id == *id);
    let adds = after.policies.iter().any(|one| !is_known(&one.id));
    (adds && !allowed.contains(&&Editable::NewPolicies))
        .then(|| texts::lesson_part_new_policies().to_owned())
}

fn organization(before: &Scenario, after: &Scenario, allowed: &[&Editable]) -> Option<String> {
    if before.organization == after.organization {
        return None;
    }
    let (Some(before), Some(after)) = (&before.organization, &after.organization) else {
        return Some(texts::lesson_part_organization().to_owned());
    };
    let same = before.id == after.id
        && before.partition == after.partition
        && before.feature_set == after.feature_set
        && before.enabled_policy_types == after.enabled_policy_types
        && before.management_account == after.management_account;
    if !same {
        return Some(texts::lesson_part_organization().to_owned());
    }
    if shape(before) != shape(after) && !allowed.contains(&&Editable::Tree) {
        return Some(texts::lesson_part_tree().to_owned());
    }
    let index = after.index();
    let mut moved = false;
    before.each_node(&mut |node| {
        let now = index.node(node.id().as_str());
        moved |= now.is_some_and(|now| now.attachments() != node.attachments());
    });
    (moved && !allowed.contains(&&Editable::Attachments))
        .then(|| texts::lesson_part_attachments().to_owned())
}

/// Each node with its name and what it is in.
fn shape(organization: &Organization) -> Vec<(NodeId, String, Option<NodeId>)> {
    let index = organization.index();
    let mut all = Vec::new();
    organization.each_node(&mut |node| {
        let parent = index.parent(node.id().as_str()).map(|parent| parent.id());
        all.push((node.id(), node.name().to_owned(), parent));
    });
    all
}
