//! What is wrong with a text, and where.

use crate::span::Span;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// AWS refuses to save the document: its meaning is unknown.
    Error,
    /// AWS takes the document, but it probably does not mean what its author thinks.
    Warning,
}

/// One finding about one place in a policy.
///
/// Messages start in lower case, have no final period, and put the user's own text in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable name of the rule that was broken, in kebab case (`missing-resource`).
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// The place to mark.
    pub span: Span,
    /// What was found, in a few words.
    pub message: String,
    /// What was expected there, where that can be said.
    pub expected: Option<String>,
    /// Another place that belongs to the finding, such as the first of two equal keys.
    pub related: Option<Span>,
}

impl Diagnostic {
    /// A finding because of which AWS refuses the document.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            span,
            message: message.into(),
            expected: None,
            related: None,
        }
    }

    /// A finding that leaves the document valid.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, span, message)
        }
    }

    /// Says what was expected.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Points at a second place.
    #[must_use]
    pub fn related(mut self, span: Span) -> Self {
        self.related = Some(span);
        self
    }
}
