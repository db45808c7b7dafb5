//! The verdicts at the time of sharing: they travel with the link, and what differs is found.

use evaluator::Verdict;
use organization::{RequestId, Scenario};
use playground::Engine;
use playground::link;
use playground::recorded::{ENGINE, Since, record, since, with_verdicts};
use serde_json::{Value, json};

use crate::{every_scenario, read};

fn everywhere() -> Scenario {
    read(
        &json!({
            "version": 1,
            "organization": { "managementAccountId": "111111111111", "root": { "children": [
                { "type": "account", "id": "111111111111" },
                { "type": "account", "id": "222222222222" },
                { "type": "account", "id": "444444444444" },
                { "type": "account", "id": "333333333333", "policies": ["FullAWSAccess", "no"] } ] } },
            "policies": [{ "id": "no", "kind": "scp", "document": { "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Action": "s3:*", "Resource": "*" }] } }],
            "principals": [{ "id": "admin", "type": "role", "account": "333333333333", "name": "Admin", "policies": ["AdministratorAccess"] }],
            "requests": [
                { "id": "all", "principal": { "type": "everyAccount", "role": "Admin", "policies": ["AdministratorAccess"] }, "action": "s3:ListAllMyBuckets" },
                { "id": "one", "principal": "admin", "action": "s3:ListAllMyBuckets" } ],
        })
        .to_string(),
    )
}

fn recorded(scenario: &Scenario) -> Value {
    record(&Engine::new().analyze(scenario, None).requests).expect("a record")
}

fn compare(scenario: &Scenario, record: &Value) -> Option<Since> {
    since(record, &Engine::new().analyze(scenario, None).requests)
}

#[test]
fn a_record_says_each_verdict_in_few_words() {
    assert_eq!(
        recorded(&everywhere()),
        json!({ "engine": ENGINE, "verdicts": {
            "all": { "verdict": "allow", "accounts": { "333333333333": "explicitDeny" } },
            "one": "explicitDeny" } })
    );
    let analysis = Engine::new().analyze(&Scenario::empty(), None);
    assert_eq!(record(&analysis.requests), None);
}

#[test]
fn nothing_differs_right_after_sharing() {
    for scenario in every_scenario() {
        let analysis = Engine::new().analyze(&scenario, None);
        let shared = with_verdicts(&scenario, &analysis.requests);
        let opened = link::decode(&link::encode(&shared)).unwrap().scenario;
        assert_eq!(opened, shared);
        if let Some(record) = &opened.recorded {
            assert_eq!(compare(&opened, record), None, "{}", scenario.title);
        }
    }
}

#[test]
fn rows_with_another_verdict_are_named() {
    let scenario = everywhere();
    let record = json!({ "engine": "0.0.7", "verdicts": {
        "all": { "verdict": "implicitDeny", "accounts": { "333333333333": "explicitDeny" } },
        "one": "allow" } });
    let found = compare(&scenario, &record).expect("a difference");
    assert_eq!(found.engine, "0.0.7");
    let rows: Vec<_> = found
        .rows
        .iter()
        .map(|row| {
            (
                row.request.as_str(),
                row.account.as_ref().map(|id| id.as_str()),
                row.then,
                row.now,
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            (
                "all",
                Some("222222222222"),
                Verdict::ImplicitDeny,
                Verdict::Allow
            ),
            (
                "all",
                Some("444444444444"),
                Verdict::ImplicitDeny,
                Verdict::Allow
            ),
            ("one", None, Verdict::Allow, Verdict::ExplicitDeny),
        ]
    );
    assert_eq!(found.rows[2].request, RequestId::from("one"));
}

#[test]
fn a_record_that_makes_no_sense_counts_for_nothing() {
    let scenario = everywhere();
    for record in [
        json!(null),
        json!(7),
        json!("x"),
        json!([]),
        json!({}),
        json!({ "verdicts": [] }),
        json!({ "verdicts": { "one": "perhaps", "all": 3, "gone": "allow" } }),
        json!({ "verdicts": { "one": ["allow"], "all": { "accounts": { "9": "allow" }, "verdict": { "verdict": "deny" } } } }),
        json!({ "engine": ["x"], "verdicts": { "__proto__": "allow", "constructor": "deny" } }),
    ] {
        assert_eq!(compare(&scenario, &record), None, "{record}");
    }
    let long = json!({ "engine": "9".repeat(100_000), "verdicts": { "one": "allow" } });
    assert_eq!(compare(&scenario, &long).unwrap().engine.len(), 40);
}
