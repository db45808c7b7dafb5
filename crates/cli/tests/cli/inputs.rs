//! What a FILE can be: files, folders, the standard input, and what is wrong with each.

use crate::support::{READ, folder, run, run_with, small, write};

#[test]
fn a_folder_stands_for_the_scenarios_in_and_below_it_in_order() {
    let folder = folder("inputs-folder");
    write(&folder, "b.json", small(READ, ""));
    write(&folder, "a/z.json", small(READ, ""));
    write(&folder, "c.txt", "not looked at");
    write(
        &folder,
        "package.json",
        r#"{ "name": "x", "version": "1.0.0" }"#,
    );
    write(&folder, "policy.json", READ);
    write(&folder, "node_modules/m.json", "broken");
    write(&folder, ".hidden/h.json", "broken");
    let found = run(&["eval", folder.to_str().expect("text")]);
    found.exits(0).complains(&[
        "note: 2 files that are no scenario files were skipped, such as ",
        "package.json",
    ]);
    let files: Vec<&str> = found
        .out
        .lines()
        .filter(|line| line.starts_with("Small"))
        .collect();
    assert_eq!(files.len(), 2, "{}", found.out);
    assert!(
        files[0].ends_with("a/z.json)") && files[1].ends_with("b.json)"),
        "{files:?}"
    );
}

#[test]
fn a_broken_file_in_a_folder_is_an_error_and_the_others_are_still_shown() {
    let folder = folder("inputs-broken");
    write(&folder, "good.json", small(READ, ""));
    write(
        &folder,
        "broken.json",
        "{ \"version\": 1,\n  \"requests\": [ }",
    );
    write(&folder, "old.json", "{ \"version\": 99 }");
    write(&folder, "latin.json", b"{ \"title\": \"caf\xe9\" }");
    run(&["eval", folder.to_str().expect("text")])
        .exits(2)
        .prints(&["get", "Allow"])
        .complains(&[
            "broken.json:2:17: `requests[0]`: found `}`, expected ",
            "old.json:1:3: `version`: found the number `99`, expected ",
            "latin.json: found a byte at position 16 that is no UTF-8, expected UTF-8 text",
        ]);
}

#[test]
fn errors_name_line_and_column_of_the_field() {
    let text = small(READ, "").replace(
        "\"type\": \"user\", \"id\": \"ann\"",
        "\"type\": \"user\", \"id\": 7",
    );
    let line = text.lines().position(|line| line.contains("\"id\": 7"));
    let line = line.expect("a line");
    let column = text
        .lines()
        .nth(line)
        .and_then(|line| line.find("\"id\": 7"));
    run_with(&["eval", "-"], &text)
        .exits(2)
        .complains(&[&format!(
            "error: -:{}:{}: `requests[0].principal.id`: found the number `7`, expected text",
            line + 1,
            column.expect("a column") + 1
        )]);
}

#[test]
fn what_is_not_there_is_said() {
    let empty = folder("inputs-empty");
    let empty = empty.to_str().expect("text");
    run(&["eval", "no/such.json"])
        .exits(2)
        .complains(&["no/such.json: there is no such file"]);
    run(&["test", empty])
        .exits(2)
        .complains(&["found a folder without files that end in .json"]);
    run(&["diff", empty, "-"])
        .exits(2)
        .complains(&["found a folder, expected one scenario"]);
}

#[test]
fn the_standard_input_is_a_scenario_or_a_link_and_is_read_once() {
    let text = small(READ, "");
    run_with(&["eval", "-"], &text)
        .exits(0)
        .prints(&["Small (-)", "Allow"]);
    let link = run_with(&["link", "-"], &text).out;
    run_with(&["eval", "-"], &link)
        .exits(0)
        .prints(&["Small (-)", "Allow"]);
    run_with(&["eval", "-", "-"], &text)
        .exits(2)
        .complains(&["the standard input can be read only once"]);
    run_with(&["diff", "-", "-"], &text)
        .exits(2)
        .complains(&["the standard input can be read only once"]);
}

#[test]
fn a_typing_mistake_in_a_file_is_a_warning() {
    let text = small(READ, r#", "expct": "allow""#);
    run_with(&["test", "-"], &text)
        .exits(0)
        .prints(&["1 request expects nothing\n0 passed, 0 failed\n"])
        .complains(&[
            "warning: -: `requests[0].expct`: ",
            "did you mean `expect`?",
        ]);
}

#[test]
fn names_cannot_command_the_terminal() {
    let text = small(READ, "").replace("\"Ann reads\"", r#""\u001b]0;owned\u0007""#);
    let found = run_with(&["eval", "-", "--explain"], &text);
    found.exits(0).prints(&["\\u{1b}]0;owned\\u{7}"]);
    assert!(!found.out.contains('\u{1b}'));
}
