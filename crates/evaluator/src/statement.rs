//! Does one statement apply to one request? Three answers, no allocation.
//!
//! Knows nothing of policy types, levels or accounts.

use policy::{Effect, ScopeMode};

use crate::compile::{
    CompiledAction, CompiledPolicy, CompiledResource, CompiledScope, CompiledStatement,
};
use crate::condition::resolve;
use crate::context::RequestContext;
use crate::decision::Truth;
use crate::glob::Matched;
use crate::principal::Grant;
use crate::rules::Rule;

impl CompiledAction {
    /// ACT-1 … ACT-3.
    pub(crate) fn truth(&self, context: &RequestContext) -> Truth {
        Truth::of(match self {
            Self::Any => true,
            Self::Named { service, name } => {
                **service == *context.action.service
                    && (name.is_everything() || name.matches_plain(&context.action.name))
            }
            Self::Nothing => false,
        })
    }
}

impl CompiledResource {
    /// RES-1 … RES-11.
    pub(crate) fn truth(&self, context: &RequestContext) -> Truth {
        match self {
            Self::Any => Truth::Met,
            Self::Short(_) if !context.rules.holds(Rule::ShortArnsFilledUp) => Truth::Unmet,
            Self::Arn(glob) | Self::Short(glob) => {
                let matches = |text: &str| match glob.matches(text, |name| resolve(context, name)) {
                    Matched::Yes => Truth::Met,
                    Matched::No => Truth::Unmet,
                    Matched::Unknown => Truth::Unknown,
                };
                matches(context.weighed_on())
            }
        }
    }
}

impl<T> CompiledScope<T> {
    /// An element and its `Not…` form: any entry, or none of them (ACT-4, ACT-5, RES-10).
    pub(crate) fn truth(&self, entry: impl Fn(&T) -> Truth) -> Truth {
        let any = self
            .entries
            .iter()
            .fold(Truth::Unmet, |any, next| match any {
                Truth::Met => Truth::Met,
                _ => any.or(entry(next)),
            });
        match self.mode {
            ScopeMode::Only => any,
            // GRAM-9: a statement with an empty list matches nothing.
            ScopeMode::Except if self.entries.is_empty() => Truth::Unmet,
            ScopeMode::Except => !any,
        }
    }
}

impl CompiledStatement {
    /// Whether the statement applies to the request.
    pub(crate) fn truth(&self, context: &RequestContext) -> Truth {
        if self.principals.is_some() && self.grant(context).is_none() {
            return Truth::Unmet;
        }
        let mut all = self.actions.truth(|action| action.truth(context));
        if all == Truth::Unmet {
            return all;
        }
        all = all.and(self.resources.truth(|resource| resource.truth(context)));
        for condition in &self.conditions {
            if all == Truth::Unmet {
                return all;
            }
            all = all.and(condition.truth(context));
        }
        all
    }
}

impl CompiledStatement {
    /// How the statement names the caller, if it has a `Principal` element and names it.
    pub(crate) fn grant(&self, context: &RequestContext) -> Option<Grant> {
        let principals = self.principals.as_ref()?;
        principals.names(&context.caller, self.effect, &context.action, context.rules)
    }
}

/// What a set of statements says: does a Deny match, does an Allow match?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) deny: Truth,
    pub(crate) allow: Truth,
}

impl Said {
    /// Nothing matches.
    pub(crate) const NOTHING: Self = Self {
        deny: Truth::Unmet,
        allow: Truth::Unmet,
    };

    /// Both sets together: statements are ORed.
    pub(crate) fn with(self, other: Self) -> Self {
        Self {
            deny: self.deny.or(other.deny),
            allow: self.allow.or(other.allow),
        }
    }
}

impl CompiledPolicy {
    /// What the policy says to the request.
    pub(crate) fn said(&self, context: &RequestContext) -> Said {
        let mut said = Said::NOTHING;
        for statement in &self.statements {
            let sofar = match statement.effect {
                Effect::Deny => &mut said.deny,
                Effect::Allow => &mut said.allow,
            };
            if *sofar != Truth::Met {
                *sofar = sofar.or(statement.truth(context));
            }
        }
        said
    }
}
