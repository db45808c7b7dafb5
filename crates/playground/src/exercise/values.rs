//! Values of context keys for which a condition holds, or does not.

use organization::{ContextValue, Request, Scalar};
use policy::{Comparison, Condition, Pattern, Piece, SetQualifier, Test};

use crate::words::key_name;

/// What a key is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Given {
    /// It has this value.
    Value(String),
    /// It is absent.
    Absent,
}

/// What makes a condition hold, or keeps it from holding; `round` picks another one. None where
/// nothing can be said without knowing the request.
pub(super) fn given(condition: &Condition, holds: bool, round: usize) -> Option<Given> {
    let first = condition.values.first()?.value.text.as_str();
    let ordered = |comparison: Comparison| match (comparison, holds) {
        (Comparison::Equals | Comparison::LessThanEquals | Comparison::GreaterThanEquals, true)
        | (Comparison::NotEquals | Comparison::LessThan | Comparison::GreaterThan, false) => 0,
        (Comparison::NotEquals | Comparison::GreaterThan, true)
        | (Comparison::Equals | Comparison::LessThanEquals, false) => 1,
        (Comparison::LessThan, true) | (Comparison::GreaterThanEquals, false) => -1,
    };
    let value = match condition.operator.value.test {
        Test::Null => {
            if first.eq_ignore_ascii_case("true") == holds {
                return Some(Given::Absent);
            }
            pick(others(&condition.key.value), round)?
        }
        Test::Bool => (first.eq_ignore_ascii_case("true") == holds).to_string(),
        Test::Numeric(comparison) => {
            let number: i64 = first.parse().ok()?;
            number.saturating_add(ordered(comparison)).to_string()
        }
        Test::Date(comparison) => match ordered(comparison) {
            0 => first.to_owned(),
            1 => "2100-01-01T00:00:00Z".to_owned(),
            _ => "2000-01-01T00:00:00Z".to_owned(),
        },
        Test::IpAddress { negated } if holds != negated => {
            let network = &condition.values.get(round % condition.values.len())?.value;
            network.text.split('/').next()?.to_owned()
        }
        Test::IpAddress { .. } => pick(&["192.0.2.10", "198.51.100.10"], round)?,
        Test::StringEquals { negated }
        | Test::StringEqualsIgnoreCase { negated }
        | Test::StringLike { negated }
        | Test::ArnLike { negated, .. } => {
            if holds == negated {
                pick(others(&condition.key.value), round)?
            } else {
                sample(&condition.values.get(round % condition.values.len())?.value)?
            }
        }
        Test::BinaryEquals if holds => first.to_owned(),
        Test::BinaryEquals => "AAAA".to_owned(),
    };
    Some(Given::Value(value))
}

fn pick(from: &[&str], round: usize) -> Option<String> {
    Some((*from.get(round % from.len().max(1))?).to_owned())
}

/// A text that a pattern matches; none if that turns on a variable.
pub(super) fn sample(pattern: &Pattern) -> Option<String> {
    let mut text = String::new();
    for piece in &pattern.pieces {
        text.push_str(match piece {
            Piece::Literal(text) => text,
            Piece::AnyRun => "example",
            Piece::AnyOne => "x",
            Piece::Variable { .. } => return None,
        });
    }
    Some(text)
}

/// Values that a policy hardly names.
fn others(key: &str) -> &'static [&'static str] {
    let key = key.to_ascii_lowercase();
    let table: [(&str, &[&str]); 8] = [
        (
            "region",
            &["us-east-1", "eu-central-1", "ap-southeast-2", "sa-east-1"],
        ),
        ("account", &["999999999999"]),
        ("orgid", &["o-a1b2c3d4e5"]),
        ("orgpaths", &["o-a1b2c3d4e5/r-a1b2/"]),
        ("arn", &["arn:aws:iam::999999999999:role/Another"]),
        ("vpce", &["vpce-0123456789abcdef0"]),
        ("vpc", &["vpc-0123456789abcdef0"]),
        ("instancetype", &["m5.large", "t3.micro"]),
    ];
    let found = table.into_iter().find(|(end, _)| key.ends_with(end));
    found.map_or(&["another", "other"], |(_, values)| values)
}

/// Whether a key follows from who calls and whose the resource is: it is then told by the caller
/// before it is typed.
pub(super) fn follows(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    let tagged = key.starts_with("aws:resourcetag/");
    let starts = ["aws:principal", "aws:resource", "aws:user", "aws:viaaws"];
    !tagged && starts.iter().any(|start| key.starts_with(start))
}

/// Says in a request what a key is.
pub(super) fn give(request: &mut Request, condition: &Condition, given: &Given) {
    let key = key_name(&condition.key.value);
    let is_it = |name: &String| name.eq_ignore_ascii_case(&key);
    request.context.retain(|(name, _)| !is_it(name));
    request.absent.retain(|name| !is_it(name));
    let lower = key.to_ascii_lowercase();
    let tags = match lower.split_once('/') {
        Some(("aws:requesttag", _)) => Some(&mut request.request_tags),
        Some(("aws:resourcetag", _)) => request.resources.first_mut().map(|one| &mut one.tags),
        _ => None,
    };
    let tag = key.split_once('/').map(|(_, tag)| tag.to_owned());
    match (given, tags, tag) {
        (Given::Value(value), Some(tags), Some(tag)) => {
            tags.insert(tag, value.clone());
        }
        (Given::Value(value), ..) if lower == "aws:requestedregion" => {
            request.region = Some(value.clone());
        }
        (Given::Value(value), ..) if lower == "aws:currenttime" => {
            request.time = Some(value.clone());
        }
        (Given::Value(value), ..) => {
            let scalar = Scalar::Text(value.clone());
            let several = condition.operator.value.set.is_some_and(|set| {
                set == SetQualifier::ForAnyValue || set == SetQualifier::ForAllValues
            });
            let value = if several || catalog::is_multivalued(&lower) {
                ContextValue::Many(vec![scalar])
            } else {
                ContextValue::One(scalar)
            };
            request.context.push((key, value));
        }
        (Given::Absent, tags, tag) => {
            if let (Some(tags), Some(tag)) = (tags, tag) {
                tags.remove(&tag);
            }
            request.absent.push(key);
        }
    }
}

/// The same as a reason why a statement does not match: "aws:SourceIp is 192.0.2.10".
pub(super) fn words(condition: &Condition, given: &Given) -> String {
    let key = key_name(&condition.key.value);
    match given {
        Given::Value(value) => texts::exercise_key_is(&key, value),
        Given::Absent => texts::exercise_without_key(&key),
    }
}
