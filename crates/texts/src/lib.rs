//! Every text that a person reads, in one place: `en.txt`. Each is a function here, named as in the
//! catalogue, with a parameter for each slot.
//!
//! Another language is one more file of the same form (`de.txt`). The page fetches it when somebody
//! wants it ([`Language::read`], [`speak`]); a text that it lacks stands in English. What is written
//! by this crate's users is put into slots as it is and never read as a text.

pub mod format;

use std::cell::Cell;
use std::fmt::{Display, Write};

use format::{Piece, pieces};

/// The English catalogue, as its file has it.
pub const ENGLISH_FILE: &str = include_str!("../en.txt");
/// The German catalogue, as its file has it.
pub const GERMAN_FILE: &str = include_str!("../de.txt");

/// A text, whatever language it is said in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(u16);

/// What stands in a slot.
#[derive(Clone, Copy)]
pub enum Slot<'a> {
    /// Words.
    Text(&'a dyn Display),
    /// A number, by which words are chosen.
    Count(usize),
}

/// A language that texts can be said in.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    texts: Vec<Box<str>>,
}

impl Language {
    /// Reads what [`in_order`] writes: a line for each text, in the order of the English catalogue,
    /// empty where there is none.
    ///
    /// # Errors
    /// Says how many lines were expected, where there are more or fewer: then the file belongs to
    /// another version.
    pub fn read(lines: &str) -> Result<Self, String> {
        let texts: Vec<Box<str>> = lines.lines().map(Box::from).collect();
        if texts.len() != ENGLISH.len() {
            return Err(format!(
                "expected {} texts, found {}",
                ENGLISH.len(),
                texts.len()
            ));
        }
        Ok(Self { texts })
    }
}

thread_local! {
    static SPOKEN: Cell<Option<&'static Language>> = const { Cell::new(None) };
}

/// Says everything in this language from now on, in English without one. A language stays in memory
/// for good: a page has few.
pub fn speak(language: Option<Language>) {
    SPOKEN.set(language.map(|language| &*Box::leak(Box::new(language))));
}

/// A text in the language that is spoken, with its slots as they are.
#[must_use]
pub fn get(text: Text) -> &'static str {
    let at = usize::from(text.0);
    let spoken = SPOKEN.get().and_then(|language| language.texts.get(at));
    match spoken {
        Some(text) if !text.is_empty() => text,
        _ => ENGLISH.get(at).copied().unwrap_or_default(),
    }
}

/// A text in the language that is spoken, each slot filled.
#[must_use]
pub fn fill(text: Text, slots: &[(&str, Slot<'_>)]) -> String {
    let mut filled = String::new();
    let of = |name: &str| slots.iter().find(|(slot, _)| *slot == name);
    for piece in pieces(get(text)) {
        match piece {
            Piece::Text(words) => filled.push_str(words),
            Piece::Slot(name) => match of(name) {
                Some((_, Slot::Text(value))) => _ = write!(filled, "{value}"),
                Some((_, Slot::Count(count))) => _ = write!(filled, "{count}"),
                None => {}
            },
            Piece::Count(name, one, other) => filled.push_str(match of(name) {
                Some((_, Slot::Count(1))) => one,
                _ => other,
            }),
        }
    }
    filled
}

/// A piece of a sentence that is made of more than plain words: a name to stress, a bit of code.
pub trait Words: Clone {
    /// Plain words.
    fn words(words: &str) -> Self;
}

/// What stands in a slot of a sentence of pieces.
#[derive(Clone, Debug)]
pub enum Rich<P> {
    /// Pieces.
    Phrase(Vec<P>),
    /// A number, by which words are chosen.
    Count(usize),
}

/// A text in the language that is spoken as pieces, each slot filled.
#[must_use]
pub fn mix<P: Words>(text: Text, slots: &[(&str, Rich<P>)]) -> Vec<P> {
    let mut mixed = Vec::new();
    let of = |name: &str| slots.iter().find(|(slot, _)| *slot == name);
    for piece in pieces(get(text)) {
        match piece {
            Piece::Text(words) => mixed.push(P::words(words)),
            Piece::Slot(name) => match of(name) {
                Some((_, Rich::Phrase(phrase))) => mixed.extend(phrase.iter().cloned()),
                Some((_, Rich::Count(count))) => mixed.push(P::words(&count.to_string())),
                None => {}
            },
            Piece::Count(name, one, other) => mixed.push(P::words(match of(name) {
                Some((_, Rich::Count(1))) => one,
                _ => other,
            })),
        }
    }
    mixed
}

/// A catalogue of another language as [`Language::read`] takes it.
///
/// # Errors
/// Says what is wrong with the catalogue: a line that is no text, a name that English does not have,
/// or slots that are not those of the English text.
pub fn in_order(catalogue: &str) -> Result<String, String> {
    let english = format::entries(ENGLISH_FILE)?;
    let others = format::entries(catalogue)?;
    for other in &others {
        let own = english
            .iter()
            .find(|entry| entry.name == other.name)
            .ok_or_else(|| format!("`{}` is no text of the English catalogue", other.name))?;
        let (expected, found) = (slots(own.text), slots(other.text));
        if expected != found {
            return Err(format!(
                "`{}`: expected the slots {expected:?}, found {found:?}",
                other.name
            ));
        }
    }
    let mut lines = String::new();
    for entry in english {
        let other = others.iter().find(|other| other.name == entry.name);
        lines.push_str(other.map_or("", |other| other.text));
        lines.push('\n');
    }
    Ok(lines)
}

/// The names of the slots of a text, each once.
fn slots(text: &str) -> std::collections::BTreeSet<&str> {
    pieces(text)
        .filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Slot(name) | Piece::Count(name, ..) => Some(name),
        })
        .collect()
}

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test whose data cannot be read must fail"
    )]

    use super::*;

    #[test]
    fn slots_are_told_from_other_braces() {
        let found: Vec<Piece<'_>> =
            pieces("{count} {count|key|keys} in ${aws:username} {}").collect();
        assert_eq!(
            found,
            [
                Piece::Slot("count"),
                Piece::Text(" "),
                Piece::Count("count", "key", "keys"),
                Piece::Text(" in ${aws:username} {}"),
            ]
        );
    }

    #[test]
    fn lines_that_are_no_texts_are_named() {
        for (catalogue, error) in [
            ("a = b\nc", "line 2: expected `name = text`, found `c`"),
            ("a = b\na = c", "line 2: `a` is there already"),
            (
                "A = b",
                "line 1: expected a name of small letters, digits, `.` and `-`, found `A`",
            ),
        ] {
            assert_eq!(format::entries(catalogue).unwrap_err(), error);
        }
    }

    #[test]
    fn german_has_every_text_with_its_slots() {
        let lines = in_order(GERMAN_FILE).unwrap();
        let english = format::entries(ENGLISH_FILE).unwrap();
        let missing: Vec<&str> = (english.iter().zip(lines.lines()))
            .filter(|(_, text)| text.is_empty())
            .map(|(entry, _)| entry.name)
            .collect();
        assert!(missing.is_empty(), "not in German: {missing:?}");
        assert!(Language::read(&lines).is_ok());
    }
}
