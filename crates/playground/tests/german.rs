//! The sentences in German: one of each kind as a person reads it, and over all scenarios no word
//! of English in between.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test whose data cannot be read must fail, in its helpers too"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use organization::{Edit, Scenario, Uses};
use playground::lesson::{self, Answer, choices, review};
use playground::lessons;
use playground::what_if::Search;
use playground::wrong_ideas::WrongIdea;
use playground::{Engine, Focus, Inline, Phrase, TraceView};
use policy::Kind;

fn speak_german() {
    let lines = texts::in_order(texts::GERMAN_FILE).unwrap();
    texts::speak(Some(texts::Language::read(&lines).unwrap()));
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(name)
}

fn read(path: &Path) -> Scenario {
    let text = fs::read_to_string(path).unwrap();
    organization::file::read(&text).unwrap().scenario
}

fn trace(file: &str, request: &str) -> TraceView {
    let path = ["tests/scenarios", "crates/playground/examples"]
        .iter()
        .map(|name| folder(name).join(file))
        .find(|path| path.exists())
        .expect(file);
    let focus = Focus {
        request: request.into(),
        account: None,
    };
    let analysis = Engine::new().analyze(&read(&path), Some(&focus));
    (**analysis.trace.as_ref().expect(request)).clone()
}

fn plain(pieces: &[Inline]) -> String {
    let texts = pieces.iter().map(|piece| match piece {
        Inline::Text(text) | Inline::Strong(text) | Inline::Code(text) | Inline::Mark(text) => {
            text.as_str()
        }
    });
    texts.collect()
}

#[track_caller]
fn check(file: &str, request: &str, expected: &str) {
    speak_german();
    assert_eq!(plain(&trace(file, request).sentence), expected);
}

#[test]
fn an_explicit_deny() {
    check(
        "region-guardrail.json",
        "shop-virginia",
        "Verweigert: Statement DenyOtherRegions der SCP Region guardrail, angehängt an OU Workloads, verweigert ec2:RunInstances, weil aws:RequestedRegion den Wert us-east-1 hat; Shop liegt unter dieser OU.",
    );
    check(
        "rcp-reach.json",
        "customer-key",
        "Verweigert: Statement Everything der RCP everything, angehängt an Root, verweigert kms:Decrypt.",
    );
    check(
        "identity-groups.json",
        "alice-terminate",
        "Verweigert: Statement NoTerminate der Identitätsrichtlinie No terminating von Gruppe operators verweigert ec2:TerminateInstances.",
    );
    check(
        "several-resources.json",
        "both",
        "Verweigert: Statement OnlySmall der Identitätsrichtlinie small verweigert ec2:RunInstances auf arn:aws:ec2:eu-west-1:222222222222:instance/i-1, weil ec2:InstanceType den Wert m5.large hat. Ebenso Statement NotProd der Identitätsrichtlinie small.",
    );
    check(
        "all-policy-types.json",
        "all-deny",
        "Verweigert: Statement NoDelete der RCP rcp, angehängt an Konto Account D, verweigert s3:DeleteObject. Ebenso Statement NoDelete der SCP scp auf Ebene Account A, Statement NoDelete der Endpunktrichtlinie endpoint von vpce-0000000a, Statement NoDelete der Bucket-Richtlinie bucket von arn:aws:s3:::data, Statement NoDelete der Identitätsrichtlinie identity und 2 weitere.",
    );
}

#[test]
fn an_implicit_deny() {
    check(
        "scp-deep-tree.json",
        "deep-ec2",
        "Verweigert: Keine an OU Level 5 angehängte SCP erlaubt ec2:DescribeInstances. Jede Ebene vom Root bis zum Konto muss es erlauben; ein Allow auf einer anderen Ebene zählt nicht.",
    );
    check(
        "language-ip.json",
        "absent",
        "Verweigert: Keine Identitätsrichtlinie von Benutzer range in Account A erlaubt s3:ListBucket. Statement 1 von range würde es erlauben, aber aws:SourceIp fehlt.",
    );
    check(
        "language-resources.json",
        "case",
        "Verweigert: Keine Identitätsrichtlinie von Benutzer case in Account A erlaubt s3:GetObject. Statement 1 von Case of the resource erlaubt es nur auf arn:aws:s3:::Bucket/*.",
    );
    check(
        "switched-off-limits.json",
        "nobody",
        "Verweigert: Nichts gewährt s3:GetObject, weil Benutzer nobody in Account A keine Identitätsrichtlinie hat.",
    );
    check(
        "callers-without-grants.json",
        "anonymous",
        "Verweigert: Aufrufer ohne Anmeldung erhält nur über eine Richtlinie der Ressource Zugriff, und es gibt keine.",
    );
    check(
        "grants-role.json",
        "role-both-limits",
        "Verweigert: Die Berechtigungsgrenze only-ec2 von Rolle Bound in 222222222222 erlaubt s3:GetObject nicht. Außerdem: Keine Sitzungsrichtlinie von Rolle Bound in 222222222222 erlaubt s3:GetObject.",
    );
    check(
        "trust-cross-account.json",
        "account-ann",
        "Verweigert: Die Vertrauensrichtlinie trusts-account von Rolle ByAccount erlaubt es, aber die Ressource gehört zu einem anderen Konto: Dann muss auch die eigene Seite des Aufrufers erlauben; Benutzer ann in 222222222222 hat keine Identitätsrichtlinie.",
    );
}

#[test]
fn an_allow() {
    check(
        "region-guardrail.json",
        "shop-ireland",
        "Erlaubt: Jede Ebene von Root bis Shop erlaubt ec2:RunInstances, und keine SCP verweigert es. Die Identitätsrichtlinie AdministratorAccess von Rolle Admin gewährt den Zugriff.",
    );
    check(
        "trust-cross-account.json",
        "id-right",
        "Erlaubt: Die Vertrauensrichtlinie trusts-external-id von Rolle ById gewährt Zugriff für das Konto des Aufrufers. Die Ressource gehört zu einem anderen Konto; daher muss auch die Seite des Aufrufers erlauben: Die Identitätsrichtlinie assume von Benutzer dora gewährt den Zugriff.",
    );
    check(
        "grants-by-condition.json",
        "every",
        "Erlaubt: Jede Ebene von Root bis Account A erlaubt s3:GetObject, und keine SCP verweigert es. Die Bucket-Richtlinie one-role von arn:aws:s3:::role gewährt Zugriff für alle, die ihre Bedingungen erfüllen; mehr ist nicht nötig.",
    );
    check(
        "trust-services.json",
        "lambda",
        "Erlaubt: Die Vertrauensrichtlinie trusts-lambda von Rolle Function gewährt Zugriff für lambda.amazonaws.com; mehr ist nicht nötig. SCPs gelten nicht: Der Aufrufer ist ein AWS-Service, kein Benutzer und keine Rolle eines Mitgliedskontos.",
    );
    check(
        "scp-who-is-affected.json",
        "m-root",
        "Erlaubt: SCPs wirken nie auf das Verwaltungskonto. Der Root-Benutzer hat im eigenen Konto vollen Zugriff.",
    );
}

#[test]
fn a_verdict_that_depends_or_fails() {
    check(
        "region-guardrail.json",
        "no-region",
        "Hängt ab von aws:RequestedRegion; das lässt dieses Szenario offen.",
    );
    check(
        "unknown-more.json",
        "many",
        "Hängt ab von example:Key0, example:Key1, example:Key2, example:Key3 und 5 weiteren Schlüsseln; das lässt dieses Szenario offen.",
    );
    check(
        "unknown-several-resources.json",
        "denied",
        "Hängt ab von example:Cost von Ressource 1 und example:Cost von Ressource 2; das lässt dieses Szenario offen.",
    );
}

#[test]
fn findings_and_what_is_expected() {
    speak_german();
    let found = |text: &str, kind: Kind| {
        let findings = policy::parse(text, kind).diagnostics;
        let said = findings.into_iter().map(|finding| {
            let expected = finding.expected.unwrap_or_default();
            format!("{}; {expected}", finding.message)
        });
        said.collect::<Vec<String>>()
    };
    assert_eq!(
        found(
            r#"{ "Statement": { "Effect": "Deny", "Actoin": "*", "Resource": "*" } }"#,
            Kind::Scp
        )[..2],
        [
            "`Version` fehlt; für eine SCP ist das Pflicht; `\"Version\": \"2012-10-17\"`",
            "`Actoin` ist kein Element eines Statements: Ist `Action` gemeint?; `Action`",
        ]
    );
    assert_eq!(
        found(
            r#"{ "Statement": { "Effect": "deny" "Action": 1 } }"#,
            Kind::Trust
        ),
        [
            "dem Statement fehlt `Principal`; für eine Vertrauensrichtlinie ist das Pflicht; `Principal`, zum Beispiel `\"Principal\": \"*\"` oder `{ \"AWS\": … }`",
            "`deny` ist kein Effekt: Ist `Deny` gemeint?; `Deny`",
            "hier fehlt ein Komma; `,`",
            "ein Eintrag von `Action` ist eine Zahl; ein Text wie `\"s3:GetObject\"`",
        ]
    );
}

#[test]
fn refused_edits_links_and_files() {
    speak_german();
    let scenario = read(&folder("crates/playground/examples/region-guardrail.json"));
    let refused = |edit: Edit| scenario.apply(edit).unwrap_err().to_string();
    assert_eq!(
        refused(Edit::DeletePolicy {
            policy: "nobody".into(),
            uses: Uses::Refuse,
        }),
        "nicht gefunden: Richtlinie `nobody`"
    );
    assert_eq!(
        playground::link::decode("#g9:abc").unwrap_err().to_string(),
        "der Link ist von der Art `g9`, die diese Version nicht kennt: erwartet wird `g1`"
    );
    assert_eq!(
        organization::file::read("{ \"version\": 1, }")
            .unwrap_err()
            .to_string(),
        "Zeile 1, Spalte 17: gefunden: `}`; erwartet: ein Schlüssel in doppelten Anführungszeichen"
    );
    assert_eq!(
        organization::file::read("{ \"version\": 2 }")
            .unwrap_err()
            .to_string(),
        "`version`: gefunden: die Zahl `2`; erwartet: 1; die Datei wurde von einer neueren Version dieses Programms geschrieben"
    );
}

/// The words of a text that stand outside quotation, if any of them is one that German lacks.
fn english(text: &str) -> Option<String> {
    const WORDS: &[&str] = &[
        "the", "of", "and", "is", "are", "not", "no", "with", "without", "this", "that", "which",
        "because", "denies", "allows", "attached", "to", "by", "for", "from", "has", "have", "it",
        "or", "but", "matches", "policy", "policies", "expected", "does", "must", "key",
    ];
    let outside: String = text.split('`').step_by(2).collect();
    let mut words = outside.split(|c: char| !c.is_alphanumeric() && !"-:/_…".contains(c));
    words
        .any(|word| WORDS.contains(&word.to_ascii_lowercase().as_str()))
        .then(|| text.to_owned())
}

/// The plain words of a phrase.
fn words(phrase: &Phrase) -> String {
    let pieces = phrase.iter().map(|piece| match piece {
        Inline::Text(text) => text.as_str(),
        _ => "…",
    });
    pieces.collect()
}

fn said(trace: &TraceView, said: &mut Vec<String>) {
    said.push(words(&trace.sentence));
    said.extend(trace.notes.iter().map(words));
    said.extend(trace.branches.iter().map(|branch| words(&branch.case)));
    for key in &trace.keys {
        said.extend([words(&key.value), key.origin.clone()]);
    }
    for resource in &trace.resources {
        for stage in &resource.stages {
            said.extend([
                stage.title.to_owned(),
                stage.word.clone(),
                words(&stage.why),
            ]);
            said.extend(stage.levels.iter().map(|level| words(&level.why)));
        }
        for statement in resource.deciding.iter().chain(&resource.others) {
            said.push(statement.word.clone());
            for element in &statement.elements {
                let origin = element.origin.clone();
                said.extend([words(&element.request), origin, element.note.clone()]);
            }
        }
    }
}

#[test]
fn nothing_is_left_in_english() {
    speak_german();
    let mut found = Vec::new();
    let mut files = 0;
    for name in ["tests/scenarios", "crates/playground/examples"] {
        for file in fs::read_dir(folder(name)).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "json") {
                continue;
            }
            files += 1;
            let scenario = read(&path);
            let mut engine = Engine::new();
            let rows: Vec<Focus> = (scenario.requests.iter())
                .map(|request| Focus {
                    request: request.id.clone(),
                    account: None,
                })
                .collect();
            for trace in engine.explain(&scenario, &rows).into_iter().flatten() {
                said(&trace, &mut found);
            }
            let analysis = engine.analyze(&scenario, None);
            for request in &analysis.requests {
                found.push(request.word.clone());
            }
            for policy in analysis.policies.values() {
                for (finding, _) in &policy.findings {
                    found.push(finding.message.clone());
                    found.extend(finding.expected.clone());
                }
            }
        }
    }
    assert!(files > 50);
    let left: BTreeSet<String> = found.iter().filter_map(|text| english(text)).collect();
    assert!(left.is_empty(), "{left:#?}");
}

#[test]
fn changes_that_would_turn_a_verdict() {
    speak_german();
    let path = folder("crates/playground/examples/region-guardrail.json");
    let scenario = Rc::new(read(&path));
    let focus = Focus {
        request: "shop-virginia".into(),
        account: None,
    };
    let analysis = Rc::new(Engine::new().analyze(&scenario, Some(&focus)));
    let mut search = Search::new(scenario, analysis, focus);
    while search.step() {}
    let ways: Vec<String> = search.ways().map(|way| plain(&way.words)).collect();
    assert!(
        ways.contains(&"Region eu-west-1 aufrufen".to_owned()),
        "{ways:?}"
    );
    let labels: Vec<String> = search.ways().map(|way| way.label()).collect();
    assert_eq!(labels, ways);
    let left: Vec<String> = search
        .ways()
        .filter_map(|way| english(&words(&way.words)))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn what_lessons_say_of_answers_and_changes() {
    speak_german();
    let mut found = Vec::new();
    let mut looked_at = 0;
    for entry in lessons::ALL {
        let path = folder("crates/playground/lessons").join(format!("{}.json", entry.id));
        let start = read(&path);
        found.extend([entry.title().to_owned(), entry.goal().to_owned()]);
        let mut bare = start.clone();
        bare.policies.clear();
        let mut engine = Engine::new();
        let course = start.lesson.as_ref().expect(entry.id);
        for step in &course.steps {
            let Some(task) = &step.task else { continue };
            let offered = choices(&mut engine, &start, task);
            found.extend(offered.iter().map(|choice| words(&choice.words)));
            let picks = offered.into_iter().map(|choice| choice.pick).collect();
            for (now, answer) in [
                (&start, Answer::Explain(picks)),
                (&start, Answer::Predict(Vec::new())),
                (&bare, Answer::Explain(Vec::new())),
            ] {
                let result = lesson::check(&mut engine, &start, now, &step.id, Some(&answer));
                let result = result.expect(&step.id);
                found.push(words(&result.sentence));
                for finding in &result.findings {
                    looked_at += 1;
                    found.push(words(&finding.sentence));
                    found.extend(finding.reason.as_ref().map(words));
                }
            }
        }
        for finding in &review(&start, None).findings {
            found.push(finding.message.clone());
        }
    }
    assert!(looked_at > 100, "{looked_at}");
    for idea in WrongIdea::ALL {
        found.extend([idea.title().to_owned(), idea.contradiction().to_owned()]);
    }
    let left: BTreeSet<String> = found.iter().filter_map(|text| english(text)).collect();
    assert!(left.is_empty(), "{left:#?}");
}
