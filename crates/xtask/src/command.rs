//! Runs other programs: what they print is visible as it comes, and a failure names the command.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::failure::{Failure, Result};
use crate::project::Project;

/// A program with its arguments, run in the repository with the repository's tools on `PATH`.
pub(crate) struct Run {
    command: Command,
    shown: String,
}

impl Run {
    pub(crate) fn new(project: &Project, program: impl AsRef<OsStr>) -> Result<Self> {
        let program = program.as_ref();
        let path = project.search_path()?;
        let mut command = Command::new(resolve(program, &path));
        command.current_dir(project.root()).env("PATH", path);
        Ok(Self {
            command,
            shown: program.to_string_lossy().into_owned(),
        })
    }

    pub(crate) fn args<S: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = S>) -> Self {
        for argument in arguments {
            let argument = argument.as_ref();
            self.shown.push(' ');
            self.shown.push_str(&argument.to_string_lossy());
            self.command.arg(argument);
        }
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    pub(crate) fn in_dir(mut self, dir: &Path) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// Runs it to its end. Fails unless it succeeds.
    pub(crate) fn run(mut self) -> Result<()> {
        let status = self
            .command
            .status()
            .map_err(|error| self.not_started(&error))?;
        self.check(status.success(), &status.to_string())
    }

    /// Starts it and leaves it running.
    pub(crate) fn start(mut self) -> Result<Child> {
        self.command
            .spawn()
            .map_err(|error| self.not_started(&error))
    }

    /// Runs it to its end, prints each line as it comes and hands it to `observe` too. Says whether
    /// the program succeeded.
    pub(crate) fn watch(mut self, mut observe: impl FnMut(&str)) -> Result<bool> {
        let mut child = self
            .command
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| self.not_started(&error))?;
        if let Some(output) = child.stdout.take() {
            for line in BufReader::new(output).split(b'\n') {
                let line = line.map_err(|error| self.not_started(&error))?;
                let line = String::from_utf8_lossy(&line);
                println!("{line}");
                observe(&line);
            }
        }
        let status = child.wait().map_err(|error| self.not_started(&error))?;
        Ok(status.success())
    }

    /// What it prints, if it can be run and succeeds; nothing is shown.
    pub(crate) fn output(mut self) -> Option<String> {
        let output = self.command.stderr(Stdio::null()).output().ok()?;
        output
            .status
            .success()
            .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    fn check(&self, success: bool, status: &str) -> Result<()> {
        if success {
            Ok(())
        } else {
            Err(Failure::new(format!(
                "this command failed ({status}):\n  {}",
                self.shown
            )))
        }
    }

    fn not_started(&self, error: &std::io::Error) -> Failure {
        Failure::new(format!(
            "this command could not be run ({error}):\n  {}",
            self.shown
        ))
    }
}

/// The first program of that name on a search path.
pub(crate) fn find_on(path: &OsStr, name: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) {
        &[".exe", ".cmd", ".bat"]
    } else {
        &[""]
    };
    std::env::split_paths(path)
        .flat_map(|dir| {
            endings
                .iter()
                .map(move |ending| dir.join(format!("{name}{ending}")))
        })
        .find(|candidate| candidate.is_file())
}

/// A bare name is looked up on the search path that the program will get, not on our own.
fn resolve(program: &OsStr, path: &OsStr) -> OsString {
    program
        .to_str()
        .filter(|name| !name.contains(['/', '\\']))
        .and_then(|name| find_on(path, name))
        .map_or_else(|| program.to_owned(), PathBuf::into_os_string)
}
