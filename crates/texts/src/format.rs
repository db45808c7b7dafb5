//! The form of a catalogue: a text a line, `name = text`; `#` begins a remark.
//!
//! In a text `{name}` is a slot, and `{name|one|other}` is one of two words by the number in that
//! slot. All other braces stand for themselves.

/// One text of a catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Its name: words of small letters and digits with `.` and `-` between.
    pub name: &'a str,
    /// The text, from the first character that is no blank.
    pub text: &'a str,
}

/// The texts of a catalogue, in its order.
///
/// # Errors
/// Says in which line something is no text, has a wrong name, or has one that was there before.
pub fn entries(catalogue: &str) -> Result<Vec<Entry<'_>>, String> {
    let mut found: Vec<Entry<'_>> = Vec::new();
    let mut names = std::collections::BTreeSet::new();
    for (line, number) in catalogue.lines().zip(1..) {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, text) = line
            .split_once(" =")
            .ok_or_else(|| format!("line {number}: expected `name = text`, found `{line}`"))?;
        let text = text.strip_prefix(' ').unwrap_or(text);
        let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        if !name.starts_with(|c: char| c.is_ascii_lowercase())
            || !name.chars().all(|c| is_word(c) || matches!(c, '.' | '-'))
        {
            return Err(format!(
                "line {number}: expected a name of small letters, digits, `.` and `-`, found `{name}`"
            ));
        }
        if !names.insert(name) {
            return Err(format!("line {number}: `{name}` is there already"));
        }
        found.push(Entry { name, text });
    }
    Ok(found)
}

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words that stand as they are.
    Text(&'a str),
    /// What the slot of this name holds.
    Slot(&'a str),
    /// The first word if the number in the slot is one, otherwise the second.
    Count(&'a str, &'a str, &'a str),
}

/// The parts of a text, in order.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (first, length) = next(rest);
        rest = rest.get(length..).unwrap_or_default();
        Some(first)
    })
}

/// The first part of a text that is not empty, and its length in bytes.
fn next(text: &str) -> (Piece<'_>, usize) {
    for (at, _) in text.match_indices('{') {
        let inside = text.get(at + 1..).unwrap_or_default();
        let Some(slot) = inside.split_once('}').and_then(|(inside, _)| slot(inside)) else {
            continue;
        };
        return match at {
            0 => (slot.0, slot.1 + 2),
            _ => (Piece::Text(text.get(..at).unwrap_or_default()), at),
        };
    }
    (Piece::Text(text), text.len())
}

/// A slot from what stands between its braces, and the length of that.
fn slot(inside: &str) -> Option<(Piece<'_>, usize)> {
    let mut parts = inside.split('|');
    let name = parts.next().unwrap_or_default();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let piece = match (parts.next(), parts.next(), parts.next()) {
        (None, ..) => Piece::Slot(name),
        (Some(one), Some(other), None) => Piece::Count(name, one, other),
        _ => return None,
    };
    is_name.then_some((piece, inside.len()))
}
