//! Why a text is no link to a scenario.

use std::fmt;

use organization::file::FileError;

use super::{CODEC, MAX_FRAGMENT, MAX_RATIO, MAX_SCENARIO};

/// Why a fragment is no scenario. Positions count characters from 1, from the codec on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// There is no `:` after a codec.
    NoCodec,
    /// The codec is not known.
    UnknownCodec(String),
    /// The fragment is longer than [`MAX_FRAGMENT`].
    TooLong(usize),
    /// A character does not belong into a link: which, and its position.
    Character(char, usize),
    /// A program has shortened the link for showing it, and has put `…` at this position.
    Shortened(usize),
    /// The content goes on after the last character of the link, which has this position.
    Cut(usize),
    /// The payload cannot be unpacked: something is missing or altered.
    Damaged,
    /// The checksum does not fit: something was altered.
    Checksum,
    /// The scenario would be larger than [`MAX_SCENARIO`].
    TooLarge,
    /// The scenario would be more than [`MAX_RATIO`] times as large as its link.
    TooDense,
    /// The text holds links to so many different scenarios.
    Several(usize),
    /// What was unpacked is no scenario file.
    File(FileError),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCodec => write!(
                f,
                "the link does not begin like a scenario: expected `{CODEC}:` after the `#`"
            ),
            Self::UnknownCodec(codec) => write!(
                f,
                "the link is of the kind `{codec}`, which this version does not know: expected `{CODEC}`"
            ),
            Self::TooLong(length) => write!(
                f,
                "the link has {length} characters: expected at most {MAX_FRAGMENT}"
            ),
            Self::Character(c, at) => write!(
                f,
                "the link has the character `{}` at position {at}: expected letters, digits, `-` and `_`",
                c.escape_debug()
            ),
            Self::Shortened(at) => write!(
                f,
                "the link is cut: a program has shortened it and put `…` at position {at}; expected the rest"
            ),
            Self::Cut(at) => write!(
                f,
                "the link is cut or altered: it ends at position {at}, and its content goes on; expected the rest"
            ),
            Self::Damaged => write!(
                f,
                "the link is cut or altered: its content cannot be unpacked"
            ),
            Self::Checksum => write!(f, "the link was altered: its checksum does not fit"),
            Self::TooLarge => write!(
                f,
                "the link would unpack to more than {} MiB",
                MAX_SCENARIO / 1024 / 1024
            ),
            Self::TooDense => write!(
                f,
                "the link would unpack to more than {MAX_RATIO} times its own size"
            ),
            Self::Several(count) => write!(
                f,
                "the text holds links to {count} different scenarios: expected one"
            ),
            Self::File(error) => write!(f, "the link holds no scenario: {error}"),
        }
    }
}

impl std::error::Error for LinkError {}
