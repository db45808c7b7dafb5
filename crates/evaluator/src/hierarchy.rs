//! The levels of the tree: a Deny at any level denies, and every level must allow (SCP-2 … SCP-5).

use crate::context::RequestContext;
use crate::decision::Truth;
use crate::gates::{Attached, Level};
use crate::statement::Said;

/// What one level or one policy type says, and whether it can be known at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Weighed {
    /// Whether a Deny matches.
    pub(crate) deny: Truth,
    /// Whether the request passes, Denies aside.
    pub(crate) pass: Truth,
    /// Whether some document cannot be evaluated.
    pub(crate) blocked: bool,
}

impl Weighed {
    pub(crate) const PASSES: Self = Self {
        deny: Truth::Unmet,
        pass: Truth::Met,
        blocked: false,
    };

    /// No statement matches.
    pub(crate) const NOTHING: Self = Self {
        deny: Truth::Unmet,
        pass: Truth::Unmet,
        blocked: false,
    };

    /// Statements are ORed: one Allow is enough.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            deny: self.deny.or(other.deny),
            pass: self.pass.or(other.pass),
            blocked: self.blocked || other.blocked,
        }
    }

    /// Both must let the request through.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            deny: self.deny.or(other.deny),
            pass: self.pass.and(other.pass),
            blocked: self.blocked || other.blocked,
        }
    }
}

/// SCP-2 … SCP-4: the levels one after the other, in any order.
pub(crate) fn levels(levels: &[Level], context: &RequestContext) -> Weighed {
    levels.iter().fold(Weighed::PASSES, |all, level| {
        all.and(together(&level.policies, context))
    })
}

/// SCP-1: the policies of one level are one set of statements; so are identity policies (EVAL-6).
pub(crate) fn together(policies: &[Attached], context: &RequestContext) -> Weighed {
    let mut said = Said::NOTHING;
    let mut blocked = false;
    for attached in policies {
        match &attached.runnable {
            Ok(policy) => said = said.with(policy.said(context)),
            Err(_) => blocked = true,
        }
    }
    Weighed {
        deny: said.deny,
        pass: said.allow,
        blocked,
    }
}
