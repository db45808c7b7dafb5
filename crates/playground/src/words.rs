//! The wording of reasons in English, in one place.

use evaluator::{
    AbsentWhy, Blocker, ElementNote, FixedRule, KeyState, Origin, Outcome, PolicyType, Tried,
    Truth, UnknownThing, Values, Verdict, Via, Why,
};
use organization::{
    AccountId, CallerKind, ExpectedReason, ExpectedVerdict, PolicyId, Principal, Request, Scenario,
    TreeIndex,
};
use policy::{Effect, Kind};

use crate::view::{Inline, Phrase, RowView};

/// Plain words.
pub(crate) fn text(words: impl Into<String>) -> Inline {
    Inline::Text(words.into())
}

/// A name to stress.
pub(crate) fn strong(name: impl Into<String>) -> Inline {
    Inline::Strong(name.into())
}

/// Text of a policy or request.
pub(crate) fn code(text: impl Into<String>) -> Inline {
    Inline::Code(text.into())
}

/// The word for a verdict.
#[must_use]
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allow => "Allow",
        Verdict::ExplicitDeny => "Explicit deny",
        Verdict::ImplicitDeny => "Implicit deny",
        Verdict::Depends => "Depends",
        Verdict::Error => "No verdict",
    }
}

/// The word for an expected verdict.
#[must_use]
pub fn expected(verdict: &ExpectedVerdict) -> &str {
    match verdict {
        ExpectedVerdict::Allow => "allow",
        ExpectedVerdict::Deny => "deny",
        ExpectedVerdict::ExplicitDeny => "explicit deny",
        ExpectedVerdict::ImplicitDeny => "implicit deny",
        ExpectedVerdict::Depends => "depends",
        ExpectedVerdict::Other(word) => word,
    }
}

/// The short name of a policy type.
#[must_use]
pub fn policy_type(policy_type: PolicyType) -> &'static str {
    match policy_type {
        PolicyType::Fixed => "Fixed rule",
        PolicyType::Rcp => "RCP",
        PolicyType::Scp => "SCP",
        PolicyType::Endpoint => "Endpoint",
        PolicyType::Resource => "Resource",
        PolicyType::Identity => "Identity",
        PolicyType::Boundary => "Boundary",
        PolicyType::Session => "Session",
    }
}

/// The name of a kind of policy, for a sentence: "identity policy".
#[must_use]
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Scp => "SCP",
        Kind::Rcp => "RCP",
        Kind::Identity => "identity policy",
        Kind::Boundary => "permissions boundary",
        Kind::Session => "session policy",
        Kind::Resource => "resource policy",
        Kind::Trust => "trust policy",
        Kind::Endpoint => "endpoint policy",
    }
}

/// The same with its article.
fn a_kind(kind: Kind) -> String {
    let article = match kind {
        Kind::Scp | Kind::Rcp | Kind::Identity | Kind::Endpoint => "an",
        Kind::Boundary | Kind::Session | Kind::Resource | Kind::Trust => "a",
    };
    format!("{article} {}", self::kind(kind))
}

/// What a policy type says, in a word or two.
pub(crate) fn stage(outcome: Outcome, why: Option<&Why>) -> &'static str {
    match (outcome, why) {
        (_, Some(Why::SwitchedOff)) => "Switched off",
        (_, Some(Why::ManagementAccount | Why::ManagementResource | Why::ServiceLinkedRole)) => {
            "Exempt"
        }
        (_, Some(Why::NoResourcePolicy)) => "No policy",
        (_, Some(Why::NoBoundary)) => "None set",
        (_, Some(Why::NoSessionPolicy)) => "None passed",
        (_, Some(Why::NoSession)) => "No session",
        (_, Some(Why::NoEndpoint)) => "None used",
        (_, Some(Why::DefaultEndpointPolicy | Why::OnlyManaged)) => "Allows all",
        (_, Some(Why::RootUser)) => "Root user",
        (_, Some(Why::OwnerUnknownWithoutPolicy)) => "Owner?",
        (_, Some(Why::Disabled)) => "Not enabled",
        (outcome, _) => self::outcome(outcome),
    }
}

/// What a level or policy type says.
#[must_use]
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Allow => "Allow",
        Outcome::ExplicitDeny => "Explicit deny",
        Outcome::ImplicitDeny => "Implicit deny",
        Outcome::Unknown => "Depends",
        Outcome::NotAsked => "Not asked",
        Outcome::Error => "Not evaluated",
    }
}

/// Why a policy type does not ask any document.
pub(crate) fn why(why: &Why) -> &'static str {
    match why {
        Why::SwitchedOff => "This policy type is switched off in the scenario's settings.",
        Why::NoOrganization => "There is no organization.",
        Why::ConsolidatedBilling => {
            "The organization has consolidated billing only: there are no SCPs or RCPs."
        }
        Why::Disabled => "This policy type is not enabled in the organization.",
        Why::ManagementAccount => "SCPs never affect the management account.",
        Why::ServiceLinkedRole => "Service-linked roles are exempt.",
        Why::OtherOrganization => "The caller's account is not in this organization.",
        Why::ServicePrincipal => {
            "The caller is an AWS service, not a user or role of a member account."
        }
        Why::Anonymous => "The caller is not signed in, so it belongs to no account.",
        Why::IdentityProvider => "The caller comes from an identity provider: no account yet.",
        Why::OnlyManaged => "Only RCPFullAWSAccess is attached, which allows everything.",
        Why::ServiceWithoutRcps => "RCPs do not reach this service.",
        Why::ManagementResource => "RCPs never affect resources of the management account.",
        Why::OwnerOutside => "The resource belongs to no member account of this organization.",
        Why::OwnerUnknown => "Nobody said which account owns the resource.",
        Why::NoEndpoint => "The request does not travel through a VPC endpoint.",
        Why::DefaultEndpointPolicy => "The endpoint has the default policy, which allows all.",
        Why::NoResourcePolicy => {
            "The resource has no policy; in its own account that is not needed."
        }
        Why::CrossAccountWithoutPolicy => {
            "The resource belongs to another account and has no policy, so nobody there allows it."
        }
        Why::OwnerUnknownWithoutPolicy => {
            "Nobody said which account owns the resource. In another account its own policy would have to allow the request as well."
        }
        Why::OnlyResourcePolicy => {
            "This caller gets in only by a policy of the resource, and there is none."
        }
        Why::RootUser => "The root user has full access in its own account.",
        Why::NoIdentityPolicies => "This caller cannot have identity policies.",
        Why::NoBoundary => "No permissions boundary is set.",
        Why::NoSessionPolicy => "No session policy was passed when the session was opened.",
        Why::NoSession => "The caller uses no session.",
        Why::FederatedWithoutSessionPolicy => {
            "A federated user without a session policy has no permissions."
        }
    }
}

/// A rule that no policy can change.
pub(crate) fn fixed(rule: FixedRule) -> &'static str {
    match rule {
        FixedRule::DifferentPartitions => {
            "The caller and the resource are in different AWS partitions, which never trust each other."
        }
        FixedRule::GetCallerIdentity => {
            "sts:GetCallerIdentity needs no permission, and no policy can deny it."
        }
        FixedRule::GetSessionToken => {
            "sts:GetSessionToken needs no permission, and no policy controls it."
        }
        FixedRule::RoleSessionCannotFederate => {
            "A role session can never call sts:GetFederationToken or sts:GetSessionToken."
        }
        FixedRule::FederatedUser => {
            "A federated user can never call IAM, and of STS only GetCallerIdentity."
        }
        FixedRule::SessionTokenSts => {
            "Credentials of GetSessionToken can call only AssumeRole and GetCallerIdentity of STS."
        }
        FixedRule::SessionTokenIam => {
            "Credentials of GetSessionToken can call IAM only if MFA was given."
        }
        FixedRule::RootCannotAssume => "The root user can never assume a role.",
        FixedRule::KeptByAws => {
            "Policies that AWS manages and roles that it reserves cannot be changed by anyone."
        }
        FixedRule::BucketPolicyOwner => {
            "Bucket policies can be read and changed only from the bucket's own account."
        }
    }
}

/// What keeps a request from being evaluated.
pub(crate) fn blocker(scenario: &Scenario, blocker: &Blocker) -> Phrase {
    let policy = |id: &PolicyId| strong(policy_name(scenario, id));
    match blocker {
        Blocker::Refused(id) => vec![
            policy(id),
            text(" is not a policy that AWS would accept, so nobody knows what it would decide."),
        ],
        Blocker::MissingPolicy(id) => vec![
            text("The scenario has no policy "),
            code(id.as_str()),
            text(", but something names it."),
        ],
        Blocker::UnknownKind(id) => vec![
            policy(id),
            text(" is of a kind that this version does not know."),
        ],
        Blocker::WrongKind {
            policy: id,
            found,
            expected,
        } => vec![
            policy(id),
            text(format!(
                " is used where {} is needed, but it is {}.",
                a_kind(*expected),
                a_kind(*found)
            )),
        ],
        Blocker::NotEvaluated {
            policy_type,
            policies,
        } => {
            let what = match policy_type {
                PolicyType::Rcp => "resource control policies",
                PolicyType::Endpoint => "VPC endpoint policies",
                PolicyType::Resource => "resource-based policies, key policies and trust policies",
                PolicyType::Boundary => "permissions boundaries",
                PolicyType::Session => "session policies",
                _ => "these policies",
            };
            let mut phrase = vec![text(format!(
                "The verdict would turn on {what}, which this version does not evaluate yet"
            ))];
            for (at, id) in policies.iter().enumerate() {
                phrase.push(text(if at == 0 { ": " } else { ", " }));
                phrase.push(policy(id));
            }
            phrase.push(text("."));
            phrase
        }
        Blocker::MissingPrincipal(id) => vec![
            text("The scenario has no user, group or role "),
            code(id.as_str()),
            text("."),
        ],
        Blocker::WrongPrincipal(id) => vec![
            code(id.as_str()),
            text(" is not the type of principal that this caller needs."),
        ],
        Blocker::UnknownCaller(value) => vec![
            text("This version does not know the caller "),
            code(value.clone()),
            text("."),
        ],
        Blocker::NoEntry(arn) => vec![
            code(arn.clone()),
            text(" has no entry in the scenario, so its identity policies are not known."),
        ],
        Blocker::UnlistedAccount(account) => vec![
            text("The account "),
            code(account.as_str()),
            text(
                " is neither in the organization nor among the external accounts, so nobody knows which SCPs reach it.",
            ),
        ],
        Blocker::MissingEndpoint(id) => vec![
            text("The scenario has no VPC endpoint "),
            code(id.clone()),
            text("."),
        ],
        Blocker::InvalidAction(action) => vec![
            code(action.clone()),
            text(" is not one action. A request names one, such as "),
            code("s3:GetObject"),
            text("."),
        ],
        Blocker::UnknownFeature(feature) => vec![
            text("The scenario requires the feature "),
            code(feature.clone()),
            text(", which this version does not know."),
        ],
        Blocker::UnknownFeatureSet(word) => vec![
            text("The organization has the feature set "),
            code(word.clone()),
            text(", which this version does not know. Expected ALL or CONSOLIDATED_BILLING."),
        ],
        Blocker::UnknownSwitch(value) => vec![
            text("The settings switch off "),
            code(value.clone()),
            text(", which this version does not know."),
        ],
        Blocker::InvalidTime(time) => vec![
            text("The time "),
            code(time.clone()),
            text(" is no date. Expected a form such as "),
            code("2026-11-21T09:00:00Z"),
            text("."),
        ],
    }
}

/// Why an element is met or not, where the operands do not show it.
pub(crate) fn note(note: ElementNote) -> &'static str {
    match note {
        ElementNote::AbsentNegated => "a Not… operator is met when the key is absent",
        ElementNote::AbsentPositive => "the key is absent, so the operator is not met",
        ElementNote::AbsentIfExists => "…IfExists is met when the key is absent",
        ElementNote::AbsentForAll => "ForAllValues is met when there are no values",
        ElementNote::AbsentForAny => "ForAnyValue needs a value",
        ElementNote::ManyWithoutQualifier => {
            "the key has several values, so ForAllValues or ForAnyValue is needed"
        }
        ElementNote::Misfit => "a value does not fit the operator, so it is not met",
        ElementNote::UnresolvedVariable => "a variable has no value in this request",
        ElementNote::UnknownVariable => "a variable is unknown",
        ElementNote::NoSingleResource => "the action is on no single resource: only * matches",
    }
}

/// The state of a key as the request's side of a comparison, and where it comes from.
pub(crate) fn key_state(state: &KeyState, mark: bool) -> (Phrase, String) {
    match state {
        KeyState::Known { values, origin } => (values_phrase(values, mark), origin_word(*origin)),
        KeyState::Absent(why) => (vec![text("absent")], absent(*why).to_owned()),
        KeyState::PresentUnknown => (
            vec![text("unknown")],
            "every such request has one; not stated here".to_owned(),
        ),
        KeyState::Unknown => (
            vec![text("unknown, perhaps absent")],
            "not stated here".to_owned(),
        ),
    }
}

fn values_phrase(values: &Values, mark: bool) -> Phrase {
    let show = |value: &str| {
        let value = if value.is_empty() {
            "(empty)".to_owned()
        } else {
            value.to_owned()
        };
        if mark {
            Inline::Mark(value)
        } else {
            Inline::Code(value)
        }
    };
    let mut phrase = Vec::new();
    for value in values.as_slice() {
        if !phrase.is_empty() {
            phrase.push(text(" "));
        }
        phrase.push(show(value));
    }
    if phrase.is_empty() {
        phrase.push(text("no values"));
    }
    phrase
}

fn origin_word(origin: Origin) -> String {
    match origin {
        Origin::Request => "from the request",
        Origin::Override => "typed; something else follows from the scenario",
        Origin::Defaults => "from the defaults",
        Origin::Derived => "derived",
        Origin::Tried => "tried",
    }
    .to_owned()
}

fn absent(why: AbsentWhy) -> &'static str {
    match why {
        AbsentWhy::Stated => "stated in the request",
        AbsentWhy::Unstated => "nobody stated it",
        AbsentWhy::Caller => "AWS does not set it for this caller",
        AbsentWhy::LongTermKeys => "long-term keys never carry it",
        AbsentWhy::Federated => "federated sessions never carry it",
        AbsentWhy::NoOrganization => "the account is in no organization",
        AbsentWhy::NoTag => "there is no such tag",
        AbsentWhy::ThroughEndpoint => "the request travels through a VPC endpoint",
        AbsentWhy::NoEndpoint => "the request travels through no VPC endpoint",
        AbsentWhy::Action => "requests for this action never carry it",
        AbsentWhy::NotForwarded => "no service forwarded the request",
        AbsentWhy::Tried => "tried",
    }
}

/// A statement's result: "Deny, matches".
pub(crate) fn statement(effect: Effect, truth: Truth) -> String {
    let effect = match effect {
        Effect::Allow => "Allow",
        Effect::Deny => "Deny",
    };
    let truth = match truth {
        Truth::Met => "matches",
        Truth::Unmet => "does not match",
        Truth::Unknown => "may match",
    };
    format!("{effect}, {truth}")
}

/// An unknown thing.
pub(crate) fn thing(thing: &UnknownThing) -> Phrase {
    match thing {
        UnknownThing::Key { key, resource } => {
            let mut phrase = vec![code(key_name(key))];
            if let Some(resource) = resource {
                phrase.push(text(format!(" of resource {}", resource + 1)));
            }
            phrase
        }
        UnknownThing::Owner { .. } => vec![text("the account that owns the resource")],
    }
}

/// A thing and what it was tried as: "`aws:SourceIp` is `203.0.113.7`".
pub(crate) fn tried(about: &UnknownThing, tried: &Tried) -> Phrase {
    let mut phrase = thing(about);
    match tried {
        Tried::Values(values) => {
            phrase.push(text(" is "));
            phrase.extend(values_phrase(values, false));
        }
        Tried::AnotherValue(_) => phrase.push(text(" is anything else")),
        Tried::Absent => phrase.push(text(" is absent")),
        Tried::SameAccount => phrase = vec![text("the caller's account owns the resource")],
        Tried::OtherAccount => phrase = vec![text("another account owns the resource")],
    }
    phrase
}

/// Global keys as AWS writes them; policies may write them in any case.
const GLOBAL_KEYS: &[&str] = &[
    "aws:AssumedRoot",
    "aws:CalledVia",
    "aws:CalledViaFirst",
    "aws:CalledViaLast",
    "aws:CurrentTime",
    "aws:EpochTime",
    "aws:FederatedProvider",
    "aws:MultiFactorAuthAge",
    "aws:MultiFactorAuthPresent",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalIsAWSService",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
    "aws:PrincipalType",
    "aws:RequestedRegion",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:ResourceOrgPaths",
    "aws:SecureTransport",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIdentity",
    "aws:SourceIp",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:TagKeys",
    "aws:TokenIssueTime",
    "aws:UserAgent",
    "aws:userid",
    "aws:username",
    "aws:ViaAWSService",
    "aws:VpcSourceIp",
];

/// A key as AWS writes it, if it is a global one.
pub(crate) fn key_name(key: &str) -> String {
    GLOBAL_KEYS
        .iter()
        .find(|name| name.eq_ignore_ascii_case(key))
        .map_or_else(|| key.to_owned(), |name| (*name).to_owned())
}

/// The name of a policy.
pub(crate) fn policy_name(scenario: &Scenario, id: &PolicyId) -> String {
    scenario
        .policy(id.as_str())
        .map_or_else(|| id.to_string(), |policy| policy.name().to_owned())
}

/// How a policy that is not attached to a node reaches the request: "group devs", "role Admin".
pub(crate) fn via(scenario: &Scenario, request: &Request, via: &Via) -> String {
    match via {
        Via::Node => String::new(),
        Via::Group(id) => {
            let group = scenario.principal(id.as_str());
            format!("group {}", group.map_or(id.as_str(), |group| group.name()))
        }
        Via::Principal => {
            let entry = request.caller.principal();
            match entry.and_then(|id| scenario.principal(id.as_str())) {
                Some(entry) => format!("{} {}", entry.type_word(), entry.name()),
                None => match &request.caller.kind {
                    CallerKind::EveryAccount { role, .. } => format!("role {role}"),
                    _ => "the caller".to_owned(),
                },
            }
        }
    }
}

/// The name of an account: its name in the tree, or its id.
pub(crate) fn account_name(
    scenario: &Scenario,
    tree: Option<&TreeIndex>,
    account: &AccountId,
) -> String {
    let in_tree = tree.and_then(|tree| tree.account(account.as_str()));
    let name = in_tree.map(|account| account.name.clone()).or_else(|| {
        let external = scenario.external_account(account.as_str());
        external.map(|external| external.name.clone())
    });
    name.filter(|name| !name.is_empty())
        .unwrap_or_else(|| account.to_string())
}

/// Who calls, for a narrow column: "admin, Dev".
pub(crate) fn who(
    scenario: &Scenario,
    tree: Option<&TreeIndex>,
    request: &Request,
    row: Option<&AccountId>,
) -> String {
    let at = |account: &AccountId| account_name(scenario, tree, account);
    match &request.caller.kind {
        CallerKind::Root { account } => format!("root user, {}", at(account)),
        CallerKind::AssumedRoot { account, .. } => format!("root session, {}", at(account)),
        CallerKind::Service { name, .. } => name.clone(),
        CallerKind::Saml { provider } | CallerKind::WebIdentity { provider, .. } => {
            provider.clone()
        }
        CallerKind::Anonymous => "anonymous".to_owned(),
        CallerKind::Arn { arn } => arn.clone(),
        CallerKind::EveryAccount { role, .. } => match row {
            Some(account) => format!("{role}, {}", at(account)),
            None => format!("{role}, every account"),
        },
        CallerKind::FederatedUser { name, issuer, .. } => {
            let user = scenario.principal(issuer.as_str());
            match user.and_then(|user| user.account()) {
                Some(account) => format!("{name}, {}", at(account)),
                None => name.clone(),
            }
        }
        CallerKind::Unknown(_) => "unknown caller".to_owned(),
        CallerKind::Id(id)
        | CallerKind::User { id, .. }
        | CallerKind::UserSession { id, .. }
        | CallerKind::Role { id, .. } => match scenario.principal(id.as_str()) {
            Some(entry) => {
                let account = match &**entry {
                    Principal::User(user) => Some(&user.account),
                    Principal::Role(role) => Some(&role.account),
                    _ => None,
                };
                match account {
                    Some(account) => format!("{}, {}", entry.name(), at(account)),
                    None => entry.name().to_owned(),
                }
            }
            None => id.to_string(),
        },
    }
}

/// What rows amount to: "Allow", "3 allow, 2 explicit deny".
pub(crate) fn rows(rows: &[RowView]) -> String {
    const ORDER: [Verdict; 5] = [
        Verdict::Allow,
        Verdict::ExplicitDeny,
        Verdict::ImplicitDeny,
        Verdict::Depends,
        Verdict::Error,
    ];
    let count = |wanted: Verdict| rows.iter().filter(|row| row.verdict == wanted).count();
    let found: Vec<(Verdict, usize)> = ORDER
        .into_iter()
        .map(|wanted| (wanted, count(wanted)))
        .filter(|(_, count)| *count > 0)
        .collect();
    match found.as_slice() {
        [] => "No accounts".to_owned(),
        [(only, _)] => verdict(*only).to_owned(),
        several => {
            let parts: Vec<String> = several
                .iter()
                .map(|(wanted, count)| format!("{count} {}", verdict(*wanted).to_ascii_lowercase()))
                .collect();
            parts.join(", ")
        }
    }
}

/// A reason that was expected.
pub(crate) fn expected_reason(reason: &ExpectedReason) -> String {
    let parts = [
        reason.policy.as_ref().map(ToString::to_string),
        reason.sid.clone(),
        reason.index.map(|index| format!("statement {}", index + 1)),
        reason.node.as_ref().map(|node| format!("at {node}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(", ")
}
