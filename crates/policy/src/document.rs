//! A policy as a tree of elements that know where they stand.
//!
//! Wrong states cannot be written: `Action` and `NotAction` share one field, so a statement has
//! one of them or none. What is missing here or was not understood has a diagnostic.

use crate::condition::Operator;
use crate::pattern::Pattern;
use crate::span::{Span, Spanned};

/// A policy document. Statements that could not be read at all are left out; every one that is
/// here keeps its place in the text and its position in the array.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The language version (GRAM-2).
    pub version: Version,
    /// Where the `Version` element stands, if there is one.
    pub version_span: Option<Span>,
    /// The `Id` element.
    pub id: Option<Spanned<String>>,
    /// The statements, in the order of the text.
    pub statements: Vec<Statement>,
}

/// The version of the policy language (GRAM-2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Version {
    /// `2008-10-17`, also meant where `Version` is missing: variables are literal text.
    #[default]
    V2008,
    /// `2012-10-17`.
    V2012,
}

/// `Allow` or `Deny`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// The statement allows.
    Allow,
    /// The statement denies.
    Deny,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Position in the `Statement` array, from 0.
    pub index: usize,
    /// The whole object, braces included.
    pub span: Span,
    /// `Sid`.
    pub sid: Option<Spanned<String>>,
    /// `Effect`, if it was one of the two words.
    pub effect: Option<Spanned<Effect>>,
    /// `Principal` or `NotPrincipal`.
    pub principal: Option<Scope<PrincipalEntry>>,
    /// `Action` or `NotAction`.
    pub action: Option<Scope<ActionPattern>>,
    /// `Resource` or `NotResource`.
    pub resource: Option<Scope<ResourcePattern>>,
    /// The `Condition` block, one entry for each pair of operator and key, in the order of the text.
    pub conditions: Vec<Condition>,
}

/// An element and its `Not…` form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope<T> {
    /// Whether the entries are what is meant or what is left out.
    pub mode: ScopeMode,
    /// From the quote before the element's name to the end of its value.
    pub span: Span,
    /// The entries, each with its place; empty if the list is empty (GRAM-9).
    pub entries: Vec<Spanned<T>>,
}

/// Which of the two forms an element has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScopeMode {
    /// `Action`, `Resource`, `Principal`: what is listed.
    Only,
    /// `NotAction`, `NotResource`, `NotPrincipal`: all but what is listed.
    Except,
}

/// One entry of `Action` or `NotAction` (ACT-1 … ACT-7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActionPattern {
    /// `*` or `*:*`: every action of every service.
    Any,
    /// `service:name`, both in lower case, the name with `*` and `?` as wildcards.
    Named {
        /// The service prefix, lower case, taken literally (ACT-3).
        service: String,
        /// The name, lower case; only the wildcards of [`Pattern`], never variables (ACT-7).
        name: Pattern,
    },
    /// An entry that AWS would take and that matches nothing (ACT-6).
    Nothing,
}

/// One entry of `Resource` or `NotResource` (RES-1 … RES-8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResourcePattern {
    /// `*`: every resource.
    Any,
    /// An ARN pattern: `arn` followed by partition, service, region and account, and the resource
    /// part (which may hold variables and further colons). Missing parts are absent here and are
    /// filled by whoever knows the kind of policy (RES-7).
    Arn {
        /// Partition, service, region, account: those that were written, at most four.
        head: Vec<Pattern>,
        /// The part behind the fifth colon, if it was written.
        resource: Option<Pattern>,
    },
}

/// One entry of `Principal` or `NotPrincipal` (PRIN-1 … PRIN-10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrincipalEntry {
    /// `"*"` or `{"AWS": "*"}`: everyone, anonymous callers included (PRIN-2).
    Everyone,
    /// `{"AWS": …}`: an account id, an ARN or a unique id, as typed.
    Aws(String),
    /// `{"Service": …}`: the name of a service principal.
    Service(String),
    /// `{"Federated": …}`: an identity provider.
    Federated(String),
    /// `{"CanonicalUser": …}`: an S3 canonical user id.
    CanonicalUser(String),
}

/// One key under one operator of the `Condition` block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The operator, with its set qualifier and `IfExists`.
    pub operator: Spanned<Operator>,
    /// The context key as typed; keys are compared without regard to case (COND-2).
    pub key: Spanned<String>,
    /// The values, numbers and booleans as their text (GRAM-7); empty for `[]` (COND-9).
    pub values: Vec<Spanned<Pattern>>,
    /// From the quote before the key to the end of its values.
    pub span: Span,
}
