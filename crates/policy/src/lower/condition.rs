//! The `Condition` block (COND-1 … COND-10).

use std::collections::BTreeMap;

use super::{Lowering, is_context_key, one_or_many};
use crate::codes;
use crate::condition::{Operator, OperatorError};
use crate::diagnostic::Diagnostic;
use crate::document::Condition;
use crate::json::{Member, Node, Value};
use crate::pattern::Pattern;
use crate::span::{Span, Spanned};
use crate::text::{did_you_mean, quote};

impl Lowering {
    pub(super) fn conditions(&mut self, member: &Member) -> Vec<Condition> {
        let Some(operators) = self.object(member, "`{ operator: { key: value } }`") else {
            return Vec::new();
        };
        let mut conditions = Vec::new();
        for member in operators {
            let operator = self.operator(member);
            let Some(keys) = self.object(member, "`{ key: value }`") else {
                continue;
            };
            self.keys_differing_by_case(member, keys);
            for key in keys {
                let condition = self.key(operator, member.key_span, key);
                conditions.extend(condition);
            }
        }
        conditions
    }

    /// The members of an element that must be an object; an empty one restricts nothing (COND-9).
    fn object<'n>(&mut self, member: &'n Member, expected: &str) -> Option<&'n [Member]> {
        let Value::Object(members) = &member.value.value else {
            self.wrong_type(&quote(&member.key), &member.value, expected);
            return None;
        };
        if members.is_empty() {
            self.report(
                Diagnostic::warning(
                    codes::EMPTY_CONDITION,
                    member.value.span,
                    texts::finding_empty_and_restricts_nothing(&quote(&member.key)),
                )
                .expected(expected),
            );
        }
        Some(members)
    }

    fn operator(&mut self, member: &Member) -> Option<Operator> {
        let (finding, operator) = match Operator::parse(&member.key) {
            Ok((operator, true)) => return Some(operator),
            Ok((operator, false)) => (
                Diagnostic::warning(
                    codes::OPERATOR_CASE,
                    member.key_span,
                    texts::finding_in_unusual_letters(&quote(&member.key)),
                )
                .expected(format!("`{operator}`")),
                Some(operator),
            ),
            Err(OperatorError::NullIfExists) => (
                Diagnostic::error(
                    codes::NULL_IF_EXISTS,
                    member.key_span,
                    texts::finding_null_asks_whether_key(&quote(&member.key)),
                )
                .expected("`Null`"),
                None,
            ),
            Err(OperatorError::Unknown { nearest }) => (
                Diagnostic::error(
                    codes::UNKNOWN_OPERATOR,
                    member.key_span,
                    texts::finding_no_condition_operator(
                        &quote(&member.key),
                        &did_you_mean(nearest.as_deref()),
                    ),
                )
                .expected(advice(&member.key, nearest.as_deref())),
                None,
            ),
        };
        self.report(finding);
        operator
    }

    /// Equal keys are the parser's to report; here those that differ only by case (GRAM-1).
    fn keys_differing_by_case(&mut self, operator: &Member, keys: &[Member]) {
        let mut seen: BTreeMap<String, &Member> = BTreeMap::new();
        for key in keys {
            let Some(first) = seen.insert(key.key.to_lowercase(), key) else {
                continue;
            };
            if first.key != key.key {
                self.report(
                    Diagnostic::error(
                        codes::DUPLICATE_CONDITION_KEY,
                        key.key_span,
                        texts::finding_and_are_one_key(&quote(&first.key), &quote(&key.key)),
                    )
                    .expected(texts::finding_each_key_once_under(&quote(&operator.key)))
                    .related(first.key_span),
                );
            }
        }
    }

    fn key(&mut self, operator: Option<Operator>, place: Span, key: &Member) -> Option<Condition> {
        if !is_context_key(&key.key) || key.key.contains(['$', '*']) {
            self.report(
                Diagnostic::warning(
                    codes::INVALID_CONDITION_KEY,
                    key.key_span,
                    texts::finding_no_condition_key(&quote(&key.key)),
                )
                .expected(texts::finding_prefix_colon_and_name()),
            );
        }
        if matches!(&key.value.value, Value::Array(items) if items.is_empty()) {
            self.report(
                Diagnostic::warning(
                    codes::EMPTY_CONDITION,
                    key.value.span,
                    texts::finding_has_no_values(&quote(&key.key)),
                )
                .expected(texts::finding_at_least_one_value()),
            );
        }
        let values = one_or_many(&key.value)
            .iter()
            .filter_map(|node| self.value(operator, &key.key, node))
            .collect();
        Some(Condition {
            operator: Spanned::new(operator?, place),
            key: Spanned::new(key.key.clone(), key.key_span),
            values,
            span: key.span(),
        })
    }

    fn value(
        &mut self,
        operator: Option<Operator>,
        key: &str,
        node: &Node,
    ) -> Option<Spanned<Pattern>> {
        let text = match &node.value {
            Value::String(text) | Value::Number(text) => text.clone(),
            Value::Bool(value) => value.to_string(),
            Value::Broken => return None,
            other => {
                self.report(
                    Diagnostic::error(
                        codes::INVALID_CONDITION_VALUE,
                        node.span,
                        texts::finding_as_value(&other.describe(), &quote(key)),
                    )
                    .expected(texts::finding_text_number_true_false()),
                );
                return None;
            }
        };
        let pattern = self.pattern(&text, node.span);
        if let Some(operator) = operator {
            self.value_lints(operator, key, &pattern, node.span);
        }
        Some(Spanned::new(pattern, node.span))
    }
}

/// What to write instead of an operator that does not exist.
fn advice(name: &str, nearest: Option<&str>) -> String {
    let lower = name.to_ascii_lowercase();
    if lower.contains("likeignorecase") {
        return texts::finding_stringlike_or_stringequalsignorecase_without().to_owned();
    }
    if lower.contains("notbool") || lower.contains("boolnot") {
        return texts::finding_bool_with_opposite_value().to_owned();
    }
    match nearest {
        Some(nearest) => format!("`{nearest}`"),
        None => texts::finding_operator_such_as_stringequals().to_owned(),
    }
}
