//! Links that mean harm: each opens exactly what it says, or answers with its error. Nothing is
//! unpacked without bounds, nothing panics, and no other scenario comes out.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use playground::Engine;
use playground::link::{
    self, LinkError, MAX_FRAGMENT, MAX_RATIO, MAX_SCENARIO, Named, SMALL, open,
};
use serde_json::{Value, json};

use crate::{made, read, small};

/// One of the list.
struct Hostile {
    name: String,
    link: String,
    /// The scenario file that it holds, if its checksum fits.
    holds: Option<String>,
}

/// A link with a checksum that fits.
fn holding(name: impl Into<String>, file: impl Into<String>) -> Hostile {
    let file = file.into();
    Hostile {
        name: name.into(),
        link: made(file.as_bytes()),
        holds: Some(file),
    }
}

fn broken(name: impl Into<String>, link: impl Into<String>) -> Hostile {
    Hostile {
        name: name.into(),
        link: link.into(),
        holds: None,
    }
}

/// A scenario file with one text in one of its fields.
fn with(field: &str, text: &str) -> String {
    let mut file = json!({
        "version": 1,
        "title": "t", "description": "d",
        "defaults": { "region": "eu-west-1", "context": { "aws:SourceIp": "192.0.2.1" } },
        "organization": { "managementAccountId": "111111111111", "root": { "children": [
            { "type": "account", "id": "111111111111", "name": "m" },
            { "type": "ou", "id": "ou-root-00000001", "name": "o", "children": [
                { "type": "account", "id": "222222222222", "name": "a", "tags": { "k": "v" } } ] } ] } },
        "externalAccounts": [{ "id": "999999999999", "name": "e" }],
        "policies": [
            { "id": "p", "name": "n", "kind": "scp", "source": "{}" },
            { "id": "q", "kind": "identity", "document": { "Version": "2012-10-17", "Statement": [{ "Sid": "s", "Effect": "Allow", "Action": "s3:*", "Resource": "*" }] } } ],
        "principals": [{ "id": "u", "type": "user", "account": "222222222222", "name": "u", "path": "/", "policies": ["q"], "tags": { "k": "v" } }],
        "resources": [{ "arn": "arn:aws:s3:::b", "tags": { "k": "v" } }],
        "endpoints": [{ "id": "vpce-1", "vpc": "vpc-1" }],
        "requests": [{ "id": "r", "name": "n", "principal": { "type": "user", "id": "u" }, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "region": "eu-west-1", "context": { "aws:UserAgent": "x" } }],
        "lesson": { "text": "l" },
        "recorded": { "engine": "0", "verdicts": { "r": "allow" } },
        "later": { "text": "x" },
    });
    *file.pointer_mut(field).expect(field) = json!(text);
    file.to_string()
}

/// Every place of a file where a person's text stands.
const FIELDS: [&str; 27] = [
    "/title",
    "/description",
    "/defaults/region",
    "/defaults/context/aws:SourceIp",
    "/organization/managementAccountId",
    "/organization/root/children/0/name",
    "/organization/root/children/0/id",
    "/organization/root/children/1/name",
    "/organization/root/children/1/id",
    "/organization/root/children/1/children/0/tags/k",
    "/externalAccounts/0/name",
    "/policies/0/id",
    "/policies/0/name",
    "/policies/0/kind",
    "/policies/0/source",
    "/policies/1/document/Statement/0/Sid",
    "/policies/1/document/Statement/0/Action",
    "/principals/0/name",
    "/principals/0/path",
    "/principals/0/tags/k",
    "/resources/0/arn",
    "/endpoints/0/vpc",
    "/requests/0/name",
    "/requests/0/action",
    "/requests/0/resource",
    "/recorded/verdicts/r",
    "/recorded/engine",
];

fn scripts(all: &mut Vec<Hostile>) {
    let texts = [
        "<script>globalThis.harmed=1</script>",
        "\"><img src=x onerror=globalThis.harmed=1>",
        "javascript:globalThis.harmed=1",
    ];
    for (at, field) in FIELDS.into_iter().enumerate() {
        all.push(holding(
            format!("script in {field}"),
            with(field, texts[at % texts.len()]),
        ));
    }
    for text in [
        "[x](javascript:globalThis.harmed=1)",
        "<svg/onload=globalThis.harmed=1>",
        "{{constructor.constructor('globalThis.harmed=1')()}}",
        "${globalThis.harmed=1}",
        "<!--",
        "]]>",
        "</textarea><script>globalThis.harmed=1</script>",
        "=HYPERLINK(\"https://example.com\")",
    ] {
        all.push(holding(
            format!("description {text}"),
            with("/description", text),
        ));
    }
}

fn names(all: &mut Vec<Hostile>) {
    for name in [
        "__proto__",
        "constructor",
        "prototype",
        "toString",
        "hasOwnProperty",
        "valueOf",
    ] {
        all.push(holding(
            format!("policy {name}"),
            with("/policies/0/id", name),
        ));
        let file = format!(
            r#"{{"version":1,"{name}":{{"polluted":true}},"requests":[{{"id":"{name}","principal":{{"type":"anonymous"}},"action":"s3:GetObject","context":{{"{name}":"x"}}}}]}}"#
        );
        all.push(holding(format!("members {name}"), file));
    }
    all.push(holding(
        "a member twice",
        r#"{"version":1,"title":"a","title":"b"}"#,
    ));
    all.push(holding("an id twice", r#"{"version":1,"policies":[{"id":"p","kind":"scp","source":""},{"id":"p","kind":"scp","source":""}]}"#));
}

fn letters(all: &mut Vec<Hostile>) {
    for (name, escaped) in [
        ("a lone high surrogate", r"\ud800"),
        ("a lone low surrogate", r"\udc00"),
        ("surrogates the wrong way round", r"\udc00\ud800"),
        ("a surrogate before a letter", r"\ud83dx"),
        ("NUL", r"\u0000"),
        ("an escape of the terminal", r"\u001b[2J\u001b]0;x\u0007"),
        ("text from right to left", r"\u202e\u2066abc"),
        ("marks without end", r"e\u0301\u0301\u0301\u0301"),
        ("a line separator", r"\u2028\u2029"),
        ("a byte order mark", r"\ufeff"),
        ("no character", r"\uffff\ufffe"),
        ("an escape that is cut", r"\u12"),
    ] {
        all.push(holding(name, format!(r#"{{"version":1,"title":"{escaped}","requests":[{{"id":"r","principal":{{"type":"anonymous"}},"action":"s3:GetObject","name":"{escaped}"}}]}}"#)));
        all.push(holding(
            format!("{name} in a name of a member"),
            format!(r#"{{"version":1,"{escaped}":1}}"#),
        ));
    }
    for (name, bytes) in [
        ("no UTF-8", &b"{\"version\":1,\"title\":\"\xff\xfe\"}"[..]),
        (
            "a letter that is cut",
            b"{\"version\":1,\"title\":\"\xc3\"}",
        ),
        (
            "surrogates as UTF-8",
            b"{\"version\":1,\"title\":\"\xed\xa0\x80\"}",
        ),
        (
            "an overlong letter",
            b"{\"version\":1,\"title\":\"\xc0\xaf\"}",
        ),
    ] {
        all.push(broken(name, made(bytes)));
    }
}

fn numbers(all: &mut Vec<Hostile>) {
    for number in [
        "0",
        "2",
        "-1",
        "1.5",
        "1e999",
        "-0",
        "01",
        "1e",
        "0x1",
        "NaN",
        "Infinity",
        "99999999999999999999999999999999",
        "null",
        "\"1\"",
        "[1]",
        "true",
        &"9".repeat(10_000),
    ] {
        all.push(holding(
            format!("version {number:.40}"),
            format!(r#"{{"version":{number}}}"#),
        ));
    }
    for number in [
        "1e400",
        "-1e-400",
        "123456789012345678901234567890.123456789",
        &"7".repeat(5_000),
    ] {
        all.push(holding(format!("a context value {number:.40}"), format!(r#"{{"version":1,"requests":[{{"id":"r","principal":{{"type":"anonymous"}},"action":"s3:GetObject","context":{{"s3:max-keys":{number}}}}}]}}"#)));
    }
    all.push(holding(
        "an account of letters",
        with("/organization/root/children/0/id", "1111111111111111111111"),
    ));
}

fn shapes(all: &mut Vec<Hostile>) {
    let deep = |open: &str, close: &str, times: usize| {
        format!("{}{}", open.repeat(times), close.repeat(times))
    };
    for times in [200, 100_000] {
        all.push(holding(
            format!("{times} arrays"),
            format!(r#"{{"version":1,"later":{}}}"#, deep("[", "]", times)),
        ));
        all.push(holding(
            format!("{times} objects"),
            format!(
                r#"{{"version":1,"lesson":{}1{}}}"#,
                r#"{"a":"#.repeat(times),
                "}".repeat(times)
            ),
        ));
        all.push(holding(
            format!("a record {times} deep"),
            format!(r#"{{"version":1,"recorded":{}}}"#, deep("[", "]", times)),
        ));
        all.push(holding(format!("a document {times} deep"), format!(r#"{{"version":1,"policies":[{{"id":"p","kind":"scp","document":{{"Statement":{}}}}}]}}"#, deep("[", "]", times))));
        all.push(holding(format!("a text of a policy {times} deep"), json!({ "version": 1, "policies": [{ "id": "p", "kind": "scp", "source": deep("[", "]", times) }] }).to_string()));
        all.push(holding(
            format!("{times} OUs in each other"),
            format!(
                r#"{{"version":1,"organization":{{"root":{{"children":[{}{}]}}}}}}"#,
                r#"{"type":"ou","children":["#.repeat(times),
                "]}".repeat(times)
            ),
        ));
        all.push(holding(
            format!("{times} brackets that stay open"),
            "[".repeat(times),
        ));
    }
    for file in [
        "",
        "null",
        "[]",
        "7",
        "\"x\"",
        "{}",
        "{",
        "<html></html>",
        "{\"version\":1}{\"version\":1}",
        "{\"version\":1}\u{0}",
        "{'version':1}",
        "{\"version\":1,}",
        "{\"version\":1,\"requests\":{}}",
        "{\"version\":1,\"organization\":[]}",
        "{\"version\":1,\"policies\":\"x\"}",
        "{\"version\":1,\"requires\":[\"everything\"]}",
    ] {
        all.push(holding(format!("a file {file}"), file));
    }
    all.push(holding("groups in each other", r#"{"version":1,"principals":[{"id":"a","type":"group","account":"222222222222","name":"a","groups":["a"]},{"id":"u","type":"user","account":"222222222222","name":"u","groups":["u","a"]}]}"#));
    all.push(holding("a policy that is not there", r#"{"version":1,"principals":[{"id":"u","type":"user","account":"222222222222","name":"u","policies":["none"]}],"requests":[{"id":"r","principal":"u","action":"s3:GetObject"}]}"#));
    all.push(holding("a pattern of many stars", json!({ "version": 1, "policies": [{ "id": "p", "kind": "identity", "document": { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": format!("s3:{}", "*a".repeat(2_000)), "Resource": "*" } } }],
        "principals": [{ "id": "u", "type": "user", "account": "222222222222", "name": "u", "policies": ["p"] }],
        "requests": [{ "id": "r", "principal": "u", "action": format!("s3:{}", "a".repeat(2_000)) }] }).to_string()));
}

fn bombs(all: &mut Vec<Hostile>) {
    for (name, byte) in [("blanks", b' '), ("NULs", 0), ("brackets", b'[')] {
        all.push(broken(
            format!("a bomb of {name}"),
            made(&vec![byte; MAX_SCENARIO + 1]),
        ));
        all.push(broken(
            format!("a smaller bomb of {name}"),
            made(&vec![byte; SMALL + 200_000]),
        ));
    }
    all.push(broken(
        "a scenario blown up",
        made(format!("{{\"version\":1{}}}", " ".repeat(1_000_000)).as_bytes()),
    ));
    all.push(broken(
        "a link that is too long",
        format!("g1:{}", "A".repeat(MAX_FRAGMENT)),
    ));
    all.push(broken(
        "digits that end nowhere",
        format!("g1:{}", "A".repeat(MAX_FRAGMENT - 3)),
    ));
    all.push(broken("many codecs", "#g1:AAAA".repeat(MAX_FRAGMENT / 8)));
    all.push(broken("many escapes", "%25".repeat(MAX_FRAGMENT / 3)));
    all.push(broken("many entities", "&amp;".repeat(MAX_FRAGMENT / 5)));
    all.push(broken("many ampersands", "&".repeat(MAX_FRAGMENT)));
    all.push(broken("many colons", "g1:".repeat(MAX_FRAGMENT / 3)));
    all.push(broken(
        "many dashes",
        format!("#g1:{}", "–".repeat(MAX_FRAGMENT / 3 - 2)),
    ));
    all.push(broken(
        "many digits before a colon",
        format!("{}:", "1".repeat(MAX_FRAGMENT - 1)),
    ));
}

fn damaged(all: &mut Vec<Hostile>) {
    let (_, link) = small();
    for at in (0..link.len()).step_by(11) {
        all.push(broken(format!("cut at {at}"), &link[..at]));
    }
    for at in (3..link.len()).step_by(13) {
        let flipped = if &link[at..=at] == "A" { "B" } else { "A" };
        all.push(broken(
            format!("flipped at {at}"),
            format!("{}{flipped}{}", &link[..at], &link[at + 1..]),
        ));
        all.push(broken(
            format!("without {at}"),
            format!("{}{}", &link[..at], &link[at + 1..]),
        ));
    }
    let payload = &link[3..];
    let backwards: String = payload.chars().rev().collect();
    let halves = payload.split_at(payload.len() / 2);
    for (name, link) in [
        ("backwards", format!("g1:{backwards}")),
        ("in lower case", link.to_lowercase()),
        ("in upper case", link.to_uppercase()),
        ("halves exchanged", format!("g1:{}{}", halves.1, halves.0)),
        ("a codec of the future", format!("g2:{payload}")),
        ("another codec", format!("d1:{payload}")),
        ("the codec 0", format!("g0:{payload}")),
        ("a huge codec", format!("g{}:{payload}", "1".repeat(50))),
        ("the codec twice", format!("g1:g1:{}", &payload[..40])),
        ("nothing but the codec", "g1:".to_owned()),
        ("nothing but a sign", "#".to_owned()),
        (
            "standard digits",
            format!("g1:{}", payload.replace('-', "+").replace('_', "/")),
        ),
        ("without its checksum", format!("g1:{}", &payload[4..])),
        (
            "the checksum of another",
            format!("g1:AAAA{}", &payload[4..]),
        ),
    ] {
        all.push(broken(name, link));
    }
}

fn list() -> Vec<Hostile> {
    let mut all = Vec::new();
    for add in [scripts, names, letters, numbers, shapes, bombs, damaged] {
        add(&mut all);
    }
    all
}

#[test]
fn each_opens_what_it_says_or_answers_with_its_error() {
    let all = list();
    let names: BTreeSet<&str> = all.iter().map(|one| one.name.as_str()).collect();
    let links: BTreeSet<&str> = all.iter().map(|one| one.link.as_str()).collect();
    assert!(
        links.len() >= 120 && names.len() == all.len(),
        "{} links",
        links.len()
    );
    let (mut opened, mut refused, mut slowest) = (0, 0, (Duration::ZERO, ""));
    for Hostile { name, link, holds } in &all {
        let before = Instant::now();
        let found = open(link);
        slowest = slowest.max((before.elapsed(), name));
        match (found, holds.as_deref().map(organization::file::read)) {
            (Ok(Named::Scenario(found)), Some(Ok(expected))) => {
                opened += 1;
                assert_eq!(found.loaded, expected, "{name}");
                // What opened is weighed, recorded and shared like every other scenario.
                let scenario = &found.loaded.scenario;
                let analysis = Engine::new().analyze(scenario, None);
                if let Some(record) = &scenario.recorded {
                    let _ = playground::recorded::since(record, &analysis.requests);
                }
                let again = link::decode(&link::encode(scenario)).unwrap();
                assert_eq!(again.scenario, *scenario, "{name}");
            }
            (Err(LinkError::File(error)), Some(Err(expected))) => {
                refused += 1;
                assert_eq!(error, expected, "{name}");
            }
            // Refused before its content is looked at.
            (Err(LinkError::TooDense), Some(_))
                if holds.as_ref().is_some_and(|file| file.len() > SMALL) =>
            {
                refused += 1;
            }
            (Err(error), None) => {
                refused += 1;
                let said = error.to_string();
                assert!(
                    said.starts_with("the ") && said.len() < 400,
                    "{name}: {said}"
                );
            }
            (found, expected) => panic!("{name}: {found:?}, and it holds {expected:?}"),
        }
    }
    println!("{opened} opened as what they say, {refused} refused, slowest {slowest:?}");
    assert!(opened > 40 && refused > 80);
    // Without optimization, and beside other tests.
    assert!(slowest.0 < Duration::from_secs(20), "{slowest:?}");
}

#[test]
fn unpacking_is_bounded_in_size_and_ratio() {
    let ratio = |size: usize| made(&vec![b' '; size]);
    assert_eq!(open(&ratio(MAX_SCENARIO + 1)), Err(LinkError::TooDense));
    assert_eq!(open(&ratio(SMALL + 100_000)), Err(LinkError::TooDense));
    // A small one may be as dense as it likes: here it is refused for what it holds.
    assert!(matches!(open(&ratio(SMALL)), Err(LinkError::File(_))));
    // One that is not so dense is refused for its size.
    let thin: Vec<u8> = (0..MAX_SCENARIO + 1)
        .map(|at| b"0123456789"[(at / 37 + at / 611 * 7 + at / 9973) % 10])
        .collect();
    let link = made(&thin);
    assert!(
        link.len() * 3 / 4 * MAX_RATIO > MAX_SCENARIO,
        "{}",
        link.len()
    );
    assert_eq!(open(&link), Err(LinkError::TooLarge));
}

#[test]
fn what_would_look_like_a_bomb_is_shared_another_way() {
    for size in [SMALL, 1_000_000, 5_000_000] {
        let scenario = read(&json!({ "version": 1, "description": "a".repeat(size) }).to_string());
        let link = link::encode(&scenario);
        assert!(link.len() <= MAX_FRAGMENT);
        assert_eq!(link::decode(&link).unwrap().scenario, scenario);
    }
    let many: Vec<Value> = (0..8_000).map(|number| json!({ "type": "account", "id": format!("{:012}", 300_000_000_000_u64 + number), "name": format!("Account {number}") })).collect();
    let scenario = read(
        &json!({ "version": 1, "organization": { "root": { "children": many } } }).to_string(),
    );
    assert_eq!(
        link::decode(&link::encode(&scenario)).unwrap().scenario,
        scenario
    );
}
