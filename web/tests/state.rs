//! What each action does to the state. Runs without a browser.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where something is wrong"
)]

use std::rc::Rc;

use evaluator::Verdict;
use organization::{
    AccountId, Caller, CallerKind, Edit, NodeId, PolicyId, PolicyUse, PrincipalKind, Request,
    RequestId, Scenario, SwitchedOff, file,
};
use playground::{Analysis, RequestView, RowView, TraceView, link};
use policy::Kind;
use web::state::persist::Stored;
use web::state::{
    Action, Dialog, Model, NoticeButton, Origin, Source, StorageState, Store, WorkId, reduce, start,
};

/// Root, management account, OU Workloads with the account Dev.
fn small() -> Model {
    let model = after(&Model::default(), Action::OrganizationStarted);
    let root = root(&model);
    let model = after(
        &model,
        Action::Edited(Edit::AddOu {
            parent: root,
            name: "Workloads".to_owned(),
        }),
    );
    let ou = node(&model, "Workloads");
    after(
        &model,
        Action::Edited(Edit::AddAccount {
            parent: ou,
            name: "Dev".to_owned(),
        }),
    )
}

fn after(model: &Model, action: Action) -> Model {
    after_at(model, action, 0.0)
}

fn after_at(model: &Model, action: Action, now: f64) -> Model {
    reduce(model, action, now).expect("the action changes something")
}

fn root(model: &Model) -> NodeId {
    model
        .scenario
        .organization
        .as_ref()
        .unwrap()
        .root
        .id
        .clone()
}

fn node(model: &Model, name: &str) -> NodeId {
    let index = model.scenario.organization.as_ref().unwrap().index();
    index.nodes().find(|node| node.name() == name).unwrap().id()
}

fn account(model: &Model, name: &str) -> AccountId {
    AccountId::new(node(model, name).as_str())
}

fn title(text: &str) -> Action {
    Action::Edited(Edit::SetTitle(text.to_owned()))
}

fn notice(model: &Model) -> &str {
    &model.notice.as_ref().expect("a notice").text
}

fn titled(text: &str) -> Rc<Scenario> {
    Rc::new(Scenario {
        title: text.to_owned(),
        ..Scenario::empty()
    })
}

#[test]
fn undo_and_redo_go_there_and_back_exactly() {
    let before = small();
    let dev = node(&before, "Dev");
    let moved = after(
        &before,
        Action::Edited(Edit::MoveNode {
            node: dev,
            parent: root(&before),
            position: None,
        }),
    );
    assert_ne!(moved.scenario, before.scenario);
    assert_eq!(moved.history.to_undo(), Some("move Dev"));

    let undone = after(&moved, Action::Undone);
    assert_eq!(undone.scenario, before.scenario);
    assert_eq!(undone.history.to_redo(), Some("move Dev"));
    assert_eq!(notice(&undone), "Undone: move Dev.");

    let redone = after(&undone, Action::Redone);
    assert_eq!(redone.scenario, moved.scenario);
    assert_eq!(redone.history.to_redo(), None);
}

#[test]
fn an_edit_after_an_undo_leaves_nothing_to_do_again() {
    let undone = after(&after(&small(), title("a")), Action::Undone);
    assert_eq!(after(&undone, title("b")).history.to_redo(), None);
}

#[test]
fn there_is_nothing_to_undo_at_first() {
    assert!(reduce(&Model::default(), Action::Undone, 0.0).is_none());
    assert!(reduce(&Model::default(), Action::Redone, 0.0).is_none());
}

#[test]
fn letters_typed_in_one_go_are_one_step() {
    let mut model = small();
    for (text, now) in [("R", 0.0), ("Re", 200.0), ("Reg", 400.0)] {
        model = after_at(&model, title(text), now);
    }
    assert_eq!(after(&model, Action::Undone).scenario.title, "");

    let later = after_at(&model, title("Region"), 9_000.0);
    assert_eq!(after(&later, Action::Undone).scenario.title, "Reg");
}

#[test]
fn an_edit_that_aws_refuses_changes_nothing_and_says_why() {
    let before = small();
    let refused = after(
        &before,
        Action::Edited(Edit::Detach {
            node: node(&before, "Dev"),
            policy: "FullAWSAccess".into(),
        }),
    );
    assert!(Rc::ptr_eq(&refused.scenario, &before.scenario));
    assert_eq!(refused.history.to_undo(), before.history.to_undo());
    let told = notice(&refused);
    assert!(told.contains("last SCP"), "{told}");
    assert!(
        told.contains("“Dev”"),
        "names the account, not its id: {told}"
    );
}

#[test]
fn edits_that_belong_together_are_done_together_or_not_at_all() {
    let before = small();
    let edits = |second: &str| Action::EditedTogether {
        label: "rename both".to_owned(),
        edits: vec![
            Edit::RenameNode {
                node: node(&before, "Dev"),
                name: "Development".to_owned(),
            },
            Edit::RenameNode {
                node: node(&before, "Workloads"),
                name: second.to_owned(),
            },
        ],
    };
    let refused = after(&before, edits(""));
    assert!(Rc::ptr_eq(&refused.scenario, &before.scenario));

    let done = after(&before, edits("Apps"));
    assert_eq!(done.history.to_undo(), Some("rename both"));
    assert_eq!(after(&done, Action::Undone).scenario, before.scenario);
}

#[test]
fn a_new_request_comes_from_an_administrator_of_a_member_account() {
    let before = small();
    let once = after(&before, Action::RequestAdded { account: None });
    let request = once.scenario.requests.first().unwrap();
    let role = request.caller.principal().unwrap();
    let role = once.scenario.principal(role.as_str()).unwrap();
    assert_eq!(role.account(), Some(&account(&once, "Dev")));
    assert_eq!(role.policies(), [PolicyId::new("AdministratorAccess")]);
    assert_eq!(once.selection.request.as_ref(), Some(&request.id));

    let twice = after(&once, Action::RequestAdded { account: None });
    assert_eq!(twice.scenario.principals.len(), 1, "the role is used again");

    let undone = after(&once, Action::Undone);
    assert_eq!(
        undone.scenario, before.scenario,
        "role and request are one step"
    );
}

#[test]
fn a_role_of_the_name_that_is_no_administrator_is_left_alone() {
    let model = small();
    let dev = account(&model, "Dev");
    let model = after(
        &model,
        Action::Edited(Edit::AddPrincipal {
            kind: PrincipalKind::Role,
            account: dev.clone(),
            name: "Admin".to_owned(),
            policies: vec![],
        }),
    );
    let model = after(&model, Action::RequestAdded { account: Some(dev) });
    let request = model.scenario.requests.first().unwrap();
    let role = request.caller.principal().unwrap();
    let role = model.scenario.principal(role.as_str()).unwrap();
    assert_ne!(role.name(), "Admin");
    assert_eq!(role.policies(), [PolicyId::new("AdministratorAccess")]);
}

#[test]
fn a_request_needs_an_account() {
    let model = after(&Model::default(), Action::RequestAdded { account: None });
    assert!(model.scenario.requests.is_empty());
    assert!(notice(&model).contains("Start an organization"));
}

#[test]
fn a_new_policy_is_valid_attached_and_open() {
    let before = small();
    let dev = node(&before, "Dev");
    let model = after(
        &before,
        Action::PolicyAdded {
            kind: Kind::Scp,
            target: Some(PolicyUse::Node(dev.clone())),
        },
    );
    let policy = model.selected_policy().unwrap();
    let organization = model.scenario.organization.as_ref().unwrap();
    let index = organization.index();
    let attached =
        organization.effective_attachments(index.node(dev.as_str()).unwrap().attachments());
    assert!(attached.contains(&policy.id));
    assert_eq!(after(&model, Action::Undone).scenario, before.scenario);

    for kind in Kind::ALL {
        let model = after(&before, Action::PolicyAdded { kind, target: None });
        let policy = model.selected_policy().unwrap();
        assert!(!policy::parse(&policy.text, kind).is_refused(), "{kind:?}");
    }
}

#[test]
fn what_is_deleted_is_told_and_can_be_brought_back() {
    let model = small();
    let dev = account(&model, "Dev");
    let model = after(&model, Action::RequestAdded { account: None });
    let deleted = after(&model, Action::Edited(Edit::DeleteAccount(dev)));
    assert_eq!(
        notice(&deleted),
        "Deleted Dev. One request has no caller now."
    );
    let offered = &deleted.notice.as_ref().unwrap().buttons;
    assert_eq!(*offered, [NoticeButton::Undo]);
    assert_eq!(after(&deleted, Action::Undone).scenario, model.scenario);
}

#[test]
fn the_next_request_is_selected_in_place_of_a_deleted_one() {
    let mut model = small();
    for _ in 0..3 {
        model = after(&model, Action::RequestAdded { account: None });
    }
    let ids: Vec<RequestId> = model
        .scenario
        .requests
        .iter()
        .map(|request| request.id.clone())
        .collect();
    let selected = |model: &Model| model.selection.request.clone();
    model = after(
        &model,
        Action::RequestSelected {
            request: ids[1].clone(),
            account: None,
        },
    );
    model = after(&model, Action::Edited(Edit::DeleteRequest(ids[1].clone())));
    assert_eq!(selected(&model).as_ref(), Some(&ids[2]));
    model = after(&model, Action::Edited(Edit::DeleteRequest(ids[2].clone())));
    assert_eq!(selected(&model).as_ref(), Some(&ids[0]));
}

#[test]
fn an_attachment_is_switched_off_and_on_again() {
    let before = small();
    let switch = Action::AttachmentSwitched {
        node: node(&before, "Dev"),
        policy: "FullAWSAccess".into(),
    };
    let off = after(&before, switch.clone());
    assert_eq!(off.scenario.settings.off.len(), 1);
    let on = after(&off, switch);
    assert_eq!(on.scenario, before.scenario);
}

#[test]
fn a_policy_type_is_switched_off_and_everything_on_again() {
    let before = small();
    let parts = vec![SwitchedOff::Kind(Kind::Scp)];
    let off = after(&before, Action::Edited(Edit::Switch { parts, off: true }));
    assert_eq!(off.history.to_undo(), Some("switch SCPs off"));
    let on = after(&off, Action::Edited(Edit::SwitchAllOn));
    assert_eq!(on.scenario, before.scenario);
    assert_eq!(on.history.to_undo(), Some("switch everything on"));
}

#[test]
fn what_is_typed_into_one_field_of_a_request_is_one_step_and_what_is_chosen_another() {
    let model = after(&small(), Action::RequestAdded { account: None });
    let mut request = Request::clone(&model.scenario.requests[0]);
    let mut change = |model: &Model, now: f64, alter: &dyn Fn(&mut Request)| {
        alter(&mut request);
        let edit = Edit::UpdateRequest(Box::new(request.clone()));
        after_at(model, Action::Edited(edit), now)
    };
    let first = change(&model, 10.0, &|request| request.name.push('a'));
    let second = change(&first, 20.0, &|request| request.name.push('b'));
    let third = change(&second, 30.0, &|request| request.action.push('s'));
    let fourth = change(&third, 40.0, &|request| {
        request.caller = Caller::new(CallerKind::Anonymous);
    });
    let steps = |model: &Model| {
        let mut model = model.clone();
        let mut names = vec![];
        while model.history.to_undo() == Some("edit the request") {
            model = after(&model, Action::Undone);
            names.push(model.scenario.requests[0].name.clone());
        }
        names
    };
    assert_eq!(steps(&second), [""]);
    assert_eq!(steps(&fourth), ["ab", "ab", ""]);
}

#[test]
fn a_link_is_shown_beside_the_kept_work_until_it_is_changed() {
    let own = after(&small(), Action::Saved(StorageState::Kept));
    let visit = after(
        &own,
        Action::ScenarioOpened {
            scenario: titled("Linked"),
            source: Source::Visit,
        },
    );
    assert_eq!(visit.origin, Origin::Visit);
    let offered = &visit.notice.as_ref().unwrap().buttons;
    assert_eq!(*offered, [NoticeButton::ReturnToKeptWork]);

    let back = after(&visit, Action::Undone);
    assert_eq!(
        (back.scenario.clone(), back.origin),
        (own.scenario.clone(), own.origin)
    );

    let changed = after(&visit, title("Linked and changed"));
    assert_ne!(changed.origin, own.origin, "one's own is not saved over");
    assert_ne!(changed.origin, Origin::Visit);
    assert!(notice(&changed).contains("see Scenarios"));
}

#[test]
fn what_comes_from_outside_takes_no_place_that_is_taken() {
    let own = after(&small(), Action::Saved(StorageState::Kept));
    for source in [Source::Import, Source::Empty] {
        let scenario = titled("Other");
        let opened = after(&own, Action::ScenarioOpened { scenario, source });
        assert!(matches!(opened.origin, Origin::Kept(_)));
        assert_ne!(opened.origin, own.origin);
        assert_eq!(after(&opened, Action::Undone).origin, own.origin);
    }
    let blank = Model::default();
    let opened = after(
        &blank,
        Action::ScenarioOpened {
            scenario: titled("First"),
            source: Source::Import,
        },
    );
    assert_eq!(opened.origin, blank.origin, "nothing was there");
}

#[test]
fn what_another_tab_has_changed_is_told_and_both_can_be_kept() {
    let own = after(&small(), Action::Saved(StorageState::Kept));
    let told = after(&own, Action::Saved(StorageState::ChangedElsewhere));
    let offered = &told.notice.as_ref().unwrap().buttons;
    assert_eq!(*offered, [NoticeButton::KeepBoth, NoticeButton::TakeTheirs]);

    let apart = after_at(&told, Action::KeptApart, 7.0);
    assert_ne!(apart.origin, own.origin);
    assert_eq!(apart.storage, StorageState::Kept);
    assert_eq!(apart.scenario, own.scenario);

    let Origin::Kept(id) = own.origin else {
        panic!("it is kept");
    };
    let theirs = after(
        &told,
        Action::ScenarioOpened {
            scenario: titled("Theirs"),
            source: Source::Work(id),
        },
    );
    assert_eq!(theirs.origin, own.origin);
    assert_eq!(after(&theirs, Action::Undone).scenario, own.scenario);
}

#[test]
fn a_deleted_scenario_comes_back_by_undo() {
    let own = after(&small(), Action::Saved(StorageState::Kept));
    let deleted = after(&own, Action::ScenarioDeleted);
    assert!(deleted.is_empty());
    assert_ne!(deleted.origin, own.origin);
    let back = after(&deleted, Action::Undone);
    assert_eq!(
        (back.scenario.clone(), back.origin),
        (own.scenario.clone(), own.origin)
    );
}

#[test]
fn the_page_starts_with_the_kept_work() {
    let stored = Stored {
        work: Some(file::write(&small().scenario)),
        ..Stored::default()
    };
    let model = start("", &stored);
    assert_eq!(file::write(&model.scenario), file::write(&small().scenario));
    assert_eq!(model.origin, Origin::Kept(stored.id));
}

#[test]
fn a_link_that_is_no_scenario_shows_its_text_and_the_own_work() {
    let stored = Stored {
        work: Some(file::write(&titled("Mine"))),
        ..Stored::default()
    };
    for fragment in ["#example/no-such", "#0:cut", "#%%"] {
        let model = start(fragment, &stored);
        assert_eq!(model.scenario.title, "Mine");
        let Some(Dialog::BrokenLink { raw, .. }) = model.dialog else {
            panic!("{fragment} is not reported");
        };
        assert_eq!(raw, fragment);
    }
}

#[test]
fn kept_work_that_cannot_be_read_is_reported_and_not_overwritten() {
    let stored = Stored {
        work: Some("{".to_owned()),
        fresh: WorkId::new(7.0, None),
        ..Stored::default()
    };
    let model = start("", &stored);
    assert!(notice(&model).contains("line 1"));
    assert_eq!(
        model.origin,
        Origin::Kept(stored.fresh),
        "the next is saved beside it"
    );
}

#[test]
fn a_link_tells_which_verdicts_are_other_than_when_it_was_made() {
    let text = r#"{"version":1,"requests":[{"id":"r","principal":{"type":"anonymous"},"action":"s3:GetObject"}],"recorded":{"engine":"0.0.1","verdicts":{"r":"allow"}}}"#;
    let scenario = file::read(text).unwrap().scenario;
    let fragment = format!("#{}", link::encode(&scenario));
    let model = Store::new(start(&fragment, &Stored::default())).model;
    assert_eq!(model.scenario.recorded, None, "it belongs to the link");
    let since = model.opened.since().unwrap();
    let rows: Vec<_> = since.rows.iter().map(|row| row.request.as_str()).collect();
    assert_eq!((since.engine.as_str(), rows), ("0.0.1", vec!["r"]));
    let read = after(&model, Action::SinceDismissed);
    assert_eq!(read.opened.since(), None);
    assert_eq!(reduce(&read, Action::SinceDismissed, 0.0).map(|_| ()), None);

    // What is kept here may have been edited since.
    let stored = Stored {
        work: Some(text.to_owned()),
        ..Stored::default()
    };
    let own = Store::new(start("", &stored)).model;
    assert_eq!(own.opened.since(), None);
    assert_eq!(own.scenario.recorded, None);
}

#[test]
fn a_page_that_begins_afresh_passes_over_the_kept_work() {
    let stored = Stored {
        work: Some(file::write(&titled("Mine"))),
        fresh: WorkId::new(7.0, None),
        ..Stored::default()
    };
    let model = start("", &stored.clone().passed_over());
    assert!(model.is_empty() && model.scenario.title.is_empty());
    assert_eq!(model.origin, Origin::Kept(stored.fresh));
}

#[test]
fn after_a_stop_the_page_starts_empty_once() {
    let stored = Stored {
        work: Some(file::write(&small().scenario)),
        stopped: true,
        fresh: WorkId::new(7.0, None),
        ..Stored::default()
    };
    let model = start("", &stored);
    assert!(model.is_empty());
    assert_eq!(model.origin, Origin::Kept(stored.fresh));
    assert!(notice(&model).contains("see Scenarios"));
}

#[test]
fn the_last_good_result_stays_while_the_present_one_is_an_error() {
    let model = after(&small(), Action::RequestAdded { account: None });
    let id = model.selection.request.clone().unwrap();
    let good = model.with_analysis(analysis(&id, Verdict::ExplicitDeny));
    let bad = good.with_analysis(analysis(&id, Verdict::Error));

    let shown = bad.shown().unwrap();
    assert_eq!(shown.trace.verdict, Verdict::ExplicitDeny);
    assert_eq!(shown.newer.unwrap().verdict, Verdict::Error);

    let mended = bad.with_analysis(analysis(&id, Verdict::Allow));
    let shown = mended.shown().unwrap();
    assert_eq!(shown.trace.verdict, Verdict::Allow);
    assert!(shown.newer.is_none());
}

fn analysis(id: &RequestId, verdict: Verdict) -> Analysis {
    let row = RowView {
        account: None,
        who: "Admin, Dev".to_owned(),
        verdict,
    };
    let request = RequestView {
        id: id.clone(),
        rows: vec![row],
        verdict: Some(verdict),
        word: String::new(),
        expectation: None,
    };
    let trace = TraceView {
        verdict,
        sentence: vec![],
        message: None,
        notes: vec![],
        blockers: vec![],
        questions: vec![],
        depends_on: vec![],
        branches: vec![],
        complete: true,
        resources: vec![],
        keys: vec![],
    };
    Analysis {
        requests: vec![Rc::new(request)],
        trace: Some(Rc::new(trace)),
        ..Analysis::default()
    }
}
