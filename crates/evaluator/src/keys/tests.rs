//! One table for each kind of caller, and one for each group of keys. A row is a key and its
//! state: `= value`, `= [values]`, `absent`, `present` or `unknown`; a mark behind a value says
//! that it was typed.

use organization::{Scenario, file};

use super::context;
use crate::context::{ActionName, KeyState, Origin, RequestContext, Values};
use crate::library::Library;
use crate::scene::{Target, Who, World};

const BASE: &str = r#"
  "organization": {
    "id": "o-a1b2c3d4e5", "managementAccountId": "111111111111",
    "root": { "id": "r-ab12", "children": [
      { "type": "account", "id": "111111111111", "name": "Management" },
      { "type": "ou", "id": "ou-ab12-11111111", "name": "Sandbox", "children": [
        { "type": "account", "id": "222222222222", "name": "A" } ] } ] } },
  "externalAccounts": [
    { "id": "888888888888", "name": "Partner", "organization": { "id": "o-other", "path": "o-other/r-zz11/" } },
    { "id": "777777777777", "name": "Vendor", "organization": { "id": "o-vendor" } },
    { "id": "999999999999", "name": "Alone" } ],
  "principals": [
    { "id": "alice", "type": "user", "account": "222222222222", "name": "alice", "path": "/eng/", "tags": { "Team": "blue" } },
    { "id": "app", "type": "role", "account": "222222222222", "name": "App", "path": "/svc/", "tags": { "Team": "red", "env": "dev" } },
    { "id": "scaling", "type": "role", "account": "222222222222", "name": "AWSServiceRoleForAutoScaling", "path": "/aws-service-role/autoscaling.amazonaws.com/" },
    { "id": "guest", "type": "role", "account": "888888888888", "name": "Guest" },
    { "id": "vendor", "type": "role", "account": "777777777777", "name": "Vendor" },
    { "id": "boss", "type": "role", "account": "111111111111", "name": "Boss" },
    { "id": "alone", "type": "user", "account": "999999999999", "name": "alone" } ],
  "resources": [
    { "arn": "arn:aws:s3:::logs", "account": "222222222222", "tags": { "Class": "cold" } },
    { "arn": "arn:aws:s3:::trails", "account": "888888888888" } ],
  "endpoints": [
    { "id": "vpce-1", "vpc": "vpc-1", "account": "222222222222" },
    { "id": "vpce-2" },
    { "id": "vpce-3", "account": "999999999999" } ]"#;

fn scenario(fields: &str) -> Scenario {
    let loaded = file::read(&format!("{{\"version\": 1, {fields}}}")).unwrap();
    loaded.scenario
}

/// The context of the first resource of a request, in a scenario with these other fields.
fn context_in(fields: &str, request: &str) -> RequestContext {
    let action = if request.contains("\"action\"") {
        ""
    } else {
        r#", "action": "s3:GetObject", "resource": "arn:aws:s3:::logs/x""#
    };
    let scenario = scenario(&format!(
        r#"{fields}, "requests": [{{ "id": "r", {request}{action} }}]"#
    ));
    let index = scenario.organization.as_ref().map(|it| it.index());
    let library = Library::default();
    let world = World {
        scenario: &scenario,
        tree: index.as_ref(),
        library: &library,
    };
    let request = &scenario.requests[0];
    let action = ActionName::parse(&request.action).unwrap();
    let who = match Who::of(&world, request, Some(&"222222222222".into())) {
        Ok(who) => who,
        Err(blocker) => panic!("{blocker:?}"),
    };
    let target = Target::of(&world, request, &request.resources[0], &action);
    match context(&world, request, &who, &target, &target.owner, &action) {
        Ok(context) => context,
        Err(blocker) => panic!("{blocker:?}"),
    }
}

fn of(request: &str) -> RequestContext {
    context_in(BASE, request)
}

fn by(principal: &str) -> RequestContext {
    of(&format!("\"principal\": {principal}"))
}

/// The state of a key in words.
fn state(context: &RequestContext, key: &str) -> String {
    match context.get(&key.to_lowercase()) {
        KeyState::Known { values, origin } => {
            let value = match values {
                Values::One(value) => value.to_string(),
                Values::Many(values) => format!("[{}]", values.join(", ")),
            };
            let mark = match origin {
                Origin::Derived => "",
                Origin::Request => " (typed)",
                Origin::Defaults => " (default)",
                Origin::Override => " (typed over)",
                Origin::Tried => " (tried)",
            };
            format!("= {value}{mark}")
        }
        KeyState::Absent(_) => "absent".to_owned(),
        KeyState::PresentUnknown => "present".to_owned(),
        KeyState::Unknown => "unknown".to_owned(),
    }
}

#[track_caller]
fn check(context: &RequestContext, rows: &[(&str, &str)]) {
    let found: Vec<(&str, String)> = rows
        .iter()
        .map(|(key, _)| (*key, state(context, key)))
        .collect();
    let expected: Vec<(&str, String)> = rows
        .iter()
        .map(|(key, state)| (*key, (*state).to_owned()))
        .collect();
    assert_eq!(found, expected);
}

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
        expect("unknown", "unknown")
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
