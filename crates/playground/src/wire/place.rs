//! Places of a text, as people and as browsers count them.

use policy::{LineIndex, Span};

use super::Place;

/// A text with its lines.
#[derive(Clone, Debug)]
pub(super) struct Places<'a> {
    text: &'a str,
    lines: LineIndex,
}

impl<'a> Places<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            lines: LineIndex::new(text),
        }
    }

    pub(super) fn of(&self, span: Span) -> Place {
        let begins = self.lines.line_col(self.text, span.start());
        let ends = self.lines.line_col(self.text, span.end());
        Place {
            start: policy::utf16_offset(self.text, span.start()),
            end: policy::utf16_offset(self.text, span.end()),
            line: begins.line,
            column: begins.column,
            end_line: ends.line,
            end_column: ends.column,
        }
    }
}
