//! Deflate (RFC 1951) behind a vocabulary, bounded in what it unpacks.

use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::{
    TINFL_FLAG_HAS_MORE_INPUT, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
};
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::{LinkError, MAX_RATIO, MAX_SCENARIO, SMALL};

/// What scenarios are full of. A link refers to it instead of repeating it. It belongs to the codec
/// `g1`: if one character of it changes, no link opens any more.
const VOCABULARY: &str = include_str!("vocabulary.txt");
/// The strategies of zlib by their numbers: the usual one, and letters alone, without repetitions.
const USUAL: i32 = 0;
const LETTERS: i32 = 2;

/// Deflates a text behind the vocabulary, and leaves out what stands for the vocabulary itself.
pub(super) fn pack(text: &[u8]) -> Vec<u8> {
    let packed = pack_with(text, USUAL);
    if text.len() <= most(packed.len()) {
        return packed;
    }
    // A text that is nothing but repetition would look like a bomb.
    pack_with(text, LETTERS)
}

fn pack_with(text: &[u8], strategy: i32) -> Vec<u8> {
    let mut state = CompressorOxide::new(create_comp_flags_from_zip_params(10, 0, strategy));
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

/// How much so many packed bytes may unpack to.
fn most(packed: usize) -> usize {
    MAX_SCENARIO.min(SMALL.max(packed.saturating_mul(MAX_RATIO)))
}

/// Inflates `packed` behind the vocabulary: the text, and how many bytes its stream has.
///
/// # Errors
/// [`LinkError::Cut`], without a position, where the stream goes on behind the end.
pub(super) fn unpack(packed: &[u8]) -> Result<(Vec<u8>, usize), LinkError> {
    let start = VOCABULARY.len();
    let most = start + most(packed.len());
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
            TINFLStatus::Done => {
                text.truncate(written);
                return Ok((text.split_off(start), read));
            }
            TINFLStatus::HasMoreOutput if text.len() >= start + MAX_SCENARIO => {
                return Err(LinkError::TooLarge);
            }
            TINFLStatus::HasMoreOutput if text.len() >= most => return Err(LinkError::TooDense),
            TINFLStatus::HasMoreOutput => {
                text.resize(most.min(text.len().saturating_mul(2)), 0);
            }
            TINFLStatus::FailedCannotMakeProgress | TINFLStatus::NeedsMoreInput => {
                return Err(LinkError::Cut(0));
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
