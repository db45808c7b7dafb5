//! Why a text is no link to a scenario.

use std::fmt;

use organization::file::FileError;

use super::{CODEC, MAX_FRAGMENT, MAX_RATIO, MAX_SCENARIO};

/// So much of a long message is kept at each end, in characters.
const KEPT: usize = 150;

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
        f.write_str(&match self {
            Self::NoCodec => texts::link_no_codec(&CODEC),
            Self::UnknownCodec(codec) => texts::link_unknown_codec(codec, &CODEC),
            Self::TooLong(length) => texts::link_too_long(length, &MAX_FRAGMENT),
            Self::Character(c, at) => texts::link_character(&c.escape_debug(), at),
            Self::Shortened(at) => texts::link_shortened(at),
            Self::Cut(at) => texts::link_cut(at),
            Self::Damaged => texts::link_damaged().to_owned(),
            Self::Checksum => texts::link_checksum().to_owned(),
            Self::TooLarge => texts::link_too_large(&(MAX_SCENARIO / 1024 / 1024)),
            Self::TooDense => texts::link_too_dense(&MAX_RATIO),
            Self::Several(count) => texts::link_several(count),
            Self::File(error) => texts::link_file(&shortened(error.to_string())),
        })
    }
}

/// A message without its middle, if the path in it is as long as a hostile file can make it.
fn shortened(text: String) -> String {
    let length = text.chars().count();
    if length <= 2 * KEPT {
        return text;
    }
    let (start, end) = (text.chars().take(KEPT), text.chars().skip(length - KEPT));
    start.chain(['…']).chain(end).collect()
}

impl std::error::Error for LinkError {}
