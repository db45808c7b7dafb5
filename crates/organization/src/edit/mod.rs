//! What a person can do to a scenario. Each edit keeps what AWS guarantees, or is refused with a
//! sentence that says why; a refused edit changes nothing.
//!
//! Edits only look at the part that they change: a scenario that came from a file in a state that
//! AWS refuses can be mended step by step. Ids of new things are the first free ones of a fixed
//! sequence, so the same edits always give the same scenario.

mod accounts;
mod attach;
mod error;
mod fresh;
mod organization;
mod policies;
mod principals;
mod requests;
mod resources;
mod settings;
mod tree;
mod uses;

pub use error::{EditError, Subject};

use std::collections::BTreeMap;
use std::rc::Rc;

use policy::Kind;

use crate::ids::{AccountId, NodeId, PolicyId, PrincipalId, RequestId};
use crate::scenario::{
    Defaults, Endpoint, ExternalAccount, Principal, Request, Resource, Scenario, Settings,
    SwitchedOff,
};
use crate::tree::FeatureSet;
use crate::uses::PolicyUse;

/// One change of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Sets the title.
    SetTitle(String),
    /// Sets the description, in Markdown.
    SetDescription(String),
    /// Replaces the settings.
    SetSettings(Settings),
    /// Switches policy types or attachments off or on: off, they are kept and not weighed.
    Switch {
        /// What.
        parts: Vec<SwitchedOff>,
        /// Whether it is off from now on.
        off: bool,
    },
    /// Switches everything on again.
    SwitchAllOn,
    /// Replaces what every request has unless it says otherwise.
    SetDefaults(Defaults),

    /// Creates an organization: a root and its management account, with SCPs enabled.
    CreateOrganization {
        /// Name of the management account.
        management_account: String,
    },
    /// Removes the organization with everything in it, and the principals of its accounts.
    DeleteOrganization,
    /// Names the management account; it must be an account of the organization.
    SetManagementAccount(AccountId),
    /// Enables SCPs or RCPs; SCPs begin with FullAWSAccess everywhere (ORG-13, ORG-14).
    EnablePolicyType(Kind),
    /// Disables SCPs or RCPs, which detaches all of them from everything (ORG-14).
    DisablePolicyType(Kind),

    /// Sets the feature set. Without all features there are no policy types: SCPs and RCPs are
    /// disabled and detached from everything (ORG-12, ORG-14).
    SetFeatureSet(FeatureSet),
    /// Sets the id of the organization; entity paths follow it.
    SetOrganizationId(Rc<str>),
    /// Sets the partition of the organization.
    SetPartition(Rc<str>),

    /// Adds an OU as the last child of its parent, with what AWS attaches to a new one.
    AddOu {
        /// The root or an OU.
        parent: NodeId,
        /// Its name.
        name: String,
    },
    /// Adds an account as the last child of its parent, with what AWS attaches to a new one.
    AddAccount {
        /// The root or an OU.
        parent: NodeId,
        /// Its name.
        name: String,
    },
    /// Renames an OU or account.
    RenameNode {
        /// The OU or account.
        node: NodeId,
        /// Its new name.
        name: String,
    },
    /// Moves an OU, with everything below it, or an account. (AWS itself cannot move OUs; there
    /// one makes a new one. A playground can.)
    MoveNode {
        /// The OU or account.
        node: NodeId,
        /// The root or an OU, not below the node itself.
        parent: NodeId,
        /// Position among the children of the new parent, the node itself not counted; what is
        /// beyond the end, and `None`, means the end.
        position: Option<usize>,
    },
    /// Deletes an OU.
    DeleteOu {
        /// The OU.
        ou: NodeId,
        /// What happens to an OU that is not empty.
        contents: Contents,
    },
    /// Deletes an account that is not the management account, and its principals. Requests that
    /// name them are kept and listed in [`Edited::orphaned`]; resources and endpoints are kept.
    DeleteAccount(AccountId),
    /// Gives an account, inside or outside the organization, another id. Everything that names it
    /// follows, but for ARNs and the texts of policies.
    SetAccountId {
        /// The account.
        account: AccountId,
        /// Its new id.
        id: AccountId,
    },
    /// Replaces the tags of an account of the organization.
    SetAccountTags {
        /// The account.
        account: AccountId,
        /// Its tags.
        tags: BTreeMap<String, String>,
    },

    /// Adds an account outside the organization.
    AddExternalAccount {
        /// Its name.
        name: String,
    },
    /// Replaces the account of the same id outside the organization.
    UpdateExternalAccount(Box<ExternalAccount>),
    /// Deletes an account outside the organization, and its principals, as
    /// [`Edit::DeleteAccount`] does.
    DeleteExternalAccount(AccountId),

    /// Attaches an SCP or RCP to the root, an OU or an account.
    Attach {
        /// The root, OU or account.
        node: NodeId,
        /// An SCP or RCP.
        policy: PolicyId,
        /// Position among the attached policies; `None` means the end.
        position: Option<usize>,
    },
    /// Detaches an SCP or RCP; the last SCP of a node stays (ORG-16), RCPFullAWSAccess too
    /// (ORG-17).
    Detach {
        /// The root, OU or account.
        node: NodeId,
        /// The policy.
        policy: PolicyId,
    },
    /// Attaches one SCP in the place of another in one step, as when FullAWSAccess makes way for
    /// a list of allowed services.
    ReplaceAttachment {
        /// The root, OU or account.
        node: NodeId,
        /// The policy that goes.
        old: PolicyId,
        /// The policy that comes; of the same kind.
        new: PolicyId,
    },

    /// Adds a policy; its id is made from its name.
    AddPolicy {
        /// Its name.
        name: String,
        /// Its kind.
        kind: Kind,
        /// Its text.
        text: Rc<str>,
    },
    /// Renames a policy; its id stays.
    RenamePolicy {
        /// The policy.
        policy: PolicyId,
        /// Its new name.
        name: String,
    },
    /// Sets the text of a policy, valid or not.
    SetPolicyText {
        /// The policy.
        policy: PolicyId,
        /// The text exactly as typed.
        text: Rc<str>,
    },
    /// Changes the kind of a policy that is used nowhere.
    SetPolicyKind {
        /// The policy.
        policy: PolicyId,
        /// Its new kind.
        kind: Kind,
    },
    /// Adds a copy of a policy, well-known or not, behind it; attached nowhere.
    DuplicatePolicy(PolicyId),
    /// Puts a policy to use: attaches it, or sets it where there is one at the most.
    UsePolicy {
        /// The policy.
        policy: PolicyId,
        /// Where.
        place: PolicyUse,
    },
    /// Takes a policy away from where it is used.
    ReleasePolicy {
        /// The policy.
        policy: PolicyId,
        /// Where.
        place: PolicyUse,
    },
    /// Deletes a policy.
    DeletePolicy {
        /// The policy.
        policy: PolicyId,
        /// What happens to a policy that is used.
        uses: Uses,
    },

    /// Adds a user, group or role; its id is made from its name.
    AddPrincipal {
        /// What it is.
        kind: PrincipalKind,
        /// The account it belongs to.
        account: AccountId,
        /// Its name.
        name: String,
        /// Identity policies attached from the start.
        policies: Vec<PolicyId>,
    },
    /// Replaces the user, group or role of the same id: path, tags, boundary, trust policy.
    UpdatePrincipal(Box<Principal>),
    /// Renames a user, group or role; its id stays.
    RenamePrincipal {
        /// The user, group or role.
        principal: PrincipalId,
        /// Its new name.
        name: String,
    },
    /// Deletes a user, group or role. Requests that name it are kept and listed in
    /// [`Edited::orphaned`].
    DeletePrincipal(PrincipalId),
    /// Attaches an identity policy to a user, group or role.
    AttachIdentity {
        /// The user, group or role.
        principal: PrincipalId,
        /// An identity policy.
        policy: PolicyId,
    },
    /// Detaches an identity policy from a user, group or role.
    DetachIdentity {
        /// The user, group or role.
        principal: PrincipalId,
        /// The policy.
        policy: PolicyId,
    },
    /// Puts a user into a group of its account.
    JoinGroup {
        /// The user.
        user: PrincipalId,
        /// The group.
        group: PrincipalId,
    },
    /// Takes a user out of a group.
    LeaveGroup {
        /// The user.
        user: PrincipalId,
        /// The group.
        group: PrincipalId,
    },

    /// Adds a resource with an ARN of its own.
    AddResource(Box<Resource>),
    /// Replaces the resource with this ARN.
    UpdateResource {
        /// The ARN until now.
        arn: String,
        /// The resource.
        resource: Box<Resource>,
    },
    /// Deletes the resource with this ARN.
    DeleteResource(String),
    /// Adds a VPC endpoint with a fresh id.
    AddEndpoint {
        /// The account that owns it.
        account: Option<AccountId>,
    },
    /// Replaces the VPC endpoint with this id; requests through it follow.
    UpdateEndpoint {
        /// The id until now.
        id: String,
        /// The endpoint.
        endpoint: Box<Endpoint>,
    },
    /// Deletes a VPC endpoint. Requests through it are kept and listed in [`Edited::orphaned`].
    DeleteEndpoint(String),

    /// Adds a request. An empty id is replaced by a fresh one.
    AddRequest {
        /// The request.
        request: Box<Request>,
        /// Position; `None` means the end.
        position: Option<usize>,
    },
    /// Replaces the request of the same id.
    UpdateRequest(Box<Request>),
    /// Adds a copy of a request behind it, with a fresh id.
    DuplicateRequest(RequestId),
    /// Moves a request to another position.
    MoveRequest {
        /// The request.
        request: RequestId,
        /// Its new position; what is beyond the end means the end.
        position: usize,
    },
    /// Deletes a request.
    DeleteRequest(RequestId),
}

/// What happens to an OU that is not empty when it is to be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contents {
    /// The edit is refused, as AWS does.
    Refuse,
    /// OUs and accounts below it are deleted too, with the principals of the accounts.
    Delete,
}

/// What happens to a policy that is used when it is to be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uses {
    /// The edit is refused, and the error says where it is used.
    Refuse,
    /// It is detached everywhere first; refused where it is the last SCP of a node (ORG-16).
    Detach,
}

/// What a principal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrincipalKind {
    /// An IAM user.
    User,
    /// An IAM group.
    Group,
    /// An IAM role.
    Role,
}

/// A scenario after an edit.
#[derive(Clone, Debug, PartialEq)]
pub struct Edited {
    /// The new scenario. Parts that did not change are shared with the old one.
    pub scenario: Scenario,
    /// What the edit made, if it made something.
    pub created: Option<Created>,
    /// Requests whose caller or endpoint the edit took away: they are kept, and cannot be decided
    /// until they name another one.
    pub orphaned: Vec<RequestId>,
}

/// Something that an edit made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Created {
    /// An OU or account.
    Node(NodeId),
    /// A policy.
    Policy(PolicyId),
    /// A user, group or role.
    Principal(PrincipalId),
    /// A request.
    Request(RequestId),
    /// A resource, by its ARN.
    Resource(String),
    /// A VPC endpoint, by its id.
    Endpoint(String),
    /// An account outside the organization.
    ExternalAccount(AccountId),
}

/// What an edit leaves behind beside the changed scenario.
#[derive(Default)]
struct Trail {
    created: Option<Created>,
    orphaned: Vec<RequestId>,
}

type Outcome = Result<Trail, EditError>;

impl Scenario {
    /// A scenario without anything in it, to begin with.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// The scenario after an edit; this one stays as it is, for undo.
    ///
    /// # Errors
    ///
    /// An [`EditError`] that says what stands in the way; nothing is changed then.
    pub fn apply(&self, edit: Edit) -> Result<Edited, EditError> {
        let mut next = self.clone();
        let trail = next.change(edit)?;
        Ok(Edited {
            scenario: next,
            created: trail.created,
            orphaned: trail.orphaned,
        })
    }

    /// The scenario after several edits in order: all of them, or none. `created` is what the
    /// last one made that made something.
    ///
    /// # Errors
    ///
    /// The [`EditError`] of the first edit that is refused; nothing is changed then.
    pub fn apply_all(&self, edits: impl IntoIterator<Item = Edit>) -> Result<Edited, EditError> {
        let mut next = self.clone();
        let mut all = Trail::default();
        for edit in edits {
            let trail = next.change(edit)?;
            all.created = trail.created.or(all.created);
            all.orphaned.extend(trail.orphaned);
        }
        Ok(Edited {
            scenario: next,
            created: all.created,
            orphaned: all.orphaned,
        })
    }

    /// Makes the edit in place; one that is refused half-way leaves a copy that nobody sees.
    fn change(&mut self, edit: Edit) -> Outcome {
        match edit {
            Edit::SetTitle(title) => {
                self.title = title;
                done()
            }
            Edit::SetDescription(description) => {
                self.description = description;
                done()
            }
            Edit::SetSettings(settings) => {
                self.settings = Rc::new(settings);
                done()
            }
            Edit::Switch { parts, off } => settings::switch(self, parts, off),
            Edit::SwitchAllOn => settings::switch_all_on(self),
            Edit::SetDefaults(defaults) => {
                self.defaults = Rc::new(defaults);
                done()
            }
            Edit::CreateOrganization { management_account } => {
                organization::create(self, management_account)
            }
            Edit::DeleteOrganization => organization::delete(self),
            Edit::SetManagementAccount(account) => organization::set_management(self, account),
            Edit::EnablePolicyType(kind) => organization::enable(self, kind),
            Edit::DisablePolicyType(kind) => organization::disable(self, kind),
            Edit::SetFeatureSet(features) => organization::set_features(self, features),
            Edit::SetOrganizationId(id) => organization::set_id(self, id),
            Edit::SetPartition(partition) => organization::set_partition(self, partition),
            Edit::AddOu { parent, name } => tree::add_ou(self, &parent, name),
            Edit::AddAccount { parent, name } => tree::add_account(self, &parent, name),
            Edit::RenameNode { node, name } => tree::rename(self, &node, name),
            Edit::MoveNode {
                node,
                parent,
                position,
            } => tree::relocate(self, &node, &parent, position),
            Edit::DeleteOu { ou, contents } => tree::delete_ou(self, &ou, contents),
            Edit::DeleteAccount(account) => tree::delete_account(self, &account),
            Edit::SetAccountId { account, id } => accounts::set_id(self, &account, id),
            Edit::SetAccountTags { account, tags } => accounts::set_tags(self, &account, tags),
            Edit::AddExternalAccount { name } => accounts::add(self, name),
            Edit::UpdateExternalAccount(account) => accounts::update(self, *account),
            Edit::DeleteExternalAccount(account) => accounts::delete(self, &account),
            Edit::Attach {
                node,
                policy,
                position,
            } => attach::attach(self, &node, policy, position),
            Edit::Detach { node, policy } => attach::detach(self, &node, &policy),
            Edit::ReplaceAttachment { node, old, new } => attach::replace(self, &node, &old, new),
            Edit::AddPolicy { name, kind, text } => policies::add(self, name, kind, text),
            Edit::RenamePolicy { policy, name } => policies::rename(self, &policy, name),
            Edit::SetPolicyText { policy, text } => policies::set_text(self, &policy, text),
            Edit::SetPolicyKind { policy, kind } => policies::set_kind(self, &policy, kind),
            Edit::DuplicatePolicy(policy) => policies::duplicate(self, &policy),
            Edit::UsePolicy { policy, place } => uses::put(self, policy, &place),
            Edit::ReleasePolicy { policy, place } => uses::release(self, &policy, &place),
            Edit::DeletePolicy { policy, uses } => policies::delete(self, &policy, uses),
            Edit::AddPrincipal {
                kind,
                account,
                name,
                policies,
            } => principals::add(self, kind, account, name, policies),
            Edit::UpdatePrincipal(principal) => principals::update(self, *principal),
            Edit::RenamePrincipal { principal, name } => principals::rename(self, &principal, name),
            Edit::DeletePrincipal(principal) => principals::delete(self, &principal),
            Edit::AttachIdentity { principal, policy } => {
                principals::attach(self, &principal, policy)
            }
            Edit::DetachIdentity { principal, policy } => {
                principals::detach(self, &principal, &policy)
            }
            Edit::JoinGroup { user, group } => principals::join(self, &user, group),
            Edit::LeaveGroup { user, group } => principals::leave(self, &user, &group),
            Edit::AddResource(resource) => resources::add(self, *resource),
            Edit::UpdateResource { arn, resource } => resources::update(self, &arn, *resource),
            Edit::DeleteResource(arn) => resources::delete(self, &arn),
            Edit::AddEndpoint { account } => resources::add_endpoint(self, account),
            Edit::UpdateEndpoint { id, endpoint } => {
                resources::update_endpoint(self, &id, *endpoint)
            }
            Edit::DeleteEndpoint(id) => resources::delete_endpoint(self, &id),
            Edit::AddRequest { request, position } => requests::add(self, *request, position),
            Edit::UpdateRequest(request) => requests::update(self, *request),
            Edit::DuplicateRequest(request) => requests::duplicate(self, &request),
            Edit::MoveRequest { request, position } => requests::relocate(self, &request, position),
            Edit::DeleteRequest(request) => requests::delete(self, &request),
        }
    }
}

fn done() -> Outcome {
    Ok(Trail::default())
}

fn created(created: Created) -> Outcome {
    Ok(Trail {
        created: Some(created),
        orphaned: Vec::new(),
    })
}

/// A name that is not empty.
fn checked_name(name: String, subject: Subject) -> Result<String, EditError> {
    if name.trim().is_empty() {
        return Err(EditError::NameEmpty(subject));
    }
    Ok(name)
}

/// Tags whose keys are not empty.
fn tag_keys(tags: &BTreeMap<String, String>) -> Result<(), EditError> {
    if tags.keys().any(|key| key.trim().is_empty()) {
        return Err(EditError::Malformed {
            what: texts::edit_tag_key(),
            found: String::new(),
            expected: texts::edit_at_least_one_character(),
        });
    }
    Ok(())
}

/// Forgets that attachments were switched off that are there no more.
fn forget_switched_off(scenario: &mut Scenario, gone: impl Fn(&PolicyId, &NodeId) -> bool) {
    let is_gone = |off: &SwitchedOff| match off {
        SwitchedOff::Attachment { policy, node } => gone(policy, node),
        _ => false,
    };
    if scenario.settings.off.iter().any(is_gone) {
        let settings = Rc::make_mut(&mut scenario.settings);
        settings.off.retain(|off| !is_gone(off));
    }
}
