//! Session policies. Their documents are not evaluated yet (EVAL-8, EVAL-9).

use policy::Kind;

use super::{Asked, Gate, not_evaluated};
use crate::decision::PolicyType;
use crate::scene::WhoKind;
use crate::trace::Why;

pub(super) fn gate(asked: &Asked<'_>) -> Gate {
    if asked.world.is_off(Kind::Session) {
        return Gate::Passes(Why::SwitchedOff);
    }
    if !asked.who.session_policies.is_empty() {
        return not_evaluated(PolicyType::Session, asked.who.session_policies.clone());
    }
    match &asked.who.kind {
        // PT-6: the task policy limits the session.
        WhoKind::AssumedRoot => not_evaluated(PolicyType::Session, Vec::new()),
        WhoKind::FederatedUser { .. } => Gate::Stops(Why::FederatedWithoutSessionPolicy),
        WhoKind::RoleSession(_) => Gate::Passes(Why::NoSessionPolicy),
        _ => Gate::Passes(Why::NoSession),
    }
}
