//! Resources whose owner follows from the call, and those that policies do not share.

/// Types of EC2 resources that `ec2:RunInstances` uses and does not make (K-27).
const USED_BY_INSTANCES: [&str; 8] = [
    "capacity-reservation",
    "image",
    "key-pair",
    "launch-template",
    "placement-group",
    "security-group",
    "snapshot",
    "subnet",
];

/// Whether a resource always belongs to the account that calls, where its ARN names no account
/// . `service` and `name` are those of the action, in lower case.
#[must_use]
pub fn belongs_to_caller(service: &str, name: &str, arn: &str) -> bool {
    let of_service = matches!(nameless(arn), Some(("route53" | "apigateway", _)));
    of_service || (service, name) == ("s3", "createbucket")
}

/// Whether a resource is shared by other means than policies, so that the caller's own policies
/// decide, whoever owns it.
#[must_use]
pub fn is_shared_without_policy(arn: &str) -> bool {
    nameless(arn).is_some_and(|(service, resource)| match service {
        "ec2" => resource.starts_with("image/") || resource.starts_with("snapshot/"),
        "ssm" => resource.starts_with("parameter/aws/"),
        "bedrock" => resource.starts_with("foundation-model/"),
        _ => false,
    })
}

/// Whether the tags that a call passes can go to a resource (K-27). `service` and `name` are those
/// of the action, in lower case.
#[must_use]
pub fn takes_request_tags(service: &str, name: &str, arn: &str) -> bool {
    let resource = arn.splitn(6, ':').nth(5).unwrap_or_default();
    let sort = resource.split('/').next().unwrap_or_default();
    (service, name) != ("ec2", "runinstances") || !USED_BY_INSTANCES.contains(&sort)
}

/// Service and resource of an ARN that names no account.
fn nameless(arn: &str) -> Option<(&str, &str)> {
    let mut parts = arn.strip_prefix("arn:")?.splitn(5, ':').skip(1);
    let (service, _, account) = (parts.next()?, parts.next()?, parts.next()?);
    let resource = parts.next()?;
    account.is_empty().then_some((service, resource))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_in_the_arn_is_the_owner() {
        assert!(belongs_to_caller(
            "route53",
            "gethostedzone",
            "arn:aws:route53:::hostedzone/Z1"
        ));
        assert!(!belongs_to_caller("s3", "getobject", "arn:aws:s3:::data/x"));
        assert!(is_shared_without_policy(
            "arn:aws:ec2:eu-west-1::image/ami-1"
        ));
        assert!(!is_shared_without_policy(
            "arn:aws:ec2:eu-west-1:111111111111:image/ami-1"
        ));
        assert!(!is_shared_without_policy(
            "arn:aws:ssm:eu-west-1::parameter/own"
        ));
    }
}
