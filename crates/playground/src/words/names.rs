//! Names of policies, accounts and callers.

use std::rc::Rc;

use evaluator::Via;
use organization::{
    AccountId, CallerKind, PolicyId, Principal, PrincipalId, Request, Scenario, TreeIndex,
};
use texts::rich;

use super::{code, strong, text};
use crate::view::{Inline, Phrase};

/// The name of a policy.
pub(crate) fn policy_name(scenario: &Scenario, id: &PolicyId) -> String {
    scenario
        .policy(id.as_str())
        .map_or_else(|| id.to_string(), |policy| policy.name().to_owned())
}

/// How a policy that is not attached to a node reaches the request: "group devs", "role Admin".
pub(crate) fn via(scenario: &Scenario, request: &Request, via: &Via) -> String {
    match via {
        Via::Node => String::new(),
        Via::Boundary => texts::via_boundary(&self::via(scenario, request, &Via::Principal)),
        Via::Session => texts::via_session().to_owned(),
        Via::Resource(arn) => arn.clone(),
        Via::Role(id) => {
            let role = scenario.principal(id.as_str());
            texts::caller_role(&role.map_or(id.as_str(), |role| role.name()))
        }
        Via::Endpoint(id) => id.clone(),
        Via::Group(id) => {
            let group = scenario.principal(id.as_str());
            texts::caller_group(&group.map_or(id.as_str(), |group| group.name()))
        }
        Via::Principal => {
            let entry = request.caller.principal();
            match entry.and_then(|id| scenario.principal(id.as_str())) {
                Some(entry) => plain(&principal(entry)),
                None => match &request.caller.kind {
                    CallerKind::EveryAccount { role, .. } => texts::caller_role(role),
                    _ => texts::via_caller().to_owned(),
                },
            }
        }
    }
}

/// The forms in which policies can name the caller: "`arn:…`, `222222222222`".
pub(crate) fn caller(forms: &[Rc<str>]) -> Phrase {
    if forms.is_empty() {
        return vec![text(texts::caller_anonymous())];
    }
    let mut phrase = Phrase::new();
    for (at, form) in forms.iter().enumerate() {
        if at > 0 {
            phrase.push(text(", "));
        }
        phrase.push(code(form.to_string()));
    }
    phrase
}

/// The name of an account: its name in the tree, or its id.
pub(crate) fn account_name(
    scenario: &Scenario,
    tree: Option<&TreeIndex>,
    account: &AccountId,
) -> String {
    let in_tree = tree.and_then(|tree| tree.account(account.as_str()));
    let name = in_tree.map(|account| account.name.clone()).or_else(|| {
        let external = scenario.external_account(account.as_str());
        external.map(|external| external.name.clone())
    });
    name.filter(|name| !name.is_empty())
        .unwrap_or_else(|| account.to_string())
}

/// Who calls, for a narrow column: "admin, Dev".
pub(crate) fn who(
    scenario: &Scenario,
    tree: Option<&TreeIndex>,
    request: &Request,
    row: Option<&AccountId>,
) -> String {
    let at = |account: &AccountId| account_name(scenario, tree, account);
    match &request.caller.kind {
        CallerKind::Root { account } => texts::who_root(&at(account)),
        CallerKind::AssumedRoot { account, .. } => texts::who_root_session(&at(account)),
        CallerKind::Service { name, .. } => name.clone(),
        CallerKind::Saml { provider } | CallerKind::WebIdentity { provider, .. } => {
            provider.clone()
        }
        CallerKind::Anonymous => texts::who_anonymous().to_owned(),
        CallerKind::Arn { arn } => arn.clone(),
        CallerKind::EveryAccount { role, .. } => match row {
            Some(account) => format!("{role}, {}", at(account)),
            None => texts::who_every_account(role),
        },
        CallerKind::FederatedUser { name, issuer, .. } => {
            let user = scenario.principal(issuer.as_str());
            match user.and_then(|user| user.account()) {
                Some(account) => format!("{name}, {}", at(account)),
                None => name.clone(),
            }
        }
        CallerKind::Unknown(_) => texts::who_unknown().to_owned(),
        CallerKind::Id(id)
        | CallerKind::User { id, .. }
        | CallerKind::UserSession { id, .. }
        | CallerKind::Role { id, .. } => match scenario.principal(id.as_str()) {
            Some(entry) => {
                let account = match &**entry {
                    Principal::User(user) => Some(&user.account),
                    Principal::Role(role) => Some(&role.account),
                    _ => None,
                };
                match account {
                    Some(account) => format!("{}, {}", entry.name(), at(account)),
                    None => entry.name().to_owned(),
                }
            }
            None => id.to_string(),
        },
    }
}

/// A user, group or role: "role **Admin**".
pub(crate) fn principal(entry: &Principal) -> Phrase {
    let name = [strong(entry.name())];
    match entry {
        Principal::User(_) => rich::caller_user(name),
        Principal::Group(_) => rich::caller_group(name),
        Principal::Role(_) => rich::caller_role(name),
        Principal::Other { .. } => {
            let mut phrase = vec![text(format!("{} ", entry.type_word()))];
            phrase.extend(name);
            phrase
        }
    }
}

/// The words of a phrase.
pub(crate) fn plain(phrase: &[Inline]) -> String {
    let words = phrase.iter().map(|piece| match piece {
        Inline::Text(text) | Inline::Strong(text) | Inline::Code(text) | Inline::Mark(text) => {
            text.as_str()
        }
    });
    words.collect()
}

/// Who calls, inside a sentence: "role **Admin** in **Dev**".
pub(crate) fn caller_words(
    scenario: &Scenario,
    tree: Option<&TreeIndex>,
    request: &Request,
    row: Option<&AccountId>,
) -> Phrase {
    let name = |account: &AccountId| [strong(account_name(scenario, tree, account))];
    let at = |caller: Phrase, account: Option<&AccountId>| match account {
        Some(account) => rich::caller_in(caller, name(account)),
        None => caller,
    };
    let entry = |id: &PrincipalId| scenario.principal(id.as_str());
    match &request.caller.kind {
        CallerKind::Root { account } => rich::caller_root(name(account)),
        CallerKind::AssumedRoot { account, .. } => rich::caller_root_session(name(account)),
        CallerKind::Service { name, .. } => vec![code(name.clone())],
        CallerKind::Saml { provider } | CallerKind::WebIdentity { provider, .. } => {
            vec![code(provider.clone())]
        }
        CallerKind::Anonymous => vec![text(texts::caller_anonymous())],
        CallerKind::Arn { arn } => vec![code(arn.clone())],
        CallerKind::EveryAccount { role, .. } => at(rich::caller_role([strong(role)]), row),
        CallerKind::FederatedUser {
            name: federated,
            issuer,
            ..
        } => {
            let issuer = entry(issuer).and_then(|user| user.account());
            at(rich::caller_federated([strong(federated)]), issuer)
        }
        CallerKind::Unknown(_) => vec![text(texts::caller_unknown())],
        CallerKind::Id(id)
        | CallerKind::User { id, .. }
        | CallerKind::UserSession { id, .. }
        | CallerKind::Role { id, .. } => match entry(id) {
            Some(entry) => at(principal(entry), entry.account()),
            None => vec![code(id.as_str())],
        },
    }
}
