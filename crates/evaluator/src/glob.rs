//! Runnable patterns: linear in the text for the patterns that people write, never a regular
//! expression, no allocation (docs/semantics.md: ACT-2, RES-3, RES-4, STR-3, VAR-1 … VAR-8).

use policy::{Pattern, Piece};

use crate::shapes::Symbol;

/// A piece of a runnable pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Literal(Box<str>),
    /// `?`; the flag says whether it may stand for a colon.
    AnyOne {
        colon: bool,
    },
    /// `*`; the flag says whether it may run over colons.
    AnyRun {
        colon: bool,
    },
    Variable(usize),
}

/// A policy variable of a pattern (VAR-1, VAR-3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Variable {
    /// Context key, lower case.
    pub(crate) key: Box<str>,
    /// Text used when the key is absent.
    pub(crate) default: Option<Box<str>>,
}

/// What a variable stands for in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Resolved<'a> {
    /// Its text; wildcard characters in it are literal (VAR-6).
    Text(&'a str),
    /// Absent without a default, or with several values: matches nothing (VAR-5).
    Nothing,
    /// Unknown.
    Unknown,
}

/// The result of matching a pattern that may hold variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Matched {
    /// It matches.
    Yes,
    /// It does not.
    No,
    /// A variable of it is unknown, and it would match for some value.
    Unknown,
}

/// A pattern that is ready to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Glob {
    steps: Box<[Step]>,
    variables: Box<[Variable]>,
    /// Whether some wildcard must stop at colons.
    bounded: bool,
}

/// How the wildcard characters of a pattern are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wildcards {
    /// `*` and `?` stand for themselves (STR-1).
    Literal,
    /// They run over everything (STR-3).
    Free,
    /// They stop at colons, except a `*` that ends the part (RES-4).
    ArnPart,
}

impl Glob {
    /// Makes a pattern runnable.
    pub(crate) fn new(pattern: &Pattern, wildcards: Wildcards) -> Self {
        let mut builder = Builder::default();
        builder.pattern(pattern, wildcards);
        builder.finish()
    }

    /// Joins the parts of an ARN pattern into one (RES-4): colons between them, and a `*` at the
    /// end of a part may run past the colon behind it.
    pub(crate) fn arn(head: &[Pattern], resource: Option<&Pattern>) -> Self {
        let mut builder = Builder::default();
        builder.literal("arn");
        for index in 0..4 {
            builder.literal(":");
            match head.get(index) {
                Some(part) => builder.pattern(part, Wildcards::ArnPart),
                None => builder.run(true),
            }
        }
        builder.literal(":");
        match resource {
            Some(part) => builder.pattern(part, Wildcards::Free),
            None => builder.run(true),
        }
        builder.finish()
    }

    /// The variables that the pattern reads.
    pub(crate) fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// Whether the pattern is `*`.
    pub(crate) fn is_everything(&self) -> bool {
        matches!(&*self.steps, [Step::AnyRun { colon: true }])
    }

    /// The text, if the pattern is one literal.
    pub(crate) fn as_literal(&self) -> Option<&str> {
        match &*self.steps {
            [] => Some(""),
            [Step::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// Matches the whole of `text`; `resolve` gives the text of each variable.
    pub(crate) fn matches<'a>(
        &'a self,
        text: &str,
        resolve: impl Fn(&'a Variable) -> Resolved<'a>,
    ) -> Matched {
        if self.variables.is_empty() {
            return if self.run(text, &|_| "") {
                Matched::Yes
            } else {
                Matched::No
            };
        }
        let mut unknown = false;
        for variable in &self.variables {
            match resolve(variable) {
                Resolved::Text(_) => {}
                Resolved::Nothing => return Matched::No,
                Resolved::Unknown => unknown = true,
            }
        }
        if unknown {
            // An unknown value may be anything: if the pattern fails with `*` in its place, it fails.
            let mut relaxed = self.clone();
            for step in &mut relaxed.steps {
                if let Step::Variable(at) = step
                    && let Some(variable) = self.variables.get(*at)
                {
                    *step = match resolve(variable) {
                        Resolved::Text(text) => Step::Literal(text.into()),
                        _ => Step::AnyRun { colon: true },
                    };
                }
            }
            return if relaxed.run(text, &|_| "") {
                Matched::Unknown
            } else {
                Matched::No
            };
        }
        let text_of = |at: usize| match self.variables.get(at).map(&resolve) {
            Some(Resolved::Text(text)) => text,
            _ => "",
        };
        if self.run(text, &text_of) {
            Matched::Yes
        } else {
            Matched::No
        }
    }

    /// Matches a pattern without variables.
    pub(crate) fn matches_plain(&self, text: &str) -> bool {
        self.run(text, &|_| "")
    }

    /// A text that the pattern matches, where each variable is resolved; wildcards stand for as
    /// little as they can.
    pub(crate) fn sample<'a>(
        &'a self,
        resolve: impl Fn(&'a Variable) -> Resolved<'a>,
    ) -> Option<String> {
        let mut text = String::new();
        for step in &self.steps {
            match step {
                Step::Literal(literal) => text.push_str(literal),
                Step::AnyOne { .. } => text.push('x'),
                Step::AnyRun { .. } => {}
                Step::Variable(at) => match resolve(self.variables.get(*at)?) {
                    Resolved::Text(value) => text.push_str(value),
                    _ => return None,
                },
            }
        }
        Some(text)
    }

    /// The pattern as symbols, each variable filled in; none if one has no text.
    pub(crate) fn symbols<'a>(
        &'a self,
        value: &dyn Fn(&'a Variable) -> Option<String>,
    ) -> Option<Vec<Symbol>> {
        let mut symbols = Vec::new();
        for step in &self.steps {
            match step {
                Step::Literal(literal) => symbols.extend(literal.chars().map(Symbol::Char)),
                Step::AnyOne { colon } => symbols.push(Symbol::AnyOne { colon: *colon }),
                Step::AnyRun { colon } => symbols.push(Symbol::AnyRun { colon: *colon }),
                Step::Variable(at) => {
                    let text = value(self.variables.get(*at)?)?;
                    symbols.extend(text.chars().map(Symbol::Char));
                }
            }
        }
        Some(symbols)
    }

    /// Texts that could stand for the variable `key` so that the pattern fits `text`: the pieces of
    /// `text` between what stands before and behind the variable in the pattern.
    pub(crate) fn captures(&self, key: &str, text: &str) -> Vec<String> {
        const MOST: usize = 16;
        let mut captures = Vec::new();
        for (at, step) in self.steps.iter().enumerate() {
            let Step::Variable(index) = step else {
                continue;
            };
            if self
                .variables
                .get(*index)
                .is_none_or(|name| *name.key != *key)
            {
                continue;
            }
            let literal = |step: Option<&Step>| match step {
                Some(Step::Literal(text)) => Some(text.to_string()),
                _ => None,
            };
            let before = at.checked_sub(1).and_then(|at| literal(self.steps.get(at)));
            let behind = literal(self.steps.get(at + 1));
            let starts: Vec<usize> = match &before {
                Some(before) => text
                    .match_indices(before.as_str())
                    .map(|(found, _)| found + before.len())
                    .collect(),
                None => std::iter::once(0)
                    .chain(text.match_indices([':', '/']).map(|(found, _)| found + 1))
                    .collect(),
            };
            for start in starts {
                let Some(rest) = text.get(start..) else {
                    continue;
                };
                let ends: Vec<usize> = match &behind {
                    Some(behind) => rest
                        .match_indices(behind.as_str())
                        .map(|(found, _)| found)
                        .collect(),
                    None => rest
                        .match_indices([':', '/'])
                        .map(|(found, _)| found)
                        .chain([rest.len()])
                        .collect(),
                };
                for end in ends {
                    if let Some(capture) = rest.get(..end)
                        && captures.len() < MOST
                    {
                        captures.push(capture.to_owned());
                    }
                }
            }
        }
        captures
    }

    fn run<'a>(&'a self, text: &str, value: &dyn Fn(usize) -> &'a str) -> bool {
        if self.bounded {
            return run_bounded(&self.steps, text, value);
        }
        run_free(&self.steps, text, value)
    }
}

#[derive(Default)]
struct Builder {
    steps: Vec<Step>,
    variables: Vec<Variable>,
    pending: String,
}

impl Builder {
    fn literal(&mut self, text: &str) {
        self.pending.push_str(text);
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let literal = std::mem::take(&mut self.pending);
            self.steps.push(Step::Literal(literal.into()));
        }
    }

    fn run(&mut self, colon: bool) {
        self.flush();
        match self.steps.last_mut() {
            Some(Step::AnyRun { colon: last }) => *last |= colon,
            _ => self.steps.push(Step::AnyRun { colon }),
        }
    }

    fn pattern(&mut self, pattern: &Pattern, wildcards: Wildcards) {
        let last = pattern.pieces.len().saturating_sub(1);
        for (index, piece) in pattern.pieces.iter().enumerate() {
            match (piece, wildcards) {
                (Piece::Literal(text), _) => self.literal(text),
                (Piece::AnyRun, Wildcards::Literal) => self.literal("*"),
                (Piece::AnyOne, Wildcards::Literal) => self.literal("?"),
                (Piece::AnyRun, _) => {
                    self.run(wildcards == Wildcards::Free || index == last);
                }
                (Piece::AnyOne, _) => {
                    self.flush();
                    self.steps.push(Step::AnyOne {
                        colon: wildcards == Wildcards::Free,
                    });
                }
                (Piece::Variable { key, default }, _) => {
                    self.flush();
                    self.steps.push(Step::Variable(self.variables.len()));
                    self.variables.push(Variable {
                        key: key.to_ascii_lowercase().into(),
                        default: default.as_deref().map(Into::into),
                    });
                }
            }
        }
    }

    fn finish(mut self) -> Glob {
        self.flush();
        let bounded = self.steps.iter().any(|step| {
            matches!(
                step,
                Step::AnyOne { colon: false } | Step::AnyRun { colon: false }
            )
        });
        Glob {
            steps: self.steps.into(),
            variables: self.variables.into(),
            bounded,
        }
    }
}

/// Greedy matching: each run of steps between two `*` is taken at its first place, the last one at
/// the end. That is exact, because a `*` may stand for anything.
fn run_free<'a>(steps: &'a [Step], text: &str, value: &dyn Fn(usize) -> &'a str) -> bool {
    let mut parts = steps.split(|step| matches!(step, Step::AnyRun { .. }));
    let Some(first) = parts.next() else {
        return text.is_empty();
    };
    let Some(mut rest) = prefix(first, text, value) else {
        return false;
    };
    let Some(mut part) = parts.next() else {
        return rest.is_empty();
    };
    for next in parts {
        // `part` is not the last one: find its first place.
        loop {
            if let Some(behind) = prefix(part, rest, value) {
                rest = behind;
                break;
            }
            let mut chars = rest.chars();
            if chars.next().is_none() {
                return false;
            }
            rest = chars.as_str();
        }
        part = next;
    }
    suffix(part, rest, value)
}

fn prefix<'t, 'a>(
    steps: &'a [Step],
    text: &'t str,
    value: &dyn Fn(usize) -> &'a str,
) -> Option<&'t str> {
    let mut rest = text;
    for step in steps {
        rest = match step {
            Step::Literal(literal) => rest.strip_prefix(&**literal)?,
            Step::Variable(at) => rest.strip_prefix(value(*at))?,
            Step::AnyOne { .. } => {
                let mut chars = rest.chars();
                chars.next()?;
                chars.as_str()
            }
            Step::AnyRun { .. } => return None,
        };
    }
    Some(rest)
}

fn suffix<'a>(steps: &'a [Step], text: &str, value: &dyn Fn(usize) -> &'a str) -> bool {
    let mut rest = text;
    for step in steps.iter().rev() {
        let shorter = match step {
            Step::Literal(literal) => rest.strip_suffix(&**literal),
            Step::Variable(at) => rest.strip_suffix(value(*at)),
            Step::AnyOne { .. } => {
                let mut chars = rest.chars();
                chars.next_back().map(|_| chars.as_str())
            }
            Step::AnyRun { .. } => None,
        };
        match shorter {
            Some(shorter) => rest = shorter,
            None => return false,
        }
    }
    true
}

/// Matching where some wildcards stop at colons: all places that can be reached, step by step.
fn run_bounded<'a>(steps: &'a [Step], text: &str, value: &dyn Fn(usize) -> &'a str) -> bool {
    let mut reached = vec![false; text.len() + 1];
    let mut next = vec![false; text.len() + 1];
    if let Some(start) = reached.first_mut() {
        *start = true;
    }
    for step in steps {
        next.fill(false);
        let mut running = false;
        let ends = text
            .char_indices()
            .map(|(at, c)| (at, Some(c)))
            .chain([(text.len(), None)]);
        for (at, c) in ends {
            let here = reached.get(at) == Some(&true);
            match step {
                Step::Literal(literal) => {
                    if here && starts_at(text, at, literal) {
                        set(&mut next, at + literal.len());
                    }
                }
                Step::Variable(index) => {
                    let literal = value(*index);
                    if here && starts_at(text, at, literal) {
                        set(&mut next, at + literal.len());
                    }
                }
                Step::AnyOne { colon } => {
                    if let Some(c) = c
                        && here
                        && (*colon || c != ':')
                    {
                        set(&mut next, at + c.len_utf8());
                    }
                }
                Step::AnyRun { colon } => {
                    running |= here;
                    if running {
                        set(&mut next, at);
                    }
                    if c == Some(':') && !*colon {
                        running = false;
                    }
                }
            }
        }
        std::mem::swap(&mut reached, &mut next);
    }
    reached.last() == Some(&true)
}

fn starts_at(text: &str, at: usize, literal: &str) -> bool {
    text.get(at..).is_some_and(|rest| rest.starts_with(literal))
}

fn set(places: &mut [bool], at: usize) {
    if let Some(place) = places.get_mut(at) {
        *place = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Pattern {
        let mut pieces = Vec::new();
        for c in text.chars() {
            match c {
                '*' => pieces.push(Piece::AnyRun),
                '?' => pieces.push(Piece::AnyOne),
                c => match pieces.last_mut() {
                    Some(Piece::Literal(literal)) => literal.push(c),
                    _ => pieces.push(Piece::Literal(c.to_string())),
                },
            }
        }
        Pattern {
            text: text.to_owned(),
            pieces,
        }
    }

    #[track_caller]
    fn check(glob: &str, yes: &[&str], no: &[&str]) {
        let free = Glob::new(&pattern(glob), Wildcards::Free);
        for text in yes {
            assert!(free.matches_plain(text), "{glob} should match {text}");
            assert!(run_bounded(&free.steps, text, &|_| ""), "{glob} ~ {text}");
        }
        for text in no {
            assert!(!free.matches_plain(text), "{glob} should not match {text}");
            assert!(!run_bounded(&free.steps, text, &|_| ""), "{glob} ~ {text}");
        }
    }

    #[test]
    fn wildcards_run_over_everything() {
        check("*", &["", "a", "a:b/c"], &[]);
        check("a*b", &["ab", "axb", "abb", "aπb"], &["a", "b", "abc"]);
        check(
            "*instances",
            &["runinstances", "instances"],
            &["runinstance"],
        );
        check("a*b*c", &["abc", "aXbYc", "abbcc"], &["acb", "ab"]);
        check("a?c", &["abc", "aπc"], &["ac", "abbc"]);
        check("*a?", &["xab", "aab"], &["a", "xa"]);
        check("a.c+(", &["a.c+("], &["abc+("]);
        check("*ab", &["aab", "abab"], &["aba"]);
        check("a*a", &["aa", "aba"], &["a"]);
    }

    fn arn(text: &str) -> Glob {
        let mut parts = text.splitn(6, ':').skip(1).map(pattern);
        let head: Vec<_> = parts.by_ref().take(4).collect();
        Glob::arn(&head, parts.next().as_ref())
    }

    #[test]
    fn a_star_that_ends_a_part_runs_past_colons_and_others_do_not() {
        // RES-4: AWS's own example of the exception.
        let far = "arn:aws:svc:us-east-2:999999999999:store/abc:111122223333:finance/x";
        assert!(arn("arn:aws:svc:*:111122223333:finance/*").matches_plain(far));
        assert!(!arn("arn:aws:svc:us*2:111122223333:finance/*").matches_plain(far));
        assert!(arn("arn:aws:svc:us*2:9*:store/*").matches_plain(far));
        assert!(!arn("arn:aws:svc:u?-east-2:1*:*").matches_plain("arn:aws:svc:u:-east-2:1:x"));
        // RES-7: missing parts are filled.
        assert!(arn("arn:aws:sqs").matches_plain("arn:aws:sqs:eu-west-1:111122223333:q"));
        assert!(arn("arn:aws:iam::*").matches_plain("arn:aws:iam::111122223333:user/a"));
        // RES-3
        assert!(
            arn("arn:aws:s3:::bucket/*/test/*").matches_plain("arn:aws:s3:::bucket/1///test///x")
        );
    }

    #[test]
    fn variables_are_literal_text_and_unknown_ones_may_be_anything() {
        let mut with = pattern("b/");
        with.pieces.push(Piece::Variable {
            key: "aws:username".to_owned(),
            default: None,
        });
        with.pieces.push(Piece::Literal("/*".to_owned()));
        let glob = Glob::new(&with, Wildcards::Literal);
        let run = |text: &str, resolved: Resolved<'static>| glob.matches(text, |_| resolved);
        assert_eq!(run("b/ann/*", Resolved::Text("ann")), Matched::Yes);
        assert_eq!(run("b/ann/x", Resolved::Text("*")), Matched::No);
        assert_eq!(run("b/ann/*", Resolved::Nothing), Matched::No);
        assert_eq!(run("b/ann/*", Resolved::Unknown), Matched::Unknown);
        assert_eq!(run("c/ann/*", Resolved::Unknown), Matched::No);
    }
}
