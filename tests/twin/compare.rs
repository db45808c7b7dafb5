//! Holds the evaluator and its twin equal, row by row.

use std::collections::BTreeSet;
use std::rc::Rc;

use evaluator::{
    Answer, Branch, Decision as Decided, Explanation, Library, LibraryPolicy, Outcome, Tried,
    Truth, UnknownThing, Values,
};
use organization::{AccountId, PolicyId, Scenario, UnstatedKeys};
use policy::Effect;

use crate::dice::Dice;
use crate::twin::unknown::{Mentions, Row};
use crate::twin::{Decision, Guess, Key, Owner, Value, Verdict, World, rows};

/// Where the two differ.
#[derive(Clone, Debug)]
pub(crate) struct Difference {
    pub(crate) request: String,
    pub(crate) account: Option<String>,
    /// Which agreement is broken; the same word for the same sort of difference.
    pub(crate) rule: &'static str,
    pub(crate) words: String,
}

/// What became of one row, where the two agree.
pub(crate) struct Agreed {
    pub(crate) answer: evaluator::Verdict,
    /// The policy types that stop it, if its verdict is certain.
    pub(crate) stops: BTreeSet<crate::twin::Type>,
    /// Whether an Allow of the resource-based policy decides it.
    pub(crate) granted: bool,
    /// Whether the evaluator tried all cases.
    pub(crate) complete: bool,
}

/// How many cases of a row are tried.
const CASES: usize = 64;
/// How many cases of each branch are tried.
const CASES_OF_BRANCH: usize = 8;
/// How many branches are looked at.
const BRANCHES: usize = 16;

/// The policies of a scenario, ready to run, by the rules of its date.
pub(crate) fn library(scenario: &Scenario) -> Library {
    let mut library = guardrail_tests::library(scenario);
    let date = scenario.settings.date();
    for policy in &scenario.policies {
        let Some(kind) = policy.kind.known() else {
            continue;
        };
        let parsed = policy::parse_on(&policy.text, kind, date);
        let entry = LibraryPolicy {
            kind: Some(kind),
            compiled: evaluator::compile(&parsed, kind).map(Rc::new),
        };
        library.insert(policy.id.clone(), entry);
    }
    library
}

/// Compares all rows of a scenario.
pub(crate) fn scenario(
    scenario: &Scenario,
    library: &Library,
    seed: u64,
) -> (Vec<Agreed>, Vec<Difference>) {
    let world = World::new(scenario);
    let mentions = Mentions::new(&world);
    let mut dice = Dice::new(seed ^ 0x5eed);
    let (mut agreed, mut differences) = (Vec::new(), Vec::new());
    for request in &scenario.requests {
        for account in rows(&world, request) {
            let row = Row {
                world: &world,
                mentions: &mentions,
                request,
                account: account.as_ref(),
                several: false,
            };
            match compare(&row, library, &mut dice) {
                Ok(one) => agreed.push(one),
                Err((rule, words)) => differences.push(Difference {
                    request: request.id.to_string(),
                    account: account.as_ref().map(AccountId::to_string),
                    rule,
                    words,
                }),
            }
        }
    }
    (agreed, differences)
}

type Broken = (&'static str, String);

fn compare(row: &Row<'_>, library: &Library, dice: &mut Dice) -> Result<Agreed, Broken> {
    let world = evaluator::World {
        scenario: row.world.scenario,
        tree: row.world.tree.as_ref(),
        library,
    };
    let (cases, all) = row.cases(&Guess::default(), CASES, dice);
    let verdicts: BTreeSet<Verdict> = cases.iter().map(|(_, decision)| decision.verdict).collect();
    let shown = || format!("the twin has {verdicts:?} in {} cases", cases.len());
    let Ok(prepared) = evaluator::prepare(&world, row.request, row.account) else {
        if verdicts != BTreeSet::from([Verdict::Error]) {
            return Err(("refused to prepare", shown()));
        }
        return Ok(agreed(row, evaluator::Verdict::Error, &cases, true));
    };
    let answer = prepared.answer();
    let explanation = prepared.explain();
    agrees_with_itself(prepared.decide(), &answer, &explanation)?;
    if let Some(verdict) = certain(answer.verdict) {
        let other = cases
            .iter()
            .find(|(_, decision)| decision.verdict != verdict);
        if let Some((guess, decision)) = other {
            let words = format!("evaluator {verdict:?}, twin {decision:?} with {guess:?}");
            return Err((pair(verdict, decision.verdict), words));
        }
    }
    match answer.verdict {
        evaluator::Verdict::Error
            if all && !verdicts.contains(&Verdict::Error) && !has_error(row, dice) =>
        {
            return Err(("error", format!("{:?}; {}", answer.blockers, shown())));
        }
        evaluator::Verdict::Depends => depends(row, &answer, &cases, all, dice)?,
        _ => {}
    }
    // (d) Where everything is known, both name the same statements.
    if let [(guess, decision)] = cases.as_slice()
        && !turns_on_unknown(&explanation)
        && guess.keys.is_empty()
        && guess.owners.is_empty()
    {
        let named = denials(&explanation);
        if answer.verdict == evaluator::Verdict::ExplicitDeny && named != decision.denials {
            let words = format!("evaluator {named:?}, twin {:?}", decision.denials);
            return Err(("denials", words));
        }
    }
    let complete = answer.depends.is_none_or(|depends| depends.complete);
    Ok(agreed(row, answer.verdict, &cases, complete))
}

/// Whether there is an error if keys of services may have several values.
fn has_error(row: &Row<'_>, dice: &mut Dice) -> bool {
    let row = Row {
        several: true,
        ..*row
    };
    let (cases, all) = row.cases(&Guess::default(), CASES, dice);
    let mut verdicts = cases.iter().map(|(_, decision)| decision.verdict);
    !all || verdicts.any(|verdict| verdict == Verdict::Error)
}

fn agreed(
    row: &Row<'_>,
    answer: evaluator::Verdict,
    cases: &[(Guess, Decision)],
    complete: bool,
) -> Agreed {
    let is_certain = certain(answer).is_some();
    let first = cases.first().filter(|_| is_certain);
    let granted = answer == evaluator::Verdict::Allow
        && first.is_some_and(|(guess, _)| {
            let kinds = [policy::Kind::Resource, policy::Kind::Trust];
            let without = row.world.without(&kinds);
            crate::twin::decide::decide(&without, row.request, row.account, guess)
                .is_ok_and(|decision| decision.verdict != Verdict::Allow)
        });
    Agreed {
        answer,
        stops: first
            .map(|(_, decision)| decision.stops.clone())
            .unwrap_or_default(),
        granted,
        complete,
    }
}

fn certain(verdict: evaluator::Verdict) -> Option<Verdict> {
    match verdict {
        evaluator::Verdict::Allow => Some(Verdict::Allow),
        evaluator::Verdict::ExplicitDeny => Some(Verdict::ExplicitDeny),
        evaluator::Verdict::ImplicitDeny => Some(Verdict::ImplicitDeny),
        evaluator::Verdict::Depends | evaluator::Verdict::Error => None,
    }
}

/// A word for two verdicts that differ.
fn pair(evaluator: Verdict, twin: Verdict) -> &'static str {
    match (evaluator, twin) {
        (Verdict::Allow, Verdict::Error) => "allow, error",
        (Verdict::Allow, _) => "allow, deny",
        (_, Verdict::Allow) => "deny, allow",
        (_, Verdict::Error) => "deny, error",
        _ => "deny of another kind",
    }
}

/// (e) Deciding, answering and explaining have one meaning.
fn agrees_with_itself(
    decided: Decided,
    answer: &Answer,
    explanation: &Explanation,
) -> Result<(), Broken> {
    if explanation.answer != *answer {
        return Err((
            "explain",
            format!("{answer:?} but {:?}", explanation.answer),
        ));
    }
    let fits = match decided {
        Decided::Verdict(verdict) => verdict == answer.verdict,
        Decided::Undetermined => true,
        Decided::Blocked => {
            certain(answer.verdict).is_none_or(|found| found == Verdict::ExplicitDeny)
        }
    };
    if fits {
        Ok(())
    } else {
        Err(("decide", format!("{decided:?} but {answer:?}")))
    }
}

/// (b) Every branch has its verdict, whatever the other unknown things are, and two differ.
fn depends(
    row: &Row<'_>,
    answer: &Answer,
    cases: &[(Guess, Decision)],
    all: bool,
    dice: &mut Dice,
) -> Result<(), Broken> {
    let Some(depends) = &answer.depends else {
        return Err(("depends on nothing", format!("{answer:?}")));
    };
    if !depends.complete {
        return Ok(());
    }
    let mut verdicts: BTreeSet<Verdict> =
        cases.iter().map(|(_, decision)| decision.verdict).collect();
    let first = depends.branches.first().map(|branch| branch.verdict);
    if !depends
        .branches
        .iter()
        .any(|branch| Some(branch.verdict) != first)
    {
        return Err(("branches agree", format!("{depends:?}")));
    }
    // Some of them, and one of another verdict than the first.
    let mut looked_at = dice.some(&depends.branches, BRANCHES, BRANCHES);
    let other = depends
        .branches
        .iter()
        .find(|branch| Some(branch.verdict) != first);
    looked_at.extend(depends.branches.first().into_iter().chain(other).cloned());
    for branch in &looked_at {
        for guess in guesses(row, &depends.on, branch) {
            if guess.owners.contains_key(&usize::MAX) {
                return Err((
                    "owner that cannot be",
                    format!("{:?} {branch:?}", depends.on),
                ));
            }
            let (cases, _) = row.cases(&guess, CASES_OF_BRANCH, dice);
            for (guess, decision) in cases {
                let same = match certain(branch.verdict) {
                    Some(verdict) => verdict == decision.verdict,
                    None => decision.verdict == Verdict::Error,
                };
                if !same {
                    let words = format!(
                        "on {:?}: evaluator {branch:?}, twin {decision:?} with {guess:?}",
                        depends.on
                    );
                    return Err(("branch", words));
                }
                verdicts.insert(decision.verdict);
            }
        }
    }
    if all && verdicts.len() < 2 {
        let words = format!("evaluator {depends:?}, twin always {verdicts:?}");
        return Err(("depends for the evaluator only", words));
    }
    Ok(())
}

/// What a branch says, as guesses: an owner outside may be in an organization or in none.
fn guesses(row: &Row<'_>, on: &[UnknownThing], branch: &Branch) -> Vec<Guess> {
    let mut guesses = vec![Guess::default()];
    let caller =
        crate::twin::who::who(row.world, row.request, row.account).and_then(|who| who.account);
    for (thing, tried) in on.iter().zip(&branch.tried) {
        match thing {
            UnknownThing::Owner { resource } => {
                let owners: Vec<Owner> = match tried {
                    Tried::SameAccount => caller.iter().cloned().map(Owner::Account).collect(),
                    Tried::AccountLike(account) => {
                        let likes = crate::twin::gates::others_with_rcps_of(
                            row.world,
                            account.as_str(),
                            caller.as_deref(),
                        );
                        likes.into_iter().map(Owner::Account).collect()
                    }
                    _ => outsiders(row),
                };
                let with = |guess: &Guess, owner: &Owner| {
                    let mut guess = guess.clone();
                    guess.owners.insert(*resource, owner.clone());
                    guess
                };
                // A branch that nobody can be in.
                if owners.is_empty() {
                    return vec![guess_of_nobody()];
                }
                guesses = (guesses.iter())
                    .flat_map(|guess| owners.iter().map(move |owner| with(guess, owner)))
                    .collect();
            }
            UnknownThing::Key { key, resource } => {
                let key = key.to_lowercase();
                let names_owner =
                    (on.iter()).any(|thing| matches!(thing, UnknownThing::Owner { .. }));
                let is_of_owner = OF_OWNER.contains(&key.as_str());
                // Where the owner is not named, a key that follows is one of the own account, and
                // one that is tried is one of another.
                if is_of_owner && !names_owner {
                    let own = caller.iter().cloned().map(Owner::Account).collect();
                    let owners = match tried {
                        Tried::Follows => own,
                        // The organization of a member account is known.
                        _ if key != "aws:resourceaccount" => outsiders(row),
                        _ => strangers(row, caller.as_deref()),
                    };
                    let positions: Vec<usize> = (0..row.request.resources.len())
                        .filter(|at| resource.is_none_or(|own| own == *at))
                        .collect();
                    guesses = (guesses.iter())
                        .flat_map(|guess| {
                            owners.iter().map(|owner| {
                                let mut guess = guess.clone();
                                for position in &positions {
                                    guess.owners.insert(*position, owner.clone());
                                }
                                guess
                            })
                        })
                        .collect();
                }
                if *tried == Tried::Follows {
                    continue;
                }
                let value = match tried {
                    Tried::Values(value) | Tried::AnotherValue(value) => Some(match value {
                        Values::One(text) => Value::One(text.to_string()),
                        Values::Many(texts) => {
                            Value::Many(texts.iter().map(ToString::to_string).collect())
                        }
                    }),
                    _ => None,
                };
                for guess in &mut guesses {
                    let is_own = guess.owners.iter().any(|(position, owner)| {
                        let of_it = resource.is_none_or(|only| only == *position);
                        let own = caller.clone().map(Owner::Account);
                        of_it && own.as_ref() == Some(owner)
                    });
                    if is_of_owner && is_own {
                        // It is open only where nobody knows the account's organization.
                        let key = Key {
                            name: key.clone(),
                            resource: None,
                        };
                        guess.keys.insert(key, value.clone());
                        continue;
                    }
                    // The age of an MFA without MFA is tried as well.
                    let is_forced = is_of_owner || key == "aws:multifactorauthage";
                    let key = Key {
                        name: key.clone(),
                        resource: *resource,
                    };
                    let into = match is_forced {
                        true => &mut guess.forced,
                        false => &mut guess.keys,
                    };
                    into.insert(key, value.clone());
                }
            }
        }
    }
    guesses
}

/// The keys that follow from the owner of a resource.
const OF_OWNER: [&str; 3] = [
    "aws:resourceaccount",
    "aws:resourceorgid",
    "aws:resourceorgpaths",
];

/// Owners that are not the caller's account.
fn strangers(row: &Row<'_>, caller: Option<&str>) -> Vec<Owner> {
    let mut owners = outsiders(row);
    let accounts = row
        .world
        .tree
        .iter()
        .flat_map(organization::TreeIndex::accounts);
    let members = accounts
        .map(|account| account.id.as_str())
        .filter(|account| {
            caller != Some(account) && crate::twin::gates::has_rcps(row.world, account)
        });
    owners.extend(members.map(|account| Owner::Account(account.to_owned())));
    owners
}

/// Owners that the scenario does not have.
fn outsiders(row: &Row<'_>) -> Vec<Owner> {
    let outside = |in_organization| Owner::Outside { in_organization };
    let mut owners = vec![outside(false)];
    if row.world.scenario.settings.unstated_keys == UnstatedKeys::Unknown {
        owners.push(outside(true));
    }
    owners
}

/// A guess that no case agrees with: the evaluator tries an owner that cannot be.
fn guess_of_nobody() -> Guess {
    let mut guess = Guess::default();
    guess.owners.insert(usize::MAX, Owner::Nobody);
    guess
}

/// Whether the evaluator needs something unknown for a statement, even if nothing turns on it.
fn turns_on_unknown(explanation: &Explanation) -> bool {
    let stages = explanation
        .resources
        .iter()
        .flat_map(|resource| &resource.stages);
    stages
        .flat_map(|stage| {
            let of_levels = stage.levels.iter().flat_map(|level| &level.policies);
            of_levels.chain(&stage.policies)
        })
        .flat_map(|policy| &policy.statements)
        .any(|statement| statement.truth == Truth::Unknown)
}

/// The statements that deny, as the evaluator explains.
fn denials(explanation: &Explanation) -> BTreeSet<(PolicyId, usize)> {
    let stages = (explanation.resources.iter())
        .filter(|resource| resource.fixed.is_none())
        .flat_map(|resource| &resource.stages);
    stages
        .filter(|stage| stage.outcome == Outcome::ExplicitDeny)
        .flat_map(|stage| {
            let of_levels = stage.levels.iter().flat_map(|level| &level.policies);
            of_levels.chain(&stage.policies)
        })
        .flat_map(|policy| {
            let statements = policy.statements.iter();
            statements
                .filter(|one| one.effect == Effect::Deny && one.truth == Truth::Met)
                .map(|one| (policy.policy.clone(), one.index))
        })
        .collect()
}
