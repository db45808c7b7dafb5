//! Nodes of the tree: they are made, moved and deleted.

use std::rc::Rc;

use organization::{AccountId, Child, Contents, Edit, EditError, PrincipalKind, Scenario};
use policy::Kind;

use crate::bench::{Bench, MANAGEMENT, ROOT, relocate};

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
