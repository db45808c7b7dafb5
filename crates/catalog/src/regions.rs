//! Services that are called in one region only.

/// Services whose only endpoint is in one region (K-29): service prefix and region, in order.
const GLOBAL_SERVICES: &[(&str, &str)] = &[
    ("account", "us-east-1"),
    ("budgets", "us-east-1"),
    ("ce", "us-east-1"),
    ("chatbot", "us-west-2"),
    ("cloudfront", "us-east-1"),
    ("cur", "us-east-1"),
    ("devicefarm", "us-west-2"),
    ("globalaccelerator", "us-west-2"),
    ("health", "us-east-1"),
    ("iam", "us-east-1"),
    ("importexport", "us-east-1"),
    ("networkmanager", "us-west-2"),
    ("organizations", "us-east-1"),
    ("route53", "us-east-1"),
    ("route53domains", "us-east-1"),
    ("savingsplans", "us-east-1"),
    ("shield", "us-east-1"),
    ("support", "us-east-1"),
    ("waf", "us-east-1"),
];

/// The region that a service is always called in, if there is only one (K-29); in the partition
/// `aws`.
#[must_use]
pub fn global_region(service: &str) -> Option<&'static str> {
    let at = GLOBAL_SERVICES
        .binary_search_by_key(&service, |(name, _)| name)
        .ok()?;
    GLOBAL_SERVICES.get(at).map(|(_, region)| *region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_sts_is_not_in_it() {
        assert!(GLOBAL_SERVICES.is_sorted());
        assert_eq!(global_region("iam"), Some("us-east-1"));
        assert_eq!(global_region("devicefarm"), Some("us-west-2"));
        assert_eq!(global_region("globalaccelerator"), Some("us-west-2"));
        assert_eq!(global_region("sts"), None, "it has regional endpoints");
        assert_eq!(global_region("wafv2"), None);
    }
}
