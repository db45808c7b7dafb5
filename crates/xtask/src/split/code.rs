//! The code of functions: what encloses what, and where it can be told whether code runs.

use wasmparser::{
    BlockType, FuncValidatorAllocations, Operator, OperatorsReader, Parser, ValType, ValidPayload,
    Validator, WasmModuleResources,
};

use super::read::{Outcome, words};

/// The code of one function.
pub(super) struct Code<'a> {
    /// The types of its locals, parameters first.
    pub(super) locals: Vec<ValType>,
    pub(super) parameters: usize,
    pub(super) results: Vec<ValType>,
    pub(super) ops: Vec<Op<'a>>,
    /// From each of these on, code runs or does not run in one piece, as far as the next one or the
    /// end of what encloses it. The first one is the entry.
    pub(super) points: Vec<Point>,
}

/// An instruction.
pub(super) struct Op<'a> {
    pub(super) operator: Operator<'a>,
    pub(super) bytes: &'a [u8],
    /// The instruction that this one closes, in an `else` or `end`.
    pub(super) opens: Option<usize>,
    /// Whether what stands before it goes on here, in an `else` or `end`.
    pub(super) falls: bool,
}

/// A place before an instruction.
pub(super) struct Point {
    pub(super) at: usize,
    /// What encloses it, from outside to inside; empty at the top of a function.
    pub(super) frames: Vec<usize>,
    /// Where the innermost of these is closed by its `else` or `end`.
    pub(super) close: usize,
    /// What lies on the stack, as far as it belongs to the innermost construct.
    pub(super) operands: Vec<ValType>,
}

/// The code of all functions of a module that have a body.
pub(super) fn codes(module: &[u8]) -> Outcome<Vec<Code<'_>>> {
    let mut validator = Validator::new();
    let mut allocations = FuncValidatorAllocations::default();
    let mut codes = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.map_err(words)?;
        if let ValidPayload::Func(function, body) = validator.payload(&payload).map_err(words)? {
            let mut checked = function.into_validator(allocations);
            codes.push(read(module, &mut checked, &body).map_err(words)?);
            allocations = checked.into_allocations();
        }
    }
    Ok(codes)
}

type Checked = wasmparser::FuncValidator<wasmparser::ValidatorResources>;

fn read<'a>(
    module: &'a [u8],
    checked: &mut Checked,
    body: &wasmparser::FunctionBody<'a>,
) -> wasmparser::Result<Code<'a>> {
    let parameters = checked.len_locals() as usize;
    let mut reader = body.get_binary_reader();
    checked.read_locals(&mut reader)?;
    let mut code = Code {
        parameters,
        locals: (0..checked.len_locals())
            .filter_map(|local| checked.get_local_type(local))
            .collect(),
        results: results(checked),
        ops: Vec::new(),
        points: Vec::new(),
    };
    let mut reader = OperatorsReader::new(reader);
    let mut frames: Vec<usize> = Vec::new();
    // Points whose enclosing construct is open.
    let mut open: Vec<Vec<usize>> = vec![Vec::new()];
    let mut is_point = true;
    while !reader.eof() {
        let at = code.ops.len();
        let (operator, start) = reader.read_with_offset()?;
        let frame = checked.get_control_frame(0);
        let (height, reached) = frame.map_or((0, false), |it| (it.height, !it.unreachable));
        if is_point && reached {
            if let Some(points) = open.last_mut() {
                points.push(code.points.len());
            }
            let depth = checked.operand_stack_height() as usize - height;
            code.points.push(Point {
                at,
                frames: frames.clone(),
                close: at,
                operands: (0..depth)
                    .rev()
                    .filter_map(|depth| checked.get_operand_type(depth).flatten())
                    .collect(),
            });
        }
        checked.op(start, &operator)?;
        is_point = matches!(
            operator,
            Operator::If { .. } | Operator::Else | Operator::End | Operator::BrIf { .. }
        );
        let mut opens = None;
        if matches!(operator, Operator::Else | Operator::End) {
            opens = frames.pop();
            for point in open.pop().unwrap_or_default() {
                if let Some(point) = code.points.get_mut(point) {
                    point.close = at;
                }
            }
        }
        if matches!(
            operator,
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } | Operator::Else
        ) {
            frames.push(at);
            open.push(Vec::new());
        }
        code.ops.push(Op {
            operator,
            bytes: module
                .get(start..reader.original_position())
                .unwrap_or_default(),
            opens,
            falls: reached,
        });
    }
    Ok(code)
}

fn results(checked: &Checked) -> Vec<ValType> {
    let ty = checked
        .resources()
        .type_index_of_function(checked.index())
        .and_then(|ty| checked.resources().sub_type_at(ty));
    ty.map(|ty| ty.unwrap_func().results().to_vec())
        .unwrap_or_default()
}

impl Code<'_> {
    /// Tells this code from other code of the same name, whatever functions, types and places in
    /// memory have for numbers.
    pub(super) fn shape(&self) -> u32 {
        hash(self.ops.iter().filter_map(|op| op.bytes.first().copied()))
    }

    /// The point from which on nothing has run in each construct of which some has; `ran` says of
    /// each point whether it has. Empty ones are left out.
    pub(super) fn cold(&self, ran: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut cold = Vec::new();
        let mut until = 0;
        for (number, point) in self.points.iter().enumerate() {
            if point.at < until || ran(number) {
                continue;
            }
            until = point.close;
            if point.close > point.at {
                cold.push(number);
            }
        }
        cold
    }

    /// The type of what a construct leaves behind, if that is at most one value; the function itself
    /// is `None`.
    pub(super) fn left_by(&self, frame: Option<usize>) -> Option<Option<ValType>> {
        let Some(frame) = frame else {
            return one(&self.results);
        };
        let op = self.ops.get(frame)?;
        match op.operator {
            Operator::Else => self.left_by(Some(op.opens?)),
            Operator::Block { blockty } | Operator::Loop { blockty } | Operator::If { blockty } => {
                match blockty {
                    BlockType::Empty => Some(None),
                    BlockType::Type(ty) => Some(Some(ty)),
                    BlockType::FuncType(_) => None,
                }
            }
            _ => None,
        }
    }

    pub(super) fn is_loop(&self, frame: Option<usize>) -> bool {
        let op = frame.and_then(|frame| self.ops.get(frame));
        op.is_some_and(|op| matches!(op.operator, Operator::Loop { .. }))
    }
}

fn one(types: &[ValType]) -> Option<Option<ValType>> {
    match types {
        [] => Some(None),
        [ty] => Some(Some(*ty)),
        _ => None,
    }
}

/// A short number for bytes that stays the same for ever (FNV-1a, folded).
pub(super) fn hash(bytes: impl IntoIterator<Item = u8>) -> u32 {
    let hash = bytes
        .into_iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
    (hash ^ (hash >> 32)) as u32
}
