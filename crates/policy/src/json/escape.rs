//! Escapes inside JSON strings.

use std::str::CharIndices;

/// What follows a backslash.
pub(super) enum Escape {
    /// A character, and how many bytes the escape takes behind the backslash.
    Char(char, usize),
    /// No escape of JSON; this many bytes behind the backslash belong to the mistake.
    Bad(usize),
}

/// Reads the escape at the start of `rest`, the text behind a backslash.
pub(super) fn read(rest: &str) -> Escape {
    let mut chars = rest.char_indices();
    let Some((_, letter)) = chars.next() else {
        return Escape::Bad(0);
    };
    let simple = match letter {
        '"' | '\\' | '/' => letter,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unicode(rest, chars),
        '\n' | '\r' => return Escape::Bad(0),
        other => return Escape::Bad(other.len_utf8()),
    };
    Escape::Char(simple, 1)
}

fn unicode(rest: &str, chars: CharIndices<'_>) -> Escape {
    let digits = chars.take(4).take_while(|(_, c)| c.is_ascii_hexdigit());
    let read = 1 + digits.count();
    let Some(unit) = hex4(rest, 1) else {
        return Escape::Bad(read);
    };
    if let Some(found) = char::from_u32(unit) {
        return Escape::Char(found, 5);
    }
    let low = rest
        .get(5..7)
        .filter(|next| *next == "\\u")
        .and_then(|_| hex4(rest, 7))
        .filter(|low| (0xDC00..0xE000).contains(low));
    match low {
        Some(low) if unit < 0xDC00 => {
            let code = 0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            char::from_u32(code).map_or(Escape::Bad(5), |found| Escape::Char(found, 11))
        }
        _ => Escape::Bad(5),
    }
}

fn hex4(text: &str, at: usize) -> Option<u32> {
    let digits = text.get(at..at + 4)?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    u32::from_str_radix(digits, 16).ok()
}
