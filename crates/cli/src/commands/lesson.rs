//! `guardrail lesson check`: does a lesson hold, and does no lazy way solve it?

use std::fs;
use std::path::{Path, PathBuf};

use organization::file::Loaded;
use playground::lesson::{Review, ReviewFinding, ReviewSeverity, Solution, review};
use playground::wire::SCHEMA_VERSION;
use serde::Serialize;

use super::{FileProblem, counted, json};
use crate::args::{LessonCheck, LessonFormat};
use crate::input::{Content, Input, Problem, collect, is_something_else, problem};
use crate::output::{Output, Status};
use crate::style::{Look, Style, safe};
use crate::table::{Cell, Table};

/// How the name of a file with a solution ends.
const SOLUTION: &str = ".solution.json";

/// A lesson and what was found of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Checked {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<FileProblem>,
    passes: bool,
    /// How many lazy ways were tried.
    tried: usize,
    findings: Vec<Finding>,
}

/// Something that is wrong with a lesson, or missing in it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<String>,
    message: String,
}

impl From<&ReviewFinding> for Finding {
    fn from(finding: &ReviewFinding) -> Self {
        Self {
            severity: match finding.severity {
                ReviewSeverity::Error => "error",
                ReviewSeverity::Warning => "warning",
            },
            step: finding.step.clone(),
            message: finding.message.clone(),
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
    lessons: Vec<Checked>,
}

pub(crate) fn run(options: &LessonCheck, style: Style) -> Output {
    let mut output = Output::default();
    let mut lessons = Vec::new();
    for input in collect(&options.inputs) {
        lessons.extend(checked(&input, &mut output));
    }
    if lessons.is_empty() {
        output.error("there is no lesson");
    }
    let passed = lessons.iter().filter(|lesson| lesson.passes).count();
    let failed = lessons.len() - passed;
    output.at_least(Status::differs(failed > 0));
    output.out = match options.format {
        LessonFormat::Json => json(&Report {
            schema_version: SCHEMA_VERSION,
            passed,
            failed,
            lessons,
        }),
        LessonFormat::Text => {
            let mut out: String = lessons.iter().map(|lesson| text(lesson, style)).collect();
            let look = if failed > 0 { Look::Red } else { Look::Green };
            let sum = format!("{} passed, {failed} failed", counted(passed, "lesson"));
            out.push_str(&style.paint(look, &sum));
            out.push('\n');
            out
        }
    };
    output
}

/// None for what is no lesson, if it was found in a folder.
fn checked(input: &Input, output: &mut Output) -> Option<Checked> {
    if input.found && input.name.ends_with(SOLUTION) {
        return None;
    }
    let loaded = match &input.content {
        Err(found) => Err(found.clone()),
        Ok(Content::Scenario(opened, _)) => Ok(opened.loaded.clone()),
        Ok(Content::Text(typed)) => match organization::file::read(typed) {
            Ok(loaded) => Ok(loaded),
            Err(_) if input.found && is_something_else(typed) => return None,
            Err(error) => Err(problem(&input.name, typed, &error)),
        },
    };
    let has_lesson = |loaded: &Loaded| {
        let lesson = loaded.scenario.lesson.as_ref();
        lesson.is_some_and(|lesson| !lesson.is_only_cases())
    };
    if input.found && loaded.as_ref().is_ok_and(|loaded| !has_lesson(loaded)) {
        return None;
    }
    let reviewed = loaded.and_then(|loaded| {
        for warning in &loaded.warnings {
            let name = safe(&input.name);
            output.warning(format!("{name}: {}", safe(&warning.to_string())));
        }
        let solution = solution(input)?;
        Ok(review(&loaded.scenario, solution.as_ref()))
    });
    Some(match reviewed {
        Err(problem) => {
            output.error(&problem);
            Checked {
                file: input.name.clone(),
                error: Some((&problem).into()),
                passes: false,
                tried: 0,
                findings: Vec::new(),
            }
        }
        Ok(found) => of(&input.name, &found),
    })
}

fn of(file: &str, review: &Review) -> Checked {
    Checked {
        file: file.to_owned(),
        error: None,
        passes: review.passes(),
        tried: review.tried,
        findings: review.findings.iter().map(Finding::from).collect(),
    }
}

/// The solution of a lesson; none if there is no such file.
fn solution(input: &Input) -> Result<Option<Solution>, Problem> {
    let places = input.path.as_deref().map(places).unwrap_or_default();
    let Some(path) = places.into_iter().find(|path| path.exists()) else {
        return Ok(None);
    };
    let name = path.to_string_lossy();
    let text = fs::read_to_string(&path).map_err(|error| Problem::new(&name, error))?;
    let solution = Solution::read(&text).map_err(|error| Problem::new(&name, error))?;
    Ok(Some(solution))
}

/// `lesson.json` has its solution in `lesson.solution.json`, beside it or in a folder `solutions`
/// beside its own.
fn places(path: &Path) -> Vec<PathBuf> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = format!("{name}{SOLUTION}");
    let folder = path.parent().unwrap_or(Path::new(""));
    vec![folder.join(&name), folder.join("../solutions").join(&name)]
}

fn text(lesson: &Checked, style: Style) -> String {
    let (look, word) = match (lesson.passes, &lesson.error) {
        (true, _) => (Look::Green, "passes"),
        (false, None) => (Look::Red, "fails"),
        (false, Some(_)) => (Look::Red, "could not be read"),
    };
    let mut out = format!(
        "{}  {}",
        style.paint(Look::Bold, &safe(&lesson.file)),
        style.paint(look, word)
    );
    if lesson.error.is_none() {
        out.push_str(&format!(", {} tried", counted(lesson.tried, "lazy way")));
    }
    out.push('\n');
    let mut table = Table::new();
    for finding in &lesson.findings {
        let look = match finding.severity {
            "error" => Look::Red,
            _ => Look::Yellow,
        };
        table.row(vec![
            Cell::new(look, finding.severity),
            Cell::plain(finding.step.clone().unwrap_or_default()),
            Cell::plain(finding.message.clone()),
        ]);
    }
    out.push_str(&table.render(style, 2));
    out
}
