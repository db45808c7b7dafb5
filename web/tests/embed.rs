//! What an embedded page lets its reader change. Runs without a browser.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where something is wrong"
)]

use std::rc::Rc;

use organization::{Edit, NodeId, PolicyId, RequestId, Scenario, Uses, file};
use policy::Kind;
use web::state::{
    Action, Dialog, Editing, Embed, EmbedAction, LessonAction, Model, Origin, Pane, Reveals,
    Source, TreeAction, reduce,
};

const VIEWS: [Pane; 3] = [Pane::Organization, Pane::Requests, Pane::Policies];

fn lesson() -> Rc<Scenario> {
    let text = include_str!("../../crates/playground/examples/region-guardrail.json");
    Rc::new(file::read(text).unwrap().scenario)
}

/// An embedded page with a scenario.
fn page(edit: Editing) -> Model {
    let embed = Embed {
        views: VIEWS.to_vec(),
        edit,
        ..Embed::default()
    };
    let empty = Model {
        origin: Origin::Visit,
        pane: Pane::Requests,
        embed: Some(Rc::new(embed)),
        ..Model::default()
    };
    reduce(&empty, Action::Embed(EmbedAction::Given(lesson())), 0.0).unwrap()
}

fn typed(text: &str) -> Action {
    Action::PolicyTyped {
        policy: PolicyId::from("region-guardrail"),
        text: Rc::from(text),
        stroke: 1,
    }
}

/// Everything that changes a scenario, one of each kind.
fn edits(model: &Model) -> Vec<(&'static str, Action)> {
    let shop = NodeId::new("222222222222");
    let root = model
        .scenario
        .organization
        .as_ref()
        .unwrap()
        .root
        .id
        .clone();
    let request = RequestId::from("shop-virginia");
    let mut renamed = (**model.scenario.request("shop-virginia").unwrap()).clone();
    renamed.name = "Renamed".to_owned();
    vec![
        ("policies", typed("{}")),
        (
            "policies",
            Action::EditedTogether {
                label: "mend".to_owned(),
                edits: vec![Edit::SetPolicyText {
                    policy: PolicyId::from("region-guardrail"),
                    text: Rc::from("{}"),
                }],
            },
        ),
        ("requests", Action::Edited(Edit::DeleteRequest(request))),
        (
            "requests",
            Action::RequestTyped {
                request: Box::new(renamed),
                session: 1,
            },
        ),
        (
            "requests",
            Action::RequestAdded {
                account: Some("222222222222".into()),
            },
        ),
        ("all", Action::Edited(Edit::SetTitle("Mine".to_owned()))),
        (
            "all",
            Action::Edited(Edit::AddAccount {
                parent: root.clone(),
                name: "New".to_owned(),
            }),
        ),
        (
            "all",
            Action::Tree(TreeAction::NodeAdded {
                at: root,
                account: true,
            }),
        ),
        (
            "all",
            Action::AttachmentSwitched {
                node: NodeId::new("ou-r3g1-10000001"),
                policy: PolicyId::from("region-guardrail"),
            },
        ),
        (
            "all",
            Action::PolicyAdded {
                kind: Kind::Scp,
                target: None,
            },
        ),
        (
            "all",
            Action::Edited(Edit::RenamePolicy {
                policy: PolicyId::from("region-guardrail"),
                name: "Renamed".to_owned(),
            }),
        ),
        (
            "all",
            Action::Edited(Edit::DeletePolicy {
                policy: PolicyId::from("region-guardrail"),
                uses: Uses::Detach,
            }),
        ),
        (
            "all",
            Action::Edited(Edit::DeleteAccount("333333333333".into())),
        ),
        (
            "all",
            Action::EditedTogether {
                label: "both".to_owned(),
                edits: vec![
                    Edit::SetPolicyText {
                        policy: PolicyId::from("region-guardrail"),
                        text: Rc::from("{}"),
                    },
                    Edit::SetTitle("Mine".to_owned()),
                ],
            },
        ),
        ("all", Action::Tree(TreeAction::Deleted(vec![shop]))),
    ]
}

#[test]
fn an_embedded_page_changes_only_what_it_may() {
    for edit in [
        Editing::None,
        Editing::Requests,
        Editing::Policies,
        Editing::All,
    ] {
        let page = page(edit);
        for (needs, action) in edits(&page) {
            let named = format!("{action:?} with {edit:?}");
            let next = reduce(&page, action, 0.0).expect(&named);
            let may = edit == Editing::All || needs == edit.word();
            assert_eq!(next.scenario != page.scenario, may, "{named}");
            assert_eq!(next.history.to_undo().is_some(), may, "{named}");
            if may {
                let embed = next.embed.as_ref().unwrap();
                assert!(embed.tried);
                assert_eq!(embed.given, page.scenario);
            } else {
                let said = next.notice.expect(&named).text;
                assert!(said.contains("cannot be changed here"), "{said}");
            }
        }
    }
}

#[test]
fn there_is_no_place_for_what_opens_and_keeps_scenarios() {
    let page = page(Editing::All);
    for dialog in [
        Dialog::Examples,
        Dialog::Course,
        Dialog::Scenarios,
        Dialog::Palette,
        Dialog::Import,
        Dialog::Export,
        Dialog::Share,
        Dialog::Help,
        Dialog::Preferences,
    ] {
        assert!(reduce(&page, Action::DialogOpened(dialog), 0.0).is_none());
    }
    let written = Action::Lesson(LessonAction::Authoring(true));
    assert!(reduce(&page, written, 0.0).is_none());
    for source in [Source::Import, Source::Empty] {
        let opened = Action::ScenarioOpened {
            scenario: Rc::new(Scenario::default()),
            source,
        };
        assert!(reduce(&page, opened, 0.0).is_none());
    }
    let trace = reduce(&page, Action::PaneShown(Pane::Trace), 0.0);
    assert!(trace.is_none(), "only what was asked for is shown");
}

#[test]
fn what_the_host_gives_cannot_be_undone_and_one_can_start_over() {
    let typed = reduce(&page(Editing::Policies), typed("{}"), 0.0).unwrap();
    let over = reduce(&typed, Action::Embed(EmbedAction::StartedOver), 0.0).unwrap();
    assert_eq!(over.scenario, page(Editing::Policies).scenario);
    let back = reduce(&over, Action::Undone, 0.0).unwrap();
    assert_eq!(back.scenario, typed.scenario, "also that can be undone");

    let other = Rc::new(Scenario {
        title: "Another".to_owned(),
        ..Scenario::default()
    });
    let given = Action::Embed(EmbedAction::Given(Rc::clone(&other)));
    let given = reduce(&typed, given, 0.0).unwrap();
    assert_eq!(given.scenario, other);
    assert!(reduce(&given, Action::Undone, 0.0).is_none());
    let embed = given.embed.unwrap();
    assert_eq!((embed.edit, &embed.given), (Editing::Policies, &other));
}

#[test]
fn verdicts_are_kept_until_the_reader_has_tried() {
    let mut page = page(Editing::Policies);
    let embed = Embed {
        reveal: Reveals::AfterTry,
        ..(**page.embed.as_ref().unwrap()).clone()
    };
    page.embed = Some(Rc::new(embed));
    let conceals = |model: &Model| model.embed.as_ref().unwrap().conceals();
    assert!(conceals(&page));
    let refused = Action::Edited(Edit::SetTitle("Mine".to_owned()));
    assert!(conceals(&reduce(&page, refused, 0.0).unwrap()));
    assert!(!conceals(&reduce(&page, typed("{}"), 0.0).unwrap()));
    let asked = Action::Embed(EmbedAction::Revealed);
    assert!(!conceals(&reduce(&page, asked, 0.0).unwrap()));
}

#[test]
fn what_the_host_gives_back_leads_back_to_what_was_given() {
    let mut page = page(Editing::Policies);
    let embed = Embed {
        reveal: Reveals::AfterTry,
        ..(**page.embed.as_ref().unwrap()).clone()
    };
    page.embed = Some(Rc::new(embed));
    let theirs = reduce(&page, typed("{}"), 0.0).unwrap().scenario;
    let made = Action::Embed(EmbedAction::Made(Rc::clone(&theirs)));
    let made = reduce(&page, made, 0.0).unwrap();
    assert_eq!(made.scenario, theirs);
    let embed = made.embed.as_ref().unwrap();
    assert_eq!(embed.given, page.scenario);
    assert!(!embed.conceals(), "its reader has tried");
    assert!(reduce(&made, Action::Undone, 0.0).is_none());
    let over = reduce(&made, Action::Embed(EmbedAction::StartedOver), 0.0).unwrap();
    assert_eq!(over.scenario, page.scenario);
}

#[test]
fn a_scenario_with_a_record_of_verdicts_begins_as_it_is_given() {
    let recorded = Scenario {
        recorded: Some(
            serde_json::json!({ "engine": "0.1.0", "verdicts": { "shop-virginia": "allow" } }),
        ),
        ..(*lesson()).clone()
    };
    let given = Action::Embed(EmbedAction::Given(Rc::new(recorded)));
    let page = reduce(&page(Editing::All), given, 0.0).unwrap();
    assert_eq!(page.scenario, lesson());
    assert_eq!(page.embed.as_ref().unwrap().given, page.scenario);
    let over = Action::Embed(EmbedAction::StartedOver);
    assert!(
        reduce(&page, over, 0.0).is_none(),
        "there is nothing to start over"
    );
}

#[test]
fn the_request_that_comes_first_is_shown_in_each_scenario_that_has_it() {
    let mut page = page(Editing::All);
    let first = page.selection.request.clone();
    let embed = Embed {
        focus: Some(RequestId::from("shop-virginia")),
        ..(**page.embed.as_ref().unwrap()).clone()
    };
    page.embed = Some(Rc::new(embed));
    let give = |scenario| Action::Embed(EmbedAction::Given(scenario));
    let given = reduce(&page, give(lesson()), 0.0).unwrap();
    assert_eq!(
        given.selection.request,
        Some(RequestId::from("shop-virginia"))
    );
    assert_ne!(given.selection.request, first);
    let mut other = (*lesson()).clone();
    other
        .requests
        .retain(|request| request.id.as_str() != "shop-virginia");
    let given = reduce(&page, give(Rc::new(other)), 0.0).unwrap();
    assert_eq!(given.selection.request, first);
}
