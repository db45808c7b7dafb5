//! `cargo xtask build`: the release page in `dist/`.

use std::ffi::OsStr;
use std::path::Path;

use crate::command::Run;
use crate::failure::Result;
use crate::hook;
use crate::project::Project;
use crate::setup;
use crate::steps::Steps;

/// Where cargo looks for what rustc is told when it makes WebAssembly.
pub(crate) const RUSTFLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";
/// Names that tell the instances of a generic function apart, for [`crate::split`]; and loops as
/// they are written, which take less than what LLVM makes of them.
pub(crate) const SMALLER: &str = "-Csymbol-mangling-version=v0 -Cllvm-args=-disable-lsr";

pub(crate) fn run(project: &Project) -> Result<()> {
    let mut steps = Steps::new(setup::FOR_BUILD.len() + 1);
    setup::ensure(project, setup::FOR_BUILD, &mut steps)?;
    steps.begin("Building the release page (some minutes the first time)");
    release(project)?;
    println!("The page is in {}.", project.dist().display());
    Ok(())
}

/// Builds the release page. The tools must be there.
pub(crate) fn release(project: &Project) -> Result<()> {
    trunk(project, "build", &project.dist())?
        .args(["--release"])
        .env(RUSTFLAGS, SMALLER)
        .run()
}

/// Builds the release page without splitting or finishing it.
pub(crate) fn whole(project: &Project, folder: &Path) -> Result<()> {
    trunk(project, "build", folder)?
        .args(["--release"])
        .env(RUSTFLAGS, SMALLER)
        .env(hook::WHOLE, "1")
        .run()
}

/// Trunk, kept off the network: it would otherwise fetch tools that are already there. It keeps
/// cargo off the network too, so the crates are fetched first.
pub(crate) fn trunk(project: &Project, command: &str, dist: &Path) -> Result<Run> {
    Run::new(project, "cargo")?
        .args(["fetch", "--target", setup::WASM])
        .run()?;
    let trunk = Run::new(project, "trunk")?
        .args([command, "--offline", "--dist"])
        .args([dist])
        // A build that fails is the author's to read about, not a fault in Trunk.
        .env("RUST_LIB_BACKTRACE", "0");
    // Trunk reads NO_COLOR as a yes or no and refuses the usual `1`.
    Ok(match std::env::var_os("NO_COLOR") {
        Some(value) if value != OsStr::new("") => {
            trunk.without_env("NO_COLOR").env("TRUNK_COLOR", "never")
        }
        _ => trunk.without_env("NO_COLOR"),
    })
}
