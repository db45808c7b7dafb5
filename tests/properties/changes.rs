//! Edits, and the same scenario in other words.

use organization::{Edit, Scenario, UnstatedKeys};
use policy::Kind;
use serde_json::{Value, json};

use crate::generate::{ACCOUNTS, CALLERS, Dice, KEYS, document, read, request};
use crate::stating::one;

pub(crate) fn edit(dice: &mut Dice, scenario: &Scenario) -> Edit {
    let node = |dice: &mut Dice| {
        dice.one(&[
            "r-ab12",
            "ou-ab12-11111111",
            "ou-ab12-22222222",
            "111111111111",
            "222222222222",
            "333333333333",
            "444444444444",
        ])
        .into()
    };
    let policy = |dice: &mut Dice| dice.one(&["p1", "p2", "p3", "s1", "s2", "s3"]).into();
    let scp = |dice: &mut Dice| dice.one(&["s1", "s2", "s3", "FullAWSAccess"]).into();
    let principal = |dice: &mut Dice| dice.one(CALLERS).into();
    match dice.pick(17) {
        0 | 1 => Edit::SetPolicyText {
            policy: policy(dice),
            text: document(dice).to_string().into(),
        },
        2 => Edit::SetPolicyText {
            policy: policy(dice),
            text: "{".into(),
        },
        3 | 4 => Edit::MoveNode {
            node: node(dice),
            parent: node(dice),
            position: None,
        },
        5 => Edit::Attach {
            node: node(dice),
            policy: scp(dice),
            position: None,
        },
        6 => Edit::Detach {
            node: node(dice),
            policy: scp(dice),
        },
        7 => Edit::RenamePolicy {
            policy: policy(dice),
            name: "renamed".to_owned(),
        },
        8 => Edit::RenameNode {
            node: node(dice),
            name: "renamed".to_owned(),
        },
        9 => {
            let mut settings = (*scenario.settings).clone();
            settings.unstated_keys = match settings.unstated_keys {
                UnstatedKeys::Unknown => UnstatedKeys::Absent,
                UnstatedKeys::Absent => UnstatedKeys::Unknown,
            };
            Edit::SetSettings(settings)
        }
        10 => {
            let mut defaults = (*scenario.defaults).clone();
            let key = &KEYS[dice.pick(KEYS.len())];
            defaults.context = vec![(key.name.to_owned(), one(dice.one(key.carried)))];
            Edit::SetDefaults(defaults)
        }
        11 => Edit::AttachIdentity {
            principal: principal(dice),
            policy: policy(dice),
        },
        12 => Edit::DetachIdentity {
            principal: dice.one(&["ana", "team", "bob"]).into(),
            policy: policy(dice),
        },
        13 => Edit::JoinGroup {
            user: "nobody".into(),
            group: "team".into(),
        },
        14 => Edit::LeaveGroup {
            user: "ana".into(),
            group: "team".into(),
        },
        15 => match dice.pick(3) {
            0 => Edit::DisablePolicyType(Kind::Scp),
            1 => Edit::EnablePolicyType(Kind::Scp),
            _ => Edit::SetManagementAccount(dice.one(ACCOUNTS).into()),
        },
        _ => {
            let request = read(&json!({ "version": 1, "requests": [request(dice, "r1")] }));
            Edit::UpdateRequest(Box::new((*request.requests[0]).clone()))
        }
    }
}

/// Writes the names that are read without regard to case in capitals.
pub(crate) fn in_capitals(file: &mut Value) {
    let shout = |value: &mut Value| {
        for text in value.as_array_mut().into_iter().flatten() {
            *text = json!(text.as_str().unwrap_or_default().to_uppercase());
        }
    };
    let keys = |value: &mut Value| {
        let keys = std::mem::take(value.as_object_mut().unwrap());
        *value = keys
            .into_iter()
            .map(|(key, value)| (key.to_uppercase(), value))
            .collect();
    };
    for policy in file["policies"].as_array_mut().unwrap() {
        for statement in policy["document"]["Statement"].as_array_mut().unwrap() {
            for name in ["Action", "NotAction"] {
                if let Some(actions) = statement.get_mut(name) {
                    shout(actions);
                }
            }
            for (_, operator) in statement["Condition"].as_object_mut().unwrap() {
                keys(operator);
            }
        }
    }
    for request in file["requests"].as_array_mut().unwrap() {
        request["action"] = json!(request["action"].as_str().unwrap().to_uppercase());
        keys(&mut request["context"]);
        shout(&mut request["absent"]);
    }
}
