//! Permissions boundaries: the most that identity policies can give (EVAL-7).

use policy::Kind;

use super::{Asked, Gate};
use crate::trace::{Blocker, Via, Why};

pub(super) fn gate(asked: &Asked<'_>) -> Gate {
    if asked.world.is_off(Kind::Boundary) {
        return Gate::Passes(Why::SwitchedOff);
    }
    // Of a caller without an entry nobody knows it; a federated user has that of its issuer.
    if let Some(arn) = asked.who.unlisted {
        return Gate::Blocked(vec![Blocker::NoEntry(arn.to_owned())]);
    }
    match &asked.who.boundary {
        // PT-9: none can be set there.
        Some(_) if asked.who.is_service_linked() => Gate::Passes(Why::ServiceLinkedRole),
        None => Gate::Passes(Why::NoBoundary),
        Some(policy) => Gate::Together(vec![asked.attached(policy, Via::Boundary, Kind::Boundary)]),
    }
}
