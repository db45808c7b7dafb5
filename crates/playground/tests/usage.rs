//! Which statements of a policy the requests use.
#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use organization::{PolicyId, file};
use playground::Engine;

const SCENARIO: &str = r#"{
    "version": 1,
    "organization": {"managementAccountId": "111111111111", "root": {"policies": ["FullAWSAccess", "guard"], "children": [
        {"type": "account", "id": "111111111111", "name": "Management"},
        {"type": "account", "id": "222222222222", "name": "Dev"}
    ]}},
    "policies": [{"id": "guard", "name": "Guard", "kind": "scp", "document": {"Version": "2012-10-17", "Statement": [
        {"Sid": "NoS3", "Effect": "Deny", "Action": "s3:*", "Resource": "*"},
        {"Effect": "Deny", "Action": "ec2:*", "Resource": "*"},
        {"Sid": "All", "Effect": "Allow", "Action": "*", "Resource": "*"}
    ]}}, {"id": "loose", "name": "Loose", "kind": "scp", "document": {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}},
    {"id": "broken", "name": "Broken", "kind": "scp", "document": {"Statement": []}}],
    "principals": [{"id": "admin", "type": "role", "account": "222222222222", "name": "Admin", "policies": ["AdministratorAccess"]}],
    "requests": [
        {"id": "list", "principal": {"type": "role", "id": "admin"}, "action": "s3:ListAllMyBuckets"},
        {"id": "users", "principal": {"type": "role", "id": "admin"}, "action": "iam:ListUsers"},
        {"id": "all", "principal": {"type": "everyAccount", "role": "Admin", "policies": ["AdministratorAccess"]}, "action": "s3:ListAllMyBuckets"}
    ]
}"#;

/// Each statement of a policy with the requests that it decides, and those that it matches besides.
fn used(policy: &str) -> Option<Vec<String>> {
    let scenario = file::read(SCENARIO).unwrap().scenario;
    let usage = Engine::new().usage(&scenario, &PolicyId::from(policy))?;
    assert!(usage.complete);
    let told = usage.statements.iter().map(|one| {
        let ids = |ids: &[organization::RequestId]| -> String {
            let ids: Vec<&str> = ids.iter().map(|id| id.as_str()).collect();
            ids.join(" ")
        };
        format!(
            "{}: {} | {}",
            one.title,
            ids(&one.decides),
            ids(&one.matches)
        )
    });
    Some(told.collect())
}

#[test]
fn each_statement_is_told_with_what_it_decides() {
    assert_eq!(
        used("guard").unwrap(),
        [
            "NoS3: list all | ",
            "Statement 2:  | ",
            "All: users | list all"
        ]
    );
}

#[test]
fn a_policy_that_is_attached_nowhere_decides_nothing() {
    assert_eq!(used("loose").unwrap(), ["Statement 1:  | "]);
}

#[test]
fn nothing_is_said_of_what_cannot_be_read() {
    assert_eq!(used("broken"), None);
    assert_eq!(used("missing"), None);
}
