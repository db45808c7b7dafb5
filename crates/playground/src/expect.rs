//! Expectations: did what the author of a request expects come out?

use evaluator::{Answer, Depends, Explanation, Outcome, PolicyType, UnknownThing, Verdict};
use organization::{Expectation, ExpectedReason, ExpectedVerdict, PolicyId, Request};

use crate::engine::Scene;
use crate::view::{ExpectationView, RowView};
use crate::words;

/// Compares a request's rows with what is expected of them.
pub(crate) fn check(
    scene: &Scene<'_>,
    request: &Request,
    expect: &Expectation,
    rows: &[RowView],
    answer: Option<&Answer>,
) -> ExpectationView {
    let mut differences = Vec::new();
    for row in rows {
        let by_account = row.account.as_ref().and_then(|id| expect.accounts.get(id));
        let Some(expected) = by_account.or(expect.verdict.as_ref()) else {
            continue;
        };
        if !fits(expected, row.verdict) {
            differences.push(texts::expect_differs(
                &row.who,
                &words::expected(expected),
                &words::small_verdict(row.verdict),
            ));
        }
    }
    for account in expect.accounts.keys() {
        if !rows.iter().any(|row| row.account.as_ref() == Some(account)) {
            differences.push(texts::expect_no_row(account));
        }
    }
    let first = rows.first().and_then(|row| row.account.clone());
    if let Some(names) = &expect.depends_on {
        let depends = answer.and_then(|answer| answer.depends.as_ref());
        depends_on(names, depends, &mut differences);
    }
    if let Some(reasons) = &expect.by {
        match evaluator::prepare(&scene.world(), request, first.as_ref()) {
            Ok(prepared) => by(scene, reasons, &prepared.explain(), &mut differences),
            Err(_) => differences.push(texts::expect_not_evaluated().to_owned()),
        }
    }
    ExpectationView {
        word: match &expect.verdict {
            Some(verdict) => words::expected(verdict).to_owned(),
            None => texts::expect_by_account().to_owned(),
        },
        met: differences.is_empty(),
        differences,
    }
}

pub(crate) fn fits(expected: &ExpectedVerdict, verdict: Verdict) -> bool {
    match expected {
        ExpectedVerdict::Allow => verdict == Verdict::Allow,
        ExpectedVerdict::Deny => {
            matches!(verdict, Verdict::ExplicitDeny | Verdict::ImplicitDeny)
        }
        ExpectedVerdict::ExplicitDeny => verdict == Verdict::ExplicitDeny,
        ExpectedVerdict::ImplicitDeny => verdict == Verdict::ImplicitDeny,
        ExpectedVerdict::Depends => verdict == Verdict::Depends,
        ExpectedVerdict::Other(_) => false,
    }
}

fn depends_on(names: &[String], depends: Option<&Depends>, differences: &mut Vec<String>) {
    let mut expected: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    let mut found: Vec<String> = depends
        .map(|depends| depends.on.iter().map(thing).collect())
        .unwrap_or_default();
    policy::sort_by(&mut expected, Ord::cmp);
    policy::sort_by(&mut found, Ord::cmp);
    // A key that is unknown for several resources is named once.
    expected.dedup();
    found.dedup();
    if expected != found {
        differences.push(texts::expect_depends_on(&list(&expected), &list(&found)));
    }
}

fn thing(thing: &UnknownThing) -> String {
    match thing {
        UnknownThing::Key { key, .. } => key.to_ascii_lowercase(),
        UnknownThing::Owner { .. } => "owner".to_owned(),
    }
}

fn list(names: &[String]) -> String {
    if names.is_empty() {
        texts::expect_nothing().to_owned()
    } else {
        names.join(", ")
    }
}

/// A reason that decided: a matching Deny, or a level without an Allow.
#[derive(PartialEq)]
struct Reason<'a> {
    policy: Option<&'a PolicyId>,
    sid: Option<&'a str>,
    index: Option<usize>,
    node: Option<&'a str>,
}

fn by(
    scene: &Scene<'_>,
    expected: &[ExpectedReason],
    explanation: &Explanation,
    differences: &mut Vec<String>,
) {
    let mut found = Vec::new();
    for reason in reasons(explanation) {
        if !found.contains(&reason) {
            found.push(reason);
        }
    }
    for wanted in expected {
        let at = found.iter().position(|reason| {
            wanted
                .policy
                .as_ref()
                .is_none_or(|id| reason.policy == Some(id))
                && (wanted.policy.is_some() || reason.policy.is_none())
                && wanted
                    .sid
                    .as_deref()
                    .is_none_or(|sid| reason.sid == Some(sid))
                && wanted.index.is_none_or(|index| reason.index == Some(index))
                && wanted
                    .node
                    .as_ref()
                    .is_none_or(|node| reason.node == Some(node.as_str()))
        });
        match at {
            Some(at) => {
                found.swap_remove(at);
            }
            None => differences.push(texts::expect_by(&words::expected_reason(wanted))),
        }
    }
    for reason in found {
        let policy = reason
            .policy
            .map(|id| words::policy_name(scene.scenario, id));
        let statement = reason.sid.map(str::to_owned).or_else(|| {
            reason
                .index
                .map(|index| texts::reason_statement(&(index + 1)))
        });
        let parts: Vec<String> = [
            policy,
            statement,
            reason.node.map(|node| texts::reason_at(&node)),
        ]
        .into_iter()
        .flatten()
        .collect();
        differences.push(texts::expect_also_by(&parts.join(", ")));
    }
}

fn reasons(explanation: &Explanation) -> Vec<Reason<'_>> {
    let verdict = explanation.answer.verdict;
    let mut reasons = Vec::new();
    for stage in explanation.resources.iter().flat_map(|one| &one.stages) {
        let levels = stage.levels.iter();
        let placed =
            levels.flat_map(|level| level.policies.iter().map(move |it| (Some(level), it)));
        let policies = placed.chain(stage.policies.iter().map(|policy| (None, policy)));
        if verdict == Verdict::ImplicitDeny {
            let lacking = stage.levels.iter();
            reasons.extend(
                lacking
                    .filter(|level| level.outcome == Outcome::ImplicitDeny)
                    .map(|level| Reason {
                        policy: None,
                        sid: None,
                        index: None,
                        node: Some(level.node.as_str()),
                    }),
            );
            continue;
        }
        for (level, policy) in policies {
            for statement in &policy.statements {
                let wanted = match verdict {
                    Verdict::ExplicitDeny => Outcome::ExplicitDeny,
                    Verdict::Depends => Outcome::Unknown,
                    // Every Allow counts, and naming them all is rarely what an author means.
                    _ => continue,
                };
                if evaluator::decides(wanted, statement.effect, statement.truth) {
                    reasons.push(Reason {
                        policy: Some(&policy.policy),
                        sid: statement.sid.as_deref(),
                        index: Some(statement.index),
                        node: level
                            .filter(|_| stage.policy_type != PolicyType::Identity)
                            .map(|level| level.node.as_str()),
                    });
                }
            }
        }
    }
    reasons
}
