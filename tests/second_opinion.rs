//! A second opinion: generated identity policies, decided by the evaluator and by the crate
//! `iam-rs`, which was written by others from the same documentation.
//!
//! Where the two differ, the rule book decides. Each difference must belong to a class of
//! [`CLASSES`], which names the rule; one that belongs to none fails the test. So does a class in
//! which no difference falls any more.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test whose data cannot be read must fail, in its helpers too"
)]

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::rc::Rc;

use evaluator::{Library, LibraryPolicy, Verdict, World};
use guardrail_tests::{defined_rules, repository};
use iam_rs::{
    Arn, Context, ContextValue, Decision, IAMPolicy, IAMRequest, PolicyEvaluator, Principal,
    PrincipalId,
};
use policy::Kind;
use serde_json::{Map, Value, json};

/// How many policies are compared, each with one request.
const CASES: u64 = 20_000;

const ACCOUNT: &str = "222222222222";
const USER: &str = "arn:aws:iam::222222222222:user/ana";

/// The key of `StringEquals` … `StringNotLike`, of `ForAnyValue:` and `ForAllValues:`.
const TEXT: &str = "example:Text";
const NUMBER: &str = "example:Number";
const DATE: &str = "aws:CurrentTime";
const FLAG: &str = "aws:SecureTransport";
const BLOB: &str = "example:Blob";
const ADDRESS: &str = "aws:SourceIp";
const ARN: &str = "example:Arn";

/// A family of operators: its operators, its key, values of policies, values of requests.
struct Family {
    operators: &'static [&'static str],
    key: &'static str,
    compared: &'static [&'static str],
    carried: &'static [Carried],
}

/// The value of a context key.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Carried {
    Absent,
    Text(&'static str),
    Number(f64),
    Bool(bool),
    Many(&'static [&'static str]),
}

use Carried::{Absent, Bool, Many, Number, Text};

const FAMILIES: &[Family] = &[
    Family {
        operators: &[
            "StringEquals",
            "StringNotEquals",
            "StringEqualsIgnoreCase",
            "StringNotEqualsIgnoreCase",
            "StringLike",
            "StringNotLike",
            "Null",
        ],
        key: TEXT,
        compared: &[
            "ana",
            "ANA",
            "an*",
            "a?a",
            "*",
            "?*",
            "*x*b",
            "",
            "b",
            "a*b",
            "${aws:username}",
            "${*}",
            "a${*}b",
            "${example:Nothing}",
            "${example:Nothing, 'ana'}",
            "true",
            "false",
        ],
        carried: &[
            Absent,
            Text("ana"),
            Text("Ana"),
            Text("b"),
            Text(""),
            Text("a*b"),
            Text("*xxb"),
            Text("*"),
            Text("äna"),
            Many(&["ana", "b"]),
            Many(&["ana"]),
            Many(&[]),
        ],
    },
    Family {
        operators: &[
            "NumericEquals",
            "NumericNotEquals",
            "NumericLessThan",
            "NumericLessThanEquals",
            "NumericGreaterThan",
            "NumericGreaterThanEquals",
            "Null",
        ],
        key: NUMBER,
        compared: &["10", "10.0", "9.99", "-1", "+5", "0", "11", "true", "false"],
        carried: &[
            Absent,
            Number(10.0),
            Number(9.99),
            Number(-1.5),
            Number(0.0),
            Text("10"),
            Text("5"),
            Text("many"),
        ],
    },
    Family {
        operators: &[
            "DateEquals",
            "DateNotEquals",
            "DateLessThan",
            "DateLessThanEquals",
            "DateGreaterThan",
            "DateGreaterThanEquals",
        ],
        key: DATE,
        compared: &[
            "2026-01-01T00:00:00Z",
            "2026-01-01T01:00:00+01:00",
            "2025-12-31T23:59:59.5Z",
            "1767225600",
            "2026",
            "2026-01-01",
        ],
        carried: &[
            Text("2026-01-01T00:00:00Z"),
            Text("2025-12-31T23:59:59Z"),
            Text("2026-06-01T12:00:00Z"),
            Text("1970-01-01T00:33:46Z"),
        ],
    },
    Family {
        operators: &["Bool", "Null"],
        key: FLAG,
        compared: &["true", "false"],
        carried: &[Bool(true), Bool(false)],
    },
    Family {
        operators: &["BinaryEquals"],
        key: BLOB,
        compared: &["QmluYXJ5", "qmluyxj5", "QmluYXI=", "QmluYXI"],
        carried: &[Absent, Text("QmluYXJ5"), Text("qmluyxj5"), Text("QmluYXI=")],
    },
    Family {
        operators: &["IpAddress", "NotIpAddress"],
        key: ADDRESS,
        compared: &[
            "203.0.113.0/24",
            "203.0.113.9/24",
            "203.0.113.7",
            "0.0.0.0/0",
            "2001:db8::/32",
            "2001:DB8::1",
            "::/0",
        ],
        carried: &[
            Text("203.0.113.7"),
            Text("198.51.100.1"),
            Text("2001:db8::1"),
            Text("2001:0db8:0:0:0:0:0:2"),
            Text("here"),
        ],
    },
    Family {
        operators: &["ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"],
        key: ARN,
        compared: &[
            "arn:aws:s3:::data",
            "arn:aws:s3:::d*a",
            "arn:aws:s3:::*",
            "arn:aws:iam::*:role/*",
            "arn:*:iam::222222222222:role/?",
            "arn:aws:svc:*:111122223333:finance/*",
            "arn:aws:iam::222222222222:user/${aws:username}",
            "data",
        ],
        carried: &[
            Absent,
            Text("arn:aws:s3:::data"),
            Text("arn:aws:iam::222222222222:role/x"),
            Text("arn:aws:iam::222222222222:role/x/y"),
            Text("arn:aws:iam::222222222222:user/ana"),
            Text("arn:aws:svc:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"),
            Text("data"),
        ],
    },
];

const ACTIONS: &[&str] = &[
    "*",
    "s3:*",
    "s3:Get*",
    "S3:getobject",
    "s3:?etObject",
    "s3:*Object",
    "s3:GetObject",
    "s3:GetObjectAcl",
    "dynamodb:Query",
    "dynamodb:*",
    "logs:*LogEvents",
    "*:*",
];
/// Requests: an action with what it acts on.
const CALLS: &[(&str, &str)] = &[
    ("s3:GetObject", "arn:aws:s3:::data/home/ana/x"),
    ("s3:GetObject", "arn:aws:s3:::data/*"),
    ("s3:PutObject", "arn:aws:s3:::data/home/a"),
    (
        "dynamodb:Query",
        "arn:aws:dynamodb:eu-west-1:222222222222:table/books",
    ),
    (
        "logs:PutLogEvents",
        "arn:aws:logs:eu-west-1:222222222222:log-group:app:log-stream:1",
    ),
];
const RESOURCES: &[&str] = &[
    "*",
    "arn:aws:s3:::*",
    "arn:aws:s3:::data/*",
    "arn:aws:s3:::data/home/ana/x",
    "arn:aws:s3:::data/home/?",
    "arn:aws:s3:::DATA/*",
    "arn:aws:s3:::data/home/${aws:username}/*",
    "arn:aws:s3:::data/home/${example:Text}/*",
    "arn:aws:s3:::data/home/${example:Nothing}/*",
    "arn:aws:s3:::data/home/${example:Nothing}*",
    "arn:aws:s3:::data/home/${example:Nothing, 'ana'}/*",
    "arn:aws:s3:::data/${*}",
    "arn:*:s3:::data/*",
    "arn:aws:*:::data/*",
    "arn:aws:dynamodb:*:*:table/*",
    "arn:aws:dynamodb:eu-*:222222222222:table/b*s",
    "arn:aws:dynamodb:us-*:222222222222:table/*",
    "arn:aws:logs:eu-west-1:222222222222:log-group:app:*",
    "arn:aws:logs:*:app:log-stream:1",
    "arn:aws:logs:*",
];

/// One condition: an operator, perhaps with a set qualifier or `IfExists`, a key and its values.
#[derive(Clone, Debug)]
struct Condition {
    operator: String,
    key: &'static str,
    values: Vec<&'static str>,
}

#[derive(Clone, Debug)]
struct Statement {
    effect: &'static str,
    action: (&'static str, Vec<&'static str>),
    resource: (&'static str, Vec<&'static str>),
    conditions: Vec<Condition>,
}

/// A policy and a request.
#[derive(Clone, Debug)]
struct Case {
    version: &'static str,
    statements: Vec<Statement>,
    action: &'static str,
    resource: &'static str,
    context: Vec<(&'static str, Carried)>,
}

/// A small generator of numbers; the same every time.
struct Dice(u64);

impl Dice {
    fn pick(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % count as u64).unwrap()
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.pick(of.len())]
    }

    /// One, mostly; sometimes two or three.
    fn few<T: Copy + PartialEq>(&mut self, of: &[T]) -> Vec<T> {
        let mut chosen = Vec::new();
        for _ in 0..=self.pick(6).saturating_sub(3) {
            let next = self.one(of);
            if !chosen.contains(&next) {
                chosen.push(next);
            }
        }
        chosen
    }

    fn condition(&mut self) -> Condition {
        let family = &FAMILIES[self.pick(FAMILIES.len())];
        let operator = self.one(family.operators);
        let takes_sets = operator.starts_with("String") || operator.starts_with("Arn");
        let operator = match self.pick(6) {
            0 if operator != "Null" => format!("{operator}IfExists"),
            1 if takes_sets => format!("ForAllValues:{operator}"),
            2 if takes_sets => format!("ForAnyValue:{operator}"),
            _ => operator.to_owned(),
        };
        let values = if operator == "Null" {
            self.few(&["true", "false"])
        } else {
            self.few(family.compared)
        };
        Condition {
            operator,
            key: family.key,
            values,
        }
    }

    fn statement(&mut self, conditions: usize) -> Statement {
        let mut chosen: Vec<Condition> = Vec::new();
        for _ in 0..conditions {
            let next = self.condition();
            if chosen.iter().all(|known| known.operator != next.operator) {
                chosen.push(next);
            }
        }
        Statement {
            effect: self.one(&["Allow", "Allow", "Deny"]),
            action: (
                self.one(&["Action", "Action", "Action", "NotAction"]),
                self.few(ACTIONS),
            ),
            resource: (
                self.one(&["Resource", "Resource", "Resource", "NotResource"]),
                self.few(RESOURCES),
            ),
            conditions: chosen,
        }
    }

    /// Four fifths of the cases are about one thing: the scopes, or a single condition.
    fn case(&mut self) -> Case {
        let everything = |conditions| Statement {
            effect: "Allow",
            action: ("Action", vec!["*"]),
            resource: ("Resource", vec!["*"]),
            conditions,
        };
        let statements = match self.pick(5) {
            0..2 => vec![self.statement(0)],
            2..4 => vec![everything(vec![self.condition()])],
            _ => (0..=self.pick(3))
                .map(|_| {
                    let conditions = self.pick(3);
                    self.statement(conditions)
                })
                .collect(),
        };
        let (action, resource) = self.one(CALLS);
        Case {
            version: self.one(&["2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17"]),
            statements,
            action,
            resource,
            context: FAMILIES
                .iter()
                .map(|family| (family.key, self.one(family.carried)))
                .collect(),
        }
    }
}

impl Case {
    fn policy(&self) -> Value {
        let statements: Vec<Value> = self.statements.iter().map(Statement::json).collect();
        json!({ "Version": self.version, "Statement": statements })
    }

    fn carried(&self, key: &str) -> Carried {
        let found = self.context.iter().find(|(name, _)| *name == key);
        found.map_or(Absent, |(_, carried)| *carried)
    }

    /// What the evaluator says; none if AWS would refuse the policy.
    fn ours(&self) -> Option<Verdict> {
        let context: Map<String, Value> = self
            .context
            .iter()
            .filter_map(|(key, carried)| {
                let value = match carried {
                    Absent => return None,
                    Text(text) => json!(text),
                    Number(number) => json!(number),
                    Bool(flag) => json!(flag),
                    Many(texts) => json!(texts),
                };
                Some(((*key).to_owned(), value))
            })
            .collect();
        let file = json!({
            "version": 1,
            "settings": { "unstatedKeys": "absent" },
            "policies": [{ "id": "p", "kind": "identity", "document": self.policy() }],
            "principals": [
                { "id": "ana", "type": "user", "account": ACCOUNT, "name": "ana", "policies": ["p"] },
            ],
            "requests": [{
                "id": "r",
                "principal": "ana",
                "action": self.action,
                "resource": self.resource,
                "resourceAccount": ACCOUNT,
                "context": context,
            }],
        });
        let scenario = organization::file::read(&file.to_string())
            .expect("a scenario")
            .scenario;
        let kind = Kind::Identity;
        let mut library = Library::default();
        let entry = LibraryPolicy {
            kind: Some(kind),
            compiled: evaluator::compile(&policy::parse(&scenario.policies[0].text, kind), kind)
                .map(Rc::new),
        };
        library.insert(scenario.policies[0].id.clone(), entry);
        let world = World {
            scenario: &scenario,
            tree: None,
            library: &library,
        };
        let prepared =
            evaluator::prepare(&world, &scenario.requests[0], None).expect("a known caller");
        match prepared.answer().verdict {
            Verdict::Error => None,
            verdict => Some(verdict),
        }
    }

    /// What iam-rs says; none if it has no opinion.
    fn theirs(&self) -> Option<Verdict> {
        let policy: IAMPolicy = serde_json::from_value(self.policy()).ok()?;
        let mut context = Context::new();
        context.insert(
            "aws:username".to_owned(),
            ContextValue::String("ana".to_owned()),
        );
        for (key, carried) in &self.context {
            let value = match carried {
                Absent => continue,
                Text(text) => ContextValue::String((*text).to_owned()),
                Number(number) => ContextValue::Number(*number),
                Bool(flag) => ContextValue::Boolean(*flag),
                Many(texts) => {
                    ContextValue::StringList(texts.iter().map(|text| (*text).to_owned()).collect())
                }
            };
            context.insert((*key).to_owned(), value);
        }
        let request = IAMRequest::new_with_context(
            Principal::Aws(PrincipalId::String(USER.to_owned())),
            self.action,
            Arn::parse(self.resource).expect("an ARN"),
            context,
        );
        let evaluator = PolicyEvaluator::with_policies(vec![policy]);
        Some(match evaluator.evaluate(&request).ok()?.decision {
            Decision::Allow => Verdict::Allow,
            Decision::Deny => Verdict::ExplicitDeny,
            Decision::NotApplicable => Verdict::ImplicitDeny,
        })
    }
}

impl Statement {
    fn json(&self) -> Value {
        let mut statement = Map::new();
        statement.insert("Effect".to_owned(), json!(self.effect));
        statement.insert(self.action.0.to_owned(), json!(self.action.1));
        statement.insert(self.resource.0.to_owned(), json!(self.resource.1));
        let mut conditions = Map::new();
        for condition in &self.conditions {
            let values = match condition.values.as_slice() {
                [single] => json!(single),
                several => json!(several),
            };
            conditions.insert(condition.operator.clone(), json!({ condition.key: values }));
        }
        if !conditions.is_empty() {
            statement.insert("Condition".to_owned(), Value::Object(conditions));
        }
        Value::Object(statement)
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}\n  {} on {}",
            self.policy(),
            self.action,
            self.resource
        )?;
        for (key, carried) in &self.context {
            let read = |statement: &Statement| statement.json().to_string().contains(key);
            if self.statements.iter().any(read) {
                write!(f, ", {key}: {carried:?}")?;
            }
        }
        Ok(())
    }
}

/// A way in which the two differ.
struct Class {
    /// The rule of `docs/semantics.md` that decides.
    rule: &'static str,
    /// What iam-rs does instead.
    theirs: &'static str,
    /// Where it shows.
    sign: Sign,
}

/// Where a difference shows: in an entry of `Resource` or `NotResource`, or in a condition.
enum Sign {
    Resource(fn(&Case, &str) -> bool),
    Condition(fn(&Case, &Condition) -> bool),
}

const CLASSES: &[Class] = &[
    Class {
        rule: "GRAM-2",
        theirs: "replaces variables in the version 2008-10-17 too",
        sign: Sign::Resource(|case, entry| case.version == "2008-10-17" && entry.contains("${")),
    },
    Class {
        rule: "RES-2",
        theirs: "never matches a pattern with a wildcard in the service",
        sign: Sign::Resource(|_, entry| part(entry, 2).contains('*')),
    },
    Class {
        rule: "RES-4",
        theirs: "stops every `*` of the first five parts at the colon",
        sign: Sign::Resource(|case, entry| {
            entry.starts_with("arn:")
                && like(entry, case.resource)
                && !like_by_parts(entry, case.resource)
        }),
    },
    Class {
        rule: "RES-3",
        theirs: "takes the `*` of a pattern for the character where the resource has one",
        sign: Sign::Resource(|case, entry| {
            case.resource.contains('*')
                && entry.contains('*')
                && like_by_parts(entry, case.resource)
        }),
    },
    Class {
        rule: "VAR-4",
        theirs: "takes `${*}` for a variable that is absent",
        sign: Sign::Resource(|_, entry| entry.contains("${*}")),
    },
    Class {
        rule: "RES-11",
        theirs: "puts nothing in the place of a variable that is absent",
        sign: Sign::Resource(|case, entry| {
            entry.contains("${example:Nothing}")
                || entry.contains("${example:Text}") && case.carried(TEXT) == Absent
        }),
    },
    Class {
        rule: "VAR-1",
        theirs: "puts the values of a key that has several in the place of a variable",
        sign: Sign::Resource(|case, entry| {
            entry.contains("${example:Text}") && matches!(case.carried(TEXT), Many(_))
        }),
    },
    Class {
        rule: "VAR-6",
        theirs: "takes a `*` in the value of a variable for a wildcard",
        sign: Sign::Resource(|case, entry| {
            entry.contains("${example:Text}")
                && matches!(case.carried(TEXT), Text(text) if text.contains('*'))
        }),
    },
    Class {
        rule: "VAR-2",
        theirs: "replaces no variables in conditions",
        sign: Sign::Condition(|case, condition| {
            case.version == "2012-10-17" && condition.has_value(|value| value.contains("${"))
        }),
    },
    Class {
        rule: "STR-3",
        theirs: "takes the `*` of a pattern for the character where the value has one",
        sign: Sign::Condition(|case, condition| {
            let Text(carried) = case.carried(TEXT) else {
                return false;
            };
            condition.operator.contains("Like")
                && carried.contains('*')
                && condition.has_value(|value| value.contains('*') && like(value, carried))
        }),
    },
    Class {
        rule: "SET-6",
        theirs: "compares a key of several values as `ForAnyValue` does where no set operator is",
        sign: Sign::Condition(|case, condition| {
            condition.operator.starts_with("String") && matches!(case.carried(TEXT), Many(_))
        }),
    },
    Class {
        rule: "SET-3",
        theirs: "compares an empty text under `ForAllValues`",
        sign: Sign::Condition(|case, condition| {
            condition.operator.starts_with("ForAllValues:String") && case.carried(TEXT) == Text("")
        }),
    },
    Class {
        rule: "COND-6",
        theirs: "holds an empty value for present",
        sign: Sign::Condition(|case, condition| {
            condition.operator == "Null"
                && matches!(case.carried(condition.key), Text("") | Many([]))
        }),
    },
    Class {
        rule: "NULL-1",
        theirs: "reads only the first value of `Null`",
        sign: Sign::Condition(|_, condition| {
            condition.operator == "Null" && condition.values.len() > 1
        }),
    },
    Class {
        rule: "NUM-1",
        theirs: "holds a negated operator for met by a value that it cannot read",
        sign: Sign::Condition(|case, condition| {
            condition.operator.contains("Not")
                && matches!(
                    (condition.key, case.carried(condition.key)),
                    (NUMBER, Text("many")) | (ADDRESS, Text("here"))
                )
        }),
    },
    Class {
        rule: "ARN-1",
        theirs: "takes wildcards literally under `ArnEquals`",
        sign: Sign::Condition(|_, condition| {
            (condition.operator.contains("ArnEquals")
                || condition.operator.contains("ArnNotEquals"))
                && condition.has_value(|value| value.contains(['*', '?']))
        }),
    },
    Class {
        rule: "ARN-2",
        theirs: "lets wildcards run over the colons of an ARN",
        sign: Sign::Condition(|case, condition| {
            let Text(carried) = case.carried(ARN) else {
                return false;
            };
            condition.operator.contains("Arn")
                && condition
                    .has_value(|value| like(value, carried) && !like_by_parts(value, carried))
        }),
    },
    Class {
        rule: "ARN-3",
        theirs: "compares a text that is no ARN under ARN operators",
        sign: Sign::Condition(|case, condition| {
            condition.operator.contains("Arn")
                && (case.carried(ARN) == Text("data")
                    || condition.has_value(|value| value == "data"))
        }),
    },
    Class {
        rule: "BIN-1",
        theirs: "compares the letters of base64 instead of the bytes, without case and padding",
        sign: Sign::Condition(|case, condition| {
            let Text(carried) = case.carried(BLOB) else {
                return false;
            };
            let letters = |text: &str| text.trim_end_matches('=').to_ascii_lowercase();
            condition.operator.starts_with("Binary")
                && condition
                    .has_value(|value| value != carried && letters(value) == letters(carried))
        }),
    },
];

impl Class {
    fn holds(&self, case: &Case) -> bool {
        case.statements.iter().any(|statement| match self.sign {
            Sign::Resource(sign) => (statement.resource.1.iter()).any(|entry| sign(case, entry)),
            Sign::Condition(sign) => (statement.conditions.iter()).any(|it| sign(case, it)),
        })
    }
}

impl Condition {
    fn has_value(&self, is: impl Fn(&str) -> bool) -> bool {
        self.values.iter().any(|value| is(value))
    }
}

/// A part of an ARN, from 0.
fn part(arn: &str, index: usize) -> &str {
    arn.splitn(6, ':').nth(index).unwrap_or_default()
}

/// Wildcards that run over everything.
fn like(pattern: &str, text: &str) -> bool {
    fn chars(pattern: &[char], text: &[char]) -> bool {
        match (pattern, text) {
            ([], []) => true,
            (['*', rest @ ..], []) => chars(rest, text),
            (['*', rest @ ..], [_, after @ ..]) => chars(rest, text) || chars(pattern, after),
            ([p, rest @ ..], [c, after @ ..]) => (*p == '?' || p == c) && chars(rest, after),
            _ => false,
        }
    }
    let all = |text: &str| text.chars().collect::<Vec<_>>();
    chars(&all(pattern), &all(text))
}

/// Wildcards that stay in their part of an ARN.
fn like_by_parts(pattern: &str, text: &str) -> bool {
    (0..6).all(|index| like(part(pattern, index), part(text, index)))
}

#[test]
fn each_difference_has_a_rule_that_decides_it() {
    let mut dice = Dice(1);
    let (mut agreed, mut silent) = (0_u64, 0_u64);
    let mut fallen: BTreeMap<&str, u64> = BTreeMap::new();
    let mut open = Vec::new();
    for _ in 0..CASES {
        let case = dice.case();
        let (Some(ours), Some(theirs)) = (case.ours(), case.theirs()) else {
            silent += 1;
            continue;
        };
        if ours == theirs {
            agreed += 1;
            continue;
        }
        match CLASSES.iter().find(|class| class.holds(&case)) {
            Some(class) => *fallen.entry(class.theirs).or_default() += 1,
            None => open.push(format!("{case}\n  ours {ours:?}, theirs {theirs:?}")),
        }
    }
    println!("{agreed} agree, {silent} without two opinions");
    for class in CLASSES {
        let count = fallen.get(class.theirs).copied().unwrap_or(0);
        println!("{count:6} {}: {}", class.rule, class.theirs);
    }
    open.sort_by_key(String::len);
    open.dedup();
    assert!(
        open.is_empty(),
        "{} differences are in no class, such as:\n{}",
        open.len(),
        open[..open.len().min(10)].join("\n")
    );
    let idle: Vec<&str> = CLASSES
        .iter()
        .map(|class| class.theirs)
        .filter(|theirs| !fallen.contains_key(theirs))
        .collect();
    assert!(idle.is_empty(), "no difference is left in {idle:?}");
    assert!(
        agreed > CASES * 3 / 4 && silent < CASES / 10,
        "the two agree in {agreed} of {CASES} cases, {silent} have not two opinions"
    );
}

#[test]
fn the_rules_that_decide_are_in_the_rule_book() {
    let path = repository().join("docs/semantics.md");
    let rules = defined_rules(&fs::read_to_string(path).expect("the rule book"));
    let unknown: Vec<&str> = CLASSES
        .iter()
        .map(|class| class.rule)
        .filter(|rule| !rules.contains(*rule))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
