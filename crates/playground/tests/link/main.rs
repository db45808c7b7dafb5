//! Share links: what comes back is what was shared, for ever; what is damaged never becomes
//! another scenario; and links stay short.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test whose data cannot be read must fail, in its helpers too"
)]

use std::fs;
use std::path::{Path, PathBuf};

mod golden;
mod hostile;
mod lengths;
mod mended;
mod recorded;

use miniz_oxide::deflate::compress_to_vec;
use organization::Scenario;
use organization::file::Loaded;
use playground::examples;
use playground::link::{self, LinkError, MAX_FRAGMENT, MAX_SCENARIO, SMALL};
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

/// The examples, and the scenarios of the conformance tests.
fn every_scenario() -> Vec<Scenario> {
    let mut all = Vec::new();
    for example in examples::ALL {
        let path = folder("examples").join(format!("{}.json", example.id));
        all.push(read(&fs::read_to_string(path).unwrap()));
    }
    for file in fs::read_dir(folder("../../tests/scenarios")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "json") {
            all.push(read(&fs::read_to_string(path).unwrap()));
        }
    }
    assert!(all.len() > 40);
    all
}

#[test]
fn what_is_shared_comes_back() {
    for scenario in every_scenario() {
        comes_back(&scenario);
    }
    comes_back(&Scenario::empty());
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
        LinkError::Cut(7)
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
    assert_eq!(link::decode(&bomb).unwrap_err(), LinkError::TooDense);
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
        match text.len() > SMALL {
            true => assert_eq!(error, LinkError::TooDense),
            false => assert!(matches!(error, LinkError::File(_)), "{error}"),
        }
    }
    assert_eq!(
        link::decode(&made(b"\xff\xfe")).unwrap_err(),
        LinkError::Damaged
    );
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
            "requests": [{ "id": "r", "principal": { "type": "anonymous" }, "action": "s3:GetObject", "name": words[9], "resource": words[10], "context": members(&context) }],
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
