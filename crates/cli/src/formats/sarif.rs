//! SARIF 2.1.0, the format of code scanning.

use serde_json::{Value, json};

use crate::commands::lint::{File, Finding};
use playground::wire::{Place, Severity};

/// One run with every finding; a file that could not be checked is a notification.
pub(crate) fn log(files: &[File]) -> Value {
    let mut rules: Vec<&Finding> = Vec::new();
    for finding in files.iter().flat_map(|file| &file.findings) {
        if !rules.iter().any(|rule| rule.code == finding.code) {
            rules.push(finding);
        }
    }
    let findings = files
        .iter()
        .flat_map(|file| file.findings.iter().map(move |finding| (file, finding)));
    let results: Vec<Value> = findings
        .map(|(file, finding)| {
            let index = rules.iter().position(|rule| rule.code == finding.code);
            result(file, finding, index)
        })
        .collect();
    let unread = files
        .iter()
        .filter_map(|file| Some((file, file.error.as_ref()?)));
    let notifications: Vec<Value> = unread
        .map(|(file, error)| {
            json!({
                "level": "error",
                "message": { "text": error.message },
                "locations": [{ "physicalLocation": { "artifactLocation": artifact(file) } }],
            })
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "guardrail",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|finding| rule(finding)).collect::<Vec<Value>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": notifications.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    })
}

fn rule(finding: &Finding) -> Value {
    let known = policy::CODES.iter().find(|code| code.name == finding.code);
    let mut rule = json!({
        "id": finding.code,
        "shortDescription": { "text": match known {
            Some(code) => code.summary,
            None => "Something about the scenario file itself.",
        } },
        "defaultConfiguration": { "level": level(finding.severity) },
    });
    if let (Some(rule), Some(known)) = (rule.as_object_mut(), known) {
        rule.insert("properties".to_owned(), json!({ "rule": known.rule }));
    }
    rule
}

fn result(file: &File, finding: &Finding, index: Option<usize>) -> Value {
    let mut location = json!({ "physicalLocation": physical(file, finding.place.as_ref()) });
    if let (Some(location), Some(policy)) = (location.as_object_mut(), &finding.policy) {
        let policy = json!([{ "name": policy, "kind": "object" }]);
        location.insert("logicalLocations".to_owned(), policy);
    }
    let mut result = json!({
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": level(finding.severity),
        "message": { "text": finding.sentence() },
        "locations": [location],
    });
    if let (Some(result), Some(related)) = (result.as_object_mut(), &finding.related) {
        let related = json!([{ "physicalLocation": physical(file, Some(related)) }]);
        result.insert("relatedLocations".to_owned(), related);
    }
    result
}

fn physical(file: &File, place: Option<&Place>) -> Value {
    match place {
        None => json!({ "artifactLocation": artifact(file) }),
        Some(place) => json!({
            "artifactLocation": artifact(file),
            "region": {
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.end_line,
                "endColumn": place.end_column,
            },
        }),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// The file as a URI: relative as it was named, absolute with its scheme.
fn artifact(file: &File) -> Value {
    if !file.on_disk {
        let name = if file.file == "-" {
            "stdin"
        } else {
            &file.file
        };
        return json!({ "uri": name });
    }
    let name = file.file.replace('\\', "/");
    let mut uri = String::new();
    if name.starts_with('/') {
        uri.push_str("file://");
    }
    let name = name.strip_prefix("./").unwrap_or(&name);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    json!({ "uri": uri })
}
