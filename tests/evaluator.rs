//! The scenarios asked of the evaluator itself: deciding fast, trying what is unknown and
//! explaining must have one meaning, and a verdict that depends names exactly the keys that decide.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test whose data cannot be read must fail, in its helpers too"
)]

use std::collections::BTreeSet;

use evaluator::{
    Decision, Explanation, Outcome, PolicyTrace, PolicyType, Prepared, Truth, UnknownThing,
    Verdict, World,
};
use guardrail_tests::{ScenarioFile, is_expected, library, policy_type, repository};
use organization::{AccountId, ExpectedVerdict, Request};
use policy::Effect;

/// What one row of a request must come out as; none means `error`.
struct Row<'a> {
    account: Option<&'a AccountId>,
    verdict: Option<&'a ExpectedVerdict>,
}

fn rows<'a>(file: &ScenarioFile, request: &'a Request) -> Vec<Row<'a>> {
    if file.case(&request.id).is_some_and(|case| case.error) {
        return vec![Row {
            account: None,
            verdict: None,
        }];
    }
    let expect = request.expect.as_ref().expect("it says what is expected");
    if expect.accounts.is_empty() {
        return vec![Row {
            account: None,
            verdict: expect.verdict.as_ref(),
        }];
    }
    let accounts = expect.accounts.iter();
    accounts
        .map(|(account, verdict)| Row {
            account: Some(account),
            verdict: Some(verdict),
        })
        .collect()
}

fn denials(explanation: &Explanation) -> BTreeSet<(String, usize, Option<String>)> {
    let mut found = BTreeSet::new();
    let mut add = |policy: &PolicyTrace, node: Option<String>| {
        for statement in &policy.statements {
            if statement.effect == Effect::Deny && statement.truth == Truth::Met {
                found.insert((policy.policy.to_string(), statement.index, node.clone()));
            }
        }
    };
    for stage in explanation.resources.iter().flat_map(|one| &one.stages) {
        for policy in &stage.policies {
            add(policy, None);
        }
        for level in &stage.levels {
            for policy in &level.policies {
                add(policy, Some(level.node.to_string()));
            }
        }
    }
    found
}

fn types_with(explanation: &Explanation, outcome: Outcome) -> BTreeSet<PolicyType> {
    let mut types = BTreeSet::new();
    for resource in &explanation.resources {
        // Where a fixed rule decides, no policy does.
        if resource.fixed.is_some() {
            types.insert(PolicyType::Fixed);
            continue;
        }
        let stages = resource.stages.iter();
        types.extend(
            stages
                .filter(|stage| stage.outcome == outcome)
                .map(|stage| stage.policy_type),
        );
    }
    types
}

fn check(
    file: &ScenarioFile,
    request: &Request,
    row: &Row<'_>,
    prepared: &Prepared,
) -> Vec<String> {
    let mut found = Vec::new();
    let answer = prepared.answer();
    let expected_error = row.verdict.is_none();
    match row.verdict {
        None if answer.verdict != Verdict::Error => {
            found.push(format!("expected Error, found {:?}", answer.verdict));
        }
        Some(expected) if !is_expected(expected, answer.verdict) => {
            found.push(format!(
                "expected {expected:?}, found {:?} {:?} {:?}",
                answer.verdict, answer.blockers, answer.depends
            ));
        }
        _ => {}
    }
    if (answer.verdict == Verdict::Error) == answer.blockers.is_empty() {
        found.push(format!("{:?} with {:?}", answer.verdict, answer.blockers));
    }
    match prepared.decide() {
        Decision::Verdict(verdict) if verdict != answer.verdict => {
            found.push(format!(
                "decide says {verdict:?}, answer {:?}",
                answer.verdict
            ));
        }
        _ => {}
    }
    let explanation = prepared.explain();
    if explanation.answer != answer {
        found.push(format!("explain says {:?}", explanation.answer));
    }
    if !found.is_empty() || expected_error {
        return found;
    }
    let Some(expect) = &request.expect else {
        return found;
    };
    if let Some(expected) = &expect.depends_on {
        let expected: BTreeSet<_> = expected.iter().map(|key| key.to_lowercase()).collect();
        let depends = answer.depends.as_ref();
        let actual: BTreeSet<_> = depends
            .into_iter()
            .flat_map(|depends| &depends.on)
            .map(|thing| match thing {
                UnknownThing::Key { key, .. } => key.to_lowercase(),
                UnknownThing::Owner { .. } => "owner".to_owned(),
            })
            .collect();
        if actual != expected {
            found.push(format!(
                "expected to depend on {expected:?}, found {actual:?}"
            ));
        }
        let complete = depends.is_some_and(|depends| depends.complete);
        if complete != file.case(&request.id).is_none_or(|case| case.complete) {
            let tried = if complete { "" } else { "not " };
            found.push(format!("{tried}all cases were tried"));
        }
    }
    let outcome = match answer.verdict {
        Verdict::ExplicitDeny => Outcome::ExplicitDeny,
        Verdict::ImplicitDeny => Outcome::ImplicitDeny,
        _ => return found,
    };
    if let (Verdict::ExplicitDeny, Some(by)) = (answer.verdict, &expect.by) {
        let expected: BTreeSet<_> = by
            .iter()
            .filter_map(|reason| {
                let policy = reason.policy.as_ref()?.to_string();
                let by_sid = |sid: &String| file.statement_index(&policy, sid);
                let index = reason
                    .index
                    .or_else(|| reason.sid.as_ref().and_then(by_sid))?;
                Some((policy, index, reason.node.as_ref().map(ToString::to_string)))
            })
            .collect();
        let actual = denials(&explanation);
        if actual != expected {
            found.push(format!("expected denials {expected:?}, found {actual:?}"));
        }
    }
    if let (Verdict::ImplicitDeny, Some(by)) = (answer.verdict, &expect.by) {
        let expected: BTreeSet<_> = by.iter().filter_map(|reason| reason.node.clone()).collect();
        let actual: BTreeSet<_> = (explanation.resources.iter())
            .flat_map(|one| &one.stages)
            .flat_map(|stage| &stage.levels)
            .filter(|level| level.outcome == Outcome::ImplicitDeny)
            .map(|level| level.node.clone())
            .collect();
        if actual != expected {
            found.push(format!(
                "expected no Allow at {expected:?}, found {actual:?}"
            ));
        }
    }
    if let Some(stops) = file.case(&request.id).and_then(|case| case.stops) {
        let expected: BTreeSet<_> = stops.iter().filter_map(|word| policy_type(word)).collect();
        let actual = types_with(&explanation, outcome);
        if actual != expected {
            found.push(format!(
                "expected {expected:?} to stop it, found {actual:?}"
            ));
        }
    }
    found
}

#[test]
fn deciding_and_explaining_have_one_meaning() {
    let mut files = Vec::new();
    for folder in ["tests/scenarios", "crates/playground/examples"] {
        let folder = repository().join(folder);
        files.extend(ScenarioFile::folder(&folder).expect("the scenarios are readable"));
    }
    let mut report = Vec::new();
    for file in &files {
        let scenario = &file.scenario;
        let library = library(scenario);
        let tree = scenario
            .organization
            .as_ref()
            .map(organization::Organization::index);
        let world = World {
            scenario,
            tree: tree.as_ref(),
            library: &library,
        };
        for request in &scenario.requests {
            for row in rows(file, request) {
                let differences = match evaluator::prepare(&world, request, row.account) {
                    Ok(prepared) => check(file, request, &row, &prepared),
                    Err(_) if row.verdict.is_none() => Vec::new(),
                    Err(blocker) => vec![format!("{blocker:?}")],
                };
                let at = row
                    .account
                    .map_or(String::new(), |account| format!(" {account}"));
                for difference in differences {
                    report.push(format!("{} {}{at}: {difference}", file.name, request.id));
                }
            }
        }
    }
    assert!(
        report.is_empty(),
        "{} differences\n{}",
        report.len(),
        report.join("\n")
    );
}
