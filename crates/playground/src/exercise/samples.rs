//! Actions that guardrails are often about, and what each acts on.

/// Action and resource, with `{region}` and `{account}` where those of the call stand; in order.
const SAMPLES: &[(&str, &str)] = &[
    ("account:CloseAccount", "*"),
    (
        "bedrock:InvokeModel",
        "arn:aws:bedrock:{region}::foundation-model/example",
    ),
    (
        "cloudformation:CreateStack",
        "arn:aws:cloudformation:{region}:{account}:stack/example/*",
    ),
    (
        "cloudtrail:DeleteTrail",
        "arn:aws:cloudtrail:{region}:{account}:trail/example",
    ),
    ("cloudtrail:DescribeTrails", "*"),
    (
        "cloudtrail:StopLogging",
        "arn:aws:cloudtrail:{region}:{account}:trail/example",
    ),
    ("config:DeleteConfigurationRecorder", "*"),
    ("config:StopConfigurationRecorder", "*"),
    (
        "dynamodb:GetItem",
        "arn:aws:dynamodb:{region}:{account}:table/example",
    ),
    (
        "dynamodb:PutItem",
        "arn:aws:dynamodb:{region}:{account}:table/example",
    ),
    (
        "ec2:AuthorizeSecurityGroupIngress",
        "arn:aws:ec2:{region}:{account}:security-group/sg-0123456789abcdef0",
    ),
    ("ec2:CreateVpc", "arn:aws:ec2:{region}:{account}:vpc/*"),
    (
        "ec2:DeleteFlowLogs",
        "arn:aws:ec2:{region}:{account}:vpc-flow-log/fl-0123456789abcdef0",
    ),
    ("ec2:DescribeInstances", "*"),
    (
        "ec2:RunInstances",
        "arn:aws:ec2:{region}:{account}:instance/*",
    ),
    (
        "ec2:TerminateInstances",
        "arn:aws:ec2:{region}:{account}:instance/i-0123456789abcdef0",
    ),
    (
        "ecs:RunTask",
        "arn:aws:ecs:{region}:{account}:task-definition/example:1",
    ),
    (
        "guardduty:DeleteDetector",
        "arn:aws:guardduty:{region}:{account}:detector/example",
    ),
    (
        "iam:AttachRolePolicy",
        "arn:aws:iam::{account}:role/example",
    ),
    ("iam:CreateAccessKey", "arn:aws:iam::{account}:user/example"),
    ("iam:CreateRole", "arn:aws:iam::{account}:role/example"),
    ("iam:CreateUser", "arn:aws:iam::{account}:user/example"),
    ("iam:DeleteRole", "arn:aws:iam::{account}:role/example"),
    ("iam:ListUsers", "*"),
    ("iam:PassRole", "arn:aws:iam::{account}:role/example"),
    ("kms:Decrypt", "arn:aws:kms:{region}:{account}:key/example"),
    (
        "kms:ScheduleKeyDeletion",
        "arn:aws:kms:{region}:{account}:key/example",
    ),
    (
        "lambda:CreateFunction",
        "arn:aws:lambda:{region}:{account}:function:example",
    ),
    (
        "lambda:InvokeFunction",
        "arn:aws:lambda:{region}:{account}:function:example",
    ),
    (
        "logs:DeleteLogGroup",
        "arn:aws:logs:{region}:{account}:log-group:example",
    ),
    ("organizations:LeaveOrganization", "*"),
    (
        "rds:CreateDBInstance",
        "arn:aws:rds:{region}:{account}:db:example",
    ),
    (
        "route53:ChangeResourceRecordSets",
        "arn:aws:route53:::hostedzone/EXAMPLE",
    ),
    ("s3:CreateBucket", "arn:aws:s3:::example-bucket"),
    ("s3:DeleteBucket", "arn:aws:s3:::example-bucket"),
    ("s3:GetObject", "arn:aws:s3:::example-bucket/example.txt"),
    ("s3:ListAllMyBuckets", "*"),
    ("s3:ListBucket", "arn:aws:s3:::example-bucket"),
    ("s3:PutBucketPolicy", "arn:aws:s3:::example-bucket"),
    ("s3:PutObject", "arn:aws:s3:::example-bucket/example.txt"),
    (
        "secretsmanager:GetSecretValue",
        "arn:aws:secretsmanager:{region}:{account}:secret:example",
    ),
    ("sns:Publish", "arn:aws:sns:{region}:{account}:example"),
    ("sqs:ListQueues", "*"),
    ("sqs:SendMessage", "arn:aws:sqs:{region}:{account}:example"),
    (
        "ssm:GetParameter",
        "arn:aws:ssm:{region}:{account}:parameter/example",
    ),
    ("sts:AssumeRole", "arn:aws:iam::{account}:role/example"),
    ("sts:GetCallerIdentity", "*"),
];

/// Actions of different services to try where a policy names none, the plainest first.
pub(super) const FIRST: [&str; 6] = [
    "ec2:RunInstances",
    "s3:GetObject",
    "iam:CreateUser",
    "s3:ListAllMyBuckets",
    "sqs:SendMessage",
    "organizations:LeaveOrganization",
];

/// Actions to choose from, in order.
pub fn actions() -> impl Iterator<Item = &'static str> {
    SAMPLES.iter().map(|(action, _)| *action)
}

/// What an action acts on, in a region and an account; `*` for one that is not known here.
#[must_use]
pub fn resource_of(action: &str, region: &str, account: &str) -> String {
    let mut samples = SAMPLES.iter();
    let found = samples.find(|(name, _)| name.eq_ignore_ascii_case(action));
    found.map_or_else(
        || "*".to_owned(),
        |(_, resource)| {
            resource
                .replace("{region}", region)
                .replace("{account}", account)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_the_first_ones_are_in_it() {
        assert!(SAMPLES.is_sorted());
        for first in FIRST {
            assert!(actions().any(|action| action == first), "{first}");
        }
    }

    #[test]
    fn a_resource_is_one_of_the_call() {
        let arn = resource_of("EC2:runinstances", "eu-west-1", "222222222222");
        assert_eq!(arn, "arn:aws:ec2:eu-west-1:222222222222:instance/*");
        assert_eq!(resource_of("new:Thing", "eu-west-1", "2"), "*");
    }
}
