//! The verdicts at the time of sharing, which travel with a link (`recorded` in the scenario file):
//! when it is opened by a later version, the rows are found whose verdict is another one now.

use std::collections::BTreeMap;
use std::rc::Rc;

use evaluator::Verdict;
use organization::{AccountId, RequestId, Scenario};
use serde_json::{Map, Value, json};

use crate::view::{RequestView, RowView};

/// The version of the rules: what a record names as its engine.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");
/// A longer name of an engine is cut, in characters.
const LONGEST_ENGINE: usize = 40;

/// A scenario whose verdicts are not those of its record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Since {
    /// The engine that the record names; empty if it names none.
    pub engine: String,
    /// The rows with another verdict, in the order of the scenario.
    pub rows: Vec<SinceRow>,
}

/// A row whose verdict was another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SinceRow {
    /// The request.
    pub request: RequestId,
    /// The account, for a request over every account.
    pub account: Option<AccountId>,
    /// Who calls.
    pub who: String,
    /// The verdict of the record.
    pub then: Verdict,
    /// The verdict now.
    pub now: Verdict,
}

/// A scenario with the verdicts of its requests, as a link carries it. One without requests has
/// nothing to record.
#[must_use]
pub fn with_verdicts(scenario: &Scenario, requests: &[Rc<RequestView>]) -> Scenario {
    Scenario {
        recorded: record(requests),
        ..scenario.clone()
    }
}

/// The record of some verdicts: `{"engine": …, "verdicts": {"r1": "allow"}}`. Where the rows of a
/// request differ, its value is the most frequent verdict and the accounts with another one, in
/// the form of an expectation.
#[must_use]
pub fn record(requests: &[Rc<RequestView>]) -> Option<Value> {
    let verdicts: Map<String, Value> = requests
        .iter()
        .filter_map(|request| Some((request.id.to_string(), of_request(request)?)))
        .collect();
    (!verdicts.is_empty()).then(|| json!({ "engine": ENGINE, "verdicts": verdicts }))
}

fn of_request(request: &RequestView) -> Option<Value> {
    if let Some(verdict) = request.verdict {
        return (!request.rows.is_empty()).then(|| word(verdict).into());
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &request.rows {
        *counts.entry(word(row.verdict)).or_default() += 1;
    }
    let (most, _) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    let others = request.rows.iter().filter(|row| word(row.verdict) != most);
    let accounts: Map<String, Value> = others
        .filter_map(|row| Some((row.account.as_ref()?.to_string(), word(row.verdict).into())))
        .collect();
    Some(json!({ "verdict": most, "accounts": accounts }))
}

/// The rows whose verdict is not that of the record; none if there is no such row. What a record
/// says of requests that are not there, or in words that are not known, counts for nothing.
#[must_use]
pub fn since(recorded: &Value, requests: &[Rc<RequestView>]) -> Option<Since> {
    let verdicts = recorded.get("verdicts")?.as_object()?;
    let mut rows = Vec::new();
    for request in requests {
        let Some(then) = verdicts.get(request.id.as_str()) else {
            continue;
        };
        rows.extend(request.rows.iter().filter_map(|row| {
            let then = of_row(then, row)?;
            (then != row.verdict).then(|| SinceRow {
                request: request.id.clone(),
                account: row.account.clone(),
                who: row.who.clone(),
                then,
                now: row.verdict,
            })
        }));
    }
    let engine = recorded.get("engine").and_then(Value::as_str);
    let engine = engine.unwrap_or_default().chars();
    (!rows.is_empty()).then(|| Since {
        engine: engine.take(LONGEST_ENGINE).collect(),
        rows,
    })
}

fn of_row(then: &Value, row: &RowView) -> Option<Verdict> {
    let account = row.account.as_ref().map(AccountId::as_str);
    let by_account = account.and_then(|id| then.get("accounts")?.get(id));
    let word = by_account.or_else(|| then.get("verdict")).unwrap_or(then);
    verdict(word.as_str()?)
}

/// The name of a verdict in the scenario file.
#[must_use]
pub fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allow => "allow",
        Verdict::ExplicitDeny => "explicitDeny",
        Verdict::ImplicitDeny => "implicitDeny",
        Verdict::Depends => "depends",
        Verdict::Error => "error",
    }
}

fn verdict(name: &str) -> Option<Verdict> {
    [
        Verdict::Allow,
        Verdict::ExplicitDeny,
        Verdict::ImplicitDeny,
        Verdict::Depends,
        Verdict::Error,
    ]
    .into_iter()
    .find(|verdict| word(*verdict) == name)
}
