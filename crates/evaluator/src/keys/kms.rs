//! Calls that a service makes to KMS for the caller: K-44.

use super::{Keys, Of};
use crate::context::{AbsentWhy, KeyState};
use crate::scene::WhoKind;

const VIA_SERVICE: &str = "kms:viaservice";

/// K-44: the service that calls KMS for the caller, with the region it does so in.
pub(super) fn derive(keys: &mut Keys, of: &Of<'_>) {
    if *of.action.service != *"kms" || keys.context.own(VIA_SERVICE).is_some() {
        return;
    }
    if matches!(of.who.kind, WhoKind::Service { .. }) {
        return keys.unstated(&[VIA_SERVICE]);
    }
    let service = match keys.context.get("aws:calledvialast") {
        KeyState::Known { values, .. } => values.as_slice().first().cloned(),
        KeyState::Absent(_) => return keys.absent(&[VIA_SERVICE], AbsentWhy::NotForwarded),
        KeyState::PresentUnknown | KeyState::Unknown => return keys.perhaps(&[VIA_SERVICE]),
    };
    let region = match keys.context.get("aws:requestedregion") {
        KeyState::Known { values, .. } => values.as_slice().first(),
        _ => None,
    };
    // How the name ends in other partitions is not documented.
    let name = service
        .as_deref()
        .and_then(|name| name.strip_suffix(".amazonaws.com"));
    match (name, region) {
        (Some(name), Some(region)) if of.partition == "aws" => {
            let value = format!("{name}.{region}.amazonaws.com");
            keys.known(VIA_SERVICE, value);
        }
        _ => keys.present(&[VIA_SERVICE]),
    }
}
