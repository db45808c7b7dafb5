//! Tables of keys. A row is a key and its state: `= value`, `= [values]`, `absent`, `present` or
//! `unknown`; a mark behind a value says that it was typed.

mod callers;
mod requests;

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
