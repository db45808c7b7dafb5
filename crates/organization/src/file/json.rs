//! JSON as the scenario file needs it: a tree that knows how each number was written, and a reader
//! that refuses a key that stands twice. (`serde_json` rounds numbers and merges such keys.)

use std::fmt;

use serde_json::{Map, Value};

use super::error::{FileError, FileErrorKind, Place, Refusal};

/// How deep arrays and objects may be nested.
pub(crate) const MAX_DEPTH: usize = 128;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    /// The text of the number.
    Number(String),
    Text(String),
    Array(Vec<Json>),
    /// Members in the order of the text; no key stands twice.
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The same as a value of `serde_json`; `None` for a number that it does not take.
    pub(crate) fn into_value(self) -> Option<Value> {
        Some(match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(value),
            Self::Number(text) => Value::Number(text.parse().ok()?),
            Self::Text(text) => Value::String(text),
            Self::Array(items) => {
                let mut values = Vec::with_capacity(items.len());
                for item in items {
                    values.push(item.into_value()?);
                }
                Value::Array(values)
            }
            Self::Object(members) => {
                let mut object = Map::with_capacity(members.len());
                for (key, value) in members {
                    object.insert(key, value.into_value()?);
                }
                Value::Object(object)
            }
        })
    }

    /// Levels of nesting: 0 for a scalar.
    pub(crate) fn depth(&self) -> usize {
        match self {
            Self::Array(items) => 1 + items.iter().map(Self::depth).max().unwrap_or(0),
            Self::Object(members) => {
                1 + members
                    .iter()
                    .map(|(_, value)| value.depth())
                    .max()
                    .unwrap_or(0)
            }
            _ => 0,
        }
    }
}

impl From<&Value> for Json {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(number.to_string()),
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
            Value::Object(members) => Self::Object(
                members
                    .iter()
                    .map(|(key, value)| (key.clone(), Self::from(value)))
                    .collect(),
            ),
        }
    }
}

/// What a value is, as an error message names it.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("`null`"),
            Self::Bool(value) => write!(f, "`{value}`"),
            Self::Number(text) => f.write_str(&texts::file_number(&shortened(text))),
            Self::Text(text) => f.write_str(&texts::file_text(&shortened(text))),
            Self::Array(_) => f.write_str(texts::file_array()),
            Self::Object(_) => f.write_str(texts::file_object()),
        }
    }
}

/// The beginning of a text that a message quotes.
pub(crate) fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Reads a whole text as one JSON value.
pub(crate) fn parse(text: &str) -> Result<Json, Refusal> {
    let mut parser = Parser {
        text,
        at: 0,
        path: Vec::new(),
    };
    parser.skip_space();
    let value = parser.value()?;
    parser.skip_space();
    if parser.at < text.len() {
        return Err(parser.unexpected(texts::file_end_file()));
    }
    Ok(value)
}

enum Step {
    Key(String),
    Index(usize),
}

struct Parser<'a> {
    text: &'a str,
    /// Always at the beginning of a character.
    at: usize,
    path: Vec<Step>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.at += 1;
        }
        found
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn value(&mut self) -> Result<Json, Refusal> {
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(Json::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            _ => Err(self.unexpected(texts::file_value())),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Json, Refusal>) -> Result<Json, Refusal> {
        if self.path.len() >= MAX_DEPTH {
            return Err(self.error(
                FileErrorKind::TooDeep,
                texts::file_deeper_nesting().to_owned(),
                texts::file_at_most_levels(&MAX_DEPTH),
            ));
        }
        read(self)
    }

    fn object(&mut self) -> Result<Json, Refusal> {
        self.at += 1;
        let mut members = Vec::new();
        let mut places = Vec::new();
        self.skip_space();
        if self.eat(b'}') {
            return Ok(Json::Object(members));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.unexpected(texts::file_key_in_double_quotes()));
            }
            places.push(self.at);
            let key = self.string()?;
            self.skip_space();
            if !self.eat(b':') {
                return Err(self.unexpected("`:`"));
            }
            self.skip_space();
            self.path.push(Step::Key(key.clone()));
            let value = self.value()?;
            self.path.pop();
            members.push((key, value));
            self.skip_space();
            if self.eat(b'}') {
                break;
            }
            if !self.eat(b',') {
                return Err(self.unexpected(texts::file_comma_or_brace()));
            }
            self.skip_space();
        }
        if let Some(second) = repeated(&members)
            && let (Some((key, _)), Some(place)) = (members.get(second), places.get(second))
        {
            self.path.push(Step::Key(key.clone()));
            self.at = *place;
            return Err(self.error(
                FileErrorKind::DuplicateKey,
                texts::file_key_second_time(&shortened(key)),
                texts::file_each_key_once().to_owned(),
            ));
        }
        Ok(Json::Object(members))
    }

    fn array(&mut self) -> Result<Json, Refusal> {
        self.at += 1;
        let mut items = Vec::new();
        self.skip_space();
        if self.eat(b']') {
            return Ok(Json::Array(items));
        }
        loop {
            self.path.push(Step::Index(items.len()));
            items.push(self.value()?);
            self.path.pop();
            self.skip_space();
            if self.eat(b']') {
                return Ok(Json::Array(items));
            }
            if !self.eat(b',') {
                return Err(self.unexpected(texts::file_comma_or_bracket()));
            }
            self.skip_space();
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, Refusal> {
        if !self.rest().starts_with(word) {
            return Err(self.unexpected(texts::file_value()));
        }
        self.at += word.len();
        Ok(value)
    }

    fn digits(&mut self) -> Result<(), Refusal> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return Err(self.unexpected(texts::file_digit()));
        }
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<Json, Refusal> {
        let start = self.at;
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _ = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        Ok(Json::Number(text.to_owned()))
    }

    fn string(&mut self) -> Result<String, Refusal> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.rest();
            let end = rest
                .bytes()
                .position(|byte| byte == b'"' || byte == b'\\' || byte < b' ')
                .unwrap_or(rest.len());
            out.push_str(rest.get(..end).unwrap_or_default());
            self.at += end;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                Some(_) => return Err(self.unexpected(texts::file_escape_such_as_n())),
                None => return Err(self.unexpected("`\"`")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Refusal> {
        self.at += 1;
        let plain = match self.peek() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.unicode();
            }
            _ => {
                return Err(self.unexpected(texts::file_one_b_f_n()));
            }
        };
        self.at += 1;
        Ok(plain)
    }

    fn unicode(&mut self) -> Result<char, Refusal> {
        let first = self.hex()?;
        if !(0xD800..0xE000).contains(&first) {
            return char::from_u32(first)
                .ok_or_else(|| self.unexpected(texts::file_surrogate_pair()));
        }
        if first >= 0xDC00 || !self.rest().starts_with("\\u") {
            return Err(self.unexpected(texts::file_surrogate_pair()));
        }
        self.at += 2;
        let second = self.hex()?;
        if !(0xDC00..0xE000).contains(&second) {
            return Err(self.unexpected(texts::file_surrogate_pair()));
        }
        char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
            .ok_or_else(|| self.unexpected(texts::file_surrogate_pair()))
    }

    fn hex(&mut self) -> Result<u32, Refusal> {
        let digits = self
            .rest()
            .get(..4)
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match digits {
            Some(code) => {
                self.at += 4;
                Ok(code)
            }
            None => Err(self.unexpected(texts::file_four_hexadecimal_digits())),
        }
    }

    fn unexpected(&self, expected: &str) -> Refusal {
        let found = match self.rest().chars().next() {
            None => texts::file_end_file().to_owned(),
            Some(found) if found.is_control() => {
                texts::file_control_character(&format!("{:04X}", u32::from(found)))
            }
            Some(found) => format!("`{found}`"),
        };
        self.error(FileErrorKind::Syntax, found, expected.to_owned())
    }

    fn error(&self, kind: FileErrorKind, found: String, expected: String) -> Refusal {
        Box::new(FileError {
            kind,
            path: self.path_text(),
            place: Some(place(self.text, self.at)),
            found,
            expected,
        })
    }

    fn path_text(&self) -> String {
        let mut out = String::new();
        for step in &self.path {
            match step {
                Step::Index(index) => super::path::push_index(&mut out, *index),
                Step::Key(key) => super::path::push_key(&mut out, key),
            }
        }
        out
    }
}

/// The position of the first member whose key stands before it already.
fn repeated(members: &[(String, Json)]) -> Option<usize> {
    let key = |index: usize| members.get(index).map(|(key, _)| key.as_str());
    policy::order(members.len(), &mut |a, b| key(a).cmp(&key(b)))
        .windows(2)
        .filter_map(|pair| match pair {
            [first, second] if key(*first) == key(*second) => Some(*second),
            _ => None,
        })
        .min()
}

/// Line and column of a byte, both from 1; columns count characters.
fn place(text: &str, at: usize) -> Place {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
    Place { line, column }
}
