//! The part of Markdown that lessons are written in, read into blocks. There is no HTML, no
//! picture and no address but those of AWS's documentation: whatever else is typed stays text.
//!
//! | typed | block or piece |
//! |---|---|
//! | lines up to an empty one | paragraph |
//! | `- ` or `* ` at the start of a line, `1. ` | list, not nested; an indented line goes on |
//! | lines between two of three backticks | code as typed |
//! | `*words*`, `**words**` | emphasis, strong |
//! | `` `text` `` | code |
//! | `[words](https://docs.aws.amazon.com/…)` | link |
//! | `\*` | the sign itself |

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list.
    List {
        /// Whether its items are numbered, from 1.
        numbered: bool,
        /// The items.
        items: Vec<Vec<Span>>,
    },
    /// Code as typed, lines and all.
    Code(String),
}

/// A piece of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Plain words.
    Text(String),
    /// Words to stress.
    Emphasis(String),
    /// Words to stress more.
    Strong(String),
    /// Text of a policy or request.
    Code(String),
    /// A link to a page of AWS's documentation.
    Link {
        /// What it says.
        text: String,
        /// An `https` address of one of [`HOSTS`].
        url: String,
    },
}

/// The hosts that a link may lead to.
pub const HOSTS: &[&str] = &["docs.aws.amazon.com", "docs.amazonaws.cn", "aws.amazon.com"];

/// A text in blocks.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let mut all = Vec::new();
    let mut open = Open::None;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let bare = line.trim();
        if bare.starts_with("```") {
            open.close(&mut all);
            let inside = lines.by_ref().take_while(|line| line.trim() != "```");
            all.push(Block::Code(inside.collect::<Vec<_>>().join("\n")));
        } else if bare.is_empty() {
            open.close(&mut all);
        } else if let Some((numbered, item)) = item(bare) {
            open.item(numbered, item, &mut all);
        } else {
            open.line(bare, line.starts_with(' '), &mut all);
        }
    }
    open.close(&mut all);
    all
}

/// What a text has that stays text, in words: pictures, HTML, links to elsewhere, headings.
#[must_use]
pub fn left_out(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for block in blocks(text) {
        let spans = match block {
            Block::Paragraph(spans) => spans,
            Block::List { items, .. } => items.concat(),
            Block::Code(_) => continue,
        };
        for span in spans {
            let Span::Text(words) = span else { continue };
            if words.contains("![") {
                found.push(texts::review_picture().to_owned());
            }
            if words.contains("](") {
                found.push(texts::review_link_elsewhere().to_owned());
            }
            if words.starts_with('#') {
                found.push(texts::review_heading().to_owned());
            }
            let mut tags = words.split('<').skip(1);
            if tags.any(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')) {
                found.push("HTML".to_owned());
            }
        }
    }
    found.dedup();
    found
}

/// What is being put together.
enum Open {
    None,
    Paragraph(String),
    List { numbered: bool, items: Vec<String> },
}

impl Open {
    fn close(&mut self, all: &mut Vec<Block>) {
        match std::mem::replace(self, Self::None) {
            Self::None => {}
            Self::Paragraph(text) => all.push(Block::Paragraph(spans(&text))),
            Self::List { numbered, items } => all.push(Block::List {
                numbered,
                items: items.iter().map(|item| spans(item)).collect(),
            }),
        }
    }

    fn item(&mut self, numbered: bool, text: &str, all: &mut Vec<Block>) {
        match self {
            Self::List {
                numbered: same,
                items,
            } if *same == numbered => {
                items.push(text.to_owned());
            }
            _ => {
                self.close(all);
                *self = Self::List {
                    numbered,
                    items: vec![text.to_owned()],
                };
            }
        }
    }

    fn line(&mut self, text: &str, indented: bool, all: &mut Vec<Block>) {
        let goes_on = match self {
            Self::Paragraph(words) => Some(words),
            Self::List { items, .. } if indented => items.last_mut(),
            _ => None,
        };
        match goes_on {
            Some(words) => {
                words.push(' ');
                words.push_str(text);
            }
            None => {
                self.close(all);
                *self = Self::Paragraph(text.to_owned());
            }
        }
    }
}

/// The text of a list item, and whether it is numbered.
fn item(line: &str) -> Option<(bool, &str)> {
    if let Some(text) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
        return Some((false, text.trim()));
    }
    let (number, text) = line.split_once(". ")?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| (true, text.trim()))
}

fn spans(text: &str) -> Vec<Span> {
    let mut all = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some((span, behind)) = marked(rest, plain.chars().next_back()) {
            if !plain.is_empty() {
                all.push(Span::Text(std::mem::take(&mut plain)));
            }
            all.push(span);
            rest = behind;
            continue;
        }
        let mut behind = rest.get(first.len_utf8()..).unwrap_or_default();
        match behind.chars().next() {
            Some(sign) if first == '\\' && sign.is_ascii_punctuation() => {
                plain.push(sign);
                behind = behind.get(1..).unwrap_or_default();
            }
            _ => plain.push(first),
        }
        rest = behind;
    }
    if !plain.is_empty() {
        all.push(Span::Text(plain));
    }
    all
}

/// What is marked at the start of a text, and what follows it.
fn marked(text: &str, before: Option<char>) -> Option<(Span, &str)> {
    let between = |open: &str, close: &str| -> Option<(String, &str)> {
        let inside = text.strip_prefix(open)?;
        let (inside, behind) = inside.split_once(close)?;
        let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let tight = !blank(inside.chars().next()) && !blank(inside.chars().next_back());
        tight.then(|| (inside.to_owned(), behind))
    };
    let in_word = before.is_some_and(char::is_alphanumeric);
    match text.bytes().next()? {
        b'`' => between("`", "`").map(|(code, rest)| (Span::Code(code), rest)),
        b'*' if !in_word => between("**", "**")
            .map(|(words, rest)| (Span::Strong(words), rest))
            .or_else(|| between("*", "*").map(|(words, rest)| (Span::Emphasis(words), rest))),
        b'[' if before != Some('!') => {
            let (text, rest) = text.strip_prefix('[')?.split_once("](")?;
            let (url, rest) = rest.split_once(')')?;
            is_documentation(url).then(|| {
                let link = Span::Link {
                    text: text.to_owned(),
                    url: url.to_owned(),
                };
                (link, rest)
            })
        }
        _ => None,
    }
}

/// Whether an address is a page of AWS's documentation.
fn is_documentation(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let clean = !url.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\');
    clean && HOSTS.contains(&host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Span {
        Span::Text(words.to_owned())
    }

    #[test]
    fn the_parts_that_lessons_need_are_read() {
        let read = blocks(
            "Say *why* and **who**,\nby `s3:*`.\n\n- one\n- two\n  goes on\n\n1. first\n\n```json\n{ \"a\": \"*x*\" }\n```\n[here](https://docs.aws.amazon.com/x)",
        );
        let expected = [
            Block::Paragraph(vec![
                text("Say "),
                Span::Emphasis("why".to_owned()),
                text(" and "),
                Span::Strong("who".to_owned()),
                text(", by "),
                Span::Code("s3:*".to_owned()),
                text("."),
            ]),
            Block::List {
                numbered: false,
                items: vec![vec![text("one")], vec![text("two goes on")]],
            },
            Block::List {
                numbered: true,
                items: vec![vec![text("first")]],
            },
            Block::Code("{ \"a\": \"*x*\" }".to_owned()),
            Block::Paragraph(vec![Span::Link {
                text: "here".to_owned(),
                url: "https://docs.aws.amazon.com/x".to_owned(),
            }]),
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn whatever_else_is_typed_stays_text() {
        for typed in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "![x](https://docs.aws.amazon.com/x.png)",
            "[x](javascript:alert(1))",
            "[x](https://docs.aws.amazon.com.example.org/)",
            "[x](https://example.org@docs.aws.amazon.com/)",
            "[x](http://docs.aws.amazon.com/)",
            "# no heading",
        ] {
            assert_eq!(
                blocks(typed),
                [Block::Paragraph(vec![text(typed)])],
                "{typed}"
            );
            assert!(!left_out(typed).is_empty(), "{typed}");
        }
        for typed in ["2 * 3 * 4", "a*b*c", "`open", "**", "s3:* and ec2:*"] {
            assert_eq!(
                blocks(typed),
                [Block::Paragraph(vec![text(typed)])],
                "{typed}"
            );
            assert_eq!(left_out(typed), [""; 0], "{typed}");
        }
        assert_eq!(blocks("\\*a\\*"), [Block::Paragraph(vec![text("*a*")])]);
        assert_eq!(blocks(""), []);
    }
}
