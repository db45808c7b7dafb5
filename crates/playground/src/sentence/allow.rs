//! An allow: what lets the request through.

use evaluator::{
    Access, Element, Explanation, Grant, Outcome, PolicyTrace, PolicyType, ResourceTrace,
    StageTrace, Strict, Why,
};
use organization::CallerKind;
use texts::rich;

use super::{Teller, best_grant, noun, per_resource};
use crate::view::Phrase;
use crate::words::{self, begun, continued, strong, text};

impl Teller<'_> {
    pub(super) fn allow(&self, explanation: &Explanation) -> Phrase {
        let said = explanation.resources.iter();
        let said = said.map(|resource| (resource, self.allow_on(resource)));
        per_resource(texts::sentence_allowed(), said.collect())
    }

    fn allow_on(&self, resource: &ResourceTrace) -> Vec<Phrase> {
        if let Some(rule) = resource.fixed {
            return vec![vec![text(words::fixed(rule))]];
        }
        let direct = self.is_direct(resource);
        let stage = |wanted: PolicyType| {
            let mut stages = resource.stages.iter();
            stages.find(|stage| stage.policy_type == wanted)
        };
        let limits =
            |wanted: PolicyType| !direct && stage(wanted).is_some_and(|stage| stage.why.is_none());
        let no_rcp = stage(PolicyType::Rcp)
            .is_some_and(|rcp| rcp.outcome == Outcome::Allow && rcp.why.is_none());
        let scp = stage(PolicyType::Scp);
        let scps = scp.map(|scp| self.scps(scp, no_rcp)).unwrap_or_default();
        // That SCPs are not asked comes first where it is the lesson, and else at the end.
        let (mut said, last) = match scp.and_then(|scp| scp.why.as_ref()) {
            None | Some(Why::ManagementAccount | Why::ServiceLinkedRole) => (vec![scps], None),
            Some(_) => (Vec::new(), Some(scps)),
        };
        if no_rcp && scp.is_none_or(|scp| scp.levels.is_empty()) {
            said.push(vec![text(texts::allow_no_rcp())]);
        }
        if let Some(endpoint) = stage(PolicyType::Endpoint)
            && let Some(policy) = endpoint.policies.first()
        {
            said.push(rich::allow_endpoint([self.holder(&policy.via)]));
        }
        let own = stage(PolicyType::Identity)
            .filter(|_| !direct)
            .map(|identity| self.granted(identity))
            .unwrap_or_default();
        said.push(self.grants(resource, direct, own));
        said.push(vec![text(
            match (limits(PolicyType::Boundary), limits(PolicyType::Session)) {
                (true, true) => texts::allow_boundary_and_session(),
                (true, false) => texts::allow_boundary(),
                (false, true) => texts::allow_session(),
                (false, false) => "",
            },
        )]);
        said.extend(last);
        said
    }

    /// What SCPs say: that every level allows, or why they are not asked.
    fn scps(&self, stage: &StageTrace, no_rcp: bool) -> Phrase {
        match &stage.why {
            None => {}
            Some(Why::NoOrganization) => return Phrase::new(),
            Some(Why::SwitchedOff) => return vec![text(texts::allow_scps_off())],
            Some(Why::Disabled) => return vec![text(texts::allow_scps_disabled())],
            Some(why @ (Why::ManagementAccount | Why::ConsolidatedBilling)) => {
                return vec![text(words::why(why))];
            }
            Some(why) => {
                return rich::allow_scps_not_asked(continued(vec![text(words::why(why))]));
            }
        }
        let (Some(first), Some(last)) = (stage.levels.first(), stage.levels.last()) else {
            return Phrase::new();
        };
        let say = if no_rcp {
            rich::allow_levels_and_rcps
        } else {
            rich::allow_levels
        };
        say(
            [strong(first.name.clone())],
            [strong(last.name.clone())],
            [self.action()],
        )
    }

    /// Whether the resource's policy alone lets the caller in, whatever limits it.
    fn is_direct(&self, resource: &ResourceTrace) -> bool {
        let root = matches!(
            self.request.caller.kind,
            CallerKind::Root { .. } | CallerKind::AssumedRoot { .. }
        );
        let grant = best_grant(resource).map(|(_, _, grant)| grant);
        let limited = resource
            .stages
            .iter()
            .any(|stage| stage.policy_type == PolicyType::Boundary && stage.why.is_none());
        match (resource.access, grant) {
            (Access::Strict(Strict::Role), _) if limited => false,
            (Access::SameAccount | Access::Strict(_), Some(Grant::Itself | Grant::Everyone)) => {
                !root
            }
            (Access::ResourceSide, Some(_)) => true,
            _ => false,
        }
    }

    /// What the resource's policy contributes, and then the caller's own side.
    fn grants(&self, resource: &ResourceTrace, direct: bool, own: Phrase) -> Phrase {
        let Some((stage, policy, grant)) = best_grant(resource) else {
            return begun(own);
        };
        let federated = matches!(self.request.caller.kind, CallerKind::FederatedUser { .. });
        let whom = match grant {
            Grant::Everyone if on_conditions(policy) => {
                vec![text(texts::grant_everyone_on_conditions())]
            }
            Grant::Everyone => vec![text(texts::grant_everyone())],
            Grant::Account => vec![text(texts::grant_account())],
            Grant::Role if federated => vec![text(texts::grant_issuer())],
            Grant::Role => vec![text(texts::grant_role())],
            Grant::Itself => self.who(),
        };
        let lets_in = rich::grant_lets_in(
            [text(noun(stage, policy))],
            [strong(words::policy_name(
                self.scene.scenario,
                &policy.policy,
            ))],
            [self.holder(&policy.via)],
            whom,
        );
        let (mut phrase, needs_own) = match (resource.access, grant) {
            (Access::CrossAccount, _) => (rich::grant_other_account(lets_in), true),
            (Access::OwnRoot, _) => (lets_in, false),
            (_, Grant::Account) => (rich::grant_identity_as_well(lets_in), true),
            _ if direct => (rich::grant_alone(lets_in), false),
            _ => (rich::grant_enough(lets_in), false),
        };
        match (needs_own, own.is_empty()) {
            (_, true) => phrase.push(text(".")),
            (true, false) => {
                phrase.push(text(": "));
                phrase.extend(own);
            }
            (false, false) => {
                phrase.push(text(". "));
                phrase.extend(begun(own));
            }
        }
        phrase
    }

    /// What identity policies contribute, as a sentence that goes on.
    fn granted(&self, stage: &StageTrace) -> Phrase {
        match &stage.why {
            Some(why @ (Why::RootUser | Why::RootWithoutIdentity)) => {
                return continued(vec![text(words::why(why))]);
            }
            Some(_) => return Phrase::new(),
            None => {}
        }
        if stage.outcome == Outcome::Unknown {
            return rich::grant_some_identity(self.who());
        }
        let mut policies = stage.policies.iter();
        match policies.find(|policy| policy.outcome == Outcome::Allow) {
            Some(policy) => {
                let via = words::via(self.scene.scenario, self.request, &policy.via);
                let name = words::policy_name(self.scene.scenario, &policy.policy);
                rich::grant_identity([strong(name)], [text(via)])
            }
            None => Phrase::new(),
        }
    }
}

/// Whether all statements of the policy that let in everyone have conditions.
fn on_conditions(policy: &PolicyTrace) -> bool {
    let mut allows = policy.statements.iter().filter(|statement| {
        evaluator::decides(Outcome::Allow, statement.effect, statement.truth)
            && statement.grant == Some(Grant::Everyone)
    });
    allows.all(|statement| {
        let mut elements = statement.elements.iter();
        elements.any(|element| matches!(element.element, Element::Condition { .. }))
    })
}
