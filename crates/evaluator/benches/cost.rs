//! What one more of everything costs: a level, a statement, an unknown context key, a resource.
//!
//! `cargo bench -p guardrail-evaluator --bench cost`. The price of one is the difference between
//! neighbours divided by the difference of their counts.

#![expect(
    clippy::expect_used,
    reason = "a broken fixture must stop the benchmark"
)]

use std::fmt::Write as _;
use std::hint::black_box;

use divan::Bencher;
use evaluator::{Library, LibraryPolicy, Prepared, World, compile, prepare};
use organization::{PolicyId, Scenario, WELL_KNOWN, file};

fn main() {
    divan::main();
}

/// An organization with `levels` levels (2 to 7), a guardrail of `statements` statements at the
/// root that deny by `unknown` keys which nobody stated, and a request on `resources` resources.
fn scenario(levels: usize, statements: usize, unknown: usize, resources: usize) -> Scenario {
    let mut list = Vec::new();
    for at in 0..statements {
        let condition = if at < unknown {
            format!(r#""StringEquals": {{"ec2:Key{at}": "a{at}"}}"#)
        } else {
            format!(r#""StringEquals": {{"aws:RequestedRegion": "xx-none-{at}"}}"#)
        };
        list.push(format!(
            r#"{{"Effect": "Deny", "Action": "ec2:*", "Resource": "*", "Condition": {{{condition}}}}}"#
        ));
    }
    let account = r#"{"type": "account", "id": "222222222222", "name": "Shop"}"#.to_owned();
    let tree = (0..levels.saturating_sub(2)).fold(account, |below, at| {
        format!(
            r#"{{"type": "ou", "id": "ou-ab12-1111111{at}", "name": "OU", "children": [{below}]}}"#
        )
    });
    let guardrail = if statements == 0 {
        String::new()
    } else {
        r#", "guardrail""#.to_owned()
    };
    let mut arns = String::new();
    for at in 0..resources {
        let comma = if at == 0 { "" } else { ", " };
        let _ = write!(
            arns,
            r#"{comma}{{"arn": "arn:aws:ec2:eu-west-1:222222222222:volume/vol-{at}"}}"#
        );
    }
    let text = format!(
        r#"{{"version": 1,
          "organization": {{"id": "o-exampleorgid", "managementAccountId": "111111111111",
            "root": {{"id": "r-ab12", "policies": ["FullAWSAccess"{guardrail}], "children": [{tree}]}}}},
          "policies": [{{"id": "guardrail", "kind": "scp", "document": {{"Version": "2012-10-17", "Statement": [{}]}}}}],
          "principals": [{{"id": "dev", "type": "role", "account": "222222222222", "name": "Dev", "policies": ["AdministratorAccess"]}}],
          "requests": [{{"id": "r", "principal": {{"type": "role", "id": "dev"}}, "action": "ec2:RunInstances", "region": "eu-west-1", "resources": [{arns}]}}]}}"#,
        list.join(", ")
    );
    file::read(&text).expect("the scenario is valid").scenario
}

fn with_prepared(scenario: &Scenario, run: impl FnOnce(&Prepared)) {
    let mut library = Library::default();
    let own = scenario.policies.iter().map(|policy| policy.id.clone());
    let known = WELL_KNOWN.iter().map(|policy| PolicyId::from(policy.name));
    for id in own.chain(known) {
        let policy = scenario.policy(id.as_str()).expect("the policy is there");
        let kind = policy.kind();
        let compiled = kind.and_then(|kind| compile(&policy::parse(policy.text(), kind), kind));
        let compiled = compiled.map(std::rc::Rc::new);
        library.insert(id, LibraryPolicy { kind, compiled });
    }
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
    let prepared = prepare(&world, request, None).expect("the request can be evaluated");
    run(&prepared);
}

#[divan::bench(args = [2, 4, 7], sample_size = 1000)]
fn decide_by_levels(bencher: Bencher<'_, '_>, levels: usize) {
    with_prepared(&scenario(levels, 1, 0, 1), |prepared| {
        bencher.bench_local(|| black_box(prepared).decide());
    });
}

#[divan::bench(args = [2, 4, 7], sample_size = 200)]
fn explain_by_levels(bencher: Bencher<'_, '_>, levels: usize) {
    with_prepared(&scenario(levels, 1, 0, 1), |prepared| {
        bencher.bench_local(|| black_box(prepared).explain());
    });
}

#[divan::bench(args = [1, 10, 40], sample_size = 1000)]
fn decide_by_statements(bencher: Bencher<'_, '_>, statements: usize) {
    with_prepared(&scenario(4, statements, 0, 1), |prepared| {
        bencher.bench_local(|| black_box(prepared).decide());
    });
}

#[divan::bench(args = [1, 10, 40], sample_size = 100)]
fn explain_by_statements(bencher: Bencher<'_, '_>, statements: usize) {
    with_prepared(&scenario(4, statements, 0, 1), |prepared| {
        bencher.bench_local(|| black_box(prepared).explain());
    });
}

/// Each unknown key has three cases here: its literal, another value, absence; 5 keys are 243.
#[divan::bench(args = [0, 1, 3, 5], sample_size = 10)]
fn answer_by_unknown_keys(bencher: Bencher<'_, '_>, unknown: usize) {
    with_prepared(&scenario(4, 5, unknown, 1), |prepared| {
        bencher.bench_local(|| black_box(prepared).answer());
    });
}

#[divan::bench(args = [1, 2, 8], sample_size = 1000)]
fn decide_by_resources(bencher: Bencher<'_, '_>, resources: usize) {
    with_prepared(&scenario(4, 1, 0, resources), |prepared| {
        bencher.bench_local(|| black_box(prepared).decide());
    });
}
