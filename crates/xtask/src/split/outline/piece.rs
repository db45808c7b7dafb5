//! What can be taken out of a function: what it needs, what it gives back, where it leads.

use wasmparser::{Operator, ValType};

use super::Signature;
use crate::split::code::{Code, Point};
use crate::split::live::{Live, Locals};

/// How many bytes a piece must save where it is taken out: small ones are often no more than a
/// branch that happens not to have been taken.
const WORTH: usize = 24;

/// A piece that comes out of a function.
pub(super) struct Piece<'p> {
    pub(super) point: &'p Point,
    /// What it gets: the stack, then these locals.
    pub(super) takes: Vec<u32>,
    /// The locals that it gives back.
    pub(super) gives: Vec<u32>,
    pub(super) exits: Vec<Exit>,
}

/// Where a piece may lead.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Exit {
    /// The branch that leads there from where the piece was; `None` for what follows its construct.
    pub(super) depth: Option<u32>,
    /// What it takes along.
    pub(super) value: Option<ValType>,
}

impl Piece<'_> {
    /// The types of values that exits take along, each once.
    pub(super) fn values(&self) -> Vec<ValType> {
        let mut values: Vec<ValType> = Vec::new();
        for value in self.exits.iter().filter_map(|exit| exit.value) {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        values
    }

    pub(super) fn has_choice(&self) -> bool {
        self.exits.len() > 1
    }

    pub(super) fn signature(&self, code: &Code<'_>) -> Signature {
        let ty = |local: &u32| code.locals.get(*local as usize).copied();
        let mut parameters = self.point.operands.clone();
        parameters.extend(self.takes.iter().filter_map(ty));
        let mut results = self.values();
        results.extend(self.has_choice().then_some(ValType::I32));
        results.extend(self.gives.iter().filter_map(ty));
        (parameters, results)
    }

    /// How many bytes stand in its place, roughly.
    fn cost(&self) -> usize {
        let exits = match self.exits.len() {
            0 | 1 => 2,
            more => 6 * more,
        };
        8 + 2 * (self.takes.len() + self.gives.len()) + exits
    }
}

/// What has to be known to take out what stands between a point and the end of what encloses it, if
/// that is worth it and can be done.
pub(super) fn piece<'p>(code: &Code<'_>, point: &'p Point, live: &Live) -> Option<Piece<'p>> {
    let ops = code.ops.get(point.at..point.close)?;
    let frame = point.frames.last().copied();
    let (mut read, mut written) = (Locals::default(), Locals::default());
    let mut exits: Vec<Exit> = Vec::new();
    let mut behind = Locals::default();
    let falls = code.ops.get(point.close)?.falls;
    let mut lead = |outside: Option<u32>| -> Option<()> {
        let exit = exit(code, point, outside)?;
        behind.add_all(match exit.depth {
            None => &live.behind,
            Some(depth) => {
                let at = live.labels.len().checked_sub(depth as usize + 1)?;
                live.labels.get(at)?
            }
        });
        if !exits.contains(&exit) {
            exits.push(exit);
        }
        Some(())
    };
    if falls {
        lead(None)?;
    }
    let mut inside = 0_u32;
    for op in ops {
        match &op.operator {
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => inside += 1,
            Operator::End => inside -= 1,
            Operator::LocalGet { local_index } => read.add(*local_index),
            Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                written.add(*local_index);
            }
            Operator::Br { relative_depth } | Operator::BrIf { relative_depth } => {
                if let Some(outside) = relative_depth.checked_sub(inside) {
                    lead(Some(outside))?;
                }
            }
            Operator::BrTable { targets } => {
                let all = targets.targets().chain([Ok(targets.default())]);
                for depth in all {
                    if let Some(outside) = depth.ok()?.checked_sub(inside) {
                        lead(Some(outside))?;
                    }
                }
            }
            Operator::Return => lead(Some(point.frames.len() as u32))?,
            _ => {}
        }
    }
    // What follows the construct comes last: it needs no branch.
    exits.sort_by_key(|exit| exit.depth.is_none());
    let locals = 0..code.locals.len() as u32;
    let gives: Vec<u32> = locals
        .clone()
        .filter(|local| written.has(*local) && behind.has(*local))
        .collect();
    let mut takes: Vec<u32> = locals
        .filter(|local| live.here.has(*local) && (read.has(*local) || gives.contains(local)))
        .collect();
    // Fewer types of functions.
    takes.sort_by_key(|local| code.locals.get(*local as usize).map(order));
    let mut gives = gives;
    gives.sort_by_key(|local| code.locals.get(*local as usize).map(order));
    let piece = Piece {
        point,
        takes,
        gives,
        exits,
    };
    let bytes: usize = ops.iter().map(|op| op.bytes.len()).sum();
    debug_assert!(code.left_by(frame).is_some() || piece.exits.is_empty());
    (bytes >= piece.cost() + WORTH).then_some(piece)
}

pub(super) fn order(ty: &ValType) -> u8 {
    match ty {
        ValType::I32 => 0,
        ValType::I64 => 1,
        ValType::F32 => 2,
        ValType::F64 => 3,
        _ => 4,
    }
}

/// The exit by a branch out of a piece, or by its end. `None` if it takes more along than one value.
pub(super) fn exit(code: &Code<'_>, point: &Point, outside: Option<u32>) -> Option<Exit> {
    let frame = point.frames.last().copied();
    let Some(depth) = outside else {
        let value = code.left_by(frame)?;
        return Some(Exit { depth: None, value });
    };
    if depth == 0 && !code.is_loop(frame) {
        return exit(code, point, None);
    }
    let at = point.frames.len().checked_sub(depth as usize + 1);
    let target = at.and_then(|at| point.frames.get(at)).copied();
    let value = if code.is_loop(target) {
        // Only loops of an unusual type take something to their beginning.
        code.left_by(target)?;
        None
    } else {
        code.left_by(target)?
    };
    Some(Exit {
        depth: Some(depth),
        value,
    })
}
