//! The context keys that conditions are about, with what they are compared with and what requests
//! carry.

/// How a key is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Text,
    Number,
    Date,
    Bool,
    Address,
    Arn,
    Bytes,
    Several,
}

/// A context key.
#[derive(Debug)]
pub(crate) struct KeyRow {
    pub(crate) name: &'static str,
    pub(crate) sort: Sort,
    /// What policies compare it with.
    pub(crate) compared: &'static [&'static str],
    /// What requests carry; empty for keys that only follow from the scenario.
    pub(crate) carried: &'static [&'static str],
}

impl KeyRow {
    /// Whether its value follows from nothing but what the request states.
    pub(crate) fn is_stated(&self) -> bool {
        let prefixes = [
            "aws:Principal",
            "aws:Resource",
            "aws:RequestTag",
            "aws:CalledVia",
            "aws:Via",
            "ec2:ResourceTag",
        ];
        let others = [
            "aws:username",
            "aws:RequestedRegion",
            "aws:SourceVpce",
            "aws:SourceVpc",
            "aws:VpcSourceIp",
            "aws:SourceAccount",
            "aws:SourceOrgID",
            "aws:SourceOrgPaths",
            "aws:SourceArn",
            "aws:SourceIdentity",
            "aws:FederatedProvider",
            "aws:AssumedRoot",
            "aws:TagKeys",
            "s3:ResourceAccount",
            "kms:CallerAccount",
            "kms:ViaService",
        ];
        !prefixes.iter().any(|prefix| self.name.starts_with(prefix)) && !others.contains(&self.name)
    }
}

const fn row(
    name: &'static str,
    sort: Sort,
    compared: &'static [&'static str],
    carried: &'static [&'static str],
) -> KeyRow {
    KeyRow {
        name,
        sort,
        compared,
        carried,
    }
}

const NAMES: &[&str] = &[
    "a",
    "a*",
    "*b",
    "a?b",
    "A",
    "home/*",
    "*",
    "${aws:username}",
    "${aws:PrincipalTag/team}",
    "${aws:PrincipalTag/team, 'a'}",
    "${example:Name}",
    "a${*}",
    "x${aws:userid}",
    "${aws:TagKeys}",
    "",
];
/// The same without an empty text: a key that every request carries has one that is not.
const PLAIN_NAMES: &[&str] = &[
    "a",
    "a*",
    "*b",
    "a?b",
    "A",
    "home/*",
    "*",
    "${aws:username}",
    "${aws:PrincipalTag/team}",
    "${aws:PrincipalTag/team, 'a'}",
    "${example:Name}",
    "a${*}",
    "x${aws:userid}",
    "${aws:TagKeys}",
];
const CARRIED: &[&str] = &["a", "ab", "axb", "A", "home/x", "ann", "blue", "a*", "zzz"];
const ACCOUNTS: &[&str] = &[
    "111111111111",
    "222222222222",
    "333333333333",
    "999999999999",
    "2222*",
    "${aws:PrincipalAccount}",
    "${aws:ResourceAccount}",
];
const ORGANIZATIONS: &[&str] = &[
    "o-a1b2c3d4e5",
    "o-zzzzzzzzzz",
    "o-*",
    "${aws:PrincipalOrgID}",
];
const PATHS: &[&str] = &[
    "o-a1b2c3d4e5/r-ab12/",
    "o-a1b2c3d4e5/*",
    "o-a1b2c3d4e5/r-ab12/ou-ab12-00000001/*",
    "o-a1b2c3d4e5/r-ab12/ou-*",
    "o-zzzzzzzzzz/*",
];
const ARNS: &[&str] = &[
    "arn:aws:iam::222222222222:user/ann",
    "arn:aws:iam::*:user/ann",
    "arn:aws:iam::*:role/*",
    "arn:*:iam::222222222222:role/team/app",
    "arn:aws:iam::222222222222:role/app",
    "arn:aws:iam::333333333333:*",
    "arn:aws:iam::*:root",
    "arn:aws:sts::*:federated-user/*",
    "arn:aws:iam::${aws:PrincipalAccount}:*",
    "arn:aws:iam::222222222222:user/${aws:username}",
    "${aws:PrincipalArn}",
    "not-an-arn",
];
const SERVICES: &[&str] = &["cloudformation.amazonaws.com", "athena.amazonaws.com", "a*"];

pub(crate) const ROWS: &[KeyRow] = &[
    row("s3:prefix", Sort::Text, NAMES, CARRIED),
    row("example:Name", Sort::Text, NAMES, CARRIED),
    row("aws:UserAgent", Sort::Text, PLAIN_NAMES, CARRIED),
    row("aws:referer", Sort::Text, PLAIN_NAMES, CARRIED),
    row(
        "aws:PrincipalTag/team",
        Sort::Text,
        &["blue", "red", "Blue", "b*", "${s3:prefix}"],
        &["blue", "a*"],
    ),
    row(
        "aws:RequestTag/team",
        Sort::Text,
        &["blue", "${aws:PrincipalTag/team}", "r?d"],
        &[],
    ),
    row(
        "aws:ResourceTag/env",
        Sort::Text,
        &["prod", "dev", "p*", "${aws:PrincipalTag/team}"],
        &["prod"],
    ),
    row(
        "aws:username",
        Sort::Text,
        &["ann", "Ann", "b?b", "${aws:username}", "*"],
        &["ann"],
    ),
    row(
        "aws:userid",
        Sort::Text,
        &[
            "AIDA1",
            "*:s1",
            "222222222222",
            "anonymous",
            "888888888888:guest",
        ],
        &["AIDA1", "AROA1:s1"],
    ),
    row(
        "aws:PrincipalAccount",
        Sort::Text,
        ACCOUNTS,
        &["222222222222"],
    ),
    row(
        "aws:PrincipalOrgID",
        Sort::Text,
        ORGANIZATIONS,
        &["o-zzzzzzzzzz"],
    ),
    row(
        "aws:PrincipalType",
        Sort::Text,
        &["User", "AssumedRole", "Account", "Anonymous", "*"],
        &["User"],
    ),
    row(
        "aws:ResourceAccount",
        Sort::Text,
        ACCOUNTS,
        &["222222222222"],
    ),
    row(
        "aws:ResourceOrgID",
        Sort::Text,
        ORGANIZATIONS,
        &["o-zzzzzzzzzz"],
    ),
    row(
        "aws:RequestedRegion",
        Sort::Text,
        &["eu-west-1", "us-east-1", "eu-*"],
        &["eu-west-1"],
    ),
    row(
        "s3:ResourceAccount",
        Sort::Text,
        ACCOUNTS,
        &["222222222222"],
    ),
    row("kms:CallerAccount", Sort::Text, ACCOUNTS, &["222222222222"]),
    row(
        "kms:ViaService",
        Sort::Text,
        &[
            "athena.eu-west-1.amazonaws.com",
            "*.us-east-1.amazonaws.com",
            "a*",
        ],
        &["athena.eu-west-1.amazonaws.com"],
    ),
    row(
        "ec2:ResourceTag/env",
        Sort::Text,
        &["prod", "dev", "p*"],
        &["prod"],
    ),
    row(
        "aws:SourceVpce",
        Sort::Text,
        &["vpce-1", "vpce-2", "vpce-*"],
        &["vpce-1"],
    ),
    row("aws:SourceVpc", Sort::Text, &["vpc-1", "vpc-?"], &["vpc-1"]),
    row("aws:PrincipalServiceName", Sort::Text, SERVICES, &[]),
    row("aws:SourceAccount", Sort::Text, ACCOUNTS, &["222222222222"]),
    row("aws:SourceOrgID", Sort::Text, ORGANIZATIONS, &[]),
    row("aws:SourceIdentity", Sort::Text, &["ann", "a*"], &["ann"]),
    row(
        "aws:FederatedProvider",
        Sort::Text,
        &[
            "cognito-identity.amazonaws.com",
            "arn:aws:iam::*:oidc-provider/accounts.example.com",
            "*",
        ],
        &[],
    ),
    row("aws:CalledViaFirst", Sort::Text, SERVICES, &[]),
    row("aws:CalledViaLast", Sort::Text, SERVICES, &[]),
    row(
        "ec2:InstanceType",
        Sort::Text,
        &["t2.micro", "t2.*", "m5.*"],
        &["t2.micro", "m5.large"],
    ),
    row(
        "s3:max-keys",
        Sort::Number,
        &["10", "10.0", "-1.5", "0", "11", "ten"],
        &["10", "9.99", "10.5", "-2", "0", "many"],
    ),
    row(
        "aws:MultiFactorAuthAge",
        Sort::Number,
        &["300", "3600"],
        &["299", "300", "3600.5"],
    ),
    row(
        "aws:EpochTime",
        Sort::Number,
        &["1767225600", "1780315200"],
        &[],
    ),
    row(
        "aws:CurrentTime",
        Sort::Date,
        &[
            "2026-01-01",
            "2026-01-01T00:00:01Z",
            "1767225600",
            "2026-06-01T12:00:00+02:00",
            "soon",
        ],
        &[],
    ),
    row(
        "aws:TokenIssueTime",
        Sort::Date,
        &["2026-01-01T00:00:00Z", "2025-12"],
        &[
            "2026-01-01T00:00:00.5Z",
            "2025-11-30T23:59:59Z",
            "1767225600",
            "never",
        ],
    ),
    row(
        "aws:SecureTransport",
        Sort::Bool,
        &["true", "false", "True"],
        &["true", "false"],
    ),
    row(
        "aws:MultiFactorAuthPresent",
        Sort::Bool,
        &["true", "false"],
        &["true", "false"],
    ),
    row("aws:ViaAWSService", Sort::Bool, &["true", "false"], &[]),
    row(
        "aws:PrincipalIsAWSService",
        Sort::Bool,
        &["true", "false"],
        &[],
    ),
    row("aws:AssumedRoot", Sort::Bool, &["true", "false"], &[]),
    row(
        "aws:SourceIp",
        Sort::Address,
        &[
            "10.0.0.0/8",
            "10.1.0.0/16",
            "0.0.0.0/0",
            "203.0.113.7",
            "2001:db8::/32",
            "203.0.113.9/24",
            "office",
        ],
        &[
            "10.1.2.3",
            "203.0.113.7",
            "2001:DB8::1",
            "fe80::1",
            "9.255.255.255",
        ],
    ),
    row(
        "aws:VpcSourceIp",
        Sort::Address,
        &["10.0.0.0/8", "10.1.0.0/16"],
        &["10.1.2.3", "172.16.0.1"],
    ),
    row(
        "aws:PrincipalArn",
        Sort::Arn,
        ARNS,
        &["arn:aws:iam::222222222222:user/ann", "nobody"],
    ),
    row(
        "aws:SourceArn",
        Sort::Arn,
        &[
            "arn:aws:sns:*:222222222222:*",
            "arn:aws:sns:eu-west-1:222222222222:t:u",
            "arn:aws:s3:::*",
        ],
        &["arn:aws:sns:eu-west-1:222222222222:t"],
    ),
    row(
        "ec2:SourceInstanceArn",
        Sort::Arn,
        &[
            "arn:aws:ec2:*:*:instance/*",
            "arn:aws:ec2:eu-west-1:222222222222:instance/${example:Name}",
        ],
        &[
            "arn:aws:ec2:eu-west-1:222222222222:instance/a",
            "arn:aws:ec2:eu-west-1:999999999999:x/a:222222222222:instance/a",
        ],
    ),
    row(
        "aws:PrincipalOrgPaths",
        Sort::Several,
        PATHS,
        &["o-a1b2c3d4e5/r-ab12/"],
    ),
    row(
        "aws:ResourceOrgPaths",
        Sort::Several,
        PATHS,
        &["o-a1b2c3d4e5/r-ab12/"],
    ),
    row(
        "aws:TagKeys",
        Sort::Several,
        &["team", "env", "t*", "Team"],
        &[],
    ),
    row("aws:CalledVia", Sort::Several, SERVICES, &[]),
    row(
        "aws:PrincipalServiceNamesList",
        Sort::Several,
        SERVICES,
        &["cloudformation.amazonaws.com"],
    ),
    row("aws:SourceOrgPaths", Sort::Several, PATHS, &[]),
    row(
        "dynamodb:Attributes",
        Sort::Several,
        &["a", "b", "a*", "*b", "c"],
        &["a", "b", "c", "ab", "zzz"],
    ),
    row(
        "example:Bytes",
        Sort::Bytes,
        &["QmluYXJ5", "YQ==", "no!"],
        &["QmluYXJ5", "YQ==", "YWI="],
    ),
];
