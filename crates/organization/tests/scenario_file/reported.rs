//! What is doubtful is kept and reported.

use super::*;

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
