//! Resource-based policies and trust policies. Their documents are not evaluated yet; what holds
//! where there is none is (EVAL-25, X-5, X-7).

use policy::Kind;

use super::{Asked, Gate, not_evaluated};
use crate::decision::PolicyType;
use crate::scene::WhoKind;
use crate::trace::Why;

pub(super) fn gate(asked: &Asked<'_>) -> Gate {
    let service = &*asked.action.service;
    let name = &*asked.action.name;
    let is_trust = service == "sts" && name.starts_with("assumerole");
    // nothing else can let these callers in.
    let has_no_other_way = matches!(
        &asked.who.kind,
        WhoKind::Service { .. } | WhoKind::Anonymous | WhoKind::Saml | WhoKind::WebIdentity { .. }
    );
    let is_off = asked.world.is_off(if is_trust {
        Kind::Trust
    } else {
        Kind::Resource
    });
    if is_off && has_no_other_way {
        return Gate::Stops(Why::OnlyResourcePolicy);
    }
    if is_off {
        return Gate::Passes(Why::SwitchedOff);
    }
    let entries = asked.target.entries.iter();
    let policies: Vec<_> = entries
        .filter_map(|(_, entry)| entry.policy.clone())
        .take(1)
        .collect();
    // TR-1, KMS-1: a role and a key always have a policy, and it must allow.
    let on_key = service == "kms" && !matches!(name, "createkey" | "listkeys" | "listaliases");
    if !policies.is_empty() || is_trust || on_key {
        return not_evaluated(PolicyType::Resource, policies);
    }
    if has_no_other_way {
        return Gate::Stops(Why::OnlyResourcePolicy);
    }
    match asked.same_account() {
        Some(true) => Gate::Passes(Why::NoResourcePolicy),
        Some(false) => Gate::Stops(Why::CrossAccountWithoutPolicy),
        None => Gate::Stops(Why::OwnerUnknownWithoutPolicy),
    }
}
