//! An allow: what lets the request through.

use evaluator::{
    Access, Element, Explanation, Grant, Outcome, PolicyTrace, PolicyType, ResourceTrace,
    StageTrace, Strict, Why,
};
use organization::CallerKind;

use super::{Teller, best_grant, continued, noun, per_resource};
use crate::view::Phrase;
use crate::words::{self, strong, text};

impl Teller<'_> {
    pub(super) fn allow(&self, explanation: &Explanation) -> Phrase {
        let said = explanation.resources.iter();
        let said = said.map(|resource| (resource, self.allow_on(resource)));
        per_resource("Allowed", said.collect())
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
            said.push(vec![text("No RCP denies it.")]);
        }
        if let Some(endpoint) = stage(PolicyType::Endpoint)
            && let Some(policy) = endpoint.policies.first()
        {
            said.push(vec![
                text("The policy of endpoint "),
                self.holder(&policy.via),
                text(" lets it through."),
            ]);
        }
        let own = stage(PolicyType::Identity)
            .filter(|_| !direct)
            .map(|identity| self.granted(identity))
            .unwrap_or_default();
        said.push(self.grants(resource, direct, own));
        said.push(vec![text(
            match (limits(PolicyType::Boundary), limits(PolicyType::Session)) {
                (true, true) => {
                    "The permissions boundary and the session policies allow it as well."
                }
                (true, false) => "The permissions boundary allows it as well.",
                (false, true) => "The session policies allow it as well.",
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
            Some(Why::SwitchedOff) => return vec![text("SCPs are switched off.")],
            Some(Why::Disabled) => return vec![text("SCPs are not enabled.")],
            Some(why @ (Why::ManagementAccount | Why::ConsolidatedBilling)) => {
                return vec![text(words::why(why))];
            }
            Some(why) => {
                let mut phrase = vec![text("SCPs do not apply because ")];
                phrase.extend(continued(vec![text(words::why(why))]));
                return phrase;
            }
        }
        let (Some(first), Some(last)) = (stage.levels.first(), stage.levels.last()) else {
            return Phrase::new();
        };
        vec![
            text("Every level from "),
            strong(first.name.clone()),
            text(" to "),
            strong(last.name.clone()),
            text(" allows "),
            self.action(),
            text(if no_rcp {
                ", and no SCP or RCP denies it."
            } else {
                ", and no SCP denies it."
            }),
        ]
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
            return super::begun(own);
        };
        let federated = matches!(self.request.caller.kind, CallerKind::FederatedUser { .. });
        let mut phrase = vec![
            text(format!("The {} ", noun(stage, policy))),
            strong(words::policy_name(self.scene.scenario, &policy.policy)),
            text(" of "),
            self.holder(&policy.via),
            text(" lets in "),
        ];
        match grant {
            Grant::Everyone if on_conditions(policy) => {
                phrase.push(text("everyone who meets its conditions"));
            }
            Grant::Everyone => phrase.push(text("everyone")),
            Grant::Account => phrase.push(text("the caller's account")),
            Grant::Role if federated => {
                phrase.push(text("the user who issued the caller's credentials"));
            }
            Grant::Role => phrase.push(text("the caller's role")),
            Grant::Itself => phrase.extend(self.who()),
        }
        let needs_own = match (resource.access, grant) {
            (Access::CrossAccount, _) => {
                phrase.push(text(
                    ". The resource belongs to another account, so the caller's own side must allow as well",
                ));
                true
            }
            (Access::OwnRoot, _) => false,
            (_, Grant::Account) => {
                phrase.push(text(", whose identity policies must allow as well"));
                true
            }
            _ => {
                phrase.push(text(if direct {
                    ", and nothing else is needed"
                } else {
                    ", so no identity policy is needed"
                }));
                false
            }
        };
        match (needs_own, own.is_empty()) {
            (_, true) => phrase.push(text(".")),
            (true, false) => {
                phrase.push(text(": "));
                phrase.extend(own);
            }
            (false, false) => {
                phrase.push(text(". "));
                phrase.extend(super::begun(own));
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
            let mut phrase = vec![text("whatever is not stated, some identity policy of ")];
            phrase.extend(self.who());
            phrase.push(text(" grants it."));
            return phrase;
        }
        let mut policies = stage.policies.iter();
        match policies.find(|policy| policy.outcome == Outcome::Allow) {
            Some(policy) => {
                let via = words::via(self.scene.scenario, self.request, &policy.via);
                vec![
                    text("identity policy "),
                    strong(words::policy_name(self.scene.scenario, &policy.policy)),
                    text(format!(" of {via} grants it.")),
                ]
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
