//! How long links are, beside what others use for the same. The table is printed by
//! `cargo test -p guardrail-playground --test link lengths -- --nocapture`.

use miniz_oxide::deflate::compress_to_vec;
use playground::Engine;
use playground::link;
use playground::recorded::with_verdicts;
use serde_json::{Value, json};

use crate::read;

const SERVICES: [&str; 8] = [
    "glue",
    "athena",
    "sagemaker",
    "bedrock",
    "redshift",
    "kafka",
    "batch",
    "workspaces",
];

fn numbered(name: &str, round: usize) -> String {
    match round {
        0 => name.to_owned(),
        round => format!("{name} {}", round + 1),
    }
}

fn account(number: usize) -> String {
    format!("{:012}", 222_222_222_222_u64 + 7_777_777 * number as u64)
}

/// An organization as people build it: names, Sids, conditions, expectations.
fn realistic(scps: usize, accounts: usize, requests: usize) -> Value {
    let policies = [
        (
            "Region lock",
            json!({"Sid":"DenyOutsideEurope","Effect":"Deny","NotAction":["iam:*","organizations:*","route53:*","support:*","sts:*","cloudfront:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1","eu-central-1"]},"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/BreakGlass"}}}),
        ),
        (
            "Protect the trail",
            json!({"Sid":"ProtectTrail","Effect":"Deny","Action":["cloudtrail:StopLogging","cloudtrail:DeleteTrail","cloudtrail:UpdateTrail"],"Resource":"*"}),
        ),
        (
            "No leaving",
            json!({"Sid":"DenyLeaving","Effect":"Deny","Action":"organizations:LeaveOrganization","Resource":"*"}),
        ),
        (
            "Small instances",
            json!({"Sid":"SmallInstances","Effect":"Deny","Action":"ec2:RunInstances","Resource":"arn:aws:ec2:*:*:instance/*","Condition":{"StringNotLike":{"ec2:InstanceType":["t3.*","t4g.*"]}}}),
        ),
        (
            "Encrypt in transit",
            json!({"Sid":"TlsOnly","Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}),
        ),
        (
            "No root user",
            json!({"Sid":"DenyRoot","Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringLike":{"aws:PrincipalArn":"arn:aws:iam::*:root"}}}),
        ),
        (
            "Tag on create",
            json!({"Sid":"RequireCostCenter","Effect":"Deny","Action":["ec2:RunInstances","ec2:CreateVolume"],"Resource":["arn:aws:ec2:*:*:instance/*","arn:aws:ec2:*:*:volume/*"],"Condition":{"Null":{"aws:RequestTag/CostCenter":"true"}}}),
        ),
        (
            "Security tooling",
            json!({"Sid":"ProtectGuardDuty","Effect":"Deny","Action":["guardduty:DeleteDetector","guardduty:DisassociateFromMasterAccount","securityhub:DisableSecurityHub","config:StopConfigurationRecorder"],"Resource":"*"}),
        ),
        (
            "Allowed services",
            json!({"Sid":"AllowList","Effect":"Allow","Action":["s3:*","ec2:*","lambda:*","dynamodb:*","logs:*","cloudwatch:*","iam:*"],"Resource":"*"}),
        ),
        (
            "No public access",
            json!({"Sid":"KeepBlockPublicAccess","Effect":"Deny","Action":["s3:PutBucketPublicAccessBlock","s3:PutAccountPublicAccessBlock"],"Resource":"*"}),
        ),
    ];
    let id = |name: &str| name.to_lowercase().replace(' ', "-");
    // Past the first ten there are variants, each with a service and a role of its own.
    let policy = |number: usize| {
        let (name, statement) = &policies[number % policies.len()];
        let round = number / policies.len();
        let mut statement = statement.clone();
        if round > 0 {
            let service = SERVICES[(number + round) % SERVICES.len()];
            let sid = statement["Sid"].as_str().unwrap_or_default();
            statement["Sid"] = json!(format!("{sid}{service}"));
            statement["Condition"]["ArnNotLike"]["aws:PrincipalArn"] =
                json!(format!("arn:aws:iam::*:role/{service}-team-{round}"));
        }
        (numbered(name, round), statement)
    };
    let names = [
        "Management",
        "Log archive",
        "Audit",
        "Dev",
        "Test",
        "Staging",
        "Production",
        "Data",
        "Sandbox Ana",
        "Sandbox Ben",
        "Payments",
        "Website",
        "Shared services",
        "Network",
        "Backup",
        "Research",
    ];
    let node = |number: usize| {
        let name = numbered(names[number % names.len()], number / names.len());
        let mut node = json!({ "type": "account", "id": account(number), "name": name });
        if number % 5 == 3 && scps > 1 {
            node["policies"] = json!(["FullAWSAccess", id(&policy(number % scps).0)]);
        }
        node
    };
    let mut root: Vec<Value> = vec![node(0)];
    for (at, name) in ["Security", "Workloads", "Sandbox", "Infrastructure"]
        .iter()
        .enumerate()
    {
        let children: Vec<Value> = (1..accounts)
            .filter(|number| number % 4 == at)
            .map(node)
            .collect();
        if !children.is_empty() {
            root.push(json!({
                "type": "ou", "id": format!("ou-ab12-{:08}", 10_000_000 + at * 1_111_111), "name": name,
                "policies": ["FullAWSAccess", id(&policy(at % scps).0)], "children": children,
            }));
        }
    }
    let actions = [
        (
            "Start an instance",
            "ec2:RunInstances",
            "arn:aws:ec2:eu-west-1:*:instance/*",
        ),
        (
            "Read a report",
            "s3:GetObject",
            "arn:aws:s3:::reports/2026/q1.csv",
        ),
        ("Stop the trail", "cloudtrail:StopLogging", "*"),
        ("List users", "iam:ListUsers", "*"),
        ("Write a table", "dynamodb:PutItem", "*"),
        ("Leave", "organizations:LeaveOrganization", "*"),
    ];
    let regions = ["eu-west-1", "us-east-1", "eu-central-1"];
    let requests: Vec<Value> = (0..requests)
        .map(|number| {
            let (name, action, resource) = actions[number % actions.len()];
            let mut request = json!({
                "id": format!("r{}", number + 1),
                "name": format!("{name} in {}", regions[number % 3]),
                "principal": { "type": "role", "id": (["admin", "developer"][number % 2]) },
                "action": action, "resource": resource, "region": regions[number % 3],
                "expect": (["allow", "explicitDeny"][number % 2]),
            });
            if number % 4 == 1 {
                request["context"] = json!({ "ec2:InstanceType": "m5.large" });
            }
            request
        })
        .collect();
    json!({
        "version": 1,
        "title": "Guardrails of the landing zone",
        "organization": {
            "id": "o-exampleorgid", "managementAccountId": account(0),
            "enabledPolicyTypes": ["SERVICE_CONTROL_POLICY"],
            "root": { "id": "r-ab12", "policies": ["FullAWSAccess"], "children": root },
        },
        "policies": (0..scps).map(policy).map(|(name, statement)| json!({
            "id": id(&name), "name": name, "kind": "scp",
            "document": { "Version": "2012-10-17", "Statement": [statement] },
        })).collect::<Vec<_>>(),
        "principals": [
            { "id": "admin", "type": "role", "account": account(3), "name": "Admin", "policies": ["AdministratorAccess"] },
            { "id": "developer", "type": "role", "account": account(1), "name": "Developer", "policies": ["PowerUserAccess"] },
        ],
        "requests": requests,
    })
}

/// SCPs, accounts, requests, and the budget in characters, where there is one.
const SIZES: [(usize, usize, usize, Option<usize>); 4] = [
    (1, 4, 4, Some(650)),
    (4, 8, 8, None),
    (10, 16, 24, Some(2_400)),
    (30, 40, 60, None),
];

#[test]
fn lengths() {
    println!("SCPs/accounts/requests  JSON  lz-string  deflate  g1  g1 with verdicts");
    for (scps, accounts, requests, budget) in SIZES {
        let scenario = read(&realistic(scps, accounts, requests).to_string());
        let text = organization::file::write_compact(&scenario);
        let others = lz_str::compress_to_encoded_uri_component(text.as_str()).len();
        let plain = (compress_to_vec(text.as_bytes(), 10).len() * 8).div_ceil(6);
        let ours = link::encode(&scenario);
        let analysis = Engine::new().analyze(&scenario, None);
        let recorded = with_verdicts(&scenario, &analysis.requests);
        let with = link::encode(&recorded);
        println!(
            "{scps}/{accounts}/{requests}  {}  {others}  {plain}  {}  {}",
            text.len(),
            ours.len(),
            with.len()
        );
        assert!(
            budget.is_none_or(|most| ours.len() <= most),
            "{} characters",
            ours.len()
        );
        assert!(ours.len() < plain && plain < others);
        // The verdicts cost an eighth at most.
        assert!(
            with.len() * 8 <= ours.len() * 9,
            "{} characters",
            with.len()
        );
        assert_eq!(link::decode(&ours).unwrap().scenario, scenario);
        assert_eq!(link::decode(&with).unwrap().scenario, recorded);
    }
}
