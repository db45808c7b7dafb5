//! Requests over every account: what the engine shares between accounts and keeps between edits
//! must be what each account gets by itself.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test whose data cannot be read must fail, in its helpers too"
)]

use std::fmt::Write as _;

use evaluator::{Verdict, World};
use guardrail_tests::library;
use organization::{AccountId, Scenario, file};
use playground::Engine;

/// Conditions that tell accounts apart, each in its own way, and one that does not.
const CONDITIONS: [&str; 15] = [
    r#""ArnLike": {"aws:PrincipalArn": "arn:aws:iam::20000000000?:role/Admin"}"#,
    r#""ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::200000000003:role/*"}"#,
    r#""StringEquals": {"aws:PrincipalAccount": ["200000000001", "200000000007"]}"#,
    r#""StringNotEquals": {"aws:PrincipalAccount": "200000000005"}"#,
    r#""ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-every00001/r-root/ou-root-00000001/*"}"#,
    r#""ForAllValues:StringNotLike": {"aws:PrincipalOrgPaths": "o-every00001/r-root/ou-root-00000002/*"}"#,
    r#""StringEquals": {"aws:PrincipalTag/env": "prod"}"#,
    r#""StringLike": {"aws:SourceArn": "arn:aws:s3:::${aws:PrincipalAccount}-*"}"#,
    r#""StringEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}"#,
    r#""StringEquals": {"aws:ResourceAccount": "200000000002"}"#,
    r#""StringEquals": {"s3:ResourceAccount": "${aws:PrincipalAccount}"}"#,
    r#""StringNotEquals": {"s3:ResourceAccount": ["200000000002", "200000000004"]}"#,
    r#""StringEquals": {"kms:CallerAccount": "200000000006"}"#,
    r#""StringEquals": {"aws:PrincipalOrgID": "o-every00001"}"#,
    r#""Bool": {"aws:SecureTransport": "true"}"#,
];

/// Resources, some of an account that has a row of its own.
const RESOURCES: [&str; 4] = [
    "*",
    "arn:aws:sqs:eu-west-1:200000000004:queue",
    "arn:aws:s3:::shared/report",
    "arn:aws:s3:::${aws:PrincipalAccount}-logs",
];

/// A small generator: the same seed gives the same scenario.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % sides
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list.get(self.below(list.len()))
            .copied()
            .unwrap_or_default()
    }
}

fn scenario(dice: &mut Dice) -> Scenario {
    let mut policies = String::new();
    for at in 0..4 {
        let condition = dice.of(&CONDITIONS);
        let effect = dice.of(&["Deny", "Deny", "Allow"]);
        let _ = write!(
            policies,
            r#"{{"id": "scp-{at}", "kind": "scp", "document": {{"Version": "2012-10-17", "Statement": [{{"Effect": "{effect}", "Action": "*", "Resource": "*", "Condition": {{{condition}}}}}]}}}},"#
        );
    }
    let rcp = dice.of(&CONDITIONS);
    let bucket = dice.of(&[
        r#""*""#,
        r#"{"AWS": "200000000003"}"#,
        r#"{"AWS": "arn:aws:iam::200000000006:role/Admin"}"#,
    ]);
    let attach = |dice: &mut Dice| {
        let mut list = vec![r#""FullAWSAccess""#.to_owned()];
        for at in 0..4 {
            if dice.below(4) == 0 {
                list.push(format!(r#""scp-{at}""#));
            }
        }
        if dice.below(5) == 0 {
            list.push(r#""rcp""#.to_owned());
        }
        if dice.below(9) == 0 {
            list.remove(0);
        }
        list.join(", ")
    };
    let mut ous = String::new();
    for ou in 1..=3 {
        let own = attach(dice);
        let mut accounts = String::new();
        for at in 0..3 {
            let id = 200_000_000_000_u64 + (ou - 1) * 3 + at;
            let own = if dice.below(2) == 0 {
                r#""FullAWSAccess""#.to_owned()
            } else {
                attach(dice)
            };
            let comma = if at == 0 { "" } else { "," };
            let _ = write!(
                accounts,
                r#"{comma}{{"type": "account", "id": "{id}", "name": "a{at}", "policies": [{own}]}}"#
            );
        }
        let comma = if ou == 1 { "" } else { "," };
        let _ = write!(
            ous,
            r#"{comma}{{"type": "ou", "id": "ou-root-0000000{ou}", "name": "ou{ou}", "policies": [{own}], "children": [{accounts}]}}"#
        );
    }
    let resource = dice.of(&RESOURCES);
    let action = dice.of(&[
        "sqs:SendMessage",
        "s3:GetObject",
        "ec2:RunInstances",
        "kms:ListKeys",
    ]);
    let unstated = dice.of(&["absent", "unknown"]);
    let text = format!(
        r#"{{"version": 1, "settings": {{"unstatedKeys": "{unstated}"}},
        "organization": {{"id": "o-every00001", "managementAccountId": "100000000000",
          "enabledPolicyTypes": ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"],
          "root": {{"id": "r-root", "children": [{ous}, {{"type": "account", "id": "100000000000", "name": "m"}}]}}}},
        "policies": [{policies}
          {{"id": "rcp", "kind": "rcp", "document": {{"Version": "2012-10-17", "Statement": [{{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {{{rcp}}}}}]}}}},
          {{"id": "bucket", "kind": "resource", "document": {{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Principal": {bucket}, "Action": "*", "Resource": "*"}}]}}}}],
        "resources": [{{"arn": "arn:aws:s3:::shared", "account": "200000000001", "policy": "bucket"}}],
        "requests": [{{"id": "r", "principal": {{"type": "everyAccount", "role": "Admin", "policies": ["AdministratorAccess"]}},
          "action": "{action}", "resource": "{resource}", "context": {{"aws:SourceArn": "arn:aws:s3:::200000000002-x"}}}}]}}"#
    );
    file::read(&text).expect("the scenario is valid").scenario
}

/// Every member account by itself, with nothing kept.
fn one_by_one(scenario: &Scenario) -> Vec<(AccountId, Verdict)> {
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
    let request = scenario.requests.first().expect("there is a request");
    let tree = tree.as_ref().expect("there is an organization");
    tree.accounts()
        .filter(|account| account.id.as_str() != "100000000000")
        .map(|account| {
            let prepared = evaluator::prepare(&world, request, Some(&account.id));
            let verdict = prepared.expect("it can be prepared").answer().verdict;
            (account.id.clone(), verdict)
        })
        .collect()
}

fn by_engine(engine: &mut Engine, scenario: &Scenario) -> (Vec<(AccountId, Verdict)>, usize) {
    let analysis = engine.analyze(scenario, None);
    let request = analysis.requests.first().expect("there is a request");
    let rows = request.rows.iter();
    let rows = rows.map(|row| {
        (
            row.account.clone().expect("it is of an account"),
            row.verdict,
        )
    });
    (rows.collect(), analysis.evaluated)
}

#[test]
fn what_is_shared_between_accounts_is_what_each_gets_by_itself() {
    let mut different = 0;
    for seed in 1..=400_u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let first = scenario(&mut dice);
        // Another scenario with the same ids, so that what is kept of the first one could be wrong.
        let second = scenario(&mut dice);
        let mut engine = Engine::new();
        for scenario in [&first, &second, &first] {
            let (rows, _) = by_engine(&mut engine, scenario);
            assert_eq!(rows, one_by_one(scenario), "seed {seed}");
            let verdicts = rows.iter().map(|(_, verdict)| verdict);
            let mut verdicts: Vec<String> = verdicts.map(|it| format!("{it:?}")).collect();
            verdicts.sort_unstable();
            verdicts.dedup();
            different += usize::from(verdicts.len() > 1);
        }
    }
    assert!(
        different > 300,
        "accounts differ in {different} of 1,200 cases"
    );
}

#[test]
fn accounts_that_no_policy_tells_apart_are_evaluated_once() {
    let scenario = |condition: &str| {
        let accounts: Vec<String> = (0..500)
            .map(|at| {
                format!(
                    r#"{{"type": "account", "id": "{}", "name": "a"}}"#,
                    200_000_000_000_u64 + at
                )
            })
            .collect();
        let accounts = accounts.join(",");
        let text = format!(
            r#"{{"version": 1, "organization": {{"id": "o-every00001", "managementAccountId": "100000000000",
              "root": {{"id": "r-root", "policies": ["FullAWSAccess", "lock"], "children": [{accounts}, {{"type": "account", "id": "100000000000", "name": "m"}}]}}}},
            "policies": [{{"id": "lock", "kind": "scp", "document": {{"Version": "2012-10-17", "Statement": [{{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {{{condition}}}}}]}}}}],
            "requests": [{{"id": "r", "principal": {{"type": "everyAccount", "role": "Admin", "policies": ["AdministratorAccess"]}},
              "action": "ec2:RunInstances", "region": "us-east-1"}}]}}"#
        );
        file::read(&text).expect("the scenario is valid").scenario
    };
    let alike = scenario(r#""StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}"#);
    let mut engine = Engine::new();
    let (rows, evaluated) = by_engine(&mut engine, &alike);
    assert_eq!(rows.len(), 500);
    assert!(
        rows.iter()
            .all(|(_, verdict)| *verdict == Verdict::ExplicitDeny)
    );
    assert_eq!(evaluated, 1, "one account stands for all");
    let (_, again) = by_engine(&mut engine, &alike);
    assert_eq!(again, 0, "and its answer is kept");

    let apart = scenario(r#""StringEquals": {"aws:PrincipalAccount": "200000000017"}"#);
    let (rows, evaluated) = by_engine(&mut Engine::new(), &apart);
    assert_eq!(evaluated, 500, "each account is asked for itself");
    let denied: Vec<&str> = rows
        .iter()
        .filter(|(_, verdict)| *verdict == Verdict::ExplicitDeny)
        .map(|(account, _)| account.as_str())
        .collect();
    assert_eq!(denied, ["200000000017"]);
}
