//! `Action`, `Resource` and their `Not…` forms.

use policy::Kind;

use super::{Case, FINE, case, statement};

pub(super) fn cases() -> Vec<Case> {
    use Kind::{Endpoint, Identity, Rcp, Resource, Scp, Session, Trust};
    let action = |action: &str| statement(&FINE.replace("\"s3:GetObject\"", action));
    let resource = |resource: &str| statement(&FINE.replace("\"*\"", resource));
    let rcp = |action: &str| {
        statement(&format!(
            "\"Principal\": \"*\", {}",
            FINE.replace("\"s3:GetObject\"", action)
        ))
    };
    let without = |name: &str, action: &str| {
        statement(&format!("\"Effect\": \"Allow\", {name} {action}")).replace("[{", "[⟦{⟧")
    };
    vec![
        case(
            Scp,
            without("", "\"Resource\": \"*\""),
            "missing-action",
            "`Action` or `NotAction`",
        ),
        case(
            Scp,
            action("⟦\"GetObject\"⟧"),
            "invalid-action",
            "`GetObject` is no action",
        ),
        case(
            Scp,
            action("[\"s3:*\", ⟦\"\"⟧]"),
            "invalid-action",
            "is no action",
        ),
        case(
            Identity,
            action("⟦\"s3:Get:Object\"⟧"),
            "invalid-action",
            "more than one colon",
        ),
        case(
            Identity,
            action("⟦\":GetObject\"⟧"),
            "invalid-action",
            "no service prefix",
        ),
        case(
            Scp,
            action("⟦\"s*:Get*\"⟧"),
            "action-wildcard-service",
            "`s*`",
        ),
        case(
            Resource,
            statement(&format!(
                "\"Principal\": \"*\", {}",
                FINE.replace("\"s3:GetObject\"", "⟦\"s*:Get*\"⟧")
            )),
            "action-wildcard-service",
            "`s*`",
        ),
        case(
            Identity,
            action("⟦\"s3:\"⟧"),
            "action-matches-nothing",
            "`s3:`",
        ),
        case(
            Identity,
            action("⟦\"ec2:* \"⟧"),
            "action-matches-nothing",
            "`ec2:* `",
        ),
        case(Rcp, rcp("⟦\"*\"⟧"), "rcp-action", "names no service"),
        case(
            Rcp,
            rcp("[\"s3:*\", ⟦\"Lambda:*\"⟧]"),
            "rcp-service",
            "`Lambda`",
        ),
        // RCP-21: no alias of `opensearch`.
        case(Rcp, rcp("⟦\"es:*\"⟧"), "rcp-service", "`es`"),
        case(
            Rcp,
            rcp("\"s3:*\"").replace("\"Action\"", "⟦\"NotAction\"⟧"),
            "rcp-action",
            "`NotAction`",
        ),
        case(
            Scp,
            without("", "\"Action\": \"s3:*\""),
            "missing-resource",
            "no `Resource`",
        ),
        case(
            Resource,
            without(
                "\"Principal\": \"*\",",
                "\"Action\": \"ecr:GetDownloadUrlForLayer\"",
            ),
            "missing-resource",
            "no `Resource`",
        ),
        case(
            Endpoint,
            without("\"Principal\": \"*\",", "\"Action\": \"s3:*\""),
            "missing-resource",
            "no `Resource`",
        ),
        case(
            Trust,
            statement(
                "\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"ec2.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\", ⟦\"Resource\"⟧: \"*\"",
            ),
            "trust-resource",
            "`Resource`",
        ),
        case(
            Scp,
            resource("⟦\"bucket/*\"⟧"),
            "invalid-resource",
            "`bucket/*`",
        ),
        case(
            Scp,
            resource("[\"*\", ⟦\" *\"⟧]"),
            "invalid-resource",
            "` *`",
        ),
        case(
            Resource,
            statement(&format!(
                "\"Principal\": \"*\", {}",
                FINE.replace("\"*\"", "⟦\"execute-api:/*\"⟧")
            )),
            "invalid-resource",
            "execute-api",
        ),
        case(
            Identity,
            resource("⟦\"arn:aws:iam::*\"⟧"),
            "short-arn",
            "5 parts",
        ),
        case(
            Session,
            resource("⟦\"arn:aws:sqs\"⟧"),
            "short-arn",
            "3 parts",
        ),
        case(
            Scp,
            resource("⟦\"arn:*:s3:::bucket\"⟧"),
            "arn-wildcard",
            "partition or service",
        ),
        case(
            Scp,
            resource("⟦\"arn:aws:iam::111122223333:u*\"⟧"),
            "resource-type-wildcard",
            "`u*`",
        ),
        case(
            Scp,
            resource("⟦\"arn:aws:iam::${aws:PrincipalAccount}:role/x\"⟧"),
            "arn-variable",
            "before the resource part",
        ),
        case(
            Scp,
            resource("⟦\"arn:aws:s3:::b/${aws:username\"⟧"),
            "malformed-variable",
            "without `}`",
        ),
        case(
            Scp,
            resource("⟦\"arn:aws:s3:::b/${}\"⟧"),
            "malformed-variable",
            "`${}`",
        ),
        case(
            Scp,
            resource("⟦\"arn:aws:s3:::b/${BUCKET}\"⟧"),
            "unknown-variable",
            "`b/${BUCKET}` names no context key",
        ),
        case(
            Identity,
            resource("⟦\"arn:aws:s3:::b/${aws:username}\"⟧").replace("2012", "2008"),
            "variable-in-2008",
            "literal text",
        ),
    ]
}
