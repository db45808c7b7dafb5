//! What holds for every text, every scenario and every sequence of edits.
#![allow(clippy::expect_used, reason = "a test stops where something is wrong")]

use organization::file::{FileWarning, FileWarningKind, read, write, write_compact};
use std::collections::BTreeMap;

use organization::{
    AccountId, Caller, CallerKind, Contents, Edit, FeatureSet, NodeId, PolicyId, PolicyUse,
    PrincipalId, PrincipalKind, Request, RequestId, Resource, Scenario, Uses,
};
use policy::Kind;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value};

const FULL: &str = include_str!("data/full.json");

/// Reading what was written gives the same scenario, and the same warnings.
fn assert_round_trip(scenario: &Scenario) -> Result<(), TestCaseError> {
    for text in [write(scenario), write_compact(scenario)] {
        match read(&text) {
            Ok(again) => prop_assert_eq!(&again.scenario, scenario, "{}", text),
            Err(error) => prop_assert!(false, "{} in {}", error, text),
        }
    }
    Ok(())
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<i32>().prop_map(|n| Value::from(f64::from(n) / 8.0)),
        ".{0,8}".prop_map(Value::from),
        proptest::sample::select(vec![
            "user",
            "role",
            "account",
            "ou",
            "scp",
            "FullAWSAccess",
            "r1",
            "deny",
            "111111111111",
            "r-root",
            "ou-root-00000001",
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::Array),
            vec((key(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(vec![
            "id",
            "type",
            "name",
            "policies",
            "children",
            "kind",
            "document",
            "source",
            "context",
            "principal",
            "action",
            "resource",
            "resources",
            "expect",
            "verdict",
            "extra",
        ])
        .prop_map(str::to_owned),
        ".{0,4}",
    ]
}

/// All places in a JSON value, as JSON pointers.
fn places(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{index}"), into);
            }
        }
        Value::Object(members) => {
            for (key, item) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                places(item, &format!("{at}/{key}"), into);
            }
        }
        _ => {}
    }
}

#[derive(Clone, Debug)]
enum Change {
    Replace(Value),
    Remove,
    Insert(String, Value),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        json().prop_map(Change::Replace),
        Just(Change::Remove),
        (key(), json()).prop_map(|(key, value)| Change::Insert(key, value)),
    ]
}

fn alter(value: &mut Value, place: &str, change: Change) {
    match change {
        Change::Replace(new) => {
            if let Some(slot) = value.pointer_mut(place) {
                *slot = new;
            }
        }
        Change::Insert(key, new) => {
            if let Some(Value::Object(members)) = value.pointer_mut(place) {
                members.insert(key, new);
            }
        }
        Change::Remove => {
            let Some((parent, last)) = place.rsplit_once('/') else {
                return;
            };
            match value.pointer_mut(parent) {
                Some(Value::Object(members)) => {
                    members.remove(&last.replace("~1", "/").replace("~0", "~"));
                }
                Some(Value::Array(items)) => {
                    items.remove(last.parse().expect("an index"));
                }
                _ => {}
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,60}") {
        let _ = read(&text);
    }

    #[test]
    fn any_json_is_read_or_refused(value in json()) {
        let _ = read(&value.to_string());
        let _ = read(&format!("{{\"version\": 1, \"requests\": {value}}}"));
        let _ = read(&format!("{{\"version\": 1, \"organization\": {value}}}"));
    }

    /// Valid JSON is never called broken, and broken JSON never valid: serde_json is the judge.
    #[test]
    fn json_is_judged_as_serde_json_does(
        value in json(),
        at in any::<proptest::sample::Index>(),
        noise in proptest::sample::select(vec!["", ",", "\"", "}", "]", "{", "0", "-", ".", "e", "\\", "\u{1}", " ", "u"]),
    ) {
        let mut text = serde_json::json!({ "version": 1, "recorded": value }).to_string();
        let place = at.index(text.len());
        if text.is_char_boundary(place) {
            text.insert_str(place, noise);
        }
        let judged = serde_json::from_str::<Value>(&text);
        match read(&text) {
            Ok(loaded) => {
                let judged = judged.expect("valid JSON");
                // serde_json rounds long fractions otherwise than the standard library does.
                if noise.is_empty() {
                    let recorded = loaded.scenario.recorded.unwrap_or(Value::Null);
                    prop_assert_eq!(&recorded, &judged["recorded"]);
                }
            }
            Err(error) if error.kind == organization::file::FileErrorKind::Syntax => {
                prop_assert!(judged.is_err(), "{}: {}", error, text);
            }
            Err(_) => {}
        }
    }

    /// A scenario that is changed at random places is refused, or nothing of it is lost.
    #[test]
    fn an_altered_scenario_is_refused_or_kept(
        changes in vec((any::<proptest::sample::Index>(), change()), 1..4),
    ) {
        let mut value: Value = serde_json::from_str(FULL).expect("valid JSON");
        for (at, change) in changes {
            let mut all = Vec::new();
            places(&value, "", &mut all);
            let place = &all[at.index(all.len())];
            alter(&mut value, place, change);
        }
        if let Ok(loaded) = read(&value.to_string()) {
            assert_round_trip(&loaded.scenario)?;
            // What is redundant may be left out; every other finding is found again.
            let findings = |warnings: &[FileWarning]| {
                let lasting = warnings
                    .iter()
                    .filter(|one| one.kind != FileWarningKind::Redundant);
                lasting.count()
            };
            let again = read(&write(&loaded.scenario)).expect("readable");
            prop_assert_eq!(findings(&again.warnings), findings(&loaded.warnings));
        }
    }
}

/// An edit in the making: what it is about is chosen among what there is.
type Draft = (u8, u8, u8, u8, String);

fn draft() -> impl Strategy<Value = Draft> {
    (
        0..48_u8,
        any::<u8>(),
        any::<u8>(),
        any::<u8>(),
        "[A-Ca-c ]{0,3}",
    )
}

fn choose<T: Clone>(all: &[T], by: u8) -> Option<T> {
    all.get(usize::from(by) % all.len().max(1)).cloned()
}

fn edit(scenario: &Scenario, (what, a, b, c, name): Draft) -> Option<Edit> {
    let mut nodes: Vec<NodeId> = Vec::new();
    if let Some(organization) = &scenario.organization {
        organization.each_node(&mut |node| nodes.push(node.id()));
    }
    let mut policies: Vec<PolicyId> = scenario.policies.iter().map(|one| one.id.clone()).collect();
    policies.extend(organization::WELL_KNOWN.iter().map(|one| one.name.into()));
    let principals: Vec<PrincipalId> = scenario
        .principals
        .iter()
        .map(|one| one.id().clone())
        .collect();
    let requests: Vec<RequestId> = scenario.requests.iter().map(|one| one.id.clone()).collect();
    let external: Vec<AccountId> = scenario
        .external_accounts
        .iter()
        .map(|one| one.id.clone())
        .collect();
    let resources: Vec<String> = scenario
        .resources
        .iter()
        .map(|one| one.arn.clone())
        .collect();
    let endpoints: Vec<String> = scenario
        .endpoints
        .iter()
        .map(|one| one.id.clone())
        .collect();
    let node = choose(&nodes, a);
    let other = choose(&nodes, b);
    let policy = choose(&policies, b);
    let principal = choose(&principals, a);
    let request = choose(&requests, a);
    let account = node.as_ref().map(|node| node.as_str().into());
    let kind = Kind::ALL[usize::from(c) % 8];
    let position = Some(usize::from(c % 5));
    Some(match what {
        0 => Edit::CreateOrganization {
            management_account: name,
        },
        1 if c < 8 => Edit::DeleteOrganization,
        2 => Edit::SetManagementAccount(account?),
        3 => Edit::EnablePolicyType(kind),
        4 => Edit::DisablePolicyType(kind),
        5..=7 => Edit::AddOu {
            parent: node?,
            name,
        },
        8..=10 => Edit::AddAccount {
            parent: node?,
            name,
        },
        11 => Edit::RenameNode { node: node?, name },
        12..=14 => Edit::MoveNode {
            node: node?,
            parent: other?,
            position,
        },
        15 => Edit::DeleteOu {
            ou: node?,
            contents: if c < 200 {
                Contents::Refuse
            } else {
                Contents::Delete
            },
        },
        16 => Edit::DeleteAccount(account?),
        17..=19 => Edit::Attach {
            node: node?,
            policy: policy?,
            position,
        },
        20 => Edit::Detach {
            node: node?,
            policy: policy?,
        },
        21 => Edit::ReplaceAttachment {
            node: node?,
            old: policy?,
            new: choose(&policies, c)?,
        },
        22 => Edit::AddPolicy {
            name,
            kind: Kind::Scp,
            text: "{}".into(),
        },
        23 => Edit::AddPolicy {
            name,
            kind,
            text: "broken".into(),
        },
        24 => Edit::DuplicatePolicy(policy?),
        25 => Edit::DeletePolicy {
            policy: policy?,
            uses: if c < 128 { Uses::Refuse } else { Uses::Detach },
        },
        26 => Edit::SetPolicyKind {
            policy: policy?,
            kind,
        },
        27 | 28 => Edit::AddPrincipal {
            kind: [
                PrincipalKind::User,
                PrincipalKind::Group,
                PrincipalKind::Role,
            ][usize::from(c) % 3],
            account: account?,
            name,
            policies: vec![],
        },
        29 => Edit::DeletePrincipal(principal?),
        30 => Edit::AttachIdentity {
            principal: principal?,
            policy: policy?,
        },
        31 => Edit::JoinGroup {
            user: principal?,
            group: choose(&principals, b)?,
        },
        32 => Edit::RenamePrincipal {
            principal: principal?,
            name,
        },
        33 => {
            let caller = Caller::new(CallerKind::Id(choose(&principals, b)?));
            let request = Request::new(caller, "s3:GetObject", "*");
            Edit::AddRequest {
                request: Box::new(request),
                position,
            }
        }
        34 => Edit::DuplicateRequest(request?),
        35 => Edit::SetAccountId {
            account: account?,
            id: format!("{:012}", u32::from(a) * 7 + u32::from(b % 3))
                .as_str()
                .into(),
        },
        36 => Edit::AddExternalAccount { name },
        37 => Edit::DeleteExternalAccount(choose(&external, a)?),
        38 => Edit::AddResource(Box::new(Resource {
            arn: format!("arn:aws:s3:::{name}"),
            account: if c < 128 {
                account
            } else {
                choose(&external, a)
            },
            policy: None,
            tags: BTreeMap::from([(name, String::new())]),
            extra: Map::new(),
        })),
        39 => Edit::DeleteResource(choose(&resources, a)?),
        40 => Edit::AddEndpoint { account },
        41 => Edit::DeleteEndpoint(choose(&endpoints, a)?),
        42 => Edit::SetFeatureSet(if c < 128 {
            FeatureSet::All
        } else {
            FeatureSet::ConsolidatedBilling
        }),
        43 | 44 => Edit::UsePolicy {
            policy: policy?,
            place: match c % 6 {
                0 => PolicyUse::Boundary(principal?),
                1 => PolicyUse::Trust(principal?),
                2 => PolicyUse::Resource(choose(&resources, a)?),
                3 => PolicyUse::Endpoint(choose(&endpoints, a)?),
                4 => PolicyUse::Identity(principal?),
                _ => PolicyUse::Node(node?),
            },
        },
        45 => {
            let policy = policy?;
            let place = choose(&scenario.policy_uses(policy.as_str()), a)?;
            Edit::ReleasePolicy { policy, place }
        }
        46 => {
            let mut changed = Request::clone(scenario.request(request?.as_str())?);
            changed.endpoint = choose(&endpoints, b);
            Edit::UpdateRequest(Box::new(changed))
        }
        _ => Edit::MoveRequest {
            request: request?,
            position: usize::from(c % 5),
        },
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    /// No sequence of edits leads to a state that AWS refuses, to an id that is taken twice or to
    /// a name of something that is not there, but for callers, endpoints and owners that were
    /// deleted.
    #[test]
    fn edits_keep_the_invariants(drafts in vec(draft(), 1..60)) {
        let mut scenario = Scenario::empty();
        for draft in drafts {
            let Some(edit) = edit(&scenario, draft) else { continue };
            match scenario.apply(edit.clone()) {
                Ok(edited) => {
                    let orphaned: Vec<RequestId> = edited.orphaned;
                    for id in orphaned {
                        let request = edited.scenario.request(id.as_str()).expect("it is kept");
                        let caller = request.caller.principal().expect("it names a principal");
                        let endpoint = request.endpoint.as_deref();
                        prop_assert!(
                            edited.scenario.principal(caller.as_str()).is_none()
                                || endpoint.is_some_and(|id| edited.scenario.endpoint(id).is_none())
                        );
                    }
                    scenario = edited.scenario;
                }
                Err(error) => {
                    let sentence = error.to_string();
                    prop_assert!(!sentence.ends_with('.'), "{}", sentence);
                    prop_assert!(!sentence.starts_with(char::is_uppercase) || sentence.starts_with("OU") || sentence.starts_with("SCP") || sentence.starts_with("RCP"), "{}", sentence);
                }
            }
            let loaded = read(&write(&scenario)).expect("what edits make is readable");
            for warning in &loaded.warnings {
                let path = &warning.path;
                let of_request = path.ends_with(".principal") || path.ends_with(".endpoint");
                let deleted = if path.starts_with("requests[") {
                    of_request
                } else {
                    path.ends_with(".account")
                        && (path.starts_with("resources[") || path.starts_with("endpoints["))
                };
                prop_assert!(
                    warning.kind == FileWarningKind::Reference && deleted,
                    "{:?}: {}",
                    edit,
                    warning
                );
            }
            prop_assert_eq!(&loaded.scenario, &scenario);
        }
        assert_round_trip(&scenario)?;
    }
}
