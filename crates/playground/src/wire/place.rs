//! Places of a text, as people and as browsers count them.

use policy::{LineIndex, Span};

use super::Place;

/// A text with its lines, which turns byte ranges into [`Place`]s.
#[derive(Clone, Debug)]
pub struct Places<'a> {
    text: &'a str,
    lines: LineIndex,
    ascii: bool,
}

impl<'a> Places<'a> {
    /// Indexes a text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            lines: LineIndex::new(text),
            ascii: text.is_ascii(),
        }
    }

    /// A range of the text that was indexed.
    #[must_use]
    pub fn of(&self, span: Span) -> Place {
        let begins = self.lines.line_col(self.text, span.start());
        let ends = self.lines.line_col(self.text, span.end());
        Place {
            start: self.utf16(span.start()),
            end: self.utf16(span.end()),
            line: begins.line,
            column: begins.column,
            end_line: ends.line,
            end_column: ends.column,
        }
    }

    /// Where every character is one byte, nothing has to be counted.
    fn utf16(&self, offset: usize) -> usize {
        if self.ascii {
            offset.min(self.text.len())
        } else {
            policy::utf16_offset(self.text, offset)
        }
    }
}
