//! What takes more than one edit: a request with its caller, a policy with its attachment.

use organization::{
    AccountId, Caller, Child, Created, Edit, Edited, NodeRef, PolicyUse, Principal, PrincipalId,
    PrincipalKind, Request, Scenario,
};
use policy::Kind;

use super::label::resource_name;

/// The managed policy that makes an administrator.
const ADMINISTRATOR_ACCESS: &str = "AdministratorAccess";
/// The names that a role made for a request gets: the first that is free.
const ROLE_NAMES: [&str; 3] = ["Admin", "Administrator", "PlaygroundAdmin"];
/// What a new request calls, until another action is typed.
const FIRST_ACTION: &str = "ec2:DescribeInstances";
/// Where it calls, unless the scenario has a default.
const FIRST_REGION: &str = "us-east-1";

/// Adds a request: an administrator's role session in the account. The role is made if there is
/// none, so that the first verdict is about SCPs and not about a missing identity policy.
pub(super) fn add_request(scenario: &Scenario, account: &AccountId) -> Result<Edited, String> {
    let (scenario, role) = with_admin_role(scenario, account)?;
    let mut request = Request::new(Caller::role(role), FIRST_ACTION, "*");
    if scenario.defaults.region.is_none() {
        request.region = Some(FIRST_REGION.to_owned());
    }
    let edit = Edit::AddRequest {
        request: Box::new(request),
        position: None,
    };
    scenario.apply(edit).map_err(|error| error.to_string())
}

fn with_admin_role(
    scenario: &Scenario,
    account: &AccountId,
) -> Result<(Scenario, PrincipalId), String> {
    let existing = scenario
        .principals
        .iter()
        .find(|principal| is_administrator(principal, account));
    if let Some(role) = existing {
        return Ok((scenario.clone(), role.id().clone()));
    }
    let mut refusal = String::new();
    for name in ROLE_NAMES {
        let edit = Edit::AddPrincipal {
            kind: PrincipalKind::Role,
            account: account.clone(),
            name: name.to_owned(),
            policies: vec![ADMINISTRATOR_ACCESS.into()],
        };
        match scenario.apply(edit) {
            Ok(Edited {
                scenario,
                created: Some(Created::Principal(role)),
                ..
            }) => return Ok((scenario, role)),
            Ok(_) => {}
            Err(error) => refusal = error.to_string(),
        }
    }
    Err(refusal)
}

/// A plain role with all permissions: no boundary, no path that would make it service-linked.
fn is_administrator(principal: &Principal, account: &AccountId) -> bool {
    match principal {
        Principal::Role(role) => {
            role.account == *account
                && role.path == "/"
                && role.permissions_boundary.is_none()
                && role
                    .policies
                    .iter()
                    .any(|policy| policy.as_str() == ADMINISTRATOR_ACCESS)
        }
        _ => false,
    }
}

/// The account that a new request is for where none is named: the selected one, or the first
/// below the selected OU, or the first that SCPs affect, or the management account.
pub(super) fn account_for_request(
    scenario: &Scenario,
    selected: Option<&str>,
) -> Option<AccountId> {
    let organization = scenario.organization.as_ref()?;
    let index = organization.index();
    let management = organization.management_account.as_ref();
    let below = selected
        .and_then(|id| index.node(id))
        .and_then(|node| match node {
            NodeRef::Account(account) => Some(account.id.clone()),
            NodeRef::Ou(ou) => first_account(&ou.children),
            NodeRef::Root(_) => None,
        });
    below.or_else(|| {
        let mut accounts = index.accounts().map(|account| &account.id);
        let first = accounts.next()?;
        std::iter::once(first)
            .chain(accounts)
            .find(|id| Some(*id) != management)
            .or(Some(first))
            .cloned()
    })
}

fn first_account(children: &[Child]) -> Option<AccountId> {
    children.iter().find_map(|child| match child {
        Child::Account(account) => Some(account.id.clone()),
        Child::Ou(ou) => first_account(&ou.children),
    })
}

/// Adds a policy with a text to start from, and attaches it.
pub(super) fn add_policy(
    scenario: &Scenario,
    kind: Kind,
    target: Option<&PolicyUse>,
) -> Result<Edited, String> {
    let edit = Edit::AddPolicy {
        name: free_name(scenario, &first_name(scenario, kind, target)),
        kind,
        text: starter(scenario, kind, target).into(),
    };
    let added = scenario.apply(edit).map_err(|error| error.to_string())?;
    let (Some(target), Some(Created::Policy(policy))) = (target, added.created.clone()) else {
        return Ok(added);
    };
    let edit = Edit::UsePolicy {
        policy,
        place: target.clone(),
    };
    let attached = added
        .scenario
        .apply(edit)
        .map_err(|error| error.to_string())?;
    Ok(Edited {
        created: added.created,
        ..attached
    })
}

/// Adds a user, group or role under a free name.
pub(super) fn add_principal(
    scenario: &Scenario,
    kind: PrincipalKind,
    account: &AccountId,
) -> Result<Edited, String> {
    let (word, policies) = match kind {
        PrincipalKind::User => (texts::subject_user(), vec![]),
        PrincipalKind::Group => (texts::subject_group(), vec![]),
        PrincipalKind::Role => (texts::subject_role(), vec![ADMINISTRATOR_ACCESS.into()]),
    };
    let taken = |name: &str| {
        scenario.principals.iter().any(|principal| {
            principal.account() == Some(account) && principal.name().eq_ignore_ascii_case(name)
        })
    };
    let name = numbered(word, taken);
    scenario
        .apply(Edit::AddPrincipal {
            kind,
            account: account.clone(),
            name,
            policies,
        })
        .map_err(|error| error.to_string())
}

fn free_name(scenario: &Scenario, name: &str) -> String {
    numbered(name, |name| {
        scenario
            .policies
            .iter()
            .any(|policy| policy.name.eq_ignore_ascii_case(name))
    })
}

fn numbered(name: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(name) {
        return name.to_owned();
    }
    (2_usize..)
        .map(|number| format!("{name} {number}"))
        .find(|name| !taken(name))
        .unwrap_or_else(|| name.to_owned())
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Scp => "SCP",
        Kind::Rcp => "RCP",
        Kind::Identity => texts::kind_identity(),
        Kind::Boundary => texts::state_compose_boundary(),
        Kind::Session => texts::kind_session(),
        Kind::Resource => texts::kind_resource(),
        Kind::Trust => texts::kind_trust(),
        Kind::Endpoint => texts::kind_endpoint(),
    }
}

/// What a new policy is called: where it is the only one of its kind, after its holder.
fn first_name(scenario: &Scenario, kind: Kind, place: Option<&PolicyUse>) -> String {
    let holder = match place {
        Some(PolicyUse::Boundary(id) | PolicyUse::Trust(id)) => {
            scenario.principal(id.as_str()).map(|one| one.name())
        }
        Some(PolicyUse::Resource(arn)) => Some(resource_name(arn)),
        Some(PolicyUse::Endpoint(id)) => Some(id.as_str()),
        _ => None,
    };
    format!(
        "{} {}",
        holder.unwrap_or(texts::common_new()),
        kind_word(kind)
    )
}

/// A valid text to start from, fitting to where it is used.
pub(super) fn starter(scenario: &Scenario, kind: Kind, place: Option<&PolicyUse>) -> String {
    let owner = place.and_then(|place| owner(scenario, place));
    let owner = owner.as_ref().map_or("111111111111", AccountId::as_str);
    let principal = format!(r#""Principal": {{ "AWS": "{owner}" }},"#);
    let (action, resource) = match place {
        Some(PolicyUse::Resource(arn)) => first_grant(arn),
        _ => first_grant("arn:aws:s3:::example-bucket"),
    };
    let action = format!(r#""Action": "{action}","#);
    let resource = format!(r#""Resource": "{resource}""#);
    let lines: &[&str] = match kind {
        Kind::Scp => &[
            r#""Effect": "Deny","#,
            r#""Action": "organizations:LeaveOrganization","#,
            r#""Resource": "*""#,
        ],
        Kind::Rcp => &[
            r#""Effect": "Deny","#,
            r#""Principal": "*","#,
            r#""Action": "s3:*","#,
            r#""Resource": "*","#,
            r#""Condition": { "Bool": { "aws:SecureTransport": "false" } }"#,
        ],
        Kind::Resource => &[r#""Effect": "Allow","#, &principal, &action, &resource],
        Kind::Trust => &[
            r#""Effect": "Allow","#,
            &principal,
            r#""Action": "sts:AssumeRole""#,
        ],
        Kind::Endpoint => &[
            r#""Effect": "Allow","#,
            r#""Principal": "*","#,
            r#""Action": "*","#,
            r#""Resource": "*""#,
        ],
        Kind::Boundary => &[
            r#""Effect": "Allow","#,
            r#""Action": ["ec2:*", "s3:*", "cloudwatch:*"],"#,
            r#""Resource": "*""#,
        ],
        Kind::Session => &[
            r#""Effect": "Allow","#,
            r#""Action": "s3:GetObject","#,
            r#""Resource": "*""#,
        ],
        Kind::Identity => &[
            r#""Effect": "Allow","#,
            r#""Action": "ec2:*","#,
            r#""Resource": "*""#,
        ],
    };
    let body: String = lines.iter().map(|line| format!("      {line}\n")).collect();
    format!("{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {{\n{body}    }}\n  ]\n}}")
}

/// The account whose role or resource a policy is for.
fn owner(scenario: &Scenario, place: &PolicyUse) -> Option<AccountId> {
    match place {
        PolicyUse::Trust(id) => scenario.principal(id.as_str())?.account().cloned(),
        PolicyUse::Resource(arn) => {
            let in_arn = arn.split(':').nth(4).filter(|id| !id.is_empty());
            let mut listed = scenario.resources.iter().filter(|one| one.arn == *arn);
            in_arn
                .map(AccountId::from)
                .or_else(|| listed.next()?.account.clone())
        }
        _ => None,
    }
}

/// The action and resource of a first statement about a resource.
fn first_grant(arn: &str) -> (String, String) {
    let arn = arn.replace(['"', '\\'], "");
    let service = arn.split(':').nth(2).unwrap_or("s3");
    match service {
        "s3" if !arn.contains('/') => ("s3:GetObject".to_owned(), format!("{arn}/*")),
        // A key policy names its own key.
        "kms" => ("kms:*".to_owned(), "*".to_owned()),
        service => (format!("{service}:*"), arn.clone()),
    }
}
