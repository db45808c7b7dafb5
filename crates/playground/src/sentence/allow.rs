//! An allow: what lets the request through.

use evaluator::{
    Access, Explanation, Grant, Outcome, PolicyType, ResourceTrace, StageTrace, Strict, Why,
};
use organization::CallerKind;

use super::{Teller, best_grant, noun};
use crate::view::Phrase;
use crate::words::{self, code, strong, text};

impl Teller<'_> {
    pub(super) fn allow(&self, explanation: &Explanation) -> Phrase {
        let mut phrase = vec![strong("Allowed.")];
        let several = explanation.resources.len() > 1;
        for resource in &explanation.resources {
            if several {
                phrase.push(text(" On "));
                phrase.push(code(resource.resource.to_string()));
                phrase.push(text(":"));
            }
            phrase.extend(self.allow_on(resource));
        }
        phrase
    }

    fn allow_on(&self, resource: &ResourceTrace) -> Phrase {
        if let Some(rule) = resource.fixed {
            return vec![text(format!(" {}", words::fixed(rule)))];
        }
        let mut phrase = Phrase::new();
        let direct = self.is_direct(resource);
        for stage in &resource.stages {
            match (stage.policy_type, &stage.why) {
                (PolicyType::Scp, None) => phrase.extend(self.every_level(stage)),
                (PolicyType::Scp, Some(why)) if *why != Why::NoOrganization => {
                    phrase.push(text(format!(" {}", words::why(why))));
                }
                (PolicyType::Rcp, None) if stage.outcome == Outcome::Allow => {
                    phrase.push(text(" No RCP denies it."));
                }
                (PolicyType::Endpoint, None) => {
                    let Some(policy) = stage.policies.first() else {
                        continue;
                    };
                    phrase.push(text(" The policy of the endpoint "));
                    phrase.push(self.holder(&policy.via));
                    phrase.push(text(" lets it through."));
                }
                (PolicyType::Identity, Some(why @ (Why::RootUser | Why::RootWithoutIdentity))) => {
                    phrase.push(text(format!(" {}", words::why(why))));
                }
                (PolicyType::Identity, _) => phrase.extend(self.granted(stage)),
                (PolicyType::Resource, _) => phrase.extend(self.let_in(resource)),
                (PolicyType::Boundary, None) if !direct => {
                    phrase.push(text(" The permissions boundary allows it as well."));
                }
                (PolicyType::Session, None) if !direct => {
                    phrase.push(text(" The session policies allow it as well."));
                }
                _ => {}
            }
        }
        phrase
    }

    fn every_level(&self, stage: &StageTrace) -> Phrase {
        let (Some(first), Some(last)) = (stage.levels.first(), stage.levels.last()) else {
            return Phrase::new();
        };
        vec![
            text(" Every level from "),
            strong(first.name.clone()),
            text(" to "),
            strong(last.name.clone()),
            text(" allows "),
            self.action(),
            text(", and no SCP denies it."),
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

    /// What the resource's policy contributes.
    fn let_in(&self, resource: &ResourceTrace) -> Phrase {
        let Some((stage, policy, grant)) = best_grant(resource) else {
            return Phrase::new();
        };
        let federated = matches!(self.request.caller.kind, CallerKind::FederatedUser { .. });
        let mut phrase = vec![
            text(format!(" The {} ", noun(stage, policy))),
            strong(words::policy_name(self.scene.scenario, &policy.policy)),
            text(" of "),
            self.holder(&policy.via),
            text(" lets in "),
        ];
        phrase.push(match grant {
            Grant::Everyone => text("everyone"),
            Grant::Account => text("the caller's account"),
            Grant::Role if federated => text("the user who issued the caller's credentials"),
            Grant::Role => text("the caller's role"),
            Grant::Itself => strong(self.who()),
        });
        phrase.push(text(match (resource.access, grant) {
            (Access::CrossAccount, _) => {
                ". The resource belongs to another account, so the caller's own side must allow as well."
            }
            (Access::OwnRoot, _) => ".",
            (_, Grant::Account) => ", whose identity policies must allow as well.",
            _ if self.is_direct(resource) => ", and nothing else is needed.",
            _ => ", so no identity policy is needed.",
        }));
        phrase
    }

    /// What identity policies contribute.
    fn granted(&self, stage: &StageTrace) -> Phrase {
        if stage.why == Some(Why::Granted) {
            return Phrase::new();
        }
        if stage.outcome == Outcome::Unknown {
            return vec![
                text(" Whatever is not stated, some identity policy of "),
                strong(self.who()),
                text(" grants it."),
            ];
        }
        let mut policies = stage.policies.iter();
        match policies.find(|policy| policy.outcome == Outcome::Allow) {
            Some(policy) => {
                let via = words::via(self.scene.scenario, self.request, &policy.via);
                vec![
                    text(" The identity policy "),
                    strong(words::policy_name(self.scene.scenario, &policy.policy)),
                    text(format!(" of {via} grants it.")),
                ]
            }
            None => Phrase::new(),
        }
    }
}
