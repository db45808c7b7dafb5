//! `guardrail test`: do the verdicts come out as the files expect?

use organization::{AccountId, Expectation, ExpectedVerdict};
use playground::Engine;
use playground::wire::{self, Converter, Request, Row, SCHEMA_VERSION, Verdict};
use serde::Serialize;

use super::{FileProblem, counted, json, report};
use crate::args::{Test, TestFormat};
use crate::formats::{junit, tap};
use crate::input::{Read, scenarios};
use crate::output::Output;
use crate::style::{Look, Style, safe};
use crate::table::{Cell, Table};

/// So many differences of one request are listed.
const MOST_DIFFERENCES: usize = 10;
/// So many of them are explained.
const MOST_REASONS: usize = 3;

/// A file and its requests.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct File {
    pub(crate) file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<FileProblem>,
    warnings: Vec<wire::FileWarning>,
    pub(crate) requests: Vec<Tested>,
}

/// A request and whether what is expected of it came out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Tested {
    id: String,
    name: String,
    pub(crate) status: Status,
    /// The expected verdict in a word; left out if nothing is expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
    /// What the rows amount to in words.
    word: String,
    /// What came out otherwise.
    pub(crate) differences: Vec<String>,
    /// Why, for the first rows that differ; empty if none does.
    pub(crate) why: Vec<String>,
}

/// What became of an expectation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Status {
    Passed,
    Failed,
    /// Nothing is expected.
    Unasserted,
}

impl File {
    pub(crate) fn count(&self, status: Status) -> usize {
        let requests = self.requests.iter();
        requests.filter(|request| request.status == status).count()
    }
}

impl Tested {
    /// What came out otherwise, as far as people read it.
    pub(crate) fn first_differences(&self) -> Vec<String> {
        let mut first: Vec<String> = self.differences.clone();
        if first.len() > MOST_DIFFERENCES {
            first.truncate(MOST_DIFFERENCES);
            let more = self.differences.len() - MOST_DIFFERENCES;
            first.push(format!("and {more} more"));
        }
        first
    }

    /// Its id, and its name if it has one.
    pub(crate) fn title(&self) -> String {
        if self.name.is_empty() {
            self.id.clone()
        } else {
            format!("{}: {}", self.id, self.name)
        }
    }
}

/// What `--format json` prints.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    schema_version: u32,
    passed: usize,
    failed: usize,
    unasserted: usize,
    files: Vec<File>,
}

pub(crate) fn run(options: &Test, style: Style) -> Output {
    let mut output = Output::default();
    let scenarios = scenarios(&options.inputs);
    report(&scenarios, &mut output);
    let files: Vec<File> = scenarios.read.iter().map(tested).collect();
    let total = |status| files.iter().map(|file| file.count(status)).sum::<usize>();
    let (passed, failed) = (total(Status::Passed), total(Status::Failed));
    let unasserted = total(Status::Unasserted);
    output.at_least(crate::output::Status::differs(failed > 0));
    output.out = match options.format {
        TestFormat::Junit => junit::write(&files),
        TestFormat::Tap => tap::write(&files),
        TestFormat::Json => json(&Report {
            schema_version: SCHEMA_VERSION,
            passed,
            failed,
            unasserted,
            files,
        }),
        TestFormat::Text => {
            let mut out = differences(&files, style);
            if unasserted > 0 {
                let (verb, requests) = match unasserted {
                    1 => ("expects", counted(1, "request")),
                    count => ("expect", counted(count, "request")),
                };
                out.push_str(&format!("{requests} {verb} nothing\n"));
            }
            let look = if failed > 0 { Look::Red } else { Look::Green };
            out.push_str(&style.paint(look, &format!("{passed} passed, {failed} failed")));
            out.push('\n');
            out
        }
    };
    output
}

fn tested(read: &Read) -> File {
    let mut file = File {
        file: read.name.clone(),
        error: None,
        warnings: Vec::new(),
        requests: Vec::new(),
    };
    let loaded = match &read.loaded {
        Ok(loaded) => loaded,
        Err(problem) => {
            file.error = Some(problem.into());
            return file;
        }
    };
    file.warnings = loaded
        .warnings
        .iter()
        .map(wire::FileWarning::from)
        .collect();
    let mut engine = Engine::new();
    let analysis = engine.analyze(&loaded.scenario, None);
    let failed = |request: &Request| request.expectation.as_ref().is_some_and(|it| !it.met);
    let converter = Converter::new(&loaded.scenario);
    for request in &analysis.requests {
        let mut request = converter.request(request);
        if failed(&request) {
            let expect = loaded.scenario.request(&request.id);
            let explained = to_explain(&request, expect.and_then(|it| it.expect.as_ref()));
            converter.explain(&mut engine, std::slice::from_mut(&mut request), |row| {
                explained.contains(&row.account)
            });
        }
        file.requests.push(outcome(&request));
    }
    file
}

/// The accounts of the first rows that came out otherwise than expected; the first row, if what
/// differs is not a verdict.
fn to_explain(request: &Request, expect: Option<&Expectation>) -> Vec<Option<String>> {
    let differs = |row: &&Row| {
        let own = |expect: &Expectation| {
            let account = row.account.as_deref().map(AccountId::from);
            let by_account = account.and_then(|id| expect.accounts.get(&id).cloned());
            by_account.or(expect.verdict.clone())
        };
        expect
            .and_then(own)
            .is_some_and(|wanted| !fits(&wanted, row.verdict))
    };
    let rows = request.rows.iter();
    let mut differing: Vec<&Row> = rows.filter(differs).take(MOST_REASONS).collect();
    if differing.is_empty() {
        differing.extend(request.rows.first());
    }
    let accounts = differing.into_iter().map(|row| row.account.clone());
    accounts.collect()
}

fn fits(wanted: &ExpectedVerdict, found: Verdict) -> bool {
    match wanted {
        ExpectedVerdict::Allow => found == Verdict::Allow,
        ExpectedVerdict::Deny => matches!(found, Verdict::ExplicitDeny | Verdict::ImplicitDeny),
        ExpectedVerdict::ExplicitDeny => found == Verdict::ExplicitDeny,
        ExpectedVerdict::ImplicitDeny => found == Verdict::ImplicitDeny,
        ExpectedVerdict::Depends => found == Verdict::Depends,
        ExpectedVerdict::Other(_) => false,
    }
}

fn outcome(request: &Request) -> Tested {
    let mut why: Vec<String> = Vec::new();
    for row in &request.rows {
        if let Some(trace) = &row.trace
            && !why.contains(&trace.sentence.text)
        {
            why.push(trace.sentence.text.clone());
        }
    }
    Tested {
        id: request.id.clone(),
        name: request.name.clone(),
        status: match &request.expectation {
            None => Status::Unasserted,
            Some(expectation) if expectation.met => Status::Passed,
            Some(_) => Status::Failed,
        },
        expected: request.expectation.as_ref().map(|it| it.word.clone()),
        word: request.word.clone(),
        differences: request
            .expectation
            .as_ref()
            .map(|it| it.differences.clone())
            .unwrap_or_default(),
        why,
    }
}

/// For each file in which something differs a table: request, what differs, and why.
fn differences(files: &[File], style: Style) -> String {
    let mut out = String::new();
    for file in files.iter().filter(|file| file.count(Status::Failed) > 0) {
        out.push_str(&style.paint(Look::Bold, &file.file));
        out.push('\n');
        let mut table = Table::new();
        let failed = |request: &&Tested| request.status == Status::Failed;
        for request in file.requests.iter().filter(failed) {
            let mut name = request.id.as_str();
            for difference in &request.first_differences() {
                table.row(vec![
                    Cell::new(Look::Red, name),
                    Cell::plain(difference.as_str()),
                ]);
                name = "";
            }
            for why in &request.why {
                table.row(vec![Cell::plain(""), Cell::new(Look::Dim, why.as_str())]);
            }
        }
        out.push_str(&table.render(style, 2));
        out.push('\n');
    }
    let unread = files.iter().filter(|file| file.error.is_some()).count();
    if unread > 0 {
        out.push_str(&safe(&format!(
            "{} could not be read",
            counted(unread, "file")
        )));
        out.push('\n');
    }
    out
}
