//! What a scenario says about itself: ids that are taken twice (errors), names of things that are
//! not there and states that AWS refuses (warnings).

mod lesson;
mod references;
mod tree;

use std::collections::HashMap;

use super::error::{FileError, FileErrorKind, Refusal};
use super::json::shortened;
use crate::scenario::Scenario;
use crate::tree::Child;
use crate::well_known::well_known;

pub(super) use references::references;

/// Every id once, in its own realm.
pub(super) fn ids(scenario: &Scenario) -> Result<(), Refusal> {
    let mut policies = Realm::new(texts::subject_policy());
    for (index, policy) in scenario.policies.iter().enumerate() {
        let path = format!("policies[{index}].id");
        if well_known(policy.id.as_str()).is_some() {
            return Err(duplicate(
                path,
                texts::file_id_well_known_policy(&policy.id),
                texts::subject_policy(),
            ));
        }
        policies.take(policy.id.as_str(), path)?;
    }
    let mut principals = Realm::new(texts::file_principal_word());
    for (index, principal) in scenario.principals.iter().enumerate() {
        let id = principal.id().as_str();
        let nameless = id.is_empty() && principal.account().is_none();
        if !nameless {
            principals.take(id, format!("principals[{index}].id"))?;
        }
    }
    let mut requests = Realm::new(texts::subject_request());
    for (index, request) in scenario.requests.iter().enumerate() {
        requests.take(request.id.as_str(), format!("requests[{index}].id"))?;
    }
    let mut endpoints = Realm::new(texts::file_endpoint_word());
    for (index, endpoint) in scenario.endpoints.iter().enumerate() {
        endpoints.take(&endpoint.id, format!("endpoints[{index}].id"))?;
    }
    let mut steps = Realm::new("step");
    let lesson = scenario.lesson.iter();
    for (index, step) in lesson.flat_map(|lesson| &lesson.steps).enumerate() {
        steps.take(&step.id, format!("lesson.steps[{index}].id"))?;
    }
    let mut nodes = Realm::new(texts::subject_node());
    if let Some(organization) = &scenario.organization {
        let path = "organization.root";
        nodes.take(organization.root.id.as_str(), format!("{path}.id"))?;
        children(&organization.root.children, path, &mut nodes)?;
    }
    for (index, account) in scenario.external_accounts.iter().enumerate() {
        nodes.take(account.id.as_str(), format!("externalAccounts[{index}].id"))?;
    }
    Ok(())
}

fn children<'a>(list: &'a [Child], path: &str, nodes: &mut Realm<'a>) -> Result<(), Refusal> {
    for (index, child) in list.iter().enumerate() {
        let path = format!("{path}.children[{index}]");
        match child {
            Child::Ou(ou) => {
                nodes.take(ou.id.as_str(), format!("{path}.id"))?;
                children(&ou.children, &path, nodes)?;
            }
            Child::Account(account) => nodes.take(account.id.as_str(), format!("{path}.id"))?,
        }
    }
    Ok(())
}

/// The ids of one sort of thing, with the place of each.
struct Realm<'a> {
    what: &'static str,
    taken: HashMap<&'a str, String>,
}

impl<'a> Realm<'a> {
    fn new(what: &'static str) -> Self {
        Self {
            what,
            taken: HashMap::new(),
        }
    }

    fn take(&mut self, id: &'a str, path: String) -> Result<(), Refusal> {
        match self.taken.get(id) {
            Some(first) => Err(duplicate(
                path,
                texts::file_id_that_stands_at(&shortened(id), &first),
                self.what,
            )),
            None => {
                self.taken.insert(id, path);
                Ok(())
            }
        }
    }
}

fn duplicate(path: String, found: String, what: &str) -> Refusal {
    Box::new(FileError {
        kind: FileErrorKind::DuplicateId,
        path,
        place: None,
        found,
        expected: texts::file_id_that_no_other(&what),
    })
}
