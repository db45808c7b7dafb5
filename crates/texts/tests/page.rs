//! Every text of the page stands in the catalogue, and every text of the catalogue is said somewhere.

#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a source that cannot be read must fail the test"
)]

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use texts::ENGLISH_FILE;
use texts::format::entries;

/// Sentence-like literals that are no texts of the page: names that stay, and what AWS calls its own.
const NO_TEXTS: [&str; 2] = ["Guardrail", "IAM Identity Center"];
/// What begins the name of a chord.
const KEYS: [&str; 8] = [
    "Mod ", "Ctrl ", "Shift ", "Alt ", "Enter", "Insert", "F6", "Esc",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files below a folder whose names end so.
fn sources(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            if !["target", "node_modules", "dist", "tests"].contains(&&*name) {
                found.extend(sources(&path, endings));
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
    found
}

/// A source without its tests and remarks.
fn code(path: &Path) -> String {
    let source = fs::read_to_string(path).unwrap();
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The plain string literals of a source, each with what stands before and behind it.
fn literals(source: &str) -> Vec<(&str, &str, &str)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = source[from..].find(['"', '\'']) {
        let start = from + at;
        let rest = &source[start..];
        if rest.starts_with('\'') {
            // A character, or the name of a lifetime.
            let length = ["'\"'", "'\\\\'", "'\\''"]
                .into_iter()
                .find(|one| rest.starts_with(one));
            from = start + length.map_or(1, str::len);
            continue;
        }
        let hashes = source[..start].len() - source[..start].trim_end_matches('#').len();
        let is_raw = source[..start - hashes].ends_with('r');
        let end = if is_raw {
            rest[1..].find(&format!("\"{}", "#".repeat(hashes)))
        } else {
            let mut escaped = false;
            rest[1..].find(|letter| {
                let ends = letter == '"' && !escaped;
                escaped = letter == '\\' && !escaped;
                ends
            })
        };
        let end = start + 1 + end.unwrap();
        if !is_raw {
            found.push((
                &source[..start],
                &source[start + 1..end],
                &source[end + 1..],
            ));
        }
        from = end + 1;
    }
    found
}

/// Whether a literal is shown: it is a node or an attribute of a kind that is read out, or reads like
/// a sentence.
fn is_text(before: &str, literal: &str, behind: &str) -> bool {
    let words = || literal.split(' ').filter(|word| !word.starts_with('{'));
    let is_word = |word: &str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    if !words().any(is_word) || NO_TEXTS.contains(&literal) {
        return false;
    }
    let before = before.trim_end();
    let opened = before.strip_suffix('{').map(str::trim_end);
    let is_node = opened
        .is_some_and(|before| before.ends_with(['>', '}', ';']) && !before.ends_with("=>"))
        && behind.trim_start().starts_with('}');
    let attributes = ["aria-label=", "title=", "placeholder=", "alt="];
    let is_attribute = attributes.into_iter().any(|name| before.ends_with(name));
    let is_sentence = literal.starts_with(|letter: char| letter.is_uppercase())
        && words().filter(|word| is_word(word)).count() > 1
        && !KEYS.iter().any(|key| literal.starts_with(key))
        && !before.ends_with("reason =");
    // What AWS calls a kind of policy is a word of code too.
    let is_code = ["RCP", "SCP", "OU", "ARN"].contains(&literal);
    (is_node && !is_code) || is_attribute || is_sentence
}

#[test]
fn no_text_of_the_page_stands_outside_the_catalogue() {
    let mut found = Vec::new();
    for path in sources(&root().join("web/src"), &[".rs"]) {
        if path.ends_with("tests.rs") {
            continue;
        }
        let source = code(&path);
        for (before, literal, behind) in literals(&source) {
            let is_drawing =
                literal.starts_with('M') && literal.contains(|it: char| it.is_ascii_digit());
            if !is_drawing && is_text(before, literal, behind) {
                found.push(format!("{}: {literal:?}", path.display()));
            }
        }
    }
    for path in sources(&root().join("web"), &[".css"]) {
        let style = fs::read_to_string(&path).unwrap();
        let contents = style.split("content: \"").skip(1);
        let words = contents.filter(|rest| rest.starts_with(|it: char| it.is_alphabetic()));
        found.extend(words.map(|rest| format!("{}: {rest:.20}", path.display())));
    }
    assert!(
        found.is_empty(),
        "texts belong in crates/texts/en.txt:\n{}",
        found.join("\n")
    );
}

#[test]
fn texts_are_told_from_other_literals() {
    let is = |source: &str| {
        let found = literals(source);
        let (before, literal, behind) = found.last().copied().unwrap();
        is_text(before, literal, behind)
    };
    for text in [
        "<h2>{ \"Requests\" }</h2>",
        "<button aria-label=\"close\">",
        "Notice::new(\"Nothing is kept.\")",
        "format!(\"Deleted {count} requests.\")",
    ] {
        assert!(is(text), "{text}");
    }
    for other in [
        "<h2 class=\"button outlined\">",
        "keys_in_words(\"Mod Shift Z\")",
        "matches!(key, \"Enter\")",
        "fn a<'a>(it: char) { it == '\"'; \"key\" }",
    ] {
        assert!(!is(other), "{other}");
    }
}

#[test]
fn every_text_is_said() {
    let root = root();
    let mut all = String::new();
    for folder in ["web", "crates"] {
        for path in sources(&root.join(folder), &[".rs", ".ts", ".js"]) {
            all.push_str(&fs::read_to_string(path).unwrap());
        }
    }
    let names: HashSet<&str> = all
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        .collect();
    let quoted: HashSet<&str> = all.split('"').collect();
    let is_said = |name: &str| match name.strip_prefix("js.") {
        Some(name) => {
            let own = name.strip_prefix("palette.").unwrap_or(name);
            quoted.contains(own)
        }
        None => {
            let name = name.replace(['.', '-'], "_");
            names.contains(&*name) || names.contains(&*name.to_uppercase())
        }
    };
    let unsaid: Vec<&str> = entries(ENGLISH_FILE)
        .unwrap()
        .iter()
        .map(|entry| entry.name)
        .filter(|name| !is_said(name))
        .collect();
    assert!(unsaid.is_empty(), "nobody says {unsaid:?}");
}

/// Sources of the crates whose English stays: what tools read, and what AWS itself says.
const ENGLISH_STAYS: [(&str, &str); 3] = [
    (
        "policy/src/codes.rs",
        "the table of codes, which SARIF carries",
    ),
    ("playground/src/sentence/message.rs", "the words of AWS"),
    (
        "organization/src/file/schema",
        "the JSON Schema of the scenario file",
    ),
];

/// Whether a literal has two words of small letters in a row, outside what it quotes.
fn reads_like_english(literal: &str) -> bool {
    let outside: String = literal.split('`').step_by(2).collect::<Vec<_>>().join("`");
    let is_word = |word: &str| {
        let word = word.trim_end_matches([',', ':', '.', ';']);
        !word.is_empty() && word.chars().all(|letter| letter.is_ascii_lowercase())
    };
    let words: Vec<&str> = outside.split(' ').collect();
    words
        .windows(2)
        .any(|pair| pair.iter().all(|word| is_word(word)))
}

#[test]
fn no_text_of_the_crates_stands_outside_the_catalogue() {
    assert!(reads_like_english(" and no `Allow`"));
    assert!(!reads_like_english("`a b` {c}: aws:SourceIp"));
    let mut found = Vec::new();
    for folder in ["policy", "organization", "playground"] {
        for path in sources(&root().join("crates").join(folder).join("src"), &[".rs"]) {
            let shown = path.display().to_string();
            let stays = |(name, _): &(&str, &str)| shown.contains(name);
            if shown.ends_with("tests.rs") || ENGLISH_STAYS.iter().any(stays) {
                continue;
            }
            for (before, literal, _) in literals(&code(&path)) {
                let is_reason = before.trim_end().ends_with("reason =");
                if !is_reason && reads_like_english(literal) {
                    found.push(format!("{shown}: {literal:?}"));
                }
            }
        }
    }
    assert!(
        found.is_empty(),
        "texts belong in crates/texts/en.txt:\n{}",
        found.join("\n")
    );
}
