//! Callers in words, and the callers that can be chosen.

use organization::{
    AccountId, Caller, CallerKind, PolicyId, Principal, PrincipalId, Scenario, SessionVia,
    TreeIndex,
};

use super::check;

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
        let name = texts::requests_caller_outside(&account.name);
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
            heading: texts::requests_caller_all_accounts().to_owned(),
            choices: vec![every_account()],
        });
    }
    groups
}

fn group(name: &str, account: &AccountId, mut choices: Vec<Choice>) -> ChoiceGroup {
    choices.push(Choice {
        value: format!("root {account}"),
        text: texts::common_root_user().to_owned(),
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
                text: texts::requests_caller_role(&role.name),
                kind: role_session(&role.id),
            }),
            Principal::User(user) => Some(Choice {
                value: format!("user {}", user.id),
                text: texts::requests_caller_user(&user.name),
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
        text: texts::requests_caller_role_every_member(&ADMIN_ROLE),
        kind: CallerKind::EveryAccount {
            role: ADMIN_ROLE.to_owned(),
            policies: vec![PolicyId::from(ADMIN_POLICY)],
        },
    }
}

/// The caller that a text names: in the words of the table or of the list, by its ARN, or as the
/// name of a service.
pub(super) fn named(
    text: &str,
    scenario: &Scenario,
    index: Option<&TreeIndex>,
) -> Option<CallerKind> {
    let text = text.trim();
    let is_it = |words: &str| words.eq_ignore_ascii_case(text);
    if text.is_empty() {
        return None;
    }
    let groups = choices(scenario, index);
    let mut choices = groups.iter().flat_map(|group| &group.choices);
    let listed = choices.find(|choice| {
        let caller = Caller::new(choice.kind.clone());
        is_it(&words(&caller, scenario, index)) || is_it(&arn(&choice.kind, scenario))
    });
    if let Some(choice) = listed {
        return Some(choice.kind.clone());
    }
    // What more is said of a caller elsewhere, such as MFA, belongs to its words.
    let mut requests = scenario.requests.iter().map(|request| &request.caller);
    if let Some(caller) = requests.find(|caller| is_it(&words(caller, scenario, index))) {
        return Some(caller.kind.clone());
    }
    if check::arn(text).is_none() {
        let arn = text.to_owned();
        return Some(CallerKind::Arn { arn });
    }
    let name = text.to_owned();
    if text.ends_with(".amazonaws.com") && check::service(text).is_none() {
        return Some(CallerKind::Service {
            name,
            source_arn: None,
            source_account: None,
        });
    }
    is_it(texts::who_anonymous()).then_some(CallerKind::Anonymous)
}

/// What is wrong with a caller, in a few words.
pub(super) fn problem(caller: &Caller, scenario: &Scenario) -> Option<&'static str> {
    match &caller.kind {
        CallerKind::Arn { arn } if check::arn(arn).is_some() => {
            Some(texts::requests_caller_such_caller_choose())
        }
        _ => {
            let gone = caller
                .principal()
                .is_some_and(|id| scenario.principal(id.as_str()).is_none());
            gone.then_some(texts::requests_caller_such_principal_choose())
        }
    }
}

/// The ARN of a user, a role or a root user; empty for other callers.
pub(super) fn arn(kind: &CallerKind, scenario: &Scenario) -> String {
    let partition = scenario
        .organization
        .as_ref()
        .map_or("aws", |it| &it.partition);
    let principal = match kind {
        CallerKind::Root { account } => return format!("arn:{partition}:iam::{account}:root"),
        CallerKind::User { id, .. } | CallerKind::Role { id, .. } => {
            scenario.principal(id.as_str())
        }
        _ => None,
    };
    match principal.map(|found| &**found) {
        Some(Principal::User(one)) => {
            format!(
                "arn:{partition}:iam::{}:user{}{}",
                one.account, one.path, one.name
            )
        }
        Some(Principal::Role(one)) => {
            format!(
                "arn:{partition}:iam::{}:role{}{}",
                one.account, one.path, one.name
            )
        }
        _ => String::new(),
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
        None => texts::requests_caller_no_such_principal(&id),
    };
    match &caller.kind {
        CallerKind::User { id, .. } | CallerKind::Role { id, .. } | CallerKind::Id(id) => {
            named(id, "")
        }
        CallerKind::UserSession { id, mfa } => match mfa {
            Some(true) => named(id, texts::requests_caller_mfa()),
            Some(false) => named(id, texts::requests_caller_no_mfa()),
            None => texts::requests_caller_session_of(&named(id, "")),
        },
        CallerKind::FederatedUser { name, issuer, .. } => {
            texts::requests_caller_federated_user_of(&name, &named(issuer, ""))
        }
        CallerKind::Root { account: id } => texts::requests_caller_root(&account(id)),
        CallerKind::AssumedRoot { account: id, .. } => {
            texts::requests_caller_assumed_root(&account(id))
        }
        CallerKind::Service { name, .. } => name.clone(),
        CallerKind::Saml { provider } => texts::requests_caller_saml(&provider),
        CallerKind::WebIdentity { provider, .. } => texts::requests_caller_web_identity(&provider),
        CallerKind::Anonymous => texts::who_anonymous().to_owned(),
        CallerKind::Arn { arn } => arn.clone(),
        CallerKind::EveryAccount { role, .. } => texts::who_every_account(&role),
        CallerKind::Unknown(_) => texts::requests_caller_unknown_kind_of_caller().to_owned(),
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
    fn callers_are_named_in_words_by_arn_and_as_services() {
        let (scenario, index) = scenario();
        for (text, kind) in [
            ("ANA, Dev", Some("user")),
            ("arn:aws:iam::222222222222:user/ana", Some("user")),
            ("arn:aws:iam::222222222222:root", Some("root")),
            ("root, Management", Some("root")),
            ("arn:aws:iam::999999999999:user/else", Some("arn")),
            ("s3.amazonaws.com", Some("service")),
            ("Admin, every account", Some("everyAccount")),
            ("Ops, every account", Some("everyAccount")),
            ("anonymous", Some("anonymous")),
            ("somebody", None),
            ("", None),
        ] {
            let found = named(text, &scenario, index.as_ref());
            let word = found.as_ref().map(super::super::caller_kind::word);
            assert_eq!(word, kind, "{text}");
        }
    }

    #[test]
    fn callers_that_the_list_does_not_have_stand_in_words() {
        let (scenario, index) = scenario();
        let shown: Vec<(String, bool)> = scenario
            .requests
            .iter()
            .map(|request| {
                let words = words(&request.caller, &scenario, index.as_ref());
                (words, problem(&request.caller, &scenario).is_some())
            })
            .collect();
        let own = |words: &str, wrong: bool| (words.to_owned(), wrong);
        assert_eq!(
            shown,
            [
                own("ana, Dev", false),
                own("ec2.amazonaws.com", false),
                own("gone (no such principal)", true),
                own("Ops, every account", false),
            ]
        );
    }
}
