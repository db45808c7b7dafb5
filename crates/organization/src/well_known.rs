//! Policies that need no entry in a scenario. What a link means must not change with a download,
//! so the list is closed.

use policy::Kind;

/// A policy that every scenario can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WellKnownPolicy {
    /// Its name, which is also its id in a scenario.
    pub name: &'static str,
    /// Its kind.
    pub kind: Kind,
    /// The date of the version that is built in.
    pub as_of: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// The SCP that AWS attaches to everything when SCPs are enabled (ORG-13).
pub const FULL_AWS_ACCESS: &str = "FullAWSAccess";
/// The RCP that is attached to everything while RCPs are enabled (ORG-13, ORG-17).
pub const RCP_FULL_AWS_ACCESS: &str = "RCPFullAWSAccess";

/// All policies that every scenario can name.
pub static WELL_KNOWN: [WellKnownPolicy; 5] = [
    WellKnownPolicy {
        name: FULL_AWS_ACCESS,
        kind: Kind::Scp,
        as_of: "2017-02-27",
        text: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "*",
      "Resource": "*"
    }
  ]
}"#,
    },
    WellKnownPolicy {
        name: RCP_FULL_AWS_ACCESS,
        kind: Kind::Rcp,
        as_of: "2024-11-13",
        text: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": "*",
      "Action": "*",
      "Resource": "*"
    }
  ]
}"#,
    },
    // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html, v1
    WellKnownPolicy {
        name: "AdministratorAccess",
        kind: Kind::Identity,
        as_of: "2015-02-06",
        text: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "*",
      "Resource": "*"
    }
  ]
}"#,
    },
    // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/PowerUserAccess.html, v12
    WellKnownPolicy {
        name: "PowerUserAccess",
        kind: Kind::Identity,
        as_of: "2026-02-12",
        text: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "NotAction": [
        "iam:*",
        "organizations:*",
        "account:*"
      ],
      "Resource": "*"
    },
    {
      "Effect": "Allow",
      "Action": [
        "account:GetAccountInformation",
        "account:GetGovCloudAccountInformation",
        "account:GetPrimaryEmail",
        "account:ListRegions",
        "iam:CreateServiceLinkedRole",
        "iam:DeleteServiceLinkedRole",
        "iam:ListRoles",
        "organizations:DescribeEffectivePolicy",
        "organizations:DescribeOrganization"
      ],
      "Resource": "*"
    }
  ]
}"#,
    },
    // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/IAMFullAccess.html, v2
    WellKnownPolicy {
        name: "IAMFullAccess",
        kind: Kind::Identity,
        as_of: "2019-06-21",
        text: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "iam:*",
        "organizations:DescribeAccount",
        "organizations:DescribeOrganization",
        "organizations:DescribeOrganizationalUnit",
        "organizations:DescribePolicy",
        "organizations:ListChildren",
        "organizations:ListParents",
        "organizations:ListPoliciesForTarget",
        "organizations:ListRoots",
        "organizations:ListPolicies",
        "organizations:ListTargetsForPolicy"
      ],
      "Resource": "*"
    }
  ]
}"#,
    },
];

/// The well-known policy with this id.
#[must_use]
pub fn well_known(id: &str) -> Option<&'static WellKnownPolicy> {
    WELL_KNOWN.iter().find(|policy| policy.name == id)
}
