//! Identity-based policies: a user's own and those of its groups, or a role's (EVAL-6, EVAL-20).

use policy::Kind;

use super::{Asked, Gate};
use crate::scene::WhoKind;
use crate::trace::Why;

pub(super) fn gate(asked: &Asked<'_>) -> Gate {
    if asked.world.is_off(Kind::Identity) {
        return Gate::Passes(Why::SwitchedOff);
    }
    match &asked.who.kind {
        WhoKind::Root | WhoKind::AssumedRoot => return Gate::Passes(Why::RootUser),
        WhoKind::Service { .. }
        | WhoKind::Anonymous
        | WhoKind::Saml
        | WhoKind::WebIdentity { .. } => return Gate::Passes(Why::NoIdentityPolicies),
        _ => {}
    }
    let missing = asked.who.missing_groups(&asked.world);
    if !missing.is_empty() {
        return Gate::Blocked(missing);
    }
    let policies = asked.who.identity.iter();
    Gate::Together(
        policies
            .map(|(policy, via)| asked.attached(policy, via.clone(), Kind::Identity))
            .collect(),
    )
}
