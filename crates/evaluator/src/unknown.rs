//! Verdicts that turn on something unknown: all that matters is tried
//! (docs/scenario.md, "Unknown values").

use std::collections::BTreeMap;

use crate::authorize::{Decision, Prepared, Reading, mfa, together};
use crate::candidates::Candidates;
use crate::compile::{CompiledPolicy, CompiledResource, CompiledStatement};
use crate::condition::Operand;
use crate::context::{AbsentWhy, KeyState, Origin, RequestContext};
use crate::decision::{Truth, Verdict};
use crate::gates::{Fixed, Gate};
use crate::trace::{Answer, Branch, Depends, Tried, UnknownThing};

/// Up to this many cases are tried.
const MOST_CASES: usize = 256;

/// The answer where three truth values do not decide.
pub(crate) fn answer(prepared: &Prepared) -> Answer {
    let things = things(prepared);
    let cases = things
        .iter()
        .try_fold(1_usize, |cases, (_, tried)| cases.checked_mul(tried.len()))
        .unwrap_or(usize::MAX);
    if cases > MOST_CASES {
        return depends(Depends {
            on: things.into_iter().map(|(thing, _)| thing).collect(),
            branches: Vec::new(),
            complete: false,
        });
    }
    let mut results = Vec::with_capacity(cases);
    let mut complete = true;
    for case in 0..cases {
        let chosen = choose(&things, case);
        match decide_case(prepared, &things, &chosen) {
            Decision::Verdict(verdict) => results.push((chosen, verdict)),
            Decision::Blocked => return prepared.blocked(),
            Decision::Undetermined => complete = false,
        }
    }
    let first = results.first().map(|(_, verdict)| *verdict);
    let agree = results.iter().all(|(_, verdict)| Some(*verdict) == first);
    match first {
        Some(verdict) if agree && complete => Answer {
            verdict,
            blockers: Vec::new(),
            depends: None,
        },
        _ => {
            let on = smallest(things.len(), &results);
            depends(Depends {
                branches: branches(&things, &on, &results),
                on: on
                    .iter()
                    .filter_map(|at| things.get(*at).map(|(thing, _)| thing.clone()))
                    .collect(),
                complete,
            })
        }
    }
}

fn depends(depends: Depends) -> Answer {
    Answer {
        verdict: Verdict::Depends,
        blockers: Vec::new(),
        depends: Some(depends),
    }
}

type Things = Vec<(UnknownThing, Vec<Tried>)>;

/// A case as digits: which of its candidates each thing has.
fn choose(things: &Things, mut case: usize) -> Vec<usize> {
    things
        .iter()
        .map(|(_, tried)| {
            let digit = case % tried.len().max(1);
            case /= tried.len().max(1);
            digit
        })
        .collect()
}

fn decide_case(prepared: &Prepared, things: &Things, chosen: &[usize]) -> Decision {
    let tried = || {
        things
            .iter()
            .zip(chosen)
            .filter_map(|((thing, tried), at)| tried.get(*at).map(|tried| (thing, tried)))
    };
    let several = prepared.resources.len() > 1;
    together(prepared.resources.iter().enumerate().map(|(at, resource)| {
        let other = tried().any(|(thing, tried)| {
            *thing == UnknownThing::Owner { resource: at } && *tried == Tried::OtherAccount
        });
        let reading = if other {
            resource.readings.last()
        } else {
            resource.readings.first()
        };
        let Some(reading) = reading else {
            return Decision::Blocked;
        };
        let mut context = reading.context.clone();
        for (thing, tried) in tried() {
            let UnknownThing::Key { key, resource } = thing else {
                continue;
            };
            if several && resource.is_some_and(|only| only != at) {
                continue;
            }
            if is_unknown(reading.context.get(&key.to_ascii_lowercase())) {
                context.set(key, state(tried));
            }
        }
        reading.decide(&context)
    }))
}

fn state(tried: &Tried) -> KeyState {
    match tried {
        Tried::Values(values) | Tried::AnotherValue(values) => KeyState::Known {
            values: values.clone(),
            origin: Origin::Tried,
        },
        _ => KeyState::Absent(AbsentWhy::Tried),
    }
}

fn is_unknown(state: &KeyState) -> bool {
    matches!(state, KeyState::Unknown | KeyState::PresentUnknown)
}

/// The smallest set of things that the verdict is a function of.
fn smallest(count: usize, results: &[(Vec<usize>, Verdict)]) -> Vec<usize> {
    let mut sets: Vec<u32> = (0..1_u32 << count.min(16)).collect();
    sets.sort_by_key(|set| set.count_ones());
    let members = |set: u32| (0..count).filter(move |at| set & (1 << at) != 0);
    let decides = |set: &u32| {
        let mut seen: BTreeMap<Vec<usize>, Verdict> = BTreeMap::new();
        results.iter().all(|(chosen, verdict)| {
            let key = members(*set).filter_map(|at| chosen.get(at).copied());
            *seen.entry(key.collect()).or_insert(*verdict) == *verdict
        })
    };
    match sets.into_iter().find(decides) {
        Some(set) => members(set).collect(),
        None => (0..count).collect(),
    }
}

fn branches(things: &Things, on: &[usize], results: &[(Vec<usize>, Verdict)]) -> Vec<Branch> {
    let mut seen: Vec<Vec<usize>> = Vec::new();
    let mut branches = Vec::new();
    for (chosen, verdict) in results {
        let key: Vec<usize> = on
            .iter()
            .filter_map(|at| chosen.get(*at).copied())
            .collect();
        if seen.contains(&key) {
            continue;
        }
        let tried = on.iter().zip(&key).filter_map(|(at, digit)| {
            let (_, tried) = things.get(*at)?;
            tried.get(*digit).cloned()
        });
        branches.push(Branch {
            tried: tried.collect(),
            verdict: *verdict,
        });
        seen.push(key);
    }
    branches
}

/// Everything unknown that some statement turns on, with what it is tried as.
fn things(prepared: &Prepared) -> Things {
    let mut things: Things = Vec::new();
    let several = prepared.resources.len() > 1;
    let mut found = Found::default();
    for (at, resource) in prepared.resources.iter().enumerate() {
        if resource.readings.len() > 1 {
            things.push((
                UnknownThing::Owner { resource: at },
                vec![Tried::SameAccount, Tried::OtherAccount],
            ));
        }
        for reading in &resource.readings {
            found.resource = several.then_some(at);
            found.gather(reading);
        }
    }
    for ((key, resource), candidates) in found.keys {
        let typed = candidates.typed_name().unwrap_or(&key).into();
        let tried = candidates.tried();
        let thing = UnknownThing::Key {
            key: typed,
            resource,
        };
        things.push((thing, tried));
    }
    things
}

/// Whether each resource of a request has this key for itself (RES-12).
fn is_of_one_resource(key: &str) -> bool {
    !key.starts_with("aws:") || key.starts_with("aws:resource")
}

/// The unknown keys that were found, and what policies compare them with.
#[derive(Default)]
struct Found {
    keys: BTreeMap<(Box<str>, Option<usize>), Candidates>,
    /// The resource that is looked at, where a request has several.
    resource: Option<usize>,
}

impl Found {
    fn candidates(&mut self, key: &str) -> &mut Candidates {
        let resource = self.resource.filter(|_| is_of_one_resource(key));
        self.keys.entry((key.into(), resource)).or_default()
    }

    fn gather(&mut self, reading: &Reading) {
        let context = &reading.context;
        if matches!(reading.fixed, Fixed::RefusesWithoutMfa(_)) && mfa(context) == Truth::Unknown {
            let key = "aws:multifactorauthpresent";
            let found = self.candidates(key);
            found.state(context.get(key));
            found.flag();
        }
        for policy in reading.gates.iter().flat_map(policies_of) {
            for (at, statement) in policy.statements.iter().enumerate() {
                if statement.truth(context) == Truth::Unknown {
                    let typed = policy.document.statements.get(at);
                    self.gather_statement(statement, typed, context);
                }
            }
        }
    }

    fn gather_statement(
        &mut self,
        statement: &CompiledStatement,
        typed: Option<&policy::Statement>,
        context: &RequestContext,
    ) {
        for entry in &statement.resources.entries {
            let CompiledResource::Arn(glob) = entry else {
                continue;
            };
            if entry.truth(context) != Truth::Unknown {
                continue;
            }
            for variable in glob.variables() {
                let state = context.get(&variable.key);
                if is_unknown(state) {
                    let found = self.candidates(&variable.key);
                    found.state(state);
                    found.captured(glob.captures(&variable.key, &context.resource));
                }
            }
        }
        for (at, condition) in statement.conditions.iter().enumerate() {
            if condition.truth(context) != Truth::Unknown {
                continue;
            }
            let state = context.get(&condition.key);
            if is_unknown(state) {
                let found = self.candidates(&condition.key);
                found.state(state);
                if let Some(typed) = typed.and_then(|typed| typed.conditions.get(at)) {
                    found.named(&typed.key.value);
                }
                found.compared(condition, context);
            }
            let values = match state {
                KeyState::Known { values, .. } => values.as_slice(),
                _ => &[],
            };
            for operand in &condition.operands {
                for variable in operand.variables() {
                    let state = context.get(&variable.key);
                    if !is_unknown(state) {
                        continue;
                    }
                    let found = self.candidates(&variable.key);
                    found.state(state);
                    found.partner();
                    for value in values {
                        match operand {
                            Operand::Text(glob)
                            | Operand::TextIgnoreCase(glob)
                            | Operand::Like(glob) => {
                                found.captured(glob.captures(&variable.key, value));
                            }
                            _ => found.captured(vec![value.to_string()]),
                        }
                    }
                }
            }
        }
    }
}

fn policies_of(gate: &Gate) -> Vec<&CompiledPolicy> {
    match gate {
        Gate::Together(policies) => policies
            .iter()
            .filter_map(|attached| attached.runnable.as_deref().ok())
            .collect(),
        Gate::Levels(levels) => levels
            .iter()
            .flat_map(|level| &level.policies)
            .filter_map(|attached| attached.runnable.as_deref().ok())
            .collect(),
        _ => Vec::new(),
    }
}
