//! Facts about AWS's services, as far as the rule book names them.

use policy::{ActionPattern, Document, Effect, Piece, ResourcePattern, ScopeMode};

/// Keys with several values (K-4, K-11, K-22, K-25, K-28, K-36, K-40; SET-1).
const MULTIVALUED: [&str; 8] = [
    "aws:principalorgpaths",
    "aws:principalservicenameslist",
    "aws:vpceorgpaths",
    "aws:resourceorgpaths",
    "aws:tagkeys",
    "aws:calledvia",
    "aws:sourceorgpaths",
    "dynamodb:attributes",
];

/// Whether a key, in lower case, has several values (SET-8).
pub(crate) fn is_multivalued(key: &str) -> bool {
    MULTIVALUED.contains(&key)
}

/// Actions on no single resource (RES-9, KMS-7), in lower case.
const WITHOUT_RESOURCE: [&str; 7] = [
    "s3:listallmybuckets",
    "ec2:describeinstances",
    "kms:createkey",
    "kms:listkeys",
    "kms:listaliases",
    "sts:getcalleridentity",
    "sts:getsessiontoken",
];

/// Whether an action, in lower case, acts on no single resource (RES-9).
pub(crate) fn is_without_resource(action: &str) -> bool {
    WITHOUT_RESOURCE.contains(&action)
}

/// The services whose actions RCPs reach, as of 2026-09-26 (RCP-7).
const RCP_SERVICES: &str = "appstream dsql clouddirectory cloudfront cloudsearch logs \
    networkmonitor cognito-identity cognito-idp comprehend comprehendmedical firehose dynamodb dax \
    autoscaling ecr ecr-public gamelift inspector-scan kendra kinesisvideo memorydb aoss \
    personalize polly s3 swf sqs textract timestream-influxdb transcribe translate workspaces \
    appconfig autoscaling-plans budgets servicediscovery cloudtrail-data codeartifact codebuild \
    codecommit codepipeline compute-optimizer cost-optimization-hub events fms fis health \
    rolesanywhere kms opensearch pricing pca-connector-ad resource-groups secretsmanager sts \
    signin support transfer notifications wafv2 xray";

/// Whether RCPs reach a service at a date (RCP-7, RCP-20).
pub(crate) fn has_rcps(service: &str, date: &str) -> bool {
    let services = if date < "2024-11-13" {
        ""
    } else if date < "2026-09-26" {
        "s3 sts kms sqs secretsmanager"
    } else {
        RCP_SERVICES
    };
    services.split_whitespace().any(|known| known == service)
}

/// The Region in which a service is called everywhere (K-29).
pub(crate) fn global_region(service: &str) -> Option<&'static str> {
    match service {
        "iam" | "cloudfront" | "route53" | "support" | "organizations" | "budgets" | "waf"
        | "importexport" | "account" | "ce" | "cur" | "health" | "route53domains"
        | "savingsplans" | "shield" => Some("us-east-1"),
        "chatbot" | "devicefarm" | "globalaccelerator" | "networkmanager" => Some("us-west-2"),
        _ => None,
    }
}

/// The global key whose value a key of a service has, both in lower case (K-43).
pub(crate) fn says_the_same(service: &str, name: &str) -> Option<String> {
    let (prefix, key) = name.split_once(':')?;
    if prefix != service {
        return None;
    }
    match (service, key) {
        ("s3", "resourceaccount") => Some("aws:resourceaccount".to_owned()),
        ("kms", "calleraccount") => Some("aws:principalaccount".to_owned()),
        ("ec2", "region") => Some("aws:requestedregion".to_owned()),
        (
            "ec2"
            | "iam"
            | "ssm"
            | "secretsmanager"
            | "ecs"
            | "elasticloadbalancing"
            | "autoscaling"
            | "sagemaker",
            _,
        ) => {
            let tag = key.strip_prefix("resourcetag/")?;
            Some(format!("aws:resourcetag/{tag}"))
        }
        _ => None,
    }
}

/// Service and resource of an ARN without an account.
fn without_account(arn: &str) -> Option<(&str, &str)> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    match parts.as_slice() {
        ["arn", _, service, _, "", resource] => Some((service, resource)),
        _ => None,
    }
}

/// Whether what an action, in lower case, is called on is always the caller's own.
pub(crate) fn is_callers(action: &str, arn: &str) -> bool {
    let service = without_account(arn).map(|(service, _)| service);
    action == "s3:createbucket" || ["route53", "apigateway"].map(Some).contains(&service)
}

/// Whether others get at a resource without any policy of it.
pub(crate) fn is_shared(arn: &str) -> bool {
    let starts = [
        ("ec2", "image/"),
        ("ec2", "snapshot/"),
        ("ssm", "parameter/aws/"),
        ("bedrock", "foundation-model/"),
    ];
    without_account(arn).is_some_and(|(service, resource)| {
        (starts.iter()).any(|(of, start)| *of == service && resource.starts_with(start))
    })
}

/// Whether a call of this action, in lower case, finds the resource there, so that its tags are
/// not for it (K-27).
pub(crate) fn is_found(action: &str, arn: &str) -> bool {
    let resource = arn.splitn(6, ':').nth(5).unwrap_or_default();
    let sort = resource.split_once('/').map_or(resource, |(sort, _)| sort);
    action == "ec2:runinstances"
        && matches!(
            sort,
            "image"
                | "snapshot"
                | "subnet"
                | "security-group"
                | "key-pair"
                | "placement-group"
                | "launch-template"
                | "capacity-reservation"
        )
}

/// Whether requests for an action, in lower case, never carry the keys of the owner (K-23).
pub(crate) fn hides_owner(action: &str) -> bool {
    action.starts_with("ebs:")
        || matches!(
            action,
            "ec2:acceptvpcpeeringconnection" | "es:acceptinboundconnection"
        )
}

/// Whether an action of IAM, in lower case, changes something (GCI-3).
pub(crate) fn changes_iam(action: &str) -> bool {
    let harmless = ["get", "list", "generate", "simulate", "passrole"];
    (action.strip_prefix("iam:"))
        .is_some_and(|name| !harmless.iter().any(|start| name.starts_with(start)))
}

/// Whether an SCP keeps to what was possible before September 2025 (SCP-49).
pub(crate) fn is_early_scp(document: &Document) -> bool {
    document.statements.iter().all(|statement| {
        let action = statement.action.as_ref();
        let resource = statement.resource.as_ref();
        let wildcards_at_the_end = action.is_none_or(|scope| {
            scope.entries.iter().all(|entry| match &entry.value {
                ActionPattern::Named { name, .. } => {
                    let inner = name.pieces.split_last().map_or(&[][..], |(_, inner)| inner);
                    !inner
                        .iter()
                        .any(|piece| matches!(piece, Piece::AnyRun | Piece::AnyOne))
                }
                _ => true,
            })
        });
        let whole_resource = resource.is_some_and(|scope| {
            scope
                .entries
                .iter()
                .all(|entry| entry.value == ResourcePattern::Any)
        });
        let no_not_resource = resource.is_none_or(|scope| scope.mode == ScopeMode::Only);
        let plain_allow = whole_resource
            && statement.conditions.is_empty()
            && action.is_some_and(|scope| scope.mode == ScopeMode::Only);
        let is_allow = (statement.effect.as_ref()).is_some_and(|e| e.value == Effect::Allow);
        wildcards_at_the_end && no_not_resource && (plain_allow || !is_allow)
    })
}
