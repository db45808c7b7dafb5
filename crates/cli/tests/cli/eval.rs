//! `guardrail eval`.

use serde_json::{Value, json};

use crate::support::{READ, example, run, run_with, small};

#[test]
fn verdicts_stand_in_an_aligned_table() {
    let found = run(&["eval", "#example/region-guardrail"]);
    found.exits(0);
    let rows: Vec<&str> = found.out.lines().skip(2).collect();
    let column = rows[0].find("VERDICT").expect("a heading");
    let verdicts: Vec<&str> = rows[1..]
        .iter()
        .map(|row| row[column..].split("  ").next().expect("a verdict"))
        .collect();
    let deny = "Explicit deny";
    assert_eq!(
        verdicts,
        [
            "Allow", deny, "Allow", "Allow", deny, "Allow", deny, "Allow", "Depends"
        ]
    );
    found.prints(&[
        "DenyOtherRegions of Region guardrail, at Workloads\n",
        "on aws:RequestedRegion\n",
    ]);
}

#[test]
fn a_request_over_every_account_has_a_row_for_each() {
    let file = "tests/scenarios/every-account.json";
    let all = run(&["eval", file, "--format", "json"]).exits(0).json();
    let requests = all["files"][0]["analysis"]["requests"]
        .as_array()
        .expect("requests");
    let wide = requests
        .iter()
        .find(|request| {
            request["rows"]
                .as_array()
                .is_some_and(|rows| rows.len() > 1)
        })
        .expect("a request over every account");
    let (id, account) = (&wide["id"], &wide["rows"][1]["account"]);
    let (id, account) = (id.as_str().expect("text"), account.as_str().expect("text"));
    let one = run(&["eval", file, "-r", id, "-a", account, "-f", "json"]).json();
    let requests = &one["files"][0]["analysis"]["requests"];
    assert_eq!(requests.as_array().map(Vec::len), Some(1));
    assert_eq!(
        requests[0]["rows"],
        Value::from(vec![wide["rows"][1].clone()])
    );
    run(&["eval", file, "-a", "999999999990"])
        .exits(2)
        .complains(&["no request over every account has a row for the account `999999999990`"]);
}

#[test]
fn an_unknown_request_is_an_error_that_names_those_there_are() {
    run(&["eval", "#example/region-guardrail", "--request", "shop"])
        .exits(2)
        .complains(&["there is no request `shop`; there are `shop-ireland`, `shop-virginia`"]);
    // With several files one of them is enough.
    run(&[
        "eval",
        "#example/region-guardrail",
        "#example/four-departments",
        "-r",
        "glass",
    ])
    .exits(0);
}

#[test]
fn reasons_are_shown_from_the_sentence_to_the_values() {
    let found = run(&[
        "eval",
        "#example/region-guardrail",
        "-r",
        "shop-virginia",
        "-e",
    ]);
    let order = [
        "Explicit deny  shop-virginia  Shop starts a server in Virginia",
        "Denied: statement DenyOtherRegions of SCP Region guardrail",
        "\n  RCP ",
        "\n  SCP ",
        "\n    Workloads  Explicit deny",
        "\n  Session ",
        "\n  What decides\n    Deny, matches  DenyOtherRegions of the SCP Region guardrail, at Workloads",
        "met      StringNotEquals aws:RequestedRegion\n               policy   eu-central-1, eu-west-1\n               request  us-east-1 (from the request)\n",
        "\n  Other statements\n    Allow, matches  Statement 1 of the SCP FullAWSAccess, at Root",
        "\n  Context keys\n",
    ];
    let mut rest = found.exits(0).out.as_str();
    for part in order {
        let at = rest
            .find(part)
            .unwrap_or_else(|| panic!("no `{part}` in\n{}", found.out));
        rest = &rest[at + part.len()..];
    }
    // Why a statement does not match: the element that fails, and no other.
    let found = run(&["eval", "#example/region-guardrail", "-r", "glass", "-e"]);
    let (_, others) = found.out.split_once("Other statements").expect("others");
    assert!(
        others.contains("not met  ArnNotLike aws:PrincipalArn"),
        "{others}"
    );
    assert!(!others.contains("aws:RequestedRegion\n"), "{others}");
}

#[test]
fn many_cases_are_grouped_by_verdict() {
    let scenario = r#"{
      "version": 1,
      "settings": { "unstatedKeys": "unknown" },
      "policies": [{
        "id": "teams", "name": "teams", "kind": "identity",
        "document": {
          "Version": "2012-10-17",
          "Statement": [
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*",
              "Condition": {
                "StringEquals": { "example:Team": ["Blue", "Green"] },
                "StringEqualsIgnoreCase": { "example:Stage": ["live", "test"] },
                "StringNotEquals": { "example:Stage": "Live" }
              } },
            { "Effect": "Deny", "Action": "sqs:*", "Resource": "*",
              "Condition": { "StringEqualsIgnoreCase": { "example:Team": "green" } } }
          ]
        }
      }],
      "principals": [{ "id": "sender", "type": "user", "account": "222222222222", "name": "sender", "policies": ["teams"] }],
      "requests": [{ "id": "send", "principal": { "type": "user", "id": "sender" }, "action": "sqs:SendMessage",
        "resource": "arn:aws:sqs:eu-west-1:222222222222:queue" }]
    }"#;
    run_with(&["eval", "-", "-e"], scenario).prints(&[
        "    Allow in 2 cases\n",
        "      if example:Stage is live and example:Team is Blue\n",
        "      if example:Stage is test and example:Team is Blue\n",
        "    Explicit deny in 10 cases\n",
        "      and 7 more\n",
        "    Implicit deny in 13 cases\n",
        "      and 10 more\n",
    ]);
}

#[test]
fn a_verdict_that_depends_shows_each_case() {
    run(&["eval", "#example/region-guardrail", "-r", "no-region", "-e"]).prints(&[
        "if aws:RequestedRegion is eu-west-1      Allow\n",
        "if aws:RequestedRegion is anything else  Explicit deny\n",
    ]);
    let json = run(&[
        "eval",
        "#example/region-guardrail",
        "-r",
        "no-region",
        "-f",
        "json",
    ])
    .json();
    let depends = &json["files"][0]["analysis"]["requests"][0]["rows"][0]["trace"]["depends"];
    assert_eq!(
        depends["on"],
        serde_json::json!([{ "kind": "key", "key": "aws:RequestedRegion" }])
    );
    assert_eq!(depends["complete"], true);
    let branches: Vec<(String, &str)> = depends["branches"]
        .as_array()
        .expect("branches")
        .iter()
        .map(|branch| {
            let verdict = branch["verdict"].as_str().expect("a verdict");
            (branch["tried"][0]["values"].to_string(), verdict)
        })
        .collect();
    assert!(
        branches.contains(&("[\"eu-west-1\"]".to_owned(), "allow")),
        "{branches:?}"
    );
    assert!(
        branches.contains(&("[null]".to_owned(), "explicitDeny")),
        "{branches:?}"
    );
}

#[test]
fn what_differs_from_an_expectation_is_said_but_is_no_failure() {
    let text = small(READ, r#", "expect": "deny""#);
    run_with(&["eval", "-"], &text)
        .exits(0)
        .prints(&["expected deny"]);
    run_with(&["eval", "-", "-e"], &text)
        .exits(0)
        .prints(&["expected deny, got allow"]);
}

#[test]
fn json_has_places_in_the_text_of_policies() {
    let json = run(&[
        "eval",
        "#example/region-guardrail",
        "-r",
        "shop-virginia",
        "-f",
        "json",
    ])
    .json();
    assert_eq!(json["schemaVersion"], 1);
    let row = &json["files"][0]["analysis"]["requests"][0]["rows"][0];
    assert_eq!(row["verdict"], "explicitDeny");
    let statement = &row["trace"]["resources"][0]["deciding"][0];
    assert_eq!(statement["sid"], "DenyOtherRegions");
    assert_eq!(statement["node"]["name"], "Workloads");
    let file: Value = serde_json::from_str(&example("region-guardrail")).expect("JSON");
    let typed = organization::file::format_document(&file["policies"][0]["document"]);
    let condition = &statement["elements"][2];
    assert_eq!(condition["key"], "aws:RequestedRegion");
    let number = |value: &Value| usize::try_from(value.as_u64().expect("a number")).expect("small");
    let place = &condition["place"];
    let text = &typed[number(&place["start"])..number(&place["end"])];
    assert!(
        text.contains("eu-central-1") && !text.contains("BreakGlass"),
        "{text}"
    );
    let line = typed
        .lines()
        .nth(number(&place["line"]) - 1)
        .expect("a line");
    assert!(
        text.starts_with(&line[number(&place["column"]) - 1..]),
        "{line} | {text}"
    );
}

#[test]
fn json_reports_files_that_cannot_be_read() {
    let json = run_with(&["eval", "-", "-f", "json"], "{\n  \"version\" 1 }")
        .exits(2)
        .json();
    assert_eq!(json["files"][0]["error"]["line"], 2);
    assert_eq!(json["files"][0]["error"]["column"], 13);
    assert!(json["files"][0].get("analysis").is_none());
}

#[test]
fn json_names_reasons_for_programs() {
    let text = small(READ, "").replace("\"id\": \"ann\" },", "\"id\": \"bob\" },");
    let json = run_with(&["eval", "-", "-f", "json"], &text)
        .exits(0)
        .json();
    let row = &json["files"][0]["analysis"]["requests"][0]["rows"][0];
    assert_eq!(row["verdict"], "error");
    let blocker = &row["trace"]["blockers"][0];
    assert_eq!(
        (&blocker["kind"], &blocker["subject"]),
        (&"missingPrincipal".into(), &"bob".into())
    );

    let json = run_with(&["eval", "-", "-f", "json"], &small(READ, "")).json();
    let trace = &json["files"][0]["analysis"]["requests"][0]["rows"][0]["trace"];
    assert_eq!(trace["blockers"], serde_json::json!([]));
    let resource = &trace["resources"][0];
    assert_eq!(
        (&resource["owner"], &resource["access"]),
        (&"222222222222".into(), &"sameAccount".into())
    );
    let stages = resource["stages"].as_array().expect("stages");
    let reason = |policy_type: &str| {
        let stage = stages
            .iter()
            .find(|stage| stage["policyType"] == policy_type);
        stage.expect("a stage")["reason"].clone()
    };
    assert_eq!(reason("scp"), "noOrganization");
    assert_eq!(reason("boundary"), "noBoundary");
    assert_eq!(reason("identity"), Value::Null);
}

#[test]
fn an_open_question_that_decides_is_named_with_its_other_answer() {
    let file = "tests/scenarios/identity-not-action-list-buckets-rule-off.json";
    let json = run(&["eval", file, "-f", "json"]).exits(0).json();
    let requests = json["files"][0]["analysis"]["requests"]
        .as_array()
        .expect("requests");
    let questions: Vec<&Value> = requests
        .iter()
        .flat_map(|request| {
            request["rows"][0]["trace"]["questions"]
                .as_array()
                .expect("a list")
        })
        .collect();
    let named = questions
        .iter()
        .find(|it| it["rule"] == "listBucketsOnAnyBucket");
    assert_eq!(
        named.expect("the question")["answer"],
        false,
        "{questions:?}"
    );
}

#[test]
fn keys_in_which_resources_differ_are_shown_for_each() {
    let file = "tests/scenarios/several-resources.json";
    run(&["eval", file, "--request", "small", "--explain"]).prints(&[
        "    aws:ResourceTag/env   absent                                  nobody stated it, of arn:aws:ec2:eu-west-1:222222222222:instance/i-1\n",
        "    aws:ResourceTag/env   test                                    derived, of arn:aws:ec2:eu-west-1:222222222222:subnet/subnet-1\n",
        "    aws:PrincipalAccount  222222222222                            derived\n",
    ]);
    let json = run(&["eval", file, "--request", "small", "--format", "json"]).json();
    let keys = json["files"][0]["analysis"]["requests"][0]["rows"][0]["trace"]["keys"].clone();
    let of = |name: &str| -> Vec<(Value, Value)> {
        let keys = keys.as_array().expect("the keys are listed").iter();
        keys.filter(|key| key["name"] == name)
            .map(|key| (key["resource"].clone(), key["values"].clone()))
            .collect()
    };
    assert_eq!(
        of("aws:ResourceTag/env"),
        [
            (json!(0), json!([])),
            (json!(1), json!([])),
            (json!(2), json!(["test"]))
        ]
    );
    assert_eq!(
        of("aws:PrincipalAccount"),
        [(Value::Null, json!(["222222222222"]))]
    );
}
