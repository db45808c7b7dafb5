//! Requests that show a policy at work: for each statement one that it matches, and one that
//! misses it by a little. What is proposed is tried first: only what the evaluator confirms is
//! offered.

mod bases;
mod samples;
mod values;

use std::cell::Cell;

use evaluator::{Truth, Verdict};
use organization::{PolicyId, Request, RequestResource, Scenario};
use policy::{ActionPattern, Document, ResourcePattern, Scope, ScopeMode, Statement};

use self::bases::{Base, attached, bases};
use self::values::{Given, follows, give, given, sample, words};
use crate::engine::{Engine, Scene};
use crate::view::Analysis;

pub use samples::{actions, resource_of};

/// Most requests that are offered at once.
const MOST: usize = 12;
/// Most requests that are tried for one policy.
const MOST_TRIALS: usize = 1500;
/// How often other values are tried for the keys of a statement.
const ROUNDS: usize = 4;
/// Where calls are made, unless the scenario or the statement says otherwise.
const REGION: &str = "us-east-1";

/// A request that shows a statement at work.
#[derive(Clone, Debug, PartialEq)]
pub struct Exercise {
    /// The request, without an id; its name says what it is for.
    pub request: Request,
    /// Position in the `Statement` array, from 0.
    pub statement: usize,
    /// Whether the statement matches it.
    pub matches: bool,
}

/// Requests that exercise a policy where it is attached (an SCP or RCP that is attached nowhere:
/// as if it were attached to the root), without those that the scenario has already. Empty if AWS
/// would refuse the policy, or if it reaches no caller.
#[must_use]
pub fn exercise(scenario: &Scenario, policy: &PolicyId) -> Vec<Exercise> {
    let Some(trial) = attached(scenario, policy) else {
        return Vec::new();
    };
    let mut engine = Engine::new();
    let scene = engine.scene(&trial, &mut Analysis::default());
    let Some(text) = scene.texts.get(policy).filter(|it| it.compiled.is_some()) else {
        return Vec::new();
    };
    let source = trial.policy(policy.as_str()).map_or("", |it| it.text());
    let bases = bases(&scene, policy);
    let mut found: Vec<Exercise> = Vec::new();
    let left = Cell::new(MOST_TRIALS);
    let document: &Document = &text.parsed.document;
    for statement in &document.statements {
        let workshop = Workshop {
            scene: &scene,
            policy,
            statement,
            source,
            bases: &bases,
            left: &left,
        };
        for exercise in workshop.pair() {
            let there = scenario.requests.iter().map(|one| &**one);
            let mut all = there.chain(found.iter().map(|one| &one.request));
            if found.len() < MOST && !all.any(|one| is_same(one, &exercise.request)) {
                found.push(exercise);
            }
        }
    }
    found
}

/// Whether two requests ask the same.
fn is_same(one: &Request, other: &Request) -> bool {
    let asked = |request: &Request| Request {
        id: other.id.clone(),
        name: String::new(),
        expect: None,
        ..request.clone()
    };
    asked(one) == asked(other)
}

/// Tries requests against one statement.
struct Workshop<'a> {
    scene: &'a Scene<'a>,
    policy: &'a PolicyId,
    statement: &'a Statement,
    source: &'a str,
    bases: &'a [Base],
    left: &'a Cell<usize>,
}

impl Workshop<'_> {
    /// A request that the statement matches, and one that misses it.
    fn pair(&self) -> Vec<Exercise> {
        let Some((base, hit)) = self.hit() else {
            return Vec::new();
        };
        let title = match &self.statement.sid {
            Some(sid) => sid.value.clone(),
            None => crate::words::statement_title(self.statement.index),
        };
        let miss = self.miss(base, &hit);
        let named = |request: Request, name: String, matches: bool| Exercise {
            request: Request { name, ..request },
            statement: self.statement.index,
            matches,
        };
        let mut pair = vec![named(hit, texts::exercise_applies(&title), true)];
        if let Some((request, why)) = miss {
            pair.push(named(request, texts::exercise_not(&title, &why), false));
        }
        pair
    }

    /// Keys that follow from the scenario are typed only if no caller has them.
    fn hit(&self) -> Option<(&Base, Request)> {
        for typed in [false, true] {
            for base in self.bases {
                for action in self.actions(true) {
                    for resource in self.resources(base, &action) {
                        let tries = (0..ROUNDS)
                            .map(|round| self.fitting(base, &action, &resource, round, typed));
                        let mut tried = None;
                        for request in tries {
                            if self.is(&request, Truth::Met) {
                                return Some((base, request));
                            }
                            if tried.replace(request.clone()) == Some(request) {
                                break;
                            }
                        }
                    }
                }
            }
        }
        None
    }

    /// A request with values for which all conditions may hold.
    fn fitting(
        &self,
        base: &Base,
        action: &str,
        resource: &str,
        round: usize,
        typed: bool,
    ) -> Request {
        let mut request = base.asking(action, resource);
        for condition in &self.statement.conditions {
            if !typed && follows(&condition.key.value) {
                continue;
            }
            if let Some(value) = given(condition, true, round) {
                give(&mut request, condition, &base.tidy(value));
            }
        }
        request
    }

    fn miss(&self, base: &Base, hit: &Request) -> Option<(Request, String)> {
        let misses = |request: &Request| request != hit && self.is(request, Truth::Unmet);
        for condition in &self.statement.conditions {
            let tries = (0..ROUNDS).filter_map(|round| given(condition, false, round));
            for value in tries.chain([Given::Absent]) {
                if follows(&condition.key.value) {
                    continue;
                }
                let value = base.tidy(value);
                let mut request = hit.clone();
                give(&mut request, condition, &value);
                if misses(&request) {
                    return Some((request, words(condition, &value)));
                }
            }
        }
        let callers = self
            .bases
            .iter()
            .filter(|other| other.caller != base.caller);
        for other in callers {
            let request = Request {
                caller: other.caller.clone(),
                ..hit.clone()
            };
            if misses(&request) {
                return Some((request, texts::exercise_another_caller().to_owned()));
            }
        }
        for action in self.actions(false) {
            let resource = base.resource(&action);
            let plain = base.asking(&action, &resource);
            let request = Request {
                action: plain.action,
                resources: plain.resources,
                resource_account: plain.resource_account,
                ..hit.clone()
            };
            if misses(&request) {
                return Some((request, texts::exercise_another_action().to_owned()));
            }
        }
        let arn = hit.resources.first()?.arn.as_str();
        let (head, _) = arn.rsplit_once([':', '/'])?;
        let separator = if arn.starts_with(&format!("{head}/")) {
            '/'
        } else {
            ':'
        };
        let mut request = hit.clone();
        request.resources = vec![RequestResource::new(&format!("{head}{separator}another"))];
        misses(&request).then(|| (request, texts::exercise_another_resource().to_owned()))
    }

    /// Actions that the statement may match, or may not.
    fn actions(&self, matched: bool) -> Vec<String> {
        let Some(scope) = &self.statement.action else {
            return Vec::new();
        };
        let named = (scope.mode == ScopeMode::Only) == matched;
        let mut all: Vec<String> = Vec::new();
        for entry in &scope.entries {
            let text = self.source.get(entry.span.range()).unwrap_or_default();
            let text = text.trim_matches('"');
            let ActionPattern::Named { service, name } = &entry.value else {
                continue;
            };
            let plain = !name.has_wildcards();
            if plain && named {
                all.push(text.to_owned());
            } else {
                let of_service = |action: &&str| {
                    let found = action.split_once(':');
                    found.is_some_and(|(prefix, _)| prefix.eq_ignore_ascii_case(service))
                };
                all.extend(actions().filter(of_service).map(str::to_owned));
                if named {
                    all.push(text.replace('*', "Example").replace('?', "x"));
                }
            }
        }
        all.extend(samples::FIRST.iter().map(|action| (*action).to_owned()));
        all.truncate(12);
        all
    }

    /// What a call may be on so that the statement matches.
    fn resources(&self, base: &Base, action: &str) -> Vec<String> {
        let mut all = Vec::new();
        if let Some(Scope {
            mode: ScopeMode::Only,
            entries,
            ..
        }) = &self.statement.resource
        {
            for entry in entries.iter().take(2) {
                let ResourcePattern::Arn { head, resource } = &entry.value else {
                    continue;
                };
                let parts: Option<Vec<String>> = head.iter().chain(resource).map(sample).collect();
                if let Some(parts) = parts.filter(|parts| parts.len() == 5) {
                    let arn = format!("arn:{}", parts.join(":"));
                    all.push(base.tidy_text(&arn));
                }
            }
        }
        if all.is_empty() || self.statement.resource.is_none() {
            all.push(base.resource(action));
        }
        all
    }

    /// Whether the statement is weighed and comes out so; what can't be evaluated does not count.
    fn is(&self, request: &Request, wanted: Truth) -> bool {
        let Some(left) = self.left.get().checked_sub(1) else {
            return false;
        };
        self.left.set(left);
        self.truth(request) == Some(wanted)
    }

    fn truth(&self, request: &Request) -> Option<Truth> {
        let prepared = evaluator::prepare(&self.scene.world(), request, None).ok()?;
        let explanation = prepared.explain();
        if explanation.answer.verdict == Verdict::Error {
            return None;
        }
        let stages = explanation.resources.iter().flat_map(|one| &one.stages);
        let mut policies = stages.flat_map(|stage| {
            let levels = stage.levels.iter().flat_map(|level| &level.policies);
            levels.chain(&stage.policies)
        });
        let policy = policies.find(|one| one.policy == *self.policy)?;
        let index = self.statement.index;
        let mut statements = policy.statements.iter();
        let statement = statements.find(|statement| statement.index == index)?;
        Some(statement.truth)
    }
}

#[cfg(test)]
mod tests;
