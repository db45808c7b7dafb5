//! Splits the app's WebAssembly in two: what the first look at the page runs, and the rest, which
//! the page fetches after the first paint.
//!
//! Nothing in the app knows of it. A function of the rest that the first module names keeps a stand-in
//! there, which calls it through a table; whoever calls a stand-in before the rest is there makes
//! the page fetch it on the spot. Both modules share one memory and one stack.

mod code;
mod live;
mod outline;
mod page;
mod profile;
mod read;
mod tell;
mod write;

pub(crate) use self::page::{attribute, split_app};
use self::profile::Profile;
use self::read::Facts;
use crate::failure::{Failure, Result};

/// The module that the first module imports `load` from: fetches the rest at once.
const LOADER: &str = "later";
/// The module that the first module imports everything else from, by numbers.
const IMPORTS: &str = "js";
/// What the first module exports to say that the rest is there.
const LOADED: &str = "loaded";

/// The two modules.
struct Split {
    first: Vec<u8>,
    later: Vec<u8>,
    /// What the first module imports, in order: the old names of the module and of the function.
    imports: Vec<(String, String)>,
}

/// Where each function goes.
struct Plan {
    /// Functions of the rest.
    later: Vec<bool>,
    /// Functions of the rest that the first module names, in the order of the table.
    stand_ins: Vec<u32>,
    /// Those of them that are exported, which must be functions of the first module.
    doors: Vec<u32>,
    /// Functions of the first module that the rest calls, in the order of another table.
    shared: Vec<u32>,
    /// Functions of the first module that the rest has too: they are too small for a call.
    copied: Vec<u32>,
}

/// How many bytes a function may have that stands in both modules.
const SMALL: usize = 64;

/// Splits a module, which must have its names.
fn split(module: &[u8], profile: &Profile) -> Result<Split> {
    halves(module, profile).map_err(not_split)
}

fn not_split(error: String) -> Failure {
    Failure::new(format!("the app's WebAssembly could not be split: {error}"))
}

fn halves(module: &[u8], profile: &Profile) -> read::Outcome<Split> {
    let facts = Facts::of(module)?;
    let codes = code::codes(module)?;
    let ran = profile.of(&facts, &codes);
    if ran.iter().all(Option::is_none) {
        return Err(
            "it has none of the functions in web/first.txt: does wasm-opt keep their names (-g)?"
                .to_owned(),
        );
    }
    let mut first = vec![true; facts.imported as usize];
    first.extend(ran.iter().map(Option::is_some));
    let cold: Vec<Vec<usize>> = ran.into_iter().map(Option::unwrap_or_default).collect();
    let module = outline::outline(module, &facts, &codes, &cold)?;
    let facts = Facts::of(&module)?;
    let plan = Plan::new(&facts, &first);
    Ok(Split {
        first: write::first(&module, &facts, &plan)?,
        later: write::later(&module, &facts, &plan)?,
        imports: facts.imports,
    })
}

/// A module that notes what runs, until it is told what has.
pub(crate) struct Telling {
    pub(crate) module: Vec<u8>,
    /// Where in its memory the notes stand, a byte for each, which is 1 once its code has run.
    pub(crate) begin: u64,
    pub(crate) count: usize,
}

/// Makes a module note what runs.
pub(crate) fn telling(module: &[u8]) -> Result<Telling> {
    let told = || {
        let (facts, codes) = (Facts::of(module)?, code::codes(module)?);
        let (module, begin) = tell::telling(module, &facts, &codes)?;
        let count = codes.iter().map(|code| code.points.len()).sum();
        Ok(Telling {
            module,
            begin,
            count,
        })
    };
    told().map_err(not_split)
}

/// The text of `web/first.txt` for a module; `notes` are what it has noted.
pub(crate) fn list(module: &[u8], notes: &[u8]) -> Result<String> {
    let listed = || {
        let (facts, codes) = (Facts::of(module)?, code::codes(module)?);
        Ok(profile::write(&facts, &codes, |note| {
            notes.get(note) == Some(&1)
        }))
    };
    listed().map_err(not_split)
}

impl Plan {
    /// `first` says which functions come first; new ones behind those that it knows do not.
    fn new(facts: &Facts, first: &[bool]) -> Self {
        let all = facts.types.len();
        let later: Vec<bool> = (0..all)
            .map(|function| first.get(function) != Some(&true))
            .collect();
        let is_later = |function: u32| later.get(function as usize) == Some(&true);
        let mut doors: Vec<u32> = facts.roots.clone();
        doors.retain(|function| is_later(*function));
        doors.sort_unstable();
        doors.dedup();
        let mut stand_ins: Vec<u32> = doors.clone();
        let (mut shared, mut copied) = (Vec::new(), Vec::new());
        let mut seen = vec![false; all];
        let mut callers: Vec<u32> = Vec::new();
        for caller in 0..all as u32 {
            if is_later(caller) {
                callers.push(caller);
            } else {
                stand_ins.extend(facts.calls(caller).filter(|called| is_later(*called)));
            }
        }
        while let Some(caller) = callers.pop() {
            for called in facts.calls(caller).filter(|called| !is_later(*called)) {
                let Some(seen) = seen.get_mut(called as usize) else {
                    continue;
                };
                if std::mem::replace(seen, true) {
                    continue;
                }
                if facts.size(called) <= SMALL {
                    copied.push(called);
                    callers.push(called);
                } else {
                    shared.push(called);
                }
            }
        }
        for list in [&mut stand_ins, &mut shared, &mut copied] {
            list.sort_unstable();
            list.dedup();
        }
        Self {
            later,
            stand_ins,
            doors,
            shared,
            copied,
        }
    }

    fn is_later(&self, function: u32) -> bool {
        self.later.get(function as usize).copied() == Some(true)
    }

    /// Whether the second module has a function.
    fn is_in_later(&self, function: u32) -> bool {
        self.is_later(function) || self.copied.binary_search(&function).is_ok()
    }

    /// The place of a function of the rest in the table.
    fn slot(&self, function: u32) -> Option<u32> {
        let found = self.stand_ins.binary_search(&function);
        found.ok().map(|slot| slot as u32)
    }
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

    /// A list of functions that ran, with the code and the cold points that the app has.
    fn profile(module: &[u8], ran: &[&str]) -> Profile {
        let facts = Facts::of(module).unwrap();
        let codes = code::codes(module).unwrap();
        let names = facts.names.iter().skip(1);
        let notes: Vec<bool> = names.map(|name| ran.contains(&name.as_str())).collect();
        Profile::parse(&profile::write(&facts, &codes, |note| notes[note])).unwrap()
    }

    #[test]
    fn what_did_not_run_comes_later() {
        let facts = Facts::of(&app()).unwrap();
        let plan = Plan::new(&facts, &[true, true, false, true, false]);
        assert_eq!(plan.later, [false, false, true, false, true]);
        assert_eq!((plan.stand_ins, plan.shared), (vec![2], vec![0]));
        // `both` is small: the rest has it too.
        assert_eq!(plan.copied, [3]);
    }

    #[test]
    fn both_modules_are_whole() {
        let app = app();
        let Split { first, later, .. } =
            split(&app, &profile(&app, &["app::hot", "app::both"])).unwrap();
        // `hot`, `both`, and the gate to `cold`.
        assert_eq!(bodies(&first), 3);
        // `cold`, `both` and `alone`.
        assert_eq!(bodies(&later), 3);
        for module in [first, later] {
            wasmparser::validate(&module).unwrap();
        }
        assert!(split(&app, &Profile::default()).is_err());
    }
}
