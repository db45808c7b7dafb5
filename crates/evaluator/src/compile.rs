//! From the parsed form of a policy to the form that runs. Spans stay with the document, which the
//! compiled policy keeps.

use std::collections::BTreeSet;
use std::rc::Rc;

use policy::{
    ActionPattern, Document, Effect, Kind, Parsed, Pattern, Piece, ResourcePattern, Scope,
    ScopeMode, Statement,
};

use crate::condition::CompiledCondition;
use crate::glob::{Glob, Wildcards};
use crate::principal::form;

/// A policy that is ready to run.
#[derive(Clone, Debug)]
pub struct CompiledPolicy {
    /// The document that it was made from.
    pub document: Rc<Document>,
    pub(crate) statements: Box<[CompiledStatement]>,
    /// The context keys that some statement reads, lower case, sorted.
    pub(crate) keys: Box<[Box<str>]>,
}

#[derive(Clone, Debug)]
pub(crate) struct CompiledStatement {
    pub(crate) effect: Effect,
    /// Whom it names; none where the kind of policy has no such element, and for RCPs, which name
    /// everyone (RCP-4).
    pub(crate) principals: Option<CompiledPrincipals>,
    pub(crate) actions: CompiledScope<CompiledAction>,
    pub(crate) resources: CompiledScope<CompiledResource>,
    pub(crate) conditions: Box<[CompiledCondition]>,
}

#[derive(Clone, Debug)]
pub(crate) struct CompiledScope<T> {
    pub(crate) mode: ScopeMode,
    pub(crate) entries: Box<[T]>,
}

/// `Principal` or `NotPrincipal`.
#[derive(Clone, Debug)]
pub(crate) struct CompiledPrincipals {
    pub(crate) mode: ScopeMode,
    /// The kind of the policy.
    pub(crate) kind: Kind,
    pub(crate) entries: Box<[PrincipalForm]>,
}

/// An entry of `Principal` or `NotPrincipal` (PRIN-1 … PRIN-10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PrincipalForm {
    Everyone,
    /// PRIN-3
    Account {
        partition: Option<Box<str>>,
        account: Box<str>,
    },
    /// PRIN-4
    User(Box<str>),
    /// PRIN-5: compared without the path, which a session does not carry.
    Role {
        partition: Box<str>,
        account: Box<str>,
        name: Box<str>,
    },
    /// A role session or a federated user (PRIN-4).
    Session(Box<str>),
    /// PRIN-8
    Service(Box<str>),
    /// PRIN-9
    Provider(Box<str>),
    /// A unique id or another name that no caller of a scenario has (PRIN-7, PRIN-10).
    Nobody,
}

#[derive(Clone, Debug)]
pub(crate) enum CompiledAction {
    Any,
    Named { service: Box<str>, name: Glob },
    Nothing,
}

#[derive(Clone, Debug)]
pub(crate) enum CompiledResource {
    Any,
    Arn(Glob),
    /// An incomplete ARN that AWS would not fill up for this kind of policy (RES-7).
    Short(Glob),
}

/// Makes a document runnable; none if AWS would refuse it, because then its meaning is unknown.
#[must_use]
pub fn compile(parsed: &Parsed, kind: Kind) -> Option<CompiledPolicy> {
    if parsed.is_refused() {
        return None;
    }
    let document = Rc::new(parsed.document.clone());
    let statements: Option<Box<[_]>> = document
        .statements
        .iter()
        .map(|statement| compile_statement(statement, kind))
        .collect();
    let statements = statements?;
    let mut keys: BTreeSet<Box<str>> = BTreeSet::new();
    keys.extend(statements.iter().flat_map(keys_of).map(Box::from));
    Some(CompiledPolicy {
        statements,
        keys: keys.into_iter().collect(),
        document,
    })
}

fn compile_statement(statement: &Statement, kind: Kind) -> Option<CompiledStatement> {
    let everything = CompiledScope {
        mode: ScopeMode::Only,
        entries: Box::new([CompiledResource::Any]),
    };
    Some(CompiledStatement {
        effect: statement.effect.as_ref()?.value,
        principals: match &statement.principal {
            _ if kind == Kind::Rcp => None,
            Some(scope) => Some(CompiledPrincipals {
                mode: scope.mode,
                kind,
                entries: scope.entries.iter().map(|it| form(&it.value)).collect(),
            }),
            None => None,
        },
        actions: scope(statement.action.as_ref()?, compile_action),
        // A trust policy has no resource: the role is meant (TR-7). Some resource-based policies
        // need none: what they are attached to is meant.
        resources: match &statement.resource {
            Some(resource) => scope(resource, |pattern| compile_resource(pattern, kind)),
            None if matches!(kind, Kind::Trust | Kind::Resource) => everything,
            None => return None,
        },
        conditions: statement
            .conditions
            .iter()
            .map(CompiledCondition::new)
            .collect(),
    })
}

fn scope<T, U>(scope: &Scope<T>, compile: impl Fn(&T) -> U) -> CompiledScope<U> {
    CompiledScope {
        mode: scope.mode,
        entries: scope
            .entries
            .iter()
            .map(|entry| compile(&entry.value))
            .collect(),
    }
}

fn compile_action(pattern: &ActionPattern) -> CompiledAction {
    match pattern {
        ActionPattern::Any => CompiledAction::Any,
        ActionPattern::Named { service, name } => CompiledAction::Named {
            service: service.as_str().into(),
            name: Glob::new(name, Wildcards::Free),
        },
        ActionPattern::Nothing => CompiledAction::Nothing,
    }
}

fn compile_resource(pattern: &ResourcePattern, kind: Kind) -> CompiledResource {
    match pattern {
        ResourcePattern::Any => CompiledResource::Any,
        ResourcePattern::Arn { head, resource } => {
            let glob = Glob::arn(head, resource.as_ref());
            if resource.is_none() && !is_filled_up(head, kind) {
                return CompiledResource::Short(glob);
            }
            CompiledResource::Arn(glob)
        }
    }
}

/// Whether AWS fills up an ARN with fewer than six parts (RES-7).
fn is_filled_up(head: &[Pattern], kind: Kind) -> bool {
    match kind {
        Kind::Identity | Kind::Boundary => true,
        Kind::Scp => head
            .last()
            .is_some_and(|part| part.pieces.last() == Some(&Piece::AnyRun)),
        Kind::Resource | Kind::Endpoint => head.iter().any(Pattern::has_wildcards),
        Kind::Session | Kind::Rcp | Kind::Trust => false,
    }
}

fn keys_of(statement: &CompiledStatement) -> impl Iterator<Item = &str> {
    let in_resources = statement.resources.entries.iter().flat_map(|entry| {
        let variables = match entry {
            CompiledResource::Arn(glob) | CompiledResource::Short(glob) => glob.variables(),
            CompiledResource::Any => &[],
        };
        variables.iter().map(|variable| &*variable.key)
    });
    let in_conditions = statement
        .conditions
        .iter()
        .flat_map(CompiledCondition::keys);
    in_resources.chain(in_conditions)
}
