//! Documents that other people published: no panic on any of them, and an error exactly where
//! `corpus.tsv` names one. The documents themselves are not part of the repository.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test whose data cannot be read must fail, in its helpers too"
)]

use std::collections::BTreeMap;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use guardrail_tests::{json_files, repository};
use policy::{Kind, LineIndex, Parsed, Severity};

fn corpus() -> Option<PathBuf> {
    let folder = repository().parent()?.join("shared/corpus");
    if folder.is_dir() {
        Some(folder)
    } else {
        println!("skipped: there is no corpus at {}", folder.display());
        None
    }
}

/// Kind and expected errors of each file of `corpus.tsv`.
fn expected() -> BTreeMap<String, (Kind, Vec<String>)> {
    let text =
        fs::read_to_string(repository().join("tests/corpus.tsv")).expect("the table is readable");
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let mut cells = line.split('\t');
            let (Some(path), Some(kind), Some(errors), None) =
                (cells.next(), cells.next(), cells.next(), cells.next())
            else {
                panic!("not three cells: {line}");
            };
            let kind = Kind::from_word(kind).unwrap_or_else(|| panic!("no kind: {line}"));
            let errors = match errors {
                "ok" => Vec::new(),
                errors => errors.split(',').map(str::to_owned).collect(),
            };
            (path.to_owned(), (kind, errors))
        })
        .collect()
}

/// The kind that a folder of the corpus holds.
fn kind_of_folder(folder: &str) -> Option<Kind> {
    match folder {
        "vpce" => Some(Kind::Endpoint),
        "malformed" | "negative" | "templated" => Some(Kind::Identity),
        word => Kind::from_word(word),
    }
}

fn files(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("the folder is readable") {
            let path = entry.expect("the entry is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it is below the folder");
                files.push((name.to_string_lossy().into_owned(), path));
            }
        }
    }
    files.sort();
    files
}

fn errors(text: &str, parsed: &Parsed) -> Vec<String> {
    let lines = LineIndex::new(text);
    let mut errors: Vec<_> = parsed
        .diagnostics
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| {
            let place = lines.line_col(text, finding.span.start());
            (place.line, finding.code)
        })
        .collect();
    errors.sort_unstable();
    errors
        .into_iter()
        .map(|(line, code)| format!("{code}:{line}"))
        .collect()
}

#[test]
fn published_policies_have_the_errors_that_the_table_names() {
    let Some(corpus) = corpus() else { return };
    let table = expected();
    let mut differences = Vec::new();
    let mut read = 0;
    for (name, path) in files(&corpus) {
        let folder = name.split('/').next().unwrap_or_default();
        let listed = table.get(&name);
        let Some(kind) = listed
            .map(|(kind, _)| *kind)
            .or_else(|| kind_of_folder(folder))
        else {
            continue;
        };
        if listed.is_none() && !name.ends_with(".json") {
            continue;
        }
        let text = String::from_utf8_lossy(&fs::read(&path).expect("it is readable")).into_owned();
        read += 1;
        let Ok(actual) = catch_unwind(|| errors(&text, &policy::parse(&text, kind))) else {
            differences.push(format!("{name}: panic"));
            continue;
        };
        let mut expected = listed.map(|(_, errors)| errors.clone()).unwrap_or_default();
        let mut actual = actual;
        expected.sort();
        actual.sort();
        if actual != expected {
            differences.push(format!("{name}: expected {expected:?}, found {actual:?}"));
        }
    }
    assert!(read > 0, "no policy was read");
    println!("{read} documents");
    assert!(
        differences.is_empty(),
        "{} of {read} differ\n{}",
        differences.len(),
        differences.join("\n")
    );
}

#[test]
fn the_table_names_only_files_that_exist() {
    let Some(corpus) = corpus() else { return };
    for name in expected().keys() {
        assert!(corpus.join(name).is_file(), "{name}");
    }
}

#[test]
fn every_text_is_read_as_every_kind_without_a_panic() {
    let Some(corpus) = corpus() else { return };
    for (name, path) in files(&corpus) {
        let text = String::from_utf8_lossy(&fs::read(&path).expect("it is readable")).into_owned();
        for kind in Kind::ALL {
            assert!(
                catch_unwind(|| policy::parse(&text, kind)).is_ok(),
                "{name} as {}",
                kind.as_str()
            );
        }
        assert!(
            catch_unwind(|| organization::file::read(&text).is_ok()).is_ok(),
            "{name} as a scenario"
        );
    }
}

#[test]
fn events_and_organizations_are_json() {
    let Some(corpus) = corpus() else { return };
    for folder in ["cloudtrail", "orgs"] {
        let files = json_files(&corpus.join(folder)).expect("the folder is readable");
        assert!(!files.is_empty(), "{folder} is empty");
        for path in files {
            let text = fs::read_to_string(&path).expect("it is readable");
            let value: Result<serde_json::Value, _> = serde_json::from_str(&text);
            assert!(value.is_ok(), "{}: {:?}", path.display(), value.err());
        }
    }
}
