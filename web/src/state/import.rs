//! What is brought to the page: scenario files, policies as typed or as the AWS CLI prints them,
//! links. Found by what they hold, not by the name of the file.

use std::rc::Rc;

use organization::file::{self, Loaded};
use organization::{RESOURCE_CONTROL_POLICY, SERVICE_CONTROL_POLICY};
use playground::link;
use policy::Kind;
use serde_json::Value;

/// What a text turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Arrived {
    /// A scenario.
    Scenario(Box<Loaded>),
    /// Policies, and what was in the files besides.
    Policies(Vec<FoundPolicy>, Vec<String>),
    /// A link, as it came: an address or its fragment, perhaps with something around it.
    Link(String),
    /// Nothing that the page knows: why, in a sentence.
    Nothing(String),
}

/// A policy that was found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPolicy {
    /// Its name, from the text or from the file.
    pub name: String,
    /// Its kind, as far as the text shows it.
    pub kind: Kind,
    /// The document.
    pub text: Rc<str>,
}

/// What the texts hold together, each with the name of its file if it has one.
#[must_use]
pub fn read_all(texts: &[(String, String)]) -> Arrived {
    if let [(name, text)] = texts {
        return read(name, text);
    }
    let (mut policies, mut remarks) = (Vec::new(), Vec::new());
    for (name, text) in texts {
        let refusal = match read(name, text) {
            Arrived::Policies(found, remarked) => {
                policies.extend(found);
                remarks.extend(remarked);
                continue;
            }
            Arrived::Scenario(_) => texts::state_import_scenario_open_itself().to_owned(),
            Arrived::Link(_) => texts::state_import_link_open_itself().to_owned(),
            Arrived::Nothing(refusal) => refusal,
        };
        remarks.push(format!("{name}: {refusal}"));
    }
    match policies.is_empty() {
        true => Arrived::Nothing(remarks.join("; ")),
        false => Arrived::Policies(policies, remarks),
    }
}

/// What one text is.
fn read(name: &str, text: &str) -> Arrived {
    let text = text.trim_start_matches('\u{feff}');
    if link::is_meant(text) {
        return Arrived::Link(text.trim().to_owned());
    }
    let stem = name.split('.').next().unwrap_or_default();
    let parsed = parse(text);
    let mut found = Vec::new();
    match &parsed {
        Some(json) if json.get("version").is_some_and(Value::is_number) => {}
        Some(json) if is_document(json) => found.push(FoundPolicy {
            name: titled(stem),
            kind: guess(json, stem),
            text: text.trim().into(),
        }),
        Some(json) => walk(json, None, stem, None, &mut found),
        // A policy that is not valid yet can be mended in the editor.
        None if is_like_policy(text) => found.push(FoundPolicy {
            name: titled(stem),
            kind: by_name(stem).unwrap_or(Kind::Scp),
            text: text.trim().into(),
        }),
        None => {}
    }
    if !found.is_empty() {
        return Arrived::Policies(found, Vec::new());
    }
    let lists_policies = |json: &Value| json.get("Policies").is_some();
    if parsed.as_ref().is_some_and(lists_policies) {
        return Arrived::Nothing(texts::state_import_lists_policies_without().to_owned());
    }
    match file::read(text) {
        Ok(loaded) => Arrived::Scenario(Box::new(loaded)),
        Err(error) => Arrived::Nothing(error.to_string()),
    }
}

fn parse(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

/// Whether a text that is no JSON is meant as a policy.
fn is_like_policy(text: &str) -> bool {
    text.contains("\"Statement\"") && !text.contains("\"requests\"")
}

fn is_document(json: &Value) -> bool {
    json.get("Statement")
        .is_some_and(|it| it.is_array() || it.is_object())
}

/// A text that holds a document: as it is, or as an address would carry it.
fn unwrapped(text: &str) -> Option<(Value, String)> {
    let text = match text.trim_start().starts_with('%') {
        true => decoded(text.trim())?,
        false => text.to_owned(),
    };
    let json = parse(&text).filter(is_document)?;
    Some((json, policy::format(&text).unwrap_or(text)))
}

/// A text in which `%7B` stands for `{`.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            b'+' => b' ',
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

/// Looks for documents in what the AWS CLI prints. `key` is the member that holds the value.
fn walk(
    json: &Value,
    key: Option<&str>,
    name: &str,
    kind: Option<Kind>,
    found: &mut Vec<FoundPolicy>,
) {
    let kind = kind.or(match key {
        Some("AssumeRolePolicyDocument") => Some(Kind::Trust),
        _ => None,
    });
    let document = match json {
        Value::String(text) => unwrapped(text),
        json if is_document(json) => {
            let text = json.to_string();
            let text = policy::format(&text).unwrap_or(text);
            Some((json.clone(), text))
        }
        _ => None,
    };
    if let Some((json, text)) = document {
        let kind = kind.unwrap_or_else(|| guess(&json, name));
        let name = match kind {
            Kind::Trust => texts::state_import_trust_policy(&titled(name)),
            _ => titled(name),
        };
        found.push(FoundPolicy {
            name,
            kind,
            text: text.into(),
        });
        return;
    }
    match json {
        Value::Array(items) => {
            for item in items {
                walk(item, key, name, kind, found);
            }
        }
        Value::Object(members) => {
            let word = |word: &str| {
                let summary = members.get("PolicySummary");
                let part = members.get(word).or_else(|| summary?.get(word));
                part.and_then(Value::as_str)
            };
            let kind = match word("Type") {
                Some(SERVICE_CONTROL_POLICY) => Some(Kind::Scp),
                Some(RESOURCE_CONTROL_POLICY) => Some(Kind::Rcp),
                _ => word("VpcEndpointId").map(|_| Kind::Endpoint),
            };
            let name = NAMES.iter().find_map(|name| word(name)).unwrap_or(name);
            for (key, member) in members {
                walk(member, Some(key), name, kind, found);
            }
        }
        _ => {}
    }
}

/// The members that name what holds a document.
const NAMES: [&str; 7] = [
    "PolicyName",
    "Name",
    "RoleName",
    "UserName",
    "GroupName",
    "VpcEndpointId",
    "Bucket",
];

fn titled(name: &str) -> String {
    match name.trim() {
        "" => texts::state_import_imported_policy().to_owned(),
        name => name.to_owned(),
    }
}

/// The kind that a name speaks of.
fn by_name(name: &str) -> Option<Kind> {
    let name = name.to_ascii_lowercase();
    let words = [
        ("scp", Kind::Scp),
        ("rcp", Kind::Rcp),
        ("boundary", Kind::Boundary),
        ("trust", Kind::Trust),
        ("endpoint", Kind::Endpoint),
        ("session", Kind::Session),
    ];
    let found = words.into_iter().find(|(word, _)| name.contains(word));
    found.map(|(_, kind)| kind)
}

/// The kind of a document, as far as it shows: by who is named in it, and by what it denies.
fn guess(document: &Value, name: &str) -> Kind {
    if let Some(kind) = by_name(name) {
        return kind;
    }
    let statements: Vec<&Value> = match document.get("Statement") {
        Some(Value::Array(statements)) => statements.iter().collect(),
        Some(statement) => vec![statement],
        None => Vec::new(),
    };
    let all = |test: &dyn Fn(&Value) -> bool| statements.iter().all(|one| test(one));
    let is_any = |one: &Value, member: &str| one.get(member).is_some_and(says_any);
    let denies = |one: &Value| one.get("Effect").and_then(Value::as_str) == Some("Deny");
    let names_caller =
        |one: &Value| one.get("Principal").is_some() || one.get("NotPrincipal").is_some();
    if !all(&|one| !names_caller(one)) {
        return if all(&|one| one.get("Resource").is_none()) {
            Kind::Trust
        } else if all(&|one| denies(one) && is_any(one, "Resource")) {
            Kind::Rcp
        } else if all(&|one| is_any(one, "Resource") && is_any(one, "Principal")) {
            Kind::Endpoint
        } else {
            Kind::Resource
        };
    }
    let everything = |one: &Value| is_any(one, "Action") && is_any(one, "Resource");
    let limits = all(&|one| denies(one) || everything(one));
    match limits && statements.iter().any(|one| denies(one)) {
        true => Kind::Scp,
        false => Kind::Identity,
    }
}

/// Whether an element says `*` and nothing else.
fn says_any(element: &Value) -> bool {
    match element {
        Value::String(text) => text == "*",
        Value::Array(items) => items.iter().all(says_any) && !items.is_empty(),
        Value::Object(members) => members.values().all(says_any) && !members.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}"#;

    fn found(name: &str, text: &str) -> Vec<FoundPolicy> {
        match read(name, text) {
            Arrived::Policies(found, _) => found,
            other => panic!("{name}: {other:?}"),
        }
    }

    fn one(name: &str, text: &str) -> (String, Kind) {
        let mut found = found(name, text);
        assert_eq!(found.len(), 1, "{found:?}");
        let policy = found.pop().unwrap();
        assert!(parse(&policy.text).is_some_and(|json| is_document(&json)));
        (policy.name, policy.kind)
    }

    #[test]
    fn a_policy_keeps_its_text_and_is_named_after_its_file() {
        let text = LOCK.replace(',', ",\n");
        let found = found("Region lock.json", &text);
        assert_eq!(&*found[0].text, text);
        assert_eq!(
            (found[0].name.as_str(), found[0].kind),
            ("Region lock", Kind::Scp)
        );
    }

    #[test]
    fn documents_are_found_in_what_the_aws_cli_prints() {
        let quoted = Value::from(LOCK).to_string();
        let encoded = Value::from(LOCK.replace('{', "%7B").replace('"', "%22")).to_string();
        let cases = [
            (
                format!(
                    r#"{{"Policy":{{"PolicySummary":{{"Id":"p-1","Name":"Lock","Type":"SERVICE_CONTROL_POLICY"}},"Content":{quoted}}}}}"#
                ),
                "Lock",
                Kind::Scp,
            ),
            (
                format!(
                    r#"{{"Policy":{{"PolicySummary":{{"Name":"Lock","Type":"RESOURCE_CONTROL_POLICY"}},"Content":{quoted}}}}}"#
                ),
                "Lock",
                Kind::Rcp,
            ),
            (
                format!(
                    r#"{{"PolicyVersion":{{"Document":{LOCK},"VersionId":"v2","IsDefaultVersion":true}}}}"#
                ),
                "out",
                Kind::Scp,
            ),
            (
                format!(r#"{{"PolicyVersion":{{"Document":{encoded},"VersionId":"v2"}}}}"#),
                "out",
                Kind::Scp,
            ),
            (
                format!(r#"{{"Role":{{"RoleName":"App","AssumeRolePolicyDocument":{LOCK}}}}}"#),
                "App trust policy",
                Kind::Trust,
            ),
            (
                format!(
                    r#"{{"VpcEndpoints":[{{"VpcEndpointId":"vpce-1","PolicyDocument":{quoted}}}]}}"#
                ),
                "vpce-1",
                Kind::Endpoint,
            ),
        ];
        for (text, name, kind) in cases {
            assert_eq!(one("out.json", &text), (name.to_owned(), kind), "{text}");
        }
    }

    #[test]
    fn the_kind_is_guessed_from_the_document() {
        let statement = |members: &str| format!(r#"{{"Statement":{{{members}}}}}"#);
        let cases = [
            (
                r#""Effect":"Deny","NotAction":"iam:*","Resource":"*""#,
                Kind::Scp,
            ),
            (
                r#""Effect":"Allow","Action":"s3:*","Resource":"*""#,
                Kind::Identity,
            ),
            (
                r#""Effect":"Allow","Action":"*","Resource":"*""#,
                Kind::Identity,
            ),
            (
                r#""Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole""#,
                Kind::Trust,
            ),
            (
                r#""Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*""#,
                Kind::Rcp,
            ),
            (
                r#""Effect":"Allow","Principal":"*","Action":"*","Resource":"*""#,
                Kind::Endpoint,
            ),
            (
                r#""Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*""#,
                Kind::Resource,
            ),
        ];
        for (members, kind) in cases {
            assert_eq!(
                one("", &statement(members)),
                ("Imported policy".to_owned(), kind)
            );
        }
        assert_eq!(one("dev-boundary.json", LOCK).1, Kind::Boundary);
    }

    #[test]
    fn scenarios_links_and_lists_are_told_apart() {
        assert!(matches!(read("", r#"{"version":1}"#), Arrived::Scenario(_)));
        assert!(matches!(
            read("", "\u{feff}{\"version\":1}"),
            Arrived::Scenario(_)
        ));
        for link in ["https://host/page/#g1:AbC", "#g1:AbC", "g1:AbC"] {
            assert_eq!(read("", link), Arrived::Link(link.to_owned()));
        }
        for link in [
            "<https://host/#g1:AbC>",
            "Look: https://host/#g1:AbC.",
            "#example/x",
        ] {
            assert!(matches!(read("", link), Arrived::Link(_)), "{link}");
        }
        let Arrived::Nothing(why) = read("", r#"{"Policies":[{"Id":"p-1","Name":"Lock"}]}"#) else {
            panic!("a list holds no document");
        };
        assert!(why.contains("describe-policy"));
        for text in ["", "hello", "[]", "{\"version\": 99}"] {
            assert!(matches!(read("", text), Arrived::Nothing(_)), "{text}");
        }
    }

    #[test]
    fn a_policy_that_is_not_valid_json_can_still_be_mended() {
        let text = "{ \"Statement\": [ { \"Effect\": \"Deny\", } ] }";
        assert_eq!(&*found("lock.json", text)[0].text, text);
    }

    #[test]
    fn several_files_are_taken_together() {
        let texts = [
            ("a.json".to_owned(), LOCK.to_owned()),
            ("b.json".to_owned(), "{\"version\": 1}".to_owned()),
            ("c.json".to_owned(), LOCK.to_owned()),
        ];
        let Arrived::Policies(policies, remarks) = read_all(&texts) else {
            panic!("two of them are policies");
        };
        let names: Vec<&str> = policies.iter().map(|policy| policy.name.as_str()).collect();
        assert_eq!(names, ["a", "c"]);
        assert_eq!(remarks, ["b.json: it is a scenario: open it by itself"]);
    }
}
