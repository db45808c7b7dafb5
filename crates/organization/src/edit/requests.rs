//! Requests: added, replaced, copied, ordered, deleted.

use std::rc::Rc;

use super::error::{EditError, Subject};
use super::tree::not_found;
use super::{Created, Outcome, created, done, fresh};
use crate::ids::RequestId;
use crate::scenario::{Request, Scenario};

fn checked(request: Request) -> Result<Request, EditError> {
    if request.resources.is_empty() {
        return Err(EditError::NoResource);
    }
    Ok(request)
}

fn find(scenario: &Scenario, id: &RequestId) -> Result<usize, EditError> {
    scenario
        .requests
        .iter()
        .position(|request| request.id == *id)
        .ok_or_else(|| not_found(Subject::Request, id.as_str()))
}

pub(super) fn add(scenario: &mut Scenario, request: Request, position: Option<usize>) -> Outcome {
    let mut request = checked(request)?;
    if request.id.as_str().is_empty() {
        request.id = fresh::request(scenario);
    } else if scenario.request(request.id.as_str()).is_some() {
        return Err(EditError::IdTaken {
            subject: Subject::Request,
            id: request.id.to_string(),
        });
    }
    let id = request.id.clone();
    let position = position.unwrap_or(usize::MAX).min(scenario.requests.len());
    scenario.requests.insert(position, Rc::new(request));
    created(Created::Request(id))
}

pub(super) fn update(scenario: &mut Scenario, request: Request) -> Outcome {
    let request = checked(request)?;
    let position = find(scenario, &request.id)?;
    if let Some(slot) = scenario.requests.get_mut(position) {
        *slot = Rc::new(request);
    }
    done()
}

pub(super) fn duplicate(scenario: &mut Scenario, id: &RequestId) -> Outcome {
    let position = find(scenario, id)?;
    let mut copy = match scenario.requests.get(position) {
        Some(request) => Request::clone(request),
        None => return Err(not_found(Subject::Request, id.as_str())),
    };
    copy.id = fresh::request(scenario);
    add(scenario, copy, Some(position + 1))
}

pub(super) fn relocate(scenario: &mut Scenario, id: &RequestId, position: usize) -> Outcome {
    let from = find(scenario, id)?;
    let request = scenario.requests.remove(from);
    let to = position.min(scenario.requests.len());
    scenario.requests.insert(to, request);
    done()
}

pub(super) fn delete(scenario: &mut Scenario, id: &RequestId) -> Outcome {
    let position = find(scenario, id)?;
    scenario.requests.remove(position);
    done()
}
