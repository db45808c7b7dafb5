//! Writes the two modules of a split.

use std::collections::BTreeSet;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, Function, FunctionSection, GlobalSection, GlobalType, ImportSection,
    InstructionSink, Module, RefType, TableSection, TableType, TypeSection, ValType,
};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, ElementItems, ElementSectionReader,
    ExportSectionReader, FuncType, FunctionBody, FunctionSectionReader, GlobalSectionReader,
    ImportSectionReader, Operator, Parser, TableSectionReader, TypeSectionReader,
};

use super::read::{Facts, Outcome};
use super::{IMPORTS, LOADED, LOADER, Plan};

type Step = Result<(), Error<String>>;

/// The first module: the old one without what comes later.
pub(super) fn first(module: &[u8], facts: &Facts, plan: &Plan) -> Outcome<Vec<u8>> {
    let mut indices = Vec::with_capacity(facts.types.len());
    // The import of `load` stands behind all other imports.
    let mut next = facts.imported + 1;
    for function in 0..facts.types.len() as u32 {
        indices.push(if facts.body(function).is_none() {
            Some(function)
        } else if plan.is_later(function) && plan.doors.binary_search(&function).is_err() {
            None
        } else {
            next += 1;
            Some(next - 1)
        });
    }
    let types = plan
        .stand_ins
        .iter()
        .filter_map(|it| facts.types.get(*it as usize));
    let gates: BTreeSet<u32> = types.copied().collect();
    let mut first = First {
        facts,
        plan,
        indices,
        first_gate: next,
        gates: gates.into_iter().collect(),
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
    /// The types of functions of the rest that are called here. Each has a gate: a function that
    /// calls one of the rest by its place in the table, which is the last parameter.
    gates: Vec<u32>,
    first_gate: u32,
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

    /// The table of functions that the rest calls.
    fn shared(&self) -> u32 {
        self.facts.tables.len() as u32 + 1
    }

    fn type_of(&self, function: u32) -> u32 {
        let ty = self.facts.types.get(function as usize).copied();
        ty.unwrap_or_default()
    }

    /// How many parameters a type has.
    fn parameters(&self, ty: u32) -> u32 {
        let types = self.facts.signatures.get(ty as usize);
        types.map_or(0, |ty| ty.params().len() as u32)
    }

    /// Calls a function of the rest with what lies on the stack.
    fn call_later(&self, code: &mut InstructionSink<'_>, function: u32, slot: u32) {
        let gate = self.gates.binary_search(&self.type_of(function));
        code.i32_const(slot as i32)
            .call(self.first_gate + gate.unwrap_or_default() as u32);
    }

    /// Stands for a function of the rest where others get hold of it.
    fn door(&self, function: u32, slot: u32) -> Function {
        let mut body = Function::new([]);
        let mut code = body.instructions();
        for parameter in 0..self.parameters(self.type_of(function)) {
            code.local_get(parameter);
        }
        self.call_later(&mut code, function, slot);
        code.end();
        body
    }

    /// Gives a place in the table of functions back, and sees to it that there is a function.
    fn resolve(&self, table: u32) -> Function {
        let mut body = Function::new([]);
        let mut code = body.instructions();
        code.global_get(self.loaded()).i32_eqz();
        code.if_(BlockType::Empty);
        code.local_get(0).table_get(table).ref_is_null();
        code.if_(BlockType::Empty).call(self.facts.imported).end();
        code.end();
        code.local_get(0).end();
        body
    }

    /// The table of functions, and the function that looks into it before each call.
    fn resolver(&self) -> Option<(u32, u32)> {
        let (table, ..) = self.facts.elements.first()?;
        Some((*table, self.first_gate + self.gates.len() as u32))
    }

    fn gate(&self, ty: u32) -> Function {
        let mut body = Function::new([]);
        let mut code = body.instructions();
        code.global_get(self.loaded()).i32_eqz();
        code.if_(BlockType::Empty).call(self.facts.imported).end();
        for parameter in 0..=self.parameters(ty) {
            code.local_get(parameter);
        }
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
        for ty in self.gates.clone() {
            let signature = self.facts.signatures.get(ty as usize);
            let signature = signature.cloned().unwrap_or_else(|| FuncType::new([], []));
            let mut parameters = self.val_types(signature.params().to_vec())?;
            parameters.push(ValType::I32);
            let results = self.val_types(signature.results().to_vec())?;
            types.ty().function(parameters, results);
        }
        types.ty().function([ValType::I32], [ValType::I32]);
        Ok(())
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        _: ImportSectionReader<'_>,
    ) -> Step {
        // Under short names: `super::page` changes them in the JavaScript too.
        for (number, ty) in (0..self.facts.imported).zip(&self.facts.types) {
            imports.import(IMPORTS, &number.to_string(), EntityType::Function(*ty));
        }
        imports.import(LOADER, "load", EntityType::Function(self.plain()));
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        _: FunctionSectionReader<'_>,
    ) -> Step {
        for function in self.kept() {
            functions.function(self.type_of(function));
        }
        for gate in 0..self.gates.len() as u32 {
            functions.function(self.plain() + 1 + gate);
        }
        if self.resolver().is_some() {
            functions.function(self.plain() + 1 + self.gates.len() as u32);
        }
        Ok(())
    }

    fn parse_table_section(
        &mut self,
        tables: &mut TableSection,
        old: TableSectionReader<'_>,
    ) -> Step {
        utils::parse_table_section(self, tables, old)?;
        tables.table(table_of(&self.plan.stand_ins));
        tables.table(table_of(&self.plan.shared));
        Ok(())
    }

    fn parse_element_section(
        &mut self,
        elements: &mut ElementSection,
        old: ElementSectionReader<'_>,
    ) -> Step {
        for element in old {
            let element = element?;
            if !matches!(element.items, ElementItems::Functions(_)) {
                self.parse_element(elements, element)?;
            }
        }
        let mut runs = self.facts.runs(|function| !self.plan.is_later(function));
        runs.push((self.shared(), 0, self.plan.shared.clone()));
        write_runs(self, elements, runs)
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
        for table in 0..=self.shared() {
            exports.export(&format!("t{table}"), ExportKind::Table, table);
        }
        for global in 0..self.facts.globals.len() as u32 {
            exports.export(&format!("g{global}"), ExportKind::Global, global);
        }
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, old: CodeSectionReader<'_>) -> Step {
        for (function, body) in (self.facts.imported..).zip(old) {
            let body = body?;
            if !self.plan.is_later(function) {
                self.parse_function_body(code, body)?;
            } else if self.plan.doors.binary_search(&function).is_ok()
                && let Some(slot) = self.plan.slot(function)
            {
                code.function(&self.door(function, slot));
            }
        }
        for ty in &self.gates {
            code.function(&self.gate(*ty));
        }
        if let Some((table, _)) = self.resolver() {
            code.function(&self.resolve(table));
        }
        Ok(())
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Step {
        let mut function = self.new_function_with_parsed_locals(&body)?;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            let operator = operators.read()?;
            if let Operator::Call { function_index } = operator
                && self.plan.is_later(function_index)
                && let Some(slot) = self.plan.slot(function_index)
            {
                self.call_later(&mut function.instructions(), function_index, slot);
            } else {
                if let Operator::CallIndirect { table_index, .. } = operator
                    && let Some((table, resolve)) = self.resolver()
                    && table == table_index
                {
                    function.instructions().call(resolve);
                }
                function.instruction(&self.instruction(operator)?);
            }
        }
        code.function(&function);
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
    let own = (0..facts.types.len() as u32).filter(|function| plan.is_in_later(*function));
    for (new, function) in (0..).zip(own) {
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
                for (function, ty) in (0..).zip(&self.facts.types) {
                    if self.plan.is_in_later(function) {
                        functions.function(*ty);
                    }
                }
                written.section(&functions);
                let mut elements = ElementSection::new();
                let mut runs = self.facts.runs(|function| self.plan.is_later(function));
                let table = self.facts.tables.len() as u32;
                runs.push((table, 0, self.plan.stand_ins.clone()));
                write_runs(self, &mut elements, runs)?;
                written.section(&elements);
            }
            wasmparser::Payload::CodeSectionStart { range, .. } => {
                let bytes = module
                    .get(range.clone())
                    .ok_or(Error::InvalidCodeSectionSize)?;
                let reader = wasmparser::BinaryReader::new(bytes, range.start);
                let mut code = CodeSection::new();
                let bodies = (self.facts.imported..).zip(CodeSectionReader::new(reader)?);
                for (_, body) in bodies.filter(|(function, _)| self.plan.is_in_later(*function)) {
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
        if let Some(memory) = self.facts.memory {
            imports.import("", "m", EntityType::Memory(self.memory_type(memory)?));
        }
        for (number, table) in self.facts.tables.iter().enumerate() {
            let table = EntityType::Table(self.table_type(*table)?);
            imports.import("", &format!("t{number}"), table);
        }
        for (number, functions) in [&self.plan.stand_ins, &self.plan.shared]
            .into_iter()
            .enumerate()
        {
            let number = self.facts.tables.len() + number;
            let table = EntityType::Table(table_of(functions));
            imports.import("", &format!("t{number}"), table);
        }
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

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Step {
        let mut function = self.new_function_with_parsed_locals(&body)?;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            let operator = operators.read()?;
            if let Operator::Call { function_index } = operator
                && let Ok(slot) = self.plan.shared.binary_search(&function_index)
            {
                let ty = self.facts.types.get(function_index as usize).copied();
                let table = self.facts.tables.len() as u32 + 1;
                function
                    .instructions()
                    .i32_const(slot as i32)
                    .call_indirect(table, ty.unwrap_or_default());
            } else {
                function.instruction(&self.instruction(operator)?);
            }
        }
        code.function(&function);
        Ok(())
    }
}

/// Fills tables.
fn write_runs(
    with: &mut impl Reencode<Error = String>,
    elements: &mut ElementSection,
    runs: Vec<(u32, u32, Vec<u32>)>,
) -> Step {
    for (table, place, functions) in runs {
        let functions: Result<Vec<u32>, _> = functions
            .into_iter()
            .map(|it| with.function_index(it))
            .collect();
        // Table 0 goes without saying.
        elements.active(
            (table > 0).then_some(table),
            &ConstExpr::i32_const(place as i32),
            Elements::Functions(functions?.into()),
        );
    }
    Ok(())
}

/// A table through which one module calls functions of the other, which fills it.
fn table_of(functions: &[u32]) -> TableType {
    let size = functions.len() as u64;
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
