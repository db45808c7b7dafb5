//! The rule book: what scenarios and code cite is in it, and what is in it is shown by a scenario.
//! Rules that can be switched or that have a date are tried in every position and on their days.

#![allow(
    clippy::expect_used,
    reason = "a test whose data cannot be read must fail, in its helpers too"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::rc::Rc;

use evaluator::Verdict;
use guardrail_tests::{ScenarioFile, defined_rules, is_verdict, repository, source_files};
use organization::{RequestId, Scenario};
use playground::Engine;

/// The series of rules that can decide a verdict. The others, `ORG`, `Q` and `OPEN`, say what an
/// organization is, how large things may be, and what is not known.
const DECIDING: &[&str] = &[
    "ACT", "ALG", "ARN", "BIN", "BOOL", "COND", "DATE", "EVAL", "GCI", "GRAM", "IP", "K", "KEY",
    "KMS", "NULL", "NUM", "PRIN", "PT", "RB", "RCP", "RES", "SCP", "SET", "STR", "TR", "VAR",
    "VPCE", "X",
];

/// Rules that no verdict shows, each with the reason.
const NOT_SHOWN: &[(&str, &str)] = &[
    ("ALG-1", "sums up SCP-20 to SCP-31 and RCP-1 to RCP-12"),
    ("ALG-2", "sums up EVAL-9 and PT-4"),
    (
        "GCI-5",
        "access control lists and Block Public Access are not modelled",
    ),
    ("GCI-6", "about the words of AWS's messages"),
    ("KEY-1", "a finding of the editor, tested in crates/policy"),
    ("RES-5", "a finding of the editor, tested in crates/policy"),
    ("SCP-9", "about AWS's own simulator"),
    ("SCP-27", "these tasks are not modelled"),
    (
        "TR-6",
        "principals that were deleted and made again are not modelled",
    ),
    ("TR-10", "changes nothing in what is authorised"),
    (
        "VPCE-3",
        "about what AWS refuses to save for some endpoints, which the scenario does not tell apart",
    ),
    (
        "X-8",
        "shares and other mechanisms of services are not modelled",
    ),
];

fn book() -> BTreeSet<String> {
    let text = std::fs::read_to_string(repository().join("docs/semantics.md"))
        .expect("the rule book is readable");
    defined_rules(&text)
}

fn scenarios() -> Vec<ScenarioFile> {
    ScenarioFile::folder(&repository().join("tests/scenarios")).expect("the scenarios are readable")
}

/// The rules that the scenarios cite, each with the first request that does.
fn cited() -> BTreeMap<String, String> {
    let mut cited = BTreeMap::new();
    for folder in ["tests/scenarios", "tests/organizations"] {
        let files = ScenarioFile::folder(&repository().join(folder)).expect("it is readable");
        for file in files {
            for request in &file.scenario.requests {
                let case = file.case(&request.id);
                for rule in case.map(|case| case.rules).unwrap_or_default() {
                    cited
                        .entry(rule)
                        .or_insert_with(|| format!("{} {}", file.name, request.id));
                }
            }
        }
    }
    cited
}

#[test]
fn every_rule_that_a_scenario_cites_is_in_the_rule_book() {
    let book = book();
    let unknown: Vec<_> = cited()
        .into_iter()
        .filter(|(rule, _)| !book.contains(rule))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn every_rule_that_decides_is_shown_by_a_scenario_or_says_why_not() {
    let cited = cited();
    let excused: BTreeMap<&str, &str> = NOT_SHOWN.iter().copied().collect();
    let deciding = |rule: &&String| {
        rule.split_once('-')
            .is_some_and(|(series, _)| DECIDING.contains(&series))
    };
    let book = book();
    let rules: Vec<&String> = book.iter().filter(deciding).collect();
    let missing: Vec<_> = (rules.iter().copied())
        .filter(|rule| !cited.contains_key(*rule) && !excused.contains_key(rule.as_str()))
        .collect();
    for rule in rules.iter().filter(|rule| !cited.contains_key(**rule)) {
        let reason = excused.get(rule.as_str()).unwrap_or(&"no case");
        println!("{rule}: {reason}");
    }
    assert!(missing.is_empty(), "no case cites {missing:?}");
    let needless: Vec<_> = excused
        .keys()
        .filter(|rule| cited.contains_key(**rule))
        .collect();
    assert!(needless.is_empty(), "cited after all: {needless:?}");
}

#[test]
fn every_rule_that_the_code_cites_is_in_the_rule_book() {
    let rules = book();
    let series: BTreeSet<&str> = (rules.iter())
        .filter_map(|rule| rule.split_once('-').map(|(series, _)| series))
        .collect();
    let mut cited = 0;
    for path in source_files(&repository().join("crates")).expect("the sources are readable") {
        let text = std::fs::read_to_string(&path).expect("the source is readable");
        for word in text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-') {
            let is_rule = word.split_once('-').is_some_and(|(name, number)| {
                series.contains(name) && !number.is_empty() && number.parse::<u16>().is_ok()
            });
            if is_rule {
                cited += 1;
                assert!(rules.contains(word), "{}: {word}", path.display());
            }
        }
    }
    assert!(cited > 100, "only {cited} citations were found");
}

/// The verdicts of all requests of a scenario.
fn verdicts(scenario: &Scenario) -> BTreeMap<RequestId, Option<Verdict>> {
    let analysis = Engine::new().analyze(scenario, None);
    (analysis.requests.iter())
        .map(|view| (view.id.clone(), view.verdict))
        .collect()
}

#[test]
fn each_switch_of_the_rules_turns_its_own_cases_and_no_others() {
    let files = scenarios();
    let file = files
        .iter()
        .find(|file| file.name == "open-questions")
        .expect("the file of the switches is there");
    let unset = verdicts(&file.scenario);
    let switches: BTreeSet<String> = (file.scenario.requests.iter())
        .filter_map(|request| file.case(&request.id)?.switch)
        .map(|(name, _)| name)
        .collect();
    assert_eq!(switches.len(), 9);
    let mut report = String::new();
    for name in &switches {
        for value in [true, false] {
            let mut scenario = file.scenario.clone();
            Rc::make_mut(&mut scenario.settings)
                .rules
                .insert(name.clone(), value);
            let by_default = value != (name == "shortArnsFilledUp");
            let found = verdicts(&scenario);
            for (id, before) in &unset {
                let case = file.case(id).expect("every request has a case");
                let turned = (case.switch.as_ref())
                    .filter(|(switch, _)| switch == name && !by_default)
                    .map(|(_, otherwise)| otherwise);
                let verdict = found.get(id).copied().flatten();
                let as_expected = match turned {
                    Some(word) => verdict.is_some_and(|verdict| is_verdict(word, verdict)),
                    None => verdict == *before,
                };
                if !as_expected {
                    let _ = writeln!(report, "{name} {value}: {id} is {verdict:?}");
                }
            }
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn dated_rules_count_from_their_day() {
    let mut tried = 0;
    let mut report = String::new();
    for file in scenarios() {
        for request in &file.scenario.requests {
            let days = file.case(&request.id).map(|case| case.on);
            for (day, expected) in days.unwrap_or_default() {
                tried += 1;
                let mut scenario = file.scenario.clone();
                Rc::make_mut(&mut scenario.settings).as_of = Some(day.clone());
                let verdict = verdicts(&scenario).remove(&request.id).flatten();
                if !verdict.is_some_and(|verdict| is_verdict(&expected, verdict)) {
                    let _ = writeln!(
                        report,
                        "{} {} on {day}: expected {expected}, found {verdict:?}",
                        file.name, request.id
                    );
                }
            }
        }
    }
    assert!(tried > 10, "only {tried} days were tried");
    assert!(report.is_empty(), "{report}");
}
