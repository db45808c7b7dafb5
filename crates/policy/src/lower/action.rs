//! `Action` and `NotAction` (ACT-1 … ACT-7).

use super::{Elements, Lowering, is_iam, without_variables};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::{ActionPattern, Scope, ScopeMode, Version};
use crate::kind::Kind;
use crate::pattern::Pattern;
use crate::span::{Span, Spanned};
use crate::text::quote;

impl Lowering {
    pub(super) fn action_scope(
        &mut self,
        elements: &Elements<'_>,
        start: Span,
    ) -> Option<Scope<ActionPattern>> {
        let Some((mode, member)) = self.either(elements, "Action", "NotAction") else {
            let names = match self.kind {
                Kind::Rcp => "`Action`",
                _ => texts::finding_action_or_notaction(),
            };
            self.report(
                Diagnostic::error(
                    codes::MISSING_ACTION,
                    start,
                    texts::finding_statement_has_no(&names),
                )
                .expected(texts::finding_such_as_action_s3(&names)),
            );
            return None;
        };
        if self.kind == Kind::Rcp && mode == ScopeMode::Except {
            self.report(
                Diagnostic::error(
                    codes::RCP_ACTION,
                    member.key_span,
                    texts::finding_notaction_has_no_place(),
                )
                .expected("`Action`"),
            );
        }
        let entries = self
            .strings(member, texts::finding_text_such_as_s3())
            .into_iter()
            .map(|entry| Spanned::new(self.action(&entry.value, entry.span), entry.span))
            .collect();
        Some(Scope {
            mode,
            span: member.span(),
            entries,
        })
    }

    fn action(&mut self, text: &str, span: Span) -> ActionPattern {
        if matches!(text, "*" | "*:*") {
            if self.kind == Kind::Rcp {
                self.report(
                    Diagnostic::error(
                        codes::RCP_ACTION,
                        span,
                        texts::finding_names_no_service_which(&quote(text)),
                    )
                    .expected(texts::finding_service_prefix_in_every()),
                );
            }
            return ActionPattern::Any;
        }
        let Some((service, name)) = text.split_once(':') else {
            self.report(
                Diagnostic::error(
                    codes::INVALID_ACTION,
                    span,
                    texts::finding_no_action(&quote(text)),
                )
                .expected(texts::finding_service_prefix_colon_and()),
            );
            return ActionPattern::Nothing;
        };
        if service.contains(['*', '?']) {
            self.service_wildcard(service, span);
        } else if let Some(problem) = prefix_problem(service, name) {
            let message = format!("{}: {problem}", quote(text));
            let finding = if is_iam(self.kind) {
                Diagnostic::error(codes::INVALID_ACTION, span, message)
            } else {
                Diagnostic::warning(codes::INVALID_ACTION, span, message)
            };
            self.report(finding.expected(texts::finding_service_prefix_one_colon()));
        }
        self.rcp_service(service, span);
        self.findings
            .extend(without_variables(texts::finding_actions(), name, span));
        if name.is_empty() || text.contains(char::is_whitespace) {
            self.report(
                Diagnostic::warning(
                    codes::ACTION_MATCHES_NOTHING,
                    span,
                    texts::finding_matches_no_action(&quote(text)),
                )
                .expected(texts::finding_name_without_spaces_behind()),
            );
            return ActionPattern::Nothing;
        }
        ActionPattern::Named {
            service: service.to_lowercase(),
            name: Pattern::parse(&name.to_lowercase(), Version::V2008),
        }
    }

    /// RCP-7, RCP-20
    fn rcp_service(&mut self, service: &str, span: Span) {
        let lower = service.to_lowercase();
        if self.kind != Kind::Rcp
            || service.contains(['*', '?'])
            || catalog::accepts_rcps(&lower, self.as_of)
        {
            return;
        }
        let expected = match catalog::rcp_services(self.as_of) {
            None => texts::finding_nothing_there_were_no().to_owned(),
            Some(list) if list.value.len() <= 5 => texts::finding_one(&list.value.join(", ")),
            // RCP-21
            Some(_) if lower == "es" => texts::finding_nothing_opensearch_rcps_reach().to_owned(),
            Some(list) => texts::finding_one_services_that_accept(&list.value.len(), &list.since),
        };
        self.report(
            Diagnostic::warning(
                codes::RCP_SERVICE,
                span,
                texts::finding_service_out_reach_rcps(&quote(service)),
            )
            .expected(expected),
        );
    }

    fn service_wildcard(&mut self, service: &str, span: Span) {
        let strict = is_iam(self.kind) || matches!(self.kind, Kind::Scp | Kind::Rcp);
        let message = texts::finding_wildcard_in_service_prefix(&quote(service));
        let finding = if strict {
            Diagnostic::error(codes::ACTION_WILDCARD_SERVICE, span, message)
        } else {
            Diagnostic::warning(codes::ACTION_WILDCARD_SERVICE, span, message)
        };
        self.report(finding.expected(texts::finding_one_service_in_full()));
    }
}

/// What is wrong with the form of `service:name`, if anything.
fn prefix_problem(service: &str, name: &str) -> Option<&'static str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    if service.is_empty() || !service.chars().all(plain) {
        Some(texts::finding_no_service_prefix_before())
    } else if name.contains(':') {
        Some(texts::finding_more_than_one_colon())
    } else {
        None
    }
}
