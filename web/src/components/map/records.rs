//! What the map and the matrix are handed: arrays, whose places are named in
//! `web/js/src/map/records.ts`.

use evaluator::{Outcome, PolicyType, Verdict};
use js_sys::{Array, Uint8Array};
use organization::{
    AccountId, Caller, CallerKind, NodeRef, Organization, PolicyId, RCP_FULL_AWS_ACCESS, Scenario,
    SwitchedOff,
};
use playground::{Inline, LevelView, Phrase, RequestView, TraceView};
use policy::Kind;
use wasm_bindgen::JsValue;

/// A record.
pub(crate) fn record<const N: usize>(values: [JsValue; N]) -> JsValue {
    values.iter().collect::<Array>().into()
}

/// The number that stands for a verdict.
pub(super) fn tone(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Allow => 0,
        Verdict::ExplicitDeny => 1,
        Verdict::ImplicitDeny => 2,
        Verdict::Depends => 3,
        Verdict::Error => 4,
    }
}

/// The number that stands for what a level says.
fn tone_of(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Allow => 0,
        Outcome::ExplicitDeny => 1,
        Outcome::ImplicitDeny => 2,
        Outcome::Unknown => 3,
        Outcome::Error => 4,
        Outcome::NotAsked => 5,
    }
}

/// The organization as a `TreeRecord`.
pub(crate) fn tree(scenario: &Scenario) -> JsValue {
    let Some(organization) = &scenario.organization else {
        return empty_tree();
    };
    let mut policies = Policies::default();
    let nodes = Array::new();
    let index = organization.index();
    organization.each_node(&mut |node| {
        let attached: Array = attached(organization, node)
            .into_iter()
            .map(|policy| {
                let place = policies.place(scenario, &policy);
                let off = is_off(scenario, node, &policy);
                JsValue::from(if off { !place } else { place })
            })
            .collect();
        nodes.push(&record([
            JsValue::from_str(node.id().as_str()),
            JsValue::from_str(node.name()),
            JsValue::from(kind(organization, node)),
            JsValue::from(index.level(node.id().as_str()).unwrap_or_default() as u32),
            attached.into(),
        ]));
    });
    record([
        JsValue::from_bool(organization.scps_enabled()),
        JsValue::from_bool(organization.rcps_enabled()),
        policies.records.into(),
        nodes.into(),
    ])
}

fn empty_tree() -> JsValue {
    record([
        JsValue::FALSE,
        JsValue::FALSE,
        Array::new().into(),
        Array::new().into(),
    ])
}

/// The policies that are attached somewhere, each in its place.
#[derive(Default)]
struct Policies {
    ids: Vec<PolicyId>,
    records: Array,
}

impl Policies {
    fn place(&mut self, scenario: &Scenario, id: &PolicyId) -> i32 {
        let known = self.ids.iter().position(|known| known == id);
        let place = known.unwrap_or_else(|| {
            let policy = scenario.policy(id.as_str());
            let kind = match policy.and_then(|policy| policy.kind()) {
                Some(Kind::Scp) => "SCP",
                Some(Kind::Rcp) => "RCP",
                _ => "",
            };
            self.records.push(&record([
                JsValue::from_str(id.as_str()),
                JsValue::from_str(policy.map_or(id.as_str(), |policy| policy.name())),
                JsValue::from_str(kind),
            ]));
            self.ids.push(id.clone());
            self.ids.len() - 1
        });
        i32::try_from(place).unwrap_or_default()
    }
}

/// Whether an attachment is switched off.
fn is_off(scenario: &Scenario, node: NodeRef<'_>, policy: &PolicyId) -> bool {
    scenario.settings.off.iter().any(|off| {
        matches!(
            off,
            SwitchedOff::Attachment { policy: of, node: at } if of == policy && *at == node.id()
        )
    })
}

/// What is attached to a node, the RCP that is attached everywhere among it (ORG-13).
fn attached(organization: &Organization, node: NodeRef<'_>) -> Vec<PolicyId> {
    let mut attached = organization.effective_attachments(node.attachments());
    let everywhere = PolicyId::from(RCP_FULL_AWS_ACCESS);
    if organization.rcps_enabled() && !attached.contains(&everywhere) {
        attached.push(everywhere);
    }
    attached
}

fn kind(organization: &Organization, node: NodeRef<'_>) -> u32 {
    match node {
        NodeRef::Root(_) => 0,
        NodeRef::Ou(_) => 1,
        NodeRef::Account(account) => {
            let management = organization.management_account.as_ref() == Some(&account.id);
            2 + u32::from(management)
        }
    }
}

/// What each level of SCPs and RCPs says, as `LevelRecord`s.
pub(super) fn levels(trace: Option<&TraceView>) -> JsValue {
    let levels = Array::new();
    let stages = trace
        .into_iter()
        .flat_map(|trace| &trace.resources)
        .flat_map(|resource| &resource.stages);
    for stage in stages {
        let kind = match stage.policy_type {
            PolicyType::Scp => "SCP",
            PolicyType::Rcp => "RCP",
            _ => continue,
        };
        for level in &stage.levels {
            levels.push(&record([
                JsValue::from_str(kind),
                JsValue::from_str(level.node.as_str()),
                JsValue::from(tone_of(level.outcome)),
                JsValue::from_bool(level.stops),
                deciding(level),
            ]));
        }
    }
    levels.into()
}

/// The policies that decide at a level where the request stops.
fn deciding(level: &LevelView) -> JsValue {
    let decides = level.stops && level.outcome != Outcome::ImplicitDeny;
    let policies = level
        .policies
        .iter()
        .filter(|(_, outcome)| decides && *outcome == level.outcome);
    let ids = policies.map(|(policy, _)| JsValue::from_str(policy.as_str()));
    ids.collect::<Array>().into()
}

/// The verdicts of a request, row by row.
pub(crate) fn verdicts(view: &RequestView) -> JsValue {
    let verdicts: Vec<u8> = view.rows.iter().map(|row| tone(row.verdict)).collect();
    Uint8Array::from(&*verdicts).into()
}

/// The account that a caller belongs to.
pub(crate) fn account_of(scenario: &Scenario, caller: &Caller) -> Option<AccountId> {
    match &caller.kind {
        CallerKind::Root { account } | CallerKind::AssumedRoot { account, .. } => {
            Some(account.clone())
        }
        _ => {
            let principal = scenario.principal(caller.principal()?.as_str())?;
            principal.account().cloned()
        }
    }
}

/// A phrase without its marks.
pub(super) fn plain(phrase: &Phrase) -> String {
    phrase
        .iter()
        .map(|piece| match piece {
            Inline::Text(text) | Inline::Strong(text) | Inline::Code(text) | Inline::Mark(text) => {
                text.as_str()
            }
        })
        .collect()
}
