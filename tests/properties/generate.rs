//! Scenarios made of choices.

use organization::Scenario;
use serde_json::{Map, Value, json};

/// Choices, one after the other; when they are used up, the first of everything.
pub(crate) struct Dice {
    numbers: Vec<u16>,
    at: usize,
}

impl Dice {
    pub(crate) fn new(numbers: Vec<u16>) -> Self {
        Self { numbers, at: 0 }
    }

    pub(crate) fn pick(&mut self, count: usize) -> usize {
        let number = self.numbers.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(number) % count
    }

    pub(crate) fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.pick(of.len())]
    }

    pub(crate) fn some<'a>(&mut self, of: &[&'a str], most: usize) -> Vec<&'a str> {
        (0..=self.pick(most)).map(|_| self.one(of)).collect()
    }

    pub(crate) fn chance(&mut self, of: usize) -> bool {
        self.pick(of) == of - 1
    }
}

/// A context key with what policies compare it with, and what requests may carry.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) operators: &'static [&'static str],
    pub(crate) compared: &'static [&'static str],
    pub(crate) carried: &'static [&'static str],
    /// Every request carries it.
    pub(crate) always: bool,
    /// It takes several values.
    pub(crate) many: bool,
}

pub(crate) const TEXT: &[&str] = &[
    "StringEquals",
    "StringNotEquals",
    "StringLike",
    "StringNotLike",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
];
pub(crate) const PATTERNS: &[&str] = &[
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
pub(crate) const TEXTS: &[&str] = &[
    "a", "b", "ab", "axb", "A", "home/", "home/x", "AIDA1", "AIDA1/x", "zzz", "aAIDA1b", "ana",
    "aab",
];

pub(crate) const KEYS: &[Key] = &[
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

pub(crate) const ACTIONS: &[&str] = &["s3:ListBucket", "s3:GetObject", "dynamodb:Query"];
pub(crate) const ACTION_PATTERNS: &[&str] = &[
    "s3:ListBucket",
    "s3:*",
    "s3:Get*",
    "*",
    "dynamodb:Query",
    "s3:?ist*",
];
pub(crate) const RESOURCES: &[&str] = &[
    "arn:aws:s3:::data",
    "arn:aws:s3:::data/AIDA1/x",
    "arn:aws:s3:::logs/a",
];
pub(crate) const RESOURCE_PATTERNS: &[&str] = &[
    "*",
    "arn:aws:s3:::data*",
    "arn:aws:s3:::data/${aws:userid}/*",
    "arn:aws:s3:::*/${example:Name}",
    "arn:aws:s3:::logs/*",
];
pub(crate) const ACCOUNTS: &[&str] = &[
    "111111111111",
    "222222222222",
    "333333333333",
    "444444444444",
];
pub(crate) const CALLERS: &[&str] = &["ana", "bob", "app", "nobody"];

pub(crate) fn conditions(dice: &mut Dice) -> Value {
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

pub(crate) fn statement(dice: &mut Dice, effect: &str) -> Value {
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

pub(crate) fn document(dice: &mut Dice) -> Value {
    let count = 1 + dice.pick(3);
    let statements: Vec<Value> = (0..count)
        .map(|_| {
            let effect = if dice.chance(3) { "Deny" } else { "Allow" };
            statement(dice, effect)
        })
        .collect();
    json!({ "Version": "2012-10-17", "Statement": statements })
}

pub(crate) fn carried(dice: &mut Dice, key: &Key) -> Value {
    if key.many {
        json!(dice.some(key.carried, 3))
    } else {
        json!(dice.one(key.carried))
    }
}

pub(crate) fn request(dice: &mut Dice, id: &str) -> Value {
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

pub(crate) fn attached(dice: &mut Dice) -> Vec<&'static str> {
    let mut attached = vec!["FullAWSAccess"];
    if dice.chance(3) {
        attached.push(dice.one(&["s1", "s2", "s3"]));
    }
    if dice.chance(8) {
        attached.remove(0);
    }
    attached
}

pub(crate) fn file(dice: &mut Dice) -> Value {
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

pub(crate) fn read(file: &Value) -> Scenario {
    organization::file::read(&file.to_string())
        .expect("a scenario")
        .scenario
}
