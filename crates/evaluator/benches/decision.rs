//! The decision of the budget table: four levels, a region lock and an identity policy.
//!
//! `cargo bench -p guardrail-evaluator`. Budget, native: 0.5 µs to decide, 5 µs to explain.

#![expect(
    clippy::expect_used,
    reason = "a broken fixture must stop the benchmark"
)]

use std::hint::black_box;

use divan::Bencher;
use evaluator::{Library, LibraryPolicy, Prepared, World, compile, prepare};
use organization::{PolicyId, Scenario, WELL_KNOWN, file};

fn main() {
    divan::main();
}

const SCENARIO: &str = r#"{
  "version": 1,
  "organization": {
    "id": "o-exampleorgid",
    "managementAccountId": "111111111111",
    "root": {
      "id": "r-ab12",
      "policies": ["FullAWSAccess", "region-lock"],
      "children": [
        { "type": "account", "id": "111111111111", "name": "Management" },
        { "type": "ou", "id": "ou-ab12-11111111", "name": "Workloads", "children": [
          { "type": "ou", "id": "ou-ab12-22222222", "name": "Production", "children": [
            { "type": "account", "id": "222222222222", "name": "Shop" } ] } ] }
      ]
    }
  },
  "policies": [
    { "id": "region-lock", "kind": "scp", "document": {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "DenyOutsideEurope",
          "Effect": "Deny",
          "NotAction": ["a4b:*", "budgets:*", "ce:*", "cloudfront:*", "globalaccelerator:*", "health:*", "iam:*", "organizations:*", "route53:*", "sts:*", "support:*", "waf:*"],
          "Resource": "*",
          "Condition": {
            "StringNotEquals": { "aws:RequestedRegion": ["eu-central-1", "eu-west-1"] },
            "ArnNotLike": { "aws:PrincipalArn": "arn:aws:iam::*:role/BreakGlass" }
          }
        }
      ] } },
    { "id": "developer", "kind": "identity", "document": {
      "Version": "2012-10-17",
      "Statement": [
        { "Sid": "Compute", "Effect": "Allow", "Action": ["ec2:Describe*", "ec2:RunInstances", "ec2:StopInstances"], "Resource": "*" },
        { "Sid": "Own", "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::team/${aws:PrincipalTag/team}/*" }
      ] } }
  ],
  "principals": [
    { "id": "dev", "type": "role", "account": "222222222222", "name": "Developer", "policies": ["developer"], "tags": { "team": "shop" } }
  ],
  "requests": [
    { "id": "inside", "principal": { "type": "role", "id": "dev", "session": "ana" }, "action": "ec2:RunInstances", "resource": "arn:aws:ec2:eu-west-1:222222222222:instance/*", "region": "eu-west-1" },
    { "id": "outside", "principal": { "type": "role", "id": "dev", "session": "ana" }, "action": "ec2:RunInstances", "resource": "arn:aws:ec2:us-east-2:222222222222:instance/*", "region": "us-east-2" }
  ]
}"#;

/// The request `id` of [`SCENARIO`], prepared, is handed to `run`.
fn with_prepared(id: &str, run: impl FnOnce(&World<'_>, &organization::Request, &Prepared)) {
    let scenario = file::read(SCENARIO)
        .expect("the scenario is valid")
        .scenario;
    let library = library(&scenario);
    let tree = scenario
        .organization
        .as_ref()
        .map(organization::Organization::index);
    let world = World {
        scenario: &scenario,
        tree: tree.as_ref(),
        library: &library,
    };
    let request = scenario.request(id).expect("the request is there");
    let prepared = prepare(&world, request, None).expect("the request can be evaluated");
    run(&world, request, &prepared);
}

fn library(scenario: &Scenario) -> Library {
    let mut library = Library::default();
    let own = scenario.policies.iter().map(|policy| policy.id.clone());
    let known = WELL_KNOWN.iter().map(|policy| PolicyId::from(policy.name));
    for id in own.chain(known) {
        let policy = scenario.policy(id.as_str()).expect("the policy is there");
        let kind = policy.kind();
        let compiled = kind.and_then(|kind| compile(&policy::parse(policy.text(), kind), kind));
        library.insert(
            id,
            LibraryPolicy {
                kind,
                compiled: compiled.map(std::rc::Rc::new),
            },
        );
    }
    library
}

const REQUESTS: [&str; 2] = ["inside", "outside"];

#[divan::bench(args = REQUESTS, sample_size = 1000)]
fn decide(bencher: Bencher<'_, '_>, id: &str) {
    with_prepared(id, |_, _, prepared| {
        bencher.bench_local(|| black_box(prepared).decide());
    });
}

#[divan::bench(args = REQUESTS, sample_size = 1000)]
fn explain(bencher: Bencher<'_, '_>, id: &str) {
    with_prepared(id, |_, _, prepared| {
        bencher.bench_local(|| black_box(prepared).explain());
    });
}

#[divan::bench(args = REQUESTS, sample_size = 1000)]
fn prepare_and_decide(bencher: Bencher<'_, '_>, id: &str) {
    with_prepared(id, |world, request, _| {
        bencher.bench_local(|| {
            prepare(black_box(world), black_box(request), None).map(|prepared| prepared.decide())
        });
    });
}
