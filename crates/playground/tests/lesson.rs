//! What a learner is told of a task, what is hidden, and what an author is told of a lesson.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test whose data cannot be read must fail, in its helpers too"
)]

use std::path::Path;

use evaluator::{PolicyType, Verdict};
use organization::file::read;
use organization::lesson::Lesson;
use organization::{
    Edit, FULL_AWS_ACCESS, NodeId, PolicyId, Principal, Request, RequestId, Scenario, SwitchedOff,
};
use playground::lesson::{
    Answer, Decider, Guess, Pick, Progress, Solution, StepResult, StepState, answer_from_json,
    answer_to_json, check, choices, editable, hidden, predict_options, progress_from_json,
    progress_to_json, result_to_json, review, rules_of, set_rules, summary, summary_to_json,
};
use playground::{Engine, Inline, Phrase};
use policy::Kind;
use serde_json::json;

fn course(id: &str) -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
    let text = std::fs::read_to_string(folder.join(format!("{id}.json"))).unwrap();
    read(&text).unwrap().scenario
}

fn solution(id: &str) -> Solution {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("solutions");
    let text = std::fs::read_to_string(folder.join(format!("{id}.solution.json"))).unwrap();
    Solution::read(&text).unwrap()
}

fn judged(start: &Scenario, now: &Scenario, step: &str, answer: Option<&Answer>) -> StepResult {
    check(&mut Engine::new(), start, now, step, answer).expect("the step")
}

fn plain(phrase: &Phrase) -> String {
    let pieces = phrase.iter().map(|piece| match piece {
        Inline::Text(text) | Inline::Strong(text) | Inline::Code(text) | Inline::Mark(text) => {
            text.as_str()
        }
    });
    pieces.collect()
}

/// What is wrong, in sentences.
fn wrong(result: &StepResult) -> Vec<String> {
    let unmet = result.findings.iter().filter(|finding| !finding.met);
    unmet.map(|finding| plain(&finding.sentence)).collect()
}

fn guess(request: &str, verdict: Verdict, node: Option<&str>) -> Guess {
    Guess {
        request: RequestId::from(request),
        verdict,
        decider: node.map(|node| Decider {
            policy_type: PolicyType::Scp,
            node: Some(NodeId::from(node)),
        }),
    }
}

fn edited(scenario: &Scenario, edits: impl IntoIterator<Item = Edit>) -> Scenario {
    scenario.apply_all(edits).expect("the edits").scenario
}

fn text(policy: &str, text: &str) -> Edit {
    Edit::SetPolicyText {
        policy: PolicyId::from(policy),
        text: text.into(),
    }
}

#[test]
fn a_prediction_is_told_what_is_right_and_what_decides_instead() {
    let start = course("what-inherits");
    let deny = Verdict::ImplicitDeny;
    let answer = Answer::Predict(vec![
        guess("a-s3", deny, Some("ou-ab12-20000001")),
        guess("a-ec2", deny, Some("r-ab12")),
        guess("d-ec2", deny, Some("r-ab12")),
        guess("e-ec2", Verdict::Allow, None),
    ]);
    let result = judged(&start, &start, "guess", Some(&answer));
    assert_eq!(result.state, StepState::Unsolved);
    assert_eq!(plain(&result.sentence), "Not yet: 2 of 5 are right.");
    assert_eq!(
        wrong(&result),
        [
            "You said deny, and it is allow.",
            "Yes, explicit deny, but it does not come from the SCPs at Root.",
            "Nothing is said yet.",
        ]
    );
    let reason = plain(result.findings[2].reason.as_ref().unwrap());
    assert!(
        reason.contains("statement DenyEC2 of SCP Deny EC2, attached to OU Test"),
        "{reason}"
    );
    assert_eq!(result.findings[0].rules, ["SCP-2", "SCP-4"]);
    assert_eq!(judged(&start, &start, "guess", None).state, StepState::Open);
}

#[test]
fn the_kind_of_a_deny_counts_where_it_is_asked() {
    let start = course("least-privilege");
    let all = |ben| {
        Answer::Predict(vec![
            guess("ana-reads", Verdict::Allow, None),
            guess("ben-reads", ben, None),
            guess("ana-payroll", Verdict::Allow, None),
        ])
    };
    let result = judged(&start, &start, "guess", Some(&all(Verdict::ImplicitDeny)));
    assert_eq!(result.state, StepState::Solved);
    let result = judged(&start, &start, "guess", Some(&all(Verdict::ExplicitDeny)));
    assert_eq!(
        wrong(&result),
        ["You said explicit deny, and it is implicit deny."]
    );
}

#[test]
fn what_can_be_said_is_offered_and_names_no_answer() {
    let start = course("allow-lists");
    let lesson = start.lesson.clone().unwrap();
    let task = lesson.step("guess").unwrap().task.as_ref().unwrap();
    let options = predict_options(&mut Engine::new(), &start, task);
    assert_eq!(options.len(), 5);
    let b = options
        .iter()
        .find(|it| it.request.as_str() == "b-ec2")
        .unwrap();
    assert_eq!(b.verdicts, [Verdict::Allow, Verdict::ImplicitDeny]);
    let offered: Vec<String> = b.deciders.iter().map(|it| plain(&it.words)).collect();
    assert_eq!(
        offered,
        [
            "the SCPs at Root",
            "the SCPs at Sandbox",
            "the SCPs at Lab",
            "the identity policies",
            "a fixed rule, which no policy changes",
        ]
    );
    let task = lesson.step("explain").unwrap().task.as_ref().unwrap();
    let offered = choices(&mut Engine::new(), &start, task);
    let words: Vec<String> = offered.iter().map(|it| plain(&it.words)).collect();
    assert!(
        words.contains(&"No Allow in the SCPs at Sandbox".to_owned()),
        "{words:?}"
    );
    assert!(
        words.contains(&"Allow Listed of EC2 only (Lab)".to_owned()),
        "{words:?}"
    );
}

#[test]
fn a_pick_that_does_not_decide_is_told_why() {
    let start = course("what-inherits");
    let picks = |list: &[(&str, usize)]| {
        let all = list.iter().map(|(policy, index)| Pick::Statement {
            policy: PolicyId::from(*policy),
            index: *index,
        });
        Answer::Explain(all.collect())
    };
    let result = judged(
        &start,
        &start,
        "explain",
        Some(&picks(&[("allow-s3", 0), ("stay", 0)])),
    );
    assert_eq!(
        wrong(&result),
        [
            "Deny Stay of Stay (Root): it does not decide this request.",
            "Allow AllowS3 of Allow S3 (Play): it does not decide this request.",
            "One more thing decides.",
        ]
    );
    let reasons = |result: &StepResult| -> Vec<String> {
        let found = result.findings.iter();
        found
            .filter_map(|one| one.reason.as_ref())
            .map(plain)
            .collect()
    };
    let one = |pick: Pick| {
        judged(
            &start,
            &start,
            "explain",
            Some(&Answer::Explain(vec![pick])),
        )
    };
    assert_eq!(
        reasons(&result),
        [
            "It does not match: its Action is not met.",
            "It matches, but a Deny that matches is final.",
        ]
    );
    let missing = Pick::Missing {
        policy_type: PolicyType::Scp,
        node: Some(NodeId::from("ou-ab12-20000001")),
    };
    assert_eq!(
        reasons(&one(missing)),
        ["It is not missing: Statement 1 of FullAWSAccess allows it."]
    );
    let result = judged(&start, &start, "explain", Some(&picks(&[("deny-s3", 0)])));
    assert_eq!(result.state, StepState::Solved);
}

#[test]
fn a_mend_quotes_the_trace_of_what_still_fails() {
    let start = course("mfa");
    let open = judged(&start, &start, "mend", None);
    assert_eq!(open.state, StepState::Open);
    let allow_all = r#"{ "Version": "2012-10-17", "Statement": [] }"#;
    let now = edited(&start, [text("ask-mfa", allow_all)]);
    let result = judged(&start, &now, "mend", None);
    assert_eq!(result.state, StepState::Unsolved);
    let said = wrong(&result);
    assert!(
        said.contains(&"Ask for MFA is not a policy that AWS would save.".to_owned()),
        "{said:?}"
    );
    let failing = |finding: &&playground::lesson::Finding| finding.about == "keys-end";
    let finding = result.findings.iter().find(failing).unwrap();
    assert!(!finding.met);
    assert!(finding.reason.is_some());
    let solved = solution("mfa")
        .step("mend")
        .unwrap()
        .applied(&start)
        .unwrap();
    let result = judged(&start, &solved, "mend", None);
    assert_eq!(result.state, StepState::Solved);
    assert_eq!(wrong(&result), [""; 0]);
    let keys = result.findings.iter().find(failing).unwrap();
    assert_eq!(
        plain(&keys.sentence),
        "Ana ends a server with her access keys: explicit deny."
    );
}

#[test]
fn what_the_step_leaves_alone_may_not_be_changed() {
    let start = course("mfa");
    let solved = solution("mfa")
        .step("mend")
        .unwrap()
        .applied(&start)
        .unwrap();
    let broken = |now: Scenario, part: &str| {
        let result = judged(&start, &now, "mend", None);
        let said = wrong(&result);
        assert_eq!(result.state, StepState::Unsolved, "{part}");
        assert!(
            said.iter().any(|it| it.starts_with(part)),
            "{part}: {said:?}"
        );
    };
    broken(
        edited(&solved, [text("servers", "{}")]),
        "The policy Servers is not as",
    );
    let off = Edit::Switch {
        parts: vec![SwitchedOff::Kind(Kind::Boundary)],
        off: true,
    };
    broken(
        edited(&solved, [off]),
        "What is switched off, or another setting is not as",
    );
    let mut user = match &*solved.principals[0] {
        Principal::User(user) => user.clone(),
        other => panic!("{other:?}"),
    };
    user.tags.insert("team".to_owned(), "blue".to_owned());
    let user = Edit::UpdatePrincipal(Box::new(Principal::User(user)));
    broken(edited(&solved, [user]), "Who there is");
    let gone = Edit::DeleteRequest(RequestId::from("keys-end"));
    broken(
        edited(&solved, [gone]),
        "The request Ana ends a server with her access keys is not as",
    );
    let policy = Edit::AddPolicy {
        name: "Mine".to_owned(),
        kind: Kind::Identity,
        text: "{}".into(),
    };
    broken(
        edited(&solved, [policy]),
        "The list of policies, with Mine is not as",
    );
    // A request of one's own, a name and a title change nothing.
    let own = Request {
        name: "Mine".to_owned(),
        ..Request::new(solved.requests[0].caller.clone(), "ec2:StopInstances", "*")
    };
    let own = Edit::AddRequest {
        request: Box::new(own),
        position: Some(0),
    };
    let harmless = edited(&solved, [own, Edit::SetTitle("Mine".to_owned())]);
    assert_eq!(
        judged(&start, &harmless, "mend", None).state,
        StepState::Solved
    );
}

#[test]
fn a_broken_limit_is_named() {
    let start = course("least-privilege");
    let said = |typed: &str| {
        wrong(&judged(
            &start,
            &edited(&start, [text("nurses", typed)]),
            "narrow",
            None,
        ))
    };
    let statement = |sid: &str| {
        format!(
            r#"{{ "Sid": "{sid}", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::patient-files/*" }}"#
        )
    };
    let three = [statement("A"), statement("B"), statement("C")].join(",");
    let many = said(&format!(
        r#"{{ "Version": "2012-10-17", "Statement": [{three}] }}"#
    ));
    assert!(
        many.contains(&"Nurses has 3 statements. For this task it may have 2.".to_owned()),
        "{many:?}"
    );
    let all = said(
        r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": ["s3:GetObject", "*"], "Resource": "*" } }"#,
    );
    let sentence = "Nurses allows everything now. The task asks for less than that.";
    assert!(all.contains(&sentence.to_owned()), "{all:?}");

    let start = course("keys");
    let bare = r#"{ "Version": "2012-10-17", "Statement": { "Sid": "AppUses", "Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*" } }"#;
    let said = wrong(&judged(
        &start,
        &edited(&start, [text("key-policy", bare)]),
        "mend",
        None,
    ));
    for sid in ["AppUses", "KeyAdminKeeps"] {
        let sentence = format!("Orders key must keep its statement {sid} as the lesson gave it.");
        assert!(said.contains(&sentence), "{said:?}");
    }

    let start = course("nothing-works");
    let replace = Edit::ReplaceAttachment {
        node: NodeId::from("r-ab12"),
        old: PolicyId::from("keep-trail"),
        new: PolicyId::from(FULL_AWS_ACCESS),
    };
    let said = wrong(&judged(&start, &edited(&start, [replace]), "mend", None));
    let sentence = "Keep the trail must stay wherever the lesson attached it.";
    assert!(said.contains(&sentence.to_owned()), "{said:?}");
}

#[test]
fn those_who_watch_are_protected_from_stopping_and_from_deleting() {
    let start = course("detectives");
    let said = |actions: &[&str], spared: &str| {
        let document = serde_json::json!({
            "Version": "2012-10-17",
            "Statement": [{
                "Effect": "Deny", "Action": actions, "Resource": "*",
                "Condition": { "ArnNotLike": { "aws:PrincipalArn": spared } },
            }],
        });
        let now = edited(&start, [text("protect", &document.to_string())]);
        let result = judged(&start, &now, "mend", None);
        let wrong = result.findings.into_iter().filter(|one| !one.met);
        wrong.map(|one| one.about).collect::<Vec<_>>()
    };
    let ops = "arn:aws:iam::*:role/SecurityOps";
    let stopping = [
        "cloudtrail:StopLogging",
        "config:StopConfigurationRecorder",
        "guardduty:DeleteDetector",
        "securityhub:DisableSecurityHub",
        "inspector2:Disable",
    ];
    assert_eq!(said(&stopping, ops), ["delete-trail", "delete-config"]);
    let all = |more: &[&'static str]| [&stopping, more].concat();
    let deleting = all(&[
        "cloudtrail:DeleteTrail",
        "config:DeleteConfigurationRecorder",
    ]);
    assert_eq!(said(&deleting, ops), [""; 0]);
    let wide = all(&["cloudtrail:DeleteTrail", "config:*"]);
    assert_eq!(said(&wide, ops), ["read-config"]);
    let spared = said(&deleting, "arn:aws:iam::*:root");
    assert_eq!(spared, ["delete-trail", "ops-guardduty"]);
}

#[test]
fn a_deny_that_nearly_matches_is_named_to_who_thought_of_it() {
    let start = course("mfa");
    let keys = guess("keys-end", Verdict::ExplicitDeny, None);
    let result = judged(&start, &start, "guess", Some(&Answer::Predict(vec![keys])));
    assert_eq!(
        plain(result.findings[0].reason.as_ref().unwrap()),
        "Allowed: identity policy Servers of user ana grants it. NoMfaNoEnd of Ask for MFA does \
         not match: its Bool of aws:MultiFactorAuthPresent is not met. In this request it is absent."
    );
    let right = guess("keys-end", Verdict::Allow, None);
    let result = judged(&start, &start, "guess", Some(&Answer::Predict(vec![right])));
    let reason = plain(result.findings[0].reason.as_ref().unwrap());
    assert!(!reason.contains("NoMfaNoEnd"), "{reason}");
}

#[test]
fn an_allow_that_is_only_moved_is_no_new_one() {
    let start = course("no-order");
    let ravi = start.policy("ravi").unwrap().text();
    let mut document: serde_json::Value = serde_json::from_str(ravi).unwrap();
    document["Statement"].as_array_mut().unwrap().reverse();
    let turned = edited(&start, [text("ravi", &document.to_string())]);
    let said = wrong(&judged(&start, &turned, "mend", None));
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("Ravi reads the summary of the drafts should come out as allow"));
    document["Statement"][0]["Resource"] = "*".into();
    let wider = edited(&start, [text("ravi", &document.to_string())]);
    let said = wrong(&judged(&start, &wider, "mend", None));
    assert!(
        said[0].starts_with("Ravi allows more than before."),
        "{said:?}"
    );
}

#[test]
fn a_built_organization_is_told_what_is_missing() {
    let start = course("design-ous");
    let said = |now: &Scenario| wrong(&judged(&start, now, "tree", None));
    assert_eq!(
        said(&start),
        [
            "The OU Workloads is not there.",
            "The OU Sandbox is not there."
        ]
    );
    let add = |name: &str, parent: &NodeId| Edit::AddOu {
        parent: parent.clone(),
        name: name.to_owned(),
    };
    let root = NodeId::from("r-ab12");
    let two = edited(&start, [add("Workloads", &root), add("Sandbox", &root)]);
    assert_eq!(
        said(&two),
        [
            "The OU Workloads must hold the account Shop.",
            "The OU Sandbox must hold the account Play."
        ]
    );
    let id = |scenario: &Scenario, name: &str| {
        let mut found = None;
        scenario
            .organization
            .as_ref()
            .unwrap()
            .each_node(&mut |node| {
                if node.name() == name {
                    found = Some(node.id());
                }
            });
        found.expect("the node")
    };
    let into = |account: &str, ou: &str| Edit::MoveNode {
        node: NodeId::from(account),
        parent: id(&two, ou),
        position: None,
    };
    let moved = edited(
        &two,
        [
            into("333333333333", "Workloads"),
            into("444444444444", "Workloads"),
            into("555555555555", "Sandbox"),
        ],
    );
    assert_eq!(
        judged(&start, &moved, "tree", None).state,
        StepState::Solved
    );
    let nested = Edit::MoveNode {
        node: id(&moved, "Sandbox"),
        parent: id(&moved, "Workloads"),
        position: None,
    };
    assert_eq!(
        said(&edited(&moved, [nested])),
        ["The OU Sandbox must be directly in the root."]
    );
    let attach = |node: NodeId| Edit::Attach {
        node,
        policy: PolicyId::from("small-servers"),
        position: None,
    };
    let at_root = edited(&moved, [attach(root)]);
    let said = wrong(&judged(&start, &at_root, "attach", None));
    assert_eq!(said[0], "Small servers must be attached to Sandbox.");
    assert_eq!(said[1], "Small servers must not be attached to the root.");
    let at_ou = edited(&moved, [attach(id(&moved, "Sandbox"))]);
    assert_eq!(
        judged(&start, &at_ou, "attach", None).state,
        StepState::Solved
    );
    // What a step lets the learner edit stays open in the steps behind it.
    let lesson = start.lesson.as_ref().unwrap();
    assert_eq!(
        (
            editable(lesson, "tree").len(),
            editable(lesson, "attach").len()
        ),
        (1, 2)
    );
}

#[test]
fn answers_are_hidden_until_they_were_given() {
    let start = course("what-inherits");
    let lesson = start.lesson.as_ref().unwrap();
    let mut progress = Progress::default();
    let (asked, explained) = (RequestId::from("a-ec2"), RequestId::from("a-s3"));
    let unseen = hidden(lesson, "guess", &progress);
    assert!(unseen.verdict(&asked) && unseen.reason(&asked) && unseen.ways);
    assert!(!unseen.verdict(&RequestId::from("b-s3")));
    let answer = Answer::Predict(vec![guess("a-s3", Verdict::Allow, None)]);
    let result = judged(&start, &start, "guess", Some(&answer));
    progress.record(&result, Some(answer.clone()));
    let unseen = hidden(lesson, "guess", &progress);
    assert!(!unseen.verdict(&asked) && !unseen.verdict(&explained));
    // The next task asks for the reason of this one.
    assert!(unseen.reason(&explained) && !unseen.reason(&asked));
    let picked = Answer::Explain(vec![Pick::Statement {
        policy: PolicyId::from("deny-s3"),
        index: 0,
    }]);
    let result = judged(&start, &start, "explain", Some(&picked));
    progress.record(&result, Some(picked));
    let unseen = hidden(lesson, "mend", &progress);
    assert!(!unseen.reason(&explained) && unseen.ways);
    let done = progress.step("guess").unwrap();
    assert_eq!(
        (done.tries, done.solved, &done.answer),
        (1, false, &Some(answer))
    );
}

#[test]
fn progress_is_summed_up() {
    let start = course("mfa");
    let lesson = start.lesson.as_ref().unwrap();
    let mut progress = Progress::default();
    assert!(!summary(lesson, &progress).solved);
    let right = answer_from_json(&json!({
        "keys-end": "allow", "mfa-end": "allow", "plain-end": { "verdict": "explicitDeny" }
    }))
    .unwrap();
    let result = judged(&start, &start, "guess", Some(&right));
    progress.record(&result, Some(right));
    progress.open_hint("mend");
    progress.record(&judged(&start, &start, "mend", None), None);
    let solved = solution("mfa")
        .step("mend")
        .unwrap()
        .applied(&start)
        .unwrap();
    let result = judged(&start, &solved, "mend", None);
    progress.record(&result, None);
    // What is solved stays so.
    progress.record(&judged(&start, &start, "mend", None), None);
    assert_eq!(
        summary_to_json(&summary(lesson, &progress)),
        json!({
            "lesson": "mfa", "solved": true, "tasksSolved": 2, "tasks": 2, "firstTries": 1,
            "steps": [
                { "id": "guess", "solved": true, "tries": 1, "hints": 0 },
                { "id": "mend", "solved": true, "tries": 1, "hints": 1 },
            ]
        })
    );
    let kept = progress_to_json(&progress);
    assert_eq!(progress_from_json(&kept), progress);
    let spoilt = json!({ "mfa": 5, "guess": { "tries": -1, "answer": "x", "solved": "yes" } });
    assert!(!summary(lesson, &progress_from_json(&spoilt)).solved);
    assert_eq!(progress_from_json(&json!("nothing")), Progress::default());
    let json = result_to_json(&result);
    assert_eq!(json["state"], "solved");
    assert_eq!(json["findings"][0]["kind"], "limit");
}

#[test]
fn answers_go_through_json_and_back() {
    for typed in [
        json!({ "r": { "verdict": "explicitDeny", "policyType": "scp", "node": "ou-1" }, "s": { "verdict": "allow" } }),
        json!([{ "policy": "p", "statement": 2 }, { "missing": "scp", "node": "r-1" }, { "missing": "identity" }]),
    ] {
        assert_eq!(answer_to_json(&answer_from_json(&typed).unwrap()), typed);
    }
    for (typed, part) in [
        (
            json!({ "r": "maybe" }),
            "found \"maybe\", expected a verdict: allow",
        ),
        (
            json!([{ "policy": "p" }]),
            "expected `policy` and `statement`",
        ),
        (
            json!({ "r": { "verdict": "allow", "policyType": "x" } }),
            "expected a policy type",
        ),
        (json!(7), "expected an object of guesses"),
    ] {
        let error = answer_from_json(&typed).unwrap_err();
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn a_solution_says_what_is_wrong_with_it() {
    for (typed, message) in [
        ("{", "found no JSON"),
        (r#"{ "steps": {} }"#, "found no `lesson`"),
        (
            r#"{ "lesson": "x", "step": {} }"#,
            "found `step`, expected lesson, start, steps",
        ),
        (
            r#"{ "lesson": "x", "steps": { "a": { "answr": 1 } } }"#,
            "`steps.a`: found `answr`",
        ),
        (
            r#"{ "lesson": "x", "steps": { "a": { "answer": 1 } } }"#,
            "`steps.a.answer`: found 1",
        ),
    ] {
        let error = Solution::read(typed).unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }
    let start = course("mfa");
    let broken = |typed: &str| {
        let solution = Solution::read(typed).unwrap();
        let findings = review(&start, Some(&solution)).findings;
        let messages = findings.into_iter().map(|finding| finding.message);
        messages.collect::<Vec<String>>().join("\n")
    };
    let found = broken(
        r#"{ "lesson": "other", "start": { "keys-end": "deny" }, "steps": { "mend": { "changes": { "policies": 5 } }, "x": {} } }"#,
    );
    for part in [
        "the solution is that of `other`, not of `mfa`",
        "the solution solves a step `x` that is not there",
        "`keys-end` at the start: ana, Web shop: expected deny, got allow",
        "the solution does not say what `mfa-end` comes to at the start",
        "the solution does not solve this step",
        "the solution: `changes`: `policies`: found the number `5`, expected an array",
    ] {
        assert!(found.contains(part), "no `{part}` in\n{found}");
    }
    let found = broken(
        r#"{ "lesson": "mfa", "steps": { "guess": { "answer": { "keys-end": "deny" } }, "mend": { "attach": { "ou-1": [] } } } }"#,
    );
    assert!(
        found.contains("the solution does not solve it: `keys-end`: You said"),
        "{found}"
    );
    assert!(found.contains("the lesson has no such node"), "{found}");
}

/// A lesson that a lazy learner gets through.
const SLOPPY: &str = r#"{
  "version": 1,
  "externalAccounts": [{ "id": "222222222222", "name": "Solo" }],
  "policies": [{ "id": "p", "kind": "identity", "document": { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:Get*", "Resource": "*" } } }],
  "principals": [{ "id": "ann", "type": "user", "account": "222222222222", "policies": ["p"] }],
  "requests": [
    { "id": "get", "principal": "ann", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "resourceAccount": "222222222222", "expect": "allow" },
    { "id": "put", "principal": "ann", "action": "s3:PutObject", "resource": "arn:aws:s3:::b/k", "resourceAccount": "222222222222" },
    { "id": "each", "principal": { "type": "everyAccount", "role": "Admin", "policies": ["AdministratorAccess"] }, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k" }
  ],
  "lesson": {
    "id": "sloppy", "title": "Sloppy", "goal": "To be lazy.",
    "misconception": { "belief": "It will do.", "truth": "It will not.", "idea": "laziness" },
    "steps": [
      { "id": "read", "text": "![x](https://example.org/x.png)" },
      { "id": "mend", "edit": [{ "policy": "p" }, "policy"], "task": { "type": "mend", "expect": { "put": "allow" } } },
      { "id": "guess", "task": { "type": "predict", "requests": ["get", "each"] } },
      { "id": "pick", "task": { "type": "predict", "requests": ["get"] } },
      { "id": "done", "task": { "type": "mend", "expect": { "get": "allow" } } },
      { "id": "odd", "task": { "type": "ponder" } }
    ]
  }
}"#;

#[test]
fn the_review_tells_which_lazy_way_solves_a_lesson() {
    let sloppy = read(SLOPPY).unwrap().scenario;
    let review = review(&sloppy, None);
    assert!(!review.passes());
    let found: Vec<(Option<&str>, &str)> = review
        .findings
        .iter()
        .map(|finding| (finding.step.as_deref(), finding.message.as_str()))
        .collect();
    for part in [
        (None, "there is no solution to try"),
        (None, "there is no note for the teacher"),
        (None, "no wrong idea is called `laziness`"),
        (
            None,
            "`get` tells what is expected of it: say it in the solution",
        ),
        (None, "no rule is named for `put`"),
        (
            Some("read"),
            "a picture is shown as the text that was typed",
        ),
        (Some("mend"), "`edit` has an entry that is not known"),
        (Some("mend"), "a lazy way solves it: allow everything in p"),
        (
            Some("pick"),
            "a lazy answer is right: everything is allowed",
        ),
        (
            Some("guess"),
            "`each` has a verdict for each account, and only the first is asked",
        ),
        (
            Some("guess"),
            "what is asked is about the start, so it belongs before the steps that change something",
        ),
        (Some("done"), "it is solved before anything is done"),
        (Some("odd"), "no task is called `ponder`"),
    ] {
        assert!(found.contains(&part), "no {part:?} in {found:#?}");
    }
    let lazy = |name: &str| found.iter().any(|(_, message)| message.ends_with(name));
    assert!(!lazy("give everybody AdministratorAccess"));
}

#[test]
fn the_rules_of_a_request_are_set_beside_other_notes_of_it() {
    let notes = json!({ "a": { "rule": "SCP-1", "note": "kept" }, "b": { "rule": ["X-1"] } });
    let mut lesson = Lesson {
        cases: Some(notes),
        ..Lesson::default()
    };
    assert_eq!(rules_of(&lesson, "a"), ["SCP-1"]);
    set_rules(&mut lesson, "a", vec!["SCP-2".into(), "SCP-3".into()]);
    set_rules(&mut lesson, "b", Vec::new());
    let now = json!({ "a": { "rule": ["SCP-2", "SCP-3"], "note": "kept" } });
    assert_eq!(lesson.cases, Some(now));
    set_rules(&mut lesson, "a", Vec::new());
    assert_eq!(lesson.cases, Some(json!({ "a": { "note": "kept" } })));
    lesson.cases = None;
    set_rules(&mut lesson, "a", Vec::new());
    assert_eq!(lesson.cases, None);
}

#[test]
fn without_a_lesson_there_is_nothing_to_judge() {
    let empty = Scenario::empty();
    assert!(check(&mut Engine::new(), &empty, &empty, "x", None).is_none());
    assert_eq!(
        review(&empty, None).findings[0].message,
        "the scenario has no lesson"
    );
    let start = course("mfa");
    assert!(check(&mut Engine::new(), &start, &start, "x", None).is_none());
    // An answer of the wrong kind is none.
    let answer = Answer::Explain(Vec::new());
    assert_eq!(
        judged(&start, &start, "guess", Some(&answer)).state,
        StepState::Open
    );
}

/// An author does the solution instead of writing it.
#[test]
fn a_solution_that_was_done_is_written_and_read_again() {
    for id in ["roll-out", "design-ous", "least-privilege", "what-inherits"] {
        let start = course(id);
        let typed = solution(id);
        let mut done = Solution::of(&mut Engine::new(), &start);
        let mut now = start.clone();
        for step in &start.lesson.as_ref().unwrap().steps {
            let solved = typed.step(&step.id).unwrap();
            let after = solved.applied(&now).unwrap();
            done.solve(&step.id, &now, &after, solved.answer.clone())
                .unwrap();
            now = after;
        }
        let read = Solution::read(&done.write()).unwrap();
        assert_eq!(read, done, "{id}");
        assert_eq!(review(&start, Some(&read)).findings, [], "{id}");
    }
}
