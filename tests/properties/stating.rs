//! States what a request leaves open.

use evaluator::{Tried, UnknownThing, Values};
use organization::{ContextValue, Request, Scalar, Scenario, UnstatedKeys};

use crate::generate::{ACCOUNTS, Dice, KEYS};

pub(crate) fn one(text: &str) -> ContextValue {
    ContextValue::One(Scalar::Text(text.to_owned()))
}

pub(crate) fn several(texts: &[&str]) -> ContextValue {
    ContextValue::Many(
        texts
            .iter()
            .map(|text| Scalar::Text((*text).to_owned()))
            .collect(),
    )
}

/// States every key that a request leaves open, and the owner.
pub(crate) fn state_everything(scenario: &Scenario, request: &Request, dice: &mut Dice) -> Request {
    let counts_as_absent = scenario.settings.unstated_keys == UnstatedKeys::Absent;
    let mut stated = request.clone();
    for key in KEYS {
        let named = |name: &String| name == key.name;
        if request.context.iter().any(|(name, _)| named(name)) || request.absent.iter().any(named) {
            continue;
        }
        if !key.always && counts_as_absent {
            continue;
        }
        if !key.always && dice.chance(4) {
            stated.absent.push(key.name.to_owned());
        } else if key.many {
            let values = several(&dice.some(key.carried, 3));
            stated.context.push((key.name.to_owned(), values));
        } else {
            stated
                .context
                .push((key.name.to_owned(), one(dice.one(key.carried))));
        }
    }
    if stated.resource_account.is_none() {
        stated.resource_account = Some(
            dice.one(&[ACCOUNTS[1], ACCOUNTS[2], ACCOUNTS[3], "999999999999"])
                .into(),
        );
    }
    stated
}

/// States what a branch says.
pub(crate) fn state_branch(request: &Request, on: &[UnknownThing], tried: &[Tried]) -> Request {
    let mut stated = request.clone();
    for (thing, tried) in on.iter().zip(tried) {
        let UnknownThing::Key { key, .. } = thing else {
            let other = *tried == Tried::OtherAccount;
            stated.resource_account = other.then(|| "999999999999".into());
            continue;
        };
        match tried {
            Tried::Values(Values::One(value)) | Tried::AnotherValue(Values::One(value)) => {
                stated.context.push((key.to_string(), one(value)));
            }
            Tried::Values(Values::Many(values)) | Tried::AnotherValue(Values::Many(values)) => {
                let values: Vec<&str> = values.iter().map(|value| &**value).collect();
                stated.context.push((key.to_string(), several(&values)));
            }
            _ => stated.absent.push(key.to_string()),
        }
    }
    stated
}
