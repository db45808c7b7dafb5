//! Patterns with wildcards, tried character by character (ACT-2, STR-3, RES-3, RES-4, ARN-1).

use policy::Piece;

/// One element of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glyph {
    /// This character.
    Char(char),
    /// Exactly one character.
    One,
    /// Any run of characters, also none.
    Run,
    /// As [`Glyph::One`], but no colon (RES-4).
    OneInPart,
    /// As [`Glyph::Run`], but without a colon in it (RES-4).
    RunInPart,
}

/// The characters of a text, none of them a wildcard (VAR-6).
pub(crate) fn literal(text: &str) -> Vec<Glyph> {
    text.chars().map(Glyph::Char).collect()
}

/// The glyphs of pieces that hold no variables.
pub(crate) fn glyphs(pieces: &[Piece]) -> Vec<Glyph> {
    let mut glyphs = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Literal(text) => glyphs.extend(literal(text)),
            Piece::AnyRun => glyphs.push(Glyph::Run),
            Piece::AnyOne => glyphs.push(Glyph::One),
            Piece::Variable { .. } => {}
        }
    }
    glyphs
}

/// Whether the whole text fits the whole pattern.
pub(crate) fn fits(pattern: &[Glyph], text: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some((Glyph::Char(wanted), rest)) => text.first() == Some(wanted) && fits(rest, &text[1..]),
        Some((Glyph::One, rest)) => !text.is_empty() && fits(rest, &text[1..]),
        Some((Glyph::OneInPart, rest)) => {
            text.first().is_some_and(|found| *found != ':') && fits(rest, &text[1..])
        }
        Some((Glyph::Run, rest)) => (0..=text.len()).any(|skip| fits(rest, &text[skip..])),
        Some((Glyph::RunInPart, rest)) => {
            let part = text.iter().take_while(|found| **found != ':').count();
            (0..=part).any(|skip| fits(rest, &text[skip..]))
        }
    }
}

/// Whether a text fits a pattern.
pub(crate) fn fits_text(pattern: &[Glyph], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    fits(pattern, &text)
}

/// The six parts of an ARN or of a pattern for ARNs: the sixth is all behind the fifth colon
/// (RES-1, ARN-1). None if there are fewer.
pub(crate) fn six_parts(pattern: &[Glyph]) -> Option<Vec<Vec<Glyph>>> {
    let mut parts = vec![Vec::new()];
    for glyph in pattern {
        if *glyph == Glyph::Char(':') && parts.len() < 6 {
            parts.push(Vec::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(*glyph);
        }
    }
    (parts.len() == 6).then_some(parts)
}

/// A pattern for resources: a wildcard in the first five parts stops at a colon, unless it is a
/// `*` that ends its part (RES-3, RES-4).
pub(crate) fn for_resources(pattern: &[Glyph]) -> Vec<Glyph> {
    let mut colons = 0;
    let mut result = Vec::new();
    for (at, glyph) in pattern.iter().enumerate() {
        let ends_part = matches!(pattern.get(at + 1), None | Some(Glyph::Char(':')));
        result.push(match glyph {
            Glyph::Char(':') => {
                colons += 1;
                Glyph::Char(':')
            }
            Glyph::Run if colons < 5 && !ends_part => Glyph::RunInPart,
            Glyph::One if colons < 5 => Glyph::OneInPart,
            other => *other,
        });
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use policy::{Pattern, Version};

    fn pattern(text: &str) -> Vec<Glyph> {
        glyphs(&Pattern::parse(text, Version::V2012).pieces)
    }

    #[test]
    fn a_star_that_ends_a_part_runs_past_the_colon() {
        let hits = |wanted, text| fits_text(&for_resources(&pattern(wanted)), text);
        let text = "arn:aws:svc:us-east-2:999999999999:store/abc:111122223333:finance/x";
        assert!(hits("arn:aws:svc:*:111122223333:finance/*", text));
        assert!(!hits("arn:aws:svc:us*2:111122223333:finance/*", text));
        assert!(hits(
            "arn:aws:s3:::bucket/*/test/*",
            "arn:aws:s3:::bucket/1///test///x"
        ));
        assert!(!hits("arn:aws:s3?::bucket", "arn:aws:s3:::bucket"));
    }
}
