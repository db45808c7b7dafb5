//! What a person builds: the organization tree, accounts, principals, policies (as text),
//! requests; edits that keep AWS's invariants; and the scenario file.
//!
//! This crate never evaluates a policy and never looks into the text of one.
//! Rule ids in the documentation (`ORG-2`) are those of `docs/semantics.md`.

mod edit;
pub mod file;
mod ids;
mod index;
pub mod lesson;
mod lists;
mod lookup;
mod make;
mod scenario;
mod tree;
mod uses;
mod well_known;
mod words;

pub use edit::{Contents, Created, Edit, EditError, Edited, PrincipalKind, Subject, Uses};
pub use ids::{AccountId, NodeId, PolicyId, PrincipalId, RequestId};
pub use index::{NodeRef, TreeIndex};
pub use lookup::PolicyRef;
pub use scenario::{
    Caller, CallerKind, Context, ContextValue, Defaults, Endpoint, Expectation, ExpectedReason,
    ExpectedVerdict, ExternalAccount, ExternalOrganization, Group, OPEN_QUESTIONS, Policy,
    PolicyKind, Principal, Request, RequestResource, Resource, Role, Scalar, Scenario, SessionVia,
    Settings, SwitchedOff, UnstatedKeys, User,
};
pub use tree::{
    Account, Attachments, Child, FeatureSet, MAX_OU_DEPTH, Organization, Ou, POLICY_TYPES,
    RESOURCE_CONTROL_POLICY, Root, SERVICE_CONTROL_POLICY, policy_type,
};
pub use uses::{PolicyUse, PolicyUses};
pub use well_known::{
    FULL_AWS_ACCESS, RCP_FULL_AWS_ACCESS, WELL_KNOWN, WellKnownPolicy, well_known,
};
