//! Statements that AWS takes and that probably mean something else than they seem to.

use std::collections::BTreeSet;

use super::not_principal;
use crate::codes;
use crate::condition::{SetQualifier, Test};
use crate::diagnostic::Diagnostic;
use crate::document::{Condition, Document, Effect, Statement};
use crate::text::quote;

/// Looks at statements as a whole.
pub(super) fn document(document: &Document, findings: &mut Vec<Diagnostic>) {
    for statement in &document.statements {
        let guarded = guarded_keys(statement);
        let allows = statement
            .effect
            .as_ref()
            .is_some_and(|effect| effect.value == Effect::Allow);
        for condition in &statement.conditions {
            let key = condition.key.value.to_lowercase();
            if allows && !guarded.contains(&key) {
                findings.extend(unguarded(condition));
            }
            findings.extend(set_operator(condition, &key));
        }
        not_principal::statement(statement, findings);
    }
}

/// The keys that the statement demands to be present by `Null: false`, in lower case.
fn guarded_keys(statement: &Statement) -> BTreeSet<String> {
    statement
        .conditions
        .iter()
        .filter(|condition| condition.operator.value.test == Test::Null)
        .filter(|condition| {
            condition
                .values
                .iter()
                .any(|value| value.value.text.eq_ignore_ascii_case("false"))
        })
        .map(|condition| condition.key.value.to_lowercase())
        .collect()
}

fn unguarded(condition: &Condition) -> Option<Diagnostic> {
    let operator = condition.operator.value;
    let risky = operator.set == Some(SetQualifier::ForAllValues) && operator.test != Test::Null;
    risky.then(|| {
        Diagnostic::warning(
            codes::UNGUARDED_FOR_ALL_VALUES,
            condition.key.span,
            format!(
                "`{operator}` is also true when {} is missing, and this statement allows",
                quote(&condition.key.value)
            ),
        )
        .expected("also `\"Null\": { key: \"false\" }` in this statement")
    })
}

fn set_operator(condition: &Condition, key: &str) -> Option<Diagnostic> {
    let operator = condition.operator.value;
    let span = condition.operator.span;
    match operator.set {
        None if operator.test != Test::Null && catalog::is_multivalued(key) => Some(
            Diagnostic::warning(
                codes::MISSING_SET_OPERATOR,
                condition.key.span,
                format!(
                    "{} may have several values, but `{operator}` compares one",
                    quote(&condition.key.value)
                ),
            )
            .expected(format!(
                "`ForAnyValue:{operator}` or `ForAllValues:{operator}`"
            )),
        ),
        Some(set) if operator.test == Test::Null => Some(
            Diagnostic::warning(
                codes::SET_OPERATOR_NULL,
                span,
                match set {
                    SetQualifier::ForAllValues => format!("`{operator}` is always true"),
                    SetQualifier::ForAnyValue => format!("`{operator}` is always false"),
                },
            )
            .expected("`Null` alone"),
        ),
        Some(set) if catalog::is_single_valued(key) => Some(
            Diagnostic::warning(
                codes::NEEDLESS_SET_OPERATOR,
                span,
                format!(
                    "{} has one value: {}",
                    quote(&condition.key.value),
                    match set {
                        SetQualifier::ForAllValues => {
                            "`ForAllValues` adds only that a missing key passes"
                        }
                        SetQualifier::ForAnyValue => {
                            "`ForAnyValue` adds only that a missing key fails"
                        }
                    }
                ),
            )
            .expected("the operator without `ForAllValues:` or `ForAnyValue:`"),
        ),
        Some(SetQualifier::ForAnyValue) if operator.if_exists => Some(
            Diagnostic::warning(
                codes::FOR_ANY_VALUE_IF_EXISTS,
                span,
                format!("`{operator}` is false when the key is missing: `IfExists` adds nothing"),
            )
            .expected("`ForAnyValue:` alone, or a second statement with `Null`"),
        ),
        _ => None,
    }
}
