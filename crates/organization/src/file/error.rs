//! What can be wrong with a scenario file.

use std::fmt;

/// Why a text could not be read as a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// What sort of error it is.
    pub kind: FileErrorKind,
    /// Where: `requests[2].principal.id`; empty for the file as a whole.
    pub path: String,
    /// Line and column, where the text itself is at fault.
    pub place: Option<Place>,
    /// What stands there.
    pub found: String,
    /// What could stand there.
    pub expected: String,
}

/// An error on its way out: in a box, so that the readers pass one word along.
pub(crate) type Refusal = Box<FileError>;

/// The sorts of [`FileError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileErrorKind {
    /// The text is larger than [`super::MAX_BYTES`].
    TooLarge,
    /// Arrays and objects are nested too deep.
    TooDeep,
    /// The text is not JSON.
    Syntax,
    /// A key stands twice in one object.
    DuplicateKey,
    /// `version` is missing, or one that this program does not read.
    Version,
    /// A field that is needed is missing.
    Missing,
    /// A value of the wrong sort.
    Unexpected,
    /// Two fields that exclude each other.
    Conflict,
    /// An id that is already taken.
    DuplicateId,
}

/// A place in the text, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut error = texts::file_found(&self.found, &self.expected);
        if !self.path.is_empty() {
            error = format!("`{}`: {error}", self.path);
        }
        if let Some(Place { line, column }) = self.place {
            error = texts::file_at(&line, &column, &error);
        }
        f.write_str(&error)
    }
}

impl std::error::Error for FileError {}

/// Something in a scenario file that is probably a mistake. Nothing is lost: it is kept and
/// written back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileWarning {
    /// What sort of warning it is.
    pub kind: FileWarningKind,
    /// Where: `requests[2].principal.id`.
    pub path: String,
    /// The finding, as a sentence without its place: lower-case start, no final period.
    pub message: String,
    /// What was probably meant.
    pub suggestion: Option<String>,
}

/// The sorts of [`FileWarning`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileWarningKind {
    /// A field that this version does not know.
    UnknownField,
    /// A kind, type or word that this version does not know.
    UnknownWord,
    /// A feature in `requires` that this version does not know.
    UnknownFeature,
    /// A name of something that is not in the scenario, or is of the wrong sort.
    Reference,
    /// A state that AWS refuses.
    Refused,
    /// Something that has no effect, or is said twice.
    Redundant,
}

impl fmt::Display for FileWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "`{}`: ", self.path)?;
        }
        match &self.suggestion {
            Some(suggestion) => f.write_str(&texts::file_did_you_mean(&self.message, suggestion)),
            None => f.write_str(&self.message),
        }
    }
}
