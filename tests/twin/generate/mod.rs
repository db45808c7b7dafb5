//! Whole scenarios from a seed, as the text of the file: organizations, principals, policies of
//! every kind, resources, endpoints, requests.

mod conditions;
mod keys;
mod people;
mod policies;
mod requests;
mod tree;

use serde_json::{Map, Value, json};

use crate::dice::Dice;

/// A scenario file from a seed.
pub(crate) fn scenario(seed: u64) -> Value {
    let mut plan = Plan::new(seed);
    plan.people();
    plan.topics();
    let organization = plan.organization();
    plan.holders();
    let requests: Vec<Value> = (0..3).map(|at| plan.request(at)).collect();
    let mut file = json!({
        "version": 1,
        "settings": plan.settings(),
        "defaults": plan.defaults(),
        "externalAccounts": plan.external_accounts(),
        "policies": plan.policies,
        "principals": plan.principals,
        "resources": plan.resources,
        "endpoints": plan.endpoints,
        "requests": requests,
    });
    if let Some(organization) = organization {
        file["organization"] = organization;
    }
    file
}

/// Accounts of the organization, the management account first.
pub(crate) const ACCOUNTS: [&str; 5] = [
    "111111111111",
    "222222222222",
    "333333333333",
    "444444444444",
    "555555555555",
];
/// Accounts outside: in no organization, in another one, in another partition.
pub(crate) const OUTSIDE: [&str; 3] = ["999999999999", "888888888888", "777777777777"];

pub(crate) const ORGANIZATION: &str = "o-a1b2c3d4e5";
pub(crate) const OTHER_ORGANIZATION: &str = "o-zzzzzzzzzz";

/// What the parts of one scenario have in common, so that they concern each other.
pub(crate) struct Plan {
    pub(crate) dice: Dice,
    pub(crate) has_organization: bool,
    pub(crate) partition: &'static str,
    /// Entity paths that conditions can name.
    pub(crate) paths: Vec<String>,
    /// The actions that requests and policies are about.
    pub(crate) actions: Vec<&'static str>,
    /// The resources that requests and policies are about.
    pub(crate) targets: Vec<Target>,
    /// The keys that conditions are about.
    pub(crate) keys: Vec<&'static keys::KeyRow>,
    pub(crate) people: Vec<Person>,
    pub(crate) policies: Vec<Value>,
    pub(crate) principals: Vec<Value>,
    pub(crate) resources: Vec<Value>,
    pub(crate) endpoints: Vec<Value>,
}

/// Something to call.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) arn: String,
    pub(crate) owner: Option<&'static str>,
    /// Whether the scenario says who owns it.
    pub(crate) told: bool,
}

/// Somebody who calls.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) id: &'static str,
    pub(crate) is_role: bool,
    pub(crate) account: &'static str,
    pub(crate) arn: String,
    pub(crate) name: &'static str,
}

impl Plan {
    fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let has_organization = dice.percent(93);
        let partition = if !has_organization || dice.percent(95) {
            "aws"
        } else {
            "aws-cn"
        };
        Self {
            dice,
            has_organization,
            partition,
            paths: Vec::new(),
            actions: Vec::new(),
            targets: Vec::new(),
            keys: Vec::new(),
            people: Vec::new(),
            policies: Vec::new(),
            principals: Vec::new(),
            resources: Vec::new(),
            endpoints: Vec::new(),
        }
    }

    fn partition_of(&self, account: &str) -> &'static str {
        match (account, self.partition) {
            ("777777777777", "aws") => "aws-cn",
            ("777777777777", _) => "aws",
            _ => self.partition,
        }
    }

    fn settings(&mut self) -> Value {
        let dice = &mut self.dice;
        let mut rules = Map::new();
        if dice.percent(12) {
            for name in dice.some(
                &[
                    "listBucketsOnAnyBucket",
                    "multivaluedNeedsQualifier",
                    "callerRcpsWithoutResource",
                    "notPrincipalNeedsAccount",
                    "misfitNeverMatches",
                    "shortArnsFilledUp",
                    "wildcardPrincipalEscapesLimits",
                    "trustPolicyNeedsBoundary",
                    "forAnyValueNeedsValue",
                ],
                1,
                4,
            ) {
                rules.insert(name.to_owned(), json!(dice.once_in(2)));
            }
        }
        let mut off = Vec::new();
        if dice.percent(6) {
            let kinds = [
                "scp", "rcp", "identity", "boundary", "session", "resource", "trust", "endpoint",
            ];
            off.extend(dice.some(&kinds, 1, 2).into_iter().map(|kind| json!(kind)));
        }
        if dice.percent(4) {
            let node = *dice.one(&ACCOUNTS);
            let policy = *dice.one(&["FullAWSAccess", "p1", "p2"]);
            off.push(json!({ "policy": policy, "node": node }));
        }
        let mut settings = json!({
            "unstatedKeys": if dice.percent(94) { "unknown" } else { "absent" },
            "rules": rules,
            "off": off,
        });
        if dice.percent(10) {
            let dates = [
                "2024-11-12",
                "2024-12-01",
                "2025-09-19",
                "2026-09-25",
                "2026-09-26",
            ];
            settings["asOf"] = json!(dice.one(&dates));
        }
        settings
    }

    fn defaults(&mut self) -> Value {
        let dice = &mut self.dice;
        let mut defaults = json!({});
        if dice.percent(50) {
            defaults["region"] = json!(dice.one(&["eu-west-1", "us-east-1"]));
        }
        if dice.percent(50) {
            defaults["time"] = json!(dice.one(&["2026-01-01T00:00:00Z", "2026-06-01T12:00:00Z"]));
        }
        if dice.percent(50) {
            defaults["context"] = json!({ "aws:SecureTransport": dice.once_in(2) });
        }
        defaults
    }

    fn external_accounts(&mut self) -> Value {
        let mut other = json!({ "id": OTHER_ORGANIZATION });
        if self.dice.percent(60) {
            other["path"] = json!(format!("{OTHER_ORGANIZATION}/r-zz11/"));
        }
        json!([
            { "id": OUTSIDE[0], "name": "Partner", "partition": self.partition },
            { "id": OUTSIDE[1], "name": "Cousin", "partition": self.partition, "organization": other },
            { "id": OUTSIDE[2], "name": "Far", "partition": self.partition_of(OUTSIDE[2]) },
        ])
    }

    /// What the requests are about.
    fn topics(&mut self) {
        let people = self.people.clone();
        let themes = [
            "s3", "s3", "s3", "bucket", "kms", "kms", "role", "role", "sts", "iam", "ec2", "many",
        ];
        let theme = *self.dice.one(&themes);
        let pools: &[&'static str] = match theme {
            "s3" => &[
                "s3:GetObject",
                "s3:PutObject",
                "s3:ListBucket",
                "s3:ListAllMyBuckets",
            ],
            "bucket" => &[
                "s3:GetBucketPolicy",
                "s3:PutBucketPolicy",
                "s3:DeleteBucketPolicy",
                "s3:CreateBucket",
            ],
            "kms" => &[
                "kms:Decrypt",
                "kms:Decrypt",
                "kms:RetireGrant",
                "kms:CreateAlias",
                "kms:DeleteAlias",
                "kms:ListKeys",
            ],
            "role" => &[
                "sts:AssumeRole",
                "sts:AssumeRole",
                "sts:AssumeRoleWithSAML",
                "sts:AssumeRoleWithWebIdentity",
                "sts:TagSession",
                "sts:SetSourceIdentity",
            ],
            "sts" => &[
                "sts:GetCallerIdentity",
                "sts:GetSessionToken",
                "sts:GetFederationToken",
                "sts:AssumeRole",
            ],
            "iam" => &[
                "iam:GetUser",
                "iam:DeleteRole",
                "iam:PassRole",
                "iam:DeletePolicy",
            ],
            "ec2" => &[
                "ec2:RunInstances",
                "ec2:TerminateInstances",
                "ec2:DescribeInstances",
            ],
            _ => &[
                "sqs:SendMessage",
                "lambda:InvokeFunction",
                "dynamodb:Query",
                "secretsmanager:GetSecretValue",
                "ebs:GetSnapshotBlock",
                "es:AcceptInboundConnection",
                "route53:GetHostedZone",
                "globalaccelerator:ListAccelerators",
            ],
        };
        self.actions = self.dice.some(pools, 1, 2);
        let count = 1 + self.dice.below(2);
        for _ in 0..count {
            let target = self.target(theme, &people);
            self.targets.push(target);
        }
        // Most of them are keys that only a request can state.
        let (stated, derived): (Vec<_>, Vec<_>) =
            keys::ROWS.iter().partition(|row| row.is_stated());
        self.keys = self.dice.some(&stated, 2, 4);
        self.keys.extend(self.dice.some(&derived, 1, 3));
    }

    fn target(&mut self, theme: &str, people: &[Person]) -> Target {
        let home = people[self.dice.below(people.len().min(3))].account;
        let is_placed = self.has_organization || home != OUTSIDE[2];
        let owner = if is_placed && self.dice.percent(60) {
            home
        } else if self.dice.percent(75) {
            self.dice.one(&ACCOUNTS)
        } else {
            // Where nobody states the partition of an account, it has that of what it owns.
            let outside = if self.has_organization {
                &OUTSIDE[..]
            } else {
                &OUTSIDE[..2]
            };
            self.dice.one(outside)
        };
        let p = self.partition_of(owner);
        let dice = &mut self.dice;
        let tail = *dice.one(&["x", "ann/x", "blue/x", "a:b/c", "Key"]);
        let arn = match theme {
            "s3" => match dice.below(4) {
                0 => format!("arn:{p}:s3:::data"),
                _ => format!("arn:{p}:s3:::data/{tail}"),
            },
            "bucket" => format!("arn:{p}:s3:::data"),
            "kms" => match dice.below(5) {
                0 => format!("arn:{p}:kms:eu-west-1:{owner}:alias/main"),
                1 if dice.once_in(2) => format!("arn:{p}:kms:eu-west-1:{owner}:alias/aws/s3"),
                _ => format!("arn:{p}:kms:eu-west-1:{owner}:key/k1"),
            },
            "role" => {
                let roles: Vec<&Person> = people.iter().filter(|one| one.is_role).collect();
                if dice.percent(92) {
                    return Target {
                        arn: dice.one(&roles).arn.clone(),
                        owner: None,
                        told: false,
                    };
                }
                format!("arn:{p}:iam::{owner}:role/Unlisted")
            }
            "sts" => match dice.below(3) {
                0 => format!("arn:{p}:sts::{owner}:federated-user/guest"),
                _ => "*".to_owned(),
            },
            "iam" => match dice.below(4) {
                0 => format!("arn:{p}:iam::{owner}:role/aws-reserved/sso/R"),
                1 => format!("arn:{p}:iam::aws:policy/ReadOnlyAccess"),
                2 => format!("arn:{p}:iam::{owner}:user/ann"),
                _ => format!("arn:{p}:iam::{owner}:role/team/app"),
            },
            "ec2" => {
                let what = *dice.one(&[
                    "OWNER:instance/i-1",
                    "OWNER:image/ami-1",
                    ":image/ami-2",
                    "OWNER:subnet/s-1",
                ]);
                format!("arn:{p}:ec2:eu-west-1:{}", what.replace("OWNER", owner))
            }
            _ => {
                let what = *dice.one(&[
                    "sqs:eu-west-1:OWNER:jobs",
                    "lambda:eu-west-1:OWNER:function:f:prod",
                    "dynamodb:eu-west-1:OWNER:table/t",
                    "secretsmanager:eu-west-1:OWNER:secret:s-1",
                    "ec2:eu-west-1::snapshot/snap-1",
                    "route53:::hostedzone/Z1",
                    "bedrock:eu-west-1::foundation-model/m",
                ]);
                format!("arn:{p}:{}", what.replace("OWNER", owner))
            }
        };
        Target {
            arn,
            owner: Some(owner),
            told: dice.percent(60),
        }
    }

    /// Adds a policy, or now and then takes one of the same kind that is there.
    pub(crate) fn policy(&mut self, kind: &'static str) -> String {
        let known: Vec<String> = (self.policies.iter())
            .filter(|policy| policy["kind"] == kind)
            .filter_map(|policy| policy["id"].as_str().map(str::to_owned))
            .collect();
        if !known.is_empty() && self.dice.percent(35) {
            return self.dice.one(&known).clone();
        }
        let id = format!("p{}", self.policies.len() + 1);
        let entry = self.document(kind, &id);
        self.policies.push(entry);
        id
    }
}
