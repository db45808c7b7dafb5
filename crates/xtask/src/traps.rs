//! Seeds the traps of the rule book ("Traps that simulators fall into") into a copy of the
//! workspace, one at a time, and runs the tests: each seed must be caught.
//!
//! `tests/traps.txt` holds them: a line `# T-8 | what is wrong then`, a line `@ file`, the lines to
//! take out, each behind `-`, and those to put in their place, each behind `+`. Lines are found
//! without regard to their indentation; several `@` may follow one `#`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Failure, Result};
use crate::project::Project;

/// What is copied; the page is not needed.
const COPIED: [&str; 7] = [
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "crates",
    "fuzz",
    "tests",
    "docs",
];
/// What the page's crate needs to be a member of the workspace.
const WEB: [&str; 2] = ["web/Cargo.toml", "web/src"];

/// Which tests are asked, each with its name in the table.
const SUITES: [(&str, &[&str]); 3] = [
    (
        "cases",
        &[
            "-p",
            "guardrail-tests",
            "--test",
            "conformance",
            "--test",
            "evaluator",
        ],
    ),
    ("twin", &["-p", "guardrail-tests", "--test", "twin"]),
    (
        "units",
        &[
            "-p",
            "guardrail-policy",
            "-p",
            "guardrail-evaluator",
            "-p",
            "guardrail-catalog",
            "-p",
            "guardrail-organization",
        ],
    ),
];

struct Trap {
    id: String,
    what: String,
    changes: Vec<Change>,
}

#[derive(Default)]
struct Change {
    file: PathBuf,
    out: Vec<String>,
    put: Vec<String>,
}

/// A set of tests: its name in the table, and what cargo is asked for.
type Suite = (&'static str, &'static [&'static str]);

/// Runs the traps whose ids are given, with the suites that are given by name; all of them if none
/// is.
pub(crate) fn run(project: &Project, words: &[String]) -> Result<()> {
    let is_suite = |word: &&String| SUITES.iter().any(|(name, _)| name == word);
    let suites: Vec<Suite> = SUITES
        .into_iter()
        .filter(|(name, _)| {
            !words.iter().any(|it| is_suite(&it)) || words.iter().any(|it| it == name)
        })
        .collect();
    let ids: Vec<&String> = words.iter().filter(|word| !is_suite(word)).collect();
    let list = project.root().join("tests/traps.txt");
    let text = fs::read_to_string(&list).map_err(|error| Failure::file("read", &list, &error))?;
    let traps = read(&text)?;
    let chosen: Vec<&Trap> = traps
        .iter()
        .filter(|trap| ids.is_empty() || ids.contains(&&trap.id))
        .collect();
    if chosen.is_empty() {
        return Err(Failure::new(format!(
            "there is no trap {}",
            words.join(", ")
        )));
    }
    let copy = project.root().join("target/traps/workspace");
    make_copy(project, &copy)?;
    println!("The tests without any trap:");
    let (caught, by) = test(&copy, &suites)?;
    if caught {
        return Err(Failure::new(format!(
            "the tests fail without any trap ({})",
            by.join(", ")
        )));
    }
    let mut missed = Vec::new();
    println!("\n| trap | what is wrong then | caught by |\n|---|---|---|");
    for trap in chosen {
        let undo = seed(&copy, trap)?;
        let (caught, by) = test(&copy, &suites)?;
        for (file, text) in undo {
            fs::write(&file, text).map_err(|error| Failure::file("write", &file, &error))?;
        }
        let by = if caught {
            by.join(", ")
        } else {
            "nothing".to_owned()
        };
        println!("| {} | {} | {by} |", trap.id, trap.what);
        if !caught {
            missed.push(trap.id.clone());
        }
    }
    if missed.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(format!("not caught: {}", missed.join(", "))))
    }
}

fn read(text: &str) -> Result<Vec<Trap>> {
    let mut traps: Vec<Trap> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let wrong = |expected: &str| {
            Failure::new(format!(
                "tests/traps.txt, line {}: expected {expected}",
                at + 1
            ))
        };
        if let Some(heading) = line.strip_prefix("# ") {
            let (id, what) = heading
                .split_once(" | ")
                .ok_or_else(|| wrong("`# id | what`"))?;
            traps.push(Trap {
                id: id.to_owned(),
                what: what.to_owned(),
                changes: Vec::new(),
            });
        } else if let Some(file) = line.strip_prefix("@ ") {
            let trap = traps.last_mut().ok_or_else(|| wrong("a heading first"))?;
            trap.changes.push(Change {
                file: PathBuf::from(file),
                ..Change::default()
            });
        } else if let Some((sign, rest)) = line
            .split_at_checked(1)
            .filter(|(sign, _)| matches!(*sign, "-" | "+"))
        {
            let change = traps
                .last_mut()
                .and_then(|trap| trap.changes.last_mut())
                .ok_or_else(|| wrong("a file first"))?;
            let lines = if sign == "-" {
                &mut change.out
            } else {
                &mut change.put
            };
            lines.push(rest.trim().to_owned());
        } else if !line.trim().is_empty() {
            return Err(wrong("a line that begins with `#`, `@`, `-` or `+`"));
        }
    }
    Ok(traps)
}

fn make_copy(project: &Project, copy: &Path) -> Result<()> {
    for part in COPIED.iter().chain(&WEB) {
        let from = project.root().join(part);
        let to = copy.join(part);
        if from.is_dir() {
            copy_folder(&from, &to)?;
        } else {
            copy_file(&from, &to)?;
        }
    }
    Ok(())
}

/// Copies what has changed, and removes what is no longer there: files that stay as they are need
/// not be compiled again.
fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).map_err(|error| Failure::file("create", to, &error))?;
    let mut kept = BTreeSet::new();
    for entry in fs::read_dir(from).map_err(|error| Failure::file("read", from, &error))? {
        let entry = entry.map_err(|error| Failure::file("read", from, &error))?;
        let name = entry.file_name();
        if name == "node_modules" || name == "e2e" || name == "target" {
            continue;
        }
        let (source, target) = (entry.path(), to.join(&name));
        if source.is_dir() {
            copy_folder(&source, &target)?;
        } else {
            copy_file(&source, &target)?;
        }
        kept.insert(name);
    }
    for entry in fs::read_dir(to).map_err(|error| Failure::file("read", to, &error))? {
        let entry = entry.map_err(|error| Failure::file("read", to, &error))?;
        if !kept.contains(&entry.file_name()) {
            let path = entry.path();
            let removed = if path.is_dir() {
                fs::remove_dir_all(&path)
            } else {
                fs::remove_file(&path)
            };
            removed.map_err(|error| Failure::file("remove", &path, &error))?;
        }
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path) -> Result<()> {
    let new = fs::read(from).map_err(|error| Failure::file("read", from, &error))?;
    if fs::read(to).is_ok_and(|old| old == new) {
        return Ok(());
    }
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent).map_err(|error| Failure::file("create", parent, &error))?;
    }
    fs::write(to, new).map_err(|error| Failure::file("write", to, &error))
}

/// Puts a trap into the copy; gives back what undoes it.
fn seed(copy: &Path, trap: &Trap) -> Result<Vec<(PathBuf, String)>> {
    let mut undo: Vec<(PathBuf, String)> = Vec::new();
    for change in &trap.changes {
        let file = copy.join(&change.file);
        let text =
            fs::read_to_string(&file).map_err(|error| Failure::file("read", &file, &error))?;
        let lines: Vec<&str> = text.lines().collect();
        let places: Vec<usize> = lines
            .windows(change.out.len().max(1))
            .enumerate()
            .filter(|(_, window)| {
                let mut pairs = window.iter().zip(&change.out);
                pairs.all(|(line, wanted)| line.trim() == wanted)
            })
            .map(|(at, _)| at)
            .collect();
        let [at] = places.as_slice() else {
            return Err(Failure::new(format!(
                "{}: its lines stand {} times in {}, expected once",
                trap.id,
                places.len(),
                change.file.display()
            )));
        };
        let before = lines.iter().take(*at).copied();
        let after = lines.iter().skip(at + change.out.len()).copied();
        let put = change.put.iter().map(String::as_str);
        let seeded: Vec<&str> = before.chain(put).chain(after).collect();
        fs::write(&file, seeded.join("\n") + "\n")
            .map_err(|error| Failure::file("write", &file, &error))?;
        if !undo.iter().any(|(known, _)| *known == file) {
            undo.push((file, text));
        }
    }
    Ok(undo)
}

/// Whether any suite fails, and which tests do.
fn test(copy: &Path, suites: &[Suite]) -> Result<(bool, Vec<String>)> {
    let mut by = Vec::new();
    for (name, arguments) in suites {
        let output = Command::new("cargo")
            .arg("test")
            .args(*arguments)
            .args(["--no-fail-fast", "--locked"])
            .current_dir(copy)
            .env("CARGO_TARGET_DIR", copy.join("../build"))
            // A seeded trap leaves things unused.
            .env("RUSTFLAGS", "--cap-lints warn")
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| Failure::new(format!("cargo does not start: {error}")))?;
        if output.status.success() {
            continue;
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let failed: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... FAILED"))
            .collect();
        if failed.is_empty() {
            let error = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(Failure::new(format!("the tests do not run:\n{error}")));
        }
        by.push(format!("{name} ({})", failed.len()));
    }
    Ok((!by.is_empty(), by))
}
