//! `cargo xtask first`: writes `web/first.txt`, the list of what the first uses of the page run.

use std::fs;
use std::path::Path;

use crate::build;
use crate::command::Run;
use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::setup::{self, Tool};
use crate::split::{self, Telling};
use crate::steps::Steps;

/// Where the page's start script gets hold of the app, and what lets a test do so too.
const STARTED: (&str, &str) = (
    "exports = await app.default(",
    "exports = globalThis.guardrail = await app.default(",
);

pub(crate) fn run(project: &Project) -> Result<()> {
    let tools: Vec<Tool> = setup::FOR_BUILD
        .iter()
        .copied()
        .chain([Tool::Browser])
        .collect();
    let mut steps = Steps::new(tools.len() + 2);
    setup::ensure(project, &tools, &mut steps)?;
    steps.begin("Building the release page in one piece (some minutes)");
    let folder = project.target().join("first");
    build::whole(project, &folder)?;
    steps.begin("Using it (about two minutes)");
    let notes = folder.join("notes");
    let (module, telling) = let_tell(&folder)?;
    Run::new(project, "node")?
        .args(["tests/e2e/first.mjs".as_ref(), folder.as_os_str()])
        .args([telling.begin.to_string(), telling.count.to_string()])
        .args([&notes])
        .run()?;
    let list = split::list(&module, &read(&notes)?)?;
    write(&project.first(), list.as_bytes())?;
    println!("The list is in {}.", project.first().display());
    Ok(())
}

/// Makes the app of a page note what runs. Gives its module as it was, too.
fn let_tell(folder: &Path) -> Result<(Vec<u8>, Telling)> {
    let html = String::from_utf8_lossy(&read(&folder.join("index.html"))?).into_owned();
    let wasm = folder.join(split::attribute(&html, "data-wasm")?.trim_start_matches("./"));
    let module = read(&wasm)?;
    let telling = split::telling(&module)?;
    write(&wasm, &telling.module)?;
    let boot = folder.join("boot.js");
    let script = String::from_utf8_lossy(&read(&boot)?).into_owned();
    if !script.contains(STARTED.0) {
        return Err(Failure::new(format!("boot.js has no `{}`", STARTED.0)));
    }
    write(&boot, script.replace(STARTED.0, STARTED.1).as_bytes())?;
    Ok((module, telling))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| Failure::file("read", path, &error))
}

fn write(path: &Path, content: &[u8]) -> Result<()> {
    fs::write(path, content).map_err(|error| Failure::file("write", path, &error))
}
