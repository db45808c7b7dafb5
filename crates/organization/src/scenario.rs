//! Everything a person builds: the organization, policies, principals, requests, expectations.
//!
//! The model mirrors the scenario file (see [`crate::file`]). Parts are shared (`Rc`), so that a
//! copy for undo is cheap and "has this part changed?" is a comparison of pointers.

use std::collections::BTreeMap;
use std::rc::Rc;

use catalog::Date;
use policy::Kind;
use serde_json::{Map, Value};

use crate::ids::{AccountId, NodeId, PolicyId, PrincipalId, RequestId};
use crate::lesson::Lesson;
use crate::tree::Organization;

/// A scenario, version 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scenario {
    /// Features without which the verdicts would be wrong (`requires`).
    pub requires: Vec<String>,
    /// Title; empty if there is none.
    pub title: String,
    /// Markdown; empty if there is none.
    pub description: String,
    /// Settings of the evaluation.
    pub settings: Rc<Settings>,
    /// What every request has unless it says otherwise.
    pub defaults: Rc<Defaults>,
    /// Left out: only standalone accounts.
    pub organization: Option<Organization>,
    /// Accounts outside the organization.
    pub external_accounts: Vec<Rc<ExternalAccount>>,
    /// The policies, each with its text.
    pub policies: Vec<Rc<Policy>>,
    /// Users, groups and roles.
    pub principals: Vec<Rc<Principal>>,
    /// Resources with an owner, a policy or tags.
    pub resources: Vec<Rc<Resource>>,
    /// VPC endpoints.
    pub endpoints: Vec<Rc<Endpoint>>,
    /// The requests.
    pub requests: Vec<Rc<Request>>,
    /// What was true when a link was made; kept as it is.
    pub recorded: Option<Value>,
    /// What the scenario teaches, step by step.
    pub lesson: Option<Rc<Lesson>>,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// Settings of the evaluation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// What a context key is that nobody stated.
    pub unstated_keys: UnstatedKeys,
    /// The date of dated rules, as typed.
    pub as_of: Option<String>,
    /// Open questions of the rule book, by name; those not named have their default.
    pub rules: BTreeMap<String, bool>,
    /// Policy types and attachments that are switched off.
    pub off: Vec<SwitchedOff>,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

impl Settings {
    /// The day whose rules and quotas count: that of the file, or the newest that is known, also
    /// where the file's text is no date.
    #[must_use]
    pub fn date(&self) -> Date {
        let typed = self.as_of.as_deref().and_then(Date::parse);
        typed.unwrap_or(catalog::AS_OF)
    }

    /// How many SCPs or RCPs one root, OU or account can have.
    #[must_use]
    pub fn most_attached(&self, kind: Kind) -> usize {
        let quotas = catalog::quotas(self.date()).value;
        match kind {
            Kind::Rcp => quotas.rcps_per_node,
            _ => quotas.scps_per_node,
        }
    }
}

/// The names that [`Settings::rules`] can have (docs/semantics.md, "Open questions").
pub const OPEN_QUESTIONS: [&str; 9] = [
    "listBucketsOnAnyBucket",
    "multivaluedNeedsQualifier",
    "callerRcpsWithoutResource",
    "notPrincipalNeedsAccount",
    "misfitNeverMatches",
    "shortArnsFilledUp",
    "wildcardPrincipalEscapesLimits",
    "trustPolicyNeedsBoundary",
    "forAnyValueNeedsValue",
];

/// What a context key is that nobody stated and that not every request carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnstatedKeys {
    /// Unknown, perhaps absent.
    #[default]
    Unknown,
    /// Absent.
    Absent,
}

/// Something that the evaluation leaves out on request.
#[derive(Clone, Debug, PartialEq)]
pub enum SwitchedOff {
    /// A policy type.
    Kind(Kind),
    /// One attachment.
    Attachment {
        /// The policy.
        policy: PolicyId,
        /// The node it is attached to.
        node: NodeId,
    },
    /// Something that this version does not know; kept and reported.
    Unknown(Value),
}

/// What every request has unless it says otherwise.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Defaults {
    /// Region that is called.
    pub region: Option<String>,
    /// Time of the call, as typed.
    pub time: Option<String>,
    /// Context keys.
    pub context: Context,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// Context keys as typed, in the order of the file.
pub type Context = Vec<(String, ContextValue)>;

/// The value of a context key: text, number or boolean (as its text), or several of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContextValue {
    /// One value.
    One(Scalar),
    /// An array.
    Many(Vec<Scalar>),
}

/// A single value. Its text is what policies compare; how it was written is kept for the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// A JSON string.
    Text(String),
    /// A JSON number, as its text.
    Number(String),
    /// A JSON boolean.
    Bool(bool),
}

/// An account outside the organization.
#[derive(Clone, Debug, PartialEq)]
pub struct ExternalAccount {
    /// Twelve digits.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// Its partition.
    pub partition: Option<String>,
    /// The organization it belongs to, if any.
    pub organization: Option<ExternalOrganization>,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// Another organization, as far as it matters.
#[derive(Clone, Debug, PartialEq)]
pub struct ExternalOrganization {
    /// `o-…`.
    pub id: String,
    /// The entity path of the account's parent (ORG-9), if it is known.
    pub path: Option<String>,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// A policy of the scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Its id in the scenario.
    pub id: PolicyId,
    /// Its name; the id stands in where the file has none.
    pub name: String,
    /// Its kind.
    pub kind: PolicyKind,
    /// The text exactly as typed, valid or not.
    pub text: Rc<str>,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// The kind of a policy, or the word for one that this version does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyKind {
    /// A kind that this version knows.
    Known(Kind),
    /// Kept, and reported where it is used.
    Other(String),
}

/// A user, group or role, or something that this version does not know.
#[derive(Clone, Debug, PartialEq)]
pub enum Principal {
    /// An IAM user.
    User(User),
    /// An IAM group.
    Group(Group),
    /// An IAM role.
    Role(Role),
    /// An entry of an unknown `type`; kept as it is.
    Other {
        /// Its id, if it has one.
        id: PrincipalId,
        /// The whole entry.
        value: Value,
    },
}

/// An IAM user.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// Its id in the scenario.
    pub id: PrincipalId,
    /// The account it belongs to.
    pub account: AccountId,
    /// Friendly name.
    pub name: String,
    /// Path, `/` unless said otherwise.
    pub path: String,
    /// Groups it is in.
    pub groups: Vec<PrincipalId>,
    /// Identity policies.
    pub policies: Vec<PolicyId>,
    /// Permissions boundary.
    pub permissions_boundary: Option<PolicyId>,
    /// Tags.
    pub tags: BTreeMap<String, String>,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// An IAM group: a set of policies for its users, never a principal itself (EVAL-6).
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its id in the scenario.
    pub id: PrincipalId,
    /// The account it belongs to.
    pub account: AccountId,
    /// Name.
    pub name: String,
    /// Identity policies.
    pub policies: Vec<PolicyId>,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// An IAM role.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Its id in the scenario.
    pub id: PrincipalId,
    /// The account it belongs to.
    pub account: AccountId,
    /// Friendly name.
    pub name: String,
    /// Path, `/` unless said otherwise; `/aws-service-role/…` makes a service-linked role (PT-9).
    pub path: String,
    /// Identity policies.
    pub policies: Vec<PolicyId>,
    /// Permissions boundary.
    pub permissions_boundary: Option<PolicyId>,
    /// Trust policy.
    pub trust_policy: Option<PolicyId>,
    /// Tags.
    pub tags: BTreeMap<String, String>,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// A resource with an owner, a policy or tags.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// Its ARN, perhaps with wildcards.
    pub arn: String,
    /// The owner.
    pub account: Option<AccountId>,
    /// Its resource-based policy.
    pub policy: Option<PolicyId>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// A VPC endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    /// `vpce-…`.
    pub id: String,
    /// Its policy; none means AWS's default, which allows everything.
    pub policy: Option<PolicyId>,
    /// `vpc-…`.
    pub vpc: Option<String>,
    /// The account that owns it.
    pub account: Option<AccountId>,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// A request whose verdict is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// Its name; empty if there is none.
    pub name: String,
    /// Who calls.
    pub caller: Caller,
    /// `service:Action`.
    pub action: String,
    /// What the call acts on; never empty (`*` where the file says nothing).
    pub resources: Vec<RequestResource>,
    /// Owner of all resources that name none themselves.
    pub resource_account: Option<AccountId>,
    /// Tags passed in the call.
    pub request_tags: BTreeMap<String, String>,
    /// Region that is called.
    pub region: Option<String>,
    /// Time of the call, as typed.
    pub time: Option<String>,
    /// Id of the VPC endpoint that the call travels through.
    pub endpoint: Option<String>,
    /// Services that forwarded the call, the first one first.
    pub via: Vec<String>,
    /// Context keys as typed.
    pub context: Context,
    /// Keys stated to be absent.
    pub absent: Vec<String>,
    /// Keys stated to be unknown.
    pub unknown: Vec<String>,
    /// What the author expects.
    pub expect: Option<Expectation>,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// One resource of a request, weighed with its own keys (RES-12).
#[derive(Clone, Debug, PartialEq)]
pub struct RequestResource {
    /// ARN, or `*`.
    pub arn: String,
    /// Its owner.
    pub account: Option<AccountId>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// Context keys of this resource only.
    pub context: Context,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// Who calls.
#[derive(Clone, Debug, PartialEq)]
pub struct Caller {
    /// The kind of caller.
    pub kind: CallerKind,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// The kinds of caller.
#[derive(Clone, Debug, PartialEq)]
pub enum CallerKind {
    /// An IAM user with long-term keys (PT-1).
    User {
        /// Entry of `principals`.
        id: PrincipalId,
        /// `"none"` if it was written.
        mfa: Option<Value>,
    },
    /// An IAM user with credentials of GetSessionToken (PT-2).
    UserSession {
        /// Entry of `principals`.
        id: PrincipalId,
        /// Whether MFA was given; unknown if left out.
        mfa: Option<bool>,
    },
    /// A session of a role (PT-3).
    Role {
        /// Entry of `principals`.
        id: PrincipalId,
        /// Session name, `playground` if left out.
        session: Option<String>,
        /// How the session was opened.
        via: SessionVia,
        /// Identity provider.
        provider: Option<String>,
        /// Whether MFA was given; unknown if left out.
        mfa: Option<bool>,
        /// Source identity.
        source_identity: Option<String>,
        /// Session tags.
        tags: BTreeMap<String, String>,
        /// Session policies; empty if none were passed.
        session_policies: Vec<PolicyId>,
    },
    /// A federated user (PT-4).
    FederatedUser {
        /// Its name.
        name: String,
        /// The issuing user, entry of `principals`.
        issuer: PrincipalId,
        /// Session policies; empty if none were passed.
        session_policies: Vec<PolicyId>,
    },
    /// The root user of an account (PT-5).
    Root {
        /// The account.
        account: AccountId,
    },
    /// A root session opened by sts:AssumeRoot (PT-6).
    AssumedRoot {
        /// The account.
        account: AccountId,
        /// The AWS-managed task policy.
        task_policy: Option<String>,
    },
    /// An AWS service principal (PT-7).
    Service {
        /// `cloudtrail.amazonaws.com`.
        name: String,
        /// ARN of the resource on whose behalf it calls.
        source_arn: Option<String>,
        /// Account of that resource.
        source_account: Option<AccountId>,
    },
    /// The caller of sts:AssumeRoleWithSAML (PT-10).
    Saml {
        /// ARN of the provider.
        provider: String,
    },
    /// The caller of sts:AssumeRoleWithWebIdentity (PT-10).
    WebIdentity {
        /// Domain or ARN of the provider.
        provider: String,
        /// Keys that its token carries.
        context: Context,
    },
    /// An unsigned request (PT-8).
    Anonymous,
    /// A caller that has no entry of its own.
    Arn {
        /// The principal's ARN.
        arn: String,
    },
    /// The same role session in every member account.
    EveryAccount {
        /// Name of the role.
        role: String,
        /// Its identity policies.
        policies: Vec<PolicyId>,
    },
    /// A bare string: the id of a user or role.
    Id(PrincipalId),
    /// Something that this version does not know; kept as it is.
    Unknown(Value),
}

/// How a role session was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SessionVia {
    /// sts:AssumeRole, also where nothing is said.
    #[default]
    AssumeRole,
    /// sts:AssumeRoleWithSAML.
    Saml,
    /// sts:AssumeRoleWithWebIdentity.
    WebIdentity,
    /// IAM Identity Center.
    IdentityCenter,
    /// A text that this version does not know.
    Other(String),
}

/// What the author of a request expects.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// The verdict, if one is named.
    pub verdict: Option<ExpectedVerdict>,
    /// The keys it depends on.
    pub depends_on: Option<Vec<String>>,
    /// The statements that decide.
    pub by: Option<Vec<ExpectedReason>>,
    /// Verdicts by account, for requests over every account.
    pub accounts: BTreeMap<AccountId, ExpectedVerdict>,
    /// Whether it was written as a bare word.
    pub bare: bool,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// A verdict that can be expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectedVerdict {
    /// `allow`.
    Allow,
    /// `deny`: explicit or implicit.
    Deny,
    /// `explicitDeny`.
    ExplicitDeny,
    /// `implicitDeny`.
    ImplicitDeny,
    /// `depends`.
    Depends,
    /// A word that this version does not know; never fulfilled.
    Other(String),
}

/// A statement that is expected to decide.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpectedReason {
    /// The policy.
    pub policy: Option<PolicyId>,
    /// Its `Sid`.
    pub sid: Option<String>,
    /// Position in the `Statement` array, from 0.
    pub index: Option<usize>,
    /// The level: root, OU or account.
    pub node: Option<NodeId>,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}
