//! Which accounts no policy of the tree can tell apart.

use std::collections::HashMap;
use std::rc::Rc;

use organization::{
    AccountId, NodeId, NodeRef, Organization, PolicyId, Root, Settings, SwitchedOff,
};

use super::Scene;

/// The member accounts of an organization by the policies on their way from the root: two of one
/// class have the same policies attached at the same depths.
#[derive(Debug)]
pub(super) struct Classes {
    root: Option<Rc<Root>>,
    settings: Rc<Settings>,
    scps_enabled: bool,
    management_account: Option<AccountId>,
    /// In the order of the tree.
    pub(super) accounts: Vec<Classed>,
    positions: HashMap<AccountId, usize>,
    /// The entity paths of their parents (ORG-9).
    pub(super) paths: Vec<String>,
    /// How many classes there are.
    pub(super) count: usize,
}

/// A member account.
#[derive(Debug)]
pub(super) struct Classed {
    pub(super) id: AccountId,
    pub(super) class: usize,
    /// Position of its parent in [`Classes::paths`].
    pub(super) parent: usize,
}

/// The policies of one level; whether each is switched off here.
type Level = Vec<(PolicyId, bool)>;

impl Classes {
    pub(super) fn of(scene: &Scene<'_>) -> Self {
        let mut classes = Self {
            root: None,
            settings: scene.scenario.settings.clone(),
            scps_enabled: false,
            management_account: None,
            accounts: Vec::new(),
            positions: HashMap::new(),
            paths: Vec::new(),
            count: 0,
        };
        if let (Some(organization), Some(tree)) = (&scene.scenario.organization, &scene.tree) {
            classes.root = Some(organization.root.clone());
            classes.scps_enabled = organization.scps_enabled();
            classes
                .management_account
                .clone_from(&organization.management_account);
            let mut numbering = Numbering::default();
            let mut parents: HashMap<NodeId, usize> = HashMap::new();
            // The way from the root to the node that is looked at.
            let mut way: Vec<(NodeId, usize)> = Vec::new();
            organization.each_node(&mut |node| {
                let parent = tree.parent(node.id().as_str()).map(NodeRef::id);
                while way
                    .last()
                    .is_some_and(|(id, _)| Some(id) != parent.as_ref())
                {
                    way.pop();
                }
                let above = way.last().map(|(_, class)| *class);
                let class = numbering.number(above, level(scene, organization, &node));
                match (node, parent) {
                    (NodeRef::Account(account), Some(parent)) => {
                        let parent = *parents.entry(parent).or_insert_with(|| {
                            let path = tree.entity_path(account.id.as_str());
                            classes.paths.push(path.unwrap_or_default());
                            classes.paths.len() - 1
                        });
                        classes.add(&account.id, class, parent);
                    }
                    (node, _) => way.push((node.id(), class)),
                }
            });
            classes.count = numbering.numbers.len();
        }
        classes
    }

    fn add(&mut self, account: &AccountId, class: usize, parent: usize) {
        let is_new = !self.positions.contains_key(account);
        if is_new && self.management_account.as_ref() != Some(account) {
            self.positions.insert(account.clone(), self.accounts.len());
            self.accounts.push(Classed {
                id: account.clone(),
                class,
                parent,
            });
        }
    }

    /// The position of an account.
    pub(super) fn position(&self, account: &AccountId) -> Option<usize> {
        self.positions.get(account).copied()
    }

    /// Whether they were worked out from the same tree and settings.
    pub(super) fn fit(&self, scene: &Scene<'_>) -> bool {
        let organization = scene.scenario.organization.as_ref();
        let same_root = match (&self.root, organization) {
            (Some(root), Some(organization)) => Rc::ptr_eq(root, &organization.root),
            (None, None) => true,
            _ => false,
        };
        let management =
            organization.and_then(|organization| organization.management_account.as_ref());
        same_root
            && self.settings == scene.scenario.settings
            && self.management_account.as_ref() == management
            && self.scps_enabled == organization.is_some_and(Organization::scps_enabled)
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
