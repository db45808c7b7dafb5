use organization::file::read;
use organization::{CallerKind, RequestId};

use super::*;

/// An organization with Shop (222222222222) in the OU Workloads; everybody who calls is `ann`, or
/// as the fields say.
fn scenario(policies: &str, attached: (&str, &str), principals: &str, request: &str) -> Scenario {
    let (root, workloads) = attached;
    let text = format!(
        r#"{{
  "version": 1,
  "settings": {{ "unstatedKeys": "absent" }},
  "defaults": {{ "region": "eu-west-1" }},
  "organization": {{
    "managementAccountId": "111111111111",
    "enabledPolicyTypes": ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"],
    "root": {{
      "id": "r-ab12", "policies": [{root}],
      "children": [
        {{ "type": "account", "id": "111111111111", "name": "Management" }},
        {{ "type": "ou", "id": "ou-ab12-11111111", "name": "Workloads", "policies": [{workloads}],
          "children": [{{ "type": "account", "id": "222222222222", "name": "Shop" }}] }}
      ]
    }}
  }},
  "externalAccounts": [{{ "id": "999999999999", "name": "Stranger" }}],
  "policies": [{policies}],
  "principals": [{principals}],
  "resources": [{{ "arn": "arn:aws:s3:::shop", "account": "222222222222", "policy": "open" }}],
  "requests": [{{ "id": "r", {request} }}]
}}"#
    );
    let loaded = read(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    loaded.scenario
}

fn policy(id: &str, kind: &str, statement: &str) -> String {
    format!(
        r#"{{ "id": "{id}", "kind": "{kind}", "document": {{ "Version": "2012-10-17", "Statement": [{statement}] }} }}"#
    )
}

fn focus() -> Focus {
    Focus {
        request: RequestId::from("r"),
        account: None,
    }
}

/// The misreader's verdict and the true one; none where they agree.
fn told(scenario: &Scenario, idea: WrongIdea) -> Option<(Verdict, Verdict)> {
    misread(scenario, &focus(), idea).map(|it| (it.verdict, it.truth))
}

const FULL: &str = r#""FullAWSAccess""#;
const START: &str = r#""principal": "ann", "action": "ec2:RunInstances", "resource": "arn:aws:ec2:eu-west-1:222222222222:instance/*""#;
const ADMIN: &str = r#"{ "id": "ann", "type": "role", "account": "222222222222", "policies": ["AdministratorAccess"] }"#;
const NOBODY: &str = r#"{ "id": "ann", "type": "role", "account": "222222222222" }"#;
const OPEN: &str =
    r#"{ "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*" }"#;

fn open() -> String {
    policy("open", "resource", OPEN)
}

#[test]
fn an_allow_above_counts_for_who_believes_that_it_flows_down() {
    let only_s3 = policy(
        "s3",
        "scp",
        r#"{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }"#,
    );
    let policies = format!("{only_s3}, {}", open());
    let below = scenario(&policies, (FULL, r#""s3""#), ADMIN, START);
    let wrong = Some((Verdict::Allow, Verdict::ImplicitDeny));
    assert_eq!(told(&below, WrongIdea::AllowFlowsDown), wrong);
    assert_eq!(told(&below, WrongIdea::UndeniedIsAllowed), wrong);
    // Nothing above the root flows into it.
    let at_root = scenario(&policies, (r#""s3""#, FULL), ADMIN, START);
    assert_eq!(told(&at_root, WrongIdea::AllowFlowsDown), None);
}

#[test]
fn a_deny_above_is_undone_for_who_believes_in_the_nearest_policy() {
    let deny = policy(
        "d",
        "scp",
        r#"{ "Effect": "Deny", "Action": "ec2:*", "Resource": "*" }"#,
    );
    let policies = format!("{deny}, {}", open());
    let above = scenario(&policies, (r#""FullAWSAccess", "d""#, FULL), ADMIN, START);
    let wrong = Some((Verdict::Allow, Verdict::ExplicitDeny));
    assert_eq!(told(&above, WrongIdea::LowerUndoesDeny), wrong);
    assert_eq!(told(&above, WrongIdea::AdminBeatsScp), wrong);
    assert_eq!(told(&above, WrongIdea::RootUnstoppable), None);
    let mut root = above.clone();
    let mut request = (*root.requests[0]).clone();
    request.caller.kind = CallerKind::Root {
        account: "222222222222".into(),
    };
    root.requests[0] = request.clone().into();
    assert_eq!(told(&root, WrongIdea::RootUnstoppable), wrong);
    request.caller.kind = CallerKind::Root {
        account: "111111111111".into(),
    };
    request.resources[0].arn = "arn:aws:ec2:eu-west-1:111111111111:instance/*".to_owned();
    root.requests[0] = request.into();
    let bound = Some((Verdict::ExplicitDeny, Verdict::Allow));
    assert_eq!(told(&root, WrongIdea::ManagementBound), bound);
    assert_eq!(told(&above, WrongIdea::ManagementBound), None);
}

#[test]
fn what_only_limits_grants_for_who_believes_so() {
    let wrong = Some((Verdict::Allow, Verdict::ImplicitDeny));
    let nobody = scenario(&open(), (FULL, FULL), NOBODY, START);
    assert_eq!(told(&nobody, WrongIdea::ScpGrants), wrong);
    assert_eq!(told(&nobody, WrongIdea::BoundaryGrants), None);
    let bounded =
        r#"{ "id": "ann", "type": "role", "account": "222222222222", "permissionsBoundary": "b" }"#;
    let boundary = policy(
        "b",
        "boundary",
        r#"{ "Effect": "Allow", "Action": "ec2:*", "Resource": "*" }"#,
    );
    let policies = format!("{boundary}, {}", open());
    let bounded = scenario(&policies, (FULL, FULL), bounded, START);
    assert_eq!(told(&bounded, WrongIdea::BoundaryGrants), wrong);
    let admin = scenario(&open(), (FULL, FULL), ADMIN, START);
    assert_eq!(misreadings(&admin, &focus()), []);
}

#[test]
fn order_and_exactness_count_for_who_believes_so() {
    let own = r#"{ "id": "ann", "type": "role", "account": "222222222222", "policies": ["p"] }"#;
    let allow = r#"{ "Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "arn:aws:ec2:eu-west-1:222222222222:instance/*" }"#;
    let deny = r#"{ "Effect": "Deny", "Action": "ec2:*", "Resource": "*" }"#;
    let in_order = |statements: &str| {
        let policies = format!("{}, {}", policy("p", "identity", statements), open());
        scenario(&policies, (FULL, FULL), own, START)
    };
    let wrong = Some((Verdict::Allow, Verdict::ExplicitDeny));
    let first = in_order(&format!("{allow}, {deny}"));
    assert_eq!(told(&first, WrongIdea::FirstMatchWins), wrong);
    let last = in_order(&format!("{deny}, {allow}"));
    assert_eq!(told(&last, WrongIdea::FirstMatchWins), None);
    assert_eq!(told(&last, WrongIdea::SpecificWins), wrong);
    let not_action = in_order(r#"{ "Effect": "Deny", "NotAction": "ec2:*", "Resource": "*" }"#);
    let wrong = Some((Verdict::Allow, Verdict::ImplicitDeny));
    assert_eq!(told(&not_action, WrongIdea::NotActionAllows), wrong);
}

#[test]
fn an_absent_key_fails_or_is_false_for_who_believes_so() {
    let with = |condition: &str| {
        let deny = format!(
            r#"{{ "Effect": "Deny", "Action": "ec2:*", "Resource": "*", "Condition": {condition} }}"#
        );
        let policies = format!("{}, {}", policy("d", "scp", &deny), open());
        scenario(&policies, (FULL, r#""FullAWSAccess", "d""#), ADMIN, START)
    };
    let negated = with(r#"{ "StringNotEquals": { "aws:PrincipalTag/team": "blue" } }"#);
    let wrong = Some((Verdict::Allow, Verdict::ExplicitDeny));
    assert_eq!(told(&negated, WrongIdea::AbsentKeyFails), wrong);
    let plain = with(r#"{ "Bool": { "aws:AssumedRoot": "false" } }"#);
    let wrong = Some((Verdict::ExplicitDeny, Verdict::Allow));
    assert_eq!(told(&plain, WrongIdea::AbsentMeansFalse), wrong);
    assert_eq!(told(&plain, WrongIdea::AbsentKeyFails), None);
}

#[test]
fn one_side_is_enough_and_scps_reach_strangers_for_who_believes_so() {
    let get =
        r#""principal": "ann", "action": "s3:GetObject", "resource": "arn:aws:s3:::shop/key""#;
    let stranger = r#"{ "id": "ann", "type": "user", "account": "999999999999" }"#;
    let named = scenario(&open(), (FULL, FULL), stranger, get);
    let wrong = Some((Verdict::Allow, Verdict::ImplicitDeny));
    assert_eq!(told(&named, WrongIdea::ResourcePolicyEnough), wrong);
    let closed = policy("open", "resource", &OPEN.replace("GetObject", "PutObject"));
    let admin = r#"{ "id": "ann", "type": "user", "account": "999999999999", "policies": ["AdministratorAccess"] }"#;
    let unnamed = scenario(&closed, (FULL, FULL), admin, get);
    assert_eq!(told(&unnamed, WrongIdea::IdentityPolicyEnough), wrong);
    let deny = policy(
        "d",
        "scp",
        r#"{ "Effect": "Deny", "Action": "s3:*", "Resource": "*" }"#,
    );
    let policies = format!("{deny}, {}", open());
    let fenced = scenario(&policies, (FULL, r#""FullAWSAccess", "d""#), admin, get);
    let wrong = Some((Verdict::ExplicitDeny, Verdict::Allow));
    assert_eq!(told(&fenced, WrongIdea::ScpBindsOutsiders), wrong);
    assert_eq!(told(&unnamed, WrongIdea::ScpBindsOutsiders), None);
}

#[test]
fn a_word_means_one_idea() {
    for idea in WrongIdea::ALL {
        assert_eq!(WrongIdea::from_word(idea.word()), Some(idea));
        assert!(!idea.rules().is_empty() && idea.title().ends_with('.'));
    }
    assert_eq!(WrongIdea::from_word("nothing"), None);
    let admin = scenario(&open(), (FULL, FULL), ADMIN, START);
    let nowhere = Focus {
        request: RequestId::from("x"),
        account: None,
    };
    assert_eq!(misreadings(&admin, &nowhere), []);
}
