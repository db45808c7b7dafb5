//! The scenario as it was when it was opened, to say what has changed since; and the texts of
//! policies as they change.

use std::rc::Rc;

use organization::{Edit, PolicyId, PolicyRef, Scenario};
use playground::RequestView;
use playground::recorded::{self, Since};
use serde_json::Value;

use super::history::Millis;
use super::label::label;
use super::model::Model;
use super::reduce::{changed, refused};

/// A scenario when it was opened, with the verdicts that it had.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opened {
    /// The scenario.
    pub scenario: Rc<Scenario>,
    /// The results of its requests.
    pub requests: Vec<Rc<RequestView>>,
    /// The verdicts that its link or file recorded, until somebody has read what differs.
    pub recorded: Option<Rc<Value>>,
}

impl Opened {
    /// A scenario that is opened now; its verdicts follow.
    #[must_use]
    pub fn new(scenario: &Rc<Scenario>, recorded: Option<Rc<Value>>) -> Rc<Self> {
        Rc::new(Self {
            scenario: Rc::clone(scenario),
            requests: Vec::new(),
            recorded,
        })
    }

    /// What differs from the verdicts that were recorded, if anything does.
    #[must_use]
    pub fn since(&self) -> Option<Since> {
        recorded::since(self.recorded.as_ref()?, &self.requests)
    }

    /// The text that a policy of the scenario had; none if there was no such policy.
    #[must_use]
    pub fn text(&self, policy: &str) -> Option<&str> {
        match self.scenario.policy(policy)? {
            PolicyRef::Own(own) => Some(&own.text),
            PolicyRef::WellKnown(_) => None,
        }
    }
}

impl Model {
    /// Keeps the verdicts of the scenario as it was opened, while it is still the same.
    pub(super) fn note_opened(&mut self) {
        if Rc::ptr_eq(&self.opened.scenario, &self.scenario) {
            self.opened = Rc::new(Opened {
                scenario: Rc::clone(&self.scenario),
                requests: self.analysis.requests.clone(),
                recorded: self.opened.recorded.clone(),
            });
        }
    }
}

/// A scenario without the verdicts that were recorded for it, and these. They belong to the moment
/// of sharing: what is made of the scenario here has others.
#[must_use]
pub fn apart_from_record(scenario: Rc<Scenario>) -> (Rc<Scenario>, Option<Rc<Value>>) {
    let Some(record) = &scenario.recorded else {
        return (scenario, None);
    };
    let record = Rc::new(record.clone());
    let without = Scenario {
        recorded: None,
        ..(*scenario).clone()
    };
    (Rc::new(without), Some(record))
}

/// The model once somebody has read what differs from the recorded verdicts.
pub(super) fn since_read(model: &Model) -> Option<Model> {
    model.opened.recorded.as_ref()?;
    Some(Model {
        opened: Rc::new(Opened {
            recorded: None,
            ..(*model.opened).clone()
        }),
        ..model.clone()
    })
}

/// The model after typing into the text of a policy.
pub(super) fn typed(
    model: &Model,
    policy: PolicyId,
    text: Rc<str>,
    stroke: u32,
    now: Millis,
) -> Model {
    let field = format!("text of policy {policy}, {stroke}");
    let edit = Edit::SetPolicyText { policy, text };
    let label = label(&model.scenario, &edit);
    match model.scenario.apply(edit) {
        Ok(edited) => changed(model, edited, label, Some(field), now),
        Err(refusal) => refused(model, &refusal.to_string()),
    }
}

/// The policy whose text differs between two scenarios, if there is one.
pub(super) fn retyped(before: &Scenario, after: &Scenario) -> Option<PolicyId> {
    let is_other = |id: &PolicyId, text: &str| match before.policy(id.as_str()) {
        Some(PolicyRef::Own(own)) => *own.text != *text,
        _ => false,
    };
    let mut policies = after.policies.iter();
    let found = policies.find(|one| is_other(&one.id, &one.text))?;
    Some(found.id.clone())
}
