//! Every worked case of the rule book that the evaluator covers, as a scenario: the verdict, all
//! statements that decide, all levels and policy types that stop the request.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test whose data cannot be read must fail, in its helpers too"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::rc::Rc;

use evaluator::{Outcome, PolicyType, Verdict};
use guardrail_tests::{Case, ScenarioFile, is_expected, is_verdict, policy_type, repository};
use organization::{ExpectedVerdict, PolicyKind, Request};
use playground::{Analysis, Engine, Focus, TraceView};
use policy::Effect;

/// A statement that denies: policy, position, and the level for SCPs.
type Denial = (String, usize, Option<String>);

fn scenarios() -> Vec<ScenarioFile> {
    ScenarioFile::folder(&repository().join("tests/scenarios")).expect("the scenarios are readable")
}

fn organizations() -> Vec<ScenarioFile> {
    ScenarioFile::folder(&repository().join("tests/organizations"))
        .expect("the organizations are readable")
}

fn examples() -> Vec<ScenarioFile> {
    ScenarioFile::folder(&repository().join("crates/playground/examples"))
        .expect("the examples are readable")
}

fn analyze(engine: &mut Engine, file: &ScenarioFile, request: &Request) -> Analysis {
    let focus = Focus {
        request: request.id.clone(),
        account: None,
    };
    engine.analyze(&file.scenario, Some(&focus))
}

fn denials(trace: &TraceView) -> BTreeSet<Denial> {
    trace
        .resources
        .iter()
        .flat_map(|resource| &resource.deciding)
        .filter(|statement| statement.effect == Effect::Deny)
        .map(|statement| {
            let node = statement.node.as_ref().map(|(id, _)| id.to_string());
            (statement.policy.to_string(), statement.index, node)
        })
        .collect()
}

fn stopping_stages(trace: &TraceView) -> BTreeSet<PolicyType> {
    trace
        .resources
        .iter()
        .flat_map(|resource| &resource.stages)
        .filter(|stage| stage.stops)
        .map(|stage| stage.policy_type)
        .collect()
}

fn levels_with(trace: &TraceView, outcome: Outcome) -> BTreeSet<String> {
    trace
        .resources
        .iter()
        .flat_map(|resource| &resource.stages)
        .filter(|stage| stage.policy_type == PolicyType::Scp)
        .flat_map(|stage| &stage.levels)
        .filter(|level| level.outcome == outcome)
        .map(|level| level.node.to_string())
        .collect()
}

/// What differs between one request and what is expected of it.
fn differences(engine: &mut Engine, file: &ScenarioFile, request: &Request) -> Vec<String> {
    let mut found = Vec::new();
    let analysis = analyze(engine, file, request);
    let Some(view) = analysis.request(&request.id) else {
        return vec!["no result".to_owned()];
    };
    let case = file.case(&request.id);
    if case.as_ref().is_some_and(|case| case.error) {
        for row in &view.rows {
            if row.verdict != Verdict::Error {
                found.push(format!("expected Error, found {:?}", row.verdict));
            }
        }
        if view.rows.is_empty() {
            found.push("no row".to_owned());
        }
        return found;
    }
    let Some(expect) = &request.expect else {
        return vec!["nothing is expected of it".to_owned()];
    };
    if view.rows.is_empty() {
        found.push("no row".to_owned());
    }
    if let Some(expected) = &expect.verdict {
        for row in &view.rows {
            if !is_expected(expected, row.verdict) {
                found.push(format!("expected {expected:?}, found {:?}", row.verdict));
            }
        }
    }
    if !expect.accounts.is_empty() {
        let rows: BTreeSet<_> = (view.rows.iter())
            .filter_map(|row| row.account.clone())
            .collect();
        let expected: BTreeSet<_> = expect.accounts.keys().cloned().collect();
        if rows != expected {
            found.push(format!(
                "expected the accounts {expected:?}, found {rows:?}"
            ));
        }
    }
    for (account, expected) in &expect.accounts {
        let row = (view.rows.iter()).find(|row| row.account.as_ref() == Some(account));
        match row {
            Some(row) if is_expected(expected, row.verdict) => {}
            Some(row) => found.push(format!(
                "{account}: expected {expected:?}, found {:?}",
                row.verdict
            )),
            None => {}
        }
    }
    match &view.expectation {
        Some(expectation) if expectation.met => {}
        Some(expectation) => found.push(format!(
            "its own assertion fails: {}",
            expectation.differences.join("; ")
        )),
        None => found.push("its own assertion is not reported".to_owned()),
    }
    let Some(trace) = &analysis.trace else {
        found.push("no trace".to_owned());
        return found;
    };
    if let Some(by) = &expect.by {
        if expect.verdict == Some(ExpectedVerdict::ExplicitDeny) {
            let expected: BTreeSet<Denial> = by
                .iter()
                .filter_map(|reason| {
                    let policy = reason.policy.as_ref()?.to_string();
                    let index = match (&reason.index, &reason.sid) {
                        (Some(index), _) => *index,
                        (None, Some(sid)) => file.statement_index(&policy, sid)?,
                        (None, None) => return None,
                    };
                    Some((policy, index, reason.node.as_ref().map(ToString::to_string)))
                })
                .collect();
            assert_eq!(
                expected.len(),
                by.len(),
                "{} {}: a reason in `by` names no statement",
                file.name,
                request.id
            );
            let actual = denials(trace);
            if actual != expected {
                found.push(format!("expected denials {expected:?}, found {actual:?}"));
            }
        }
        if expect.verdict == Some(ExpectedVerdict::ImplicitDeny) {
            let expected: BTreeSet<String> = by
                .iter()
                .filter_map(|reason| reason.node.as_ref().map(ToString::to_string))
                .collect();
            let actual = levels_with(trace, Outcome::ImplicitDeny);
            if actual != expected {
                found.push(format!(
                    "expected the levels {expected:?} without an Allow, found {actual:?}"
                ));
            }
        }
    }
    let Some(case) = case else {
        return found;
    };
    found.extend(differing_branches(&case, trace));
    found.extend(differing_grants(&case, trace));
    if let Some(stops) = case.stops {
        let expected: BTreeSet<PolicyType> =
            stops.iter().filter_map(|word| policy_type(word)).collect();
        assert_eq!(
            expected.len(),
            stops.len(),
            "{} {}: an unknown word in `stops`",
            file.name,
            request.id
        );
        let actual = stopping_stages(trace);
        if actual != expected {
            found.push(format!(
                "expected {expected:?} to stop it, found {actual:?}"
            ));
        }
    }
    found
}

/// What differs in the verdicts of the cases that a verdict depends on.
fn differing_branches(case: &Case, trace: &TraceView) -> Option<String> {
    let expected = case.branches.as_ref()?;
    let verdicts = || trace.branches.iter().map(|branch| branch.verdict);
    let same = expected
        .iter()
        .all(|word| verdicts().any(|verdict| is_verdict(word, verdict)))
        && verdicts().all(|verdict| expected.iter().any(|word| is_verdict(word, verdict)));
    (!same).then(|| {
        let found: Vec<_> = verdicts().collect();
        format!("expected the branches {expected:?}, found {found:?}")
    })
}

/// What differs in the statements of resource-based and trust policies that allow.
fn differing_grants(case: &Case, trace: &TraceView) -> Option<String> {
    let expected = case.grants.as_ref()?;
    let found: BTreeSet<(String, String)> = (trace.resources.iter())
        .flat_map(|resource| &resource.deciding)
        .filter(|statement| {
            statement.policy_type == PolicyType::Resource && statement.effect == Effect::Allow
        })
        .map(|statement| (statement.policy.to_string(), statement.title.clone()))
        .collect();
    (found != *expected).then(|| format!("expected the grants {expected:?}, found {found:?}"))
}

fn report(files: &[ScenarioFile]) -> String {
    let mut report = String::new();
    for file in files {
        let mut engine = Engine::new();
        for request in &file.scenario.requests {
            for difference in differences(&mut engine, file, request) {
                let source = (file.case(&request.id)).map_or(String::new(), |case| {
                    format!(" [{}; {}]", case.source, case.rules.join(" "))
                });
                let _ = writeln!(report, "{} {}{source}: {difference}", file.name, request.id);
            }
        }
    }
    report
}

#[test]
fn worked_cases_come_out_as_documented() {
    let report = report(&scenarios());
    assert!(
        report.is_empty(),
        "{} differences\n{report}",
        report.lines().count()
    );
}

#[test]
fn examples_come_out_as_their_authors_expect() {
    let report = report(&examples());
    assert!(
        report.is_empty(),
        "{} differences\n{report}",
        report.lines().count()
    );
}

#[test]
fn organizations_as_others_run_them_come_out_as_expected() {
    let organizations = organizations();
    assert!(organizations.len() > 2, "{} files", organizations.len());
    let report = report(&organizations);
    assert!(
        report.is_empty(),
        "{} differences\n{report}",
        report.lines().count()
    );
}

#[test]
fn every_request_of_the_scenarios_says_what_is_expected_and_why() {
    for file in scenarios().into_iter().chain(organizations()) {
        for request in &file.scenario.requests {
            let case = file.case(&request.id);
            let case = case.unwrap_or_else(|| panic!("{} {}: no case", file.name, request.id));
            assert!(
                case.error != request.expect.is_some(),
                "{} {}: either an expectation or an error",
                file.name,
                request.id
            );
            assert!(!case.rules.is_empty(), "{} {}", file.name, request.id);
        }
    }
}

#[test]
fn scenario_files_hold_no_mistakes_of_their_own() {
    let (scenarios, organizations, examples) = (scenarios(), organizations(), examples());
    for file in scenarios.iter().chain(&organizations).chain(&examples) {
        let on_purpose = [
            "boundary",
            "endpoint",
            "kinds-of-policies",
            "missing-parts",
            "rcp-disabled",
            "requires-unknown",
            "scp-default-and-empty",
            "scp-disabled",
            "session-policies",
            "unknown-beside-missing",
            "unknown-callers",
        ];
        assert_eq!(
            on_purpose.contains(&file.name.as_str()),
            !file.warnings.is_empty(),
            "{}: {:?}",
            file.name,
            file.warnings
        );
        let again = organization::file::read(&organization::file::write(&file.scenario))
            .expect("what was written can be read");
        assert_eq!(again.scenario, file.scenario, "{}", file.name);
    }
}

#[test]
fn policies_of_the_examples_have_no_findings() {
    for file in examples() {
        for policy in &file.scenario.policies {
            let PolicyKind::Known(kind) = policy.kind else {
                panic!("{} {}: an unknown kind", file.name, policy.id);
            };
            let findings = policy::parse(&policy.text, kind).diagnostics;
            assert!(
                findings.is_empty(),
                "{} {}: {findings:?}",
                file.name,
                policy.id
            );
        }
        for request in &file.scenario.requests {
            assert!(request.expect.is_some(), "{} {}", file.name, request.id);
        }
    }
}

#[test]
fn the_opposite_expectation_is_never_met() {
    for file in scenarios() {
        let mut scenario = file.scenario.clone();
        for request in &mut scenario.requests {
            let Some(mut expect) = request.expect.clone() else {
                continue;
            };
            let Some(verdict) = &expect.verdict else {
                continue;
            };
            expect.verdict = Some(match verdict {
                ExpectedVerdict::Allow => ExpectedVerdict::Deny,
                _ => ExpectedVerdict::Allow,
            });
            expect.accounts.clear();
            let request = Rc::make_mut(request);
            request.expect = Some(expect);
        }
        let analysis = Engine::new().analyze(&scenario, None);
        for request in &scenario.requests {
            if request
                .expect
                .as_ref()
                .is_some_and(|expect| expect.verdict.is_some())
            {
                let view = analysis
                    .request(&request.id)
                    .expect("every request has a result");
                let met = view
                    .expectation
                    .as_ref()
                    .is_some_and(|expectation| expectation.met);
                assert!(!met, "{} {}", file.name, request.id);
            }
        }
    }
}

#[test]
fn another_key_in_depends_on_is_never_met() {
    let mut tried = 0;
    for file in scenarios() {
        let mut scenario = file.scenario.clone();
        for request in &mut scenario.requests {
            let Some(keys) = (request.expect.clone()).and_then(|expect| expect.depends_on) else {
                continue;
            };
            let request = Rc::make_mut(request);
            if let Some(expect) = &mut request.expect {
                let mut more = keys;
                more.push("aws:NoSuchKey".to_owned());
                expect.depends_on = Some(more);
            }
        }
        let analysis = Engine::new().analyze(&scenario, None);
        for request in &scenario.requests {
            if request
                .expect
                .as_ref()
                .is_some_and(|expect| expect.depends_on.is_some())
            {
                tried += 1;
                let view = analysis
                    .request(&request.id)
                    .expect("every request has a result");
                let met = view
                    .expectation
                    .as_ref()
                    .is_some_and(|expectation| expectation.met);
                assert!(!met, "{} {}", file.name, request.id);
            }
        }
    }
    assert!(
        tried > 5,
        "only {tried} requests name the keys they depend on"
    );
}
