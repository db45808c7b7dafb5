//! Places in a text: byte ranges inside, lines and columns on request.

use std::ops::Range;

/// A range of bytes in the text of one policy, `start <= end`, on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The range from `start` to `end`, in bytes; an end before the start is moved to the start.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Self {
            start,
            end: end.max(start),
        }
    }

    /// Offset of the first byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// Offset behind the last byte.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// The same as a range of byte offsets.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }
}

/// A value and the place that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value and its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A line and a column as people count them: both from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineCol {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in characters (Unicode code points).
    pub column: u32,
}

/// The line starts of one text; turns byte offsets into what people and browsers count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Indexes a text. A line ends at `\n`, `\r\n` or a lone `\r`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let ends_line = match byte {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends_line {
                starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        Self { starts }
    }

    /// Where a line begins, counted from 1; the end of the text for one behind the last.
    #[must_use]
    pub fn line_start(&self, text: &str, line: usize) -> usize {
        let start = line.checked_sub(1).and_then(|at| self.starts.get(at));
        start.map_or(text.len(), |start| *start as usize)
    }

    /// Line and column of a byte offset in `text`, the text that was indexed.
    /// An offset behind the end counts as the end.
    #[must_use]
    pub fn line_col(&self, text: &str, offset: usize) -> LineCol {
        let offset = floor_boundary(text, offset);
        let line = self
            .starts
            .partition_point(|start| *start as usize <= offset)
            .max(1);
        let start = self.starts.get(line - 1).map_or(0, |start| *start as usize);
        let column = text
            .get(start..offset)
            .map_or(0, |before| before.chars().count());
        LineCol {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column + 1).unwrap_or(u32::MAX),
        }
    }
}

/// The number of UTF-16 code units before a byte offset: what a browser counts.
#[must_use]
pub fn utf16_offset(text: &str, offset: usize) -> usize {
    text.get(..floor_boundary(text, offset))
        .map_or(0, |before| before.encode_utf16().count())
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_browsers_count_utf16() {
        let text = "a\nπ𝄞x\r\ny\rz";
        let index = LineIndex::new(text);
        let at = |needle: &str| index.line_col(text, text.find(needle).unwrap());
        assert_eq!(at("x"), LineCol { line: 2, column: 3 });
        assert_eq!(at("y"), LineCol { line: 3, column: 1 });
        assert_eq!(at("z"), LineCol { line: 4, column: 1 });
        assert_eq!(utf16_offset(text, text.find('x').unwrap()), 5);
        assert_eq!(index.line_col(text, 999), LineCol { line: 4, column: 2 });
    }
}
