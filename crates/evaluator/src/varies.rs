//! How far an answer holds for the same caller in other accounts with the same policies above them.

use organization::AccountId;

use crate::authorize::{Prepared, PreparedResource};
use crate::compile::{CompiledPolicy, PrincipalForm};
use crate::context::Values;
use crate::gates::Gate;

/// What the policies of a request over every account look at, of what differs between accounts.
///
/// It holds for accounts that have the same policies at the same depths and that neither the
/// request nor a resource names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Varies {
    /// Nothing: the answer is that of all such accounts.
    Never,
    /// The place in the tree: the answer is that of all such accounts with the same parent.
    ByParent,
    /// Keys with the account in them, and nothing else: [`Prepared::in_account`] changes them.
    ByKeys,
    /// The account itself: who is named as a principal, or who could own the resource.
    ByAccount,
}

/// Keys whose value has the account in it (K-1, K-2, K-23).
const OF_ACCOUNT: [&str; 3] = [
    "aws:principalaccount",
    "aws:principalarn",
    "aws:resourceaccount",
];

/// Keys whose value is the account's place in the tree (K-4, K-25).
const OF_PARENT: [&str; 2] = ["aws:principalorgpaths", "aws:resourceorgpaths"];

impl Prepared {
    /// How far the answer holds for other accounts.
    #[must_use]
    pub fn varies(&self) -> Varies {
        let reads = |of: &[&str]| of.iter().any(|key| self.reads(key));
        let mut policies = self.resources.iter().flat_map(policies_of);
        let one_reading = |resource: &PreparedResource| resource.readings.len() == 1;
        if policies.any(names_someone) {
            Varies::ByAccount
        } else if reads(&OF_ACCOUNT) {
            if self.resources.iter().all(one_reading) {
                Varies::ByKeys
            } else {
                Varies::ByAccount
            }
        } else if reads(&OF_PARENT) {
            Varies::ByParent
        } else {
            Varies::Never
        }
    }

    /// Which of the keys that differ between accounts some policy reads, for [`Self::in_account`].
    #[must_use]
    pub fn varying_keys(&self) -> Vec<&'static str> {
        let all = OF_ACCOUNT.into_iter().chain(OF_PARENT);
        all.filter(|key| self.reads(key)).collect()
    }

    /// Whether some policy reads a key, be it as a service's own key that says the same (K-43).
    fn reads(&self, key: &str) -> bool {
        let mut readings = self.resources.iter().flat_map(|one| &one.readings);
        readings.any(|reading| {
            let policies = reading.gates.iter().flat_map(Gate::policies);
            let mut read = policies.flat_map(|policy| &policy.keys);
            read.any(|own| {
                let repeated = || reading.context.repeats(own);
                **own == *key || repeated().is_some_and(|it| it.eq_ignore_ascii_case(key))
            })
        })
    }

    /// The same request from another account of the same class, where the answer varies by keys
    /// only ([`Varies::ByKeys`]); `keys` are those of [`Self::varying_keys`], `path` is the entity
    /// path of the account's parent (ORG-9).
    pub fn in_account(&mut self, account: &AccountId, path: &str, keys: &[&'static str]) {
        for reading in self.resources.iter_mut().flat_map(|one| &mut one.readings) {
            // What belongs to the caller moves with it.
            let own = reading.owner.is_some() && reading.owner == self.account;
            if own {
                reading.owner = Some(account.clone());
            }
            for key in keys {
                let of_resource = key.starts_with("aws:resource");
                let Some(values) = reading.context.derived(key).filter(|_| own || !of_resource)
                else {
                    continue;
                };
                *values = match values {
                    Values::Many(_) => Values::Many(vec![path.into()]),
                    Values::One(arn) if *key == "aws:principalarn" => {
                        Values::One(in_arn(arn, account.as_str()).into())
                    }
                    Values::One(_) => Values::One(account.as_str().into()),
                };
            }
        }
        self.account = Some(account.clone());
    }
}

/// An ARN with another account in it.
fn in_arn(arn: &str, account: &str) -> String {
    let mut moved = String::with_capacity(arn.len());
    for (at, part) in arn.splitn(6, ':').enumerate() {
        if at > 0 {
            moved.push(':');
        }
        moved.push_str(if at == 4 { account } else { part });
    }
    moved
}

fn policies_of(resource: &PreparedResource) -> Vec<&CompiledPolicy> {
    let gates = resource.readings.iter().flat_map(|reading| &reading.gates);
    gates.flat_map(Gate::policies).collect()
}

/// Whether a `Principal` element could tell accounts apart.
fn names_someone(policy: &CompiledPolicy) -> bool {
    let mut elements = policy
        .statements
        .iter()
        .filter_map(|statement| statement.principals.as_ref());
    elements.any(|element| {
        let mut entries = element.entries.iter();
        entries.any(|entry| *entry != PrincipalForm::Everyone)
    })
}
