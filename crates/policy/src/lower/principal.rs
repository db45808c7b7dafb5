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

const FORMS: &str = "`\"*\"`, or an object with `AWS`, `Service`, `Federated` or `CanonicalUser`";

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
                        "the `Principal` of an RCP is not `\"*\"`",
                    )
                    .expected("`\"*\"`, narrowed by conditions"),
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
                        format!("{} stands alone", quote(text)),
                    )
                    .expected(FORMS),
                );
                Vec::new()
            }
            Value::Object(families) => self.families(member, families),
            Value::Array(items) if items.is_empty() => {
                self.empty_list(member);
                Vec::new()
            }
            _ => {
                self.wrong_type(&quote(&member.key), node, FORMS);
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
                    format!(
                        "{} names nobody: the statement matches nothing",
                        quote(&member.key)
                    ),
                )
                .expected(FORMS),
            );
        }
        let known = self.elements(families, &FAMILIES, "a principal");
        let mut entries = Vec::new();
        for (family, member) in known {
            for text in self.strings(member, "a text, or a list of texts") {
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
                    format!("a wildcard in the principal {}", quote(text)),
                )
                .expected(match family {
                    "AWS" => {
                        "a whole ARN or account, or `*` with a condition on `aws:PrincipalArn`"
                    }
                    _ => "the name in full",
                }),
            );
            return None;
        }
        self.findings
            .extend(without_variables("principals", text, span));
        match family {
            "AWS" => self
                .aws_principal(text, span)
                .then_some(PrincipalEntry::Aws(owned)),
            "Service" => {
                self.unusual(
                    text,
                    span,
                    is_service(text),
                    "a name such as `lambda.amazonaws.com`",
                );
                Some(PrincipalEntry::Service(owned))
            }
            "Federated" => {
                let usual = text.starts_with("arn:") || text.contains('.');
                self.unusual(
                    text,
                    span,
                    usual,
                    "the domain or ARN of an identity provider",
                );
                Some(PrincipalEntry::Federated(owned))
            }
            _ => {
                let usual = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
                self.unusual(
                    text,
                    span,
                    usual,
                    "a canonical user id of 64 hexadecimal digits",
                );
                if usual {
                    self.unique_id(text, span, "the ARN of the account's root user");
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
                    format!("{} is no principal", quote(text)),
                )
                .expected("an account id of 12 digits, an ARN, or a unique id"),
            );
            return false;
        }
        if unique_id {
            self.unique_id(text, span, "the ARN of the principal");
        }
        if arn
            && parts.get(2) == Some(&"iam")
            && parts.get(5).is_some_and(|last| last.starts_with("group/"))
        {
            self.report(
                Diagnostic::error(
                    codes::PRINCIPAL_GROUP,
                    span,
                    format!("{} is a group, and groups are no principals", quote(text)),
                )
                .expected("the users, roles or accounts that are meant"),
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
                format!(
                    "{} is a unique id: whose it is cannot be seen here, so it matches nobody",
                    quote(text)
                ),
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
                    format!("{} looks like no principal of this family", quote(text)),
                )
                .expected(expected),
            );
        }
    }

    fn trusts_everyone(&mut self, span: Span) {
        if self.kind == Kind::Trust {
            self.report(
                Diagnostic::warning(codes::TRUST_EVERYONE, span, "this role trusts everyone")
                    .expected("the accounts, roles or services that may assume it"),
            );
        }
    }
}

fn is_service(text: &str) -> bool {
    text.contains('.') && !text.contains(char::is_whitespace)
}
