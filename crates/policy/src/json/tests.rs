#![allow(clippy::string_slice, reason = "a test fails by a panic")]

use jsonc_parser::{JsonValue, ParseOptions, parse_to_value};
use proptest::prelude::*;

use super::*;
use crate::diagnostic::Diagnostic;

/// Asserts the codes of all errors and the text that each of them marks.
#[track_caller]
fn check(text: &str, expected: &[(&str, &str)]) -> Node {
    let (tree, findings) = parse(text);
    let found: Vec<(&str, &str)> = findings
        .iter()
        .map(|finding| (finding.code, &text[finding.span.range()]))
        .collect();
    assert_eq!(found, expected, "in {text}");
    tree
}

/// The tree in short: what was understood.
fn read(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(text) => text.clone(),
        Value::String(text) => format!("{text:?}"),
        Value::Broken => "!".to_owned(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(read).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|member| format!("{}:{}", member.key, read(&member.value)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
    }
}

#[track_caller]
fn check_read(text: &str, expected: &[(&str, &str)], understood: &str) {
    assert_eq!(read(&check(text, expected)), understood, "in {text}");
}

#[test]
fn valid_text_is_read_without_findings() {
    check_read(
        r#" {"a":[1,-2.50e+3,0],"b":{"c":null,"d":true,"e":false},"":"\u00e9\ud834\udd1e\"\\\/\b\f\n\r\t"} "#,
        &[],
        "{a:[1,-2.50e+3,0],b:{c:null,d:true,e:false},:\"é𝄞\\\"\\\\/\\u{8}\\u{c}\\n\\r\\t\"}",
    );
}

#[test]
fn spans_cover_brackets_and_quotes() {
    let text = r#" {"a" : ["x", 12] } "#;
    let (tree, _) = parse(text);
    assert_eq!(&text[tree.span.range()], r#"{"a" : ["x", 12] }"#);
    let Value::Object(members) = &tree.value else {
        panic!("an object");
    };
    assert_eq!(&text[members[0].key_span.range()], r#""a""#);
    assert_eq!(&text[members[0].span().range()], r#""a" : ["x", 12]"#);
}

#[test]
fn nothing_to_read() {
    check("", &[("empty-text", "")]);
    check(" \n ", &[("empty-text", "")]);
    check("// later", &[("comment", "// later")]);
    check("\u{feff}", &[("byte-order-mark", "\u{feff}")]);
}

#[test]
fn comments_and_invisible_characters() {
    check_read(
        "\u{feff}{ // one\n \"a\": /* two */ 1 \u{a0} \u{200b},\"b\":2 /*",
        &[
            ("byte-order-mark", "\u{feff}"),
            ("unclosed", "{"),
            ("comment", "// one"),
            ("comment", "/* two */"),
            ("invalid-whitespace", "\u{a0} \u{200b}"),
            ("comment", "/*"),
        ],
        "{a:1,b:2}",
    );
}

#[test]
fn commas() {
    check_read(
        "{\"a\":1 \"b\":[1 2,,3,],}",
        &[
            ("missing-comma", ""),
            ("missing-comma", ""),
            ("extra-comma", ","),
            ("trailing-comma", ","),
            ("trailing-comma", ","),
        ],
        "{a:1,b:[1,2,3]}",
    );
    check_read("[,1]", &[("extra-comma", ",")], "[1]");
    check_read("{,}", &[("extra-comma", ",")], "{}");
}

#[test]
fn quotes_that_are_missing_or_wrong() {
    check_read(
        "{'a': “b”, Effect: Allow, \"c\": True, \"d\": …}",
        &[
            ("wrong-quotes", "'a'"),
            ("wrong-quotes", "“b”"),
            ("unquoted-text", "Effect"),
            ("unquoted-text", "Allow"),
            ("unquoted-text", "True"),
            ("unquoted-text", "…"),
        ],
        "{a:\"b\",Effect:\"Allow\",c:\"True\",d:!}",
    );
}

#[test]
fn values_without_quotes() {
    check_read(
        "{Version: 2012-10-17, \"Action\": [s3:Get*, iam:*], Resource:arn:aws:s3:::b}",
        &[
            ("unquoted-text", "Version"),
            ("unquoted-text", "2012-10-17"),
            ("unquoted-text", "s3:Get*"),
            ("unquoted-text", "iam:*"),
            ("unquoted-text", "Resource"),
            ("unquoted-text", "arn:aws:s3:::b"),
        ],
        "{Version:\"2012-10-17\",Action:[\"s3:Get*\",\"iam:*\"],Resource:\"arn:aws:s3:::b\"}",
    );
}

#[test]
fn strings_that_do_not_end() {
    check_read(
        "{\"a\": \"x,\n \"b\": \"y\n}",
        &[
            ("unterminated-string", "\"x"),
            ("unterminated-string", "\"y"),
        ],
        "{a:\"x\",b:\"y\"}",
    );
    check_read("\"x", &[("unterminated-string", "\"x")], "\"x\"");
    check_read(
        "[\"one\r\n two\tthree\", \"\u{1}\"]",
        &[
            ("control-character", "\r\n"),
            ("control-character", "\t"),
            ("control-character", "\u{1}"),
        ],
        "[\"one\\r\\n two\\tthree\",\"\\u{1}\"]",
    );
}

#[test]
fn escapes() {
    check_read(
        r#"["\x", "\u12G4", "\ud834", "\ud834\u0041", "\udd1e", "a\d+"]"#,
        &[
            ("invalid-escape", r"\x"),
            ("invalid-escape", r"\u12"),
            ("invalid-escape", r"\ud834"),
            ("invalid-escape", r"\ud834"),
            ("invalid-escape", r"\udd1e"),
            ("invalid-escape", r"\d"),
        ],
        r#"["\\x","\\u12G4","\\ud834","\\ud834A","\\udd1e","a\\d+"]"#,
    );
}

#[test]
fn numbers() {
    check_read(
        "[01, .5, +1, 1., 1e, 0x1F, -]",
        &[
            ("invalid-number", "01"),
            ("invalid-number", ".5"),
            ("invalid-number", "+1"),
            ("invalid-number", "1."),
            ("invalid-number", "1e"),
            ("unquoted-text", "0x1F"),
            ("unquoted-text", "-"),
        ],
        "[01,.5,+1,1.,1e,\"0x1F\",!]",
    );
}

#[test]
fn names_without_values() {
    check_read(
        "{\"a\", \"b\": , \"c\" {\"d\":1}, \"e\": }",
        &[
            ("missing-colon", ""),
            ("missing-value", ""),
            ("missing-colon", ""),
            ("missing-value", ""),
        ],
        "{a:!,b:!,c:{d:1},e:!}",
    );
}

#[test]
fn braces_that_do_not_fit() {
    check_read(
        "{\"a\": [1, {\"b\": 2], \"c\": 3}",
        &[("unclosed", "]")],
        "{a:[1,{b:2}],c:3}",
    );
    check_read("{\"a\": [1}", &[("unclosed", "}")], "{a:[1]}");
    check_read(
        "{\"a\": ]1}",
        &[
            ("missing-value", ""),
            ("unexpected-token", "]"),
            ("unexpected-token", "1"),
        ],
        "{a:!}",
    );
    check_read("{\"a\": 1", &[("unclosed", "{")], "{a:1}");
    check_read("]{}", &[("unexpected-token", "]")], "{}");
    check_read(
        "[{1}, {{}}, {\"a\": 1: 2}]",
        &[
            ("unexpected-token", "1"),
            ("unexpected-token", "{"),
            ("unexpected-token", ":"),
        ],
        "[{},{},{a:1}]",
    );
    check_read(
        "[\"a\": {\"b\": 1}, 2]",
        &[("unexpected-token", ":")],
        "[!,2]",
    );
}

#[test]
fn content_behind_the_end_is_one_finding() {
    check_read(
        "{} {\"a\": 1} \n",
        &[("content-after-end", "{\"a\": 1}")],
        "{}",
    );
}

#[test]
fn repeated_names_are_compared_unescaped() {
    let text = r#"{"a": 1, "\u0061": 2, "A": 3}"#;
    check_read(text, &[("duplicate-key", r#""\u0061""#)], "{a:1,a:2,A:3}");
    let (_, findings) = parse(text);
    assert_eq!(findings[0].related, Some(crate::Span::new(1, 4)));
}

#[test]
fn deep_nesting_is_refused_and_skipped() {
    let deep = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    check(&deep(MAX_DEPTH), &[]);
    check(&deep(MAX_DEPTH + 1), &[("too-deep", "[")]);
    let (_, findings) = parse(&"[".repeat(MAX_TEXT_BYTES));
    assert_eq!(findings[MAX_DEPTH].code, "too-deep");
    let (_, findings) = parse(&"{\"a\":".repeat(100_000));
    assert!(findings.iter().any(|finding| finding.code == "too-deep"));
}

#[test]
fn large_texts_are_refused_unread() {
    check(&" ".repeat(MAX_TEXT_BYTES), &[("empty-text", "")]);
    check(&"x".repeat(MAX_TEXT_BYTES + 1), &[("text-too-large", "")]);
}

#[test]
fn findings_are_bounded_and_the_work_is_linear() {
    for piece in [
        "\"",
        "'",
        "/*",
        "\\",
        "\"\\",
        "\n\"a",
        "\u{1}",
        "\"\n",
        "x\n",
        ",",
        "}",
        "{\"a\":1,",
        "\"a\nb",
        "\u{a0} ",
        "“",
        "[a:",
        ":",
        "a::",
        "{a:",
        "${",
    ] {
        for open in ["", "[", "{", "\"", "[\""] {
            let text = format!("{open}{}", piece.repeat(100_000 / piece.len()));
            let started = std::time::Instant::now();
            let (_, findings) = parse(&text);
            assert!(findings.len() <= MAX_FINDINGS + 1);
            assert!(!findings.is_empty(), "{open}{piece}");
            assert!(started.elapsed().as_secs() < 5, "{open}{piece}");
        }
    }
}

/// Whether a text holds what RFC 8259 refuses and the other parser takes: control characters
/// inside strings, and blanks other than the four of JSON.
fn beyond_oracle(text: &str) -> bool {
    text.chars()
        .any(|c| c != ' ' && (c.is_control() || c.is_whitespace() || c == '\u{feff}'))
}

/// Strict JSON, as another parser reads it.
fn oracle(text: &str) -> Option<JsonValue<'_>> {
    let options = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    parse_to_value(text, &options).ok().flatten()
}

fn same(ours: &Node, theirs: &JsonValue<'_>) -> bool {
    match (&ours.value, theirs) {
        (Value::Null, JsonValue::Null) => true,
        (Value::Bool(ours), JsonValue::Boolean(theirs)) => ours == theirs,
        (Value::Number(ours), JsonValue::Number(theirs)) => ours == theirs,
        (Value::String(ours), JsonValue::String(theirs)) => *ours == **theirs,
        (Value::Array(ours), JsonValue::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs.iter()).all(|(a, b)| same(a, b))
        }
        (Value::Object(ours), JsonValue::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().all(|member| {
                    theirs
                        .get(&member.key)
                        .is_some_and(|value| same(&member.value, value))
                })
        }
        _ => false,
    }
}

/// Pieces of JSON and of what people write instead.
fn soup() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"a\"",
        "\"b\"",
        "\"",
        "'",
        "\\",
        "\\u0041",
        "\\ud834",
        "\n",
        " ",
        "\t",
        "true",
        "null",
        "0",
        "1.5",
        "-",
        "01",
        "1e5",
        "//",
        "/*",
        "*/",
        "x",
        "é",
        "𝄞",
        "\u{feff}",
        "\u{a0}",
        "“",
        "\"Statement\":",
        "{\"Effect\":\"Allow\"}",
        "\r",
        "\u{1}",
        "${",
        "*",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

/// Valid JSON with odd white space.
fn valid() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|value| value.to_string()),
        "-?(0|[1-9][0-9]{0,5})(\\.[0-9]{1,4})?([eE][+-]?[0-9]{1,2})?",
        "\"([ -!#-\\[\\]-~é𝄞]|\\\\[\"\\\\/bfnrt]|\\\\u00[0-9a-f]{2}){0,8}\"",
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        let blank = "[ \n\r\t]{0,2}";
        prop_oneof![
            (prop::collection::vec(inner.clone(), 0..6), blank).prop_map(|(items, blank)| format!(
                "[{blank}{}{blank}]",
                items.join(&format!("{blank},"))
            )),
            (prop::collection::vec(("[a-c]{1,2}", inner), 0..6), blank).prop_map(
                |(members, blank)| {
                    let members: Vec<String> = members
                        .iter()
                        .map(|(key, value)| format!("\"{key}\"{blank}:{blank}{value}"))
                        .collect();
                    format!("{{{blank}{}{blank}}}", members.join(","))
                }
            ),
        ]
    })
}

fn check_places(text: &str, node: &Node) {
    assert!(text.get(node.span.range()).is_some());
    match &node.value {
        Value::Array(items) => items.iter().for_each(|item| check_places(text, item)),
        Value::Object(members) => {
            for member in members {
                assert!(text.get(member.key_span.range()).is_some());
                assert!(text.get(member.span().range()).is_some());
                check_places(text, &member.value);
            }
        }
        _ => {}
    }
}

fn check_against_oracle(text: &str) {
    let (tree, findings) = parse(text);
    check_places(text, &tree);
    for Diagnostic { span, related, .. } in &findings {
        assert!(text.get(span.range()).is_some());
        assert!(related.is_none_or(|span| text.get(span.range()).is_some()));
    }
    let repeats = |finding: &Diagnostic| finding.code == crate::codes::DUPLICATE_KEY;
    match oracle(text) {
        Some(_) if beyond_oracle(text) => {}
        Some(expected) => {
            assert!(
                findings.iter().all(repeats),
                "refused: {text:?}: {findings:?}"
            );
            assert!(!findings.is_empty() || same(&tree, &expected), "{text:?}");
        }
        None => assert!(!findings.is_empty(), "accepted: {text:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn valid_json_is_read_as_the_oracle_reads_it(text in valid()) {
        let expected = oracle(&text).expect("valid JSON");
        let (tree, findings) = parse(&text);
        check_places(&text, &tree);
        prop_assert!(findings.iter().all(|finding| finding.code == crate::codes::DUPLICATE_KEY));
        prop_assert!(!findings.is_empty() || same(&tree, &expected));
    }

    #[test]
    fn soup_is_refused_when_the_oracle_refuses_it(text in soup()) {
        check_against_oracle(&text);
    }

    #[test]
    fn damaged_json_is_refused_when_the_oracle_refuses_it(text in valid(), at in any::<prop::sample::Index>(), piece in soup()) {
        let mut at = at.index(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let (before, after) = text.split_at(at);
        check_against_oracle(before);
        let piece: String = piece.chars().take(3).collect();
        check_against_oracle(&format!("{before}{piece}{after}"));
    }

    #[test]
    fn any_text_is_read_without_panic(text in any::<String>()) {
        check_against_oracle(&text);
    }
}
