//! The context keys of a request: those that follow from the scenario (K-1 … K-42, KEY-4, KEY-5),
//! and those that were typed.

use std::collections::BTreeMap;
use std::rc::Rc;

use organization::{AccountId, Context, ContextValue, Request, Scalar, SessionVia, UnstatedKeys};

use crate::condition::Instant;
use crate::context::{AbsentWhy, ActionName, KeyState, Origin, RequestContext, Values};
use crate::rules::{Rule, Rules};
use crate::scene::{Membership, Owner, RoleSession, Target, Who, WhoKind, World};
use crate::trace::Blocker;

/// The context of one resource of a request. `owner` is the reading of the owner.
pub(crate) fn context(
    world: &World<'_>,
    request: &Request,
    who: &Who<'_>,
    target: &Target<'_>,
    owner: &Owner,
    action: &ActionName,
) -> Result<RequestContext, Blocker> {
    let unstated = match world.scenario.settings.unstated_keys {
        UnstatedKeys::Unknown => KeyState::Unknown,
        UnstatedKeys::Absent => KeyState::Absent(AbsentWhy::Unstated),
    };
    let partition = world.caller_partition(who, target, owner);
    let rules = Rules::of(&world.scenario.settings);
    let mut keys = Keys {
        context: RequestContext::new(
            action.clone(),
            target.arn.into(),
            who.caller(world, target, owner),
            rules,
            unstated,
        ),
    };
    // RES-9; the rule can be switched off (OPEN-1).
    if rules.holds(Rule::ListBucketsOnAnyBucket)
        && target.arn == "*"
        && *action.service == *"s3"
        && *action.name == *"listallmybuckets"
    {
        keys.context.resource_alias = Some(format!("arn:{partition}:s3:::*").into());
    }
    caller(&mut keys, world, request, who, partition);
    network(&mut keys, world, request, who);
    resource(&mut keys, world, who, target, owner, action);
    tags(&mut keys, request);
    time_and_region(&mut keys, world, request, action, partition)?;
    typed(&mut keys, world, request, target);
    typed_tags(&mut keys, world, request, target);
    Ok(keys.context)
}

struct Keys {
    context: RequestContext,
}

impl Keys {
    fn known(&mut self, key: &str, value: impl Into<Rc<str>>) {
        self.context.set(key, derived(Values::One(value.into())));
    }

    fn many(&mut self, key: &str, values: Vec<Rc<str>>) {
        self.context.set(key, derived(Values::Many(values)));
    }

    fn flag(&mut self, key: &str, value: bool) {
        self.known(key, if value { "true" } else { "false" });
    }

    fn absent(&mut self, names: &[&str], why: AbsentWhy) {
        for key in names {
            self.context.set(key, KeyState::Absent(why));
        }
    }

    fn present(&mut self, names: &[&str]) {
        for key in names {
            self.context.set(key, KeyState::PresentUnknown);
        }
    }

    fn unknown(&mut self, names: &[&str]) {
        for key in names {
            self.context.set(key, KeyState::Unknown);
        }
    }

    fn known_or(&mut self, key: &str, value: Option<&str>, otherwise: KeyState) {
        match value {
            Some(value) => self.known(key, value),
            None => self.context.set(key, otherwise),
        }
    }
}

fn derived(values: Values) -> KeyState {
    KeyState::Known {
        values,
        origin: Origin::Derived,
    }
}

const ORGANIZATION_OF_PRINCIPAL: [&str; 2] = ["aws:principalorgid", "aws:principalorgpaths"];
const SERVICE_NAMES: [&str; 2] = ["aws:principalservicename", "aws:principalservicenameslist"];
const SOURCE: [&str; 4] = [
    "aws:sourcearn",
    "aws:sourceaccount",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
];
const SESSION: [&str; 6] = [
    "aws:tokenissuetime",
    "aws:multifactorauthpresent",
    "aws:multifactorauthage",
    "aws:sourceidentity",
    "aws:federatedprovider",
    "aws:assumedroot",
];
const COMPUTE: [&str; 2] = [
    "aws:ec2instancesourcevpc",
    "aws:ec2instancesourceprivateipv4",
];
const ENDPOINT: [&str; 7] = [
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:vpcsourceip",
    "aws:sourcevpcarn",
    "aws:vpceaccount",
    "aws:vpceorgid",
    "aws:vpceorgpaths",
];

/// K-1 … K-19 and the table K-T.
fn caller(keys: &mut Keys, world: &World<'_>, request: &Request, who: &Who<'_>, partition: &str) {
    keys.absent(&SERVICE_NAMES, AbsentWhy::Caller);
    keys.absent(&SOURCE, AbsentWhy::Caller);
    keys.absent(&SESSION, AbsentWhy::Caller);
    keys.absent(&["aws:username"], AbsentWhy::Caller);
    keys.flag("aws:principalisawsservice", false);
    // Nobody said the tags of a principal that has no entry.
    let tags = match who.unlisted {
        Some(_) => KeyState::Unknown,
        None => KeyState::Absent(AbsentWhy::NoTag),
    };
    keys.context.set_family("aws:principaltag/", tags);
    if !matches!(who.kind, WhoKind::RoleSession(_)) {
        keys.absent(&COMPUTE, AbsentWhy::Caller);
    }
    if let Some(account) = &who.account {
        keys.known("aws:principalaccount", account.as_str());
        organization_of_principal(keys, world, account);
    }
    let account = who.account.as_ref().map_or("", |id| id.as_str());
    match &who.kind {
        WhoKind::User(user) | WhoKind::UserSession { user, .. } => {
            let arn = format!(
                "arn:{partition}:iam::{account}:user{}{}",
                user.path, user.name
            );
            keys.known("aws:principalarn", arn);
            keys.known("aws:principaltype", "User");
            keys.known("aws:username", user.name);
            keys.present(&["aws:userid"]);
            principal_tags(keys, user.tags, None);
            match who.kind {
                WhoKind::UserSession { mfa, .. } => {
                    keys.present(&["aws:tokenissuetime"]);
                    mfa_of_session(keys, mfa);
                }
                // K-15: a service that forwards the call of a user with long-term keys says false.
                _ if !request.via.is_empty() => keys.flag("aws:multifactorauthpresent", false),
                _ => keys.absent(&SESSION, AbsentWhy::LongTermKeys),
            }
        }
        WhoKind::RoleSession(session) => role_session(keys, session, partition, account),
        WhoKind::FederatedUser { name, .. } => {
            let arn = format!("arn:{partition}:sts::{account}:federated-user/{name}");
            keys.known("aws:principalarn", arn);
            keys.known("aws:principaltype", "FederatedUser");
            keys.known("aws:userid", format!("{account}:{name}"));
            keys.present(&["aws:tokenissuetime"]);
            keys.unknown(&["aws:multifactorauthpresent", "aws:multifactorauthage"]);
        }
        WhoKind::Root | WhoKind::AssumedRoot => {
            keys.known(
                "aws:principalarn",
                format!("arn:{partition}:iam::{account}:root"),
            );
            keys.known("aws:principaltype", "Account");
            keys.known("aws:userid", account);
            if matches!(who.kind, WhoKind::AssumedRoot) {
                keys.flag("aws:assumedroot", true);
                keys.present(&["aws:tokenissuetime"]);
            } else {
                keys.unknown(&["aws:tokenissuetime"]);
            }
            keys.unknown(&["aws:multifactorauthpresent", "aws:multifactorauthage"]);
        }
        WhoKind::Service {
            name,
            source_arn,
            source_account,
        } => service(keys, world, name, *source_arn, *source_account),
        WhoKind::Saml { .. } | WhoKind::WebIdentity { .. } => {
            keys.absent(
                &["aws:principalarn", "aws:principalisawsservice"],
                AbsentWhy::Caller,
            );
            keys.absent(&ORGANIZATION_OF_PRINCIPAL, AbsentWhy::Caller);
            keys.unknown(&["aws:principalaccount", "aws:principaltype", "aws:userid"]);
            if let WhoKind::WebIdentity { provider, context } = &who.kind {
                keys.known("aws:federatedprovider", *provider);
                for (key, value) in *context {
                    keys.context.set(key, known(key, value, Origin::Request));
                }
            }
        }
        WhoKind::Anonymous => {
            keys.known("aws:principalaccount", "anonymous");
            keys.known("aws:principaltype", "Anonymous");
            keys.known("aws:userid", "anonymous");
            keys.absent(
                &["aws:principalarn", "aws:principalisawsservice"],
                AbsentWhy::Caller,
            );
            keys.absent(&ORGANIZATION_OF_PRINCIPAL, AbsentWhy::Caller);
        }
    }
}

/// K-3, K-4
fn organization_of_principal(keys: &mut Keys, world: &World<'_>, account: &AccountId) {
    let [id, paths] = ORGANIZATION_OF_PRINCIPAL;
    organization_of(keys, world, account, id, paths);
}

fn organization_of(
    keys: &mut Keys,
    world: &World<'_>,
    account: &AccountId,
    id_key: &str,
    paths_key: &str,
) {
    match world.membership(account) {
        Membership::Management | Membership::Member => {
            if let Some((organization, tree)) = world.organization() {
                keys.known(id_key, organization.id.clone());
                match tree.entity_path(account.as_str()) {
                    Some(path) => keys.many(paths_key, vec![path.into()]),
                    None => keys.present(&[paths_key]),
                }
            }
        }
        Membership::External(external) => match &external.organization {
            Some(organization) => {
                keys.known(id_key, organization.id.as_str());
                match &organization.path {
                    Some(path) => keys.many(paths_key, vec![path.as_str().into()]),
                    None => keys.present(&[paths_key]),
                }
            }
            None => keys.absent(&[id_key, paths_key], AbsentWhy::NoOrganization),
        },
        Membership::Standalone => keys.absent(&[id_key, paths_key], AbsentWhy::NoOrganization),
        Membership::NotListed => keys.unknown(&[id_key, paths_key]),
    }
}

/// PT-3, K-13 … K-18
fn role_session(keys: &mut Keys, session: &RoleSession<'_>, partition: &str, account: &str) {
    match session.path {
        Some(path) => keys.known(
            "aws:principalarn",
            format!("arn:{partition}:iam::{account}:role{path}{}", session.name),
        ),
        // Nobody said the path of the role.
        None => keys.present(&["aws:principalarn"]),
    }
    keys.known("aws:principaltype", "AssumedRole");
    keys.present(&["aws:userid", "aws:tokenissuetime"]);
    if let Some(identity) = session.source_identity {
        keys.known("aws:sourceidentity", identity);
    }
    principal_tags(keys, session.role_tags, session.session_tags);
    match session.via {
        SessionVia::AssumeRole => mfa_of_session(keys, session.mfa),
        SessionVia::Saml | SessionVia::WebIdentity => {
            keys.absent(
                &["aws:multifactorauthpresent", "aws:multifactorauthage"],
                AbsentWhy::Federated,
            );
        }
        SessionVia::IdentityCenter | SessionVia::Other(_) => {
            keys.unknown(&["aws:multifactorauthpresent", "aws:multifactorauthage"]);
        }
    }
    if session.via == SessionVia::WebIdentity {
        keys.known_or(
            "aws:federatedprovider",
            session.provider,
            KeyState::PresentUnknown,
        );
    }
}

/// K-15, K-16
fn mfa_of_session(keys: &mut Keys, mfa: Option<bool>) {
    match mfa {
        Some(true) => {
            keys.flag("aws:multifactorauthpresent", true);
            keys.present(&["aws:multifactorauthage"]);
        }
        Some(false) => keys.flag("aws:multifactorauthpresent", false),
        None => {
            keys.present(&["aws:multifactorauthpresent"]);
            keys.unknown(&["aws:multifactorauthage"]);
        }
    }
}

/// K-5: a session tag goes before a role tag of the same name, case ignored.
fn principal_tags(
    keys: &mut Keys,
    own: Option<&BTreeMap<String, String>>,
    session: Option<&BTreeMap<String, String>>,
) {
    for (tag, value) in own.into_iter().chain(session).flatten() {
        keys.known(&format!("aws:principaltag/{tag}"), value.as_str());
    }
}

/// K-9 … K-11, K-38 … K-40
fn service(
    keys: &mut Keys,
    world: &World<'_>,
    name: &str,
    source_arn: Option<&str>,
    source_account: Option<&AccountId>,
) {
    keys.flag("aws:principalisawsservice", true);
    keys.known("aws:principalservicename", name);
    keys.unknown(&[
        "aws:principalservicenameslist",
        "aws:principalaccount",
        "aws:principaltype",
        "aws:userid",
    ]);
    keys.absent(&["aws:principalarn"], AbsentWhy::Caller);
    keys.absent(&ORGANIZATION_OF_PRINCIPAL, AbsentWhy::Caller);
    keys.known_or("aws:sourcearn", source_arn, KeyState::Unknown);
    let in_arn = source_arn
        .and_then(|arn| arn.split(':').nth(4))
        .filter(|account| account.len() == 12)
        .map(AccountId::from);
    match source_account.cloned().or(in_arn) {
        Some(account) => {
            keys.known("aws:sourceaccount", account.as_str());
            organization_of(
                keys,
                world,
                &account,
                "aws:sourceorgid",
                "aws:sourceorgpaths",
            );
        }
        None => keys.unknown(&["aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths"]),
    }
}

/// K-20 … K-22, K-30, K-33, K-35 … K-37
fn network(keys: &mut Keys, world: &World<'_>, request: &Request, who: &Who<'_>) {
    keys.present(&["aws:securetransport", "aws:useragent"]);
    let forwarded = !request.via.is_empty();
    keys.flag("aws:viaawsservice", forwarded);
    if forwarded {
        let services: Vec<Rc<str>> = request
            .via
            .iter()
            .map(|name| name.as_str().into())
            .collect();
        if let (Some(first), Some(last)) = (services.first(), services.last()) {
            keys.known("aws:calledviafirst", first.clone());
            keys.known("aws:calledvialast", last.clone());
        }
        keys.many("aws:calledvia", services);
    } else {
        keys.absent(
            &["aws:calledvia", "aws:calledviafirst", "aws:calledvialast"],
            AbsentWhy::NotForwarded,
        );
    }
    let by_service = matches!(who.kind, WhoKind::Service { .. });
    match &request.endpoint {
        // VPCE-5: a forwarded call does not carry the endpoint of the first one.
        Some(id) if !forwarded => {
            keys.absent(&["aws:sourceip"], AbsentWhy::ThroughEndpoint);
            keys.known("aws:sourcevpce", id.as_str());
            let endpoint = world.scenario.endpoint(id);
            let vpc = endpoint.and_then(|endpoint| endpoint.vpc.as_deref());
            keys.known_or("aws:sourcevpc", vpc, KeyState::PresentUnknown);
            keys.present(&["aws:vpcsourceip"]);
            keys.unknown(&[
                "aws:sourcevpcarn",
                "aws:vpceaccount",
                "aws:vpceorgid",
                "aws:vpceorgpaths",
            ]);
        }
        _ => {
            keys.absent(&ENDPOINT, AbsentWhy::NoEndpoint);
            if forwarded || by_service {
                keys.unknown(&["aws:sourceip"]);
            } else {
                keys.present(&["aws:sourceip"]);
            }
        }
    }
}

/// K-23 … K-26
fn resource(
    keys: &mut Keys,
    world: &World<'_>,
    who: &Who<'_>,
    target: &Target<'_>,
    owner: &Owner,
    action: &ActionName,
) {
    const OWNER: [&str; 3] = [
        "aws:resourceaccount",
        "aws:resourceorgid",
        "aws:resourceorgpaths",
    ];
    let account = match owner {
        Owner::Account(account) => Some(account),
        Owner::Caller => who.account.as_ref(),
        Owner::Unknown => None,
    };
    let [account_key, id_key, paths_key] = OWNER;
    if catalog::owner_keys(&action.service, &action.name) == catalog::OwnerKeys::Missing {
        keys.absent(&OWNER, AbsentWhy::Action);
    } else if let Some(account) = account {
        keys.known(account_key, account.as_str());
        organization_of(keys, world, account, id_key, paths_key);
    } else {
        keys.present(&[account_key]);
        keys.unknown(&[id_key, paths_key]);
    }
    let entry_tags = target.entry().map(|entry| &entry.tags);
    let tags = entry_tags.into_iter().chain([&target.resource.tags]);
    for (tag, value) in tags.flatten() {
        keys.known(&format!("aws:resourcetag/{tag}"), value.as_str());
    }
    if target.entry().is_some() || !target.resource.tags.is_empty() {
        keys.context
            .set_family("aws:resourcetag/", KeyState::Absent(AbsentWhy::NoTag));
    }
}

/// K-27, K-28
fn tags(keys: &mut Keys, request: &Request) {
    for (tag, value) in &request.request_tags {
        keys.known(&format!("aws:requesttag/{tag}"), value.as_str());
    }
    keys.context
        .set_family("aws:requesttag/", KeyState::Absent(AbsentWhy::NoTag));
    if request.request_tags.is_empty() {
        keys.absent(&["aws:tagkeys"], AbsentWhy::NoTag);
    } else {
        let names = request.request_tags.keys().map(|tag| tag.as_str().into());
        keys.many("aws:tagkeys", names.collect());
    }
}

/// K-29, K-31, K-32
fn time_and_region(
    keys: &mut Keys,
    world: &World<'_>,
    request: &Request,
    action: &ActionName,
    partition: &str,
) -> Result<(), Blocker> {
    let defaults = &world.scenario.defaults;
    let (time, origin) = match (&request.time, &defaults.time) {
        (Some(time), _) => (Some(time), Origin::Request),
        (None, time) => (time.as_ref(), Origin::Defaults),
    };
    match time {
        Some(time) => {
            let instant = Instant::parse(time).ok_or_else(|| Blocker::InvalidTime(time.clone()))?;
            let values = Values::One(time.as_str().into());
            keys.context
                .set("aws:currenttime", KeyState::Known { values, origin });
            keys.known("aws:epochtime", instant.epoch_seconds().to_string());
        }
        None => keys.present(&["aws:currenttime", "aws:epochtime"]),
    }
    let region = |region: &str, origin| KeyState::Known {
        values: Values::One(region.into()),
        origin,
    };
    let only = catalog::global_region(&action.service);
    let state = match (&request.region, only, &defaults.region) {
        (Some(typed), _, _) => region(typed, Origin::Request),
        (None, Some(only), _) if partition == "aws" => region(only, Origin::Derived),
        // Other partitions have other regions.
        (None, Some(_), _) => KeyState::PresentUnknown,
        (None, None, Some(typed)) => region(typed, Origin::Defaults),
        (None, None, None) => KeyState::PresentUnknown,
    };
    keys.context.set("aws:requestedregion", state);
    Ok(())
}

/// What was typed wins over what follows (KEY-4).
fn typed(keys: &mut Keys, world: &World<'_>, request: &Request, target: &Target<'_>) {
    let layers: [(&Context, Origin); 3] = [
        (&world.scenario.defaults.context, Origin::Defaults),
        (&request.context, Origin::Request),
        (&target.resource.context, Origin::Request),
    ];
    for (context, origin) in layers {
        for (key, value) in context {
            let mut state = known(key, value, origin);
            if let (
                Some(KeyState::Known {
                    values: before,
                    origin: Origin::Derived,
                }),
                KeyState::Known { values, origin },
            ) = (keys.context.own(key), &mut state)
                && before.as_slice() != values.as_slice()
            {
                *origin = Origin::Override;
            }
            keys.context.set(key, state);
        }
    }
    for key in &request.absent {
        keys.context.set(key, KeyState::Absent(AbsentWhy::Stated));
    }
    for key in &request.unknown {
        keys.context.set(key, KeyState::Unknown);
    }
}

/// K-28: tags that were typed as context keys are passed in the call as well.
fn typed_tags(keys: &mut Keys, world: &World<'_>, request: &Request, target: &Target<'_>) {
    const TAG: &str = "aws:requesttag/";
    let layers = [
        &world.scenario.defaults.context,
        &request.context,
        &target.resource.context,
    ];
    let typed = || layers.into_iter().flatten().map(|(key, _)| key);
    let listed = typed().chain(&request.absent).chain(&request.unknown);
    if listed
        .clone()
        .any(|key| key.eq_ignore_ascii_case("aws:tagkeys"))
    {
        return;
    }
    let mut names: Vec<Rc<str>> = Vec::new();
    for key in request
        .request_tags
        .keys()
        .map(String::as_str)
        .chain(
            typed().filter_map(|key| match key.split_at_checked(TAG.len()) {
                Some((prefix, name)) if prefix.eq_ignore_ascii_case(TAG) => Some(name),
                _ => None,
            }),
        )
    {
        let state = keys.context.own(&format!("{TAG}{key}"));
        let passed = matches!(state, Some(KeyState::Known { .. }));
        if passed && !names.iter().any(|name| name.eq_ignore_ascii_case(key)) {
            names.push(key.into());
        }
    }
    let is_tag = |key: &String| key.to_ascii_lowercase().starts_with(TAG);
    if request.unknown.iter().any(is_tag) {
        keys.unknown(&["aws:tagkeys"]);
    } else if names.is_empty() {
        keys.absent(&["aws:tagkeys"], AbsentWhy::NoTag);
    } else {
        keys.many("aws:tagkeys", names);
    }
}

fn known(key: &str, value: &ContextValue, origin: Origin) -> KeyState {
    let text = |scalar: &Scalar| -> Rc<str> {
        match scalar {
            Scalar::Text(text) | Scalar::Number(text) => text.as_str().into(),
            Scalar::Bool(true) => "true".into(),
            Scalar::Bool(false) => "false".into(),
        }
    };
    let values = match value {
        ContextValue::One(value) if catalog::is_multivalued(&key.to_ascii_lowercase()) => {
            Values::Many(vec![text(value)])
        }
        ContextValue::One(value) => Values::One(text(value)),
        ContextValue::Many(values) => Values::Many(values.iter().map(text).collect()),
    };
    KeyState::Known { values, origin }
}
