//! One statement.

use std::collections::BTreeMap;

use super::{Elements, Lowering, is_iam, kind_words, one_or_many, opening, takes_principal};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::{Effect, Scope, ScopeMode, Statement};
use crate::json::{Member, Node, Value};
use crate::kind::Kind;
use crate::span::{Span, Spanned};
use crate::text::{did_you_mean, nearest, quote};

/// The elements of a statement.
pub(crate) const ELEMENTS: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

impl Lowering {
    pub(super) fn statements(&mut self, member: &Member) -> Vec<Statement> {
        let mut statements = Vec::new();
        if matches!(&member.value.value, Value::Array(items) if items.is_empty()) {
            self.report(
                Diagnostic::error(
                    codes::EMPTY_STATEMENT,
                    member.value.span,
                    texts::finding_list_statements_empty(),
                )
                .expected(texts::finding_at_least_one_statement()),
            );
        }
        for (index, node) in one_or_many(&member.value).iter().enumerate() {
            match &node.value {
                Value::Object(members) => statements.push(self.statement(index, node, members)),
                _ => self.wrong_type(
                    texts::finding_statement(),
                    node,
                    texts::finding_object_effect(),
                ),
            }
        }
        self.repeated_sids(&statements);
        statements
    }

    fn statement(&mut self, index: usize, node: &Node, members: &[Member]) -> Statement {
        let elements = self.elements(members, &ELEMENTS, texts::finding_place_statement());
        let start = opening(node.span);
        let mut statement = Statement {
            index,
            span: node.span,
            sid: None,
            effect: None,
            principal: None,
            action: None,
            resource: None,
            conditions: Vec::new(),
        };
        statement.sid = elements.get("Sid").and_then(|member| self.sid(member));
        statement.effect = self.effect(elements.get("Effect").copied(), start);
        statement.principal = self.principal_scope(&elements, start, statement.effect.as_ref());
        statement.action = self.action_scope(&elements, start);
        statement.resource = self.resource_scope(&elements, start, statement.action.as_ref());
        if let Some(member) = elements.get("Condition") {
            statement.conditions = self.conditions(member);
        }
        statement
    }

    fn sid(&mut self, member: &Member) -> Option<Spanned<String>> {
        let sid = self.string(member, texts::finding_text())?;
        let plain = sid.value.chars().all(|c| c.is_ascii_alphanumeric());
        let strict = is_iam(self.kind);
        if !plain && (strict || matches!(self.kind, Kind::Scp | Kind::Rcp)) {
            let message = texts::finding_holds_more_than_letters(&quote(&sid.value));
            let finding = if strict {
                Diagnostic::error(codes::INVALID_SID, sid.span, message)
            } else {
                Diagnostic::warning(codes::INVALID_SID, sid.span, message)
            };
            self.report(finding.expected(texts::finding_only_z_z_and()));
        }
        Some(sid)
    }

    fn repeated_sids(&mut self, statements: &[Statement]) {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        let sids = statements
            .iter()
            .filter_map(|statement| statement.sid.as_ref());
        for sid in sids.filter(|sid| !sid.value.is_empty()) {
            let Some(first) = seen.get(sid.value.as_str()) else {
                seen.insert(&sid.value, sid.span);
                continue;
            };
            let message = texts::finding_sid_stands_on_another(&quote(&sid.value));
            let finding = if is_iam(self.kind) {
                Diagnostic::error(codes::DUPLICATE_SID, sid.span, message)
            } else {
                Diagnostic::warning(codes::DUPLICATE_SID, sid.span, message)
            };
            self.report(
                finding
                    .expected(texts::finding_sid_its_own_for())
                    .related(*first),
            );
        }
    }

    fn effect(&mut self, member: Option<&Member>, start: Span) -> Option<Spanned<Effect>> {
        let Some(member) = member else {
            self.report(
                Diagnostic::error(
                    codes::MISSING_EFFECT,
                    start,
                    texts::finding_statement_has_no_effect(),
                )
                .expected(texts::finding_effect_allow_or_effect()),
            );
            return None;
        };
        let word = self.string(member, texts::finding_allow_or_deny())?;
        let effect = match word.value.as_str() {
            "Allow" => Effect::Allow,
            "Deny" => Effect::Deny,
            other => {
                let near = nearest(other, ["Allow", "Deny"]);
                let expected = match near {
                    Some(word) => format!("`{word}`"),
                    None => texts::finding_allow_or_deny_in().to_owned(),
                };
                self.report(
                    Diagnostic::error(
                        codes::INVALID_EFFECT,
                        word.span,
                        texts::finding_no_effect(&quote(other), &did_you_mean(near)),
                    )
                    .expected(expected),
                );
                return None;
            }
        };
        if self.kind == Kind::Rcp && effect == Effect::Allow {
            self.report(
                Diagnostic::error(
                    codes::RCP_ALLOW,
                    word.span,
                    texts::finding_rcp_cannot_allow(),
                )
                .expected(texts::finding_deny_only_managed_rcpfullawsaccess()),
            );
        }
        Some(Spanned::new(effect, word.span))
    }

    /// The one of `name` and its `Not…` form that is there; both are an error, none is `None`.
    pub(super) fn either<'n>(
        &mut self,
        elements: &Elements<'n>,
        name: &'static str,
        negated: &'static str,
    ) -> Option<(ScopeMode, &'n Member)> {
        let only = elements.get(name).copied();
        let except = elements.get(negated).copied();
        if let (Some(first), Some(second)) = (only, except) {
            let (first, second) = if first.key_span.start() < second.key_span.start() {
                (first, second)
            } else {
                (second, first)
            };
            self.report(
                Diagnostic::error(
                    codes::EXCLUSIVE_ELEMENTS,
                    second.key_span,
                    texts::finding_and_in_one_statement(&name, &negated),
                )
                .expected(texts::finding_one_two_or(&name, &negated))
                .related(first.key_span),
            );
        }
        match (only, except) {
            (Some(member), _) => Some((ScopeMode::Only, member)),
            (None, Some(member)) => Some((ScopeMode::Except, member)),
            (None, None) => None,
        }
    }

    fn principal_scope(
        &mut self,
        elements: &Elements<'_>,
        start: Span,
        effect: Option<&Spanned<Effect>>,
    ) -> Option<Scope<crate::document::PrincipalEntry>> {
        let found = self.either(elements, "Principal", "NotPrincipal");
        let words = kind_words(self.kind);
        let Some((mode, member)) = found else {
            if takes_principal(self.kind) {
                self.report(
                    Diagnostic::error(
                        codes::MISSING_PRINCIPAL,
                        start,
                        texts::finding_statement_has_no_principal(&words),
                    )
                    .expected(if self.kind == Kind::Rcp {
                        "`\"Principal\": \"*\"`"
                    } else {
                        texts::finding_principal_such_as_principal()
                    }),
                );
            }
            return None;
        };
        if !takes_principal(self.kind) {
            self.report(
                Diagnostic::error(
                    codes::PRINCIPAL_NOT_ALLOWED,
                    member.key_span,
                    texts::finding_no_place_in(&quote(&member.key), &words),
                )
                .expected(texts::finding_nothing_here_conditions_such()),
            );
            return None;
        }
        if mode == ScopeMode::Except {
            self.not_principal(member, effect);
        }
        Some(Scope {
            mode,
            span: member.span(),
            entries: self.principals(member),
        })
    }

    fn not_principal(&mut self, member: &Member, effect: Option<&Spanned<Effect>>) {
        if matches!(self.kind, Kind::Rcp | Kind::Trust) {
            self.report(
                Diagnostic::error(
                    codes::NOT_PRINCIPAL_NOT_ALLOWED,
                    member.key_span,
                    texts::finding_notprincipal_has_no_place(&kind_words(self.kind)),
                )
                .expected(texts::finding_principal_narrowed_by_conditions()),
            );
        } else if effect.is_some_and(|effect| effect.value == Effect::Allow) {
            self.report(
                Diagnostic::warning(
                    codes::NOT_PRINCIPAL_ALLOW,
                    member.key_span,
                    texts::finding_notprincipal_beside_allow_lets(),
                )
                .expected(texts::finding_principal_or_deny()),
            );
        }
    }
}
