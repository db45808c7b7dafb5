//! What the commands need from the machine: found where it is, installed where it is not.

use std::fs;
use std::path::PathBuf;

use crate::browser;
use crate::command::{Run, find_on};
use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::steps::Steps;

/// The target that the page is built for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";
const TRUNK: &str = "0.21.14";
const OLDEST_NODE: u32 = 20;

/// One thing that can be missing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tool {
    /// The standard library for WebAssembly.
    Target,
    /// `wasm-bindgen` and `wasm-bindgen-test-runner`.
    WasmBindgen,
    /// The bundler of the page.
    Trunk,
    /// The npm packages of `web/js`: the editor, esbuild, wasm-opt and what drives the browser.
    Packages,
    /// Chromium and ChromeDriver.
    Browser,
}

/// Everything, in the order of installation.
pub(crate) const ALL: &[Tool] = &[
    Tool::Target,
    Tool::WasmBindgen,
    Tool::Trunk,
    Tool::Packages,
    Tool::Browser,
];

/// What building the page needs.
pub(crate) const FOR_BUILD: &[Tool] =
    &[Tool::Target, Tool::WasmBindgen, Tool::Trunk, Tool::Packages];

/// Sees to it that the tools are there, one step for each.
pub(crate) fn ensure(project: &Project, tools: &[Tool], steps: &mut Steps) -> Result<()> {
    for tool in tools {
        let name = tool.name(project)?;
        if tool.is_there(project)? {
            steps.begin(&format!("{name}: there"));
            continue;
        }
        steps.begin(&format!(
            "Installing {name} ({} the first time)",
            tool.duration()
        ));
        tool.install(project)?;
        if !tool.is_there(project)? {
            return Err(Failure::new(format!(
                "{name} was installed but is still not found"
            )));
        }
    }
    Ok(())
}

/// Sees to it that the npm packages are there, and says so only if they have to be installed.
pub(crate) fn ensure_packages(project: &Project) -> Result<()> {
    if Tool::Packages.is_there(project)? {
        return Ok(());
    }
    println!("Installing {}", Tool::Packages.name(project)?);
    Tool::Packages.install(project)
}

impl Tool {
    fn name(self, project: &Project) -> Result<String> {
        Ok(match self {
            Self::Target => format!("the Rust target {WASM}"),
            Self::WasmBindgen => {
                format!("wasm-bindgen {}", project.locked_version("wasm-bindgen")?)
            }
            Self::Trunk => format!("Trunk {TRUNK}"),
            Self::Packages => "the npm packages of web/js".to_owned(),
            Self::Browser => "Chromium and ChromeDriver".to_owned(),
        })
    }

    fn duration(self) -> &'static str {
        match self {
            Self::Target | Self::Packages => "less than a minute",
            Self::WasmBindgen => "about 3 minutes",
            Self::Trunk => "about 4 minutes",
            Self::Browser => "about a minute",
        }
    }

    fn is_there(self, project: &Project) -> Result<bool> {
        match self {
            Self::Target => Ok(target_library(project).is_some_and(|path| path.is_dir())),
            Self::WasmBindgen => {
                let version = project.locked_version("wasm-bindgen")?;
                Ok(has_version(project, "wasm-bindgen", &version)?
                    && has_version(project, "wasm-bindgen-test-runner", &version)?)
            }
            Self::Trunk => has_version(project, "trunk", TRUNK),
            Self::Packages => Ok(packages_are_current(project)),
            Self::Browser => Ok(browser::find()?.is_some()),
        }
    }

    fn install(self, project: &Project) -> Result<()> {
        match self {
            Self::Target => add_target(project),
            Self::WasmBindgen => {
                let version = project.locked_version("wasm-bindgen")?;
                cargo_install(project, "wasm-bindgen-cli", &version, |cargo| cargo)
            }
            // Built without optimization: a bundler does not need it, and it takes a third of the time.
            Self::Trunk => cargo_install(project, "trunk", TRUNK, |cargo| {
                cargo
                    .args(["--no-default-features", "--features", "rustls"])
                    .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
                    .env("CARGO_PROFILE_RELEASE_LTO", "off")
                    .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            }),
            Self::Packages => install_packages(project),
            Self::Browser => browser::install(project),
        }
    }
}

/// Where the toolchain in use keeps its libraries for WebAssembly.
fn target_library(project: &Project) -> Option<PathBuf> {
    let sysroot = Run::new(project, "rustc")
        .ok()?
        .args(["--print", "sysroot"])
        .output()?;
    Some(
        PathBuf::from(sysroot)
            .join("lib/rustlib")
            .join(WASM)
            .join("lib"),
    )
}

fn add_target(project: &Project) -> Result<()> {
    if find_on(&project.search_path()?, "rustup").is_none() {
        return Err(Failure::new(format!(
            "the Rust toolchain in use has no target {WASM}, and there is no rustup to add it: install rustup, or add the target by the means that brought the toolchain"
        )));
    }
    Run::new(project, "rustup")?
        .args(["target", "add", WASM])
        .run()
}

/// Whether the program that would be run says that it is of this version.
fn has_version(project: &Project, program: &str, version: &str) -> Result<bool> {
    let said = Run::new(project, program)?.args(["--version"]).output();
    Ok(said.is_some_and(|text| text.split_whitespace().nth(1) == Some(version)))
}

/// Installs a program from the registry into the repository's tool folder.
fn cargo_install(
    project: &Project,
    name: &str,
    version: &str,
    configure: impl FnOnce(Run) -> Run,
) -> Result<()> {
    let tools = project.tools();
    if find_on(&project.search_path()?, "cargo-binstall").is_some() {
        let ready_made = Run::new(project, "cargo-binstall")?
            .args([
                "--no-confirm",
                "--disable-strategies",
                "compile",
                "--version",
                version,
                "--root",
            ])
            .args([tools.as_os_str()])
            .args([name])
            .run();
        match ready_made {
            Ok(()) => return Ok(()),
            Err(failure) => println!("{failure}\nBuilding {name} from source instead."),
        }
    }
    // A folder of its own keeps what an interrupted build has done.
    let scratch = tools.join("build");
    let cargo = Run::new(project, "cargo")?
        .args([
            "install",
            "--locked",
            name,
            "--version",
            &format!("={version}"),
            "--root",
        ])
        .args([tools.as_os_str()])
        .env("CARGO_TARGET_DIR", &scratch)
        .without_env("CARGO_BUILD_TARGET");
    configure(cargo).run()?;
    match fs::remove_dir_all(&scratch) {
        Err(error) if scratch.exists() => Err(Failure::file("remove", &scratch, &error)),
        _ => Ok(()),
    }
}

/// The packages are those of `package-lock.json` when a copy of that file lies beside them.
fn packages_are_current(project: &Project) -> bool {
    let installed = fs::read(project.js().join("node_modules/.installed-lock"));
    let wanted = fs::read(project.js().join("package-lock.json"));
    matches!((installed, wanted), (Ok(installed), Ok(wanted)) if installed == wanted)
}

fn install_packages(project: &Project) -> Result<()> {
    check_node(project)?;
    Run::new(project, "npm")?
        .args(["ci", "--no-audit", "--no-fund"])
        .in_dir(&project.js())
        .run()?;
    let stamp = project.js().join("node_modules/.installed-lock");
    fs::copy(project.js().join("package-lock.json"), &stamp)
        .map(|_| ())
        .map_err(|error| Failure::file("write", &stamp, &error))
}

fn check_node(project: &Project) -> Result<()> {
    let version = Run::new(project, "node")?.args(["--version"]).output();
    let major = version.as_deref().and_then(|text| {
        text.strip_prefix('v')?
            .split('.')
            .next()?
            .parse::<u32>()
            .ok()
    });
    match (major, version) {
        (Some(major), _) if major >= OLDEST_NODE => Ok(()),
        (_, Some(version)) => Err(Failure::new(format!(
            "Node.js {OLDEST_NODE} or newer is needed, found {version}: install it from nodejs.org or by your package manager"
        ))),
        (_, None) => Err(Failure::new(format!(
            "Node.js {OLDEST_NODE} or newer is needed and `node` is not on PATH: install it from nodejs.org or by your package manager"
        ))),
    }
}
