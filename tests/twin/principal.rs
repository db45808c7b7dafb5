//! Whether `Principal` or `NotPrincipal` of a statement means the caller, and in which form
//! (§5.4 of the rule book).

use policy::{Effect, PrincipalEntry, ScopeMode, Statement};

use super::World;
use super::who::{Sort, Who};

/// The form in which a statement of a resource-based policy means the caller: the stronger, the
/// later (§4.3, EVAL-23).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// The whole account (RB-7).
    Account,
    /// The role of a session, or the user who issued a federated session (RB-2, RB-4).
    RoleOrIssuer,
    /// Everyone (RB-6).
    Everyone,
    /// The user, the session, the service or the identity provider itself (RB-1, RB-3, RB-5, RB-9).
    Itself,
}

/// What is asked of the principals of a statement.
pub(crate) struct Asked<'a> {
    pub(crate) world: &'a World<'a>,
    pub(crate) who: &'a Who,
    /// In lower case.
    pub(crate) action: &'a str,
    /// Whether the policy is a trust policy.
    pub(crate) trust: bool,
}

/// The form in which the statement means the caller; none if it does not.
pub(crate) fn form(statement: &Statement, asked: &Asked<'_>) -> Option<Form> {
    let scope = statement.principal.as_ref()?;
    let effect = statement.effect.as_ref()?.value;
    let entries: Vec<&PrincipalEntry> = scope.entries.iter().map(|entry| &entry.value).collect();
    if entries.is_empty() {
        return None;
    }
    match (scope.mode, effect) {
        (ScopeMode::Only, Effect::Allow) => (entries.iter())
            .filter(|entry| may_be_allowed(entry, asked))
            .filter_map(|entry| means(entry, asked.who))
            .max(),
        (ScopeMode::Only, Effect::Deny) => entries
            .iter()
            .filter_map(|entry| means(entry, asked.who))
            .max(),
        (ScopeMode::Except, Effect::Deny) => (!escapes(&entries, asked)).then_some(Form::Everyone),
        // PRIN-15.
        (ScopeMode::Except, Effect::Allow) => {
            let listed = entries
                .iter()
                .any(|entry| means(entry, asked.who).is_some());
            (!listed).then_some(Form::Everyone)
        }
    }
}

/// Whether the families of principals and the actions of a trust policy go together (TR-8, CHOICE-10).
fn may_be_allowed(entry: &PrincipalEntry, asked: &Asked<'_>) -> bool {
    let with_provider = matches!(
        asked.action,
        "sts:assumerolewithsaml" | "sts:assumerolewithwebidentity"
    );
    let by_provider = with_provider || matches!(asked.who.sort, Sort::Saml | Sort::WebIdentity);
    matches!(entry, PrincipalEntry::Federated(_)) || !(asked.trust && by_provider)
}

/// The form in which an entry means the caller (PRIN-1 … PRIN-11).
fn means(entry: &PrincipalEntry, who: &Who) -> Option<Form> {
    match entry {
        PrincipalEntry::Everyone => Some(Form::Everyone),
        PrincipalEntry::Aws(text) => aws(text, who),
        PrincipalEntry::Service(name) => {
            (who.service.as_ref() == Some(name)).then_some(Form::Itself)
        }
        PrincipalEntry::Federated(name) => federated(name, who).then_some(Form::Itself),
        PrincipalEntry::CanonicalUser(_) => None,
    }
}

fn aws(text: &str, who: &Who) -> Option<Form> {
    let is = |own: &Option<String>| own.as_deref() == Some(text);
    if is_account(text, who) {
        return Some(Form::Account);
    }
    match who.sort {
        Sort::User | Sort::UserSession => is(&who.user_arn).then_some(Form::Itself),
        Sort::Role if is(&who.session_arn) => Some(Form::Itself),
        Sort::Role => is_role(text, who).then_some(Form::RoleOrIssuer),
        Sort::Federated if is(&who.session_arn) => Some(Form::Itself),
        Sort::Federated => is(&who.user_arn).then_some(Form::RoleOrIssuer),
        _ => None,
    }
}

/// PRIN-3.
fn is_account(text: &str, who: &Who) -> bool {
    let (Some(account), Some(partition)) = (&who.account, &who.partition) else {
        return false;
    };
    text == account || text == format!("arn:{partition}:iam::{account}:root")
}

/// PRIN-5: a session carries the name of its role only, so that the path is not compared.
fn is_role(text: &str, who: &Who) -> bool {
    let (Some(account), Some(partition), Some(role)) = (&who.account, &who.partition, &who.role)
    else {
        return false;
    };
    let path = text.strip_prefix(&format!("arn:{partition}:iam::{account}:role/"));
    path.and_then(|path| path.rsplit('/').next()) == Some(role)
}

/// PRIN-9, CHOICE-10.
fn federated(name: &str, who: &Who) -> bool {
    let asks = matches!(who.sort, Sort::Saml | Sort::WebIdentity);
    let domain = |text: &str| match text.split_once(":oidc-provider/") {
        Some((_, domain)) => domain.to_owned(),
        None => text.to_owned(),
    };
    asks && (who.provider.as_deref()).is_some_and(|own| domain(own) == domain(name))
}

/// Whether a caller escapes a Deny with `NotPrincipal`: all its forms must be listed (PRIN-13), and
/// a user or role with a permissions boundary never escapes (PRIN-14).
fn escapes(entries: &[&PrincipalEntry], asked: &Asked<'_>) -> bool {
    let who = asked.who;
    let boundary_off = asked.world.is_off(policy::Kind::Boundary);
    if who.boundary.asked
        && !who.boundary.not_known
        && !boundary_off
        && !matches!(who.sort, Sort::Federated)
    {
        return false;
    }
    let lists = |own: &dyn Fn(&str) -> bool| {
        entries.iter().any(|entry| match entry {
            PrincipalEntry::Everyone => true,
            PrincipalEntry::Aws(text) => own(text),
            _ => false,
        })
    };
    let account = lists(&|text| is_account(text, who));
    let is = |own: &Option<String>| lists(&|text| own.as_deref() == Some(text));
    let account_or_not = account || !asked.world.rule("notPrincipalNeedsAccount", true);
    match who.sort {
        Sort::User | Sort::UserSession => is(&who.user_arn) && account_or_not,
        Sort::Role => is(&who.session_arn) && lists(&|text| is_role(text, who)) && account_or_not,
        Sort::Federated => is(&who.session_arn) && account_or_not,
        Sort::Root | Sort::AssumedRoot => account,
        Sort::Service | Sort::Saml | Sort::WebIdentity | Sort::Anonymous => {
            entries.iter().any(|entry| means(entry, who).is_some())
        }
    }
}
