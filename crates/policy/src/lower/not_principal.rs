//! `NotPrincipal` that lets nobody escape (PRIN-13).

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::{Effect, PrincipalEntry, ScopeMode, Statement};
use crate::text::quote;

/// A principal by its ARN.
struct Named<'a> {
    account: &'a str,
    /// `role`, `assumed-role`, `user`, `federated-user`.
    kind: &'a str,
    /// The name of the role of a role or session.
    role: &'a str,
}

pub(super) fn statement(statement: &Statement, findings: &mut Vec<Diagnostic>) {
    let denies = statement
        .effect
        .as_ref()
        .is_some_and(|effect| effect.value == Effect::Deny);
    let Some(scope) = &statement.principal else {
        return;
    };
    if scope.mode != ScopeMode::Except || !denies {
        return;
    }
    let names: Vec<&str> = scope
        .entries
        .iter()
        .filter_map(|entry| match &entry.value {
            PrincipalEntry::Aws(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    let lists = |kind: &str, like: &Named<'_>| {
        names.iter().filter_map(|text| named(text)).any(|other| {
            other.kind == kind && other.account == like.account && other.role == like.role
        })
    };
    for entry in &scope.entries {
        let PrincipalEntry::Aws(text) = &entry.value else {
            continue;
        };
        let Some(principal) = named(text) else {
            continue;
        };
        let mut missing = Vec::new();
        if !names
            .iter()
            .any(|text| account(text) == Some(principal.account))
        {
            missing.push(texts::finding_its_account());
        }
        match principal.kind {
            "role" if !lists("assumed-role", &principal) => {
                missing.push(texts::finding_its_sessions())
            }
            "assumed-role" if !lists("role", &principal) => missing.push(texts::finding_its_role()),
            _ => {}
        }
        let listed = match missing.as_slice() {
            [] => continue,
            [first, second] => texts::list_and(first, second),
            [first, ..] => (*first).to_owned(),
        };
        findings.push(
            Diagnostic::warning(
                codes::NOT_PRINCIPAL_INCOMPLETE,
                entry.span,
                texts::finding_stands_here_without_it(&quote(text), &listed),
            )
            .expected(texts::finding_in_list_too(&listed)),
        );
    }
}

/// The account that a text names as a whole (PRIN-3).
fn account(text: &str) -> Option<&str> {
    if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text);
    }
    let mut parts = text.splitn(6, ':').skip(4);
    let (account, resource) = (parts.next()?, parts.next()?);
    (resource == "root").then_some(account)
}

/// The principal that an ARN names, if it is not an account.
fn named(text: &str) -> Option<Named<'_>> {
    let mut parts = text.splitn(6, ':').skip(4);
    let (account, resource) = (parts.next()?, parts.next()?);
    let (kind, name) = resource.split_once('/')?;
    let role = match kind {
        // The ARN of a session leaves out the path of its role (PRIN-5).
        "role" => name.rsplit('/').next(),
        "assumed-role" => name.split('/').next(),
        _ => None,
    };
    Some(Named {
        account,
        kind,
        role: role.unwrap_or_default(),
    })
}
