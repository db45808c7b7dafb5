//! The policy, its statements and their effects.

use policy::Kind;

use super::{Case, FINE, case, statement};

pub(super) fn cases() -> Vec<Case> {
    use Kind::{Boundary, Identity, Rcp, Resource, Scp, Trust};
    let sids = |first: &str, second: &str| {
        format!(
            "{{\"Version\": \"2012-10-17\", \"Statement\": [{{\"Sid\": \"{first}\", {FINE}}}, {{\"Sid\": {second}, {FINE}}}]}}"
        )
    };
    vec![
        case(Scp, "⟦[]⟧", "invalid-document", "a list"),
        case(
            Scp,
            format!("{{⟦\"version\"⟧: \"2012-10-17\", \"Statement\": {{{FINE}}}}}"),
            "unknown-element",
            "`version`",
        ),
        case(
            Scp,
            statement(&format!(
                "{FINE}, ⟦\"Conditions\"⟧: {{\"Bool\": {{\"aws:SecureTransport\": false}}}}"
            )),
            "unknown-element",
            "`Conditions` is no element of a statement",
        ),
        case(
            Scp,
            statement(
                &FINE
                    .replace("Action", "⟦Xction⟧")
                    .replace("\"⟦Xction⟧\"", "⟦\"action\"⟧"),
            ),
            "unknown-element",
            "`action`",
        ),
        case(
            Scp,
            statement(&FINE.replace("\"Resource\"", "⟦\"Resources\"⟧")),
            "unknown-element",
            "did you mean `Resource`?",
        ),
        case(
            Scp,
            "{\"Version\": \"2012-10-17\", \"Statement\": ⟦\"x\"⟧}",
            "invalid-type",
            "a statement is a string",
        ),
        case(
            Scp,
            statement(&FINE.replace("\"s3:GetObject\"", "[\"s3:GetObject\", ⟦7⟧]")),
            "invalid-type",
            "an entry of `Action` is a number",
        ),
        case(
            Identity,
            statement(&format!(
                "{FINE}, \"Condition\": {{\"StringEquals\": {{\"aws:PrincipalTag/x\": \"⟦π𝄞⟧\"}}}}"
            )),
            "invalid-character",
            "`π𝄞`",
        ),
        case(
            Identity,
            format!("{{\"Version\": ⟦\"2012-10-18\"⟧, \"Statement\": {{{FINE}}}}}"),
            "invalid-version",
            "`2012-10-18`",
        ),
        case(
            Scp,
            format!("{{\"Version\": ⟦\"2008-10-17\"⟧, \"Statement\": {{{FINE}}}}}"),
            "invalid-version",
            "no version for an SCP",
        ),
        case(
            Scp,
            format!("⟦{{⟧\"Statement\": {{{FINE}}}}}"),
            "missing-version",
            "an SCP must have",
        ),
        case(
            Rcp,
            format!("⟦{{⟧\"Statement\": {{{FINE}, \"Principal\": \"*\"}}}}"),
            "missing-version",
            "an RCP must have",
        ),
        case(
            Identity,
            format!("{{⟦\"Id\"⟧: \"x\", \"Statement\": {{{FINE}}}}}"),
            "id-not-allowed",
            "an identity-based policy",
        ),
        case(
            Boundary,
            "⟦{⟧\"Version\": \"2012-10-17\"}",
            "missing-statement",
            "no `Statement`",
        ),
        case(
            Boundary,
            "{\"Version\": \"2012-10-17\", \"Statement\": ⟦[]⟧}",
            "empty-statement",
            "empty",
        ),
        case(
            Identity,
            statement(&format!("\"Sid\": ⟦\"a b\"⟧, {FINE}")),
            "invalid-sid",
            "`a b`",
        ),
        case(
            Scp,
            statement(&format!("\"Sid\": ⟦\"a b\"⟧, {FINE}")),
            "invalid-sid",
            "`a b`",
        ),
        case(Identity, sids("a", "⟦\"a\"⟧"), "duplicate-sid", "`a`"),
        case(
            Scp,
            statement("⟦⟧\"Action\": \"s3:GetObject\", \"Resource\": \"*\"").replace("{⟦⟧", "⟦{⟧"),
            "missing-effect",
            "no `Effect`",
        ),
        case(
            Scp,
            statement(&FINE.replace("\"Deny\"", "⟦\"deny\"⟧")),
            "invalid-effect",
            "`deny` is no effect: did you mean `Deny`?",
        ),
        case(
            Rcp,
            statement(&format!(
                "\"Principal\": \"*\", {}",
                FINE.replace("\"Deny\"", "⟦\"Allow\"⟧")
            )),
            "rcp-allow",
            "cannot allow",
        ),
        case(
            Scp,
            statement(&format!("{FINE}, ⟦\"NotAction\"⟧: \"iam:*\"")),
            "exclusive-elements",
            "`Action` and `NotAction`",
        ),
        case(
            Scp,
            statement(&format!("{FINE}, ⟦\"NotResource\"⟧: \"*\"")),
            "exclusive-elements",
            "`Resource` and `NotResource`",
        ),
        case(
            Scp,
            statement(&FINE.replace("\"s3:GetObject\"", "⟦[]⟧")),
            "empty-list",
            "`Action` is an empty list",
        ),
        case(
            Resource,
            statement(&format!("{FINE}, \"Principal\": ⟦{{}}⟧")),
            "empty-list",
            "names nobody",
        ),
        case(
            Trust,
            statement(
                "\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"AWS\": ⟦[]⟧}",
            ),
            "empty-list",
            "`AWS`",
        ),
    ]
}
