//! What is called: K-23 … K-26.

use catalog::OwnerKeys;

use super::{Keys, Of};
use crate::context::AbsentWhy;
use crate::scene::Owner;

const ACCOUNT: &str = "aws:resourceaccount";
const ORGANIZATION: [&str; 2] = ["aws:resourceorgid", "aws:resourceorgpaths"];
const TAG: &str = "aws:resourcetag/";

pub(super) fn derive(keys: &mut Keys, of: &Of<'_>) {
    let account = of.owner_account();
    let within_account = account.is_some() && account == of.who.account.as_ref();
    match (
        catalog::owner_keys(&of.action.service, &of.action.name),
        account,
    ) {
        (OwnerKeys::Missing, _) => {
            keys.absent(&[ACCOUNT], AbsentWhy::Action);
            keys.absent(&ORGANIZATION, AbsentWhy::Action);
        }
        (OwnerKeys::WithinAccount, _) if !within_account => {
            keys.unstated(&[ACCOUNT]);
            keys.unstated(&ORGANIZATION);
        }
        (_, Some(account)) => {
            keys.known(ACCOUNT, account.as_str());
            keys.organization_of(of.world, account, ORGANIZATION);
        }
        (_, None) => {
            keys.present(&[ACCOUNT]);
            keys.unstated(&ORGANIZATION);
            // Some member account: its organization is known, its place is not.
            if let (Owner::Like(_), Some((organization, _))) = (of.owner, of.world.organization()) {
                let [id, paths] = ORGANIZATION;
                keys.known(id, organization.id.clone());
                keys.present(&[paths]);
            }
        }
    }
    resource_tags(keys, of);
}

/// K-26: the tags of the entry, and those that the request states for the resource.
fn resource_tags(keys: &mut Keys, of: &Of<'_>) {
    // RES-9: there is no resource that could have tags.
    if catalog::is_without_resource(&of.action.service, &of.action.name) {
        keys.absent_families(&[TAG], AbsentWhy::Action);
        return;
    }
    let entry = of.target.entry();
    let stated = &of.target.resource.tags;
    for (tag, value) in entry.iter().flat_map(|entry| &entry.tags).chain(stated) {
        keys.known(&format!("{TAG}{tag}"), value.as_str());
    }
    if entry.is_some() || !stated.is_empty() {
        keys.absent_families(&[TAG], AbsentWhy::NoTag);
    }
}
