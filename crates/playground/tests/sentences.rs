//! The sentence of each kind of verdict, as a person reads it, and the message that AWS would show.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test whose data cannot be read must fail, in its helpers too"
)]

use std::fs;
use std::path::Path;

use playground::{Engine, Focus, Inline, TraceView};

fn trace(file: &str, request: &str) -> TraceView {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = ["tests/scenarios", "crates/playground/examples"]
        .iter()
        .find_map(|folder| fs::read_to_string(root.join(folder).join(file)).ok())
        .expect(file);
    let scenario = organization::file::read(&text).unwrap().scenario;
    let focus = Focus {
        request: request.into(),
        account: None,
    };
    let analysis = Engine::new().analyze(&scenario, Some(&focus));
    (**analysis.trace.as_ref().expect(request)).clone()
}

fn plain(pieces: &[Inline]) -> String {
    let texts = pieces.iter().map(|piece| match piece {
        Inline::Text(text) | Inline::Strong(text) | Inline::Code(text) | Inline::Mark(text) => {
            text.as_str()
        }
    });
    texts.collect()
}

#[track_caller]
fn check(file: &str, request: &str, expected: &str) {
    assert_eq!(plain(&trace(file, request).sentence), expected);
}

#[test]
fn an_explicit_deny_names_statement_policy_place_and_reason() {
    check(
        "region-guardrail.json",
        "shop-virginia",
        "Denied: statement DenyOtherRegions of SCP Region guardrail, attached to OU Workloads, denies ec2:RunInstances because aws:RequestedRegion is us-east-1, and Shop is below that OU.",
    );
    check(
        "rcp-reach.json",
        "customer-key",
        "Denied: statement Everything of RCP everything, attached to the root, denies kms:Decrypt.",
    );
    check(
        "identity-groups.json",
        "alice-terminate",
        "Denied: statement NoTerminate of identity policy No terminating of group operators denies ec2:TerminateInstances.",
    );
    check(
        "several-resources.json",
        "large",
        "Denied: statement OnlySmall of identity policy small denies ec2:RunInstances on arn:aws:ec2:eu-west-1:222222222222:instance/i-1 because ec2:InstanceType is m5.large.",
    );
}

#[test]
fn several_denies_are_named_and_past_some_counted() {
    let said = plain(&trace("all-policy-types.json", "all-deny").sentence);
    assert!(
        said.contains(" So do statement NoDelete of SCP scp at Account A, "),
        "{said}"
    );
    assert!(said.ends_with(" and 2 more."), "{said}");
}

#[test]
fn an_implicit_deny_says_what_must_allow_and_what_nearly_does() {
    check(
        "scp-deep-tree.json",
        "deep-ec2",
        "Denied: no SCP attached to OU Level 5 allows ec2:DescribeInstances. Every level from the root to the account must allow it; an Allow at another level does not count.",
    );
    check(
        "language-ip.json",
        "absent",
        "Denied: no identity policy of user range in Account A allows s3:ListBucket. Statement 1 of range would, but aws:SourceIp is absent.",
    );
    check(
        "language-resources.json",
        "case",
        "Denied: no identity policy of user case in Account A allows s3:GetObject. Statement 1 of Case of the resource allows it only on arn:aws:s3:::Bucket/*.",
    );
    check(
        "switched-off-limits.json",
        "nobody",
        "Denied: nothing grants s3:GetObject because user nobody in Account A has no identity policy.",
    );
    check(
        "callers-without-grants.json",
        "anonymous",
        "Denied: an anonymous caller gets in only by a policy of the resource, and there is none.",
    );
    check(
        "grants-role.json",
        "role-both-limits",
        "Denied: the permissions boundary only-ec2 of role Bound in 222222222222 does not allow s3:GetObject. Also, no session policy of role Bound in 222222222222 allows s3:GetObject.",
    );
    // Of several resources, the one that stops is named.
    check(
        "calls-in-practice.json",
        "run-tagged",
        "Denied. On arn:aws:ec2:eu-west-1:222222222222:subnet/subnet-1: no identity policy of role Runner in Shop allows ec2:RunInstances. Statement Tagged of tagged-only would, but aws:RequestTag/team is absent.",
    );
}

#[test]
fn an_allow_says_what_grants_and_that_nothing_stops() {
    check(
        "region-guardrail.json",
        "shop-ireland",
        "Allowed: every level from Root to Shop allows ec2:RunInstances, and no SCP denies it. Identity policy AdministratorAccess of role Admin grants it.",
    );
    check(
        "trust-cross-account.json",
        "id-right",
        "Allowed: the trust policy trusts-external-id of role ById lets in the caller's account. The resource belongs to another account, so the caller's own side must allow as well: identity policy assume of user dora grants it.",
    );
    check(
        "grants-by-condition.json",
        "every",
        "Allowed: every level from Root to Account A allows s3:GetObject, and no SCP denies it. The bucket policy one-role of arn:aws:s3:::role lets in everyone who meets its conditions, and nothing else is needed.",
    );
    check(
        "trust-services.json",
        "lambda",
        "Allowed: the trust policy trusts-lambda of role Function lets in lambda.amazonaws.com, and nothing else is needed. SCPs do not apply because the caller is an AWS service, not a user or role of a member account.",
    );
    check(
        "scp-who-is-affected.json",
        "m-root",
        "Allowed: SCPs never affect the management account. The root user has full access in its own account.",
    );
}

#[test]
fn what_holds_for_every_resource_is_said_once() {
    check(
        "scp-instance-type.json",
        "t2-image",
        "Allowed: every level from Root to Account A allows ec2:RunInstances, and no SCP denies it. Identity policy AdministratorAccess of user admin grants it.",
    );
}

#[test]
fn a_verdict_that_depends_names_what_it_depends_on() {
    check(
        "region-guardrail.json",
        "no-region",
        "It depends on aws:RequestedRegion, which this scenario leaves open.",
    );
    let many = plain(&trace("unknown-more.json", "many").sentence);
    assert!(
        many.ends_with(" and 5 more keys, which this scenario leaves open."),
        "{many}"
    );
}

#[test]
fn the_message_of_aws_names_one_policy_type() {
    let message = |file: &str, request: &str| trace(file, request).message;
    assert_eq!(
        message("region-guardrail.json", "shop-virginia").as_deref(),
        Some(
            "User: arn:aws:sts::222222222222:assumed-role/Admin/ana is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:us-east-1:222222222222:instance/i-0123456789abcdef0 with an explicit deny in a service control policy"
        )
    );
    assert_eq!(
        message("scp-deep-tree.json", "deep-ec2").as_deref(),
        Some(
            "User: arn:aws:iam::777777777777:user/deep is not authorized to perform: ec2:DescribeInstances because no service control policy allows the ec2:DescribeInstances action"
        )
    );
    let ends = |file: &str, request: &str, end: &str| {
        let message = message(file, request).expect(request);
        assert!(message.ends_with(end), "{message}");
    };
    ends(
        "language-ip.json",
        "absent",
        " because no identity-based policy allows the s3:ListBucket action",
    );
    ends(
        "trust-same-account.json",
        "deny-ann",
        " with an explicit deny in the role trust policy",
    );
    ends(
        "endpoint.json",
        "named-other",
        " because no VPC endpoint policy allows the s3:GetObject action",
    );
    ends(
        "boundary.json",
        "managed",
        " because no permissions boundary allows the iam:CreateUser action",
    );
    ends(
        "rcp-reach.json",
        "customer-key",
        " with an explicit deny in a resource control policy",
    );
    // Allowed, undecided, and rules that no policy can change.
    assert_eq!(message("region-guardrail.json", "shop-ireland"), None);
    assert_eq!(message("region-guardrail.json", "no-region"), None);
    assert_eq!(message("fixed-rules.json", "root-assume"), None);
}
