//! The kinds of policy that AWS weighs.

/// What a policy is attached to, and with that which grammar it must obey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Service control policy, attached to the root, an OU or an account.
    Scp,
    /// Resource control policy, attached to the root, an OU or an account.
    Rcp,
    /// Identity-based policy of a user, group or role.
    Identity,
    /// Permissions boundary of a user or role.
    Boundary,
    /// Session policy, passed when a session is created.
    Session,
    /// Resource-based policy, such as a bucket policy.
    Resource,
    /// Trust policy of a role.
    Trust,
    /// Policy of a VPC endpoint.
    Endpoint,
}

impl Kind {
    /// All kinds, in the order in which the page names them.
    pub const ALL: [Self; 8] = [
        Self::Scp,
        Self::Rcp,
        Self::Identity,
        Self::Boundary,
        Self::Session,
        Self::Resource,
        Self::Trust,
        Self::Endpoint,
    ];

    /// The word that the scenario file uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scp => "scp",
            Self::Rcp => "rcp",
            Self::Identity => "identity",
            Self::Boundary => "boundary",
            Self::Session => "session",
            Self::Resource => "resource",
            Self::Trust => "trust",
            Self::Endpoint => "endpoint",
        }
    }

    /// Reads the word that the scenario file uses.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}
