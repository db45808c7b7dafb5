//! One table for each kind of caller.

use super::{by, check, context_in, of};

const NO_SERVICE: [(&str, &str); 7] = [
    ("aws:PrincipalIsAWSService", "= false"),    // K-9
    ("aws:PrincipalServiceName", "absent"),      // K-10
    ("aws:PrincipalServiceNamesList", "absent"), // K-11
    ("aws:SourceArn", "absent"),                 // K-38
    ("aws:SourceAccount", "absent"),             // K-39
    ("aws:SourceOrgID", "absent"),               // K-40
    ("aws:SourceOrgPaths", "absent"),            // K-40
];

const NO_ROLE_SESSION: [(&str, &str); 6] = [
    ("aws:Ec2InstanceSourceVpc", "absent"),         // K-18
    ("aws:Ec2InstanceSourcePrivateIPv4", "absent"), // K-18
    ("aws:ChatbotSourceArn", "absent"),             // K-19
    ("ec2:RoleDelivery", "absent"),                 // K-42
    ("lambda:SourceFunctionArn", "absent"),         // K-42
    ("identitystore:UserId", "absent"),             // K-42
];

#[test]
fn user_with_long_term_keys() {
    let user = by(r#"{ "type": "user", "id": "alice" }"#);
    check(&user, &NO_SERVICE);
    check(&user, &NO_ROLE_SESSION);
    check(
        &user,
        &[
            (
                "aws:PrincipalArn",
                "= arn:aws:iam::222222222222:user/eng/alice",
            ), // K-1
            ("aws:PrincipalAccount", "= 222222222222"), // K-2
            ("aws:PrincipalOrgID", "= o-a1b2c3d4e5"),   // K-3
            (
                "aws:PrincipalOrgPaths",
                "= [o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/]",
            ), // K-4
            ("aws:PrincipalTag/team", "= blue"),        // K-5, COND-2
            ("aws:PrincipalTag/other", "absent"),       // K-5
            ("aws:PrincipalType", "= User"),            // K-6
            ("aws:userid", "present"),                  // K-7
            ("aws:username", "= alice"),                // K-8
            ("aws:AssumedRoot", "absent"),              // K-12
            ("aws:FederatedProvider", "absent"),        // K-13
            ("aws:TokenIssueTime", "absent"),           // K-14
            ("aws:MultiFactorAuthPresent", "absent"),   // K-15, T-27
            ("aws:MultiFactorAuthAge", "absent"),       // K-16
            ("aws:SourceIdentity", "absent"),           // K-17
            ("aws:SignInSessionArn", "absent"),         // K-19
            ("aws:ViaAWSMCPService", "unknown"),        // K-41
        ],
    );
    assert_eq!(by("\"alice\""), user, "a bare id is a user with keys");
}

#[test]
fn user_with_session_credentials() {
    let session = |mfa: &str| {
        by(&format!(
            r#"{{ "type": "userSession", "id": "alice"{mfa} }}"#
        ))
    };
    let with = session(r#", "mfa": true"#);
    check(&with, &NO_SERVICE);
    check(&with, &NO_ROLE_SESSION);
    check(
        &with,
        &[
            (
                "aws:PrincipalArn",
                "= arn:aws:iam::222222222222:user/eng/alice",
            ), // PT-2
            ("aws:PrincipalType", "= User"),
            ("aws:username", "= alice"),
            ("aws:TokenIssueTime", "present"),
            ("aws:MultiFactorAuthPresent", "= true"),
            ("aws:MultiFactorAuthAge", "present"),
            ("aws:SourceIdentity", "absent"),
        ],
    );
    check(
        &session(r#", "mfa": false"#),
        &[
            ("aws:MultiFactorAuthPresent", "= false"),
            ("aws:MultiFactorAuthAge", "absent"),
        ],
    );
    check(
        &session(""),
        &[
            ("aws:MultiFactorAuthPresent", "present"),
            ("aws:MultiFactorAuthAge", "unknown"),
        ],
    );
}

#[test]
fn role_session_by_assume_role() {
    let session = by(
        r#"{ "type": "role", "id": "app", "session": "s1", "mfa": true, "sourceIdentity": "alice", "tags": { "team": "green" } }"#,
    );
    check(&session, &NO_SERVICE);
    check(
        &session,
        &[
            (
                "aws:PrincipalArn",
                "= arn:aws:iam::222222222222:role/svc/App",
            ), // K-1, T-26
            ("aws:PrincipalType", "= AssumedRole"),
            ("aws:PrincipalTag/Team", "= green"), // K-5: the session's goes first
            ("aws:PrincipalTag/env", "= dev"),
            ("aws:PrincipalTag/other", "absent"),
            ("aws:userid", "present"),  // K-T: AROA…:s1
            ("aws:username", "absent"), // K-8, T-28
            ("aws:AssumedRoot", "absent"),
            ("aws:FederatedProvider", "absent"),
            ("aws:TokenIssueTime", "present"),
            ("aws:MultiFactorAuthPresent", "= true"),
            ("aws:MultiFactorAuthAge", "present"),
            ("aws:SourceIdentity", "= alice"),
            ("aws:Ec2InstanceSourceVpc", "unknown"), // K-18
            ("aws:ChatbotSourceArn", "unknown"),     // K-19
            ("lambda:SourceFunctionArn", "unknown"), // K-42
        ],
    );
    check(
        &by("\"app\""),
        &[
            ("aws:MultiFactorAuthPresent", "present"),
            ("aws:MultiFactorAuthAge", "unknown"),
            ("aws:SourceIdentity", "absent"),
            ("aws:PrincipalTag/Team", "= red"),
        ],
    );
}

#[test]
fn role_sessions_of_identity_providers() {
    let session = |more: &str| by(&format!(r#"{{ "type": "role", "id": "app", {more} }}"#));
    let no_mfa = [
        ("aws:MultiFactorAuthPresent", "absent"), // T-47
        ("aws:MultiFactorAuthAge", "absent"),
        ("aws:TokenIssueTime", "present"),
        ("aws:Ec2InstanceSourceVpc", "absent"),
        ("codebuild:BuildArn", "absent"),
        ("aws:PrincipalType", "= AssumedRole"),
    ];
    let saml = session(r#""via": "SAML", "mfa": true"#);
    check(&saml, &no_mfa);
    check(&saml, &[("aws:FederatedProvider", "absent")]); // K-13: OIDC alone
    for (provider, value) in [
        (
            r#", "provider": "cognito-identity.amazonaws.com""#,
            "= cognito-identity.amazonaws.com",
        ),
        (
            r#", "provider": "token.actions.githubusercontent.com""#,
            "= arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com",
        ),
        (
            r#", "provider": "arn:aws:iam::222222222222:oidc-provider/idp.example.com""#,
            "= arn:aws:iam::222222222222:oidc-provider/idp.example.com",
        ),
        ("", "present"),
    ] {
        let oidc = session(&format!(r#""via": "WebIdentity"{provider}"#));
        check(&oidc, &no_mfa);
        check(&oidc, &[("aws:FederatedProvider", value)]);
    }
    check(
        &session(r#""via": "IdentityCenter""#),
        &[
            ("aws:MultiFactorAuthPresent", "unknown"),
            ("aws:username", "absent"),
            ("aws:FederatedProvider", "absent"),
            ("identitystore:UserId", "unknown"),
        ],
    );
    check(
        &session(r#""via": "IdentityCenter", "mfa": true"#),
        &[("aws:MultiFactorAuthPresent", "= true")],
    );
}

#[test]
fn service_linked_role() {
    check(
        &by("\"scaling\""),
        &[
            (
                "aws:PrincipalArn",
                "= arn:aws:iam::222222222222:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
            ),
            ("aws:PrincipalIsAWSService", "= false"), // K-9
            ("aws:ViaAWSService", "= false"),         // K-35
            ("aws:CalledVia", "absent"),              // K-36
        ],
    );
}

#[test]
fn federated_user() {
    let user = by(r#"{ "type": "federatedUser", "name": "bob", "issuer": "alice" }"#);
    check(&user, &NO_SERVICE);
    check(&user, &NO_ROLE_SESSION);
    check(
        &user,
        &[
            (
                "aws:PrincipalArn",
                "= arn:aws:sts::222222222222:federated-user/bob",
            ), // PT-4
            ("aws:PrincipalAccount", "= 222222222222"),
            ("aws:PrincipalOrgID", "= o-a1b2c3d4e5"),
            ("aws:PrincipalType", "= FederatedUser"), // K-T
            ("aws:userid", "= 222222222222:bob"),     // K-T
            ("aws:username", "absent"),
            ("aws:PrincipalTag/Team", "= blue"),
            ("aws:PrincipalTag/other", "absent"),
            ("aws:TokenIssueTime", "present"),
            ("aws:MultiFactorAuthPresent", "absent"), // K-15
            ("aws:MultiFactorAuthAge", "absent"),
            ("aws:SourceIdentity", "absent"),
        ],
    );
}

#[test]
fn root_user() {
    let root = by(r#"{ "type": "root", "account": "222222222222" }"#);
    check(&root, &NO_SERVICE);
    check(&root, &NO_ROLE_SESSION);
    check(
        &root,
        &[
            ("aws:PrincipalArn", "= arn:aws:iam::222222222222:root"), // PT-5
            ("aws:PrincipalType", "= Account"),                       // K-T
            ("aws:userid", "= 222222222222"),                         // K-T
            ("aws:username", "absent"),
            ("aws:PrincipalTag/Team", "absent"),
            ("aws:AssumedRoot", "absent"),
            ("aws:TokenIssueTime", "unknown"),
            ("aws:MultiFactorAuthPresent", "unknown"),
        ],
    );
}

#[test]
fn root_session_of_assume_root() {
    let root = by(r#"{ "type": "assumedRoot", "account": "222222222222", "taskPolicy": "t" }"#);
    check(&root, &NO_SERVICE);
    check(&root, &NO_ROLE_SESSION);
    check(
        &root,
        &[
            ("aws:PrincipalArn", "= arn:aws:iam::222222222222:root"), // PT-6
            ("aws:PrincipalType", "= Account"),
            ("aws:userid", "= 222222222222"),
            ("aws:AssumedRoot", "= true"), // K-12
            ("aws:TokenIssueTime", "present"),
            ("aws:SignInSessionArn", "absent"),
        ],
    );
}

#[test]
fn service_principal() {
    let service = by(
        r#"{ "type": "service", "name": "cloudtrail.amazonaws.com", "sourceArn": "arn:aws:cloudtrail:eu-west-1:888888888888:trail/t" }"#,
    );
    check(&service, &NO_ROLE_SESSION);
    check(
        &service,
        &[
            ("aws:PrincipalIsAWSService", "= true"), // K-9
            ("aws:PrincipalServiceName", "= cloudtrail.amazonaws.com"), // K-10
            ("aws:PrincipalServiceNamesList", "present"), // K-11
            (
                "aws:SourceArn",
                "= arn:aws:cloudtrail:eu-west-1:888888888888:trail/t",
            ), // K-38
            ("aws:SourceAccount", "= 888888888888"), // K-39
            ("aws:SourceOrgID", "= o-other"),        // K-40
            ("aws:SourceOrgPaths", "= [o-other/r-zz11/]"), // K-40
            ("aws:PrincipalArn", "absent"),          // K-1
            ("aws:PrincipalOrgID", "absent"),        // K-3
            ("aws:PrincipalOrgPaths", "absent"),
            ("aws:PrincipalTag/Team", "absent"),
            ("aws:PrincipalAccount", "present"), // KEY-5
            ("aws:PrincipalType", "present"),
            ("aws:userid", "present"),
            ("aws:username", "absent"),
            ("aws:TokenIssueTime", "absent"),
            ("aws:MultiFactorAuthPresent", "absent"),
            ("aws:SourceIp", "unknown"), // K-20
            ("aws:ViaAWSMCPService", "absent"),
        ],
    );
    let source = |more: &str| {
        by(&format!(
            r#"{{ "type": "service", "name": "s3.amazonaws.com"{more} }}"#
        ))
    };
    check(
        &source(""),
        &[
            ("aws:SourceArn", "unknown"),
            ("aws:SourceAccount", "unknown"),
            ("aws:SourceOrgID", "unknown"),
        ],
    );
    // The owner of the bucket, whose ARN has no account.
    check(
        &source(r#", "sourceArn": "arn:aws:s3:::logs""#),
        &[
            ("aws:SourceAccount", "= 222222222222"),
            ("aws:SourceOrgID", "= o-a1b2c3d4e5"),
        ],
    );
    check(
        &source(r#", "sourceAccount": "999999999999""#),
        &[
            ("aws:SourceArn", "unknown"),
            ("aws:SourceAccount", "= 999999999999"),
            ("aws:SourceOrgID", "absent"),
        ],
    );
}

#[test]
fn callers_of_identity_providers() {
    let unsigned = [
        ("aws:PrincipalArn", "absent"),          // K-1
        ("aws:PrincipalIsAWSService", "absent"), // K-9
        ("aws:PrincipalOrgID", "absent"),        // K-3, RCP-22
        ("aws:PrincipalOrgPaths", "absent"),
        ("aws:PrincipalTag/Team", "absent"),
        ("aws:PrincipalAccount", "present"), // K-2
        ("aws:PrincipalType", "present"),    // K-6
        ("aws:userid", "present"),           // K-7
        ("aws:username", "absent"),
        ("aws:TokenIssueTime", "absent"),
        ("aws:MultiFactorAuthPresent", "absent"),
        ("aws:SourceIdentity", "absent"),
        ("aws:SourceIp", "present"),
        ("aws:ViaAWSService", "= false"),
    ];
    let role = r#""resource": "arn:aws:iam::222222222222:role/svc/App""#;
    let saml = of(&format!(
        r#""principal": {{ "type": "saml", "provider": "arn:aws:iam::222222222222:saml-provider/idp" }}, "action": "sts:AssumeRoleWithSAML", {role}"#
    ));
    check(&saml, &unsigned);
    check(
        &saml,
        &[("aws:FederatedProvider", "absent"), ("saml:aud", "unknown")],
    );
    let oidc = of(&format!(
        r#""principal": {{ "type": "webIdentity", "provider": "idp.example.com", "context": {{ "idp.example.com:sub": "me" }} }}, "action": "sts:AssumeRoleWithWebIdentity", {role}"#
    ));
    check(&oidc, &unsigned);
    check(
        &oidc,
        &[
            (
                "aws:FederatedProvider",
                "= arn:aws:iam::222222222222:oidc-provider/idp.example.com",
            ), // K-13
            ("idp.example.com:sub", "= me (typed)"),
        ],
    );
}

#[test]
fn anonymous() {
    let anonymous = by(r#"{ "type": "anonymous" }"#);
    check(&anonymous, &NO_ROLE_SESSION);
    check(
        &anonymous,
        &[
            ("aws:PrincipalAccount", "= anonymous"), // K-2
            ("aws:PrincipalType", "= Anonymous"),    // K-6
            ("aws:userid", "= anonymous"),           // K-7
            ("aws:PrincipalArn", "absent"),
            ("aws:PrincipalIsAWSService", "absent"), // K-9
            ("aws:PrincipalOrgID", "absent"),        // T-28
            ("aws:PrincipalTag/Team", "absent"),
            ("aws:username", "absent"),
            ("aws:SourceIp", "present"),
            ("aws:ResourceAccount", "= 222222222222"),
        ],
    );
}

#[test]
fn caller_that_is_known_by_its_arn() {
    let by_arn = |arn: &str| by(&format!(r#"{{ "type": "arn", "arn": "{arn}" }}"#));
    let user = "arn:aws:iam::222222222222:user/eng/alice";
    assert_eq!(by_arn(user), by("\"alice\""), "the entry with that ARN");
    check(
        &by_arn("arn:aws:iam::222222222222:user/ops/carol"),
        &[
            (
                "aws:PrincipalArn",
                "= arn:aws:iam::222222222222:user/ops/carol",
            ),
            ("aws:PrincipalType", "= User"),
            ("aws:username", "= carol"),
            ("aws:PrincipalTag/Team", "unknown"),
        ],
    );
    check(
        &by_arn("arn:aws:sts::222222222222:assumed-role/App/s1"),
        &[
            (
                "aws:PrincipalArn",
                "= arn:aws:iam::222222222222:role/svc/App",
            ),
            ("aws:PrincipalTag/Team", "= red"),
        ],
    );
    check(
        &by_arn("arn:aws:sts::222222222222:assumed-role/Other/s1"),
        &[
            ("aws:PrincipalArn", "present"), // its path is not known
            ("aws:PrincipalType", "= AssumedRole"),
            ("aws:TokenIssueTime", "present"),
            ("aws:MultiFactorAuthPresent", "unknown"),
            ("aws:FederatedProvider", "unknown"),
            ("aws:SourceIdentity", "unknown"),
            ("aws:PrincipalTag/Team", "unknown"),
        ],
    );
    check(
        &by_arn("arn:aws:sts::222222222222:federated-user/bob"),
        &[
            (
                "aws:PrincipalArn",
                "= arn:aws:sts::222222222222:federated-user/bob",
            ),
            ("aws:userid", "= 222222222222:bob"),
            ("aws:PrincipalTag/Team", "unknown"),
        ],
    );
    check(
        &by_arn("arn:aws:iam::222222222222:root"),
        &[
            ("aws:PrincipalType", "= Account"),
            ("aws:userid", "= 222222222222"),
        ],
    );
}

#[test]
fn role_in_every_account() {
    check(
        &by(r#"{ "type": "everyAccount", "role": "Audit", "policies": [] }"#),
        &[
            ("aws:PrincipalArn", "= arn:aws:iam::222222222222:role/Audit"),
            ("aws:PrincipalAccount", "= 222222222222"),
            (
                "aws:PrincipalOrgPaths",
                "= [o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/]",
            ),
            ("aws:PrincipalTag/Team", "absent"),
            ("aws:MultiFactorAuthPresent", "present"),
        ],
    );
}

#[test]
fn organization_of_the_principal() {
    for (principal, id, paths) in [
        ("boss", "= o-a1b2c3d4e5", "= [o-a1b2c3d4e5/r-ab12/]"), // K-3, ORG-9
        ("guest", "= o-other", "= [o-other/r-zz11/]"),
        ("vendor", "= o-vendor", "present"),
        ("alone", "absent", "absent"),
    ] {
        check(
            &by(&format!("\"{principal}\"")),
            &[("aws:PrincipalOrgID", id), ("aws:PrincipalOrgPaths", paths)],
        );
    }
    let standalone = r#""principals": [ { "id": "u", "type": "user", "account": "222222222222", "name": "u" } ]"#;
    check(
        &context_in(standalone, r#""principal": "u""#),
        &[
            ("aws:PrincipalOrgID", "absent"),
            ("aws:PrincipalOrgPaths", "absent"),
        ],
    );
}
