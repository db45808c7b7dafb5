//! Splits the app's WebAssembly in two: what the first look at the page runs, and the rest, which
//! the page fetches after the first paint.
//!
//! Nothing in the app knows of it. A function of the rest that the first module names keeps a stand-in
//! there, which calls it through a table; whoever calls a stand-in before the rest is there makes
//! the page fetch it on the spot. Both modules share one memory and one stack.

mod page;
mod read;
mod write;

pub(crate) use self::page::{attribute, split_app};
use self::read::Facts;
use crate::failure::{Failure, Result};

/// The module that the first module imports `load` from: fetches the rest at once.
const LOADER: &str = "later";
/// What the first module exports to say that the rest is there.
const LOADED: &str = "loaded";

/// Functions of the standard library and Yew's hooks name the types that they are made for, and run
/// wherever such a value stands; those that came out equal are one function under any of their names.
/// They come later where only the rest calls them.
const COMMON: [&str; 6] = [
    "alloc::",
    "<alloc::",
    "core::",
    "<core::",
    "yew::functional::hooks::",
    "<yew::functional::hooks::",
];

/// The two modules.
struct Split {
    first: Vec<u8>,
    later: Vec<u8>,
}

/// Where each function goes.
struct Plan {
    /// Functions of the rest, with what those alone call.
    later: Vec<bool>,
    /// Functions of the rest that the first module names, in the order of the table.
    stand_ins: Vec<u32>,
    /// Functions of the first module that the rest calls.
    shared: Vec<u32>,
}

/// Splits a module, which must have its names. `paths` are paths of Rust modules, types or functions:
/// what their code is made of comes later. `None` if that is nothing.
fn split(module: &[u8], paths: &[&str]) -> Result<Option<Split>> {
    let failed = |error: &dyn std::fmt::Display| {
        Failure::new(format!("the app's WebAssembly could not be split: {error}"))
    };
    let facts = Facts::of(module).map_err(|error| failed(&error))?;
    let plan = Plan::new(&facts, paths);
    if plan.stand_ins.is_empty() {
        return Ok(None);
    }
    Ok(Some(Split {
        first: write::first(module, &facts, &plan).map_err(|error| failed(&error))?,
        later: write::later(module, &facts, &plan).map_err(|error| failed(&error))?,
    }))
}

impl Plan {
    fn new(facts: &Facts, paths: &[&str]) -> Self {
        let named: Vec<bool> = (0..)
            .zip(&facts.names)
            .map(|(function, name)| {
                facts.body(function).is_some()
                    && !COMMON.iter().any(|prefix| name.starts_with(prefix))
                    && paths.iter().any(|path| mentions(name, path))
            })
            .collect();
        let is = |list: &[bool], function: u32| list.get(function as usize).copied() == Some(true);
        let mut first = vec![false; facts.names.len()];
        let mut open: Vec<u32> = facts.roots.clone();
        while let Some(function) = open.pop() {
            if is(&named, function) || is(&first, function) {
                continue;
            }
            if let Some(slot) = first.get_mut(function as usize) {
                *slot = true;
            }
            open.extend(facts.calls(function));
        }
        let later: Vec<bool> = (0..)
            .zip(&first)
            .map(|(function, first)| !first && facts.body(function).is_some())
            .collect();
        let functions = || 0..facts.names.len() as u32;
        let named_by = |wanted: bool| {
            let mut found = vec![false; facts.names.len()];
            let callers = functions().filter(|caller| is(&later, *caller) != wanted);
            let roots = facts.roots.iter().copied().filter(|_| wanted);
            for function in callers.flat_map(|caller| facts.calls(caller)).chain(roots) {
                if let Some(slot) = found.get_mut(function as usize) {
                    *slot = true;
                }
            }
            functions()
                .filter(|function| is(&found, *function) && is(&later, *function) == wanted)
                .collect()
        };
        let (stand_ins, shared) = (named_by(true), named_by(false));
        Self {
            later,
            stand_ins,
            shared,
        }
    }

    fn is_later(&self, function: u32) -> bool {
        self.later.get(function as usize).copied() == Some(true)
    }
}

/// Whether the name of a function has the path in it, as a whole.
fn mentions(name: &str, path: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    name.match_indices(path).any(|(at, found)| {
        let before = name.get(..at).and_then(|text| text.chars().next_back());
        let after = name
            .get(at + found.len()..)
            .and_then(|text| text.chars().next());
        !before.is_some_and(|letter| is_part(letter) || letter == ':')
            && !after.is_some_and(is_part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    use wasm_encoder::{
        CodeSection, ConstExpr, EntityType, ExportKind, ExportSection, Function, FunctionSection,
        GlobalSection, GlobalType, ImportSection, MemorySection, MemoryType, Module, NameMap,
        NameSection, RefType, TableSection, TableType, TypeSection, ValType,
    };
    use wasmparser::{Parser, Payload};

    /// An app whose functions call each other so: `hot` calls `cold` and `both`, `cold` calls `both`
    /// and `alone`. Function 0 is imported.
    fn app() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("js", "log", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        let mut names = NameMap::new();
        let bodies: [(&str, &[u32]); 4] = [
            ("app::hot", &[2, 3]),
            ("app::rest::cold", &[3, 4]),
            ("app::both[0123456789abcdef]", &[0]),
            ("app::alone", &[]),
        ];
        for (index, (name, calls)) in (1..).zip(bodies) {
            functions.function(0);
            let mut body = Function::new([]);
            for call in calls {
                body.instructions().call(*call);
            }
            body.instructions().end();
            code.function(&body);
            names.append(index, name);
        }
        let mut tables = TableSection::new();
        tables.table(TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: 1,
            maximum: None,
            shared: false,
        });
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mut globals = GlobalSection::new();
        let stack = GlobalType {
            val_type: ValType::I32,
            mutable: true,
            shared: false,
        };
        globals.global(stack, &ConstExpr::i32_const(0));
        let mut exports = ExportSection::new();
        exports.export("start", ExportKind::Func, 1);
        let mut named = NameSection::new();
        named.functions(&names);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions);
        module.section(&tables).section(&memories).section(&globals);
        module.section(&exports).section(&code).section(&named);
        module.finish()
    }

    fn bodies(module: &[u8]) -> usize {
        let payloads = Parser::new(0).parse_all(module);
        payloads
            .filter(|payload| matches!(payload, Ok(Payload::CodeSectionEntry(_))))
            .count()
    }

    #[test]
    fn what_only_the_rest_calls_goes_with_it() {
        let plan = Plan::new(&Facts::of(&app()).unwrap(), &["app::rest"]);
        assert_eq!(plan.later, [false, false, true, false, true]);
        assert_eq!((plan.stand_ins, plan.shared), (vec![2], vec![3]));
    }

    #[test]
    fn both_modules_are_whole() {
        let Split { first, later } = split(&app(), &["app::rest"]).unwrap().unwrap();
        // `hot`, the stand-in of `cold`, `both`, and what sees to it that the rest is there.
        assert_eq!(bodies(&first), 4);
        // `cold` and `alone`.
        assert_eq!(bodies(&later), 2);
        assert!(split(&app(), &["app::nothing"]).unwrap().is_none());
    }

    #[test]
    fn a_path_counts_as_a_whole() {
        let name = "<yew::Stateful<web::components::dialogs::Help> as yew::Runnable>::run";
        assert!(mentions(name, "web::components::dialogs"));
        assert!(mentions(name, "web::components::dialogs::Help"));
        assert!(!mentions(name, "web::components::dialog"));
        assert!(!mentions(name, "components::dialogs"));
        assert!(!mentions(name, "eb::components"));
    }
}
