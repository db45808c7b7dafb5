//! Ready-made sets of OUs and accounts to begin with.

use organization::{Child, Created, Edit, EditError, NodeId, NodeRef, Scenario};

/// A ready-made set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The OUs that AWS recommends, by function.
    Recommended,
    /// OUs by department.
    Departments,
}

/// Each line is an OU, or an account if it begins with `-`; a dot for each level above it.
type Lines = &'static [&'static str];

const RECOMMENDED: Lines = &[
    "Security",
    ".-Log archive",
    ".-Audit",
    "Infrastructure",
    ".-Network",
    ".-Shared services",
    "Workloads",
    ".Prod",
    "..-Shop production",
    ".Test",
    "..-Shop test",
    "Sandbox",
    ".-Dev sandbox",
    ".-Data sandbox",
];

const DEPARTMENTS: Lines = &[
    "Engineering",
    ".Production",
    "..-Shop production",
    ".Development",
    "..-Shop development",
    "..-Build",
    "Finance",
    ".-Payroll",
    ".-Billing reports",
    "Marketing",
    ".-Website",
    "Research",
    ".-Lab",
];

impl Shape {
    /// As "Undo: add …" continues.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Recommended => texts::state_shapes_recommended(),
            Self::Departments => texts::state_shapes_departments(),
        }
    }

    fn lines(self) -> Lines {
        match self {
            Self::Recommended => RECOMMENDED,
            Self::Departments => DEPARTMENTS,
        }
    }
}

/// The scenario with a shape below its root, and how many OUs and accounts were added. What has
/// the same name at the same place is taken for the same; an organization is started if there is
/// none.
pub(super) fn with_shape(
    scenario: &Scenario,
    shape: Shape,
) -> Result<(Scenario, usize), EditError> {
    let mut scenario = scenario.clone();
    if scenario.organization.is_none() {
        let edit = Edit::CreateOrganization {
            management_account: "Management".to_owned(),
        };
        scenario = scenario.apply(edit)?.scenario;
    }
    let root = scenario.organization.as_ref();
    let root = root.map(|organization| organization.root.id.clone());
    let mut way: Vec<NodeId> = root.into_iter().collect();
    let mut added = 0;
    for line in shape.lines() {
        let name = line.trim_start_matches('.');
        way.truncate(1 + line.len() - name.len());
        let Some(parent) = way.last().cloned() else {
            continue;
        };
        let (account, name) = match name.strip_prefix('-') {
            Some(name) => (true, name.to_owned()),
            None => (false, name.to_owned()),
        };
        if let Some(there) = child(&scenario, &parent, &name, account) {
            way.push(there);
            continue;
        }
        let edited = scenario.apply(match account {
            true => Edit::AddAccount { parent, name },
            false => Edit::AddOu { parent, name },
        })?;
        scenario = edited.scenario;
        added += 1;
        if let Some(Created::Node(node)) = edited.created {
            way.push(node);
        }
    }
    Ok((scenario, added))
}

fn child(scenario: &Scenario, parent: &NodeId, name: &str, account: bool) -> Option<NodeId> {
    let index = scenario.organization.as_ref()?.index();
    let children = index.node(parent.as_str()).map(NodeRef::children)?;
    let found = children
        .iter()
        .find(|child| child.name() == name && matches!(child, Child::Account(_)) == account);
    found.map(Child::id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_is_added_once() {
        for shape in [Shape::Recommended, Shape::Departments] {
            let (scenario, added) = with_shape(&Scenario::empty(), shape).unwrap();
            assert_eq!(added, shape.lines().len());
            let mut nodes = 0;
            let organization = scenario.organization.as_ref().unwrap();
            organization.each_node(&mut |_| nodes += 1);
            assert_eq!(nodes, added + 2, "with the root and the management account");
            assert_eq!(with_shape(&scenario, shape).unwrap(), (scenario, 0));
        }
    }
}
