//! What is understood of a policy, and where it stands.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails by a panic"
)]

use policy::{
    ActionPattern, Effect, Kind, Operator, Pattern, Piece, PrincipalEntry, ResourcePattern,
    ScopeMode, Span, Statement, Version, format, minify, parse,
};
use proptest::prelude::*;

const BUCKET_POLICY: &str = r#"{
  "Version": "2012-10-17",
  "Id": "bucket",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Principal": { "Service": "logs.amazonaws.com", "AWS": ["111122223333", "*"], "Federated": "accounts.google.com", "CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" },
      "Action": [ "S3:Get*", "*", "*:*" ],
      "NotResource": [ "*", "arn:aws:s3:::b/${aws:username}/a:b*", "arn:aws:sqs" ],
      "Condition": {
        "ForAnyValue:StringNotLikeIfExists": { "aws:TagKeys": [ "a*", "${aws:PrincipalTag/Team, 'none'}" ], "aws:CalledVia": "x" },
        "NumericLessThan": { "s3:max-keys": 10.0 },
        "Bool": { "aws:SecureTransport": true }
      }
    },
    { "Effect": "Deny", "NotPrincipal": { "AWS": "arn:aws:iam::111122223333:root" }, "NotAction": "iam:*", "Resource": "*" }
  ]
}"#;

#[track_caller]
fn statements(text: &str, kind: Kind) -> Vec<Statement> {
    let parsed = parse(text, kind);
    assert!(!parsed.is_refused(), "{:#?}", parsed.diagnostics);
    parsed.document.statements
}

fn at(text: &str, span: Span) -> &str {
    &text[span.range()]
}

fn literal(text: &str) -> Piece {
    Piece::Literal(text.to_owned())
}

#[test]
fn a_whole_policy_is_understood() {
    let parsed = parse(BUCKET_POLICY, Kind::Resource);
    assert!(!parsed.is_refused(), "{:#?}", parsed.diagnostics);
    let document = parsed.document;
    assert_eq!(document.version, Version::V2012);
    let version = document.version_span.expect("a version");
    assert_eq!(at(BUCKET_POLICY, version), r#""Version": "2012-10-17""#);
    assert_eq!(document.id.expect("an id").value, "bucket");
    let [first, second] = document.statements.as_slice() else {
        panic!("two statements");
    };
    assert_eq!((first.index, second.index), (0, 1));
    assert!(at(BUCKET_POLICY, first.span).starts_with("{\n      \"Sid\""));
    assert!(at(BUCKET_POLICY, first.span).ends_with("      }\n    }"));
    let sid = first.sid.as_ref().expect("a Sid");
    assert_eq!(
        (sid.value.as_str(), at(BUCKET_POLICY, sid.span)),
        ("Read", "\"Read\"")
    );
    assert_eq!(
        first.effect.as_ref().map(|effect| effect.value),
        Some(Effect::Allow)
    );
    assert_eq!(
        second.effect.as_ref().map(|effect| effect.value),
        Some(Effect::Deny)
    );
}

#[test]
fn principals_keep_their_family_and_order() {
    let statements = statements(BUCKET_POLICY, Kind::Resource);
    let principal = statements[0].principal.as_ref().expect("a principal");
    assert_eq!(principal.mode, ScopeMode::Only);
    let entries: Vec<_> = principal
        .entries
        .iter()
        .map(|entry| entry.value.clone())
        .collect();
    assert_eq!(
        entries,
        [
            PrincipalEntry::Service("logs.amazonaws.com".to_owned()),
            PrincipalEntry::Aws("111122223333".to_owned()),
            PrincipalEntry::Everyone,
            PrincipalEntry::Federated("accounts.google.com".to_owned()),
            PrincipalEntry::CanonicalUser(
                "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be".to_owned()
            ),
        ]
    );
    assert_eq!(at(BUCKET_POLICY, principal.entries[2].span), "\"*\"");
    let except = statements[1].principal.as_ref().expect("a principal");
    assert_eq!(except.mode, ScopeMode::Except);
    assert_eq!(
        at(BUCKET_POLICY, except.span),
        r#""NotPrincipal": { "AWS": "arn:aws:iam::111122223333:root" }"#
    );
}

#[test]
fn actions_are_lower_case_patterns() {
    let statements = statements(BUCKET_POLICY, Kind::Resource);
    let action = statements[0].action.as_ref().expect("an action");
    assert_eq!(action.mode, ScopeMode::Only);
    let entries: Vec<_> = action
        .entries
        .iter()
        .map(|entry| entry.value.clone())
        .collect();
    let get = ActionPattern::Named {
        service: "s3".to_owned(),
        name: Pattern {
            text: "get*".to_owned(),
            pieces: vec![literal("get"), Piece::AnyRun],
        },
    };
    assert_eq!(entries, [get, ActionPattern::Any, ActionPattern::Any]);
    let except = statements[1].action.as_ref().expect("an action");
    assert_eq!(except.mode, ScopeMode::Except);
    assert_eq!(at(BUCKET_POLICY, except.entries[0].span), "\"iam:*\"");
}

#[test]
fn resources_are_cut_at_their_colons() {
    let statements = statements(BUCKET_POLICY, Kind::Resource);
    let resource = statements[0].resource.as_ref().expect("a resource");
    assert_eq!(resource.mode, ScopeMode::Except);
    assert_eq!(resource.entries[0].value, ResourcePattern::Any);
    let ResourcePattern::Arn {
        head,
        resource: Some(last),
    } = &resource.entries[1].value
    else {
        panic!("an ARN");
    };
    let head: Vec<_> = head.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(head, ["aws", "s3", "", ""]);
    assert_eq!(
        last.pieces,
        [
            literal("b/"),
            Piece::Variable {
                key: "aws:username".to_owned(),
                default: None
            },
            literal("/a:b"),
            Piece::AnyRun,
        ]
    );
    let ResourcePattern::Arn {
        head,
        resource: None,
    } = &resource.entries[2].value
    else {
        panic!("a short ARN");
    };
    assert_eq!(head.len(), 2);
}

#[test]
fn conditions_are_listed_in_order() {
    let statements = statements(BUCKET_POLICY, Kind::Resource);
    let found: Vec<_> = statements[0]
        .conditions
        .iter()
        .map(|condition| {
            let values: Vec<_> = condition
                .values
                .iter()
                .map(|value| value.value.text.as_str())
                .collect();
            (
                condition.operator.value.to_string(),
                condition.key.value.as_str(),
                values,
            )
        })
        .collect();
    let any = "ForAnyValue:StringNotLikeIfExists".to_owned();
    assert_eq!(
        found,
        [
            (
                any.clone(),
                "aws:TagKeys",
                vec!["a*", "${aws:PrincipalTag/Team, 'none'}"]
            ),
            (any, "aws:CalledVia", vec!["x"]),
            ("NumericLessThan".to_owned(), "s3:max-keys", vec!["10.0"]),
            ("Bool".to_owned(), "aws:SecureTransport", vec!["true"]),
        ]
    );
    let numeric = &statements[0].conditions[2];
    assert_eq!(at(BUCKET_POLICY, numeric.span), r#""s3:max-keys": 10.0"#);
    assert_eq!(
        at(BUCKET_POLICY, numeric.operator.span),
        "\"NumericLessThan\""
    );
    assert_eq!(at(BUCKET_POLICY, numeric.values[0].span), "10.0");
}

#[test]
fn one_statement_and_bare_values_stand_for_lists() {
    let bare =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}"#;
    let lists = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["s3:*"],"Resource":["*"]}]}"#;
    let [bare, lists] = [bare, lists].map(|text| statements(text, Kind::Scp).remove(0));
    let actions =
        |statement: &Statement| statement.action.as_ref().unwrap().entries[0].value.clone();
    assert_eq!(actions(&bare), actions(&lists));
}

#[test]
fn a_missing_version_means_2008() {
    let text = r#"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/${aws:username}"}}"#;
    let parsed = parse(text, Kind::Identity);
    assert_eq!(parsed.document.version, Version::V2008);
    let resource = parsed.document.statements[0].resource.as_ref().unwrap();
    assert_eq!(
        resource.entries[0].value,
        ResourcePattern::Arn {
            head: ["aws", "s3", "", ""].map(Pattern::literal).to_vec(),
            resource: Some(Pattern::literal("b/${aws:username}")),
        }
    );
}

#[test]
fn the_managed_policies_are_accepted() {
    let full =
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
    for kind in [Kind::Scp, Kind::Identity, Kind::Boundary, Kind::Session] {
        assert_eq!(parse(full, kind).diagnostics, [], "{kind:?}");
    }
}

#[test]
fn statements_behind_a_mistake_are_still_there() {
    let text = "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Deny\" \"Action\": s3:*, }, 5, {\"Effect\": \"Deny\", \"Action\": \"iam:*\", \"Resource\": \"*\"";
    let parsed = parse(text, Kind::Scp);
    assert!(parsed.is_refused());
    let indexes: Vec<_> = parsed
        .document
        .statements
        .iter()
        .map(|statement| statement.index)
        .collect();
    assert_eq!(indexes, [0, 2]);
    assert!(parsed.document.statements[1].resource.is_some());
}

/// Pieces of policies, whole and broken.
fn policy_soup() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "\"Version\":",
        "\"2012-10-17\"",
        "\"2008-10-17\"",
        "\"Statement\":",
        "\"Effect\":",
        "\"Allow\"",
        "\"Deny\"",
        "\"Action\":",
        "\"NotAction\":",
        "\"s3:Get*\"",
        "\"*\"",
        "\"s*:x\"",
        "\"Resource\":",
        "\"NotResource\":",
        "\"arn:aws:s3:::b/${aws:username}\"",
        "\"arn:aws\"",
        "\"Principal\":",
        "\"AWS\":",
        "\"Service\":",
        "\"Condition\":",
        "\"StringEquals\":",
        "\"ForAllValues:Null\":",
        "\"DateLessThan\":",
        "\"aws:TagKeys\":",
        "\"${\"",
        "\"é𝄞*\"",
        "null",
        "true",
        "01",
        "-1.5e3",
        "'",
        "//",
        "\n",
        "\"Sid\":",
        "\"Id\":",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

/// Operator names near the truth.
fn operator_names() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "ForAllValues:",
        "ForAnyValue:",
        "String",
        "Not",
        "Equals",
        "Like",
        "IgnoreCase",
        "IfExists",
        "Null",
        "Arn",
        "é",
        ":",
        "Bool",
    ]);
    prop::collection::vec(part, 0..5).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_ordered_findings_on_character_boundaries(text in prop_oneof![policy_soup(), any::<String>()]) {
        for kind in Kind::ALL {
            let parsed = parse(&text, kind);
            let starts: Vec<_> = parsed.diagnostics.iter().map(|finding| finding.span.start()).collect();
            prop_assert!(starts.is_sorted());
            for finding in &parsed.diagnostics {
                prop_assert!(text.get(finding.span.range()).is_some());
                prop_assert!(finding.related.is_none_or(|span| text.get(span.range()).is_some()));
            }
            for statement in &parsed.document.statements {
                assert!(text[statement.span.range()].starts_with('{'));
                for condition in &statement.conditions {
                    prop_assert!(text.get(condition.span.range()).is_some());
                }
            }
            prop_assert!(parsed.is_refused() || !parsed.document.statements.is_empty());
        }
    }

    #[test]
    fn cutting_a_valid_policy_is_always_an_error(at in 0..BUCKET_POLICY.len()) {
        let parsed = parse(&BUCKET_POLICY[..at], Kind::Resource);
        prop_assert!(parsed.is_refused());
    }

    #[test]
    fn removing_a_character_never_panics(at in 0..BUCKET_POLICY.len()) {
        let text = format!("{}{}", &BUCKET_POLICY[..at], &BUCKET_POLICY[at + 1..]);
        prop_assert!(parse(&text, Kind::Resource).document.statements.len() <= 3);
    }

    #[test]
    fn operators_are_read_back_from_their_names(name in operator_names()) {
        if let Ok((operator, canonical)) = Operator::parse(&name) {
            prop_assert_eq!(canonical, operator.to_string() == name);
            prop_assert!(operator.to_string().eq_ignore_ascii_case(&name));
            prop_assert_eq!(Operator::parse(&operator.to_string()), Ok((operator, true)));
        }
    }

    #[test]
    fn patterns_keep_every_character(text in "[a*?${}, ':é]{0,20}") {
        for version in [Version::V2008, Version::V2012] {
            let pattern = Pattern::parse(&text, version);
            prop_assert_eq!(&pattern.text, &text);
            let joined = pattern.pieces.windows(2).all(|pair| {
                !matches!(pair, [Piece::Literal(_), Piece::Literal(_)])
            });
            prop_assert!(joined);
            if version == Version::V2008 {
                let written: String = pattern.pieces.iter().map(|piece| match piece {
                    Piece::Literal(text) => text.as_str(),
                    Piece::AnyRun => "*",
                    Piece::AnyOne => "?",
                    Piece::Variable { .. } => "variable",
                }).collect();
                prop_assert_eq!(written, text.clone());
            }
        }
    }

    #[test]
    fn formatting_is_stable_and_changes_only_blanks(text in policy_soup()) {
        if let Some(formatted) = format(&text) {
            prop_assert_eq!(minify(&formatted), minify(&text));
            prop_assert_eq!(format(&formatted), Some(formatted.clone()));
        }
    }
}

#[test]
fn formatting_a_policy_keeps_what_it_means() {
    let without_spans = |text: &str| {
        let parsed = parse(text, Kind::Resource);
        let statements = parsed.document.statements;
        statements
            .iter()
            .map(|statement| {
                let action = statement.action.as_ref().map(|scope| scope.entries.len());
                let resource = statement.resource.as_ref().map(|scope| scope.entries.len());
                (action, resource, statement.conditions.len())
            })
            .collect::<Vec<_>>()
    };
    let formatted = format(BUCKET_POLICY).expect("valid JSON");
    assert_eq!(without_spans(&formatted), without_spans(BUCKET_POLICY));
    assert_eq!(
        without_spans(&minify(&formatted)),
        without_spans(BUCKET_POLICY)
    );
}
