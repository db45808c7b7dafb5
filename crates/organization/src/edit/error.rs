//! Why an edit was refused.

use std::fmt;

use policy::Kind;

use crate::file::shortened;
use crate::ids::{NodeId, PolicyId, PrincipalId, RequestId};
use crate::lists::{either, listed};
use crate::tree::{MAX_OU_DEPTH, policy_type};
use crate::uses::PolicyUse;
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
            Self::Node => texts::subject_node(),
            Self::Parent => texts::subject_parent(),
            Self::Ou => texts::subject_ou(),
            Self::Account => texts::subject_account(),
            Self::Policy => texts::subject_policy(),
            Self::Principal => texts::subject_principal(),
            Self::User => texts::subject_user(),
            Self::Group => texts::subject_group(),
            Self::Role => texts::subject_role(),
            Self::UserOrRole => texts::subject_user_or_role(),
            Self::Resource => texts::subject_resource(),
            Self::Endpoint => texts::subject_endpoint(),
            Self::ExternalAccount => texts::subject_external_account(),
            Self::Request => texts::subject_request(),
        }
    }

    fn with_article(self) -> &'static str {
        match self {
            Self::Node => texts::a_subject_node(),
            Self::Parent => texts::a_subject_parent(),
            Self::Ou => texts::a_subject_ou(),
            Self::Account => texts::a_subject_account(),
            Self::Policy => texts::a_subject_policy(),
            Self::Principal => texts::a_subject_principal(),
            Self::User => texts::a_subject_user(),
            Self::Group => texts::a_subject_group(),
            Self::Role => texts::a_subject_role(),
            Self::UserOrRole => texts::a_subject_user_or_role(),
            Self::Resource => texts::a_subject_resource(),
            Self::Endpoint => texts::a_subject_endpoint(),
            Self::ExternalAccount => texts::a_subject_external_account(),
            Self::Request => texts::a_subject_request(),
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
            Self::NoOrganization => f.write_str(texts::edit_there_no_organization_yet()),
            Self::OrganizationExists => f.write_str(texts::edit_there_organization_already()),
            Self::NotFound { subject, id } => {
                f.write_str(&texts::edit_there_no(&subject.words(), &shortened(id)))
            }
            Self::NameEmpty(subject) => {
                f.write_str(&texts::edit_name_empty(&subject.with_article()))
            }
            Self::NameTaken {
                subject,
                name,
                account,
            } => f.write_str(&texts::edit_account_has_named_already(
                &shortened(account),
                &subject.words(),
                &shortened(name),
            )),
            Self::Malformed {
                what,
                found,
                expected,
            } if found.trim().is_empty() => {
                f.write_str(&texts::edit_empty_expected(&what, &expected))
            }
            Self::Malformed {
                what,
                found,
                expected,
            } => {
                let say = if what.starts_with(['A', 'a', 'e', 'o']) {
                    texts::edit_malformed_an
                } else {
                    texts::edit_malformed_a
                };
                f.write_str(&say(&shortened(found), what, expected))
            }
            Self::TagTwice { one, other } => f.write_str(&texts::edit_tags_and_have_same(
                &shortened(one),
                &shortened(other),
            )),
            Self::IdTaken { subject, id } => {
                let say = match subject {
                    Subject::Resource => texts::edit_arn_taken,
                    _ => texts::edit_id_taken,
                };
                f.write_str(&say(&shortened(id), &subject.words()))
            }
            Self::Root => f.write_str(texts::edit_root_cannot_be_renamed()),
            Self::TooDeep { levels } => {
                f.write_str(&texts::edit_ous_would_stand_levels(&levels, &MAX_OU_DEPTH))
            }
            Self::IntoItself { ou } => f.write_str(&texts::edit_ou_cannot_be_moved(&ou)),
            Self::NotEmpty { ou, children } => f.write_str(&texts::edit_not_empty(ou, *children)),
            Self::ManagementAccount { account } => f.write_str(
                &texts::edit_management_account_which_cannot(&shortened(account)),
            ),
            Self::TypeDisabled(kind) => f.write_str(&texts::edit_are_not_enabled_in(
                &plural(*kind),
                &policy_type(*kind).unwrap_or_default(),
            )),
            Self::TypeEnabled(kind) => {
                f.write_str(&texts::edit_are_enabled_already(&plural(*kind)))
            }
            Self::NeedsAllFeatures(kind) => {
                f.write_str(&texts::edit_need_organization_with_all(&plural(*kind)))
            }
            Self::NotAPolicyType(kind) => {
                f.write_str(&texts::edit_policies_kind_are_not(&kind.as_str()))
            }
            Self::WrongKind {
                policy,
                kind,
                expected,
            } => f.write_str(&texts::edit_wrong_kind(
                &shortened(policy.as_str()),
                &shortened(kind),
                &either(expected.iter().map(|kind| format!("`{}`", kind.as_str()))),
            )),
            Self::AlreadyAttached { policy, to } => {
                f.write_str(&texts::edit_policy_attached_to_already(
                    &shortened(policy.as_str()),
                    &shortened(to),
                ))
            }
            Self::NotAttached { policy, to } => f.write_str(&texts::edit_policy_not_attached_to(
                &shortened(policy.as_str()),
                &shortened(to),
            )),
            Self::TooMany { kind, node, most } => match kind {
                Kind::Rcp => f.write_str(&texts::edit_has_rcps_counted_aws(
                    &node,
                    &most,
                    &RCP_FULL_AWS_ACCESS,
                )),
                _ => f.write_str(&texts::edit_has_scps_aws_allows(&node, &most)),
            },
            Self::LastScp { policy, node } => f.write_str(&texts::edit_last_scp_while_scps(
                &shortened(policy.as_str()),
                &node,
            )),
            Self::RcpFullAwsAccess => f.write_str(&texts::edit_attached_everywhere_while_rcps(
                &RCP_FULL_AWS_ACCESS,
            )),
            Self::InUse { policy, uses } => {
                const NAMED: usize = 5;
                let more = uses.len().saturating_sub(NAMED);
                let mut named: Vec<String> = uses.iter().take(NAMED).map(place).collect();
                if more > 0 {
                    named.push(texts::edit_uses_more(&more));
                }
                let uses = listed(named, |list, last| texts::list_and(&list, &last));
                f.write_str(&texts::edit_in_use(&shortened(policy.as_str()), &uses))
            }
            Self::WellKnown { policy } => f.write_str(&texts::edit_belongs_to_aws_and(&policy)),
            Self::OtherAccount { user, group } => f.write_str(&texts::edit_user_and_group_belong(
                &shortened(user.as_str()),
                &shortened(group.as_str()),
            )),
            Self::AlreadyMember { user, group } => f.write_str(&texts::edit_user_in_group_already(
                &shortened(user.as_str()),
                &shortened(group.as_str()),
            )),
            Self::NotMember { user, group } => f.write_str(&texts::edit_user_not_in_group(
                &shortened(user.as_str()),
                &shortened(group.as_str()),
            )),
            Self::PassesNoPolicy { request } => f.write_str(&texts::edit_caller_request_brings_no(
                &shortened(request.as_str()),
            )),
            Self::NoResource => f.write_str(texts::edit_request_names_no_resource()),
            Self::TypeChanged { principal } => f.write_str(
                &texts::edit_cannot_become_another_sort(&shortened(principal.as_str())),
            ),
        }
    }
}

fn plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Scp => "SCPs",
        Kind::Rcp => "RCPs",
        _ => texts::edit_policies_of_this_kind(),
    }
}

fn place(place: &PolicyUse) -> String {
    match place {
        PolicyUse::Node(id) => format!("`{id}`"),
        PolicyUse::Identity(id) => format!("`{}`", shortened(id.as_str())),
        PolicyUse::Boundary(id) => texts::edit_as_permissions_boundary(&shortened(id.as_str())),
        PolicyUse::Trust(id) => texts::edit_as_trust_policy(&shortened(id.as_str())),
        PolicyUse::Resource(arn) => texts::edit_resource(&shortened(arn)),
        PolicyUse::Endpoint(id) => texts::edit_endpoint(&shortened(id)),
        PolicyUse::Caller(id) => texts::edit_caller_request(&shortened(id.as_str())),
    }
}
