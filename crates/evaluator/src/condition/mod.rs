//! One condition against one request (COND-1 … COND-10, SET-1 … SET-11 and the operators).

mod address;
mod arn;
mod binary;
mod date;
mod number;

use std::cmp::Ordering;
use std::net::IpAddr;

use policy::{Comparison, Operator, Pattern, SetQualifier, Test};

pub(crate) use self::address::Cidr;
pub(crate) use self::binary::encode as encode_binary;
pub(crate) use self::date::Instant;
pub(crate) use self::number::{Decimal, from_units};

use self::arn::ArnPattern;
use crate::context::{KeyState, RequestContext, Values};
use crate::decision::Truth;
use crate::glob::{Glob, Matched, Resolved, Variable, Wildcards};
use crate::rules::{Rule, Rules};

/// A condition that is ready to run.
#[derive(Clone, Debug)]
pub(crate) struct CompiledCondition {
    pub(crate) operator: Operator,
    /// Context key, lower case.
    pub(crate) key: Box<str>,
    pub(crate) operands: Box<[Operand]>,
}

/// A value of a policy, read once in the way that its operator asks for.
#[derive(Clone, Debug)]
pub(crate) enum Operand {
    /// Compared as a whole (STR-1).
    Text(Glob),
    /// Compared as a whole without regard to case (STR-2).
    TextIgnoreCase(Glob),
    /// With wildcards (STR-3).
    Like(Glob),
    /// Part by part (ARN-1).
    Arn(ArnPattern),
    /// A number as typed (NUM-1).
    Number(Box<str>),
    /// A moment (DATE-1).
    Date(Instant),
    /// `true` or `false` (BOOL-1), perhaps through a variable (VAR-2).
    Bool(Glob),
    /// Bytes (BIN-1).
    Binary(Box<[u8]>),
    /// A range of addresses (IP-1).
    Ip(Cidr),
    /// The value of `Null` (NULL-1).
    Null(bool),
    /// A value that does not fit the operator: the condition is false, negated or not
    /// (NUM-1, ARN-3).
    Misfit,
}

impl Operand {
    fn new(test: Test, value: &Pattern) -> Self {
        let text = value.text.as_str();
        match test {
            Test::StringEquals { .. } => Self::Text(Glob::new(value, Wildcards::Literal)),
            Test::StringEqualsIgnoreCase { .. } => {
                Self::TextIgnoreCase(Glob::new(value, Wildcards::Literal))
            }
            Test::StringLike { .. } => Self::Like(Glob::new(value, Wildcards::Free)),
            Test::ArnLike { .. } => ArnPattern::new(value).map_or(Self::Misfit, Self::Arn),
            Test::Numeric(_) => match Decimal::parse(text) {
                Some(_) => Self::Number(text.into()),
                None => Self::Misfit,
            },
            Test::Date(_) => Instant::parse(text).map_or(Self::Misfit, Self::Date),
            Test::Bool => Self::Bool(Glob::new(value, Wildcards::Literal)),
            Test::BinaryEquals => {
                binary::decode(text).map_or(Self::Misfit, |bytes| Self::Binary(bytes.into()))
            }
            Test::IpAddress { .. } => Cidr::parse(text).map_or(Self::Misfit, Self::Ip),
            Test::Null => match text {
                "true" => Self::Null(true),
                "false" => Self::Null(false),
                _ => Self::Misfit,
            },
        }
    }

    /// The variables that the value reads.
    pub(crate) fn variables(&self) -> &[Variable] {
        match self {
            Self::Text(glob) | Self::TextIgnoreCase(glob) | Self::Like(glob) | Self::Bool(glob) => {
                glob.variables()
            }
            Self::Arn(pattern) => pattern.variables(),
            _ => &[],
        }
    }
}

/// One value of the request against one value of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compared {
    Yes,
    No,
    Unknown,
    /// Wrong type on either side.
    Misfit,
}

impl From<Matched> for Compared {
    fn from(matched: Matched) -> Self {
        match matched {
            Matched::Yes => Self::Yes,
            Matched::No => Self::No,
            Matched::Unknown => Self::Unknown,
        }
    }
}

impl From<bool> for Compared {
    fn from(met: bool) -> Self {
        if met { Self::Yes } else { Self::No }
    }
}

impl CompiledCondition {
    pub(crate) fn new(condition: &policy::Condition) -> Self {
        let operator = condition.operator.value;
        Self {
            operator,
            key: condition.key.value.to_ascii_lowercase().into(),
            operands: condition
                .values
                .iter()
                .map(|value| Operand::new(operator.test, &value.value))
                .collect(),
        }
    }

    /// The keys that the condition reads, lower case.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        let variables = self.operands.iter().flat_map(|operand| operand.variables());
        std::iter::once(&*self.key).chain(variables.map(|variable| &*variable.key))
    }

    /// Whether the condition is met.
    pub(crate) fn truth(&self, context: &RequestContext) -> Truth {
        let state = context.get(&self.key);
        if self.operator.test == Test::Null {
            return self.null_truth(state);
        }
        if self.operands.is_empty() {
            return self.truth_without_operands(state);
        }
        match state {
            KeyState::Unknown | KeyState::PresentUnknown => Truth::Unknown,
            KeyState::Absent(_) => Truth::of(self.met_without_key(context.rules)),
            KeyState::Known { values, .. } => self.truth_of_values(values, context),
        }
    }

    /// A missing key (COND-4, COND-5, SET-1, SET-4).
    fn met_without_key(&self, rules: Rules) -> bool {
        match self.operator.set {
            Some(SetQualifier::ForAllValues) => true,
            Some(SetQualifier::ForAnyValue) => {
                self.operator.if_exists && !rules.holds(Rule::ForAnyValueNeedsValue)
            }
            None => self.operator.if_exists || is_negated(self.operator.test),
        }
    }

    /// `[]` as the policy's values (COND-9).
    fn truth_without_operands(&self, state: &KeyState) -> Truth {
        match self.operator.set {
            Some(SetQualifier::ForAnyValue) => Truth::Unmet,
            None if !self.operator.if_exists => Truth::of(is_negated(self.operator.test)),
            _ => match state {
                KeyState::Absent(_) => Truth::Met,
                KeyState::Unknown => Truth::Unknown,
                KeyState::Known { .. } | KeyState::PresentUnknown => Truth::Unmet,
            },
        }
    }

    /// `Null` (COND-6, SET-11): an empty value counts as missing.
    fn null_truth(&self, state: &KeyState) -> Truth {
        match self.operator.set {
            Some(SetQualifier::ForAllValues) => return Truth::Met,
            Some(SetQualifier::ForAnyValue) => return Truth::Unmet,
            None => {}
        }
        let absent = match state {
            KeyState::Absent(_) => Truth::Met,
            KeyState::Known { values, .. } => Truth::of(is_empty(values)),
            KeyState::PresentUnknown => Truth::Unmet,
            KeyState::Unknown => Truth::Unknown,
        };
        self.operands
            .iter()
            .fold(Truth::Unmet, |met, operand| match operand {
                Operand::Null(true) => met.or(absent),
                Operand::Null(false) => met.or(!absent),
                _ => met,
            })
    }

    fn truth_of_values(&self, values: &Values, context: &RequestContext) -> Truth {
        let list = values.as_slice();
        match self.operator.set {
            // SET-1, SET-3
            Some(SetQualifier::ForAllValues) if is_empty(values) => Truth::Met,
            Some(SetQualifier::ForAllValues) => list.iter().fold(Truth::Met, |all, value| {
                all.and(self.truth_of_value(value, context))
            }),
            Some(SetQualifier::ForAnyValue) => list.iter().fold(Truth::Unmet, |any, value| {
                any.or(self.truth_of_value(value, context))
            }),
            None => match values {
                Values::One(value) => self.truth_of_value(value, context),
                // SET-6
                Values::Many(_) if context.rules.holds(Rule::MultivaluedNeedsQualifier) => {
                    Truth::Unmet
                }
                Values::Many(_) if is_negated(self.operator.test) => {
                    list.iter().fold(Truth::Met, |all, value| {
                        all.and(self.truth_of_value(value, context))
                    })
                }
                Values::Many(_) => list.iter().fold(Truth::Unmet, |any, value| {
                    any.or(self.truth_of_value(value, context))
                }),
            },
        }
    }

    /// One value of the request: OR over the policy's values, NOR where the operator is negated
    /// (COND-1, SET-2).
    pub(crate) fn truth_of_value(&self, value: &str, context: &RequestContext) -> Truth {
        let negated = is_negated(self.operator.test);
        let mut any = Truth::Unmet;
        for operand in &self.operands {
            match self.compare(operand, value, context) {
                Compared::Yes => any = Truth::Met,
                Compared::No => {}
                Compared::Unknown => any = any.or(Truth::Unknown),
                Compared::Misfit if negated && context.rules.holds(Rule::MisfitNeverMatches) => {
                    return Truth::Unmet;
                }
                Compared::Misfit => {}
            }
        }
        if negated { !any } else { any }
    }

    /// Whether one value of the policy fits the request's values; for showing, not for deciding.
    pub(crate) fn operand_truth(&self, operand: &Operand, context: &RequestContext) -> Truth {
        match (context.get(&self.key), operand) {
            (state, Operand::Null(wanted)) => match state {
                KeyState::Absent(_) => Truth::of(*wanted),
                KeyState::Known { values, .. } => Truth::of(is_empty(values) == *wanted),
                KeyState::PresentUnknown => Truth::of(!*wanted),
                KeyState::Unknown => Truth::Unknown,
            },
            (KeyState::Known { values, .. }, _) => {
                values.as_slice().iter().fold(Truth::Unmet, |any, value| {
                    any.or(match self.compare(operand, value, context) {
                        Compared::Yes => Truth::Met,
                        Compared::No | Compared::Misfit => Truth::Unmet,
                        Compared::Unknown => Truth::Unknown,
                    })
                })
            }
            (KeyState::Absent(_), _) => Truth::Unmet,
            (KeyState::PresentUnknown | KeyState::Unknown, _) => Truth::Unknown,
        }
    }

    /// Whether a value of the request or of the policy does not fit the operator.
    pub(crate) fn has_misfit(&self, context: &RequestContext) -> bool {
        let KeyState::Known { values, .. } = context.get(&self.key) else {
            return false;
        };
        values.as_slice().iter().any(|value| {
            self.operands
                .iter()
                .any(|operand| self.compare(operand, value, context) == Compared::Misfit)
        })
    }

    /// Whether a value of the policy fits, or could fit, a value of the request.
    pub(crate) fn may_fit(&self, operand: &Operand, value: &str, context: &RequestContext) -> bool {
        let compared = self.compare(operand, value, context);
        matches!(compared, Compared::Yes | Compared::Unknown)
    }

    fn compare(&self, operand: &Operand, value: &str, context: &RequestContext) -> Compared {
        let resolve = |variable| resolve(context, variable);
        match (operand, self.operator.test) {
            (Operand::Text(glob), _) => match glob.as_literal() {
                Some(literal) => (literal == value).into(),
                None => glob.matches(value, resolve).into(),
            },
            (Operand::Like(glob), _) => glob.matches(value, resolve).into(),
            (Operand::TextIgnoreCase(glob) | Operand::Bool(glob), _) => match glob.as_literal() {
                Some(literal) => equal_ignoring_case(literal, value).into(),
                None if glob
                    .variables()
                    .iter()
                    .any(|variable| resolve(variable) == Resolved::Unknown) =>
                {
                    Compared::Unknown
                }
                None => glob
                    .sample(resolve)
                    .is_some_and(|text| equal_ignoring_case(&text, value))
                    .into(),
            },
            (Operand::Arn(pattern), _) => pattern.compare(value, resolve),
            (Operand::Number(number), Test::Numeric(comparison)) => {
                match (Decimal::parse(value), Decimal::parse(number)) {
                    (Some(left), Some(right)) => holds(comparison, left.cmp(&right)).into(),
                    _ => Compared::Misfit,
                }
            }
            (Operand::Date(date), Test::Date(comparison)) => match Instant::parse(value) {
                Some(left) => holds(comparison, left.cmp(date)).into(),
                None => Compared::Misfit,
            },
            (Operand::Binary(bytes), _) => match binary::decode(value) {
                Some(left) => (left == **bytes).into(),
                None => Compared::Misfit,
            },
            (Operand::Ip(range), _) => match value.parse::<IpAddr>() {
                Ok(address) => range.contains(address).into(),
                Err(_) => Compared::Misfit,
            },
            _ => Compared::Misfit,
        }
    }
}

/// What a variable stands for (VAR-1, VAR-3, VAR-5).
pub(crate) fn resolve<'a>(context: &'a RequestContext, variable: &'a Variable) -> Resolved<'a> {
    match context.get(&variable.key) {
        KeyState::Known {
            values: Values::One(value),
            ..
        } => Resolved::Text(value),
        KeyState::Known { .. } => Resolved::Nothing,
        KeyState::Absent(_) => variable
            .default
            .as_deref()
            .map_or(Resolved::Nothing, Resolved::Text),
        KeyState::PresentUnknown | KeyState::Unknown => Resolved::Unknown,
    }
}

/// Whether an operator is the `Not` form of another. `NumericNotEquals` and `DateNotEquals` are:
/// with several values none may be equal (COND-1).
pub(crate) fn is_negated(test: Test) -> bool {
    match test {
        Test::StringEquals { negated }
        | Test::StringEqualsIgnoreCase { negated }
        | Test::StringLike { negated }
        | Test::IpAddress { negated }
        | Test::ArnLike { negated, .. } => negated,
        Test::Numeric(comparison) | Test::Date(comparison) => comparison == Comparison::NotEquals,
        Test::Bool | Test::BinaryEquals | Test::Null => false,
    }
}

/// The comparison of a number or date; `NotEquals` is negated outside, so it asks for equality.
fn holds(comparison: Comparison, ordering: Ordering) -> bool {
    match comparison {
        Comparison::Equals | Comparison::NotEquals => ordering.is_eq(),
        Comparison::LessThan => ordering.is_lt(),
        Comparison::LessThanEquals => ordering.is_le(),
        Comparison::GreaterThan => ordering.is_gt(),
        Comparison::GreaterThanEquals => ordering.is_ge(),
    }
}

/// A null data set: no value, or only an empty one (COND-6, SET-3).
fn is_empty(values: &Values) -> bool {
    values.as_slice().iter().all(|value| value.is_empty())
}

fn equal_ignoring_case(left: &str, right: &str) -> bool {
    let fold = |text: &str| {
        text.chars()
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    left.eq_ignore_ascii_case(right) || (!left.is_ascii() && fold(left) == fold(right))
}
