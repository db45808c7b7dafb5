//! The words that the scenario file uses for closed lists.

use crate::scenario::{ExpectedVerdict, SessionVia};

impl SessionVia {
    /// The known ways, with their words.
    pub(crate) const WORDS: [(&'static str, Self); 4] = [
        ("AssumeRole", Self::AssumeRole),
        ("SAML", Self::Saml),
        ("WebIdentity", Self::WebIdentity),
        ("IdentityCenter", Self::IdentityCenter),
    ];

    /// Reads a word; `None` if it is not known.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let mut words = Self::WORDS.into_iter();
        words.find_map(|(known, via)| (known == word).then_some(via))
    }

    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::AssumeRole => "AssumeRole",
            Self::Saml => "SAML",
            Self::WebIdentity => "WebIdentity",
            Self::IdentityCenter => "IdentityCenter",
            Self::Other(word) => word,
        }
    }
}

impl ExpectedVerdict {
    /// The known verdicts, with their words.
    pub(crate) const WORDS: [(&'static str, Self); 5] = [
        ("allow", Self::Allow),
        ("deny", Self::Deny),
        ("explicitDeny", Self::ExplicitDeny),
        ("implicitDeny", Self::ImplicitDeny),
        ("depends", Self::Depends),
    ];

    /// Reads a word; `None` if it is not known.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let mut words = Self::WORDS.into_iter();
        words.find_map(|(known, verdict)| (known == word).then_some(verdict))
    }

    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
            Self::ExplicitDeny => "explicitDeny",
            Self::ImplicitDeny => "implicitDeny",
            Self::Depends => "depends",
            Self::Other(word) => word,
        }
    }
}
