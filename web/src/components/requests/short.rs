//! An ARN cut to what tells it from others.

/// The resource part of an ARN, `instance/*`; any other text as it is.
pub(crate) fn short_arn(arn: &str) -> &str {
    let mut parts = arn.splitn(6, ':');
    if parts.next() != Some("arn") {
        return arn;
    }
    match parts.nth(4) {
        Some(resource) if !resource.is_empty() => resource,
        _ => arn,
    }
}

#[cfg(test)]
mod tests {
    use super::short_arn;

    #[test]
    fn the_resource_part_is_what_is_shown() {
        assert_eq!(
            short_arn("arn:aws:ec2:us-east-2:222222222222:instance/*"),
            "instance/*"
        );
        assert_eq!(short_arn("arn:aws:s3:::logs/app:1"), "logs/app:1");
        assert_eq!(short_arn("*"), "*");
        assert_eq!(short_arn("arn:aws:s3"), "arn:aws:s3");
        assert_eq!(short_arn("arn:aws:s3:::"), "arn:aws:s3:::");
    }
}
