//! Printing a policy: indented for reading, or as short as possible.

use crate::codes;
use crate::json::{self, Node, Value};
use crate::span::Span;

/// The text indented by two spaces, if it is valid JSON. Names keep their order, strings and
/// numbers their spelling; an object that repeats a name keeps both.
#[must_use]
pub fn format(text: &str) -> Option<String> {
    let (tree, findings) = json::parse(text);
    let valid = findings
        .iter()
        .all(|finding| finding.code == codes::DUPLICATE_KEY);
    if !valid {
        return None;
    }
    let mut printer = Printer {
        text,
        out: String::with_capacity(text.len()),
    };
    printer.node(&tree, 0);
    Some(printer.out)
}

/// The text without white space outside quoted strings. The text need not be valid.
#[must_use]
pub fn minify(text: &str) -> String {
    without_blanks(text).collect()
}

/// The characters that are left when white space outside quoted strings is taken away.
pub(crate) fn without_blanks(text: &str) -> impl Iterator<Item = char> {
    let mut quoted = false;
    let mut escaped = false;
    text.chars().filter(move |c| {
        if quoted {
            let closes = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            quoted = !closes;
            return true;
        }
        quoted = *c == '"';
        !matches!(c, ' ' | '\t' | '\n' | '\r')
    })
}

struct Printer<'t> {
    text: &'t str,
    out: String,
}

impl Printer<'_> {
    fn typed(&mut self, span: Span) {
        self.out
            .push_str(self.text.get(span.range()).unwrap_or_default());
    }

    fn line(&mut self, depth: usize) {
        self.out.push('\n');
        for _ in 0..depth {
            self.out.push_str("  ");
        }
    }

    fn node(&mut self, node: &Node, depth: usize) {
        match &node.value {
            Value::Array(items) => {
                self.out.push('[');
                for (at, item) in items.iter().enumerate() {
                    self.entry(at, depth);
                    self.node(item, depth + 1);
                }
                self.close(items.is_empty(), ']', depth);
            }
            Value::Object(members) => {
                self.out.push('{');
                for (at, member) in members.iter().enumerate() {
                    self.entry(at, depth);
                    self.typed(member.key_span);
                    self.out.push_str(": ");
                    self.node(&member.value, depth + 1);
                }
                self.close(members.is_empty(), '}', depth);
            }
            _ => self.typed(node.span),
        }
    }

    fn entry(&mut self, at: usize, depth: usize) {
        if at > 0 {
            self.out.push(',');
        }
        self.line(depth + 1);
    }

    fn close(&mut self, empty: bool, bracket: char, depth: usize) {
        if !empty {
            self.line(depth);
        }
        self.out.push(bracket);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formatting_keeps_order_and_spelling() {
        let text = r#"{"b":[1.50,{}, []],"a":{"\u0041":"x y","n":null}}"#;
        let formatted = "{\n  \"b\": [\n    1.50,\n    {},\n    []\n  ],\n  \"a\": {\n    \"\\u0041\": \"x y\",\n    \"n\": null\n  }\n}";
        assert_eq!(format(text).as_deref(), Some(formatted));
        assert_eq!(format(formatted).as_deref(), Some(formatted));
        assert_eq!(minify(formatted), text.replace(", []", ",[]"));
    }

    #[test]
    fn invalid_text_is_not_formatted() {
        for text in ["", "{", "{'a':1}", "[1,]", "1 2"] {
            assert_eq!(format(text), None, "{text}");
        }
    }

    #[test]
    fn minifying_leaves_quoted_text_alone() {
        assert_eq!(
            minify(" \"a \\\" b\" , \"\\\\\" }"),
            "\"a \\\" b\",\"\\\\\"}"
        );
        assert_eq!(minify("{ broken \"x y"), "{broken\"x y");
    }
}
