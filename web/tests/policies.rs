//! Typing into policies, and what is known of a scenario as it was opened. Runs without a browser.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::rc::Rc;

use organization::{Edit, PolicyId, Scenario, file};
use playground::Engine;
use policy::Kind;
use web::state::{Action, Model, Opened, Source, reduce};

/// Two SCPs, A and B; A is open.
fn two() -> Model {
    let add = |model: &Model, name: &str| {
        let edit = Edit::AddPolicy {
            name: name.to_owned(),
            kind: Kind::Scp,
            text: "{}".into(),
        };
        reduce(model, Action::Edited(edit), 0.0).unwrap()
    };
    let model = add(&add(&Model::default(), "A"), "B");
    reduce(&model, Action::PolicySelected(id(&model, 0)), 0.0).unwrap()
}

fn id(model: &Model, at: usize) -> PolicyId {
    model.scenario.policies[at].id.clone()
}

fn text(model: &Model, at: usize) -> &str {
    &model.scenario.policies[at].text
}

/// Types a text into one of the policies.
fn typed(model: &Model, at: usize, text: &str, stroke: u32, now: f64) -> Model {
    let action = Action::PolicyTyped {
        policy: id(model, at),
        text: text.into(),
        stroke,
    };
    reduce(model, action, now).unwrap()
}

fn undone(model: &Model) -> Model {
    reduce(model, Action::Undone, 0.0).unwrap()
}

#[test]
fn what_is_typed_in_one_stroke_is_taken_back_together() {
    let model = typed(&two(), 0, "a", 1, 1000.0);
    let model = typed(&model, 0, "ab", 1, 1100.0);
    let model = typed(&model, 0, "abc", 2, 1200.0);
    let once = undone(&model);
    assert_eq!(text(&once, 0), "ab");
    assert_eq!(text(&undone(&once), 0), "{}");
}

#[test]
fn a_pause_ends_a_stroke_too() {
    let model = typed(&two(), 0, "a", 1, 1000.0);
    let model = typed(&model, 0, "ab", 1, 9000.0);
    assert_eq!(text(&undone(&model), 0), "a");
}

#[test]
fn a_step_back_opens_the_policy_whose_text_it_changes() {
    let model = typed(&two(), 0, "a", 1, 1000.0);
    let other = reduce(&model, Action::PolicySelected(id(&model, 1)), 0.0).unwrap();
    assert_eq!(undone(&other).selection.policy, Some(id(&model, 0)));
}

#[test]
fn a_mend_is_a_step_of_its_own_in_the_midst_of_typing() {
    let model = typed(&two(), 0, "a", 1, 1000.0);
    let mend = Action::EditedTogether {
        label: "mend A".to_owned(),
        edits: vec![Edit::SetPolicyText {
            policy: id(&model, 0),
            text: "b".into(),
        }],
    };
    let model = reduce(&model, mend, 1100.0).unwrap();
    let model = typed(&model, 0, "bc", 1, 1200.0);
    assert_eq!(text(&undone(&model), 0), "b");
    assert_eq!(text(&undone(&undone(&model)), 0), "a");
}

/// The model with the verdicts of its scenario.
fn analyzed(model: Model) -> Model {
    let analysis = Engine::new().analyze(&model.scenario, None);
    model.with_analysis(analysis)
}

#[test]
fn a_scenario_is_compared_with_what_it_was_when_it_was_opened() {
    let read = |title: &str| -> Rc<Scenario> {
        let text = format!(
            r#"{{"version": 1, "title": "{title}", "policies": [{{"id": "p", "kind": "scp", "document": {{}}}}],
            "requests": [{{"id": "r", "principal": {{"type": "anonymous"}}, "action": "s3:GetObject"}}]}}"#
        );
        Rc::new(file::read(&text).unwrap().scenario)
    };
    let open = |model: &Model, title: &str| {
        let action = Action::ScenarioOpened {
            scenario: read(title),
            source: Source::Import,
        };
        analyzed(reduce(model, action, 0.0).unwrap())
    };
    let first = open(&Model::default(), "first");
    let opened = first.opened.text("p").unwrap().to_owned();
    assert_eq!(first.opened.requests.len(), 1);

    let changed = analyzed(typed(&first, 0, "{ }", 1, 0.0));
    assert_eq!(changed.opened.text("p"), Some(&*opened));
    assert_eq!(changed.opened, first.opened);

    let second = open(&changed, "second");
    assert_eq!(second.opened.scenario.title, "second");
    let back = analyzed(undone(&second));
    assert_eq!(back.opened.scenario.title, "first");
    assert_eq!(back.opened.requests.len(), 1);
    assert_eq!(Opened::new(&back.scenario, None).text("nobody"), None);
}
