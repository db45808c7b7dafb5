//! What does not hang on the kind of caller: the way of the call, the resource, tags, region and
//! time, and what was typed.

use super::{BASE, by, check, context_in, of, state};
use crate::context::RequestContext;

#[test]
fn network() {
    let through = |more: &str| of(&format!(r#""principal": "app", {more}"#));
    check(
        &by("\"app\""),
        &[
            ("aws:SourceIp", "present"), // K-20
            ("aws:SourceVpc", "absent"), // K-21
            ("aws:SourceVpce", "absent"),
            ("aws:VpcSourceIp", "absent"),
            ("aws:SourceVpcArn", "absent"), // K-22
            ("aws:VpceAccount", "absent"),
            ("aws:VpceOrgID", "absent"),
            ("aws:VpceOrgPaths", "absent"),
            ("aws:SecureTransport", "present"), // K-30
            ("aws:UserAgent", "present"),       // K-33
            ("aws:referer", "unknown"),         // K-34
            ("aws:ViaAWSService", "= false"),   // K-35
            ("aws:CalledVia", "absent"),        // K-36
            ("aws:CalledViaFirst", "absent"),   // K-37
            ("aws:CalledViaLast", "absent"),
        ],
    );
    check(
        &through(r#""endpoint": "vpce-1""#),
        &[
            ("aws:SourceIp", "absent"), // T-28
            ("aws:SourceVpc", "= vpc-1"),
            ("aws:SourceVpce", "= vpce-1"),
            ("aws:VpcSourceIp", "present"),
            ("aws:SourceVpcArn", "unknown"),
            ("aws:VpceAccount", "unknown"),
            ("aws:VpceOrgID", "unknown"),
            ("aws:VpceOrgPaths", "unknown"),
        ],
    );
    check(
        &through(r#""endpoint": "vpce-2""#),
        &[("aws:SourceVpc", "present"), ("aws:VpceOrgID", "unknown")],
    );
    check(
        &through(r#""endpoint": "vpce-3""#),
        &[
            ("aws:VpceAccount", "unknown"),
            ("aws:VpceOrgID", "absent"),
            ("aws:VpceOrgPaths", "absent"),
        ],
    );
}

#[test]
fn forwarded_calls() {
    let via = r#""via": ["cloudformation.amazonaws.com", "dynamodb.amazonaws.com"]"#;
    let forwarded = of(&format!(r#""principal": "alice", {via}"#));
    check(
        &forwarded,
        &[
            ("aws:ViaAWSService", "= true"),
            (
                "aws:CalledVia",
                "= [cloudformation.amazonaws.com, dynamodb.amazonaws.com]",
            ),
            ("aws:CalledViaFirst", "= cloudformation.amazonaws.com"),
            ("aws:CalledViaLast", "= dynamodb.amazonaws.com"),
            ("aws:PrincipalIsAWSService", "= false"), // K-9
            (
                "aws:PrincipalArn",
                "= arn:aws:iam::222222222222:user/eng/alice",
            ),
            ("aws:MultiFactorAuthPresent", "= false"), // K-15
            ("aws:MultiFactorAuthAge", "absent"),
            ("aws:SourceIp", "present"), // K-20
            ("aws:SourceVpce", "absent"),
        ],
    );
    // VPCE-5: the first call came through an endpoint, so there is no address to keep.
    check(
        &of(&format!(
            r#""principal": "alice", "endpoint": "vpce-1", {via}"#
        )),
        &[
            ("aws:SourceIp", "absent"),
            ("aws:SourceVpce", "absent"),
            ("aws:SourceVpc", "absent"),
        ],
    );
}

#[test]
fn owner_of_the_resource() {
    let calls = |more: &str| of(&format!(r#""principal": "app", {more}"#));
    let inside = [
        ("aws:ResourceAccount", "= 222222222222"), // K-23
        ("aws:ResourceOrgID", "= o-a1b2c3d4e5"),   // K-24
        (
            "aws:ResourceOrgPaths",
            "= [o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/]",
        ), // K-25
    ];
    check(&by("\"app\""), &inside);
    // An action on no single resource is one of the caller's account.
    check(&calls(r#""action": "s3:ListAllMyBuckets""#), &inside);
    check(
        &calls(r#""action": "s3:GetObject", "resource": "arn:aws:s3:::trails/x""#),
        &[
            ("aws:ResourceAccount", "= 888888888888"),
            ("aws:ResourceOrgID", "= o-other"),
            ("aws:ResourceOrgPaths", "= [o-other/r-zz11/]"),
        ],
    );
    check(
        &calls(r#""action": "s3:GetObject", "resource": "arn:aws:s3:::nobody-knows/x""#),
        &[
            ("aws:ResourceAccount", "present"),
            ("aws:ResourceOrgID", "unknown"),
            ("aws:ResourceOrgPaths", "unknown"),
        ],
    );
    check(
        &calls(r#""action": "s3:GetObject", "resourceAccount": "999999999999""#),
        &[
            ("aws:ResourceAccount", "= 999999999999"),
            ("aws:ResourceOrgID", "absent"),
        ],
    );
    // Whether an account that the scenario does not have is in an organization, nobody knows.
    check(
        &calls(r#""action": "s3:GetObject", "resourceAccount": "123456789012""#),
        &[
            ("aws:ResourceAccount", "= 123456789012"),
            ("aws:ResourceOrgID", "unknown"),
            ("aws:ResourceOrgPaths", "unknown"),
        ],
    );
    for action in ["ebs:GetSnapshotBlock", "ec2:CreateVpcPeeringConnection"] {
        check(
            &calls(&format!(
                r#""action": "{action}", "resource": "arn:aws:ec2:eu-west-1:222222222222:x/y""#
            )),
            &[
                ("aws:ResourceAccount", "absent"),
                ("aws:ResourceOrgID", "absent"),
                ("aws:ResourceOrgPaths", "absent"),
            ],
        );
    }
    for (account, state) in [
        ("222222222222", "= 222222222222"),
        ("888888888888", "unknown"),
    ] {
        check(
            &calls(&format!(
                r#""action": "events:PutEvents", "resource": "arn:aws:events:eu-west-1:{account}:event-bus/b""#
            )),
            &[("aws:ResourceAccount", state)],
        );
    }
}

#[test]
fn tags_of_the_resource() {
    let calls = |resource: &str| {
        of(&format!(
            r#""principal": "app", "action": "s3:ListBucket", {resource}"#
        ))
    };
    check(
        &calls(r#""resource": "arn:aws:s3:::logs""#),
        &[
            ("aws:ResourceTag/class", "= cold"), // K-26
            ("aws:ResourceTag/other", "absent"),
        ],
    );
    check(
        &calls(r#""resources": [ { "arn": "arn:aws:s3:::logs", "tags": { "CLASS": "hot" } } ]"#),
        &[("aws:ResourceTag/class", "= hot")],
    );
    // The tags of a bucket are not those of its objects.
    check(
        &calls(r#""resource": "arn:aws:s3:::logs/x""#),
        &[("aws:ResourceTag/class", "unknown")],
    );
    check(
        &of(r#""principal": "app", "action": "ec2:DescribeInstances""#),
        &[("aws:ResourceTag/class", "absent")],
    );
}

#[test]
fn tags_of_the_request() {
    check(
        &of(r#""principal": "app", "requestTags": { "Team": "blue", "env": "dev" }"#),
        &[
            ("aws:RequestTag/team", "= blue"), // K-27
            ("aws:RequestTag/other", "absent"),
            ("aws:TagKeys", "= [Team, env]"), // K-28
        ],
    );
    check(
        &by("\"app\""),
        &[("aws:RequestTag/team", "absent"), ("aws:TagKeys", "absent")],
    );
    check(
        &of(
            r#""principal": "app", "requestTags": { "Team": "blue" }, "context": { "aws:requesttag/Env": "dev" }"#,
        ),
        &[
            ("aws:RequestTag/env", "= dev (typed)"),
            ("aws:TagKeys", "= [Team, Env]"),
        ],
    );
    check(
        &of(
            r#""principal": "app", "requestTags": { "Team": "blue" }, "absent": ["aws:RequestTag/team"]"#,
        ),
        &[("aws:RequestTag/team", "absent"), ("aws:TagKeys", "absent")],
    );
    check(
        &of(r#""principal": "app", "unknown": ["aws:RequestTag/team"]"#),
        &[
            ("aws:RequestTag/team", "unknown"),
            ("aws:TagKeys", "unknown"),
        ],
    );
    check(
        &of(
            r#""principal": "app", "requestTags": { "Team": "blue" }, "context": { "aws:TagKeys": "x" }"#,
        ),
        &[("aws:TagKeys", "= [x] (typed over)")],
    );
}

#[test]
fn region() {
    let region = |fields: &str, request: &str| {
        let context = context_in(
            &format!("{BASE}, {fields}"),
            &format!(r#""principal": "app", {request}"#),
        );
        state(&context, "aws:RequestedRegion")
    };
    let default = r#""defaults": { "region": "eu-west-1" }"#;
    let none = r#""defaults": {}"#;
    let iam = r#""action": "iam:ListUsers""#;
    let ec2 = r#""action": "ec2:DescribeInstances""#;
    assert_eq!(region(none, ec2), "present");
    assert_eq!(region(default, ec2), "= eu-west-1 (default)");
    assert_eq!(
        region(default, &format!(r#"{ec2}, "region": "us-west-1""#)),
        "= us-west-1 (typed)"
    );
    // K-29: global services.
    assert_eq!(region(default, iam), "= us-east-1");
    assert_eq!(
        region(default, r#""action": "chatbot:DescribeSlackChannels""#),
        "= us-west-2"
    );
    assert_eq!(
        region(default, r#""action": "sts:GetCallerIdentity""#),
        "= eu-west-1 (default)",
        "sts has regional endpoints"
    );
    assert_eq!(
        region(default, &format!(r#"{iam}, "region": "us-east-1""#)),
        "= us-east-1 (typed)"
    );
    assert_eq!(
        region(default, &format!(r#"{iam}, "region": "eu-west-1""#)),
        "= eu-west-1 (typed over)"
    );
    // Other partitions have other regions.
    let china = BASE.replace(
        "\"id\": \"o-a1b2c3d4e5\"",
        "\"id\": \"o-a1b2c3d4e5\", \"partition\": \"aws-cn\"",
    );
    let context = context_in(
        &format!("{china}, {default}"),
        &format!(r#""principal": "app", {iam}"#),
    );
    check(
        &context,
        &[
            ("aws:RequestedRegion", "present"),
            (
                "aws:PrincipalArn",
                "= arn:aws-cn:iam::222222222222:role/svc/App",
            ),
        ],
    );
}

#[test]
fn time() {
    let at = |more: &str| of(&format!(r#""principal": "app", {more}"#));
    let both = |context: &RequestContext| {
        (
            state(context, "aws:CurrentTime"),
            state(context, "aws:EpochTime"),
        )
    };
    let expect = |time: &str, epoch: &str| (time.to_owned(), epoch.to_owned());
    assert_eq!(both(&by("\"app\"")), expect("present", "present")); // KEY-5
    // K-31, K-32: one instant.
    assert_eq!(
        both(&at(r#""time": "2020-01-01T01:00:00+01:00""#)),
        expect("= 2020-01-01T01:00:00+01:00 (typed)", "= 1577836800")
    );
    assert_eq!(
        both(&at(
            r#""context": { "aws:CurrentTime": "2020-01-01T00:00:00Z" }"#
        )),
        expect("= 2020-01-01T00:00:00Z (typed)", "= 1577836800")
    );
    assert_eq!(
        both(&at(r#""context": { "aws:EpochTime": 1577836800 }"#)),
        expect("= 2020-01-01T00:00:00Z", "= 1577836800 (typed)")
    );
    assert_eq!(
        both(&at(
            r#""time": "2020-01-01", "unknown": ["aws:CurrentTime"]"#
        )),
        expect("unknown", "present")
    );
    assert_eq!(
        both(&at(
            r#""time": "2020-01-01", "absent": ["aws:CurrentTime"]"#
        )),
        expect("absent", "= 1577836800")
    );
    let defaults = format!(r#"{BASE}, "defaults": {{ "time": "2020-01-01" }}"#);
    assert_eq!(
        both(&context_in(&defaults, r#""principal": "app""#)),
        expect("= 2020-01-01 (default)", "= 1577836800")
    );
    assert_eq!(
        both(&context_in(
            &defaults,
            r#""principal": "app", "time": "2020-01-02""#
        )),
        expect("= 2020-01-02 (typed)", "= 1577923200")
    );
}

#[test]
fn what_is_typed_wins_and_is_marked() {
    let fields = format!(
        r#"{BASE}, "defaults": {{ "context": {{ "aws:SourceIp": "203.0.113.7", "s3:prefix": "a", "aws:userid": "x" }} }}"#
    );
    let of = |request: &str| context_in(&fields, &format!(r#""principal": "app", {request}"#));
    check(
        &of(
            r#""context": { "AWS:SourceIP": "203.0.113.8", "aws:username": "app", "aws:PrincipalTag/new": "n", "aws:principaltag/team": "red", "aws:CalledVia": "athena.amazonaws.com", "aws:PrincipalOrgID": "o-other" }"#,
        ),
        &[
            ("aws:SourceIp", "= 203.0.113.8 (typed)"),
            ("s3:prefix", "= a (default)"),
            ("aws:userid", "= x (default)"),
            ("aws:username", "= app (typed over)"), // AWS never sets it for a role
            ("aws:PrincipalTag/new", "= n (typed)"),
            ("aws:PrincipalTag/Team", "= red (typed)"), // as it follows
            ("aws:PrincipalOrgID", "= o-other (typed over)"),
            ("aws:CalledVia", "= [athena.amazonaws.com] (typed over)"),
            ("aws:CalledViaFirst", "= athena.amazonaws.com"), // K-37
            ("aws:ViaAWSService", "= true"),
        ],
    );
    check(
        &of(
            r#""action": "s3:ListBucket", "context": { "s3:prefix": "b" }, "resources": [ { "arn": "arn:aws:s3:::logs", "context": { "s3:prefix": ["c", "d"] } } ]"#,
        ),
        &[("s3:prefix", "= [c, d] (typed)")],
    );
    // What is stated to be absent or unknown goes before all values.
    check(
        &of(
            r#""context": { "s3:prefix": "b", "s3:delimiter": "/" }, "absent": ["S3:Prefix", "aws:PrincipalOrgID"], "unknown": ["s3:delimiter", "aws:PrincipalArn"]"#,
        ),
        &[
            ("s3:prefix", "absent"),
            ("aws:PrincipalOrgID", "absent"),
            ("s3:delimiter", "unknown"),
            ("aws:PrincipalArn", "unknown"),
        ],
    );
}

#[test]
fn unstated_keys_are_unknown_or_absent() {
    let fields = format!(r#"{BASE}, "settings": {{ "unstatedKeys": "absent" }}"#);
    let of = |principal: &str| context_in(&fields, &format!(r#""principal": {principal}"#));
    check(
        &of("\"app\""),
        &[
            ("ec2:InstanceType", "absent"),
            ("aws:Ec2InstanceSourceVpc", "absent"),
            ("aws:SourceIp", "present"), // KEY-5
            ("aws:userid", "present"),
            ("aws:MultiFactorAuthPresent", "present"),
            ("aws:CurrentTime", "present"),
        ],
    );
    check(
        &of(r#"{ "type": "root", "account": "222222222222" }"#),
        &[
            ("aws:TokenIssueTime", "absent"),
            ("aws:MultiFactorAuthPresent", "absent"),
        ],
    );
    check(
        &of(r#"{ "type": "service", "name": "s3.amazonaws.com" }"#),
        &[("aws:SourceArn", "absent"), ("aws:SourceIp", "absent")],
    );
}
