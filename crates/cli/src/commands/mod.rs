//! One module for each command.

pub(crate) mod diff;
pub(crate) mod eval;
mod explain;
pub(crate) mod lesson;
pub(crate) mod link;
pub(crate) mod lint;
mod reason;
mod since;
pub(crate) mod test;

use organization::file::Loaded;
use playground::Engine;
use playground::wire::{self, Converter, Row};
use serde::Serialize;

use crate::input::{Problem, Read, Scenarios};
use crate::output::Output;
use crate::style::safe;

/// The JSON Schema of the scenario file.
pub(crate) const SCHEMA: &str = include_str!("../../../organization/schema/scenario-1.schema.json");

/// The verdicts of a scenario, with the reasons of those rows that `wanted` chooses.
fn evaluated(
    loaded: &Loaded,
    keep: impl Fn(&mut wire::Analysis),
    wanted: impl Fn(&Row) -> bool,
) -> wire::Analysis {
    let mut engine = Engine::new();
    let analysis = engine.analyze(&loaded.scenario, None);
    let converter = Converter::new(&loaded.scenario);
    let mut analysis = converter.analysis(&analysis);
    keep(&mut analysis);
    converter.explain(&mut engine, &mut analysis.requests, wanted);
    analysis
}

/// Why a file could not be read, as the JSON formats say it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FileProblem {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) column: Option<u32>,
    pub(crate) message: String,
}

impl From<&Problem> for FileProblem {
    fn from(problem: &Problem) -> Self {
        Self {
            line: problem.place.map(|(line, _)| line),
            column: problem.place.map(|(_, column)| column),
            message: problem.message.clone(),
        }
    }
}

/// Reports what could not be read, and the warnings about what could.
fn report(scenarios: &Scenarios, output: &mut Output) {
    for read in &scenarios.read {
        report_one(read, output);
    }
    if let Some(first) = scenarios.skipped.first() {
        let first = safe(first);
        match scenarios.skipped.len() {
            1 => output.note(format!("{first} is no scenario file and was skipped")),
            count => output.note(format!(
                "{count} files that are no scenario files were skipped, such as {first}"
            )),
        }
    }
    if scenarios.read.is_empty() {
        output.error("there is no scenario file");
    }
}

fn report_one(read: &Read, output: &mut Output) {
    match &read.loaded {
        Err(problem) => output.error(problem),
        Ok(loaded) => {
            if read.mended {
                output.note(format!(
                    "{}: the link was altered on its way and could be mended; its checksum fits",
                    safe(&read.name)
                ));
            }
            for warning in &loaded.warnings {
                let warning = safe(&warning.to_string());
                output.warning(format!("{}: {warning}", safe(&read.name)));
            }
        }
    }
}

/// "1 request", "2 requests".
fn counted(count: usize, noun: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{s}")
}

/// A value as indented JSON with a newline at the end.
fn json(value: &impl Serialize) -> String {
    match serde_json::to_string_pretty(value) {
        Ok(text) => text + "\n",
        // Texts, numbers and lists of them can always be written.
        Err(_) => String::new(),
    }
}
