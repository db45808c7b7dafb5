//! What an edit makes the engine work out anew: what depends on it, and nothing else.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test whose data cannot be read must fail, in its helpers too"
)]

use evaluator::Verdict;
use organization::{Edit, Principal, Scenario};
use playground::{Analysis, Engine};
use serde_json::json;

const ALLOW: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
const DENY_S3: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}"#;

/// Ana in Dev calls in r1, Ben in Test in r2, every account in r3 (two rows), Ana's bucket in r4.
fn scenario() -> Scenario {
    let user = |id: &str, account: &str, policies: &[&str]| json!({ "id": id, "type": "user", "account": account, "name": id, "policies": policies });
    let file = json!({
        "version": 1,
        "settings": { "unstatedKeys": "absent" },
        "organization": {
            "managementAccountId": "111111111111",
            "root": { "id": "r-ab12", "policies": ["FullAWSAccess"], "children": [
                { "type": "account", "id": "111111111111", "name": "Management" },
                { "type": "ou", "id": "ou-ab12-11111111", "name": "Sandbox", "policies": ["FullAWSAccess", "sandbox"], "children": [
                    { "type": "account", "id": "222222222222", "name": "Dev" },
                ] },
                { "type": "ou", "id": "ou-ab12-22222222", "name": "Workloads", "policies": ["FullAWSAccess"], "children": [
                    { "type": "account", "id": "333333333333", "name": "Test" },
                ] },
            ] },
        },
        "policies": [
            { "id": "sandbox", "kind": "scp", "source": ALLOW },
            { "id": "unused", "kind": "scp", "source": ALLOW },
            { "id": "own", "kind": "identity", "source": ALLOW },
            { "id": "shared", "kind": "identity", "source": ALLOW },
        ],
        "principals": [
            { "id": "team", "type": "group", "account": "222222222222", "name": "team", "policies": ["shared"] },
            { "id": "ana", "type": "user", "account": "222222222222", "name": "ana", "groups": ["team"] },
            user("ben", "333333333333", &["own"]),
        ],
        "requests": [
            { "id": "r1", "principal": { "type": "user", "id": "ana" }, "action": "s3:ListAllMyBuckets" },
            { "id": "r2", "principal": { "type": "user", "id": "ben" }, "action": "s3:ListAllMyBuckets" },
            { "id": "r3", "principal": { "type": "everyAccount", "role": "Auditor", "policies": ["shared"] }, "action": "s3:ListAllMyBuckets" },
            { "id": "r4", "principal": { "type": "user", "id": "ben" }, "action": "s3:GetObject", "resource": "arn:aws:s3:::data/x", "resourceAccount": "222222222222" },
        ],
    });
    organization::file::read(&file.to_string())
        .expect("a scenario")
        .scenario
}

struct Session {
    engine: Engine,
    scenario: Scenario,
    analysis: Analysis,
}

impl Session {
    fn new() -> Self {
        let (mut engine, scenario) = (Engine::new(), scenario());
        let analysis = engine.analyze(&scenario, None);
        assert_eq!(analysis.evaluated, 5);
        Self {
            engine,
            scenario,
            analysis,
        }
    }

    /// Applies an edit, and says how many rows were worked out anew.
    #[track_caller]
    fn edit(&mut self, edit: Edit) -> usize {
        self.scenario = self
            .scenario
            .apply(edit)
            .expect("the edit is possible")
            .scenario;
        self.analysis = self.engine.analyze(&self.scenario, None);
        let fresh = Engine::new().analyze(&self.scenario, None);
        assert_eq!(self.analysis.requests, fresh.requests);
        self.analysis.evaluated
    }

    fn verdict(&self, request: &str, row: usize) -> Verdict {
        self.analysis.request(&request.into()).unwrap().rows[row].verdict
    }

    fn text(policy: &str, text: &str) -> Edit {
        Edit::SetPolicyText {
            policy: policy.into(),
            text: text.into(),
        }
    }
}

#[test]
fn nothing_is_worked_out_twice() {
    let mut session = Session::new();
    assert_eq!(session.engine.analyze(&session.scenario, None).evaluated, 0);
    let again = organization::file::read(&organization::file::write(&session.scenario)).unwrap();
    assert_eq!(session.engine.analyze(&again.scenario, None).evaluated, 0);
}

#[test]
fn the_text_of_a_policy_concerns_the_rows_that_read_it() {
    let mut session = Session::new();
    assert_eq!(session.edit(Session::text("unused", DENY_S3)), 0);
    // Ana, every account in Dev, and Ben's request for a bucket of Dev.
    assert_eq!(session.edit(Session::text("sandbox", DENY_S3)), 3);
    assert_eq!(session.verdict("r1", 0), Verdict::ExplicitDeny);
    assert_eq!(session.verdict("r2", 0), Verdict::Allow);
    assert_eq!(session.verdict("r3", 0), Verdict::ExplicitDeny);
    assert_eq!(session.verdict("r3", 1), Verdict::Allow);
    // Ben's two requests.
    assert_eq!(session.edit(Session::text("own", DENY_S3)), 2);
    assert_eq!(session.verdict("r2", 0), Verdict::ExplicitDeny);
    // Ana through her group, and every account.
    assert_eq!(session.edit(Session::text("shared", "{")), 3);
    assert_eq!(session.verdict("r1", 0), Verdict::ExplicitDeny);
    assert_eq!(session.verdict("r3", 1), Verdict::Error);
}

#[test]
fn names_concern_no_verdict() {
    let mut session = Session::new();
    for policy in ["sandbox", "own", "shared"] {
        let name = "Another name".to_owned();
        assert_eq!(
            session.edit(Edit::RenamePolicy {
                policy: policy.into(),
                name
            }),
            0
        );
    }
    assert_eq!(session.edit(Edit::SetTitle("Another title".to_owned())), 0);
    assert_eq!(
        session.edit(Edit::SetDescription("More words".to_owned())),
        0
    );
}

#[test]
fn an_account_that_moves_concerns_its_own_rows() {
    let mut session = Session::new();
    session.edit(Session::text("sandbox", DENY_S3));
    let to = |node: &str, parent: &str| Edit::MoveNode {
        node: node.into(),
        parent: parent.into(),
        position: None,
    };
    // Ana, and Ben's request for a bucket of Dev. For the role in every account Dev is now like its
    // new neighbour.
    assert_eq!(session.edit(to("222222222222", "ou-ab12-22222222")), 2);
    assert_eq!(session.verdict("r1", 0), Verdict::Allow);
    // The rows of Test, that of a bucket elsewhere too; each account stands alone again.
    assert_eq!(session.edit(to("333333333333", "ou-ab12-11111111")), 4);
    assert_eq!(session.verdict("r2", 0), Verdict::ExplicitDeny);
    assert_eq!(session.edit(to("111111111111", "ou-ab12-11111111")), 0);
}

#[test]
fn attaching_concerns_what_is_below() {
    let mut session = Session::new();
    session.edit(Session::text("unused", DENY_S3));
    let attach = |node: &str| Edit::Attach {
        node: node.into(),
        policy: "unused".into(),
        position: None,
    };
    assert_eq!(session.edit(attach("ou-ab12-22222222")), 3);
    assert_eq!(session.verdict("r2", 0), Verdict::ExplicitDeny);
    assert_eq!(session.verdict("r1", 0), Verdict::Allow);
    assert_eq!(session.edit(attach("r-ab12")), 5);
    assert_eq!(session.verdict("r1", 0), Verdict::ExplicitDeny);
}

#[test]
fn principals_concern_their_own_requests() {
    let mut session = Session::new();
    let leave = Edit::LeaveGroup {
        user: "ana".into(),
        group: "team".into(),
    };
    assert_eq!(session.edit(leave), 1);
    assert_eq!(session.verdict("r1", 0), Verdict::ImplicitDeny);
    let Principal::User(mut ben) = (**session.scenario.principal("ben").unwrap()).clone() else {
        panic!("ben is a user");
    };
    ben.tags.insert("team".to_owned(), "blue".to_owned());
    assert_eq!(
        session.edit(Edit::UpdatePrincipal(Box::new(Principal::User(ben)))),
        2
    );
}

#[test]
fn a_request_concerns_itself() {
    let mut session = Session::new();
    let mut request = (**session.scenario.request("r1").unwrap()).clone();
    request.context.push((
        "aws:SourceIp".to_owned(),
        organization::ContextValue::Many(Vec::new()),
    ));
    assert_eq!(session.edit(Edit::UpdateRequest(Box::new(request))), 1);
    assert_eq!(
        session.edit(Edit::MoveRequest {
            request: "r3".into(),
            position: 0
        }),
        0
    );
    assert_eq!(session.edit(Edit::DuplicateRequest("r2".into())), 1);
    assert_eq!(session.edit(Edit::DeleteRequest("r2".into())), 0);
}

#[test]
fn what_all_requests_share_concerns_all() {
    let mut session = Session::new();
    let mut settings = (*session.scenario.settings).clone();
    settings.unstated_keys = organization::UnstatedKeys::Unknown;
    assert_eq!(session.edit(Edit::SetSettings(settings)), 5);
    let mut defaults = (*session.scenario.defaults).clone();
    defaults.region = Some("eu-west-1".to_owned());
    assert_eq!(session.edit(Edit::SetDefaults(defaults)), 5);
    session.edit(Edit::SetManagementAccount("222222222222".into()));
    assert_eq!(session.analysis.evaluated, 5);
}
