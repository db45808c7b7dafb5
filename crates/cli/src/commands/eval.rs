//! `guardrail eval`: the verdicts.

use playground::wire::{self, Analysis, Row, SCHEMA_VERSION, Verdict};
use serde::Serialize;

use super::explain::explain;
use super::reason::reason;
use super::{FileProblem, evaluated, json, report, since};
use crate::args::{Eval, EvalFormat};
use crate::input::scenarios;
use crate::output::Output;
use crate::style::{Look, Style, safe, verdict_look, verdict_word};
use crate::table::{Cell, Table};

/// What `--format json` prints.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    schema_version: u32,
    files: Vec<File>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct File {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<FileProblem>,
    warnings: Vec<wire::FileWarning>,
    #[serde(skip_serializing_if = "Option::is_none")]
    analysis: Option<Analysis>,
}

pub(crate) fn run(options: &Eval, style: Style) -> Output {
    let mut output = Output::default();
    let scenarios = scenarios(&options.inputs);
    report(&scenarios, &mut output);
    let every_reason = options.explain || options.format == EvalFormat::Json;
    let wanted = |row: &Row| every_reason || row.verdict != Verdict::Allow;
    let mut report = Report {
        schema_version: SCHEMA_VERSION,
        files: Vec::new(),
    };
    let mut missing = Missing::new(options);
    for read in &scenarios.read {
        let mut file = File {
            file: read.name.clone(),
            error: None,
            warnings: Vec::new(),
            analysis: None,
        };
        match &read.loaded {
            Ok(loaded) => {
                since::report(read, &mut output);
                missing.look_at(loaded);
                file.warnings = loaded
                    .warnings
                    .iter()
                    .map(wire::FileWarning::from)
                    .collect();
                let keep = |analysis: &mut Analysis| choose(analysis, options);
                file.analysis = Some(evaluated(loaded, keep, wanted));
            }
            Err(problem) => file.error = Some(problem.into()),
        }
        report.files.push(file);
    }
    missing.report(&report, &mut output);
    output.out = match options.format {
        EvalFormat::Json => json(&report),
        EvalFormat::Text => text(&report, options, style),
    };
    output
}

/// Leaves out the requests and accounts that nobody asked for.
fn choose(analysis: &mut Analysis, options: &Eval) {
    if !options.requests.is_empty() {
        analysis
            .requests
            .retain(|request| options.requests.contains(&request.id));
    }
    if !options.accounts.is_empty() {
        for request in &mut analysis.requests {
            request.rows.retain(|row| {
                let account = row.account.as_ref();
                account.is_some_and(|account| options.accounts.contains(account))
            });
        }
        analysis.requests.retain(|request| !request.rows.is_empty());
    }
}

/// What was asked for and is in none of the files.
struct Missing<'a> {
    requests: Vec<&'a str>,
    accounts: Vec<&'a str>,
    known: Vec<String>,
}

impl<'a> Missing<'a> {
    fn new(options: &'a Eval) -> Self {
        Self {
            requests: options.requests.iter().map(String::as_str).collect(),
            accounts: options.accounts.iter().map(String::as_str).collect(),
            known: Vec::new(),
        }
    }

    fn look_at(&mut self, loaded: &organization::file::Loaded) {
        let scenario = &loaded.scenario;
        self.requests.retain(|id| scenario.request(id).is_none());
        let ids = scenario
            .requests
            .iter()
            .map(|request| request.id.to_string());
        self.known.extend(ids);
    }

    fn report(&mut self, report: &Report, output: &mut Output) {
        const MOST: usize = 12;
        let analyses = report
            .files
            .iter()
            .filter_map(|file| file.analysis.as_ref());
        let rows = analyses.flat_map(|it| &it.requests).flat_map(|it| &it.rows);
        let shown: Vec<&str> = rows.filter_map(|row| row.account.as_deref()).collect();
        self.accounts.retain(|id| !shown.contains(id));
        if report.files.iter().all(|file| file.analysis.is_none()) {
            return;
        }
        for id in &self.requests {
            let known = self.known.iter().take(MOST);
            let known: Vec<String> = known.map(|id| format!("`{}`", safe(id))).collect();
            let more = if self.known.len() > MOST { ", …" } else { "" };
            output.error(format!(
                "there is no request `{}`; there are {}{more}",
                safe(id),
                known.join(", ")
            ));
        }
        for id in &self.accounts {
            output.error(format!(
                "no request over every account has a row for the account `{}`",
                safe(id)
            ));
        }
    }
}

fn text(report: &Report, options: &Eval, style: Style) -> String {
    let mut out = String::new();
    let several = report.files.len() > 1;
    for file in &report.files {
        let Some(analysis) = &file.analysis else {
            continue;
        };
        if analysis.requests.is_empty() && several {
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&heading(&file.file, &analysis.title, style));
        if options.explain {
            for request in &analysis.requests {
                for row in &request.rows {
                    out.push('\n');
                    out.push_str(&explain(request, row, style));
                }
            }
        } else {
            out.push('\n');
            out.push_str(&table(analysis, style));
        }
    }
    out
}

/// The name of a file and the title of its scenario.
fn heading(file: &str, title: &str, style: Style) -> String {
    if title.is_empty() {
        format!("{}\n", style.paint(Look::Bold, file))
    } else {
        format!("{} ({})\n", style.paint(Look::Bold, title), safe(file))
    }
}

fn table(analysis: &Analysis, style: Style) -> String {
    if analysis.requests.is_empty() {
        return "No requests.\n".to_owned();
    }
    let mut table = Table::headed(&["REQUEST", "WHO", "CALLS", "VERDICT", "WHY"]);
    for request in &analysis.requests {
        let unmet = request.expectation.as_ref().filter(|it| !it.met);
        for (at, row) in request.rows.iter().enumerate() {
            let why = row.trace.as_ref().map(reason).unwrap_or_default();
            let why = match unmet.filter(|_| at == 0) {
                Some(expected) if why.is_empty() => format!("expected {}", expected.word),
                Some(expected) => format!("expected {}; {why}", expected.word),
                None => why,
            };
            table.row(vec![
                Cell::plain(&request.id),
                Cell::plain(&row.who),
                Cell::plain(&request.action),
                Cell::new(verdict_look(row.verdict), verdict_word(row.verdict)),
                Cell::plain(why),
            ]);
        }
        if request.rows.is_empty() {
            let cells = [&request.id, "", &request.action, &request.word];
            table.row(cells.into_iter().map(Cell::plain).collect());
        }
    }
    table.render(style, 0)
}
