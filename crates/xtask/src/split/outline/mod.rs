//! Takes what the first uses do not run out of functions that they do run: each such piece becomes
//! a function of its own, which gets the locals that it reads and gives back those that are read
//! after it, and tells by a number where to go on.

mod piece;

use std::collections::HashMap;

use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder, utils};
use wasm_encoder::{
    BlockType, CodeSection, CustomSection, Function, FunctionSection, InstructionSink, Module,
    TypeSection,
};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, FunctionSectionReader, Operator, Parser,
    TypeSectionReader, ValType,
};

use self::piece::{Exit, Piece, exit, order, piece};
use super::code::{Code, Point};
use super::live::live;
use super::read::{Facts, Outcome};

type Step = Result<(), Error>;
type Signature = (Vec<ValType>, Vec<ValType>);

/// The module with new functions behind the old ones. `cold` names the points from which on each
/// function with a body is taken apart.
pub(super) fn outline(
    module: &[u8],
    facts: &Facts,
    codes: &[Code<'_>],
    cold: &[Vec<usize>],
) -> Outcome<Vec<u8>> {
    let mut outlined = Outlined {
        next: facts.types.len() as u32,
        type_count: facts.type_count,
        types: Vec::new(),
        numbers: HashMap::new(),
        hosts: Vec::new(),
        pieces: Vec::new(),
    };
    for (code, points) in codes.iter().zip(cold) {
        let host = outlined.take_apart(code, points);
        outlined.hosts.push(host);
    }
    let mut written = Module::new();
    outlined
        .parse_core_module(&mut written, Parser::new(0), module)
        .map_err(|error| error.to_string())?;
    Ok(written.finish())
}

struct Outlined {
    /// The number of the next new function.
    next: u32,
    type_count: u32,
    /// New types.
    types: Vec<Signature>,
    numbers: HashMap<Signature, u32>,
    /// What becomes of the old functions; `None` where that is nothing.
    hosts: Vec<Option<Function>>,
    pieces: Vec<(u32, Function)>,
}

impl Outlined {
    fn type_of(&mut self, signature: Signature) -> u32 {
        let number = self.type_count + self.types.len() as u32;
        let types = &mut self.types;
        *self.numbers.entry(signature).or_insert_with_key(|new| {
            types.push(new.clone());
            number
        })
    }

    /// The function without its pieces.
    fn take_apart(&mut self, code: &Code<'_>, points: &[usize]) -> Option<Function> {
        let places: Vec<&Point> = points
            .iter()
            .filter_map(|point| code.points.get(*point))
            .collect();
        if places.is_empty() {
            return None;
        }
        let starts: Vec<usize> = places.iter().map(|place| place.at).collect();
        let live = live(code, &starts);
        let pieces: Vec<Piece<'_>> = places
            .into_iter()
            .filter_map(|point| piece(code, point, live.get(&point.at)?))
            .collect();
        if pieces.is_empty() {
            return None;
        }
        // Where a piece has a choice or takes values along, its function keeps them for a moment.
        let mut locals: Vec<ValType> = code.locals.get(code.parameters..).unwrap_or(&[]).to_vec();
        let first = code.locals.len() as u32;
        let mut kept: Vec<ValType> = Vec::new();
        for piece in pieces.iter().filter(|piece| piece.has_choice()) {
            for ty in piece.values().into_iter().chain([ValType::I32]) {
                let (wanted, has) = (
                    count(&piece.values(), ty) + usize::from(ty == ValType::I32),
                    count(&kept, ty),
                );
                kept.extend((has..wanted).map(|_| ty));
            }
        }
        locals.extend(&kept);
        let mut host = Function::new_with_locals_types(locals.iter().map(|ty| encoded(*ty)));
        let mut at = 0;
        for piece in &pieces {
            for op in code.ops.get(at..piece.point.at).unwrap_or(&[]) {
                host.raw(op.bytes.iter().copied());
            }
            at = piece.point.close;
            let ty = self.type_of(piece.signature(code));
            self.pieces.push((ty, function(code, piece)));
            call(&mut host.instructions(), piece, self.next, first, &kept);
            self.next += 1;
        }
        for op in code.ops.get(at..).unwrap_or(&[]) {
            host.raw(op.bytes.iter().copied());
        }
        Some(host)
    }
}

fn count(types: &[ValType], ty: ValType) -> usize {
    types.iter().filter(|other| **other == ty).count()
}

fn encoded(ty: ValType) -> wasm_encoder::ValType {
    // Only types that every module has stand for themselves.
    RoundtripReencoder
        .val_type(ty)
        .unwrap_or(wasm_encoder::ValType::I32)
}

fn block(value: Option<ValType>) -> BlockType {
    value.map_or(BlockType::Empty, |ty| BlockType::Result(encoded(ty)))
}

/// The piece as a function.
fn function(code: &Code<'_>, piece: &Piece<'_>) -> Function {
    let operands = piece.point.operands.len() as u32;
    let taken = operands + piece.takes.len() as u32;
    // Its locals: what it gets, then what else it has to do with.
    let mut locals: Vec<ValType> = Vec::new();
    let mut numbers: HashMap<u32, u32> = (operands..)
        .zip(&piece.takes)
        .map(|(new, old)| (*old, new))
        .collect();
    let ops = code
        .ops
        .get(piece.point.at..piece.point.close)
        .unwrap_or(&[]);
    let used = ops.iter().filter_map(|op| match op.operator {
        Operator::LocalGet { local_index }
        | Operator::LocalSet { local_index }
        | Operator::LocalTee { local_index } => Some(local_index),
        _ => None,
    });
    let mut others: Vec<u32> = used.filter(|local| !numbers.contains_key(local)).collect();
    others.sort_by_key(|local| (code.locals.get(*local as usize).map(order), *local));
    others.dedup();
    for local in others {
        numbers.insert(local, taken + locals.len() as u32);
        locals.extend(code.locals.get(local as usize));
    }
    let values = piece.values();
    let first_value = taken + locals.len() as u32;
    locals.extend(&values);
    let choice = taken + locals.len() as u32;
    locals.push(ValType::I32);
    let value_of = |exit: &Exit| {
        let at = exit
            .value
            .and_then(|ty| values.iter().position(|value| *value == ty));
        at.map(|at| first_value + at as u32)
    };

    let mut function = Function::new_with_locals_types(locals.iter().map(|ty| encoded(*ty)));
    if piece.has_choice() {
        function.instructions().block(BlockType::Empty);
    }
    // The last exit encloses the code most narrowly.
    for exit in &piece.exits {
        function.instructions().block(block(exit.value));
    }
    for operand in 0..operands {
        function.instructions().local_get(operand);
    }
    let outside = |depth: u32| -> u32 {
        let wanted = exit(code, piece.point, Some(depth));
        let at = piece
            .exits
            .iter()
            .rev()
            .position(|exit| Some(*exit) == wanted);
        at.unwrap_or_default() as u32
    };
    let mut inside = 0_u32;
    for op in ops {
        let lead = |depth: u32| match depth.checked_sub(inside) {
            Some(depth) => inside + outside(depth),
            None => depth,
        };
        let local = |old: &u32| numbers.get(old).copied().unwrap_or_default();
        match &op.operator {
            Operator::LocalGet { local_index } => {
                function.instructions().local_get(local(local_index));
            }
            Operator::LocalSet { local_index } => {
                function.instructions().local_set(local(local_index));
            }
            Operator::LocalTee { local_index } => {
                function.instructions().local_tee(local(local_index));
            }
            Operator::Br { relative_depth } => {
                function.instructions().br(lead(*relative_depth));
            }
            Operator::BrIf { relative_depth } => {
                function.instructions().br_if(lead(*relative_depth));
            }
            Operator::BrTable { targets } => {
                let all: Vec<u32> = targets.targets().flatten().map(lead).collect();
                let default = lead(targets.default());
                function.instructions().br_table(all, default);
            }
            Operator::Return => {
                let depth = outside(piece.point.frames.len() as u32);
                function.instructions().br(inside + depth);
            }
            other => {
                function.raw(op.bytes.iter().copied());
                match other {
                    Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                        inside += 1;
                    }
                    Operator::End => inside -= 1,
                    _ => {}
                }
            }
        }
    }
    let mut code_ = function.instructions();
    if piece.exits.is_empty() {
        code_.unreachable();
    }
    let count = piece.exits.len();
    for (passed, exit) in piece.exits.iter().rev().enumerate() {
        code_.end();
        if let Some(value) = value_of(exit) {
            code_.local_set(value);
        }
        // The last exit has the number 0, the others count up from the first.
        if passed > 0 {
            code_.i32_const((count - passed) as i32).local_set(choice);
        }
        if piece.has_choice() && passed + 1 < count {
            code_.br((count - passed - 1) as u32);
        }
    }
    if piece.has_choice() {
        code_.end();
    }
    for value in 0..values.len() as u32 {
        code_.local_get(first_value + value);
    }
    if piece.has_choice() {
        code_.local_get(choice);
    }
    for given in &piece.gives {
        code_.local_get(numbers.get(given).copied().unwrap_or_default());
    }
    code_.end();
    function
}

/// What stands in the place of a piece. `first` is the first of the locals that are `kept` for what
/// it gives.
fn call(
    code: &mut InstructionSink<'_>,
    piece: &Piece<'_>,
    function: u32,
    first: u32,
    kept: &[ValType],
) {
    for local in &piece.takes {
        code.local_get(*local);
    }
    code.call(function);
    for local in piece.gives.iter().rev() {
        code.local_set(*local);
    }
    let Some((last, others)) = piece.exits.split_last() else {
        code.unreachable();
        return;
    };
    let values = piece.values();
    if others.is_empty() {
        // A value lies on the stack, where the exit wants it.
        if let Some(depth) = last.depth {
            code.br(depth);
        }
        return;
    }
    // The choice comes into the first local of its type, values into the following ones.
    let place = |ty: ValType, skip: usize| {
        let mut places = (first..).zip(kept).filter(|(_, kept)| **kept == ty);
        places.nth(skip).map_or(first, |(place, _)| place)
    };
    let choice = place(ValType::I32, 0);
    let value_at = |ty: ValType| place(ty, usize::from(ty == ValType::I32));
    code.local_set(choice);
    for value in values.iter().rev() {
        code.local_set(value_at(*value));
    }
    for (number, exit) in (1..).zip(others) {
        if let Some(value) = exit.value {
            code.local_get(value_at(value));
        }
        code.local_get(choice);
        if others.len() > 1 {
            code.i32_const(number).i32_eq();
        }
        if let Some(depth) = exit.depth {
            code.br_if(depth);
        }
        if exit.value.is_some() {
            code.drop();
        }
    }
    if let Some(value) = last.value {
        code.local_get(value_at(value));
    }
    if let Some(depth) = last.depth {
        code.br(depth);
    }
}

impl Reencode for Outlined {
    type Error = std::convert::Infallible;

    fn parse_type_section(&mut self, types: &mut TypeSection, old: TypeSectionReader<'_>) -> Step {
        utils::parse_type_section(self, types, old)?;
        for (parameters, results) in &self.types {
            let encode = |list: &[ValType]| list.iter().map(|ty| encoded(*ty)).collect::<Vec<_>>();
            types.ty().function(encode(parameters), encode(results));
        }
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        old: FunctionSectionReader<'_>,
    ) -> Step {
        utils::parse_function_section(self, functions, old)?;
        for (ty, _) in &self.pieces {
            functions.function(*ty);
        }
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, old: CodeSectionReader<'_>) -> Step {
        for (body, host) in old.into_iter().zip(&self.hosts) {
            match host {
                Some(host) => code.function(host),
                None => code.raw(body?.as_bytes()),
            };
        }
        for (_, piece) in &self.pieces {
            code.function(piece);
        }
        Ok(())
    }

    fn parse_custom_section(&mut self, module: &mut Module, old: CustomSectionReader<'_>) -> Step {
        if old.name() != "name" {
            module.section(&CustomSection {
                name: old.name().into(),
                data: old.data().into(),
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::code::codes;
    use super::*;

    use wasm_encoder::{ExportKind, ExportSection};
    use wasmparser::Payload;

    /// `f(a, b)`: with an `a` it gives that, else it works `b` out by many steps, and gives `b` back
    /// at once where that is 7.
    fn module() -> Vec<u8> {
        let ty = wasm_encoder::ValType::I32;
        let mut types = TypeSection::new();
        types.ty().function([ty, ty], [ty]);
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut exports = ExportSection::new();
        exports.export("f", ExportKind::Func, 0);
        let mut body = Function::new_with_locals_types([ty]);
        let mut code = body.instructions();
        code.block(BlockType::Empty).local_get(0).i32_eqz().br_if(0);
        code.local_get(0).return_().end();
        code.block(BlockType::Empty).local_get(0).br_if(0);
        code.local_get(1).i32_const(7).i32_eq();
        code.if_(BlockType::Empty).local_get(1).return_().end();
        code.local_get(1).local_set(2);
        for step in 0..9 {
            code.local_get(2).i32_const(step).i32_add().local_set(2);
        }
        code.end();
        code.local_get(2).end();
        let mut section = CodeSection::new();
        section.function(&body);
        let mut module = Module::new();
        module.section(&types).section(&functions);
        module.section(&exports).section(&section);
        module.finish()
    }

    fn types(module: &[u8]) -> Vec<wasmparser::FuncType> {
        Facts::of(module).unwrap().signatures
    }

    #[test]
    fn a_piece_takes_what_it_reads_and_gives_what_is_read_later() {
        let module = module();
        let codes = codes(&module).unwrap();
        let facts = Facts::of(&module).unwrap();
        // The fourth point is before the steps.
        let cold = codes[0].cold(|point| point != 3);
        assert_eq!(cold, [3]);
        let outlined = outline(&module, &facts, &codes, &[cold]).unwrap();
        wasmparser::validate(&outlined).unwrap();
        let types = types(&outlined);
        let [_, piece] = &types[..] else {
            panic!("{types:?}");
        };
        assert_eq!(piece.params(), [ValType::I32]);
        // The value that is given back at once, the choice, and the third local.
        assert_eq!(piece.results(), [ValType::I32; 3]);
        let bodies = Parser::new(0).parse_all(&outlined);
        let bodies = bodies.filter(|payload| matches!(payload, Ok(Payload::CodeSectionEntry(_))));
        assert_eq!(bodies.count(), 2);
    }

    #[test]
    fn what_ran_as_a_whole_stays_as_it_is() {
        let module = module();
        let (codes, facts) = (codes(&module).unwrap(), Facts::of(&module).unwrap());
        let cold = codes[0].cold(|_| true);
        assert_eq!(outline(&module, &facts, &codes, &[cold]).unwrap(), module);
    }
}
