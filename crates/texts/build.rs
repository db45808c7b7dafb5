//! Makes a function of each text in `en.txt`, so that a text that is not there, or a slot that is
//! forgotten, does not compile.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a catalogue that cannot be read must stop the build"
)]

#[path = "src/format.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "the library uses the rest of it, and shows it"
)]
mod format;

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use format::{Entry, Piece, entries, pieces};

fn main() {
    println!("cargo::rerun-if-changed=en.txt");
    println!("cargo::rerun-if-changed=src/format.rs");
    let catalogue = fs::read_to_string("en.txt").expect("the catalogue is readable");
    let entries = entries(&catalogue).unwrap_or_else(|error| panic!("en.txt: {error}"));
    let mut code = String::new();
    let mut rich = String::new();
    let mut english = String::new();
    for (at, entry) in entries.iter().enumerate() {
        function(&mut code, &mut rich, at, entry);
        writeln!(english, "    {:?},", entry.text).expect("a string takes it");
    }
    let scripts: Vec<String> = (entries.iter().enumerate())
        .filter_map(|(at, entry)| Some((at, entry.name.strip_prefix("js.")?)))
        .map(|(at, name)| format!("    ({name:?}, Text({at})),\n"))
        .collect();
    writeln!(
        code,
        "/// The texts of what is written in JavaScript, whose names begin with `js.`, by the rest of\n\
         /// their names.\npub const SCRIPTS: [(&str, Text); {}] = [\n{}];",
        scripts.len(),
        scripts.concat()
    )
    .expect("a string takes it");
    let count = entries.len();
    writeln!(
        code,
        "pub(crate) static ENGLISH: [&str; {count}] = [\n{english}];"
    )
    .expect("a string takes it");
    writeln!(
        code,
        "/// The texts with slots, as functions that take and give pieces of a sentence.\npub mod rich {{\nuse super::*;\n{rich}}}"
    )
    .expect("a string takes it");
    let out = env::var_os("OUT_DIR").expect("cargo names the folder");
    fs::write(Path::new(&out).join("texts.rs"), code).expect("the folder takes a file");
}

fn function(code: &mut String, rich: &mut String, at: usize, entry: &Entry<'_>) {
    let name = entry.name.replace(['.', '-'], "_");
    let constant = name.to_uppercase();
    let mut slots: Vec<(&str, bool)> = Vec::new();
    for piece in pieces(entry.text) {
        let (slot, is_count) = match piece {
            Piece::Text(_) => continue,
            Piece::Slot(slot) => (slot, false),
            Piece::Count(slot, ..) => (slot, true),
        };
        match slots.iter_mut().find(|(known, _)| *known == slot) {
            Some((_, counts)) => *counts |= is_count,
            None => slots.push((slot, is_count)),
        }
    }
    let quoted = entry.text.replace('[', "\\[").replace(']', "\\]");
    let quoted = quoted.replace('<', "\\<").replace('`', "'");
    write!(
        code,
        "/// {quoted}\npub const {constant}: Text = Text({at});\n/// {quoted}\n#[must_use]\n"
    )
    .expect("a string takes it");
    if slots.is_empty() {
        writeln!(
            code,
            "pub fn {name}() -> &'static str {{ get({constant}) }}"
        )
        .expect("a string takes it");
        return;
    }
    let parameters: Vec<String> = (slots.iter())
        .map(|(slot, is_count)| match is_count {
            true => format!("{slot}: usize"),
            false => format!("{slot}: &dyn std::fmt::Display"),
        })
        .collect();
    let values: Vec<String> = (slots.iter())
        .map(|(slot, is_count)| match is_count {
            true => format!("({slot:?}, Slot::Count({slot}))"),
            false => format!("({slot:?}, Slot::Text({slot}))"),
        })
        .collect();
    writeln!(
        code,
        "pub fn {name}({}) -> String {{ fill({constant}, &[{}]) }}",
        parameters.join(", "),
        values.join(", ")
    )
    .expect("a string takes it");
    let parameters: Vec<String> = (slots.iter())
        .map(|(slot, is_count)| match is_count {
            true => format!("{slot}: usize"),
            false => format!("{slot}: impl Into<Vec<P>>"),
        })
        .collect();
    let values: Vec<String> = (slots.iter())
        .map(|(slot, is_count)| match is_count {
            true => format!("({slot:?}, Rich::Count({slot}))"),
            false => format!("({slot:?}, Rich::Phrase({slot}.into()))"),
        })
        .collect();
    writeln!(
        rich,
        "/// {quoted}\n#[must_use]\npub fn {name}<P: Words>({}) -> Vec<P> {{ mix({constant}, &[{}]) }}",
        parameters.join(", "),
        values.join(", ")
    )
    .expect("a string takes it");
}
