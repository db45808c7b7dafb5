//! `guardrail lesson check`.

use std::fs;

use crate::support::{folder, repository, run, small, write};

const LESSONS: &str = "crates/playground/lessons";

fn lesson(id: &str) -> String {
    fs::read_to_string(repository().join(LESSONS).join(format!("{id}.json"))).expect("the lesson")
}

fn solution(id: &str) -> String {
    let path = format!("crates/playground/solutions/{id}.solution.json");
    fs::read_to_string(repository().join(path)).expect("the solution")
}

#[test]
fn the_course_passes() {
    let run = run(&["lesson", "check", LESSONS]);
    run.prints(&["mfa.json  passes, ", "lessons passed, 0 failed"])
        .exits(0);
    assert_eq!(run.err, "");
}

#[test]
fn a_solution_may_stand_beside_its_lesson() {
    let folder = folder("lesson-beside");
    let path = write(&folder, "mine.json", lesson("mfa"));
    let alone = run(&["lesson", "check", &path]);
    alone.prints(&[
        "fails",
        "error",
        "there is no solution to try",
        "0 lessons passed, 1 failed",
    ]);
    alone.exits(1);
    write(&folder, "mine.solution.json", solution("mfa"));
    run(&["lesson", "check", &path])
        .prints(&["passes", "1 lesson passed, 0 failed"])
        .exits(0);
    // In a folder the solution is no lesson, and a scenario without one is left out.
    write(&folder, "other.json", small(crate::support::READ, ""));
    write(&folder, "package.json", "{}");
    let all = run(&["lesson", "check", folder.to_str().expect("text")]);
    all.prints(&["1 lesson passed, 0 failed"]).exits(0);
}

#[test]
fn a_lazy_way_that_passes_is_named() {
    let folder = folder("lesson-lazy");
    let lax = lesson("mfa").replace("\"keys-end\": \"explicitDeny\"", "\"keys-end\": \"allow\"");
    let lax = lax.replace(
        "\"plain-end\": \"explicitDeny\"",
        "\"plain-end\": \"allow\"",
    );
    let path = write(&folder, "lax.json", lax);
    write(&folder, "lax.solution.json", solution("mfa"));
    let found = run(&["lesson", "check", &path]);
    found
        .prints(&["a lazy way solves it: allow everything in Ask for MFA"])
        .exits(1);
    let json = run(&["lesson", "check", "--format", "json", &path]).json();
    assert_eq!(json["failed"], 1);
    assert_eq!(json["lessons"][0]["passes"], false);
    let findings = json["lessons"][0]["findings"].as_array().expect("findings");
    assert!(
        findings
            .iter()
            .any(|it| it["step"] == "mend" && it["severity"] == "error")
    );
    assert!(
        json["lessons"][0]["tried"]
            .as_u64()
            .is_some_and(|tried| tried > 20)
    );
}

#[test]
fn what_cannot_be_read_says_why() {
    let folder = folder("lesson-unreadable");
    let path = write(&folder, "mine.json", lesson("mfa"));
    write(
        &folder,
        "mine.solution.json",
        r#"{ "lesson": "mfa", "steps": [] }"#,
    );
    let found = run(&["lesson", "check", &path]);
    found
        .complains(&["mine.solution.json: `steps`: found [], expected an object"])
        .exits(2);
    found.prints(&["could not be read"]);
    let scenario = write(&folder, "plain.json", small(crate::support::READ, ""));
    run(&["lesson", "check", &scenario])
        .prints(&["the scenario has no lesson"])
        .exits(1);
    run(&["lesson", "check", "nothing.json"])
        .complains(&["there is no such file"])
        .exits(2);
    for (line, part) in [
        ("lesson", "expected `check`, and then a FILE"),
        ("lesson chek x", "found `chek`, expected `check`"),
        ("lesson check", "expected a FILE"),
        ("lesson check --frmat json x", "did you mean `--format`?"),
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        run(&words).complains(&[part]).exits(2);
    }
}
