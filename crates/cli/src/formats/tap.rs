//! The Test Anything Protocol, version 14.

use crate::commands::test::{File, Status};

/// One test point for each request, and one for each file that cannot be read.
pub(crate) fn write(files: &[File]) -> String {
    let points: usize = files
        .iter()
        .map(|file| file.requests.len() + usize::from(file.error.is_some()))
        .sum();
    let mut out = format!("TAP version 14\n1..{points}\n");
    let mut number = 0;
    for file in files {
        if let Some(error) = &file.error {
            number += 1;
            out.push_str(&format!(
                "not ok {number} - {}\n",
                described(&format!("{}: the file can be read", file.file))
            ));
            diagnostics(&mut out, &error.message, &[], error.line.zip(error.column));
        }
        for request in &file.requests {
            number += 1;
            let description = described(&format!("{}: {}", file.file, request.title()));
            match request.status {
                Status::Passed => out.push_str(&format!("ok {number} - {description}\n")),
                Status::Unasserted => out.push_str(&format!(
                    "ok {number} - {description} # SKIP nothing is expected\n"
                )),
                Status::Failed => {
                    out.push_str(&format!("not ok {number} - {description}\n"));
                    diagnostics(
                        &mut out,
                        &request.first_differences().join("; "),
                        &request.why,
                        None,
                    );
                }
            }
        }
    }
    out
}

/// A block of YAML. Its texts are JSON strings, which YAML takes.
fn diagnostics(out: &mut String, message: &str, why: &[String], place: Option<(u32, u32)>) {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    out.push_str(&format!("  ---\n  message: {}\n", quoted(message)));
    if let Some((line, column)) = place {
        out.push_str(&format!("  at:\n    line: {line}\n    column: {column}\n"));
    }
    if !why.is_empty() {
        out.push_str("  why:\n");
        for why in why {
            out.push_str(&format!("    - {}\n", quoted(why)));
        }
    }
    out.push_str("  ...\n");
}

/// A description on one line in which nothing looks like a directive.
fn described(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '#' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_become_directives() {
        assert_eq!(described("a # SKIP\nok 2"), "a \\# SKIP ok 2");
    }
}
