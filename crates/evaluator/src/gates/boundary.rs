//! Permissions boundaries. Their documents are not evaluated yet (EVAL-7).

use policy::Kind;

use super::{Asked, Gate, not_evaluated};
use crate::decision::PolicyType;
use crate::trace::Why;

pub(super) fn gate(asked: &Asked<'_>) -> Gate {
    if asked.world.is_off(Kind::Boundary) {
        return Gate::Passes(Why::SwitchedOff);
    }
    match &asked.who.boundary {
        None => Gate::Passes(Why::NoBoundary),
        Some(policy) => not_evaluated(PolicyType::Boundary, vec![policy.clone()]),
    }
}
