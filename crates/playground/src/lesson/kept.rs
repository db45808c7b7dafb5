//! That a learner changed no more than the step lets them.

use organization::lesson::{Editable, Step};
use organization::{Attachments, Child, Organization, PolicyId, Request, Scenario};

use super::{Finding, words};

/// Whether anything that can matter was changed.
pub(super) fn is_touched(start: &Scenario, now: &Scenario) -> bool {
    start.policies != now.policies
        || start.organization != now.organization
        || start.principals != now.principals
        || start.resources != now.resources
        || start.endpoints != now.endpoints
        || start.requests != now.requests
        || start.settings != now.settings
}

/// What was changed against the steps' leave; empty if nothing was.
pub(super) fn findings(start: &Scenario, now: &Scenario, steps: &[Step]) -> Vec<Finding> {
    let allowed: Vec<&Editable> = steps.iter().flat_map(|step| &step.edit).collect();
    let mut found = Vec::new();
    let mut broken = |about: &str, what: &str, name: Option<&str>| {
        found.push(Finding::new(false, "kept", about, words::kept(what, name)));
    };
    if start.settings != now.settings || start.requires != now.requires {
        broken("settings", "What is switched off, or another setting", None);
    }
    if start.defaults != now.defaults {
        broken("defaults", "What every request has by default", None);
    }
    if start.external_accounts != now.external_accounts {
        broken("externalAccounts", "What is outside the organization", None);
    }
    for policy in &start.policies {
        let kept = now.policies.iter().find(|one| one.id == policy.id);
        let may = allowed.contains(&&Editable::Policy(policy.id.clone()));
        let same = kept.is_some_and(|kept| {
            kept.kind == policy.kind && (may || same_text(&kept.text, &policy.text))
        });
        if !same {
            broken(policy.id.as_str(), "The policy", Some(&policy.name));
        }
    }
    let is_new = |id: &PolicyId| !start.policies.iter().any(|one| one.id == *id);
    if !allowed.contains(&&Editable::NewPolicies) {
        for policy in now.policies.iter().filter(|one| is_new(&one.id)) {
            broken(
                policy.id.as_str(),
                "The list of policies, with",
                Some(&policy.name),
            );
        }
    }
    if !allowed.contains(&&Editable::Principals) && start.principals != now.principals {
        broken("principals", "Who there is, and with which policies,", None);
    }
    let resources = start.resources != now.resources || start.endpoints != now.endpoints;
    if !allowed.contains(&&Editable::Resources) && resources {
        broken("resources", "A resource or an endpoint", None);
    }
    match (&start.organization, &now.organization) {
        (Some(before), Some(after)) => organization(before, after, &allowed, &mut broken),
        (None, None) => {}
        _ => broken("organization", "The organization", None),
    }
    if !allowed.contains(&&Editable::Requests) {
        for request in &start.requests {
            let kept = now.request(request.id.as_str());
            if !kept.is_some_and(|kept| asks_the_same(request, kept)) {
                let name = match request.name.as_str() {
                    "" => request.id.as_str(),
                    name => name,
                };
                broken(request.id.as_str(), "The request", Some(name));
            }
        }
    }
    found
}

/// Whether two texts of a policy say the same, however they are laid out.
pub(super) fn same_text(one: &str, other: &str) -> bool {
    one == other || policy::minify(one) == policy::minify(other)
}

/// Whether two requests ask the same, whatever they are called and whatever they expect.
fn asks_the_same(one: &Request, other: &Request) -> bool {
    let asked = |request: &Request| Request {
        name: String::new(),
        expect: None,
        ..request.clone()
    };
    asked(one) == asked(other)
}

fn organization(
    before: &Organization,
    after: &Organization,
    allowed: &[&Editable],
    broken: &mut impl FnMut(&str, &str, Option<&str>),
) {
    let same = before.id == after.id
        && before.partition == after.partition
        && before.feature_set == after.feature_set
        && before.enabled_policy_types == after.enabled_policy_types
        && before.management_account == after.management_account;
    if !same {
        broken("organization", "What the organization is", None);
    }
    let same_tree = shape(&before.root.children) == shape(&after.root.children)
        && before.root.id == after.root.id;
    if !allowed.contains(&&Editable::Tree) && !same_tree {
        broken("tree", "The tree of OUs and accounts", None);
    }
    if allowed.contains(&&Editable::Attachments) {
        return;
    }
    let index = after.index();
    before.each_node(&mut |node| {
        let id = node.id();
        let Some(now) = index.node(id.as_str()) else {
            return;
        };
        let of = |organization: &Organization, attached: &Attachments| {
            organization.effective_attachments(attached)
        };
        if of(before, node.attachments()) != of(after, now.attachments()) {
            broken(id.as_str(), "What is attached to", Some(node.name()));
        }
    });
}

/// The tree without what is attached in it.
#[derive(PartialEq)]
enum Shape {
    Ou(String, String, Vec<Shape>),
    Account(String, String),
}

fn shape(children: &[Child]) -> Vec<Shape> {
    let shapes = children.iter().map(|child| match child {
        Child::Ou(ou) => Shape::Ou(ou.id.to_string(), ou.name.clone(), shape(&ou.children)),
        Child::Account(account) => Shape::Account(account.id.to_string(), account.name.clone()),
    });
    shapes.collect()
}
