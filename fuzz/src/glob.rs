//! Wildcards against an oracle: the same pattern written as a regular expression.
//!
//! The matcher of the evaluator never builds one; here nothing else is done. An input is a letter, a
//! pattern, a line break and a text. The letter says where the pattern stands:
//!
//! - `a`: behind `s3:` in `Action` (ACT-1, ACT-2);
//! - `r`: behind `arn:aws:` in `Resource` (RES-3, RES-4);
//! - `s`: under `StringLike`, where `${example:Name}` stands for [`NAME`] (STR-3, VAR-4, VAR-6);
//! - `l`: under `ArnLike` (ARN-1).
//!
//! With a capital letter the characters of both stand for the few of [`FEW`], so that patterns and
//! texts come close to each other by chance.

use std::cell::RefCell;
use std::rc::Rc;

use evaluator::{Decision, Library, LibraryPolicy, PolicyType, Prepared, Truth, Verdict, World};
use organization::{ContextValue, PolicyId, Scalar, Scenario};
use policy::Kind;
use regex_lite::Regex;
use serde_json::{Value, json};

/// What the variable of the patterns stands for. Its wildcard characters are literal (VAR-6).
pub const NAME: &str = "a*b?${c}";

/// Characters that matter to patterns, and some that do not.
pub const FEW: [char; 10] = ['*', ':', 'a', '?', '/', 'B', ':', 'b', '*', 'ä'];

thread_local! {
    static SCENARIO: RefCell<Scenario> = RefCell::new(scenario());
}

fn scenario() -> Scenario {
    let text = json!({
        "version": 1,
        "settings": { "unstatedKeys": "absent" },
        "policies": [{ "id": "p", "kind": "identity", "document": {} }],
        "principals": [
            { "id": "ana", "type": "user", "account": "222222222222", "name": "ana", "policies": ["p"] },
        ],
        "requests": [{
            "id": "r",
            "principal": "ana",
            "action": "example:Do",
            "resource": "*",
            "resourceAccount": "222222222222",
        }],
    });
    match organization::file::read(&text.to_string()) {
        Ok(loaded) => loaded.scenario,
        Err(error) => panic!("the scenario of the target cannot be read: {error}"),
    }
}

/// Compares the evaluator's answer with the oracle's.
///
/// # Panics
/// If they differ.
#[must_use]
pub fn check(input: &str) -> bool {
    let mut chars = input.chars();
    let Some(place) = chars.next() else {
        return false;
    };
    let few = |c: char| match c {
        '\n' => c,
        _ => FEW.get(c as usize % FEW.len()).copied().unwrap_or(c),
    };
    let rest = match place {
        'A'..='Z' => chars.map(few).collect(),
        _ => chars.as_str().to_owned(),
    };
    let Some((pattern, text)) = rest.split_once('\n') else {
        return false;
    };
    let case = match place.to_ascii_lowercase() {
        'a' => action(pattern, text),
        'r' => resource(pattern, text),
        's' => string_like(pattern, text),
        'l' => arn_like(pattern, text),
        _ => None,
    };
    let Some(case) = case else {
        return false;
    };
    let Some(found) = case.found() else {
        return false;
    };
    let expected = match Regex::new(&case.oracle) {
        Ok(regex) => regex.is_match(&case.text),
        Err(_) => return false,
    };
    assert_eq!(
        found, expected,
        "pattern {pattern:?}, text {text:?}, oracle {:?}",
        case.oracle
    );
    true
}

/// One statement, one request, and the regular expression that says whether they fit.
struct Case {
    statement: Value,
    action: String,
    resource: String,
    context: Vec<(&'static str, String)>,
    oracle: String,
    /// What the oracle looks at.
    text: String,
}

fn action(pattern: &str, text: &str) -> Option<Case> {
    // A blank in an action makes it match nothing, and the name cannot be empty (ACT-6).
    if pattern.is_empty() || pattern.contains([':', '$']) || pattern.contains(char::is_whitespace) {
        return None;
    }
    Some(Case {
        statement: json!({ "Action": format!("s3:{pattern}"), "Resource": "*" }),
        action: format!("s3:{text}"),
        resource: "*".to_owned(),
        context: Vec::new(),
        oracle: anchored(&free(&pattern.to_lowercase())),
        text: text.to_lowercase(),
    })
}

fn resource(pattern: &str, text: &str) -> Option<Case> {
    if pattern.contains("${") || text.splitn(4, ':').count() < 4 {
        return None;
    }
    let parts: Vec<&str> = pattern.splitn(4, ':').collect();
    let [service, region, account, name] = *parts.as_slice() else {
        return None;
    };
    let head = [service, region, account].map(|part| match part.strip_suffix('*') {
        // A `*` that ends a part may run past the colon behind it.
        Some(before) => format!("{}.*", inside_part(before)),
        None => inside_part(part),
    });
    Some(Case {
        statement: json!({ "Action": "*", "Resource": format!("arn:aws:{pattern}") }),
        action: "example:Do".to_owned(),
        resource: format!("arn:aws:{text}"),
        context: Vec::new(),
        oracle: anchored(&format!("{}:{}", head.join(":"), free(name))),
        text: text.to_owned(),
    })
}

fn string_like(pattern: &str, text: &str) -> Option<Case> {
    let mut oracle = String::new();
    let mut rest = pattern;
    while let Some((before, behind)) = rest.split_once("${") {
        oracle.push_str(&free(before));
        let (inner, after) = behind.split_once('}')?;
        match inner {
            "*" | "?" | "$" => oracle.push_str(&regex_lite::escape(inner)),
            "example:Name" => oracle.push_str(&regex_lite::escape(NAME)),
            _ => return None,
        }
        rest = after;
    }
    oracle.push_str(&free(rest));
    Some(Case::conditional("StringLike", pattern, text, &oracle))
}

fn arn_like(pattern: &str, text: &str) -> Option<Case> {
    let whole = |part: &str| match part.strip_prefix("arn:") {
        Some(_) => part.to_owned(),
        None => format!("arn:{part}"),
    };
    let (pattern, text) = (&*whole(pattern), &*whole(text));
    let is_arn = |arn: &str| arn.starts_with("arn:") && arn.splitn(6, ':').count() == 6;
    if pattern.contains("${") || !is_arn(pattern) || !is_arn(text) {
        return None;
    }
    let parts: Vec<String> = pattern
        .splitn(6, ':')
        .zip(0..)
        .map(|(part, at)| {
            if at < 5 {
                inside_part(part)
            } else {
                free(part)
            }
        })
        .collect();
    Some(Case::conditional(
        "ArnLike",
        pattern,
        text,
        &parts.join(":"),
    ))
}

/// Wildcards that run over everything.
fn free(pattern: &str) -> String {
    with_wildcards(pattern, ".")
}

/// Wildcards that stop at a colon.
fn inside_part(pattern: &str) -> String {
    with_wildcards(pattern, "[^:]")
}

fn with_wildcards(pattern: &str, any: &str) -> String {
    let mut oracle = String::new();
    for c in pattern.chars() {
        match c {
            '*' => oracle.push_str(&format!("{any}*")),
            '?' => oracle.push_str(any),
            c => oracle.push_str(&regex_lite::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    oracle
}

fn anchored(oracle: &str) -> String {
    format!(r"(?s)\A(?:{oracle})\z")
}

impl Case {
    fn conditional(operator: &str, pattern: &str, text: &str, oracle: &str) -> Self {
        Self {
            statement: json!({
                "Action": "*",
                "Resource": "*",
                "Condition": { operator: { "example:Text": pattern } },
            }),
            action: "example:Do".to_owned(),
            resource: "*".to_owned(),
            context: vec![
                ("example:Text", text.to_owned()),
                ("example:Name", NAME.to_owned()),
            ],
            oracle: anchored(oracle),
            text: text.to_owned(),
        }
    }

    /// Whether the statement matches; none if AWS would refuse the policy or the request.
    fn found(&self) -> Option<bool> {
        let mut statement = self.statement.clone();
        statement["Effect"] = json!("Allow");
        let document = json!({ "Version": "2012-10-17", "Statement": statement }).to_string();
        let parsed = policy::parse(&document, Kind::Identity);
        let compiled = Rc::new(evaluator::compile(&parsed, Kind::Identity)?);
        let mut library = Library::default();
        let entry = LibraryPolicy {
            kind: Some(Kind::Identity),
            compiled: Some(compiled),
        };
        library.insert(PolicyId::from("p"), entry);
        SCENARIO.with_borrow_mut(|scenario| {
            let request = Rc::make_mut(scenario.requests.first_mut()?);
            request.action.clone_from(&self.action);
            request
                .resources
                .first_mut()?
                .arn
                .clone_from(&self.resource);
            request.context = self
                .context
                .iter()
                .map(|(key, value)| {
                    let value = ContextValue::One(Scalar::Text(value.clone()));
                    ((*key).to_owned(), value)
                })
                .collect();
            let world = World {
                scenario,
                tree: None,
                library: &library,
            };
            let prepared = evaluator::prepare(&world, scenario.requests.first()?, None).ok()?;
            Some(said(&prepared))
        })
    }
}

/// Whether the only statement matches; the trace and the decision must agree.
fn said(prepared: &Prepared) -> bool {
    let explanation = prepared.explain();
    let stages = explanation.resources.iter().flat_map(|one| &one.stages);
    let truths: Vec<Truth> = stages
        .filter(|stage| stage.policy_type == PolicyType::Identity)
        .flat_map(|stage| &stage.policies)
        .flat_map(|policy| &policy.statements)
        .map(|statement| statement.truth)
        .collect();
    let (decided, traced) = match prepared.decide() {
        Decision::Verdict(Verdict::Allow) => (true, Truth::Met),
        Decision::Verdict(Verdict::ImplicitDeny) => (false, Truth::Unmet),
        other => panic!("nothing is unknown, and the decision is {other:?}"),
    };
    assert_eq!(truths, [traced], "the trace differs from the decision");
    decided
}
