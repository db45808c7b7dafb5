//! Everything that a decision rests on, recorded. Uses the same primitives as deciding; the
//! outcome of every stage is that of [`crate::gates::Gate::weigh`].

use policy::{Effect, ScopeMode, Span, Spanned, Statement};

use crate::access::Granted;
use crate::authorize::{Prepared, Reading, blockers_of, mfa};
use crate::compile::{
    CompiledPolicy, CompiledPrincipals, CompiledResource, CompiledScope, CompiledStatement,
};
use crate::condition::{CompiledCondition, is_negated, resolve};
use crate::context::{KeyState, RequestContext, Values};
use crate::decision::{Outcome, PolicyType, Truth};
use crate::gates::{Attached, Fixed, Gate, Level};
use crate::glob::Resolved;
use crate::hierarchy::Weighed;
use crate::trace::{
    Element, ElementNote, ElementTrace, Explanation, FixedRule, LevelTrace, PolicyTrace,
    RequestSide, ResourceTrace, StageTrace, StatementTrace, Tried, Why,
};

impl Prepared {
    /// The answer with all its reasons. Where the owner of a resource is unknown, the reasons are
    /// those of the reading in which it belongs to the caller's account.
    #[must_use]
    pub fn explain(&self) -> Explanation {
        Explanation {
            answer: self.answer(),
            resources: self
                .resources
                .iter()
                .filter_map(|resource| {
                    let reading = resource.readings.first()?;
                    let mut readings = resource.readings.iter();
                    let like = |reading: &Reading| matches!(reading.tried, Tried::AccountLike(_));
                    Some(reading.trace(resource.readings.len() == 1, readings.any(like)))
                })
                .collect(),
        }
    }
}

impl Reading {
    fn trace(&self, owner_known: bool, other_rcps: bool) -> ResourceTrace {
        let stages = PolicyType::STRIP.iter().zip(&self.gates);
        let [_, _, _, resource, ..] = &self.gates;
        let granted = resource.granted(&self.context);
        let needless = self.access.needless(granted, &self.context);
        ResourceTrace {
            resource: self.context.resource.clone(),
            owner: self.owner.clone().filter(|_| owner_known),
            fixed: self.fixed_rule(),
            access: self.access,
            stages: stages
                .map(|(policy_type, gate)| {
                    let (mut stage, weighed) = stage(*policy_type, gate, &self.context);
                    if *policy_type == PolicyType::Resource {
                        self.weigh_grants(&mut stage, gate, granted);
                    }
                    let is_needless = match policy_type {
                        PolicyType::Identity => needless[0],
                        PolicyType::Boundary => needless[1],
                        PolicyType::Session => needless[2],
                        _ => false,
                    };
                    if is_needless
                        && weighed.deny == Truth::Unmet
                        && weighed.pass != Truth::Met
                        && !weighed.blocked
                    {
                        stage.outcome = Outcome::NotAsked;
                        stage.why = Some(Why::Granted);
                    }
                    if !owner_known
                        && other_rcps
                        && *policy_type == PolicyType::Rcp
                        && stage.why.is_some()
                    {
                        stage.why = Some(Why::OwnerUnknown);
                        stage.outcome = Outcome::Unknown;
                    }
                    if !owner_known && stage.why == Some(Why::NoResourcePolicy) {
                        stage.why = Some(Why::OwnerUnknownWithoutPolicy);
                        stage.outcome = Outcome::Unknown;
                    }
                    stage
                })
                .collect(),
        }
    }

    /// The resource's policy: what it says is what its grants are worth to this caller.
    fn weigh_grants(&self, stage: &mut StageTrace, gate: &Gate, granted: Granted) {
        if !matches!(gate, Gate::Grants(_)) || stage.outcome == Outcome::Error {
            return;
        }
        stage.outcome = match (granted.deny, granted.any()) {
            (Truth::Met, _) => Outcome::ExplicitDeny,
            (Truth::Unknown, _) | (_, Truth::Unknown) => Outcome::Unknown,
            (_, Truth::Met) => Outcome::Allow,
            (_, Truth::Unmet) if self.access.needs_no_grant() => {
                stage.why = Some(Why::NoGrantNeeded);
                Outcome::NotAsked
            }
            (_, Truth::Unmet) => Outcome::ImplicitDeny,
        };
    }

    fn fixed_rule(&self) -> Option<FixedRule> {
        match self.fixed {
            Fixed::Silent => None,
            Fixed::Allows(rule) | Fixed::Refuses(rule) => Some(rule),
            Fixed::RefusesWithoutMfa(rule) => (mfa(&self.context) != Truth::Met).then_some(rule),
        }
    }
}

fn stage(policy_type: PolicyType, gate: &Gate, context: &RequestContext) -> (StageTrace, Weighed) {
    let empty = StageTrace {
        policy_type,
        outcome: Outcome::NotAsked,
        why: None,
        levels: Vec::new(),
        policies: Vec::new(),
        blockers: blockers_of(gate).into_iter().cloned().collect(),
    };
    match gate {
        Gate::Passes(why) => {
            let stage = StageTrace {
                why: Some(why.clone()),
                ..empty
            };
            (stage, Weighed::PASSES)
        }
        Gate::Stops(why) => {
            let stage = StageTrace {
                outcome: Outcome::ImplicitDeny,
                why: Some(why.clone()),
                ..empty
            };
            (stage, Weighed::NOTHING)
        }
        Gate::Blocked(_) => {
            let stage = StageTrace {
                outcome: Outcome::Error,
                ..empty
            };
            let weighed = Weighed {
                blocked: true,
                ..Weighed::PASSES
            };
            (stage, weighed)
        }
        Gate::Levels(all) => {
            let levels: Vec<_> = all.iter().map(|one| level(one, context)).collect();
            let weighed = fold(&levels, Weighed::PASSES, Weighed::and);
            let stage = StageTrace {
                outcome: outcome(weighed),
                levels: levels.into_iter().map(|(trace, _)| trace).collect(),
                ..empty
            };
            (stage, weighed)
        }
        Gate::Together(policies) | Gate::Grants(policies) => {
            let (policies, weighed) = together(policies, context);
            let stage = StageTrace {
                outcome: outcome(weighed),
                policies,
                ..empty
            };
            (stage, weighed)
        }
    }
}

fn fold<T>(
    traces: &[(T, Weighed)],
    start: Weighed,
    join: impl Fn(Weighed, Weighed) -> Weighed,
) -> Weighed {
    traces
        .iter()
        .fold(start, |all, (_, weighed)| join(all, *weighed))
}

fn level(level: &Level, context: &RequestContext) -> (LevelTrace, Weighed) {
    let (policies, weighed) = together(&level.policies, context);
    let trace = LevelTrace {
        node: level.node.clone(),
        name: level.name.clone(),
        outcome: outcome(weighed),
        policies,
    };
    (trace, weighed)
}

/// The recorded twin of [`crate::hierarchy::together`].
fn together(policies: &[Attached], context: &RequestContext) -> (Vec<PolicyTrace>, Weighed) {
    let traces: Vec<_> = policies.iter().map(|one| policy(one, context)).collect();
    let weighed = fold(&traces, Weighed::NOTHING, Weighed::or);
    (
        traces.into_iter().map(|(trace, _)| trace).collect(),
        weighed,
    )
}

fn policy(attached: &Attached, context: &RequestContext) -> (PolicyTrace, Weighed) {
    let (statements, weighed) = match &attached.runnable {
        Ok(policy) => {
            let statements = statements(policy, context);
            let any = |effect: Effect| {
                let of_effect = statements.iter().filter(|one| one.effect == effect);
                of_effect.fold(Truth::Unmet, |any, one| any.or(one.truth))
            };
            let weighed = Weighed {
                deny: any(Effect::Deny),
                pass: any(Effect::Allow),
                blocked: false,
            };
            (statements, weighed)
        }
        Err(_) => (
            Vec::new(),
            Weighed {
                blocked: true,
                ..Weighed::NOTHING
            },
        ),
    };
    let trace = PolicyTrace {
        policy: attached.policy.clone(),
        via: attached.via.clone(),
        outcome: outcome(weighed),
        statements,
    };
    (trace, weighed)
}

fn outcome(weighed: Weighed) -> Outcome {
    match weighed {
        Weighed {
            deny: Truth::Met, ..
        } => Outcome::ExplicitDeny,
        Weighed { blocked: true, .. } => Outcome::Error,
        Weighed {
            deny: Truth::Unknown,
            ..
        } => Outcome::Unknown,
        Weighed { pass, .. } => match pass {
            Truth::Met => Outcome::Allow,
            Truth::Unmet => Outcome::ImplicitDeny,
            Truth::Unknown => Outcome::Unknown,
        },
    }
}

fn statements(policy: &CompiledPolicy, context: &RequestContext) -> Vec<StatementTrace> {
    let pairs = policy.document.statements.iter().zip(&policy.statements);
    pairs
        .map(|(typed, compiled)| {
            let elements = elements(typed, compiled, context);
            StatementTrace {
                grant: compiled.grant(context),
                index: typed.index,
                sid: typed.sid.as_ref().map(|sid| sid.value.clone()),
                span: typed.span,
                effect: compiled.effect,
                truth: elements
                    .iter()
                    .fold(Truth::Met, |all, element| all.and(element.truth)),
                elements,
            }
        })
        .collect()
}

fn elements(
    typed: &Statement,
    compiled: &CompiledStatement,
    context: &RequestContext,
) -> Vec<ElementTrace> {
    let named = usize::from(compiled.principals.is_some());
    let mut elements = Vec::with_capacity(2 + named + typed.conditions.len());
    if let (Some(principal), Some(compiled_principals)) = (&typed.principal, &compiled.principals) {
        elements.push(principals(
            principal,
            compiled,
            compiled_principals,
            context,
        ));
    }
    if let Some(action) = &typed.action {
        let entries = entries(&action.entries, &compiled.actions, |entry| {
            entry.truth(context)
        });
        elements.push(ElementTrace {
            element: Element::Action(action.mode),
            span: action.span,
            truth: scope_truth(action.mode, &entries),
            entries,
            request: RequestSide::Action(context.action.typed.clone()),
            note: None,
        });
    }
    if let Some(resource) = &typed.resource {
        let entries = entries(&resource.entries, &compiled.resources, |entry| {
            entry.truth(context)
        });
        let truth = scope_truth(resource.mode, &entries);
        elements.push(ElementTrace {
            element: Element::Resource(resource.mode),
            span: resource.span,
            entries,
            request: RequestSide::Resource(context.resource.clone()),
            note: resource_note(compiled, resource.mode, truth, context),
            truth,
        });
    }
    for (typed, compiled) in typed.conditions.iter().zip(&compiled.conditions) {
        elements.push(condition(typed, compiled, context));
    }
    elements
}

fn principals(
    typed: &policy::Scope<policy::PrincipalEntry>,
    statement: &CompiledStatement,
    compiled: &CompiledPrincipals,
    context: &RequestContext,
) -> ElementTrace {
    let caller = &context.caller;
    let pairs = typed.entries.iter().zip(&compiled.entries);
    let entries: Vec<(Span, Truth)> = pairs
        .map(|(typed, form)| (typed.span, Truth::of(caller.named_by(form).is_some())))
        .collect();
    let truth = Truth::of(statement.grant(context).is_some());
    let some_listed = entries.iter().any(|(_, truth)| *truth == Truth::Met);
    let note = match (typed.mode, truth) {
        (ScopeMode::Except, Truth::Met) if some_listed && caller.has_boundary => {
            Some(ElementNote::NotPrincipalWithBoundary)
        }
        (ScopeMode::Except, Truth::Met) if some_listed => {
            Some(ElementNote::NotPrincipalPartlyListed)
        }
        _ => None,
    };
    ElementTrace {
        element: Element::Principal(typed.mode),
        span: typed.span,
        entries,
        request: RequestSide::Caller(caller.forms()),
        note,
        truth,
    }
}

fn entries<T, U>(
    typed: &[Spanned<T>],
    compiled: &CompiledScope<U>,
    truth: impl Fn(&U) -> Truth,
) -> Vec<(Span, Truth)> {
    let pairs = typed.iter().zip(&compiled.entries);
    pairs
        .map(|(typed, compiled)| (typed.span, truth(compiled)))
        .collect()
}

/// The recorded twin of [`CompiledScope::truth`].
fn scope_truth(mode: ScopeMode, entries: &[(Span, Truth)]) -> Truth {
    let any = entries
        .iter()
        .fold(Truth::Unmet, |any, (_, truth)| any.or(*truth));
    match mode {
        ScopeMode::Only => any,
        ScopeMode::Except if entries.is_empty() => Truth::Unmet,
        ScopeMode::Except => !any,
    }
}

fn resource_note(
    compiled: &CompiledStatement,
    mode: ScopeMode,
    truth: Truth,
    context: &RequestContext,
) -> Option<ElementNote> {
    let variables = compiled.resources.entries.iter().flat_map(|entry| {
        match entry {
            CompiledResource::Arn(glob) | CompiledResource::Short(glob) => glob.variables(),
            CompiledResource::Any => &[],
        }
        .iter()
    });
    let mut resolved = variables.map(|variable| resolve(context, variable));
    if truth == Truth::Unknown {
        return Some(ElementNote::UnknownVariable);
    }
    if resolved.any(|resolved| resolved == Resolved::Nothing) {
        return Some(ElementNote::UnresolvedVariable);
    }
    let missed = mode == ScopeMode::Only && truth == Truth::Unmet;
    (missed && &*context.resource == "*").then(|| {
        let action = &context.action;
        match catalog::is_without_resource(&action.service, &action.name) {
            true => ElementNote::NoSingleResource,
            false => ElementNote::NoResourceNamed,
        }
    })
}

fn condition(
    typed: &policy::Condition,
    compiled: &CompiledCondition,
    context: &RequestContext,
) -> ElementTrace {
    let pairs = typed.values.iter().zip(&compiled.operands);
    ElementTrace {
        element: Element::Condition {
            operator: typed.operator.value,
            key: typed.key.value.clone(),
        },
        span: typed.span,
        entries: pairs
            .map(|(typed, operand)| (typed.span, compiled.operand_truth(operand, context)))
            .collect(),
        request: RequestSide::Key(context.get(&compiled.key).clone()),
        note: condition_note(compiled, context),
        truth: compiled.truth(context),
    }
}

fn condition_note(compiled: &CompiledCondition, context: &RequestContext) -> Option<ElementNote> {
    let operator = compiled.operator;
    if operator.test == policy::Test::Null {
        return None;
    }
    match context.get(&compiled.key) {
        KeyState::Absent(_) => Some(match operator.set {
            Some(policy::SetQualifier::ForAllValues) => ElementNote::AbsentForAll,
            Some(policy::SetQualifier::ForAnyValue) => ElementNote::AbsentForAny,
            None if is_negated(operator.test) => ElementNote::AbsentNegated,
            None if operator.if_exists => ElementNote::AbsentIfExists,
            None => ElementNote::AbsentPositive,
        }),
        KeyState::Known {
            values: Values::Many(_),
            ..
        } if operator.set.is_none() => Some(ElementNote::ManyWithoutQualifier),
        KeyState::Known { .. } => {
            let resolved = |wanted: Resolved<'_>| {
                let mut variables = compiled.operands.iter().flat_map(|one| one.variables());
                variables.any(|variable| resolve(context, variable) == wanted)
            };
            if compiled.has_misfit(context) {
                Some(ElementNote::Misfit)
            } else if resolved(Resolved::Nothing) {
                Some(ElementNote::UnresolvedVariable)
            } else if resolved(Resolved::Unknown) {
                Some(ElementNote::UnknownVariable)
            } else {
                None
            }
        }
        KeyState::PresentUnknown | KeyState::Unknown => None,
    }
}

/// Whether a statement of this effect and truth is one that decides an outcome.
#[must_use]
pub fn decides(outcome: Outcome, effect: Effect, truth: Truth) -> bool {
    match outcome {
        Outcome::ExplicitDeny => effect == Effect::Deny && truth == Truth::Met,
        Outcome::Allow => effect == Effect::Allow && truth == Truth::Met,
        Outcome::Unknown => truth == Truth::Unknown,
        Outcome::ImplicitDeny | Outcome::NotAsked | Outcome::Error => false,
    }
}
