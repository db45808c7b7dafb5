//! Why a command stopped, in words for the person who ran it.

use std::fmt;
use std::io;
use std::path::Path;

/// The result of everything that can stop a command.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

/// A sentence that says what went wrong and, where it is known, what to do.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A file that could not be read or written.
    pub(crate) fn file(doing: &str, path: &Path, error: &io::Error) -> Self {
        Self(format!("could not {doing} {}: {error}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "xtask: {}", self.0)
    }
}
