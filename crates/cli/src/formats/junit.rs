//! JUnit's XML, as continuous integration reads it.

use crate::commands::test::{File, Status};

/// One `testsuite` for each file, one `testcase` for each request.
pub(crate) fn write(files: &[File]) -> String {
    let count = |file: &File, status| file.count(status);
    let total = |status| files.iter().map(|file| count(file, status)).sum::<usize>();
    let errors = |file: &File| usize::from(file.error.is_some());
    let tests = |file: &File| file.requests.len() + errors(file);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&format!(
        "<testsuites name=\"guardrail\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">\n",
        files.iter().map(tests).sum::<usize>(),
        total(Status::Failed),
        files.iter().map(errors).sum::<usize>(),
        total(Status::Unasserted),
    ));
    for file in files {
        let name = escaped(&file.file);
        out.push_str(&format!(
            "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">\n",
            tests(file),
            count(file, Status::Failed),
            errors(file),
            count(file, Status::Unasserted),
        ));
        if let Some(error) = &file.error {
            let place = match (error.line, error.column) {
                (Some(line), Some(column)) => format!("line {line}, column {column}: "),
                _ => String::new(),
            };
            out.push_str(&format!(
                "    <testcase classname=\"{name}\" name=\"the file can be read\">\n      <error message=\"{}\"/>\n    </testcase>\n",
                escaped(&format!("{place}{}", error.message))
            ));
        }
        for request in &file.requests {
            let start = format!(
                "    <testcase classname=\"{name}\" name=\"{}\"",
                escaped(&request.title())
            );
            out.push_str(&start);
            match request.status {
                Status::Passed => out.push_str("/>\n"),
                Status::Unasserted => out.push_str(
                    ">\n      <skipped message=\"nothing is expected\"/>\n    </testcase>\n",
                ),
                Status::Failed => out.push_str(&format!(
                    ">\n      <failure message=\"{}\">{}</failure>\n    </testcase>\n",
                    escaped(&request.first_differences().join("; ")),
                    escaped(&request.why.join("\n")),
                )),
            }
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

/// Text for an element or attribute. Characters that XML does not have are replaced.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' | '\r' => out.push_str(&format!("&#{};", u32::from(c))),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_their_attribute() {
        assert_eq!(
            escaped("a\"><b>&\u{1b}\n"),
            "a&quot;&gt;&lt;b&gt;&amp;\u{fffd}&#10;"
        );
    }
}
