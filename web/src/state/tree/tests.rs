use super::*;
use crate::state::{Action, Shape};

fn after(model: &Model, action: TreeAction) -> Model {
    crate::state::reduce(model, Action::Tree(action), 0.0).unwrap_or_else(|| model.clone())
}

/// The recommended shape; its nodes are found by their names.
fn built() -> Model {
    after(
        &Model::default(),
        TreeAction::ShapeAdded(Shape::Recommended),
    )
}

fn id(model: &Model, name: &str) -> NodeId {
    let mut found = None;
    let organization = model.scenario.organization.as_ref().unwrap();
    organization.each_node(&mut |node| {
        if node.name() == name {
            found = Some(node.id());
        }
    });
    found.unwrap_or_else(|| panic!("no node is named {name}"))
}

fn ids(model: &Model, names: &[&str]) -> Vec<NodeId> {
    names.iter().map(|name| id(model, name)).collect()
}

fn children(model: &Model, name: &str) -> Vec<String> {
    let index = model.scenario.organization.as_ref().unwrap().index();
    let children = index.node(id(model, name).as_str()).unwrap().children();
    children
        .iter()
        .map(|child| child.name().to_owned())
        .collect()
}

fn moved(model: &Model, names: &[&str], parent: &str, slot: Slot) -> Model {
    after(
        model,
        TreeAction::Moved {
            nodes: ids(model, names),
            parent: id(model, parent),
            slot,
        },
    )
}

#[test]
fn nodes_land_where_they_were_let_go() {
    let model = built();
    let before = Slot::Before(id(&model, "Shared services"));
    let model = moved(&model, &["Audit", "Dev sandbox"], "Infrastructure", before);
    assert_eq!(
        children(&model, "Infrastructure"),
        ["Network", "Audit", "Dev sandbox", "Shared services"]
    );
    let before = Slot::Before(id(&model, "Shared services"));
    let model = moved(
        &model,
        &["Network", "Dev sandbox"],
        "Infrastructure",
        before,
    );
    assert_eq!(
        children(&model, "Infrastructure"),
        ["Audit", "Network", "Dev sandbox", "Shared services"]
    );
    let before = Slot::Before(id(&model, "Audit"));
    let model = moved(
        &model,
        &["Network", "Shared services"],
        "Infrastructure",
        before,
    );
    assert_eq!(
        children(&model, "Infrastructure"),
        ["Network", "Shared services", "Audit", "Dev sandbox"]
    );
    let model = moved(&model, &["Network"], "Infrastructure", Slot::End);
    assert_eq!(
        children(&model, "Infrastructure"),
        ["Shared services", "Audit", "Dev sandbox", "Network"]
    );
    let same = moved(&model, &["Audit"], "Infrastructure", Slot::Any);
    assert!(Rc::ptr_eq(&same.scenario, &model.scenario));
}

#[test]
fn what_is_below_another_goes_along_with_it() {
    let model = built();
    let model = moved(&model, &["Workloads", "Prod"], "Sandbox", Slot::Any);
    assert_eq!(children(&model, "Workloads"), ["Prod", "Test"]);
    assert_eq!(
        children(&model, "Sandbox"),
        ["Dev sandbox", "Data sandbox", "Workloads"]
    );
    assert_eq!(model.history.to_undo(), Some("move Workloads"));
}

#[test]
fn one_refusal_leaves_all_as_it_was() {
    let model = built();
    let next = moved(&model, &["Audit", "Workloads"], "Prod", Slot::Any);
    assert!(Rc::ptr_eq(&next.scenario, &model.scenario));
    let text = next.notice.unwrap().text;
    assert!(
        text.contains("“Workloads” cannot be moved into itself"),
        "{text}"
    );
}

#[test]
fn a_policy_is_attached_where_it_is_not_yet() {
    let model = built();
    let nodes = ids(&model, &["Security", "Sandbox"]);
    let made = TreeAction::PolicyMade {
        nodes: nodes.clone(),
        kind: Kind::Scp,
        name: "Region lock".to_owned(),
    };
    let model = after(&model, made);
    let policy = model.scenario.policies.first().unwrap().id.clone();
    let attached = TreeAction::Attached {
        nodes: ids(&model, &["Security", "Audit", "Sandbox"]),
        policy: policy.clone(),
    };
    let model = after(&model, attached);
    assert_eq!(model.history.to_undo(), Some("attach Region lock"));
    let detached = TreeAction::Detached { nodes, policy };
    let model = after(&model, detached);
    assert_eq!(
        model.history.to_undo(),
        Some("detach Region lock (2 nodes)")
    );
}

#[test]
fn the_first_name_is_part_of_the_addition() {
    let model = built();
    let steps = |model: &Model| {
        let mut steps = 0;
        let mut model = model.clone();
        while let Some(before) = crate::state::reduce(&model, Action::Undone, 0.0) {
            model = before;
            steps += 1;
        }
        steps
    };
    let at = id(&model, "Sandbox");
    let added = after(&model, TreeAction::NodeAdded { at, account: true });
    let node = added.renaming.clone().unwrap();
    let named = |model: &Model, name: &str| {
        let name = name.to_owned();
        let node = node.clone();
        after(
            model,
            TreeAction::Named {
                node,
                name,
                then: None,
            },
        )
    };
    let added = named(&added, "Lab");
    assert_eq!(added.history.to_undo(), Some("add Lab"));
    assert_eq!(steps(&added), steps(&model) + 1);
    let renamed = named(&added, "Laboratory");
    assert_eq!(
        steps(&renamed),
        steps(&added) + 1,
        "another name is a step of its own"
    );
}

#[test]
fn several_stand_in_the_order_of_the_tree_and_settle() {
    let model = built();
    let [audit, network] = ["Audit", "Network"].map(|name| id(&model, name));
    let both = vec![network.clone(), audit.clone()];
    let model = after(&model, TreeAction::SeveralSelected(both, audit.clone()));
    assert_eq!(*model.tree.several, [audit.clone(), network.clone()]);
    let model = after(&model, TreeAction::Deleted(vec![network]));
    assert!(model.tree.several.is_empty(), "one is not several");
    assert_eq!(model.selection.node, Some(audit));
}
