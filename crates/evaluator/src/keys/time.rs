//! When and where: K-29, K-31 and K-32.

use organization::{Request, Scenario};

use super::{Keys, Of};
use crate::condition::Instant;
use crate::context::{KeyState, Origin, Values};
use crate::trace::Blocker;

const TIME: &str = "aws:currenttime";
const EPOCH: &str = "aws:epochtime";

pub(super) fn derive(keys: &mut Keys, of: &Of<'_>) -> Result<(), Blocker> {
    let defaults = &of.world.scenario.defaults;
    let (time, origin) = match &of.request.time {
        Some(time) => (Some(time), Origin::Request),
        None => (defaults.time.as_ref(), Origin::Defaults),
    };
    match time {
        Some(time) => {
            let instant = Instant::parse(time).ok_or_else(|| Blocker::InvalidTime(time.clone()))?;
            keys.context.set(TIME, stated(time, origin));
            keys.known(EPOCH, instant.epoch_seconds().to_string());
        }
        None => keys.present(&[TIME, EPOCH]),
    }
    region(keys, of);
    Ok(())
}

fn stated(text: &str, origin: Origin) -> KeyState {
    KeyState::Known {
        values: Values::One(text.into()),
        origin,
    }
}

/// K-29: where the request says it is made, or else where it would be.
fn region(keys: &mut Keys, of: &Of<'_>) {
    let default = of.world.scenario.defaults.region.as_deref();
    let usual = usual(of.request, &of.action.service, of.partition, default);
    let state = match (&of.request.region, usual) {
        (Some(typed), Some((only, Origin::Derived))) if *typed != only => {
            stated(typed, Origin::Override)
        }
        (Some(typed), _) => stated(typed, Origin::Request),
        (None, Some((region, origin))) => stated(region, origin),
        (None, None) => KeyState::PresentUnknown,
    };
    keys.context.set("aws:requestedregion", state);
}

/// The Region that a request is made in where it names none (K-29): the only one of its service,
/// that of its resources, or else the default one of the scenario. `None` where nobody says it.
#[must_use]
pub fn usual_region<'a>(scenario: &'a Scenario, request: &'a Request) -> Option<&'a str> {
    let (service, _) = request.action.split_once(':').unwrap_or_default();
    let of_organization = scenario.organization.as_ref().map(|it| &*it.partition);
    let arns = request.resources.iter().map(|resource| &*resource.arn);
    let of_resource = || {
        let mut named = arns.filter_map(|arn| arn.strip_prefix("arn:")?.split(':').next());
        named.find(|partition| !partition.is_empty() && !partition.contains(['*', '?']))
    };
    let partition = of_organization.or_else(of_resource).unwrap_or("aws");
    let default = scenario.defaults.region.as_deref();
    usual(request, &service.to_ascii_lowercase(), partition, default).map(|(region, _)| region)
}

/// The same, and whether it follows from the request or is the default. `service` is in lower case.
fn usual<'a>(
    request: &'a Request,
    service: &str,
    partition: &str,
    default: Option<&'a str>,
) -> Option<(&'a str, Origin)> {
    let derived = |region| (region, Origin::Derived);
    match catalog::global_region(service) {
        // Services with one endpoint are always called in its Region. Other partitions have other
        // Regions, and nobody says here which.
        Some(only) => (partition == "aws").then(|| derived(only)),
        None => region_of_resources(request, service)
            .map(derived)
            .or(default.map(|region| (region, Origin::Defaults))),
    }
}

/// The region in the ARNs of the resources that belong to the service of the action, if they agree.
fn region_of_resources<'a>(request: &'a Request, service: &str) -> Option<&'a str> {
    let mut named = request.resources.iter().filter_map(|resource| {
        let mut parts = resource.arn.splitn(5, ':').skip(2);
        let (of, region) = (parts.next()?, parts.next()?);
        let is_region = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let is_own = of.eq_ignore_ascii_case(service);
        (is_own && !region.is_empty() && region.chars().all(is_region)).then_some(region)
    });
    let first = named.next()?;
    named.all(|other| other == first).then_some(first)
}

/// Both keys describe one instant: where one of them was typed, the other follows.
pub(super) fn follow_typed(keys: &mut Keys, is_typed: impl Fn(&str) -> bool) {
    let (from, to) = match (is_typed(TIME), is_typed(EPOCH)) {
        (true, false) => (TIME, EPOCH),
        (false, true) => (EPOCH, TIME),
        _ => return,
    };
    let instant = match keys.context.get(from) {
        // Every request carries the other, whatever is stated of this one.
        KeyState::Absent(_) => return,
        KeyState::Known { values, .. } => match values.as_slice() {
            [text] => Instant::parse(text),
            _ => None,
        },
        KeyState::PresentUnknown | KeyState::Unknown => None,
    };
    match instant {
        Some(instant) if to == EPOCH => keys.known(to, instant.epoch_seconds().to_string()),
        Some(instant) => keys.known(to, instant.to_text()),
        None => keys.present(&[to]),
    }
}
