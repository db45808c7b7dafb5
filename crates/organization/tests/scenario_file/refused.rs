//! What is no scenario is refused, with its place.

use super::*;

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
fn unusual_keys_in_a_path_are_quoted() {
    let found = warnings(r#""a b": 1, "": 2"#);
    assert!(found[0].starts_with("`[\"a b\"]`: "), "{found:?}");
    assert!(found[1].starts_with("`[\"\"]`: "), "{found:?}");
    let loaded = read(r#"{"version": 1, "x": 1}"#).unwrap();
    assert_eq!(loaded.warnings[0].kind, FileWarningKind::UnknownField);
}
