//! Cuts a text into tokens, and reports what is no JSON token.

use super::escape::{self, Escape};
use super::{MAX_FINDINGS, too_many_errors};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::text::quote;

/// A token with its place.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    Colon,
    Comma,
    /// A string, unescaped.
    String(String),
    /// Text that reads like a number.
    Number,
    /// Any other run of characters without quotes.
    Word,
    End,
}

/// The reading head. Comments and misplaced characters are reported and skipped.
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    pub(super) findings: Vec<Diagnostic>,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            findings: Vec::new(),
        }
    }

    /// Adds a finding, up to the bound.
    pub(super) fn report(&mut self, finding: Diagnostic) {
        if self.findings.len() < MAX_FINDINGS {
            self.findings.push(finding);
        } else if self.findings.len() == MAX_FINDINGS {
            self.findings.push(too_many_errors(finding.span));
        }
    }

    /// The text at a place.
    pub(super) fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Where the text ends, white space left out.
    pub(super) fn trimmed_end(&self) -> usize {
        self.text.trim_end().len()
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_while(&mut self, keep: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|c| !keep(c)).unwrap_or(rest.len());
    }

    /// The next token. Where a value is expected, text without quotes may hold colons.
    pub(super) fn next(&mut self, value_expected: bool) -> Token {
        self.skip_blank();
        let start = self.at;
        let Some(first) = self.peek() else {
            return self.token(TokenKind::End, start);
        };
        let single = match first {
            '{' => TokenKind::OpenBrace,
            '}' => TokenKind::CloseBrace,
            '[' => TokenKind::OpenBracket,
            ']' => TokenKind::CloseBracket,
            ':' => TokenKind::Colon,
            ',' => TokenKind::Comma,
            '"' => return self.string(&['"']),
            '\'' => return self.other_quotes(&['\'']),
            '\u{201c}' | '\u{201d}' => return self.other_quotes(&['\u{201c}', '\u{201d}']),
            _ => return self.bare(first, value_expected),
        };
        self.at += first.len_utf8();
        self.token(single, start)
    }

    fn token(&self, kind: TokenKind, start: usize) -> Token {
        Token {
            kind,
            span: Span::new(start, self.at),
        }
    }

    /// Skips white space; reports comments and what only looks like white space.
    fn skip_blank(&mut self) {
        loop {
            self.skip_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
            let start = self.at;
            let (code, message) = match self.peek() {
                Some('/') if self.rest().starts_with("//") => {
                    self.skip_while(|c| !matches!(c, '\n' | '\r'));
                    (codes::COMMENT, texts::finding_comment())
                }
                Some('/') if self.rest().starts_with("/*") => {
                    let rest = self.rest();
                    let inner = rest.get(2..).unwrap_or_default();
                    let length = inner.find("*/").map_or(rest.len(), |end| end + 4);
                    self.at += length;
                    (codes::COMMENT, texts::finding_comment())
                }
                Some('\u{feff}') if start == 0 => {
                    self.at += '\u{feff}'.len_utf8();
                    (
                        codes::BYTE_ORDER_MARK,
                        texts::finding_invisible_byte_order_mark(),
                    )
                }
                Some(c) if is_false_blank(c) => {
                    self.skip_false_blanks();
                    (
                        codes::INVALID_WHITESPACE,
                        texts::finding_invisible_characters_that_are(),
                    )
                }
                _ => return,
            };
            let expected = match code {
                codes::COMMENT => texts::finding_nothing_policies_cannot_hold(),
                codes::BYTE_ORDER_MARK => texts::finding_policy_from_first_character(),
                _ => texts::finding_spaces_tabs_or_line(),
            };
            let span = Span::new(start, self.at);
            self.report(Diagnostic::error(code, span, message).expected(expected));
        }
    }

    /// Skips a run of characters that only look like white space, with the spaces between them.
    fn skip_false_blanks(&mut self) {
        loop {
            self.skip_while(is_false_blank);
            let rest = self.rest();
            let next = rest.trim_start_matches([' ', '\t']);
            if next.len() == rest.len() || !next.starts_with(is_false_blank) {
                return;
            }
            self.at += rest.len() - next.len();
        }
    }

    fn other_quotes(&mut self, quotes: &[char]) -> Token {
        let token = self.string(quotes);
        self.report(
            Diagnostic::error(
                codes::WRONG_QUOTES,
                token.span,
                texts::finding_text_in_quotes_that(&quote(self.slice(token.span))),
            )
            .expected(texts::finding_double_quotes()),
        );
        token
    }

    /// Reads a string that starts here and ends at one of `quotes`.
    fn string(&mut self, quotes: &[char]) -> Token {
        let start = self.at;
        self.at += self.peek().map_or(0, char::len_utf8);
        let mut value = String::new();
        loop {
            self.plain(quotes, &mut value);
            let here = self.at;
            let Some(c) = self.peek() else {
                self.unterminated(start, self.text.len(), &mut value);
                break;
            };
            if matches!(c, '\n' | '\r') && self.line_break_ends_string() {
                self.unterminated(start, here, &mut value);
                break;
            }
            self.at += c.len_utf8();
            if quotes.contains(&c) {
                break;
            }
            match c {
                '\\' => self.escape(here, &mut value),
                c if c < ' ' => {
                    value.push(c);
                    self.control_characters(here, &mut value);
                }
                c => value.push(c),
            }
        }
        self.token(TokenKind::String(value), start)
    }

    /// Copies the run of characters that mean nothing but themselves inside a string.
    fn plain(&mut self, quotes: &[char], value: &mut String) {
        let rest = self.rest();
        let special = |c: char| c < ' ' || c == '\\' || quotes.contains(&c);
        let length = rest.find(special).unwrap_or(rest.len());
        value.push_str(rest.get(..length).unwrap_or_default());
        self.at += length;
    }

    fn escape(&mut self, backslash: usize, value: &mut String) {
        match escape::read(self.rest()) {
            Escape::Char(found, length) => {
                self.at += length;
                value.push(found);
            }
            Escape::Bad(length) => {
                self.at += length;
                let span = Span::new(backslash, self.at);
                value.push_str(self.slice(span));
                self.report(
                    Diagnostic::error(
                        codes::INVALID_ESCAPE,
                        span,
                        texts::finding_no_escape_json(&quote(self.slice(span))),
                    )
                    .expected(texts::finding_for_backslash_or_one()),
                );
            }
        }
    }

    /// Reports a run of control characters whose first one was just read.
    fn control_characters(&mut self, start: usize, value: &mut String) {
        let first = value.chars().next_back();
        while let Some(c) = self.peek().filter(|c| {
            *c < ' ' && (!matches!(c, '\n' | '\r') || (*c == '\n' && value.ends_with('\r')))
        }) {
            self.at += 1;
            value.push(c);
        }
        let span = Span::new(start, self.at);
        let found = match first {
            Some('\n' | '\r') => texts::finding_line_break_inside_string(),
            Some('\t') => texts::finding_tab_inside_string(),
            _ => texts::finding_control_character_inside_string(),
        };
        self.report(
            Diagnostic::error(codes::CONTROL_CHARACTER, span, found)
                .expected(texts::finding_escape_such_as_n()),
        );
    }

    /// At a line break inside a string: whether the closing quote was rather forgotten than the
    /// text continued on the next line. A new line that starts like JSON says so.
    fn line_break_ends_string(&self) -> bool {
        let rest = self.rest();
        let line = rest
            .strip_prefix("\r\n")
            .or_else(|| rest.strip_prefix(['\n', '\r']))
            .unwrap_or(rest);
        let next = line.trim_start_matches([' ', '\t']).chars().next();
        matches!(
            next,
            None | Some('"' | '\'' | '{' | '}' | '[' | ']' | '\n' | '\r')
        )
    }

    /// Ends a string whose closing quote is missing; a comma at the end of the line is left.
    fn unterminated(&mut self, start: usize, end: usize, value: &mut String) {
        let whole = self.text.get(start..end).unwrap_or_default();
        let trimmed = whole.trim_end();
        let kept = trimmed.strip_suffix(',').unwrap_or(trimmed);
        let kept = if kept.len() > 1 { kept } else { trimmed };
        for dropped in whole
            .chars()
            .rev()
            .take(whole.chars().count() - kept.chars().count())
        {
            if value.ends_with(dropped) {
                value.pop();
            }
        }
        self.at = start + kept.len();
        self.report(
            Diagnostic::error(
                codes::UNTERMINATED_STRING,
                Span::new(start, self.at),
                texts::finding_string_without_its_closing(&quote(kept)),
            )
            .expected(texts::finding_at_end_string()),
        );
    }

    /// A run of characters without quotes: a number, `true`, or a mistake.
    fn bare(&mut self, first: char, with_colons: bool) -> Token {
        let start = self.at;
        self.at += first.len_utf8();
        let rest = self.rest();
        let mut length = rest.len();
        for (at, c) in rest.char_indices() {
            let comment = c == '/'
                && rest
                    .get(at..)
                    .is_some_and(|r| r.starts_with("//") || r.starts_with("/*"));
            let ends = match c {
                ':' => !with_colons,
                c => c <= ' ' || is_false_blank(c) || "{}[],\"'\u{201c}\u{201d}".contains(c),
            };
            if comment || ends {
                length = at;
                break;
            }
        }
        let run = rest.get(..length).unwrap_or_default();
        self.at += run.trim_end_matches(':').len();
        let text = self.slice(Span::new(start, self.at));
        if is_json_number(text) {
            return self.token(TokenKind::Number, start);
        }
        if !looks_like_number(text) {
            return self.token(TokenKind::Word, start);
        }
        let token = self.token(TokenKind::Number, start);
        self.report(
            Diagnostic::error(
                codes::INVALID_NUMBER,
                token.span,
                texts::finding_no_number_json(&quote(text)),
            )
            .expected(texts::finding_digits_without_leading_zero()),
        );
        token
    }
}

fn is_false_blank(c: char) -> bool {
    !matches!(c, ' ' | '\t' | '\n' | '\r')
        && (c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}'))
}

/// Whether someone meant a number: digits, a point, a power, a sign. A sign behind a digit makes
/// it a date, or an id.
fn looks_like_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().any(u8::is_ascii_digit)
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(byte))
        && !bytes.starts_with(b"e")
        && !bytes.starts_with(b"E")
        && !bytes
            .windows(2)
            .any(|pair| matches!(pair, [b'0'..=b'9', b'+' | b'-']))
}

fn is_json_number(text: &str) -> bool {
    let rest = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits(rest);
    if whole.is_empty() || (whole.len() > 1 && whole.starts_with('0')) {
        return false;
    }
    let rest = match rest.strip_prefix('.') {
        None => rest,
        Some(fraction) => match digits(fraction) {
            ("", _) => return false,
            (_, rest) => rest,
        },
    };
    match rest.strip_prefix(['e', 'E']) {
        None => rest.is_empty(),
        Some(power) => {
            let (power, rest) = digits(power.strip_prefix(['+', '-']).unwrap_or(power));
            !power.is_empty() && rest.is_empty()
        }
    }
}

fn digits(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text.split_at(end)
}
