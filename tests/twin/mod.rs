//! A second evaluator, written for reading: slow and obvious, straight from the rule book
//! (`docs/semantics.md`), whose ids it cites. It shares nothing with the first one but the
//! documents of `policy` and the scenario of `organization`.
//!
//! [`decide::decide`] weighs one row of one request. Where it needs a context key or an owner that
//! nobody stated, it asks for it ([`Open`]) and is called again with a [`Guess`];
//! [`unknown`] makes the guesses.

pub(crate) mod conditions;
pub(crate) mod context;
pub(crate) mod decide;
pub(crate) mod gates;
pub(crate) mod glob;
pub(crate) mod owner;
pub(crate) mod principal;
pub(crate) mod statement;
pub(crate) mod tables;
pub(crate) mod unknown;
pub(crate) mod values;
pub(crate) mod who;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use organization::{
    AccountId, NodeId, PolicyId, PolicyKind, Request, Scenario, SwitchedOff, TreeIndex, WELL_KNOWN,
};
use policy::{Document, Kind};

/// A scenario with its tree and its documents read.
pub(crate) struct World<'a> {
    pub(crate) scenario: &'a Scenario,
    pub(crate) tree: Option<TreeIndex>,
    documents: Rc<HashMap<PolicyId, Known>>,
    /// Policy types that are left out beside those of the settings.
    off: Vec<Kind>,
}

/// A policy that a scenario can name.
struct Known {
    kind: Option<Kind>,
    /// None if AWS would refuse it.
    document: Option<Document>,
}

impl<'a> World<'a> {
    pub(crate) fn new(scenario: &'a Scenario) -> Self {
        let mut documents = HashMap::new();
        for policy in &WELL_KNOWN {
            documents.insert(
                PolicyId::from(policy.name),
                read(policy.text, Some(policy.kind)),
            );
        }
        for policy in &scenario.policies {
            let kind = match policy.kind {
                PolicyKind::Known(kind) => Some(kind),
                PolicyKind::Other(_) => None,
            };
            documents.insert(policy.id.clone(), read(&policy.text, kind));
        }
        Self {
            scenario,
            tree: (scenario.organization.as_ref()).map(organization::Organization::index),
            documents: Rc::new(documents),
            off: Vec::new(),
        }
    }

    /// The same world without some policy types, to see what they decide.
    pub(crate) fn without(&self, off: &[Kind]) -> Self {
        Self {
            scenario: self.scenario,
            tree: self.tree.clone(),
            documents: self.documents.clone(),
            off: off.to_vec(),
        }
    }

    /// The kind of a policy, if it exists and has one.
    fn kind(&self, id: &PolicyId) -> Option<Kind> {
        self.documents.get(id)?.kind
    }

    /// The document of a policy, if it has one of these kinds and AWS would take it.
    fn document(&self, id: &PolicyId, kinds: &[Kind]) -> Option<&Document> {
        let known = self.documents.get(id)?;
        let fits = known.kind.is_some_and(|kind| kinds.contains(&kind));
        let document = known.document.as_ref().filter(|_| fits)?;
        let old = known.kind == Some(Kind::Scp)
            && self.date() < "2025-09-19"
            && !tables::is_early_scp(document);
        (!old).then_some(document)
    }

    /// All documents, those that AWS would refuse left out.
    pub(crate) fn documents(&self) -> impl Iterator<Item = &Document> {
        self.documents
            .values()
            .filter_map(|known| known.document.as_ref())
    }

    /// The date of dated rules.
    fn date(&self) -> &str {
        self.scenario
            .settings
            .as_of
            .as_deref()
            .unwrap_or("9999-12-31")
    }

    /// Whether an open question of the rule book is decided this way.
    fn rule(&self, name: &str, default: bool) -> bool {
        *self.scenario.settings.rules.get(name).unwrap_or(&default)
    }

    fn is_off(&self, kind: Kind) -> bool {
        self.off.contains(&kind)
            || self
                .scenario
                .settings
                .off
                .contains(&SwitchedOff::Kind(kind))
    }

    fn is_attachment_off(&self, policy: &PolicyId, node: &NodeId) -> bool {
        let off = SwitchedOff::Attachment {
            policy: policy.clone(),
            node: node.clone(),
        };
        self.scenario.settings.off.contains(&off)
    }

    /// Whether an account is in the organization of the scenario.
    fn is_inside(&self, account: &str) -> bool {
        (self.tree.as_ref()).is_some_and(|tree| tree.account(account).is_some())
    }

    /// Whether the scenario says where an account stands.
    fn is_placed(&self, account: &str) -> bool {
        self.scenario.organization.is_none()
            || self.is_inside(account)
            || self.scenario.external_account(account).is_some()
    }

    /// Whether an account is in the organization and is not the management account (ORG-5).
    fn is_member(&self, account: &str) -> bool {
        let management = (self.scenario.organization.as_ref())
            .and_then(|organization| organization.management_account.as_ref());
        self.is_inside(account) && management.map(AccountId::as_str) != Some(account)
    }

    /// Whether the scenario says in which partition an account is.
    fn has_partition(&self, account: &str) -> bool {
        let listed = self.scenario.external_account(account);
        self.is_inside(account) || listed.is_some_and(|listed| listed.partition.is_some())
    }

    /// The partition of an account (ORG-10); of one whose partition nobody says that of its
    /// own resource.
    fn partition(&self, account: &str, request: &Request) -> String {
        if let Some(organization) =
            (self.scenario.organization.as_ref()).filter(|_| self.is_inside(account))
        {
            return organization.partition.to_string();
        }
        let listed = self.scenario.external_account(account);
        if let Some(partition) = listed.and_then(|listed| listed.partition.clone()) {
            return partition;
        }
        let mut arns = request.resources.iter().map(|resource| &resource.arn);
        let own = arns.find(|arn| owner::account_of(arn).as_deref() == Some(account));
        let partition = own.and_then(|arn| arn.split(':').nth(1)).unwrap_or("aws");
        partition.to_owned()
    }
}

fn read(text: &str, kind: Option<Kind>) -> Known {
    let parsed = kind.map(|kind| policy::parse(text, kind));
    Known {
        kind,
        document: parsed
            .filter(|parsed| !parsed.is_refused())
            .map(|parsed| parsed.document),
    }
}

/// The accounts in which a request is weighed: one row for each member account where it is over
/// every account, one row without an account otherwise.
pub(crate) fn rows(world: &World<'_>, request: &Request) -> Vec<Option<AccountId>> {
    let organization::CallerKind::EveryAccount { .. } = request.caller.kind else {
        return vec![None];
    };
    (world.tree.iter())
        .flat_map(TreeIndex::accounts)
        .filter(|account| world.is_member(account.id.as_str()))
        .map(|account| Some(account.id.clone()))
        .collect()
}

/// The value of a context key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Value {
    /// Of a key with one value.
    One(String),
    /// Of a key with several values (SET-8).
    Many(Vec<String>),
}

/// A context key: lower case, and the resource whose own key it is, where it is one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) resource: Option<usize>,
}

/// Something that has to be known, and that nobody stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Open {
    /// A context key, and whether it may be absent.
    Key { key: Key, perhaps_absent: bool },
    /// The owner of the resource at this position.
    Owner(usize),
}

/// Who owns a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// This account.
    Account(String),
    /// An account that the scenario does not have.
    Outside {
        /// Whether it is in an organization.
        in_organization: bool,
    },
    /// Nobody: an action on no single resource by a caller without an account.
    Nobody,
}

/// What is assumed of the things that nobody stated.
#[derive(Clone, Debug, Default)]
pub(crate) struct Guess {
    /// Values of context keys; none for an absent one.
    pub(crate) keys: BTreeMap<Key, Option<Value>>,
    /// Keys that are taken so even where something else is known of them.
    pub(crate) forced: BTreeMap<Key, Option<Value>>,
    pub(crate) owners: BTreeMap<usize, Owner>,
}

/// The policy types of the rule book, and the rules that no policy changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Type {
    Fixed,
    Rcp,
    Scp,
    Endpoint,
    Resource,
    Identity,
    Boundary,
    Session,
}

impl Type {
    pub(crate) const ALL: [Self; 8] = [
        Self::Fixed,
        Self::Rcp,
        Self::Scp,
        Self::Endpoint,
        Self::Resource,
        Self::Identity,
        Self::Boundary,
        Self::Session,
    ];
}

/// A verdict of a row in which everything is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    Allow,
    ExplicitDeny,
    ImplicitDeny,
    Error,
}

/// What is decided of a row in which everything is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) verdict: Verdict,
    /// The statements that deny.
    pub(crate) denials: BTreeSet<(PolicyId, usize)>,
    /// The policy types that stop the request: those that deny, or if none does those that lack
    /// an Allow.
    pub(crate) stops: BTreeSet<Type>,
}
