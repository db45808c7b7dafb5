//! What the host hears of the verdicts.

use organization::Scenario;
use playground::recorded::word;
use playground::{Analysis, Engine, Focus, TraceView};
use serde::Serialize;

/// Requests of which the host hears what decides them; of those behind them only the verdict.
const MOST_EXPLAINED: usize = 100;

/// The verdict of one request.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RequestResult {
    /// The id of the request.
    id: String,
    /// The verdict; left out where the accounts of a request over every account have several.
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'static str>,
    /// The statements that decide.
    decided_by: Vec<Decider>,
    /// The context keys that a verdict turns on and that nobody stated.
    missing_keys: Vec<String>,
    /// The verdict of each account, for a request over every account.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rows: Vec<RowResult>,
}

/// A statement that decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Decider {
    /// The id of the policy.
    policy: String,
    /// The position of the statement, from 0.
    index: usize,
    /// Its `Sid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<String>,
    /// The node that an SCP or RCP is attached to.
    #[serde(skip_serializing_if = "Option::is_none")]
    node: Option<String>,
}

/// The verdict for one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct RowResult {
    /// Its id.
    account: String,
    /// The verdict.
    verdict: &'static str,
}

/// How many expectations came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Assertions {
    passed: u32,
    failed: u32,
}

impl Assertions {
    /// Of everything that is expected.
    pub(super) fn of(analysis: &Analysis) -> Self {
        let expected = analysis.requests.iter();
        let expected = expected.filter_map(|request| request.expectation.as_ref());
        expected.fold(Self::default(), |counted, one| match one.met {
            true => Self {
                passed: counted.passed + 1,
                ..counted
            },
            false => Self {
                failed: counted.failed + 1,
                ..counted
            },
        })
    }

    /// Those that came out, those that did not, all of them.
    pub(super) fn numbers(self) -> [u32; 3] {
        [self.passed, self.failed, self.passed + self.failed]
    }
}

/// The verdicts of all requests.
pub(super) fn results(
    engine: &mut Engine,
    scenario: &Scenario,
    analysis: &Analysis,
) -> Vec<RequestResult> {
    let single = analysis.requests.iter().filter(|one| one.rows.len() == 1);
    let explained: Vec<Focus> = single
        .take(MOST_EXPLAINED)
        .map(|request| Focus {
            request: request.id.clone(),
            account: None,
        })
        .collect();
    let traces = engine.explain(scenario, &explained);
    let request = |one: &std::rc::Rc<playground::RequestView>| {
        let at = explained.iter().position(|focus| focus.request == one.id);
        let trace = at.and_then(|at| traces.get(at)?.as_ref());
        let row = |row: &playground::RowView| {
            Some(RowResult {
                account: row.account.as_ref()?.to_string(),
                verdict: word(row.verdict),
            })
        };
        RequestResult {
            id: one.id.to_string(),
            verdict: one.verdict.map(word),
            decided_by: trace.map(deciders).unwrap_or_default(),
            missing_keys: trace.map(missing).unwrap_or_default(),
            rows: match one.rows.len() {
                1 => Vec::new(),
                _ => one.rows.iter().filter_map(row).collect(),
            },
        }
    };
    analysis.requests.iter().map(request).collect()
}

fn deciders(trace: &TraceView) -> Vec<Decider> {
    let mut deciders = Vec::new();
    for statement in trace.resources.iter().flat_map(|one| &one.deciding) {
        let decider = Decider {
            policy: statement.policy.to_string(),
            index: statement.index,
            sid: statement.sid.clone(),
            node: statement.node.as_ref().map(|(node, _)| node.to_string()),
        };
        if !deciders.contains(&decider) {
            deciders.push(decider);
        }
    }
    deciders
}

fn missing(trace: &TraceView) -> Vec<String> {
    let keys = trace.depends_on.iter().filter_map(|one| one.key.clone());
    let mut keys: Vec<String> = keys.collect();
    keys.dedup();
    keys
}
