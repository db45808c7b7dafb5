//! Edits of what stands beside the tree: resources, VPC endpoints, accounts outside the
//! organization, what principals are made of, and the settings of the organization.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is wrong"
)]

use std::collections::BTreeMap;

use organization::{
    AccountId, CallerKind, Created, Edit, Endpoint, ExternalAccount, ExternalOrganization,
    FeatureSet, PolicyId, PolicyUse, Principal, PrincipalId, RequestId, Resource, Role, Scenario,
    Uses, file,
};
use policy::Kind;

/// Two accounts, one outside; a bucket with a policy, a role with everything, an endpoint.
const SCENARIO: &str = r#"{
    "version": 1,
    "settings": { "off": [{ "policy": "lock", "node": "222222222222" }] },
    "organization": {
        "id": "o-exampleorgid",
        "enabledPolicyTypes": ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"],
        "managementAccountId": "111111111111",
        "root": { "id": "r-root", "children": [
            { "type": "account", "id": "111111111111", "name": "Management" },
            { "type": "account", "id": "222222222222", "name": "Dev", "policies": ["FullAWSAccess", "lock", "tls"] }
        ] }
    },
    "externalAccounts": [{ "id": "999999999999", "name": "Partner" }],
    "policies": [
        { "id": "lock", "kind": "scp", "document": {} },
        { "id": "tls", "kind": "rcp", "document": {} },
        { "id": "read", "kind": "identity", "document": {} },
        { "id": "limit", "kind": "boundary", "document": {} },
        { "id": "trust", "kind": "trust", "document": {} },
        { "id": "bucket", "kind": "resource", "document": {} },
        { "id": "way", "kind": "endpoint", "document": {} },
        { "id": "less", "kind": "session", "document": {} }
    ],
    "principals": [
        { "id": "app", "type": "role", "account": "222222222222", "name": "App", "policies": ["read"], "permissionsBoundary": "limit", "trustPolicy": "trust" },
        { "id": "ana", "type": "user", "account": "222222222222", "name": "ana", "groups": ["devs"] },
        { "id": "devs", "type": "group", "account": "222222222222", "name": "devs" },
        { "id": "far", "type": "role", "account": "999999999999", "name": "Far" }
    ],
    "resources": [{ "arn": "arn:aws:s3:::logs", "account": "222222222222", "policy": "bucket" }],
    "endpoints": [{ "id": "vpce-0a1b2c3d", "policy": "way", "vpc": "vpc-0a1b2c3d", "account": "222222222222" }],
    "requests": [
        { "id": "app", "principal": { "type": "role", "id": "app", "sessionPolicies": ["less"] }, "action": "s3:GetObject", "resource": "arn:aws:s3:::logs/a", "resourceAccount": "222222222222", "endpoint": "vpce-0a1b2c3d" },
        { "id": "root", "principal": { "type": "root", "account": "222222222222" }, "action": "s3:GetObject" },
        { "id": "far", "principal": "far", "action": "s3:GetObject", "resources": [{ "arn": "*", "account": "999999999999" }] },
        { "id": "all", "principal": { "type": "everyAccount", "role": "Ops", "policies": [] }, "action": "s3:GetObject", "expect": { "accounts": { "222222222222": "allow" }, "by": [{ "policy": "lock", "node": "222222222222" }] } }
    ]
}"#;

struct Bench(Scenario);

impl Bench {
    fn new() -> Self {
        let loaded = file::read(SCENARIO).unwrap();
        assert!(loaded.warnings.is_empty(), "{:?}", loaded.warnings);
        Self(loaded.scenario)
    }

    #[track_caller]
    fn make(&mut self, edit: Edit) -> Option<Created> {
        let edited = self.0.apply(edit).unwrap_or_else(|error| panic!("{error}"));
        self.0 = edited.scenario;
        edited.created
    }

    /// The sentence with which an edit is refused.
    #[track_caller]
    fn refused(&self, edit: Edit) -> String {
        let error = self.0.apply(edit).expect_err("the edit is refused");
        error.to_string()
    }

    /// The requests that an edit leaves without what they name.
    #[track_caller]
    fn orphans(&self, edit: Edit) -> Vec<String> {
        let edited = self.0.apply(edit).unwrap();
        edited.orphaned.iter().map(ToString::to_string).collect()
    }

    fn role(&self, id: &str) -> Role {
        match &**self.0.principal(id).unwrap() {
            Principal::Role(role) => role.clone(),
            other => panic!("a role, not {other:?}"),
        }
    }

    fn places(&self, policy: &str) -> Vec<PolicyUse> {
        self.0.policy_uses(policy)
    }

    fn warnings(&self) -> Vec<String> {
        let loaded = file::read(&file::write(&self.0)).unwrap();
        loaded.warnings.iter().map(ToString::to_string).collect()
    }
}

fn resource(arn: &str, account: &str) -> Box<Resource> {
    Box::new(Resource {
        arn: arn.to_owned(),
        account: (!account.is_empty()).then(|| account.into()),
        policy: None,
        tags: BTreeMap::new(),
        extra: Default::default(),
    })
}

fn put(policy: &str, place: PolicyUse) -> Edit {
    Edit::UsePolicy {
        policy: policy.into(),
        place,
    }
}

fn release(policy: &str, place: PolicyUse) -> Edit {
    Edit::ReleasePolicy {
        policy: policy.into(),
        place,
    }
}

fn tags(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

#[test]
fn a_resource_is_added_changed_and_deleted() {
    let mut bench = Bench::new();
    let arn = "arn:aws:sqs:eu-west-1:999999999999:jobs";
    assert_eq!(
        bench.make(Edit::AddResource(resource(arn, "999999999999"))),
        Some(Created::Resource(arn.to_owned()))
    );
    let mut changed = resource("arn:aws:s3:::photos/*", "");
    changed.policy = Some("bucket".into());
    changed.tags = tags(&[("env", "prod")]);
    bench.make(Edit::UpdateResource {
        arn: arn.to_owned(),
        resource: changed.clone(),
    });
    assert_eq!(*bench.0.resources[1], *changed);
    assert_eq!(bench.warnings(), [""; 0]);
    bench.make(Edit::DeleteResource("arn:aws:s3:::logs".to_owned()));
    assert_eq!(bench.0.resources.len(), 1);
    assert_eq!(
        bench.places("bucket"),
        [PolicyUse::Resource("arn:aws:s3:::photos/*".to_owned())]
    );
    assert_eq!(
        bench.refused(Edit::DeleteResource("arn:aws:s3:::logs".to_owned())),
        "there is no resource `arn:aws:s3:::logs`"
    );
}

#[test]
fn what_is_wrong_with_a_resource_is_said() {
    let bench = Bench::new();
    let add = |resource| bench.refused(Edit::AddResource(resource));
    assert_eq!(
        add(resource("logs", "")),
        "`logs` is not an ARN: expected `arn:partition:service:region:account:resource`, \
         where region and account may be empty"
    );
    assert!(add(resource("arn:aws:s3:::", "")).starts_with("`arn:aws:s3:::` is not an ARN"));
    assert!(add(resource(" ", "")).starts_with("the ARN is empty: expected"));
    assert_eq!(
        add(resource("arn:aws:s3:::logs", "")),
        "the ARN `arn:aws:s3:::logs` is taken by another resource"
    );
    assert_eq!(
        add(resource("arn:aws:s3:::new", "333333333333")),
        "there is no account `333333333333`"
    );
    let mut wrong = resource("arn:aws:s3:::new", "");
    wrong.policy = Some("trust".into());
    assert_eq!(
        add(wrong),
        "the policy `trust` is of kind `trust`: expected `resource`"
    );
    let mut wrong = resource("arn:aws:s3:::new", "");
    wrong.tags = tags(&[("", "prod")]);
    assert_eq!(
        add(wrong),
        "the tag key is empty: expected at least one character"
    );
}

#[test]
fn an_endpoint_takes_its_requests_along() {
    let mut bench = Bench::new();
    let update = |id: &str, change: &dyn Fn(&mut Endpoint)| {
        let mut endpoint = Endpoint::clone(bench.0.endpoint("vpce-0a1b2c3d").unwrap());
        change(&mut endpoint);
        Edit::UpdateEndpoint {
            id: id.to_owned(),
            endpoint: Box::new(endpoint),
        }
    };
    let renamed = update("vpce-0a1b2c3d", &|one| {
        one.id = "vpce-0123456789abcdef0".to_owned();
    });
    for (wrong, message) in [
        (
            update("vpce-0a1b2c3d", &|one| one.id = "vpce-x".to_owned()),
            "`vpce-x` is not an endpoint id: expected `vpce-` and 8 or 17 hexadecimal digits",
        ),
        (
            update("vpce-0a1b2c3d", &|one| one.vpc = Some("1".to_owned())),
            "`1` is not a VPC id: expected `vpc-` and 8 or 17 hexadecimal digits",
        ),
        (
            update("vpce-0a1b2c3d", &|one| one.policy = Some("bucket".into())),
            "the policy `bucket` is of kind `resource`: expected `endpoint`",
        ),
        (update("gone", &|_| ()), "there is no VPC endpoint `gone`"),
    ] {
        assert_eq!(bench.refused(wrong), message);
    }
    bench.make(renamed);
    let through = |bench: &Bench| bench.0.request("app").unwrap().endpoint.clone();
    assert_eq!(through(&bench).as_deref(), Some("vpce-0123456789abcdef0"));
    assert_eq!(
        bench.make(Edit::AddEndpoint {
            account: Some("999999999999".into())
        }),
        Some(Created::Endpoint("vpce-00000001".to_owned()))
    );
    assert_eq!(
        bench.refused(Edit::AddEndpoint {
            account: Some("333333333333".into())
        }),
        "there is no account `333333333333`"
    );
    let delete = Edit::DeleteEndpoint("vpce-0123456789abcdef0".to_owned());
    assert_eq!(bench.orphans(delete.clone()), ["app"]);
    bench.make(delete);
    // It is kept as it was typed, and reported.
    assert_eq!(through(&bench).as_deref(), Some("vpce-0123456789abcdef0"));
    assert_eq!(bench.warnings().len(), 1, "{:?}", bench.warnings());
}

#[test]
fn an_account_outside_is_added_described_and_deleted() {
    let mut bench = Bench::new();
    let added = bench.make(Edit::AddExternalAccount {
        name: "Supplier".to_owned(),
    });
    // 222222222222 stands in the tree, 111111111111 too.
    assert_eq!(added, Some(Created::ExternalAccount("333333333333".into())));
    let described = |organization: &str, path: Option<&str>| {
        Edit::UpdateExternalAccount(Box::new(ExternalAccount {
            id: "333333333333".into(),
            name: "Supplier".to_owned(),
            partition: Some("aws-cn".to_owned()),
            organization: Some(ExternalOrganization {
                id: organization.to_owned(),
                path: path.map(str::to_owned),
                extra: Default::default(),
            }),
            extra: Default::default(),
        }))
    };
    assert_eq!(
        bench.refused(described("o-1", None)),
        "`o-1` is not an organization id: expected `o-` and 10 to 32 lower-case letters or \
         digits"
    );
    assert_eq!(
        bench.refused(described("o-otherotherorg", Some("o-exampleorgid/r-1/"))),
        "`o-exampleorgid/r-1/` is not an entity path: expected the ids of the organization, \
         of its root and of each OU above the account, each with `/` behind it"
    );
    bench.make(described(
        "o-otherotherorg",
        Some("o-otherotherorg/r-1234/"),
    ));
    assert_eq!(bench.warnings(), [""; 0]);
    let account = bench.0.external_account("333333333333").unwrap();
    assert_eq!(account.partition.as_deref(), Some("aws-cn"));

    let delete = Edit::DeleteExternalAccount("999999999999".into());
    assert_eq!(bench.orphans(delete.clone()), ["far"]);
    bench.make(delete);
    assert!(bench.0.principal("far").is_none());
    assert_eq!(
        bench.refused(Edit::DeleteExternalAccount("222222222222".into())),
        "there is no account outside the organization `222222222222`"
    );
}

#[test]
fn a_deleted_account_leaves_the_requests_of_its_root_user() {
    let bench = Bench::new();
    assert_eq!(
        bench.orphans(Edit::DeleteAccount("222222222222".into())),
        ["app", "root"]
    );
}

#[test]
fn an_account_gets_another_id_everywhere() {
    let mut bench = Bench::new();
    let set = |account: &str, id: &str| Edit::SetAccountId {
        account: account.into(),
        id: id.into(),
    };
    assert_eq!(
        bench.refused(set("222222222222", "12")),
        "`12` is not an account id: expected twelve digits"
    );
    assert_eq!(
        bench.refused(set("222222222222", "999999999999")),
        "the id `999999999999` is taken by another account"
    );
    assert_eq!(
        bench.refused(set("333333333333", "444444444444")),
        "there is no account `333333333333`"
    );
    assert_eq!(
        bench.refused(set("r-root", "444444444444")),
        "there is no account `r-root`"
    );
    let expected = SCENARIO
        .replace("222222222222", "012345678901")
        .replace("999999999999", "888888888888")
        .replace("111111111111", "777777777777");
    for (old, new) in [
        ("222222222222", "012345678901"),
        ("999999999999", "888888888888"),
        ("111111111111", "777777777777"),
    ] {
        bench.make(set(old, new));
    }
    assert_eq!(bench.0, file::read(&expected).unwrap().scenario);
}

#[test]
fn a_policy_is_put_to_use_wherever_it_fits() {
    let role = || PrincipalId::from("far");
    let arn = "arn:aws:s3:::logs".to_owned();
    let endpoint = "vpce-0a1b2c3d".to_owned();
    let cases = [
        ("tls", PolicyUse::Node("r-root".into())),
        ("read", PolicyUse::Identity(role())),
        ("limit", PolicyUse::Boundary(role())),
        ("AdministratorAccess", PolicyUse::Boundary(role())),
        ("trust", PolicyUse::Trust(role())),
        ("bucket", PolicyUse::Resource(arn)),
        ("way", PolicyUse::Endpoint(endpoint)),
        ("less", PolicyUse::Caller("app".into())),
        ("read", PolicyUse::Caller("all".into())),
    ];
    for (policy, place) in cases {
        let mut bench = Bench::new();
        if bench.places(policy).contains(&place) {
            bench.make(release(policy, place.clone()));
        }
        assert!(!bench.places(policy).contains(&place), "{policy}");
        let without = bench.0.clone();
        bench.make(put(policy, place.clone()));
        assert!(bench.places(policy).contains(&place), "{policy}");
        assert_eq!(bench.warnings(), [""; 0]);
        let wrong = bench.refused(put("broken", place.clone()));
        assert_eq!(wrong, "there is no policy `broken`");
        bench.make(release(policy, place.clone()));
        assert_eq!(bench.0.policy_uses(policy), without.policy_uses(policy));
        assert!(
            bench
                .refused(release(policy, place))
                .contains("not attached")
        );
    }
}

#[test]
fn a_policy_is_refused_where_it_does_not_fit() {
    let bench = Bench::new();
    for (policy, place, message) in [
        (
            "read",
            PolicyUse::Trust("app".into()),
            "the policy `read` is of kind `identity`: expected `trust`",
        ),
        (
            "trust",
            PolicyUse::Trust("ana".into()),
            "there is no role `ana`",
        ),
        (
            "limit",
            PolicyUse::Boundary("devs".into()),
            "there is no user or role `devs`",
        ),
        (
            "lock",
            PolicyUse::Boundary("app".into()),
            "the policy `lock` is of kind `scp`: expected `boundary` or `identity`",
        ),
        (
            "bucket",
            PolicyUse::Resource("arn:aws:s3:::none".to_owned()),
            "there is no resource `arn:aws:s3:::none`",
        ),
        (
            "less",
            PolicyUse::Caller("root".into()),
            "the caller of request `root` brings no policies along: expected a session of a role \
             or a federated user",
        ),
        (
            "less",
            PolicyUse::Caller("app".into()),
            "the policy `less` is attached to `app` already",
        ),
        (
            "less",
            PolicyUse::Caller("all".into()),
            "the policy `less` is of kind `session`: expected `identity`",
        ),
    ] {
        assert_eq!(bench.refused(put(policy, place)), message);
    }
}

#[test]
fn a_deleted_policy_is_taken_from_every_place() {
    let mut bench = Bench::new();
    for policy in [
        "lock", "tls", "read", "limit", "trust", "bucket", "way", "less",
    ] {
        assert!(!bench.places(policy).is_empty(), "{policy} is used");
        bench.make(Edit::DeletePolicy {
            policy: policy.into(),
            uses: Uses::Detach,
        });
    }
    assert_eq!(bench.warnings().len(), 1, "{:?}", bench.warnings());
    assert!(bench.warnings()[0].contains("expect.by"));
    let role = bench.role("app");
    assert_eq!(role.policies, [] as [PolicyId; 0]);
    assert_eq!((role.permissions_boundary, role.trust_policy), (None, None));
}

#[test]
fn paths_and_tags_of_principals_are_those_that_iam_takes() {
    let mut bench = Bench::new();
    let with = |bench: &Bench, change: &dyn Fn(&mut Role)| {
        let mut role = bench.role("app");
        change(&mut role);
        Edit::UpdatePrincipal(Box::new(Principal::Role(role)))
    };
    bench.make(with(&bench, &|role| {
        role.path = "/team/blue/".to_owned();
        role.tags = tags(&[("env", "dev"), ("Team", "blue")]);
    }));
    for path in ["", "team/", "/team", "/a b/"] {
        let message = bench.refused(with(&bench, &|role| role.path = path.to_owned()));
        assert!(
            message.ends_with("expected `/`, or words between slashes as in `/team/blue/`"),
            "{message}"
        );
    }
    assert_eq!(
        bench.refused(with(&bench, &|role| {
            role.tags = tags(&[("env", "dev"), ("Env", "prod")]);
        })),
        "the tags `Env` and `env` have the same key: IAM does not tell upper and lower case apart"
    );
    assert_eq!(bench.role("app").path, "/team/blue/");
}

#[test]
fn accounts_have_tags() {
    let mut bench = Bench::new();
    let set = |account: &str, tags| Edit::SetAccountTags {
        account: account.into(),
        tags,
    };
    bench.make(set("222222222222", tags(&[("env", "dev")])));
    let organization = bench.0.organization.as_ref().unwrap();
    let index = organization.index();
    assert_eq!(index.account("222222222222").unwrap().tags["env"], "dev");
    assert_eq!(
        bench.refused(set("999999999999", tags(&[]))),
        "there is no account `999999999999`"
    );
}

#[test]
fn without_all_features_there_are_no_policy_types() {
    let mut bench = Bench::new();
    bench.make(Edit::SetFeatureSet(FeatureSet::ConsolidatedBilling));
    let organization = bench.0.organization.clone().unwrap();
    assert!(!organization.scps_enabled() && !organization.rcps_enabled());
    assert_eq!(bench.places("lock"), []);
    assert_eq!(bench.places("tls"), []);
    assert_eq!(bench.0.settings.off, []);
    assert!(
        bench
            .refused(Edit::EnablePolicyType(Kind::Rcp))
            .starts_with("RCPs need an organization with all features")
    );
    bench.make(Edit::SetFeatureSet(FeatureSet::All));
    let organization = bench.0.organization.clone().unwrap();
    assert!(!organization.scps_enabled(), "nothing is enabled by itself");
    bench.make(Edit::EnablePolicyType(Kind::Scp));
    assert_eq!(bench.places("FullAWSAccess").len(), 3);
    bench.make(Edit::EnablePolicyType(Kind::Rcp));
    bench.make(put("tls", PolicyUse::Node("r-root".into())));
    assert_eq!(bench.warnings(), [""; 0]);
}

#[test]
fn the_organization_gets_an_id_and_a_partition() {
    let mut bench = Bench::new();
    bench.make(Edit::SetOrganizationId("o-a1b2c3d4e5".into()));
    bench.make(Edit::SetPartition("aws-us-gov".into()));
    let organization = bench.0.organization.clone().unwrap();
    assert_eq!(
        organization.index().entity_path("222222222222").as_deref(),
        Some("o-a1b2c3d4e5/r-root/")
    );
    assert_eq!(&*organization.partition, "aws-us-gov");
    assert_eq!(
        bench.refused(Edit::SetOrganizationId("o-A".into())),
        "`o-A` is not an organization id: expected `o-` and 10 to 32 lower-case letters or \
         digits"
    );
    assert_eq!(
        bench.refused(Edit::SetPartition("".into())),
        "the partition is empty: expected `aws`, `aws-cn`, `aws-us-gov` or another word"
    );
}

#[test]
fn an_edit_leaves_the_scenario_before_it_as_it_was() {
    let bench = Bench::new();
    let before = file::write(&bench.0);
    for edit in [
        Edit::SetAccountId {
            account: AccountId::from("222222222222"),
            id: "333333333333".into(),
        },
        Edit::DeleteExternalAccount("999999999999".into()),
        Edit::SetFeatureSet(FeatureSet::ConsolidatedBilling),
        Edit::DeleteEndpoint("vpce-0a1b2c3d".to_owned()),
        release("trust", PolicyUse::Trust("app".into())),
    ] {
        let after = bench.0.apply(edit).unwrap().scenario;
        assert_ne!(after, bench.0);
        assert_eq!(file::write(&bench.0), before);
    }
    let request = bench.0.request("root").unwrap();
    assert_eq!(request.id, RequestId::from("root"));
    assert!(matches!(request.caller.kind, CallerKind::Root { .. }));
    assert_eq!(bench.0.principals.len(), 4);
}
