//! The policy types one by one: which policies each asks, and what they say.

use std::collections::BTreeSet;

use organization::{FeatureSet, NodeRef, PolicyId, Principal, RCP_FULL_AWS_ACCESS};
use policy::{Effect, Kind};

use super::context::Context;
use super::owner::{entries, is_on_nothing};
use super::principal::{Asked, Form, form};
use super::statement::applies;
use super::who::Attached;
use super::{Open, Owner, World, tables};

/// What the policies of one type say to a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Says {
    /// Whether the type takes part; if not it passes.
    pub(crate) asked: bool,
    /// The statements that deny.
    pub(crate) denials: BTreeSet<(PolicyId, usize)>,
    /// Whether a statement allows, at every level if there are levels.
    pub(crate) allows: bool,
    /// Whether something that belongs to it is not known, or AWS would refuse it.
    pub(crate) blocked: bool,
    /// The best form in which an Allow means the caller.
    pub(crate) form: Option<Form>,
}

impl Says {
    fn blocked() -> Self {
        Self {
            asked: true,
            blocked: true,
            ..Self::default()
        }
    }

    /// Whether the type does not stand in the way.
    pub(crate) fn passes(&self) -> bool {
        !self.asked || self.allows
    }
}

/// Weighs policies together: a union of their statements (SCP-1, EVAL-8).
fn weigh(
    policies: &[PolicyId],
    kinds: &[Kind],
    context: &Context<'_>,
    principals: bool,
) -> Result<Says, Open> {
    let mut says = Says {
        asked: true,
        ..Says::default()
    };
    for id in policies {
        let Some(document) = context.world.document(id, kinds) else {
            says.blocked = true;
            continue;
        };
        let kind = context.world.kind(id).unwrap_or(kinds[0]);
        let action = context.request.action.to_lowercase();
        let asked = Asked {
            world: context.world,
            who: context.who,
            action: &action,
            trust: kind == Kind::Trust,
        };
        for statement in &document.statements {
            let meant = if principals {
                form(statement, &asked)
            } else {
                Some(Form::Everyone)
            };
            let (Some(meant), Some(effect)) = (meant, &statement.effect) else {
                continue;
            };
            if !applies(statement, kind, context)? {
                continue;
            }
            match effect.value {
                Effect::Deny => {
                    says.denials.insert((id.clone(), statement.index));
                }
                Effect::Allow => {
                    says.allows = true;
                    says.form = says.form.max(Some(meant));
                }
            }
        }
    }
    Ok(says)
}

/// The levels of an account with the policies of one kind that are attached to each.
fn levels(world: &World<'_>, account: &str, kind: Kind) -> Vec<Vec<PolicyId>> {
    let (Some(organization), Some(tree)) = (&world.scenario.organization, &world.tree) else {
        return Vec::new();
    };
    let attached = |node: NodeRef<'_>| {
        let all = organization.effective_attachments(node.attachments());
        all.into_iter()
            .filter(|id| !world.is_attachment_off(id, &node.id()))
            // It allows everything, and is attached everywhere (RCP-2).
            .filter(|id| id.as_str() != RCP_FULL_AWS_ACCESS)
            .filter(|id| match world.kind(id) {
                Some(found) => found == kind || !matches!(found, Kind::Scp | Kind::Rcp),
                None => true,
            })
            .collect()
    };
    (tree.path(account).unwrap_or_default().into_iter())
        .map(attached)
        .collect()
}

/// Whether the organization uses policies of this kind (ORG-12, ORG-15); none if nobody knows.
fn is_enabled(world: &World<'_>, kind: Kind) -> Option<bool> {
    let Some(organization) = &world.scenario.organization else {
        return Some(false);
    };
    match organization.feature_set {
        FeatureSet::Other(_) => None,
        FeatureSet::ConsolidatedBilling => Some(false),
        FeatureSet::All => Some(organization.enables(kind)),
    }
}

/// Service control policies on the way to the caller's account (§2).
pub(crate) fn scp(context: &Context<'_>) -> Result<Says, Open> {
    let (world, who) = (context.world, context.who);
    if world.is_off(Kind::Scp) || who.is_linked {
        return Ok(Says::default());
    }
    // CHOICE-1: nobody knows which SCPs reach an account that the scenario does not place.
    if (who.account.as_deref()).is_some_and(|account| !world.is_placed(account)) {
        return Ok(Says::blocked());
    }
    let reached = (who.account.as_deref()).filter(|account| world.is_member(account));
    let Some(account) = reached else {
        return Ok(Says::default());
    };
    match is_enabled(world, Kind::Scp) {
        Some(false) => return Ok(Says::default()),
        None => return Ok(Says::blocked()),
        Some(true) => {}
    }
    let mut together = Says {
        asked: true,
        allows: true,
        ..Says::default()
    };
    for level in levels(world, account, Kind::Scp) {
        let says = weigh(&level, &[Kind::Scp], context, false)?;
        together.denials.extend(says.denials);
        together.allows &= says.allows;
        together.blocked |= says.blocked;
    }
    Ok(together)
}

/// Resource control policies on the way to the account that owns the resource (§3).
pub(crate) fn rcp(context: &Context<'_>) -> Result<Says, Open> {
    let (world, who) = (context.world, context.who);
    let action = context.request.action.to_lowercase();
    let service = action.split(':').next().unwrap_or_default();
    let on_nothing = is_on_nothing(context.request, context.position);
    let arn = &context.request.resources[context.position].arn;
    // RCP-7, RCP-9, RCP-10, TR-9.
    let out_of_reach = world.is_off(Kind::Rcp)
        || who.is_linked
        || !tables::has_rcps(service, world.date())
        || action == "kms:retiregrant"
        || (service == "kms" && arn.contains(":alias/aws/") && !on_nothing)
        || (on_nothing && !world.rule("callerRcpsWithoutResource", true))
        || (sheltered(context) == Sheltered::Trust && arn.contains(":role/aws-service-role/"));
    let account = match context.owner {
        Owner::Account(account) if world.is_member(account) && !out_of_reach => account,
        _ => return Ok(Says::default()),
    };
    match is_enabled(world, Kind::Rcp) {
        Some(false) => return Ok(Says::default()),
        None => return Ok(Says::blocked()),
        Some(true) => {}
    }
    // RCPFullAWSAccess allows everything at every level (RCP-2).
    let mut together = Says {
        asked: true,
        allows: true,
        ..Says::default()
    };
    for level in levels(world, account, Kind::Rcp) {
        let says = weigh(&level, &[Kind::Rcp], context, true)?;
        together.denials.extend(says.denials);
        together.blocked |= says.blocked;
    }
    Ok(together)
}

/// The policy of the VPC endpoint (§4.7, CHOICE-5).
pub(crate) fn endpoint(context: &Context<'_>) -> Result<Says, Open> {
    let request = context.request;
    let through = (request.endpoint.as_deref())
        .filter(|_| request.via.is_empty() && !context.world.is_off(Kind::Endpoint));
    let Some(id) = through else {
        return Ok(Says::default());
    };
    match context.world.scenario.endpoint(id) {
        None => Ok(Says::blocked()),
        Some(endpoint) => match &endpoint.policy {
            None => Ok(Says::default()),
            Some(policy) => weigh(
                std::slice::from_ref(policy),
                &[Kind::Endpoint],
                context,
                true,
            ),
        },
    }
}

/// What sort of policy a resource has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sheltered {
    /// An ordinary one, or none.
    Ordinary,
    /// The trust policy of a role, which must allow (TR-1).
    Trust,
    /// A KMS key policy, which must allow (KMS-1).
    Key,
}

/// Which sort of policy an action asks for (CHOICE-2, CHOICE-3).
pub(crate) fn sheltered(context: &Context<'_>) -> Sheltered {
    let action = context.request.action.to_lowercase();
    let arn = &context.request.resources[context.position].arn;
    if matches!(
        action.as_str(),
        "sts:assumerole"
            | "sts:assumerolewithsaml"
            | "sts:assumerolewithwebidentity"
            | "sts:tagsession"
            | "sts:setsourceidentity"
    ) {
        return Sheltered::Trust;
    }
    let on_alias = is_alias_action(&action) && arn.contains(":alias/");
    if action.starts_with("kms:") && !tables::is_without_resource(&action) && !on_alias {
        return Sheltered::Key;
    }
    Sheltered::Ordinary
}

/// Whether an action, in lower case, is one of those on an alias (KMS-7).
pub(crate) fn is_alias_action(action: &str) -> bool {
    matches!(
        action,
        "kms:createalias" | "kms:updatealias" | "kms:deletealias"
    )
}

/// The kind of policy of a resource for the switches of the scenario (CHOICE-9).
fn kind_of(sheltered: Sheltered) -> Kind {
    match sheltered {
        Sheltered::Trust => Kind::Trust,
        Sheltered::Ordinary | Sheltered::Key => Kind::Resource,
    }
}

/// Whether the resource-based policy is switched off.
pub(crate) fn is_resource_off(context: &Context<'_>) -> bool {
    context.world.is_off(kind_of(sheltered(context)))
}

/// The resource-based policy (§§4.3 to 4.6).
pub(crate) fn resource(context: &Context<'_>) -> Result<Says, Open> {
    let world = context.world;
    let arn = &context.request.resources[context.position].arn;
    let action = context.request.action.to_lowercase();
    let sheltered = sheltered(context);
    // GCI-4, CHOICE-16.
    let own_bucket_policy =
        context.who.is_root() && is_own_account(context) && is_bucket_policy_action(&action);
    if is_resource_off(context) || own_bucket_policy {
        return Ok(Says::default());
    }
    if tables::is_shared(arn) {
        return Ok(Says::default());
    }
    // KMS-7: identity policies alone.
    if is_alias_action(&action) && arn.contains(":alias/") {
        return Ok(Says::default());
    }
    if sheltered == Sheltered::Ordinary && is_on_nothing(context.request, context.position) {
        return Ok(Says::default());
    }
    let kinds = [kind_of(sheltered)];
    let policy = match sheltered {
        Sheltered::Trust => match trust_policy(context, arn) {
            Some(policy) => Some(policy),
            None => return Ok(Says::blocked()),
        },
        Sheltered::Key | Sheltered::Ordinary => entries(world, arn)
            .into_iter()
            .find_map(|entry| entry.policy.clone()),
    };
    match policy {
        Some(policy) => weigh(&[policy], &kinds, context, true),
        // CHOICE-3: a key always has a policy (KMS-1).
        None if sheltered == Sheltered::Key => Ok(Says::blocked()),
        None => Ok(Says::default()),
    }
}

/// The trust policy of the role with this ARN: that of its entry among the principals, or that of
/// an entry of `resources` (CHOICE-2).
fn trust_policy(context: &Context<'_>, arn: &str) -> Option<PolicyId> {
    let world = context.world;
    let of_role = world
        .scenario
        .principals
        .iter()
        .find_map(|entry| match &**entry {
            Principal::Role(role) => {
                let account = role.account.as_str();
                let partition = world.partition(account, context.request);
                let own = format!(
                    "arn:{partition}:iam::{account}:role{}{}",
                    role.path, role.name
                );
                (own == arn).then(|| role.trust_policy.clone())?
            }
            _ => None,
        });
    of_role.or_else(|| {
        let mut policies = entries(world, arn)
            .into_iter()
            .filter_map(|entry| entry.policy.clone());
        policies.find(|policy| world.kind(policy) == Some(Kind::Trust))
    })
}

/// GCI-4, GCI-7.
pub(crate) fn is_bucket_policy_action(action: &str) -> bool {
    matches!(
        action,
        "s3:getbucketpolicy" | "s3:putbucketpolicy" | "s3:deletebucketpolicy"
    )
}

/// Whether the caller's account owns the resource (EVAL-4).
pub(crate) fn is_own_account(context: &Context<'_>) -> bool {
    match (&context.who.account, context.owner) {
        (Some(account), Owner::Account(owner)) => account == owner,
        _ => false,
    }
}

/// Identity-based policies, the boundary or session policies: what the caller brings along.
pub(crate) fn brought(
    attached: &Attached,
    kind: Kind,
    kinds: &[Kind],
    context: &Context<'_>,
) -> Result<Says, Open> {
    if !attached.asked || context.world.is_off(kind) {
        return Ok(Says::default());
    }
    let mut says = weigh(&attached.policies, kinds, context, false)?;
    says.blocked |= attached.not_known;
    Ok(says)
}

/// The other member accounts that have the same RCPs above them as this one (CHOICE-4).
pub(crate) fn others_with_rcps_of(
    world: &World<'_>,
    account: &str,
    caller: Option<&str>,
) -> Vec<String> {
    let own = levels(world, account, Kind::Rcp).concat();
    let accounts = world
        .tree
        .iter()
        .flat_map(organization::TreeIndex::accounts);
    accounts
        .map(|other| other.id.as_str().to_owned())
        .filter(|other| world.is_member(other) && caller != Some(other.as_str()))
        .filter(|other| levels(world, other, Kind::Rcp).concat() == own)
        .collect()
}

/// Whether RCPs of the organization's own stand above an account.
pub(crate) fn has_rcps(world: &World<'_>, account: &str) -> bool {
    world.is_member(account)
        && is_enabled(world, Kind::Rcp) != Some(false)
        && !levels(world, account, Kind::Rcp).concat().is_empty()
}
