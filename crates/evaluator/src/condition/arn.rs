//! ARN patterns of conditions: six parts, each compared for itself (ARN-1 … ARN-4).

use policy::{Pattern, Piece};

use super::Compared;
use crate::glob::{Glob, Resolved, Variable, Wildcards};

/// An ARN pattern of a condition.
#[derive(Clone, Debug)]
pub(crate) enum ArnPattern {
    /// Cut into its parts once.
    Parts(Box<[Glob; 6]>),
    /// With variables, which may hold colons: cut when they are known.
    Variable {
        /// The pattern as typed.
        pattern: Pattern,
        /// The same as one, for its variables.
        whole: Glob,
    },
}

impl ArnPattern {
    /// None if the pattern is no ARN (ARN-3).
    pub(crate) fn new(pattern: &Pattern) -> Option<Self> {
        if pattern.has_variables() {
            return Some(Self::Variable {
                whole: Glob::new(pattern, Wildcards::Free),
                pattern: pattern.clone(),
            });
        }
        parts(pattern.pieces.iter().cloned()).map(|parts| Self::Parts(Box::new(parts)))
    }

    pub(crate) fn variables(&self) -> &[Variable] {
        match self {
            Self::Parts(_) => &[],
            Self::Variable { whole, .. } => whole.variables(),
        }
    }

    /// The pattern as one text with wildcards, for finding a value that it matches.
    pub(crate) fn samples(&self) -> Option<String> {
        match self {
            Self::Parts(parts) => {
                let parts: Option<Vec<_>> = parts
                    .iter()
                    .map(|part| part.sample(|_| Resolved::Nothing))
                    .collect();
                Some(parts?.join(":"))
            }
            Self::Variable { .. } => None,
        }
    }

    pub(super) fn compare<'a>(
        &'a self,
        value: &str,
        resolve: impl Fn(&'a Variable) -> Resolved<'a>,
    ) -> Compared {
        match self {
            Self::Parts(parts) => compare_parts(parts, value),
            Self::Variable { pattern, whole } => {
                let mut texts = Vec::new();
                for variable in whole.variables() {
                    match resolve(variable) {
                        Resolved::Text(text) => texts.push(text),
                        Resolved::Nothing => return Compared::No,
                        Resolved::Unknown => return Compared::Unknown,
                    }
                }
                let mut texts = texts.into_iter();
                let pieces = pattern.pieces.iter().map(|piece| match piece {
                    Piece::Variable { .. } => {
                        Piece::Literal(texts.next().unwrap_or_default().to_owned())
                    }
                    piece => piece.clone(),
                });
                match parts(pieces) {
                    Some(parts) => compare_parts(&parts, value),
                    None => Compared::Misfit,
                }
            }
        }
    }
}

fn compare_parts(parts: &[Glob; 6], value: &str) -> Compared {
    let mut values = value.splitn(6, ':');
    let mut all = true;
    for (at, part) in parts.iter().enumerate() {
        match values.next() {
            Some("arn") if at == 0 => {}
            Some(value) if at > 0 => all &= part.matches_plain(value),
            _ => return Compared::Misfit,
        }
    }
    all.into()
}

/// Cuts at the first five colons.
fn parts(pieces: impl Iterator<Item = Piece>) -> Option<[Glob; 6]> {
    let mut parts: Vec<Vec<Piece>> = vec![Vec::new()];
    for piece in pieces {
        let Piece::Literal(text) = piece else {
            parts.last_mut()?.push(piece);
            continue;
        };
        let room = 6 - parts.len();
        for (at, text) in text.splitn(room + 1, ':').enumerate() {
            if at > 0 {
                parts.push(Vec::new());
            }
            if !text.is_empty() {
                parts.last_mut()?.push(Piece::Literal(text.to_owned()));
            }
        }
    }
    if parts.first()?.as_slice() != [Piece::Literal("arn".to_owned())] {
        return None;
    }
    let globs: Vec<_> = parts
        .into_iter()
        .map(|pieces| {
            let pattern = Pattern {
                text: String::new(),
                pieces,
            };
            Glob::new(&pattern, Wildcards::Free)
        })
        .collect();
    globs.try_into().ok()
}
