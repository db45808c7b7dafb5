//! `cargo xtask npm`: the JavaScript package in `target/npm`.

use std::fs;
use std::path::{Path, PathBuf};

use miniz_oxide::deflate::compress_to_vec;

use crate::build;
use crate::command::Run;
use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::setup::{self, Tool};
use crate::size::GZIP_FRAME;
use crate::steps::Steps;

/// What building the package needs.
pub(crate) const TOOLS: &[Tool] = &[Tool::Target, Tool::WasmBindgen, Tool::Packages];

/// Hand-written parts of the package.
const PARTS: &str = "crates/wasm/package";
/// What every package of the repository carries.
const LICENCES: [&str; 3] = ["LICENSE-APACHE", "LICENSE-MIT", "THIRD-PARTY.md"];
/// The name of the generated module; its WebAssembly is `engine_bg.wasm`.
const ENGINE: &str = "engine";
/// In `package.json`, for the version of the workspace.
const NO_VERSION: &str = "\"version\": \"0.0.0\"";

/// The same as for the page (index.html): small, and nothing that a browser would refuse.
const OPTIMIZED: [&str; 13] = [
    "-Oz",
    "--converge",
    "--one-caller-inline-max-function-size=30",
    "--low-memory-unused",
    "--reorder-functions-by-name",
    "--strip-debug",
    "--strip-producers",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

pub(crate) fn run(project: &Project) -> Result<()> {
    let mut steps = Steps::new(TOOLS.len() + 1);
    setup::ensure(project, TOOLS, &mut steps)?;
    steps.begin("Building the JavaScript package (a minute the first time)");
    build(project)
}

/// Where the package is built.
fn folder(project: &Project) -> PathBuf {
    project.target().join("npm")
}

/// Builds the package. The tools must be there.
pub(crate) fn build(project: &Project) -> Result<()> {
    Run::new(project, "cargo")?
        .args([
            "build",
            "--quiet",
            "--package",
            "guardrail-wasm",
            "--release",
        ])
        .args(["--target", setup::WASM, "--target-dir"])
        .args([project.target()])
        .env(build::RUSTFLAGS, build::SMALLER)
        .run()?;
    let folder = folder(project);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| Failure::file("remove", &folder, &error))?;
    }
    let built = project
        .target()
        .join(setup::WASM)
        .join("release/guardrail_wasm.wasm");
    // The types are written by hand: the generated ones cannot say what an object holds.
    Run::new(project, "wasm-bindgen")?
        .args([
            "--target",
            "web",
            "--no-typescript",
            "--out-name",
            ENGINE,
            "--out-dir",
        ])
        .args([folder.as_path(), &built])
        .run()?;
    let wasm = folder.join(format!("{ENGINE}_bg.wasm"));
    Run::new(project, "wasm-opt")?
        .args(OPTIMIZED)
        .args([wasm.as_os_str(), "-o".as_ref(), wasm.as_os_str()])
        .run()?;
    copy_parts(project, &folder)?;
    report(&folder, &wasm)
}

fn copy_parts(project: &Project, folder: &Path) -> Result<()> {
    let parts = project.root().join(PARTS);
    let entries = fs::read_dir(&parts).map_err(|error| Failure::file("read", &parts, &error))?;
    let mut sources: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    sources.extend(LICENCES.map(|name| project.root().join(name)));
    for source in sources {
        let Some(name) = source.file_name() else {
            continue;
        };
        let target = folder.join(name);
        fs::copy(&source, &target).map_err(|error| Failure::file("write", &target, &error))?;
    }
    let manifest = folder.join("package.json");
    let text =
        fs::read_to_string(&manifest).map_err(|error| Failure::file("read", &manifest, &error))?;
    if !text.contains(NO_VERSION) {
        return Err(Failure::new(format!(
            "{PARTS}/package.json has a version of its own: expected {NO_VERSION}"
        )));
    }
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    fs::write(&manifest, text.replace(NO_VERSION, &version))
        .map_err(|error| Failure::file("write", &manifest, &error))
}

fn report(folder: &Path, wasm: &Path) -> Result<()> {
    let content = fs::read(wasm).map_err(|error| Failure::file("read", wasm, &error))?;
    println!(
        "The package is in {}; its WebAssembly has {} bytes, compressed {}.",
        folder.display(),
        content.len(),
        compress_to_vec(&content, 9).len() + GZIP_FRAME
    );
    Ok(())
}
