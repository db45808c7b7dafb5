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
            texts::finding_also_true_when_missing(&operator, &quote(&condition.key.value)),
        )
        .expected(texts::finding_also_null_key_false())
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
                texts::finding_may_have_several_values(&quote(&condition.key.value), &operator),
            )
            .expected(texts::finding_foranyvalue_or_forallvalues(&operator)),
        ),
        Some(set) if operator.test == Test::Null => Some(
            Diagnostic::warning(
                codes::SET_OPERATOR_NULL,
                span,
                match set {
                    SetQualifier::ForAllValues => texts::finding_always_true(&operator),
                    SetQualifier::ForAnyValue => texts::finding_always_false(&operator),
                },
            )
            .expected(texts::finding_null_alone()),
        ),
        Some(set) if catalog::is_single_valued(key) => Some(
            Diagnostic::warning(
                codes::NEEDLESS_SET_OPERATOR,
                span,
                match set {
                    SetQualifier::ForAllValues => {
                        texts::finding_one_value_for_all(&quote(&condition.key.value))
                    }
                    SetQualifier::ForAnyValue => {
                        texts::finding_one_value_for_any(&quote(&condition.key.value))
                    }
                },
            )
            .expected(texts::finding_operator_without_forallvalues_or()),
        ),
        Some(SetQualifier::ForAnyValue) if operator.if_exists => Some(
            Diagnostic::warning(
                codes::FOR_ANY_VALUE_IF_EXISTS,
                span,
                texts::finding_false_when_key_missing(&operator),
            )
            .expected(texts::finding_foranyvalue_alone_or_second()),
        ),
        _ => None,
    }
}
