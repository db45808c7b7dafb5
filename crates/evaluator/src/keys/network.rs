//! How the call travels: K-20 … K-22, K-30 and K-33 … K-37.

use std::rc::Rc;

use super::{Keys, Of};
use crate::context::{AbsentWhy, KeyState};
use crate::scene::{Membership, WhoKind};

/// Keys of calls through a VPC endpoint (K-21).
const ENDPOINT: [&str; 3] = ["aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip"];
/// Keys that only some services set for such calls (K-22).
const ENDPOINT_OWNER: [&str; 2] = ["aws:sourcevpcarn", "aws:vpceaccount"];
const ENDPOINT_ORGANIZATION: [&str; 2] = ["aws:vpceorgid", "aws:vpceorgpaths"];
const SOURCE_IP: &str = "aws:sourceip";

pub(super) fn derive(keys: &mut Keys, of: &Of<'_>) {
    keys.present(&["aws:securetransport", "aws:useragent"]);
    let services = of.request.via.iter();
    forwarded_by(keys, services.map(|name| name.as_str().into()).collect());
    match &of.request.endpoint {
        // VPCE-5: a forwarded call does not carry the endpoint of the first one.
        Some(id) if !of.is_forwarded() => {
            keys.absent(&[SOURCE_IP], AbsentWhy::ThroughEndpoint);
            through_endpoint(keys, of, id);
        }
        endpoint => {
            keys.absent(&ENDPOINT, AbsentWhy::NoEndpoint);
            keys.absent(&ENDPOINT_OWNER, AbsentWhy::NoEndpoint);
            keys.absent(&ENDPOINT_ORGANIZATION, AbsentWhy::NoEndpoint);
            match endpoint {
                // A forwarded call has the address of the first one, if that had one.
                Some(_) => keys.absent(&[SOURCE_IP], AbsentWhy::ThroughEndpoint),
                // Calls between services may not show it.
                None if matches!(of.who.kind, WhoKind::Service { .. }) => {
                    keys.unstated(&[SOURCE_IP]);
                }
                None => keys.present(&[SOURCE_IP]),
            }
        }
    }
}

/// K-35 … K-37: the services that forward a call with the caller's credentials, in order.
pub(super) fn forwarded_by(keys: &mut Keys, services: Vec<Rc<str>>) {
    let (Some(first), Some(last)) = (services.first().cloned(), services.last().cloned()) else {
        keys.flag("aws:viaawsservice", false);
        keys.absent(
            &["aws:calledvia", "aws:calledviafirst", "aws:calledvialast"],
            AbsentWhy::NotForwarded,
        );
        return;
    };
    keys.flag("aws:viaawsservice", true);
    keys.known("aws:calledviafirst", first);
    keys.known("aws:calledvialast", last);
    keys.many("aws:calledvia", services);
}

fn through_endpoint(keys: &mut Keys, of: &Of<'_>, id: &str) {
    keys.known("aws:sourcevpce", id);
    keys.present(&["aws:vpcsourceip"]);
    let endpoint = of.world.scenario.endpoint(id);
    match endpoint.and_then(|endpoint| endpoint.vpc.as_deref()) {
        Some(vpc) => keys.known("aws:sourcevpc", vpc),
        None => keys.present(&["aws:sourcevpc"]),
    }
    // Which services set these is not known, so their values, which the owner of the endpoint
    // would give, stay unstated too.
    keys.unstated(&ENDPOINT_OWNER);
    keys.unstated(&ENDPOINT_ORGANIZATION);
    if let Some(account) = endpoint.and_then(|endpoint| endpoint.account.as_ref()) {
        let outside_any = match of.world.membership(account) {
            Membership::Standalone => true,
            Membership::External(external) => external.organization.is_none(),
            Membership::Management | Membership::Member | Membership::NotListed => false,
        };
        if outside_any {
            keys.absent(&ENDPOINT_ORGANIZATION, AbsentWhy::NoOrganization);
        }
    }
}

/// K-37: where the list was typed, its first and its last follow.
pub(super) fn follow_typed(keys: &mut Keys, is_typed: impl Fn(&str) -> bool) {
    const LIST: &str = "aws:calledvia";
    let services = match keys.context.get(LIST) {
        KeyState::Known { values, .. } if is_typed(LIST) => values.as_slice().to_vec(),
        _ => return,
    };
    for (key, service) in [
        ("aws:calledviafirst", services.first()),
        ("aws:calledvialast", services.last()),
    ] {
        match service {
            _ if is_typed(key) => {}
            Some(service) => keys.known(key, service.clone()),
            None => keys.absent(&[key], AbsentWhy::NotForwarded),
        }
    }
    if !is_typed("aws:viaawsservice") && !services.is_empty() {
        keys.flag("aws:viaawsservice", true);
    }
}
