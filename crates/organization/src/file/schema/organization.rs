//! The organization tree and the accounts outside it.

use schemars::JsonSchema;

use super::{Tags, described, words};
use crate::tree::POLICY_TYPES;

described!(FeatureSet, words(&["ALL", "CONSOLIDATED_BILLING"]));
described!(Partition, words(&["aws", "aws-cn", "aws-us-gov"]));
described!(PolicyType, words(POLICY_TYPES));
described!(NodeType, words(&["ou", "account"]));

/// An organization of AWS Organizations.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
pub(super) struct Organization {
    /// `o-…`; derived where it is left out.
    id: Option<String>,
    /// Partition, `aws` where it is left out.
    partition: Option<Partition>,
    /// Feature set, `ALL` where it is left out; with `CONSOLIDATED_BILLING` no SCP or RCP applies.
    feature_set: Option<FeatureSet>,
    /// Policy types that are enabled; only SCPs where it is left out.
    enabled_policy_types: Option<Vec<PolicyType>>,
    /// The management account, on which SCPs and RCPs have no effect.
    management_account_id: Option<String>,
    /// The root of the tree.
    root: Root,
}

/// The root of the tree.
#[derive(JsonSchema)]
struct Root {
    /// `r-…`; derived where it is left out.
    id: Option<String>,
    /// SCPs and RCPs attached directly, by id; left out: what AWS attaches to a new node.
    policies: Option<Vec<String>>,
    /// OUs and accounts directly below.
    children: Option<Vec<Node>>,
}

/// An OU or an account.
#[derive(JsonSchema)]
struct Node {
    /// What it is.
    r#type: NodeType,
    /// `ou-…`, or the twelve digits of an account; derived where it is left out.
    id: Option<String>,
    /// Name; the id where it is left out.
    name: Option<String>,
    /// SCPs and RCPs attached directly, by id; left out: what AWS attaches to a new node.
    policies: Option<Vec<String>>,
    /// OUs and accounts directly below an OU.
    children: Option<Vec<Node>>,
    /// Tags of an account.
    tags: Option<Tags>,
}

/// An account outside the organization.
#[derive(JsonSchema)]
pub(super) struct ExternalAccount {
    /// Twelve digits.
    id: String,
    /// Name; the id where it is left out.
    name: Option<String>,
    /// Its partition.
    partition: Option<Partition>,
    /// The organization it belongs to.
    organization: Option<ExternalOrganization>,
}

/// Another organization.
#[derive(JsonSchema)]
struct ExternalOrganization {
    /// `o-…`.
    id: String,
    /// Entity path of the account's parent: `o-…/r-…/`.
    path: Option<String>,
}
