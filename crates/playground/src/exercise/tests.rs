use evaluator::Truth;
use organization::{Edit, file};

use super::*;
use crate::view::Focus;

fn scenario(kind: &str, document: &str) -> Scenario {
    let attached = match kind {
        "scp" | "rcp" => r#", "policies": ["FullAWSAccess", "p"]"#,
        _ => "",
    };
    let own = if kind == "identity" {
        "p"
    } else {
        "AdministratorAccess"
    };
    let bucket = if kind == "resource" {
        r#", "policy": "p""#
    } else {
        ""
    };
    let trust = if kind == "trust" {
        r#", "trustPolicy": "p""#
    } else {
        ""
    };
    let text = format!(
        r#"{{
        "version": 1,
        "defaults": {{"time": "2026-11-21T09:00:00Z"}},
        "organization": {{
            "id": "o-exercise01",
            "managementAccountId": "111111111111",
            "enabledPolicyTypes": ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"],
            "root": {{"id": "r-ab12", "children": [
                {{"type": "account", "id": "111111111111", "name": "Management"}},
                {{"type": "ou", "id": "ou-ab12-11111111", "name": "Workloads"{attached}, "children": [
                    {{"type": "account", "id": "222222222222", "name": "Dev"}}
                ]}}
            ]}}
        }},
        "externalAccounts": [{{"id": "999999999999", "name": "Partner"}}],
        "policies": [{{"id": "p", "name": "P", "kind": "{kind}", "document": {document}}}],
        "principals": [
            {{"id": "admin", "type": "role", "account": "222222222222", "name": "Admin", "policies": ["{own}"]}},
            {{"id": "glass", "type": "role", "account": "222222222222", "name": "BreakGlass", "policies": ["AdministratorAccess"]{trust}}}
        ],
        "resources": [{{"arn": "arn:aws:s3:::logs", "account": "222222222222"{bucket}}}]
    }}"#
    );
    file::read(&text).unwrap().scenario
}

/// Adds the requests to the scenario and asks the engine, by the way that the page takes, what
/// each statement says.
fn check(scenario: &Scenario) -> Vec<(String, bool)> {
    let policy = PolicyId::from("p");
    let offered = exercise(scenario, &policy);
    assert!(offered.len() <= MOST);
    for Exercise {
        request,
        statement,
        matches,
    } in &offered
    {
        let edit = Edit::AddRequest {
            request: Box::new(request.clone()),
            position: None,
        };
        let asked = scenario.apply(edit).unwrap().scenario;
        let focus = Focus {
            request: asked.requests.last().unwrap().id.clone(),
            account: None,
        };
        let traces = Engine::new().explain(&asked, &[focus]);
        let trace = traces[0].as_ref().unwrap();
        let resource = &trace.resources[0];
        let mut statements = resource.deciding.iter().chain(&resource.others);
        let found = statements.find(|one| one.policy == policy && one.index == *statement);
        let wanted = if *matches { Truth::Met } else { Truth::Unmet };
        assert_eq!(found.map(|one| one.truth), Some(wanted), "{request:?}");
    }
    let name = |one: &Exercise| (one.request.name.clone(), one.matches);
    offered.iter().map(name).collect()
}

fn names(kind: &str, document: &str) -> Vec<String> {
    let offered = check(&scenario(kind, document));
    offered.into_iter().map(|(name, _)| name).collect()
}

const REGIONS: &str = r#"{"Version": "2012-10-17", "Statement": [{
    "Sid": "OutsideEurope", "Effect": "Deny", "NotAction": ["iam:*", "organizations:*"], "Resource": "*",
    "Condition": {
        "StringNotEquals": {"aws:RequestedRegion": ["eu-central-1", "eu-west-1"]},
        "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/BreakGlass"}
    }}]}"#;

#[test]
fn a_region_lock_is_met_outside_and_missed_inside() {
    let scenario = scenario("scp", REGIONS);
    let offered = exercise(&scenario, &PolicyId::from("p"));
    let regions: Vec<_> = offered
        .iter()
        .map(|one| one.request.region.as_deref())
        .collect();
    assert_eq!(regions, [Some("us-east-1"), Some("eu-central-1")]);
    let named: Vec<_> = check(&scenario);
    assert_eq!(
        named,
        [
            ("OutsideEurope applies".to_owned(), true),
            (
                "Not OutsideEurope: aws:RequestedRegion is eu-central-1".to_owned(),
                false
            )
        ]
    );
    assert_eq!(offered[0].request.action, "ec2:RunInstances");
    assert_eq!(
        offered[0].request.caller.principal().unwrap().as_str(),
        "admin"
    );
}

#[test]
fn what_is_there_already_is_not_offered_again() {
    let mut scenario = scenario("scp", REGIONS);
    for offered in exercise(&scenario, &PolicyId::from("p")) {
        let mut request = offered.request;
        request.name = "named otherwise".to_owned();
        let edit = Edit::AddRequest {
            request: Box::new(request),
            position: None,
        };
        scenario = scenario.apply(edit).unwrap().scenario;
    }
    assert_eq!(scenario.requests.len(), 2);
    assert_eq!(exercise(&scenario, &PolicyId::from("p")), []);
}

#[test]
fn each_kind_of_condition_is_met_and_missed() {
    for (condition, miss) in [
        (
            r#""BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}"#,
            "aws:MultiFactorAuthPresent is true",
        ),
        (
            r#""Null": {"aws:SourceVpce": "true"}"#,
            "aws:SourceVpce is vpce-0123456789abcdef0",
        ),
        (
            r#""IpAddress": {"aws:SourceIp": ["203.0.113.0/24"]}"#,
            "aws:SourceIp is 192.0.2.10",
        ),
        (
            r#""NotIpAddress": {"aws:SourceIp": ["203.0.113.0/24"]}"#,
            "aws:SourceIp is 203.0.113.0",
        ),
        (
            r#""NumericGreaterThan": {"aws:MultiFactorAuthAge": "3600"}"#,
            "aws:MultiFactorAuthAge is 3600",
        ),
        (
            r#""NumericLessThanEquals": {"s3:max-keys": "10"}"#,
            "s3:max-keys is 11",
        ),
        (
            r#""DateLessThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}"#,
            "aws:CurrentTime is 2026-01-01T00:00:00Z",
        ),
        (
            r#""StringNotEquals": {"aws:RequestTag/env": ["dev", "prod"]}"#,
            "aws:RequestTag/env is dev",
        ),
        (
            r#""StringLike": {"ec2:InstanceType": "t3.*"}"#,
            "ec2:InstanceType is m5.large",
        ),
        (
            r#""ForAllValues:StringEquals": {"aws:TagKeys": ["env"]}"#,
            "aws:TagKeys is another",
        ),
        (
            r#""ForAnyValue:StringLike": {"aws:TagKeys": ["e*"]}"#,
            "aws:TagKeys is another",
        ),
        (
            r#""ArnEquals": {"ec2:Vpc": "arn:aws:ec2:*:*:vpc/vpc-1"}"#,
            "ec2:Vpc is vpc-0123456789abcdef0",
        ),
    ] {
        let document = format!(
            r#"{{"Version": "2012-10-17", "Statement": [{{"Sid": "S", "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {{{condition}}}}}]}}"#
        );
        assert_eq!(
            names("scp", &document),
            ["S applies".to_owned(), format!("Not S: {miss}")],
            "{condition}"
        );
    }
}

#[test]
fn without_conditions_the_miss_is_another_caller_action_or_resource() {
    for (statement, miss) in [
        (
            r#""Action": "organizations:LeaveOrganization", "Resource": "*""#,
            Some("another action"),
        ),
        (
            r#""Action": ["cloudtrail:Stop*", "cloudtrail:DeleteTrail"], "Resource": "*""#,
            Some("another action"),
        ),
        (
            r#""NotAction": "s3:*", "Resource": "*""#,
            Some("another action"),
        ),
        (
            r#""Action": "*", "Resource": "arn:aws:s3:::logs/*""#,
            Some("another action"),
        ),
        (r#""Action": "*", "Resource": "*""#, None),
    ] {
        let document = format!(
            r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Deny", {statement}}}]}}"#
        );
        let wanted: Vec<String> = std::iter::once("Statement 1 applies".to_owned())
            .chain(miss.map(|miss| format!("Not Statement 1: {miss}")))
            .collect();
        assert_eq!(names("scp", &document), wanted, "{statement}");
    }
    let only_caller = r#"{"Version": "2012-10-17", "Statement": [{"Sid": "S", "Effect": "Deny", "Action": "*", "Resource": "*",
        "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/BreakGlass"}}}]}"#;
    assert_eq!(
        names("scp", only_caller),
        ["S applies", "Not S: another caller"]
    );
}

#[test]
fn other_kinds_of_policy_are_asked_where_they_are_used() {
    let rcp = r#"{"Version": "2012-10-17", "Statement": [{"Sid": "Perimeter", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
        "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-exercise01"}, "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}]}"#;
    assert_eq!(
        names("rcp", rcp),
        ["Perimeter applies", "Not Perimeter: another caller"]
    );
    let identity = r#"{"Version": "2012-10-17", "Statement": [{"Sid": "Read", "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::logs/*"}]}"#;
    assert_eq!(
        names("identity", identity),
        ["Read applies", "Not Read: another action"]
    );
    let bucket = r#"{"Version": "2012-10-17", "Statement": [{"Sid": "Tls", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}"#;
    assert_eq!(
        names("resource", bucket),
        ["Tls applies", "Not Tls: aws:SecureTransport is true"]
    );
    let trust = r#"{"Version": "2012-10-17", "Statement": [{"Sid": "Mfa", "Effect": "Allow", "Principal": {"AWS": "222222222222"}, "Action": "sts:AssumeRole",
        "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}]}"#;
    assert_eq!(
        names("trust", trust),
        [
            "Mfa applies",
            "Not Mfa: aws:MultiFactorAuthPresent is false"
        ]
    );
}

#[test]
fn a_policy_that_is_attached_nowhere_is_tried_at_the_root_and_a_refused_one_not_at_all() {
    let whole = scenario("scp", REGIONS);
    let node = organization::NodeId::from("ou-ab12-11111111");
    let edit = Edit::Detach {
        node,
        policy: PolicyId::from("p"),
    };
    let detached = whole.apply(edit).unwrap().scenario;
    assert_eq!(exercise(&detached, &PolicyId::from("p")).len(), 2);
    let refused = scenario(
        "scp",
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*"}]}"#,
    );
    assert_eq!(exercise(&refused, &PolicyId::from("p")), []);
    assert_eq!(exercise(&whole, &PolicyId::from("gone")), []);
}

#[test]
fn many_statements_give_no_more_requests_than_one_can_read() {
    let statement = |at: usize| {
        format!(r#"{{"Sid": "S{at}", "Effect": "Deny", "Action": "ec2:Run{at}", "Resource": "*"}}"#)
    };
    let statements: Vec<String> = (0..20).map(statement).collect();
    let document = format!(
        r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#,
        statements.join(",")
    );
    let offered = check(&scenario("scp", &document));
    assert_eq!(offered.len(), MOST);
}
