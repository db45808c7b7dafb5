//! What is found by trying must hold when it is done.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test whose data cannot be read must fail, in its helpers too"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use evaluator::Verdict;
use organization::{Edit, Scenario, SwitchedOff};
use playground::what_if::{Counter, Effect, Search, Way, applied, can_settle, settle};
use playground::{Analysis, Engine, Focus, Inline};
use policy::Kind;

/// Every scenario file of the repository.
fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = [
        "tests/scenarios",
        "tests/organizations",
        "crates/playground/examples",
    ];
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .collect();
    files.sort();
    files
}

fn load(path: &Path) -> Rc<Scenario> {
    let text = fs::read_to_string(path).unwrap();
    Rc::new(organization::file::read(&text).unwrap().scenario)
}

fn example(name: &str) -> Rc<Scenario> {
    let file = format!("{}/examples/{name}.json", env!("CARGO_MANIFEST_DIR"));
    load(Path::new(&file))
}

fn rows(scenario: &Scenario) -> Vec<Focus> {
    let analysis = Engine::new().analyze(scenario, None);
    let requests = analysis.requests.iter();
    requests
        .flat_map(|request| {
            request.rows.iter().map(|row| Focus {
                request: request.id.clone(),
                account: row.account.clone(),
            })
        })
        .collect()
}

fn analyze(scenario: &Scenario, focus: &Focus) -> Rc<Analysis> {
    Rc::new(Engine::new().analyze(scenario, Some(focus)))
}

fn ways(scenario: &Rc<Scenario>, focus: &Focus) -> Vec<Way> {
    let mut search = Search::new(scenario.clone(), analyze(scenario, focus), focus.clone());
    while search.step() {}
    search.ways().cloned().collect()
}

fn focus(request: &str) -> Focus {
    Focus {
        request: request.into(),
        account: None,
    }
}

fn said(way: &Way) -> String {
    let mut said = String::new();
    for piece in &way.words {
        match piece {
            Inline::Text(text) | Inline::Strong(text) => said.push_str(text),
            Inline::Code(text) | Inline::Mark(text) => said.push_str(&format!("`{text}`")),
        }
    }
    said
}

/// The verdicts of all rows, in order.
fn verdicts(scenario: &Scenario) -> Vec<(Focus, Verdict)> {
    let analysis = Engine::new().analyze(scenario, None);
    let rows = analysis.requests.iter().flat_map(|request| {
        request.rows.iter().map(|row| {
            let focus = Focus {
                request: request.id.clone(),
                account: row.account.clone(),
            };
            (focus, row.verdict)
        })
    });
    rows.collect()
}

/// What differs, counted in one go.
fn counted(before: &Scenario, after: &Scenario, without: Option<&Focus>) -> Effect {
    let after = verdicts(after);
    let mut effect = Effect::default();
    for (row, verdict) in verdicts(before) {
        if Some(&row) == without {
            continue;
        }
        effect.of += 1;
        let (_, now) = after.iter().find(|(it, _)| *it == row).unwrap();
        effect.changed += usize::from(*now != verdict);
        effect.allowed += usize::from(*now != verdict && *now == Verdict::Allow);
        effect.denied += usize::from(*now != verdict && verdict == Verdict::Allow);
    }
    effect
}

#[test]
fn every_way_does_what_it_says() {
    let mut found = 0;
    for (at, file) in files().iter().enumerate() {
        let scenario = load(file);
        // A few rows of each file, others of each.
        for row in rows(&scenario).iter().skip(at % 5).step_by(5) {
            let before = analyze(&scenario, row).trace.clone().unwrap().verdict;
            for way in ways(&scenario, row) {
                let name = format!("{} {row:?}: {}", file.display(), said(&way));
                let after = applied(&scenario, &way.edits).expect(&name);
                let verdict = analyze(&after, row).trace.clone().unwrap().verdict;
                assert_eq!(verdict, way.verdict, "{name}");
                assert_ne!(
                    verdict == Verdict::Allow,
                    before == Verdict::Allow,
                    "{name}"
                );
                assert_eq!(way.others, counted(&scenario, &after, Some(row)), "{name}");
                found += 1;
            }
        }
    }
    assert!(found > 200, "only {found} ways");
}

#[test]
fn every_case_that_can_be_settled_gives_its_verdict() {
    let (mut settled, mut open) = (0, 0);
    for file in files() {
        let scenario = load(&file);
        for row in rows(&scenario) {
            let analysis = analyze(&scenario, &row);
            let trace = analysis.trace.as_ref().unwrap();
            for (at, branch) in trace.branches.iter().enumerate() {
                if !can_settle(&scenario, &row, trace, at) {
                    open += 1;
                    continue;
                }
                let name = format!("{} {row:?}: {:?}", file.display(), branch.case);
                let edit = settle(&scenario, &row, trace, at).expect(&name);
                let after = scenario.apply(edit).expect(&name).scenario;
                let now = analyze(&after, &row).trace.clone().unwrap().verdict;
                assert_eq!(now, branch.verdict, "{name}");
                settled += 1;
            }
        }
    }
    assert!(settled > 60, "{settled} cases settled, {open} not");
}

#[test]
fn a_switch_is_counted_before_it_is_pressed() {
    let scenario = example("full-access-taken-away");
    let switch = |parts: Vec<SwitchedOff>| Edit::Switch { parts, off: true };
    let node = scenario
        .organization
        .as_ref()
        .map(|it| it.root.id.clone())
        .unwrap();
    let attachment = SwitchedOff::Attachment {
        policy: "FullAWSAccess".into(),
        node,
    };
    for parts in [
        vec![SwitchedOff::Kind(Kind::Scp)],
        vec![SwitchedOff::Kind(Kind::Identity)],
        vec![attachment],
    ] {
        let after = applied(&scenario, &[switch(parts.clone())]).unwrap();
        let before = Rc::new(Engine::new().analyze(&scenario, None));
        let mut counter = Counter::new(before, after.clone(), None);
        let mut engine = Engine::new();
        while counter.step(&mut engine) {}
        assert_eq!(
            counter.effect(),
            counted(&scenario, &after, None),
            "{parts:?}"
        );
    }
}

#[test]
fn what_the_request_can_do_comes_before_what_weakens_a_guardrail() {
    let scenario = example("region-guardrail");
    let said: Vec<String> = ways(&scenario, &focus("shop-virginia"))
        .iter()
        .map(said)
        .collect();
    assert_eq!(
        said.first().map(String::as_str),
        Some("Call region `eu-central-1`"),
        "{said:#?}"
    );
    assert_eq!(
        said.last().map(String::as_str),
        Some("Detach SCP Region guardrail from OU Workloads"),
        "{said:#?}"
    );
}

#[test]
fn another_region_is_another_arn_too() {
    let scenario = example("region-guardrail");
    let way = ways(&scenario, &focus("shop-virginia")).remove(0);
    let after = applied(&scenario, &way.edits).unwrap();
    let request = after.request("shop-virginia").unwrap();
    assert_eq!(request.region.as_deref(), Some("eu-central-1"));
    assert!(
        request.resources[0].arn.contains(":eu-central-1:"),
        "{}",
        request.resources[0].arn
    );
    assert_eq!(way.label(), "call region eu-central-1");
}

#[test]
fn detaching_a_guardrail_says_what_else_it_allows() {
    let scenario = example("protect-the-trail");
    let ways = ways(&scenario, &focus("shop-stop"));
    let detach = ways
        .iter()
        .find(|way| said(way) == "Detach SCP Protect the trail from the root")
        .unwrap();
    assert!(detach.others.allowed > 0, "{:?}", detach.others);
}

#[test]
fn mfa_is_offered_where_it_decides() {
    let scenario = example("mfa-or-nothing");
    let said: Vec<String> = ways(&scenario, &focus("bool-without"))
        .iter()
        .map(said)
        .collect();
    assert!(said.contains(&"Sign in with MFA".to_owned()), "{said:#?}");
}

#[test]
fn nothing_is_tried_for_what_depends() {
    let scenario = example("region-guardrail");
    assert_eq!(ways(&scenario, &focus("no-region")), []);
}
