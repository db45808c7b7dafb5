//! Permissions boundaries: the most that identity policies can give (EVAL-7).

use policy::Kind;

use super::{Asked, Gate};
use crate::trace::{Via, Why};

pub(super) fn gate(asked: &Asked<'_>) -> Gate {
    if asked.world.is_off(Kind::Boundary) {
        return Gate::Passes(Why::SwitchedOff);
    }
    match &asked.who.boundary {
        None => Gate::Passes(Why::NoBoundary),
        Some(policy) => Gate::Together(vec![asked.attached(policy, Via::Boundary, Kind::Boundary)]),
    }
}
