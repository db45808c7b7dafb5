//! The evaluator and its independent twin give one answer, over generated scenarios.
//!
//! The normal run takes a bounded number of scenarios. A longer one is
//!
//! ```text
//! TWIN_SCENARIOS=1000000 TWIN_SEED=1 cargo test --profile bench -p guardrail-tests --test twin the_evaluator -- --nocapture
//! ```
//!
//! which compares each row of each request of that many scenarios, from that seed on, and prints
//! the shares. A scenario on which the two differ is made small and written to a file; its seed is
//! printed, and `TWIN_SEED=<seed> TWIN_SCENARIOS=1` reproduces it. `TWIN_FILE=<path>` compares one scenario file.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test whose data cannot be read must fail, in its helpers too"
)]

#[path = "twin/compare.rs"]
mod compare;
#[path = "twin/dice.rs"]
mod dice;
#[path = "twin/generate/mod.rs"]
mod generate;
#[path = "twin/share.rs"]
mod share;
#[path = "twin/shrink.rs"]
mod shrink;
#[path = "twin/mod.rs"]
mod twin;
#[path = "twin/worked.rs"]
mod worked;

use std::collections::BTreeMap;
use std::path::Path;

use compare::Difference;
use compare::library;
use organization::Scenario;
use serde_json::Value;
use share::Shares;

/// Scenarios of the normal run, enough for every operator to occur.
const SCENARIOS: usize = 1_500;

/// Differences after which a worker stops.
const MOST_DIFFERENCES: usize = 500;

/// Differences of one sort that are made small and shown.
const SHOWN: usize = 3;

fn number(name: &str, otherwise: usize) -> usize {
    let text = std::env::var(name).ok();
    text.map_or(otherwise, |text| text.parse().expect("a number"))
}

fn read(file: &Value) -> Option<Scenario> {
    let loaded = organization::file::read(&file.to_string()).ok()?;
    Some(loaded.scenario)
}

fn differences(file: &Value, seed: u64) -> Vec<Difference> {
    let Some(scenario) = read(file) else {
        return Vec::new();
    };
    let library = library(&scenario);
    compare::scenario(&scenario, &library, seed).1
}

/// The scenario of a seed with its first difference, made small and written down.
fn report(seed: u64, difference: &Difference) -> String {
    let same = |file: &Value| {
        let found = differences(file, seed);
        found.iter().any(|other| other.rule == difference.rule)
    };
    let small = shrink::shrink(&generate::scenario(seed), &same);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("twin-{seed}.json"));
    let text = serde_json::to_string_pretty(&small).expect("it can be written");
    std::fs::write(&path, text).expect("the folder is there");
    let before = difference;
    let words = differences(&small, seed)
        .into_iter()
        .find(|other| other.rule == difference.rule);
    let difference = words.as_ref().unwrap_or(difference);
    format!(
        "seed {seed}, {} {:?}: {}: {}\n  {}\n  before it was made small: {}\n",
        difference.request,
        difference.account,
        difference.rule,
        difference.words,
        path.display(),
        before.words
    )
}

/// Compares the scenarios of one worker.
fn work(seeds: impl Iterator<Item = u64>) -> (Shares, Vec<(u64, Difference)>) {
    let mut shares = Shares::default();
    let mut found = Vec::new();
    for seed in seeds {
        if found.len() >= MOST_DIFFERENCES {
            break;
        }
        let file = generate::scenario(seed);
        let scenario = read(&file).unwrap_or_else(|| panic!("seed {seed} makes no scenario"));
        let library = library(&scenario);
        shares.operators(&scenario);
        let (agreed, differences) = compare::scenario(&scenario, &library, seed);
        for row in &agreed {
            shares.row(row);
        }
        found.extend(differences.into_iter().map(|difference| (seed, difference)));
    }
    (shares, found)
}

#[test]
fn the_evaluator_and_its_twin_agree() {
    if let Ok(path) = std::env::var("TWIN_FILE") {
        let text = std::fs::read_to_string(path).expect("the file is readable");
        let found = differences(&serde_json::from_str(&text).expect("it is JSON"), 1);
        assert!(found.is_empty(), "{found:#?}");
        return;
    }
    let scenarios = number("TWIN_SCENARIOS", SCENARIOS);
    let seed = number("TWIN_SEED", 1) as u64;
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let results: Vec<_> = std::thread::scope(|scope| {
        let started: Vec<_> = (0..workers)
            .map(|at| {
                let seeds = (seed..seed + scenarios as u64).skip(at).step_by(workers);
                scope.spawn(move || work(seeds))
            })
            .collect();
        started
            .into_iter()
            .map(|worker| worker.join().expect("it ends"))
            .collect()
    });
    let mut shares = Shares::default();
    let mut sorts: BTreeMap<&str, Vec<(u64, Difference)>> = BTreeMap::new();
    for (part, found) in results {
        shares.add(part);
        for (seed, difference) in found {
            sorts
                .entry(difference.rule)
                .or_default()
                .push((seed, difference));
        }
    }
    let mut report_text = String::new();
    for (rule, found) in &sorts {
        report_text.push_str(&format!("{rule}: {}\n", found.len()));
        for (seed, difference) in found.iter().take(SHOWN) {
            report_text.push_str(&report(*seed, difference));
        }
    }
    println!("from seed {seed}: {}", shares.table());
    assert!(report_text.is_empty(), "the two differ\n{report_text}");
    if scenarios >= SCENARIOS {
        let missing = shares.missing();
        assert!(
            missing.is_empty(),
            "the scenarios are too tame: {}",
            missing.join("; ")
        );
    }
}
