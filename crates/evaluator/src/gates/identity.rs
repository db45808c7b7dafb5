//! Identity-based policies: a user's own and those of its groups, or a role's (EVAL-6, EVAL-20).

use policy::Kind;

use super::{Asked, Gate};
use crate::access::Access;
use crate::scene::WhoKind;
use crate::trace::{Blocker, Why};

pub(super) fn gate(asked: &Asked<'_>) -> Gate {
    if asked.world.is_off(Kind::Identity) {
        return Gate::Passes(Why::SwitchedOff);
    }
    match &asked.who.kind {
        WhoKind::Root | WhoKind::AssumedRoot => {
            return Gate::Passes(match super::access(asked) {
                Access::OwnRoot => Why::RootUser,
                _ => Why::RootWithoutIdentity,
            });
        }
        _ if asked.who.has_resource_side_only() => return Gate::Passes(Why::NoIdentityPolicies),
        _ => {}
    }
    if let Some(arn) = asked.who.unlisted {
        return Gate::Blocked(vec![Blocker::NoEntry(arn.to_owned())]);
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
