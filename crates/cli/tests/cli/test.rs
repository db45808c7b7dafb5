//! `guardrail test`.

use crate::support::{READ, folder, run, run_with, small, write};

/// A passing, a failing and an unasserted request, and names that no format may stumble over.
fn mixed() -> String {
    let text = small(READ, r#", "expect": "allow""#);
    let request = |id: &str, expect: &str| {
        format!(
            r#",
    {{ "id": "{id}", "name": "a <b> & \"c\" # | d", "principal": {{ "type": "user", "id": "ann" }},
      "action": "s3:PutObject", "resource": "arn:aws:s3:::b/k", "resourceAccount": "222222222222"{expect} }}"#
        )
    };
    let more = request("put", r#", "expect": "allow""#) + &request("free", "");
    text.replacen("}\n  ]\n}\n", &format!("}}{more}\n  ]\n}}\n"), 1)
}

#[test]
fn what_differs_is_listed_with_its_reason() {
    let found = run_with(&["test", "-"], &mixed());
    found.exits(1).prints(&[
        "-\n  put  ann, Solo: expected allow, got implicit deny\n       Denied: ",
        "s3:PutObject",
        "1 request expects nothing\n",
    ]);
    assert_eq!(found.out.lines().last(), Some("1 passed, 1 failed"));
    let passing = run_with(&["test", "-"], &small(READ, r#", "expect": "allow""#));
    passing.exits(0);
    assert_eq!(passing.out, "1 passed, 0 failed\n");
}

#[test]
fn the_scenarios_of_the_repository_hold() {
    let found = run(&["test", "tests/scenarios", "crates/playground/examples"]);
    found.exits(0);
    assert!(found.out.ends_with(" passed, 0 failed\n"), "{}", found.out);
}

#[test]
fn a_file_that_cannot_be_read_is_worse_than_a_difference() {
    let folder = folder("test-unreadable");
    write(&folder, "a.json", mixed());
    write(&folder, "b.json", "{ \"version\": 1, ");
    let folder = folder.to_str().expect("text");
    let found = run(&["test", folder]);
    found
        .exits(2)
        .complains(&["b.json:1:17: "])
        .prints(&["1 file could not be read\n"]);
    assert_eq!(found.out.lines().last(), Some("1 passed, 1 failed"));
    for format in ["junit", "tap", "json"] {
        run(&["test", folder, "--format", format])
            .exits(2)
            .prints(&["b.json"]);
    }
}

#[test]
fn of_many_accounts_those_that_differ_are_explained() {
    let path = crate::support::repository().join("tests/scenarios/every-account.json");
    let text = std::fs::read_to_string(path).expect("the scenario");
    let mut file: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let mut account = serde_json::json!({ "type": "account", "name": "" });
    let children = file["organization"]["root"]["children"]
        .as_array_mut()
        .expect("children");
    for number in 0..20 {
        account["id"] = format!("1234567890{number:02}").into();
        account["name"] = format!("Extra {number}").into();
        children.push(account.clone());
    }
    let requests = file["requests"].as_array_mut().expect("requests");
    requests.retain(|request| request["principal"]["type"] == "everyAccount");
    requests.truncate(1);
    requests[0]["expect"] = "depends".into();
    let text = file.to_string();
    let found = run_with(&["test", "-"], &text);
    found
        .exits(1)
        .prints(&["expected depends, got ", " more\n", "0 passed, 1 failed\n"]);
    let listed = found
        .out
        .lines()
        .filter(|line| line.contains("expected depends"))
        .count();
    assert_eq!(listed, 10, "{}", found.out);
    let json = run_with(&["test", "-", "-f", "json"], &text).json();
    let request = &json["files"][0]["requests"][0];
    assert!(
        request["differences"]
            .as_array()
            .is_some_and(|all| all.len() > 20),
        "{request}"
    );
    let why = request["why"].as_array().expect("a list");
    assert!((1..=3).contains(&why.len()), "{why:?}");
}

#[test]
fn json_counts_and_explains() {
    let json = run_with(&["test", "-", "--format", "json"], &mixed())
        .exits(1)
        .json();
    assert_eq!(
        (&json["passed"], &json["failed"], &json["unasserted"]),
        (&1.into(), &1.into(), &1.into())
    );
    let requests = json["files"][0]["requests"].as_array().expect("requests");
    let status: Vec<&str> = requests
        .iter()
        .map(|it| it["status"].as_str().expect("text"))
        .collect();
    assert_eq!(status, ["passed", "failed", "unasserted"]);
    assert_eq!(
        requests[1]["differences"][0],
        "ann, Solo: expected allow, got implicit deny"
    );
    assert!(
        requests[1]["why"][0]
            .as_str()
            .expect("text")
            .starts_with("Denied:")
    );
}

#[test]
fn tap_has_a_plan_and_numbered_points() {
    let found = run_with(&["test", "-", "--format", "tap"], &mixed());
    found.exits(1);
    let mut lines = found.out.lines();
    assert_eq!(lines.next(), Some("TAP version 14"));
    assert_eq!(lines.next(), Some("1..3"));
    let points: Vec<&str> = lines
        .clone()
        .filter(|line| !line.starts_with(' '))
        .collect();
    assert_eq!(
        points,
        [
            "ok 1 - -: get: Ann reads",
            r#"not ok 2 - -: put: a <b> & "c" \# | d"#,
            r#"ok 3 - -: free: a <b> & "c" \# | d # SKIP nothing is expected"#,
        ]
    );
    let block: Vec<&str> = lines.filter(|line| line.starts_with(' ')).collect();
    assert_eq!(
        (block.first(), block.last()),
        (Some(&"  ---"), Some(&"  ..."))
    );
    let message = block[1].strip_prefix("  message: ").expect("a message");
    let message: String = serde_json::from_str(message).expect("a quoted text");
    assert_eq!(message, "ann, Solo: expected allow, got implicit deny");
}

#[test]
fn junit_is_well_formed_and_counts() {
    let found = run_with(&["test", "-", "--format", "junit"], &mixed());
    found.exits(1);
    let elements = xml(&found.out);
    let names: Vec<&str> = elements
        .iter()
        .map(|element| element.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "testsuites",
            "testsuite",
            "testcase",
            "testcase",
            "failure",
            "testcase",
            "skipped"
        ]
    );
    for suite in &elements[..2] {
        for (name, count) in [
            ("tests", "3"),
            ("failures", "1"),
            ("errors", "0"),
            ("skipped", "1"),
        ] {
            assert_eq!(suite.get(name), Some(count), "{name}");
        }
    }
    assert_eq!(elements[3].get("name"), Some("put: a <b> & \"c\" # | d"));
    assert_eq!(
        elements[4].get("message"),
        Some("ann, Solo: expected allow, got implicit deny")
    );
}

/// An element of XML with its attributes.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes.find_map(|(known, value)| (known == name).then_some(value.as_str()))
    }
}

/// All elements in the order of their beginnings; panics where the text is not well-formed.
fn xml(text: &str) -> Vec<Element> {
    let mut rest = text
        .strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .expect("a declaration");
    let mut elements = Vec::new();
    let mut open: Vec<String> = Vec::new();
    while let Some((before, tag)) = rest.split_once('<') {
        decoded(before);
        let (tag, after) = tag.split_once('>').expect("a tag is closed");
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
            continue;
        }
        let (tag, alone) = match tag.strip_suffix('/') {
            Some(tag) => (tag, true),
            None => (tag, false),
        };
        let (name, mut list) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut attributes = Vec::new();
        while !list.trim().is_empty() {
            let (attribute, value) = list.trim_start().split_once("=\"").expect("a value");
            let (value, more) = value.split_once('"').expect("a closing quote");
            attributes.push((attribute.to_owned(), decoded(value)));
            list = more;
        }
        if !alone {
            open.push(name.to_owned());
        }
        elements.push(Element {
            name: name.to_owned(),
            attributes,
        });
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "{open:?} {rest}");
    elements
}

/// Text without its entities; panics at a bare `&` or a control character.
fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut parts = text.split('&');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (entity, after) = part.split_once(';').expect("an entity");
        out.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#10" => '\n',
            other => panic!("unknown entity {other}"),
        });
        out.push_str(after);
    }
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'));
    out
}
