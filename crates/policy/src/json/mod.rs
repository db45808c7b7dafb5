//! A JSON parser for editors: it never gives up, and every error has its place.
//!
//! The accepted language is RFC 8259. Whatever else is found is reported and read as what was
//! most likely meant. The work is linear in the length of the text and the nesting is bounded.

mod escape;
mod lexer;
mod parser;
mod tree;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::span::Span;

pub(crate) use parser::parse;
pub(crate) use tree::{Member, Node, Value};

/// The longest text that is read, in bytes.
pub const MAX_TEXT_BYTES: usize = 1024 * 1024;

/// The deepest nesting of objects and arrays that is read.
pub const MAX_DEPTH: usize = 64;

/// The most errors, and the most warnings, that are reported for one text.
pub(crate) const MAX_FINDINGS: usize = 1000;

/// Says that the errors from a place on are not listed.
pub(crate) fn too_many_errors(span: Span) -> Diagnostic {
    Diagnostic::error(
        codes::TOO_MANY_ERRORS,
        span,
        texts::finding_too_many_errors_those(),
    )
    .expected(texts::finding_at_most_errors(&MAX_FINDINGS))
}

#[cfg(test)]
mod tests;
