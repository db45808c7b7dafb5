//! JSON as text: indented by two spaces, or without any white space.

use serde_json::Value;

use super::json::Json;

/// How JSON is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// One member or item a line, two spaces a level, no newline at the end.
    Indented,
    /// No white space.
    Dense,
}

/// The text of a policy that the file holds as `document`: indented by two spaces, one member or
/// item a line, `{}` and `[]` where empty, only quotes, backslashes and control characters
/// escaped, no newline at the end.
#[must_use]
pub fn format_document(document: &Value) -> String {
    print(&Json::from(document), Layout::Indented)
}

pub(crate) fn print(json: &Json, layout: Layout) -> String {
    let mut out = String::new();
    push(&mut out, json, layout, 0);
    out
}

fn push(out: &mut String, json: &Json, layout: Layout, level: usize) {
    match json {
        Json::Null => out.push_str("null"),
        Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Json::Number(text) => out.push_str(text),
        Json::Text(text) => push_string(out, text),
        Json::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(out, layout, index, level + 1);
                push(out, item, layout, level + 1);
            }
            close(out, layout, items.is_empty(), level);
            out.push(']');
        }
        Json::Object(members) => {
            out.push('{');
            for (index, (key, value)) in members.iter().enumerate() {
                separate(out, layout, index, level + 1);
                push_string(out, key);
                out.push_str(match layout {
                    Layout::Indented => ": ",
                    Layout::Dense => ":",
                });
                push(out, value, layout, level + 1);
            }
            close(out, layout, members.is_empty(), level);
            out.push('}');
        }
    }
}

fn separate(out: &mut String, layout: Layout, index: usize, level: usize) {
    if index > 0 {
        out.push(',');
    }
    new_line(out, layout, level);
}

fn close(out: &mut String, layout: Layout, empty: bool, level: usize) {
    if !empty {
        new_line(out, layout, level);
    }
}

fn new_line(out: &mut String, layout: Layout, level: usize) {
    if layout == Layout::Indented {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", level));
    }
}

fn push_string(out: &mut String, text: &str) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => {
                out.push_str(&format!("\\u{:04x}", u32::from(control)));
            }
            plain => out.push(plain),
        }
    }
    out.push('"');
}
