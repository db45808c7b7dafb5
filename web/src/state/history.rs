//! Steps to undo and to do again. A step holds the whole scenario: its parts are shared, so that
//! costs little, and going back is exact.

use std::rc::Rc;

use organization::Scenario;

use super::lesson::Learning;
use super::model::Origin;
use super::opened::Opened;

/// Milliseconds of the browser's clock.
pub type Millis = f64;

/// How long a pause in typing may be before the next letter begins a step of its own.
const PAUSE: Millis = 1500.0;

/// Most steps that are kept.
const LIMIT: usize = 500;

/// A scenario to go back or forward to.
#[derive(Clone, Debug)]
pub struct Step {
    /// The scenario.
    pub scenario: Rc<Scenario>,
    /// Where it came from.
    pub origin: Origin,
    /// What it was when it was opened.
    pub opened: Rc<Opened>,
    /// What lies between it and the present one, as "Undo: …" continues.
    pub label: String,
    /// What was done of the lesson, where the step began it anew.
    pub learning: Option<Rc<Learning>>,
}

impl Step {
    /// This one on the other side of a step: with its label, and with what was done of the lesson
    /// only where that has it, too.
    fn across(self, step: &Self) -> Self {
        Self {
            label: step.label.clone(),
            learning: self.learning.filter(|_| step.learning.is_some()),
            ..self
        }
    }
}

/// What was done, and what was taken back.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    typing: Option<Typing>,
}

/// The field that the last step typed into.
#[derive(Clone, Debug, PartialEq)]
struct Typing {
    field: String,
    at: Millis,
}

impl History {
    /// Records a step from the scenario `before`. Letters typed into one `field` without a pause
    /// are one step.
    #[must_use]
    pub fn recorded(&self, before: Step, field: Option<String>, now: Millis) -> Self {
        let mut next = self.clone();
        let typing = field.map(|field| Typing { field, at: now });
        if !next.continues(typing.as_ref()) {
            next.done.push(before);
            let surplus = next.done.len().saturating_sub(LIMIT);
            next.done.drain(..surplus);
        }
        next.undone.clear();
        next.typing = typing;
        next
    }

    fn continues(&self, typing: Option<&Typing>) -> bool {
        match (&self.typing, typing) {
            (Some(before), Some(now)) => {
                before.field == now.field && now.at - before.at < PAUSE && !self.done.is_empty()
            }
            _ => false,
        }
    }

    /// Goes back from `present`: the step to take over, and the history then.
    #[must_use]
    pub fn undo(&self, present: Step) -> Option<(Step, Self)> {
        let mut next = self.clone();
        let step = next.done.pop()?;
        next.undone.push(present.across(&step));
        next.typing = None;
        Some((step, next))
    }

    /// Takes back what was last typed into `field`, as if it had not been: the step to take over,
    /// and the history then. None if something else was done last.
    #[must_use]
    pub fn dropped(&self, field: &str) -> Option<(Step, Self)> {
        self.typing
            .as_ref()
            .filter(|typing| typing.field == field)?;
        let mut next = self.clone();
        let step = next.done.pop()?;
        next.typing = None;
        Some((step, next))
    }

    /// Goes forward from `present`: the step to take over, and the history then.
    #[must_use]
    pub fn redo(&self, present: Step) -> Option<(Step, Self)> {
        let mut next = self.clone();
        let step = next.undone.pop()?;
        next.done.push(present.across(&step));
        next.typing = None;
        Some((step, next))
    }

    /// The same with another name for the last step: what followed is part of it.
    #[must_use]
    pub fn relabelled(&self, label: String) -> Self {
        let mut next = self.clone();
        if let Some(step) = next.done.last_mut() {
            step.label = label;
        }
        next
    }

    /// What an undo would take back.
    #[must_use]
    pub fn to_undo(&self) -> Option<&str> {
        self.done.last().map(|step| step.label.as_str())
    }

    /// What a redo would do again.
    #[must_use]
    pub fn to_redo(&self) -> Option<&str> {
        self.undone.last().map(|step| step.label.as_str())
    }
}
