//! How many verdicts another scenario would change.

use std::collections::HashMap;
use std::rc::Rc;

use evaluator::Verdict;
use organization::{AccountId, Scenario};

use crate::engine::Engine;
use crate::view::{Analysis, Focus, RequestView};

/// What a change does to the verdicts of a scenario.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// How many verdicts change.
    pub changed: usize,
    /// Of how many.
    pub of: usize,
    /// How many of those that change become `allow`.
    pub allowed: usize,
    /// How many of those that change were `allow`.
    pub denied: usize,
}

/// Counts request by request how many verdicts change.
#[derive(Debug)]
pub struct Counter {
    before: Rc<Analysis>,
    after: Scenario,
    /// The row that is not counted.
    without: Option<Focus>,
    at: usize,
    effect: Effect,
}

impl Counter {
    /// Counts what `after` changes of what was. A row can be left out: the one that the change is
    /// made for.
    #[must_use]
    pub fn new(before: Rc<Analysis>, after: Scenario, without: Option<Focus>) -> Self {
        Self {
            before,
            after,
            without,
            at: 0,
            effect: Effect::default(),
        }
    }

    /// Looks at one more request; false when all are counted.
    pub fn step(&mut self, engine: &mut Engine) -> bool {
        let Some(before) = self.before.requests.get(self.at).map(Rc::clone) else {
            return false;
        };
        self.at += 1;
        let after = engine.verdicts(&self.after, &before.id);
        self.compare(&before, &after);
        self.at < self.before.requests.len()
    }

    /// What was counted so far.
    #[must_use]
    pub fn effect(&self) -> Effect {
        self.effect
    }

    fn compare(&mut self, before: &RequestView, after: &[(Option<AccountId>, Verdict)]) {
        let rows = after.iter();
        let verdicts: HashMap<Option<&AccountId>, Verdict> = rows
            .map(|(account, verdict)| (account.as_ref(), *verdict))
            .collect();
        for row in &before.rows {
            let left_out = self.without.as_ref().is_some_and(|focus| {
                focus.request == before.id
                    && (focus.account.is_none() || focus.account == row.account)
            });
            if left_out {
                continue;
            }
            self.effect.of += 1;
            match verdicts.get(&row.account.as_ref()) {
                Some(verdict) if *verdict != row.verdict => {
                    self.effect.changed += 1;
                    self.effect.allowed += usize::from(*verdict == Verdict::Allow);
                    self.effect.denied += usize::from(row.verdict == Verdict::Allow);
                }
                _ => {}
            }
        }
    }
}
