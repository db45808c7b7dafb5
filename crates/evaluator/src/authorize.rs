//! The policy types together (EVAL-1 … EVAL-3): what do they decide?

use organization::{AccountId, Request};

use crate::access::{self, Access, Granted, Own};
use crate::context::{ActionName, KeyState, RequestContext};
use crate::decision::{Truth, Verdict};
use crate::gates::{self, Asked, Fixed, Gate};
use crate::hierarchy::{self, Weighed};
use crate::keys;
use crate::rules::Rules;
use crate::scene::{Owner, Target, Who, World};
use crate::trace::{Answer, Blocker, Tried};
use crate::unknown;

/// A request that is ready to be weighed: all that does not turn on the text of policies.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The account whose rules apply to the caller.
    pub(crate) account: Option<AccountId>,
    pub(crate) resources: Vec<PreparedResource>,
}

/// One resource, in each reading of its owner.
#[derive(Clone, Debug)]
pub(crate) struct PreparedResource {
    pub(crate) readings: Vec<Reading>,
    /// Whether there are no others that could differ.
    pub(crate) all_readings: bool,
}

/// One resource with one owner.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(crate) owner: Option<AccountId>,
    /// What this reading takes the owner to be, where nobody said it.
    pub(crate) tried: Tried,
    pub(crate) access: Access,
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
    let rules = Rules::of(&scenario.settings);
    let mut resources = Vec::new();
    for resource in &request.resources {
        let target = Target::of(world, request, resource, &action);
        let (owners, all_readings) = readings_of_owner(world, &who, &target, &action);
        let readings: Result<_, Blocker> = owners
            .into_iter()
            .map(|(owner, tried)| {
                let asked = Asked {
                    world: *world,
                    request,
                    who: &who,
                    target: &target,
                    owner: &owner,
                    action: &action,
                    rules,
                };
                Ok(Reading {
                    context: keys::context(world, request, &who, &target, &owner, &action)?,
                    fixed: gates::fixed(&asked),
                    access: gates::access(&asked),
                    gates: gates::all(&asked),
                    owner: match &owner {
                        Owner::Account(account) => Some(account.clone()),
                        Owner::Caller => who.account.clone(),
                        Owner::Unknown | Owner::Like(_) => None,
                    },
                    tried,
                })
            })
            .collect();
        resources.push(PreparedResource {
            readings: readings?,
            all_readings,
        });
    }
    Ok(Prepared {
        account: who.account.clone(),
        resources,
    })
}

/// Who could own a resource: where nobody said it, every reading that could differ is weighed
/// (docs/scenario.md, "Resource owner"). Whether these are all stands beside them.
fn readings_of_owner(
    world: &World<'_>,
    who: &Who<'_>,
    target: &Target<'_>,
    action: &ActionName,
) -> (Vec<(Owner, Tried)>, bool) {
    let certain = |owner| (vec![(owner, Tried::OtherAccount)], true);
    if target.owner != Owner::Unknown {
        return certain(target.owner.clone());
    }
    //
    if let Some(account) = &who.account
        && catalog::belongs_to_caller(&action.service, &action.name, target.arn)
    {
        return certain(Owner::Account(account.clone()));
    }
    // What is in another partition belongs to no member account (ORG-10).
    let partition = world.organization().map(|(it, _)| &*it.partition);
    let elsewhere = target.partition().is_some() && target.partition() != partition;
    let (like, all) = match elsewhere {
        true => (Vec::new(), true),
        false => gates::owners(world, who.account.as_ref()),
    };
    let own = who.account.iter().cloned();
    let same = own.map(|account| (Owner::Account(account), Tried::SameAccount));
    let other = std::iter::once((Owner::Unknown, Tried::OtherAccount));
    let like = like.into_iter().filter_map(|owner| match &owner {
        Owner::Account(account) | Owner::Like(account) => {
            let tried = Tried::AccountLike(account.clone());
            Some((owner, tried))
        }
        Owner::Caller | Owner::Unknown => None,
    });
    (same.chain(other).chain(like).collect(), all)
}

/// The accounts that stand for all that could own a resource of which nobody says whose it is, as
/// far as RCPs tell them apart.
#[must_use]
pub fn possible_owners(world: &World<'_>) -> Vec<AccountId> {
    gates::all_owners(world).iter().flatten().cloned().collect()
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
            let agree = readings.all(|reading| reading.decide(&reading.context) == first);
            if agree && resource.all_readings {
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
        Gate::Together(policies) | Gate::Grants(policies) => refused_in(policies).collect(),
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
        let [rcp, scp, endpoint, resource, identity, boundary, session] = &self.gates;
        for gate in [rcp, scp, endpoint] {
            all = all.and(gate.weigh(context));
        }
        let own = Own {
            identity: identity.weigh(context),
            boundary: boundary.weigh(context),
            session: session.weigh(context),
        };
        let granted = resource.granted(context);
        all = all.and(Weighed {
            deny: granted.deny.or(own.deny()),
            pass: self.access.pass(granted, own, context),
            blocked: granted.blocked || own.blocked(),
        });
        match (all.deny, all.blocked, all.pass) {
            (Truth::Met, _, _) => Decision::Verdict(Verdict::ExplicitDeny),
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
            Self::Together(policies) | Self::Grants(policies) => {
                hierarchy::together(policies, context)
            }
            Self::Blocked(_) => Weighed {
                blocked: true,
                ..Weighed::PASSES
            },
        }
    }
}

impl Gate {
    /// What the resource's policy grants.
    pub(crate) fn granted(&self, context: &RequestContext) -> Granted {
        match self {
            Self::Grants(policies) => access::granted(policies, context),
            Self::Passes(_) => Granted {
                waived: true,
                ..Granted::NOTHING
            },
            Self::Blocked(_) => Granted {
                blocked: true,
                ..Granted::NOTHING
            },
            Self::Stops(_) | Self::Levels(_) | Self::Together(_) => Granted::NOTHING,
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
