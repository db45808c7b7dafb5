//! What keeps a request from being evaluated.

use evaluator::Blocker;
use organization::{PolicyId, Scenario};
use texts::rich;

use super::{a_kind, code, policy_name, strong, text};
use crate::view::Phrase;

/// What keeps a request from being evaluated.
pub(crate) fn blocker(scenario: &Scenario, blocker: &Blocker) -> Phrase {
    let policy = |id: &PolicyId| [strong(policy_name(scenario, id))];
    match blocker {
        Blocker::Refused(id) => rich::blocker_refused(policy(id)),
        Blocker::MissingPolicy(id) => rich::blocker_missing_policy([code(id.as_str())]),
        Blocker::UnknownKind(id) => rich::blocker_unknown_kind(policy(id)),
        Blocker::WrongKind {
            policy: id,
            found,
            expected,
        } => rich::blocker_wrong_kind(
            policy(id),
            [text(a_kind(*expected))],
            [text(a_kind(*found))],
        ),
        Blocker::MissingTrustPolicy(arn) => rich::blocker_missing_trust([code(arn.clone())]),
        Blocker::MissingKeyPolicy(arn) => rich::blocker_missing_key_policy([code(arn.clone())]),
        Blocker::NotModelled(action) => rich::blocker_not_modelled([code(action.clone())]),
        Blocker::MissingTaskPolicy => vec![text(texts::blocker_missing_task_policy())],
        Blocker::NotAPrincipal(arn) => rich::blocker_not_a_principal(
            [code(arn.clone())],
            [code("arn:aws:iam::222222222222:user/ana")],
        ),
        Blocker::MissingPrincipal(id) => rich::blocker_missing_principal([code(id.as_str())]),
        Blocker::WrongPrincipal(id) => rich::blocker_wrong_principal([code(id.as_str())]),
        Blocker::UnknownCaller(value) => rich::blocker_unknown_caller([code(value.clone())]),
        Blocker::NoEntry(arn) => rich::blocker_no_entry([code(arn.clone())]),
        Blocker::UnlistedAccount(account) => {
            rich::blocker_unlisted_account([code(account.as_str())])
        }
        Blocker::MissingEndpoint(id) => rich::blocker_missing_endpoint([code(id.clone())]),
        Blocker::InvalidAction(action) => {
            rich::blocker_invalid_action([code(action.clone())], [code("s3:GetObject")])
        }
        Blocker::UnknownFeature(feature) => rich::blocker_unknown_feature([code(feature.clone())]),
        Blocker::UnknownFeatureSet(word) => rich::blocker_unknown_feature_set([code(word.clone())]),
        Blocker::UnknownSwitch(value) => rich::blocker_unknown_switch([code(value.clone())]),
        Blocker::InvalidTime(time) => {
            rich::blocker_invalid_time([code(time.clone())], [code("2026-11-21T09:00:00Z")])
        }
    }
}
