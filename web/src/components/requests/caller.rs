//! Callers in words, and the callers that can be chosen.

use organization::{
    AccountId, Caller, CallerKind, PolicyId, Principal, PrincipalId, Scenario, SessionVia,
    TreeIndex,
};

/// The administrator's role of new requests and its policy.
pub(super) const ADMIN_ROLE: &str = "Admin";
pub(super) const ADMIN_POLICY: &str = "AdministratorAccess";

/// A caller of the select list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    /// Which, as the value of its option.
    pub(super) value: String,
    /// Its words.
    pub(super) text: String,
    /// The caller that it stands for.
    pub(super) kind: CallerKind,
}

/// Callers under one heading.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ChoiceGroup {
    /// The account, or "All accounts".
    pub(super) heading: String,
    /// The callers.
    pub(super) choices: Vec<Choice>,
}

/// How many accounts are listed with their root users, beside those that have users or roles.
const MOST_ACCOUNTS: usize = 200;

/// All callers that can be chosen, account by account in the order of the tree.
pub(super) fn choices(scenario: &Scenario, index: Option<&TreeIndex>) -> Vec<ChoiceGroup> {
    let mut groups: Vec<ChoiceGroup> = Vec::new();
    let mut seen: Vec<AccountId> = Vec::new();
    for account in index.into_iter().flat_map(TreeIndex::accounts) {
        let principals = of_account(scenario, &account.id);
        if principals.is_empty() && seen.len() >= MOST_ACCOUNTS {
            continue;
        }
        seen.push(account.id.clone());
        groups.push(group(&account.name, &account.id, principals));
    }
    for account in &scenario.external_accounts {
        seen.push(account.id.clone());
        let name = format!("{}, outside", account.name);
        groups.push(group(&name, &account.id, of_account(scenario, &account.id)));
    }
    for principal in &scenario.principals {
        if let Some(account) = principal.account()
            && !seen.contains(account)
        {
            seen.push(account.clone());
            groups.push(group("", account, of_account(scenario, account)));
        }
    }
    if index.is_some_and(|index| index.accounts().next().is_some()) {
        groups.push(ChoiceGroup {
            heading: "All accounts".to_owned(),
            choices: vec![every_account()],
        });
    }
    groups
}

fn group(name: &str, account: &AccountId, mut choices: Vec<Choice>) -> ChoiceGroup {
    choices.push(Choice {
        value: format!("root {account}"),
        text: "Root user".to_owned(),
        kind: CallerKind::Root {
            account: account.clone(),
        },
    });
    let heading = if name.is_empty() {
        account.to_string()
    } else {
        format!("{name} ({account})")
    };
    ChoiceGroup { heading, choices }
}

fn of_account(scenario: &Scenario, account: &AccountId) -> Vec<Choice> {
    scenario
        .principals
        .iter()
        .filter(|principal| principal.account() == Some(account))
        .filter_map(|principal| match &**principal {
            Principal::Role(role) => Some(Choice {
                value: format!("role {}", role.id),
                text: format!("Role {}", role.name),
                kind: role_session(&role.id),
            }),
            Principal::User(user) => Some(Choice {
                value: format!("user {}", user.id),
                text: format!("User {}", user.name),
                kind: CallerKind::User {
                    id: user.id.clone(),
                    mfa: None,
                },
            }),
            Principal::Group(_) | Principal::Other { .. } => None,
        })
        .collect()
}

/// A session of a role about which nothing else is said.
fn role_session(id: &PrincipalId) -> CallerKind {
    CallerKind::Role {
        id: id.clone(),
        session: None,
        via: SessionVia::default(),
        provider: None,
        mfa: None,
        source_identity: None,
        tags: std::collections::BTreeMap::new(),
        session_policies: Vec::new(),
    }
}

fn every_account() -> Choice {
    Choice {
        value: "every".to_owned(),
        text: format!("Role {ADMIN_ROLE} in every member account"),
        kind: CallerKind::EveryAccount {
            role: ADMIN_ROLE.to_owned(),
            policies: vec![PolicyId::from(ADMIN_POLICY)],
        },
    }
}

/// The choice that a caller is, if it is one of the list: more may be said of it than the list
/// says, such as MFA or session tags.
pub(super) fn value_of(caller: &Caller, scenario: &Scenario) -> Option<String> {
    match &caller.kind {
        CallerKind::Role { id, .. } => Some(format!("role {id}")),
        CallerKind::User { id, .. } => Some(format!("user {id}")),
        CallerKind::Root { account } => Some(format!("root {account}")),
        CallerKind::Id(id) => match &**scenario.principal(id.as_str())? {
            Principal::User(_) => Some(format!("user {id}")),
            Principal::Role(_) => Some(format!("role {id}")),
            Principal::Group(_) | Principal::Other { .. } => None,
        },
        CallerKind::EveryAccount { role, policies } => {
            let listed = role == ADMIN_ROLE && *policies == [PolicyId::from(ADMIN_POLICY)];
            listed.then(|| "every".to_owned())
        }
        _ => None,
    }
}

/// A caller in a few words, for its cell: "Admin, Dev".
pub(super) fn words(caller: &Caller, scenario: &Scenario, index: Option<&TreeIndex>) -> String {
    let account = |id: &AccountId| account_name(id, scenario, index);
    let named = |id: &PrincipalId, said: &str| match scenario.principal(id.as_str()) {
        Some(principal) => match principal.account() {
            Some(of) => format!("{}{said}, {}", principal.name(), account(of)),
            None => format!("{}{said}", principal.name()),
        },
        None => format!("{id} (no such principal)"),
    };
    match &caller.kind {
        CallerKind::User { id, .. } | CallerKind::Role { id, .. } | CallerKind::Id(id) => {
            named(id, "")
        }
        CallerKind::UserSession { id, mfa } => match mfa {
            Some(true) => named(id, ", MFA"),
            Some(false) => named(id, ", no MFA"),
            None => format!("session of {}", named(id, "")),
        },
        CallerKind::FederatedUser { name, issuer, .. } => {
            format!("federated user {name} of {}", named(issuer, ""))
        }
        CallerKind::Root { account: id } => format!("root, {}", account(id)),
        CallerKind::AssumedRoot { account: id, .. } => format!("assumed root, {}", account(id)),
        CallerKind::Service { name, .. } => name.clone(),
        CallerKind::Saml { provider } => format!("SAML, {provider}"),
        CallerKind::WebIdentity { provider, .. } => format!("web identity, {provider}"),
        CallerKind::Anonymous => "anonymous".to_owned(),
        CallerKind::Arn { arn } => arn.clone(),
        CallerKind::EveryAccount { role, .. } => format!("{role}, every account"),
        CallerKind::Unknown(_) => "unknown kind of caller".to_owned(),
    }
}

/// The name of an account, or its id.
pub(super) fn account_name(
    id: &AccountId,
    scenario: &Scenario,
    index: Option<&TreeIndex>,
) -> String {
    index
        .and_then(|index| index.account(id.as_str()))
        .map(|account| account.name.clone())
        .or_else(|| {
            let external = scenario.external_account(id.as_str())?;
            Some(external.name.clone())
        })
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| id.to_string())
}

/// The account that a caller belongs to, with its name.
pub(super) fn account(
    caller: &Caller,
    scenario: &Scenario,
    index: Option<&TreeIndex>,
) -> Option<(AccountId, String)> {
    let id = match &caller.kind {
        CallerKind::Root { account } | CallerKind::AssumedRoot { account, .. } => account.clone(),
        _ => {
            let principal = scenario.principal(caller.principal()?.as_str())?;
            principal.account()?.clone()
        }
    };
    let name = account_name(&id, scenario, index);
    Some((id, name))
}

#[cfg(test)]
mod tests {
    use organization::{Organization, file};

    use super::*;

    const SCENARIO: &str = r#"{
        "version": 1,
        "organization": {
            "managementAccountId": "111111111111",
            "root": {"children": [
                {"type": "account", "id": "111111111111", "name": "Management"},
                {"type": "account", "id": "222222222222", "name": "Dev"}
            ]}
        },
        "principals": [
            {"id": "ana", "type": "user", "account": "222222222222", "name": "ana"},
            {"id": "devs", "type": "group", "account": "222222222222", "name": "devs"},
            {"id": "far", "type": "role", "account": "999999999999", "name": "Far"}
        ],
        "requests": [
            {"id": "1", "principal": "ana", "action": "s3:GetObject"},
            {"id": "2", "principal": {"type": "service", "name": "ec2.amazonaws.com"}, "action": "s3:GetObject"},
            {"id": "3", "principal": {"type": "role", "id": "gone"}, "action": "s3:GetObject"},
            {"id": "4", "principal": {"type": "everyAccount", "role": "Ops", "policies": []}, "action": "s3:GetObject"}
        ]
    }"#;

    fn scenario() -> (Scenario, Option<TreeIndex>) {
        let scenario = file::read(SCENARIO).unwrap().scenario;
        let index = scenario.organization.as_ref().map(Organization::index);
        (scenario, index)
    }

    #[test]
    fn every_account_offers_its_users_and_roles_and_its_root_user() {
        let (scenario, index) = scenario();
        let listed: Vec<(String, Vec<String>)> = choices(&scenario, index.as_ref())
            .into_iter()
            .map(|group| {
                (
                    group.heading,
                    group
                        .choices
                        .into_iter()
                        .map(|choice| choice.text)
                        .collect(),
                )
            })
            .collect();
        let expected = [
            ("Management (111111111111)", vec!["Root user"]),
            ("Dev (222222222222)", vec!["User ana", "Root user"]),
            ("999999999999", vec!["Role Far", "Root user"]),
            ("All accounts", vec!["Role Admin in every member account"]),
        ];
        assert_eq!(listed.len(), expected.len());
        for ((heading, choices), (expected_heading, expected_choices)) in
            listed.iter().zip(expected)
        {
            assert_eq!(heading, expected_heading);
            assert_eq!(*choices, expected_choices);
        }
    }

    #[test]
    fn callers_that_the_list_does_not_have_stand_in_words() {
        let (scenario, index) = scenario();
        let shown: Vec<(String, Option<String>)> = scenario
            .requests
            .iter()
            .map(|request| {
                let words = words(&request.caller, &scenario, index.as_ref());
                (words, value_of(&request.caller, &scenario))
            })
            .collect();
        let word = |at: usize| shown[at].0.as_str();
        let value = |at: usize| shown[at].1.as_deref();
        assert_eq!((word(0), value(0)), ("ana, Dev", Some("user ana")));
        assert_eq!((word(1), value(1)), ("ec2.amazonaws.com", None));
        assert_eq!(
            (word(2), value(2)),
            ("gone (no such principal)", Some("role gone"))
        );
        assert_eq!((word(3), value(3)), ("Ops, every account", None));
    }
}
