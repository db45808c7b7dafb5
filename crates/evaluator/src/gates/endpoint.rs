//! VPC endpoint policies: a further gate for what travels through the endpoint (VPCE-1).

use policy::Kind;

use super::{Asked, Gate};
use crate::trace::{Blocker, Via, Why};

pub(super) fn gate(asked: &Asked<'_>) -> Gate {
    if asked.world.is_off(Kind::Endpoint) {
        return Gate::Passes(Why::SwitchedOff);
    }
    let Some(id) = &asked.request.endpoint else {
        return Gate::Passes(Why::NoEndpoint);
    };
    // VPCE-5: a forwarded call does not travel through the endpoint of the first one.
    if !asked.request.via.is_empty() {
        return Gate::Passes(Why::ForwardedCall);
    }
    match asked.world.scenario.endpoint(id) {
        None => Gate::Blocked(vec![Blocker::MissingEndpoint(id.clone())]),
        Some(endpoint) => match &endpoint.policy {
            None => Gate::Passes(Why::DefaultEndpointPolicy),
            Some(policy) => {
                let via = Via::Endpoint(id.clone());
                Gate::Together(vec![asked.attached(policy, via, Kind::Endpoint)])
            }
        },
    }
}
