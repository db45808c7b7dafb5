//! Documents that other people published: no panic on any of them, and an error exactly where
//! `corpus.tsv` names one. The documents themselves are not part of the repository.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test whose data cannot be read must fail, in its helpers too"
)]

use std::collections::BTreeMap;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use evaluator::{Decision, Explanation, Truth, Verdict, World};
use guardrail_tests::instance::{Instance, OWNER, Source, account_of};
use guardrail_tests::{json_files, library, repository};
use organization::Scenario;
use policy::{Effect, Kind, LineIndex, Parsed, Severity};
use serde_json::{Value, json};

fn corpus() -> Option<PathBuf> {
    let folder = repository().parent()?.join("shared/corpus");
    if folder.is_dir() {
        Some(folder)
    } else {
        println!("skipped: there is no corpus at {}", folder.display());
        None
    }
}

/// Kind and expected errors of each file of `corpus.tsv`.
fn expected() -> BTreeMap<String, (Kind, Vec<String>)> {
    let text =
        fs::read_to_string(repository().join("tests/corpus.tsv")).expect("the table is readable");
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let mut cells = line.split('\t');
            let (Some(path), Some(kind), Some(errors), None) =
                (cells.next(), cells.next(), cells.next(), cells.next())
            else {
                panic!("not three cells: {line}");
            };
            let kind = Kind::from_word(kind).unwrap_or_else(|| panic!("no kind: {line}"));
            let errors = match errors {
                "ok" => Vec::new(),
                errors => errors.split(',').map(str::to_owned).collect(),
            };
            (path.to_owned(), (kind, errors))
        })
        .collect()
}

/// The kind that a folder of the corpus holds.
fn kind_of_folder(folder: &str) -> Option<Kind> {
    match folder {
        "vpce" => Some(Kind::Endpoint),
        "malformed" | "negative" | "templated" => Some(Kind::Identity),
        word => Kind::from_word(word),
    }
}

fn files(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("the folder is readable") {
            let path = entry.expect("the entry is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it is below the folder");
                files.push((name.to_string_lossy().into_owned(), path));
            }
        }
    }
    files.sort();
    files
}

fn errors(text: &str, parsed: &Parsed) -> Vec<String> {
    let lines = LineIndex::new(text);
    let mut errors: Vec<_> = parsed
        .diagnostics
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| {
            let place = lines.line_col(text, finding.span.start());
            (place.line, finding.code)
        })
        .collect();
    errors.sort_unstable();
    errors
        .into_iter()
        .map(|(line, code)| format!("{code}:{line}"))
        .collect()
}

#[test]
fn published_policies_have_the_errors_that_the_table_names() {
    let Some(corpus) = corpus() else { return };
    let table = expected();
    let mut differences = Vec::new();
    let mut read = 0;
    for (name, path) in files(&corpus) {
        let folder = name.split('/').next().unwrap_or_default();
        let listed = table.get(&name);
        let Some(kind) = listed
            .map(|(kind, _)| *kind)
            .or_else(|| kind_of_folder(folder))
        else {
            continue;
        };
        if listed.is_none() && !name.ends_with(".json") {
            continue;
        }
        let text = String::from_utf8_lossy(&fs::read(&path).expect("it is readable")).into_owned();
        read += 1;
        let Ok(actual) = catch_unwind(|| errors(&text, &policy::parse(&text, kind))) else {
            differences.push(format!("{name}: panic"));
            continue;
        };
        let mut expected = listed.map(|(_, errors)| errors.clone()).unwrap_or_default();
        let mut actual = actual;
        expected.sort();
        actual.sort();
        if actual != expected {
            differences.push(format!("{name}: expected {expected:?}, found {actual:?}"));
        }
    }
    assert!(read > 0, "no policy was read");
    println!("{read} documents");
    assert!(
        differences.is_empty(),
        "{} of {read} differ\n{}",
        differences.len(),
        differences.join("\n")
    );
}

#[test]
fn the_table_names_only_files_that_exist() {
    let Some(corpus) = corpus() else { return };
    for name in expected().keys() {
        assert!(corpus.join(name).is_file(), "{name}");
    }
}

#[test]
fn every_text_is_read_as_every_kind_without_a_panic() {
    let Some(corpus) = corpus() else { return };
    for (name, path) in files(&corpus) {
        let text = String::from_utf8_lossy(&fs::read(&path).expect("it is readable")).into_owned();
        for kind in Kind::ALL {
            assert!(
                catch_unwind(|| policy::parse(&text, kind)).is_ok(),
                "{name} as {}",
                kind.as_str()
            );
        }
        assert!(
            catch_unwind(|| organization::file::read(&text).is_ok()).is_ok(),
            "{name} as a scenario"
        );
    }
}

#[test]
fn events_and_organizations_are_json() {
    let Some(corpus) = corpus() else { return };
    for folder in ["cloudtrail", "orgs"] {
        let files = json_files(&corpus.join(folder)).expect("the folder is readable");
        assert!(!files.is_empty(), "{folder} is empty");
        for path in files {
            let text = fs::read_to_string(&path).expect("it is readable");
            let value: Result<serde_json::Value, _> = serde_json::from_str(&text);
            assert!(value.is_ok(), "{}: {:?}", path.display(), value.err());
        }
    }
}

/// What a document of each kind is attached to, so that it is asked.
fn scenario(kind: Kind, text: &str, instances: &[(String, Instance)]) -> Scenario {
    let policy = |when: Kind| {
        if kind == when {
            json!("p")
        } else {
            Value::Null
        }
    };
    let own = |name: &str, when: Kind| {
        if kind == when {
            json!(["p"])
        } else {
            json!([name])
        }
    };
    let partition = instances
        .iter()
        .find_map(|(_, one)| one.resource.split(':').nth(1));
    let mut outsiders: Vec<String> = instances
        .iter()
        .filter_map(|(_, one)| account_of(one.caller.as_ref()?))
        .filter(|account| account != OWNER)
        .collect();
    outsiders.sort();
    outsiders.dedup();
    let mut arns: Vec<&str> = instances.iter().map(|(_, one)| &*one.resource).collect();
    arns.sort_unstable();
    arns.dedup();
    let requests: Vec<Value> = instances
        .iter()
        .map(|(id, one)| {
            json!({
                "id": id,
                "principal": one.caller.clone().unwrap_or_else(|| json!("caller")),
                "action": one.action,
                "resource": one.resource,
                "resourceAccount": OWNER,
                "unknown": one.unknown,
                "context": one.context,
                "absent": one.absent,
                "endpoint": if kind == Kind::Endpoint { json!("vpce-1") } else { Value::Null },
            })
        })
        .collect();
    let both = match kind {
        Kind::Scp => json!(["FullAWSAccess", "p"]),
        Kind::Rcp => json!(["FullAWSAccess", "p"]),
        _ => json!(["FullAWSAccess"]),
    };
    let file = json!({
        "version": 1,
        "organization": {
            "partition": partition.unwrap_or("aws"),
            "enabledPolicyTypes": ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"],
            "managementAccountId": "100000000001",
            "root": { "children": [
                { "type": "account", "id": "100000000001", "name": "Management" },
                { "type": "account", "id": OWNER, "name": "Member", "policies": both },
            ] },
        },
        "externalAccounts": outsiders
            .iter()
            .map(|id| json!({ "id": id, "name": id, "partition": partition }))
            .collect::<Vec<_>>(),
        "policies": [{ "id": "p", "name": "p", "kind": kind.as_str(), "source": text }],
        "principals": [
            {
                "id": "caller", "type": "user", "account": OWNER, "name": "caller",
                "policies": own("AdministratorAccess", Kind::Identity),
                "permissionsBoundary": policy(Kind::Boundary),
            },
            { "id": "subject", "type": "role", "account": OWNER, "name": "Subject",
              "trustPolicy": policy(Kind::Trust) },
        ],
        "resources": arns
            .iter()
            .filter(|_| kind == Kind::Resource)
            .map(|arn| json!({ "arn": arn, "account": OWNER, "policy": "p" }))
            .collect::<Vec<_>>(),
        "endpoints": [{ "id": "vpce-1", "policy": policy(Kind::Endpoint) }],
        "requests": requests,
    });
    let loaded = organization::file::read(&file.to_string());
    loaded.expect("the scenario is readable").scenario
}

/// What came of the requests.
#[derive(Debug, Default)]
struct Tally {
    documents: usize,
    statements: usize,
    matching: usize,
    satisfied: usize,
    violated: usize,
    others: usize,
    not_asked: usize,
    unmade: usize,
    differences: Vec<String>,
}

/// What the statement at `index` of the policy under test says of a request; none if the policy is
/// not asked, because a fixed rule decides or the service takes no RCPs.
fn truth(explanation: &Explanation, index: usize) -> Option<Truth> {
    let stages = explanation.resources.iter().flat_map(|one| &one.stages);
    let mut statements = stages
        .flat_map(|stage| {
            let levels = stage.levels.iter().flat_map(|level| &level.policies);
            stage.policies.iter().chain(levels)
        })
        .filter(|policy| policy.policy.as_str() == "p")
        .flat_map(|policy| &policy.statements)
        .filter(|statement| statement.index == index);
    statements.next().map(|statement| statement.truth)
}

fn tally(name: &str, kind: Kind, text: &str, tally: &mut Tally) {
    let parsed = policy::parse(text, kind);
    if parsed.is_refused() {
        return;
    }
    tally.documents += 1;
    let mut instances = Vec::new();
    for statement in &parsed.document.statements {
        tally.statements += 1;
        let source = Source {
            text,
            kind,
            statement,
        };
        let Some(matching) = source.matching() else {
            tally.unmade += 1;
            continue;
        };
        if let Some(other) = source.other(&matching) {
            instances.push((format!("{} other", statement.index), other));
        }
        if let Some(satisfied) = source.satisfied(&matching) {
            if let Some(violated) = source.violated(&satisfied) {
                instances.push((format!("{} violated", statement.index), violated));
            }
            instances.push((format!("{} satisfied", statement.index), satisfied));
        }
        instances.push((format!("{} matching", statement.index), matching));
    }
    let scenario = scenario(kind, text, &instances);
    let library = library(&scenario);
    let tree = scenario
        .organization
        .as_ref()
        .map(organization::Organization::index);
    let world = World {
        scenario: &scenario,
        tree: tree.as_ref(),
        library: &library,
    };
    for (request, (id, instance)) in scenario.requests.iter().zip(&instances) {
        let index: usize = id
            .split(' ')
            .next()
            .and_then(|index| index.parse().ok())
            .expect("the id begins with the index");
        let prepared = match evaluator::prepare(&world, request, None) {
            Ok(prepared) => prepared,
            Err(blocker) => {
                tally.differences.push(format!("{name} {id}: {blocker:?}"));
                continue;
            }
        };
        let explanation = prepared.explain();
        let answer = prepared.answer();
        if explanation.answer != answer {
            tally
                .differences
                .push(format!("{name} {id}: explained otherwise"));
        }
        if let Decision::Verdict(verdict) = prepared.decide()
            && verdict != answer.verdict
        {
            tally
                .differences
                .push(format!("{name} {id}: decided otherwise"));
        }
        let Some(truth) = truth(&explanation, index) else {
            tally.not_asked += 1;
            continue;
        };
        let (counted, as_expected) = if id.ends_with("other") {
            (&mut tally.others, truth == Truth::Unmet)
        } else if id.ends_with("violated") {
            (&mut tally.violated, truth == Truth::Unmet)
        } else if id.ends_with("satisfied") {
            (&mut tally.satisfied, truth == Truth::Met)
        } else {
            (&mut tally.matching, truth != Truth::Unmet)
        };
        *counted += 1;
        let denies = parsed.document.statements.iter().any(|one| {
            one.index == index
                && one
                    .effect
                    .as_ref()
                    .is_some_and(|effect| effect.value == Effect::Deny)
        });
        if !as_expected {
            tally
                .differences
                .push(format!("{name} {id}: {truth:?} by {instance:?}"));
        }
        if truth == Truth::Met && denies && answer.verdict != Verdict::ExplicitDeny {
            tally
                .differences
                .push(format!("{name} {id}: denied, and {:?}", answer.verdict));
        }
    }
}

#[test]
fn statements_match_requests_made_for_them_and_no_others() {
    let Some(corpus) = corpus() else { return };
    let mut report = Vec::new();
    for (folder, kind) in [
        ("scp", Kind::Scp),
        ("rcp", Kind::Rcp),
        ("boundary", Kind::Boundary),
        ("identity", Kind::Identity),
        ("resource", Kind::Resource),
        ("trust", Kind::Trust),
        ("vpce", Kind::Endpoint),
    ] {
        let mut counts = Tally::default();
        for path in json_files(&corpus.join(folder)).expect("the folder is readable") {
            let name = path
                .strip_prefix(&corpus)
                .expect("it is below")
                .display()
                .to_string();
            let text =
                String::from_utf8_lossy(&fs::read(&path).expect("it is readable")).into_owned();
            tally(&name, kind, &text, &mut counts);
        }
        println!(
            "{folder}: {} documents, {} statements ({} for which no request can be made up), {} \
             requests that match, {} with all conditions met, {} with one that is not, {} that do not match, {} not asked",
            counts.documents,
            counts.statements,
            counts.unmade,
            counts.matching,
            counts.satisfied,
            counts.violated,
            counts.others,
            counts.not_asked
        );
        assert!(
            counts.matching > 0 && counts.satisfied > 0 && counts.others > 0,
            "{folder}"
        );
        assert!(
            5 * counts.unmade < counts.statements,
            "{folder}: {}",
            counts.unmade
        );
        report.append(&mut counts.differences);
    }
    assert!(
        report.is_empty(),
        "{} differences\n{}",
        report.len(),
        report.join("\n")
    );
}
