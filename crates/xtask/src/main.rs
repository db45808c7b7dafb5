//! What builds, serves and tests the page: `cargo xtask help` lists the commands.
//!
//! Everything that a command needs and that the machine does not have goes into `.tools` and
//! `web/js/node_modules` inside the repository, once.

mod browser;
mod build;
mod command;
mod failure;
mod hook;
mod project;
mod serve;
mod setup;
mod size;
mod steps;
mod test;

use std::process::ExitCode;

use crate::failure::{Failure, Result};
use crate::project::Project;

const HELP: &str = "\
Usage: cargo xtask <command>

  serve [--port <number>] [--open] [--release]
          Build the page, serve it on 127.0.0.1 and rebuild it when a file changes.
          The build is a quick, unoptimized one unless --release is given.
  build   Write the release page to dist/, ready for any static file server.
  size    Print what the files in dist/ weigh, and hold the first load against its budget.
  test [native] [types] [wasm] [e2e] [--no-build]
          Run every test, or the suites that are named. The end-to-end tests open the release
          page, which is built first unless --no-build is given.
  help    Print this.

Each command installs what it needs and does not find: the WebAssembly target, wasm-bindgen and
Trunk into .tools/, npm packages into web/js/node_modules/, and for `test` Chromium with its driver
by the system's package manager. Tools of the right version that are on PATH are used as they are.
CHROME and CHROMEDRIVER name a browser and its driver that stand somewhere else.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let (command, options) = match arguments.split_first() {
        Some((command, options)) => (command.as_str(), options),
        None => ("help", [].as_slice()),
    };
    let project = Project::find()?;
    match command {
        "serve" => serve::run(&project, &serve::Options::parse(options)?),
        "build" => no_options(command, options).and_then(|()| build::run(&project)),
        "size" => no_options(command, options).and_then(|()| size::run(&project)),
        "test" => test::run(&project, &test::Options::parse(options)?),
        "hook" => hook::run(&project, options),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(Failure::new(format!(
            "there is no command `{other}`\n\n{HELP}"
        ))),
    }
}

fn no_options(command: &str, options: &[String]) -> Result<()> {
    match options.first() {
        None => Ok(()),
        Some(option) => Err(Failure::new(format!(
            "`cargo xtask {command}` takes no options, found `{option}`"
        ))),
    }
}
