//! The tree that the parser builds.

use crate::span::Span;

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// What stands there.
    pub(crate) value: Value,
    /// Where; braces, brackets and quotes included.
    pub(crate) span: Span,
}

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as its text.
    Number(String),
    /// A string, unescaped.
    String(String),
    /// An array.
    Array(Vec<Node>),
    /// An object with its members in the order of the text, repeated names included.
    Object(Vec<Member>),
    /// A place where something unreadable, or nothing, stood; already reported.
    Broken,
}

impl Value {
    /// What this is, for messages.
    pub(crate) fn describe(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => texts::finding_boolean(),
            Self::Number(_) => texts::finding_number(),
            Self::String(_) => texts::finding_string(),
            Self::Array(_) => texts::finding_list(),
            Self::Object(_) => texts::file_object(),
            Self::Broken => texts::finding_something_unreadable(),
        }
    }
}

/// A name and a value in an object.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    /// The name, unescaped.
    pub(crate) key: String,
    /// Where the name stands, quotes included.
    pub(crate) key_span: Span,
    /// The value.
    pub(crate) value: Node,
}

impl Member {
    /// From the name to the end of the value.
    pub(crate) fn span(&self) -> Span {
        Span::new(self.key_span.start(), self.value.span.end())
    }
}
