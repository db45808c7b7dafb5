//! What SCPs did not take before they had the full policy language (SCP-40, SCP-41, SCP-49).

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::{ActionPattern, Document, Effect, ResourcePattern, ScopeMode, Statement};
use crate::pattern::{Pattern, Piece};
use crate::span::Span;

/// An error for each element that was refused.
pub(super) fn document(document: &Document, findings: &mut Vec<Diagnostic>) {
    for statement in &document.statements {
        let allows = statement
            .effect
            .as_ref()
            .is_some_and(|effect| effect.value == Effect::Allow);
        if allows {
            allow(statement, findings);
        } else if let Some(scope) = &statement.resource
            && scope.mode == ScopeMode::Except
        {
            findings.push(refused(scope.span, "`NotResource`", "`Resource`"));
        }
        actions(statement, findings);
    }
}

/// An Allow took `Action` and all resources, and nothing else.
fn allow(statement: &Statement, findings: &mut Vec<Diagnostic>) {
    if let Some(scope) = &statement.action
        && scope.mode == ScopeMode::Except
    {
        findings.push(refused(
            scope.span,
            texts::finding_notaction_beside_allow(),
            texts::finding_action_or_deny(),
        ));
    }
    if let Some(scope) = &statement.resource {
        let all = scope
            .entries
            .iter()
            .all(|entry| entry.value == ResourcePattern::Any);
        if scope.mode == ScopeMode::Except || !all {
            findings.push(refused(
                scope.span,
                texts::finding_allow_for_less_than(),
                texts::finding_resource_or_deny(),
            ));
        }
    }
    if let Some(condition) = statement.conditions.first() {
        findings.push(refused(
            condition.operator.span,
            texts::finding_condition_beside_allow(),
            texts::finding_no_condition_or_deny(),
        ));
    }
}

/// A wildcard stood at the end of an action, or alone.
fn actions(statement: &Statement, findings: &mut Vec<Diagnostic>) {
    for entry in statement.action.iter().flat_map(|scope| &scope.entries) {
        if let ActionPattern::Named { name, .. } = &entry.value
            && has_early_wildcard(name)
        {
            findings.push(refused(
                entry.span,
                texts::finding_wildcard_before_end_action(),
                texts::finding_wildcard_at_end_such(),
            ));
        }
    }
}

fn has_early_wildcard(name: &Pattern) -> bool {
    let is_wildcard = |piece: &Piece| matches!(piece, Piece::AnyRun | Piece::AnyOne);
    let first = name.pieces.iter().position(is_wildcard);
    first.is_some_and(|at| !name.pieces.iter().skip(at).all(is_wildcard))
}

fn refused(span: Span, what: &str, expected: &str) -> Diagnostic {
    Diagnostic::error(
        codes::SCP_LANGUAGE,
        span,
        texts::finding_which_scps_did_not(&what),
    )
    .expected(expected)
}
