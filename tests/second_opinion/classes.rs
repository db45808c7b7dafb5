//! The ways in which the two differ, each with the rule that decides it.

use crate::generate::Carried::{Absent, Many, Text};
use crate::generate::{ADDRESS, ARN, BLOB, NUMBER, TEXT};
use crate::{Case, Condition};

/// A way in which the two differ.
pub(crate) struct Class {
    /// The rule of `docs/semantics.md` that decides.
    pub(crate) rule: &'static str,
    /// What iam-rs does instead.
    pub(crate) theirs: &'static str,
    /// Where it shows.
    pub(crate) sign: Sign,
}

/// Where a difference shows: in an entry of `Resource` or `NotResource`, or in a condition.
pub(crate) enum Sign {
    Resource(fn(&Case, &str) -> bool),
    Condition(fn(&Case, &Condition) -> bool),
}

pub(crate) const CLASSES: &[Class] = &[
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
    pub(crate) fn holds(&self, case: &Case) -> bool {
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
