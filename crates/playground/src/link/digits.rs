//! The characters of a payload, base64url without padding (RFC 4648, 5), and the checksum.

use super::LinkError;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The six bits that a character stands for.
pub(super) fn value(c: char) -> Option<u32> {
    let byte = u8::try_from(c).ok()?;
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

pub(super) fn write(bytes: &[u8]) -> String {
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

/// The bytes, and whether the digits are neither more nor other than these bytes need.
///
/// # Errors
/// The first character that is no digit, with its position from 1.
pub(super) fn read(text: &str) -> Result<(Vec<u8>, bool), LinkError> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut buffer, mut bits) = (0_u32, 0);
    for (c, at) in text.chars().zip(1..) {
        let six = value(c).ok_or(LinkError::Character(c, at))?;
        buffer = (buffer << 6 | six) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.extend(u8::try_from(buffer >> bits & 0xff));
        }
    }
    // What is left over must be padding: less than a digit, and zero.
    let rest = buffer & ((1 << bits) - 1);
    Ok((bytes, bits < 6 && rest == 0))
}

/// How many digits stand for so many bytes.
pub(super) fn count(bytes: usize) -> usize {
    (bytes * 8).div_ceil(6)
}

/// CRC-32 of ISO 3309, four bits at a time.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 16] = table();
    let step = |crc: u32| (crc >> 4) ^ TABLE.get((crc & 15) as usize).copied().unwrap_or(0);
    !bytes
        .iter()
        .fold(!0, |crc, byte| step(step(crc ^ u32::from(*byte))))
}

const fn table() -> [u32; 16] {
    let mut table = [0; 16];
    let mut at = 0;
    while at < 16 {
        let mut crc = at as u32;
        let mut bit = 0;
        while bit < 4 {
            crc = (crc >> 1) ^ ((crc & 1) * 0xedb8_8320);
            bit += 1;
        }
        table[at] = crc;
        at += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_follow_their_standards() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
        for (bytes, text) in [
            (&b""[..], ""),
            (b"f", "Zg"),
            (b"foobar", "Zm9vYmFy"),
            (b"\xfb\xff", "-_8"),
        ] {
            assert_eq!(write(bytes), text);
            assert_eq!(read(text).unwrap(), (bytes.to_vec(), true));
            assert_eq!(count(bytes.len()), text.len());
        }
        for digit in DIGITS {
            let six = value(char::from(*digit)).unwrap();
            assert_eq!(DIGITS[six as usize], *digit);
        }
        assert_eq!(value('='), None);
    }
}
