//! Several edits at once: all of them, or none.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where something is wrong"
)]

use organization::{Created, Edit, EditError, NodeId, Organization, Scenario};

/// A root with the OUs A and B, and the accounts One and Two in A.
fn scenario() -> (Scenario, NodeId, NodeId) {
    let started = Scenario::empty()
        .apply(Edit::CreateOrganization {
            management_account: "Management".to_owned(),
        })
        .unwrap()
        .scenario;
    let root = organization(&started).root.id.clone();
    let (scenario, a) = with_ou(&started, &root, "A");
    let (scenario, b) = with_ou(&scenario, &root, "B");
    let accounts = ["One", "Two"].map(|name| Edit::AddAccount {
        parent: a.clone(),
        name: name.to_owned(),
    });
    (scenario.apply_all(accounts).unwrap().scenario, a, b)
}

fn with_ou(scenario: &Scenario, parent: &NodeId, name: &str) -> (Scenario, NodeId) {
    let edited = scenario.apply(Edit::AddOu {
        parent: parent.clone(),
        name: name.to_owned(),
    });
    let edited = edited.unwrap();
    match edited.created {
        Some(Created::Node(node)) => (edited.scenario, node),
        other => panic!("{other:?}"),
    }
}

fn organization(scenario: &Scenario) -> &Organization {
    scenario.organization.as_ref().unwrap()
}

/// The names below a node.
fn names(scenario: &Scenario, node: &NodeId) -> Vec<String> {
    let index = organization(scenario).index();
    let children = index.node(node.as_str()).unwrap().children();
    children
        .iter()
        .map(|child| child.name().to_owned())
        .collect()
}

fn ids(scenario: &Scenario, node: &NodeId) -> Vec<NodeId> {
    let index = organization(scenario).index();
    let children = index.node(node.as_str()).unwrap().children();
    children.iter().map(organization::Child::id).collect()
}

fn moved(node: &NodeId, parent: &NodeId, position: Option<usize>) -> Edit {
    Edit::MoveNode {
        node: node.clone(),
        parent: parent.clone(),
        position,
    }
}

#[test]
fn edits_see_what_those_before_them_did() {
    let (scenario, a, b) = scenario();
    let accounts = ids(&scenario, &a);
    let edits = accounts.iter().map(|account| moved(account, &b, Some(0)));
    let after = scenario.apply_all(edits).unwrap();
    assert_eq!(names(&after.scenario, &b), ["Two", "One"]);
    assert!(names(&after.scenario, &a).is_empty());
    assert_eq!(after.created, None);
}

#[test]
fn what_was_made_last_is_told() {
    let (scenario, a, b) = scenario();
    let account = |parent: &NodeId, name: &str| Edit::AddAccount {
        parent: parent.clone(),
        name: name.to_owned(),
    };
    let rename = Edit::RenameNode {
        node: a.clone(),
        name: "C".to_owned(),
    };
    let edits = [account(&a, "Three"), account(&b, "Four"), rename];
    let after = scenario.apply_all(edits).unwrap();
    let four = ids(&after.scenario, &b).pop().unwrap();
    assert_eq!(after.created, Some(Created::Node(four)));
}

#[test]
fn one_refusal_refuses_all() {
    let (scenario, a, b) = scenario();
    let before = scenario.clone();
    let edits = [moved(&a, &b, None), moved(&b, &a, None)];
    let refusal = scenario.apply_all(edits).unwrap_err();
    assert_eq!(refusal, EditError::IntoItself { ou: b });
    assert_eq!(scenario, before);
}

#[test]
fn requests_that_lose_their_callers_are_told_together() {
    use organization::{Caller, PrincipalKind, Request};
    let (scenario, a, _) = scenario();
    let accounts = ids(&scenario, &a);
    let mut scenario = scenario;
    for account in &accounts {
        let role = scenario.apply(Edit::AddPrincipal {
            kind: PrincipalKind::Role,
            account: account.as_str().into(),
            name: "admin".to_owned(),
            policies: Vec::new(),
        });
        let role = role.unwrap();
        let Some(Created::Principal(id)) = role.created else {
            panic!("no role was made");
        };
        let request = Request::new(Caller::role(id), "s3:ListAllMyBuckets", "*");
        let added = role.scenario.apply(Edit::AddRequest {
            request: Box::new(request),
            position: None,
        });
        scenario = added.unwrap().scenario;
    }
    let deletions = accounts
        .iter()
        .map(|account| Edit::DeleteAccount(account.as_str().into()));
    let after = scenario.apply_all(deletions).unwrap();
    assert_eq!(after.orphaned.len(), 2);
    assert!(names(&after.scenario, &a).is_empty());
}
