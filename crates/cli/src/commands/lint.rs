//! `guardrail lint`: what is wrong with policies, and where.

use std::path::Path;

use organization::file::{self, FileError, FileErrorKind, FileWarning, Loaded};
use playground::wire::{self, Place, Places, SCHEMA_VERSION, Severity};
use policy::{Diagnostic, Kind};
use serde::Serialize;
use serde_json::Value;

use super::{FileProblem, counted, json};
use crate::args::{Lint, LintFormat};
use crate::formats::sarif;
use crate::input::{Content, Input, Problem, collect, is_something_else, place_of};
use crate::locate::Located;
use crate::output::{Output, Status};
use crate::style::{Look, Style, safe, severity_look};

/// What `--format json` prints.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    schema_version: u32,
    errors: usize,
    warnings: usize,
    files: Vec<File>,
}

/// What is wrong with one file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct File {
    pub(crate) file: String,
    #[serde(skip)]
    pub(crate) on_disk: bool,
    /// Why it could not be checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<FileProblem>,
    pub(crate) findings: Vec<Finding>,
}

/// One finding.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Finding {
    /// Stable name: that of a policy's diagnostic, or `scenario-…`.
    pub(crate) code: String,
    /// The rule of `docs/semantics.md` behind it, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rule: Option<String>,
    pub(crate) severity: Severity,
    pub(crate) message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expected: Option<String>,
    /// Where in the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) place: Option<Place>,
    /// Another place in the file that belongs to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) related: Option<Place>,
    /// The policy of a scenario.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) policy: Option<String>,
    /// Where in the text of that policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) in_policy: Option<Place>,
}

impl Finding {
    /// What was found and what was expected.
    pub(crate) fn sentence(&self) -> String {
        match &self.expected {
            Some(expected) => format!("{}, expected {expected}", self.message),
            None => self.message.clone(),
        }
    }
}

pub(crate) fn run(options: &Lint, style: Style) -> Output {
    let mut output = Output::default();
    let mut files = Vec::new();
    let mut skipped = Vec::new();
    for input in collect(&options.inputs) {
        match checked(&input, options.kind) {
            Ok(Some(findings)) => files.push(File {
                file: input.name,
                on_disk: input.path.is_some(),
                error: None,
                findings,
            }),
            Ok(None) => skipped.push(input.name),
            Err(problem) => {
                output.error(&problem);
                files.push(File {
                    file: input.name,
                    on_disk: input.path.is_some(),
                    error: Some((&problem).into()),
                    findings: Vec::new(),
                });
            }
        }
    }
    if let Some(first) = skipped.first() {
        output.note(format!(
            "{} that hold neither a scenario nor a policy were skipped, such as {}",
            counted(skipped.len(), "file"),
            safe(first)
        ));
    }
    if files.is_empty() {
        output.error("there is no scenario and no policy");
    }
    let count = |severity| {
        let findings = files.iter().flat_map(|file| &file.findings);
        findings.filter(|it| it.severity == severity).count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    output.at_least(Status::differs(errors > 0));
    output.out = match options.format {
        LintFormat::Text => text(&files, errors, warnings, style),
        LintFormat::Sarif => json(&sarif::log(&files)),
        LintFormat::Json => json(&Report {
            schema_version: SCHEMA_VERSION,
            errors,
            warnings,
            files,
        }),
    };
    output
}

/// The findings of one input; none for a file of a folder that has nothing to check.
fn checked(input: &Input, kind: Option<Kind>) -> Result<Option<Vec<Finding>>, Problem> {
    match input.content.as_ref().map_err(Clone::clone)? {
        Content::Scenario(opened, text) => Ok(Some(in_scenario(text, &opened.loaded))),
        Content::Text(text) => match file::read(text) {
            Ok(loaded) => Ok(Some(in_scenario(without_mark(text), &loaded))),
            Err(error) => match holds(text) {
                Holds::Policy => {
                    let path = input.path.as_deref();
                    let kind = kind
                        .or_else(|| kind_of_name(path?))
                        .or_else(|| kind_of_document(text));
                    match kind {
                        Some(kind) => Ok(Some(in_policy(text, kind))),
                        None => Err(Problem {
                            file: input.name.clone(),
                            place: None,
                            message: "a policy does not say of which kind it is; name it with --kind scp, rcp, identity, boundary, session, resource, trust or endpoint".to_owned(),
                        }),
                    }
                }
                Holds::Scenario => Ok(Some(vec![of_error(without_mark(text), &error)])),
                Holds::Neither if input.found => Ok(None),
                Holds::Neither => Ok(Some(vec![of_error(without_mark(text), &error)])),
            },
        },
    }
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// What a text that is no valid scenario was meant to be.
enum Holds {
    Scenario,
    Policy,
    Neither,
}

fn holds(text: &str) -> Holds {
    match serde_json::from_str(without_mark(text)) {
        Ok(Value::Object(fields)) => {
            if fields
                .keys()
                .any(|key| key.eq_ignore_ascii_case("Statement"))
            {
                Holds::Policy
            } else if is_something_else(text) {
                Holds::Neither
            } else {
                Holds::Scenario
            }
        }
        Ok(_) => Holds::Neither,
        // Broken: the names that stand in it tell.
        Err(_) if text.contains("\"requests\"") || text.contains("\"policies\"") => Holds::Scenario,
        Err(_) if text.contains("Statement") => Holds::Policy,
        Err(_) => Holds::Scenario,
    }
}

/// The kind in a name such as `region-lock.scp.json`.
fn kind_of_name(path: &Path) -> Option<Kind> {
    let stem = Path::new(path.file_stem()?);
    Kind::from_word(stem.extension()?.to_str()?)
}

/// The kind of a document that can be of one kind only: a trust policy allows actions that nothing
/// else with a principal and without a resource is about.
fn kind_of_document(text: &str) -> Option<Kind> {
    const TRUST: [&str; 5] = [
        "sts:assumerole",
        "sts:assumerolewithsaml",
        "sts:assumerolewithwebidentity",
        "sts:setsourceidentity",
        "sts:tagsession",
    ];
    let Value::Object(document) = serde_json::from_str(without_mark(text)).ok()? else {
        return None;
    };
    let statements = listed(document.get("Statement")?);
    let trusts = |statement: &Value| {
        let actions = statement.get("Action").map(listed).unwrap_or_default();
        statement.get("Principal").is_some()
            && statement.get("Resource").is_none()
            && statement.get("NotResource").is_none()
            && !actions.is_empty()
            && actions.iter().all(|action| {
                let action = action.as_str().map(str::to_ascii_lowercase);
                action.is_some_and(|action| TRUST.contains(&action.as_str()))
            })
    };
    let trust = !statements.is_empty() && statements.into_iter().all(trusts);
    trust.then_some(Kind::Trust)
}

fn listed(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        one => vec![one],
    }
}

fn in_policy(text: &str, kind: Kind) -> Vec<Finding> {
    let lint = wire::lint(text, kind);
    let findings = lint.diagnostics.into_iter();
    findings
        .map(|finding| Finding {
            code: finding.code,
            rule: Some(finding.rule),
            severity: finding.severity,
            message: finding.message,
            expected: finding.expected,
            place: Some(finding.place),
            related: finding.related,
            policy: None,
            in_policy: None,
        })
        .collect()
}

/// The findings of all policies of a scenario, and the warnings about the file itself.
fn in_scenario(text: &str, loaded: &Loaded) -> Vec<Finding> {
    let located = Located::new(text);
    let places = Places::new(text);
    let mut findings: Vec<Finding> = loaded
        .warnings
        .iter()
        .map(|warning| {
            let place = located.path(&warning.path);
            of_warning(warning, place.map(|span| places.of(span)))
        })
        .collect();
    let date = loaded.scenario.settings.date();
    for (index, policy) in loaded.scenario.policies.iter().enumerate() {
        let Some(kind) = policy.kind.known() else {
            continue;
        };
        let own = Places::new(&policy.text);
        let in_file = located.policy(index, &policy.text);
        for finding in policy::parse_on(&policy.text, kind, date).diagnostics {
            let place = |span| Some(places.of(in_file.as_ref()?.place(span)));
            findings.push(Finding {
                code: finding.code.to_owned(),
                rule: rule(&finding),
                severity: match finding.severity {
                    policy::Severity::Error => Severity::Error,
                    policy::Severity::Warning => Severity::Warning,
                },
                place: place(finding.span),
                related: finding.related.and_then(place),
                policy: Some(policy.id.to_string()),
                in_policy: Some(own.of(finding.span)),
                message: finding.message,
                expected: finding.expected,
            });
        }
    }
    findings.sort_by_key(|finding| finding.place.map(|place| place.start));
    findings
}

fn rule(finding: &Diagnostic) -> Option<String> {
    let code = policy::CODES.iter().find(|code| code.name == finding.code);
    code.map(|code| code.rule.to_owned())
}

fn of_warning(warning: &FileWarning, place: Option<Place>) -> Finding {
    Finding {
        code: scenario_code(&wire::FileWarning::from(warning).kind),
        rule: None,
        severity: Severity::Warning,
        message: warning.to_string(),
        expected: None,
        place,
        related: None,
        policy: None,
        in_policy: None,
    }
}

/// A scenario file that cannot be read: one error.
fn of_error(text: &str, error: &FileError) -> Finding {
    let wire = wire::FileError::from(error);
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let place = match error.place {
        Some(at) if error.kind != FileErrorKind::TooLarge => {
            Some(at_place(text, number(at.line), number(at.column)))
        }
        _ => place_of(error, text).map(|span| Places::new(text).of(span)),
    };
    let found = format!("found {}", wire.found);
    Finding {
        code: scenario_code(&wire.kind),
        rule: None,
        severity: Severity::Error,
        message: match wire.path.as_str() {
            "" => found,
            path => format!("`{path}`: {found}"),
        },
        expected: Some(wire.expected),
        place,
        related: None,
        policy: None,
        in_policy: None,
    }
}

/// The place of one character, given by line and column as the reader of scenario files counts.
fn at_place(text: &str, line: u32, column: u32) -> Place {
    let mut here = (1, 1);
    let mut chars = text.char_indices();
    while here < (line, column)
        && let Some((_, c)) = chars.next()
    {
        here = match c {
            '\n' => (here.0 + 1, 1),
            _ => (here.0, here.1 + 1),
        };
    }
    let start = chars.next().map_or(text.len(), |(at, _)| at);
    let end = chars.next().map_or(text.len(), |(at, _)| at);
    Places::new(text).of(policy::Span::new(start, end))
}

/// `unknownField` as `scenario-unknown-field`.
fn scenario_code(kind: &str) -> String {
    let mut code = String::from("scenario-");
    for c in kind.chars() {
        if c.is_ascii_uppercase() {
            code.push('-');
        }
        code.push(c.to_ascii_lowercase());
    }
    code
}

fn text(files: &[File], errors: usize, warnings: usize, style: Style) -> String {
    let mut out = String::new();
    for file in files {
        for finding in &file.findings {
            let place = match &finding.place {
                Some(place) => format!(":{}:{}", place.line, place.column),
                None => String::new(),
            };
            let severity = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            let policy = match &finding.policy {
                Some(policy) => format!(" in policy `{policy}`"),
                None => String::new(),
            };
            out.push_str(&format!(
                "{}: {}: {} {}{}\n",
                style.paint(Look::Bold, &format!("{}{place}", file.file)),
                style.paint(severity_look(finding.severity), severity),
                safe(&finding.sentence()),
                style.paint(Look::Dim, &format!("[{}]", finding.code)),
                safe(&policy),
            ));
        }
    }
    out.push_str(&format!(
        "{}, {} in {}\n",
        counted(errors, "error"),
        counted(warnings, "warning"),
        counted(
            files.iter().filter(|file| file.error.is_none()).count(),
            "file"
        )
    ));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_guessed_only_where_it_is_certain() {
        let trust = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":["sts:AssumeRole","sts:TagSession"]}}"#;
        assert_eq!(kind_of_document(trust), Some(Kind::Trust));
        let bucket = trust.replace("sts:TagSession", "s3:GetObject");
        assert_eq!(kind_of_document(&bucket), None);
        let identity = trust.replace("\"Principal\":{\"AWS\":\"*\"},", "");
        assert_eq!(kind_of_document(&identity), None);
        assert_eq!(kind_of_document("{\"Statement\":[]}"), None);
        assert_eq!(kind_of_name(Path::new("a/lock.scp.json")), Some(Kind::Scp));
        assert_eq!(kind_of_name(Path::new("a/scp.json")), None);
    }

    #[test]
    fn a_place_is_one_character() {
        let place = at_place("a\nbé", 2, 2);
        assert_eq!(
            (place.start, place.end, place.line, place.column),
            (3, 4, 2, 2)
        );
    }
}
