//! The kinds of caller, and what becomes of a caller when another kind is chosen.

use organization::{
    AccountId, Caller, CallerKind, PolicyId, Principal, PrincipalId, Scenario, SessionVia,
};

use super::caller::{ADMIN_POLICY, ADMIN_ROLE};
use texts::Text;

/// A kind of caller in words.
pub(super) struct Kind {
    /// As the value of its option.
    pub(super) word: &'static str,
    /// As its option says.
    pub(super) words: Text,
    /// What is special about it.
    pub(super) remark: Option<Text>,
}

/// All of them.
pub(super) const KINDS: [Kind; 12] = [
    kind("role", texts::REQUESTS_CALLER_KIND_ROLE_SESSION, None),
    kind(
        "user",
        texts::REQUESTS_CALLER_KIND_USER_WITH_ACCESS_KEYS,
        Some(texts::REQUESTS_CALLER_KIND_ACCESS_KEYS_NEVER),
    ),
    kind(
        "userSession",
        texts::REQUESTS_CALLER_KIND_USER_WITH_A_SESSION,
        Some(texts::REQUESTS_CALLER_KIND_CREDENTIALS_OF_STS_GETSESSIONTOKEN),
    ),
    kind("root", texts::COMMON_ROOT_USER, None),
    kind(
        "assumedRoot",
        texts::REQUESTS_CALLER_KIND_ROOT_SESSION_ANOTHER,
        Some(texts::REQUESTS_CALLER_KIND_OPENED_STS_ASSUMEROOT),
    ),
    kind(
        "everyAccount",
        texts::REQUESTS_CALLER_KIND_ROLE_EVERY_MEMBER,
        Some(texts::REQUESTS_CALLER_KIND_ONE_ROW_EACH),
    ),
    kind(
        "federatedUser",
        texts::REQUESTS_CALLER_KIND_FEDERATED_USER,
        Some(texts::REQUESTS_CALLER_KIND_CREDENTIALS_STS_GETFEDERATIONTOKEN),
    ),
    kind(
        "service",
        texts::REQUESTS_CALLER_KIND_AWS_SERVICE,
        Some(texts::REQUESTS_CALLER_KIND_CALLS_OWN_NAME),
    ),
    kind(
        "saml",
        texts::REQUESTS_CALLER_KIND_SAML_USER_BEFORE,
        Some(texts::REQUESTS_CALLER_KIND_CAN_CALL_STS),
    ),
    kind(
        "webIdentity",
        texts::REQUESTS_CALLER_KIND_WEB_IDENTITY_BEFORE,
        Some(texts::REQUESTS_CALLER_KIND_CAN_CALL_STS_ASSUMEROLEWITHWEBIDENTITY),
    ),
    kind(
        "anonymous",
        texts::REQUESTS_CALLER_KIND_ANONYMOUS,
        Some(texts::REQUESTS_CALLER_KIND_SIGNED_ONLY_RESOURCE),
    ),
    kind(
        "arn",
        texts::REQUESTS_CALLER_KIND_ANOTHER_PRINCIPAL_ARN,
        Some(texts::REQUESTS_CALLER_KIND_OWN_POLICIES_KNOWN),
    ),
];

const fn kind(word: &'static str, words: Text, remark: Option<Text>) -> Kind {
    Kind {
        word,
        words,
        remark,
    }
}

/// The word of a caller's kind; empty for one that this version does not know.
pub(super) fn word(kind: &CallerKind) -> &'static str {
    match kind {
        CallerKind::User { .. } => "user",
        CallerKind::UserSession { .. } => "userSession",
        CallerKind::Role { .. } => "role",
        CallerKind::FederatedUser { .. } => "federatedUser",
        CallerKind::Root { .. } => "root",
        CallerKind::AssumedRoot { .. } => "assumedRoot",
        CallerKind::Service { .. } => "service",
        CallerKind::Saml { .. } => "saml",
        CallerKind::WebIdentity { .. } => "webIdentity",
        CallerKind::Anonymous => "anonymous",
        CallerKind::Arn { .. } => "arn",
        CallerKind::EveryAccount { .. } => "everyAccount",
        CallerKind::Id(_) | CallerKind::Unknown(_) => "",
    }
}

/// A caller that is named by a bare id, spelled out: the same, with fields for more.
pub(super) fn spelled_out(caller: &mut Caller, scenario: &Scenario) {
    if let CallerKind::Id(id) = &caller.kind {
        match scenario.principal(id.as_str()).map(|found| &**found) {
            Some(Principal::User(_)) => caller.kind = Caller::user(id.clone()).kind,
            Some(Principal::Role(_)) | None => caller.kind = Caller::role(id.clone()).kind,
            Some(_) => {}
        }
    }
}

/// The caller as another kind. What both kinds say stays as it was: the principal, the account,
/// MFA, session policies.
pub(super) fn switched(
    caller: &Caller,
    word: &str,
    account: Option<AccountId>,
    scenario: &Scenario,
) -> Option<CallerKind> {
    let account = account.unwrap_or_else(|| AccountId::from(""));
    let principal = |wanted: fn(&Principal) -> bool| -> PrincipalId {
        let is_it = |found: &&Principal| wanted(found);
        let named = caller.principal();
        let named = named.and_then(|id| scenario.principal(id.as_str()));
        let mut all = scenario.principals.iter().map(|one| &**one).filter(is_it);
        let found = named.map(|one| &**one).filter(is_it).or_else(|| {
            let here = all.clone().find(|one| one.account() == Some(&account));
            here.or_else(|| all.next())
        });
        found.map_or_else(|| PrincipalId::from(""), |found| found.id().clone())
    };
    let user = || principal(|one| matches!(one, Principal::User(_)));
    let role = || principal(|one| matches!(one, Principal::Role(_)));
    let mfa = match caller.kind {
        CallerKind::UserSession { mfa, .. } | CallerKind::Role { mfa, .. } => mfa,
        _ => None,
    };
    let session_policies = match &caller.kind {
        CallerKind::EveryAccount { .. } => Vec::new(),
        _ => caller.policies().to_vec(),
    };
    Some(match word {
        "user" => Caller::user(user()).kind,
        "userSession" => CallerKind::UserSession { id: user(), mfa },
        "role" => CallerKind::Role {
            id: role(),
            session: None,
            via: SessionVia::default(),
            provider: None,
            mfa,
            source_identity: None,
            tags: Default::default(),
            session_policies,
        },
        "federatedUser" => CallerKind::FederatedUser {
            name: "federated".to_owned(),
            issuer: user(),
            session_policies,
        },
        "root" => CallerKind::Root { account },
        "assumedRoot" => CallerKind::AssumedRoot {
            account,
            task_policy: None,
        },
        "service" => CallerKind::Service {
            name: "cloudtrail.amazonaws.com".to_owned(),
            source_arn: None,
            source_account: None,
        },
        "saml" => CallerKind::Saml {
            provider: format!("arn:aws:iam::{account}:saml-provider/Example"),
        },
        "webIdentity" => CallerKind::WebIdentity {
            provider: "accounts.google.com".to_owned(),
            context: Vec::new(),
        },
        "anonymous" => CallerKind::Anonymous,
        "arn" => CallerKind::Arn {
            arn: format!("arn:aws:iam::{account}:role/Example"),
        },
        "everyAccount" => CallerKind::EveryAccount {
            role: ADMIN_ROLE.to_owned(),
            policies: vec![PolicyId::from(ADMIN_POLICY)],
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use organization::file;

    use super::*;

    const SCENARIO: &str = r#"{
        "version": 1,
        "principals": [
            {"id": "far", "type": "user", "account": "999999999999", "name": "far"},
            {"id": "ana", "type": "user", "account": "222222222222", "name": "ana"},
            {"id": "ops", "type": "role", "account": "222222222222", "name": "Ops"}
        ]
    }"#;

    #[test]
    fn every_kind_can_be_chosen_and_is_shown_as_what_it_is() {
        let scenario = file::read(SCENARIO).unwrap().scenario;
        let caller = Caller::role(PrincipalId::from("ops"));
        for kind in &KINDS {
            let account = Some(AccountId::from("222222222222"));
            let chosen = switched(&caller, kind.word, account, &scenario).unwrap();
            assert_eq!(word(&chosen), kind.word);
        }
        assert_eq!(switched(&caller, "", None, &scenario), None);
    }

    #[test]
    fn what_both_kinds_say_stays() {
        let scenario = file::read(SCENARIO).unwrap().scenario;
        let session = Caller::new(CallerKind::UserSession {
            id: PrincipalId::from("far"),
            mfa: Some(true),
        });
        let account = || Some(AccountId::from("222222222222"));
        let user = switched(&session, "user", account(), &scenario).unwrap();
        assert_eq!(user, Caller::user(PrincipalId::from("far")).kind);
        let role = switched(&session, "role", account(), &scenario).unwrap();
        let CallerKind::Role { id, mfa, .. } = &role else {
            panic!("{role:?}");
        };
        assert_eq!((id.as_str(), *mfa), ("ops", Some(true)));
        let back = switched(&Caller::new(role), "userSession", account(), &scenario).unwrap();
        let CallerKind::UserSession { id, mfa } = &back else {
            panic!("{back:?}");
        };
        assert_eq!(
            (id.as_str(), *mfa),
            ("ana", Some(true)),
            "a user of the same account"
        );
    }
}
