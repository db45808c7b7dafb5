//! Calls of AWS services in their own name: K-9 … K-11 and K-38 … K-40.

use std::rc::Rc;

use organization::{AccountId, Resource};

use super::{Keys, Of};
use crate::context::AbsentWhy;
use crate::scene::{WhoKind, World};

const NAMES: [&str; 2] = ["aws:principalservicename", "aws:principalservicenameslist"];
const SOURCE: &str = "aws:sourcearn";
const SOURCE_ACCOUNT: &str = "aws:sourceaccount";
pub(super) const SOURCE_ORGANIZATION: [&str; 2] = ["aws:sourceorgid", "aws:sourceorgpaths"];

pub(super) fn derive(keys: &mut Keys, of: &Of<'_>) {
    let WhoKind::Service {
        name,
        source_arn,
        source_account,
    } = &of.who.kind
    else {
        keys.absent(&NAMES, AbsentWhy::Caller);
        keys.absent(&[SOURCE, SOURCE_ACCOUNT], AbsentWhy::Caller);
        keys.absent(&SOURCE_ORGANIZATION, AbsentWhy::Caller);
        return;
    };
    keys.flag("aws:principalisawsservice", true);
    let [name_key, names_key] = NAMES;
    keys.known(name_key, *name);
    // All names of the service, of which one is known.
    keys.present(&[names_key]);
    match source_arn {
        Some(arn) => keys.known(SOURCE, *arn),
        None => keys.unstated(&[SOURCE]),
    }
    let in_arn = || source_arn.and_then(|arn| account_of(of.world, arn));
    source_account_is(keys, of, source_account.cloned().or_else(in_arn));
}

/// K-39, K-40
fn source_account_is(keys: &mut Keys, of: &Of<'_>, account: Option<AccountId>) {
    match account {
        Some(account) => {
            keys.known(SOURCE_ACCOUNT, account.as_str());
            keys.organization_of(of.world, &account, SOURCE_ORGANIZATION);
        }
        None => {
            keys.unstated(&[SOURCE_ACCOUNT]);
            keys.unstated(&SOURCE_ORGANIZATION);
        }
    }
}

/// The account of a resource: in its ARN, or that of its entry.
fn account_of(world: &World<'_>, arn: &str) -> Option<AccountId> {
    let in_arn = arn.split(':').nth(4).unwrap_or_default();
    if in_arn.len() == 12 && in_arn.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(AccountId::from(in_arn));
    }
    let mut entries = world.scenario.resources.iter();
    let same = |entry: &&Rc<Resource>| entry.arn == arn;
    entries.find(same).and_then(|entry| entry.account.clone())
}
