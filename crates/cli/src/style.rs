//! Colours, and texts of other people made safe for a terminal.

use playground::wire::{Outcome, Piece, PieceStyle, Sentence, Severity, Truth, Verdict};

/// Whether there are colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    color: bool,
}

/// What a text looks like, as an SGR parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    Plain,
    Bold,
    Dim,
    Red,
    Green,
    Yellow,
    Cyan,
}

impl Look {
    fn sgr(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Bold => Some("1"),
            Self::Dim => Some("2"),
            Self::Red => Some("31"),
            Self::Green => Some("32"),
            Self::Yellow => Some("33"),
            Self::Cyan => Some("36"),
        }
    }
}

impl Style {
    pub(crate) fn new(color: bool) -> Self {
        Self { color }
    }

    /// The text in its look, made safe.
    pub(crate) fn paint(self, look: Look, text: &str) -> String {
        match look.sgr().filter(|_| self.color) {
            Some(sgr) => format!("\u{1b}[{sgr}m{}\u{1b}[0m", safe(text)),
            None => safe(text),
        }
    }

    /// A sentence with its names and code marked, broken into lines that fit after `indent`.
    pub(crate) fn sentence(self, sentence: &Sentence, indent: usize) -> String {
        let words = words(&sentence.pieces);
        let mut text = String::new();
        let mut column = indent;
        for word in words {
            let width: usize = word.iter().map(|(_, part)| width(part)).sum();
            if !text.is_empty() && column + 1 + width > LINE {
                text.push('\n');
                text.extend(std::iter::repeat_n(' ', indent));
                column = indent;
            } else if !text.is_empty() {
                text.push(' ');
                column += 1;
            }
            for (style, part) in word {
                let look = match style {
                    PieceStyle::Text => Look::Plain,
                    PieceStyle::Strong | PieceStyle::Mark => Look::Bold,
                    PieceStyle::Code => Look::Cyan,
                };
                text.push_str(&self.paint(look, &part));
            }
            column += width;
        }
        text
    }
}

/// The longest line of a sentence.
const LINE: usize = 100;

/// What stands between two blanks, each with its pieces.
fn words(pieces: &[Piece]) -> Vec<Vec<(PieceStyle, String)>> {
    let mut words: Vec<Vec<(PieceStyle, String)>> = vec![Vec::new()];
    for piece in pieces {
        // Names and code stay in one piece, so that they can be found and copied.
        if piece.style != PieceStyle::Text {
            if let Some(last) = words.last_mut() {
                last.push((piece.style, piece.text.clone()));
            }
            continue;
        }
        for (at, part) in piece.text.split(' ').enumerate() {
            if at > 0 {
                words.push(Vec::new());
            }
            if let Some(last) = words.last_mut().filter(|_| !part.is_empty()) {
                last.push((piece.style, part.to_owned()));
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The look of a verdict.
pub(crate) fn verdict_look(verdict: Verdict) -> Look {
    match verdict {
        Verdict::Allow => Look::Green,
        Verdict::ExplicitDeny | Verdict::ImplicitDeny => Look::Red,
        Verdict::Depends | Verdict::Error => Look::Yellow,
    }
}

/// The look of what a policy type says.
pub(crate) fn outcome_look(outcome: Outcome) -> Look {
    match outcome {
        Outcome::Allow => Look::Green,
        Outcome::ExplicitDeny | Outcome::ImplicitDeny => Look::Red,
        Outcome::Depends | Outcome::Error => Look::Yellow,
        Outcome::NotAsked => Look::Dim,
    }
}

/// The look of a match.
pub(crate) fn truth_look(truth: Truth) -> Look {
    match truth {
        Truth::Met => Look::Green,
        Truth::Unmet => Look::Dim,
        Truth::Unknown => Look::Yellow,
    }
}

/// The look of a finding.
pub(crate) fn severity_look(severity: Severity) -> Look {
    match severity {
        Severity::Error => Look::Red,
        Severity::Warning => Look::Yellow,
    }
}

/// The verdict in a word or two.
pub(crate) fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allow => "Allow",
        Verdict::ExplicitDeny => "Explicit deny",
        Verdict::ImplicitDeny => "Implicit deny",
        Verdict::Depends => "Depends",
        Verdict::Error => "No verdict",
    }
}

/// A text on one line, with everything escaped that a terminal would take as a command or that
/// would turn the order of the letters: scenarios come from other people.
pub(crate) fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if c.is_control() || turns {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

/// How wide a text is when it is shown, in columns.
pub(crate) fn width(text: &str) -> usize {
    safe(text).chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_command_the_terminal() {
        let name = "x\u{1b}]0;y\u{7}\n\u{202e}z é";
        assert_eq!(
            Style::new(false).paint(Look::Red, name),
            "x\\u{1b}]0;y\\u{7}\\n\\u{202e}z é"
        );
        assert_eq!(width("é\u{7}"), 6);
    }

    #[test]
    fn sentences_break_between_words_and_never_inside_code() {
        let piece = |style, text: &str| Piece {
            style,
            text: text.to_owned(),
        };
        let long = "arn:aws:s3:::bucket/a name with blanks".to_owned();
        let sentence = Sentence {
            text: String::new(),
            pieces: vec![
                piece(PieceStyle::Text, &"word ".repeat(15)),
                piece(PieceStyle::Code, &long),
                piece(PieceStyle::Text, ". End."),
            ],
        };
        let shown = Style::new(false).sentence(&sentence, 4);
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines.len(), 2, "{shown}");
        assert_eq!(lines[1], format!("    {long}. End."));
    }
}
