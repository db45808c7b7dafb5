//! Policies, principals, requests and settings.

use organization::{
    Attachments, Created, Edit, NodeId, PolicyId, PolicyUse, Principal, PrincipalId, PrincipalKind,
    Request, Scenario, Settings, SwitchedOff, Uses,
};
use policy::Kind;

use crate::bench::{Bench, MANAGEMENT, ROOT, attach, detach};

#[test]
fn a_policy_that_is_used_is_deleted_only_on_request() {
    let mut bench = Bench::new();
    let lock = bench.policy("Region lock", Kind::Scp);
    assert_eq!(lock.as_str(), "region-lock");
    assert_eq!(
        bench.policy("Region lock!", Kind::Scp).as_str(),
        "region-lock-2"
    );
    let read = bench.policy("Read", Kind::Identity);
    let role = bench.principal(PrincipalKind::Role, MANAGEMENT, "Admin");
    bench.make(attach(ROOT, "region-lock"));
    bench.make(attach(MANAGEMENT, "region-lock"));
    bench.make(Edit::AttachIdentity {
        principal: role.clone(),
        policy: read.clone(),
    });
    bench.make(Edit::SetSettings(Settings {
        off: vec![SwitchedOff::Attachment {
            policy: lock.clone(),
            node: ROOT.into(),
        }],
        ..Settings::default()
    }));
    assert_eq!(
        bench.0.policy_uses("region-lock"),
        [
            PolicyUse::Node(ROOT.into()),
            PolicyUse::Node(MANAGEMENT.into())
        ]
    );
    assert_eq!(bench.0.policy_uses("FullAWSAccess").len(), 2);
    let delete = |policy: &PolicyId, uses| Edit::DeletePolicy {
        policy: policy.clone(),
        uses,
    };
    assert_eq!(
        bench.refused(delete(&lock, Uses::Refuse)),
        "the policy `region-lock` is used by `r-root` and `111111111111`: detach it there first"
    );
    assert_eq!(
        bench.refused(Edit::SetPolicyKind {
            policy: read.clone(),
            kind: Kind::Scp
        }),
        "the policy `read` is used by `admin`: detach it there first"
    );
    bench.make(delete(&read, Uses::Detach));
    assert_eq!(bench.0.principal("admin").unwrap().policies(), []);
    bench.make(detach(ROOT, "FullAWSAccess"));
    assert!(
        bench
            .refused(delete(&lock, Uses::Detach))
            .contains("the last SCP of `r-root`")
    );
    bench.make(attach(ROOT, "FullAWSAccess"));
    bench.make(delete(&lock, Uses::Detach));
    assert_eq!(bench.attached(ROOT), ["FullAWSAccess"]);
    assert_eq!(bench.attached(MANAGEMENT), ["FullAWSAccess"]);
    assert_eq!(bench.0.settings.off, []);
    assert_eq!(
        bench.refused(delete(&"FullAWSAccess".into(), Uses::Detach)),
        "`FullAWSAccess` belongs to AWS and cannot be changed: duplicate it and change the copy"
    );
}

#[test]
fn policies_are_edited_and_copied() {
    let mut bench = Bench::new();
    let lock = bench.policy("Lock", Kind::Scp);
    bench.policy("Other", Kind::Scp);
    bench.make(Edit::SetPolicyText {
        policy: lock.clone(),
        text: "{ broken".into(),
    });
    bench.make(Edit::RenamePolicy {
        policy: lock.clone(),
        name: "Região".to_owned(),
    });
    bench.make(Edit::SetPolicyKind {
        policy: lock.clone(),
        kind: Kind::Identity,
    });
    assert_eq!(
        bench.make(Edit::DuplicatePolicy(lock.clone())),
        Some(Created::Policy("regi-o-copy".into()))
    );
    assert_eq!(
        bench.make(Edit::DuplicatePolicy("FullAWSAccess".into())),
        Some(Created::Policy("fullawsaccess-copy".into()))
    );
    let policies: Vec<(&str, &str, &str)> = bench
        .0
        .policies
        .iter()
        .map(|policy| (policy.id.as_str(), policy.kind.as_str(), &*policy.text))
        .collect();
    let full = organization::well_known("FullAWSAccess").unwrap().text;
    assert_eq!(
        policies,
        [
            ("lock", "identity", "{ broken"),
            ("regi-o-copy", "identity", "{ broken"),
            ("other", "scp", "{}"),
            ("fullawsaccess-copy", "scp", full),
        ]
    );
    assert!(
        bench
            .refused(Edit::SetPolicyText {
                policy: "IAMFullAccess".into(),
                text: "".into()
            })
            .contains("belongs to AWS")
    );
    assert_eq!(bench.policy("日本", Kind::Scp).as_str(), "policy");
}

#[test]
fn principals_belong_to_an_account_and_have_a_name_of_their_own() {
    let mut bench = Bench::new();
    let dev = bench.account(ROOT, "Dev");
    let alice = bench.principal(PrincipalKind::User, &dev, "Alice");
    let devs = bench.principal(PrincipalKind::Group, &dev, "devs");
    let elsewhere = bench.principal(PrincipalKind::Group, MANAGEMENT, "devs");
    assert_eq!((alice.as_str(), elsewhere.as_str()), ("alice", "devs-2"));
    let add = |account: &str, name: &str, policies| Edit::AddPrincipal {
        kind: PrincipalKind::User,
        account: account.into(),
        name: name.to_owned(),
        policies,
    };
    assert_eq!(
        bench.refused(add("999999999999", "x", vec![])),
        "there is no account `999999999999`"
    );
    assert_eq!(
        bench.refused(add(&dev, "ALICE", vec![])),
        "account `222222222222` has a user named `ALICE` already: names are compared without \
         regard to upper and lower case"
    );
    assert_eq!(
        bench.refused(add(&dev, "x", vec!["FullAWSAccess".into()])),
        "the policy `FullAWSAccess` is of kind `scp`: expected `identity`"
    );
    bench.make(add(&dev, "bob", vec!["AdministratorAccess".into()]));
    let join = |group: &PrincipalId| Edit::JoinGroup {
        user: alice.clone(),
        group: group.clone(),
    };
    bench.make(join(&devs));
    assert_eq!(
        bench.refused(join(&devs)),
        "the user `alice` is in the group `devs` already"
    );
    assert_eq!(
        bench.refused(join(&elsewhere)),
        "the user `alice` and the group `devs-2` belong to different accounts"
    );
    assert_eq!(
        bench.refused(join(&"bob".into())),
        "there is no group `bob`"
    );
    assert_eq!(
        bench.refused(Edit::AttachIdentity {
            principal: "bob".into(),
            policy: "AdministratorAccess".into()
        }),
        "the policy `AdministratorAccess` is attached to `bob` already"
    );
    bench.make(Edit::DetachIdentity {
        principal: "bob".into(),
        policy: "AdministratorAccess".into(),
    });
    let Principal::User(user) = &**bench.0.principal("alice").unwrap() else {
        panic!("a user")
    };
    assert_eq!(user.groups, std::slice::from_ref(&devs));
    let mut changed = user.clone();
    changed.path = "/staff/".to_owned();
    changed.permissions_boundary = Some("PowerUserAccess".into());
    bench.make(Edit::UpdatePrincipal(Box::new(Principal::User(
        changed.clone(),
    ))));
    changed.permissions_boundary = Some("FullAWSAccess".into());
    assert_eq!(
        bench.refused(Edit::UpdatePrincipal(Box::new(Principal::User(changed)))),
        "the policy `FullAWSAccess` is of kind `scp`: expected `boundary` or `identity`"
    );
    bench.make(Edit::DeletePrincipal(devs.clone()));
    let Principal::User(user) = &**bench.0.principal("alice").unwrap() else {
        panic!("a user")
    };
    assert_eq!((user.groups.len(), user.path.as_str()), (0, "/staff/"));
    bench.make(Edit::RenamePrincipal {
        principal: alice.clone(),
        name: "Alicia".to_owned(),
    });
    assert_eq!(bench.0.principal("alice").unwrap().name(), "Alicia");
    assert_eq!(
        bench.refused(Edit::RenamePrincipal {
            principal: alice.clone(),
            name: "Bob".to_owned()
        }),
        "account `222222222222` has a user named `Bob` already: names are compared without regard \
         to upper and lower case"
    );
    assert_eq!(
        bench.refused(Edit::LeaveGroup {
            user: alice,
            group: devs
        }),
        "the user `alice` is not in the group `devs`"
    );
    let role = bench.principal(PrincipalKind::Role, MANAGEMENT, "alice");
    assert_eq!(role.as_str(), "alice-2");
    let request = bench.request(&role);
    let edited = bench.0.apply(Edit::DeletePrincipal(role)).unwrap();
    assert_eq!(edited.orphaned, [request]);
}

#[test]
fn requests_are_added_replaced_copied_ordered_and_deleted() {
    let mut bench = Bench::new();
    let role = bench.principal(PrincipalKind::Role, MANAGEMENT, "Admin");
    let r1 = bench.request(&role);
    let r2 = bench.request(&role);
    assert_eq!((r1.as_str(), r2.as_str()), ("r1", "r2"));
    assert_eq!(
        bench.make(Edit::DuplicateRequest(r1.clone())),
        Some(Created::Request("r3".into()))
    );
    let order = |bench: &Bench| -> String {
        bench
            .0
            .requests
            .iter()
            .map(|one| one.id.to_string())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(order(&bench), "r1 r3 r2");
    bench.make(Edit::MoveRequest {
        request: r2.clone(),
        position: 0,
    });
    assert_eq!(order(&bench), "r2 r1 r3");
    bench.make(Edit::MoveRequest {
        request: r2.clone(),
        position: 9,
    });
    assert_eq!(order(&bench), "r1 r3 r2");
    let mut changed = Request::clone(bench.0.request("r1").unwrap());
    changed.action = "ec2:RunInstances".to_owned();
    bench.make(Edit::UpdateRequest(Box::new(changed.clone())));
    assert_eq!(bench.0.request("r1").unwrap().action, "ec2:RunInstances");
    assert_eq!(
        bench.refused(Edit::AddRequest {
            request: Box::new(changed.clone()),
            position: None
        }),
        "the id `r1` is taken by another request"
    );
    changed.resources.clear();
    assert!(
        bench
            .refused(Edit::UpdateRequest(Box::new(changed)))
            .starts_with("the request names no resource")
    );
    bench.make(Edit::DeleteRequest(r1.clone()));
    assert_eq!(
        bench.refused(Edit::DeleteRequest(r1)),
        "there is no request `r1`"
    );
    let add = bench.request(&role);
    assert_eq!(add.as_str(), "r1");
}

#[test]
fn a_scenario_that_aws_would_refuse_can_be_mended() {
    let text = r#"{"version": 1, "organization": {"root": {"policies": ["gone", "gone"]}}}"#;
    let mut bench = Bench(organization::file::read(text).unwrap().scenario);
    bench.make(attach(ROOT, "FullAWSAccess"));
    bench.make(detach(ROOT, "gone"));
    assert_eq!(bench.attached(ROOT), ["FullAWSAccess"]);
}

#[test]
fn titles_settings_and_defaults_are_set() {
    let mut bench = Bench(Scenario::empty());
    bench.make(Edit::SetTitle("T".to_owned()));
    bench.make(Edit::SetDescription("D".to_owned()));
    bench.make(Edit::SetDefaults(organization::Defaults {
        region: Some("eu-west-1".to_owned()),
        ..Default::default()
    }));
    assert_eq!(
        (bench.0.title.as_str(), bench.0.description.as_str()),
        ("T", "D")
    );
    assert_eq!(bench.0.defaults.region.as_deref(), Some("eu-west-1"));
}

#[test]
fn every_node_begins_with_attachments_left_out() {
    let mut bench = Bench::new();
    let a = bench.ou(ROOT, "A");
    let organization = bench.0.organization.as_ref().unwrap();
    let index = organization.index();
    for id in [ROOT, MANAGEMENT, a.as_str()] {
        assert_eq!(*index.node(id).unwrap().attachments(), Attachments::Default);
    }
    assert_eq!(NodeId::from(a.as_str()).as_str(), a);
}
