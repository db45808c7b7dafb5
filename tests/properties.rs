//! What must hold of every scenario: generated organizations, policies and requests.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test whose data cannot be read must fail, in its helpers too"
)]

use std::rc::Rc;

use evaluator::{Answer, Decision, Outcome, Prepared, Tried, UnknownThing, Values, Verdict, World};
use guardrail_tests::library;
use organization::{ContextValue, Edit, Request, Scalar, Scenario, UnstatedKeys};
use playground::{Analysis, Engine, Focus};
use policy::Kind;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Choices, one after the other; when they are used up, the first of everything.
struct Dice {
    numbers: Vec<u16>,
    at: usize,
}

impl Dice {
    fn new(numbers: Vec<u16>) -> Self {
        Self { numbers, at: 0 }
    }

    fn pick(&mut self, count: usize) -> usize {
        let number = self.numbers.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(number) % count
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.pick(of.len())]
    }

    fn some<'a>(&mut self, of: &[&'a str], most: usize) -> Vec<&'a str> {
        (0..=self.pick(most)).map(|_| self.one(of)).collect()
    }

    fn chance(&mut self, of: usize) -> bool {
        self.pick(of) == of - 1
    }
}

/// A context key with what policies compare it with, and what requests may carry.
struct Key {
    name: &'static str,
    operators: &'static [&'static str],
    compared: &'static [&'static str],
    carried: &'static [&'static str],
    /// Every request carries it.
    always: bool,
    /// It takes several values.
    many: bool,
}

const TEXT: &[&str] = &[
    "StringEquals",
    "StringNotEquals",
    "StringLike",
    "StringNotLike",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
];
const PATTERNS: &[&str] = &[
    "a",
    "a*",
    "*b",
    "a?b",
    "",
    "home/",
    "home/*",
    "*",
    "?*",
    "A",
    "other",
    "${aws:userid}",
    "${aws:userid}/*",
    "${example:Name, 'a'}",
    "a${example:Name}b",
    "${aws:username}",
];
const TEXTS: &[&str] = &[
    "a", "b", "ab", "axb", "A", "home/", "home/x", "AIDA1", "AIDA1/x", "zzz", "aAIDA1b", "ana",
    "aab",
];

const KEYS: &[Key] = &[
    Key {
        name: "s3:prefix",
        operators: TEXT,
        compared: PATTERNS,
        carried: &[
            "a", "b", "", "ab", "axb", "home/", "home/x", "AIDA1/x", "AIDA1", "zzz",
        ],
        always: false,
        many: false,
    },
    Key {
        name: "example:Name",
        operators: TEXT,
        compared: PATTERNS,
        carried: TEXTS,
        always: false,
        many: false,
    },
    Key {
        name: "aws:userid",
        operators: TEXT,
        compared: PATTERNS,
        carried: TEXTS,
        always: true,
        many: false,
    },
    Key {
        name: "s3:max-keys",
        operators: &[
            "NumericEquals",
            "NumericNotEquals",
            "NumericLessThan",
            "NumericLessThanEquals",
            "NumericGreaterThan",
            "NumericGreaterThanEquals",
        ],
        compared: &["10", "-1.5", "-1.2", "0", "+5", "11"],
        carried: &["10", "9.99", "10.5", "-1.4", "-2", "0", "5", "100000"],
        always: false,
        many: false,
    },
    Key {
        name: "aws:CurrentTime",
        operators: &[
            "DateEquals",
            "DateNotEquals",
            "DateLessThan",
            "DateLessThanEquals",
            "DateGreaterThan",
            "DateGreaterThanEquals",
        ],
        compared: &[
            "2026-01-01",
            "2026-01-01T00:00:01Z",
            "1577836800",
            "1609459200000",
        ],
        carried: &[
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00.5Z",
            "2019-01-01",
            "2026-06-01",
        ],
        always: true,
        many: false,
    },
    Key {
        name: "aws:SecureTransport",
        operators: &["Bool"],
        compared: &["true", "false", "True"],
        carried: &["true", "false"],
        always: true,
        many: false,
    },
    Key {
        name: "aws:SourceIp",
        operators: &["IpAddress", "NotIpAddress"],
        compared: &[
            "10.0.0.0/8",
            "10.1.0.0/16",
            "0.0.0.0/0",
            "128.0.0.0/1",
            "2001:db8::/32",
        ],
        carried: &[
            "10.1.2.3",
            "10.2.0.1",
            "203.0.113.1",
            "2001:db8::1",
            "::1",
            "9.255.255.255",
        ],
        always: true,
        many: false,
    },
    Key {
        name: "s3:DataAccessPointArn",
        operators: &["ArnLike", "ArnNotLike", "ArnEquals", "ArnNotEquals"],
        compared: &[
            "arn:aws:lambda:*:${aws:PrincipalAccount}:function:*",
            "arn:aws:lambda:*:*:function:*",
            "arn:aws:lambda:::function:",
            "arn:aws:lambda:eu-west-1:222222222222:function:f?",
            "arn:aws:lambda:*:*:function:${example:Name}",
        ],
        carried: &[
            "arn:aws:lambda:eu-west-1:222222222222:function:f1",
            "arn:aws:lambda:us-east-1:333333333333:function:a",
            "arn:aws:lambda:::function:",
            "arn:aws:s3:::data",
        ],
        always: false,
        many: false,
    },
    Key {
        name: "dynamodb:Attributes",
        operators: &[
            "StringEquals",
            "StringNotEquals",
            "StringLike",
            "StringNotLike",
        ],
        compared: &["a", "b", "ab", "a*", "*b", "c"],
        carried: &["a", "b", "c", "ab", "axb", "zzz"],
        always: false,
        many: true,
    },
    Key {
        name: "example:Bytes",
        operators: &["BinaryEquals"],
        compared: &["QmluYXJ5", "YQ=="],
        carried: &["QmluYXJ5", "YQ==", "YWI="],
        always: false,
        many: false,
    },
];

const ACTIONS: &[&str] = &["s3:ListBucket", "s3:GetObject", "dynamodb:Query"];
const ACTION_PATTERNS: &[&str] = &[
    "s3:ListBucket",
    "s3:*",
    "s3:Get*",
    "*",
    "dynamodb:Query",
    "s3:?ist*",
];
const RESOURCES: &[&str] = &[
    "arn:aws:s3:::data",
    "arn:aws:s3:::data/AIDA1/x",
    "arn:aws:s3:::logs/a",
];
const RESOURCE_PATTERNS: &[&str] = &[
    "*",
    "arn:aws:s3:::data*",
    "arn:aws:s3:::data/${aws:userid}/*",
    "arn:aws:s3:::*/${example:Name}",
    "arn:aws:s3:::logs/*",
];
const ACCOUNTS: &[&str] = &[
    "111111111111",
    "222222222222",
    "333333333333",
    "444444444444",
];
const CALLERS: &[&str] = &["ana", "bob", "app", "nobody"];

fn conditions(dice: &mut Dice) -> Value {
    let mut block = Map::new();
    for _ in 0..dice.pick(4) {
        let key = &KEYS[dice.pick(KEYS.len())];
        if dice.chance(8) {
            let null = block.entry("Null").or_insert_with(|| json!({}));
            null[key.name] = json!(dice.one(&["true", "false"]));
            continue;
        }
        let quantified = (key.many && !dice.chance(6)) || dice.chance(12);
        let operator = format!(
            "{}{}{}",
            match (quantified, dice.pick(2)) {
                (false, _) => "",
                (true, 0) => "ForAllValues:",
                (true, _) => "ForAnyValue:",
            },
            dice.one(key.operators),
            if dice.chance(4) { "IfExists" } else { "" }
        );
        let compared = dice.some(key.compared, 3);
        let of_operator = block.entry(operator).or_insert_with(|| json!({}));
        of_operator[key.name] = json!(compared);
    }
    Value::Object(block)
}

fn statement(dice: &mut Dice, effect: &str) -> Value {
    let action = if dice.chance(6) {
        "NotAction"
    } else {
        "Action"
    };
    let resource = if dice.chance(6) {
        "NotResource"
    } else {
        "Resource"
    };
    json!({
        "Effect": effect,
        action: dice.some(ACTION_PATTERNS, 2),
        resource: dice.some(RESOURCE_PATTERNS, 2),
        "Condition": conditions(dice),
    })
}

fn document(dice: &mut Dice) -> Value {
    let count = 1 + dice.pick(3);
    let statements: Vec<Value> = (0..count)
        .map(|_| {
            let effect = if dice.chance(3) { "Deny" } else { "Allow" };
            statement(dice, effect)
        })
        .collect();
    json!({ "Version": "2012-10-17", "Statement": statements })
}

fn carried(dice: &mut Dice, key: &Key) -> Value {
    if key.many {
        json!(dice.some(key.carried, 3))
    } else {
        json!(dice.one(key.carried))
    }
}

fn request(dice: &mut Dice, id: &str) -> Value {
    let mut context = Map::new();
    let mut absent = Vec::new();
    for key in KEYS {
        match dice.pick(6) {
            0 => {
                context.insert(key.name.to_owned(), carried(dice, key));
            }
            1 if !key.always => absent.push(key.name),
            _ => {}
        }
    }
    let mut request = json!({
        "id": id,
        "principal": dice.one(CALLERS),
        "action": dice.one(ACTIONS),
        "resource": dice.one(RESOURCES),
        "context": context,
        "absent": absent,
    });
    if dice.chance(5) {
        request["principal"] =
            json!({ "type": "everyAccount", "role": "Auditor", "policies": ["p1"] });
    }
    if !dice.chance(4) {
        request["resourceAccount"] = json!(dice.one(ACCOUNTS));
    }
    request
}

fn attached(dice: &mut Dice) -> Vec<&'static str> {
    let mut attached = vec!["FullAWSAccess"];
    if dice.chance(3) {
        attached.push(dice.one(&["s1", "s2", "s3"]));
    }
    if dice.chance(8) {
        attached.remove(0);
    }
    attached
}

fn file(dice: &mut Dice) -> Value {
    let mut policies = Vec::new();
    for (kind, ids) in [
        ("identity", ["p1", "p2", "p3"]),
        ("scp", ["s1", "s2", "s3"]),
    ] {
        for id in ids {
            policies
                .push(json!({ "id": id, "name": id, "kind": kind, "document": document(dice) }));
        }
    }
    let account = |dice: &mut Dice, id: &str| json!({ "type": "account", "id": id, "name": id, "policies": attached(dice) });
    let below = [account(dice, "222222222222"), account(dice, "333333333333")];
    let deeper = json!({ "type": "ou", "id": "ou-ab12-22222222", "name": "Inner", "policies": attached(dice), "children": [account(dice, "444444444444")] });
    let unit = json!({ "type": "ou", "id": "ou-ab12-11111111", "name": "Outer", "policies": attached(dice), "children": [below[0], deeper] });
    let requests: Vec<Value> = ["r0", "r1", "r2"]
        .iter()
        .map(|id| request(dice, id))
        .collect();
    let caller_policies =
        |dice: &mut Dice| dice.some(&["p1", "p2", "p3", "AdministratorAccess"], 2);
    json!({
        "version": 1,
        "settings": { "unstatedKeys": if dice.chance(4) { "absent" } else { "unknown" } },
        "organization": {
            "id": "o-a1b2c3d4e5",
            "managementAccountId": "111111111111",
            "enabledPolicyTypes": ["SERVICE_CONTROL_POLICY"],
            "root": { "id": "r-ab12", "policies": attached(dice), "children": [account(dice, "111111111111"), unit, below[1]] },
        },
        "policies": policies,
        "principals": [
            { "id": "team", "type": "group", "account": "222222222222", "name": "team", "policies": caller_policies(dice) },
            { "id": "ana", "type": "user", "account": "222222222222", "name": "ana", "groups": ["team"], "policies": caller_policies(dice) },
            { "id": "bob", "type": "user", "account": "333333333333", "name": "bob", "policies": caller_policies(dice) },
            { "id": "app", "type": "role", "account": "444444444444", "name": "app", "policies": caller_policies(dice) },
            { "id": "nobody", "type": "user", "account": "222222222222", "name": "nobody" },
        ],
        "requests": requests,
    })
}

fn read(file: &Value) -> Scenario {
    organization::file::read(&file.to_string())
        .expect("a scenario")
        .scenario
}

fn dice() -> impl Strategy<Value = Vec<u16>> {
    vec(any::<u16>(), 0..700)
}

fn prepare(scenario: &Scenario, request: &Request) -> Prepared {
    let tree = scenario
        .organization
        .as_ref()
        .map(organization::Organization::index);
    let library = library(scenario);
    let world = World {
        scenario,
        tree: tree.as_ref(),
        library: &library,
    };
    let account = ACCOUNTS[1].into();
    evaluator::prepare(&world, request, Some(&account)).expect("it can be prepared")
}

fn answer(scenario: &Scenario, request: &Request) -> Answer {
    prepare(scenario, request).answer()
}

fn one(text: &str) -> ContextValue {
    ContextValue::One(Scalar::Text(text.to_owned()))
}

fn several(texts: &[&str]) -> ContextValue {
    ContextValue::Many(
        texts
            .iter()
            .map(|text| Scalar::Text((*text).to_owned()))
            .collect(),
    )
}

/// States every key that a request leaves open, and the owner.
fn state_everything(scenario: &Scenario, request: &Request, dice: &mut Dice) -> Request {
    let counts_as_absent = scenario.settings.unstated_keys == UnstatedKeys::Absent;
    let mut stated = request.clone();
    for key in KEYS {
        let named = |name: &String| name == key.name;
        if request.context.iter().any(|(name, _)| named(name)) || request.absent.iter().any(named) {
            continue;
        }
        if !key.always && counts_as_absent {
            continue;
        }
        if !key.always && dice.chance(4) {
            stated.absent.push(key.name.to_owned());
        } else if key.many {
            let values = several(&dice.some(key.carried, 3));
            stated.context.push((key.name.to_owned(), values));
        } else {
            stated
                .context
                .push((key.name.to_owned(), one(dice.one(key.carried))));
        }
    }
    if stated.resource_account.is_none() {
        stated.resource_account = Some(
            dice.one(&[ACCOUNTS[1], ACCOUNTS[2], ACCOUNTS[3], "999999999999"])
                .into(),
        );
    }
    stated
}

/// States what a branch says.
fn state_branch(request: &Request, on: &[UnknownThing], tried: &[Tried]) -> Request {
    let mut stated = request.clone();
    for (thing, tried) in on.iter().zip(tried) {
        let UnknownThing::Key { key, .. } = thing else {
            let other = *tried == Tried::OtherAccount;
            stated.resource_account = other.then(|| "999999999999".into());
            continue;
        };
        match tried {
            Tried::Values(Values::One(value)) | Tried::AnotherValue(Values::One(value)) => {
                stated.context.push((key.to_string(), one(value)));
            }
            Tried::Values(Values::Many(values)) | Tried::AnotherValue(Values::Many(values)) => {
                let values: Vec<&str> = values.iter().map(|value| &**value).collect();
                stated.context.push((key.to_string(), several(&values)));
            }
            _ => stated.absent.push(key.to_string()),
        }
    }
    stated
}

fn is_certain(verdict: Verdict) -> bool {
    matches!(
        verdict,
        Verdict::Allow | Verdict::ExplicitDeny | Verdict::ImplicitDeny
    )
}

/// An analysis without the count of what was worked out.
fn without_count(mut analysis: Analysis) -> Analysis {
    analysis.evaluated = 0;
    analysis
}

fn edit(dice: &mut Dice, scenario: &Scenario) -> Edit {
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
fn in_capitals(file: &mut Value) {
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

fn verdicts(scenario: &Scenario) -> Vec<Vec<Verdict>> {
    let analysis = Engine::new().analyze(scenario, None);
    let rows = analysis.requests.iter();
    rows.map(|request| request.rows.iter().map(|row| row.verdict).collect())
        .collect()
}

fn add_statement(scenario: &Scenario, policy: &str, statement: Value) -> Scenario {
    let text = &scenario
        .policies
        .iter()
        .find(|own| own.id.as_str() == policy)
        .unwrap()
        .text;
    let mut document: Value = serde_json::from_str(text).unwrap();
    document["Statement"]
        .as_array_mut()
        .unwrap()
        .push(statement);
    let text = document.to_string().into();
    let edit = Edit::SetPolicyText {
        policy: policy.into(),
        text,
    };
    scenario.apply(edit).unwrap().scenario
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn deciding_answering_and_explaining_agree(numbers in dice()) {
        let scenario = read(&file(&mut Dice::new(numbers)));
        for request in &scenario.requests {
            let prepared = prepare(&scenario, request);
            let explanation = prepared.explain();
            let answer = prepared.answer();
            prop_assert_eq!(&explanation.answer, &answer);
            if let Decision::Verdict(verdict) = prepared.decide() {
                prop_assert_eq!(verdict, answer.verdict);
            }
            let outcomes: Vec<Outcome> = explanation.resources.iter().flat_map(|one| &one.stages).map(|stage| stage.outcome).collect();
            if outcomes.contains(&Outcome::Unknown) {
                prop_assert!(answer.verdict != Verdict::Error);
                continue;
            }
            let expected = if outcomes.contains(&Outcome::ExplicitDeny) {
                Verdict::ExplicitDeny
            } else if outcomes.contains(&Outcome::ImplicitDeny) {
                Verdict::ImplicitDeny
            } else {
                Verdict::Allow
            };
            prop_assert_eq!(answer.verdict, expected);
        }
    }

    #[test]
    fn a_verdict_holds_whatever_the_unknown_keys_are(numbers in dice(), values in vec(any::<u16>(), 400)) {
        let scenario = read(&file(&mut Dice::new(numbers)));
        let mut values = Dice::new(values);
        for request in &scenario.requests {
            let before = answer(&scenario, request);
            for _ in 0..8 {
                let stated = state_everything(&scenario, request, &mut values);
                let after = answer(&scenario, &stated);
                if is_certain(before.verdict) {
                    prop_assert_eq!(before.verdict, after.verdict, "{:?}", stated);
                }
            }
            let Some(depends) = &before.depends else { continue };
            if !depends.complete {
                continue;
            }
            let first = depends.branches[0].verdict;
            prop_assert!(depends.branches.iter().any(|branch| branch.verdict != first));
            for branch in &depends.branches {
                let stated = state_branch(request, &depends.on, &branch.tried);
                if depends.on.iter().any(|thing| matches!(thing, UnknownThing::Owner { .. })) {
                    continue;
                }
                let after = answer(&scenario, &stated);
                if after.depends.as_ref().is_some_and(|depends| !depends.complete) {
                    continue;
                }
                prop_assert_eq!(branch.verdict, after.verdict, "{:?} {:?} {:?}", depends.on, branch, after.depends);
            }
        }
    }

    #[test]
    fn what_is_remembered_is_what_would_be_worked_out(numbers in dice(), edits in vec(any::<u16>(), 60..600)) {
        let mut scenario = read(&file(&mut Dice::new(numbers)));
        let mut edits = Dice::new(edits);
        let mut engine = Engine::new();
        let focus = Focus { request: "r0".into(), account: None };
        engine.analyze(&scenario, Some(&focus));
        for _ in 0..8 {
            let edit = edit(&mut edits, &scenario);
            let Ok(edited) = scenario.apply(edit.clone()) else { continue };
            scenario = edited.scenario;
            let kept = engine.analyze(&scenario, Some(&focus));
            let again = engine.analyze(&scenario, Some(&focus));
            prop_assert_eq!(again.evaluated, 0);
            if matches!(edit, Edit::RenamePolicy { .. }) {
                prop_assert_eq!(kept.evaluated, 0);
            }
            let fresh = Engine::new().analyze(&scenario, Some(&focus));
            prop_assert!(without_count(kept) == without_count(fresh), "{:?}", edit);
        }
    }

    #[test]
    fn a_further_deny_never_lets_a_request_in(numbers in dice(), more in vec(any::<u16>(), 40)) {
        let before = read(&file(&mut Dice::new(numbers)));
        let mut more = Dice::new(more);
        let policy = more.one(&["p1", "p2", "p3", "s1", "s2", "s3"]);
        let after = add_statement(&before, policy, statement(&mut more, "Deny"));
        for (before, after) in before.requests.iter().map(|one| answer(&before, one)).zip(after.requests.iter().map(|one| answer(&after, one))) {
            if matches!(before.verdict, Verdict::ExplicitDeny | Verdict::ImplicitDeny) {
                prop_assert!(after.verdict != Verdict::Allow);
                let branches = after.depends.iter().flat_map(|depends| &depends.branches);
                prop_assert!(branches.into_iter().all(|branch| branch.verdict != Verdict::Allow));
            }
            if before.verdict == Verdict::ExplicitDeny {
                prop_assert!(after.verdict == Verdict::ExplicitDeny);
            }
        }
    }

    #[test]
    fn an_scp_never_grants(numbers in dice(), more in vec(any::<u16>(), 60)) {
        let scenario = read(&file(&mut Dice::new(numbers)));
        let mut more = Dice::new(more);
        let document = json!({ "Version": "2012-10-17", "Statement": [statement(&mut more, "Allow"), statement(&mut more, "Allow")] });
        let added = scenario.apply(Edit::AddPolicy { name: "more".to_owned(), kind: Kind::Scp, text: document.to_string().into() }).unwrap().scenario;
        let id = added.policies.last().unwrap().id.clone();
        let node = more.one(&["r-ab12", "ou-ab12-11111111", "222222222222", "333333333333"]).into();
        let after = added.apply(Edit::Attach { node, policy: id, position: None }).unwrap().scenario;
        for request in &after.requests {
            let prepared = prepare(&scenario, request);
            let explanation = prepared.explain();
            let nothing_grants = explanation.resources.iter().flat_map(|one| &one.stages).any(|stage| {
                stage.policy_type == evaluator::PolicyType::Identity && stage.outcome == Outcome::ImplicitDeny
            });
            if nothing_grants {
                let after = answer(&after, request);
                prop_assert!(after.verdict != Verdict::Allow);
                prop_assert!(after.depends.iter().flat_map(|depends| &depends.branches).all(|branch| branch.verdict != Verdict::Allow));
            }
        }
    }

    #[test]
    fn moving_an_account_concerns_its_own_requests_only(numbers in dice(), account in 1_usize..4, parent in 0_usize..3) {
        let before = read(&file(&mut Dice::new(numbers)));
        let parent = ["r-ab12", "ou-ab12-11111111", "ou-ab12-22222222"][parent].into();
        let moved = ACCOUNTS[account];
        let edit = Edit::MoveNode { node: moved.into(), parent, position: None };
        let Ok(edited) = before.apply(edit) else { return Ok(()) };
        let after = edited.scenario;
        let mut engine = Engine::new();
        let rows_before = engine.analyze(&before, None);
        let rows_after = engine.analyze(&after, None);
        let mut concerned = 0;
        for (request, (old, new)) in before.requests.iter().zip(rows_before.requests.iter().zip(&rows_after.requests)) {
            let home = request.caller.principal().and_then(|id| before.principal(id.as_str())).and_then(|entry| entry.account().cloned());
            let owner = request.resource_account.as_ref();
            for row in &old.rows {
                let caller = row.account.as_ref().or(home.as_ref()).map(organization::AccountId::as_str);
                if caller == Some(moved) || owner.map(organization::AccountId::as_str) == Some(moved) {
                    concerned += 1;
                    continue;
                }
                let same = new.rows.iter().find(|other| other.account == row.account).unwrap();
                prop_assert_eq!(row.verdict, same.verdict);
            }
        }
        prop_assert!(rows_after.evaluated <= concerned, "{} of {}", rows_after.evaluated, concerned);
    }

    #[test]
    fn the_text_of_a_policy_concerns_only_rows_that_read_it(numbers in dice(), more in vec(any::<u16>(), 40)) {
        let before = read(&file(&mut Dice::new(numbers)));
        let mut more = Dice::new(more);
        let policy = more.one(&["p1", "p2", "p3", "s1", "s2", "s3"]);
        let after = add_statement(&before, policy, statement(&mut more, "Deny"));
        let mut engine = Engine::new();
        let rows = engine.analyze(&before, None);
        let evaluated = engine.analyze(&after, None).evaluated;
        let tree = before.organization.as_ref().unwrap().index();
        let reads = |account: &str| {
            let path = tree.path(account).unwrap_or_default();
            path.iter().any(|node| match node.attachments() {
                organization::Attachments::Listed(ids) => ids.iter().any(|id| id.as_str() == policy),
                organization::Attachments::Default => false,
            })
        };
        let mut readers = 0;
        for (request, view) in before.requests.iter().zip(&rows.requests) {
            let entry = request.caller.principal().and_then(|id| before.principal(id.as_str()));
            let groups = match entry.map(|entry| &**entry) {
                Some(organization::Principal::User(user)) => user.groups.clone(),
                _ => Vec::new(),
            };
            let groups = groups.iter().filter_map(|id| before.principal(id.as_str()));
            let own: Vec<_> = entry.into_iter().chain(groups).flat_map(|entry| entry.policies()).chain(request.caller.policies()).collect();
            let owner = request.resource_account.as_ref();
            for row in &view.rows {
                let home = row.account.as_ref().or_else(|| entry.and_then(|entry| entry.account()));
                let is_read = own.iter().any(|id| id.as_str() == policy)
                    || home.into_iter().chain(owner).any(|account| reads(account.as_str()));
                readers += usize::from(is_read);
            }
        }
        prop_assert!(evaluated <= readers, "{} of {}", evaluated, readers);
    }

    #[test]
    fn names_are_read_without_regard_to_case(numbers in dice()) {
        let mut file = file(&mut Dice::new(numbers));
        let before = verdicts(&read(&file));
        in_capitals(&mut file);
        prop_assert_eq!(before, verdicts(&read(&file)));
    }
}

#[test]
fn generated_scenarios_reach_every_verdict() {
    let mut seen = std::collections::HashSet::new();
    for seed in 0..400_u32 {
        let numbers = (0..600_u32).map(|at| {
            let mixed = seed.wrapping_mul(0x9e37_79b9) ^ at.wrapping_mul(0x85eb_ca6b);
            u16::try_from((mixed ^ mixed >> 15).wrapping_mul(0x2c1b_3c6d) >> 16).unwrap()
        });
        let scenario: Rc<Scenario> = Rc::new(read(&file(&mut Dice::new(numbers.collect()))));
        seen.extend(verdicts(&scenario).into_iter().flatten());
    }
    for verdict in [
        Verdict::Allow,
        Verdict::ExplicitDeny,
        Verdict::ImplicitDeny,
        Verdict::Depends,
    ] {
        assert!(seen.contains(&verdict), "{verdict:?} in {seen:?}");
    }
}
