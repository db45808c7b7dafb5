//! The syntax of JSON.

use policy::Kind;

use super::{Case, FINE, case, condition, statement};

pub(super) fn cases() -> Vec<Case> {
    use Kind::{Resource, Scp};
    let with = |tail: &str| statement(&format!("{FINE}{tail}"));
    vec![
        case(Scp, "⟦⟧", "empty-text", "no text"),
        case(Scp, with("⟦// why⟧\n"), "comment", "a comment"),
        case(Scp, with("⟦/* why */⟧"), "comment", "a comment"),
        case(
            Scp,
            format!("⟦\u{feff}⟧{}", with("")),
            "byte-order-mark",
            "byte order mark",
        ),
        case(Scp, with("⟦\u{a0}⟧"), "invalid-whitespace", "invisible"),
        case(Scp, with(", \"Sid\": ⟦'x'⟧"), "wrong-quotes", "`'x'`"),
        case(
            Scp,
            with(", \"Sid\": ⟦\"x⟧\n"),
            "unterminated-string",
            "without its closing quote",
        ),
        case(
            Resource,
            "{\"Id\": \"a⟦\t⟧b\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}}",
            "control-character",
            "a tab",
        ),
        case(
            Resource,
            r#"{"Id": "a⟦\d⟧b", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}}"#,
            "invalid-escape",
            r"`\d`",
        ),
        case(
            Scp,
            condition(r#""NumericEquals": {"s3:max-keys": ⟦01⟧}"#),
            "invalid-number",
            "`01`",
        ),
        case(
            Scp,
            with(", ⟦Sid⟧: \"x\""),
            "unquoted-text",
            "a name without quotes: `Sid`",
        ),
        case(Scp, with(", \"Sid\": ⟦x⟧"), "unquoted-text", "`x`"),
        (
            Scp,
            statement(&format!("{FINE}⟦]⟧")).replace("]⟧}]}", "]⟧}⟦]}⟧"),
            vec![
                ("unclosed", "`]` stands where `}` is missing"),
                ("content-after-end", "before `]`"),
            ],
        ),
        case(Scp, with("⟦⟧ \"Sid\": \"x\""), "missing-comma", "a comma"),
        case(Scp, with(",⟦,⟧ \"Sid\": \"x\""), "extra-comma", "a comma"),
        case(Scp, with("⟦,⟧"), "trailing-comma", "after the last entry"),
        case(Scp, with(", \"Sid\"⟦⟧"), "missing-colon", "behind `Sid`"),
        case(
            Scp,
            with(", \"Sid\":⟦⟧"),
            "missing-value",
            "`Sid` has no value",
        ),
        case(Scp, with(", ⟦7⟧"), "unexpected-token", "`7`"),
        case(
            Scp,
            format!("{} ⟦x y⟧\n", with("")),
            "content-after-end",
            "before `x`",
        ),
        case(
            Scp,
            with(", ⟦\"Effect\"⟧: \"Allow\""),
            "duplicate-key",
            "`Effect` stands here a second time",
        ),
    ]
}
