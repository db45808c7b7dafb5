//! What policies of interface endpoints may not hold (VPCE-3).

use crate::codes;
use crate::condition::Test;
use crate::diagnostic::Diagnostic;
use crate::document::{Condition, Document, ResourcePattern};
use crate::pattern::{Pattern, Piece};
use crate::span::Span;
use crate::text::quote;

/// So many characters in a row stand before or after each wildcard.
const BESIDE_WILDCARD: usize = 6;

pub(super) fn document(document: &Document, findings: &mut Vec<Diagnostic>) {
    for statement in &document.statements {
        for entry in statement.resource.iter().flat_map(|scope| &scope.entries) {
            if let ResourcePattern::Arn { head, .. } = &entry.value
                && head.get(3).is_some_and(is_mixed)
            {
                findings.push(mixed_account(entry.span));
            }
        }
        for it in &statement.conditions {
            condition(it, findings);
        }
    }
}

fn condition(condition: &Condition, findings: &mut Vec<Diagnostic>) {
    let operator = condition.operator.value;
    let key = &condition.key.value;
    let takes_whole_ids = catalog::takes_whole_ids(&key.to_lowercase());
    match operator.test {
        Test::Numeric(_) if takes_whole_ids => findings.push(
            refused(
                condition.operator.span,
                texts::finding_for(&operator, &quote(key)),
            )
            .expected(texts::finding_stringequals_with_whole_ids()),
        ),
        // A wildcard for a whole id has a finding of its own.
        Test::StringLike { .. } if !takes_whole_ids => {
            for value in condition.values.iter().filter(|it| is_bare(&it.value)) {
                findings.push(
                    refused(
                        value.span,
                        texts::finding_wildcard_with_little_around(&quote(&value.value.text)),
                    )
                    .expected(texts::finding_six_characters_in_row()),
                );
            }
        }
        Test::ArnLike { .. } => {
            for value in &condition.values {
                let account = value.value.text.split(':').nth(4).unwrap_or_default();
                if has_both(account) {
                    findings.push(mixed_account(value.span));
                }
            }
        }
        _ => {}
    }
}

/// Whether some wildcard has too few characters on both sides.
fn is_bare(value: &Pattern) -> bool {
    let long = |piece: Option<&Piece>| match piece {
        Some(Piece::Literal(text)) => text.chars().count() >= BESIDE_WILDCARD,
        // What stands for a variable is not known.
        Some(Piece::Variable { .. }) => true,
        _ => false,
    };
    let pieces = &value.pieces;
    pieces.iter().enumerate().any(|(at, piece)| {
        let before = at.checked_sub(1).and_then(|before| pieces.get(before));
        matches!(piece, Piece::AnyRun | Piece::AnyOne) && !long(before) && !long(pieces.get(at + 1))
    })
}

fn is_mixed(account: &Pattern) -> bool {
    has_both(&account.text)
}

/// Whether a text has wildcards and other characters.
fn has_both(text: &str) -> bool {
    text.contains(['*', '?']) && !text.chars().all(|c| matches!(c, '*' | '?'))
}

fn mixed_account(span: Span) -> Diagnostic {
    refused(span, texts::finding_digits_and_wildcards_in().to_owned())
        .expected(texts::finding_whole_account_id_or())
}

fn refused(span: Span, what: String) -> Diagnostic {
    Diagnostic::warning(
        codes::ENDPOINT_PATTERN,
        span,
        texts::finding_which_interface_endpoints_refuse(&what),
    )
}
