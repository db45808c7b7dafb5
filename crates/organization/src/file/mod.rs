//! The scenario file, version 1: one JSON document that the page, a link, the command line and
//! every export read and write.
//!
//! [`read`] keeps everything. Fields that this version does not know stay in `extra` of the part
//! they stand in, words that it does not know stay in the `Other` or `Unknown` variant of their
//! type, and each is reported as a [`FileWarning`]. A key that stands twice, an id that is taken
//! twice or a value of the wrong sort is a [`FileError`]. A field that is `null` counts as left
//! out. Numbers in fields that are not known are kept with the precision of a 64-bit float;
//! numbers in context keys and policy documents are kept as they were written.
//!
//! # Fields that are left out
//!
//! Most fields may be left out; the JSON Schema says what that means. In the
//! organization: all features, the partition `aws`, SCPs enabled and no other policy type. A node
//! without `policies` has what AWS attaches to a new one.
//!
//! # Ids that are left out
//!
//! Ids of nodes and of the organization are optional. What is left out is derived from the order
//! of the file alone, so that the same text always means the same ids:
//!
//! - organization: `o-exampleorgid`
//! - root: `r-root`
//! - OUs, in the order of the file: `ou-root-00000001`, `ou-root-00000002`, … with the root's own
//!   suffix where it has one
//! - accounts, in the order of the file: `111111111111`, `222222222222`, … `999999999999`,
//!   `100000000010`, `100000000011`, …
//!
//! Ids that stand in the file, of external accounts too, are skipped.

mod check;
mod derive;
mod error;
mod json;
mod path;
mod print;
mod read;
mod reader;
#[cfg(feature = "schema")]
mod schema;
mod suggest;
mod write;

pub use error::{FileError, FileErrorKind, FileWarning, FileWarningKind, Place};
pub use print::format_document;
#[cfg(feature = "schema")]
pub use schema::schema;

pub(crate) use derive::{account_ids, ou_ids};
pub(crate) use json::shortened;

use crate::scenario::Scenario;
use print::Layout;

/// The version of the file that is written.
pub const VERSION: u32 = 1;

/// Largest file that is read, in bytes.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// Features that a scenario may name in `requires` and that this version has.
pub const FEATURES: &[&str] = &[];

/// The organization's id where the file names none.
pub(crate) const DEFAULT_ORGANIZATION_ID: &str = "o-exampleorgid";
/// The root's id where the file names none.
pub(crate) const DEFAULT_ROOT_ID: &str = "r-root";
/// The partition where the file names none.
pub(crate) const DEFAULT_PARTITION: &str = "aws";
/// The policy types that are enabled where the file says nothing.
pub(crate) const DEFAULT_POLICY_TYPES: &[&str] = &[crate::tree::SERVICE_CONTROL_POLICY];

/// A scenario that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The scenario.
    pub scenario: Scenario,
    /// What is probably a mistake, in the order of the file as far as it has one.
    pub warnings: Vec<FileWarning>,
}

/// Reads a scenario file.
///
/// # Errors
///
/// A [`FileError`] that says what was found, where, and what was expected.
pub fn read(text: &str) -> Result<Loaded, FileError> {
    if text.len() > MAX_BYTES {
        return Err(FileError {
            kind: FileErrorKind::TooLarge,
            path: String::new(),
            place: None,
            found: texts::file_file_bytes(&text.len()),
            expected: texts::file_at_most(&MAX_BYTES),
        });
    }
    checked(text.strip_prefix('\u{feff}').unwrap_or(text)).map_err(|refusal| *refusal)
}

fn checked(text: &str) -> Result<Loaded, error::Refusal> {
    let json = json::parse(text)?;
    let findings = reader::Findings::default();
    let scenario = read::scenario(json, &findings)?;
    check::ids(&scenario)?;
    check::references(&scenario, &findings);
    Ok(Loaded {
        scenario,
        warnings: findings.into_warnings(),
    })
}

/// Writes a scenario file for reading and editing: indented, with all ids, and a newline at the
/// end.
#[must_use]
pub fn write(scenario: &Scenario) -> String {
    let json = write::scenario(scenario, write::Detail::Full);
    let mut text = print::print(&json, Layout::Indented);
    text.push('\n');
    text
}

/// Writes the shortest scenario file that means the same: no white space, nothing that a reader
/// would put in by itself.
#[must_use]
pub fn write_compact(scenario: &Scenario) -> String {
    print::print(
        &write::scenario(scenario, write::Detail::Compact),
        Layout::Dense,
    )
}
