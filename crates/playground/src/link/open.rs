//! A text that was meant as a link: an address, a fragment, or either inside of something else.

use organization::file::Loaded;
use serde::de::IgnoredAny;

use super::mend::{self, Run, plain};
use super::{CODEC, LinkError, MAX_FRAGMENT, decode, read, unpack};

/// A text with more different links than these opens none of them.
const MOST_LINKS: usize = 8;
/// So much of a broken link and its rest may overlap, in digits.
const MOST_OVERLAP: usize = 200;
/// A text without a codec is tried as a payload from so many digits on.
const LEAST_DIGITS: usize = 24;

/// What a link names.
#[derive(Clone, Debug, PartialEq)]
pub enum Named {
    /// The scenario that it carries.
    Scenario(Box<Opened>),
    /// An example that comes with the page: its id, known or not.
    Example(String),
    /// A lesson: its id.
    Lesson(String),
}

/// A scenario from a link.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// The scenario with the reader's warnings.
    pub loaded: Loaded,
    /// The fragment as it was made, without the `#`.
    pub fragment: String,
    /// Whether the text was another one than that fragment, and its checksum proves what it was.
    pub mended: bool,
}

/// Whether a text is meant as a link, rather than as a file or as something else.
#[must_use]
pub fn is_meant(text: &str) -> bool {
    let text = text.trim();
    let is_json = text.starts_with('{')
        || (text.starts_with('[') && serde_json::from_str::<IgnoredAny>(text).is_ok());
    if is_json || text.len() > MAX_FRAGMENT {
        return false;
    }
    let plain = plain(text);
    let mut codecs = codecs(&plain);
    codecs.any(|found| {
        found.at == 0 || before(&plain, found.at).is_some_and(|c| "#\"'(<[{`“‘«„*".contains(c))
    }) || !places(&plain).is_empty()
}

/// Reads a text that was meant as a link: the address, or its fragment with or without `#`. What
/// chat programs and mail do to it is undone where the checksum proves what it was: escapes,
/// brackets and punctuation around it, blanks and line ends in it.
///
/// # Errors
/// Says what is wrong. A text with links to several scenarios opens none of them.
pub fn open(text: &str) -> Result<Named, LinkError> {
    if text.len() > MAX_FRAGMENT {
        return Err(LinkError::TooLong(text.len()));
    }
    let fragment = text.split_once('#').map_or(text, |(_, behind)| behind);
    let as_made = decode(fragment);
    if let Ok(loaded) = as_made {
        return Ok(Named::Scenario(Box::new(Opened {
            loaded,
            fragment: fragment.to_owned(),
            mended: false,
        })));
    }
    let plain = plain(text);
    let mut places = places(&plain);
    let links = links(&plain)?;
    if !links.is_empty() {
        let chosen = choose(links)?;
        return match places.len() {
            0 => Ok(chosen),
            more => Err(LinkError::Several(1 + more)),
        };
    }
    match (places.pop(), places.len()) {
        (Some(named), 0) => Ok(named),
        (Some(_), more) => Err(LinkError::Several(1 + more)),
        (None, _) => match bare(&plain) {
            Some(opened) => Ok(Named::Scenario(Box::new(opened))),
            None => Err(as_made.err().unwrap_or(LinkError::NoCodec)),
        },
    }
}

/// Reads a broken link together with what was pasted for it: the whole link, or what is missing at
/// its end, perhaps with a piece of what is there.
///
/// # Errors
/// Says what is wrong with the two together.
pub fn complete(broken: &str, rest: &str) -> Result<Named, LinkError> {
    if is_meant(rest) {
        return open(rest);
    }
    let plain_broken = plain(broken);
    let Some(found) = codecs(&plain_broken).next() else {
        return open(rest);
    };
    if broken.len() + rest.len() > MAX_FRAGMENT {
        return Err(LinkError::TooLong(broken.len() + rest.len()));
    }
    let begun = found.run.digits;
    let plain_rest = plain(rest);
    // What a program put before the rest to say that something stands before it.
    let rest = mend::run(plain_rest.trim_start_matches(['…', ' '])).digits;
    let overlaps = (0..=MOST_OVERLAP.min(begun.len()).min(rest.len())).filter(|length| {
        let end = begun.len() - length;
        begun.get(end..).is_some_and(|end| rest.starts_with(end))
    });
    let mut error = None;
    for length in overlaps {
        let joined = format!("{begun}{}", rest.get(length..).unwrap_or_default());
        match certain(&joined) {
            Ok(opened) => return Ok(Named::Scenario(Box::new(opened))),
            Err(refusal) => error = error.or(Some(refusal)),
        }
    }
    Err(error.unwrap_or(LinkError::Damaged))
}

/// A codec in a text with what follows it.
struct Found<'t> {
    at: usize,
    codec: &'t str,
    run: Run,
}

/// The places of a text where a link can begin: a letter `g`, digits and a colon, not inside of a
/// word.
fn codecs(text: &str) -> impl Iterator<Item = Found<'_>> {
    text.match_indices(':').filter_map(|(colon, _)| {
        let (head, tail) = text.split_at_checked(colon)?;
        // French sets a blank before a colon.
        let head = head
            .strip_suffix([' ', '\u{a0}', '\u{202f}'])
            .unwrap_or(head);
        let letters = head.trim_end_matches(|c: char| c.is_ascii_digit());
        let stem = letters.strip_suffix(['g', 'G'])?;
        let inside = stem.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_'));
        let codec = head.get(stem.len()..)?;
        (letters.len() < head.len() && codec.len() <= 9 && !inside).then(|| Found {
            at: stem.len(),
            codec,
            run: mend::run(tail.strip_prefix(':').unwrap_or_default()),
        })
    })
}

fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The places of a text where a link begins, those that say the same once.
fn links(text: &str) -> Result<Vec<Found<'_>>, LinkError> {
    let mut links: Vec<Found<'_>> = Vec::new();
    for found in codecs(text) {
        let same = |one: &Found<'_>| {
            one.codec == found.codec
                && one.run.digits == found.run.digits
                && one.run.end == found.run.end
        };
        if links.iter().any(same) {
            continue;
        }
        if links.len() == MOST_LINKS {
            return Err(LinkError::Several(MOST_LINKS + 1));
        }
        links.push(found);
    }
    Ok(links)
}

/// The examples and lessons that a text names at its beginning or behind a `#`, each once. One that a
/// program has shortened for showing it is that which stands beside it.
fn places(text: &str) -> Vec<Named> {
    let mut places = Vec::new();
    for (word, named) in [
        ("example/", Named::Example as fn(String) -> Named),
        ("lesson/", Named::Lesson),
    ] {
        let inside = format!("#{word}");
        let begun = text.trim_start().strip_prefix(word);
        let behind = begun.into_iter().chain(text.split(&*inside).skip(1));
        let ids: Vec<(String, bool)> = behind.map(id).collect();
        for (id, shortened) in &ids {
            let whole = |(other, cut): &(String, bool)| !cut && other.starts_with(id);
            let is_other = *shortened && ids.iter().any(whole);
            let one = named(id.clone());
            if !is_other && !places.contains(&one) {
                places.push(one);
            }
        }
    }
    places
}

/// The id that a text begins with, and whether a program has shortened it.
fn id(behind: &str) -> (String, bool) {
    let ends = |c: char| c.is_whitespace() || "#?&\"'<>()[]{}|`,;:!…”’»/\\，。、".contains(c);
    let id = behind.split(ends).next().unwrap_or_default();
    let shortened = behind
        .strip_prefix(id)
        .is_some_and(|end| end.starts_with('…'));
    let hyphen = |c| mend::dash(c).is_some();
    let id = id.trim_end_matches(['.', '*', '_']);
    (id.replace(hyphen, "-"), shortened)
}

/// A payload without a codec, or with a piece of it.
fn bare(text: &str) -> Option<Opened> {
    let text = text.rsplit_once('#').map_or(text, |(_, behind)| behind);
    let text = text.trim_start_matches([' ', '<', '(', '[', '"', '\'']);
    let payload = text.strip_prefix('1').unwrap_or(text).strip_prefix(':');
    let run = mend::run(payload.unwrap_or(text));
    (run.digits.len() >= LEAST_DIGITS).then(|| certain(&run.digits).ok())?
}

/// The one scenario to which the links of a text lead.
fn choose(links: Vec<Found<'_>>) -> Result<Named, LinkError> {
    let mut whole: Vec<(String, Opened)> = Vec::new();
    let mut broken: Vec<(String, LinkError)> = Vec::new();
    for Found { codec, run, .. } in links {
        if !codec.eq_ignore_ascii_case(CODEC) {
            broken.push((run.digits, LinkError::UnknownCodec(codec.to_owned())));
            continue;
        }
        match certain(&run.digits) {
            Ok(opened) => {
                let same = |(_, other): &(String, Opened)| other.fragment == opened.fragment;
                if !whole.iter().any(same) {
                    whole.push((run.digits, opened));
                }
            }
            Err(error) => broken.push((run.digits.clone(), said(error, &run))),
        }
    }
    if whole.len() > 1 {
        return Err(LinkError::Several(whole.len()));
    }
    let Some((digits, opened)) = whole.pop() else {
        broken.sort_by_key(|(digits, _)| std::cmp::Reverse(digits.len()));
        let longest = broken.into_iter().next();
        return Err(longest.map_or(LinkError::NoCodec, |(_, error)| error));
    };
    // What a program shows in the place of an address is often its beginning.
    match broken
        .into_iter()
        .find(|(begun, _)| !digits.starts_with(begun.as_str()))
    {
        Some((_, error)) => Err(error),
        None => Ok(Named::Scenario(Box::new(opened))),
    }
}

/// Opens digits whose stream ends and whose checksum fits; whatever follows them is not theirs.
fn certain(digits: &str) -> Result<Opened, LinkError> {
    let mut first = None;
    for reading in mend::readings(digits) {
        match whole(&reading) {
            Ok(opened) => return Ok(opened),
            Err(error) => first = first.or(Some(error)),
        }
    }
    Err(first.unwrap_or(LinkError::Damaged))
}

fn whole(digits: &str) -> Result<Opened, LinkError> {
    let unpacked = unpack(digits)?;
    let own = digits.get(..unpacked.digits).ok_or(LinkError::Damaged)?;
    let (_, exact) = super::digits::read(own)?;
    if !exact {
        return Err(LinkError::Damaged);
    }
    Ok(Opened {
        loaded: read(unpacked.text)?,
        fragment: format!("{CODEC}:{own}"),
        mended: true,
    })
}

/// An error of digits, with what stands behind them in the text.
fn said(error: LinkError, run: &Run) -> LinkError {
    let at = CODEC.len() + 1 + run.length;
    match (error, run.end) {
        (LinkError::File(error), _) => LinkError::File(error),
        (_, Some('…')) => LinkError::Shortened(at + 1),
        (LinkError::Cut(_), Some(c)) if run.goes_on => LinkError::Character(c, at + 1),
        (LinkError::Cut(_), _) => LinkError::Cut(at),
        (error, _) => error,
    }
}
