//! Principals of a trust policy beside actions that they cannot call (TR-8).

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::{ActionPattern, Document, Effect, PrincipalEntry, ScopeMode, Statement};

const ASSUME: &str = "assumerole";
const WITH_SAML: &str = "assumerolewithsaml";
const WITH_WEB_IDENTITY: &str = "assumerolewithwebidentity";

pub(super) fn document(document: &Document, findings: &mut Vec<Diagnostic>) {
    for statement in &document.statements {
        let allows = statement
            .effect
            .as_ref()
            .is_some_and(|effect| effect.value == Effect::Allow);
        if let Some(actions) = assume_actions(statement).filter(|_| allows) {
            principals(statement, &actions, findings);
        }
    }
}

/// The actions by which a role is assumed; none if a pattern may match others.
fn assume_actions(statement: &Statement) -> Option<Vec<&str>> {
    let scope = statement
        .action
        .as_ref()
        .filter(|scope| scope.mode == ScopeMode::Only)?;
    let mut actions = Vec::new();
    for entry in &scope.entries {
        match &entry.value {
            ActionPattern::Named { service, name } if !name.has_wildcards() => {
                let name = name.text.as_str();
                if service == "sts" && [ASSUME, WITH_SAML, WITH_WEB_IDENTITY].contains(&name) {
                    actions.push(name);
                }
            }
            ActionPattern::Nothing => {}
            _ => return None,
        }
    }
    (!actions.is_empty()).then_some(actions)
}

fn principals(statement: &Statement, actions: &[&str], findings: &mut Vec<Diagnostic>) {
    let scope = statement
        .principal
        .as_ref()
        .filter(|scope| scope.mode == ScopeMode::Only);
    for entry in scope.iter().flat_map(|scope| &scope.entries) {
        let (needed, expected) = match &entry.value {
            PrincipalEntry::Aws(_) | PrincipalEntry::Service(_) => (ASSUME, "`sts:AssumeRole`"),
            PrincipalEntry::Federated(name) if name.contains(":saml-provider/") => {
                (WITH_SAML, "`sts:AssumeRoleWithSAML`")
            }
            PrincipalEntry::Federated(_) => (WITH_WEB_IDENTITY, "`sts:AssumeRoleWithWebIdentity`"),
            PrincipalEntry::Everyone | PrincipalEntry::CanonicalUser(_) => continue,
        };
        if !actions.contains(&needed) {
            findings.push(
                Diagnostic::warning(
                    codes::TRUST_ACTION,
                    entry.span,
                    texts::finding_this_principal_cannot_call(),
                )
                .expected(expected),
            );
        }
    }
}
