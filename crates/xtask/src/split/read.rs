//! What has to be known of a module before it is split.

use std::collections::BTreeSet;

use wasmparser::{
    ElementItems, ElementKind, ExternalKind, FunctionBody, KnownCustom, Name, Operator, Parser,
    Payload, TypeRef,
};

/// An error with what stood in the way.
pub(super) type Outcome<T> = Result<T, String>;

/// A module's functions, imported ones first, and what names them.
#[derive(Default)]
pub(super) struct Facts {
    /// How many functions are imported.
    pub(super) imported: u32,
    /// Of which module, and under which name there.
    pub(super) imports: Vec<(String, String)>,
    /// Names without the hashes that compilers add; empty where there is none.
    pub(super) names: Vec<String>,
    /// The type of each function.
    pub(super) types: Vec<u32>,
    /// How many types, tables and globals there are.
    pub(super) type_count: u32,
    pub(super) tables: Vec<wasmparser::TableType>,
    pub(super) globals: Vec<wasmparser::GlobalType>,
    pub(super) memory: Option<wasmparser::MemoryType>,
    pub(super) signatures: Vec<wasmparser::FuncType>,
    /// What is exported or started.
    pub(super) roots: Vec<u32>,
    /// What tables hold: the number of the table, and functions from a place in it on.
    pub(super) elements: Vec<(u32, u32, Vec<u32>)>,
    calls: Vec<Vec<u32>>,
    sizes: Vec<usize>,
}

impl Facts {
    pub(super) fn of(module: &[u8]) -> Outcome<Self> {
        let mut facts = Self::default();
        for payload in Parser::new(0).parse_all(module) {
            facts.take(payload.map_err(words)?)?;
        }
        facts.names.resize(facts.types.len(), String::new());
        Ok(facts)
    }

    /// The position of a function among those with a body.
    pub(super) fn body(&self, function: u32) -> Option<u32> {
        function.checked_sub(self.imported)
    }

    /// The functions that a function calls, each once.
    pub(super) fn calls(&self, function: u32) -> impl Iterator<Item = u32> + use<'_> {
        let body = self.body(function);
        body.and_then(|body| self.calls.get(body as usize))
            .into_iter()
            .flatten()
            .copied()
    }

    /// How many bytes the code of a function has; those that are imported are large.
    pub(super) fn size(&self, function: u32) -> usize {
        let size = self
            .body(function)
            .and_then(|body| self.sizes.get(body as usize));
        size.copied().unwrap_or(usize::MAX)
    }

    fn take(&mut self, payload: Payload<'_>) -> Outcome<()> {
        match payload {
            Payload::TypeSection(section) => {
                for (index, ty) in section.into_iter_err_on_gc_types().enumerate() {
                    let ty = ty.map_err(words)?;
                    self.type_count = index as u32 + 1;
                    self.signatures.push(ty);
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import.map_err(words)?;
                    match import.ty {
                        TypeRef::Func(ty) => {
                            self.imports
                                .push((import.module.to_owned(), import.name.to_owned()));
                            self.types.push(ty);
                            self.imported += 1;
                        }
                        other => return Err(format!("it imports {other:?}")),
                    }
                }
            }
            Payload::FunctionSection(section) => {
                for ty in section {
                    self.types.push(ty.map_err(words)?);
                }
            }
            Payload::TableSection(section) => {
                for table in section {
                    self.tables.push(table.map_err(words)?.ty);
                }
            }
            Payload::MemorySection(section) => {
                for memory in section {
                    self.memory = Some(memory.map_err(words)?);
                }
            }
            Payload::GlobalSection(section) => {
                for global in section {
                    self.globals.push(global.map_err(words)?.ty);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export.map_err(words)?;
                    if export.kind == ExternalKind::Func {
                        self.roots.push(export.index);
                    }
                }
            }
            Payload::StartSection { func, .. } => self.roots.push(func),
            Payload::ElementSection(section) => {
                for element in section {
                    self.take_element(element.map_err(words)?)?;
                }
            }
            Payload::CodeSectionEntry(body) => {
                self.sizes.push(body.as_bytes().len());
                self.calls.push(calls_of(&body)?);
            }
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    self.take_names(names)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn take_element(&mut self, element: wasmparser::Element<'_>) -> Outcome<()> {
        let ElementItems::Functions(functions) = element.items else {
            // Nothing but `null`s, in tables of JavaScript values.
            return Ok(());
        };
        let ElementKind::Active {
            table_index,
            offset_expr,
        } = element.kind
        else {
            return Err("it has functions that are in no table yet".into());
        };
        let mut offset = offset_expr.get_operators_reader();
        let Operator::I32Const { value } = offset.read().map_err(words)? else {
            return Err("the place of functions in a table is worked out".into());
        };
        let functions: Result<Vec<u32>, _> = functions.into_iter().collect();
        self.elements.push((
            table_index.unwrap_or_default(),
            value as u32,
            functions.map_err(words)?,
        ));
        Ok(())
    }

    /// What of the functions in tables meets a condition, in runs: the table, the place, the functions.
    pub(super) fn runs(&self, wanted: impl Fn(u32) -> bool) -> Vec<(u32, u32, Vec<u32>)> {
        let mut runs: Vec<(u32, u32, Vec<u32>)> = Vec::new();
        for (table, begin, functions) in &self.elements {
            let mut goes_on = false;
            for (place, function) in (*begin..).zip(functions) {
                match runs.last_mut() {
                    _ if !wanted(*function) => {}
                    Some((_, _, run)) if goes_on => run.push(*function),
                    _ => runs.push((*table, place, vec![*function])),
                }
                goes_on = wanted(*function);
            }
        }
        runs
    }

    fn take_names(&mut self, names: wasmparser::NameSectionReader<'_>) -> Outcome<()> {
        for part in names {
            let Name::Function(functions) = part.map_err(words)? else {
                continue;
            };
            for naming in functions {
                let naming = naming.map_err(words)?;
                let index = naming.index as usize;
                if self.names.len() <= index {
                    self.names.resize(index + 1, String::new());
                }
                if let Some(name) = self.names.get_mut(index) {
                    *name = without_hashes(naming.name);
                }
            }
        }
        Ok(())
    }
}

fn calls_of(body: &FunctionBody<'_>) -> Outcome<Vec<u32>> {
    let mut calls = BTreeSet::new();
    for operator in body.get_operators_reader().map_err(words)? {
        match operator.map_err(words)? {
            Operator::Call { function_index } | Operator::ReturnCall { function_index } => {
                calls.insert(function_index);
            }
            Operator::RefFunc { .. } => return Err("a function takes another's address".into()),
            _ => {}
        }
    }
    Ok(calls.into_iter().collect())
}

/// A name without `[0123456789abcdef]`, which tells versions of a crate apart.
fn without_hashes(name: &str) -> String {
    let mut parts = name.split('[');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((hash, rest))
                if hash.len() > 12 && hash.bytes().all(|it| it.is_ascii_hexdigit()) =>
            {
                plain.push_str(rest);
            }
            _ => {
                plain.push('[');
                plain.push_str(part);
            }
        }
    }
    plain
}

pub(super) fn words(error: wasmparser::BinaryReaderError) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_hashes_and_nothing_else() {
        assert_eq!(
            without_hashes(
                "<core[c5930c85a12de822]::net::Ip as core[c5930c85a12de822]::fmt>::[u8]"
            ),
            "<core::net::Ip as core::fmt>::[u8]"
        );
    }
}
