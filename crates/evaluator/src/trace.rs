//! Why: a tree that mirrors the domain. Policy types, levels, policies, statements, elements.
//! Every node says its result; reasons are enums, never sentences.

use std::rc::Rc;

use organization::{AccountId, NodeId, PolicyId, PrincipalId};
use policy::{Effect, Kind, Operator, ScopeMode, Span};

use crate::access::Access;
use crate::context::{KeyState, Values};
use crate::decision::{Outcome, PolicyType, Truth, Verdict};
use crate::principal::Grant;

/// The answer to a request with all its reasons.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The answer.
    pub answer: Answer,
    /// One for each resource of the request.
    pub resources: Vec<ResourceTrace>,
}

/// The answer to a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The verdict.
    pub verdict: Verdict,
    /// What could not be evaluated; not empty exactly if the verdict is `Error`.
    pub blockers: Vec<Blocker>,
    /// What the verdict depends on, exactly if it is `Depends`.
    pub depends: Option<Depends>,
}

/// What a verdict depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Depends {
    /// The smallest set of unknown things that decides.
    pub on: Vec<UnknownThing>,
    /// The verdict of each case that was tried, of the things in `on` only.
    pub branches: Vec<Branch>,
    /// Whether all cases were tried (docs/scenario.md: up to 256).
    pub complete: bool,
}

/// Something that a scenario leaves open.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UnknownThing {
    /// A context key.
    Key {
        /// Lower case.
        key: Box<str>,
        /// The resource that has a key of its own, where a request has several.
        resource: Option<usize>,
    },
    /// Whether the resource belongs to the caller's account.
    Owner {
        /// Position of the resource in the request.
        resource: usize,
    },
}

/// One case.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// What each thing of [`Depends::on`] was tried as, in the same order.
    pub tried: Vec<Tried>,
    /// The verdict then.
    pub verdict: Verdict,
}

/// What an unknown thing was tried as.
#[derive(Clone, Debug, PartialEq)]
pub enum Tried {
    /// The key has this value.
    Values(Values),
    /// The key has a value that no policy mentions.
    AnotherValue(Values),
    /// The key is absent.
    Absent,
    /// The resource belongs to the caller's account.
    SameAccount,
    /// The resource belongs to another account, to which none of the organization's RCPs apply.
    OtherAccount,
    /// The resource belongs to this account, or to another one that has the same RCPs above it; never
    /// to the caller's.
    AccountLike(AccountId),
    /// The key follows from who owns the resource.
    Follows,
}

/// Why a request cannot be evaluated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blocker {
    /// AWS would refuse the document.
    Refused(PolicyId),
    /// No policy has this id.
    MissingPolicy(PolicyId),
    /// The policy has a kind that this version does not know.
    UnknownKind(PolicyId),
    /// The policy is of another kind than is needed where it is named.
    WrongKind {
        /// The policy.
        policy: PolicyId,
        /// What it is.
        found: Kind,
        /// What is needed.
        expected: Kind,
    },
    /// No user, group or role has this id.
    MissingPrincipal(PrincipalId),
    /// The principal has another type than the caller needs.
    WrongPrincipal(PrincipalId),
    /// A kind of caller that this version does not know.
    UnknownCaller(String),
    /// The caller has no entry in the scenario, so its identity policies are not known.
    NoEntry(String),
    /// The caller's ARN is not that of a user, role, session or account.
    NotAPrincipal(String),
    /// The role that is called, given by its ARN, has no trust policy in the scenario (TR-1).
    MissingTrustPolicy(String),
    /// The key that is called, given by its ARN, has no key policy in the scenario (KMS-1).
    MissingKeyPolicy(String),
    /// Calls that are not modelled: sts:AssumeRoot is open to some accounts only (PT-6).
    NotModelled(String),
    /// A root session without the task policy that limits it (PT-6).
    MissingTaskPolicy,
    /// The caller's account is neither in the organization nor among the external accounts.
    UnlistedAccount(AccountId),
    /// The request names an endpoint that the scenario does not have.
    MissingEndpoint(String),
    /// The text is not one action.
    InvalidAction(String),
    /// The scenario needs a feature that this version does not know.
    UnknownFeature(String),
    /// The organization has a feature set that this version does not know.
    UnknownFeatureSet(String),
    /// The settings switch off something that this version does not know.
    UnknownSwitch(String),
    /// The time of the request is no date.
    InvalidTime(String),
}

/// How the policy types weigh one resource.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceTrace {
    /// ARN, or `*`.
    pub resource: Rc<str>,
    /// The owner, if it is known.
    pub owner: Option<AccountId>,
    /// A rule that no policy can change, if one decides.
    pub fixed: Option<FixedRule>,
    /// Which sides must allow.
    pub access: Access,
    /// The policy types in the order of [`PolicyType::STRIP`].
    pub stages: Vec<StageTrace>,
}

/// Rules that no policy can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixedRule {
    /// The principal and the resource are in different partitions (ORG-11).
    DifferentPartitions,
    /// sts:GetCallerIdentity needs no permission (GCI-1).
    GetCallerIdentity,
    /// sts:GetSessionToken needs no permission (GCI-2).
    GetSessionToken,
    /// A role session cannot call sts:GetFederationToken or sts:GetSessionToken (PT-12).
    RoleSessionCannotFederate,
    /// A federated user cannot call IAM, and of STS only GetCallerIdentity (PT-12).
    FederatedUser,
    /// Credentials of GetSessionToken cannot call most of STS (PT-12).
    SessionTokenSts,
    /// Credentials of GetSessionToken cannot call IAM without MFA (PT-12).
    SessionTokenIam,
    /// The root user cannot assume a role (TR-11).
    RootCannotAssume,
    /// Managed policies of AWS and reserved roles cannot be changed (GCI-3).
    KeptByAws,
    /// Bucket policies can be changed only from the bucket's own account (GCI-7).
    BucketPolicyOwner,
    /// Who comes from an identity provider can only open a session of a role (PT-10).
    ProviderOnlyOpensSessions,
    /// Aliases that begin with `alias/aws/` are AWS's own (KMS-7).
    ReservedAlias,
}

/// One policy type.
#[derive(Clone, Debug, PartialEq)]
pub struct StageTrace {
    /// Which.
    pub policy_type: PolicyType,
    /// What it says.
    pub outcome: Outcome,
    /// Why it says so, where no document does.
    pub why: Option<Why>,
    /// The levels, root first, if the policy type has levels.
    pub levels: Vec<LevelTrace>,
    /// The policies, if it has none.
    pub policies: Vec<PolicyTrace>,
    /// What could not be evaluated.
    pub blockers: Vec<Blocker>,
}

/// Why a policy type does not ask any document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The scenario switches the policy type off.
    SwitchedOff,
    /// There is no organization in the scenario.
    NoOrganization,
    /// The organization has consolidated billing only (ORG-12).
    ConsolidatedBilling,
    /// The policy type is not enabled (ORG-15).
    Disabled,
    /// The caller belongs to the management account (SCP-20).
    ManagementAccount,
    /// The caller is a service-linked role (SCP-22).
    ServiceLinkedRole,
    /// The caller's account is not in this organization (SCP-23).
    OtherOrganization,
    /// A service principal is no user or role of a member account (SCP-25).
    ServicePrincipal,
    /// The caller is not signed in (SCP-26).
    Anonymous,
    /// A caller of an identity provider has no AWS identity yet (PT-10).
    IdentityProvider,
    /// Only the managed policy that allows everything is attached (RCP-2).
    OnlyManaged,
    /// RCPs do not reach this service (RCP-7).
    ServiceWithoutRcps,
    /// The resource belongs to the management account (RCP-10).
    ManagementResource,
    /// The owner is in no organization, or in another one (RCP-1).
    OwnerOutside,
    /// The owner is not known.
    OwnerUnknown,
    /// The action is on no resource, and RCPs are taken to reach resources only (RCP-9, OPEN-3).
    NoResource,
    /// RCPs never restrict this call or this key (RCP-10).
    BeyondRcps,
    /// The call does not travel through a VPC endpoint (VPCE-1).
    NoEndpoint,
    /// A service forwarded the call, which leaves the endpoint of the first one behind (VPCE-5).
    ForwardedCall,
    /// The endpoint has the default policy, which allows everything (VPCE-1).
    DefaultEndpointPolicy,
    /// The resource has no policy (EVAL-25).
    NoResourcePolicy,
    /// The resource is shared by other means than policies.
    SharedWithoutPolicy,
    /// The resource is another account's and has no policy.
    CrossAccountWithoutPolicy,
    /// The owner is not known; if it is another account, a resource-based policy is needed.
    OwnerUnknownWithoutPolicy,
    /// No statement of the resource's policy names the caller and allows; in the same account that
    /// is not needed (EVAL-26).
    NoGrantNeeded,
    /// The resource's policy grants to the caller in a way that makes this policy type needless
    /// (RB-1 … RB-6).
    Granted,
    /// The bucket policy does not count for its owner's root user here (GCI-4).
    BucketOwnerRoot,
    /// The caller needs a resource-based policy, and there is none.
    OnlyResourcePolicy,
    /// The caller needs a resource-based policy, and these are switched off.
    OnlyResourcePolicyOff,
    /// A root user has full access in its own account (EVAL-1, PT-5).
    RootUser,
    /// A root user has no identity policies and needs none, here where full access does not help:
    /// a key, or another account (PT-5).
    RootWithoutIdentity,
    /// The caller can have no identity policies (PT-7, PT-8).
    NoIdentityPolicies,
    /// No permissions boundary is set (EVAL-7).
    NoBoundary,
    /// No session policy was passed (EVAL-9).
    NoSessionPolicy,
    /// The caller has no session (EVAL-8).
    NoSession,
    /// A federated user without a session policy has no permissions (EVAL-9).
    FederatedWithoutSessionPolicy,
}

/// One level.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelTrace {
    /// The root, OU or account.
    pub node: NodeId,
    /// Its name.
    pub name: String,
    /// What the policies attached here say together.
    pub outcome: Outcome,
    /// The policies attached here.
    pub policies: Vec<PolicyTrace>,
}

/// One policy.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyTrace {
    /// The policy.
    pub policy: PolicyId,
    /// How it reaches the request.
    pub via: Via,
    /// What it says by itself.
    pub outcome: Outcome,
    /// Its statements; empty if it cannot be evaluated.
    pub statements: Vec<StatementTrace>,
}

/// How a policy reaches a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// Attached to a node of the tree.
    Node,
    /// Attached to the principal.
    Principal,
    /// Attached to a group of the user (EVAL-6).
    Group(PrincipalId),
    /// The permissions boundary of the principal.
    Boundary,
    /// Passed when the session was opened.
    Session,
    /// The policy of the resource with this ARN.
    Resource(String),
    /// The trust policy of this role.
    Role(PrincipalId),
    /// The policy of this VPC endpoint.
    Endpoint(String),
}

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementTrace {
    /// Position in the `Statement` array, from 0.
    pub index: usize,
    /// `Sid`.
    pub sid: Option<String>,
    /// The statement in the text.
    pub span: Span,
    /// Its effect.
    pub effect: Effect,
    /// Whether it matches.
    pub truth: Truth,
    /// How its `Principal` element names the caller, if it has one and names it.
    pub grant: Option<Grant>,
    /// Its elements.
    pub elements: Vec<ElementTrace>,
}

/// One element with both operands.
#[derive(Clone, Debug, PartialEq)]
pub struct ElementTrace {
    /// What it is.
    pub element: Element,
    /// The element in the text.
    pub span: Span,
    /// The policy's entries in the text, and whether each one fits.
    pub entries: Vec<(Span, Truth)>,
    /// The request's side.
    pub request: RequestSide,
    /// Why it is met or not, where the operands alone do not show it.
    pub note: Option<ElementNote>,
    /// Whether the element is met.
    pub truth: Truth,
}

/// The elements of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// `Principal` or `NotPrincipal`.
    Principal(ScopeMode),
    /// `Action` or `NotAction`.
    Action(ScopeMode),
    /// `Resource` or `NotResource`.
    Resource(ScopeMode),
    /// A condition.
    Condition {
        /// The operator.
        operator: Operator,
        /// The key as typed.
        key: String,
    },
}

/// What an element is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum RequestSide {
    /// The forms in which policies can name the caller: ARNs, names, its account.
    Caller(Vec<Rc<str>>),
    /// The action.
    Action(Rc<str>),
    /// The resource.
    Resource(Rc<str>),
    /// The state of the context key.
    Key(KeyState),
}

/// Why an element is met or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ElementNote {
    /// The key is absent and the operator is negated (COND-4).
    AbsentNegated,
    /// The key is absent and the operator is not negated (COND-4).
    AbsentPositive,
    /// The key is absent and the operator ends in `IfExists` (COND-5).
    AbsentIfExists,
    /// The key is absent, and `ForAllValues` holds for no values (SET-1).
    AbsentForAll,
    /// The key is absent, and `ForAnyValue` needs a value (SET-1, SET-4).
    AbsentForAny,
    /// The key has several values and the operator has no set qualifier (SET-6).
    ManyWithoutQualifier,
    /// A value does not fit the operator (NUM-1, ARN-3).
    Misfit,
    /// A variable of the policy is absent (VAR-5).
    UnresolvedVariable,
    /// A variable of the policy is unknown.
    UnknownVariable,
    /// The action is weighed on no single resource, so only `*` matches (RES-9).
    NoSingleResource,
    /// The action has resources, and the request names none.
    NoResourceNamed,
    /// The caller has a permissions boundary, and `NotPrincipal` then always denies (PRIN-14).
    NotPrincipalWithBoundary,
    /// Not every form of the caller is listed in `NotPrincipal` (PRIN-13).
    NotPrincipalPartlyListed,
}
