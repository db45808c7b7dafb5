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

/// Global context keys with one value (SET-8; K-1 … K-41), lower case, in order.
const SINGLE_VALUED: &[&str] = &[
    "aws:assumedroot",
    "aws:calledviafirst",
    "aws:calledvialast",
    "aws:currenttime",
    "aws:ec2instancesourceprivateipv4",
    "aws:ec2instancesourcevpc",
    "aws:epochtime",
    "aws:federatedprovider",
    "aws:multifactorauthage",
    "aws:multifactorauthpresent",
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalisawsservice",
    "aws:principalorgid",
    "aws:principalservicename",
    "aws:principaltype",
    "aws:referer",
    "aws:requestedregion",
    "aws:resourceaccount",
    "aws:resourceorgid",
    "aws:securetransport",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceidentity",
    "aws:sourceip",
    "aws:sourceorgid",
    "aws:sourcevpc",
    "aws:sourcevpcarn",
    "aws:sourcevpce",
    "aws:tokenissuetime",
    "aws:useragent",
    "aws:userid",
    "aws:username",
    "aws:viaawsservice",
    "aws:vpceaccount",
    "aws:vpceorgid",
    "aws:vpcsourceip",
];

/// Whether a context key, given in lower case, is known to have one value. Keys of services are
/// not.
#[must_use]
pub fn is_single_valued(key: &str) -> bool {
    const TAGS: [&str; 3] = ["aws:principaltag/", "aws:requesttag/", "aws:resourcetag/"];
    SINGLE_VALUED.binary_search(&key).is_ok() || TAGS.iter().any(|tag| key.starts_with(tag))
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
        assert!(SINGLE_VALUED.is_sorted());
        assert!(WITHOUT_WILDCARD.is_sorted());
    }

    #[test]
    fn tags_have_one_value_each_and_the_list_of_their_names_several() {
        assert!(is_multivalued("aws:tagkeys"));
        assert!(!is_single_valued("aws:tagkeys"));
        for key in ["aws:requesttag/team", "aws:principalorgid"] {
            assert!(is_single_valued(key), "{key}");
            assert!(!is_multivalued(key), "{key}");
        }
        let both = MULTIVALUED.iter().find(|key| is_single_valued(key));
        assert_eq!(both, None);
    }
}
