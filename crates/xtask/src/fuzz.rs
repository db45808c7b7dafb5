//! `cargo xtask fuzz`: looks for inputs that break what `guardrail-fuzz` promises of every text.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::command::Run;
use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::steps::Steps;

const TARGETS: [&str; 4] = ["policy", "scenario", "link", "glob"];
const PROFILE: &str = "fuzz";
const DEFAULT_SECONDS: u32 = 60;

/// Makes the compiler count branches and report comparisons, as libFuzzer needs it to get anywhere.
/// The stable compiler takes these; only the sanitizers need a nightly one.
const INSTRUMENTED: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares \
    --cfg fuzzing --check-cfg cfg(fuzzing)";

/// What an input may cost: a promise too. Seconds, MiB and bytes.
const LIMITS: [&str; 3] = ["-timeout=10", "-rss_limit_mb=1024", "-max_len=16384"];

/// How lines begin that are about the search and not about what was found.
const NOISE: [&str; 6] = [
    "INFO:",
    "WARNING: Failed to find function",
    "stat::",
    "#",
    "\"",
    "NEW_FUNC",
];

/// What may be asked of the command.
pub(crate) struct Options {
    targets: Vec<&'static str>,
    seconds: u32,
    replay: Option<PathBuf>,
}

impl Options {
    pub(crate) fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self {
            targets: Vec::new(),
            seconds: DEFAULT_SECONDS,
            replay: None,
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let known = TARGETS.into_iter().find(|target| target == argument);
            match (known, argument.as_str()) {
                (Some(target), _) => options.targets.push(target),
                (None, "--seconds") => {
                    options.seconds = arguments
                        .next()
                        .and_then(|number| number.parse().ok())
                        .filter(|seconds| *seconds > 0)
                        .ok_or_else(|| Failure::new("`--seconds` needs a number above zero"))?;
                }
                (None, "--replay") => {
                    let file = arguments
                        .next()
                        .ok_or_else(|| Failure::new("`--replay` needs a file"))?;
                    options.replay = Some(PathBuf::from(file));
                }
                (None, other) => {
                    return Err(Failure::new(format!(
                        "`fuzz` does not know `{other}`: the targets are {}",
                        TARGETS.join(", ")
                    )));
                }
            }
        }
        if options.replay.is_some() && options.targets.len() != 1 {
            return Err(Failure::new(
                "`--replay` needs the one target that the input belongs to",
            ));
        }
        if options.targets.is_empty() {
            options.targets.extend(TARGETS);
        }
        Ok(options)
    }
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    if let Some(input) = &options.replay {
        // Programs run in the root of the repository, wherever the command was typed.
        let input =
            fs::canonicalize(input).map_err(|error| Failure::file("read", input, &error))?;
        let mut steps = Steps::new(2);
        let folder = build(project, &options.targets, &mut steps)?;
        for target in &options.targets {
            steps.begin(&format!("Running {target} with {}", input.display()));
            Run::new(project, folder.join(target))?
                .args([&input])
                .run()?;
        }
        return Ok(());
    }
    let mut steps = Steps::new(options.targets.len() + 2);
    let folder = build(project, &options.targets, &mut steps)?;
    steps.begin("Collecting what to begin with");
    let seeds = project.target().join("fuzz-seeds");
    Run::new(project, "cargo")?
        .args([
            "run",
            "--quiet",
            "--package",
            "guardrail-fuzz",
            "--bin",
            "seeds",
            "--",
        ])
        .args([&seeds])
        .run()?;
    for target in &options.targets {
        steps.begin(&format!("Fuzzing {target} for {} s", options.seconds));
        fuzz(
            project,
            &folder,
            target,
            &seeds.join(target),
            options.seconds,
        )?;
    }
    Ok(())
}

/// Builds the targets, and gives the folder that they are in.
fn build(project: &Project, targets: &[&str], steps: &mut Steps) -> Result<PathBuf> {
    steps.begin("Building the targets (a minute the first time)");
    // Named, so that build scripts and procedural macros do not get the flags.
    let host = Run::new(project, "rustc")?
        .args(["--print", "host-tuple"])
        .output()
        .ok_or_else(|| Failure::new("`rustc --print host-tuple` does not name this machine"))?;
    let bins = targets.iter().flat_map(|target| ["--bin", target]);
    Run::new(project, "cargo")?
        .args([
            "build",
            "--quiet",
            "--package",
            "guardrail-fuzz",
            "--features",
            "engine",
        ])
        .args(["--profile", PROFILE, "--target", &host, "--target-dir"])
        .args([project.target()])
        .args(bins)
        .env("RUSTFLAGS", INSTRUMENTED)
        .without_env("CARGO_ENCODED_RUSTFLAGS")
        .run()?;
    Ok(project.target().join(host).join(PROFILE))
}

fn fuzz(
    project: &Project,
    programs: &Path,
    target: &str,
    seeds: &Path,
    seconds: u32,
) -> Result<()> {
    let made = |folder: &str| {
        let path = project.target().join(folder).join(target);
        fs::create_dir_all(&path).map_err(|error| Failure::file("make", &path, &error))?;
        Ok(path)
    };
    // What earlier runs found interesting is kept and begun with.
    let corpus = made("fuzz-corpus")?;
    let crashes = made("fuzz-crashes")?;
    let before = files(&crashes);
    let program = programs.join(target);
    let mut command = Command::new(&program);
    command
        .current_dir(project.root())
        .args(LIMITS)
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-artifact_prefix={}/", crashes.display()))
        .args(["-verbosity=0", "-print_final_stats=1", "-print_funcs=0"])
        .args([corpus.as_path(), seeds]);
    let (success, inputs) =
        watch(command).map_err(|error| Failure::file("run", &program, &error))?;
    if success {
        println!("  {inputs} inputs, no promise broken");
        return Ok(());
    }
    let input = files(&crashes)
        .into_iter()
        .find(|file| !before.contains(file));
    Err(Failure::new(match input {
        Some(input) => format!(
            "{target} has an input that breaks a promise, said above; run it once more with:\n  cargo xtask fuzz {target} --replay {}",
            input.display()
        ),
        None => format!("{target} has failed, and left no input behind"),
    }))
}

/// Runs a target and passes on what it says about a broken promise; whether it succeeded, and how
/// many inputs it tried.
fn watch(mut command: Command) -> io::Result<(bool, usize)> {
    let mut child = command.stderr(Stdio::piped()).spawn()?;
    let mut inputs = 0;
    if let Some(said) = child.stderr.take() {
        for line in BufReader::new(said).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            if let Some(count) = line.strip_prefix("stat::number_of_executed_units:") {
                inputs = count.trim().parse().unwrap_or(0);
            } else if !NOISE.iter().any(|start| line.starts_with(start)) {
                eprintln!("{line}");
            }
        }
    }
    Ok((child.wait()?.success(), inputs))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options> {
        let arguments: Vec<String> = arguments.iter().map(|text| (*text).to_owned()).collect();
        Options::parse(&arguments)
    }

    #[test]
    fn all_targets_are_fuzzed_unless_some_are_named() {
        assert_eq!(parse(&[]).unwrap().targets, TARGETS);
        let options = parse(&["link", "glob", "--seconds", "5"]).unwrap();
        assert_eq!(
            (options.targets.as_slice(), options.seconds),
            (&["link", "glob"][..], 5)
        );
        assert!(parse(&["page"]).is_err());
        assert!(parse(&["--seconds", "0"]).is_err());
    }

    #[test]
    fn an_input_is_replayed_by_its_own_target() {
        assert!(parse(&["link", "--replay", "x"]).unwrap().replay.is_some());
        assert!(parse(&["--replay", "x"]).is_err());
        assert!(parse(&["link", "--replay"]).is_err());
    }
}
