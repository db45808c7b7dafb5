//! The answers.

/// The answer to one request (docs/scenario.md, "Verdicts"; EVAL-1, EVAL-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Every policy type that applies lets the request through.
    Allow,
    /// At least one Deny statement matches.
    ExplicitDeny,
    /// No Deny matches, and a policy type that must allow does not.
    ImplicitDeny,
    /// It turns on something unknown.
    Depends,
    /// A document that AWS would refuse, or a policy type that is not evaluated, decides it.
    Error,
}

/// The policy types in the order in which a trace shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PolicyType {
    /// Rules that no policy can change: partitions, what a kind of credentials cannot call (PT-12).
    Fixed,
    /// Resource control policies.
    Rcp,
    /// Service control policies.
    Scp,
    /// VPC endpoint policy.
    Endpoint,
    /// Resource-based policy; for sts:AssumeRole… the trust policy.
    Resource,
    /// Identity-based policies.
    Identity,
    /// Permissions boundary.
    Boundary,
    /// Session policies.
    Session,
}

impl PolicyType {
    /// The policy types that hold documents, in the order of a trace.
    pub const STRIP: [Self; 7] = [
        Self::Rcp,
        Self::Scp,
        Self::Endpoint,
        Self::Resource,
        Self::Identity,
        Self::Boundary,
        Self::Session,
    ];
}

/// What one policy type, one level or one policy says to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// An Allow matches and no Deny.
    Allow,
    /// A Deny matches.
    ExplicitDeny,
    /// Nothing matches where an Allow is needed.
    ImplicitDeny,
    /// It turns on an unknown context key.
    Unknown,
    /// The policy type does not apply; the reason stands beside it.
    NotAsked,
    /// A document is refused, or the policy type is not evaluated.
    Error,
}

/// Whether an element or a statement matches: three values, so that unknown never means false.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Truth {
    /// It matches.
    Met,
    /// It does not match.
    Unmet,
    /// It turns on an unknown context key.
    Unknown,
}

impl Truth {
    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unmet, _) | (_, Self::Unmet) => Self::Unmet,
            (Self::Met, Self::Met) => Self::Met,
            _ => Self::Unknown,
        }
    }

    /// Either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Met, _) | (_, Self::Met) => Self::Met,
            (Self::Unmet, Self::Unmet) => Self::Unmet,
            _ => Self::Unknown,
        }
    }

    /// From a plain answer.
    #[must_use]
    pub fn of(met: bool) -> Self {
        if met { Self::Met } else { Self::Unmet }
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::Met => Self::Unmet,
            Self::Unmet => Self::Met,
            Self::Unknown => Self::Unknown,
        }
    }
}
