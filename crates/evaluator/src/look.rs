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
    /// The state of a context key, given in lower case, as the resource at a position has it.
    #[must_use]
    pub fn key_of(&self, resource: usize, key: &str) -> Option<&KeyState> {
        let reading = self.resources.get(resource)?.readings.first()?;
        Some(reading.context.get(key))
    }

    /// The state of a context key, given in lower case, as each resource has it, in their order.
    #[must_use]
    pub fn key_states(&self, key: &str) -> Vec<&KeyState> {
        let readings = self.resources.iter().filter_map(|one| one.readings.first());
        readings.map(|reading| reading.context.get(key)).collect()
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

    /// A context key, given in lower case, as the first condition that asks for it spells it.
    #[must_use]
    pub fn key_as_typed(&self, key: &str) -> Option<&str> {
        let readings = self.resources.iter().flat_map(|one| &one.readings);
        let policies = (readings.flat_map(|reading| &reading.gates)).flat_map(Gate::policies);
        let statements = policies.flat_map(|policy| &policy.document.statements);
        let mut conditions = statements.flat_map(|statement| &statement.conditions);
        let found = conditions.find(|condition| condition.key.value.eq_ignore_ascii_case(key))?;
        Some(&found.key.value)
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
