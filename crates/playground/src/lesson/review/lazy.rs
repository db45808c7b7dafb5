//! Ways in which somebody in a hurry would "solve" a task. None of them may work.

use std::rc::Rc;

use evaluator::Verdict;
use organization::lesson::{Task, TaskKind};
use organization::{
    Edit, FULL_AWS_ACCESS, Policy, PolicyId, PolicyUse, Principal, Scenario, SwitchedOff, Uses,
};
use policy::Kind;

use crate::engine::Engine;
use crate::lesson::predict::Guess;
use crate::lesson::progress::Answer;
use crate::lesson::{choices, explain};

/// The scenarios that lazy ways lead to, each with its name.
pub(super) fn changes(before: &Scenario) -> Vec<(String, Scenario)> {
    let mut all: Vec<(String, Scenario)> = Vec::new();
    let mut add = |name: String, now: Option<Scenario>| all.extend(now.map(|now| (name, now)));
    for policy in &before.policies {
        let name = &policy.name;
        add(texts::lazy_delete_policy(name), deleted(before, &policy.id));
        add(
            texts::lazy_detach_policy(name),
            detached(before, &policy.id),
        );
        for (way, text) in [
            (texts::lazy_allow_in(name), allows(policy)),
            (texts::lazy_deny_in(name), denies(policy)),
            (texts::lazy_empty(name), EMPTY),
        ] {
            let edit = Edit::SetPolicyText {
                policy: policy.id.clone(),
                text: text.into(),
            };
            add(way, applied(before, [edit]));
        }
    }
    let texts = before.policies.iter().map(|policy| Edit::SetPolicyText {
        policy: policy.id.clone(),
        text: allows(policy).into(),
    });
    add(
        texts::lazy_allow_everywhere().to_owned(),
        applied(before, texts),
    );
    let without = before
        .policies
        .iter()
        .try_fold(before.clone(), |now, policy| deleted(&now, &policy.id));
    add(texts::lazy_delete_policies().to_owned(), without);
    for kind in Kind::ALL {
        let edit = Edit::Switch {
            parts: vec![SwitchedOff::Kind(kind)],
            off: true,
        };
        add(
            texts::lazy_switch_off(&kind.as_str()),
            applied(before, [edit]),
        );
    }
    let empty = Scenario {
        requests: Vec::new(),
        ..before.clone()
    };
    add(texts::lazy_delete_requests().to_owned(), Some(empty));
    add(
        texts::lazy_expect_nothing().to_owned(),
        Some(unexpecting(before)),
    );
    organization(before, &mut add);
    principals(before, &mut add);
    all
}

fn organization(before: &Scenario, add: &mut impl FnMut(String, Option<Scenario>)) {
    let Some(tree) = &before.organization else {
        return;
    };
    let index = tree.index();
    let mut moved = before.clone();
    for account in index.accounts() {
        let to_root = Edit::MoveNode {
            node: account.id.node(),
            parent: tree.root.id.clone(),
            position: None,
        };
        add(
            texts::lazy_move_to_root(&account.name),
            applied(before, [to_root.clone()]),
        );
        moved = applied(&moved, [to_root]).unwrap_or(moved);
        let exempt = Edit::SetManagementAccount(account.id.clone());
        add(
            texts::lazy_make_management(&account.name),
            applied(before, [exempt]),
        );
    }
    add(texts::lazy_move_all_to_root().to_owned(), Some(moved));
    for kind in [Kind::Scp, Kind::Rcp] {
        let edit = Edit::DisablePolicyType(kind);
        add(
            texts::common_disable_kind(&kind.as_str()),
            applied(before, [edit]),
        );
    }
    let mut full = before.clone();
    for node in index.nodes() {
        let edit = Edit::Attach {
            node: node.id(),
            policy: PolicyId::from(FULL_AWS_ACCESS),
            position: None,
        };
        full = applied(&full, [edit]).unwrap_or(full);
    }
    let without = before
        .policies
        .iter()
        .filter(|policy| policy.kind.known() == Some(Kind::Scp));
    let bare = without.fold(full.clone(), |now, policy| {
        detached(&now, &policy.id).unwrap_or(now)
    });
    add(texts::lazy_attach_full_access().to_owned(), Some(full));
    add(texts::lazy_only_full_access().to_owned(), Some(bare));
}

fn principals(before: &Scenario, add: &mut impl FnMut(String, Option<Scenario>)) {
    let everybody = |change: fn(&mut Principal)| {
        let mut now = before.clone();
        for principal in &mut now.principals {
            change(Rc::make_mut(principal));
        }
        Some(now)
    };
    let name = texts::lazy_administrators().to_owned();
    let give = |principal: &mut Principal| match principal {
        Principal::User(user) => user.policies.push(PolicyId::from("AdministratorAccess")),
        Principal::Role(role) => role.policies.push(PolicyId::from("AdministratorAccess")),
        Principal::Group(_) | Principal::Other { .. } => {}
    };
    add(name, everybody(give));
    let name = texts::lazy_no_boundaries().to_owned();
    let unbound = |principal: &mut Principal| match principal {
        Principal::User(user) => user.permissions_boundary = None,
        Principal::Role(role) => role.permissions_boundary = None,
        Principal::Group(_) | Principal::Other { .. } => {}
    };
    add(name, everybody(unbound));
}

/// Answers that somebody gives without looking, each with its name.
pub(super) fn answers(engine: &mut Engine, start: &Scenario, task: &Task) -> Vec<(String, Answer)> {
    match task.kind {
        TaskKind::Predict => {
            let all = |verdict| {
                let guesses = task.requests.iter().map(|request| Guess {
                    request: request.clone(),
                    verdict,
                    decider: None,
                });
                Answer::Predict(guesses.collect())
            };
            vec![
                (
                    texts::lazy_say_nothing().to_owned(),
                    Answer::Predict(Vec::new()),
                ),
                (texts::lazy_say_allowed().to_owned(), all(Verdict::Allow)),
                (
                    texts::lazy_say_denied().to_owned(),
                    all(Verdict::ImplicitDeny),
                ),
                (
                    texts::lazy_say_denied_explicitly().to_owned(),
                    all(Verdict::ExplicitDeny),
                ),
                (texts::lazy_say_depends().to_owned(), all(Verdict::Depends)),
            ]
        }
        TaskKind::Explain => {
            let offered = choices(engine, start, task);
            let all = offered.into_iter().map(|choice| choice.pick);
            let all: Vec<explain::Pick> = all.collect();
            vec![
                (
                    texts::lazy_say_nothing().to_owned(),
                    Answer::Explain(Vec::new()),
                ),
                (
                    texts::lazy_pick_everything().to_owned(),
                    Answer::Explain(all),
                ),
            ]
        }
        _ => Vec::new(),
    }
}

fn applied(scenario: &Scenario, edits: impl IntoIterator<Item = Edit>) -> Option<Scenario> {
    scenario.apply_all(edits).ok().map(|edited| edited.scenario)
}

/// The scenario with a policy used nowhere. Where it is the last SCP of a node, FullAWSAccess
/// takes its place.
fn detached(before: &Scenario, policy: &PolicyId) -> Option<Scenario> {
    let uses = before.policy_uses(policy.as_str());
    if uses.is_empty() {
        return None;
    }
    uses.into_iter().try_fold(before.clone(), |now, place| {
        let release = Edit::ReleasePolicy {
            policy: policy.clone(),
            place: place.clone(),
        };
        applied(&now, [release]).or_else(|| match place {
            PolicyUse::Node(node) => {
                let full = Edit::ReplaceAttachment {
                    node,
                    old: policy.clone(),
                    new: PolicyId::from(FULL_AWS_ACCESS),
                };
                applied(&now, [full])
            }
            _ => None,
        })
    })
}

fn deleted(before: &Scenario, policy: &PolicyId) -> Option<Scenario> {
    let unused = detached(before, policy).unwrap_or_else(|| before.clone());
    let delete = Edit::DeletePolicy {
        policy: policy.clone(),
        uses: Uses::Detach,
    };
    applied(&unused, [delete])
}

fn unexpecting(before: &Scenario) -> Scenario {
    let mut now = before.clone();
    for request in &mut now.requests {
        Rc::make_mut(request).expect = None;
    }
    now
}

const EMPTY: &str = r#"{ "Version": "2012-10-17", "Statement": [] }"#;

/// A text of the policy's kind that allows everything; an RCP, which cannot, denies nothing.
fn allows(policy: &Policy) -> &'static str {
    match policy.kind.known() {
        Some(Kind::Resource | Kind::Endpoint) => {
            r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" } }"#
        }
        Some(Kind::Trust) => {
            r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole" } }"#
        }
        Some(Kind::Rcp) => {
            r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Principal": "*", "Action": "s3:NoSuchAction", "Resource": "*" } }"#
        }
        _ => {
            r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } }"#
        }
    }
}

/// A text of the policy's kind that denies everything.
fn denies(policy: &Policy) -> &'static str {
    match policy.kind.known() {
        Some(Kind::Resource | Kind::Endpoint) => {
            r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*" } }"#
        }
        Some(Kind::Trust) => {
            r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Principal": "*", "Action": "sts:*" } }"#
        }
        Some(Kind::Rcp) => {
            r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Principal": "*", "Action": ["s3:*", "sts:*", "kms:*"], "Resource": "*" } }"#
        }
        _ => {
            r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "*", "Resource": "*" } }"#
        }
    }
}
