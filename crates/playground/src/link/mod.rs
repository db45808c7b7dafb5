//! Share links: a scenario as the fragment of an address, `#<codec>:<payload>`.
//!
//! Codec `g1`: the scenario file without white space, deflated (RFC 1951) behind a vocabulary that
//! both sides know, in base64url without padding, and in front of it the checksum: the first three
//! bytes of the CRC-32 of the scenario file, which are four characters. Decoders are kept for ever,
//! and so is the vocabulary of each; golden links in the tests hold them to it.
//!
//! [`decode`] reads a fragment as it was made. [`open`] also takes what chat programs and mail make
//! of it, as far as the checksum proves what it was.

mod deflate;
mod digits;
mod error;
mod mend;
mod open;

use organization::Scenario;
use organization::file::Loaded;

pub use error::LinkError;
pub use open::{Named, Opened, complete, is_meant, open};

/// The codec that new links have.
const CODEC: &str = "g1";
/// A fragment longer than this is not looked at, in bytes.
pub const MAX_FRAGMENT: usize = 2 * 1024 * 1024;
/// A scenario that would unpack to more bytes than this is refused.
pub const MAX_SCENARIO: usize = 8 * 1024 * 1024;
/// A scenario that would unpack to so many times the bytes of its link is refused, unless it is
/// [`SMALL`].
pub const MAX_RATIO: usize = 400;
/// What may unpack at any ratio, in bytes.
pub const SMALL: usize = 256 * 1024;
const CHECKSUM: usize = 3;

/// The fragment for a scenario, without the `#`.
#[must_use]
pub fn encode(scenario: &Scenario) -> String {
    let text = organization::file::write_compact(scenario);
    let mut bytes = digits::crc32(text.as_bytes()).to_be_bytes().to_vec();
    bytes.truncate(CHECKSUM);
    bytes.extend(deflate::pack(text.as_bytes()));
    format!("{CODEC}:{}", digits::write(&bytes))
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
    let prefix = codec.len() + 1;
    let unpacked = unpack(payload).map_err(|error| placed(error, prefix, payload.len()))?;
    if !unpacked.exact || unpacked.digits != payload.len() {
        return Err(LinkError::Damaged);
    }
    read(unpacked.text)
}

/// What a payload holds.
struct Unpacked {
    /// The scenario file, whose checksum fits.
    text: Vec<u8>,
    /// How many digits it takes; what follows them is not of this link.
    digits: usize,
    /// Whether the digits of the payload are neither more nor other than its bytes need.
    exact: bool,
}

/// Unpacks a payload of digits, to the end of its stream.
fn unpack(payload: &str) -> Result<Unpacked, LinkError> {
    let (bytes, exact) = digits::read(payload)?;
    let (checksum, packed) = bytes.split_at_checked(CHECKSUM).ok_or(LinkError::Cut(0))?;
    let (text, read) = deflate::unpack(packed)?;
    if digits::crc32(&text).to_be_bytes().get(..CHECKSUM) != Some(checksum) {
        return Err(LinkError::Checksum);
    }
    let digits = digits::count(CHECKSUM + read);
    Ok(Unpacked {
        text,
        digits,
        exact,
    })
}

fn read(text: Vec<u8>) -> Result<Loaded, LinkError> {
    let text = String::from_utf8(text).map_err(|_| LinkError::Damaged)?;
    organization::file::read(&text).map_err(LinkError::File)
}

/// An error of a payload with its position in the link.
fn placed(error: LinkError, prefix: usize, length: usize) -> LinkError {
    match error {
        LinkError::Character(c, at) => LinkError::Character(c, prefix + at),
        LinkError::Cut(_) => LinkError::Cut(prefix + length),
        error => error,
    }
}
