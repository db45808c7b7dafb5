//! That a learner changed no more than the step lets them.

use organization::lesson::{Editable, Step};
use organization::{Attachments, Child, Organization, PolicyId, Request, Scenario};
use texts::rich;

use super::Finding;
use crate::view::Phrase;
use crate::words::{strong, text};

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
    let mut broken = |about: &str, what: Phrase| {
        let said = rich::lesson_kept(what);
        found.push(Finding::new(false, "kept", about, said));
    };
    if start.settings != now.settings || start.requires != now.requires {
        broken("settings", vec![text(texts::lesson_kept_settings())]);
    }
    if start.defaults != now.defaults {
        broken("defaults", vec![text(texts::lesson_kept_defaults())]);
    }
    if start.external_accounts != now.external_accounts {
        broken("externalAccounts", vec![text(texts::lesson_kept_outside())]);
    }
    for policy in &start.policies {
        let kept = now.policies.iter().find(|one| one.id == policy.id);
        let may = allowed.contains(&&Editable::Policy(policy.id.clone()));
        let same = kept.is_some_and(|kept| {
            kept.kind == policy.kind && (may || same_text(&kept.text, &policy.text))
        });
        if !same {
            broken(
                policy.id.as_str(),
                rich::lesson_kept_policy([strong(&*policy.name)]),
            );
        }
    }
    let is_new = |id: &PolicyId| !start.policies.iter().any(|one| one.id == *id);
    if !allowed.contains(&&Editable::NewPolicies) {
        for policy in now.policies.iter().filter(|one| is_new(&one.id)) {
            broken(
                policy.id.as_str(),
                rich::lesson_kept_policies([strong(&*policy.name)]),
            );
        }
    }
    if !allowed.contains(&&Editable::Principals) && start.principals != now.principals {
        broken("principals", vec![text(texts::lesson_kept_principals())]);
    }
    let resources = start.resources != now.resources || start.endpoints != now.endpoints;
    if !allowed.contains(&&Editable::Resources) && resources {
        broken("resources", vec![text(texts::lesson_kept_resources())]);
    }
    match (&start.organization, &now.organization) {
        (Some(before), Some(after)) => organization(before, after, &allowed, &mut broken),
        (None, None) => {}
        _ => broken(
            "organization",
            vec![text(texts::lesson_kept_whole_organization())],
        ),
    }
    if !allowed.contains(&&Editable::Requests) {
        for request in &start.requests {
            let kept = now.request(request.id.as_str());
            if !kept.is_some_and(|kept| asks_the_same(request, kept)) {
                let name = match request.name.as_str() {
                    "" => request.id.as_str(),
                    name => name,
                };
                broken(
                    request.id.as_str(),
                    rich::lesson_kept_request([strong(name)]),
                );
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
    broken: &mut impl FnMut(&str, Phrase),
) {
    let same = before.id == after.id
        && before.partition == after.partition
        && before.feature_set == after.feature_set
        && before.enabled_policy_types == after.enabled_policy_types
        && before.management_account == after.management_account;
    if !same {
        broken(
            "organization",
            vec![text(texts::lesson_kept_organization())],
        );
    }
    let same_tree = shape(&before.root.children) == shape(&after.root.children)
        && before.root.id == after.root.id;
    if !allowed.contains(&&Editable::Tree) && !same_tree {
        broken("tree", vec![text(texts::lesson_kept_tree())]);
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
            broken(
                id.as_str(),
                rich::lesson_kept_attachments([strong(node.name())]),
            );
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
