//! What a prepared request is about, for those who put it into words.

use std::rc::Rc;

use organization::AccountId;
use policy::{Pattern, Version};

use crate::authorize::Prepared;
use crate::context::KeyState;
use crate::gates::Gate;
use crate::glob::{Glob, Wildcards};
use crate::principal::Form;

impl Prepared {
    /// The state of a context key, given in lower case, as the first resource has it.
    #[must_use]
    pub fn key(&self, key: &str) -> Option<&KeyState> {
        self.key_of(0, key)
    }

    /// The state of a context key, given in lower case, as the resource at a position has it.
    #[must_use]
    pub fn key_of(&self, resource: usize, key: &str) -> Option<&KeyState> {
        let reading = self.resources.get(resource)?.readings.first()?;
        Some(reading.context.get(key))
    }

    /// The context keys that some policy of the request reads, lower case, sorted.
    #[must_use]
    pub fn keys_read(&self) -> Vec<&str> {
        let readings = self.resources.iter().flat_map(|one| &one.readings);
        let mut keys: Vec<&str> = readings
            .flat_map(|reading| &reading.gates)
            .flat_map(Gate::policies)
            .flat_map(|policy| policy.keys.iter().map(|key| &**key))
            .collect();
        policy::sort_by(&mut keys, Ord::cmp);
        keys.dedup();
        keys
    }

    /// The account of the caller, if it has one.
    #[must_use]
    pub fn account(&self) -> Option<&AccountId> {
        self.account.as_ref()
    }

    /// Who calls, as AWS's messages name it: an ARN, that of the session for a role, or the name
    /// of a service or identity provider; none for a caller who is not signed in.
    #[must_use]
    pub fn caller(&self) -> Option<Rc<str>> {
        let caller = &self.resources.first()?.readings.first()?.context.caller;
        match (&caller.form, &caller.account) {
            (Form::Root, Some(account)) => {
                Some(format!("arn:{}:iam::{account}:root", caller.partition).into())
            }
            _ => caller.forms().into_iter().next(),
        }
    }
}

/// Whether a text fits a pattern with `*` and `?`, everything else taken literally.
#[must_use]
pub fn fits(pattern: &str, text: &str) -> bool {
    let pattern = Pattern::parse(pattern, Version::V2008);
    Glob::new(&pattern, Wildcards::Free).matches_plain(text)
}
