//! The twin and the worked cases of the rule book: it answers every scenario file as expected.

use std::collections::BTreeSet;

use evaluator::PolicyType;
use guardrail_tests::{ScenarioFile, policy_type, repository};
use organization::{ExpectedVerdict, PolicyId, Request};

use crate::dice::Dice;
use crate::twin::unknown::{Mentions, Row};
use crate::twin::{Decision, Guess, Type, Verdict, World, rows};

fn is_met(expected: &ExpectedVerdict, verdicts: &BTreeSet<Verdict>) -> bool {
    let only = |verdict| *verdicts == BTreeSet::from([verdict]);
    match expected {
        ExpectedVerdict::Allow => only(Verdict::Allow),
        ExpectedVerdict::ExplicitDeny => only(Verdict::ExplicitDeny),
        ExpectedVerdict::ImplicitDeny => only(Verdict::ImplicitDeny),
        ExpectedVerdict::Deny => only(Verdict::ExplicitDeny) || only(Verdict::ImplicitDeny),
        ExpectedVerdict::Depends => verdicts.len() > 1,
        ExpectedVerdict::Other(_) => false,
    }
}

fn same_type(policy_type: Type) -> PolicyType {
    match policy_type {
        Type::Fixed => PolicyType::Fixed,
        Type::Rcp => PolicyType::Rcp,
        Type::Scp => PolicyType::Scp,
        Type::Endpoint => PolicyType::Endpoint,
        Type::Resource => PolicyType::Resource,
        Type::Identity => PolicyType::Identity,
        Type::Boundary => PolicyType::Boundary,
        Type::Session => PolicyType::Session,
    }
}

/// What differs between one row of a request and what is expected of it.
fn differences(file: &ScenarioFile, request: &Request, row: &Row<'_>) -> Vec<String> {
    let (cases, all) = row.cases(&Guess::default(), 600, &mut Dice::new(1));
    let verdicts: BTreeSet<Verdict> = cases.iter().map(|(_, decision)| decision.verdict).collect();
    let case = file.case(&request.id);
    if case.as_ref().is_some_and(|case| case.error) {
        let is_error = verdicts.contains(&Verdict::Error);
        return (!is_error)
            .then(|| format!("expected Error, found {verdicts:?}"))
            .into_iter()
            .collect();
    }
    let Some(expect) = &request.expect else {
        return vec!["nothing is expected of it".to_owned()];
    };
    let mut found = Vec::new();
    let of_account = row.account.and_then(|account| expect.accounts.get(account));
    if let Some(expected) = of_account.or(expect.verdict.as_ref())
        && !is_met(expected, &verdicts)
    {
        found.push(format!(
            "expected {expected:?}, found {verdicts:?} (all: {all})"
        ));
    }
    if row.account.is_some() {
        return found;
    }
    let [(guess, decision)] = cases.as_slice() else {
        return found;
    };
    if !guess.keys.is_empty() || !guess.owners.is_empty() {
        return found;
    }
    found.extend(other_denials(file, request, decision));
    if let Some(stops) = case.and_then(|case| case.stops) {
        let expected: BTreeSet<PolicyType> =
            stops.iter().filter_map(|word| policy_type(word)).collect();
        let actual: BTreeSet<PolicyType> =
            decision.stops.iter().map(|one| same_type(*one)).collect();
        // Where a rule that no policy changes decides, the twin asks no policy type.
        let fixed = actual == BTreeSet::from([PolicyType::Fixed]) && expected.is_superset(&actual);
        if actual != expected && !fixed {
            found.push(format!(
                "expected {expected:?} to stop it, found {actual:?}"
            ));
        }
    }
    found
}

/// The denying statements, where they are expected.
fn other_denials(file: &ScenarioFile, request: &Request, decision: &Decision) -> Option<String> {
    let expect = request.expect.as_ref()?;
    let by = expect
        .by
        .as_ref()
        .filter(|_| expect.verdict == Some(ExpectedVerdict::ExplicitDeny))?;
    let expected: BTreeSet<(PolicyId, usize)> = (by.iter())
        .filter_map(|reason| {
            let policy = reason.policy.as_ref()?;
            let index = match (&reason.index, &reason.sid) {
                (Some(index), _) => *index,
                (None, Some(sid)) => file.statement_index(policy.as_str(), sid)?,
                (None, None) => return None,
            };
            Some((policy.clone(), index))
        })
        .collect();
    (expected != decision.denials).then(|| {
        format!(
            "expected the denials {expected:?}, found {:?}",
            decision.denials
        )
    })
}

#[test]
fn the_twin_answers_the_worked_cases() {
    let files = ScenarioFile::folder(&repository().join("tests/scenarios"))
        .expect("the scenarios are readable");
    let mut report = String::new();
    let mut answered = 0;
    for file in &files {
        let world = World::new(&file.scenario);
        let mentions = Mentions::new(&world);
        for request in &file.scenario.requests {
            for account in rows(&world, request) {
                answered += 1;
                let row = Row {
                    world: &world,
                    mentions: &mentions,
                    request,
                    account: account.as_ref(),
                    several: false,
                };
                for difference in differences(file, request, &row) {
                    report.push_str(&format!("{} {}: {difference}\n", file.name, request.id));
                }
            }
        }
    }
    assert!(answered > 300, "only {answered} rows");
    assert!(
        report.is_empty(),
        "{} differences\n{report}",
        report.lines().count()
    );
}
