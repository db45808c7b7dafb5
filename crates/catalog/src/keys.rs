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

/// A global key: its name in lower case, and as AWS spells it.
type Global = (&'static str, &'static str);

const RESOURCE_TAG: Global = ("aws:resourcetag/", "aws:ResourceTag/");

/// Keys of services that say what a global key says (K-43): the service's own key, in lower case
/// and in order, and the global one. Those that end in `/` are families of tags.
const REPEATED: &[(&str, Global)] = &[
    ("autoscaling:resourcetag/", RESOURCE_TAG),
    ("ec2:region", ("aws:requestedregion", "aws:RequestedRegion")),
    ("ec2:resourcetag/", RESOURCE_TAG),
    ("ecs:resourcetag/", RESOURCE_TAG),
    ("elasticloadbalancing:resourcetag/", RESOURCE_TAG),
    ("iam:resourcetag/", RESOURCE_TAG),
    (
        "kms:calleraccount",
        ("aws:principalaccount", "aws:PrincipalAccount"),
    ),
    (
        "s3:resourceaccount",
        ("aws:resourceaccount", "aws:ResourceAccount"),
    ),
    ("sagemaker:resourcetag/", RESOURCE_TAG),
    ("secretsmanager:resourcetag/", RESOURCE_TAG),
    ("ssm:resourcetag/", RESOURCE_TAG),
];

/// A global key that a service has under a name of its own, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RepeatedKey<'a> {
    /// The global key in lower case, or the prefix of a family of tags.
    pub global: &'static str,
    /// The same as AWS spells it.
    pub spelled: &'static str,
    /// The tag; empty unless it is a family of tags.
    pub tag: &'a str,
}

/// The global key that a key, given in lower case, says again in calls to a service (K-43).
#[must_use]
pub fn repeated_key<'a>(service: &str, key: &'a str) -> Option<RepeatedKey<'a>> {
    let (prefix, _) = key.split_once(':')?;
    if prefix != service {
        return None;
    }
    REPEATED.iter().find_map(|(own, (global, spelled))| {
        let tag = key.strip_prefix(own)?;
        (tag.is_empty() || own.ends_with('/')).then_some(RepeatedKey {
            global,
            spelled,
            tag,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_in_order() {
        assert!(MULTIVALUED.is_sorted());
        assert!(SINGLE_VALUED.is_sorted());
        assert!(WITHOUT_WILDCARD.is_sorted());
        assert!(REPEATED.is_sorted());
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

    #[test]
    fn a_key_is_repeated_in_calls_to_its_own_service() {
        let found = |service, key| repeated_key(service, key).map(|it| (it.global, it.tag));
        let tag = Some(("aws:resourcetag/", "team"));
        assert_eq!(found("ec2", "ec2:resourcetag/team"), tag);
        assert_eq!(found("iam", "ec2:resourcetag/team"), None);
        assert_eq!(found("ec2", "ec2:regions"), None);
        let owner = Some(("aws:resourceaccount", ""));
        assert_eq!(found("s3", "s3:resourceaccount"), owner);
        for (_, (global, spelled)) in REPEATED {
            assert_eq!(spelled.to_ascii_lowercase(), *global);
        }
    }
}
