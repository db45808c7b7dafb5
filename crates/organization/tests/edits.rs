//! Edits keep what AWS guarantees, and say why where they cannot.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is wrong"
)]

use std::rc::Rc;

use organization::{
    AccountId, Attachments, Caller, Child, Contents, Created, Edit, EditError, NodeId, PolicyId,
    PolicyUse, Principal, PrincipalId, PrincipalKind, Request, RequestId, Scenario, Settings,
    SwitchedOff, Uses,
};
use policy::Kind;

const ROOT: &str = "r-root";
const MANAGEMENT: &str = "111111111111";

struct Bench(Scenario);

impl Bench {
    /// An organization with its management account.
    fn new() -> Self {
        let mut bench = Self(Scenario::empty());
        bench.make(Edit::CreateOrganization {
            management_account: "Management".to_owned(),
        });
        bench
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
        let before = self.0.clone();
        let error = self.0.apply(edit).expect_err("the edit is refused");
        assert_eq!(self.0, before);
        error.to_string()
    }

    #[track_caller]
    fn ou(&mut self, parent: &str, name: &str) -> String {
        let edit = Edit::AddOu {
            parent: parent.into(),
            name: name.to_owned(),
        };
        self.node(edit)
    }

    #[track_caller]
    fn account(&mut self, parent: &str, name: &str) -> String {
        let edit = Edit::AddAccount {
            parent: parent.into(),
            name: name.to_owned(),
        };
        self.node(edit)
    }

    #[track_caller]
    fn node(&mut self, edit: Edit) -> String {
        match self.make(edit) {
            Some(Created::Node(id)) => id.to_string(),
            other => panic!("a node, not {other:?}"),
        }
    }

    #[track_caller]
    fn policy(&mut self, name: &str, kind: Kind) -> PolicyId {
        let edit = Edit::AddPolicy {
            name: name.to_owned(),
            kind,
            text: "{}".into(),
        };
        match self.make(edit) {
            Some(Created::Policy(id)) => id,
            other => panic!("a policy, not {other:?}"),
        }
    }

    #[track_caller]
    fn principal(&mut self, kind: PrincipalKind, account: &str, name: &str) -> PrincipalId {
        let edit = Edit::AddPrincipal {
            kind,
            account: account.into(),
            name: name.to_owned(),
            policies: vec![],
        };
        match self.make(edit) {
            Some(Created::Principal(id)) => id,
            other => panic!("a principal, not {other:?}"),
        }
    }

    #[track_caller]
    fn request(&mut self, role: &PrincipalId) -> RequestId {
        let request = Request::new(Caller::role(role.clone()), "s3:GetObject", "*");
        let edit = Edit::AddRequest {
            request: Box::new(request),
            position: None,
        };
        match self.make(edit) {
            Some(Created::Request(id)) => id,
            other => panic!("a request, not {other:?}"),
        }
    }

    fn attached(&self, node: &str) -> Vec<String> {
        let organization = self.0.organization.as_ref().unwrap();
        let index = organization.index();
        let node = index.node(node).unwrap();
        let policies = organization.effective_attachments(node.attachments());
        policies.iter().map(ToString::to_string).collect()
    }

    /// The tree as `Name[child child]`.
    fn drawing(&self) -> String {
        fn draw(children: &[Child]) -> String {
            let children = children.iter().map(|child| match child {
                Child::Ou(ou) => format!("{}[{}]", ou.name, draw(&ou.children)),
                Child::Account(account) => account.name.clone(),
            });
            children.collect::<Vec<_>>().join(" ")
        }
        draw(&self.0.organization.as_ref().unwrap().root.children)
    }
}

fn attach(node: &str, policy: &str) -> Edit {
    Edit::Attach {
        node: node.into(),
        policy: policy.into(),
        position: None,
    }
}

fn detach(node: &str, policy: &str) -> Edit {
    Edit::Detach {
        node: node.into(),
        policy: policy.into(),
    }
}

fn relocate(node: &str, parent: &str, position: Option<usize>) -> Edit {
    Edit::MoveNode {
        node: node.into(),
        parent: parent.into(),
        position,
    }
}

#[test]
fn an_organization_begins_with_a_root_and_its_management_account() {
    let bench = Bench::new();
    let organization = bench.0.organization.as_ref().unwrap();
    assert_eq!(
        organization.management_account,
        Some(AccountId::from(MANAGEMENT))
    );
    assert!(organization.scps_enabled());
    assert!(!organization.rcps_enabled());
    assert_eq!(bench.drawing(), "Management");
    assert_eq!(bench.attached(ROOT), ["FullAWSAccess"]);
    assert_eq!(bench.attached(MANAGEMENT), ["FullAWSAccess"]);
    assert_eq!(
        bench.refused(Edit::CreateOrganization {
            management_account: "Another".to_owned()
        }),
        "there is an organization already"
    );
    assert_eq!(
        Bench(Scenario::empty()).refused(Edit::AddOu {
            parent: ROOT.into(),
            name: "x".to_owned()
        }),
        "there is no organization yet: create one first"
    );
}

#[test]
fn ous_and_accounts_are_added_with_ids_in_order() {
    let mut bench = Bench::new();
    let work = bench.ou(ROOT, "Work");
    let dev = bench.account(&work, "Dev");
    let prod = bench.account(&work, "Prod");
    assert_eq!(
        (work.as_str(), dev.as_str(), prod.as_str()),
        ("ou-root-00000001", "222222222222", "333333333333")
    );
    assert_eq!(bench.drawing(), "Management Work[Dev Prod]");
    assert_eq!(bench.attached(&dev), ["FullAWSAccess"]);
    bench.make(Edit::DeleteAccount(dev.as_str().into()));
    assert_eq!(bench.account(ROOT, "New"), dev);
    assert_eq!(
        bench.refused(Edit::AddOu {
            parent: dev.as_str().into(),
            name: "x".to_owned()
        }),
        "there is no root or OU `222222222222`"
    );
    assert_eq!(
        bench.refused(Edit::AddAccount {
            parent: ROOT.into(),
            name: "  ".to_owned()
        }),
        "the name is empty: an account needs at least one character"
    );
}

#[test]
fn ous_stand_at_most_five_levels_deep() {
    let mut bench = Bench::new();
    let mut parent = ROOT.to_owned();
    let mut ous = vec![];
    for level in 1..=5 {
        parent = bench.ou(&parent, &format!("L{level}"));
        ous.push(parent.clone());
    }
    let message = "OUs would stand 6 levels below the root: AWS allows 5";
    assert_eq!(
        bench.refused(Edit::AddOu {
            parent: parent.as_str().into(),
            name: "L6".to_owned()
        }),
        message
    );
    // An account may stand below the fifth level.
    bench.account(&parent, "Deep");
    let pair = bench.ou(ROOT, "Pair");
    bench.ou(&pair, "Inner");
    assert_eq!(bench.refused(relocate(&pair, &ous[3], None)), message);
    bench.make(relocate(&pair, &ous[2], None));
    assert_eq!(
        bench.drawing(),
        "Management L1[L2[L3[L4[L5[Deep]] Pair[Inner[]]]]]"
    );
}

#[test]
fn nodes_move_with_everything_below_them() {
    let mut bench = Bench::new();
    let a = bench.ou(ROOT, "A");
    let b = bench.ou(&a, "B");
    let dev = bench.account(&b, "Dev");
    bench.make(relocate(&b, ROOT, Some(0)));
    assert_eq!(bench.drawing(), "B[Dev] Management A[]");
    bench.make(relocate(&b, ROOT, Some(1)));
    assert_eq!(bench.drawing(), "Management B[Dev] A[]");
    bench.make(relocate(&b, ROOT, Some(99)));
    assert_eq!(bench.drawing(), "Management A[] B[Dev]");
    bench.make(relocate(&a, &b, Some(0)));
    assert_eq!(bench.drawing(), "Management B[A[] Dev]");
    // The management account moves like any other.
    bench.make(relocate(MANAGEMENT, &a, None));
    assert_eq!(bench.drawing(), "B[A[Management] Dev]");
    assert_eq!(
        bench.refused(relocate(&b, &a, None)),
        format!("the OU `{b}` cannot be moved into itself or an OU below it")
    );
    assert_eq!(
        bench.refused(relocate(&b, &b, None)),
        format!("the OU `{b}` cannot be moved into itself or an OU below it")
    );
    assert_eq!(
        bench.refused(relocate(&b, &dev, None)),
        format!("the OU `{b}` cannot be moved into itself or an OU below it")
    );
    assert_eq!(
        bench.refused(relocate(&dev, MANAGEMENT, None)),
        "there is no root or OU `111111111111`"
    );
    assert_eq!(
        bench.refused(relocate(&dev, &dev, None)),
        format!("there is no root or OU `{dev}`")
    );
    assert_eq!(
        bench.refused(relocate(ROOT, &a, None)),
        "the root cannot be renamed, moved or deleted: expected an OU or account"
    );
    assert_eq!(
        bench.refused(relocate("ou-x", &a, None)),
        "there is no root, OU or account `ou-x`"
    );
}

#[test]
fn an_edit_shares_what_it_does_not_change() {
    let mut bench = Bench::new();
    let a = bench.ou(ROOT, "A");
    let dev = bench.account(&a, "Dev");
    bench.ou(ROOT, "B");
    bench.policy("P", Kind::Scp);
    let before = bench.0.clone();
    bench.make(Edit::RenameNode {
        node: dev.as_str().into(),
        name: "Development".to_owned(),
    });
    let children = |scenario: &Scenario| {
        scenario
            .organization
            .as_ref()
            .unwrap()
            .root
            .children
            .clone()
    };
    match (&children(&before)[2], &children(&bench.0)[2]) {
        (Child::Ou(before), Child::Ou(after)) => assert!(Rc::ptr_eq(before, after)),
        other => panic!("OUs, not {other:?}"),
    }
    assert!(Rc::ptr_eq(&before.policies[0], &bench.0.policies[0]));
    assert_eq!(bench.drawing(), "Management A[Development] B[]");
}

#[test]
fn an_ou_that_is_not_empty_is_deleted_only_on_request() {
    let mut bench = Bench::new();
    let a = bench.ou(ROOT, "A");
    let b = bench.ou(&a, "B");
    let dev = bench.account(&b, "Dev");
    let role = bench.principal(PrincipalKind::Role, &dev, "Admin");
    let request = bench.request(&role);
    let delete = |contents| Edit::DeleteOu {
        ou: a.as_str().into(),
        contents,
    };
    assert_eq!(
        bench.refused(delete(Contents::Refuse)),
        format!("the OU `{a}` is not empty: move or delete the 1 OU or account in it first")
    );
    assert_eq!(
        bench.refused(Edit::DeleteOu {
            ou: dev.as_str().into(),
            contents: Contents::Delete
        }),
        format!("there is no OU `{dev}`")
    );
    bench.make(relocate(MANAGEMENT, &b, None));
    assert_eq!(
        bench.refused(delete(Contents::Delete)),
        "`111111111111` is the management account, which cannot leave its organization: delete the \
         organization instead, or make another account the management account first"
    );
    bench.make(relocate(MANAGEMENT, ROOT, None));
    let edited = bench.0.apply(delete(Contents::Delete)).unwrap();
    assert_eq!(edited.orphaned, [request]);
    assert_eq!(edited.scenario.principals, []);
    assert_eq!(edited.scenario.requests.len(), 1);
    assert_eq!(Bench(edited.scenario).drawing(), "Management");
    bench.make(Edit::DeleteAccount(dev.as_str().into()));
    bench.make(Edit::DeleteOu {
        ou: b.as_str().into(),
        contents: Contents::Refuse,
    });
    assert_eq!(bench.drawing(), "A[] Management");
}

#[test]
fn the_management_account_stays() {
    let mut bench = Bench::new();
    let other = bench.account(ROOT, "Other");
    assert!(matches!(
        bench.0.apply(Edit::DeleteAccount(MANAGEMENT.into())),
        Err(EditError::ManagementAccount { .. })
    ));
    bench.make(Edit::SetManagementAccount(other.as_str().into()));
    bench.make(Edit::DeleteAccount(MANAGEMENT.into()));
    assert_eq!(bench.drawing(), "Other");
    assert_eq!(
        bench.refused(Edit::SetManagementAccount("999999999999".into())),
        "there is no account `999999999999`"
    );
    bench.make(Edit::DeleteOrganization);
    assert_eq!(bench.0, Scenario::empty());
}

#[test]
fn the_last_scp_of_a_node_stays() {
    let mut bench = Bench::new();
    bench.policy("Allow list", Kind::Scp);
    assert_eq!(
        bench.refused(detach(ROOT, "FullAWSAccess")),
        "`FullAWSAccess` is the last SCP of `r-root`: while SCPs are enabled each root, OU and \
         account keeps at least one, so attach the replacement first and detach this one then"
    );
    bench.make(attach(ROOT, "allow-list"));
    assert_eq!(bench.attached(ROOT), ["FullAWSAccess", "allow-list"]);
    bench.make(detach(ROOT, "FullAWSAccess"));
    assert_eq!(bench.attached(ROOT), ["allow-list"]);
    assert!(
        bench
            .refused(detach(ROOT, "allow-list"))
            .contains("the last SCP")
    );
    bench.make(Edit::ReplaceAttachment {
        node: ROOT.into(),
        old: "allow-list".into(),
        new: "FullAWSAccess".into(),
    });
    assert_eq!(bench.attached(ROOT), ["FullAWSAccess"]);
    assert_eq!(
        bench.refused(detach(MANAGEMENT, "allow-list")),
        "the policy `allow-list` is not attached to `111111111111` itself: only what is attached \
         directly can be detached"
    );
}

#[test]
fn only_scps_and_rcps_that_are_enabled_are_attached_and_only_once() {
    let mut bench = Bench::new();
    bench.policy("Lock", Kind::Scp);
    bench.policy("Perimeter", Kind::Rcp);
    bench.policy("Read", Kind::Identity);
    assert_eq!(
        bench.refused(attach(ROOT, "perimeter")),
        "RCPs are not enabled in this organization: enable `RESOURCE_CONTROL_POLICY` first"
    );
    assert_eq!(
        bench.refused(attach(ROOT, "read")),
        "the policy `read` is of kind `identity`: expected `scp` or `rcp`"
    );
    assert_eq!(
        bench.refused(attach(ROOT, "gone")),
        "there is no policy `gone`"
    );
    assert_eq!(
        bench.refused(attach("ou-x", "lock")),
        "there is no root, OU or account `ou-x`"
    );
    assert_eq!(
        bench.refused(attach(ROOT, "FullAWSAccess")),
        "the policy `FullAWSAccess` is attached to `r-root` already"
    );
    bench.make(Edit::EnablePolicyType(Kind::Rcp));
    bench.make(attach(ROOT, "perimeter"));
    assert_eq!(
        bench.refused(attach(ROOT, "RCPFullAWSAccess")),
        "the policy `RCPFullAWSAccess` is attached to `r-root` already"
    );
    assert_eq!(
        bench.refused(detach(ROOT, "RCPFullAWSAccess")),
        "`RCPFullAWSAccess` is attached everywhere while RCPs are enabled: AWS does not let anyone \
         detach it"
    );
    bench.make(detach(ROOT, "perimeter"));
    assert_eq!(bench.attached(ROOT), ["FullAWSAccess"]);
    assert_eq!(
        bench.refused(Edit::ReplaceAttachment {
            node: ROOT.into(),
            old: "FullAWSAccess".into(),
            new: "perimeter".into()
        }),
        "the policy `perimeter` is of kind `rcp`: expected `scp`"
    );
}

#[test]
fn attachments_are_counted_by_kind() {
    let mut bench = Bench::new();
    bench.make(Edit::EnablePolicyType(Kind::Rcp));
    for n in 0..10 {
        bench.policy(&format!("s{n}"), Kind::Scp);
        bench.policy(&format!("r{n}"), Kind::Rcp);
    }
    for n in 0..9 {
        bench.make(attach(ROOT, &format!("s{n}")));
    }
    assert_eq!(
        bench.refused(attach(ROOT, "s9")),
        "`r-root` has 10 SCPs: AWS allows no more"
    );
    for n in 0..4 {
        bench.make(attach(ROOT, &format!("r{n}")));
    }
    assert_eq!(
        bench.refused(attach(ROOT, "r4")),
        "`r-root` has 5 RCPs, `RCPFullAWSAccess` counted: AWS allows no more"
    );
    // What is inherited takes no slot (Q-10).
    bench.make(attach(MANAGEMENT, "s9"));
    bench.make(Edit::ReplaceAttachment {
        node: ROOT.into(),
        old: "s0".into(),
        new: "s9".into(),
    });
}

#[test]
fn slots_are_those_of_the_day() {
    let mut bench = Bench::new();
    bench.make(Edit::SetSettings(Settings {
        as_of: Some("2026-05-14".to_owned()),
        ..Settings::default()
    }));
    for n in 0..5 {
        bench.policy(&format!("s{n}"), Kind::Scp);
    }
    for n in 0..4 {
        bench.make(attach(ROOT, &format!("s{n}")));
    }
    assert_eq!(
        bench.refused(attach(ROOT, "s4")),
        "`r-root` has 5 SCPs: AWS allows no more"
    );
    bench.make(Edit::SetSettings(Settings::default()));
    bench.make(attach(ROOT, "s4"));
}

#[test]
fn disabling_a_policy_type_detaches_it_everywhere() {
    let mut bench = Bench::new();
    bench.policy("Lock", Kind::Scp);
    bench.policy("Perimeter", Kind::Rcp);
    bench.make(Edit::EnablePolicyType(Kind::Rcp));
    let a = bench.ou(ROOT, "A");
    bench.make(attach(&a, "lock"));
    bench.make(detach(&a, "FullAWSAccess"));
    bench.make(attach(&a, "perimeter"));
    bench.make(attach(MANAGEMENT, "lock"));
    bench.make(Edit::DisablePolicyType(Kind::Scp));
    assert_eq!(bench.attached(&a), ["perimeter"]);
    assert_eq!(bench.attached(ROOT), [""; 0]);
    assert_eq!(bench.0.policies.len(), 2);
    assert_eq!(
        bench.refused(Edit::DisablePolicyType(Kind::Scp)),
        "SCPs are not enabled in this organization: enable `SERVICE_CONTROL_POLICY` first"
    );
    let b = bench.ou(ROOT, "B");
    assert_eq!(bench.attached(&b), [""; 0]);
    bench.make(Edit::EnablePolicyType(Kind::Scp));
    assert_eq!(bench.attached(&a), ["FullAWSAccess", "perimeter"]);
    for node in [ROOT, MANAGEMENT, &b] {
        assert_eq!(bench.attached(node), ["FullAWSAccess"]);
    }
    bench.make(Edit::DisablePolicyType(Kind::Rcp));
    assert_eq!(bench.attached(&a), ["FullAWSAccess"]);
    assert_eq!(
        bench.refused(Edit::EnablePolicyType(Kind::Scp)),
        "SCPs are enabled already"
    );
    assert_eq!(
        bench.refused(Edit::EnablePolicyType(Kind::Trust)),
        "policies of kind `trust` are not enabled in an organization: expected `scp` or `rcp`"
    );
}

#[test]
fn an_attachment_that_comes_back_is_switched_on() {
    let mut bench = Bench::new();
    bench.policy("Lock", Kind::Scp);
    let off = |policy: &str| SwitchedOff::Attachment {
        policy: policy.into(),
        node: ROOT.into(),
    };
    bench.make(attach(ROOT, "lock"));
    bench.make(Edit::SetSettings(Settings {
        off: vec![
            off("FullAWSAccess"),
            SwitchedOff::Kind(Kind::Rcp),
            off("lock"),
        ],
        ..Settings::default()
    }));
    bench.make(detach(ROOT, "lock"));
    assert_eq!(
        bench.0.settings.off,
        [off("FullAWSAccess"), SwitchedOff::Kind(Kind::Rcp)]
    );
    bench.make(Edit::DisablePolicyType(Kind::Scp));
    assert_eq!(bench.0.settings.off, [SwitchedOff::Kind(Kind::Rcp)]);
}

#[test]
fn consolidated_billing_has_no_policy_types() {
    let text = r#"{"version": 1, "organization": {"featureSet": "CONSOLIDATED_BILLING", "enabledPolicyTypes": [], "root": {}}}"#;
    let bench = Bench(organization::file::read(text).unwrap().scenario);
    assert_eq!(
        bench.refused(Edit::EnablePolicyType(Kind::Scp)),
        "SCPs need an organization with all features: its feature set is another one"
    );
}

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
