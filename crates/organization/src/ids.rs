//! Names of things, each with a type of its own.

use std::borrow::Borrow;
use std::fmt;
use std::rc::Rc;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Rc<str>);

        impl $name {
            /// Takes the text as it is: a scenario may hold ids that AWS would not give.
            pub fn new(text: impl Into<Rc<str>>) -> Self {
                Self(text.into())
            }

            /// The text of the id.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }
    };
}

id!(
    /// Id of the root, an OU or an account: `r-ab12`, `ou-ab12-11111111`, `222222222222` (ORG-6).
    NodeId
);
id!(
    /// Twelve digits; a string, because leading zeros count (ORG-6).
    AccountId
);
id!(
    /// Id of a policy in the scenario, or the name of a well-known one.
    PolicyId
);
id!(
    /// Id of a user, group or role in the scenario.
    PrincipalId
);
id!(
    /// Id of a request in the scenario.
    RequestId
);

impl AccountId {
    /// The same id as that of a node of the tree.
    #[must_use]
    pub fn node(&self) -> NodeId {
        NodeId(self.0.clone())
    }
}
