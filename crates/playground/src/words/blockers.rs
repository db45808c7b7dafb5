//! What keeps a request from being evaluated.

use evaluator::Blocker;
use organization::{PolicyId, Scenario};

use super::{a_kind, code, policy_name, strong, text};
use crate::view::Phrase;

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
        Blocker::MissingTrustPolicy(arn) => vec![
            text("Every role has a trust policy, and the scenario does not say that of "),
            code(arn.clone()),
            text(". Add the role with its trust policy."),
        ],
        Blocker::MissingKeyPolicy(arn) => vec![
            text("Every KMS key has a key policy, and the scenario does not say that of "),
            code(arn.clone()),
            text(". Add the key to the resources, with its policy."),
        ],
        Blocker::NotModelled(action) => vec![
            code(action.clone()),
            text(
                " is not modelled: AWS opens it to the management account and to one delegated account only.",
            ),
        ],
        Blocker::MissingTaskPolicy => vec![text(
            "A root session is limited by a task policy, and the request names none.",
        )],
        Blocker::NotAPrincipal(arn) => vec![
            code(arn.clone()),
            text(
                " is not the ARN of a caller. Expected a user, a role, a role session, a federated user or the root of an account, such as ",
            ),
            code("arn:aws:iam::222222222222:user/ana"),
            text("."),
        ],
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
