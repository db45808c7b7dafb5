//! Help, errors of the command line, colours, closed pipes.

use std::process::{Command, Stdio};

use crate::support::{PROGRAM, finish, repository, run};

const EXAMPLE: &str = "crates/playground/examples/region-guardrail.json";

#[test]
fn every_command_has_help_with_examples() {
    let all = run(&["--help"]);
    for command in [
        "eval", "test", "diff", "lint", "link", "open", "lesson", "schema",
    ] {
        all.prints(&[&format!("  {command}")]).exits(0);
        let help = run(&[command, "--help"]);
        help.prints(&[
            "Usage: guardrail ",
            "Example",
            &format!("  guardrail {command}"),
        ])
        .exits(0);
        assert_eq!(help, run(&["help", command]));
        assert_eq!(help, run(&[command, "-h"]));
    }
    let version = run(&["--version"]);
    assert_eq!(
        version.out,
        format!("guardrail {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn every_option_that_help_names_is_understood() {
    for command in [
        "eval", "test", "diff", "lint", "link", "open", "lesson", "schema",
    ] {
        let help = run(&[command, "--help"]).out;
        let lines = help.lines().map(str::trim_start);
        for line in lines.filter(|line| line.starts_with('-')) {
            let names = line.split("  ").next().expect("a name");
            let value = names.rsplit_once(' ').map(|(_, word)| word);
            let value = match value.filter(|word| !word.starts_with('-')) {
                Some("KIND") => Some("scp"),
                Some("WHEN") => Some("never"),
                Some(words) => words.split('|').next(),
                None => None,
            };
            for name in names.split(", ") {
                let option = name.split(' ').next().expect("an option");
                let mut args = vec![command, option];
                args.extend(value);
                args.push("--help");
                let found = run(&args);
                assert_eq!(found.out, help, "{args:?}: {}", found.err);
            }
        }
    }
}

#[test]
fn a_command_line_that_is_not_understood_says_what_was_expected() {
    for (line, parts) in [
        ("", &["no command is given", "See `guardrail --help`."][..]),
        (
            "evla x",
            &["there is no command `evla`, did you mean `eval`?"],
        ),
        ("eval", &["expected a FILE", "See `guardrail eval --help`."]),
        ("eval x --formt json", &["did you mean `--format`?"]),
        (
            "lint x --kind spc",
            &["found `spc`, expected scp, rcp, identity"],
        ),
        (
            "test x --format",
            &["missing argument for option '--format'"],
        ),
        ("diff x", &["expected two scenarios, OLD and NEW, found 1"]),
        ("link a b", &["expected one FILE, found 2"]),
        ("schema x", &["takes no FILE"]),
    ] {
        let args: Vec<&str> = line.split_whitespace().collect();
        let found = run(&args);
        found.complains(parts).exits(2);
        assert_eq!(found.out, "", "{line}");
    }
}

#[test]
fn colours_are_for_terminals_unless_asked_for() {
    let plain = run(&["eval", EXAMPLE]);
    assert!(!plain.out.contains('\u{1b}'));
    let coloured = run(&["eval", EXAMPLE, "--color", "always"]);
    coloured.prints(&[
        "\u{1b}[31mExplicit deny\u{1b}[0m",
        "\u{1b}[32mAllow\u{1b}[0m",
    ]);
    let mut stripped = coloured.out.clone();
    for sgr in ["0", "1", "2", "31", "32", "33", "36"] {
        stripped = stripped.replace(&format!("\u{1b}[{sgr}m"), "");
    }
    assert_eq!(stripped, plain.out);

    let mut asked = Command::new(PROGRAM);
    asked.args(["eval", EXAMPLE, "--color=always"]);
    asked.current_dir(repository()).env("NO_COLOR", "1");
    assert_eq!(
        finish(asked, "").out,
        coloured.out,
        "an option is stronger than NO_COLOR"
    );
}

#[test]
fn a_pipe_that_is_closed_is_no_error() {
    let mut child = Command::new(PROGRAM)
        .args(["eval", "tests/scenarios", "--explain"])
        .current_dir(repository())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(0));
    let err = String::from_utf8(output.stderr).expect("text");
    assert!(!err.contains("panicked") && !err.contains("pipe"), "{err}");
}

#[test]
fn the_schema_is_that_of_the_reader() {
    let printed = run(&["schema"]).exits(0).json();
    assert_eq!(printed, organization::file::schema());
}
