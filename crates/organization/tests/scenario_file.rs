//! The scenario file: nothing is lost, and what is wrong is said with its place.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is wrong"
)]

use organization::file::{
    FileErrorKind, FileWarningKind, format_document, read, write, write_compact,
};
use organization::{
    AccountId, Attachments, CallerKind, Child, ContextValue, NodeRef, PolicyKind, Principal,
    Scalar, Scenario, SwitchedOff,
};
use serde_json::{Value, json};

const FULL: &str = include_str!("data/full.json");

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
fn version_is_checked() {
    assert_eq!(error("{}"), "found no `version`, expected `\"version\": 1`");
    assert_eq!(
        error(r#"{"version": 2, "policies": 7}"#),
        "`version`: found the number `2`, expected 1; the file was written by a newer version \
         of this program"
    );
    assert_eq!(
        error(r#"{"version": "1"}"#),
        "`version`: found the text `1`, expected the number `1`"
    );
    assert_eq!(read("[]").unwrap_err().kind, FileErrorKind::Unexpected);
}

#[test]
fn broken_json_is_refused_with_its_place() {
    for (text, message) in [
        (
            "",
            "line 1, column 1: found the end of the file, expected a value",
        ),
        (
            "{\n  \"version\": 1,\n  \"title\": \"é\" x\n}",
            "line 3, column 16: found `x`, expected `,` or `}`",
        ),
        (
            "{\"version\": 1,}",
            "line 1, column 15: found `}`, expected a key in double quotes",
        ),
        (
            "{\"version\": 01}",
            "line 1, column 14: found `1`, expected `,` or `}`",
        ),
        (
            "{\"requests\": [1, 2",
            "line 1, column 19: `requests`: found the end of the file, expected `,` or `]`",
        ),
        (
            "{\"title\": \"a\nb\"}",
            "line 1, column 13: `title`: found the control character U+000A, expected an \
             escape such as `\\n`",
        ),
        (
            "{\"title\": \"\\ud800\"}",
            "line 1, column 18: `title`: found `\"`, expected both halves of a surrogate pair",
        ),
        (
            "{} {}",
            "line 1, column 4: found `{`, expected the end of the file",
        ),
        ("nul", "line 1, column 1: found `n`, expected a value"),
        (
            "-",
            "line 1, column 2: found the end of the file, expected a digit",
        ),
    ] {
        assert_eq!(error(text), message, "{text}");
    }
}

#[test]
fn size_and_depth_are_bounded() {
    let deep = "[".repeat(100_000);
    assert_eq!(read(&deep).unwrap_err().kind, FileErrorKind::TooDeep);
    let large = " ".repeat(organization::file::MAX_BYTES + 1);
    assert_eq!(read(&large).unwrap_err().kind, FileErrorKind::TooLarge);
}

#[test]
fn a_key_that_stands_twice_is_refused_wherever_it_stands() {
    assert_eq!(
        error("{\"version\": 1,\n\"requests\": [{}, {\"id\": 1, \"name\": 2,\n  \"id\": 3}]}"),
        "line 3, column 3: `requests[1].id`: found the key `id` a second time, expected each \
         key once"
    );
    for text in [
        r#"{"version": 1, "version": 1}"#,
        r#"{"version": 1, "policies": [{"id": "p", "kind": "scp", "document": {"Version": 1, "Version": 2}}]}"#,
        r#"{"version": 1, "lesson": {"a": {"b": 1, "\u0062": 2}}}"#,
    ] {
        assert_eq!(read(text).unwrap_err().kind, FileErrorKind::DuplicateKey);
    }
}

#[test]
fn a_value_of_the_wrong_sort_is_refused_with_its_path() {
    for (fields, message) in [
        (
            r#""title": 5"#,
            "`title`: found the number `5`, expected text in double quotes",
        ),
        (
            r#""requests": [{"id": "r", "principal": {"type": "user", "id": 7}, "action": "a:B"}]"#,
            "`requests[0].principal.id`: found the number `7`, expected text in double quotes",
        ),
        (
            r#""requests": [{"id": "r", "principal": {"type": "user"}, "action": "a:B"}]"#,
            "`requests[0].principal`: found no `id`, expected the id of an entry of `principals`",
        ),
        (
            r#""requests": [{"id": "r", "principle": "x", "action": "a:B"}]"#,
            "`requests[0]`: found `principle` but no `principal`, expected the caller, by id or \
             with `type`",
        ),
        (
            r#""defaults": {"context": {"aws:SourceIp": null}}"#,
            "`defaults.context[\"aws:SourceIp\"]`: found `null`, expected a value; a key that is \
             not in the request is listed in `absent`",
        ),
        (
            r#""defaults": {"context": {"k": ["a", ["b"]]}}"#,
            "`defaults.context.k[1]`: found an array, expected text, a number, a boolean or an \
             array of them",
        ),
        (
            r#""settings": {"unstatedKeys": "maybe"}"#,
            "`settings.unstatedKeys`: found the text `maybe`, expected `unknown` or `absent`",
        ),
        (
            r#""policies": [{"id": "p", "kind": "scp", "document": {}, "source": "{}"}]"#,
            "`policies[0]`: found both `document` and `source`, expected one of them",
        ),
        (
            r#""policies": [{"id": "p", "kind": "scp"}]"#,
            "`policies[0]`: found no `document`, expected the policy, as `document` or `source`",
        ),
        (
            r#""policies": [{"id": "p", "kind": "scp", "document": "{}"}]"#,
            "`policies[0].document`: found the text `{}`, expected a JSON object; a policy as \
             text is written in `source`",
        ),
        (
            r#""requests": [{"id": "r", "principal": "x", "action": "a:B", "resource": "*", "resources": []}]"#,
            "`requests[0]`: found both `resource` and `resources`, expected one of them",
        ),
        (
            r#""organization": {"root": {"children": [{"id": "1"}]}}"#,
            "`organization.root.children[0]`: found no `type`, expected `ou` or `account`",
        ),
        (
            r#""organization": {"root": {"children": [{"type": "account", "id": "1"}, {"type": "ou", "children": [{"type": "account", "id": "1"}]}]}}"#,
            "`organization.root.children[1].children[0].id`: found `1`, the id that stands at `organization.root.children[0].id`, expected an id that no other root, OU \
             or account has",
        ),
        (
            r#""policies": [{"id": "FullAWSAccess", "kind": "scp", "document": {}}]"#,
            "`policies[0].id`: found `FullAWSAccess`, the id of a well-known policy, expected an \
             id that no other policy has",
        ),
    ] {
        assert_eq!(error(&format!("{{\"version\": 1, {fields}}}")), message);
    }
    for realm in [
        r#""policies": [{"id": "p", "kind": "scp", "source": ""}, {"id": "p", "kind": "rcp", "source": ""}]"#,
        r#""principals": [{"id": "p", "type": "user", "account": "1"}, {"id": "p", "type": "role", "account": "2"}]"#,
        r#""requests": [{"id": "r", "principal": "x", "action": "a:B"}, {"id": "r", "principal": "x", "action": "a:B"}]"#,
        r#""endpoints": [{"id": "vpce-1"}, {"id": "vpce-1"}]"#,
        r#""externalAccounts": [{"id": "1"}, {"id": "1"}]"#,
    ] {
        let text = format!("{{\"version\": 1, {realm}}}");
        assert_eq!(
            read(&text).unwrap_err().kind,
            FileErrorKind::DuplicateId,
            "{realm}"
        );
    }
}

#[test]
fn what_is_not_known_is_kept_in_its_place_and_reported() {
    let text = r#"{
      "version": 1, "requires": ["timeTravel"], "titel": "x",
      "settings": {"off": ["scpp", {"policy": "FullAWSAccess", "nod": "r-root"}], "later": null},
      "organization": {"x-a": 1, "featureSet": "SOME", "enabledPolicyTypes": ["SERVICE_CONTROL_POLICIES"],
        "root": {"x-b": [2.5], "children": [
          {"type": "folder", "id": "f-1"},
          {"type": "account", "id": "111111111111", "contact": {"a": "b"}}]}},
      "policies": [{"id": "p", "kind": "sco", "document": {}, "note": "n"}],
      "principals": [{"id": "robot", "type": "machine", "account": 5}],
      "requests": [{"id": "r", "action": "a:B", "colour": "red",
        "principal": {"type": "ghost", "boo": true},
        "expect": {"verdict": "perhaps", "why": ""}}]
    }"#;
    let loaded = read(text).unwrap();
    let messages: Vec<String> = loaded.warnings.iter().map(ToString::to_string).collect();
    let unknown = "this version does not know this field; it is kept as it is";
    for message in [
        "`requires[0]`: the scenario needs the feature `timeTravel`, which this version does not \
         have; it gives no verdicts"
            .to_owned(),
        format!("`titel`: {unknown}; did you mean `title`?"),
        "`settings.off[0]`: this version does not know the policy type `scpp`; it is kept as it \
         is; did you mean `scp`?"
            .to_owned(),
        format!("`settings.later`: {unknown}"),
        format!("`organization.x-a`: {unknown}"),
        "`organization.featureSet`: this version does not know the feature set `SOME`; it is kept \
         as it is"
            .to_owned(),
        "`organization.enabledPolicyTypes[0]`: this version does not know the policy type \
         `SERVICE_CONTROL_POLICIES`; it is kept as it is; did you mean `SERVICE_CONTROL_POLICY`?"
            .to_owned(),
        "`organization.root.children[0].type`: this version does not know the type of node \
         `folder`; it is kept as it is"
            .to_owned(),
        format!("`organization.root.children[1].contact`: {unknown}"),
        "`policies[0].kind`: this version does not know the kind of policy `sco`; it is kept as it \
         is; did you mean `scp`?"
            .to_owned(),
        "`principals[0].type`: this version does not know the type of principal `machine`; it is \
         kept as it is"
            .to_owned(),
        "`requests[0].principal.type`: this version does not know the type of caller `ghost`; it \
         is kept as it is"
            .to_owned(),
        "`requests[0].expect.verdict`: this version does not know the verdict `perhaps`; it is \
         kept as it is"
            .to_owned(),
        format!("`requests[0].expect.why`: {unknown}"),
    ] {
        assert!(messages.contains(&message), "{message}\nnot in {messages:#?}");
    }
    let scenario = loaded.scenario;
    assert_eq!(
        scenario.policies[0].kind,
        PolicyKind::Other("sco".to_owned())
    );
    assert!(matches!(
        scenario.requests[0].caller.kind,
        CallerKind::Unknown(_)
    ));
    assert!(matches!(*scenario.principals[0], Principal::Other { .. }));
    assert!(matches!(scenario.settings.off[0], SwitchedOff::Unknown(_)));
    let before: Value = serde_json::from_str(text).unwrap();
    for written in [write(&scenario), write_compact(&scenario)] {
        let mut after: Value = serde_json::from_str(&written).unwrap();
        // Children of an unknown type are kept behind the others.
        let children = after["organization"]["root"]["children"]
            .as_array_mut()
            .unwrap();
        children.reverse();
        if written.contains('\n') {
            assert_kept(&before, &after, "");
        }
        assert_eq!(read(&written).unwrap().scenario, scenario);
    }
    assert!(write(&scenario).contains("\"later\": null"));
}

#[test]
fn names_of_things_that_are_not_there_are_reported() {
    let found = warnings(
        r#""settings": {"off": [{"policy": "region-lok", "node": "ou-x"}]},
        "organization": {"managementAccountId": "999999999999", "root": {
          "policies": ["FullAWSAcess", "region-lock", "p", "region-lock"],
          "children": [{"type": "account", "id": "12"}]}},
        "externalAccounts": [{"id": "x"}],
        "policies": [{"id": "region-lock", "kind": "scp", "document": {}},
                     {"id": "p", "kind": "identity", "document": {}}],
        "principals": [{"id": "alice", "type": "user", "account": "13", "groups": ["bob", "gone"], "policies": ["region-lock"]},
                       {"id": "bob", "type": "role", "account": "12", "trustPolicy": "p", "permissionsBoundary": "p"}],
        "resources": [{"arn": "a", "policy": "p"}, {"arn": "a"}],
        "requests": [{"id": "r", "principal": {"type": "user", "id": "bob"}, "action": "a:B", "endpoint": "vpce-1",
                      "absent": ["aws:SourceIp"], "unknown": ["AWS:sourceip"]},
                     {"id": "s", "principal": "alic", "action": "a:B", "expect": {"by": [{"policy": "q"}]}}]"#,
    );
    let expected = [
        "`settings.off[0].policy`: there is no policy `region-lok`; did you mean `region-lock`?",
        "`settings.off[0].node`: there is no root, OU or account `ou-x`",
        "`externalAccounts[0].id`: AWS would refuse the account id `x`: expected twelve digits",
        "`organization.managementAccountId`: there is no account `999999999999` in the organization",
        "`organization.root.policies[0]`: there is no policy `FullAWSAcess`; did you mean \
         `FullAWSAccess`?",
        "`organization.root.policies[2]`: the policy `p` is of kind `identity`, expected `scp` or \
         `rcp`",
        "`organization.root.policies[3]`: the policy `region-lock` is attached twice",
        "`organization.root.children[0].id`: AWS would refuse the account id `12`: expected twelve \
         digits",
        "`principals[0].account`: there is no account `13` in the organization or in \
         `externalAccounts`; did you mean `12`?",
        "`principals[0].policies[0]`: the policy `region-lock` is of kind `scp`, expected \
         `identity`",
        "`principals[0].groups[0]`: `bob` is a role, expected a group",
        "`principals[0].groups[1]`: there is no principal `gone`",
        "`principals[1].trustPolicy`: the policy `p` is of kind `identity`, expected `trust`",
        "`resources[0].policy`: the policy `p` is of kind `identity`, expected `resource`",
        "`resources[1].arn`: `resources[0]` has the same ARN",
        "`requests[0].principal.id`: `bob` is a role, expected a user",
        "`requests[0].endpoint`: there is no endpoint `vpce-1`",
        "`requests[0].unknown`: `AWS:sourceip` is listed in `absent` too",
        "`requests[1].principal`: there is no principal `alic`; did you mean `alice`?",
        "`requests[1].expect.by[0].policy`: there is no policy `q`",
    ];
    for message in expected {
        assert!(
            found.iter().any(|one| one == message),
            "{message}\nnot in {found:#?}"
        );
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
}

#[test]
fn states_that_aws_refuses_are_reported_and_kept() {
    let mut node = r#"{"type": "account"}"#.to_owned();
    for _ in 0..6 {
        node = format!(r#"{{"type": "ou", "children": [{node}]}}"#);
    }
    let found = warnings(&format!(
        r#""organization": {{"root": {{"children": [{node}]}}}}"#
    ));
    assert_eq!(
        found,
        [format!(
            "`organization.root{}`: the OU `ou-root-00000006` stands 6 levels below the root: AWS \
             would refuse more than 5",
            ".children[0]".repeat(6)
        )]
    );

    let policies = |kind: &str, count: usize| -> String {
        (0..count)
            .map(|n| format!(r#"{{"id": "{kind}{n}", "kind": "{kind}", "document": {{}}}}"#))
            .collect::<Vec<_>>()
            .join(",")
    };
    let attached = |kind: &str, count: usize| -> String {
        (0..count)
            .map(|n| format!("\"{kind}{n}\""))
            .collect::<Vec<_>>()
            .join(",")
    };
    let found = |kind: &str, count: usize, types: &str| {
        warnings(&format!(
            r#""policies": [{}], "organization": {{"enabledPolicyTypes": [{types}], "root": {{"policies": [{}]}}}}"#,
            policies(kind, count),
            attached(kind, count),
        ))
    };
    let (scp, rcp) = ("\"SERVICE_CONTROL_POLICY\"", "\"RESOURCE_CONTROL_POLICY\"");
    assert_eq!(found("scp", 10, scp), [""; 0]);
    assert_eq!(
        found("scp", 11, scp),
        ["`organization.root.policies`: 11 SCPs are attached: AWS would refuse more than 10"]
    );
    assert_eq!(found("rcp", 4, rcp), [""; 0]);
    assert_eq!(
        found("rcp", 5, rcp),
        ["`organization.root.policies`: 6 RCPs are attached: AWS would refuse more than 5"]
    );
    assert_eq!(
        found("scp", 0, scp),
        [
            "`organization.root.policies`: no SCP is attached: AWS would refuse to detach the last \
          one"
        ]
    );
    assert_eq!(
        found("scp", 1, ""),
        [
            "`organization.root.policies`: an SCP is attached, but `SERVICE_CONTROL_POLICY` is not in \
          `enabledPolicyTypes`: it has no effect"
        ]
    );
    // Without SCPs, nothing has to be attached.
    assert_eq!(found("scp", 0, ""), [""; 0]);
}

#[test]
fn quotas_are_those_of_the_day() {
    let found = |date: &str, count: usize| {
        let policies: Vec<String> = (0..count)
            .map(|n| format!(r#"{{"id": "p{n}", "kind": "scp", "document": {{}}}}"#))
            .collect();
        let attached: Vec<String> = (0..count.min(6)).map(|n| format!("\"p{n}\"")).collect();
        warnings(&format!(
            r#""settings": {{"asOf": "{date}"}}, "policies": [{}], "organization": {{"root": {{"policies": [{}]}}}}"#,
            policies.join(","),
            attached.join(","),
        ))
    };
    let six = "`organization.root.policies`: 6 SCPs are attached: AWS would refuse more than 5";
    assert_eq!(found("2026-05-14", 6), [six]);
    assert_eq!(found("2026-05-15", 6), [""; 0]);
    assert_eq!(
        found("2026-05-14", 1001),
        [
            "`policies`: 1001 SCPs: AWS would refuse more than 1000",
            six
        ]
    );
    assert_eq!(found("2026-05-15", 1001), [""; 0]);
}

#[test]
fn a_date_that_is_none_is_reported_and_kept() {
    let text = r#"{"version": 1, "settings": {"asOf": "21 November"}}"#;
    let loaded = organization::file::read(text).unwrap();
    let messages: Vec<String> = loaded.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        [
            "`settings.asOf`: `21 November` is no date such as `2026-11-21`: the rules and quotas of \
          2026-11-21 count"
        ]
    );
    assert_eq!(
        loaded.scenario.settings.as_of.as_deref(),
        Some("21 November")
    );
    assert_eq!(loaded.scenario.settings.date().to_string(), "2026-11-21");
    let earlier = load(r#"{"version": 1, "settings": {"asOf": "2025-01-31"}}"#);
    assert_eq!(earlier.settings.date().to_string(), "2025-01-31");
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

#[test]
fn unusual_keys_in_a_path_are_quoted() {
    let found = warnings(r#""a b": 1, "": 2"#);
    assert!(found[0].starts_with("`[\"a b\"]`: "), "{found:?}");
    assert!(found[1].starts_with("`[\"\"]`: "), "{found:?}");
    let loaded = read(r#"{"version": 1, "x": 1}"#).unwrap();
    assert_eq!(loaded.warnings[0].kind, FileWarningKind::UnknownField);
}
