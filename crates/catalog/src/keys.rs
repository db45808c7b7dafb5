//! Facts about context keys.

/// Context keys with several values (SET-8; K-4, K-11, K-22, K-25, K-28, K-36, K-40), lower case,
/// in order.
const MULTIVALUED: &[&str] = &[
    "account:accountresourceorgpaths",
    "account:alternatecontacttypes",
    "acm:domainnames",
    "aws:calledvia",
    "aws:principalorgpaths",
    "aws:principalservicenameslist",
    "aws:resourceorgpaths",
    "aws:sourceorgpaths",
    "aws:tagkeys",
    "aws:vpceorgpaths",
    "backup:copytargetorgpaths",
    "backup:copytargets",
    "cloudformation:resourcetypes",
    "dynamodb:attributes",
    "dynamodb:leadingkeys",
    "elasticloadbalancing:listenerprotocol",
    "elasticloadbalancing:securitygroup",
    "elasticloadbalancing:subnet",
    "glue:securitygroupids",
    "glue:subnetids",
    "glue:vpcids",
    "kms:encryptioncontextkeys",
    "kms:grantoperations",
    "kms:resourcealiases",
    "lambda:layer",
    "lambda:securitygroupids",
    "lambda:subnetids",
    "route53:changeresourcerecordsetsactions",
    "route53:changeresourcerecordsetsnormalizedrecordnames",
    "route53:changeresourcerecordsetsrecordtypes",
    "s3:inventoryaccessibleoptionalfields",
    "s3:requestobjecttagkeys",
    "sagemaker:instancetypes",
    "sagemaker:vpcsecuritygroupids",
    "sagemaker:vpcsubnets",
    "saml:edupersonaffiliation",
    "saml:edupersonentitlement",
    "secretsmanager:addreplicaregions",
    "ses:recipients",
    "sts:transitivetagkeys",
];

/// Whether a context key, given in lower case, takes several values.
#[must_use]
pub fn is_multivalued(key: &str) -> bool {
    MULTIVALUED.binary_search(&key).is_ok()
}

/// Keys for which a wildcard makes no sense (KEY-1), in lower case, in order.
const WITHOUT_WILDCARD: &[&str] = &[
    "aws:principalaccount",
    "aws:principalorgid",
    "aws:resourceaccount",
    "aws:resourceorgid",
    "aws:sourceaccount",
    "aws:sourceorgid",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:vpceaccount",
    "aws:vpceorgid",
];

/// Whether the values of a context key, given in lower case, are whole ids: a pattern would also
/// match the ids of strangers (KEY-1).
#[must_use]
pub fn takes_whole_ids(key: &str) -> bool {
    WITHOUT_WILDCARD.binary_search(&key).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_in_order() {
        assert!(MULTIVALUED.is_sorted());
        assert!(WITHOUT_WILDCARD.is_sorted());
    }

    #[test]
    fn tags_have_one_value_each_and_the_list_of_their_names_several() {
        assert!(is_multivalued("aws:tagkeys"));
        assert!(!is_multivalued("aws:requesttag/team"));
        assert!(!is_multivalued("aws:principalorgid"));
    }
}
