//! When and where: K-29, K-31 and K-32.

use organization::Request;

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

/// K-29: services with one endpoint are always called in its region, others where the resource is.
fn region(keys: &mut Keys, of: &Of<'_>) {
    let only = catalog::global_region(&of.action.service);
    // Other partitions have other regions, and nobody says here which.
    let elsewhere = only.is_some() && of.partition != "aws";
    let follows = only.filter(|_| !elsewhere);
    let default = of.world.scenario.defaults.region.as_deref();
    let service = &of.action.service;
    let follows =
        follows.or_else(|| region_of_resources(of.request, service).filter(|_| only.is_none()));
    let state = match (&of.request.region, follows, default) {
        (Some(typed), Some(only), _) if *typed != only => stated(typed, Origin::Override),
        (Some(typed), _, _) => stated(typed, Origin::Request),
        (None, Some(only), _) => stated(only, Origin::Derived),
        (None, None, Some(typed)) if !elsewhere => stated(typed, Origin::Defaults),
        (None, None, _) => KeyState::PresentUnknown,
    };
    keys.context.set("aws:requestedregion", state);
}

/// The Region that a request is made in where it names none (K-29), in the partition `aws`: the
/// only one of the service, that of its resources, or else `default`, that of the scenario.
#[must_use]
pub fn usual_region<'a>(request: &'a Request, default: Option<&'a str>) -> Option<&'a str> {
    let (service, _) = request.action.split_once(':').unwrap_or_default();
    let service = service.to_ascii_lowercase();
    let only = catalog::global_region(&service);
    only.or_else(|| region_of_resources(request, &service))
        .or(default)
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
