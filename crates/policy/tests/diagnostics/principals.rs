//! `Principal` and `NotPrincipal`.

use policy::Kind;

use super::{Case, FINE, case, statement};

pub(super) fn cases() -> Vec<Case> {
    use Kind::{Endpoint, Identity, Rcp, Resource, Scp, Session, Trust};
    let with = |principal: &str| statement(&format!("\"Principal\": {principal}, {FINE}"));
    let missing = statement(&format!("⟦⟧{FINE}")).replace("{⟦⟧", "⟦{⟧");
    let not = |effect: &str| {
        let effect = FINE.replace("Deny", effect);
        statement(&format!(
            "⟦\"NotPrincipal\"⟧: {{\"AWS\": \"111122223333\"}}, {effect}"
        ))
    };
    let except = |principals: &str| {
        statement(&format!(
            "\"NotPrincipal\": {{\"AWS\": [{principals}]}}, {FINE}"
        ))
    };
    let trust = |principal: &str| {
        statement(&format!(
            "\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {principal}"
        ))
    };
    vec![
        case(
            Resource,
            missing.clone(),
            "missing-principal",
            "a resource-based policy must have",
        ),
        case(
            Endpoint,
            missing.clone(),
            "missing-principal",
            "an endpoint policy",
        ),
        case(Rcp, missing, "missing-principal", "an RCP"),
        case(
            Trust,
            "{\"Version\": \"2012-10-17\", \"Statement\": ⟦{⟧\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\"}}",
            "missing-principal",
            "a trust policy",
        ),
        case(
            Scp,
            with("\"*\"").replace("\"Principal\"", "⟦\"Principal\"⟧"),
            "principal-not-allowed",
            "an SCP",
        ),
        case(
            Identity,
            with("\"*\"").replace("\"Principal\"", "⟦\"Principal\"⟧"),
            "principal-not-allowed",
            "an identity-based policy",
        ),
        case(
            Session,
            not("Deny"),
            "principal-not-allowed",
            "`NotPrincipal` has no place in a session policy",
        ),
        case(
            Trust,
            trust("⟦⟧{\"AWS\": \"111122223333\"}")
                .replace("\"Principal\"", "⟦\"NotPrincipal\"⟧")
                .replace("⟦⟧", ""),
            "not-principal-not-allowed",
            "a trust policy",
        ),
        case(Resource, not("Allow"), "not-principal-allow", "anonymous"),
        case(
            Resource,
            except("\"111122223333\", ⟦\"arn:aws:iam::444455556666:user/a\"⟧"),
            "not-principal-incomplete",
            "without its account",
        ),
        case(
            Resource,
            except("\"111122223333\", ⟦\"arn:aws:iam::111122223333:role/team/app\"⟧"),
            "not-principal-incomplete",
            "without its sessions",
        ),
        case(
            Resource,
            except("⟦\"arn:aws:sts::111122223333:assumed-role/app/s\"⟧"),
            "not-principal-incomplete",
            "without its account and its role",
        ),
        case(
            Resource,
            with("{\"AWS\": ⟦\"AIDACKCEVSQ6C2EXAMPLE\"⟧}"),
            "principal-unique-id",
            "matches nobody",
        ),
        case(
            Resource,
            with(&format!("{{\"CanonicalUser\": ⟦\"{}\"⟧}}", "0a".repeat(32))),
            "principal-unique-id",
            "matches nobody",
        ),
        case(
            Trust,
            trust("{\"Federated\": ⟦\"idp.example.com\"⟧, \"Service\": \"ec2.amazonaws.com\"}"),
            "trust-action",
            "cannot call",
        ),
        case(
            Trust,
            trust("{\"Federated\": [⟦\"idp.example.com\"⟧, \"arn:aws:iam::111122223333:saml-provider/x\"]}")
                .replace("sts:AssumeRole", "sts:AssumeRoleWithSAML"),
            "trust-action",
            "cannot call",
        ),
        case(
            Trust,
            trust("{\"AWS\": ⟦\"111122223333\"⟧}")
                .replace("sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"),
            "trust-action",
            "cannot call",
        ),
        case(
            Rcp,
            with("⟦{\"AWS\": \"*\"}⟧"),
            "rcp-principal",
            "not `\"*\"`",
        ),
        case(
            Resource,
            with("⟦\"111122223333\"⟧"),
            "invalid-principal",
            "`111122223333` stands alone",
        ),
        case(
            Resource,
            with("{\"AWS\": ⟦\"alice\"⟧}"),
            "invalid-principal",
            "`alice`",
        ),
        case(
            Resource,
            with("{⟦\"aws\"⟧: \"111122223333\"}"),
            "unknown-element",
            "`aws` is no element of a principal",
        ),
        case(
            Resource,
            with("{\"AWS\": [⟦\"arn:aws:iam::111122223333:role/*\"⟧, \"111122223333\"]}"),
            "principal-wildcard",
            "role/*",
        ),
        case(
            Resource,
            with("{\"Service\": ⟦\"*\"⟧}"),
            "principal-wildcard",
            "`*`",
        ),
        case(
            Resource,
            with("{\"AWS\": ⟦\"arn:aws:iam::111122223333:group/devs\"⟧}"),
            "principal-group",
            "group/devs",
        ),
        case(
            Resource,
            with("{\"Service\": ⟦\"lambda\"⟧}"),
            "unusual-principal",
            "`lambda`",
        ),
        case(
            Resource,
            with("{\"CanonicalUser\": ⟦\"alice\"⟧}"),
            "unusual-principal",
            "`alice`",
        ),
        case(
            Trust,
            trust("{\"Federated\": ⟦\"okta\"⟧}")
                .replace("sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"),
            "unusual-principal",
            "`okta`",
        ),
        case(
            Trust,
            trust("{\"AWS\": ⟦\"*\"⟧}"),
            "trust-everyone",
            "trusts everyone",
        ),
    ]
}
