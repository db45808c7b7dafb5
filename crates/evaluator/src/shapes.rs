//! Which patterns can one and the same text fit, and what is a shortest text for each combination?
//!
//! All patterns are followed at once, character by character, so that no combination is missed:
//! a text that fits `a*` and is not `a` is found, and one that fits `a*` and `*b`.

use std::collections::{BTreeSet, HashSet};

/// A piece of a pattern, variables filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Symbol {
    /// This character.
    Char(char),
    /// Any one character; the flag says whether it may be a colon.
    AnyOne {
        /// Whether it may be a colon.
        colon: bool,
    },
    /// Any run of characters.
    AnyRun {
        /// Whether it may run over colons.
        colon: bool,
    },
}

/// A pattern as symbols.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Shape {
    pub(crate) symbols: Vec<Symbol>,
    pub(crate) ignores_case: bool,
}

impl Shape {
    /// The text, if it is one.
    pub(crate) fn as_text(&self) -> Option<String> {
        let characters = self.symbols.iter().map(|symbol| match symbol {
            Symbol::Char(c) => Some(*c),
            Symbol::AnyOne { .. } | Symbol::AnyRun { .. } => None,
        });
        characters.collect()
    }

    /// A shortest text that fits.
    pub(crate) fn shortest(&self) -> String {
        let characters = self.symbols.iter().filter_map(|symbol| match symbol {
            Symbol::Char(c) => Some(*c),
            Symbol::AnyOne { .. } => Some('x'),
            Symbol::AnyRun { .. } => None,
        });
        characters.collect()
    }

    /// What every ARN fits.
    pub(crate) fn any_arn() -> Self {
        let mut symbols: Vec<Symbol> = "arn".chars().map(Symbol::Char).collect();
        for part in 1..6 {
            symbols.push(Symbol::Char(':'));
            symbols.push(Symbol::AnyRun { colon: part == 5 });
        }
        Self {
            symbols,
            ignores_case: false,
        }
    }

    /// Whether it stands for more than one text.
    pub(crate) fn is_open(&self) -> bool {
        self.ignores_case
            || self
                .symbols
                .iter()
                .any(|symbol| !matches!(symbol, Symbol::Char(_)))
    }
}

/// The texts that were found.
#[derive(Debug)]
pub(crate) struct Found {
    /// The empty text, and a shortest other one for each combination of shapes that it can fit.
    pub(crate) texts: Vec<String>,
    /// Whether all combinations were found.
    pub(crate) complete: bool,
}

/// More work than this is not done for one key.
const MOST_WORK: usize = 1_000_000;
/// More combinations than this are not collected.
const MOST_TEXTS: usize = 256;

/// Several shapes side by side.
pub(crate) struct Shapes<'a> {
    shapes: &'a [Shape],
    /// Position of the first symbol of each shape; each has one more place, for its end.
    starts: Vec<usize>,
    symbols: Vec<Option<(Symbol, bool)>>,
}

type State = Vec<usize>;

impl<'a> Shapes<'a> {
    pub(crate) fn new(shapes: &'a [Shape]) -> Self {
        let mut starts = Vec::with_capacity(shapes.len());
        let mut symbols = Vec::new();
        for shape in shapes {
            starts.push(symbols.len());
            let own = shape.symbols.iter();
            symbols.extend(own.map(|symbol| Some((*symbol, shape.ignores_case))));
            symbols.push(None);
        }
        Self {
            shapes,
            starts,
            symbols,
        }
    }

    /// The empty text, and a shortest other one for each combination.
    pub(crate) fn texts(&self) -> Found {
        let other = self.unused();
        let mut nodes: Vec<(State, usize, char)> = vec![(self.start(), 0, other)];
        let mut seen: HashSet<State> = HashSet::from([self.start()]);
        let mut combinations: BTreeSet<(bool, Vec<usize>)> = BTreeSet::new();
        let mut found = Found {
            texts: Vec::new(),
            complete: true,
        };
        let mut work = 0;
        let mut at = 0;
        while let Some((state, _, _)) = nodes.get(at) {
            let state = state.clone();
            // The empty text is one of its own: many keys cannot be empty.
            if combinations.insert((at == 0, self.ended(&state))) {
                found.texts.push(spell(&nodes, at));
            }
            let next = self.next(&state, other);
            work += (state.len() + 1) * next.len();
            if work > MOST_WORK || found.texts.len() > MOST_TEXTS {
                found.complete = false;
                break;
            }
            for c in next {
                let state = self.step(&state, c);
                if seen.insert(state.clone()) {
                    nodes.push((state, at, c));
                }
            }
            at += 1;
        }
        found
    }

    fn start(&self) -> State {
        let mut state = State::new();
        for start in &self.starts {
            self.enter(&mut state, *start);
        }
        state.sort_unstable();
        state.dedup();
        state
    }

    /// A place, and the one behind it where nothing needs to be read.
    fn enter(&self, state: &mut State, place: usize) {
        let mut place = place;
        state.push(place);
        while let Some(Some((Symbol::AnyRun { .. }, _))) = self.symbols.get(place) {
            place += 1;
            state.push(place);
        }
    }

    fn step(&self, state: &State, c: char) -> State {
        let mut next = State::new();
        for place in state {
            let Some(Some((symbol, ignores_case))) = self.symbols.get(*place) else {
                continue;
            };
            match symbol {
                Symbol::Char(wanted) => {
                    if *wanted == c || *ignores_case && wanted.to_lowercase().eq(c.to_lowercase()) {
                        self.enter(&mut next, place + 1);
                    }
                }
                Symbol::AnyOne { colon } => {
                    if *colon || c != ':' {
                        self.enter(&mut next, place + 1);
                    }
                }
                Symbol::AnyRun { colon } => {
                    if *colon || c != ':' {
                        self.enter(&mut next, *place);
                    }
                }
            }
        }
        next.sort_unstable();
        next.dedup();
        next
    }

    /// The characters that lead to different places; all others are like `other`.
    fn next(&self, state: &State, other: char) -> Vec<char> {
        let mut next = Vec::new();
        for place in state {
            let Some(Some((symbol, ignores_case))) = self.symbols.get(*place) else {
                continue;
            };
            match symbol {
                Symbol::Char(c) => {
                    next.push(*c);
                    if *ignores_case {
                        next.extend(c.to_lowercase().take(1));
                        next.extend(c.to_uppercase().take(1));
                    }
                }
                Symbol::AnyOne { colon: false } | Symbol::AnyRun { colon: false } => next.push(':'),
                Symbol::AnyOne { .. } | Symbol::AnyRun { .. } => {}
            }
        }
        next.push(other);
        next.sort_unstable();
        next.dedup();
        next
    }

    fn ended(&self, state: &State) -> Vec<usize> {
        let ends = state
            .iter()
            .filter(|place| matches!(self.symbols.get(**place), Some(None)));
        ends.map(|place| self.starts.partition_point(|start| start <= place))
            .collect()
    }

    /// A character that no shape names.
    fn unused(&self) -> char {
        let named: HashSet<char> = self
            .shapes
            .iter()
            .flat_map(|shape| &shape.symbols)
            .filter_map(|symbol| match symbol {
                Symbol::Char(c) => Some(*c),
                _ => None,
            })
            .flat_map(|c| c.to_lowercase().chain(c.to_uppercase()).chain([c]))
            .collect();
        "xyzqwvkj0123456789"
            .chars()
            .chain('\u{F0000}'..='\u{FFFFD}')
            .find(|c| !named.contains(c))
            .unwrap_or('\u{10FFFD}')
    }
}

fn spell(nodes: &[(State, usize, char)], mut at: usize) -> String {
    let mut text = Vec::new();
    while at > 0
        && let Some((_, before, c)) = nodes.get(at)
    {
        text.push(*c);
        at = *before;
    }
    text.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(pattern: &str) -> Shape {
        Shape {
            symbols: pattern
                .chars()
                .map(|c| match c {
                    '*' => Symbol::AnyRun { colon: true },
                    '?' => Symbol::AnyOne { colon: true },
                    c => Symbol::Char(c),
                })
                .collect(),
            ignores_case: false,
        }
    }

    fn fitting(shapes: &Shapes<'_>, text: &str) -> Vec<usize> {
        let end = text
            .chars()
            .fold(shapes.start(), |state, c| shapes.step(&state, c));
        shapes.ended(&end)
    }

    #[track_caller]
    fn check(patterns: &[&str], combinations: usize) {
        let shapes: Vec<Shape> = patterns.iter().map(|pattern| shape(pattern)).collect();
        let shapes = Shapes::new(&shapes);
        let found = shapes.texts();
        assert!(found.complete);
        let (empty, texts) = found.texts.split_first().unwrap();
        assert_eq!(empty, "");
        let fitting: BTreeSet<_> = texts.iter().map(|text| fitting(&shapes, text)).collect();
        assert_eq!(fitting.len(), texts.len(), "{texts:?}");
        assert_eq!(fitting.len(), combinations, "{texts:?}");
    }

    #[test]
    fn every_combination_that_is_possible_is_found() {
        check(&["a"], 2);
        check(&["a*", "a"], 3);
        check(&["a*", "*b"], 4);
        check(&["a*", "*b*", "*c"], 8);
        check(&["home/*", "home/", "home/?*"], 3);
        check(&["*", "a"], 2);
        check(&["?*"], 1);
        check(&["??????"], 2);
    }

    #[test]
    fn what_would_take_too_long_is_given_up() {
        let patterns: Vec<String> = (0..40)
            .map(|n| format!("*{}*", char::from(b'A' + n)))
            .collect();
        let shapes: Vec<Shape> = patterns.iter().map(|pattern| shape(pattern)).collect();
        assert!(!Shapes::new(&shapes).texts().complete);
    }
}
