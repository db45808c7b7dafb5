//! The policy types together (EVAL-1 … EVAL-3): what do they decide?

use organization::{AccountId, Request};

use crate::context::{ActionName, KeyState, RequestContext};
use crate::decision::{Truth, Verdict};
use crate::gates::{self, Asked, Fixed, Gate};
use crate::hierarchy::{self, Weighed};
use crate::keys;
use crate::scene::{Owner, Target, Who, World};
use crate::trace::{Answer, Blocker};
use crate::unknown;

/// A request that is ready to be weighed: all that does not turn on the text of policies.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub(crate) resources: Vec<PreparedResource>,
}

/// One resource, in each reading of its owner.
#[derive(Clone, Debug)]
pub(crate) struct PreparedResource {
    pub(crate) readings: Vec<Reading>,
}

/// One resource with one owner.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(crate) owner: Option<AccountId>,
    pub(crate) context: RequestContext,
    pub(crate) fixed: Fixed,
    pub(crate) gates: [Gate; 7],
}

/// What is decided without trying anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The verdict; one of `Allow`, `ExplicitDeny`, `ImplicitDeny`.
    Verdict(Verdict),
    /// It turns on something unknown.
    Undetermined,
    /// It turns on something that cannot be evaluated.
    Blocked,
}

/// Prepares a request; `row` is the account for a request over every account.
///
/// # Errors
/// Says what keeps the request from being evaluated, whatever the policies say.
pub fn prepare(
    world: &World<'_>,
    request: &Request,
    row: Option<&AccountId>,
) -> Result<Prepared, Blocker> {
    let scenario = world.scenario;
    if let Some(feature) = scenario.requires.first() {
        return Err(Blocker::UnknownFeature(feature.clone()));
    }
    for off in &scenario.settings.off {
        if let organization::SwitchedOff::Unknown(value) = off {
            return Err(Blocker::UnknownSwitch(value.to_string()));
        }
    }
    let action = ActionName::parse(&request.action)
        .ok_or_else(|| Blocker::InvalidAction(request.action.clone()))?;
    let who = Who::of(world, request, row)?;
    let mut resources = Vec::new();
    for resource in &request.resources {
        let target = Target::of(world, request, resource, &action);
        let owners = match (&target.owner, &who.account) {
            // Both readings are weighed (docs/scenario.md, "Resource owner").
            (Owner::Unknown, Some(account)) => {
                vec![Owner::Account(account.clone()), Owner::Unknown]
            }
            (owner, _) => vec![owner.clone()],
        };
        let readings: Result<_, Blocker> = owners
            .into_iter()
            .map(|owner| {
                let asked = Asked {
                    world: *world,
                    request,
                    who: &who,
                    target: &target,
                    owner: &owner,
                    action: &action,
                };
                Ok(Reading {
                    context: keys::context(world, request, &who, &target, &owner, &action)?,
                    fixed: gates::fixed(&asked),
                    gates: gates::all(&asked),
                    owner: match &owner {
                        Owner::Account(account) => Some(account.clone()),
                        Owner::Caller => who.account.clone(),
                        Owner::Unknown => None,
                    },
                })
            })
            .collect();
        resources.push(PreparedResource {
            readings: readings?,
        });
    }
    Ok(Prepared { resources })
}

impl Prepared {
    /// Decides as far as it can be decided without trying what is unknown. Allocates nothing.
    #[must_use]
    pub fn decide(&self) -> Decision {
        let readings = |resource: &PreparedResource| {
            let mut readings = resource.readings.iter();
            let first = readings.next().map_or(Decision::Blocked, |reading| {
                reading.decide(&reading.context)
            });
            if readings.all(|reading| reading.decide(&reading.context) == first) {
                first
            } else {
                Decision::Undetermined
            }
        };
        together(self.resources.iter().map(readings))
    }

    /// The verdict, with what it depends on.
    #[must_use]
    pub fn answer(&self) -> Answer {
        match self.decide() {
            Decision::Verdict(verdict) => Answer {
                verdict,
                blockers: Vec::new(),
                depends: None,
            },
            Decision::Blocked => self.blocked(),
            Decision::Undetermined => unknown::answer(self),
        }
    }

    /// The answer where something that cannot be evaluated decides.
    pub(crate) fn blocked(&self) -> Answer {
        let mut blockers = Vec::new();
        for gate in self.gates() {
            for blocker in blockers_of(gate) {
                if !blockers.contains(blocker) {
                    blockers.push(blocker.clone());
                }
            }
        }
        Answer {
            verdict: Verdict::Error,
            blockers,
            depends: None,
        }
    }

    fn gates(&self) -> impl Iterator<Item = &Gate> {
        let readings = self.resources.iter().flat_map(|one| &one.readings);
        readings.flat_map(|reading| &reading.gates)
    }
}

/// A request with several resources passes only if each of them does (RES-12).
pub(crate) fn together(decisions: impl Iterator<Item = Decision>) -> Decision {
    let rank = |decision: Decision| match decision {
        Decision::Verdict(Verdict::ExplicitDeny) => 4,
        Decision::Undetermined => 3,
        Decision::Blocked => 2,
        Decision::Verdict(Verdict::Allow) => 0,
        Decision::Verdict(_) => 1,
    };
    decisions
        .max_by_key(|decision| rank(*decision))
        .unwrap_or(Decision::Blocked)
}

/// What keeps a policy type from being evaluated.
pub(crate) fn blockers_of(gate: &Gate) -> Vec<&Blocker> {
    match gate {
        Gate::Passes(_) | Gate::Stops(_) => Vec::new(),
        Gate::Blocked(blockers) => blockers.iter().collect(),
        Gate::Together(policies) => refused_in(policies).collect(),
        Gate::Levels(levels) => levels
            .iter()
            .flat_map(|level| refused_in(&level.policies))
            .collect(),
    }
}

fn refused_in(policies: &[gates::Attached]) -> impl Iterator<Item = &Blocker> {
    policies
        .iter()
        .filter_map(|attached| attached.runnable.as_ref().err())
}

impl Reading {
    /// The algorithm of docs/semantics.md, "Decision flow": fixed rules, then explicit denies
    /// everywhere, then each policy type must let the request through.
    pub(crate) fn decide(&self, context: &RequestContext) -> Decision {
        let mut all = match self.fixed {
            Fixed::Allows(_) => return Decision::Verdict(Verdict::Allow),
            Fixed::Refuses(_) => return Decision::Verdict(Verdict::ImplicitDeny),
            Fixed::RefusesWithoutMfa(_) => match mfa(context) {
                Truth::Met => Weighed::PASSES,
                Truth::Unmet => return Decision::Verdict(Verdict::ImplicitDeny),
                Truth::Unknown => return Decision::Undetermined,
            },
            Fixed::Silent => Weighed::PASSES,
        };
        for gate in &self.gates {
            all = all.and(gate.weigh(context));
            if all.deny == Truth::Met {
                return Decision::Verdict(Verdict::ExplicitDeny);
            }
        }
        match (all.deny, all.blocked, all.pass) {
            (Truth::Unknown, _, _) => Decision::Undetermined,
            (_, true, _) => Decision::Blocked,
            (_, _, Truth::Met) => Decision::Verdict(Verdict::Allow),
            (_, _, Truth::Unmet) => Decision::Verdict(Verdict::ImplicitDeny),
            (_, _, Truth::Unknown) => Decision::Undetermined,
        }
    }
}

impl Gate {
    pub(crate) fn weigh(&self, context: &RequestContext) -> Weighed {
        match self {
            Self::Passes(_) => Weighed::PASSES,
            Self::Stops(_) => Weighed {
                pass: Truth::Unmet,
                ..Weighed::PASSES
            },
            Self::Levels(levels) => hierarchy::levels(levels, context),
            Self::Together(policies) => hierarchy::together(policies, context),
            Self::Blocked(_) => Weighed {
                blocked: true,
                ..Weighed::PASSES
            },
        }
    }
}

/// Whether the request carries MFA (K-15).
pub(crate) fn mfa(context: &RequestContext) -> Truth {
    match context.get("aws:multifactorauthpresent") {
        KeyState::Known { values, .. } => {
            Truth::of(values.as_slice().iter().any(|value| **value == *"true"))
        }
        KeyState::Absent(_) => Truth::Unmet,
        KeyState::PresentUnknown | KeyState::Unknown => Truth::Unknown,
    }
}
