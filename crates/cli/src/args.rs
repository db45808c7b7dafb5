//! The command line, taken apart.

use std::ffi::{OsStr, OsString};
use std::fmt;

use lexopt::{Arg, Parser, ValueExt};
use policy::Kind;

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Eval(Eval),
    Test(Test),
    Diff(Diff),
    Lint(Lint),
    Link(Link),
    Open(Open),
    LessonCheck(LessonCheck),
    Schema,
    Help(Topic),
    Version,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

/// `guardrail eval`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Eval {
    pub(crate) inputs: Vec<OsString>,
    /// Only these requests; all if empty.
    pub(crate) requests: Vec<String>,
    /// Only these accounts of requests over every account; all if empty.
    pub(crate) accounts: Vec<String>,
    pub(crate) explain: bool,
    pub(crate) format: EvalFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum EvalFormat {
    #[default]
    Text,
    Json,
}

/// `guardrail test`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Test {
    pub(crate) inputs: Vec<OsString>,
    pub(crate) format: TestFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TestFormat {
    #[default]
    Text,
    Junit,
    Tap,
    Json,
}

/// `guardrail diff`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Diff {
    pub(crate) old: OsString,
    pub(crate) new: OsString,
    pub(crate) format: DiffFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum DiffFormat {
    #[default]
    Text,
    Json,
    Markdown,
}

/// `guardrail lint`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lint {
    pub(crate) inputs: Vec<OsString>,
    /// The kind of bare policies.
    pub(crate) kind: Option<Kind>,
    pub(crate) format: LintFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LintFormat {
    #[default]
    Text,
    Json,
    Sarif,
}

/// `guardrail link`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) input: OsString,
    pub(crate) base: Option<String>,
    pub(crate) bare: bool,
}

/// `guardrail open`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Open {
    pub(crate) input: OsString,
    pub(crate) output: Option<OsString>,
}

/// `guardrail lesson check`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LessonCheck {
    pub(crate) inputs: Vec<OsString>,
    pub(crate) format: LessonFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LessonFormat {
    #[default]
    Text,
    Json,
}

/// What help is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    All,
    Eval,
    Test,
    Diff,
    Lint,
    Link,
    Open,
    Lesson,
    Schema,
}

impl Topic {
    const COMMANDS: [(&'static str, Self); 8] = [
        ("eval", Self::Eval),
        ("test", Self::Test),
        ("diff", Self::Diff),
        ("lint", Self::Lint),
        ("link", Self::Link),
        ("open", Self::Open),
        ("lesson", Self::Lesson),
        ("schema", Self::Schema),
    ];

    fn word(self) -> Option<&'static str> {
        let mut commands = Self::COMMANDS.into_iter();
        commands.find_map(|(word, topic)| (topic == self).then_some(word))
    }

    fn from_word(word: &OsStr) -> Result<Self, Usage> {
        let mut commands = Self::COMMANDS.into_iter();
        let known = commands.find(|(known, _)| word == *known);
        known.map(|(_, topic)| topic).ok_or_else(|| {
            let word = word.to_string_lossy();
            let known = Self::COMMANDS.map(|(known, _)| known);
            Usage::new(
                Self::All,
                format!("there is no command `{word}`{}", meant(&word, &known, "")),
            )
        })
    }

    fn options(self) -> &'static [&'static str] {
        match self {
            Self::Eval => &[
                "account", "color", "explain", "format", "help", "request", "version",
            ],
            Self::Test | Self::Diff | Self::Lesson => &["color", "format", "help", "version"],
            Self::Lint => &["color", "format", "help", "kind", "version"],
            Self::Link => &["bare", "base", "color", "help", "version"],
            Self::Open => &["color", "help", "output", "version"],
            Self::All | Self::Schema => &["color", "help", "version"],
        }
    }
}

/// A command line that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Usage {
    topic: Topic,
    message: String,
}

impl Usage {
    fn new(topic: Topic, message: impl Into<String>) -> Self {
        Self {
            topic,
            message: message.into(),
        }
    }
}

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\nSee `guardrail", self.message)?;
        if let Some(word) = self.topic.word() {
            write!(f, " {word}")?;
        }
        write!(f, " --help`.")
    }
}

/// Takes the arguments behind the program's name apart.
pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<(Command, Color), Usage> {
    let mut reader = Reader {
        parser: Parser::from_args(args),
        topic: Topic::All,
        color: Color::Auto,
        shortcut: None,
    };
    let command = reader.command()?;
    let command = reader.shortcut.take().unwrap_or(command);
    Ok((command, reader.color))
}

struct Reader {
    parser: Parser,
    topic: Topic,
    color: Color,
    /// `--help` or `--version`, which win over everything else.
    shortcut: Option<Command>,
}

/// An argument that belongs to one command.
enum Own {
    Option(String),
    Input(OsString),
}

impl Reader {
    fn command(&mut self) -> Result<Command, Usage> {
        let word = match self.next()? {
            Some(Own::Input(word)) => word,
            Some(Own::Option(option)) => return Err(self.unknown(&option)),
            None if self.shortcut.is_some() => return Ok(Command::Help(self.topic)),
            None => return Err(self.usage("no command is given")),
        };
        if word == "help" {
            return self.help();
        }
        self.topic = Topic::from_word(&word)?;
        match self.topic {
            Topic::Eval => self.eval(),
            Topic::Test => self.test(),
            Topic::Diff => self.diff(),
            Topic::Lint => self.lint(),
            Topic::Link => self.link(),
            Topic::Open => self.open(),
            Topic::Lesson => self.lesson(),
            Topic::Schema | Topic::All => match self.next()? {
                None => Ok(Command::Schema),
                Some(Own::Option(option)) => Err(self.unknown(&option)),
                Some(Own::Input(_)) => Err(self.usage("this command takes no FILE")),
            },
        }
    }

    fn help(&mut self) -> Result<Command, Usage> {
        let topic = match self.next()? {
            Some(Own::Input(word)) => Topic::from_word(&word)?,
            Some(Own::Option(option)) => return Err(self.unknown(&option)),
            None => Topic::All,
        };
        Ok(Command::Help(topic))
    }

    fn eval(&mut self) -> Result<Command, Usage> {
        let mut options = Eval::default();
        while let Some(own) = self.next()? {
            match own {
                Own::Input(input) => options.inputs.push(input),
                Own::Option(option) => match option.as_str() {
                    "request" | "r" => options.requests.push(self.text()?),
                    "account" | "a" => options.accounts.push(self.text()?),
                    "explain" | "e" => options.explain = true,
                    "format" | "f" => {
                        options.format =
                            self.word(&[("text", EvalFormat::Text), ("json", EvalFormat::Json)])?;
                    }
                    _ => return Err(self.unknown(&option)),
                },
            }
        }
        self.needs_input(&options.inputs)?;
        Ok(Command::Eval(options))
    }

    fn test(&mut self) -> Result<Command, Usage> {
        let mut options = Test::default();
        while let Some(own) = self.next()? {
            match own {
                Own::Input(input) => options.inputs.push(input),
                Own::Option(option) if matches!(option.as_str(), "format" | "f") => {
                    options.format = self.word(&[
                        ("text", TestFormat::Text),
                        ("junit", TestFormat::Junit),
                        ("tap", TestFormat::Tap),
                        ("json", TestFormat::Json),
                    ])?;
                }
                Own::Option(option) => return Err(self.unknown(&option)),
            }
        }
        self.needs_input(&options.inputs)?;
        Ok(Command::Test(options))
    }

    fn diff(&mut self) -> Result<Command, Usage> {
        let mut format = DiffFormat::default();
        let mut inputs = Vec::new();
        while let Some(own) = self.next()? {
            match own {
                Own::Input(input) => inputs.push(input),
                Own::Option(option) if matches!(option.as_str(), "format" | "f") => {
                    format = self.word(&[
                        ("text", DiffFormat::Text),
                        ("json", DiffFormat::Json),
                        ("markdown", DiffFormat::Markdown),
                    ])?;
                }
                Own::Option(option) => return Err(self.unknown(&option)),
            }
        }
        match <[OsString; 2]>::try_from(inputs) {
            Ok([old, new]) => Ok(Command::Diff(Diff { old, new, format })),
            Err(_) if self.shortcut.is_some() => Ok(Command::Help(self.topic)),
            Err(inputs) => Err(self.usage(format!(
                "expected two scenarios, OLD and NEW, found {}",
                inputs.len()
            ))),
        }
    }

    fn lint(&mut self) -> Result<Command, Usage> {
        let mut options = Lint::default();
        while let Some(own) = self.next()? {
            match own {
                Own::Input(input) => options.inputs.push(input),
                Own::Option(option) => match option.as_str() {
                    "kind" | "k" => {
                        let kinds = Kind::ALL.map(|kind| (kind.as_str(), kind));
                        options.kind = Some(self.word(&kinds)?);
                    }
                    "format" | "f" => {
                        options.format = self.word(&[
                            ("text", LintFormat::Text),
                            ("json", LintFormat::Json),
                            ("sarif", LintFormat::Sarif),
                        ])?;
                    }
                    _ => return Err(self.unknown(&option)),
                },
            }
        }
        self.needs_input(&options.inputs)?;
        Ok(Command::Lint(options))
    }

    fn link(&mut self) -> Result<Command, Usage> {
        let (mut base, mut bare) = (None, false);
        let mut inputs = Vec::new();
        while let Some(own) = self.next()? {
            match own {
                Own::Input(input) => inputs.push(input),
                Own::Option(option) if matches!(option.as_str(), "base" | "b") => {
                    base = Some(self.text()?);
                }
                Own::Option(option) if option == "bare" => bare = true,
                Own::Option(option) => return Err(self.unknown(&option)),
            }
        }
        let input = self.one_input(inputs, "FILE")?;
        Ok(Command::Link(Link { input, base, bare }))
    }

    fn open(&mut self) -> Result<Command, Usage> {
        let mut output = None;
        let mut inputs = Vec::new();
        while let Some(own) = self.next()? {
            match own {
                Own::Input(input) => inputs.push(input),
                Own::Option(option) if matches!(option.as_str(), "output" | "o") => {
                    output = Some(self.value()?);
                }
                Own::Option(option) => return Err(self.unknown(&option)),
            }
        }
        let input = self.one_input(inputs, "LINK")?;
        Ok(Command::Open(Open { input, output }))
    }

    fn lesson(&mut self) -> Result<Command, Usage> {
        let mut options = LessonCheck::default();
        let mut is_check = false;
        while let Some(own) = self.next()? {
            match own {
                Own::Input(word) if !is_check => {
                    if word != "check" {
                        let word = word.to_string_lossy();
                        return Err(self.usage(format!("found `{word}`, expected `check`")));
                    }
                    is_check = true;
                }
                Own::Input(input) => options.inputs.push(input),
                Own::Option(option) if matches!(option.as_str(), "format" | "f") => {
                    options.format =
                        self.word(&[("text", LessonFormat::Text), ("json", LessonFormat::Json)])?;
                }
                Own::Option(option) => return Err(self.unknown(&option)),
            }
        }
        if !is_check && self.shortcut.is_none() {
            return Err(self.usage("expected `check`, and then a FILE"));
        }
        self.needs_input(&options.inputs)?;
        Ok(Command::LessonCheck(options))
    }

    /// The next argument that is not for every command.
    fn next(&mut self) -> Result<Option<Own>, Usage> {
        loop {
            let topic = self.topic;
            let arg = self.parser.next();
            let own = match arg.map_err(|error| Usage::new(topic, error.to_string()))? {
                None => return Ok(None),
                Some(Arg::Value(input)) => return Ok(Some(Own::Input(input))),
                Some(Arg::Long(name)) => name.to_owned(),
                Some(Arg::Short(letter)) => letter.to_string(),
            };
            match own.as_str() {
                "help" | "h" => self.shortcut = Some(Command::Help(self.topic)),
                "version" | "V" => {
                    self.shortcut.get_or_insert(Command::Version);
                }
                "color" | "colour" => {
                    self.color = self.word(&[
                        ("auto", Color::Auto),
                        ("always", Color::Always),
                        ("never", Color::Never),
                    ])?;
                }
                _ => return Ok(Some(Own::Option(own))),
            }
        }
    }

    fn value(&mut self) -> Result<OsString, Usage> {
        let value = self.parser.value();
        value.map_err(|error| self.usage(error.to_string()))
    }

    fn text(&mut self) -> Result<String, Usage> {
        let text = self.value()?.string();
        text.map_err(|error| self.usage(error.to_string()))
    }

    fn word<T: Copy>(&mut self, known: &[(&str, T)]) -> Result<T, Usage> {
        let typed = self.text()?;
        let found = known.iter().find(|(word, _)| *word == typed);
        found.map(|(_, value)| *value).ok_or_else(|| {
            let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
            self.usage(format!("found `{typed}`, expected {}", words.join(", ")))
        })
    }

    fn needs_input(&self, inputs: &[OsString]) -> Result<(), Usage> {
        if inputs.is_empty() && self.shortcut.is_none() {
            return Err(self.usage(
                "expected a FILE: a scenario file, a folder, a link, or - for the standard input",
            ));
        }
        Ok(())
    }

    fn one_input(&self, inputs: Vec<OsString>, name: &str) -> Result<OsString, Usage> {
        match <[OsString; 1]>::try_from(inputs) {
            Ok([input]) => Ok(input),
            Err(_) if self.shortcut.is_some() => Ok(OsString::new()),
            Err(inputs) => Err(self.usage(format!("expected one {name}, found {}", inputs.len()))),
        }
    }

    fn unknown(&self, option: &str) -> Usage {
        let dashes = if option.chars().count() == 1 {
            "-"
        } else {
            "--"
        };
        let near = meant(option, self.topic.options(), "--");
        self.usage(format!("there is no option `{dashes}{option}`{near}"))
    }

    fn usage(&self, message: impl Into<String>) -> Usage {
        Usage::new(self.topic, message)
    }
}

/// ", did you mean `--format`?" if a known word is near.
fn meant(typed: &str, known: &[&str], dashes: &str) -> String {
    let near = known
        .iter()
        .map(|word| (distance(typed, word), *word))
        .filter(|(distance, word)| *distance <= 2 && *distance < word.len())
        .min();
    match near {
        Some((_, word)) => format!(", did you mean `{dashes}{word}`?"),
        None => String::new(),
    }
}

/// Letters to add, drop or change.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(40).enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (slot, y) in row.iter_mut().skip(1).zip(&b) {
            let cost = (diagonal + usize::from(x != *y))
                .min(left + 1)
                .min(*slot + 1);
            diagonal = std::mem::replace(slot, cost);
            left = cost;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<(Command, Color), String> {
        parse(line.split_whitespace().map(OsString::from)).map_err(|usage| usage.to_string())
    }

    #[test]
    fn options_stand_anywhere() {
        let expected = Eval {
            inputs: vec!["a".into(), "-".into()],
            requests: vec!["x".into(), "y".into()],
            explain: true,
            format: EvalFormat::Json,
            ..Eval::default()
        };
        for line in [
            "eval a - --request x --request=y --explain --format json --color never",
            "--color=never eval -rx -r y -e a -fjson -- -",
        ] {
            let found = read(line).unwrap();
            assert_eq!(
                found,
                (Command::Eval(expected.clone()), Color::Never),
                "{line}"
            );
        }
    }

    #[test]
    fn help_wins_over_what_is_missing() {
        assert_eq!(read("diff --help").unwrap().0, Command::Help(Topic::Diff));
        assert_eq!(read("help lint").unwrap().0, Command::Help(Topic::Lint));
        assert_eq!(read("-h").unwrap().0, Command::Help(Topic::All));
        assert_eq!(read("eval -V").unwrap().0, Command::Version);
    }

    #[test]
    fn a_slip_of_the_fingers_is_answered_with_what_was_meant() {
        for (line, part) in [
            ("evl x", "did you mean `eval`?"),
            ("eval --formt json x", "did you mean `--format`?"),
            ("eval --format yaml x", "found `yaml`, expected text, json"),
            (
                "test --frobnicate x",
                "there is no option `--frobnicate`\nSee `guardrail test --help`.",
            ),
            ("diff a", "expected two scenarios, OLD and NEW, found 1"),
            ("lint", "expected a FILE"),
            ("", "no command is given"),
        ] {
            let usage = read(line).unwrap_err();
            assert!(usage.contains(part), "{line}: {usage}");
        }
    }

    #[test]
    fn distances_count_letters() {
        for (a, b, expected) in [("", "ab", 2), ("formt", "format", 1), ("eval", "lint", 4)] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }
}
