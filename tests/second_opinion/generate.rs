//! Generated policies, each with a request.

use crate::{Case, Condition, Statement};

pub(crate) const ACCOUNT: &str = "222222222222";
pub(crate) const USER: &str = "arn:aws:iam::222222222222:user/ana";

/// The key of `StringEquals` … `StringNotLike`, of `ForAnyValue:` and `ForAllValues:`.
pub(crate) const TEXT: &str = "example:Text";
pub(crate) const NUMBER: &str = "example:Number";
pub(crate) const DATE: &str = "aws:CurrentTime";
pub(crate) const FLAG: &str = "aws:SecureTransport";
pub(crate) const BLOB: &str = "example:Blob";
pub(crate) const ADDRESS: &str = "aws:SourceIp";
pub(crate) const ARN: &str = "example:Arn";

/// A family of operators: its operators, its key, values of policies, values of requests.
struct Family {
    operators: &'static [&'static str],
    key: &'static str,
    compared: &'static [&'static str],
    carried: &'static [Carried],
}

/// The value of a context key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Carried {
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

/// A small generator of numbers; the same every time.
pub(crate) struct Dice(pub(crate) u64);

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
    pub(crate) fn case(&mut self) -> Case {
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
