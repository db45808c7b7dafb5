//! Names of policies, accounts and callers.

use std::rc::Rc;

use evaluator::Via;
use organization::{
    AccountId, CallerKind, PolicyId, Principal, PrincipalId, Request, Scenario, TreeIndex,
};

use super::{code, strong, text};
use crate::view::Phrase;

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
        Via::Boundary => format!(
            "boundary of {}",
            self::via(scenario, request, &Via::Principal)
        ),
        Via::Session => "the session".to_owned(),
        Via::Resource(arn) => arn.clone(),
        Via::Role(id) => {
            let role = scenario.principal(id.as_str());
            format!("role {}", role.map_or(id.as_str(), |role| role.name()))
        }
        Via::Endpoint(id) => id.clone(),
        Via::Group(id) => {
            let group = scenario.principal(id.as_str());
            format!("group {}", group.map_or(id.as_str(), |group| group.name()))
        }
        Via::Principal => {
            let entry = request.caller.principal();
            match entry.and_then(|id| scenario.principal(id.as_str())) {
                Some(entry) => format!("{} {}", entry.type_word(), entry.name()),
                None => match &request.caller.kind {
                    CallerKind::EveryAccount { role, .. } => format!("role {role}"),
                    _ => "the caller".to_owned(),
                },
            }
        }
    }
}

/// The forms in which policies can name the caller: "`arn:…`, `222222222222`".
pub(crate) fn caller(forms: &[Rc<str>]) -> Phrase {
    if forms.is_empty() {
        return vec![text("an anonymous caller")];
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
        CallerKind::Root { account } => format!("root user, {}", at(account)),
        CallerKind::AssumedRoot { account, .. } => format!("root session, {}", at(account)),
        CallerKind::Service { name, .. } => name.clone(),
        CallerKind::Saml { provider } | CallerKind::WebIdentity { provider, .. } => {
            provider.clone()
        }
        CallerKind::Anonymous => "anonymous".to_owned(),
        CallerKind::Arn { arn } => arn.clone(),
        CallerKind::EveryAccount { role, .. } => match row {
            Some(account) => format!("{role}, {}", at(account)),
            None => format!("{role}, every account"),
        },
        CallerKind::FederatedUser { name, issuer, .. } => {
            let user = scenario.principal(issuer.as_str());
            match user.and_then(|user| user.account()) {
                Some(account) => format!("{name}, {}", at(account)),
                None => name.clone(),
            }
        }
        CallerKind::Unknown(_) => "unknown caller".to_owned(),
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

/// Who calls, inside a sentence: "role **Admin** in **Dev**".
pub(crate) fn caller_words(
    scenario: &Scenario,
    tree: Option<&TreeIndex>,
    request: &Request,
    row: Option<&AccountId>,
) -> Phrase {
    let of = |words: &str, account: &AccountId| {
        let name = account_name(scenario, tree, account);
        vec![text(words.to_owned()), strong(name)]
    };
    let named = |word: &str, name: &str, account: Option<&AccountId>| {
        let mut phrase = vec![text(format!("{word} ")), strong(name)];
        phrase.extend(account.map(|it| of(" in ", it)).unwrap_or_default());
        phrase
    };
    let entry = |id: &PrincipalId| scenario.principal(id.as_str());
    match &request.caller.kind {
        CallerKind::Root { account } => of("the root user of ", account),
        CallerKind::AssumedRoot { account, .. } => of("a root session in ", account),
        CallerKind::Service { name, .. } => vec![code(name.clone())],
        CallerKind::Saml { provider } | CallerKind::WebIdentity { provider, .. } => {
            vec![code(provider.clone())]
        }
        CallerKind::Anonymous => vec![text("an anonymous caller")],
        CallerKind::Arn { arn } => vec![code(arn.clone())],
        CallerKind::EveryAccount { role, .. } => named("role", role, row),
        CallerKind::FederatedUser { name, issuer, .. } => {
            let issuer = entry(issuer).and_then(|user| user.account());
            named("federated user", name, issuer)
        }
        CallerKind::Unknown(_) => vec![text("an unknown caller")],
        CallerKind::Id(id)
        | CallerKind::User { id, .. }
        | CallerKind::UserSession { id, .. }
        | CallerKind::Role { id, .. } => match entry(id) {
            Some(entry) => named(entry.type_word(), entry.name(), entry.account()),
            None => vec![code(id.as_str())],
        },
    }
}
