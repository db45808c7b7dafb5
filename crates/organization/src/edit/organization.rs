//! The organization as a whole: created, deleted, its management account, its policy types.

use std::collections::HashSet;
use std::rc::Rc;

use policy::Kind;
use serde_json::Map;

use super::accounts::{check_organization_id, check_partition};
use super::error::{EditError, Subject};
use super::tree::{forget, new_account, not_found, organization_mut};
use super::{Created, Outcome, checked_name, created, done, forget_switched_off, fresh};
use crate::file::{DEFAULT_ORGANIZATION_ID, DEFAULT_PARTITION, DEFAULT_ROOT_ID};
use crate::ids::{AccountId, NodeId, PolicyId};
use crate::scenario::Scenario;
use crate::tree::{
    Attachments, Child, FeatureSet, Organization, Root, SERVICE_CONTROL_POLICY, policy_type,
};
use crate::well_known::{FULL_AWS_ACCESS, WELL_KNOWN};

pub(super) fn create(scenario: &mut Scenario, management_account: String) -> Outcome {
    if scenario.organization.is_some() {
        return Err(EditError::OrganizationExists);
    }
    let name = checked_name(management_account, Subject::Account)?;
    let id = fresh::account(scenario).ok_or_else(|| not_found(Subject::Account, "111111111111"))?;
    let node = id.node();
    scenario.organization = Some(Organization {
        id: DEFAULT_ORGANIZATION_ID.into(),
        partition: DEFAULT_PARTITION.into(),
        feature_set: FeatureSet::All,
        enabled_policy_types: vec![SERVICE_CONTROL_POLICY.to_owned()],
        management_account: Some(id.clone()),
        root: Rc::new(Root {
            id: NodeId::from(DEFAULT_ROOT_ID),
            attachments: Attachments::Default,
            children: vec![new_account(id, name)],
            extra: Map::new(),
        }),
        extra: Map::new(),
    });
    created(Created::Node(node))
}

pub(super) fn delete(scenario: &mut Scenario) -> Outcome {
    let organization = scenario
        .organization
        .take()
        .ok_or(EditError::NoOrganization)?;
    let mut nodes = HashSet::new();
    organization.each_node(&mut |node| {
        nodes.insert(node.id());
    });
    Ok(forget(scenario, &nodes))
}

pub(super) fn set_management(scenario: &mut Scenario, account: AccountId) -> Outcome {
    fn holds(children: &[Child], id: &AccountId) -> bool {
        children.iter().any(|child| match child {
            Child::Ou(ou) => holds(&ou.children, id),
            Child::Account(account) => account.id == *id,
        })
    }
    let organization = organization_mut(scenario)?;
    if !holds(&organization.root.children, &account) {
        return Err(not_found(Subject::Account, account.as_str()));
    }
    organization.management_account = Some(account);
    done()
}

/// Policy types are there with all features only, so that they go with them (ORG-12).
pub(super) fn set_features(scenario: &mut Scenario, features: FeatureSet) -> Outcome {
    if features != FeatureSet::All {
        for kind in [Kind::Scp, Kind::Rcp] {
            detach_all(scenario, kind)?;
        }
    }
    organization_mut(scenario)?.feature_set = features;
    done()
}

pub(super) fn set_id(scenario: &mut Scenario, id: Rc<str>) -> Outcome {
    let organization = organization_mut(scenario)?;
    check_organization_id(&id)?;
    organization.id = id;
    done()
}

pub(super) fn set_partition(scenario: &mut Scenario, partition: Rc<str>) -> Outcome {
    let organization = organization_mut(scenario)?;
    check_partition(&partition)?;
    organization.partition = partition;
    done()
}

pub(super) fn enable(scenario: &mut Scenario, kind: Kind) -> Outcome {
    let name = policy_type(kind).ok_or(EditError::NotAPolicyType(kind))?;
    let organization = organization_mut(scenario)?;
    if organization.feature_set != FeatureSet::All {
        return Err(EditError::NeedsAllFeatures(kind));
    }
    if organization.enables(kind) {
        return Err(EditError::TypeEnabled(kind));
    }
    organization.enabled_policy_types.push(name.to_owned());
    if kind == Kind::Scp {
        // Left out means FullAWSAccess from now on; where RCPs are listed it joins them.
        let full = PolicyId::from(FULL_AWS_ACCESS);
        each_listed(organization, &|listed| {
            if !listed.contains(&full) {
                listed.insert(0, full.clone());
            }
        });
    }
    done()
}

pub(super) fn disable(scenario: &mut Scenario, kind: Kind) -> Outcome {
    policy_type(kind).ok_or(EditError::NotAPolicyType(kind))?;
    if !organization_mut(scenario)?.enables(kind) {
        return Err(EditError::TypeDisabled(kind));
    }
    detach_all(scenario, kind)?;
    done()
}

/// Disables a policy type, with what follows from it (ORG-14).
fn detach_all(scenario: &mut Scenario, kind: Kind) -> Result<(), EditError> {
    let of_kind: HashSet<PolicyId> = scenario
        .policies
        .iter()
        .filter(|policy| policy.kind.known() == Some(kind))
        .map(|policy| policy.id.clone())
        .chain(
            WELL_KNOWN
                .iter()
                .filter(|policy| policy.kind == kind)
                .map(|policy| PolicyId::from(policy.name)),
        )
        .collect();
    let organization = organization_mut(scenario)?;
    let name = policy_type(kind);
    organization
        .enabled_policy_types
        .retain(|on| Some(on.as_str()) != name);
    each_listed(organization, &|listed| {
        listed.retain(|policy| !of_kind.contains(policy));
    });
    if kind == Kind::Scp {
        // Nothing listed and SCPs disabled: what is left out means the same, and is what a later
        // "enable" starts from.
        each_node(organization, &|attachments| {
            if *attachments == Attachments::Listed(Vec::new()) {
                *attachments = Attachments::Default;
            }
        });
    }
    forget_switched_off(scenario, |gone, _| of_kind.contains(gone));
    Ok(())
}

fn each_listed(organization: &mut Organization, change: &dyn Fn(&mut Vec<PolicyId>)) {
    each_node(organization, &|attachments| {
        if let Attachments::Listed(listed) = attachments {
            change(listed);
        }
    });
}

/// Changes the attachments of every node; nodes where nothing changes stay shared.
fn each_node(organization: &mut Organization, change: &dyn Fn(&mut Attachments)) {
    fn changed(
        attachments: &Attachments,
        change: &dyn Fn(&mut Attachments),
    ) -> Option<Attachments> {
        let mut next = attachments.clone();
        change(&mut next);
        (next != *attachments).then_some(next)
    }
    fn below(children: &mut [Child], change: &dyn Fn(&mut Attachments)) {
        for child in children {
            match child {
                Child::Ou(ou) => {
                    let ou = Rc::make_mut(ou);
                    change(&mut ou.attachments);
                    below(&mut ou.children, change);
                }
                Child::Account(account) => {
                    if let Some(next) = changed(&account.attachments, change) {
                        Rc::make_mut(account).attachments = next;
                    }
                }
            }
        }
    }
    let root = Rc::make_mut(&mut organization.root);
    change(&mut root.attachments);
    below(&mut root.children, change);
}
