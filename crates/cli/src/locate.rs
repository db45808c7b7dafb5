//! Where in a scenario file something stands: `policies[2].kind`, or an offset in the text of a
//! policy that the file holds as an object or as a string.

use jsonc_parser::ast::{Object, ObjectProp, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions};
use policy::Span;

/// A scenario file that was taken apart.
#[derive(Debug)]
pub(crate) struct Located<'a> {
    text: &'a str,
    root: Option<Value<'a>>,
}

impl<'a> Located<'a> {
    /// For a text that the reader of scenario files has taken as JSON.
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            root: tree(text),
        }
    }

    /// The field of this path, or the innermost one around it that there is.
    pub(crate) fn path(&self, path: &str) -> Option<Span> {
        let root = self.root.as_ref()?;
        let mut found = span(root);
        search(root, "", path, &mut found);
        Some(found)
    }

    /// The policy at this position in `policies`; `typed` is its text.
    pub(crate) fn policy<'b>(&'b self, index: usize, typed: &'b str) -> Option<LocatedPolicy<'b>> {
        let root = self.root.as_ref()?.as_object()?;
        let entry = root.get_array("policies")?.elements.get(index)?;
        let entry = entry.as_object()?;
        if let Some(source) = entry.get_string("source") {
            return Some(LocatedPolicy::Source {
                start: source.range.start,
                literal: self.text.get(source.range.start..source.range.end)?,
            });
        }
        Some(LocatedPolicy::Document {
            typed: tree(typed)?,
            document: &entry.get("document")?.value,
        })
    }
}

/// How the text of a policy lies in its file.
#[derive(Debug)]
pub(crate) enum LocatedPolicy<'a> {
    /// As an object, with other white space.
    Document {
        typed: Value<'a>,
        document: &'a Value<'a>,
    },
    /// As a string that begins at `start`, quotes included.
    Source { start: usize, literal: &'a str },
}

impl LocatedPolicy<'_> {
    /// Where a place in the text of the policy is in the file.
    pub(crate) fn place(&self, place: Span) -> Span {
        let at = |offset| match self {
            Self::Document { typed, document } => counterpart(typed, document, offset),
            Self::Source { start, literal } => start + raw_offset(literal, offset),
        };
        Span::new(at(place.start()), at(place.end()))
    }
}

fn tree(text: &str) -> Option<Value<'_>> {
    let parsed =
        jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
    parsed.ok()?.value
}

fn span(value: &Value<'_>) -> Span {
    let range = value.range();
    Span::new(range.start, range.end)
}

/// Follows `wanted` from `value`, which stands at `here`, and keeps the innermost place found.
fn search(value: &Value<'_>, here: &str, wanted: &str, found: &mut Span) {
    match value {
        Value::Object(object) => {
            for field in &object.properties {
                let path = key_path(here, field.name.as_str());
                if leads_to(&path, wanted) {
                    *found = name_span(field);
                    search(&field.value, &path, wanted, found);
                }
            }
        }
        Value::Array(array) => {
            for (index, item) in array.elements.iter().enumerate() {
                let path = format!("{here}[{index}]");
                if leads_to(&path, wanted) {
                    *found = span(item);
                    search(item, &path, wanted, found);
                }
            }
        }
        _ => {}
    }
}

fn leads_to(path: &str, wanted: &str) -> bool {
    let rest = wanted.strip_prefix(path);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn name_span(field: &ObjectProp<'_>) -> Span {
    let range = field.name.range();
    Span::new(range.start, range.end)
}

/// The path of a field, written as the reader of scenario files writes it.
fn key_path(here: &str, key: &str) -> String {
    const LONGEST: usize = 60;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !key.is_empty() && key.bytes().all(plain) {
        let dot = if here.is_empty() { "" } else { "." };
        return format!("{here}{dot}{key}");
    }
    let shown: String = match key.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", key.get(..end).unwrap_or_default()),
        None => key.to_owned(),
    };
    format!("{here}[\"{}\"]", shown.escape_debug())
}

/// The offset in `there` that corresponds to an offset in `here`, which holds the same values in
/// the same order with other white space.
fn counterpart(here: &Value<'_>, there: &Value<'_>, offset: usize) -> usize {
    let (own, other) = (here.range(), there.range());
    if offset <= own.start {
        return other.start;
    }
    if offset >= own.end {
        return other.end;
    }
    // Behind the opening bracket, or before the closing one: what is between the parts is blank.
    let between = if offset + 1 == own.end {
        other.end.saturating_sub(1)
    } else {
        other.start + 1
    };
    match (here, there) {
        (Value::Object(a), Value::Object(b)) => in_object(a, b, offset).unwrap_or(between),
        (Value::Array(a), Value::Array(b)) => a
            .elements
            .iter()
            .zip(&b.elements)
            .find(|(item, _)| contains(*item, offset))
            .map_or(between, |(item, same)| counterpart(item, same, offset)),
        _ => (other.start + (offset - own.start)).min(other.end),
    }
}

fn in_object(here: &Object<'_>, there: &Object<'_>, offset: usize) -> Option<usize> {
    for (field, same) in here.properties.iter().zip(&there.properties) {
        if contains(&field.name, offset) {
            let shift = offset - field.name.range().start;
            let name = same.name.range();
            return Some((name.start + shift).min(name.end));
        }
        if contains(&field.value, offset) {
            return Some(counterpart(&field.value, &same.value, offset));
        }
    }
    None
}

fn contains(part: &impl Ranged, offset: usize) -> bool {
    let range = part.range();
    (range.start..=range.end).contains(&offset)
}

/// The offset in a string literal, quotes included, of an offset in the text that it stands for.
fn raw_offset(literal: &str, wanted: usize) -> usize {
    let mut decoded = 0;
    let mut chars = literal.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if decoded >= wanted || c == '"' {
            return at;
        }
        if c != '\\' {
            decoded += c.len_utf8();
            continue;
        }
        if chars.next().is_none_or(|(_, escaped)| escaped != 'u') {
            decoded += 1;
            continue;
        }
        let mut unit = 0;
        for _ in 0..4 {
            let digit = chars.next().and_then(|(_, digit)| digit.to_digit(16));
            unit = unit * 16 + digit.unwrap_or(0);
        }
        decoded += match unit {
            0..0x80 => 1,
            0x80..0x800 => 2,
            // Either half of a pair stands for half of its four bytes.
            0xd800..0xe000 => 2,
            _ => 3,
        };
    }
    literal.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_at(text: &str, span: Span) -> &str {
        text.get(span.range()).unwrap()
    }

    #[test]
    fn paths_lead_to_their_fields() {
        let text = r#"{"a": [{"b": 1}, {"b": {"aws:x y": 2}}], "ab": 3}"#;
        let located = Located::new(text);
        for (path, at) in [
            ("ab", "\"ab\""),
            ("a[1].b", "\"b\""),
            (r#"a[1].b["aws:x y"]"#, "\"aws:x y\""),
            ("a[0]", r#"{"b": 1}"#),
            ("a[0].missing.field", r#"{"b": 1}"#),
            ("", text),
        ] {
            let found = located.path(path).unwrap();
            assert_eq!(text_at(text, found), at, "{path}");
        }
    }

    #[test]
    fn a_place_in_a_document_is_found_in_the_file() {
        let typed = "{\n  \"Statement\": [\n    {\n      \"Effect\": \"deny\"\n    }\n  ]\n}";
        let text = r#"{"policies":[{"document":{"Statement":[{"Effect":"deny"}]}}]}"#;
        let located = Located::new(text);
        for part in ["\"deny\"", "\"Effect\"", "eny", "\"Statement\""] {
            let start = typed.find(part).unwrap();
            let place = Span::new(start, start + part.len());
            let found = located.policy(0, typed).unwrap().place(place);
            assert_eq!(text_at(text, found), part);
        }
        let policy = located.policy(0, typed).unwrap();
        let bracket = policy.place(Span::new(0, 1));
        assert_eq!(text_at(text, bracket), "{");
        let whole = policy.place(Span::new(0, typed.len()));
        assert_eq!(text_at(text, whole), r#"{"Statement":[{"Effect":"deny"}]}"#);
    }

    #[test]
    fn a_place_in_a_source_is_found_behind_its_escapes() {
        let typed = "{\n\t\"é𝄞\": \"x\"}";
        let text = r#"{"policies":[{"source":"{\n\t\"\u00e9\ud834\udd1e\": \"x\"}"}]}"#;
        let located = Located::new(text);
        let start = typed.find("\"x\"").unwrap();
        let place = Span::new(start, start + 3);
        let found = located.policy(0, typed).unwrap().place(place);
        assert_eq!(text_at(text, found), r#"\"x\""#);
    }
}
