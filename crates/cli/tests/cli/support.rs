//! Runs the built program.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// The built program.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_guardrail");

/// What the program printed, and its exit code.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) code: i32,
}

impl Run {
    /// What was printed, as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Asserts that all of these stand in what was printed.
    pub(crate) fn prints(&self, parts: &[&str]) -> &Self {
        for part in parts {
            assert!(self.out.contains(part), "no `{part}` in\n{}", self.out);
        }
        self
    }

    /// Asserts that all of these stand among the errors.
    pub(crate) fn complains(&self, parts: &[&str]) -> &Self {
        for part in parts {
            assert!(self.err.contains(part), "no `{part}` in\n{}", self.err);
        }
        self
    }

    /// Asserts the exit code.
    pub(crate) fn exits(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "{self:?}");
        self
    }
}

/// Runs the program in the root of the repository, with nothing to read.
pub(crate) fn run<S: AsRef<OsStr>>(args: &[S]) -> Run {
    run_with(args, "")
}

/// The same with a standard input.
pub(crate) fn run_with<S: AsRef<OsStr>>(args: &[S], input: &str) -> Run {
    let mut command = Command::new(PROGRAM);
    command.args(args).current_dir(repository());
    finish(command, input)
}

/// Runs a command that was made ready.
pub(crate) fn finish(mut command: Command, input: &str) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that reads nothing may be gone already.
    let _ = (child.stdin.take().expect("a pipe")).write_all(input.as_bytes());
    let output = child.wait_with_output().expect("the program ends");
    Run {
        out: String::from_utf8(output.stdout).expect("text"),
        err: String::from_utf8(output.stderr).expect("text"),
        code: output.status.code().expect("an exit code"),
    }
}

/// The root of the repository.
pub(crate) fn repository() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.join("../..").canonicalize().expect("the repository")
}

/// The text of a built-in example.
pub(crate) fn example(id: &str) -> String {
    let path = repository().join(format!("crates/playground/examples/{id}.json"));
    fs::read_to_string(path).expect("the example")
}

/// An empty folder of its own for one test.
pub(crate) fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Writes a file, with the folders above it, and gives its path.
pub(crate) fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, text).expect("a file");
    path.to_str().expect("text").to_owned()
}

/// A scenario with one account, one policy and one request; `expect` is empty, or begins with a
/// comma.
pub(crate) fn small(policy: &str, expect: &str) -> String {
    format!(
        r#"{{
  "version": 1,
  "title": "Small",
  "externalAccounts": [{{ "id": "222222222222", "name": "Solo" }}],
  "policies": [
    {{ "id": "p", "name": "Read", "kind": "identity", "document": {policy} }}
  ],
  "principals": [
    {{ "id": "ann", "type": "user", "account": "222222222222", "name": "ann", "policies": ["p"] }}
  ],
  "requests": [
    {{ "id": "get", "name": "Ann reads", "principal": {{ "type": "user", "id": "ann" }},
      "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "resourceAccount": "222222222222"{expect} }}
  ]
}}
"#
    )
}

/// The policy of a small scenario.
pub(crate) const READ: &str = r#"{ "Version": "2012-10-17", "Statement": [{ "Sid": "Read", "Effect": "Allow", "Action": "s3:Get*", "Resource": "*" }] }"#;
