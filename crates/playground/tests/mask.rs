//! Masked scenarios: the same verdicts, and none of the ids and names that were.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test whose data cannot be read must fail, in its helpers too"
)]

use std::fs;
use std::path::Path;

use organization::Scenario;
use organization::file::write;
use playground::Engine;
use playground::mask::{MaskError, mask};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

fn read(text: &str) -> Scenario {
    organization::file::read(text).expect("a scenario").scenario
}

fn verdicts(scenario: &Scenario) -> Vec<Vec<String>> {
    let analysis = Engine::new().analyze(scenario, None);
    let of = |request: &std::rc::Rc<playground::RequestView>| {
        let rows = request.rows.iter().map(|row| format!("{:?}", row.verdict));
        rows.collect()
    };
    analysis.requests.iter().map(of).collect()
}

/// The runs of twelve digits in a text.
fn ids(text: &str) -> Vec<&str> {
    let runs = text.split(|c: char| !c.is_ascii_digit());
    runs.filter(|run| run.len() == 12).collect()
}

#[test]
fn every_scenario_keeps_its_verdicts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut masked_files, mut refused) = (0, Vec::new());
    for place in ["examples", "../../tests/scenarios"] {
        for file in fs::read_dir(folder.join(place)).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "json") {
                continue;
            }
            let scenario = read(&fs::read_to_string(&path).unwrap());
            match mask(&scenario) {
                Ok(masked) => {
                    masked_files += 1;
                    assert_eq!(
                        verdicts(&masked.scenario),
                        verdicts(&scenario),
                        "{}",
                        path.display()
                    );
                    let text = write(&masked.scenario);
                    for id in scenario.organization.iter().flat_map(|it| {
                        it.index()
                            .accounts()
                            .map(|it| it.id.to_string())
                            .collect::<Vec<_>>()
                    }) {
                        assert!(
                            !ids(&text).contains(&id.as_str()),
                            "{id} in {}",
                            path.display()
                        );
                    }
                }
                Err(MaskError::OtherVerdicts(requests)) => {
                    assert!(!requests.is_empty());
                    refused.push(path.file_name().unwrap().to_string_lossy().into_owned());
                }
                Err(error) => panic!("{}: {error:?}", path.display()),
            }
        }
    }
    println!(
        "{masked_files} masked, {} refused: {refused:?}",
        refused.len()
    );
    assert!(masked_files > 40 && refused.len() < 6, "{refused:?}");
}

#[test]
fn ids_and_names_are_made_up_everywhere() {
    let scenario = read(&json!({
        "version": 1, "title": "Acme Payments", "description": "Who reads in 444455556666?",
        "organization": { "managementAccountId": "444455556666", "root": { "children": [
            { "type": "account", "id": "444455556666", "name": "Acme root" },
            { "type": "ou", "name": "Payments", "children": [{ "type": "account", "id": "555566667777", "name": "Payments dev" }] } ] } },
        "externalAccounts": [{ "id": "888899990000", "name": "Widgets Ltd" }],
        "policies": [
            { "id": "p", "kind": "resource", "document": { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "AWS": ["arn:aws:iam::555566667777:root", "888899990000"] }, "Action": "s3:*", "Resource": "arn:aws:s3:::logs-444455556666/*", "Condition": { "StringEquals": { "aws:SourceAccount": "555566667777" } } }] } },
            { "id": "q", "name": "For Payments", "kind": "scp", "source": "{ \"x\": \"555566667777\" " } ],
        "principals": [{ "id": "u", "type": "user", "account": "555566667777", "name": "u" }],
        "resources": [{ "arn": "arn:aws:s3:::logs-444455556666", "account": "444455556666", "policy": "p" }],
        "requests": [{ "id": "r", "principal": "u", "action": "s3:GetObject", "resource": "arn:aws:s3:::logs-444455556666/555566667777/x", "context": { "aws:SourceAccount": "555566667777", "x:y": "a 555566667777." },
            "expect": { "verdict": "allow", "accounts": { "555566667777": "allow" } } }],
        "recorded": { "verdicts": { "r": { "verdict": "allow", "accounts": { "555566667777": "allow" } } } },
    }).to_string());
    let masked = mask(&scenario).unwrap();
    let text = write(&masked.scenario);
    for gone in [
        "444455556666",
        "555566667777",
        "888899990000",
        "Acme root",
        "Payments dev",
        "Widgets",
    ] {
        assert!(!text.contains(gone), "{gone} in {text}");
    }
    assert_eq!((masked.ids, masked.names), (3, 4));
    for made in [
        "\"Account 1\"",
        "\"Account 2\"",
        "\"OU 1\"",
        "\"Partner 1\"",
    ] {
        assert!(text.contains(made), "{made}");
    }
    // What was typed as a text is left to the person, and named.
    assert_eq!(masked.left, ["title", "policies[1].name"]);
    assert_eq!(verdicts(&masked.scenario), verdicts(&scenario));
    let mut sorted = ids(&text);
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), 3, "one id for each");
}

#[test]
fn a_pattern_for_a_part_of_an_id_is_not_masked() {
    let scenario = read(&json!({
        "version": 1,
        "organization": { "root": { "children": [{ "type": "account", "id": "444455556666" }] } },
        "policies": [{ "id": "p", "kind": "identity", "document": { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": { "StringLike": { "aws:PrincipalAccount": "4444*" } } }] } }],
        "principals": [{ "id": "u", "type": "user", "account": "444455556666", "name": "u", "policies": ["p"] }],
        "requests": [{ "id": "r", "principal": "u", "action": "s3:GetObject" }, { "id": "s", "principal": "u", "action": "ec2:RunInstances" }],
    }).to_string());
    assert_eq!(
        mask(&scenario),
        Err(MaskError::OtherVerdicts(vec!["r".into()]))
    );
}

fn id() -> impl Strategy<Value = String> {
    prop_oneof![
        "[1-4]{12}",
        Just("100000001001".to_owned()),
        Just("111122223333".to_owned()),
        Just("444455556666".to_owned())
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn masking_changes_no_verdict(
        accounts in vec((id(), "[A-Za-z ]{0,8}"), 1..6),
        others in vec(id(), 3),
        statements in vec((any::<bool>(), 0_usize..6, 0_usize..6, 0_usize..6), 1..5),
        requests in vec((0_usize..6, 0_usize..6, 0_usize..4), 1..6),
    ) {
        let mut seen = std::collections::BTreeSet::new();
        let accounts: Vec<(String, String)> = accounts.into_iter().filter(|(id, _)| seen.insert(id.clone())).collect();
        let pick = |at: usize| accounts.get(at).map_or_else(|| others[at % 3].clone(), |(id, _)| id.clone());
        let document = |resource: bool| {
            let list: Vec<Value> = statements.iter().map(|(deny, who, what, how)| {
                let (a, b) = (pick(*who), pick(*what));
                let condition = match how {
                    0 => json!({ "StringEquals": { "aws:PrincipalAccount": a } }),
                    1 => json!({ "ArnLike": { "aws:PrincipalArn": format!("arn:aws:iam::{a}:role/*") } }),
                    2 => json!({ "StringNotLike": { "aws:ResourceAccount": [a, format!("*{b}")] } }),
                    3 => json!({ "StringEquals": { "aws:SourceAccount": b } }),
                    4 => json!({ "StringLike": { "aws:PrincipalArn": format!("*:{b}:*") } }),
                    _ => json!({}),
                };
                let mut statement = json!({ "Effect": if *deny { "Deny" } else { "Allow" }, "Action": "s3:*",
                    "Resource": ([json!("*"), json!(format!("arn:aws:s3:::data-{b}/*"))][what % 2]), "Condition": condition });
                if resource {
                    statement["Principal"] = [json!("*"), json!({ "AWS": b }), json!({ "AWS": format!("arn:aws:iam::{b}:role/r0") })][who % 3].clone();
                }
                statement
            }).collect();
            json!({ "Version": "2012-10-17", "Statement": list })
        };
        let children: Vec<Value> = accounts.iter().map(|(id, name)| json!({ "type": "account", "id": id, "name": name, "policies": ["FullAWSAccess", "scp"] })).collect();
        let principals: Vec<Value> = accounts.iter().enumerate().map(|(at, (id, _))| json!({ "id": format!("p{at}"), "type": "role", "account": id, "name": format!("r{at}"), "policies": ["identity"] })).collect();
        let requests: Vec<Value> = requests.iter().enumerate().map(|(at, (who, what, how))| {
            let mut request = json!({ "id": format!("q{at}"), "action": "s3:GetObject", "resource": format!("arn:aws:s3:::data-{}/{}", pick(*what), pick(*who)), "resourceAccount": pick(*what),
                "principal": match how {
                    0 => json!({ "type": "everyAccount", "role": "r0", "policies": ["identity"] }),
                    1 => json!({ "type": "arn", "arn": format!("arn:aws:iam::{}:role/r0", pick(*who)) }),
                    _ => json!(format!("p{}", who % accounts.len())),
                } });
            if *how == 3 {
                request["context"] = json!({ "aws:SourceAccount": pick(*what) });
            }
            request
        }).collect();
        let scenario = read(&json!({
            "version": 1,
            "organization": { "root": { "children": children } },
            "policies": [{ "id": "scp", "kind": "scp", "document": document(false) }, { "id": "identity", "kind": "identity", "document": document(false) }, { "id": "bucket", "kind": "resource", "document": document(true) }],
            "principals": principals,
            "resources": [{ "arn": format!("arn:aws:s3:::data-{}", pick(0)), "account": pick(0), "policy": "bucket" }],
            "requests": requests,
        }).to_string());
        let masked = mask(&scenario).expect("nothing here looks at a part of an id");
        prop_assert_eq!(verdicts(&masked.scenario), verdicts(&scenario));
        let text = write(&masked.scenario);
        for (id, _) in &accounts {
            prop_assert!(!text.contains(id.as_str()));
        }
    }
}
