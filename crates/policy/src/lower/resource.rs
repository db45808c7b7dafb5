//! `Resource` and `NotResource` (RES-1 … RES-13).

use super::{Elements, Lowering};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::{ActionPattern, ResourcePattern, Scope, Version};
use crate::json::Member;
use crate::kind::Kind;
use crate::pattern::Pattern;
use crate::span::{Span, Spanned};
use crate::text::quote;

/// Services whose resource-based policies have no Resource element: the policy belongs to the
/// resource.
const WITHOUT_RESOURCE: [&str; 3] = ["ecr", "ecr-public", "sts"];

/// Services whose ARNs name the type of a resource first, before a slash or colon.
const TYPED: [&str; 16] = [
    "autoscaling",
    "cloudformation",
    "cloudfront",
    "codebuild",
    "cognito-idp",
    "dynamodb",
    "ec2",
    "ecr",
    "ecs",
    "eks",
    "glue",
    "iam",
    "kinesis",
    "kms",
    "lambda",
    "rds",
];

impl Lowering {
    pub(super) fn resource_scope(
        &mut self,
        elements: &Elements<'_>,
        start: Span,
        action: Option<&Scope<ActionPattern>>,
    ) -> Option<Scope<ResourcePattern>> {
        let Some((mode, member)) = self.either(elements, "Resource", "NotResource") else {
            self.missing_resource(start, action);
            return None;
        };
        if self.kind == Kind::Trust {
            self.report(
                Diagnostic::error(
                    codes::TRUST_RESOURCE,
                    member.key_span,
                    texts::finding_no_place_in_trust_policy(&quote(&member.key)),
                )
                .expected(texts::finding_nothing_role_itself_resource()),
            );
            return None;
        }
        Some(Scope {
            mode,
            span: member.span(),
            entries: self.resources(member),
        })
    }

    fn resources(&mut self, member: &Member) -> Vec<Spanned<ResourcePattern>> {
        self.strings(member, texts::finding_text_arn_or())
            .into_iter()
            .filter_map(|entry| {
                let resource = self.resource(&entry.value, entry.span)?;
                Some(Spanned::new(resource, entry.span))
            })
            .collect()
    }

    fn missing_resource(&mut self, start: Span, action: Option<&Scope<ActionPattern>>) {
        if self.kind == Kind::Trust {
            return;
        }
        let message = texts::finding_statement_has_no_resource();
        let without = action.is_some_and(|scope| {
            !scope.entries.is_empty()
                && scope.entries.iter().all(|entry| {
                    matches!(&entry.value, ActionPattern::Named { service, .. }
                        if WITHOUT_RESOURCE.contains(&service.as_str()))
                })
        });
        let finding = if self.kind == Kind::Resource && without {
            Diagnostic::warning(codes::MISSING_RESOURCE, start, message)
        } else {
            Diagnostic::error(codes::MISSING_RESOURCE, start, message)
        };
        self.report(finding.expected(texts::finding_resource_with_arn_or()));
    }

    fn resource(&mut self, text: &str, span: Span) -> Option<ResourcePattern> {
        if text == "*" {
            return Some(ResourcePattern::Any);
        }
        if !text.starts_with("arn:") {
            self.not_an_arn(text, span);
        }
        let expanded = match text.strip_prefix("execute-api:/") {
            // API Gateway fills in which API is meant: the one that has the policy.
            Some(path) if self.kind == Kind::Resource => {
                Some(format!("arn:*:execute-api:*:*:*/{path}"))
            }
            _ if text.starts_with("arn:") => None,
            _ => return None,
        };
        let parts = split_arn(expanded.as_deref().unwrap_or(text));
        let head: Vec<Pattern> = parts
            .iter()
            .skip(1)
            .take(4)
            .map(|part| Pattern::parse(part, Version::V2008))
            .collect();
        let resource = parts.get(5).map(|part| self.pattern(part, span));
        if expanded.is_none() {
            self.arn_lints(&parts, span);
        }
        Some(ResourcePattern::Arn { head, resource })
    }

    fn not_an_arn(&mut self, text: &str, span: Span) {
        let message = texts::finding_neither_nor_arn(&quote(text));
        let expanded_on_save = self.kind == Kind::Resource && text.starts_with("execute-api:/");
        let finding = if expanded_on_save {
            Diagnostic::warning(codes::INVALID_RESOURCE, span, message)
        } else {
            Diagnostic::error(codes::INVALID_RESOURCE, span, message)
        };
        self.report(finding.expected(texts::finding_or_arn_such_as()));
    }

    fn arn_lints(&mut self, parts: &[&str], span: Span) {
        if parts.len() < 6 {
            let message = texts::finding_arn_parts(&parts.len());
            let finding = if self.kind == Kind::Session {
                Diagnostic::error(codes::SHORT_ARN, span, message)
            } else {
                Diagnostic::warning(codes::SHORT_ARN, span, message)
            };
            self.report(finding.expected(texts::finding_six_parts_arn_partition()));
        }
        if parts.iter().take(3).any(|part| part.contains(['*', '?'])) {
            self.report(
                Diagnostic::warning(
                    codes::ARN_WILDCARD,
                    span,
                    texts::finding_wildcard_in_partition_or(),
                )
                .expected(texts::finding_partition_and_service_in()),
            );
        }
        if parts.iter().take(5).any(|part| part.contains("${")) {
            self.report(
                Diagnostic::warning(
                    codes::ARN_VARIABLE,
                    span,
                    texts::finding_variable_before_resource_part(),
                )
                .expected(texts::finding_variables_only_behind_fifth()),
            );
        }
        let service = parts.get(2).copied().unwrap_or_default();
        let resource = parts.get(5).copied().unwrap_or_default();
        let kind_of_resource = resource.split(['/', ':']).next().unwrap_or_default();
        if TYPED.contains(&service) && resource != "*" && kind_of_resource.contains(['*', '?']) {
            self.report(
                Diagnostic::warning(
                    codes::RESOURCE_TYPE_WILDCARD,
                    span,
                    texts::finding_wildcard_in_place_resource(&quote(resource)),
                )
                .expected(texts::finding_type_in_full_such()),
            );
        }
    }
}

/// The parts of an ARN, at most six; a colon inside `${…}` does not separate.
fn split_arn(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut variable_until = 0;
    for (at, c) in text.char_indices() {
        if parts.len() == 5 {
            break;
        }
        if at < variable_until {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        if rest.starts_with("${") {
            variable_until = rest.find('}').map_or(0, |end| at + end);
        } else if c == ':' {
            parts.push(text.get(start..at).unwrap_or_default());
            start = at + 1;
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_have_at_most_six_parts() {
        assert_eq!(
            split_arn("arn:aws:logs:eu-west-1:1:log-group:x:*"),
            ["arn", "aws", "logs", "eu-west-1", "1", "log-group:x:*"]
        );
        assert_eq!(
            split_arn("arn:aws:iam::${aws:PrincipalAccount}:role/${a:b}"),
            [
                "arn",
                "aws",
                "iam",
                "",
                "${aws:PrincipalAccount}",
                "role/${a:b}"
            ]
        );
        assert_eq!(split_arn("arn:aws"), ["arn", "aws"]);
    }
}
