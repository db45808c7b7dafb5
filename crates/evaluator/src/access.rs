//! Who lets the caller in: the resource's own policy, the caller's policies, or both
//! (docs/semantics.md, 4.3 … 4.6).

use crate::context::RequestContext;
use crate::decision::Truth;
use crate::gates::Attached;
use crate::hierarchy::Weighed;
use crate::principal::{Form, Grant};
use crate::rules::Rule;

/// Which of them must allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// The resource's policy alone: the caller has no policies of its own (X-7, PT-10).
    ResourceSide,
    /// Either of them: the resource belongs to the caller's account (EVAL-26).
    SameAccount,
    /// Like `SameAccount`, for a root user: it may do everything (EVAL-1, PT-5).
    OwnRoot,
    /// The resource's policy must allow, or hand over to identity policies (EVAL-24).
    Strict(Strict),
    /// Both of them.
    CrossAccount,
}

/// Resources whose own policy must allow even in the same account (EVAL-24).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strict {
    /// A role and its trust policy (TR-1).
    Role,
    /// A KMS key and its key policy (KMS-1).
    Key,
}

/// What resource-based policies grant, by how they name the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Granted {
    pub(crate) deny: Truth,
    /// Needs nothing else (RB-1, RB-3, RB-5, RB-6).
    pub(crate) direct: Truth,
    /// Boundary and session policies limit (RB-2, RB-4).
    pub(crate) limited: Truth,
    /// Identity policies must allow as well (RB-7).
    pub(crate) account: Truth,
    pub(crate) blocked: bool,
    /// Not asked: it grants nothing, and nothing is required of it.
    pub(crate) waived: bool,
}

impl Granted {
    pub(crate) const NOTHING: Self = Self {
        deny: Truth::Unmet,
        direct: Truth::Unmet,
        limited: Truth::Unmet,
        account: Truth::Unmet,
        blocked: false,
        waived: false,
    };

    /// Whether any statement allows.
    pub(crate) fn any(self) -> Truth {
        self.direct.or(self.limited).or(self.account)
    }

    /// Adds an Allow that names the caller in this way.
    pub(crate) fn add(&mut self, grant: Grant, truth: Truth, context: &RequestContext) {
        let escapes = context.rules.holds(Rule::WildcardPrincipalEscapesLimits);
        let worth = match grant {
            Grant::Itself => &mut self.direct,
            Grant::Everyone if escapes || !is_limited(&context.caller.form) => &mut self.direct,
            Grant::Everyone | Grant::Role => &mut self.limited,
            Grant::Account => &mut self.account,
        };
        *worth = worth.or(truth);
    }
}

/// Whether boundary or session policies can limit this caller at all.
fn is_limited(form: &Form) -> bool {
    matches!(
        form,
        Form::User { .. } | Form::RoleSession { .. } | Form::FederatedUser { .. }
    )
}

/// What the resource-based policies say (EVAL-23: the best grant counts).
pub(crate) fn granted(policies: &[Attached], context: &RequestContext) -> Granted {
    let mut granted = Granted::NOTHING;
    for attached in policies {
        let Ok(policy) = &attached.runnable else {
            granted.blocked = true;
            continue;
        };
        for statement in &policy.statements {
            let truth = statement.truth(context);
            match (statement.effect, statement.grant(context)) {
                (policy::Effect::Deny, _) => granted.deny = granted.deny.or(truth),
                (policy::Effect::Allow, Some(grant)) => granted.add(grant, truth, context),
                (policy::Effect::Allow, None) => {}
            }
        }
    }
    granted
}

/// The caller's own side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Own {
    pub(crate) identity: Weighed,
    pub(crate) boundary: Weighed,
    pub(crate) session: Weighed,
}

impl Own {
    pub(crate) fn deny(self) -> Truth {
        let Self {
            identity,
            boundary,
            session,
        } = self;
        identity.deny.or(boundary.deny).or(session.deny)
    }

    pub(crate) fn blocked(self) -> bool {
        self.identity.blocked || self.boundary.blocked || self.session.blocked
    }
}

impl Access {
    /// Whether the caller gets in, Denies aside.
    pub(crate) fn pass(self, granted: Granted, own: Own, context: &RequestContext) -> Truth {
        let limits = own.boundary.pass.and(own.session.pass);
        let by_itself = own.identity.pass.and(limits);
        // PT-6: the task policy limits a root session, whatever lets the root user in.
        let direct = match context.caller.form {
            Form::Root => granted.direct.and(own.session.pass),
            _ => granted.direct,
        };
        let named = direct.or(granted.limited.and(limits));
        match self {
            Self::ResourceSide => granted.any(),
            Self::OwnRoot => own.session.pass,
            Self::SameAccount => named.or(by_itself),
            Self::Strict(_) | Self::CrossAccount if granted.waived => by_itself,
            Self::Strict(_) => {
                let pass = named.or(granted.account.and(by_itself));
                if self.asks_boundary(context) {
                    pass.and(own.boundary.pass)
                } else {
                    pass
                }
            }
            Self::CrossAccount => granted.any().and(by_itself),
        }
    }

    /// TR-2: a user's boundary counts even where the trust policy names the user.
    fn asks_boundary(self, context: &RequestContext) -> bool {
        self == Self::Strict(Strict::Role)
            && matches!(context.caller.form, Form::User { .. })
            && context.rules.holds(Rule::TrustPolicyNeedsBoundary)
    }

    /// Whether a grant makes the policies of the caller needless: identity, boundary, session.
    pub(crate) fn needless(self, granted: Granted, context: &RequestContext) -> [bool; 3] {
        let (direct, limited) = (granted.direct == Truth::Met, granted.limited == Truth::Met);
        match self {
            Self::SameAccount | Self::Strict(_) => [
                direct || limited,
                direct && !self.asks_boundary(context),
                direct && context.caller.form != Form::Root,
            ],
            Self::OwnRoot | Self::ResourceSide | Self::CrossAccount => [false; 3],
        }
    }

    /// Whether the request can do without a grant by the resource's policy.
    pub(crate) fn needs_no_grant(self) -> bool {
        matches!(self, Self::SameAccount | Self::OwnRoot)
    }
}
