//! What AWS services offer.
//!
//! The facts here are the few that verdicts need. They are compiled in and dated ([`AS_OF`]), so
//! that a verdict never depends on a download. An action that the tables do not know is evaluated
//! all the same.

/// The date of the tables.
pub const AS_OF: &str = "2026-11-21";

/// Context keys with several values (SET-8; K-4, K-11, K-22, K-25, K-28, K-36, K-40), lower case.
const MULTIVALUED: &[&str] = &[
    "aws:calledvia",
    "aws:principalorgpaths",
    "aws:principalservicenameslist",
    "aws:resourceorgpaths",
    "aws:sourceorgpaths",
    "aws:tagkeys",
    "aws:vpceorgpaths",
    "dynamodb:attributes",
    "dynamodb:leadingkeys",
];

/// Whether a context key, given in lower case, takes several values.
#[must_use]
pub fn is_multivalued(key: &str) -> bool {
    MULTIVALUED.contains(&key)
}

/// Services whose only endpoint is in one region (K-29): service prefix and region.
const GLOBAL_SERVICES: &[(&str, &str)] = &[
    ("budgets", "us-east-1"),
    ("cloudfront", "us-east-1"),
    ("iam", "us-east-1"),
    ("importexport", "us-east-1"),
    ("organizations", "us-east-1"),
    ("route53", "us-east-1"),
    ("support", "us-east-1"),
    ("waf", "us-east-1"),
    ("chatbot", "us-west-2"),
    ("devicefarm", "us-west-2"),
];

/// The region that a service is always called in, if there is only one (K-29); in the partition
/// `aws`.
#[must_use]
pub fn global_region(service: &str) -> Option<&'static str> {
    GLOBAL_SERVICES
        .iter()
        .find(|(name, _)| *name == service)
        .map(|(_, region)| *region)
}

/// Actions that are weighed on no single resource (RES-9), lower case.
const WITHOUT_RESOURCE: &[(&str, &[&str])] = &[
    ("account", &["listregions"]),
    (
        "cloudtrail",
        &["describetrails", "listtrails", "lookupevents"],
    ),
    (
        "ec2",
        &[
            "describeinstances",
            "describeregions",
            "describeimages",
            "describevpcs",
            "describesubnets",
            "describesecuritygroups",
            "describevolumes",
            "describeavailabilityzones",
            "describeinstancetypes",
        ],
    ),
    (
        "iam",
        &[
            "listusers",
            "listroles",
            "listgroups",
            "listpolicies",
            "getaccountsummary",
            "getaccountauthorizationdetails",
            "listaccountaliases",
            "createaccountalias",
            "deleteaccountalias",
            "updateaccountpasswordpolicy",
            "deleteaccountpasswordpolicy",
            "getaccountpasswordpolicy",
            "generatecredentialreport",
            "getcredentialreport",
        ],
    ),
    ("kms", &["createkey", "listkeys", "listaliases"]),
    ("lambda", &["listfunctions"]),
    (
        "organizations",
        &[
            "listaccounts",
            "listroots",
            "describeorganization",
            "createorganization",
            "leaveorganization",
        ],
    ),
    ("s3", &["listallmybuckets"]),
    ("sns", &["listtopics"]),
    ("sqs", &["listqueues"]),
    ("sts", &["getcalleridentity", "getsessiontoken"]),
];

/// Whether an action, given in lower case, is known to be weighed on no single resource (RES-9).
#[must_use]
pub fn is_without_resource(service: &str, action: &str) -> bool {
    WITHOUT_RESOURCE
        .iter()
        .any(|(name, actions)| *name == service && actions.contains(&action))
}

/// Services whose actions accept resource control policies (RCP-7, RCP-20, RCP-21).
const RCP_SERVICES: &[&str] = &[
    "aoss",
    "appconfig",
    "appstream",
    "autoscaling",
    "autoscaling-plans",
    "budgets",
    "clouddirectory",
    "cloudfront",
    "cloudsearch",
    "cloudtrail-data",
    "codeartifact",
    "codebuild",
    "codecommit",
    "codepipeline",
    "cognito-identity",
    "cognito-idp",
    "comprehend",
    "comprehendmedical",
    "compute-optimizer",
    "cost-optimization-hub",
    "dax",
    "dsql",
    "dynamodb",
    "ecr",
    "ecr-public",
    "events",
    "firehose",
    "fis",
    "fms",
    "gamelift",
    "health",
    "inspector-scan",
    "kendra",
    "kinesisvideo",
    "kms",
    "logs",
    "memorydb",
    "networkmonitor",
    "notifications",
    "opensearch",
    "pca-connector-ad",
    "personalize",
    "polly",
    "pricing",
    "resource-groups",
    "rolesanywhere",
    "s3",
    "secretsmanager",
    "servicediscovery",
    "signin",
    "sqs",
    "sts",
    "support",
    "swf",
    "textract",
    "timestream-influxdb",
    "transcribe",
    "transfer",
    "translate",
    "wafv2",
    "workspaces",
    "xray",
];

/// Whether resource control policies reach a service, given by its prefix in lower case (RCP-7).
#[must_use]
pub fn accepts_rcps(service: &str) -> bool {
    RCP_SERVICES.binary_search(&service).is_ok()
}

/// Actions whose requests do not say who owns the resource (K-23): service prefix and action, both
/// in lower case; `*` stands for all actions of the service.
const WITHOUT_RESOURCE_ACCOUNT: &[(&str, &str)] = &[
    ("auditmanager", "updateassessmentframeworkshare"),
    ("detective", "acceptinvitation"),
    ("ds", "acceptshareddirectory"),
    ("ebs", "*"),
    ("ec2", "accepttransitgatewaypeeringattachment"),
    ("ec2", "acceptvpcendpointconnections"),
    ("ec2", "acceptvpcpeeringconnection"),
    ("es", "acceptinboundconnection"),
    ("events", "putevents"),
    ("guardduty", "acceptadministratorinvitation"),
    ("macie2", "acceptinvitation"),
    ("route53", "associatevpcwithhostedzone"),
    ("route53", "createvpcassociationauthorization"),
    ("securityhub", "acceptadministratorinvitation"),
];

/// Whether requests for an action carry `aws:ResourceAccount` and its relatives (K-23 … K-25).
#[must_use]
pub fn carries_resource_account(service: &str, action: &str) -> bool {
    !WITHOUT_RESOURCE_ACCOUNT
        .iter()
        .any(|(name, only)| *name == service && (*only == "*" || *only == action))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_rcp_services_is_sorted_and_complete() {
        assert!(RCP_SERVICES.is_sorted());
        assert_eq!(RCP_SERVICES.len(), 62);
        assert!(accepts_rcps("s3"));
        assert!(!accepts_rcps("es"), "RCP-21: no alias");
        assert!(!accepts_rcps("lambda"));
    }
}
