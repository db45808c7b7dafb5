//! A scenario whose account ids and names are made up, to be shared outside. Each id becomes
//! another one wherever it stands, so that the verdicts stay; that is tried before it is given out.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use organization::{AccountId, Child, Ou, RequestId, Scenario, file};
use serde_json::{Map, Value};

use crate::engine::Engine;
use crate::view::RequestView;

/// Digits of an account id.
const ID: usize = 12;
/// Shorter names stand in other words too often to be looked for.
const SHORTEST_NAME: usize = 3;

/// A scenario without the ids and names of its accounts.
#[derive(Clone, Debug, PartialEq)]
pub struct Masked {
    /// The scenario.
    pub scenario: Scenario,
    /// How many ids are made up in it.
    pub ids: usize,
    /// How many names of accounts and OUs are made up in it.
    pub names: usize,
    /// Where a name or id still stands, as paths of the scenario file: in a title, a description,
    /// the name of a policy or role.
    pub left: Vec<String>,
}

/// Why a scenario can't be masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MaskError {
    /// Requests whose verdict would be another one: their policies look at parts of account ids.
    OtherVerdicts(Vec<RequestId>),
    /// What would come out can't be read.
    Unreadable(String),
}

/// Makes up the ids of all accounts, and the names of accounts and OUs.
///
/// # Errors
/// Names the requests whose verdict would not be the same.
pub fn mask(scenario: &Scenario) -> Result<Masked, MaskError> {
    let unreadable = |error: String| MaskError::Unreadable(error);
    let text = file::write(scenario);
    let json: Value = serde_json::from_str(&text).map_err(|it| unreadable(it.to_string()))?;
    let mut found = BTreeSet::new();
    collect(&json, &mut found);
    let ids = made_up(&found, &text);
    let masked = replaced(&json, &ids);
    let loaded = file::read(&masked.to_string()).map_err(|it| unreadable(it.to_string()))?;
    let mut names = Names::default();
    let scenario_masked = names.masked(loaded.scenario);
    let others = other_verdicts(scenario, &scenario_masked, &ids);
    if !others.is_empty() {
        return Err(MaskError::OtherVerdicts(others));
    }
    let written: Value = serde_json::from_str(&file::write(&scenario_masked))
        .map_err(|it| unreadable(it.to_string()))?;
    let mut left = Vec::new();
    names.find(&written, &found, "", &mut left);
    Ok(Masked {
        scenario: scenario_masked,
        ids: ids.len(),
        names: names.old.len(),
        left,
    })
}

/// The account ids of a file: every text of twelve digits, and the account of every ARN.
fn collect(json: &Value, found: &mut BTreeSet<String>) {
    let mut text = |text: &str| {
        let of_arns = text
            .split("arn:")
            .skip(1)
            .filter_map(|arn| arn.split(':').nth(3));
        for part in of_arns.chain([text]) {
            if part.len() == ID && part.bytes().all(|byte| byte.is_ascii_digit()) {
                found.insert(part.to_owned());
            }
        }
        // In the text of a policy ids also stand between quotes.
        for part in text.split('"').filter(|part| part.len() == ID) {
            if part.bytes().all(|byte| byte.is_ascii_digit()) {
                found.insert(part.to_owned());
            }
        }
    };
    match json {
        Value::String(value) => text(value),
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(members) => {
            for (name, value) in members {
                if name.len() == ID && name.bytes().all(|byte| byte.is_ascii_digit()) {
                    found.insert(name.clone());
                }
                collect(value, found);
            }
        }
        _ => {}
    }
}

/// An id for each: none that stands anywhere in the file, be it within a name.
fn made_up(found: &BTreeSet<String>, file: &str) -> HashMap<String, String> {
    let free = (1_u64..)
        .map(|number| (100_000_000_000 + number * 1_001).to_string())
        .filter(|id| !file.contains(id.as_str()));
    found.iter().cloned().zip(free).collect()
}

fn replaced(json: &Value, ids: &HashMap<String, String>) -> Value {
    match json {
        Value::String(text) => Value::String(with_ids(text, ids)),
        Value::Array(items) => items.iter().map(|item| replaced(item, ids)).collect(),
        Value::Object(members) => {
            let masked: Map<String, Value> = members
                .iter()
                .map(|(name, value)| (with_ids(name, ids), replaced(value, ids)))
                .collect();
            Value::Object(masked)
        }
        other => other.clone(),
    }
}

/// A text in which each id that stands between other characters than digits is replaced.
fn with_ids(text: &str, ids: &HashMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at_checked(start).unwrap_or((rest, ""));
        out.push_str(before);
        let length = from.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, behind) = from.split_at_checked(length).unwrap_or((from, ""));
        out.push_str(ids.get(digits).map_or(digits, String::as_str));
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// The requests that would have another verdict.
fn other_verdicts(
    before: &Scenario,
    after: &Scenario,
    ids: &HashMap<String, String>,
) -> Vec<RequestId> {
    let verdicts = |scenario: &Scenario| Engine::new().analyze(scenario, None).requests;
    let same = |(then, now): (&Rc<RequestView>, &Rc<RequestView>)| {
        let id = |id: &AccountId| with_ids(id.as_str(), ids);
        then.rows.len() == now.rows.len()
            && then.rows.iter().zip(&now.rows).all(|(then, now)| {
                then.verdict == now.verdict
                    && then.account.as_ref().map(id).as_deref()
                        == now.account.as_ref().map(AccountId::as_str)
            })
    };
    let (then, now) = (verdicts(before), verdicts(after));
    let differ = then.iter().zip(&now).filter(|pair| !same(*pair));
    differ.map(|(then, _)| then.id.clone()).collect()
}

/// The names that were, and how many of each sort are made up.
#[derive(Debug, Default)]
struct Names {
    old: Vec<String>,
    accounts: usize,
    ous: usize,
    partners: usize,
}

impl Names {
    /// A scenario with other names.
    fn masked(&mut self, mut scenario: Scenario) -> Scenario {
        if let Some(organization) = &mut scenario.organization {
            let mut root = (*organization.root).clone();
            root.children = root
                .children
                .iter()
                .map(|child| self.child(child))
                .collect();
            organization.root = Rc::new(root);
        }
        for account in &mut scenario.external_accounts {
            self.partners += 1;
            let name = format!("Partner {}", self.partners);
            self.old
                .push(std::mem::replace(&mut Rc::make_mut(account).name, name));
        }
        scenario
    }

    fn child(&mut self, child: &Child) -> Child {
        match child {
            Child::Account(account) => {
                self.accounts += 1;
                let mut account = (**account).clone();
                let name = format!("Account {}", self.accounts);
                self.old.push(std::mem::replace(&mut account.name, name));
                Child::Account(Rc::new(account))
            }
            Child::Ou(ou) => {
                self.ous += 1;
                let name = format!("OU {}", self.ous);
                self.old.push(ou.name.clone());
                let children = ou.children.iter().map(|child| self.child(child)).collect();
                Child::Ou(Rc::new(Ou {
                    name,
                    children,
                    ..(**ou).clone()
                }))
            }
        }
    }

    /// Where an old name or id still stands.
    fn find(&self, json: &Value, ids: &BTreeSet<String>, path: &str, left: &mut Vec<String>) {
        let still = |text: &str| {
            let lower = text.to_lowercase();
            let mut names = self
                .old
                .iter()
                .filter(|name| name.chars().count() >= SHORTEST_NAME);
            names.any(|name| has_word(&lower, &name.to_lowercase()))
                || ids.iter().any(|id| text.contains(id.as_str()))
        };
        match json {
            Value::String(text) if still(text) => left.push(path.to_owned()),
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.find(item, ids, &format!("{path}[{at}]"), left);
                }
            }
            Value::Object(members) => {
                for (name, value) in members {
                    let dot = if path.is_empty() { "" } else { "." };
                    self.find(value, ids, &format!("{path}{dot}{name}"), left);
                }
            }
            _ => {}
        }
    }
}

/// Whether a name stands in a text as a word of its own.
fn has_word(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let behind = text
            .get(at + name.len()..)
            .and_then(|text| text.chars().next());
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(before) && !letter(behind)
    })
}
