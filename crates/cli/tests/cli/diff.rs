//! `guardrail diff`.

use crate::support::{READ, example, folder, run, run_with, small, write};

/// The example with Ireland taken out of the permitted regions and the break-glass role renamed.
fn stricter() -> String {
    example("region-guardrail")
        .replace(
            "\"eu-central-1\",\n                  \"eu-west-1\"",
            "\"eu-central-1\"",
        )
        .replace("role/BreakGlass\"", "role/Glass\"")
}

#[test]
fn verdicts_that_change_are_listed_with_the_statement() {
    let found = run_with(&["diff", "#example/region-guardrail", "-"], &stricter());
    found.exits(1);
    let lines: Vec<&str> = found.out.lines().collect();
    assert!(lines[1].starts_with("shop-ireland  Admin, Shop       ec2:RunInstances   Allow  Explicit deny  DenyOtherRegions of Region guardrail, at Workloads"), "{}", found.out);
    assert!(
        lines[2]
            .starts_with("glass         BreakGlass, Shop  ec2:StopInstances  Allow  Explicit deny"),
        "{}",
        found.out
    );
    assert_eq!(lines.last(), Some(&"2 verdicts change, 7 unchanged"));
    // The other way round: what stood in the way is named.
    run_with(&["diff", "-", "#example/region-guardrail"], &stricter())
        .exits(1)
        .prints(&[
            "Explicit deny  Allow  before: DenyOtherRegions of Region guardrail, at Workloads",
        ]);
}

#[test]
fn nothing_changes_between_a_scenario_and_itself() {
    let same = run(&[
        "diff",
        "#example/region-guardrail",
        "#example/region-guardrail",
    ]);
    assert_eq!(same.exits(0).out, "No verdict changes, 9 unchanged\n");
}

#[test]
fn accounts_are_compared_one_by_one() {
    let file = "tests/scenarios/every-account.json";
    let text = std::fs::read_to_string(crate::support::repository().join(file)).expect("a file");
    let scenario = organization::file::read(&text)
        .expect("a scenario")
        .scenario;
    let root = &scenario
        .organization
        .as_ref()
        .expect("an organization")
        .root;
    // Without any SCP at the root nothing is allowed in any account.
    let none = format!("\"id\": \"{}\",", root.id);
    let at = text.find(&none).expect("the root") + none.len();
    let policies = text[at..].find("\"policies\": [").expect("policies") + at + 13;
    let end = text[policies..].find(']').expect("an end") + policies;
    let bare = format!("{}{}", &text[..policies], &text[end..]);
    let json = run_with(&["diff", file, "-", "--format", "json"], &bare)
        .exits(1)
        .json();
    let changes = json["changes"].as_array().expect("changes");
    let accounts: Vec<&str> = changes
        .iter()
        .filter_map(|it| it["account"].as_str())
        .collect();
    assert!(accounts.len() > 1, "{json}");
    for change in changes {
        let lacks = change["new"]["why"].as_str().expect("text");
        assert!(
            lacks.contains("SCP at") || change["new"]["verdict"] == "explicitDeny",
            "{change}"
        );
    }
}

#[test]
fn json_names_statements_by_policy_position_and_node() {
    let json = run_with(
        &["diff", "#example/region-guardrail", "-", "-f", "json"],
        &stricter(),
    )
    .exits(1)
    .json();
    let change = &json["changes"][0];
    assert_eq!(change["old"]["verdict"], "allow");
    assert_eq!(change["new"]["verdict"], "explicitDeny");
    assert_eq!(change["requestDiffers"], false);
    assert_eq!(
        change["new"]["by"],
        serde_json::json!([{
            "policy": "region-guardrail",
            "policyName": "Region guardrail",
            "policyType": "scp",
            "node": { "id": "ou-r3g1-10000001", "name": "Workloads" },
            "index": 0,
            "sid": "DenyOtherRegions",
        }])
    );
    assert_eq!(json["unchanged"], 7);
}

#[test]
fn requests_of_one_side_are_listed_and_change_nothing() {
    let one = small(READ, "");
    let two = one.replace("\"id\": \"get\"", "\"id\": \"other|name\"");
    let folder = folder("diff-sides");
    let (one, two) = (write(&folder, "1.json", one), write(&folder, "2.json", two));
    run(&["diff", &one, &two]).exits(0).prints(&[
        "Only in the old file: get\n",
        "Only in the new file: other|name\n",
        "No verdict changes, 0 unchanged\n",
    ]);
    run(&["diff", &one, &two, "--format", "markdown"])
        .exits(0)
        .prints(&["Only in the new file: `other\\|name`\n"]);
}

#[test]
fn a_request_that_asks_something_else_is_said_to() {
    let other = small(READ, "").replace("s3:GetObject", "s3:PutObject");
    let folder = folder("diff-request");
    let old = write(&folder, "old.json", small(READ, ""));
    run_with(&["diff", &old, "-"], &other)
        .exits(1)
        .prints(&["the request itself differs; no Allow: Identity"]);
}

#[test]
fn markdown_is_one_table_that_no_name_breaks() {
    let policy = READ.replace("s3:Get*", "s3:List*");
    let named = |text: String| {
        text.replace("\"name\": \"ann\"", r#""name": "a|b <img> `c` [x](y)""#)
            .replace("\"id\": \"get\"", r#""id": "g|`1`""#)
    };
    let folder = folder("diff-markdown");
    let old = write(&folder, "old.json", named(small(READ, "")));
    let found = run_with(
        &["diff", &old, "-", "--format", "markdown"],
        &named(small(&policy, "")),
    );
    found.exits(1);
    let table: Vec<&str> = found
        .out
        .lines()
        .filter(|line| line.starts_with('|'))
        .collect();
    assert_eq!(table.len(), 3, "{}", found.out);
    for line in &table {
        let bars = line
            .match_indices('|')
            .filter(|(at, _)| !line[..*at].ends_with('\\'));
        assert_eq!(bars.count(), 7, "{line}");
    }
    assert_eq!(
        table[2],
        "| `` g\\|`1` `` | a\\|b &lt;img&gt; \\`c\\` \\[x\\]\\(y\\), Solo | `s3:GetObject` | Allow | **Implicit deny** | no Allow: Identity |"
    );
}

#[test]
fn a_side_that_cannot_be_read_is_no_difference() {
    run_with(&["diff", "#example/region-guardrail", "-"], "{")
        .exits(2)
        .complains(&["error: -:1:2: "]);
}
