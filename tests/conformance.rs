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
use guardrail_tests::{
    ScenarioFile, defined_rules, is_expected, policy_type, repository, source_files,
};
use organization::{ExpectedVerdict, PolicyKind, Request};
use playground::{Analysis, Engine, Focus, TraceView};
use policy::Effect;

/// A statement that denies: policy, position, and the level for SCPs.
type Denial = (String, usize, Option<String>);

fn scenarios() -> Vec<ScenarioFile> {
    ScenarioFile::folder(&repository().join("tests/scenarios")).expect("the scenarios are readable")
}

fn examples() -> Vec<ScenarioFile> {
    ScenarioFile::folder(&repository().join("crates/playground/examples"))
        .expect("the examples are readable")
}

fn analyze(file: &ScenarioFile, request: &Request) -> Analysis {
    let focus = Focus {
        request: request.id.clone(),
        account: None,
    };
    Engine::new().analyze(&file.scenario, Some(&focus))
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
fn differences(file: &ScenarioFile, request: &Request) -> Vec<String> {
    let mut found = Vec::new();
    let analysis = analyze(file, request);
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
    if let Some(stops) = case.and_then(|case| case.stops) {
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

fn report(files: &[ScenarioFile]) -> String {
    let mut report = String::new();
    for file in files {
        for request in &file.scenario.requests {
            for difference in differences(file, request) {
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
fn every_request_of_the_scenarios_says_what_is_expected_and_why() {
    for file in scenarios() {
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
fn every_rule_that_a_scenario_cites_is_in_the_rule_book() {
    let book = std::fs::read_to_string(repository().join("docs/semantics.md"))
        .expect("the rule book is readable");
    let rules = defined_rules(&book);
    for file in scenarios() {
        for request in &file.scenario.requests {
            for rule in file
                .case(&request.id)
                .map(|case| case.rules)
                .unwrap_or_default()
            {
                assert!(
                    rules.contains(&rule),
                    "{} {}: {rule}",
                    file.name,
                    request.id
                );
            }
        }
    }
}

#[test]
fn every_rule_that_the_code_cites_is_in_the_rule_book() {
    let book = std::fs::read_to_string(repository().join("docs/semantics.md"))
        .expect("the rule book is readable");
    let rules = defined_rules(&book);
    let series: BTreeSet<&str> = (rules.iter())
        .filter_map(|rule| rule.split_once('-').map(|(series, _)| series))
        .collect();
    let mut cited = 0;
    for path in source_files(&repository().join("crates")).expect("the sources are readable") {
        let text = std::fs::read_to_string(&path).expect("the source is readable");
        for word in text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-') {
            let is_rule = word.split_once('-').is_some_and(|(name, number)| {
                series.contains(name) && !number.is_empty() && number.parse::<u16>().is_ok()
            });
            if is_rule {
                cited += 1;
                assert!(rules.contains(word), "{}: {word}", path.display());
            }
        }
    }
    assert!(cited > 100, "only {cited} citations were found");
}

#[test]
fn scenario_files_hold_no_mistakes_of_their_own() {
    for file in scenarios().iter().chain(&examples()) {
        let on_purpose = [
            "missing-parts",
            "requires-unknown",
            "scp-default-and-empty",
            "scp-disabled",
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
                more.push("aws:referer".to_owned());
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
