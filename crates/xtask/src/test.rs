//! `cargo xtask test`: every suite, and what came of each.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::browser::{self, Browser};
use crate::build;
use crate::command::Run;
use crate::failure::{Failure, Result};
use crate::npm;
use crate::project::Project;
use crate::setup::{self, Tool};
use crate::steps::Steps;

/// The packages whose integration tests run in a browser.
const WASM_PACKAGES: [&str; 1] = ["guardrail-web"];

/// A group of tests that one tool runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Suite {
    Native,
    Types,
    Wasm,
    Package,
    EndToEnd,
}

const ALL: [Suite; 5] = [
    Suite::Native,
    Suite::Types,
    Suite::Wasm,
    Suite::Package,
    Suite::EndToEnd,
];

impl Suite {
    fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Types => "types",
            Self::Wasm => "wasm",
            Self::Package => "npm",
            Self::EndToEnd => "e2e",
        }
    }

    fn what(self) -> &'static str {
        match self {
            Self::Native => "Rust tests on this machine",
            Self::Types => "type check of the editor",
            Self::Wasm => "Rust tests in headless Chromium",
            Self::Package => "the package in Node.js and Chromium",
            Self::EndToEnd => "the release page in headless Chromium",
        }
    }

    fn needs(self) -> &'static [Tool] {
        match self {
            Self::Native => &[],
            Self::Types => &[Tool::Packages],
            Self::Wasm => &[Tool::Target, Tool::WasmBindgen, Tool::Browser],
            Self::Package => &[
                Tool::Target,
                Tool::WasmBindgen,
                Tool::Packages,
                Tool::Browser,
            ],
            Self::EndToEnd => &[
                Tool::Target,
                Tool::WasmBindgen,
                Tool::Trunk,
                Tool::Packages,
                Tool::Browser,
            ],
        }
    }
}

/// What may be asked of the command.
pub(crate) struct Options {
    suites: Vec<Suite>,
    build: bool,
}

impl Options {
    pub(crate) fn parse(arguments: &[String]) -> Result<Self> {
        let mut named = Vec::new();
        let mut build = true;
        for argument in arguments {
            match ALL.iter().find(|suite| suite.name() == argument) {
                Some(suite) => named.push(*suite),
                None if argument == "--no-build" => build = false,
                None => {
                    return Err(Failure::new(format!(
                        "`test` does not know `{argument}`: the suites are native, types, wasm, npm and e2e"
                    )));
                }
            }
        }
        let suites = ALL
            .into_iter()
            .filter(|suite| named.is_empty() || named.contains(suite))
            .collect();
        Ok(Self { suites, build })
    }

    /// What the suite tests and has to be built first, if anything.
    fn product(&self, suite: Suite) -> Option<Product> {
        match suite {
            Suite::Package if self.build => Some(("Building the JavaScript package", npm::build)),
            Suite::EndToEnd if self.build => Some(("Building the release page", build::release)),
            _ => None,
        }
    }

    /// What the chosen suites need, each once, in the order of installation.
    fn tools(&self) -> Vec<Tool> {
        setup::ALL
            .iter()
            .copied()
            .filter(|tool| self.suites.iter().any(|suite| suite.needs().contains(tool)))
            .collect()
    }
}

/// Something to build: what to say, and how.
type Product = (&'static str, fn(&Project) -> Result<()>);

/// What came of a suite.
struct Outcome {
    suite: Suite,
    result: std::result::Result<usize, String>,
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    let tools = options.tools();
    let products = options.suites.iter().filter_map(|it| options.product(*it));
    let mut steps = Steps::new(tools.len() + options.suites.len() + products.count());
    setup::ensure(project, &tools, &mut steps)?;

    let mut outcomes = Vec::new();
    for suite in &options.suites {
        if let Some((what, build)) = options.product(*suite) {
            steps.begin(what);
            if let Err(failure) = build(project) {
                let result = Err(failure.to_string());
                outcomes.push(Outcome {
                    suite: *suite,
                    result,
                });
                continue;
            }
        }
        steps.begin(&format!("Testing: {}", suite.what()));
        let result = test(project, *suite).unwrap_or_else(|failure| Err(failure.to_string()));
        outcomes.push(Outcome {
            suite: *suite,
            result,
        });
    }
    summarize(&outcomes)
}

/// How many tests passed, or why the suite counts as failed.
fn test(project: &Project, suite: Suite) -> Result<std::result::Result<usize, String>> {
    match suite {
        Suite::Native => {
            let run = Run::new(project, "cargo")?.args(["test", "--workspace", "--no-fail-fast"]);
            count(run, cargo_passed)
        }
        Suite::Types => {
            let run = Run::new(project, "npm")?
                .args(["run", "--silent", "check"])
                .in_dir(&project.js());
            let mut complaints = 0;
            let success = run.watch(|_| complaints += 1)?;
            Ok(if success {
                Ok(1)
            } else {
                Err(format!("{complaints} lines of complaints"))
            })
        }
        Suite::Wasm => wasm(project),
        Suite::Package => in_node(project, "crates/wasm/tests"),
        Suite::EndToEnd => in_node(project, "tests/e2e"),
    }
}

fn wasm(project: &Project) -> Result<std::result::Result<usize, String>> {
    let browser = browser::require(project)?;
    let packages = WASM_PACKAGES.iter().flat_map(|name| ["--package", name]);
    let run = Run::new(project, "cargo")?
        .args([
            "test",
            "--target",
            setup::WASM,
            "--test",
            "*",
            "--no-fail-fast",
        ])
        .args(packages)
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            "wasm-bindgen-test-runner",
        )
        .env("CHROMEDRIVER", &browser.driver)
        .env(
            "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
            write_capabilities(project, &browser)?,
        )
        .env("WASM_BINDGEN_TEST_TIMEOUT", "180");
    count(run, cargo_passed)
}

/// Tells the test runner which browser to start, and how.
fn write_capabilities(project: &Project, browser: &Browser) -> Result<PathBuf> {
    let flags: Vec<String> = browser::FLAGS.iter().map(|flag| quoted(flag)).collect();
    let text = format!(
        "{{\"goog:chromeOptions\":{{\"binary\":{},\"args\":[{}]}}}}\n",
        quoted(&browser.chromium.to_string_lossy()),
        flags.join(",")
    );
    let path = project.target().join("webdriver.json");
    fs::write(&path, text).map_err(|error| Failure::file("write", &path, &error))?;
    Ok(path)
}

/// A path or flag as a JSON string.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The tests of a folder that Node.js runs; they may start the browser.
fn in_node(project: &Project, folder: &str) -> Result<std::result::Result<usize, String>> {
    let browser = browser::require(project)?;
    let files = test_files(&project.root().join(folder))?;
    let run = Run::new(project, "node")?
        .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
        .args(files)
        .env("CHROME", &browser.chromium);
    count(run, node_passed)
}

/// Every `*.test.mjs` of a folder, named one by one: the versions of Node.js read patterns differently.
fn test_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|error| Failure::file("read", folder, &error))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    Ok(files)
}

/// Runs a suite and adds up what its lines report. A suite in which nothing ran has failed.
fn count(run: Run, passed: fn(&str) -> usize) -> Result<std::result::Result<usize, String>> {
    let mut total = 0;
    let success = run.watch(|line| total += passed(line))?;
    Ok(match (success, total) {
        (false, _) => Err(format!("failed, {total} passed before that")),
        (true, 0) => Err("no test ran".to_owned()),
        (true, total) => Ok(total),
    })
}

/// `test result: ok. 12 passed; 0 failed; …`
fn cargo_passed(line: &str) -> usize {
    line.strip_prefix("test result: ")
        .and_then(|rest| rest.split_once(". "))
        .and_then(|(_, counts)| counts.split_once(" passed"))
        .and_then(|(number, _)| number.parse().ok())
        .unwrap_or(0)
}

/// `ℹ pass 12`
fn node_passed(line: &str) -> usize {
    line.split_once("pass ")
        .filter(|(before, _)| before.trim() == "ℹ")
        .and_then(|(_, number)| number.trim().parse().ok())
        .unwrap_or(0)
}

fn summarize(outcomes: &[Outcome]) -> Result<()> {
    let mut text = String::from("\nSummary\n");
    for Outcome { suite, result } in outcomes {
        let line = match result {
            Ok(1) if *suite == Suite::Types => "passed".to_owned(),
            Ok(passed) => format!("{passed} passed"),
            Err(reason) => format!("FAILED: {reason}"),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {:7} {:40} {line}", suite.name(), suite.what());
    }
    print!("{text}");
    let failed = outcomes
        .iter()
        .filter(|outcome| outcome.result.is_err())
        .count();
    if failed == 0 {
        Ok(())
    } else {
        Err(Failure::new(format!(
            "{failed} of {} suites failed",
            outcomes.len()
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_read_from_the_lines_of_the_runners() {
        assert_eq!(
            cargo_passed("test result: ok. 12 passed; 0 failed; 1 ignored"),
            12
        );
        assert_eq!(cargo_passed("test result: FAILED. 3 passed; 2 failed"), 3);
        assert_eq!(cargo_passed("test tree::move_account ... ok"), 0);
        assert_eq!(node_passed("ℹ pass 7"), 7);
        assert_eq!(node_passed("✔ the page can pass 3 accounts (2ms)"), 0);
    }

    #[test]
    fn suites_run_in_one_order_and_only_where_named() {
        let names = |arguments: &[&str]| {
            let arguments: Vec<String> = arguments.iter().map(|text| (*text).to_owned()).collect();
            Options::parse(&arguments).map(|options| {
                options
                    .suites
                    .iter()
                    .map(|suite| suite.name())
                    .collect::<Vec<_>>()
            })
        };
        assert_eq!(
            names(&[]).unwrap(),
            ["native", "types", "wasm", "npm", "e2e"]
        );
        assert_eq!(
            names(&["e2e", "native", "--no-build"]).unwrap(),
            ["native", "e2e"]
        );
        assert!(names(&["browser"]).is_err());
    }
}
