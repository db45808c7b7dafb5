//! Why an edit was refused.

use std::fmt;

use policy::Kind;

use crate::file::shortened;
use crate::ids::{NodeId, PolicyId, PrincipalId, RequestId};
use crate::lookup::PolicyUse;
use crate::tree::{MAX_OU_DEPTH, policy_type};
use crate::well_known::RCP_FULL_AWS_ACCESS;

/// What an edit is about, where an error names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The root, an OU or an account.
    Node,
    /// The root or an OU.
    Parent,
    /// An OU.
    Ou,
    /// An account.
    Account,
    /// A policy.
    Policy,
    /// A user, group or role.
    Principal,
    /// A user.
    User,
    /// A group.
    Group,
    /// A role.
    Role,
    /// A user or role.
    UserOrRole,
    /// A resource.
    Resource,
    /// A VPC endpoint.
    Endpoint,
    /// An account outside the organization.
    ExternalAccount,
    /// A request.
    Request,
}

impl Subject {
    fn words(self) -> &'static str {
        match self {
            Self::Node => "root, OU or account",
            Self::Parent => "root or OU",
            Self::Ou => "OU",
            Self::Account => "account",
            Self::Policy => "policy",
            Self::Principal => "user, group or role",
            Self::User => "user",
            Self::Group => "group",
            Self::Role => "role",
            Self::UserOrRole => "user or role",
            Self::Resource => "resource",
            Self::Endpoint => "VPC endpoint",
            Self::ExternalAccount => "account outside the organization",
            Self::Request => "request",
        }
    }

    fn article(self) -> &'static str {
        match self {
            Self::Ou | Self::Account | Self::ExternalAccount => "an",
            _ => "a",
        }
    }
}

/// Why an edit was refused. `Display` gives the sentence: lower-case start, no final period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// There is no organization yet.
    NoOrganization,
    /// There is an organization already.
    OrganizationExists,
    /// Nothing has this id, or it is something else.
    NotFound {
        /// What was expected.
        subject: Subject,
        /// The id.
        id: String,
    },
    /// A name without a visible character.
    NameEmpty(Subject),
    /// A name that another user, group or role of the account has.
    NameTaken {
        /// What it is.
        subject: Subject,
        /// The name.
        name: String,
        /// The account.
        account: String,
    },
    /// A text that is not of the form that its place needs.
    Malformed {
        /// What it should be.
        what: &'static str,
        /// The text.
        found: String,
        /// The form.
        expected: &'static str,
    },
    /// Two tags of a user or role whose keys are the same for IAM.
    TagTwice {
        /// One key.
        one: String,
        /// The other.
        other: String,
    },
    /// An id that is already taken.
    IdTaken {
        /// What it is.
        subject: Subject,
        /// The id.
        id: String,
    },
    /// The root has no name of its own, and can be neither moved nor deleted.
    Root,
    /// OUs would stand deeper than AWS allows (ORG-2).
    TooDeep {
        /// Levels of OUs that there would be.
        levels: usize,
    },
    /// An OU cannot be moved into itself.
    IntoItself {
        /// The OU.
        ou: NodeId,
    },
    /// The OU is not empty.
    NotEmpty {
        /// The OU.
        ou: NodeId,
        /// How many OUs and accounts stand directly in it.
        children: usize,
    },
    /// The management account cannot be deleted (ORG-5).
    ManagementAccount {
        /// The account.
        account: String,
    },
    /// The policy type is not enabled, or the kind is none that is attached to nodes.
    TypeDisabled(Kind),
    /// The policy type is enabled already.
    TypeEnabled(Kind),
    /// SCPs and RCPs need all features (ORG-12).
    NeedsAllFeatures(Kind),
    /// The kind is not SCP or RCP.
    NotAPolicyType(Kind),
    /// A policy of another kind was expected.
    WrongKind {
        /// The policy.
        policy: PolicyId,
        /// Its kind, as the file names it.
        kind: String,
        /// What was expected.
        expected: &'static [Kind],
    },
    /// The policy is attached there already.
    AlreadyAttached {
        /// The policy.
        policy: PolicyId,
        /// Where.
        to: String,
    },
    /// The policy is not attached there.
    NotAttached {
        /// The policy.
        policy: PolicyId,
        /// Where.
        to: String,
    },
    /// No more SCPs or RCPs fit on a node.
    TooMany {
        /// SCP or RCP.
        kind: Kind,
        /// The node.
        node: NodeId,
        /// How many it can have.
        most: usize,
    },
    /// The last SCP of a node cannot be detached (ORG-16).
    LastScp {
        /// The policy.
        policy: PolicyId,
        /// The node.
        node: NodeId,
    },
    /// RCPFullAWSAccess cannot be detached (ORG-17).
    RcpFullAwsAccess,
    /// The policy is used.
    InUse {
        /// The policy.
        policy: PolicyId,
        /// Where.
        uses: Vec<PolicyUse>,
    },
    /// A well-known policy cannot be changed.
    WellKnown {
        /// The policy.
        policy: PolicyId,
    },
    /// A user and a group of different accounts.
    OtherAccount {
        /// The user.
        user: PrincipalId,
        /// The group.
        group: PrincipalId,
    },
    /// The user is in the group already.
    AlreadyMember {
        /// The user.
        user: PrincipalId,
        /// The group.
        group: PrincipalId,
    },
    /// The user is not in the group.
    NotMember {
        /// The user.
        user: PrincipalId,
        /// The group.
        group: PrincipalId,
    },
    /// The caller of a request is none that brings policies along.
    PassesNoPolicy {
        /// The request.
        request: RequestId,
    },
    /// A request without a resource.
    NoResource,
    /// A principal cannot become something else.
    TypeChanged {
        /// The principal.
        principal: PrincipalId,
    },
}

impl std::error::Error for EditError {}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoOrganization => f.write_str("there is no organization yet: create one first"),
            Self::OrganizationExists => f.write_str("there is an organization already"),
            Self::NotFound { subject, id } => {
                write!(f, "there is no {} `{}`", subject.words(), shortened(id))
            }
            Self::NameEmpty(subject) => write!(
                f,
                "the name is empty: {} {} needs at least one character",
                subject.article(),
                subject.words()
            ),
            Self::NameTaken {
                subject,
                name,
                account,
            } => write!(
                f,
                "account `{}` has a {} named `{}` already: names are compared without regard to \
                 upper and lower case",
                shortened(account),
                subject.words(),
                shortened(name)
            ),
            Self::Malformed {
                what,
                found,
                expected,
            } if found.trim().is_empty() => write!(f, "the {what} is empty: expected {expected}"),
            Self::Malformed {
                what,
                found,
                expected,
            } => write!(
                f,
                "`{}` is not {} {what}: expected {expected}",
                shortened(found),
                if what.starts_with(['A', 'a', 'e', 'o']) {
                    "an"
                } else {
                    "a"
                }
            ),
            Self::TagTwice { one, other } => write!(
                f,
                "the tags `{}` and `{}` have the same key: IAM does not tell upper and lower case \
                 apart",
                shortened(one),
                shortened(other)
            ),
            Self::IdTaken { subject, id } => write!(
                f,
                "the {} `{}` is taken by another {}",
                if *subject == Subject::Resource {
                    "ARN"
                } else {
                    "id"
                },
                shortened(id),
                subject.words()
            ),
            Self::Root => f.write_str(
                "the root cannot be renamed, moved or deleted: expected an OU or account",
            ),
            Self::TooDeep { levels } => write!(
                f,
                "OUs would stand {levels} levels below the root: AWS allows {MAX_OU_DEPTH}"
            ),
            Self::IntoItself { ou } => write!(
                f,
                "the OU `{ou}` cannot be moved into itself or an OU below it"
            ),
            Self::NotEmpty { ou, children } => write!(
                f,
                "the OU `{ou}` is not empty: move or delete the {children} {} in it first",
                if *children == 1 {
                    "OU or account"
                } else {
                    "OUs and accounts"
                }
            ),
            Self::ManagementAccount { account } => write!(
                f,
                "`{}` is the management account, which cannot leave its organization: delete the \
                 organization instead, or make another account the management account first",
                shortened(account)
            ),
            Self::TypeDisabled(kind) => write!(
                f,
                "{} are not enabled in this organization: enable `{}` first",
                plural(*kind),
                policy_type(*kind).unwrap_or_default()
            ),
            Self::TypeEnabled(kind) => write!(f, "{} are enabled already", plural(*kind)),
            Self::NeedsAllFeatures(kind) => write!(
                f,
                "{} need an organization with all features: its feature set is another one",
                plural(*kind)
            ),
            Self::NotAPolicyType(kind) => write!(
                f,
                "policies of kind `{}` are not enabled in an organization: expected `scp` or `rcp`",
                kind.as_str()
            ),
            Self::WrongKind {
                policy,
                kind,
                expected,
            } => {
                write!(
                    f,
                    "the policy `{}` is of kind `{}`: expected ",
                    shortened(policy.as_str()),
                    shortened(kind)
                )?;
                list(
                    f,
                    expected.iter().map(|kind| format!("`{}`", kind.as_str())),
                    " or ",
                )
            }
            Self::AlreadyAttached { policy, to } => write!(
                f,
                "the policy `{}` is attached to `{}` already",
                shortened(policy.as_str()),
                shortened(to)
            ),
            Self::NotAttached { policy, to } => write!(
                f,
                "the policy `{}` is not attached to `{}` itself: only what is attached directly \
                 can be detached",
                shortened(policy.as_str()),
                shortened(to)
            ),
            Self::TooMany { kind, node, most } => match kind {
                Kind::Rcp => write!(
                    f,
                    "`{node}` has {most} RCPs, `{RCP_FULL_AWS_ACCESS}` counted: AWS allows no more"
                ),
                _ => write!(f, "`{node}` has {most} SCPs: AWS allows no more"),
            },
            Self::LastScp { policy, node } => write!(
                f,
                "`{}` is the last SCP of `{node}`: while SCPs are enabled each root, OU and \
                 account keeps at least one, so attach the replacement first and detach this one \
                 then",
                shortened(policy.as_str())
            ),
            Self::RcpFullAwsAccess => write!(
                f,
                "`{RCP_FULL_AWS_ACCESS}` is attached everywhere while RCPs are enabled: AWS does \
                 not let anyone detach it"
            ),
            Self::InUse { policy, uses } => {
                write!(f, "the policy `{}` is used by ", shortened(policy.as_str()))?;
                const NAMED: usize = 5;
                let more = uses.len().saturating_sub(NAMED);
                let mut named: Vec<String> = uses.iter().take(NAMED).map(place).collect();
                if more > 0 {
                    named.push(format!("{more} more"));
                }
                list(f, named.into_iter(), " and ")?;
                f.write_str(": detach it there first")
            }
            Self::WellKnown { policy } => write!(
                f,
                "`{policy}` belongs to AWS and cannot be changed: duplicate it and change the copy"
            ),
            Self::OtherAccount { user, group } => write!(
                f,
                "the user `{}` and the group `{}` belong to different accounts",
                shortened(user.as_str()),
                shortened(group.as_str())
            ),
            Self::AlreadyMember { user, group } => write!(
                f,
                "the user `{}` is in the group `{}` already",
                shortened(user.as_str()),
                shortened(group.as_str())
            ),
            Self::NotMember { user, group } => write!(
                f,
                "the user `{}` is not in the group `{}`",
                shortened(user.as_str()),
                shortened(group.as_str())
            ),
            Self::PassesNoPolicy { request } => write!(
                f,
                "the caller of request `{}` brings no policies along: expected a session of a role \
                 or a federated user",
                shortened(request.as_str())
            ),
            Self::NoResource => f.write_str(
                "the request names no resource: expected at least one ARN, or `*` for an action \
                 on no single resource",
            ),
            Self::TypeChanged { principal } => write!(
                f,
                "`{}` cannot become another sort of principal: delete it and add a new one",
                shortened(principal.as_str())
            ),
        }
    }
}

fn plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Scp => "SCPs",
        Kind::Rcp => "RCPs",
        _ => "policies of this kind",
    }
}

fn place(place: &PolicyUse) -> String {
    match place {
        PolicyUse::Node(id) => format!("`{id}`"),
        PolicyUse::Identity(id) => format!("`{}`", shortened(id.as_str())),
        PolicyUse::Boundary(id) => {
            format!("`{}` (as permissions boundary)", shortened(id.as_str()))
        }
        PolicyUse::Trust(id) => format!("`{}` (as trust policy)", shortened(id.as_str())),
        PolicyUse::Resource(arn) => format!("the resource `{}`", shortened(arn)),
        PolicyUse::Endpoint(id) => format!("the endpoint `{}`", shortened(id)),
        PolicyUse::Caller(id) => format!("the caller of request `{}`", shortened(id.as_str())),
    }
}

fn list(
    f: &mut fmt::Formatter<'_>,
    items: impl ExactSizeIterator<Item = String>,
    last: &str,
) -> fmt::Result {
    let count = items.len();
    for (index, item) in items.enumerate() {
        if index > 0 {
            f.write_str(if index + 1 == count { last } else { ", " })?;
        }
        f.write_str(&item)?;
    }
    Ok(())
}
