//! The organization tree and the accounts outside it.

use std::collections::HashSet;
use std::rc::Rc;

use serde_json::{Map, Value};

use super::{Detail, Object};
use crate::file::json::Json;
use crate::file::{
    DEFAULT_ORGANIZATION_ID, DEFAULT_PARTITION, DEFAULT_POLICY_TYPES, DEFAULT_ROOT_ID, account_ids,
    ou_ids,
};
use crate::ids::{NodeId, PolicyId};
use crate::scenario::ExternalAccount;
use crate::tree::{Account, Attachments, Child, FeatureSet, Organization, Ou};

/// Ids that a reader would derive at their place, and that are therefore not written.
type Derived = HashSet<NodeId>;

pub(super) fn organization(
    organization: &Organization,
    external: &[Rc<ExternalAccount>],
    detail: Detail,
) -> Json {
    let derived = match detail {
        Detail::Full => Derived::new(),
        Detail::Compact => derived(organization, external),
    };
    let mut out = Object::new(detail);
    out.text_with_default("id", &organization.id, DEFAULT_ORGANIZATION_ID);
    out.text_with_default("partition", &organization.partition, DEFAULT_PARTITION);
    let feature_set = match &organization.feature_set {
        FeatureSet::All => "ALL",
        FeatureSet::ConsolidatedBilling => "CONSOLIDATED_BILLING",
        FeatureSet::Other(word) => word,
    };
    out.text_with_default("featureSet", feature_set, "ALL");
    let enabled = &organization.enabled_policy_types;
    if detail == Detail::Full || enabled != DEFAULT_POLICY_TYPES {
        let enabled = enabled.iter().map(Json::text).collect();
        out.put("enabledPolicyTypes", Json::Array(enabled));
    }
    out.option(
        "managementAccountId",
        organization.management_account.as_ref(),
    );
    let root = &organization.root;
    let mut top = Object::new(detail);
    top.text_with_default("id", root.id.as_str(), DEFAULT_ROOT_ID);
    attachments(&mut top, &root.attachments);
    children(&mut top, &root.children, &root.extra, &derived);
    out.put("root", top.finish(&root.extra));
    out.finish(&organization.extra)
}

fn attachments(out: &mut Object, attachments: &Attachments) {
    if let Attachments::Listed(policies) = attachments {
        let policies = policies.iter().map(PolicyId::as_str).map(Json::text);
        out.put("policies", Json::Array(policies.collect()));
    }
}

/// The children, and after them those of an unknown type, which are kept in `extra`.
fn children(out: &mut Object, children: &[Child], extra: &Map<String, Value>, derived: &Derived) {
    let known = children.iter().map(|child| match child {
        Child::Ou(ou) => organizational_unit(ou, out.detail, derived),
        Child::Account(one) => account(one, out.detail, derived),
    });
    let unknown = match extra.get("children") {
        Some(Value::Array(unknown)) => unknown.as_slice(),
        _ => &[],
    };
    let all: Vec<Json> = known.chain(unknown.iter().map(Json::from)).collect();
    if !all.is_empty() {
        out.put("children", Json::Array(all));
    }
}

fn organizational_unit(ou: &Ou, detail: Detail, derived: &Derived) -> Json {
    let mut out = Object::new(detail);
    out.text("type", "ou");
    if !derived.contains(&ou.id) {
        out.text("id", &ou.id);
    }
    out.text_with_default("name", &ou.name, ou.id.as_str());
    attachments(&mut out, &ou.attachments);
    children(&mut out, &ou.children, &ou.extra, derived);
    out.finish(&ou.extra)
}

fn account(account: &Account, detail: Detail, derived: &Derived) -> Json {
    let mut out = Object::new(detail);
    out.text("type", "account");
    if !derived.contains(account.id.as_str()) {
        out.text("id", &account.id);
    }
    out.text_with_default("name", &account.name, account.id.as_str());
    attachments(&mut out, &account.attachments);
    out.tags("tags", &account.tags);
    out.finish(&account.extra)
}

pub(super) fn external(account: &ExternalAccount, detail: Detail) -> Json {
    let mut out = Object::new(detail);
    out.text("id", &account.id);
    out.text_with_default("name", &account.name, account.id.as_str());
    out.option("partition", account.partition.as_ref());
    if let Some(organization) = &account.organization {
        let mut other = Object::new(detail);
        other.text("id", &organization.id);
        other.option("path", organization.path.as_ref());
        out.put("organization", other.finish(&organization.extra));
    }
    out.finish(&account.extra)
}

/// Finds the ids that a reader derives by itself. Which ones those are depends on the ids that
/// are written, because a reader skips these: so the written ones are found by going through the
/// tree until no more are added.
fn derived(organization: &Organization, external: &[Rc<ExternalAccount>]) -> Derived {
    const ROUNDS: usize = 4;
    let mut ous = Vec::new();
    let mut accounts = Vec::new();
    collect(&organization.root.children, &mut ous, &mut accounts);
    let mut written: HashSet<NodeId> = external.iter().map(|one| one.id.node()).collect();
    for _ in 0..ROUNDS {
        let taken: HashSet<&str> = written.iter().map(NodeId::as_str).collect();
        let more: Vec<NodeId> = not_next(&ous, ou_ids(organization.root.id.as_str(), &taken))
            .chain(not_next(&accounts, account_ids(&taken)))
            .filter(|id| !taken.contains(id.as_str()))
            .collect();
        if more.is_empty() {
            return ous
                .into_iter()
                .chain(accounts)
                .filter(|id| !written.contains(id))
                .collect();
        }
        written.extend(more);
    }
    Derived::new()
}

/// The ids that are not the next one of the sequence at their place.
fn not_next<'a>(
    ids: &'a [NodeId],
    mut sequence: impl Iterator<Item = String> + 'a,
) -> impl Iterator<Item = NodeId> + 'a {
    let mut next = sequence.next();
    ids.iter().filter_map(move |id| {
        if next.as_deref() == Some(id.as_str()) {
            next = sequence.next();
            return None;
        }
        Some(id.clone())
    })
}

fn collect(children: &[Child], ous: &mut Vec<NodeId>, accounts: &mut Vec<NodeId>) {
    for child in children {
        match child {
            Child::Ou(ou) => {
                ous.push(ou.id.clone());
                collect(&ou.children, ous, accounts);
            }
            Child::Account(account) => accounts.push(account.id.node()),
        }
    }
}
