//! A module that notes in its memory what runs.

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, Function, MemArg, MemorySection, MemoryType, Module};
use wasmparser::{CodeSectionReader, CustomSectionReader, MemorySectionReader, Parser, ValType};

use super::code::Code;
use super::read::{Facts, Outcome};

const PAGE: u64 = 65_536;

/// The module with notes, and where in its memory they stand: a byte for each point of the code,
/// counted through all functions, which becomes 1 when the code behind it runs.
pub(super) fn telling(module: &[u8], facts: &Facts, codes: &[Code<'_>]) -> Outcome<(Vec<u8>, u64)> {
    let memory = facts.memory.ok_or("it has no memory of its own")?;
    // The app takes what it needs behind the memory that it begins with.
    let begin = memory.initial * PAGE;
    let count: usize = codes.iter().map(|code| code.points.len()).sum();
    let mut telling = Telling {
        codes,
        begin,
        pages: (count as u64).div_ceil(PAGE),
    };
    let mut written = Module::new();
    telling
        .parse_core_module(&mut written, Parser::new(0), module)
        .map_err(|error| error.to_string())?;
    Ok((written.finish(), begin))
}

struct Telling<'c, 'a> {
    codes: &'c [Code<'a>],
    begin: u64,
    pages: u64,
}

type Step = Result<(), Error>;

impl Reencode for Telling<'_, '_> {
    type Error = std::convert::Infallible;

    fn parse_memory_section(
        &mut self,
        memories: &mut MemorySection,
        old: MemorySectionReader<'_>,
    ) -> Step {
        for memory in old {
            let memory = self.memory_type(memory?)?;
            memories.memory(MemoryType {
                minimum: memory.minimum + self.pages,
                ..memory
            });
        }
        Ok(())
    }

    fn parse_code_section(&mut self, section: &mut CodeSection, _: CodeSectionReader<'_>) -> Step {
        let mut number = 0;
        for code in self.codes {
            let locals = code.locals.get(code.parameters..).unwrap_or(&[]);
            let locals: Result<Vec<_>, _> = locals
                .iter()
                .map(|ty: &ValType| self.val_type(*ty))
                .collect();
            let mut function = Function::new_with_locals_types(locals?);
            let mut points = code.points.iter().peekable();
            for (at, op) in code.ops.iter().enumerate() {
                if points.next_if(|point| point.at == at).is_some() {
                    let place = MemArg {
                        offset: self.begin + number,
                        align: 0,
                        memory_index: 0,
                    };
                    function
                        .instructions()
                        .i32_const(0)
                        .i32_const(1)
                        .i32_store8(place);
                    number += 1;
                }
                function.raw(op.bytes.iter().copied());
            }
            section.function(&function);
        }
        Ok(())
    }

    fn parse_custom_section(&mut self, module: &mut Module, old: CustomSectionReader<'_>) -> Step {
        if old.name() == "name" {
            return Ok(());
        }
        utils::parse_custom_section(self, module, old)
    }
}
