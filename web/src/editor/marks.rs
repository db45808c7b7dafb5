//! What the editor marks, in the offsets that a browser counts (UTF-16 code units).

use policy::{Diagnostic, Effect, Fix, Span, utf16_offset};
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
    /// What mends it, if that is certain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<MarkFix>,
}

/// A mend: one replacement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MarkFix {
    /// What it does, in a few words.
    pub label: String,
    /// Where the replaced text begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What stands there then.
    pub insert: String,
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
    pub fn new(text: &str, finding: &Diagnostic, fix: Option<&Fix>) -> Self {
        let message = match &finding.expected {
            Some(expected) if fix.is_none() => {
                texts::editor_marks_expected(&finding.message, &expected)
            }
            _ => finding.message.clone(),
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
            fix: fix.map(|fix| {
                let TextRange { from, to } = TextRange::new(text, fix.span);
                MarkFix {
                    label: fix.label.clone(),
                    from,
                    to,
                    insert: fix.replacement.clone(),
                }
            }),
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

/// How the requests use a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct UseRange {
    /// Where the statement begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// How many requests it decides.
    pub decides: usize,
    /// How many others it matches.
    pub matches: usize,
}

/// Lines that differ from the text as it was opened; without lines, some before `line` are gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ChangedLines {
    /// The first line, from 1.
    pub line: usize,
    /// How many lines.
    pub count: usize,
}

/// What the scenario mentions, to complete from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Known {
    /// Actions.
    pub actions: Vec<String>,
    /// ARNs of resources.
    pub resources: Vec<String>,
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
        let fix = Fix {
            label: "Remove".to_owned(),
            span: Span::new(at, at + 1),
            replacement: String::new(),
        };
        let mark = Mark::new(text, &finding, Some(&fix));
        assert_eq!(mark.message, "found `x`");
        assert_eq!(mark.fix.map(|fix| (fix.from, fix.to)), Some((8, 9)));
        let mark = Mark::new(text, &finding, None);
        assert_eq!((mark.from, mark.to), (8, 9));
        assert_eq!(mark.message, "found `x`; expected a value");
    }
}
