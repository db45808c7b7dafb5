//! Which single changes would turn the verdict that is looked at.

use std::collections::VecDeque;
use std::rc::Rc;

use evaluator::Verdict;
use organization::{Edit, Scenario};

use super::applied;
use super::candidates::{Candidate, Group, candidates};
use super::count::{Counter, Effect};
use crate::engine::Engine;
use crate::view::{Analysis, Focus, Phrase};
use crate::words;

/// How many ways are looked for.
const MOST_WAYS: usize = 8;

/// A change that turns the verdict, as was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// What is to be done: "Call region `eu-west-1`".
    pub words: Phrase,
    /// The edits that do it, as one step.
    pub edits: Vec<Edit>,
    /// The verdict then.
    pub verdict: Verdict,
    /// What it does to the other verdicts.
    pub others: Effect,
}

impl Way {
    /// What is done, as "Undo: …" continues.
    #[must_use]
    pub fn label(&self) -> String {
        words::plain(&words::continued(self.words.clone()))
    }
}

/// Tries changes one after another: those of the request first, those that weaken a guardrail
/// last.
#[derive(Debug)]
pub struct Search {
    scenario: Rc<Scenario>,
    before: Rc<Analysis>,
    focus: Focus,
    engine: Engine,
    verdict: Verdict,
    left: VecDeque<Candidate>,
    counting: Option<(Candidate, Verdict, Counter)>,
    found: Vec<(Group, Way)>,
}

impl Search {
    /// Begins a search for the row that is looked at. Nothing is tried where the verdict is
    /// neither an allow nor a deny: what it depends on says it all.
    #[must_use]
    pub fn new(scenario: Rc<Scenario>, analysis: Rc<Analysis>, focus: Focus) -> Self {
        let trace = analysis.trace.as_deref();
        let verdict = trace.map_or(Verdict::Error, |trace| trace.verdict);
        let left = match (trace, verdict) {
            (_, Verdict::Depends | Verdict::Error) | (None, _) => VecDeque::new(),
            (Some(trace), _) => candidates(&scenario, &focus, trace).into(),
        };
        Self {
            scenario,
            before: analysis,
            focus,
            engine: Engine::new(),
            verdict,
            left,
            counting: None,
            found: Vec::new(),
        }
    }

    /// Tries one more change, or counts what it does to one more request; false when all is done.
    pub fn step(&mut self) -> bool {
        if let Some((candidate, verdict, mut counter)) = self.counting.take() {
            if counter.step(&mut self.engine) {
                self.counting = Some((candidate, verdict, counter));
            } else {
                self.keep(candidate, verdict, counter.effect());
            }
            return true;
        }
        if self.found.len() >= MOST_WAYS {
            return false;
        }
        let Some(candidate) = self.left.pop_front() else {
            return false;
        };
        let group = candidate.group;
        let of_group = self.found.iter().filter(|(found, _)| *found == group);
        if of_group.count() >= group.most() {
            return true;
        }
        let Some(after) = applied(&self.scenario, &candidate.edits) else {
            return true;
        };
        let Some(verdict) = self.engine.verdict(&after, &self.focus) else {
            return true;
        };
        let turned = match self.verdict {
            Verdict::Allow => matches!(verdict, Verdict::ExplicitDeny | Verdict::ImplicitDeny),
            _ => verdict == Verdict::Allow,
        };
        if turned {
            let counter = Counter::new(self.before.clone(), after, Some(self.focus.clone()));
            self.counting = Some((candidate, verdict, counter));
        }
        true
    }

    /// What was found so far.
    pub fn ways(&self) -> impl Iterator<Item = &Way> {
        self.found.iter().map(|(_, way)| way)
    }

    fn keep(&mut self, candidate: Candidate, verdict: Verdict, others: Effect) {
        let way = Way {
            words: candidate.words,
            edits: candidate.edits,
            verdict,
            others,
        };
        self.found.push((candidate.group, way));
    }
}
