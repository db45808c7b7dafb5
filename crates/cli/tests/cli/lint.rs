//! `guardrail lint`.

use serde_json::Value;

use crate::support::{READ, folder, run, run_with, small, write};

/// An error and, one line below, a warning.
const FAULTY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "deny",
      "Action": "s3:Get Object",
      "Resource": "*"
    }
  ]
}"#;

#[test]
fn findings_of_a_bare_policy_have_its_lines() {
    let found = run_with(&["lint", "-", "--kind", "scp"], FAULTY);
    found.exits(1).prints(&[
        "-:5:17: error: ",
        "-:6:17: warning: ",
        "1 error, 1 warning in 1 file\n",
    ]);
    run_with(&["lint", "-", "--kind=scp"], READ)
        .exits(0)
        .prints(&["0 errors, 0 warnings in 1 file\n"]);
}

#[test]
fn findings_inside_a_scenario_have_the_lines_of_the_scenario_file() {
    let text = small(FAULTY, "");
    let line = |part: &str| {
        1 + text
            .lines()
            .position(|line| line.contains(part))
            .expect("a line")
    };
    let column = |part: &str| {
        let line = text
            .lines()
            .find(|line| line.contains(part))
            .expect("a line");
        1 + line.find(part).expect("a column")
    };
    let place = |part: &str| format!("-:{}:{}: ", line(part), column(part));
    run_with(&["lint", "-"], &text).exits(1).prints(&[
        &format!("{}error: ", place("\"deny\"")),
        &format!("{}warning: ", place("\"s3:Get Object")),
        "in policy `p`\n",
    ]);

    // As a text with escapes, all on one line of the file.
    let source = Value::from(FAULTY).to_string();
    let text = small("{}", "").replace("\"document\": {}", &format!("\"source\": {source}"));
    let column = text
        .lines()
        .nth(5)
        .expect("a line")
        .find("\\\"deny")
        .expect("a column");
    run_with(&["lint", "-"], &text)
        .exits(1)
        .prints(&[&format!("-:6:{}: error: ", column + 1)]);
}

#[test]
fn the_file_itself_is_checked_too() {
    let text = small(READ, r#", "expct": "allow""#);
    let line = 1 + text
        .lines()
        .position(|line| line.contains("expct"))
        .expect("a line");
    run_with(&["lint", "-"], &text).exits(0).prints(&[
        &format!("-:{line}:"),
        "warning: `requests[0].expct`: ",
        "did you mean `expect`? [scenario-unknown-field]\n",
    ]);
    run_with(&["lint", "-"], "{\n  \"version\": 1,\n  \"requests\": 3\n}")
        .exits(1)
        .prints(&["-:3:3: error: `requests`: found the number `3`, expected an array [scenario-unexpected]\n"]);
    run_with(&["lint", "-"], "{\n  \"version\": 1,\n  \"requests\": [\n}")
        .exits(1)
        .prints(&["-:4:1: error: ", "[scenario-syntax]"]);
}

#[test]
fn a_kind_is_asked_for_where_it_is_not_certain() {
    run_with(&["lint", "-"], READ)
        .exits(2)
        .complains(&["-: a policy does not say of which kind it is; name it with --kind scp, "]);
    let folder = folder("lint-kinds");
    let trust = r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "222222222222" }, "Action": "sts:AssumeRole" } }"#;
    write(&folder, "trust.json", trust);
    // Not valid as an SCP, which is how the name is seen to count.
    write(&folder, "named.scp.json", trust);
    write(&folder, "other.json", "{ \"a\": 1 }");
    run(&["lint", folder.to_str().expect("text")])
        .exits(1)
        .prints(&[
            "named.scp.json:1:",
            "Principal` has no place in an SCP",
            " in 2 files\n",
        ])
        .complains(&["note: 1 file ", "other.json"]);
}

#[test]
fn broken_policies_are_found_too() {
    run_with(
        &["lint", "-", "-k", "identity"],
        "{ \"Statement\": [ { \"Effect\": \"Allow\" ",
    )
    .exits(1)
    .prints(&["[unclosed]", "[missing-action]"]);
}

#[test]
fn json_has_both_places() {
    let json = run_with(&["lint", "-", "-f", "json"], &small(FAULTY, ""))
        .exits(1)
        .json();
    assert_eq!((&json["errors"], &json["warnings"]), (&1.into(), &1.into()));
    let finding = &json["files"][0]["findings"][0];
    assert_eq!(finding["code"], "invalid-effect");
    assert_eq!(finding["rule"], "GRAM-5");
    assert_eq!(finding["policy"], "p");
    assert_eq!(finding["inPolicy"]["line"], 5);
    assert_eq!(finding["place"]["line"], 10);
}

#[test]
fn sarif_has_what_the_standard_requires() {
    let folder = folder("lint-sarif");
    let first = write(&folder, "a scenario.json", small(FAULTY, ""));
    let second = write(&folder, "b.scp.json", FAULTY);
    let missing = folder.join("missing.json");
    let args = [
        "lint",
        &first,
        &second,
        missing.to_str().expect("text"),
        "--format",
        "sarif",
    ];
    let log = run(&args).exits(2).json();
    assert_eq!(log["version"], "2.1.0");
    assert!(
        log["$schema"]
            .as_str()
            .expect("text")
            .ends_with("sarif-2.1.0.json")
    );
    let [run] = log["runs"].as_array().expect("runs").as_slice() else {
        panic!("one run");
    };
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "guardrail");
    let rules = driver["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 4);
    for result in results {
        let index =
            usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(rules[index]["shortDescription"]["text"].is_string());
        assert!(["error", "warning"].contains(&result["level"].as_str().expect("a level")));
        assert!(!result["message"]["text"].as_str().expect("text").is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().expect("a URI");
        assert!(uri.starts_with("file:///") && !uri.contains(' '), "{uri}");
        let number = |name: &str| place["region"][name].as_u64().expect("a number");
        assert!(number("startLine") >= 1 && number("startColumn") >= 1);
        assert!(
            (number("endLine"), number("endColumn")) > (number("startLine"), number("startColumn"))
        );
    }
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert!(
        results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            .as_str()
            .is_some_and(|uri| uri.ends_with("/a%20scenario.json"))
    );
    assert_eq!(
        results[0]["locations"][0]["logicalLocations"][0]["name"],
        "p"
    );
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(
        invocation["toolExecutionNotifications"][0]["level"],
        "error"
    );

    let relative =
        crate::support::run(&["lint", "tests/scenarios/refused-scp.json", "-f", "sarif"]);
    let uri = relative.json()["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone();
    assert_eq!(uri, "tests/scenarios/refused-scp.json");
}
