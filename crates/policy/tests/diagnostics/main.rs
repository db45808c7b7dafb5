//! One case for each finding: a policy with the place marked by `⟦` and `⟧`, and what is said.

#![allow(clippy::expect_used, reason = "a test fails by a panic")]

mod actions_and_resources;
mod conditions;
mod document;
mod principals;
mod syntax;

use std::collections::BTreeSet;

use catalog::Date;
use policy::{CODES, Kind, LineCol, LineIndex, Parsed, Severity, parse, parse_on};

/// A finding that is expected at a marked place: its code and a part of its message.
type Expected = (&'static str, &'static str);

/// A kind, a marked text, and the findings at its marks.
type Case = (Kind, String, Vec<Expected>);

/// Takes the marks out of a text; the places in the order in which they start.
fn unmark(marked: &str) -> (String, Vec<(usize, usize)>) {
    let mut text = String::new();
    let mut open = Vec::new();
    let mut places = Vec::new();
    for c in marked.chars() {
        match c {
            '⟦' => {
                open.push(places.len());
                places.push((text.len(), 0));
            }
            '⟧' => {
                let at = open.pop().expect("an opening mark");
                places[at].1 = text.len();
            }
            c => text.push(c),
        }
    }
    (text, places)
}

/// Asserts that exactly the expected findings stand at the marks.
#[track_caller]
fn check(kind: Kind, marked: &str, expected: &[Expected]) {
    check_by(|text| parse(text, kind), marked, expected);
}

#[track_caller]
fn check_by(parse: impl Fn(&str) -> Parsed, marked: &str, expected: &[Expected]) {
    let (text, places) = unmark(marked);
    let found: Vec<_> = parse(&text)
        .diagnostics
        .into_iter()
        .map(|finding| {
            (
                finding.span.start(),
                finding.span.end(),
                finding.code,
                finding.message,
            )
        })
        .collect();
    let met = found.len() == expected.len()
        && places.len() == expected.len()
        && places
            .iter()
            .zip(expected)
            .all(|((start, end), (code, part))| {
                found.iter().any(|(from, to, found_code, message)| {
                    (from, to, found_code) == (start, end, code) && message.contains(part)
                })
            });
    assert!(
        met,
        "expected {expected:?} at {places:?}\nfound {found:#?}\nin {text}"
    );
}

/// A policy with one statement, in version 2012-10-17.
fn statement(body: &str) -> String {
    format!("{{\"Version\": \"2012-10-17\", \"Statement\": [{{{body}}}]}}")
}

/// A policy with one Deny for s3:GetObject on everything, under a condition.
fn condition(block: &str) -> String {
    statement(&format!(
        r#""Effect": "Deny", "Action": "s3:GetObject", "Resource": "*", "Condition": {{{block}}}"#
    ))
}

/// The cases: kind, marked text, findings.
fn cases() -> Vec<Case> {
    let mut cases = syntax::cases();
    cases.extend(document::cases());
    cases.extend(principals::cases());
    cases.extend(actions_and_resources::cases());
    cases.extend(conditions::cases());
    cases
}

fn case(kind: Kind, text: impl Into<String>, code: &'static str, part: &'static str) -> Case {
    (kind, text.into(), vec![(code, part)])
}

const FINE: &str = r#""Effect": "Deny", "Action": "s3:GetObject", "Resource": "*""#;

/// Texts that are too long to be written down: kind, text, code.
fn large() -> Vec<(Kind, String, &'static str)> {
    let long = |length: usize| {
        condition(&format!(
            "\"StringEquals\": {{\"aws:username\": \"{}\"}}",
            "x".repeat(length)
        ))
    };
    vec![
        (
            Kind::Scp,
            " ".repeat(policy::MAX_TEXT_BYTES + 1),
            "text-too-large",
        ),
        (Kind::Scp, "[".repeat(policy::MAX_DEPTH + 1), "too-deep"),
        (
            Kind::Scp,
            format!("[{}]", ",".repeat(2000)),
            "too-many-errors",
        ),
        (Kind::Scp, long(10_240), "over-quota"),
        (Kind::Rcp, long(5_120), "over-quota"),
        (
            Kind::Scp,
            format!("{}{}", long(1), " ".repeat(10_240)),
            "whitespace-over-quota",
        ),
    ]
}

#[test]
fn each_finding_stands_at_its_place() {
    for (kind, marked, expected) in cases() {
        check(kind, &marked, &expected);
    }
}

/// Findings by the rules of an earlier day: the day, and a case.
fn dated() -> Vec<(&'static str, Case)> {
    use Kind::{Rcp, Scp};
    let allow = |more: &str| statement(&format!("\"Effect\": \"Allow\", {more}"));
    let before = "2025-09-18";
    vec![
        (
            before,
            case(
                Scp,
                allow("⟦\"NotAction\": \"iam:*\"⟧, \"Resource\": \"*\""),
                "scp-language",
                "`NotAction` beside `Allow`",
            ),
        ),
        (
            before,
            case(
                Scp,
                allow("\"Action\": \"s3:*\", ⟦\"Resource\": \"arn:aws:s3:::b\"⟧"),
                "scp-language",
                "less than all resources",
            ),
        ),
        (
            before,
            case(
                Scp,
                allow("\"Action\": \"s3:*\", ⟦\"NotResource\": \"*\"⟧"),
                "scp-language",
                "less than all resources",
            ),
        ),
        (
            before,
            case(
                Scp,
                condition("⟦\"StringEquals\"⟧: {\"aws:username\": \"x\"}").replace("Deny", "Allow"),
                "scp-language",
                "a condition beside `Allow`",
            ),
        ),
        (
            before,
            case(
                Scp,
                statement(&FINE.replace("\"Resource\": \"*\"", "⟦\"NotResource\": \"*\"⟧")),
                "scp-language",
                "`NotResource`",
            ),
        ),
        (
            before,
            case(
                Scp,
                statement(&FINE.replace(
                    "\"s3:GetObject\"",
                    "[\"s3:Get*\", \"s3:*\", \"*\", \"s3:List?*\", ⟦\"s3:*Object\"⟧]",
                )),
                "scp-language",
                "before the end",
            ),
        ),
        (
            "2026-09-25",
            case(
                Rcp,
                statement(&format!(
                    "\"Principal\": \"*\", {}",
                    FINE.replace("\"s3:GetObject\"", "[\"s3:*\", ⟦\"dynamodb:*\"⟧]")
                )),
                "rcp-service",
                "`dynamodb`",
            ),
        ),
        (
            "2024-11-12",
            case(
                Rcp,
                statement(&format!(
                    "\"Principal\": \"*\", {}",
                    FINE.replace("\"s3:GetObject\"", "⟦\"s3:*\"⟧")
                )),
                "rcp-service",
                "`s3`",
            ),
        ),
    ]
}

#[test]
fn rules_are_those_of_the_day() {
    for (date, (kind, marked, expected)) in dated() {
        let date = Date::parse(date).unwrap();
        check_by(|text| parse_on(text, kind, date), &marked, &expected);
        assert_eq!(parse(&unmark(&marked).0, kind).diagnostics, [], "{marked}");
    }
    // What Deny took at all times.
    let deny = condition("\"StringEquals\": {\"aws:username\": \"x\"}")
        .replace("\"Action\"", "\"NotAction\"")
        .replace("\"*\"", "\"arn:aws:s3:::b\"");
    let early = Date::parse("2020-01-01").unwrap();
    assert_eq!(parse_on(&deny, Kind::Scp, early).diagnostics, []);
    let long = format!("{}{}", deny, " ".repeat(5_120));
    let codes = |date| -> Vec<&str> {
        let parsed = parse_on(&long, Kind::Scp, date);
        parsed
            .diagnostics
            .iter()
            .map(|finding| finding.code)
            .collect()
    };
    assert_eq!(codes(early), ["whitespace-over-quota"]);
    assert_eq!(codes(Date::parse("2026-05-15").unwrap()), [""; 0]);
}

#[test]
fn not_principal_with_all_forms_says_nothing() {
    let all = [
        "111122223333",
        "arn:aws:iam::444455556666:root",
        "arn:aws:iam::444455556666:role/team/app",
        "arn:aws:sts::444455556666:assumed-role/app/s",
        "arn:aws:iam::111122223333:user/a",
    ]
    .map(|name| format!("\"{name}\""));
    let text = statement(&format!(
        "\"NotPrincipal\": {{\"AWS\": [{}]}}, {FINE}",
        all.join(", ")
    ));
    assert_eq!(parse(&text, Kind::Resource).diagnostics, []);
}

#[test]
fn findings_of_large_texts() {
    for (kind, text, code) in large() {
        let parsed = parse(&text, kind);
        assert!(
            parsed
                .diagnostics
                .iter()
                .any(|finding| finding.code == code),
            "{code}"
        );
    }
    let spaces = format!(
        "{}{}",
        condition("\"Bool\": {\"aws:SecureTransport\": \"true\"}"),
        " ".repeat(20_000)
    );
    assert_eq!(parse(&spaces, Kind::Identity).diagnostics, []);
}

#[test]
fn every_code_has_a_case_and_a_unique_name() {
    let mut covered: BTreeSet<&str> = large().into_iter().map(|(_, _, code)| code).collect();
    let dated = dated().into_iter().map(|(_, case)| case);
    covered.extend(
        cases()
            .into_iter()
            .chain(dated)
            .flat_map(|(_, _, expected)| expected)
            .map(|(code, _)| code),
    );
    let names: BTreeSet<&str> = CODES.iter().map(|code| code.name).collect();
    assert_eq!(names.len(), CODES.len());
    assert_eq!(covered, names);
}

#[test]
fn severities_are_those_of_the_table_or_milder() {
    for (kind, marked, _) in cases() {
        for finding in parse(&unmark(&marked).0, kind).diagnostics {
            let code = CODES.iter().find(|code| code.name == finding.code).unwrap();
            let stricter_for_sessions = code.name == "short-arn" && kind == Kind::Session;
            let milder =
                finding.severity == Severity::Warning && code.summary.contains("a warning");
            assert!(
                finding.severity == code.severity || milder || stricter_for_sessions,
                "{finding:?}"
            );
            assert!(finding.expected.is_some(), "{finding:?}");
            assert!(!finding.message.ends_with('.'));
            assert!(
                !finding.message.starts_with(char::is_uppercase),
                "{finding:?}"
            );
        }
    }
}

#[test]
fn misplaced_elements_are_sent_home() {
    let advice = |text: &str| {
        let parsed = parse(text, Kind::Scp);
        let found = parsed
            .diagnostics
            .into_iter()
            .find(|finding| finding.code == "unknown-element");
        found
            .and_then(|finding| finding.expected)
            .unwrap_or_default()
    };
    let operator = statement(&format!(
        "{FINE}, \"StringEquals\": {{\"aws:username\": \"x\"}}"
    ));
    assert_eq!(advice(&operator), "operators inside `Condition`");
    assert_eq!(
        advice(&format!("{{{FINE}}}")),
        "elements of a statement inside `Statement`"
    );
    assert_eq!(
        advice(&statement(&FINE.replace("Resource", "resource"))),
        "`Resource`"
    );
    assert_eq!(
        advice(&statement(&format!("{FINE}, \"Comment\": \"x\""))),
        "one of Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition"
    );
}

#[test]
fn one_mistake_does_not_hide_another() {
    check(
        Kind::Scp,
        r#"⟦{⟧
  "Statement": [
    {⟦"effect"⟧: ⟦"allow"⟧, "Action": [⟦"s3GetObject"⟧⟦⟧ "s3:*"], "Resource": "*"},
    ⟦{⟧"Effect": "Deny", "NotAction": "iam:*"⟦,⟧},
    ⟦"x"⟧
  ⟦}⟧"#,
        &[
            ("missing-version", ""),
            ("unknown-element", "`effect`"),
            ("invalid-effect", "`allow`"),
            ("invalid-action", "`s3GetObject`"),
            ("missing-comma", ""),
            ("missing-resource", ""),
            ("trailing-comma", ""),
            ("invalid-type", "a statement is a string"),
            ("unclosed", "`]`"),
        ],
    );
}

#[test]
fn places_are_lines_and_columns() {
    let text = "{\r\n  \"Version\": \"2012-10-17\",\r\n  \"Statement\": [\r\n    { \"Sid\": \"é𝄞\", \"Effect\": \"Deny\", \"Action\": \"s3:*\" }\r\n  ]\r\n}";
    let parsed = parse(text, Kind::Scp);
    let index = LineIndex::new(text);
    let places: Vec<(&str, LineCol)> = parsed
        .diagnostics
        .iter()
        .map(|finding| (finding.code, index.line_col(text, finding.span.start())))
        .collect();
    let at = |line, column| LineCol { line, column };
    assert_eq!(
        places,
        [("missing-resource", at(4, 5)), ("invalid-sid", at(4, 14))]
    );
    assert!(parsed.is_refused());
}

#[test]
fn strictness_depends_on_the_kind() {
    let sid = statement(&format!("\"Sid\": \"a b\", {FINE}"));
    let sids = format!(
        "{{\"Version\": \"2012-10-17\", \"Statement\": [{{\"Sid\": \"a\", {FINE}}}, {{\"Sid\": \"a\", {FINE}}}]}}"
    );
    let short = statement(&FINE.replace("\"*\"", "\"arn:aws:sqs\""));
    let colons = statement(&FINE.replace("s3:", "s3:x:"));
    let foreign = statement(&format!("\"Sid\": \"é\", {FINE}"));
    let pi = statement(&format!(
        "{FINE}, \"Condition\": {{\"StringEquals\": {{\"aws:username\": \"π\"}}}}"
    ));
    let wildcard = statement(&FINE.replace("s3:", "s*:"));
    for (text, refused, accepted) in [
        (&sid, Kind::Boundary, Kind::Scp),
        (&sids, Kind::Session, Kind::Scp),
        (&short, Kind::Session, Kind::Identity),
        (&colons, Kind::Identity, Kind::Scp),
        (&foreign, Kind::Identity, Kind::Scp),
        (&pi, Kind::Identity, Kind::Scp),
    ] {
        assert!(parse(text, refused).is_refused(), "{refused:?}: {text}");
        assert!(!parse(text, accepted).is_refused(), "{accepted:?}: {text}");
    }
    let public = |text: &str| text.replace("\"Effect\"", "\"Principal\": \"*\", \"Effect\"");
    assert!(parse(&wildcard, Kind::Scp).is_refused());
    assert!(!parse(&public(&wildcard), Kind::Resource).is_refused());
    let repository = |service: &str| {
        public(&statement(&format!(
            "\"Effect\": \"Allow\", \"Action\": \"{service}:*\""
        )))
    };
    assert!(parse(&repository("s3"), Kind::Resource).is_refused());
    assert!(!parse(&repository("ecr"), Kind::Resource).is_refused());
}
