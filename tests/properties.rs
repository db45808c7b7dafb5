//! What must hold of every scenario: generated organizations, policies and requests.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test whose data cannot be read must fail, in its helpers too"
)]

#[path = "properties/changes.rs"]
mod changes;
#[path = "properties/generate.rs"]
mod generate;
#[path = "properties/stating.rs"]
mod stating;

use std::rc::Rc;

use changes::{edit, in_capitals};
use evaluator::{Answer, Decision, Outcome, Prepared, UnknownThing, Verdict, World};
use generate::{ACCOUNTS, Dice, file, read, statement};
use guardrail_tests::library;
use organization::{Edit, Request, Scenario};
use playground::{Analysis, Engine, Focus};
use policy::Kind;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use stating::{state_branch, state_everything};

fn dice() -> impl Strategy<Value = Vec<u16>> {
    vec(any::<u16>(), 0..700)
}

fn prepare(scenario: &Scenario, request: &Request) -> Prepared {
    let tree = scenario
        .organization
        .as_ref()
        .map(organization::Organization::index);
    let library = library(scenario);
    let world = World {
        scenario,
        tree: tree.as_ref(),
        library: &library,
    };
    let account = ACCOUNTS[1].into();
    evaluator::prepare(&world, request, Some(&account)).expect("it can be prepared")
}

fn answer(scenario: &Scenario, request: &Request) -> Answer {
    prepare(scenario, request).answer()
}

fn is_certain(verdict: Verdict) -> bool {
    matches!(
        verdict,
        Verdict::Allow | Verdict::ExplicitDeny | Verdict::ImplicitDeny
    )
}

/// An analysis without the count of what was worked out.
fn without_count(mut analysis: Analysis) -> Analysis {
    analysis.evaluated = 0;
    analysis
}

fn verdicts(scenario: &Scenario) -> Vec<Vec<Verdict>> {
    let analysis = Engine::new().analyze(scenario, None);
    let rows = analysis.requests.iter();
    rows.map(|request| request.rows.iter().map(|row| row.verdict).collect())
        .collect()
}

fn add_statement(scenario: &Scenario, policy: &str, statement: Value) -> Scenario {
    let text = &scenario
        .policies
        .iter()
        .find(|own| own.id.as_str() == policy)
        .unwrap()
        .text;
    let mut document: Value = serde_json::from_str(text).unwrap();
    document["Statement"]
        .as_array_mut()
        .unwrap()
        .push(statement);
    let text = document.to_string().into();
    let edit = Edit::SetPolicyText {
        policy: policy.into(),
        text,
    };
    scenario.apply(edit).unwrap().scenario
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn deciding_answering_and_explaining_agree(numbers in dice()) {
        let scenario = read(&file(&mut Dice::new(numbers)));
        for request in &scenario.requests {
            let prepared = prepare(&scenario, request);
            let explanation = prepared.explain();
            let answer = prepared.answer();
            prop_assert_eq!(&explanation.answer, &answer);
            if let Decision::Verdict(verdict) = prepared.decide() {
                prop_assert_eq!(verdict, answer.verdict);
            }
            let outcomes: Vec<Outcome> = explanation.resources.iter().flat_map(|one| &one.stages).map(|stage| stage.outcome).collect();
            if outcomes.contains(&Outcome::Unknown) {
                prop_assert!(answer.verdict != Verdict::Error);
                continue;
            }
            let expected = if outcomes.contains(&Outcome::ExplicitDeny) {
                Verdict::ExplicitDeny
            } else if outcomes.contains(&Outcome::ImplicitDeny) {
                Verdict::ImplicitDeny
            } else {
                Verdict::Allow
            };
            prop_assert_eq!(answer.verdict, expected);
        }
    }

    #[test]
    fn a_verdict_holds_whatever_the_unknown_keys_are(numbers in dice(), values in vec(any::<u16>(), 400)) {
        let scenario = read(&file(&mut Dice::new(numbers)));
        let mut values = Dice::new(values);
        for request in &scenario.requests {
            let before = answer(&scenario, request);
            for _ in 0..8 {
                let stated = state_everything(&scenario, request, &mut values);
                let after = answer(&scenario, &stated);
                if is_certain(before.verdict) {
                    prop_assert_eq!(before.verdict, after.verdict, "{:?}", stated);
                }
            }
            let Some(depends) = &before.depends else { continue };
            if !depends.complete {
                continue;
            }
            let first = depends.branches[0].verdict;
            prop_assert!(depends.branches.iter().any(|branch| branch.verdict != first));
            for branch in &depends.branches {
                let stated = state_branch(request, &depends.on, &branch.tried);
                if depends.on.iter().any(|thing| matches!(thing, UnknownThing::Owner { .. })) {
                    continue;
                }
                let after = answer(&scenario, &stated);
                if after.depends.as_ref().is_some_and(|depends| !depends.complete) {
                    continue;
                }
                prop_assert_eq!(branch.verdict, after.verdict, "{:?} {:?} {:?}", depends.on, branch, after.depends);
            }
        }
    }

    #[test]
    fn what_is_remembered_is_what_would_be_worked_out(numbers in dice(), edits in vec(any::<u16>(), 60..600)) {
        let mut scenario = read(&file(&mut Dice::new(numbers)));
        let mut edits = Dice::new(edits);
        let mut engine = Engine::new();
        let focus = Focus { request: "r0".into(), account: None };
        engine.analyze(&scenario, Some(&focus));
        for _ in 0..8 {
            let edit = edit(&mut edits, &scenario);
            let Ok(edited) = scenario.apply(edit.clone()) else { continue };
            scenario = edited.scenario;
            let kept = engine.analyze(&scenario, Some(&focus));
            let again = engine.analyze(&scenario, Some(&focus));
            prop_assert_eq!(again.evaluated, 0);
            if matches!(edit, Edit::RenamePolicy { .. }) {
                prop_assert_eq!(kept.evaluated, 0);
            }
            let fresh = Engine::new().analyze(&scenario, Some(&focus));
            prop_assert!(without_count(kept) == without_count(fresh), "{:?}", edit);
        }
    }

    #[test]
    fn a_further_deny_never_lets_a_request_in(numbers in dice(), more in vec(any::<u16>(), 40)) {
        let before = read(&file(&mut Dice::new(numbers)));
        let mut more = Dice::new(more);
        let policy = more.one(&["p1", "p2", "p3", "s1", "s2", "s3"]);
        let after = add_statement(&before, policy, statement(&mut more, "Deny"));
        for (before, after) in before.requests.iter().map(|one| answer(&before, one)).zip(after.requests.iter().map(|one| answer(&after, one))) {
            if matches!(before.verdict, Verdict::ExplicitDeny | Verdict::ImplicitDeny) {
                prop_assert!(after.verdict != Verdict::Allow);
                let branches = after.depends.iter().flat_map(|depends| &depends.branches);
                prop_assert!(branches.into_iter().all(|branch| branch.verdict != Verdict::Allow));
            }
            if before.verdict == Verdict::ExplicitDeny {
                prop_assert!(after.verdict == Verdict::ExplicitDeny);
            }
        }
    }

    #[test]
    fn an_scp_never_grants(numbers in dice(), more in vec(any::<u16>(), 60)) {
        let scenario = read(&file(&mut Dice::new(numbers)));
        let mut more = Dice::new(more);
        let document = json!({ "Version": "2012-10-17", "Statement": [statement(&mut more, "Allow"), statement(&mut more, "Allow")] });
        let added = scenario.apply(Edit::AddPolicy { name: "more".to_owned(), kind: Kind::Scp, text: document.to_string().into() }).unwrap().scenario;
        let id = added.policies.last().unwrap().id.clone();
        let node = more.one(&["r-ab12", "ou-ab12-11111111", "222222222222", "333333333333"]).into();
        let after = added.apply(Edit::Attach { node, policy: id, position: None }).unwrap().scenario;
        for request in &after.requests {
            let prepared = prepare(&scenario, request);
            let explanation = prepared.explain();
            let nothing_grants = explanation.resources.iter().flat_map(|one| &one.stages).any(|stage| {
                stage.policy_type == evaluator::PolicyType::Identity && stage.outcome == Outcome::ImplicitDeny
            });
            if nothing_grants {
                let after = answer(&after, request);
                prop_assert!(after.verdict != Verdict::Allow);
                prop_assert!(after.depends.iter().flat_map(|depends| &depends.branches).all(|branch| branch.verdict != Verdict::Allow));
            }
        }
    }

    #[test]
    fn moving_an_account_concerns_its_own_requests_only(numbers in dice(), account in 1_usize..4, parent in 0_usize..3) {
        let before = read(&file(&mut Dice::new(numbers)));
        let parent = ["r-ab12", "ou-ab12-11111111", "ou-ab12-22222222"][parent].into();
        let moved = ACCOUNTS[account];
        let edit = Edit::MoveNode { node: moved.into(), parent, position: None };
        let Ok(edited) = before.apply(edit) else { return Ok(()) };
        let after = edited.scenario;
        let mut engine = Engine::new();
        let rows_before = engine.analyze(&before, None);
        let rows_after = engine.analyze(&after, None);
        let mut concerned = 0;
        for (request, (old, new)) in before.requests.iter().zip(rows_before.requests.iter().zip(&rows_after.requests)) {
            let home = request.caller.principal().and_then(|id| before.principal(id.as_str())).and_then(|entry| entry.account().cloned());
            let owner = request.resource_account.as_ref();
            for row in &old.rows {
                let caller = row.account.as_ref().or(home.as_ref()).map(organization::AccountId::as_str);
                if caller == Some(moved) || owner.map(organization::AccountId::as_str) == Some(moved) {
                    concerned += 1;
                    continue;
                }
                let same = new.rows.iter().find(|other| other.account == row.account).unwrap();
                prop_assert_eq!(row.verdict, same.verdict);
            }
        }
        prop_assert!(rows_after.evaluated <= concerned, "{} of {}", rows_after.evaluated, concerned);
    }

    #[test]
    fn the_text_of_a_policy_concerns_only_rows_that_read_it(numbers in dice(), more in vec(any::<u16>(), 40)) {
        let before = read(&file(&mut Dice::new(numbers)));
        let mut more = Dice::new(more);
        let policy = more.one(&["p1", "p2", "p3", "s1", "s2", "s3"]);
        let after = add_statement(&before, policy, statement(&mut more, "Deny"));
        let mut engine = Engine::new();
        let rows = engine.analyze(&before, None);
        let evaluated = engine.analyze(&after, None).evaluated;
        let tree = before.organization.as_ref().unwrap().index();
        let reads = |account: &str| {
            let path = tree.path(account).unwrap_or_default();
            path.iter().any(|node| match node.attachments() {
                organization::Attachments::Listed(ids) => ids.iter().any(|id| id.as_str() == policy),
                organization::Attachments::Default => false,
            })
        };
        let mut readers = 0;
        for (request, view) in before.requests.iter().zip(&rows.requests) {
            let entry = request.caller.principal().and_then(|id| before.principal(id.as_str()));
            let groups = match entry.map(|entry| &**entry) {
                Some(organization::Principal::User(user)) => user.groups.clone(),
                _ => Vec::new(),
            };
            let groups = groups.iter().filter_map(|id| before.principal(id.as_str()));
            let own: Vec<_> = entry.into_iter().chain(groups).flat_map(|entry| entry.policies()).chain(request.caller.policies()).collect();
            let owner = request.resource_account.as_ref();
            for row in &view.rows {
                let home = row.account.as_ref().or_else(|| entry.and_then(|entry| entry.account()));
                let is_read = own.iter().any(|id| id.as_str() == policy)
                    || home.into_iter().chain(owner).any(|account| reads(account.as_str()));
                readers += usize::from(is_read);
            }
        }
        prop_assert!(evaluated <= readers, "{} of {}", evaluated, readers);
    }

    #[test]
    fn names_are_read_without_regard_to_case(numbers in dice()) {
        let mut file = file(&mut Dice::new(numbers));
        let before = verdicts(&read(&file));
        in_capitals(&mut file);
        prop_assert_eq!(before, verdicts(&read(&file)));
    }
}

#[test]
fn generated_scenarios_reach_every_verdict() {
    let mut seen = std::collections::HashSet::new();
    for seed in 0..400_u32 {
        let numbers = (0..600_u32).map(|at| {
            let mixed = seed.wrapping_mul(0x9e37_79b9) ^ at.wrapping_mul(0x85eb_ca6b);
            u16::try_from((mixed ^ mixed >> 15).wrapping_mul(0x2c1b_3c6d) >> 16).unwrap()
        });
        let scenario: Rc<Scenario> = Rc::new(read(&file(&mut Dice::new(numbers.collect()))));
        seen.extend(verdicts(&scenario).into_iter().flatten());
    }
    for verdict in [
        Verdict::Allow,
        Verdict::ExplicitDeny,
        Verdict::ImplicitDeny,
        Verdict::Depends,
    ] {
        assert!(seen.contains(&verdict), "{verdict:?} in {seen:?}");
    }
}
