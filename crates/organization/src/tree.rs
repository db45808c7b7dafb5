//! The organization: one root, OUs below it, accounts (ORG-1 … ORG-6).
//!
//! An account cannot have children, and an OU cannot be the management account: the types have no
//! place for it. The tree is shared (`Rc`) and copied only along the path that an edit changes.

use std::collections::BTreeMap;
use std::rc::Rc;

use policy::Kind;
use serde_json::{Map, Value};

use crate::ids::{AccountId, NodeId, PolicyId};
use crate::index::NodeRef;
use crate::well_known::FULL_AWS_ACCESS;

/// An organization of AWS Organizations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// `o-…` (ORG-7).
    pub id: Rc<str>,
    /// `aws`, `aws-cn`, `aws-us-gov` or any other text (ORG-10).
    pub partition: Rc<str>,
    /// All features, or consolidated billing only (ORG-12).
    pub feature_set: FeatureSet,
    /// The policy types that are enabled, as the scenario names them (`SERVICE_CONTROL_POLICY`).
    pub enabled_policy_types: Vec<String>,
    /// The management account; SCPs and RCPs have no effect on it (ORG-5).
    pub management_account: Option<AccountId>,
    /// The root and everything below it.
    pub root: Rc<Root>,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// What an organization can do (ORG-12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeatureSet {
    /// `ALL`.
    All,
    /// `CONSOLIDATED_BILLING`: no SCP or RCP applies.
    ConsolidatedBilling,
    /// A text that this version does not know; kept, and reported where it is used.
    Other(String),
}

/// The policies attached directly to a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attachments {
    /// Left out in the file: what AWS attaches to a new node (FullAWSAccess while SCPs are enabled).
    Default,
    /// Exactly these, SCPs and RCPs together, in the order of the file.
    Listed(Vec<PolicyId>),
}

/// The root of the organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// `r-…`.
    pub id: NodeId,
    /// Policies attached to the root.
    pub attachments: Attachments,
    /// OUs and accounts directly under the root.
    pub children: Vec<Child>,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// What can stand under the root or an OU.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Child {
    /// An organizational unit.
    Ou(Rc<Ou>),
    /// An account.
    Account(Rc<Account>),
}

/// An organizational unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ou {
    /// `ou-…-…`.
    pub id: NodeId,
    /// Its name.
    pub name: String,
    /// Policies attached to the OU.
    pub attachments: Attachments,
    /// OUs and accounts directly under it.
    pub children: Vec<Child>,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// An account of the organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Twelve digits.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// Policies attached to the account.
    pub attachments: Attachments,
    /// Tags of the account.
    pub tags: BTreeMap<String, String>,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// Most levels of OUs below the root (ORG-2).
pub const MAX_OU_DEPTH: usize = 5;

/// The policy type of SCPs, as `enabled_policy_types` names it.
pub const SERVICE_CONTROL_POLICY: &str = "SERVICE_CONTROL_POLICY";
/// The policy type of RCPs, as `enabled_policy_types` names it.
pub const RESOURCE_CONTROL_POLICY: &str = "RESOURCE_CONTROL_POLICY";
/// The policy types of AWS Organizations. Only the first two decide requests.
pub const POLICY_TYPES: &[&str] = &[
    SERVICE_CONTROL_POLICY,
    RESOURCE_CONTROL_POLICY,
    "AISERVICES_OPT_OUT_POLICY",
    "BACKUP_POLICY",
    "BEDROCK_POLICY",
    "CHATBOT_POLICY",
    "DECLARATIVE_POLICY_EC2",
    "INSPECTOR_POLICY",
    "NETWORK_SECURITY_DIRECTOR_POLICY",
    "S3_POLICY",
    "SECURITYHUB_POLICY",
    "TAG_POLICY",
    "UPGRADE_ROLLOUT_POLICY",
];

impl Organization {
    /// Whether SCPs take part: all features, and the policy type enabled (ORG-12, ORG-15).
    #[must_use]
    pub fn scps_enabled(&self) -> bool {
        self.enables(Kind::Scp)
    }

    /// Whether RCPs take part: all features, and the policy type enabled (ORG-12, ORG-15).
    #[must_use]
    pub fn rcps_enabled(&self) -> bool {
        self.enables(Kind::Rcp)
    }

    /// Whether policies of this kind can be attached to the nodes of the tree, and count.
    #[must_use]
    pub fn enables(&self, kind: Kind) -> bool {
        self.feature_set == FeatureSet::All
            && policy_type(kind)
                .is_some_and(|name| self.enabled_policy_types.iter().any(|on| on == name))
    }

    /// The policies attached directly to a node with these attachments, in order. What is left
    /// out is FullAWSAccess while SCPs are enabled, and nothing otherwise. RCPFullAWSAccess, which
    /// is attached everywhere while RCPs are enabled (ORG-13), is listed only where it was typed.
    #[must_use]
    pub fn effective_attachments(&self, attachments: &Attachments) -> Vec<PolicyId> {
        match attachments {
            Attachments::Listed(policies) => policies.clone(),
            Attachments::Default if self.scps_enabled() => vec![PolicyId::from(FULL_AWS_ACCESS)],
            Attachments::Default => Vec::new(),
        }
    }
}

/// The name of the policy type in AWS Organizations, for the kinds that are attached to nodes.
#[must_use]
pub fn policy_type(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Scp => Some(SERVICE_CONTROL_POLICY),
        Kind::Rcp => Some(RESOURCE_CONTROL_POLICY),
        _ => None,
    }
}

impl Child {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> NodeId {
        match self {
            Self::Ou(ou) => ou.id.clone(),
            Self::Account(account) => account.id.node(),
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Ou(ou) => &ou.name,
            Self::Account(account) => &account.name,
        }
    }

    /// Levels of OUs that it adds: 0 for an account.
    pub(crate) fn ou_levels(&self) -> usize {
        match self {
            Self::Ou(ou) => 1 + ou.children.iter().map(Self::ou_levels).max().unwrap_or(0),
            Self::Account(_) => 0,
        }
    }
}

impl Organization {
    /// Visits every node in document order, each parent before its children.
    pub fn each_node(&self, visit: &mut dyn FnMut(NodeRef<'_>)) {
        fn below(children: &[Child], visit: &mut dyn FnMut(NodeRef<'_>)) {
            for child in children {
                match child {
                    Child::Ou(ou) => {
                        visit(NodeRef::Ou(ou));
                        below(&ou.children, visit);
                    }
                    Child::Account(account) => visit(NodeRef::Account(account)),
                }
            }
        }
        visit(NodeRef::Root(&self.root));
        below(&self.root.children, visit);
    }
}
