//! Share links: a scenario as the fragment of an address, `#<codec>:<payload>`.
//!
//! Codec `g1`: the scenario file without white space, deflated (RFC 1951) behind a vocabulary that
//! both sides know, in base64url without padding, and in front of it the checksum: the first three
//! bytes of the CRC-32 of the scenario file, which are four characters. Decoders are kept for ever,
//! and so is the vocabulary of each; golden links in the tests hold them to it.

use std::fmt;

use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::{
    TINFL_FLAG_HAS_MORE_INPUT, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
};
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};
use organization::Scenario;
use organization::file::{FileError, Loaded};

/// The codec that new links have.
const CODEC: &str = "g1";
/// A fragment longer than this is not looked at.
pub const MAX_FRAGMENT: usize = 2 * 1024 * 1024;
/// A scenario that would unpack to more than this is refused.
pub const MAX_SCENARIO: usize = 8 * 1024 * 1024;
const CHECKSUM_DIGITS: usize = 4;
/// What scenarios are full of. A link refers to it instead of repeating it. It belongs to the codec
/// `g1`: if one character of it changes, no link opens any more.
const VOCABULARY: &str = include_str!("link/vocabulary.txt");

/// Why a fragment is no scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// There is no `:` after a codec.
    NoCodec,
    /// The codec is not known.
    UnknownCodec(String),
    /// The fragment is longer than [`MAX_FRAGMENT`].
    TooLong(usize),
    /// A character does not belong into a link: which, and the position from 1.
    Character(char, usize),
    /// The payload cannot be unpacked: something is missing or altered.
    Damaged,
    /// The checksum does not fit: something was altered.
    Checksum,
    /// The scenario would be larger than [`MAX_SCENARIO`].
    TooLarge,
    /// What was unpacked is no scenario file.
    File(FileError),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::NoCodec => texts::link_no_codec(&CODEC),
            Self::UnknownCodec(codec) => texts::link_unknown_codec(codec, &CODEC),
            Self::TooLong(length) => texts::link_too_long(length, &MAX_FRAGMENT),
            Self::Character(c, at) => texts::link_character(c, at),
            Self::Damaged => texts::link_damaged().to_owned(),
            Self::Checksum => texts::link_checksum().to_owned(),
            Self::TooLarge => texts::link_too_large(&(MAX_SCENARIO / 1024 / 1024)),
            Self::File(error) => texts::link_file(error),
        })
    }
}

impl std::error::Error for LinkError {}

/// The fragment for a scenario, without the `#`.
#[must_use]
pub fn encode(scenario: &Scenario) -> String {
    let text = organization::file::write_compact(scenario);
    let mut bytes = crc32(text.as_bytes()).to_be_bytes().to_vec();
    bytes.truncate(3);
    bytes.extend(pack(text.as_bytes()));
    format!("{CODEC}:{}", base64url(&bytes))
}

/// Reads a fragment, with or without the `#`.
///
/// # Errors
/// Says what is wrong with a fragment that is cut, altered, too large or of an unknown codec, or
/// that holds no scenario file.
pub fn decode(fragment: &str) -> Result<Loaded, LinkError> {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    if fragment.len() > MAX_FRAGMENT {
        return Err(LinkError::TooLong(fragment.len()));
    }
    let (codec, payload) = fragment.split_once(':').ok_or(LinkError::NoCodec)?;
    if codec != CODEC {
        return Err(LinkError::UnknownCodec(codec.chars().take(40).collect()));
    }
    let bytes = from_base64url(payload).map_err(|error| match error {
        LinkError::Character(c, at) => LinkError::Character(c, codec.len() + 1 + at),
        error => error,
    })?;
    let (checksum, packed) = bytes
        .split_at_checked(CHECKSUM_DIGITS * 6 / 8)
        .ok_or(LinkError::Damaged)?;
    let text = unpack(packed)?;
    if crc32(&text).to_be_bytes().get(..3) != Some(checksum) {
        return Err(LinkError::Checksum);
    }
    let text = String::from_utf8(text).map_err(|_| LinkError::Damaged)?;
    organization::file::read(&text).map_err(LinkError::File)
}

/// Deflates a text behind the vocabulary, and leaves out what stands for the vocabulary itself.
fn pack(text: &[u8]) -> Vec<u8> {
    let mut state = CompressorOxide::new(create_comp_flags_from_zip_params(10, 0, 0));
    // A synchronized stream goes on at a full byte, so that it can be cut there.
    deflate(&mut state, VOCABULARY.as_bytes(), TDEFLFlush::Sync);
    deflate(&mut state, text, TDEFLFlush::Finish)
}

fn deflate(state: &mut CompressorOxide, text: &[u8], flush: TDEFLFlush) -> Vec<u8> {
    let mut packed = vec![0; text.len() + text.len() / 8 + 1024];
    let (mut read, mut written) = (0, 0);
    loop {
        let rest = text.get(read..).unwrap_or_default();
        let room = packed.get_mut(written..).unwrap_or_default();
        let (status, more_read, more_written) = compress(state, rest, room, flush);
        read += more_read;
        written += more_written;
        match status {
            TDEFLStatus::Okay if written == packed.len() => packed.resize(2 * written, 0),
            TDEFLStatus::Okay if flush == TDEFLFlush::Finish => {}
            _ => {
                packed.truncate(written);
                return packed;
            }
        }
    }
}

/// Inflates all of `packed` behind the vocabulary; nothing may stand behind it.
fn unpack(packed: &[u8]) -> Result<Vec<u8>, LinkError> {
    let start = VOCABULARY.len();
    let most = start + MAX_SCENARIO;
    let stored = stored_vocabulary().ok_or(LinkError::Damaged)?;
    let mut state = Box::<DecompressorOxide>::default();
    let mut text = vec![0; most.min(start + packed.len().saturating_mul(8) + 64)];
    let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF | TINFL_FLAG_HAS_MORE_INPUT;
    let (_, _, mut written) = decompress(&mut state, &stored, &mut text, 0, flags);
    if written != start {
        return Err(LinkError::Damaged);
    }
    let mut read = 0;
    loop {
        let rest = packed.get(read..).unwrap_or_default();
        let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, more_read, more_written) =
            decompress(&mut state, rest, &mut text, written, flags);
        read += more_read;
        written += more_written;
        match status {
            TINFLStatus::Done if read == packed.len() => {
                text.truncate(written);
                return Ok(text.split_off(start));
            }
            TINFLStatus::HasMoreOutput if text.len() >= most => {
                return Err(LinkError::TooLarge);
            }
            TINFLStatus::HasMoreOutput => {
                text.resize(most.min(text.len().saturating_mul(2)), 0);
            }
            _ => return Err(LinkError::Damaged),
        }
    }
}

/// The vocabulary as a block that is stored as it is and followed by others (RFC 1951, 3.2.4).
fn stored_vocabulary() -> Option<Vec<u8>> {
    let length = u16::try_from(VOCABULARY.len()).ok()?;
    let mut block = vec![0];
    block.extend(length.to_le_bytes());
    block.extend((!length).to_le_bytes());
    block.extend(VOCABULARY.as_bytes());
    Some(block)
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn base64url(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    let (mut buffer, mut bits) = (0_u32, 0);
    let mut push = |six: u32| {
        if let Some(digit) = DIGITS.get((six & 63) as usize) {
            text.push(char::from(*digit));
        }
    };
    for byte in bytes {
        buffer = buffer << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 6 {
            bits -= 6;
            push(buffer >> bits);
        }
        buffer &= 0xff;
    }
    if bits > 0 {
        push(buffer << (6 - bits));
    }
    text
}

/// The bytes, or what is wrong with the payload of a link.
fn from_base64url(text: &str) -> Result<Vec<u8>, LinkError> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut buffer, mut bits) = (0_u32, 0);
    for (c, at) in text.chars().zip(1..) {
        let digit = u8::try_from(c)
            .ok()
            .and_then(|c| DIGITS.iter().position(|digit| *digit == c))
            .and_then(|digit| u32::try_from(digit).ok())
            .ok_or(LinkError::Character(c, at))?;
        buffer = (buffer << 6 | digit) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.extend(u8::try_from(buffer >> bits & 0xff));
        }
    }
    // What is left over must be padding: less than a digit, and zero.
    let rest = buffer & ((1 << bits) - 1);
    if bits >= 6 || rest != 0 {
        return Err(LinkError::Damaged);
    }
    Ok(bytes)
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                crc >> 1 ^ 0xedb8_8320
            } else {
                crc >> 1
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_follow_their_standards() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        for (bytes, text) in [
            (&b""[..], ""),
            (b"f", "Zg"),
            (b"foobar", "Zm9vYmFy"),
            (b"\xfb\xff", "-_8"),
        ] {
            assert_eq!(base64url(bytes), text);
            assert_eq!(from_base64url(text).unwrap(), bytes);
        }
    }
}
