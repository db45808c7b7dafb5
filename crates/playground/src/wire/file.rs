//! Errors and warnings of scenario files.

use organization::file::{FileErrorKind, FileWarningKind};

use super::{FileError, FileWarning};

impl From<&organization::file::FileError> for FileError {
    fn from(error: &organization::file::FileError) -> Self {
        let kind = match error.kind {
            FileErrorKind::TooLarge => "tooLarge",
            FileErrorKind::TooDeep => "tooDeep",
            FileErrorKind::Syntax => "syntax",
            FileErrorKind::DuplicateKey => "duplicateKey",
            FileErrorKind::Version => "version",
            FileErrorKind::Missing => "missing",
            FileErrorKind::Unexpected => "unexpected",
            FileErrorKind::Conflict => "conflict",
            FileErrorKind::DuplicateId => "duplicateId",
        };
        Self {
            kind: kind.to_owned(),
            path: error.path.clone(),
            line: error.place.map(|place| place.line),
            column: error.place.map(|place| place.column),
            found: error.found.clone(),
            expected: error.expected.clone(),
            message: error.to_string(),
        }
    }
}

impl From<&organization::file::FileWarning> for FileWarning {
    fn from(warning: &organization::file::FileWarning) -> Self {
        let kind = match warning.kind {
            FileWarningKind::UnknownField => "unknownField",
            FileWarningKind::UnknownWord => "unknownWord",
            FileWarningKind::UnknownFeature => "unknownFeature",
            FileWarningKind::Reference => "reference",
            FileWarningKind::Refused => "refused",
            FileWarningKind::Redundant => "redundant",
        };
        Self {
            kind: kind.to_owned(),
            path: warning.path.clone(),
            message: warning.message.clone(),
            suggestion: warning.suggestion.clone(),
        }
    }
}
