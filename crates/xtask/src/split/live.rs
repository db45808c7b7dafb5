//! Which locals are read later.

use std::collections::HashMap;

use wasmparser::Operator;

use super::code::Code;

/// A set of locals.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Locals(Vec<u64>);

impl Locals {
    fn place(local: u32) -> (usize, u64) {
        (local as usize / 64, 1 << (local % 64))
    }

    pub(super) fn add(&mut self, local: u32) {
        let (at, bit) = Self::place(local);
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        if let Some(word) = self.0.get_mut(at) {
            *word |= bit;
        }
    }

    fn remove(&mut self, local: u32) {
        let (at, bit) = Self::place(local);
        if let Some(word) = self.0.get_mut(at) {
            *word &= !bit;
        }
    }

    pub(super) fn has(&self, local: u32) -> bool {
        let (at, bit) = Self::place(local);
        self.0.get(at).is_some_and(|word| word & bit != 0)
    }

    pub(super) fn add_all(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }
}

/// What is read later, seen from one place in a function.
#[derive(Clone, Default)]
pub(super) struct Live {
    /// From here.
    pub(super) here: Locals,
    /// From the end of the innermost construct on.
    pub(super) behind: Locals,
    /// From where a branch to each construct leads, the function first.
    pub(super) labels: Vec<Locals>,
}

/// What is live before each of the given instructions.
pub(super) fn live(code: &Code<'_>, places: &[usize]) -> HashMap<usize, Live> {
    let mut walk = Walk {
        code,
        labels: vec![Locals::default()],
        found: places.iter().map(|at| (*at, Live::default())).collect(),
    };
    walk.back(0, code.ops.len().saturating_sub(1), Locals::default());
    walk.found
}

struct Walk<'c, 'a> {
    code: &'c Code<'a>,
    labels: Vec<Locals>,
    found: HashMap<usize, Live>,
}

impl Walk<'_, '_> {
    fn label(&self, depth: u32) -> Locals {
        let at = self.labels.len().checked_sub(depth as usize + 1);
        at.and_then(|at| self.labels.get(at))
            .cloned()
            .unwrap_or_default()
    }

    /// What is live before `start`, if `behind` is before `end`.
    fn back(&mut self, start: usize, end: usize, behind: Locals) -> Locals {
        let mut live = behind.clone();
        let mut at = end;
        while at > start {
            at -= 1;
            let Some(op) = self.code.ops.get(at) else {
                break;
            };
            match &op.operator {
                Operator::End => (at, live) = self.construct(at, op.opens.unwrap_or(start), live),
                Operator::LocalGet { local_index } => live.add(*local_index),
                Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                    live.remove(*local_index);
                }
                Operator::Br { relative_depth } => live = self.label(*relative_depth),
                Operator::BrIf { relative_depth } => live.add_all(&self.label(*relative_depth)),
                Operator::BrTable { targets } => {
                    live = self.label(targets.default());
                    for depth in targets.targets().flatten() {
                        live.add_all(&self.label(depth));
                    }
                }
                Operator::Return | Operator::Unreachable => live = Locals::default(),
                _ => {}
            }
            if let Some(found) = self.found.get_mut(&at) {
                *found = Live {
                    here: live.clone(),
                    behind: behind.clone(),
                    labels: self.labels.clone(),
                };
            }
        }
        live
    }

    /// Where the construct that ends at `end` begins, and what is live there.
    fn construct(&mut self, end: usize, opens: usize, behind: Locals) -> (usize, Locals) {
        let Some(op) = self.code.ops.get(opens) else {
            return (opens, behind);
        };
        match op.operator {
            Operator::Loop { .. } => {
                let mut head = Locals::default();
                loop {
                    let found = self.inside(opens, end, behind.clone(), head.clone());
                    let mut all = head.clone();
                    all.add_all(&found);
                    if all == head {
                        return (opens, head);
                    }
                    head = all;
                }
            }
            Operator::If { .. } => {
                let mut live = self.inside(opens, end, behind.clone(), behind.clone());
                live.add_all(&behind);
                (opens, live)
            }
            Operator::Else => {
                let mut live = self.inside(opens, end, behind.clone(), behind.clone());
                let begins = op.opens.unwrap_or(opens);
                live.add_all(&self.inside(begins, opens, behind.clone(), behind));
                (begins, live)
            }
            _ => (opens, self.inside(opens, end, behind.clone(), behind)),
        }
    }

    fn inside(&mut self, opens: usize, end: usize, behind: Locals, label: Locals) -> Locals {
        self.labels.push(label);
        let live = self.back(opens + 1, end, behind);
        self.labels.pop();
        live
    }
}
