//! Where things are in the repository.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};

/// The repository, and the paths in it that the commands share.
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// The repository that this program was built from.
    pub(crate) fn find() -> Result<Self> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest.ancestors().nth(2).ok_or_else(|| {
            Failure::new(format!(
                "{} is not inside the repository",
                manifest.display()
            ))
        })?;
        Ok(Self {
            root: root.to_path_buf(),
        })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Tools that were installed for this repository alone.
    pub(crate) fn tools(&self) -> PathBuf {
        self.root.join(".tools")
    }

    /// The npm package of the editor, which also brings what builds and tests the page.
    pub(crate) fn js(&self) -> PathBuf {
        self.root.join("web/js")
    }

    /// What the first uses of the page run.
    pub(crate) fn first(&self) -> PathBuf {
        self.root.join("web/first.txt")
    }

    /// The release page.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Things that can be made again.
    pub(crate) fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// `PATH` with the repository's own tools first.
    pub(crate) fn search_path(&self) -> Result<OsString> {
        let own = [
            self.tools().join("bin"),
            self.js().join("node_modules/.bin"),
        ];
        let inherited = env::var_os("PATH").unwrap_or_default();
        env::join_paths(own.into_iter().chain(env::split_paths(&inherited))).map_err(|error| {
            Failure::new(format!(
                "the repository's path cannot be part of PATH: {error}"
            ))
        })
    }

    /// The version of a crate that `Cargo.lock` settled on. The wasm-bindgen command must be of
    /// exactly the library's version.
    pub(crate) fn locked_version(&self, name: &str) -> Result<String> {
        let path = self.root.join("Cargo.lock");
        let lock =
            fs::read_to_string(&path).map_err(|error| Failure::file("read", &path, &error))?;
        let wanted = format!("name = \"{name}\"");
        lock.lines()
            .skip_while(|line| *line != wanted)
            .nth(1)
            .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
            .map(str::to_owned)
            .ok_or_else(|| Failure::new(format!("Cargo.lock names no version of {name}")))
    }
}
