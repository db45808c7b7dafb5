//! Reads AWS policy documents: any text becomes a document with places, and diagnostics.
//!
//! [`parse`] never fails. From broken text comes as much of a document as can be understood, and
//! a [`Diagnostic`] for everything that AWS would refuse ([`Severity::Error`]) or that probably
//! means something else than its author thinks ([`Severity::Warning`]).
//!
//! This crate knows JSON and the policy grammar. It knows nothing of organizations, requests or
//! decisions. Rule ids in the documentation (`GRAM-5`) are those of `docs/semantics.md`.

mod codes;
mod condition;
mod diagnostic;
mod document;
mod fix;
mod format;
mod json;
mod kind;
mod lower;
mod pattern;
mod size;
mod sorting;
mod span;
mod text;

use catalog::Date;

pub use codes::{CODES, Code};
pub use condition::{Comparison, Operator, OperatorError, SetQualifier, Test};
pub use diagnostic::{Diagnostic, Severity};
pub use document::{
    ActionPattern, Condition, Document, Effect, PrincipalEntry, ResourcePattern, Scope, ScopeMode,
    Statement, Version,
};
pub use fix::{Fix, fixes};
pub use format::{format, minify};
pub use json::{MAX_DEPTH, MAX_TEXT_BYTES};
pub use kind::Kind;
pub use pattern::{Pattern, Piece};
pub use size::{Size, size, size_on};
pub use sorting::{order, sort_by};
pub use span::{LineCol, LineIndex, Span, Spanned, utf16_offset};

/// What [`parse`] makes of a text: always a document, always the list of findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// What could be understood.
    pub document: Document,
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Parsed {
    /// Whether AWS would refuse to save the document.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|finding| finding.severity == Severity::Error)
    }
}

/// Reads `text` as a policy of the given kind, by the newest rules and quotas.
///
/// Texts longer than [`MAX_TEXT_BYTES`] are refused unread, and nesting deeper than [`MAX_DEPTH`]
/// is skipped. [`CODES`] lists all that can be found.
///
/// ```
/// use policy::{Kind, LineCol, LineIndex, parse};
///
/// let text = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": { \"Effect\": \"deny\", \"Action\": \"s3:*\", \"Resource\": \"*\" }\n}";
/// let parsed = parse(text, Kind::Scp);
/// assert!(parsed.is_refused());
/// let finding = &parsed.diagnostics[0];
/// assert_eq!(finding.code, "invalid-effect");
/// let place = LineIndex::new(text).line_col(text, finding.span.start());
/// assert_eq!(place, LineCol { line: 3, column: 28 });
/// ```
#[must_use]
pub fn parse(text: &str, kind: Kind) -> Parsed {
    parse_on(text, kind, catalog::AS_OF)
}

/// Reads `text` as [`parse`] does, by the rules and quotas of a day: how large an SCP may be (Q-2),
/// which services RCPs reach (RCP-7, RCP-20), and which language SCPs have (SCP-49).
#[must_use]
pub fn parse_on(text: &str, kind: Kind, as_of: Date) -> Parsed {
    let (tree, mut diagnostics) = json::parse(text);
    if text.len() > MAX_TEXT_BYTES {
        return Parsed {
            document: Document::default(),
            diagnostics,
        };
    }
    let (document, findings) = lower::document(text, &tree, kind, as_of);
    diagnostics.extend(findings);
    diagnostics.extend(size::findings(text, kind, as_of));
    sort_by(&mut diagnostics, |a, b| a.span.start().cmp(&b.span.start()));
    Parsed {
        document,
        diagnostics: bounded(diagnostics),
    }
}

/// What a JSON string stands for, without its quotes; none for anything else.
///
/// ```
/// assert_eq!(policy::unquoted(r#""a \u0041""#).as_deref(), Some("a A"));
/// assert_eq!(policy::unquoted("[]"), None);
/// ```
#[must_use]
pub fn unquoted(literal: &str) -> Option<String> {
    match json::parse(literal) {
        (
            json::Node {
                value: json::Value::String(text),
                ..
            },
            findings,
        ) if findings.is_empty() => Some(text),
        _ => None,
    }
}

/// The first errors and the first warnings, each up to a bound; that errors were left out is one.
fn bounded(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let (mut errors, mut warnings) = (0, 0);
    let mut kept = Vec::new();
    for finding in diagnostics {
        let count = match finding.severity {
            Severity::Error => &mut errors,
            Severity::Warning => &mut warnings,
        };
        *count += 1;
        if *count <= json::MAX_FINDINGS {
            kept.push(finding);
        } else if finding.severity == Severity::Error && *count == json::MAX_FINDINGS + 1 {
            kept.push(json::too_many_errors(finding.span));
        }
    }
    kept
}
