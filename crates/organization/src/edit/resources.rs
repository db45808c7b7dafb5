//! Resources and VPC endpoints: added, changed, deleted.

use std::rc::Rc;

use policy::Kind;
use serde_json::Map;

use super::accounts::has_account;
use super::error::{EditError, Subject};
use super::tree::not_found;
use super::{Created, Outcome, Trail, attach, created, done, fresh, tag_keys};
use crate::ids::{AccountId, PolicyId};
use crate::scenario::{Endpoint, Request, Resource, Scenario};

const RESOURCE: &[Kind] = &[Kind::Resource];
const ENDPOINT: &[Kind] = &[Kind::Endpoint];

/// An ARN has this many parts; the last may hold colons itself.
const ARN_PARTS: usize = 6;

/// The entry with an ARN; of several, which only a file can have, the first.
pub(super) fn resource<'a>(scenario: &'a Scenario, arn: &str) -> Result<&'a Resource, EditError> {
    let mut resources = scenario.resources.iter();
    match resources.find(|one| one.arn == arn) {
        Some(found) => Ok(found),
        None => Err(not_found(Subject::Resource, arn)),
    }
}

pub(super) fn add(scenario: &mut Scenario, resource: Resource) -> Outcome {
    check(scenario, None, &resource)?;
    let arn = resource.arn.clone();
    scenario.resources.push(Rc::new(resource));
    created(Created::Resource(arn))
}

pub(super) fn update(scenario: &mut Scenario, arn: &str, changed: Resource) -> Outcome {
    let before = resource(scenario, arn)?;
    check(scenario, Some(before), &changed)?;
    let mut resources = scenario.resources.iter_mut();
    if let Some(slot) = resources.find(|one| one.arn == arn) {
        *slot = Rc::new(changed);
    }
    done()
}

pub(super) fn delete(scenario: &mut Scenario, arn: &str) -> Outcome {
    let position = scenario.resources.iter().position(|one| one.arn == arn);
    let position = position.ok_or_else(|| not_found(Subject::Resource, arn))?;
    scenario.resources.remove(position);
    done()
}

/// Checks what is new about a resource: `before` is what stood there.
fn check(
    scenario: &Scenario,
    before: Option<&Resource>,
    resource: &Resource,
) -> Result<(), EditError> {
    if before.is_none_or(|before| before.arn != resource.arn) {
        let parts = resource.arn.splitn(ARN_PARTS, ':').collect::<Vec<_>>();
        let whole = parts.len() == ARN_PARTS
            && parts.first() == Some(&"arn")
            && [1, 2, 5].iter().all(|at| parts.get(*at) != Some(&""));
        if !whole {
            return Err(EditError::Malformed {
                what: "ARN",
                found: resource.arn.clone(),
                expected: texts::edit_arn_partition_service_region(),
            });
        }
        if scenario.resources.iter().any(|one| one.arn == resource.arn) {
            return Err(EditError::IdTaken {
                subject: Subject::Resource,
                id: resource.arn.clone(),
            });
        }
    }
    holder(
        scenario,
        before.map(|before| (&before.account, &before.policy)),
        (&resource.account, &resource.policy),
        RESOURCE,
    )?;
    match before {
        Some(before) if before.tags == resource.tags => Ok(()),
        _ => tag_keys(&resource.tags),
    }
}

/// Checks the owner and the policy of a resource or endpoint, where they are new.
fn holder(
    scenario: &Scenario,
    before: Option<(&Option<AccountId>, &Option<PolicyId>)>,
    (account, policy): (&Option<AccountId>, &Option<PolicyId>),
    kinds: &'static [Kind],
) -> Result<(), EditError> {
    if let Some(account) = account
        && before.is_none_or(|(before, _)| before.as_ref() != Some(account))
        && !has_account(scenario, account)
    {
        return Err(not_found(Subject::Account, account.as_str()));
    }
    if let Some(policy) = policy
        && before.is_none_or(|(_, before)| before.as_ref() != Some(policy))
    {
        attach::of_kind(scenario, policy, kinds)?;
    }
    Ok(())
}

pub(super) fn add_endpoint(scenario: &mut Scenario, account: Option<AccountId>) -> Outcome {
    let id = fresh::endpoint(scenario);
    let endpoint = Endpoint {
        id: id.clone(),
        policy: None,
        vpc: None,
        account,
        extra: Map::new(),
    };
    check_endpoint(scenario, None, &endpoint)?;
    scenario.endpoints.push(Rc::new(endpoint));
    created(Created::Endpoint(id))
}

pub(super) fn update_endpoint(scenario: &mut Scenario, id: &str, changed: Endpoint) -> Outcome {
    let position = endpoint(scenario, id)?;
    let before = scenario.endpoints.get(position).cloned();
    check_endpoint(scenario, before.as_deref(), &changed)?;
    if changed.id != id {
        for request in &mut scenario.requests {
            if request.endpoint.as_deref() == Some(id) {
                Rc::make_mut(request).endpoint = Some(changed.id.clone());
            }
        }
    }
    if let Some(slot) = scenario.endpoints.get_mut(position) {
        *slot = Rc::new(changed);
    }
    done()
}

pub(super) fn delete_endpoint(scenario: &mut Scenario, id: &str) -> Outcome {
    let position = endpoint(scenario, id)?;
    scenario.endpoints.remove(position);
    let named = |request: &&Rc<Request>| request.endpoint.as_deref() == Some(id);
    let orphaned = scenario.requests.iter().filter(named);
    Ok(Trail {
        created: None,
        orphaned: orphaned.map(|request| request.id.clone()).collect(),
    })
}

fn endpoint(scenario: &Scenario, id: &str) -> Result<usize, EditError> {
    let position = scenario.endpoints.iter().position(|one| one.id == id);
    position.ok_or_else(|| not_found(Subject::Endpoint, id))
}

fn check_endpoint(
    scenario: &Scenario,
    before: Option<&Endpoint>,
    endpoint: &Endpoint,
) -> Result<(), EditError> {
    if before.is_none_or(|before| before.id != endpoint.id) {
        check_id(
            texts::edit_endpoint_id(),
            &endpoint.id,
            "vpce-",
            texts::edit_vpce_and_8_or(),
        )?;
        if scenario.endpoint(&endpoint.id).is_some() {
            return Err(EditError::IdTaken {
                subject: Subject::Endpoint,
                id: endpoint.id.clone(),
            });
        }
    }
    if let Some(vpc) = &endpoint.vpc
        && before.is_none_or(|before| before.vpc != endpoint.vpc)
    {
        check_id(
            texts::edit_vpc_id(),
            vpc,
            "vpc-",
            texts::edit_vpc_and_8_or(),
        )?;
    }
    holder(
        scenario,
        before.map(|before| (&before.account, &before.policy)),
        (&endpoint.account, &endpoint.policy),
        ENDPOINT,
    )
}

/// An id of EC2: a prefix and 8 or 17 hexadecimal digits.
fn check_id(
    what: &'static str,
    id: &str,
    prefix: &str,
    expected: &'static str,
) -> Result<(), EditError> {
    let digits = id.strip_prefix(prefix).filter(|digits| {
        matches!(digits.len(), 8 | 17)
            && digits
                .bytes()
                .all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'))
    });
    match digits {
        Some(_) => Ok(()),
        None => Err(EditError::Malformed {
            what,
            found: id.to_owned(),
            expected,
        }),
    }
}
