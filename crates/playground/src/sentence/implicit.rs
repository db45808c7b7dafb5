//! An implicit deny: what must allow and does not.

use evaluator::{
    Access, Element, Explanation, Grant, KeyState, LevelTrace, Outcome, PolicyType, RequestSide,
    ResourceTrace, StageTrace, Strict, Truth, Via,
};
use policy::Effect;

use super::{Teller, best_grant, noun};
use crate::view::{Inline, Phrase};
use crate::words::{self, code, strong, text};

impl Teller<'_> {
    pub(super) fn implicit_deny(&self, explanation: &Explanation) -> Phrase {
        let mut phrase = vec![strong("Denied.")];
        let several = explanation.resources.len() > 1;
        let mut said_any = false;
        for resource in &explanation.resources {
            let sentences = self.lacking_of(resource);
            if sentences.is_empty() {
                continue;
            }
            said_any = true;
            if several {
                phrase.push(text(" On "));
                phrase.push(code(resource.resource.to_string()));
                phrase.push(text(":"));
            }
            for (at, sentence) in sentences.into_iter().enumerate() {
                phrase.push(text(if at == 0 { " " } else { " Moreover, " }));
                phrase.extend(if at == 0 {
                    sentence
                } else {
                    continued(sentence)
                });
            }
        }
        if !said_any {
            phrase.push(text(
                " In every case that is possible something that must allow does not.",
            ));
        }
        phrase
    }

    /// One sentence for each policy type of a resource that must allow and does not.
    fn lacking_of(&self, resource: &ResourceTrace) -> Vec<Phrase> {
        if let Some(rule) = resource.fixed {
            return vec![vec![text(words::fixed(rule))]];
        }
        let mut sentences: Vec<Phrase> = Vec::new();
        for stage in &resource.stages {
            if stage.outcome == Outcome::ImplicitDeny {
                let mut sentence = self.lacking(stage, resource);
                sentence.extend(self.near_miss(stage));
                sentences.push(sentence);
            }
        }
        sentences
    }

    fn lacking(&self, stage: &StageTrace, resource: &ResourceTrace) -> Phrase {
        if let Some(why) = &stage.why {
            return vec![text(words::why(why))];
        }
        match stage.policy_type {
            PolicyType::Scp => self.lacking_levels(stage),
            PolicyType::Identity => self.lacking_identity(stage, resource),
            _ => self.lacking_policy(stage, resource.access),
        }
    }

    /// An Allow that fails by a condition alone: "Statement `X` of **P** would allow it, but …".
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
                [only] if statement.effect == Effect::Allow => match (&only.element, &only.request)
                {
                    (Element::Condition { key, .. }, RequestSide::Key(state)) => {
                        Some((policy, statement, key, state))
                    }
                    _ => None,
                },
                _ => None,
            }
        });
        let Some((policy, statement, key, state)) = missed.next() else {
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
        phrase.push(text(" would, but "));
        phrase.push(code(words::key_name(key)));
        phrase.push(text(" is "));
        match state {
            KeyState::Absent(_) => phrase.push(text("absent")),
            state => phrase.extend(words::key_state(state, true).0),
        }
        phrase.push(text("."));
        phrase
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
            phrase.push(text(format!("{joint}{} ", self.level_noun(&level.node))));
            phrase.push(strong(level.name.clone()));
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
        let who = strong(self.who());
        let mut phrase = self.not_enough(resource);
        let goes_on = !phrase.is_empty();
        match (stage.policies.is_empty(), goes_on) {
            (true, true) => {
                phrase.extend([text(", and "), who, text(" has no identity policy.")]);
            }
            (true, false) => phrase.extend([
                who,
                text(" has no identity policy, so nothing grants "),
                self.action(),
                text("."),
            ]),
            (false, _) => {
                let begin = if goes_on { ", and no" } else { "No" };
                phrase.extend([
                    text(format!("{begin} identity policy of ")),
                    who,
                    text(" allows "),
                    self.action(),
                    text("."),
                ]);
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
        let who = strong(self.who());
        let Some(policy) = stage.policies.first() else {
            return vec![text("No policy allows "), self.action(), text(".")];
        };
        let mut phrase = if stage.policy_type == PolicyType::Session {
            vec![text("No session policy of "), who, text(" allows ")]
        } else {
            let holder = match policy.via {
                Via::Boundary => who,
                _ => self.holder(&policy.via),
            };
            vec![
                text(format!("The {} ", noun(stage, policy))),
                strong(words::policy_name(self.scene.scenario, &policy.policy)),
                text(" of "),
                holder,
                text(" does not allow "),
            ]
        };
        phrase.push(self.action());
        if stage.policy_type == PolicyType::Resource {
            phrase.push(text(" to "));
            phrase.push(strong(self.who()));
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

/// A sentence that goes on behind a comma.
fn continued(mut sentence: Phrase) -> Phrase {
    if let Some(Inline::Text(first)) = sentence.first_mut() {
        let mut chars = first.chars();
        let small = chars.next().map(|c| c.to_ascii_lowercase());
        // Abbreviations stay as they are.
        if !chars.as_str().starts_with(|c: char| c.is_ascii_uppercase()) {
            *first = small.into_iter().chain(chars).collect();
        }
    }
    sentence
}
