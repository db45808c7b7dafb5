//! An implicit deny: what must allow and does not.

use evaluator::{
    Access, Element, ElementTrace, Explanation, Grant, KeyState, LevelTrace, Outcome, PolicyTrace,
    PolicyType, RequestSide, ResourceTrace, StageTrace, Strict, Truth, Via, Why,
};
use policy::{Effect, ScopeMode};

use super::{Teller, begun, best_grant, continued, noun, per_resource};
use crate::view::Phrase;
use crate::words::{self, code, strong, text};

impl Teller<'_> {
    pub(super) fn implicit_deny(&self, explanation: &Explanation) -> Phrase {
        let said = explanation.resources.iter();
        let said: Vec<_> = said
            .map(|resource| (resource, self.lacking_of(resource)))
            .collect();
        if said.iter().all(|(_, sentences)| sentences.is_empty()) {
            return vec![
                strong("Denied:"),
                text(" in every case that is possible something that must allow does not."),
            ];
        }
        per_resource("Denied", said)
    }

    /// One sentence for each policy type of a resource that must allow and does not.
    fn lacking_of(&self, resource: &ResourceTrace) -> Vec<Phrase> {
        if let Some(rule) = resource.fixed {
            return vec![vec![text(words::fixed(rule))]];
        }
        let mut sentences: Vec<Phrase> = Vec::new();
        for stage in &resource.stages {
            if stage.outcome == Outcome::ImplicitDeny {
                let mut sentence = match sentences.len() {
                    0 => Phrase::new(),
                    1 => vec![text("Also, ")],
                    _ => vec![text("And ")],
                };
                let lacking = self.lacking(stage, resource);
                sentence.extend(if sentence.is_empty() {
                    lacking
                } else {
                    continued(lacking)
                });
                sentence.extend(self.near_miss(stage));
                sentences.push(sentence);
            }
        }
        sentences
    }

    fn lacking(&self, stage: &StageTrace, resource: &ResourceTrace) -> Phrase {
        match &stage.why {
            None => {}
            Some(Why::OnlyResourcePolicy) => {
                return begun(self.only_by_resource(" and there is none."));
            }
            Some(Why::OnlyResourcePolicyOff) => {
                return begun(self.only_by_resource(" and this policy type is switched off."));
            }
            Some(why) => return vec![text(words::why(why))],
        }
        match stage.policy_type {
            PolicyType::Scp => self.lacking_levels(stage),
            PolicyType::Identity => self.lacking_identity(stage, resource),
            _ => self.lacking_policy(stage, resource.access),
        }
    }

    /// "an anonymous caller gets in only by a policy of the resource, …"
    fn only_by_resource(&self, rest: &str) -> Phrase {
        let mut phrase = self.who();
        phrase.push(text(" gets in only by a policy of the resource,"));
        phrase.push(text(rest));
        phrase
    }

    /// An Allow that fails by one element alone: a condition ("Statement `X` of **P** would, but
    /// …") or the resource ("… allows it on `…` only").
    fn near_miss(&self, stage: &StageTrace) -> Phrase {
        let policies = stage.levels.iter().flat_map(|level| &level.policies);
        let statements = policies.chain(&stage.policies).flat_map(|policy| {
            let statements = policy.statements.iter();
            statements.map(move |statement| (policy, statement))
        });
        let mut missed = statements.filter_map(|(policy, statement)| {
            let failed = statement.elements.iter();
            let failed: Vec<_> = failed.filter(|it| it.truth == Truth::Unmet).collect();
            match failed.as_slice() {
                [only] if statement.effect == Effect::Allow => {
                    let rest = self.missed_by(policy, only)?;
                    Some((policy, statement, rest))
                }
                _ => None,
            }
        });
        let Some((policy, statement, rest)) = missed.next() else {
            return Phrase::new();
        };
        let mut phrase = vec![text(" Statement ")];
        phrase.push(match &statement.sid {
            Some(sid) => code(sid.clone()),
            None => text((statement.index + 1).to_string()),
        });
        phrase.push(text(" of "));
        phrase.push(strong(words::policy_name(
            self.scene.scenario,
            &policy.policy,
        )));
        phrase.extend(rest);
        phrase.push(text("."));
        phrase
    }

    /// How an element keeps a statement from allowing.
    fn missed_by(&self, policy: &PolicyTrace, element: &ElementTrace) -> Option<Phrase> {
        match (&element.element, &element.request) {
            (Element::Condition { key, .. }, RequestSide::Key(state)) => {
                let mut phrase = vec![
                    text(" would, but "),
                    code(words::key_name(key)),
                    text(" is "),
                ];
                match state {
                    KeyState::Absent(_) => phrase.push(text("absent")),
                    state => phrase.extend(words::key_state(state, true).0),
                }
                Some(phrase)
            }
            (Element::Resource(ScopeMode::Only), _) => {
                let (first, _) = element.entries.first()?;
                let mut phrase = vec![
                    text(" allows it only on "),
                    code(self.scene.value(&policy.policy, *first)),
                ];
                match element.entries.len() {
                    1 => {}
                    2 => phrase.push(text(" and one more")),
                    all => phrase.push(text(format!(" and {} more", all - 1))),
                }
                Some(phrase)
            }
            _ => None,
        }
    }

    fn lacking_levels(&self, stage: &StageTrace) -> Phrase {
        let lacking: Vec<&LevelTrace> = stage
            .levels
            .iter()
            .filter(|level| level.outcome == Outcome::ImplicitDeny)
            .collect();
        let mut phrase = vec![text("No SCP attached to ")];
        for (at, level) in lacking.iter().enumerate() {
            let joint = match at {
                0 => "",
                _ if at + 1 == lacking.len() => " or to ",
                _ => ", to ",
            };
            phrase.push(text(joint));
            phrase.extend(self.level_words(&level.node, &level.name));
        }
        phrase.push(text(" allows "));
        phrase.push(self.action());
        phrase.push(text(
            ". Every level from the root to the account must allow it; an Allow at another level does not count.",
        ));
        phrase
    }

    /// No identity policy allows; where the resource's policy does, why that is not enough.
    fn lacking_identity(&self, stage: &StageTrace, resource: &ResourceTrace) -> Phrase {
        let mut phrase = self.not_enough(resource);
        let goes_on = !phrase.is_empty();
        match (stage.policies.is_empty(), goes_on) {
            (true, _) => {
                if goes_on {
                    phrase.push(text(", and "));
                } else {
                    phrase.extend([text("Nothing grants "), self.action(), text(" because ")]);
                }
                phrase.extend(self.who());
                phrase.push(text(" has no identity policy."));
            }
            (false, _) => {
                let begin = if goes_on { ", and no" } else { "No" };
                phrase.push(text(format!("{begin} identity policy of ")));
                phrase.extend(self.who());
                phrase.extend([text(" allows "), self.action(), text(".")]);
            }
        }
        phrase
    }

    /// That the resource's policy allows, and that more is needed (RB-7, X-1).
    fn not_enough(&self, resource: &ResourceTrace) -> Phrase {
        let Some((stage, policy, grant)) = best_grant(resource) else {
            return Phrase::new();
        };
        let mut phrase = vec![
            text(format!("The {} ", noun(stage, policy))),
            strong(words::policy_name(self.scene.scenario, &policy.policy)),
            text(" of "),
            self.holder(&policy.via),
        ];
        match (resource.access, grant) {
            (Access::CrossAccount, _) => phrase.push(text(
                " allows it, but the resource belongs to another account: then the caller's own side must allow as well",
            )),
            (_, Grant::Account) => phrase.push(text(
                " names only the caller's account: then an identity policy must allow as well",
            )),
            _ => return Phrase::new(),
        }
        phrase
    }

    /// A policy type without levels, none of whose policies allows.
    fn lacking_policy(&self, stage: &StageTrace, access: Access) -> Phrase {
        let Some(policy) = stage.policies.first() else {
            return vec![text("No policy allows "), self.action(), text(".")];
        };
        let mut phrase = if stage.policy_type == PolicyType::Session {
            let mut phrase = vec![text("No session policy of ")];
            phrase.extend(self.who());
            phrase.push(text(" allows "));
            phrase
        } else {
            let mut phrase = vec![
                text(format!("The {} ", noun(stage, policy))),
                strong(words::policy_name(self.scene.scenario, &policy.policy)),
                text(" of "),
            ];
            match policy.via {
                Via::Boundary => phrase.extend(self.who()),
                _ => phrase.push(self.holder(&policy.via)),
            }
            phrase.push(text(" does not allow "));
            phrase
        };
        phrase.push(self.action());
        if stage.policy_type == PolicyType::Resource {
            phrase.push(text(" to "));
            phrase.extend(self.who());
            phrase.push(text(match access {
                Access::CrossAccount => {
                    ". The resource belongs to another account, so both sides must allow."
                }
                Access::Strict(Strict::Role) => {
                    ". A role can be assumed only by whom its trust policy lets in."
                }
                Access::Strict(Strict::Key) => {
                    ". A key can be used only as its key policy says; identity policies alone do not count."
                }
                _ => ". Nothing else could let this caller in.",
            }));
        } else {
            phrase.push(text("."));
        }
        phrase
    }
}
