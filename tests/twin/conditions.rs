//! Whether a condition holds (§§5.5 to 5.8 of the rule book).

use std::cmp::Ordering;

use policy::{Comparison, Condition, Operator, Pattern, Piece, SetQualifier, Test};

use super::context::Context;
use super::glob::{Glyph, fits_text, literal, six_parts};
use super::{Open, Value, values};

/// How a value of the request compares with a value of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compared {
    Matches,
    Differs,
    /// One of the two does not fit the operator (NUM-1, ARN-3).
    Misfit,
}

fn matches(is_match: bool) -> Compared {
    if is_match {
        Compared::Matches
    } else {
        Compared::Differs
    }
}

/// A value of the policy with its variables replaced.
enum Wanted {
    Pattern(Vec<Glyph>),
    /// A variable has no value: it matches nothing (VAR-5).
    Unresolved,
}

/// Whether a condition holds.
pub(crate) fn holds(condition: &Condition, context: &Context<'_>) -> Result<bool, Open> {
    let operator = condition.operator.value;
    if operator.test == Test::Null {
        return null(condition, context);
    }
    let value = context.value(&condition.key.value.to_lowercase())?;
    let wanted = wanted(condition, context)?;
    let for_any_needs_value = context.world.rule("forAnyValueNeedsValue", true);
    // COND-9: a key without values in the policy.
    if wanted.is_empty() {
        let absent = value.is_none();
        return Ok(match operator.set {
            Some(SetQualifier::ForAnyValue) => false,
            Some(SetQualifier::ForAllValues) => absent,
            None if operator.if_exists => absent,
            None => is_negated(operator.test),
        });
    }
    let Some(value) = value else {
        return Ok(match operator.set {
            // SET-1.
            Some(SetQualifier::ForAllValues) => true,
            // SET-1, SET-4.
            Some(SetQualifier::ForAnyValue) => operator.if_exists && !for_any_needs_value,
            // COND-4, COND-5.
            None => operator.if_exists || is_negated(operator.test),
        });
    };
    let one = |text: &str| satisfies(operator, text, condition, &wanted, context);
    Ok(match (operator.set, &value) {
        (None, Value::One(text)) => one(text),
        // SET-6, OPEN-2.
        (None, Value::Many(_)) if context.world.rule("multivaluedNeedsQualifier", true) => false,
        (None, Value::Many(texts)) if is_negated(operator.test) => {
            texts.iter().all(|text| one(text))
        }
        (None, Value::Many(texts)) => texts.iter().any(|text| one(text)),
        // SET-3: a null dataset counts as missing.
        (Some(SetQualifier::ForAllValues), _) if is_null(&value) => true,
        // SET-7: one value is a set of one.
        (Some(SetQualifier::ForAllValues), _) => texts(&value).iter().all(|text| one(text)),
        (Some(SetQualifier::ForAnyValue), _) => texts(&value).iter().any(|text| one(text)),
    })
}

/// `Null` (COND-6, NULL-1, SET-11).
fn null(condition: &Condition, context: &Context<'_>) -> Result<bool, Open> {
    match condition.operator.value.set {
        Some(SetQualifier::ForAllValues) => return Ok(true),
        Some(SetQualifier::ForAnyValue) => return Ok(false),
        None => {}
    }
    let is_absent = match context.value(&condition.key.value.to_lowercase()) {
        Ok(value) => value.is_none_or(|value| is_null(&value)),
        // A key that is there and has an unknown value is not empty.
        Err(Open::Key {
            perhaps_absent: false,
            ..
        }) => false,
        Err(open) => return Err(open),
    };
    Ok((condition.values.iter()).any(|value| {
        value
            .value
            .text
            .eq_ignore_ascii_case(&is_absent.to_string())
    }))
}

/// Whether a value counts as none: an empty text, no values, or nothing but an empty text.
fn is_null(value: &Value) -> bool {
    texts(value).iter().all(|text| text.is_empty())
}

fn texts(value: &Value) -> Vec<&String> {
    match value {
        Value::One(text) => vec![text],
        Value::Many(texts) => texts.iter().collect(),
    }
}

fn is_negated(test: Test) -> bool {
    matches!(
        test,
        Test::StringEquals { negated: true }
            | Test::StringEqualsIgnoreCase { negated: true }
            | Test::StringLike { negated: true }
            | Test::ArnLike { negated: true, .. }
            | Test::IpAddress { negated: true }
            | Test::Numeric(Comparison::NotEquals)
            | Test::Date(Comparison::NotEquals)
    )
}

/// Whether one value of the request satisfies the operator: any of the policy's values matches,
/// or for a negated operator none does (COND-1, SET-2). A misfit satisfies neither (OPEN-5).
fn satisfies(
    operator: Operator,
    text: &str,
    condition: &Condition,
    wanted: &[Wanted],
    context: &Context<'_>,
) -> bool {
    let compared: Vec<Compared> = (condition.values.iter())
        .zip(wanted)
        .map(|(value, wanted)| match wanted {
            Wanted::Unresolved => Compared::Differs,
            Wanted::Pattern(pattern) => compare(operator.test, text, &value.value, pattern),
        })
        .collect();
    if !is_negated(operator.test) {
        return compared.contains(&Compared::Matches);
    }
    let misfit = compared.contains(&Compared::Misfit);
    let misfit_never_matches = context.world.rule("misfitNeverMatches", true);
    !(compared.contains(&Compared::Matches) || (misfit && misfit_never_matches))
}

/// The policy's values with their variables replaced, where the operator takes any (VAR-2).
fn wanted(condition: &Condition, context: &Context<'_>) -> Result<Vec<Wanted>, Open> {
    let takes_variables = matches!(
        condition.operator.value.test,
        Test::StringEquals { .. }
            | Test::StringEqualsIgnoreCase { .. }
            | Test::StringLike { .. }
            | Test::ArnLike { .. }
            | Test::Bool
    );
    (condition.values.iter())
        .map(|value| {
            if !takes_variables {
                return Ok(Wanted::Pattern(literal(&value.value.text)));
            }
            Ok(match replaced(&value.value, context)? {
                Some(pattern) => Wanted::Pattern(pattern),
                None => Wanted::Unresolved,
            })
        })
        .collect()
}

/// A pattern with its variables replaced; none if one of them has neither a value nor a default
/// (VAR-1, VAR-3, VAR-5, VAR-6).
pub(crate) fn replaced(
    pattern: &Pattern,
    context: &Context<'_>,
) -> Result<Option<Vec<Glyph>>, Open> {
    let mut glyphs = Vec::new();
    for piece in &pattern.pieces {
        match piece {
            Piece::Literal(text) => glyphs.extend(literal(text)),
            Piece::AnyRun => glyphs.push(Glyph::Run),
            Piece::AnyOne => glyphs.push(Glyph::One),
            Piece::Variable { key, default } => match (context.value(key)?, default) {
                (Some(Value::One(text)), _) => glyphs.extend(literal(&text)),
                (None, Some(default)) => glyphs.extend(literal(default)),
                (None | Some(Value::Many(_)), _) => return Ok(None),
            },
        }
    }
    Ok(Some(glyphs))
}

/// The text of a pattern in which wildcards are plain characters (STR-1).
fn plain(pattern: &[Glyph]) -> String {
    (pattern.iter())
        .map(|glyph| match glyph {
            Glyph::Char(c) => *c,
            Glyph::One | Glyph::OneInPart => '?',
            Glyph::Run | Glyph::RunInPart => '*',
        })
        .collect()
}

fn compare(test: Test, found: &str, typed: &Pattern, wanted: &[Glyph]) -> Compared {
    match test {
        Test::StringEquals { .. } => matches(plain(wanted) == found),
        Test::StringEqualsIgnoreCase { .. } => {
            matches(plain(wanted).to_lowercase() == found.to_lowercase())
        }
        Test::StringLike { .. } => matches(fits_text(wanted, found)),
        Test::ArnLike { .. } => arn(found, wanted),
        Test::Bool => boolean(found, &plain(wanted)),
        Test::Numeric(comparison) => match (values::number(found), values::number(&typed.text)) {
            (Some(left), Some(right)) => {
                matches(is_so(comparison, values::compare_numbers(&left, &right)))
            }
            _ => Compared::Misfit,
        },
        Test::Date(comparison) => match (values::moment(found), values::moment(&typed.text)) {
            (Some(left), Some(right)) => matches(is_so(comparison, left.cmp(&right))),
            _ => Compared::Misfit,
        },
        Test::BinaryEquals => match (values::base64(found), values::base64(&typed.text)) {
            (Some(left), Some(right)) => matches(left == right),
            _ => Compared::Misfit,
        },
        Test::IpAddress { .. } => match (values::address(found), values::range(&typed.text)) {
            (Some(address), Some((network, length))) => {
                matches(address.len() == network.len() && address[..length] == network[..length])
            }
            _ => Compared::Misfit,
        },
        Test::Null => Compared::Misfit,
    }
}

/// Whether a comparison holds, the value of the request on the left. `NotEquals` is asked as
/// `Equals`: its negation is that of all negated operators (COND-1).
fn is_so(comparison: Comparison, order: Ordering) -> bool {
    match comparison {
        Comparison::Equals | Comparison::NotEquals => order.is_eq(),
        Comparison::LessThan => order.is_lt(),
        Comparison::LessThanEquals => order.is_le(),
        Comparison::GreaterThan => order.is_gt(),
        Comparison::GreaterThanEquals => order.is_ge(),
    }
}

/// BOOL-1.
fn boolean(found: &str, wanted: &str) -> Compared {
    let read = |text: &str| match text.to_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    };
    match (read(found), read(wanted)) {
        (Some(found), Some(wanted)) => matches(found == wanted),
        _ => Compared::Misfit,
    }
}

/// Part by part (ARN-1, ARN-2, ARN-3).
fn arn(found: &str, wanted: &[Glyph]) -> Compared {
    let is_arn = |parts: &[Vec<Glyph>]| parts[0] == literal("arn");
    match (six_parts(&literal(found)), six_parts(wanted)) {
        (Some(found), Some(wanted)) if is_arn(&found) && is_arn(&wanted) => {
            let mut pairs = found.iter().zip(&wanted);
            matches(pairs.all(|(found, wanted)| fits_text(wanted, &plain(found))))
        }
        _ => Compared::Misfit,
    }
}
