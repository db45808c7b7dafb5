//! Builds the tree; at every mistake it reports and goes on.

use std::collections::BTreeMap;

use super::lexer::{Lexer, Token, TokenKind};
use super::tree::{Member, Node, Value};
use super::{MAX_DEPTH, MAX_TEXT_BYTES};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::text::{nearest, quote};

/// Reads `text` as JSON: the tree, as far as it can be understood, and all errors.
pub(crate) fn parse(text: &str) -> (Node, Vec<Diagnostic>) {
    if text.len() > MAX_TEXT_BYTES {
        let finding = Diagnostic::error(
            codes::TEXT_TOO_LARGE,
            Span::new(0, 0),
            texts::finding_text_bytes_not_read(&text.len()),
        )
        .expected(texts::finding_at_most_bytes(&MAX_TEXT_BYTES));
        return (broken(Span::new(0, 0)), vec![finding]);
    }
    let mut lexer = Lexer::new(text);
    let next = lexer.next(false);
    let mut parser = Parser {
        lexer,
        next,
        open: Vec::new(),
        last_end: 0,
    };
    let root = parser.document();
    let mut findings = parser.lexer.findings;
    crate::sort_by(&mut findings, |a, b| a.span.start().cmp(&b.span.start()));
    (root, findings)
}

#[derive(Clone, Copy, PartialEq)]
enum Container {
    Object,
    Array,
}

struct Parser<'t> {
    lexer: Lexer<'t>,
    next: Token,
    /// What is open around the reading head.
    open: Vec<Container>,
    /// Where the last consumed token ends.
    last_end: usize,
}

fn broken(span: Span) -> Node {
    Node {
        value: Value::Broken,
        span,
    }
}

impl Parser<'_> {
    fn advance(&mut self) -> Token {
        let value_expected = match self.next.kind {
            TokenKind::Colon | TokenKind::OpenBracket => true,
            TokenKind::Comma => self.open.last() == Some(&Container::Array),
            _ => false,
        };
        let next = self.lexer.next(value_expected);
        self.last_end = self.next.span.end();
        std::mem::replace(&mut self.next, next)
    }

    fn at(&self, kind: &TokenKind) -> bool {
        self.next.kind == *kind
    }

    fn starts_value(&self) -> bool {
        matches!(
            self.next.kind,
            TokenKind::OpenBrace
                | TokenKind::OpenBracket
                | TokenKind::String(_)
                | TokenKind::Number
                | TokenKind::Word
        )
    }

    /// The place right behind the last token: where something is missing.
    fn gap(&self) -> Span {
        Span::new(self.last_end, self.last_end)
    }

    fn report(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        expected: &str,
    ) {
        self.lexer
            .report(Diagnostic::error(code, span, message).expected(expected));
    }

    fn report_unexpected(&mut self, span: Span, expected: &str) {
        let found = quote(self.lexer.slice(span));
        self.report(
            codes::UNEXPECTED_TOKEN,
            span,
            texts::finding_unexpected(&found),
            expected,
        );
    }

    fn document(&mut self) -> Node {
        while !self.starts_value() && !self.at(&TokenKind::End) {
            let stray = self.advance();
            self.report_unexpected(stray.span, texts::finding_at_start_policy());
        }
        if self.at(&TokenKind::End) {
            let end = self.next.span;
            if self.lexer.findings.is_empty() {
                self.report(
                    codes::EMPTY_TEXT,
                    end,
                    texts::finding_there_no_text(),
                    texts::finding_policy_skeleton(),
                );
            }
            return broken(end);
        }
        let root = self.value();
        if !self.at(&TokenKind::End) {
            let start = self.next.span.start();
            let rest = Span::new(start, self.lexer.trimmed_end());
            let found = quote(self.lexer.slice(self.next.span));
            self.report(
                codes::CONTENT_AFTER_END,
                rest,
                texts::finding_policy_ends_before(&found),
                texts::finding_nothing_more_one_policy(),
            );
        }
        root
    }

    /// Reads a value; the next token must start one.
    fn value(&mut self) -> Node {
        match self.next.kind {
            TokenKind::OpenBrace => self.nested(Container::Object),
            TokenKind::OpenBracket => self.nested(Container::Array),
            _ => self.scalar(),
        }
    }

    fn scalar(&mut self) -> Node {
        let token = self.advance();
        let text = self.lexer.slice(token.span);
        let value = match token.kind {
            TokenKind::String(value) => Value::String(value),
            TokenKind::Number => Value::Number(text.to_owned()),
            _ => match text {
                "null" => Value::Null,
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                _ => self.unquoted(token.span),
            },
        };
        Node {
            value,
            span: token.span,
        }
    }

    /// A word that is no literal of JSON: most likely a string without quotes.
    fn unquoted(&mut self, span: Span) -> Value {
        let text = self.lexer.slice(span);
        let expected = match nearest(text, ["true", "false", "null"]) {
            Some(literal) if literal.eq_ignore_ascii_case(text) => format!("`{literal}`"),
            _ => texts::finding_value_text_stands_in().to_owned(),
        };
        self.report(
            codes::UNQUOTED_TEXT,
            span,
            texts::finding_text_without_quotes(&quote(text)),
            &expected,
        );
        let is_name = text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '*');
        if is_name {
            Value::String(text.to_owned())
        } else {
            Value::Broken
        }
    }

    fn nested(&mut self, container: Container) -> Node {
        if self.open.len() >= MAX_DEPTH {
            return self.skip_nested();
        }
        self.open.push(container);
        let node = match container {
            Container::Object => self.object(),
            Container::Array => self.array(),
        };
        self.open.pop();
        node
    }

    /// Skips an object or array that is nested too deeply, without recursion.
    fn skip_nested(&mut self) -> Node {
        let open = self.advance().span;
        self.report(
            codes::TOO_DEEP,
            open,
            texts::finding_nested_more_than_levels(&MAX_DEPTH),
            texts::finding_policy_which_needs_no(),
        );
        let mut depth = 1_usize;
        while depth > 0 && !self.at(&TokenKind::End) {
            match self.advance().kind {
                TokenKind::OpenBrace | TokenKind::OpenBracket => depth += 1,
                TokenKind::CloseBrace | TokenKind::CloseBracket => depth -= 1,
                _ => {}
            }
        }
        broken(Span::new(open.start(), self.last_end))
    }

    /// At a closing token that does not fit: whether it closes something further out, so that
    /// the innermost container was never closed.
    fn closes_outer(&self, outer: Container) -> bool {
        self.open
            .split_last()
            .is_some_and(|(_, around)| around.contains(&outer))
    }

    /// Reports a container that ends without its closing token: at the token that stands there
    /// instead, or at the opening one if the text ends.
    fn report_unclosed(&mut self, open: Span, closing: &str) {
        let finding = if self.at(&TokenKind::End) {
            let found = quote(self.lexer.slice(open));
            let message = texts::finding_opened_and_never_closed(&found);
            Diagnostic::error(codes::UNCLOSED, open, message)
        } else {
            let found = quote(self.lexer.slice(self.next.span));
            let message = texts::finding_stands_where_missing(&found, &closing);
            Diagnostic::error(codes::UNCLOSED, self.next.span, message).related(open)
        };
        self.lexer.report(finding.expected(closing));
    }

    fn array(&mut self) -> Node {
        let open = self.advance().span;
        let mut items = Vec::new();
        loop {
            match self.next.kind {
                TokenKind::CloseBracket => {
                    self.advance();
                    break;
                }
                TokenKind::End => {
                    self.report_unclosed(open, "`]`");
                    break;
                }
                TokenKind::CloseBrace if self.closes_outer(Container::Object) => {
                    self.report_unclosed(open, "`]`");
                    break;
                }
                TokenKind::CloseBrace | TokenKind::Colon => {
                    let stray = self.advance();
                    self.report_unexpected(stray.span, texts::finding_value_or());
                }
                TokenKind::Comma => {
                    let comma = self.advance();
                    self.report(
                        codes::EXTRA_COMMA,
                        comma.span,
                        texts::finding_comma_without_value_before(),
                        texts::file_value(),
                    );
                }
                _ => {
                    let item = self.value();
                    items.push(self.item(item));
                    self.separator(&TokenKind::CloseBracket);
                }
            }
        }
        Node {
            value: Value::Array(items),
            span: Span::new(open.start(), self.last_end),
        }
    }

    /// Behind a value in a list: a colon shows that it was meant as a name.
    fn item(&mut self, item: Node) -> Node {
        if !self.at(&TokenKind::Colon) {
            return item;
        }
        let colon = self.advance();
        self.report(
            codes::UNEXPECTED_TOKEN,
            colon.span,
            texts::finding_name_with_value_but(),
            texts::finding_before_name(),
        );
        if self.starts_value() {
            self.value();
        }
        broken(Span::new(item.span.start(), self.last_end))
    }

    /// Behind a member or item: one comma, unless the container ends.
    fn separator(&mut self, closing: &TokenKind) {
        if self.at(&TokenKind::Comma) {
            let comma = self.advance();
            if self.at(closing) {
                self.report(
                    codes::TRAILING_COMMA,
                    comma.span,
                    texts::finding_comma_after_last_entry(),
                    texts::finding_nothing_or_another_entry(),
                );
            }
        } else if self.starts_value() {
            let gap = self.gap();
            self.report(
                codes::MISSING_COMMA,
                gap,
                texts::finding_comma_missing_here(),
                "`,`",
            );
        }
    }

    fn object(&mut self) -> Node {
        let open = self.advance().span;
        let mut members = Vec::new();
        loop {
            match self.next.kind {
                TokenKind::CloseBrace => {
                    self.advance();
                    break;
                }
                TokenKind::End => {
                    self.report_unclosed(open, "`}`");
                    break;
                }
                TokenKind::CloseBracket if self.closes_outer(Container::Array) => {
                    self.report_unclosed(open, "`}`");
                    break;
                }
                TokenKind::CloseBracket => {
                    let stray = self.advance();
                    self.report_unexpected(stray.span, texts::finding_name_in_quotes_or());
                }
                TokenKind::Colon => {
                    let colon = self.advance();
                    self.report_unexpected(colon.span, texts::file_comma_or_brace());
                    if self.starts_value() {
                        self.value();
                    }
                    self.separator(&TokenKind::CloseBrace);
                }
                TokenKind::Comma => {
                    let comma = self.advance();
                    self.report(
                        codes::EXTRA_COMMA,
                        comma.span,
                        texts::finding_comma_without_entry_before(),
                        texts::finding_name_in_quotes(),
                    );
                }
                TokenKind::OpenBrace | TokenKind::OpenBracket => {
                    let nameless = self.next.span;
                    self.report_unexpected(nameless, texts::finding_name_in_quotes_before());
                    self.value();
                    self.separator(&TokenKind::CloseBrace);
                }
                TokenKind::String(_) | TokenKind::Number | TokenKind::Word => {
                    members.extend(self.member());
                    if !self.at(&TokenKind::Colon) {
                        self.separator(&TokenKind::CloseBrace);
                    }
                }
            }
        }
        self.report_repeated(&members);
        Node {
            value: Value::Object(members),
            span: Span::new(open.start(), self.last_end),
        }
    }

    /// A name, a colon and a value.
    fn member(&mut self) -> Option<Member> {
        let token = self.advance();
        let key_span = token.span;
        let text = self.lexer.slice(key_span);
        let key = match token.kind {
            TokenKind::String(key) => key,
            _ if self.at(&TokenKind::Colon) => {
                self.report(
                    codes::UNQUOTED_TEXT,
                    key_span,
                    texts::finding_name_without_quotes(&quote(text)),
                    texts::finding_name_in_double_quotes(),
                );
                text.to_owned()
            }
            _ => {
                self.report_unexpected(key_span, texts::finding_name_in_quotes_or());
                return None;
            }
        };
        if self.at(&TokenKind::Colon) {
            self.advance();
            if self.starts_value() {
                let value = self.value();
                return Some(Member {
                    key,
                    key_span,
                    value,
                });
            }
            let gap = self.gap();
            self.report(
                codes::MISSING_VALUE,
                gap,
                texts::finding_has_no_value(&quote(&key)),
                texts::file_value(),
            );
            return Some(Member {
                key,
                key_span,
                value: broken(gap),
            });
        }
        let gap = self.gap();
        self.report(
            codes::MISSING_COLON,
            gap,
            texts::finding_colon_missing_behind(&quote(&key)),
            texts::finding_and_value(),
        );
        let on_to_value = matches!(
            self.next.kind,
            TokenKind::OpenBrace | TokenKind::OpenBracket
        ) || matches!(self.next.kind, TokenKind::String(_) if self.same_line(gap));
        let value = if on_to_value {
            self.value()
        } else {
            broken(gap)
        };
        Some(Member {
            key,
            key_span,
            value,
        })
    }

    /// Whether no line break stands between a place and the next token.
    fn same_line(&self, from: Span) -> bool {
        !self
            .lexer
            .slice(Span::new(from.end(), self.next.span.start()))
            .contains(['\n', '\r'])
    }

    fn report_repeated(&mut self, members: &[Member]) {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for member in members {
            if let Some(first) = seen.get(member.key.as_str()) {
                self.lexer.report(
                    Diagnostic::error(
                        codes::DUPLICATE_KEY,
                        member.key_span,
                        texts::finding_stands_here_second_time(&quote(&member.key)),
                    )
                    .expected(texts::finding_each_name_once_several())
                    .related(*first),
                );
            } else {
                seen.insert(&member.key, member.key_span);
            }
        }
    }
}
