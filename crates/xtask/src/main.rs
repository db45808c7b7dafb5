//! What builds, serves and tests the page: `cargo xtask help` lists the commands.
//!
//! Everything that a command needs and that the machine does not have goes into `.tools` and
//! `web/js/node_modules` inside the repository, once.

mod browser;
mod build;
mod command;
mod embed;
mod failure;
mod first;
mod fuzz;
mod hook;
mod npm;
mod project;
mod serve;
mod setup;
mod shrink;
mod size;
mod split;
mod steps;
mod test;
mod traps;

use std::process::ExitCode;

use crate::failure::{Failure, Result};
use crate::project::Project;

const HELP: &str = "\
Usage: cargo xtask <command>

  serve [--port <number>] [--open] [--release]
          Build the page, serve it on 127.0.0.1 and rebuild it when a file changes.
          The build is a quick, unoptimized one unless --release is given.
  build   Write the release page to dist/, ready for any static file server.
  npm     Write the JavaScript package to target/npm/, for browsers, bundlers and Node.js.
  first   Write web/first.txt, by which `build` splits the app: what the first uses of the page run.
          After changes to what they run, and whenever `size` finds the first load too heavy.
  size    Print what the files in dist/ weigh, and hold the first load against its budget.
  test [native] [types] [wasm] [npm] [e2e] [--no-build]
          Run every test, or the suites that are named. The package and the end-to-end tests take
          what `npm` and `build` write, which is built first unless --no-build is given.
  fuzz [policy] [scenario] [link] [glob] [--seconds <number>] [--replay <file>]
          Search for texts that break a promise, a minute for each target unless said otherwise.
          An input that does is kept in target/fuzz-crashes/; --replay runs it once more.
  traps [cases] [twin] [units] [<id>]...
          Seed known mistakes into a copy of the evaluator, one at a time (tests/traps.txt), and tell
          which tests catch each of them.
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
        "npm" => no_options(command, options).and_then(|()| npm::run(&project)),
        "first" => no_options(command, options).and_then(|()| first::run(&project)),
        "size" => no_options(command, options).and_then(|()| size::run(&project)),
        "test" => test::run(&project, &test::Options::parse(options)?),
        "fuzz" => fuzz::run(&project, &fuzz::Options::parse(options)?),
        "traps" => traps::run(&project, options),
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
