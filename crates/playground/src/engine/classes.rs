//! Which accounts no policy of the tree can tell apart.

use std::collections::HashMap;
use std::rc::Rc;

use organization::{
    AccountId, NodeId, NodeRef, Organization, PolicyId, Root, Settings, SwitchedOff,
};

use super::Scene;

/// The accounts of an organization by the policies on their way from the root: two of one class
/// have the same policies attached at the same depths.
#[derive(Debug)]
pub(super) struct Classes {
    root: Option<Rc<Root>>,
    settings: Rc<Settings>,
    scps_enabled: bool,
    by_account: HashMap<AccountId, usize>,
}

/// The policies of one level; whether each is switched off here.
type Level = Vec<(PolicyId, bool)>;

impl Classes {
    pub(super) fn of(scene: &Scene<'_>) -> Self {
        let organization = scene.scenario.organization.as_ref();
        let mut numbering = Numbering::default();
        let mut by_account = HashMap::new();
        if let Some(organization) = organization {
            let mut path: Vec<(NodeId, usize)> = Vec::new();
            organization.each_node(&mut |node| {
                let parent = scene
                    .tree
                    .as_ref()
                    .and_then(|tree| tree.parent(node.id().as_str()));
                let parent = parent.map(|parent| parent.id());
                while path
                    .last()
                    .is_some_and(|(id, _)| Some(id) != parent.as_ref())
                {
                    path.pop();
                }
                let above = path.last().map(|(_, class)| *class);
                let class = numbering.number(above, level(scene, organization, &node));
                if let NodeRef::Account(account) = node {
                    by_account.insert(account.id.clone(), class);
                } else {
                    path.push((node.id(), class));
                }
            });
        }
        Self {
            root: organization.map(|organization| organization.root.clone()),
            settings: scene.scenario.settings.clone(),
            scps_enabled: organization.is_some_and(Organization::scps_enabled),
            by_account,
        }
    }

    /// Whether they were worked out from the same tree and settings.
    pub(super) fn fit(&self, scene: &Scene<'_>) -> bool {
        let organization = scene.scenario.organization.as_ref();
        let same_root = match (&self.root, organization) {
            (Some(root), Some(organization)) => Rc::ptr_eq(root, &organization.root),
            (None, None) => true,
            _ => false,
        };
        same_root
            && self.settings == scene.scenario.settings
            && self.scps_enabled == organization.is_some_and(Organization::scps_enabled)
    }

    pub(super) fn of_account(&self, account: &AccountId) -> Option<usize> {
        self.by_account.get(account).copied()
    }
}

fn level(scene: &Scene<'_>, organization: &Organization, node: &NodeRef<'_>) -> Level {
    let is_off = |policy: &PolicyId| {
        let off = SwitchedOff::Attachment {
            policy: policy.clone(),
            node: node.id(),
        };
        scene.scenario.settings.off.contains(&off)
    };
    organization
        .effective_attachments(node.attachments())
        .into_iter()
        .map(|policy| {
            let off = is_off(&policy);
            (policy, off)
        })
        .collect()
}

/// Numbers for ways from the root.
#[derive(Default)]
struct Numbering {
    numbers: HashMap<(Option<usize>, Level), usize>,
}

impl Numbering {
    fn number(&mut self, above: Option<usize>, level: Level) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry((above, level)).or_insert(next)
    }
}
