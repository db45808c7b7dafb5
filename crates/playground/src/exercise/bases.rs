//! Who calls, from where and on whose resources, so that a policy is asked at all.

use organization::{
    AccountId, Caller, CallerKind, Child, Edit, NodeRef, PolicyId, PolicyUse, Principal, Request,
    Scenario, TreeIndex,
};
use policy::Kind;

use super::REGION;
use super::samples::resource_of;
use super::values::Given;
use crate::engine::Scene;

/// Most callers that are tried.
const MOST: usize = 8;

/// The start of a request: all but what it does.
#[derive(Clone, Debug)]
pub(super) struct Base {
    /// Who calls.
    pub(super) caller: Caller,
    /// Whose resources are called.
    account: AccountId,
    /// The resource whose policy is exercised.
    resource: Option<String>,
    /// The endpoint on the way.
    endpoint: Option<String>,
    /// The region of the call, and whether requests have to name it.
    region: (String, bool),
    partition: String,
}

impl Base {
    /// A request that does this on that.
    pub(super) fn asking(&self, action: &str, resource: &str) -> Request {
        let (region, named) = &self.region;
        let mut request = Request::new(self.caller.clone(), action, resource);
        request.region = named.then(|| region.clone());
        request.endpoint.clone_from(&self.endpoint);
        let owner = resource.split(':').nth(4).unwrap_or("?");
        if owner.is_empty() {
            request.resource_account = Some(self.account.clone());
        }
        request
    }

    /// What an action acts on here.
    pub(super) fn resource(&self, action: &str) -> String {
        self.resource.clone().unwrap_or_else(|| {
            let resource = resource_of(action, &self.region.0, self.account.as_str());
            resource.replacen("arn:aws:", &format!("arn:{}:", self.partition), 1)
        })
    }

    /// An ARN made of a pattern, with the partition, region and account of the call.
    pub(super) fn tidy_text(&self, text: &str) -> String {
        if !text.starts_with("arn:") {
            return text.to_owned();
        }
        let mine = [&*self.partition, "", &self.region.0, self.account.as_str()];
        let part = |(at, part): (usize, &str)| match at.checked_sub(1) {
            Some(at) if part == "example" => mine.get(at).map_or(part, |mine| *mine).to_owned(),
            _ => part.to_owned(),
        };
        let parts: Vec<String> = text.splitn(6, ':').enumerate().map(part).collect();
        parts.join(":")
    }

    /// The same for the value of a key.
    pub(super) fn tidy(&self, given: Given) -> Given {
        match given {
            Given::Value(text) => Given::Value(self.tidy_text(&text)),
            Given::Absent => Given::Absent,
        }
    }
}

/// The scenario with everything switched on, and an SCP or RCP that is attached nowhere attached
/// to the root; none if it can't be.
pub(super) fn attached(scenario: &Scenario, policy: &PolicyId) -> Option<Scenario> {
    let kind = scenario.policy(policy.as_str())?.kind()?;
    let scenario = match scenario.settings.off.is_empty() {
        true => scenario.clone(),
        false => scenario.apply(Edit::SwitchAllOn).ok()?.scenario,
    };
    let by_level = matches!(kind, Kind::Scp | Kind::Rcp);
    if !by_level || !scenario.policy_uses(policy.as_str()).is_empty() {
        return Some(scenario);
    }
    let organization = scenario.organization.as_ref()?;
    let node = organization.root.id.clone();
    let scenario = match organization.enables(kind) {
        true => scenario,
        false => scenario.apply(Edit::EnablePolicyType(kind)).ok()?.scenario,
    };
    let edit = Edit::Attach {
        node,
        policy: policy.clone(),
        position: None,
    };
    Some(scenario.apply(edit).ok()?.scenario)
}

/// Callers that the policy is weighed for, the likeliest first.
pub(super) fn bases(scene: &Scene<'_>, policy: &PolicyId) -> Vec<Base> {
    let scenario = scene.scenario;
    let tree = scene.tree.as_deref();
    let default = scenario.defaults.region.clone();
    let organization = scenario.organization.as_ref();
    let start = Base {
        caller: Caller::new(CallerKind::Anonymous),
        account: AccountId::from(""),
        resource: None,
        endpoint: None,
        region: (
            default.clone().unwrap_or_else(|| REGION.to_owned()),
            default.is_none(),
        ),
        partition: organization.map_or_else(|| "aws".to_owned(), |it| it.partition.to_string()),
    };
    let kind = scenario.policy(policy.as_str()).and_then(|it| it.kind());
    let mut all: Vec<Base> = Vec::new();
    for used in scenario.policy_uses(policy.as_str()) {
        match used {
            PolicyUse::Node(node) => {
                for account in below(scenario, tree, node.as_str()) {
                    let own = in_account(scenario, &account);
                    let callers = match kind {
                        Some(Kind::Rcp) => own.into_iter().take(2).chain(strangers(scenario, tree)),
                        _ => own.into_iter().take(MOST).chain(Vec::new()),
                    };
                    all.extend(callers.map(|caller| Base {
                        caller,
                        account: account.clone(),
                        ..start.clone()
                    }));
                }
            }
            PolicyUse::Identity(id) | PolicyUse::Boundary(id) => {
                let holder = scenario.principal(id.as_str()).map(|one| &**one);
                let members = scenario.principals.iter().map(|one| &**one);
                let members = members.filter(|one| match one {
                    Principal::User(user) => user.groups.contains(&id),
                    _ => false,
                });
                all.extend(holder.into_iter().chain(members).filter_map(|one| {
                    Some(Base {
                        caller: caller(one)?,
                        account: one.account()?.clone(),
                        ..start.clone()
                    })
                }));
            }
            PolicyUse::Caller(id) => {
                if let Some(request) = scenario.request(id.as_str()) {
                    let named = request.caller.principal();
                    let named = named.and_then(|id| scenario.principal(id.as_str()));
                    all.push(Base {
                        caller: request.caller.clone(),
                        account: named
                            .and_then(|one| one.account())
                            .cloned()
                            .unwrap_or_else(|| start.account.clone()),
                        ..start.clone()
                    });
                }
            }
            PolicyUse::Trust(id) => {
                if let Some(Principal::Role(role)) =
                    scenario.principal(id.as_str()).map(|one| &**one)
                {
                    let arn = format!(
                        "arn:{}:iam::{}:role{}{}",
                        start.partition, role.account, role.path, role.name
                    );
                    all.extend(anybody(scenario, tree, &role.account, &start, Some(arn)));
                }
            }
            PolicyUse::Resource(arn) => {
                let listed = scenario.resources.iter().find(|one| one.arn == arn);
                let in_arn = arn.split(':').nth(4).filter(|id| !id.is_empty());
                let owner = in_arn.map(AccountId::from);
                let owner = owner.or_else(|| listed?.account.clone());
                if let Some(owner) = owner {
                    all.extend(anybody(scenario, tree, &owner, &start, Some(arn)));
                }
            }
            PolicyUse::Endpoint(id) => {
                let endpoint = scenario.endpoint(&id);
                let owner = endpoint.and_then(|one| one.account.clone());
                let first = || scenario.principals.first()?.account().cloned();
                if let Some(owner) = owner.or_else(first) {
                    let start = Base {
                        endpoint: Some(id),
                        ..start.clone()
                    };
                    all.extend(anybody(scenario, tree, &owner, &start, None));
                }
            }
        }
    }
    all.truncate(MOST);
    all
}

/// Callers of an account and others, on a resource of that account.
fn anybody(
    scenario: &Scenario,
    tree: Option<&TreeIndex>,
    owner: &AccountId,
    start: &Base,
    resource: Option<String>,
) -> Vec<Base> {
    let others = scenario.principals.iter().map(|one| &**one);
    let others = others.filter(|one| one.account() != Some(owner));
    let own = in_account(scenario, owner).into_iter().take(3);
    let callers = own
        .chain(others.filter_map(caller).take(2))
        .chain(strangers(scenario, tree));
    let base = |caller: Caller| Base {
        caller,
        account: owner.clone(),
        resource: resource.clone(),
        ..start.clone()
    };
    callers.map(base).collect()
}

/// The first few accounts at a node and below it, those with users or roles before the others,
/// without the management account.
fn below(scenario: &Scenario, tree: Option<&TreeIndex>, node: &str) -> Vec<AccountId> {
    fn gather(children: &[Child], all: &mut Vec<AccountId>) {
        for child in children {
            match child {
                Child::Account(account) => all.push(account.id.clone()),
                Child::Ou(ou) => gather(&ou.children, all),
            }
        }
    }
    let mut all = Vec::new();
    match tree.and_then(|tree| tree.node(node)) {
        Some(NodeRef::Account(account)) => all.push(account.id.clone()),
        Some(node) => gather(node.children(), &mut all),
        None => {}
    }
    let organization = scenario.organization.as_ref();
    let management = organization.and_then(|it| it.management_account.as_ref());
    all.retain(|id| Some(id) != management);
    let has_some = |id: &AccountId| {
        scenario
            .principals
            .iter()
            .any(|one| one.account() == Some(id))
    };
    policy::sort_by(&mut all, |a, b| has_some(b).cmp(&has_some(a)));
    all.truncate(3);
    all
}

/// The roles and users of an account, administrators first; its root user if there are none.
fn in_account(scenario: &Scenario, account: &AccountId) -> Vec<Caller> {
    let own = scenario.principals.iter().map(|one| &**one);
    let mut own: Vec<&Principal> = own.filter(|one| one.account() == Some(account)).collect();
    let later = |one: &Principal| {
        let is_admin = |id: &PolicyId| id.as_str() == "AdministratorAccess";
        let administrator = one.policies().iter().any(is_admin);
        (!administrator, !matches!(one, Principal::Role(_)))
    };
    policy::sort_by(&mut own, |a, b| later(a).cmp(&later(b)));
    let mut callers: Vec<Caller> = own.into_iter().filter_map(caller).collect();
    if callers.is_empty() {
        callers.push(Caller::new(CallerKind::Root {
            account: account.clone(),
        }));
    }
    callers
}

fn caller(principal: &Principal) -> Option<Caller> {
    match principal {
        Principal::Role(role) => Some(Caller::role(role.id.clone())),
        Principal::User(user) => Some(Caller::user(user.id.clone())),
        Principal::Group(_) | Principal::Other { .. } => None,
    }
}

/// Callers from elsewhere: an account outside, or nobody.
fn strangers(scenario: &Scenario, tree: Option<&TreeIndex>) -> Vec<Caller> {
    let inside = |id: &AccountId| tree.is_some_and(|tree| tree.account(id.as_str()).is_some());
    let mut principals = scenario.principals.iter().map(|one| &**one);
    let outside = principals.find(|one| one.account().is_some_and(|id| !inside(id)));
    let outside = outside.and_then(caller).or_else(|| {
        let account = scenario.external_accounts.first()?.id.clone();
        Some(Caller::new(CallerKind::Root { account }))
    });
    let nobody = Caller::new(CallerKind::Anonymous);
    outside.into_iter().chain([nobody]).collect()
}
