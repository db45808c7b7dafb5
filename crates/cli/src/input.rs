//! What a FILE of the command line stands for: files, folders, links, the standard input.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use organization::file::{FileError, FileErrorKind, Loaded, MAX_BYTES};
use playground::link::{self, Named, Opened};
use policy::{LineIndex, Span};
use serde_json::Value;

use crate::examples;
use crate::locate::Located;
use crate::style::safe;

/// Something to read.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    /// What messages call it.
    pub(crate) name: String,
    /// The file, if it is one.
    pub(crate) path: Option<PathBuf>,
    /// Whether it was found in a folder, rather than named.
    pub(crate) found: bool,
    /// What it holds.
    pub(crate) content: Result<Content, Problem>,
}

/// What an input holds.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// A text.
    Text(String),
    /// A scenario from a link, and what its file would be.
    Scenario(Box<Opened>, String),
}

/// What cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The input.
    pub(crate) file: String,
    /// Line and column, from 1.
    pub(crate) place: Option<(u32, u32)>,
    /// What was found and what was expected.
    pub(crate) message: String,
}

impl Problem {
    pub(crate) fn new(file: &str, message: impl fmt::Display) -> Self {
        Self {
            file: file.to_owned(),
            place: None,
            message: message.to_string(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&safe(&self.file))?;
        if let Some((line, column)) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", safe(&self.message))
    }
}

/// A scenario, or why there is none.
#[derive(Clone, Debug)]
pub(crate) struct Read {
    /// What messages call it.
    pub(crate) name: String,
    /// The scenario with the reader's warnings.
    pub(crate) loaded: Result<Box<Loaded>, Problem>,
    /// Whether it is from a link that was altered and could be mended.
    pub(crate) mended: bool,
}

/// All scenarios of some inputs, and the files of folders that are none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scenarios {
    pub(crate) read: Vec<Read>,
    pub(crate) skipped: Vec<String>,
}

/// The scenarios behind the FILEs of a command line.
pub(crate) fn scenarios(inputs: &[OsString]) -> Scenarios {
    let mut scenarios = Scenarios::default();
    for input in collect(inputs) {
        let mut mended = false;
        let loaded = match input.content {
            Err(problem) => Err(problem),
            Ok(Content::Scenario(opened, _)) => {
                mended = opened.mended;
                Ok(Box::new(opened.loaded))
            }
            Ok(Content::Text(text)) => match organization::file::read(&text) {
                Ok(loaded) => Ok(Box::new(loaded)),
                Err(_) if input.found && is_something_else(&text) => {
                    scenarios.skipped.push(input.name);
                    continue;
                }
                Err(error) => Err(problem(&input.name, &text, &error)),
            },
        };
        let name = input.name;
        scenarios.read.push(Read {
            name,
            loaded,
            mended,
        });
    }
    scenarios
}

/// The one scenario behind a FILE that cannot be a folder.
pub(crate) fn scenario(input: &OsStr) -> Read {
    if Path::new(input).is_dir() {
        let name = input.to_string_lossy().into_owned();
        let loaded = Err(Problem::new(&name, "found a folder, expected one scenario"));
        return Read {
            name,
            loaded,
            mended: false,
        };
    }
    let mut read = scenarios(std::slice::from_ref(&input.to_owned())).read;
    read.pop().unwrap_or_else(|| Read {
        name: String::new(),
        loaded: Err(Problem::new("", "found nothing, expected one scenario")),
        mended: false,
    })
}

/// What the FILEs of a command line hold, files of folders in the order of their names.
pub(crate) fn collect(inputs: &[OsString]) -> Vec<Input> {
    let mut all = Vec::new();
    let mut standard_input_read = false;
    for input in inputs {
        if input == "-" {
            let content = if standard_input_read {
                Err(Problem::new(
                    "-",
                    "the standard input can be read only once",
                ))
            } else {
                standard_input_read = true;
                standard_input()
            };
            all.push(named("-", content));
            continue;
        }
        if let Some(text) = input.to_str().filter(|text| is_link(text)) {
            let name = if text.starts_with("#example/") {
                text
            } else {
                "link"
            };
            all.push(named(name, opened(name, text)));
            continue;
        }
        let path = Path::new(input);
        if path.is_dir() {
            folder(path, &mut all);
        } else {
            all.push(file(path, false));
        }
    }
    all
}

fn named(name: &str, content: Result<Content, Problem>) -> Input {
    Input {
        name: name.to_owned(),
        path: None,
        found: false,
        content,
    }
}

/// Whether a text is an address or the fragment of one, perhaps with something around it.
pub(crate) fn is_link(text: &str) -> bool {
    text.starts_with('#')
        || text.starts_with("https://")
        || text.starts_with("http://")
        || link::is_meant(text)
}

fn standard_input() -> Result<Content, Problem> {
    let text = text_of(io::stdin().lock(), "-")?;
    match text.trim() {
        link if is_link(link) => opened("-", link),
        _ => Ok(Content::Text(text)),
    }
}

/// The scenario of a link.
fn opened(name: &str, text: &str) -> Result<Content, Problem> {
    let problem_of = |message: String| Problem::new(name, message);
    let opened = match link::open(text) {
        Ok(Named::Scenario(opened)) => opened,
        Ok(Named::Example(id)) => {
            let text = examples::text(&id).ok_or_else(|| {
                let known = playground::examples::ALL.iter();
                let known: Vec<&str> = known.map(|example| example.id).collect();
                problem_of(format!(
                    "found no example `{id}`, expected {}",
                    known.join(", ")
                ))
            })?;
            Box::new(Opened {
                loaded: organization::file::read(text)
                    .map_err(|error| problem(name, text, &error))?,
                fragment: format!("example/{id}"),
                mended: false,
            })
        }
        Ok(Named::Lesson(id)) => {
            return Err(problem_of(format!(
                "found the lesson `{id}`, expected a scenario or an example: lessons open in the page"
            )));
        }
        Err(_) if text.contains("://") && !text.contains('#') => {
            return Err(problem_of(
                "found an address without `#`, expected one with a scenario behind its `#`; nothing is fetched".to_owned(),
            ));
        }
        Err(error) => return Err(problem_of(error.to_string())),
    };
    let text = organization::file::write(&opened.loaded.scenario);
    Ok(Content::Scenario(opened, text))
}

/// Every file below a folder whose name ends in `.json`, without hidden ones and `node_modules`.
fn folder(folder: &Path, all: &mut Vec<Input>) {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        let entries = match std::fs::read_dir(&next) {
            Ok(entries) => entries,
            Err(error) => {
                problems.push((next, error));
                continue;
            }
        };
        for entry in entries.flatten() {
            let path = entry.path();
            let name = entry.file_name();
            let hidden = name.as_encoded_bytes().starts_with(b".") || name == "node_modules";
            // A link to a folder may lead back to where it stands.
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if hidden {
                continue;
            }
            if is_folder {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "json") && path.is_file() {
                files.push(path);
            }
        }
    }
    if files.is_empty() && problems.is_empty() {
        let name = folder.to_string_lossy();
        let nothing = "found a folder without files that end in .json, expected at least one";
        all.push(named(&name, Err(Problem::new(&name, nothing))));
    }
    for (path, error) in problems {
        let name = path.to_string_lossy();
        all.push(named(&name, Err(unreadable(&name, &error))));
    }
    files.sort();
    all.extend(files.iter().map(|path| file(path, true)));
}

fn file(path: &Path, found: bool) -> Input {
    let name = path.to_string_lossy().into_owned();
    let content = match File::open(path) {
        Ok(file) => text_of(file, &name).map(Content::Text),
        Err(error) => Err(unreadable(&name, &error)),
    };
    Input {
        path: Some(path.to_path_buf()),
        found,
        content,
        name,
    }
}

fn unreadable(name: &str, error: &io::Error) -> Problem {
    let message = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "this file may not be read".to_owned(),
        _ => error.to_string(),
    };
    Problem::new(name, message)
}

fn text_of(source: impl io::Read, name: &str) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    // One byte more than the reader takes, so that it is the reader who refuses it.
    let most = MAX_BYTES as u64 + 1;
    let read = source.take(most).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(name, &error))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Problem::new(
            name,
            format!(
                "found a byte at position {} that is no UTF-8, expected UTF-8 text",
                at + 1
            ),
        )
    })
}

/// Whether a text that is no scenario was never meant to be one: a JSON value without a `version`
/// that is a number and without `requests`.
pub(crate) fn is_something_else(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match serde_json::from_str(text) {
        Ok(Value::Object(fields)) => {
            let version = fields.get("version").is_some_and(Value::is_number);
            !version && !fields.contains_key("requests")
        }
        Ok(_) => true,
        Err(_) => false,
    }
}

/// An error of the reader, with its line and column where they can be found.
pub(crate) fn problem(name: &str, text: &str, error: &FileError) -> Problem {
    let at_fault = error.place.map(|place| {
        let number = |at| u32::try_from(at).unwrap_or(u32::MAX);
        (number(place.line), number(place.column))
    });
    let place = at_fault.or_else(|| {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let found = place_of(error, text)?;
        let place = LineIndex::new(text).line_col(text, found.start());
        Some((place.line, place.column))
    });
    let without_place = FileError {
        place: None,
        ..error.clone()
    };
    Problem {
        file: name.to_owned(),
        place,
        message: without_place.to_string(),
    }
}

/// Where the field of an error stands.
pub(crate) fn place_of(error: &FileError, text: &str) -> Option<Span> {
    match error.kind {
        FileErrorKind::TooLarge | FileErrorKind::TooDeep | FileErrorKind::Syntax => None,
        _ if error.path.is_empty() => None,
        _ => Located::new(text).path(&error.path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_file_names_are_told_apart() {
        for text in [
            "#g1:x",
            "g1:x",
            "g12:",
            "https://x/#g1:y",
            "#example/x",
            "<https://x/#g1:y>",
            "[x](https://x/#g1:y)",
            "look: https://x/#g1:y.",
        ] {
            assert!(is_link(text), "{text}");
        }
        for text in ["g:x", "game.json", "g1.json", "c:\\g1", "./g1:x", "-"] {
            assert!(!is_link(text), "{text}");
        }
    }

    #[test]
    fn what_is_no_scenario_is_told_from_what_is_broken() {
        for text in [
            "[]",
            "{\"Version\": \"2012-10-17\"}",
            "{\"version\": \"1.0.0\"}",
        ] {
            assert!(is_something_else(text), "{text}");
        }
        for text in ["{\"version\": 2}", "{\"requests\": []}", "{", ""] {
            assert!(!is_something_else(text), "{text}");
        }
    }
}
