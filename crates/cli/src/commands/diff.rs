//! `guardrail diff`: which verdicts change between two scenario files?

use std::collections::HashMap;

use organization::Scenario;
use organization::file::Loaded;
use playground::Engine;
use playground::wire::{
    self, Analysis, Converter, Request, Row, SCHEMA_VERSION, Statement, Trace, Verdict,
};
use serde::Serialize;

use super::reason::reason;
use super::{counted, evaluated, json, report_one};
use crate::args::{Diff, DiffFormat};
use crate::formats::markdown;
use crate::input::scenario;
use crate::output::{Output, Status};
use crate::style::{Look, Style, verdict_look, verdict_word};
use crate::table::{Cell, Table};

/// What `--format json` prints.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    schema_version: u32,
    old: String,
    new: String,
    changes: Vec<Change>,
    /// Requests and accounts that only the old file has.
    only_in_old: Vec<Place>,
    /// Requests and accounts that only the new file has.
    only_in_new: Vec<Place>,
    /// Rows that both files have and whose verdict is the same.
    unchanged: usize,
}

/// A verdict that changes.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    request: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    who: String,
    action: String,
    /// Whether the two files ask different things under this id.
    request_differs: bool,
    old: Side,
    new: Side,
}

/// The verdict in one of the files.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Side {
    verdict: Verdict,
    /// Why, in a few words.
    why: String,
    /// The statements that decide it.
    by: Vec<By>,
}

/// A statement.
#[derive(PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct By {
    policy: String,
    policy_name: String,
    policy_type: wire::PolicyType,
    #[serde(skip_serializing_if = "Option::is_none")]
    node: Option<wire::Node>,
    index: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<String>,
}

impl From<&Statement> for By {
    fn from(statement: &Statement) -> Self {
        Self {
            policy: statement.policy.clone(),
            policy_name: statement.policy_name.clone(),
            policy_type: statement.policy_type,
            node: statement.node.clone(),
            index: statement.index,
            sid: statement.sid.clone(),
        }
    }
}

/// A request, for one account where it is asked of every account.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    request: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    verdict: Verdict,
}

pub(crate) fn run(options: &Diff, style: Style) -> Output {
    let mut output = Output::default();
    if options.old == "-" && options.new == "-" {
        output.error("the standard input can be read only once");
        return output;
    }
    let (old, new) = (scenario(&options.old), scenario(&options.new));
    report_one(&old, &mut output);
    report_one(&new, &mut output);
    let (Ok(before), Ok(after)) = (&old.loaded, &new.loaded) else {
        return output;
    };
    let verdicts = |loaded: &Loaded| evaluated(loaded, |_| {}, |_| false);
    let (a, b) = (verdicts(before), verdicts(after));
    let a = with_reasons(before, a, &Rows::of(&b));
    let b = with_reasons(after, b, &Rows::of(&a));
    let (old_rows, new_rows) = (Rows::of(&a), Rows::of(&b));
    let report = Report {
        schema_version: SCHEMA_VERSION,
        old: old.name,
        new: new.name,
        only_in_old: only_in(&a, &new_rows),
        only_in_new: only_in(&b, &old_rows),
        unchanged: rows(&a)
            .filter_map(|(request, row)| Some((row, new_rows.find(request, row)?)))
            .filter(|(row, same)| row.verdict == same.verdict)
            .count(),
        changes: changes(&b, &old_rows, &before.scenario, &after.scenario),
    };
    output.at_least(Status::differs(!report.changes.is_empty()));
    output.out = match options.format {
        DiffFormat::Json => json(&report),
        DiffFormat::Text => text(&report, style),
        DiffFormat::Markdown => in_markdown(&report),
    };
    output
}

/// The rows of an analysis by request and account.
struct Rows<'a>(HashMap<(&'a str, Option<&'a str>), &'a Row>);

impl<'a> Rows<'a> {
    fn of(analysis: &'a Analysis) -> Self {
        let keyed = |(request, row): (&'a Request, &'a Row)| {
            ((request.id.as_str(), row.account.as_deref()), row)
        };
        Self(rows(analysis).map(keyed).collect())
    }

    /// The row of the same request and account.
    fn find(&self, request: &Request, row: &Row) -> Option<&'a Row> {
        let key = (request.id.as_str(), row.account.as_deref());
        self.0.get(&key).copied()
    }
}

fn rows(analysis: &Analysis) -> impl Iterator<Item = (&Request, &Row)> {
    let requests = analysis.requests.iter();
    requests.flat_map(|request| request.rows.iter().map(move |row| (request, row)))
}

/// Works out the reasons of those rows whose verdict is another one in `other`.
fn with_reasons(loaded: &Loaded, mut analysis: Analysis, other: &Rows<'_>) -> Analysis {
    let converter = Converter::new(&loaded.scenario);
    let mut engine = Engine::new();
    for request in &mut analysis.requests {
        let id = request.id.clone();
        let changed = |row: &Row| {
            let same = other.0.get(&(id.as_str(), row.account.as_deref()));
            same.is_some_and(|same| same.verdict != row.verdict)
        };
        converter.explain(&mut engine, std::slice::from_mut(request), changed);
    }
    analysis
}

fn only_in(here: &Analysis, there: &Rows<'_>) -> Vec<Place> {
    rows(here)
        .filter(|(request, row)| there.find(request, row).is_none())
        .map(|(request, row)| Place {
            request: request.id.clone(),
            account: row.account.clone(),
            verdict: row.verdict,
        })
        .collect()
}

fn changes(new: &Analysis, old: &Rows<'_>, before: &Scenario, after: &Scenario) -> Vec<Change> {
    rows(new)
        .filter_map(|(request, row)| Some((request, row, old.find(request, row)?)))
        .filter(|(_, row, was)| row.verdict != was.verdict)
        .map(|(request, row, was)| Change {
            request: request.id.clone(),
            name: request.name.clone(),
            account: row.account.clone(),
            who: row.who.clone(),
            action: request.action.clone(),
            request_differs: asks_differently(before, after, &request.id),
            old: side(was),
            new: side(row),
        })
        .collect()
}

/// Whether two scenarios ask different things under one id; names and expectations aside.
fn asks_differently(before: &Scenario, after: &Scenario, id: &str) -> bool {
    let question = |scenario: &Scenario| {
        scenario.request(id).map(|request| {
            let mut question = (**request).clone();
            question.name.clear();
            question.expect = None;
            question
        })
    };
    question(before) != question(after)
}

fn side(row: &Row) -> Side {
    Side {
        verdict: row.verdict,
        why: row.trace.as_ref().map(reason).unwrap_or_default(),
        by: row.trace.as_ref().map(by).unwrap_or_default(),
    }
}

fn by(trace: &Trace) -> Vec<By> {
    let mut found: Vec<By> = Vec::new();
    for statement in trace.resources.iter().flat_map(|it| &it.deciding) {
        let by = By::from(statement);
        if !found.contains(&by) {
            found.push(by);
        }
    }
    found
}

impl Change {
    /// Who is asked about: the account too, where there are several.
    fn who(&self) -> String {
        match &self.account {
            Some(account) => format!("{} ({account})", self.who),
            None => self.who.clone(),
        }
    }

    /// What decides now; or, where nothing stands in the way any more, what decided before.
    fn why(&self) -> String {
        let differs = if self.request_differs {
            "the request itself differs; "
        } else {
            ""
        };
        if self.new.why.is_empty() && !self.old.why.is_empty() {
            format!("{differs}before: {}", self.old.why)
        } else {
            format!("{differs}{}", self.new.why)
        }
    }
}

impl Report {
    /// "2 verdicts change", "no verdict changes"
    fn summary(&self) -> String {
        match self.changes.len() {
            0 => "No verdict changes".to_owned(),
            1 => "1 verdict changes".to_owned(),
            count => format!("{count} verdicts change"),
        }
    }

    /// What only one of the files has.
    fn one_sided(&self) -> impl Iterator<Item = (&'static str, &[Place])> {
        let sides = [
            ("Only in the old file", self.only_in_old.as_slice()),
            ("Only in the new file", self.only_in_new.as_slice()),
        ];
        sides.into_iter().filter(|(_, places)| !places.is_empty())
    }
}

impl Place {
    fn name(&self) -> String {
        match &self.account {
            Some(account) => format!("{} in {account}", self.request),
            None => self.request.clone(),
        }
    }
}

fn text(report: &Report, style: Style) -> String {
    let mut out = String::new();
    if !report.changes.is_empty() {
        let mut table = Table::headed(&["REQUEST", "WHO", "CALLS", "OLD", "NEW", "WHY"]);
        for change in &report.changes {
            let verdict =
                |side: &Side| Cell::new(verdict_look(side.verdict), verdict_word(side.verdict));
            table.row(vec![
                Cell::plain(&change.request),
                Cell::plain(change.who()),
                Cell::plain(&change.action),
                verdict(&change.old),
                verdict(&change.new),
                Cell::plain(change.why()),
            ]);
        }
        out.push_str(&table.render(style, 0));
        out.push('\n');
    }
    for (title, places) in report.one_sided() {
        let names: Vec<String> = places.iter().map(Place::name).collect();
        out.push_str(&style.paint(Look::Plain, &format!("{title}: {}", names.join(", "))));
        out.push('\n');
    }
    out.push_str(&format!(
        "{}, {} unchanged\n",
        report.summary(),
        report.unchanged
    ));
    out
}

fn in_markdown(report: &Report) -> String {
    let mut out = format!(
        "**{}**, {} unchanged ({} → {})\n",
        report.summary(),
        counted(report.unchanged, "verdict"),
        markdown::code(&report.old),
        markdown::code(&report.new),
    );
    if !report.changes.is_empty() {
        let rows: Vec<Vec<String>> = report
            .changes
            .iter()
            .map(|change| {
                vec![
                    markdown::code(&change.request),
                    markdown::text(&change.who()),
                    markdown::code(&change.action),
                    verdict_word(change.old.verdict).to_owned(),
                    format!("**{}**", verdict_word(change.new.verdict)),
                    markdown::text(&change.why()),
                ]
            })
            .collect();
        out.push('\n');
        let heading = ["Request", "Who", "Calls", "Old", "New", "Why"];
        out.push_str(&markdown::table(&heading, &rows));
    }
    for (title, places) in report.one_sided() {
        let names: Vec<String> = places.iter().map(|it| markdown::code(&it.name())).collect();
        out.push_str(&format!("\n{title}: {}\n", names.join(", ")));
    }
    out
}
