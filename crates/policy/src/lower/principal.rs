//! `Principal` and `NotPrincipal` (PRIN-1 … PRIN-14).

use super::{Lowering, without_variables};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::PrincipalEntry;
use crate::json::{Member, Value};
use crate::kind::Kind;
use crate::span::{Span, Spanned};
use crate::text::quote;

const FAMILIES: [&str; 4] = ["AWS", "Service", "Federated", "CanonicalUser"];

impl Lowering {
    pub(super) fn principals(&mut self, member: &Member) -> Vec<Spanned<PrincipalEntry>> {
        let node = &member.value;
        if self.kind == Kind::Rcp && node.value != Value::Broken {
            let exact = matches!(&node.value, Value::String(text) if text == "*");
            if !exact {
                self.report(
                    Diagnostic::error(
                        codes::RCP_PRINCIPAL,
                        node.span,
                        texts::finding_principal_rcp_not(),
                    )
                    .expected(texts::finding_narrowed_by_conditions()),
                );
            }
        }
        match &node.value {
            Value::String(text) if text == "*" => {
                self.trusts_everyone(node.span);
                vec![Spanned::new(PrincipalEntry::Everyone, node.span)]
            }
            Value::String(text) => {
                self.report(
                    Diagnostic::error(
                        codes::INVALID_PRINCIPAL,
                        node.span,
                        texts::finding_stands_alone(&quote(text)),
                    )
                    .expected(texts::finding_principal_forms()),
                );
                Vec::new()
            }
            Value::Object(families) => self.families(member, families),
            Value::Array(items) if items.is_empty() => {
                self.empty_list(member);
                Vec::new()
            }
            _ => {
                self.wrong_type(&quote(&member.key), node, texts::finding_principal_forms());
                Vec::new()
            }
        }
    }

    fn families(&mut self, member: &Member, families: &[Member]) -> Vec<Spanned<PrincipalEntry>> {
        if families.is_empty() {
            self.report(
                Diagnostic::warning(
                    codes::EMPTY_LIST,
                    member.value.span,
                    texts::finding_names_nobody_statement_matches(&quote(&member.key)),
                )
                .expected(texts::finding_principal_forms()),
            );
        }
        let known = self.elements(families, &FAMILIES, texts::finding_place_principal());
        let mut entries = Vec::new();
        for (family, member) in known {
            for text in self.strings(member, texts::finding_text_or_list_texts()) {
                if let Some(entry) = self.principal(family, &text.value, text.span) {
                    entries.push(Spanned::new(entry, text.span));
                }
            }
        }
        crate::sort_by(&mut entries, |a, b| a.span.start().cmp(&b.span.start()));
        entries
    }

    fn principal(&mut self, family: &str, text: &str, span: Span) -> Option<PrincipalEntry> {
        let owned = text.to_owned();
        if family == "AWS" && text == "*" {
            self.trusts_everyone(span);
            return Some(PrincipalEntry::Everyone);
        }
        if text.contains(['*', '?']) {
            self.report(
                Diagnostic::error(
                    codes::PRINCIPAL_WILDCARD,
                    span,
                    texts::finding_wildcard_in_principal(&quote(text)),
                )
                .expected(match family {
                    "AWS" => texts::finding_whole_arn_or_account(),
                    _ => texts::finding_name_in_full(),
                }),
            );
            return None;
        }
        self.findings
            .extend(without_variables(texts::finding_principals(), text, span));
        match family {
            "AWS" => self
                .aws_principal(text, span)
                .then_some(PrincipalEntry::Aws(owned)),
            "Service" => {
                self.unusual(
                    text,
                    span,
                    is_service(text),
                    texts::finding_name_such_as_lambda(),
                );
                Some(PrincipalEntry::Service(owned))
            }
            "Federated" => {
                let usual = text.starts_with("arn:") || text.contains('.');
                self.unusual(text, span, usual, texts::finding_domain_or_arn_identity());
                Some(PrincipalEntry::Federated(owned))
            }
            _ => {
                let usual = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
                self.unusual(text, span, usual, texts::finding_canonical_user_id());
                if usual {
                    self.unique_id(text, span, texts::finding_arn_account_s_root());
                }
                Some(PrincipalEntry::CanonicalUser(owned))
            }
        }
    }

    fn aws_principal(&mut self, text: &str, span: Span) -> bool {
        let account = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
        let unique_id = text.len() >= 16
            && text.starts_with('A')
            && text
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let arn = parts.len() == 6 && parts.first() == Some(&"arn");
        if !account && !unique_id && !arn {
            self.report(
                Diagnostic::error(
                    codes::INVALID_PRINCIPAL,
                    span,
                    texts::finding_no_principal(&quote(text)),
                )
                .expected(texts::finding_account_id_12_digits()),
            );
            return false;
        }
        if unique_id {
            self.unique_id(text, span, texts::finding_arn_principal());
        }
        if arn
            && parts.get(2) == Some(&"iam")
            && parts.get(5).is_some_and(|last| last.starts_with("group/"))
        {
            self.report(
                Diagnostic::error(
                    codes::PRINCIPAL_GROUP,
                    span,
                    texts::finding_group_and_groups_are(&quote(text)),
                )
                .expected(texts::finding_users_roles_or_accounts()),
            );
            return false;
        }
        true
    }

    /// PRIN-7, PRIN-10: ids that AWS gives are in no scenario.
    fn unique_id(&mut self, text: &str, span: Span, expected: &str) {
        self.report(
            Diagnostic::warning(
                codes::PRINCIPAL_UNIQUE_ID,
                span,
                texts::finding_unique_id_whose_it(&quote(text)),
            )
            .expected(expected),
        );
    }

    fn unusual(&mut self, text: &str, span: Span, usual: bool, expected: &str) {
        if !usual {
            self.report(
                Diagnostic::warning(
                    codes::UNUSUAL_PRINCIPAL,
                    span,
                    texts::finding_looks_like_no_principal(&quote(text)),
                )
                .expected(expected),
            );
        }
    }

    fn trusts_everyone(&mut self, span: Span) {
        if self.kind == Kind::Trust {
            self.report(
                Diagnostic::warning(
                    codes::TRUST_EVERYONE,
                    span,
                    texts::finding_this_role_trusts_everyone(),
                )
                .expected(texts::finding_accounts_roles_or_services()),
            );
        }
    }
}

fn is_service(text: &str) -> bool {
    text.contains('.') && !text.contains(char::is_whitespace)
}
