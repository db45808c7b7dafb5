//! Share links: what comes back is what was shared, for ever; what is damaged never becomes
//! another scenario; and links stay short.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test whose data cannot be read must fail, in its helpers too"
)]

use std::fs;
use std::path::{Path, PathBuf};

use miniz_oxide::deflate::compress_to_vec;
use organization::Scenario;
use organization::file::Loaded;
use playground::examples;
use playground::link::{self, LinkError, MAX_FRAGMENT, MAX_SCENARIO};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

fn read(text: &str) -> Scenario {
    organization::file::read(text).expect("a scenario").scenario
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

#[track_caller]
fn comes_back(scenario: &Scenario) {
    let fragment = link::encode(scenario);
    for text in [fragment.clone(), format!("#{fragment}")] {
        assert_eq!(link::decode(&text).unwrap().scenario, *scenario);
    }
}

#[test]
fn what_is_shared_comes_back() {
    for example in examples::ALL {
        let path = folder("examples").join(format!("{}.json", example.id));
        comes_back(&read(&fs::read_to_string(path).unwrap()));
    }
    let mut files = 0;
    for file in fs::read_dir(folder("../../tests/scenarios")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "json") {
            comes_back(&read(&fs::read_to_string(path).unwrap()));
            files += 1;
        }
    }
    assert!(files > 40);
    comes_back(&Scenario::empty());
}

/// The link in `first-release.link` was made by the first release and is never made anew: links
/// that people have kept must go on opening.
#[test]
fn a_link_of_the_first_release_still_opens() {
    let kept = fs::read_to_string(folder("tests/golden/first-release.link")).unwrap();
    let expected = fs::read_to_string(folder("tests/golden/first-release.json")).unwrap();
    let loaded = link::decode(kept.trim()).unwrap();
    assert_eq!(loaded.scenario, read(&expected));
    assert_eq!(loaded.warnings, []);
}

fn small() -> (Scenario, String) {
    let text = fs::read_to_string(folder("tests/golden/first-release.json")).unwrap();
    let scenario = read(&text);
    let fragment = link::encode(&scenario);
    (scenario, fragment)
}

#[test]
fn a_link_that_is_cut_does_not_open() {
    let (_, fragment) = small();
    for length in 0..fragment.len() {
        let cut = fragment.get(..length).unwrap();
        assert!(link::decode(cut).is_err(), "{length} of {}", fragment.len());
    }
}

#[test]
fn a_link_with_an_altered_character_is_never_another_scenario() {
    let (scenario, fragment) = small();
    for at in 0..fragment.len() {
        for other in ["A", "b", "7", "_", "-", ".", "%", " ", "é", ""] {
            let (before, rest) = fragment.split_at(at);
            if rest.starts_with(other) && !other.is_empty() {
                continue;
            }
            let altered = format!("{before}{other}{}", rest.get(1..).unwrap());
            // What is packed can be written in several ways.
            let is_same = |loaded: Loaded| loaded.scenario == scenario;
            assert!(
                link::decode(&altered).is_ok_and(is_same) || link::decode(&altered).is_err(),
                "{at} {other:?}"
            );
        }
    }
    for at in 1..fragment.len() {
        let mut characters: Vec<char> = fragment.chars().collect();
        characters.swap(at - 1, at);
        let swapped: String = characters.into_iter().collect();
        if swapped != fragment {
            assert!(link::decode(&swapped).is_err(), "{at}");
        }
    }
}

#[test]
fn what_was_pasted_behind_a_link_is_noticed() {
    let (_, fragment) = small();
    for behind in ["A", "AAAA", "hello", ".", ")", "\n", fragment.as_str()] {
        assert!(
            link::decode(&format!("{fragment}{behind}")).is_err(),
            "{behind:?}"
        );
    }
}

#[test]
fn links_say_what_is_wrong_with_them() {
    let (_, fragment) = small();
    let payload = fragment.split_once(':').unwrap().1;
    assert_eq!(link::decode("").unwrap_err(), LinkError::NoCodec);
    assert_eq!(link::decode("policies").unwrap_err(), LinkError::NoCodec);
    let unknown = link::decode(&format!("g9:{payload}")).unwrap_err();
    assert_eq!(unknown, LinkError::UnknownCodec("g9".to_owned()));
    let (before, behind) = payload.split_at(9);
    let wrong = format!("g1:{before}+{behind}");
    assert_eq!(
        link::decode(&wrong).unwrap_err(),
        LinkError::Character('+', 13)
    );
    let long = format!("g1:{}", "A".repeat(MAX_FRAGMENT));
    assert!(matches!(
        link::decode(&long).unwrap_err(),
        LinkError::TooLong(_)
    ));
    assert!(matches!(
        link::decode("g1:AAAA").unwrap_err(),
        LinkError::Damaged
    ));
}

/// A link with any content and a checksum that fits, as somebody who means harm would make it.
fn made(text: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let crc = !text.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ ((crc & 1) * 0xedb8_8320)
        })
    });
    let mut bytes = crc.to_be_bytes()[..3].to_vec();
    bytes.extend(compress_to_vec(text, 9));
    let mut link = "g1:".to_owned();
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..=chunk.len() {
            let six = bits >> (18 - 6 * digit) & 63;
            link.push(char::from(DIGITS[six as usize]));
        }
    }
    link
}

#[test]
fn content_that_means_harm_is_refused() {
    let (scenario, fragment) = small();
    let text = organization::file::write_compact(&scenario);
    assert_eq!(
        link::decode(&made(text.as_bytes())),
        link::decode(&fragment)
    );

    let bomb = made(&vec![b' '; MAX_SCENARIO + 1]);
    assert!(bomb.len() < 100_000);
    assert_eq!(link::decode(&bomb).unwrap_err(), LinkError::TooLarge);
    for text in [
        "[".repeat(1_000_000),
        format!("{{\"version\":1,\"extra\":{}", "[".repeat(100_000)),
        format!(
            "{{\"version\":1,\"organization\":{{\"root\":{}",
            "{\"children\":[".repeat(50_000)
        ),
        "null".to_owned(),
        "{}".to_owned(),
        r#"{"version":2}"#.to_owned(),
        String::new(),
    ] {
        let error = link::decode(&made(text.as_bytes())).unwrap_err();
        assert!(matches!(error, LinkError::File(_)), "{error}");
    }
    assert_eq!(
        link::decode(&made(b"\xff\xfe")).unwrap_err(),
        LinkError::Damaged
    );
}

fn account(number: usize) -> String {
    format!("{:012}", 222_222_222_222_u64 + 7_777_777 * number as u64)
}

/// An organization as people build it: names, Sids, conditions, expectations.
fn realistic(scps: usize, accounts: usize, requests: usize) -> Value {
    let policies = [
        (
            "Region lock",
            json!({"Sid":"DenyOutsideEurope","Effect":"Deny","NotAction":["iam:*","organizations:*","route53:*","support:*","sts:*","cloudfront:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1","eu-central-1"]},"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/BreakGlass"}}}),
        ),
        (
            "Protect the trail",
            json!({"Sid":"ProtectTrail","Effect":"Deny","Action":["cloudtrail:StopLogging","cloudtrail:DeleteTrail","cloudtrail:UpdateTrail"],"Resource":"*"}),
        ),
        (
            "No leaving",
            json!({"Sid":"DenyLeaving","Effect":"Deny","Action":"organizations:LeaveOrganization","Resource":"*"}),
        ),
        (
            "Small instances",
            json!({"Sid":"SmallInstances","Effect":"Deny","Action":"ec2:RunInstances","Resource":"arn:aws:ec2:*:*:instance/*","Condition":{"StringNotLike":{"ec2:InstanceType":["t3.*","t4g.*"]}}}),
        ),
        (
            "Encrypt in transit",
            json!({"Sid":"TlsOnly","Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}),
        ),
        (
            "No root user",
            json!({"Sid":"DenyRoot","Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringLike":{"aws:PrincipalArn":"arn:aws:iam::*:root"}}}),
        ),
        (
            "Tag on create",
            json!({"Sid":"RequireCostCenter","Effect":"Deny","Action":["ec2:RunInstances","ec2:CreateVolume"],"Resource":["arn:aws:ec2:*:*:instance/*","arn:aws:ec2:*:*:volume/*"],"Condition":{"Null":{"aws:RequestTag/CostCenter":"true"}}}),
        ),
        (
            "Security tooling",
            json!({"Sid":"ProtectGuardDuty","Effect":"Deny","Action":["guardduty:DeleteDetector","guardduty:DisassociateFromMasterAccount","securityhub:DisableSecurityHub","config:StopConfigurationRecorder"],"Resource":"*"}),
        ),
        (
            "Allowed services",
            json!({"Sid":"AllowList","Effect":"Allow","Action":["s3:*","ec2:*","lambda:*","dynamodb:*","logs:*","cloudwatch:*","iam:*"],"Resource":"*"}),
        ),
        (
            "No public access",
            json!({"Sid":"KeepBlockPublicAccess","Effect":"Deny","Action":["s3:PutBucketPublicAccessBlock","s3:PutAccountPublicAccessBlock"],"Resource":"*"}),
        ),
    ];
    let id = |name: &str| name.to_lowercase().replace(' ', "-");
    let names = [
        "Management",
        "Log archive",
        "Audit",
        "Dev",
        "Test",
        "Staging",
        "Production",
        "Data",
        "Sandbox Ana",
        "Sandbox Ben",
        "Payments",
        "Website",
        "Shared services",
        "Network",
        "Backup",
        "Research",
    ];
    let node = |number: usize| {
        let mut node = json!({ "type": "account", "id": account(number), "name": names[number] });
        if number % 5 == 3 && scps > 1 {
            node["policies"] = json!(["FullAWSAccess", id(policies[number % scps].0)]);
        }
        node
    };
    let mut root: Vec<Value> = vec![node(0)];
    for (at, name) in ["Security", "Workloads", "Sandbox", "Infrastructure"]
        .iter()
        .enumerate()
    {
        let children: Vec<Value> = (1..accounts)
            .filter(|number| number % 4 == at)
            .map(node)
            .collect();
        if !children.is_empty() {
            root.push(json!({
                "type": "ou", "id": format!("ou-ab12-{:08}", 10_000_000 + at * 1_111_111), "name": name,
                "policies": ["FullAWSAccess", id(policies[at % scps].0)], "children": children,
            }));
        }
    }
    let actions = [
        (
            "Start an instance",
            "ec2:RunInstances",
            "arn:aws:ec2:eu-west-1:*:instance/*",
        ),
        (
            "Read a report",
            "s3:GetObject",
            "arn:aws:s3:::reports/2026/q1.csv",
        ),
        ("Stop the trail", "cloudtrail:StopLogging", "*"),
        ("List users", "iam:ListUsers", "*"),
        ("Write a table", "dynamodb:PutItem", "*"),
        ("Leave", "organizations:LeaveOrganization", "*"),
    ];
    let regions = ["eu-west-1", "us-east-1", "eu-central-1"];
    let requests: Vec<Value> = (0..requests)
        .map(|number| {
            let (name, action, resource) = actions[number % actions.len()];
            let mut request = json!({
                "id": format!("r{}", number + 1),
                "name": format!("{name} in {}", regions[number % 3]),
                "principal": { "type": "role", "id": (["admin", "developer"][number % 2]) },
                "action": action, "resource": resource, "region": regions[number % 3],
                "expect": (["allow", "explicitDeny"][number % 2]),
            });
            if number % 4 == 1 {
                request["context"] = json!({ "ec2:InstanceType": "m5.large" });
            }
            request
        })
        .collect();
    json!({
        "version": 1,
        "title": "Guardrails of the landing zone",
        "organization": {
            "id": "o-exampleorgid", "managementAccountId": account(0),
            "enabledPolicyTypes": ["SERVICE_CONTROL_POLICY"],
            "root": { "id": "r-ab12", "policies": ["FullAWSAccess"], "children": root },
        },
        "policies": policies.iter().take(scps).map(|(name, statement)| json!({
            "id": id(name), "name": name, "kind": "scp",
            "document": { "Version": "2012-10-17", "Statement": [statement] },
        })).collect::<Vec<_>>(),
        "principals": [
            { "id": "admin", "type": "role", "account": account(3), "name": "Admin", "policies": ["AdministratorAccess"] },
            { "id": "developer", "type": "role", "account": account(1), "name": "Developer", "policies": ["PowerUserAccess"] },
        ],
        "requests": requests,
    })
}

#[track_caller]
fn fits(scps: usize, accounts: usize, requests: usize, most: usize) {
    let scenario = read(&realistic(scps, accounts, requests).to_string());
    let length = link::encode(&scenario).len();
    println!(
        "{scps} SCPs, {accounts} accounts, {requests} requests: {length} of {most} characters"
    );
    assert!(length <= most, "{length} characters");
    assert_eq!(
        link::decode(&link::encode(&scenario)).unwrap().scenario,
        scenario
    );
}

#[test]
fn links_are_short() {
    fits(1, 4, 4, 650);
    fits(10, 16, 24, 2_400);
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-z ]{0,12}",
        Just("\u{feff}".to_owned()),
        Just("\"\\\u{2028}\0".to_owned()),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        word().prop_map(Value::String),
        any::<i64>().prop_map(|number| json!(number)),
        any::<bool>().prop_map(Value::Bool),
        vec(word(), 0..3).prop_map(|words| json!(words)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_typed_comes_back(
        words in vec(word(), 12),
        context in vec(("[a-z]{1,8}:[A-Za-z/]{1,8}", value()), 0..4),
        unknown in vec(("x[a-z]{1,8}", value()), 0..3),
        shape in vec(0_usize..4, 6),
    ) {
        let members = |pairs: &[(String, Value)]| {
            let pairs = pairs.iter().cloned();
            Value::Object(pairs.collect())
        };
        let mut file = json!({
            "version": 1,
            "title": words[0], "description": words[1],
            "settings": { "unstatedKeys": if shape[0] == 0 { "absent" } else { "unknown" }, "rules": { "listBucketsOnAnyBucket": shape[1] == 0 } },
            "organization": { "root": { "children": (0..shape[2]).map(|at| json!({
                "type": "ou", "name": words[2], "children": (0..shape[3]).map(|_| json!({ "type": "account", "name": words[3], "tags": { words[4].clone(): words[5] } })).collect::<Vec<_>>(),
                "policies": (0..at).map(|_| "FullAWSAccess").take(1).collect::<Vec<_>>(),
            })).collect::<Vec<_>>() } },
            "policies": [
                { "id": "p", "name": words[6], "kind": "scp", "source": words[7] },
                { "id": "q", "kind": "identity", "document": { "Version": "2012-10-17", "Statement": [], "Id": words[8] } },
            ],
            "requests": [{ "principal": { "type": "anonymous" }, "action": "s3:GetObject", "name": words[9], "resource": words[10], "context": members(&context) }],
        });
        for (name, value) in &unknown {
            file[name] = value.clone();
        }
        let Ok(loaded) = organization::file::read(&file.to_string()) else { return Ok(()) };
        let again = link::decode(&link::encode(&loaded.scenario)).unwrap().scenario;
        prop_assert_eq!(again, loaded.scenario);
    }

    #[test]
    fn no_text_makes_a_link_panic(text in any::<String>(), bytes in vec(any::<u8>(), 0..200)) {
        let _ = link::decode(&text);
        let _ = link::decode(&format!("g1:{text}"));
        prop_assert!(link::decode(&made(&bytes)).is_err());
    }
}
