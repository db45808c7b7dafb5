//! Whom a `Principal` or `NotPrincipal` element names (PRIN-1 … PRIN-15).
//!
//! Names are compared as they are written: no unknown context key enters.

use std::rc::Rc;

use policy::{Effect, Kind, PrincipalEntry, ScopeMode};

use crate::compile::{CompiledPrincipals, PrincipalForm};
use crate::context::ActionName;
use crate::rules::{Rule, Rules};

/// The forms in which policies can name a caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    pub(crate) partition: Rc<str>,
    /// The account of a caller that signs its requests.
    pub(crate) account: Option<Rc<str>>,
    pub(crate) form: Form,
    /// Whether a permissions boundary is attached (PRIN-14).
    pub(crate) has_boundary: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// PT-1, PT-2
    User { arn: Rc<str> },
    /// PT-3; a session carries the name of its role and not its path (PRIN-5).
    RoleSession { role: Rc<str>, session: Rc<str> },
    /// PT-4
    FederatedUser { arn: Rc<str>, issuer: Rc<str> },
    /// PT-5, PT-6
    Root,
    /// PT-7
    Service { name: Rc<str> },
    /// PT-10: by SAML, or by a web identity.
    Provider { name: Rc<str>, saml: bool },
    /// PT-8
    Anonymous,
}

/// How a grant names the caller: what it is worth in the same account (table RB-1 … RB-9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grant {
    /// By its account: identity policies must allow as well (RB-7).
    Account,
    /// By its role, or by the user that issued its credentials: boundary and session policies
    /// limit (RB-2, RB-4).
    Role,
    /// By `*`, or by leaving out others (RB-6, PRIN-15).
    Everyone,
    /// By its own name (RB-1, RB-3, RB-5, RB-9).
    Itself,
}

impl Caller {
    /// All forms, the nearest first (PRIN-13).
    pub(crate) fn forms(&self) -> Vec<Rc<str>> {
        let account = self.account.iter().cloned();
        match &self.form {
            Form::User { arn } => [arn.clone()].into_iter().chain(account).collect(),
            Form::RoleSession { role, session } => {
                let (partition, of) = (&self.partition, self.account.as_deref());
                let role: Rc<str> = format!(
                    "arn:{partition}:iam::{}:role/{role}",
                    of.unwrap_or_default()
                )
                .into();
                [session.clone(), role].into_iter().chain(account).collect()
            }
            Form::FederatedUser { arn, issuer } => [arn.clone(), issuer.clone()]
                .into_iter()
                .filter(|arn| !arn.is_empty())
                .chain(account)
                .collect(),
            Form::Root => account.collect(),
            Form::Service { name } | Form::Provider { name, .. } => vec![name.clone()],
            Form::Anonymous => Vec::new(),
        }
    }

    /// How one entry names the caller, if it does.
    pub(crate) fn named_by(&self, entry: &PrincipalForm) -> Option<Grant> {
        match entry {
            PrincipalForm::Everyone => Some(Grant::Everyone),
            PrincipalForm::Account { partition, account } => {
                let of_partition = partition.as_deref().is_none_or(|it| *it == *self.partition);
                let of_account = self.account.as_deref() == Some(account);
                (of_partition && of_account).then_some(match self.form {
                    Form::Root => Grant::Itself,
                    _ => Grant::Account,
                })
            }
            PrincipalForm::User(named) => match &self.form {
                Form::User { arn } if **arn == **named => Some(Grant::Itself),
                Form::FederatedUser { issuer, .. } if **issuer == **named => Some(Grant::Role),
                _ => None,
            },
            PrincipalForm::Role {
                partition,
                account,
                name,
            } => match &self.form {
                Form::RoleSession { role, .. } => {
                    let same = **partition == *self.partition
                        && self.account.as_deref() == Some(account)
                        && **role == **name;
                    same.then_some(Grant::Role)
                }
                _ => None,
            },
            PrincipalForm::Session(named) => match &self.form {
                Form::RoleSession { session: arn, .. } | Form::FederatedUser { arn, .. } => {
                    (**arn == **named).then_some(Grant::Itself)
                }
                _ => None,
            },
            PrincipalForm::Service(named) => match &self.form {
                Form::Service { name } => (**name == **named).then_some(Grant::Itself),
                _ => None,
            },
            PrincipalForm::Provider(named) => match &self.form {
                Form::Provider { name, saml } => {
                    // TR-8: a provider of the other kind never matches.
                    let other_kind = if *saml {
                        ":oidc-provider/"
                    } else {
                        ":saml-provider/"
                    };
                    let same = same_provider(name, named) && !named.contains(other_kind);
                    same.then_some(Grant::Itself)
                }
                _ => None,
            },
            PrincipalForm::Nobody => None,
        }
    }

    /// Whether every form of the caller is listed, so that it escapes `NotPrincipal` (PRIN-13).
    fn is_listed(&self, entries: &[PrincipalForm], rules: Rules) -> bool {
        let any = |wanted: &dyn Fn(&PrincipalForm) -> bool| entries.iter().any(wanted);
        if any(&|entry| matches!(entry, PrincipalForm::Everyone)) {
            return true;
        }
        let account = || {
            any(&|entry| {
                matches!(entry, PrincipalForm::Account { .. }) && self.named_by(entry).is_some()
            })
        };
        let itself = || any(&|entry| self.named_by(entry) == Some(Grant::Itself));
        let role = || {
            any(&|entry| {
                matches!(entry, PrincipalForm::Role { .. }) && self.named_by(entry).is_some()
            })
        };
        let account_if_needed = || !rules.holds(Rule::NotPrincipalNeedsAccount) || account();
        match self.form {
            Form::User { .. } | Form::FederatedUser { .. } => itself() && account_if_needed(),
            Form::RoleSession { .. } => itself() && role() && account_if_needed(),
            Form::Root => account(),
            Form::Service { .. } | Form::Provider { .. } => itself(),
            Form::Anonymous => false,
        }
    }
}

/// The same identity provider, by its ARN or by the domain in it (PRIN-9).
fn same_provider(a: &str, b: &str) -> bool {
    let domain = |text: &str| {
        let at = text.split_once(":oidc-provider/").map(|(_, domain)| domain);
        at.map(str::to_owned)
    };
    a == b || domain(a).is_some_and(|a| a == b) || domain(b).is_some_and(|b| a == b)
}

impl CompiledPrincipals {
    /// How the element names the caller, if it matches.
    pub(crate) fn names(
        &self,
        caller: &Caller,
        effect: Effect,
        action: &ActionName,
        rules: Rules,
    ) -> Option<Grant> {
        let of_provider = matches!(caller.form, Form::Provider { .. })
            || &*action.service == "sts" && action.name.starts_with("assumerolewith");
        match (self.mode, effect) {
            (ScopeMode::Only, Effect::Deny) => self.best(caller, |_| true),
            // TR-8, PT-10: a role is entered through a provider by naming the provider.
            (ScopeMode::Only, Effect::Allow) => self.best(caller, |entry| {
                self.kind != Kind::Trust
                    || !of_provider
                    || matches!(entry, PrincipalForm::Provider(_))
            }),
            // GRAM-9: an empty list makes the statement match nothing.
            (ScopeMode::Except, _) if self.entries.is_empty() => None,
            // PRIN-13, PRIN-14
            (ScopeMode::Except, Effect::Deny) => {
                let bound = caller.has_boundary
                    && matches!(caller.form, Form::User { .. } | Form::RoleSession { .. });
                (bound || !caller.is_listed(&self.entries, rules)).then_some(Grant::Everyone)
            }
            // PRIN-15
            (ScopeMode::Except, Effect::Allow) => {
                let listed = self.best(caller, |_| true).is_some();
                (!listed).then_some(Grant::Everyone)
            }
        }
    }

    fn best(&self, caller: &Caller, counts: impl Fn(&PrincipalForm) -> bool) -> Option<Grant> {
        let entries = self.entries.iter().filter(|entry| counts(entry));
        entries.filter_map(|entry| caller.named_by(entry)).max()
    }
}

/// An entry as it is compared.
pub(crate) fn form(entry: &PrincipalEntry) -> PrincipalForm {
    match entry {
        PrincipalEntry::Everyone => PrincipalForm::Everyone,
        PrincipalEntry::Aws(text) => aws(text),
        PrincipalEntry::Service(name) => PrincipalForm::Service(name.as_str().into()),
        PrincipalEntry::Federated(name) => PrincipalForm::Provider(name.as_str().into()),
        // PRIN-10: a scenario does not say whose canonical id it is.
        PrincipalEntry::CanonicalUser(_) => PrincipalForm::Nobody,
    }
}

fn aws(text: &str) -> PrincipalForm {
    let is_account = |text: &str| text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
    if is_account(text) {
        return PrincipalForm::Account {
            partition: None,
            account: text.into(),
        };
    }
    let mut parts = text.splitn(6, ':');
    let (Some("arn"), Some(partition), Some(service), Some(_), Some(account), Some(resource)) = (
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
    ) else {
        // PRIN-7: a scenario knows no unique ids.
        return PrincipalForm::Nobody;
    };
    let (resource_type, rest) = resource.split_once('/').unwrap_or((resource, ""));
    match (service, resource_type) {
        ("iam", "root") if rest.is_empty() => PrincipalForm::Account {
            partition: Some(partition.into()),
            account: account.into(),
        },
        ("iam", "user") => PrincipalForm::User(text.into()),
        ("iam", "role") => PrincipalForm::Role {
            partition: partition.into(),
            account: account.into(),
            name: rest.rsplit('/').next().unwrap_or(rest).into(),
        },
        ("sts", "assumed-role" | "federated-user") => PrincipalForm::Session(text.into()),
        _ => PrincipalForm::Nobody,
    }
}
