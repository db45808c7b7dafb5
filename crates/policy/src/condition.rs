//! Condition operators.

use std::fmt;

use crate::text::nearest;

/// A condition operator as written in a policy: `ForAnyValue:StringNotLikeIfExists`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Operator {
    /// `ForAllValues:` or `ForAnyValue:`, if there is one.
    pub set: Option<SetQualifier>,
    /// The comparison itself.
    pub test: Test,
    /// Whether the name ends in `IfExists` (COND-5); never with `Null`.
    pub if_exists: bool,
}

/// How a key with several values is quantified (SET-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SetQualifier {
    /// `ForAllValues:`
    ForAllValues,
    /// `ForAnyValue:`
    ForAnyValue,
}

/// A comparison. Negated forms carry their positive twin and `negated: true`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// `StringEquals`, `StringNotEquals` (STR-1).
    StringEquals {
        /// The `Not` form.
        negated: bool,
    },
    /// `StringEqualsIgnoreCase`, `StringNotEqualsIgnoreCase` (STR-2).
    StringEqualsIgnoreCase {
        /// The `Not` form.
        negated: bool,
    },
    /// `StringLike`, `StringNotLike` (STR-3).
    StringLike {
        /// The `Not` form.
        negated: bool,
    },
    /// `Numeric…` (NUM-1).
    Numeric(Comparison),
    /// `Date…` (DATE-1).
    Date(Comparison),
    /// `Bool` (BOOL-1).
    Bool,
    /// `BinaryEquals` (BIN-1).
    BinaryEquals,
    /// `IpAddress`, `NotIpAddress` (IP-1).
    IpAddress {
        /// The `Not` form.
        negated: bool,
    },
    /// `ArnEquals`, `ArnLike` and their `Not` forms: the two are one (ARN-1).
    ArnLike {
        /// The `Not` form.
        negated: bool,
        /// Whether it was written with `Equals`; the meaning is the same.
        written_equals: bool,
    },
    /// `Null` (NULL-1).
    Null,
}

/// The six comparisons of numbers and dates; the request's value is the left operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `…Equals`
    Equals,
    /// `…NotEquals`
    NotEquals,
    /// `…LessThan`
    LessThan,
    /// `…LessThanEquals`
    LessThanEquals,
    /// `…GreaterThan`
    GreaterThan,
    /// `…GreaterThanEquals`
    GreaterThanEquals,
}

/// All comparisons by their canonical names.
const TESTS: [(&str, Test); 27] = [
    ("StringEquals", Test::StringEquals { negated: false }),
    ("StringNotEquals", Test::StringEquals { negated: true }),
    (
        "StringEqualsIgnoreCase",
        Test::StringEqualsIgnoreCase { negated: false },
    ),
    (
        "StringNotEqualsIgnoreCase",
        Test::StringEqualsIgnoreCase { negated: true },
    ),
    ("StringLike", Test::StringLike { negated: false }),
    ("StringNotLike", Test::StringLike { negated: true }),
    ("NumericEquals", Test::Numeric(Comparison::Equals)),
    ("NumericNotEquals", Test::Numeric(Comparison::NotEquals)),
    ("NumericLessThan", Test::Numeric(Comparison::LessThan)),
    (
        "NumericLessThanEquals",
        Test::Numeric(Comparison::LessThanEquals),
    ),
    ("NumericGreaterThan", Test::Numeric(Comparison::GreaterThan)),
    (
        "NumericGreaterThanEquals",
        Test::Numeric(Comparison::GreaterThanEquals),
    ),
    ("DateEquals", Test::Date(Comparison::Equals)),
    ("DateNotEquals", Test::Date(Comparison::NotEquals)),
    ("DateLessThan", Test::Date(Comparison::LessThan)),
    ("DateLessThanEquals", Test::Date(Comparison::LessThanEquals)),
    ("DateGreaterThan", Test::Date(Comparison::GreaterThan)),
    (
        "DateGreaterThanEquals",
        Test::Date(Comparison::GreaterThanEquals),
    ),
    ("Bool", Test::Bool),
    ("BinaryEquals", Test::BinaryEquals),
    ("IpAddress", Test::IpAddress { negated: false }),
    ("NotIpAddress", Test::IpAddress { negated: true }),
    (
        "ArnEquals",
        Test::ArnLike {
            negated: false,
            written_equals: true,
        },
    ),
    (
        "ArnNotEquals",
        Test::ArnLike {
            negated: true,
            written_equals: true,
        },
    ),
    (
        "ArnLike",
        Test::ArnLike {
            negated: false,
            written_equals: false,
        },
    ),
    (
        "ArnNotLike",
        Test::ArnLike {
            negated: true,
            written_equals: false,
        },
    ),
    ("Null", Test::Null),
];

const IF_EXISTS: &str = "IfExists";

/// Why a name is no condition operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OperatorError {
    /// `NullIfExists` (COND-5).
    NullIfExists,
    /// A name that no operator has (COND-7), and the one that was probably meant.
    Unknown {
        /// The canonical name of the nearest operator.
        nearest: Option<String>,
    },
}

impl Operator {
    /// Reads the name of an operator, with its set qualifier and `IfExists`, without regard to
    /// case. Says also whether it was written in the canonical way (COND-8).
    ///
    /// # Errors
    /// If there is no such operator.
    pub fn parse(name: &str) -> Result<(Self, bool), OperatorError> {
        let (set, base) = match name.split_once(':') {
            Some((set, base)) if set.eq_ignore_ascii_case("ForAllValues") => {
                (Some(SetQualifier::ForAllValues), base)
            }
            Some((set, base)) if set.eq_ignore_ascii_case("ForAnyValue") => {
                (Some(SetQualifier::ForAnyValue), base)
            }
            _ => (None, name),
        };
        let (stem, if_exists) = match base.len().checked_sub(IF_EXISTS.len()) {
            Some(at)
                if base
                    .get(at..)
                    .is_some_and(|end| end.eq_ignore_ascii_case(IF_EXISTS)) =>
            {
                (base.get(..at).unwrap_or_default(), true)
            }
            _ => (base, false),
        };
        let Some((_, test)) = TESTS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(stem))
        else {
            return Err(OperatorError::Unknown {
                nearest: nearest_operator(stem, set, if_exists),
            });
        };
        if *test == Test::Null && if_exists {
            return Err(OperatorError::NullIfExists);
        }
        let operator = Self {
            set,
            test: *test,
            if_exists,
        };
        Ok((operator, operator.to_string() == name))
    }
}

fn nearest_operator(stem: &str, set: Option<SetQualifier>, if_exists: bool) -> Option<String> {
    let name = nearest(stem, TESTS.iter().map(|(known, _)| *known))?;
    let (_, test) = TESTS.iter().find(|(known, _)| *known == name)?;
    let operator = Operator {
        set,
        test: *test,
        if_exists: if_exists && *test != Test::Null,
    };
    Some(operator.to_string())
}

impl Test {
    /// The canonical name, such as `StringNotEquals`.
    #[must_use]
    pub fn name(self) -> &'static str {
        TESTS
            .iter()
            .find(|(_, test)| *test == self)
            .map_or("", |(name, _)| name)
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.set {
            None => "",
            Some(SetQualifier::ForAllValues) => "ForAllValues:",
            Some(SetQualifier::ForAnyValue) => "ForAnyValue:",
        })?;
        f.write_str(self.test.name())?;
        f.write_str(if self.if_exists { IF_EXISTS } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operator_is_read_from_its_own_name() {
        for (name, test) in TESTS {
            for set in [
                None,
                Some(SetQualifier::ForAllValues),
                Some(SetQualifier::ForAnyValue),
            ] {
                for if_exists in [false, true] {
                    let operator = Operator {
                        set,
                        test,
                        if_exists,
                    };
                    let expected = if test == Test::Null && if_exists {
                        Err(OperatorError::NullIfExists)
                    } else {
                        Ok((operator, true))
                    };
                    assert_eq!(Operator::parse(&operator.to_string()), expected, "{name}");
                }
            }
        }
    }

    #[test]
    fn case_does_not_matter_but_is_noticed() {
        let (operator, canonical) = Operator::parse("foranyvalue:stringlikeIFEXISTS").unwrap();
        assert_eq!(operator.to_string(), "ForAnyValue:StringLikeIfExists");
        assert!(!canonical);
    }

    #[test]
    fn unknown_names_have_a_nearest_operator_where_one_is_near() {
        let nearest = |name| match Operator::parse(name) {
            Err(OperatorError::Unknown { nearest }) => nearest,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            nearest("ForAllValues:StringEqual").as_deref(),
            Some("ForAllValues:StringEquals")
        );
        assert_eq!(nearest("Boolean"), None);
        assert_eq!(nearest("NotBool"), None);
        assert_eq!(nearest(""), None);
        assert_eq!(nearest("ForSomeValues:StringEquals"), None);
    }
}
