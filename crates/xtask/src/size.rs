//! `cargo xtask size`: what the release page weighs, and whether the first load keeps its budget.

use std::fs;
use std::path::Path;

use miniz_oxide::deflate::compress_to_vec;

use crate::embed;
use crate::failure::{Failure, Result};
use crate::hook;
use crate::project::Project;

/// What should be transferred at the most before the page can be used, in bytes.
const BUDGET: usize = 250_000;
/// What the page may weigh until it keeps its budget: no change makes it heavier unnoticed.
/// Lower it with every change that makes the page lighter.
const CEILING: usize = 520_000;
/// What an embedded page may weigh before it is started, in bytes: the poster.
const POSTER: usize = 20_000;
/// What the custom element may weigh.
const ELEMENT: usize = 5_000;
/// The header and trailer that gzip puts around a deflated stream.
pub(crate) const GZIP_FRAME: usize = 18;

struct Weight {
    name: String,
    raw: usize,
    gzip: usize,
}

impl Weight {
    /// Whether the file is fetched before the page can be used. The second half of the app, the code
    /// of the editor and that of the palette come later, that of the map and the matrix when one of
    /// them is opened.
    fn is_first_load(&self) -> bool {
        if self.name.ends_with("-later.wasm") || self.name.starts_with("v1/") {
            return false;
        }
        let is_script = self.name.ends_with(".js");
        let comes_later = ["editor", "map", "palette", "sw"]
            .iter()
            .any(|name| self.name.starts_with(name));
        !(is_script && comes_later)
            && [".html", ".css", ".js", ".wasm"]
                .iter()
                .any(|ending| self.name.ends_with(ending))
    }
}

pub(crate) fn run(project: &Project) -> Result<()> {
    let dist = project.dist();
    if !hook::is_release_page(&dist.join("index.html")) {
        return Err(Failure::new(
            "there is no release page in dist/: run `cargo xtask build` first",
        ));
    }
    let mut weights = weigh(&dist)?;
    weights.sort_by_key(|file| std::cmp::Reverse(file.gzip));
    let total: usize = weights
        .iter()
        .filter(|file| file.is_first_load())
        .map(|file| file.gzip)
        .sum();
    print_table(&weights);
    println!(
        "\nFirst load, compressed (files marked *): {total} of {BUDGET} bytes, {}%",
        total * 100 / BUDGET
    );
    if total > BUDGET {
        println!(
            "The first load is {} bytes over its budget.",
            total - BUDGET
        );
    }
    check_embed(&weights)?;
    if total > CEILING {
        return Err(Failure::new(format!(
            "the first load has grown past {CEILING} bytes"
        )));
    }
    Ok(())
}

/// What an embedded page weighs, step by step, against its budgets.
fn check_embed(weights: &[Weight]) -> Result<()> {
    let of = |names: &[&str]| -> usize {
        let is_one = |file: &&Weight| {
            let name = file.name.strip_prefix(embed::FOLDER);
            name.is_some_and(|name| names.iter().any(|start| name.starts_with(start)))
        };
        weights.iter().filter(is_one).map(|file| file.gzip).sum()
    };
    let poster = of(&["index.html", "start-"]);
    let element: usize = weights
        .iter()
        .filter(|file| file.name == embed::ELEMENT)
        .map(|file| file.gzip)
        .sum();
    println!("Embedded page, compressed: before it is started {poster} of {POSTER} bytes");
    println!("  then, whatever it shows  {}", of(&["app-", "embed-"]));
    println!("  if it shows a policy     {}", of(&["editor-"]));
    println!("  if a map or a matrix     {}", of(&["map-"]));
    println!("Custom element, compressed: {element} of {ELEMENT} bytes");
    if poster == 0 || poster > POSTER || element == 0 || element > ELEMENT {
        return Err(Failure::new(
            "the embedded page is not there, or heavier than its budget",
        ));
    }
    Ok(())
}

fn print_table(weights: &[Weight]) {
    let width = weights
        .iter()
        .map(|file| file.name.len())
        .max()
        .unwrap_or(0);
    println!("  {:width$} {:>10} {:>10}", "file", "bytes", "gzip");
    for file in weights {
        let sign = if file.is_first_load() { '*' } else { ' ' };
        println!(
            "{sign} {:width$} {:>10} {:>10}",
            file.name, file.raw, file.gzip
        );
    }
}

/// Every file below a folder, with names relative to it.
fn weigh(folder: &Path) -> Result<Vec<Weight>> {
    let mut weights = Vec::new();
    let mut open = vec![(folder.to_path_buf(), String::new())];
    while let Some((dir, prefix)) = open.pop() {
        let entries = fs::read_dir(&dir).map_err(|error| Failure::file("read", &dir, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| Failure::file("read", &dir, &error))?;
            let path = entry.path();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if path.is_dir() {
                open.push((path, format!("{name}/")));
                continue;
            }
            let content = fs::read(&path).map_err(|error| Failure::file("read", &path, &error))?;
            weights.push(Weight {
                name,
                raw: content.len(),
                gzip: compress_to_vec(&content, 9).len() + GZIP_FRAME,
            });
        }
    }
    Ok(weights)
}
