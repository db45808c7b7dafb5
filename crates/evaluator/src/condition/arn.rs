//! ARN patterns of conditions: six parts, each compared for itself (ARN-1 … ARN-4).

use policy::{Pattern, Piece};

use super::Compared;
use crate::glob::{Glob, Resolved, Variable, Wildcards};
use crate::shapes::Symbol;

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

    /// Whether the ARN itself comes from a variable.
    pub(crate) fn begins_with_variable(&self) -> bool {
        let Self::Variable { pattern, .. } = self else {
            return false;
        };
        matches!(pattern.pieces.first(), Some(Piece::Variable { .. }))
    }

    /// The pattern with its variables as one, for what could stand for them.
    pub(crate) fn whole(&self) -> Option<&Glob> {
        match self {
            Self::Parts(_) => None,
            Self::Variable { whole, .. } => Some(whole),
        }
    }

    /// The pattern as symbols, each variable filled in; none if one has no text, or if the result
    /// is no ARN.
    pub(crate) fn symbols<'a>(
        &'a self,
        value: &dyn Fn(&'a Variable) -> Option<String>,
    ) -> Option<Vec<Symbol>> {
        match self {
            Self::Parts(parts) => joined(parts),
            Self::Variable { pattern, whole } => {
                let texts: Option<Vec<String>> = whole.variables().iter().map(value).collect();
                joined(&parts(filled(pattern, texts?.into_iter()))?)
            }
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
                        Resolved::Text(text) => texts.push(text.to_owned()),
                        Resolved::Nothing => return Compared::No,
                        Resolved::Unknown => return Compared::Unknown,
                    }
                }
                match parts(filled(pattern, texts.into_iter())) {
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

/// The pieces of a pattern with texts in place of its variables.
fn filled(
    pattern: &Pattern,
    mut texts: impl Iterator<Item = String>,
) -> impl Iterator<Item = Piece> {
    pattern.pieces.iter().map(move |piece| match piece {
        Piece::Variable { .. } => Piece::Literal(texts.next().unwrap_or_default()),
        piece => piece.clone(),
    })
}

/// The parts with the colons between them; wildcards stop there.
fn joined(parts: &[Glob; 6]) -> Option<Vec<Symbol>> {
    let mut joined = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            joined.push(Symbol::Char(':'));
        }
        let last = at == 5;
        joined.extend(
            part.symbols(&|_| None)?
                .into_iter()
                .map(|symbol| match symbol {
                    Symbol::AnyOne { .. } => Symbol::AnyOne { colon: last },
                    Symbol::AnyRun { .. } => Symbol::AnyRun { colon: last },
                    symbol => symbol,
                }),
        );
    }
    Some(joined)
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
