//! Texts with wildcards and policy variables, as written in a policy (VAR-1 … VAR-8).

use std::fmt;

use crate::document::Version;

/// A value of a policy, cut into what is literal and what is not.
///
/// Which of the pieces act as wildcards depends on where the value stands: `StringEquals` takes
/// `*` literally (STR-1), so the text as typed is kept beside the pieces.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// The text as typed, after JSON unescaping.
    pub text: String,
    /// The pieces, in order; adjoining literals are joined.
    pub pieces: Vec<Piece>,
}

/// A piece of a [`Pattern`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Text that stands for itself. `${*}`, `${?}` and `${$}` arrive here (VAR-4).
    Literal(String),
    /// `*`: any run of characters, also none.
    AnyRun,
    /// `?`: exactly one character.
    AnyOne,
    /// `${key}` or `${key, 'default'}` (VAR-1, VAR-3); only in version 2012-10-17.
    Variable {
        /// The context key, in lower case.
        key: String,
        /// The text used when the key is absent.
        default: Option<String>,
    },
}

/// What is wrong with a `${…}` in a value; the text is then literal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum VariableProblem {
    /// `${` without `}`.
    Unclosed,
    /// `${}`, or something that is neither a key nor a key with a default.
    Malformed(String),
}

impl Pattern {
    /// Reads a value: `*` and `?` become wildcards, and in version 2012-10-17 `${…}` become
    /// variables and escapes. A `${…}` that cannot be read is literal text.
    #[must_use]
    pub fn parse(text: &str, version: Version) -> Self {
        Self::parse_reporting(text, version).0
    }

    /// A text that stands for itself, whatever characters it has.
    #[must_use]
    pub fn literal(text: &str) -> Self {
        let pieces = match text {
            "" => Vec::new(),
            _ => vec![Piece::Literal(text.to_owned())],
        };
        Self {
            text: text.to_owned(),
            pieces,
        }
    }

    /// Whether a wildcard is in it.
    #[must_use]
    pub fn has_wildcards(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| matches!(piece, Piece::AnyRun | Piece::AnyOne))
    }

    /// Whether a variable is in it.
    #[must_use]
    pub fn has_variables(&self) -> bool {
        self.variables().next().is_some()
    }

    /// The context keys of the variables, in lower case.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Variable { key, .. } => Some(key.as_str()),
            _ => None,
        })
    }

    /// As [`Pattern::parse`], with what is wrong.
    pub(crate) fn parse_reporting(text: &str, version: Version) -> (Self, Vec<VariableProblem>) {
        let mut cutter = Cutter::default();
        let mut rest = text;
        let mut unclosed = false;
        while let Some(c) = rest.chars().next() {
            let behind = rest.get(c.len_utf8()..).unwrap_or_default();
            let inner = behind
                .strip_prefix('{')
                .filter(|_| c == '$' && version == Version::V2012 && !unclosed);
            if let Some(inner) = inner {
                if let Some((variable, after)) = variable_end(inner) {
                    cutter.variable(variable);
                    rest = after;
                    continue;
                }
                unclosed = true;
                cutter.problems.push(VariableProblem::Unclosed);
            }
            match c {
                '*' => cutter.push(Piece::AnyRun),
                '?' => cutter.push(Piece::AnyOne),
                c => cutter.literal.push(c),
            }
            rest = behind;
        }
        cutter.flush();
        let pattern = Self {
            text: text.to_owned(),
            pieces: cutter.pieces,
        };
        (pattern, cutter.problems)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Splits the text behind `${` into what is inside and what follows `}`. A default in single
/// quotes may hold a brace.
fn variable_end(inner: &str) -> Option<(&str, &str)> {
    let brace = inner.find('}')?;
    let end = match inner.get(..brace)?.find('\'') {
        Some(quote) => {
            let text = inner.get(quote + 1..)?;
            let close = text.find('\'').map(|at| quote + 1 + at);
            let after = close.and_then(|at| Some(at + inner.get(at..)?.find('}')?));
            after.unwrap_or(brace)
        }
        None => brace,
    };
    Some((inner.get(..end)?, inner.get(end + 1..)?))
}

#[derive(Default)]
struct Cutter {
    pieces: Vec<Piece>,
    literal: String,
    problems: Vec<VariableProblem>,
}

impl Cutter {
    fn flush(&mut self) {
        if !self.literal.is_empty() {
            self.pieces
                .push(Piece::Literal(std::mem::take(&mut self.literal)));
        }
    }

    fn push(&mut self, piece: Piece) {
        self.flush();
        self.pieces.push(piece);
    }

    fn variable(&mut self, inside: &str) {
        if matches!(inside, "*" | "?" | "$") {
            self.literal.push_str(inside);
            return;
        }
        match read_variable(inside) {
            Some(variable) => self.push(variable),
            None => {
                let typed = format!("${{{inside}}}");
                self.literal.push_str(&typed);
                self.problems.push(VariableProblem::Malformed(typed));
            }
        }
    }
}

/// Reads `key` or `key, 'default'`.
fn read_variable(inside: &str) -> Option<Piece> {
    let (key, default) = match inside.split_once(',') {
        None => (inside, None),
        Some((key, default)) => {
            let default = default.trim().strip_prefix('\'')?.strip_suffix('\'')?;
            (key, Some(default.to_owned()))
        }
    };
    let key = key.trim();
    let readable = !key.is_empty() && !key.contains(['$', '{', '*', '?', '\'', '"']);
    readable.then(|| Piece::Variable {
        key: key.to_lowercase(),
        default,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<Piece> {
        Pattern::parse(text, Version::V2012).pieces
    }

    fn literal(text: &str) -> Piece {
        Piece::Literal(text.to_owned())
    }

    fn variable(key: &str, default: Option<&str>) -> Piece {
        Piece::Variable {
            key: key.to_owned(),
            default: default.map(str::to_owned),
        }
    }

    #[test]
    fn wildcards_and_literals_alternate() {
        assert_eq!(cut(""), []);
        assert_eq!(
            cut("a*b?c"),
            [
                literal("a"),
                Piece::AnyRun,
                literal("b"),
                Piece::AnyOne,
                literal("c")
            ]
        );
        assert_eq!(cut("**"), [Piece::AnyRun, Piece::AnyRun]);
    }

    #[test]
    fn variables_have_lower_case_keys_and_defaults() {
        assert_eq!(
            cut("b/${aws:PrincipalTag/Team}/*"),
            [
                literal("b/"),
                variable("aws:principaltag/team", None),
                literal("/"),
                Piece::AnyRun
            ]
        );
        assert_eq!(
            cut("${aws:username, 'any } one'}"),
            [variable("aws:username", Some("any } one"))]
        );
        assert_eq!(
            cut("${aws:username, ''}"),
            [variable("aws:username", Some(""))]
        );
        assert_eq!(
            cut("${aws:PrincipalTag/my key}"),
            [variable("aws:principaltag/my key", None)]
        );
    }

    #[test]
    fn escapes_join_the_literals_around_them() {
        assert_eq!(cut("a${*}b${?}${$}{x}"), [literal("a*b?${x}")]);
    }

    #[test]
    fn unreadable_variables_are_literal_and_reported() {
        let (pattern, problems) = Pattern::parse_reporting("a${}b${aws:x", Version::V2012);
        assert_eq!(pattern.pieces, [literal("a${}b${aws:x")]);
        assert_eq!(
            problems,
            [
                VariableProblem::Malformed("${}".to_owned()),
                VariableProblem::Unclosed
            ]
        );
    }

    #[test]
    fn version_2008_has_no_variables() {
        let pattern = Pattern::parse("${aws:username}${*}", Version::V2008);
        assert_eq!(
            pattern.pieces,
            [literal("${aws:username}${"), Piece::AnyRun, literal("}")]
        );
    }

    #[test]
    fn many_unclosed_variables_take_linear_time() {
        let text = "${".repeat(200_000);
        assert_eq!(cut(&text), [literal(&text)]);
        let text = "${a'}".repeat(50_001);
        assert!(!cut(&text).is_empty());
    }
}
