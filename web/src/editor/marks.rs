//! What the editor marks, in the offsets that a browser counts (UTF-16 code units).

use policy::{Diagnostic, Effect, Span, utf16_offset};
use serde::Serialize;

/// A range of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TextRange {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
}

impl TextRange {
    /// The range of `span` in `text`.
    #[must_use]
    pub fn new(text: &str, span: Span) -> Self {
        Self {
            from: utf16_offset(text, span.start()),
            to: utf16_offset(text, span.end()),
        }
    }
}

/// A finding to underline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// How much it weighs.
    pub severity: Severity,
    /// What was found and what was expected.
    pub message: String,
    /// The name of the rule.
    pub code: &'static str,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// AWS refuses the document.
    Error,
    /// AWS takes the document.
    Warning,
}

impl Mark {
    /// The mark for a finding in `text`.
    #[must_use]
    pub fn new(text: &str, finding: &Diagnostic) -> Self {
        let message = match &finding.expected {
            Some(expected) => format!("{}; expected {expected}", finding.message),
            None => finding.message.clone(),
        };
        let TextRange { from, to } = TextRange::new(text, finding.span);
        Self {
            from,
            to,
            severity: match finding.severity {
                policy::Severity::Error => Severity::Error,
                policy::Severity::Warning => Severity::Warning,
            },
            message,
            code: finding.code,
        }
    }
}

/// A statement that decided, to be marked in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DecidingRange {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// `allow` or `deny`.
    pub effect: &'static str,
}

impl DecidingRange {
    /// The mark for a statement of `text`.
    #[must_use]
    pub fn new(text: &str, span: Span, effect: Effect) -> Self {
        let TextRange { from, to } = TextRange::new(text, span);
        Self {
            from,
            to,
            effect: match effect {
                Effect::Allow => "allow",
                Effect::Deny => "deny",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_browsers_count() {
        let text = "{\"𝄞é\": x}";
        let at = text.find('x').unwrap();
        let finding =
            Diagnostic::error("c", Span::new(at, at + 1), "found `x`").expected("a value");
        let mark = Mark::new(text, &finding);
        assert_eq!((mark.from, mark.to), (8, 9));
        assert_eq!(mark.message, "found `x`; expected a value");
    }
}
