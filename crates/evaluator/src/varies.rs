//! How far an answer holds for the same caller in other accounts with the same policies above them.

use crate::authorize::{Prepared, PreparedResource};
use crate::compile::{CompiledPolicy, PrincipalForm};
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
    /// The account itself, or a name with the account in it.
    ByAccount,
}

/// Keys whose value has the account in it (K-1, K-2, K-7, K-23; K-22 for endpoints).
const OF_ACCOUNT: [&str; 6] = [
    "aws:principalaccount",
    "aws:principalarn",
    "aws:resourceaccount",
    "aws:userid",
    "aws:sourceaccount",
    "aws:vpceaccount",
];

/// Keys whose value is the account's place in the tree (K-4, K-25).
const OF_PARENT: [&str; 4] = [
    "aws:principalorgpaths",
    "aws:resourceorgpaths",
    "aws:sourceorgpaths",
    "aws:vpceorgpaths",
];

impl Prepared {
    /// How far the answer holds for other accounts.
    #[must_use]
    pub fn varies(&self) -> Varies {
        let keys = self.keys_read();
        let reads = |of: &[&str]| keys.iter().any(|key| of.contains(key));
        let mut policies = self.resources.iter().flat_map(policies_of);
        if reads(&OF_ACCOUNT) || policies.any(names_someone) {
            Varies::ByAccount
        } else if reads(&OF_PARENT) {
            Varies::ByParent
        } else {
            Varies::Never
        }
    }
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
