//! The request as policies see it: an action, a resource and context keys, each in one of four
//! states (docs/scenario.md, "What a context key is").

use std::rc::Rc;

use crate::principal::Caller;
use crate::rules::Rules;

/// What is known of a context key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// Its value or values.
    Known {
        /// The values.
        values: Values,
        /// Where they come from.
        origin: Origin,
    },
    /// The request does not carry the key.
    Absent(AbsentWhy),
    /// The request carries the key; nobody said with which value.
    PresentUnknown,
    /// Nobody knows whether the request carries the key.
    Unknown,
}

/// The value of a key that is present. Which keys take several values is a property of the key,
/// not of how many there are (SET-8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Values {
    /// A single-valued key.
    One(Rc<str>),
    /// A multivalued key.
    Many(Vec<Rc<str>>),
}

impl Values {
    /// The values in order.
    #[must_use]
    pub fn as_slice(&self) -> &[Rc<str>] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }
}

/// Where the value of a key comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Typed in the request, or in one of its resources.
    Request,
    /// Typed in the request although something else follows from the scenario (KEY-4).
    Override,
    /// Typed in the defaults of the scenario.
    Defaults,
    /// It follows from the scenario (K-1 … K-44).
    Derived,
    /// Tried, because it is unknown.
    Tried,
}

/// Why a key is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AbsentWhy {
    /// The request says so.
    Stated,
    /// Nobody stated it, and the scenario counts such keys as absent.
    Unstated,
    /// AWS never sets it for this kind of caller.
    Caller,
    /// The credentials are long-term keys (K-14, K-15).
    LongTermKeys,
    /// The session was opened through an identity provider (K-15).
    Federated,
    /// The caller's account is in no organization (K-3).
    NoOrganization,
    /// The principal, resource or request has no such tag (K-5, K-26, K-27).
    NoTag,
    /// The tags that the call passes go to what it makes, and this is there already (K-27).
    NotMade,
    /// The call travels through a VPC endpoint (K-20).
    ThroughEndpoint,
    /// The call travels through no VPC endpoint (K-21).
    NoEndpoint,
    /// Requests for this action never carry it (K-23).
    Action,
    /// No service forwarded the call (K-36).
    NotForwarded,
    /// Tried, because it is unknown.
    Tried,
}

/// A service and an action name, in lower case for matching (ACT-1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ActionName {
    /// `s3`.
    pub(crate) service: Rc<str>,
    /// `getobject`.
    pub(crate) name: Rc<str>,
    /// As typed: `s3:GetObject`.
    pub(crate) typed: Rc<str>,
}

impl ActionName {
    /// Reads `service:Name`; none if it is not one action.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (service, name) = text.split_once(':')?;
        let plain = |part: &str, extra: &str| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || extra.contains(c))
        };
        (plain(service, "-") && plain(name, "-_.:/")).then(|| Self {
            service: service.to_ascii_lowercase().into(),
            name: name.to_ascii_lowercase().into(),
            typed: text.into(),
        })
    }
}

/// One resource of a request with its context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequestContext {
    /// The action.
    pub(crate) action: ActionName,
    /// An ARN, or `*` for an action on no single resource (RES-9).
    pub(crate) resource: Rc<str>,
    /// A literal ARN that stands for `*` as well (RES-9, `s3:ListAllMyBuckets`).
    pub(crate) resource_alias: Option<Rc<str>>,
    /// The forms in which policies can name the caller.
    pub(crate) caller: Rc<Caller>,
    /// The answers to the open questions.
    pub(crate) rules: Rules,
    keys: Vec<(Rc<str>, KeyState)>,
    families: Vec<(&'static str, KeyState)>,
    unstated: KeyState,
}

impl RequestContext {
    /// A request that carries no key; those that are asked for have the state `unstated`.
    pub(crate) fn new(
        action: ActionName,
        resource: Rc<str>,
        caller: Rc<Caller>,
        rules: Rules,
        unstated: KeyState,
    ) -> Self {
        Self {
            action,
            resource,
            resource_alias: None,
            caller,
            rules,
            keys: Vec::new(),
            families: Vec::new(),
            unstated,
        }
    }

    /// The text that resource patterns are matched with.
    pub(crate) fn weighed_on(&self) -> &str {
        self.resource_alias.as_deref().unwrap_or(&self.resource)
    }

    /// Sets the state of a key, whatever it was. Names are compared without regard to case (COND-2).
    pub(crate) fn set(&mut self, key: &str, state: KeyState) {
        let key = key.to_ascii_lowercase();
        match self.find(&key) {
            Ok(at) => {
                if let Some(entry) = self.keys.get_mut(at) {
                    entry.1 = state;
                }
            }
            Err(at) => self.keys.insert(at, (key.into(), state)),
        }
    }

    /// Sets the state of all keys that begin with `prefix` (lower case) and have none of their own.
    pub(crate) fn set_family(&mut self, prefix: &'static str, state: KeyState) {
        self.families.push((prefix, state));
    }

    /// The state of a key, given in lower case.
    pub(crate) fn get(&self, key: &str) -> &KeyState {
        if let Ok(at) = self.find(key)
            && let Some((_, state)) = self.keys.get(at)
        {
            return state;
        }
        if let Some(repeated) = catalog::repeated_key(&self.action.service, key) {
            return match repeated.tag {
                "" => self.get(repeated.global),
                tag => self.get(&format!("{}{tag}", repeated.global)),
            };
        }
        self.families
            .iter()
            .find(|(prefix, _)| key.starts_with(prefix))
            .map_or(&self.unstated, |(_, state)| state)
    }

    /// The global key that a key of the service, given in lower case, says again (K-43), as AWS
    /// spells it; none where the own key was typed.
    pub(crate) fn repeats(&self, key: &str) -> Option<String> {
        let repeated = catalog::repeated_key(&self.action.service, key)?;
        let is_own = self.find(key).is_ok();
        (!is_own).then(|| format!("{}{}", repeated.spelled, repeated.tag))
    }

    /// The values of a key, given in lower case, that follow from the scenario.
    pub(crate) fn derived(&mut self, key: &str) -> Option<&mut Values> {
        let at = self.find(key).ok()?;
        match self.keys.get_mut(at) {
            Some((
                _,
                KeyState::Known {
                    values,
                    origin: Origin::Derived,
                },
            )) => Some(values),
            _ => None,
        }
    }

    /// The state of a key, if it has one of its own.
    pub(crate) fn own(&self, key: &str) -> Option<&KeyState> {
        let at = self.find(&key.to_ascii_lowercase()).ok()?;
        self.keys.get(at).map(|(_, state)| state)
    }

    fn find(&self, key: &str) -> Result<usize, usize> {
        self.keys.binary_search_by(|(name, _)| (**name).cmp(key))
    }
}
