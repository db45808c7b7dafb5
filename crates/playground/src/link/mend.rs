//! What mail and chat programs do to a link, undone: escapes of addresses and of HTML, invisible
//! characters, wrapped lines. Nothing here decides whether a link is whole; its checksum does.

use std::borrow::Cow;

use super::digits;

/// How many times an address may have been escaped.
const ESCAPES: usize = 4;
/// Longest name or number of an entity, with its end.
const ENTITY: usize = 16;
/// Where a line can end in HTML, and where it does.
const BREAKS: [(&str, &str); 5] = [
    ("<wbr>", ""),
    ("<wbr/>", ""),
    ("<br>", "\n"),
    ("<br/>", "\n"),
    ("<br />", "\n"),
];

/// A text without what programs put into it: escapes, each of them several times, and characters
/// that nobody sees. Three dots are one character in it.
pub(super) fn plain(text: &str) -> String {
    let mut text: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    for _ in 0..ESCAPES {
        let next = without_percent(&without_entities(&text)).into_owned();
        if next == text {
            break;
        }
        text = next;
    }
    text.retain(|c| !is_invisible(c));
    for (tag, end) in BREAKS {
        if text.contains(tag) {
            text = text.replace(tag, end);
        }
    }
    // Keyboards for Chinese and Japanese have wide ones.
    text.replace("...", "…")
        .replace('＃', "#")
        .replace('：', ":")
}

/// Soft hyphens, characters of no width, marks of direction.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}

/// `%3A` as `:`. What is no escape stays.
fn without_percent(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    let bytes = text.as_bytes();
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    let escape = |at: usize| u8::try_from(digit(at + 1)? * 16 + digit(at + 2)?).ok();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match escape(at).filter(|_| *byte == b'%') {
            Some(escaped) => {
                out.push(escaped);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned().into()
}

/// `&amp;`, `&#35;` and their like as the character that they stand for. What is none stays.
fn without_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') || !text.contains(';') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        let named = behind
            .char_indices()
            .take(ENTITY)
            .find(|(_, c)| *c == ';')
            .and_then(|(end, _)| behind.split_at_checked(end))
            .and_then(|(name, tail)| Some((entity(name)?, tail.strip_prefix(';')?)));
        match named {
            Some((c, tail)) => {
                out.push(c);
                rest = tail;
            }
            None => {
                out.push('&');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out.into()
}

fn entity(name: &str) -> Option<char> {
    let number = |text: &str, radix| char::from_u32(u32::from_str_radix(text, radix).ok()?);
    if let Some(code) = name.strip_prefix('#') {
        return match code.strip_prefix(['x', 'X']) {
            Some(hex) => number(hex, 16),
            None => number(code, 10),
        };
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "num" => '#',
        "colon" => ':',
        "lowbar" | "UnderBar" => '_',
        "hyphen" | "dash" => '-',
        "nbsp" => ' ',
        "shy" | "ZeroWidthSpace" => '\u{200b}',
        "hellip" => '…',
        _ => return None,
    })
}

/// The digits of a payload at the beginning of a text, without what wraps them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The digits; a dash that a program has put in stands here as it is.
    pub(super) digits: String,
    /// How many characters they take up in the text.
    pub(super) length: usize,
    /// What ends them, if that is not the end of the text.
    pub(super) end: Option<char>,
    /// Whether digits follow behind that, as where a foreign character stands between them.
    pub(super) goes_on: bool,
}

/// Reads the digits that a text begins with.
pub(super) fn run(text: &str) -> Run {
    let mut run = Run {
        digits: String::new(),
        length: 0,
        end: None,
        goes_on: false,
    };
    let mut rest = text.char_indices().peekable();
    let mut line_begins = false;
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map(|(_, c)| *c);
        // A soft line break of mail is `=` at the end of a line; `>` or `|` begins a line that is
        // quoted; a blank becomes `+` in forms; Markdown escapes `_`.
        let wraps = c.is_whitespace()
            || c.is_control()
            || c == '+'
            || (c == '=' && matches!(next, Some('\r' | '\n')))
            || (matches!(c, '>' | '|') && line_begins)
            || (c == '\\' && matches!(next, Some('_' | '-')));
        if digits::value(c).is_some() || dash(c).is_some() {
            run.digits.push(c);
        } else if !wraps {
            run.end = Some(c);
            let behind = text.get(at + c.len_utf8()..).unwrap_or_default();
            let follow = behind.chars().take_while(|c| digits::value(*c).is_some());
            run.goes_on = follow.count() >= 4;
            break;
        }
        line_begins = matches!(c, '\n' | '\r') || (line_begins && wraps);
        run.length += 1;
    }
    run
}

/// The dashes that programs put in the place of `-` and `--`: how many hyphens one may stand for.
pub(super) fn dash(c: char) -> Option<[usize; 3]> {
    match c {
        '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => Some([1, 1, 1]),
        '\u{2013}' => Some([1, 1, 2]),
        '\u{2014}' => Some([1, 2, 2]),
        _ => None,
    }
}

/// What the digits can have been before a program put dashes into them.
pub(super) fn readings(digits: &str) -> Vec<String> {
    if digits.is_ascii() {
        return vec![digits.to_owned()];
    }
    let mut readings: Vec<String> = Vec::new();
    for way in 0..3 {
        let reading = digits.chars().fold(String::new(), |mut text, c| {
            match dash(c).and_then(|ways| ways.get(way).copied()) {
                Some(hyphens) => text.extend(std::iter::repeat_n('-', hyphens)),
                None => text.push(c),
            }
            text
        });
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_however_often_they_were_made() {
        for text in [
            "#g1:a-_b",
            "%23g1%3Aa-_b",
            "%2523g1%253Aa-_b",
            "%252523g1%25253Aa%2D%5Fb",
            "&#35;g1&colon;a&hyphen;_b",
            "&amp;#x23;g1:a-&lowbar;b",
            "#g1:\u{200b}a-\u{ad}_b\u{feff}",
            "#g1%3Aa%E2%80%8B-_b",
            "#g1:a<wbr>-&ZeroWidthSpace;_b",
            "＃g1：a-&UnderBar;b",
        ] {
            assert_eq!(plain(text), "#g1:a-_b", "{text}");
        }
        for text in [
            "100%",
            "a%2",
            "%zz",
            "&",
            "a & b;",
            "&nothing;",
            "&#xffffffff;",
            "<b>",
        ] {
            assert_eq!(plain(text), text);
        }
    }

    #[test]
    fn digits_are_read_through_what_wraps_them() {
        let digits = |text| run(text).digits;
        assert_eq!(digits("ab\r\n cd\u{a0}ef"), "abcdef");
        assert_eq!(digits("ab=\r\ncd"), "abcd");
        assert_eq!(digits("ab\n> cd\n>> ef\n| gh"), "abcdefgh");
        assert_eq!(digits("ab|cd"), "ab");
        let broken = plain("ab<br>cd<br />ef");
        assert_eq!(digits(&broken), "abcdef");
        assert_eq!(digits("ab\\_cd"), "ab_cd");
        assert_eq!(digits("ab>cd"), "ab");
        assert_eq!(digits("ab=cd"), "ab");
        assert_eq!(run("ab).").end, Some(')'));
        assert!(!run("ab).").goes_on && run("ab*cdef").goes_on);
    }

    #[test]
    fn dashes_stand_for_one_hyphen_or_two() {
        assert_eq!(readings("a-b"), ["a-b"]);
        assert_eq!(readings("a\u{2013}b"), ["a-b", "a--b"]);
        assert_eq!(
            readings("a\u{2013}b\u{2014}c"),
            ["a-b-c", "a-b--c", "a--b--c"]
        );
        assert_eq!(readings("a\u{2011}b"), ["a-b"]);
    }
}
