//! Verdicts that turn on something unknown: all that matters is tried
//! (docs/scenario.md, "Unknown values").

mod gather;

use std::collections::BTreeMap;

use self::gather::{Gathered, Things, things};
use crate::authorize::{Decision, Prepared, together};
use crate::context::{AbsentWhy, KeyState, Origin, Values};
use crate::decision::Verdict;
use crate::trace::{Answer, Branch, Depends, Tried, UnknownThing};

/// Up to this many cases are tried.
const MOST_CASES: usize = 256;

/// The answer where three truth values do not decide.
pub(crate) fn answer(prepared: &Prepared) -> Answer {
    let Gathered {
        mut things,
        kinds,
        enough,
    } = things(prepared);
    let mut cases = number_of_cases(&things);
    if cases > MOST_CASES {
        things = kinds;
        cases = number_of_cases(&things);
    }
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
        if contradicts_itself(prepared, &things, &chosen) {
            continue;
        }
        match decide_case(prepared, &things, &chosen) {
            Decision::Verdict(verdict) => results.push((chosen, verdict)),
            Decision::Blocked => return prepared.blocked(),
            Decision::Undetermined => complete = false,
        }
    }
    let first = results.first().map(|(_, verdict)| *verdict);
    let agree = results.iter().all(|(_, verdict)| Some(*verdict) == first);
    match first {
        Some(verdict) if agree && complete && enough => Answer {
            verdict,
            blockers: Vec::new(),
            depends: None,
        },
        // The cases that were tried agree, but others could differ.
        _ if agree => depends(Depends {
            on: things.into_iter().map(|(thing, _)| thing).collect(),
            branches: Vec::new(),
            complete: false,
        }),
        _ => {
            let on = with_owners(
                prepared,
                &things,
                smallest(things.len(), &results),
                &results,
            );
            depends(Depends {
                branches: branches(prepared, &things, &on, &results),
                on: on
                    .iter()
                    .filter_map(|at| things.get(*at).map(|(thing, _)| thing.clone()))
                    .collect(),
                complete,
            })
        }
    }
}

fn number_of_cases(things: &Things) -> usize {
    let sizes = things.iter().map(|(_, tried)| tried.len());
    sizes.fold(1, usize::saturating_mul)
}

fn depends(depends: Depends) -> Answer {
    Answer {
        verdict: Verdict::Depends,
        blockers: Vec::new(),
        depends: Some(depends),
    }
}

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

/// Whether a case cannot be: the resource belongs to another account and `aws:ResourceAccount` is
/// the caller's; or a key is tried that follows from who owns the resource, except once.
fn contradicts_itself(prepared: &Prepared, things: &Things, chosen: &[usize]) -> bool {
    let tried = || {
        let pairs = things.iter().zip(chosen);
        pairs.filter_map(|((thing, tried), at)| Some((thing, *at, tried.get(*at)?)))
    };
    prepared.resources.iter().enumerate().any(|(at, resource)| {
        let Some(owner) = tried().find_map(|(thing, _, tried)| {
            (*thing == UnknownThing::Owner { resource: at }).then_some(tried)
        }) else {
            return false;
        };
        let mut readings = resource.readings.iter();
        let Some(reading) = readings.find(|reading| reading.tried == *owner) else {
            return false;
        };
        tried().any(|(thing, digit, tried)| {
            let UnknownThing::Key {
                key,
                resource: of_one,
            } = thing
            else {
                return false;
            };
            let key = key.to_ascii_lowercase();
            if !key.starts_with("aws:resource") || of_one.is_some_and(|only| only != at) {
                return false;
            }
            if !is_unknown(reading.context.get(&key)) {
                return digit > 0;
            }
            let is_callers = |values: &Values| {
                let own = prepared.account.as_ref().map(|id| id.as_str());
                values.as_slice().first().map(|value| &**value) == own
            };
            match tried {
                Tried::Values(values) if reading.tried != Tried::SameAccount => {
                    key == "aws:resourceaccount" && is_callers(values)
                }
                _ => false,
            }
        })
    })
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
        let owner = tried().find_map(|(thing, tried)| {
            (*thing == UnknownThing::Owner { resource: at }).then_some(tried)
        });
        let mut readings = resource.readings.iter();
        let reading = match owner {
            Some(owner) => readings.find(|reading| reading.tried == *owner),
            None => readings.next(),
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
    policy::sort_by(&mut sets, |a, b| a.count_ones().cmp(&b.count_ones()));
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

/// The same, with the owner of each resource that one of the keys follows from in some case: without
/// it such a case could not be told.
fn with_owners(
    prepared: &Prepared,
    things: &Things,
    mut on: Vec<usize>,
    results: &[(Vec<usize>, Verdict)],
) -> Vec<usize> {
    for (at, (owner, _)) in things.iter().enumerate() {
        let UnknownThing::Owner { resource: of } = owner else {
            continue;
        };
        let leans = |at: &usize| {
            let Some((key @ UnknownThing::Key { resource, .. }, _)) = things.get(*at) else {
                return false;
            };
            let follows =
                |(chosen, _): &(Vec<usize>, Verdict)| follows(prepared, things, chosen, key);
            resource.unwrap_or_default() == *of && results.iter().any(follows)
        };
        if !on.contains(&at) && on.iter().any(leans) {
            on.push(at);
        }
    }
    policy::sort_by(&mut on, Ord::cmp);
    on
}

fn branches(
    prepared: &Prepared,
    things: &Things,
    on: &[usize],
    results: &[(Vec<usize>, Verdict)],
) -> Vec<Branch> {
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
            let (thing, tried) = things.get(*at)?;
            if follows(prepared, things, chosen, thing) {
                return Some(Tried::Follows);
            }
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

/// Whether a key is known in the reading of the owner that a case takes.
fn follows(prepared: &Prepared, things: &Things, chosen: &[usize], key: &UnknownThing) -> bool {
    let UnknownThing::Key { key, resource } = key else {
        return false;
    };
    let at = resource.unwrap_or_default();
    let owner = things
        .iter()
        .zip(chosen)
        .find_map(|((thing, tried), digit)| {
            (*thing == UnknownThing::Owner { resource: at }).then(|| tried.get(*digit))?
        });
    let Some(resource) = prepared.resources.get(at) else {
        return false;
    };
    let mut readings = resource.readings.iter();
    let reading = readings.find(|reading| Some(&reading.tried) == owner);
    owner.is_some()
        && reading
            .is_some_and(|reading| !is_unknown(reading.context.get(&key.to_ascii_lowercase())))
}
