//! Session policies: the most that a session can do (EVAL-8, EVAL-9).

use policy::Kind;

use super::{Asked, Gate};
use crate::scene::WhoKind;
use crate::trace::{Blocker, Via, Why};

pub(super) fn gate(asked: &Asked<'_>) -> Gate {
    if asked.world.is_off(Kind::Session) {
        return Gate::Passes(Why::SwitchedOff);
    }
    // PT-9: none can be passed there.
    if asked.who.is_service_linked() {
        return Gate::Passes(Why::ServiceLinkedRole);
    }
    let policies = &asked.who.session_policies;
    if !policies.is_empty() {
        let policies = policies.iter();
        return Gate::Together(
            policies
                .map(|policy| asked.attached(policy, Via::Session, Kind::Session))
                .collect(),
        );
    }
    if let Some(arn) = asked.who.unlisted
        && !matches!(asked.who.kind, WhoKind::User(_))
    {
        return Gate::Blocked(vec![Blocker::NoEntry(arn.to_owned())]);
    }
    match &asked.who.kind {
        // PT-6: a root session always has a task policy.
        WhoKind::AssumedRoot => Gate::Blocked(vec![Blocker::MissingTaskPolicy]),
        WhoKind::FederatedUser { .. } => Gate::Stops(Why::FederatedWithoutSessionPolicy),
        WhoKind::RoleSession(_) => Gate::Passes(Why::NoSessionPolicy),
        _ => Gate::Passes(Why::NoSession),
    }
}
