//! Writes the two modules of a split.

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, Function, FunctionSection, GlobalSection, GlobalType, ImportSection, Module,
    RefType, TableSection, TableType, TypeSection, ValType,
};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, ExportSectionReader, FunctionSectionReader,
    GlobalSectionReader, ImportSectionReader, Parser, TableSectionReader, TypeSectionReader,
};

use super::read::{Facts, Outcome};
use super::{LOADED, LOADER, Plan};

type Step = Result<(), Error<String>>;

/// The first module: the old one with stand-ins for what comes later.
pub(super) fn first(module: &[u8], facts: &Facts, plan: &Plan) -> Outcome<Vec<u8>> {
    let mut indices = Vec::with_capacity(facts.types.len());
    // The import of `load` stands behind all other imports.
    let mut next = facts.imported + 1;
    for function in 0..facts.types.len() as u32 {
        indices.push(if facts.body(function).is_none() {
            Some(function)
        } else if plan.is_later(function) && plan.stand_ins.binary_search(&function).is_err() {
            None
        } else {
            next += 1;
            Some(next - 1)
        });
    }
    let mut first = First {
        facts,
        plan,
        indices,
        ensure: next,
    };
    let mut written = Module::new();
    first
        .parse_core_module(&mut written, Parser::new(0), module)
        .map_err(words)?;
    Ok(written.finish())
}

struct First<'a> {
    facts: &'a Facts,
    plan: &'a Plan,
    indices: Vec<Option<u32>>,
    /// The function that sees to it that the rest is there.
    ensure: u32,
}

impl First<'_> {
    /// The type of a function without parameters and results.
    fn plain(&self) -> u32 {
        self.facts.type_count
    }

    /// The functions that have a body here, by their old index.
    fn kept(&self) -> impl Iterator<Item = u32> {
        let (imported, indices) = (self.facts.imported, self.indices.iter());
        let kept = (0..).zip(indices).filter(|(_, new)| new.is_some());
        kept.map(|(old, _)| old).filter(move |old| *old >= imported)
    }

    fn loaded(&self) -> u32 {
        self.facts.globals.len() as u32
    }

    /// Calls a function of the rest.
    fn stand_in(&self, function: u32, slot: u32) -> Function {
        let ty = self.facts.types.get(function as usize).copied();
        let ty = ty.unwrap_or_default();
        let parameters = self.facts.parameters.get(ty as usize).copied();
        let mut body = Function::new([]);
        let mut code = body.instructions();
        code.call(self.ensure);
        for parameter in 0..parameters.unwrap_or_default() {
            code.local_get(parameter);
        }
        code.i32_const(slot as i32);
        code.call_indirect(self.facts.tables.len() as u32, ty).end();
        body
    }
}

impl Reencode for First<'_> {
    type Error = String;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<String>> {
        let new = self.indices.get(function as usize).copied().flatten();
        new.ok_or_else(|| Error::UserError(format!("function {function} is gone but named")))
    }

    fn parse_type_section(&mut self, types: &mut TypeSection, old: TypeSectionReader<'_>) -> Step {
        utils::parse_type_section(self, types, old)?;
        types.ty().function([], []);
        Ok(())
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        old: ImportSectionReader<'_>,
    ) -> Step {
        utils::parse_import_section(self, imports, old)?;
        imports.import(LOADER, "load", EntityType::Function(self.plain()));
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        _: FunctionSectionReader<'_>,
    ) -> Step {
        for function in self.kept() {
            let ty = self.facts.types.get(function as usize);
            functions.function(ty.copied().unwrap_or_default());
        }
        functions.function(self.plain());
        Ok(())
    }

    fn parse_table_section(
        &mut self,
        tables: &mut TableSection,
        old: TableSectionReader<'_>,
    ) -> Step {
        utils::parse_table_section(self, tables, old)?;
        tables.table(table_of_later(self.plan));
        Ok(())
    }

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        old: GlobalSectionReader<'_>,
    ) -> Step {
        utils::parse_global_section(self, globals, old)?;
        globals.global(flag(), &ConstExpr::i32_const(0));
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        old: ExportSectionReader<'_>,
    ) -> Step {
        utils::parse_export_section(self, exports, old)?;
        exports.export(LOADED, ExportKind::Global, self.loaded());
        exports.export("m", ExportKind::Memory, 0);
        for table in 0..=self.facts.tables.len() as u32 {
            exports.export(&format!("t{table}"), ExportKind::Table, table);
        }
        for global in 0..self.facts.globals.len() as u32 {
            exports.export(&format!("g{global}"), ExportKind::Global, global);
        }
        for (number, function) in self.plan.shared.iter().enumerate() {
            let index = self.function_index(*function)?;
            exports.export(&number.to_string(), ExportKind::Func, index);
        }
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, old: CodeSectionReader<'_>) -> Step {
        for (function, body) in (self.facts.imported..).zip(old) {
            let body = body?;
            if !self.plan.is_later(function) {
                self.parse_function_body(code, body)?;
            } else if let Ok(slot) = self.plan.stand_ins.binary_search(&function) {
                code.function(&self.stand_in(function, slot as u32));
            }
        }
        let mut ensure = Function::new([]);
        let mut steps = ensure.instructions();
        steps.global_get(self.loaded()).i32_eqz();
        steps
            .if_(BlockType::Empty)
            .call(self.facts.imported)
            .end()
            .end();
        code.function(&ensure);
        Ok(())
    }

    fn parse_custom_section(&mut self, module: &mut Module, old: CustomSectionReader<'_>) -> Step {
        if old.name() == "name" {
            return Ok(());
        }
        utils::parse_custom_section(self, module, old)
    }
}

/// The second module: it imports from the first one whatever it does not have itself.
pub(super) fn later(module: &[u8], facts: &Facts, plan: &Plan) -> Outcome<Vec<u8>> {
    let mut indices = vec![None; facts.types.len()];
    let own = (0..facts.types.len() as u32).filter(|function| plan.is_later(*function));
    let order = plan.shared.iter().copied().chain(own);
    for (new, function) in (0..).zip(order) {
        if let Some(slot) = indices.get_mut(function as usize) {
            *slot = Some(new);
        }
    }
    let mut later = Later {
        facts,
        plan,
        indices,
    };
    let mut written = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.map_err(super::read::words)?;
        later.take(&mut written, module, payload).map_err(words)?;
    }
    Ok(written.finish())
}

struct Later<'a> {
    facts: &'a Facts,
    plan: &'a Plan,
    indices: Vec<Option<u32>>,
}

impl Later<'_> {
    fn take(
        &mut self,
        written: &mut Module,
        module: &[u8],
        payload: wasmparser::Payload<'_>,
    ) -> Step {
        match payload {
            wasmparser::Payload::TypeSection(section) => {
                let mut types = TypeSection::new();
                self.parse_type_section(&mut types, section)?;
                written.section(&types);
                written.section(&self.imports()?);
            }
            wasmparser::Payload::FunctionSection(_) => {
                let mut functions = FunctionSection::new();
                let kept = self.facts.types.iter().zip(&self.plan.later);
                for (ty, _) in kept.filter(|(_, later)| **later) {
                    functions.function(*ty);
                }
                written.section(&functions);
                let targets = self.plan.stand_ins.clone().into_iter();
                let targets: Result<Vec<u32>, _> = targets
                    .map(|function| self.function_index(function))
                    .collect();
                let mut elements = ElementSection::new();
                elements.active(
                    Some(self.facts.tables.len() as u32),
                    &ConstExpr::i32_const(0),
                    Elements::Functions(targets?.into()),
                );
                written.section(&elements);
            }
            wasmparser::Payload::CodeSectionStart { range, .. } => {
                let bytes = module
                    .get(range.clone())
                    .ok_or(Error::InvalidCodeSectionSize)?;
                let reader = wasmparser::BinaryReader::new(bytes, range.start);
                let mut code = CodeSection::new();
                let bodies = (self.facts.imported..).zip(CodeSectionReader::new(reader)?);
                for (_, body) in bodies.filter(|(function, _)| self.plan.is_later(*function)) {
                    self.parse_function_body(&mut code, body?)?;
                }
                written.section(&code);
            }
            _ => {}
        }
        Ok(())
    }

    /// Memory, tables and globals under the indices that they have in the first module.
    fn imports(&mut self) -> Result<ImportSection, Error<String>> {
        let mut imports = ImportSection::new();
        for (number, function) in self.plan.shared.iter().enumerate() {
            let ty = self.facts.types.get(*function as usize);
            let ty = EntityType::Function(ty.copied().unwrap_or_default());
            imports.import("", &number.to_string(), ty);
        }
        if let Some(memory) = self.facts.memory {
            imports.import("", "m", EntityType::Memory(self.memory_type(memory)?));
        }
        for (number, table) in self.facts.tables.iter().enumerate() {
            let table = EntityType::Table(self.table_type(*table)?);
            imports.import("", &format!("t{number}"), table);
        }
        let number = self.facts.tables.len();
        let table = EntityType::Table(table_of_later(self.plan));
        imports.import("", &format!("t{number}"), table);
        for (number, global) in self.facts.globals.iter().enumerate() {
            let global = EntityType::Global(self.global_type(*global)?);
            imports.import("", &format!("g{number}"), global);
        }
        Ok(imports)
    }
}

impl Reencode for Later<'_> {
    type Error = String;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<String>> {
        let new = self.indices.get(function as usize).copied().flatten();
        new.ok_or_else(|| Error::UserError(format!("function {function} is called but not there")))
    }
}

/// The table through which stand-ins call; the second module fills it.
fn table_of_later(plan: &Plan) -> TableType {
    let size = plan.stand_ins.len() as u64;
    TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: size,
        maximum: Some(size),
        shared: false,
    }
}

fn flag() -> GlobalType {
    GlobalType {
        val_type: ValType::I32,
        mutable: true,
        shared: false,
    }
}

fn words(error: Error<String>) -> String {
    match error {
        Error::UserError(text) => text,
        other => other.to_string(),
    }
}
