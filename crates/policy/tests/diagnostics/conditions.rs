//! The `Condition` block.

use policy::Kind;

use super::{Case, case, condition};

pub(super) fn cases() -> Vec<Case> {
    use Kind::{Endpoint, Identity, Scp};
    let value = |operator: &str, key: &str, value: &str| {
        condition(&format!("\"{operator}\": {{\"{key}\": {value}}}"))
    };
    let endpoint = |operator: &str, key: &str, values: &str| {
        value(operator, key, values).replace("\"Effect\"", "\"Principal\": \"*\", \"Effect\"")
    };
    let allow = |text: String| text.replace("Deny", "Allow");
    vec![
        case(
            Scp,
            condition("⟦\"StringLikeIgnoreCase\"⟧: {\"aws:username\": \"x\"}"),
            "unknown-operator",
            "`StringLikeIgnoreCase`",
        ),
        case(
            Scp,
            condition("⟦\"ForAnyValue:StringEqual\"⟧: {\"aws:TagKeys\": \"x\"}"),
            "unknown-operator",
            "did you mean `ForAnyValue:StringEquals`?",
        ),
        case(
            Scp,
            condition("⟦\"NotBool\"⟧: {\"aws:SecureTransport\": \"x\"}"),
            "unknown-operator",
            "`NotBool`",
        ),
        case(
            Scp,
            condition("⟦\"stringEquals\"⟧: {\"aws:username\": \"x\"}"),
            "operator-case",
            "`stringEquals`",
        ),
        case(
            Scp,
            condition("⟦\"NullIfExists\"⟧: {\"aws:username\": \"true\"}"),
            "null-if-exists",
            "whether the key exists",
        ),
        case(
            Scp,
            condition("\"StringEquals\": {\"aws:username\": \"x\", ⟦\"AWS:UserName\"⟧: \"y\"}"),
            "duplicate-condition-key",
            "are one key",
        ),
        case(
            Scp,
            condition("\"StringEquals\": {⟦\"username\"⟧: \"x\"}"),
            "invalid-condition-key",
            "`username`",
        ),
        case(
            Scp,
            value("StringEquals", "aws:username", "⟦null⟧"),
            "invalid-condition-value",
            "null as value of `aws:username`",
        ),
        case(
            Scp,
            value("StringEquals", "aws:username", "[\"x\", ⟦{}⟧]"),
            "invalid-condition-value",
            "an object",
        ),
        case(
            Scp,
            condition("").replace("\"Condition\": {}", "\"Condition\": ⟦{}⟧"),
            "empty-condition",
            "`Condition` is empty",
        ),
        case(
            Scp,
            condition("\"Bool\": ⟦{}⟧"),
            "empty-condition",
            "`Bool` is empty",
        ),
        case(
            Scp,
            value("StringEquals", "aws:username", "⟦[]⟧"),
            "empty-condition",
            "no values",
        ),
        case(
            Scp,
            condition("").replace("{}", "⟦[]⟧"),
            "invalid-type",
            "`Condition` is a list",
        ),
        case(
            Scp,
            value("NumericLessThan", "s3:max-keys", "⟦\"ten\"⟧"),
            "condition-value-type",
            "`ten`",
        ),
        case(
            Scp,
            value("DateLessThan", "aws:CurrentTime", "⟦\"tomorrow\"⟧"),
            "condition-value-type",
            "`tomorrow`",
        ),
        case(
            Scp,
            value("Bool", "aws:SecureTransport", "⟦\"no\"⟧"),
            "condition-value-type",
            "`no`",
        ),
        case(
            Scp,
            value("Null", "aws:username", "⟦\"yes\"⟧"),
            "condition-value-type",
            "`yes`",
        ),
        case(
            Scp,
            value("BinaryEquals", "a:b", "⟦\"%\"⟧"),
            "condition-value-type",
            "`%`",
        ),
        case(
            Scp,
            value("NotIpAddress", "aws:SourceIp", "⟦\"10.0.0.0/40\"⟧"),
            "condition-value-type",
            "`10.0.0.0/40`",
        ),
        case(
            Scp,
            value("ArnNotLike", "aws:PrincipalArn", "⟦\"*\"⟧"),
            "condition-value-type",
            "`*`",
        ),
        case(
            Scp,
            value("DateLessThan", "aws:CurrentTime", "⟦\"2024\"⟧"),
            "ambiguous-date",
            "`2024`",
        ),
        case(
            Scp,
            value("StringNotEquals", "aws:userid", "⟦\"AROA*\"⟧"),
            "literal-wildcard",
            "`AROA*`",
        ),
        case(
            Scp,
            value("StringNotLike", "aws:PrincipalOrgID", "⟦\"o-*\"⟧"),
            "wildcard-key",
            "`aws:PrincipalOrgID`",
        ),
        case(
            Identity,
            allow(value("ForAllValues:StringEquals", "aws:TagKeys", "\"x\""))
                .replace("\"aws:TagKeys\"", "⟦\"aws:TagKeys\"⟧"),
            "unguarded-for-all-values",
            "is missing",
        ),
        case(
            Scp,
            value("StringLike", "aws:PrincipalOrgPaths", "\"x\"")
                .replace("\"aws:PrincipalOrgPaths\"", "⟦\"aws:PrincipalOrgPaths\"⟧"),
            "missing-set-operator",
            "several values",
        ),
        case(
            Scp,
            condition("⟦\"ForAllValues:StringEquals\"⟧: {\"aws:PrincipalOrgID\": \"o-x\"}"),
            "needless-set-operator",
            "a missing key passes",
        ),
        case(
            Scp,
            condition("⟦\"ForAnyValue:StringLike\"⟧: {\"aws:PrincipalTag/team\": \"x\"}"),
            "needless-set-operator",
            "a missing key fails",
        ),
        case(
            Endpoint,
            endpoint(
                "StringLike",
                "aws:PrincipalArn",
                "[\"abcdef*\", \"a?bcdefg\", ⟦\"abcde*ab\"⟧, \"${aws:userid}*\"]",
            ),
            "endpoint-pattern",
            "`abcde*ab`",
        ),
        case(
            Endpoint,
            endpoint("StringNotLike", "aws:PrincipalArn", "⟦\"abcdef**\"⟧"),
            "endpoint-pattern",
            "little around it",
        ),
        case(
            Endpoint,
            endpoint("NumericEquals", "aws:PrincipalAccount", "1")
                .replace("\"NumericEquals\"", "⟦\"NumericEquals\"⟧"),
            "endpoint-pattern",
            "`aws:PrincipalAccount`",
        ),
        case(
            Endpoint,
            endpoint(
                "ArnLike",
                "aws:PrincipalArn",
                "[\"arn:aws:iam::*:role/x\", ⟦\"arn:aws:iam::1234*:role/x\"⟧]",
            ),
            "endpoint-pattern",
            "digits and wildcards",
        ),
        case(
            Endpoint,
            endpoint("StringEquals", "aws:username", "\"x\"").replace(
                "\"*\", \"Condition\"",
                "⟦\"arn:aws:sqs:*:1234*:q\"⟧, \"Condition\"",
            ),
            "endpoint-pattern",
            "digits and wildcards",
        ),
        case(
            Scp,
            condition("⟦\"ForAllValues:Null\"⟧: {\"aws:TagKeys\": \"true\"}"),
            "set-operator-null",
            "always true",
        ),
        case(
            Scp,
            condition("⟦\"ForAnyValue:StringEqualsIfExists\"⟧: {\"aws:TagKeys\": \"x\"}"),
            "for-any-value-if-exists",
            "adds nothing",
        ),
        case(
            Scp,
            value("NumericEquals", "s3:max-keys", "⟦\"${aws:username}\"⟧"),
            "variable-not-supported",
            "no variables",
        ),
        case(
            Scp,
            value("StringEquals", "aws:username", "⟦\"${aws:username, x}\"⟧"),
            "malformed-variable",
            "no variable",
        ),
    ]
}
