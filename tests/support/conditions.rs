//! Context keys that meet the conditions of a statement, and keys that do not.

use policy::{Comparison, Condition, Test};
use serde_json::{Value, json};

use crate::instance::{Instance, Source, filled};

impl Source<'_> {
    /// A request with every condition met; none if what would meet them all cannot be made up
    /// condition by condition.
    #[must_use]
    pub fn satisfied(&self, matching: &Instance) -> Option<Instance> {
        let mut satisfied = Instance {
            unknown: Vec::new(),
            ..matching.clone()
        };
        let conditions = &self.statement.conditions;
        for condition in conditions {
            let key = condition.key.value.to_lowercase();
            let alike = conditions
                .iter()
                .filter(|other| other.key.value.eq_ignore_ascii_case(&key));
            if alike.count() > 1 {
                return None;
            }
            match self.meeting(condition, true)? {
                Some(value) => drop(satisfied.context.insert(key, value)),
                None => satisfied.absent.push(key),
            }
        }
        let scope = self.statement.resource.as_ref();
        let mut resources = scope.into_iter().flat_map(|scope| self.entry_texts(scope));
        (!resources.any(|text| text.contains("${"))).then_some(satisfied)
    }

    /// The same request with one condition that is not met; none if there is no condition of which
    /// it is plain what would not meet it.
    #[must_use]
    pub fn violated(&self, satisfied: &Instance) -> Option<Instance> {
        let mut conditions = self.statement.conditions.iter();
        conditions.find_map(|condition| {
            let key = condition.key.value.to_lowercase();
            let value = self.meeting(condition, false)?;
            let mut violated = satisfied.clone();
            violated.absent.retain(|absent| *absent != key);
            violated.context.remove(&key);
            match value {
                Some(value) => drop(violated.context.insert(key, value)),
                None => violated.absent.push(key),
            }
            Some(violated)
        })
    }

    /// A value that meets a condition, or does not; the inner none is absence.
    fn meeting(&self, condition: &Condition, met: bool) -> Option<Option<Value>> {
        let values = condition.values.iter();
        let texts: Option<Vec<String>> = values
            .map(|value| policy::unquoted(self.text.get(value.span.range())?))
            .collect();
        let texts = texts?;
        let operator = condition.operator.value;
        if texts.iter().any(|text| text.contains("${")) {
            return None;
        }
        if operator.test == Test::Null {
            return match (texts.as_slice(), met) {
                ([word], met) if word == "true" || word == "false" => {
                    Some(((word == "false") == met).then(|| json!("there")))
                }
                _ => None,
            };
        }
        let value = if met {
            meeting(operator.test, &texts)?
        } else {
            failing(operator.test, &texts)?
        };
        match operator.set {
            Some(_) => Some(Some(json!([value]))),
            // SET-6
            None if catalog::is_multivalued(&condition.key.value.to_lowercase()) => None,
            None => Some(Some(json!(value))),
        }
    }
}

/// A value that does not meet a comparison with any of some values.
fn failing(test: Test, values: &[String]) -> Option<String> {
    let opposite = match test {
        Test::StringEquals { negated } => Test::StringEquals { negated: !negated },
        Test::StringEqualsIgnoreCase { negated } => {
            Test::StringEqualsIgnoreCase { negated: !negated }
        }
        Test::StringLike { negated } => Test::StringLike { negated: !negated },
        Test::ArnLike {
            negated,
            written_equals,
        } => Test::ArnLike {
            negated: !negated,
            written_equals,
        },
        Test::IpAddress { negated } => Test::IpAddress { negated: !negated },
        Test::Bool => {
            return match values {
                [word] if word == "true" => Some("false".to_owned()),
                [word] if word == "false" => Some("true".to_owned()),
                _ => None,
            };
        }
        Test::Numeric(comparison) if values.len() == 1 => Test::Numeric(opposite(comparison)),
        Test::Date(comparison) if values.len() == 1 => Test::Date(opposite(comparison)),
        Test::Numeric(_) | Test::Date(_) | Test::BinaryEquals | Test::Null => return None,
    };
    meeting(opposite, values)
}

fn opposite(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equals => Comparison::NotEquals,
        Comparison::NotEquals => Comparison::Equals,
        Comparison::LessThan => Comparison::GreaterThanEquals,
        Comparison::LessThanEquals => Comparison::GreaterThan,
        Comparison::GreaterThan => Comparison::LessThanEquals,
        Comparison::GreaterThanEquals => Comparison::LessThan,
    }
}

/// A value that meets a comparison with any of some values; none if it is not plain what would.
fn meeting(test: Test, values: &[String]) -> Option<String> {
    const OTHER: &str = "something-else";
    let first = values.first()?;
    let covers_all = values
        .iter()
        .any(|value| value.trim_matches('*').is_empty());
    let is_arn = |text: &String| text.starts_with("arn:") && text.split(':').count() > 5;
    Some(match test {
        Test::StringEquals { negated: false }
        | Test::StringEqualsIgnoreCase { negated: false }
        | Test::Bool
        | Test::BinaryEquals => first.clone(),
        Test::StringLike { negated: false } => filled(first),
        Test::StringEquals { negated: true } | Test::StringEqualsIgnoreCase { negated: true } => {
            OTHER.to_owned()
        }
        Test::StringLike { negated: true } => (!covers_all).then(|| OTHER.to_owned())?,
        Test::ArnLike { negated: false, .. } => values
            .iter()
            .find(|text| is_arn(text))
            .map(|text| filled(text))?,
        Test::ArnLike { negated: true, .. } => {
            let plain = values.iter().all(is_arn);
            plain.then(|| "arn:aws:sample:eu-west-1:999999999999:else".to_owned())?
        }
        // NUM-1: what is no address meets nothing, the negated form included.
        Test::IpAddress { negated } => {
            let addresses: Option<Vec<&str>> = values.iter().map(|text| address(text)).collect();
            let all = values.iter().any(|value| value.ends_with("/0"));
            match (negated, addresses?.first()) {
                (false, Some(first)) => (*first).to_owned(),
                (true, _) if !all => "240.0.0.1".to_owned(),
                _ => return None,
            }
        }
        Test::Numeric(comparison) => {
            let number: i64 = first.parse().ok()?;
            match comparison {
                Comparison::Equals | Comparison::LessThanEquals | Comparison::GreaterThanEquals => {
                    number
                }
                Comparison::NotEquals => 987_654_321,
                Comparison::LessThan => number.checked_sub(1)?,
                Comparison::GreaterThan => number.checked_add(1)?,
            }
            .to_string()
        }
        Test::Date(comparison) => match comparison {
            Comparison::Equals => first.clone(),
            Comparison::LessThan | Comparison::LessThanEquals => "1971-01-01T00:00:00Z".to_owned(),
            _ => "2199-01-01T00:00:00Z".to_owned(),
        },
        Test::Null => return None,
    })
}

/// The address of a range.
fn address(range: &str) -> Option<&str> {
    let address = range.split('/').next()?;
    address.parse::<std::net::IpAddr>().ok().map(|_| address)
}
