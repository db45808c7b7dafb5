//! What the documentation shows is what the program prints. With `GUARDRAIL_BLESS=1` the test
//! writes what is printed into the documentation.

#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{PROGRAM, finish, repository};

#[test]
fn documented_sessions_are_what_the_program_prints() {
    let mut sessions = 0;
    for name in ["docs/command-line.md", "docs/teaching.md", "README.md"] {
        let path = repository().join(name);
        let text = fs::read_to_string(&path).expect("the document");
        let (fresh, found) = replayed(&text);
        sessions += found;
        if std::env::var_os("GUARDRAIL_BLESS").is_some() {
            fs::write(&path, &fresh).expect("the document can be written");
        } else {
            assert_eq!(
                text, fresh,
                "{name} shows something else than what is printed"
            );
        }
    }
    assert!(sessions >= 3, "there are {sessions} sessions");
}

/// The document with every `console` block of `guardrail` commands run anew, and how many commands
/// there were.
fn replayed(document: &str) -> (String, usize) {
    let mut fresh = String::new();
    let mut count = 0;
    let mut lines = document.lines().peekable();
    while let Some(line) = lines.next() {
        fresh.push_str(line);
        fresh.push('\n');
        if line != "```console" {
            continue;
        }
        let mut body = Vec::new();
        while let Some(line) = lines.next_if(|line| !line.starts_with("```")) {
            body.push(line);
        }
        let commands: Vec<&str> = body
            .iter()
            .filter_map(|line| line.strip_prefix("$ "))
            .collect();
        if !commands
            .iter()
            .all(|command| command.contains("guardrail "))
        {
            fresh.push_str(&body.join("\n"));
            fresh.push('\n');
            continue;
        }
        for command in commands {
            count += 1;
            fresh.push_str(&format!("$ {command}\n{}", session(command)));
        }
    }
    (fresh, count)
}

/// What a shell in the root of the repository prints.
fn session(command: &str) -> String {
    let folder = Path::new(PROGRAM).parent().expect("a folder");
    let path = std::env::var("PATH").unwrap_or_default();
    let mut shell = Command::new("sh");
    shell
        .args(["-c", command])
        .current_dir(repository())
        .env("PATH", format!("{}:{path}", folder.display()));
    let run = finish(shell, "");
    assert_eq!(run.err, "", "{command}");
    run.out
}
