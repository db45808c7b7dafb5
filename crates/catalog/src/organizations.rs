//! What AWS Organizations accepts, day by day: quotas, the language of SCPs and the services of
//! RCPs.

use crate::date::Date;
use crate::dated::{Dated, newest};

/// How many SCPs and RCPs there may be, and how long (Q-1 … Q-6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// SCPs attached directly to one root, OU or account.
    pub scps_per_node: usize,
    /// Characters of an SCP.
    pub scp_characters: usize,
    /// SCPs of an organization.
    pub scps: usize,
    /// RCPs attached directly to one root, OU or account, the managed one counted.
    pub rcps_per_node: usize,
    /// Characters of an RCP.
    pub rcp_characters: usize,
    /// RCPs of an organization.
    pub rcps: usize,
}

const EARLY: Dated<Quotas> = Dated {
    since: Date::new(2017, 2, 27),
    value: Quotas {
        scps_per_node: 5,
        scp_characters: 5_120,
        scps: 1_000,
        rcps_per_node: 5,
        rcp_characters: 5_120,
        rcps: 1_000,
    },
};

/// The quotas of each time. The day on which those of a whole organization rose is not
/// known: they stand with those of SCPs.
static QUOTAS: [Dated<Quotas>; 2] = [
    EARLY,
    Dated {
        since: Date::new(2026, 5, 15),
        value: Quotas {
            scps_per_node: 10,
            scp_characters: 10_240,
            scps: 10_000,
            rcps: 2_000,
            ..EARLY.value
        },
    },
];

/// The quotas on a day; those of the first day for days before it.
#[must_use]
pub fn quotas(as_of: Date) -> &'static Dated<Quotas> {
    newest(&QUOTAS, as_of).unwrap_or(&QUOTAS[0])
}

/// The first day on which SCPs took the full policy language (SCP-40, SCP-41).
const FULL_SCP_LANGUAGE: Date = Date::new(2025, 9, 19);

/// Whether SCPs take the full policy language on a day. Before, an Allow took only `Action` and
/// all resources, nothing took `NotResource`, and a wildcard in an action stood at its end
/// (SCP-49).
#[must_use]
pub fn has_full_scp_language(as_of: Date) -> bool {
    as_of >= FULL_SCP_LANGUAGE
}

/// Services whose actions accept RCPs at launch (RCP-20), in order.
const RCP_SERVICES_AT_LAUNCH: &[&str] = &["kms", "s3", "secretsmanager", "sqs", "sts"];

/// Services whose actions accept RCPs (RCP-7, RCP-21), in order.
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

static RCP_SERVICE_LISTS: [Dated<&[&str]>; 2] = [
    Dated {
        since: Date::new(2024, 11, 13),
        value: RCP_SERVICES_AT_LAUNCH,
    },
    Dated {
        since: Date::new(2026, 9, 26),
        value: RCP_SERVICES,
    },
];

/// The services whose actions accept RCPs on a day, as prefixes in lower case and in order; none
/// before there were RCPs (RCP-7, RCP-20).
#[must_use]
pub fn rcp_services(as_of: Date) -> Option<&'static Dated<&'static [&'static str]>> {
    newest(&RCP_SERVICE_LISTS, as_of)
}

/// Whether RCPs reach a service on a day; the service is a prefix in lower case, taken literally
/// (RCP-7, RCP-21).
#[must_use]
pub fn accepts_rcps(service: &str, as_of: Date) -> bool {
    rcp_services(as_of).is_some_and(|list| list.value.binary_search(&service).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AS_OF;

    fn on(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn the_lists_of_rcp_services_are_in_order_and_complete() {
        assert!(RCP_SERVICES_AT_LAUNCH.is_sorted());
        assert!(RCP_SERVICES.is_sorted());
        assert_eq!(RCP_SERVICES.len(), 62);
        for service in RCP_SERVICES_AT_LAUNCH {
            assert!(RCP_SERVICES.contains(service), "{service}");
        }
    }

    #[test]
    fn rcps_reach_the_services_of_the_day() {
        assert!(accepts_rcps("s3", AS_OF));
        assert!(accepts_rcps("dynamodb", AS_OF));
        assert!(!accepts_rcps("lambda", AS_OF));
        assert!(!accepts_rcps("es", AS_OF), "RCP-21: no alias");
        assert!(!accepts_rcps("dynamodb", on("2026-09-25")));
        assert!(accepts_rcps("dynamodb", on("2026-09-26")));
        assert!(accepts_rcps("s3", on("2024-11-13")));
        assert!(!accepts_rcps("s3", on("2024-11-12")), "there were no RCPs");
        assert_eq!(rcp_services(on("2024-11-12")), None);
        let launch = rcp_services(on("2025-06-01")).unwrap();
        assert_eq!(launch.since, on("2024-11-13"));
    }

    #[test]
    fn the_quotas_of_scps_rose_in_2026() {
        let before = quotas(on("2026-05-14"));
        assert_eq!(before.value.scps_per_node, 5);
        assert_eq!(before.value.scp_characters, 5_120);
        let after = quotas(on("2026-05-15"));
        assert_eq!(after.value.scps_per_node, 10);
        assert_eq!(after.value.scp_characters, 10_240);
        assert_eq!(after.value.rcps_per_node, 5);
        assert_eq!(after.value.rcp_characters, 5_120);
        assert_eq!(quotas(AS_OF), after);
        assert_eq!(quotas(on("1999-01-01")), before);
    }

    #[test]
    fn scps_took_the_full_language_in_2025() {
        assert!(!has_full_scp_language(on("2025-09-18")));
        assert!(has_full_scp_language(on("2025-09-19")));
        assert!(has_full_scp_language(AS_OF));
    }
}
