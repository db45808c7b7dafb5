use std::collections::BTreeMap;
use std::rc::Rc;

use organization::{Edit, PolicyId, Request, RequestId, Scenario, file};
use playground::lesson::{Progress, StepProgress};
use playground::{Engine, Focus};

use super::*;

fn scenario(name: &str) -> Rc<Scenario> {
    let text = match name {
        "two-doors" => include_str!("../../../../crates/playground/lessons/two-doors.json"),
        _ => include_str!("../../../../crates/playground/lessons/design-ous.json"),
    };
    Rc::new(file::read(text).unwrap().scenario)
}

/// A lesson at a step, with nothing done.
fn learning(start: &Rc<Scenario>, step: usize) -> Learning {
    let mut learning = Learning {
        key: String::new(),
        lesson: start.lesson.clone().unwrap(),
        start: Rc::clone(start),
        step,
        progress: Progress::default(),
        result: None,
        unseen: Rc::default(),
        seen: Rc::clone(start),
        ideas: false,
        misreadings: Rc::default(),
        authoring: false,
        begun: BTreeMap::new(),
    };
    learning.look_again(start);
    learning
}

/// What is said to an edit at a step; empty if it is taken.
fn said(name: &str, step: usize, edit: Edit) -> String {
    let start = scenario(name);
    let after = start.apply(edit).unwrap().scenario;
    refusal(&learning(&start, step), &start, &after).unwrap_or_default()
}

fn text_of(policy: &str) -> Edit {
    Edit::SetPolicyText {
        policy: PolicyId::from(policy),
        text: "{}".into(),
    }
}

#[test]
fn only_the_policy_of_the_step_can_be_changed() {
    assert_eq!(said("two-doors", 1, text_of("ana-own")), "");
    assert_eq!(
        said("two-doors", 1, text_of("jobs")),
        "This step leaves the policy “Print jobs” alone. You may change: the policy “Ana's files”."
    );
    assert_eq!(
        said("two-doors", 0, text_of("ana-own")),
        "This step leaves the policy “Ana's files” alone. You may add requests of your own."
    );
    let start = scenario("two-doors");
    assert!(locks(&learning(&start, 1), &PolicyId::from("jobs")));
    assert!(!locks(&learning(&start, 1), &PolicyId::from("ana-own")));
}

#[test]
fn given_requests_stay_and_own_ones_come_and_go() {
    let given = RequestId::from("ana-puts");
    let deleted = said("two-doors", 1, Edit::DeleteRequest(given.clone()));
    assert!(
        deleted.starts_with("This step leaves the requests of the lesson alone."),
        "{deleted}"
    );
    assert_eq!(
        said("two-doors", 1, Edit::DuplicateRequest(given.clone())),
        ""
    );
    let start = scenario("two-doors");
    let request = Request {
        name: "Ana, again".to_owned(),
        ..Request::clone(start.request("ana-puts").unwrap())
    };
    assert_eq!(
        said("two-doors", 1, Edit::UpdateRequest(Box::new(request))),
        ""
    );

    let more = start.apply(Edit::DuplicateRequest(given)).unwrap().scenario;
    let copy = more
        .requests
        .iter()
        .find(|one| start.request(one.id.as_str()).is_none());
    let copy = copy.unwrap().id.clone();
    let less = more.apply(Edit::DeleteRequest(copy)).unwrap().scenario;
    assert_eq!(refusal(&learning(&start, 1), &more, &less), None);
}

#[test]
fn a_tree_is_built_where_that_is_asked_for_and_what_is_attached_is_not() {
    let root = scenario("design-ous")
        .organization
        .as_ref()
        .unwrap()
        .root
        .id
        .clone();
    let ou = Edit::AddOu {
        parent: root.clone(),
        name: "Workloads".to_owned(),
    };
    assert_eq!(said("design-ous", 0, ou), "");
    let attach = |step| {
        let edit = Edit::Attach {
            node: root.clone(),
            policy: PolicyId::from("small-servers"),
            position: None,
        };
        said("design-ous", step, edit)
    };
    assert_eq!(
        attach(0),
        "This step leaves what is attached where alone. You may change: the tree of OUs and accounts."
    );
    assert_eq!(attach(1), "");
}

#[test]
fn what_is_asked_about_is_nowhere_in_the_analysis_and_neither_is_its_copy() {
    let start = scenario("two-doors");
    let asked = RequestId::from("ana-puts");
    let copied = start
        .apply(Edit::DuplicateRequest(asked.clone()))
        .unwrap()
        .scenario;
    let copied = Rc::new(copied);
    let mut learning = learning(&start, 0);
    learning.look_again(&copied);
    let focus = Focus {
        request: asked.clone(),
        account: None,
    };
    let whole = Engine::new().analyze(&copied, Some(&focus));
    assert_eq!(whole.requests.len(), 7);
    assert!(whole.trace.is_some());
    let seen = veiled(&whole, &learning.unseen, Some(&focus));
    let ids: Vec<&str> = seen.requests.iter().map(|view| view.id.as_str()).collect();
    assert_eq!(ids, ["ana-own", "ana-other", "ana-books"]);
    assert!(seen.trace.is_none());
    assert_eq!(learning.seen.requests.len(), 3);

    let own = Focus {
        request: RequestId::from("ana-own"),
        account: None,
    };
    let whole = Engine::new().analyze(&copied, Some(&own));
    assert_eq!(
        veiled(&whole, &learning.unseen, Some(&own)).trace,
        whole.trace
    );
}

#[test]
fn what_was_done_is_done_again_as_it_was() {
    for (tries, hints, solved) in [(0, 2, false), (1, 0, true), (3, 1, true), (4, 0, false)] {
        let done = StepProgress {
            tries,
            hints,
            solved,
            answer: None,
        };
        let mut progress = Progress::default();
        kept::replay(&mut progress, "one", &done);
        assert_eq!(progress.step("one"), Some(&done));
    }
}

#[test]
fn a_lesson_without_an_id_is_known_by_its_text() {
    let mut lesson = Lesson::clone(scenario("two-doors").lesson.as_ref().unwrap());
    assert_eq!(kept::key(&lesson), "two-doors");
    lesson.id.clear();
    let key = kept::key(&lesson);
    assert!(key.starts_with("own-"));
    lesson.title.push('!');
    assert_ne!(kept::key(&lesson), key);
}
