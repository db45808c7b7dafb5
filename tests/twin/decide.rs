//! All policy types together (§§4.1 to 4.8 of the rule book).

use std::collections::BTreeSet;

use organization::{AccountId, PolicyId, Request, SwitchedOff};
use policy::Kind;

use super::context::Context;
use super::gates::{self, Says, Sheltered};
use super::owner::{account_of, is_on_nothing, owner};
use super::principal::Form;
use super::who::{Sort, Who, who};
use super::{Decision, Guess, Open, Owner, Type, Value, Verdict, World, tables};

/// Weighs one row of a request.
pub(crate) fn decide(
    world: &World<'_>,
    request: &Request,
    row: Option<&AccountId>,
    guess: &Guess,
) -> Result<Decision, Open> {
    let unreadable = !world.scenario.requires.is_empty()
        || (world.scenario.settings.off.iter()).any(|off| matches!(off, SwitchedOff::Unknown(_)))
        || request.action.split_once(':').is_none();
    let who = who(world, request, row);
    let Some(who) = who.filter(|_| !unreadable) else {
        return Ok(Decision {
            verdict: Verdict::Error,
            denials: BTreeSet::new(),
            stops: BTreeSet::new(),
        });
    };
    let mut whole = Decision {
        verdict: Verdict::Allow,
        denials: BTreeSet::new(),
        stops: BTreeSet::new(),
    };
    let mut parts = Vec::new();
    for position in 0..request.resources.len() {
        let owner = owner(world, request, &who, position, guess)?;
        parts.push(weigh(&Context {
            world,
            request,
            who: &who,
            position,
            owner: &owner,
            guess,
        })?);
    }
    // RES-12, CHOICE-14: one explicit deny is enough, and all must allow.
    let order = [Verdict::ExplicitDeny, Verdict::Error, Verdict::ImplicitDeny];
    for verdict in order {
        if parts.iter().any(|part| part.verdict == verdict) {
            whole.verdict = verdict;
            break;
        }
    }
    for part in parts
        .into_iter()
        .filter(|part| part.verdict == whole.verdict)
    {
        whole.denials.extend(part.denials);
        whole.stops.extend(part.stops);
    }
    Ok(whole)
}

/// What the policy types say about one resource.
struct Sayings {
    rcp: Says,
    scp: Says,
    endpoint: Says,
    resource: Says,
    identity: Says,
    boundary: Says,
    session: Says,
}

impl Sayings {
    fn each(&self) -> [(Type, &Says); 7] {
        [
            (Type::Rcp, &self.rcp),
            (Type::Scp, &self.scp),
            (Type::Endpoint, &self.endpoint),
            (Type::Resource, &self.resource),
            (Type::Identity, &self.identity),
            (Type::Boundary, &self.boundary),
            (Type::Session, &self.session),
        ]
    }
}

/// Weighs one resource.
fn weigh(context: &Context<'_>) -> Result<Decision, Open> {
    let decided = |verdict, denials: BTreeSet<(PolicyId, usize)>, stops: BTreeSet<Type>| Decision {
        verdict,
        denials,
        stops,
    };
    let who = context.who;
    // §4.9: these rules stand before all policies.
    if is_of_another_partition(context) || is_refused(context)? {
        return Ok(decided(
            Verdict::ImplicitDeny,
            BTreeSet::new(),
            BTreeSet::from([Type::Fixed]),
        ));
    }
    if is_granted(context) {
        return Ok(decided(Verdict::Allow, BTreeSet::new(), BTreeSet::new()));
    }
    let sayings = Sayings {
        rcp: gates::rcp(context)?,
        scp: gates::scp(context)?,
        endpoint: gates::endpoint(context)?,
        resource: gates::resource(context)?,
        identity: gates::brought(&who.identity, Kind::Identity, &[Kind::Identity], context)?,
        // CHOICE-6: a managed policy can serve as boundary or session policy as well.
        boundary: gates::brought(
            &who.boundary,
            Kind::Boundary,
            &[Kind::Boundary, Kind::Identity],
            context,
        )?,
        session: gates::brought(
            &who.session,
            Kind::Session,
            &[Kind::Session, Kind::Identity],
            context,
        )?,
    };
    // EVAL-2: any Deny is final.
    let denying: BTreeSet<Type> = (sayings.each().into_iter())
        .filter(|(_, says)| !says.denials.is_empty())
        .map(|(policy_type, _)| policy_type)
        .collect();
    if !denying.is_empty() {
        let each = sayings.each().into_iter();
        let denials = each.flat_map(|(_, says)| says.denials.clone()).collect();
        return Ok(decided(Verdict::ExplicitDeny, denials, denying));
    }
    // What nobody knows might deny, and might allow.
    if sayings.each().iter().any(|(_, says)| says.blocked) {
        return Ok(decided(Verdict::Error, BTreeSet::new(), BTreeSet::new()));
    }
    let mut lacking = lacking(context, &sayings);
    // EVAL-3, VPCE-1: these three stand before everything that grants.
    for (policy_type, says) in [
        (Type::Rcp, &sayings.rcp),
        (Type::Scp, &sayings.scp),
        (Type::Endpoint, &sayings.endpoint),
    ] {
        if !says.passes() {
            lacking.insert(policy_type);
        }
    }
    let verdict = if lacking.is_empty() {
        Verdict::Allow
    } else {
        Verdict::ImplicitDeny
    };
    Ok(decided(verdict, BTreeSet::new(), lacking))
}

/// How far an Allow of the resource-based policy reaches (§4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grant {
    /// Nothing allows.
    None,
    /// The account is allowed: its own policies decide (RB-7).
    Account,
    /// Boundary and session policies limit it (RB-2, RB-4).
    Limited,
    /// Nothing limits it (RB-1, RB-3, RB-5, RB-6).
    Free,
}

/// The policy types that must allow and do not, RCP, SCP and endpoint aside.
fn lacking(context: &Context<'_>, sayings: &Sayings) -> BTreeSet<Type> {
    let who = context.who;
    let grant = match sayings.resource.form {
        None => Grant::None,
        Some(Form::Account) => Grant::Account,
        Some(Form::RoleOrIssuer) => Grant::Limited,
        Some(Form::Itself) => Grant::Free,
        // OPEN-7.
        Some(Form::Everyone) if context.world.rule("wildcardPrincipalEscapesLimits", true) => {
            Grant::Free
        }
        Some(Form::Everyone) => Grant::Limited,
    };
    let off = gates::is_resource_off(context);
    let no_resource = |is_granted: bool| (!is_granted).then_some(Type::Resource);
    if who.has_only_resource_policies() {
        return no_resource(grant != Grant::None).into_iter().collect();
    }
    // The root user has full access to its account (EVAL-1) and no boundary (SCP-31).
    let identity = (!(who.is_root() || sayings.identity.passes())).then_some(Type::Identity);
    let boundary = (!sayings.boundary.passes()).then_some(Type::Boundary);
    let session = (!sayings.session.passes()).then_some(Type::Session);
    let own = || [identity, boundary, session];
    let limits = || [None, boundary, session];
    let nothing = [None, None, None];
    let mut resource = None;
    let arn = &context.request.resources[context.position].arn;
    let wanting = if !gates::is_own_account(context) && !tables::is_shared(arn) {
        // X-1 … X-5; the owner's grant is not needed while it is switched off (CHOICE-9).
        resource = no_resource(off || grant != Grant::None);
        own()
    } else if who.is_root() {
        // KMS-1, TR-1: these must allow even a root user. An assumed root is limited by its task.
        let strict = gates::sheltered(context) != Sheltered::Ordinary && !off;
        resource = no_resource(!strict || grant != Grant::None);
        limits()
    } else {
        let sheltered = gates::sheltered(context);
        let is_user = matches!(who.sort, Sort::User | Sort::UserSession);
        // TR-2, OPEN-11.
        let needs_boundary = sheltered == Sheltered::Trust
            && is_user
            && !off
            && context.world.rule("trustPolicyNeedsBoundary", true);
        match grant {
            Grant::Free if needs_boundary => [None, boundary, None],
            Grant::Free => nothing,
            Grant::Limited => limits(),
            Grant::Account => own(),
            Grant::None => {
                resource = no_resource(sheltered == Sheltered::Ordinary || off);
                own()
            }
        }
    };
    wanting.into_iter().chain([resource]).flatten().collect()
}

/// Calls that need no permission (GCI-1, GCI-2).
fn is_granted(context: &Context<'_>) -> bool {
    let action = context.request.action.to_lowercase();
    match action.as_str() {
        "sts:getcalleridentity" => context.who.signs(),
        "sts:getsessiontoken" => matches!(context.who.sort, Sort::User | Sort::Root),
        _ => false,
    }
}

/// ORG-11, X-6.
fn is_of_another_partition(context: &Context<'_>) -> bool {
    let arn = &context.request.resources[context.position].arn;
    let mut parts = arn.split(':');
    // An account whose partition nobody states has that of its own resource.
    let unsaid = (context.who.account.as_deref())
        .is_some_and(|account| !context.world.has_partition(account));
    if unsaid && gates::is_own_account(context) && account_of(arn).as_deref() != Some("aws") {
        return false;
    }
    let other = if is_on_nothing(context.request, context.position) {
        // Then only who owns it says where it is.
        match context.owner {
            Owner::Account(account) if context.world.has_partition(account) => {
                Some(context.world.partition(account, context.request))
            }
            _ => None,
        }
    } else {
        parts
            .next()
            .filter(|first| *first == "arn")
            .and(parts.next())
            .map(str::to_owned)
    };
    match (&context.who.partition, other) {
        (Some(own), Some(other)) => *own != other,
        _ => false,
    }
}

/// Calls that no policy can permit (PT-10, PT-12, TR-11, GCI-3, GCI-7, KMS-7).
fn is_refused(context: &Context<'_>) -> Result<bool, Open> {
    let who = context.who;
    let action = context.request.action.to_lowercase();
    let arn = &context.request.resources[context.position].arn;
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    if action == "sts:getcalleridentity" && who.signs() {
        return Ok(false);
    }
    let kept_by_aws = is_kept_by_aws(&action, &parts);
    let reserved_alias = gates::is_alias_action(&action) && arn.contains(":alias/aws/");
    let foreign = gates::is_bucket_policy_action(&action) && !gates::is_own_account(context);
    Ok(kept_by_aws || reserved_alias || foreign || is_beyond_credentials(who, &action, context)?)
}

/// GCI-3.
fn is_kept_by_aws(action: &str, parts: &[&str]) -> bool {
    let account = parts.get(4).copied().unwrap_or_default();
    let resource = parts.get(5).copied().unwrap_or_default();
    let kept = (account == "aws" && resource.starts_with("policy/"))
        || resource.starts_with("role/aws-reserved/");
    kept && super::tables::changes_iam(action)
}

/// What a sort of credentials can never call (PT-12, PT-10, TR-11).
fn is_beyond_credentials(who: &Who, action: &str, context: &Context<'_>) -> Result<bool, Open> {
    let service = action.split(':').next().unwrap_or_default();
    // Tags and source identities are permissions of the call that they are passed in (TR-8).
    let assumes =
        |call: &str| action == call || matches!(action, "sts:tagsession" | "sts:setsourceidentity");
    Ok(match who.sort {
        Sort::Role => matches!(action, "sts:getfederationtoken" | "sts:getsessiontoken"),
        Sort::Federated => matches!(service, "iam" | "sts"),
        Sort::UserSession if service == "sts" => !assumes("sts:assumerole"),
        Sort::UserSession if service == "iam" => {
            let mfa = context.value("aws:multifactorauthpresent")?;
            mfa != Some(Value::One("true".to_owned()))
        }
        Sort::Root | Sort::AssumedRoot => assumes("sts:assumerole") || action == "sts:assumeroot",
        Sort::Saml => !assumes("sts:assumerolewithsaml"),
        Sort::WebIdentity => !assumes("sts:assumerolewithwebidentity"),
        _ => false,
    })
}
