//! The scenario file: nothing is lost, and what is wrong is said with its place.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is wrong"
)]

mod refused;
mod reported;

use organization::file::{
    FileErrorKind, FileWarningKind, format_document, read, write, write_compact,
};
use organization::{
    AccountId, Attachments, CallerKind, Child, ContextValue, NodeRef, PolicyKind, Principal,
    Scalar, Scenario, SwitchedOff,
};
use serde_json::{Value, json};

const FULL: &str = include_str!("../data/full.json");

#[track_caller]
fn load(text: &str) -> Scenario {
    read(text)
        .unwrap_or_else(|error| panic!("{error}"))
        .scenario
}

#[track_caller]
fn error(text: &str) -> String {
    read(text).expect_err("the file is wrong").to_string()
}

/// The warnings about a scenario whose other fields are empty.
#[track_caller]
fn warnings(fields: &str) -> Vec<String> {
    let text = format!("{{\"version\": 1, {fields}}}");
    let loaded = read(&text).unwrap_or_else(|error| panic!("{error}"));
    loaded.warnings.iter().map(ToString::to_string).collect()
}

/// Whether every member and item of `part` stands in `whole` too.
#[track_caller]
fn assert_kept(part: &Value, whole: &Value, path: &str) {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => {
            for (key, value) in part {
                let empty = value == &json!([]) || value == &json!({}) || value.is_null();
                match whole.get(key) {
                    Some(kept) => assert_kept(value, kept, &format!("{path}.{key}")),
                    None => assert!(empty, "{path}.{key} is lost"),
                }
            }
        }
        (Value::Array(part), Value::Array(whole)) => {
            assert_eq!(part.len(), whole.len(), "{path}");
            for (index, (part, whole)) in part.iter().zip(whole).enumerate() {
                assert_kept(part, whole, &format!("{path}[{index}]"));
            }
        }
        _ => assert_eq!(part, whole, "{path}"),
    }
}

#[test]
fn every_field_of_the_format_is_known_and_kept() {
    let loaded = read(FULL).unwrap();
    assert_eq!(loaded.warnings, []);
    let scenario = loaded.scenario;
    for text in [write(&scenario), write_compact(&scenario)] {
        let again = read(&text).unwrap();
        assert_eq!(again.warnings, []);
        assert_eq!(again.scenario, scenario);
    }
    let before: Value = serde_json::from_str(FULL).unwrap();
    let after: Value = serde_json::from_str(&write(&scenario)).unwrap();
    assert_kept(&before, &after, "");
    // Numbers are kept as they were written.
    let text = write(&scenario);
    for number in ["1e3", "12345678901234567890123", "1.50"] {
        assert!(text.contains(number), "{number}");
    }
}

#[test]
fn the_model_holds_what_the_file_says() {
    let scenario = load(FULL);
    let organization = scenario.organization.as_ref().unwrap();
    assert!(organization.scps_enabled() && organization.rcps_enabled());
    let index = organization.index();
    let path = index.path("222222222222").unwrap();
    let ids: Vec<String> = path.iter().map(|node| node.id().to_string()).collect();
    assert_eq!(ids, ["r-ab12", "ou-ab12-11111111", "222222222222"]);
    let NodeRef::Account(dev) = path[2] else {
        panic!("the last level is the account");
    };
    assert_eq!(dev.tags["env"], "dev");
    assert_eq!(
        index.account("333333333333").unwrap().attachments,
        Attachments::Default
    );
    assert_eq!(
        index.entity_path("222222222222").unwrap(),
        "o-exampleorgid/r-ab12/ou-ab12-11111111/"
    );
    assert_eq!(
        index.entity_path("111111111111").unwrap(),
        "o-exampleorgid/r-ab12/"
    );
    assert_eq!(
        index.entity_path("ou-ab12-11111111").unwrap(),
        "o-exampleorgid/r-ab12/ou-ab12-11111111/"
    );
    assert_eq!(index.level("222222222222"), Some(2));
    assert_eq!(index.parent("222222222222").unwrap().name(), "Workloads");
    assert_eq!(index.parent("r-ab12"), None);
    assert_eq!(index.path("999999999999"), None);
    let accounts: Vec<&str> = index.accounts().map(|one| one.id.as_str()).collect();
    assert_eq!(accounts, ["111111111111", "222222222222", "333333333333"]);
    let request = scenario.request("r1").unwrap();
    assert_eq!(
        request.context[2],
        (
            "s3:max-keys".to_owned(),
            ContextValue::One(Scalar::Number("1e3".to_owned()))
        )
    );
    assert_eq!(request.resources[0].arn, "arn:aws:s3:::productionapp/key");
}

#[test]
fn a_minimal_file_is_enough() {
    let scenario = load(r#"{"version": 1}"#);
    assert_eq!(scenario, Scenario::empty());
    assert_eq!(write_compact(&scenario), r#"{"version":1}"#);
    assert_eq!(write(&scenario), "{\n  \"version\": 1\n}\n");
}

#[test]
fn ids_that_are_left_out_are_derived_and_skip_those_that_are_written() {
    let scenario = load(
        r#"{"version": 1, "organization": {"root": {"children": [
            {"type": "account"},
            {"type": "ou", "children": [{"type": "account", "name": "B"}, {"type": "ou"}]},
            {"type": "account", "id": "111111111111"},
            {"type": "ou", "id": "ou-root-00000002", "name": "Two"}]}},
           "externalAccounts": [{"id": "333333333333"}]}"#,
    );
    let organization = scenario.organization.as_ref().unwrap();
    assert_eq!(&*organization.id, "o-exampleorgid");
    let index = organization.index();
    let nodes: Vec<(String, &str)> = index
        .nodes()
        .map(|node| (node.id().to_string(), node.name()))
        .collect();
    let expected = [
        ("r-root", "Root"),
        ("222222222222", "222222222222"),
        ("ou-root-00000001", "ou-root-00000001"),
        ("444444444444", "B"),
        ("ou-root-00000003", "ou-root-00000003"),
        ("111111111111", "111111111111"),
        ("ou-root-00000002", "Two"),
    ];
    assert_eq!(nodes, expected.map(|(id, name)| (id.to_owned(), name)));
    for text in [write(&scenario), write_compact(&scenario)] {
        assert_eq!(load(&text), scenario, "{text}");
    }
}

#[test]
fn a_link_leaves_out_what_a_reader_derives() {
    let scenario = load(
        r#"{"version": 1, "organization": {"id": "o-exampleorgid", "partition": "aws", "featureSet": "ALL",
            "enabledPolicyTypes": ["SERVICE_CONTROL_POLICY"], "managementAccountId": "111111111111",
            "root": {"id": "r-root", "children": [
              {"type": "account", "id": "111111111111", "name": "Management"},
              {"type": "ou", "id": "ou-root-00000001", "name": "Work", "children": [
                {"type": "account", "id": "222222222222", "name": "222222222222"},
                {"type": "account", "id": "555555555555", "name": "Five"},
                {"type": "account", "id": "333333333333", "name": "Three"}]}]}},
            "requests": [{"id": "r1", "principal": {"type": "role", "id": "x", "via": "AssumeRole"}, "action": "a:B", "resource": "*"}]}"#,
    );
    assert_eq!(
        write_compact(&scenario),
        concat!(
            r#"{"version":1,"organization":{"managementAccountId":"111111111111","root":{"children":["#,
            r#"{"type":"account","name":"Management"},{"type":"ou","name":"Work","children":["#,
            r#"{"type":"account"},{"type":"account","id":"555555555555","name":"Five"},"#,
            r#"{"type":"account","name":"Three"}]}]}},"#,
            r#""requests":[{"id":"r1","principal":{"type":"role","id":"x"},"action":"a:B"}]}"#,
        )
    );
    assert_eq!(load(&write_compact(&scenario)), scenario);
}

#[test]
fn attachments_that_are_left_out_differ_from_none() {
    let scenario = load(
        r#"{"version": 1, "organization": {"root": {"children": [{"type": "account", "policies": []}]}}}"#,
    );
    let organization = scenario.organization.as_ref().unwrap();
    let Child::Account(account) = &organization.root.children[0] else {
        panic!("an account");
    };
    assert_eq!(organization.root.attachments, Attachments::Default);
    assert_eq!(account.attachments, Attachments::Listed(vec![]));
    let names = |attachments| organization.effective_attachments(attachments);
    assert_eq!(
        names(&organization.root.attachments),
        ["FullAWSAccess".into()]
    );
    assert_eq!(names(&account.attachments), []);
    assert_eq!(load(&write_compact(&scenario)), scenario);

    let off = load(
        r#"{"version": 1, "organization": {"featureSet": "CONSOLIDATED_BILLING", "root": {}}}"#,
    );
    let organization = off.organization.as_ref().unwrap();
    assert!(!organization.scps_enabled());
    assert_eq!(
        organization.effective_attachments(&Attachments::Default),
        []
    );
}

#[test]
fn text_of_a_policy_is_kept_byte_for_byte() {
    let formatted = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": []\n}";
    let texts = [
        formatted,
        "",
        "not JSON",
        "{}",
        "[]",
        "{ }",
        "{\n  \"a\": 1e3,\n  \"b\": 1.0,\n  \"c\": 12345678901234567890123\n}",
        "{\n  \"a\": 1,\n  \"a\": 2\n}",
        "{\n  \"a\": \"\\u00e9\"\n}",
        "{\n  \"a\": \"é\\n\\u0001\"\n}",
        "{\n  \"Version\": \"2012-10-17\"\n}\n",
        "{\r\n  \"Version\": \"2012-10-17\"\r\n}",
    ];
    let deep = format!("{{\n  \"a\": {}{}\n}}", "[".repeat(90), "]".repeat(90));
    for text in texts.into_iter().chain([deep.as_str()]) {
        let mut scenario =
            load(r#"{"version": 1, "policies": [{"id": "p", "kind": "scp", "source": ""}]}"#);
        let mut policy = (*scenario.policies[0]).clone();
        policy.text = text.into();
        scenario.policies[0] = policy.into();
        let written = write(&scenario);
        assert_eq!(&*load(&written).policies[0].text, text);
        assert_eq!(&*load(&write_compact(&scenario)).policies[0].text, text);
        let value: Value = serde_json::from_str(&written).unwrap();
        let is_document = value["policies"][0].get("document").is_some();
        let is_source = value["policies"][0].get("source").is_some();
        assert!(is_document != is_source);
        // Only an object that is laid out as the program lays it out becomes a `document`.
        let expected =
            matches!(text, "{}") || text == formatted || text == texts[6] || text == texts[9];
        assert_eq!(is_document, expected, "{text}");
        if is_document {
            // The editor's "format" leaves it alone.
            assert_eq!(policy::format(text).as_deref(), Some(text));
        }
    }
    let document = json!({"Version": "2012-10-17", "Statement": []});
    assert_eq!(format_document(&document), formatted);
}

#[test]
fn formatting_is_the_usual_one() {
    let document = json!({"a": [1, -2.5, true, null, "\u{7}\"\\/\t\u{7f}é"], "b": {}, "c": [], "d": {"e": [{}]}});
    assert_eq!(
        format_document(&document),
        serde_json::to_string_pretty(&document).unwrap()
    );
}

#[test]
fn null_counts_as_left_out() {
    let scenario = load(
        r#"{"version": 1, "title": null, "organization": null, "principals": [
            {"id": "r", "type": "role", "account": "111111111111", "permissionsBoundary": null, "trustPolicy": null}]}"#,
    );
    let Principal::Role(role) = &*scenario.principals[0] else {
        panic!("a role");
    };
    assert_eq!(role.permissions_boundary, None);
    assert_eq!((role.name.as_str(), role.path.as_str()), ("r", "/"));
    assert_eq!(role.account, AccountId::from("111111111111"));
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    assert_eq!(load("\u{feff}{\"version\": 1}"), Scenario::empty());
}
