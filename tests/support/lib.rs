//! What the tests share: the scenario files with what is expected of each request.

mod conditions;
pub mod instance;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use evaluator::{Library, LibraryPolicy, PolicyType, Verdict};
use organization::{ExpectedVerdict, PolicyId, PolicyKind, RequestId, Scenario, WELL_KNOWN};
use policy::Kind;
use serde_json::Value;

/// The root of the repository.
#[must_use]
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(Path::to_path_buf)
        .unwrap_or_default()
}

/// All files below `folder` whose name ends in `.json`, sorted.
///
/// # Errors
/// Those of reading a folder.
pub fn json_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    files_with_ending(folder, "json")
}

/// All Rust source files below `folder`, sorted.
///
/// # Errors
/// Those of reading a folder.
pub fn source_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    files_with_ending(folder, "rs")
}

fn files_with_ending(folder: &Path, ending: &str) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A scenario file of the tests.
#[derive(Debug)]
pub struct ScenarioFile {
    /// Its name without the ending.
    pub name: String,
    /// Its text.
    pub text: String,
    /// What was read from it.
    pub scenario: Scenario,
    /// Warnings of the reader.
    pub warnings: Vec<String>,
}

impl ScenarioFile {
    /// Reads a text.
    ///
    /// # Errors
    /// The reader's own words, with the name of the file.
    pub fn read(name: &str, text: String) -> Result<Self, String> {
        let loaded = organization::file::read(&text).map_err(|error| format!("{name}: {error}"))?;
        Ok(Self {
            name: name.to_owned(),
            text,
            scenario: loaded.scenario,
            warnings: loaded
                .warnings
                .iter()
                .map(|warning| format!("{}: {}", warning.path, warning.message))
                .collect(),
        })
    }

    /// All files of one folder.
    ///
    /// # Errors
    /// Those of reading files, and those of [`ScenarioFile::read`].
    pub fn folder(folder: &Path) -> Result<Vec<Self>, String> {
        let files = json_files(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        files
            .iter()
            .map(|path| {
                let name = path.file_stem().unwrap_or_default().to_string_lossy();
                let text = fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
                Self::read(&name, text)
            })
            .collect()
    }

    /// What `lesson.cases` says about a request.
    #[must_use]
    pub fn case(&self, id: &RequestId) -> Option<Case> {
        let case = self
            .scenario
            .lesson
            .as_ref()?
            .cases
            .as_ref()?
            .get(id.as_str())?;
        Some(Case {
            rules: words(case.get("rule")),
            source: case.get("source")?.as_str()?.to_owned(),
            stops: case.get("stops").map(|stops| words(Some(stops))),
            error: case.get("verdict").and_then(Value::as_str) == Some("error"),
            grants: case.get("grants").map(grants),
            branches: case.get("branches").map(|branches| words(Some(branches))),
            complete: case.get("complete").and_then(Value::as_bool) != Some(false),
            switch: text(case, "switch").zip(text(case, "otherwise")),
            on: days(case.get("on")),
        })
    }

    /// The position in its policy of the statement with this `Sid`.
    #[must_use]
    pub fn statement_index(&self, policy: &str, sid: &str) -> Option<usize> {
        let policy = (self.scenario.policies.iter()).find(|known| known.id.as_str() == policy)?;
        let PolicyKind::Known(kind) = policy.kind else {
            return None;
        };
        let parsed = policy::parse(&policy.text, kind);
        let statement = parsed
            .document
            .statements
            .iter()
            .find(|statement| (statement.sid.as_ref()).is_some_and(|own| own.value == sid))?;
        Some(statement.index)
    }
}

/// The policies of a scenario, ready to run.
#[must_use]
pub fn library(scenario: &Scenario) -> Library {
    let mut library = Library::default();
    let runnable = |text: &str, kind: Kind| {
        evaluator::compile(&policy::parse(text, kind), kind).map(std::rc::Rc::new)
    };
    for policy in WELL_KNOWN {
        // The rules of the grammar are those for customers (RCP-3, RCP-5).
        let mut parsed = policy::parse(policy.text, policy.kind);
        parsed.diagnostics.clear();
        let entry = LibraryPolicy {
            kind: Some(policy.kind),
            compiled: evaluator::compile(&parsed, policy.kind).map(std::rc::Rc::new),
        };
        library.insert(PolicyId::from(policy.name), entry);
    }
    for policy in &scenario.policies {
        let kind = match policy.kind {
            PolicyKind::Known(kind) => Some(kind),
            PolicyKind::Other(_) => None,
        };
        let entry = LibraryPolicy {
            kind,
            compiled: kind.and_then(|kind| runnable(&policy.text, kind)),
        };
        library.insert(policy.id.clone(), entry);
    }
    library
}

fn words(value: Option<&Value>) -> Vec<String> {
    value
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|word| word.as_str().map(str::to_owned))
        .collect()
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().map(str::to_owned)
}

fn grants(value: &Value) -> BTreeSet<(String, String)> {
    let list = value.as_array().into_iter().flatten();
    list.filter_map(|grant| text(grant, "policy").zip(text(grant, "sid")))
        .collect()
}

fn days(value: Option<&Value>) -> BTreeMap<String, String> {
    let members = value.and_then(Value::as_object).into_iter().flatten();
    members
        .filter_map(|(day, word)| Some((day.clone(), word.as_str()?.to_owned())))
        .collect()
}

/// What the tests know about a request beyond its `expect`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Ids of `docs/semantics.md`.
    pub rules: Vec<String>,
    /// A worked case (`W-1`), or `own`.
    pub source: String,
    /// The policy types that stop the request; none where that is not said.
    pub stops: Option<Vec<String>>,
    /// Whether no verdict can be given.
    pub error: bool,
    /// All statements of resource-based and trust policies that allow, by policy and `Sid`; none
    /// where that is not said.
    pub grants: Option<BTreeSet<(String, String)>>,
    /// The verdicts of the cases that it depends on; none where that is not said.
    pub branches: Option<Vec<String>>,
    /// Whether all cases that it could depend on are tried.
    pub complete: bool,
    /// The switch of the settings that it turns on, with its verdict in the position that is not
    /// the default.
    pub switch: Option<(String, String)>,
    /// The verdict on certain days.
    pub on: BTreeMap<String, String>,
}

/// The policy type behind a word of `stops`.
#[must_use]
pub fn policy_type(word: &str) -> Option<PolicyType> {
    Some(match word {
        "fixed" | "partition" => PolicyType::Fixed,
        "rcp" => PolicyType::Rcp,
        "scp" => PolicyType::Scp,
        "endpoint" => PolicyType::Endpoint,
        "resource" => PolicyType::Resource,
        "identity" => PolicyType::Identity,
        "boundary" => PolicyType::Boundary,
        "session" => PolicyType::Session,
        _ => return None,
    })
}

/// Whether a verdict is what is expected. `deny` is either kind of denial.
#[must_use]
pub fn is_expected(expected: &ExpectedVerdict, verdict: Verdict) -> bool {
    match expected {
        ExpectedVerdict::Allow => verdict == Verdict::Allow,
        ExpectedVerdict::Deny => {
            matches!(verdict, Verdict::ExplicitDeny | Verdict::ImplicitDeny)
        }
        ExpectedVerdict::ExplicitDeny => verdict == Verdict::ExplicitDeny,
        ExpectedVerdict::ImplicitDeny => verdict == Verdict::ImplicitDeny,
        ExpectedVerdict::Depends => verdict == Verdict::Depends,
        ExpectedVerdict::Other(_) => false,
    }
}

/// Whether a word of a case names a verdict.
#[must_use]
pub fn is_verdict(word: &str, verdict: Verdict) -> bool {
    match verdict {
        Verdict::Allow => word == "allow",
        Verdict::ExplicitDeny => word == "explicitDeny",
        Verdict::ImplicitDeny => word == "implicitDeny",
        Verdict::Depends => word == "depends",
        Verdict::Error => word == "error",
    }
}

/// The rule ids that a Markdown text defines, as `**ID**`.
#[must_use]
pub fn defined_rules(markdown: &str) -> BTreeSet<String> {
    markdown
        .split("**")
        .skip(1)
        .step_by(2)
        .filter(|bold| !bold.contains(char::is_whitespace))
        .map(str::to_owned)
        .collect()
}
