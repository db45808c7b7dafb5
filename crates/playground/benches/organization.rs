//! 10,000 accounts in 2,000 OUs, 100 requests over every account: all verdicts once, and after one
//! edit.
//!
//! `cargo bench -p guardrail-playground`. Budgets (docs say: in the browser): 100 ms once where no
//! policy looks at the account, 1 s where one does, 16 ms after an edit for what is on screen.

#![expect(
    clippy::expect_used,
    reason = "a broken fixture must stop the benchmark"
)]

use std::fmt::Write as _;
use std::hint::black_box;

use divan::Bencher;
use organization::{Edit, PolicyId, Scenario, file};
use playground::Engine;

fn main() {
    divan::main();
}

const REGION: &str = r#""StringNotEquals": {"aws:RequestedRegion": ["eu-central-1", "eu-west-1"]}"#;
const ROLE: &str = r#""StringNotEquals": {"aws:RequestedRegion": ["eu-central-1", "eu-west-1"]}, "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/BreakGlass"}"#;

fn guardrail(condition: &str) -> String {
    format!(
        r#"{{"Version": "2012-10-17", "Statement": [{{"Sid": "Lock", "Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "Resource": "*", "Condition": {{{condition}}}}}]}}"#
    )
}

/// 40 OUs with 49 OUs each, five accounts in every one of those and a few more in the outer ones.
fn scenario(condition: &str, requests: usize) -> Scenario {
    let mut number = 200_000_000_000_u64;
    let mut account = |out: &mut String| {
        number += 1;
        let comma = if out.is_empty() { "" } else { "," };
        let _ = write!(
            out,
            r#"{comma}{{"type": "account", "id": "{number}", "name": "Account"}}"#
        );
    };
    let mut outer = String::new();
    for at in 0..40 {
        let mut children = String::new();
        for inner in 0..49 {
            let mut accounts = String::new();
            for _ in 0..5 {
                account(&mut accounts);
            }
            let comma = if children.is_empty() { "" } else { "," };
            let _ = write!(
                children,
                r#"{comma}{{"type": "ou", "id": "ou-ab12-{at:04}{inner:04}", "name": "Team", "children": [{accounts}]}}"#
            );
        }
        for _ in 0..5 {
            account(&mut children);
        }
        let comma = if at == 0 { "" } else { "," };
        let _ = write!(
            outer,
            r#"{comma}{{"type": "ou", "id": "ou-ab12-u{at:07}", "name": "Unit", "policies": ["FullAWSAccess", "lock"], "children": [{children}]}}"#
        );
    }
    let mut list = String::new();
    for at in 0..requests {
        let comma = if at == 0 { "" } else { "," };
        let region = ["eu-west-1", "us-east-1"][at % 2];
        let _ = write!(
            list,
            r#"{comma}{{"id": "r{at}", "principal": {{"type": "everyAccount", "role": "Admin", "policies": ["AdministratorAccess"]}}, "action": "ec2:Action{at}", "region": "{region}"}}"#
        );
    }
    let text = format!(
        r#"{{"version": 1, "organization": {{"id": "o-exampleorgid", "managementAccountId": "111111111111",
          "root": {{"id": "r-ab12", "children": [{outer}, {{"type": "account", "id": "111111111111", "name": "Management"}}]}}}},
          "policies": [{{"id": "lock", "kind": "scp", "document": {}}}], "requests": [{list}]}}"#,
        guardrail(condition)
    );
    file::read(&text).expect("the scenario is valid").scenario
}

const POLICIES: [(&str, &str); 2] = [("no account", REGION), ("the account", ROLE)];

#[divan::bench(args = ["no account", "the account"], sample_count = 5, sample_size = 1)]
fn all_verdicts_once(bencher: Bencher<'_, '_>, policies_look_at: &str) {
    let scenario = scenario(condition(policies_look_at), 100);
    bencher
        .with_inputs(Engine::new)
        .bench_local_refs(|engine| black_box(engine.analyze(&scenario, None)));
}

#[divan::bench(args = ["no account", "the account"], sample_count = 5, sample_size = 1)]
fn one_request_after_an_edit_of_the_policy(bencher: Bencher<'_, '_>, policies_look_at: &str) {
    let condition = condition(policies_look_at);
    let before = scenario(condition, 1);
    let edit = Edit::SetPolicyText {
        policy: PolicyId::from("lock"),
        text: guardrail(condition).replace("sts:*", "ec2:Action0").into(),
    };
    let after = before.apply(edit).expect("the edit fits").scenario;
    bencher
        .with_inputs(|| {
            let mut engine = Engine::new();
            engine.analyze(&before, None);
            engine
        })
        .bench_local_refs(|engine| black_box(engine.analyze(&after, None)));
}

fn condition(policies_look_at: &str) -> &'static str {
    let mut policies = POLICIES.iter();
    policies
        .find(|(name, _)| *name == policies_look_at)
        .map_or(REGION, |(_, condition)| condition)
}
