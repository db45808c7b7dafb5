//! When and where: K-29, K-31 and K-32.

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

/// K-29: services with one endpoint are always called in its region.
fn region(keys: &mut Keys, of: &Of<'_>) {
    let only = catalog::global_region(&of.action.service);
    // Other partitions have other regions, and nobody says here which.
    let elsewhere = only.is_some() && of.partition != "aws";
    let follows = only.filter(|_| !elsewhere);
    let default = of.world.scenario.defaults.region.as_deref();
    let state = match (&of.request.region, follows, default) {
        (Some(typed), Some(only), _) if *typed != only => stated(typed, Origin::Override),
        (Some(typed), _, _) => stated(typed, Origin::Request),
        (None, Some(only), _) => stated(only, Origin::Derived),
        (None, None, Some(typed)) if !elsewhere => stated(typed, Origin::Defaults),
        (None, None, _) => KeyState::PresentUnknown,
    };
    keys.context.set("aws:requestedregion", state);
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
