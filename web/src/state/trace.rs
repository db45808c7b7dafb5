//! What is asked of the trace from elsewhere on the page.

use organization::{NodeId, PolicyId};

use super::model::{Model, Pane};

/// A part of the trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TracePlace {
    /// The level of this node, in the policy type that stops the request there or else the first
    /// that has it.
    Level(NodeId),
    /// The statement of a policy that holds this position of its text.
    Statement {
        /// The policy.
        policy: PolicyId,
        /// The position, in bytes.
        at: usize,
    },
}

/// A part of the trace that was asked for. Each asking is a new one, also for the same part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// The part.
    pub place: TracePlace,
    /// How many times something was sought before.
    pub serial: u32,
}

/// A part of the trace was asked for.
pub(super) fn sought(model: &Model, place: TracePlace) -> Model {
    let before = model.sought.as_ref();
    let serial = before.map_or(0, |sought| sought.serial.wrapping_add(1));
    Model {
        sought: Some(Sought { place, serial }),
        pane: Pane::Trace,
        ..model.clone()
    }
}
