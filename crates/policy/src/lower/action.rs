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
                _ => "`Action` or `NotAction`",
            };
            self.report(
                Diagnostic::error(
                    codes::MISSING_ACTION,
                    start,
                    format!("the statement has no {names}"),
                )
                .expected(format!("{names}, such as `\"Action\": \"s3:GetObject\"`")),
            );
            return None;
        };
        if self.kind == Kind::Rcp && mode == ScopeMode::Except {
            self.report(
                Diagnostic::error(
                    codes::RCP_ACTION,
                    member.key_span,
                    "`NotAction` has no place in an RCP",
                )
                .expected("`Action`"),
            );
        }
        let entries = self
            .strings(member, "a text such as `\"s3:GetObject\"`")
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
                        format!("{} names no service, which an RCP must", quote(text)),
                    )
                    .expected("a service prefix in every action, such as `s3:*`"),
                );
            }
            return ActionPattern::Any;
        }
        let Some((service, name)) = text.split_once(':') else {
            self.report(
                Diagnostic::error(
                    codes::INVALID_ACTION,
                    span,
                    format!("{} is no action", quote(text)),
                )
                .expected("a service prefix, a colon and a name, such as `s3:GetObject`, or `*`"),
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
            self.report(
                finding.expected("a service prefix, one colon and a name, such as `s3:GetObject`"),
            );
        }
        self.rcp_service(service, span);
        self.findings
            .extend(without_variables("actions", name, span));
        if name.is_empty() || text.contains(char::is_whitespace) {
            self.report(
                Diagnostic::warning(
                    codes::ACTION_MATCHES_NOTHING,
                    span,
                    format!("{} matches no action", quote(text)),
                )
                .expected("a name without spaces behind the colon"),
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
            None => "nothing: there were no RCPs then".to_owned(),
            Some(list) if list.value.len() <= 5 => {
                format!("one of {}", list.value.join(", "))
            }
            // RCP-21
            Some(_) if lower == "es" => {
                "nothing: of OpenSearch, RCPs reach only the prefix `opensearch`".to_owned()
            }
            Some(list) => format!(
                "one of the {} services that accept RCPs since {}",
                list.value.len(),
                list.since
            ),
        };
        self.report(
            Diagnostic::warning(
                codes::RCP_SERVICE,
                span,
                format!("the service {} is out of reach of RCPs", quote(service)),
            )
            .expected(expected),
        );
    }

    fn service_wildcard(&mut self, service: &str, span: Span) {
        let strict = is_iam(self.kind) || matches!(self.kind, Kind::Scp | Kind::Rcp);
        let message = format!("a wildcard in the service prefix {}", quote(service));
        let finding = if strict {
            Diagnostic::error(codes::ACTION_WILDCARD_SERVICE, span, message)
        } else {
            Diagnostic::warning(codes::ACTION_WILDCARD_SERVICE, span, message)
        };
        self.report(finding.expected("one service in full, such as `s3:Get*`, or `*` alone"));
    }
}

/// What is wrong with the form of `service:name`, if anything.
fn prefix_problem(service: &str, name: &str) -> Option<&'static str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    if service.is_empty() || !service.chars().all(plain) {
        Some("no service prefix before the colon")
    } else if name.contains(':') {
        Some("more than one colon")
    } else {
        None
    }
}
