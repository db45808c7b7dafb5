//! An implicit deny: what must allow and does not.

use evaluator::{
    Access, Element, ElementNote, ElementTrace, Explanation, Grant, KeyState, Outcome, PolicyTrace,
    PolicyType, RequestSide, ResourceTrace, StageTrace, StatementTrace, Strict, Truth, Via, Why,
};
use policy::{Effect, ScopeMode};
use texts::rich;

use super::{Teller, best_grant, noun, per_resource, statement_name, verdict};
use crate::view::Phrase;
use crate::words::{self, begun, code, continued, strong, text};

impl Teller<'_> {
    pub(super) fn implicit_deny(&self, explanation: &Explanation) -> Phrase {
        let said = explanation.resources.iter();
        let said: Vec<_> = said
            .map(|resource| (resource, self.lacking_of(resource)))
            .collect();
        if said.iter().all(|(_, sentences)| sentences.is_empty()) {
            return verdict(
                texts::sentence_denied(),
                vec![text(texts::lack_every_case())],
            );
        }
        per_resource(texts::sentence_denied(), said)
    }

    /// One sentence for each policy type of a resource that must allow and does not.
    fn lacking_of(&self, resource: &ResourceTrace) -> Vec<Phrase> {
        if let Some(rule) = resource.fixed {
            return vec![vec![text(words::fixed(rule))]];
        }
        let mut sentences: Vec<Phrase> = Vec::new();
        for stage in &resource.stages {
            if stage.outcome == Outcome::ImplicitDeny {
                let lacking = self.lacking(stage, resource);
                let mut sentence = match sentences.len() {
                    0 => lacking,
                    1 => rich::lack_also(continued(lacking)),
                    _ => rich::lack_and(continued(lacking)),
                };
                if let Some(near_miss) = self.near_miss(stage) {
                    sentence.push(text(" "));
                    sentence.extend(near_miss);
                }
                sentences.push(sentence);
            }
        }
        sentences
    }

    fn lacking(&self, stage: &StageTrace, resource: &ResourceTrace) -> Phrase {
        match &stage.why {
            None => {}
            Some(Why::OnlyResourcePolicy) => {
                return begun(rich::lack_only_by_resource(self.who()));
            }
            Some(Why::OnlyResourcePolicyOff) => {
                return begun(rich::lack_only_by_resource_off(self.who()));
            }
            Some(Why::CrossAccountWithoutPolicy) if is_role(resource) => {
                return rich::lack_role_abroad([self.action()]);
            }
            Some(why) => return vec![text(words::why(why))],
        }
        match stage.policy_type {
            PolicyType::Scp => self.lacking_levels(stage),
            PolicyType::Identity => self.lacking_identity(stage, resource),
            _ => self.lacking_policy(stage, resource.access),
        }
    }

    /// An Allow that fails by one element alone: a condition ("Statement `X` of **P** would, but
    /// …") or the resource ("… allows it on `…` only").
    fn near_miss(&self, stage: &StageTrace) -> Option<Phrase> {
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
                    self.missed_by(policy, statement, only)
                }
                _ => None,
            }
        });
        missed.next()
    }

    /// How an element keeps a statement from allowing.
    fn missed_by(
        &self,
        policy: &PolicyTrace,
        statement: &StatementTrace,
        element: &ElementTrace,
    ) -> Option<Phrase> {
        let name = [strong(words::policy_name(
            self.scene.scenario,
            &policy.policy,
        ))];
        let statement = [statement_name(statement)];
        match (&element.element, &element.request) {
            (Element::Condition { key, .. }, RequestSide::Key(state)) => {
                let key = [code(words::key_name(key))];
                Some(match state {
                    KeyState::Absent(_) => rich::near_absent(statement, name, key),
                    state => {
                        let value = words::key_state(state, true).0;
                        rich::near_condition(statement, name, key, value)
                    }
                })
            }
            (Element::Resource(ScopeMode::Only), _) => {
                let (first, _) = element.entries.first()?;
                let first = vec![code(self.scene.value(&policy.policy, *first))];
                let resources = match element.entries.len() {
                    1 => first,
                    2 => rich::list_one_more(first),
                    all => rich::list_more(first, [text((all - 1).to_string())]),
                };
                Some(match element.note {
                    Some(ElementNote::UnresolvedVariable) => {
                        rich::near_variable(statement, name, resources)
                    }
                    _ => rich::near_resource(statement, name, resources),
                })
            }
            _ => None,
        }
    }

    fn lacking_levels(&self, stage: &StageTrace) -> Phrase {
        let levels = stage.levels.iter();
        let lacking = levels
            .filter(|level| level.outcome == Outcome::ImplicitDeny)
            .map(|level| self.level_words(&level.node, &level.name));
        let lacking = words::listed(lacking, rich::list_to, rich::list_or_to);
        rich::lack_levels(lacking, [self.action()])
    }

    /// No identity policy allows; where the resource's policy does, why that is not enough.
    fn lacking_identity(&self, stage: &StageTrace, resource: &ResourceTrace) -> Phrase {
        let action = [self.action()];
        match (stage.policies.is_empty(), self.not_enough(resource)) {
            (true, Some(grant)) => rich::lack_no_identity_beside(grant, self.who()),
            (true, None) => rich::lack_no_identity(action, self.who()),
            (false, Some(grant)) => rich::lack_identity_beside(grant, self.who(), action),
            (false, None) => rich::lack_identity(self.who(), action),
        }
    }

    /// That the resource's policy allows, and that more is needed (RB-7, X-1).
    fn not_enough(&self, resource: &ResourceTrace) -> Option<Phrase> {
        let (stage, policy, grant) = best_grant(resource)?;
        let noun = [text(noun(stage, policy))];
        let name = [strong(words::policy_name(
            self.scene.scenario,
            &policy.policy,
        ))];
        let holder = [self.holder(&policy.via)];
        match (resource.access, grant) {
            (Access::CrossAccount, _) => Some(rich::lack_other_account(noun, name, holder)),
            (_, Grant::Account) => Some(rich::lack_names_account(noun, name, holder)),
            _ => None,
        }
    }

    /// A policy type without levels, none of whose policies allows.
    fn lacking_policy(&self, stage: &StageTrace, access: Access) -> Phrase {
        let action = [self.action()];
        let Some(policy) = stage.policies.first() else {
            return rich::lack_no_policy(action);
        };
        if stage.policy_type == PolicyType::Session {
            return rich::lack_session(self.who(), action);
        }
        let noun = [text(noun(stage, policy))];
        let name = [strong(words::policy_name(
            self.scene.scenario,
            &policy.policy,
        ))];
        let holder = match policy.via {
            Via::Boundary => self.who(),
            _ => vec![self.holder(&policy.via)],
        };
        if stage.policy_type != PolicyType::Resource {
            return rich::lack_policy(noun, name, holder, action);
        }
        let rest = match access {
            Access::CrossAccount => texts::lack_both_sides(),
            Access::Strict(Strict::Role) => texts::lack_trust(),
            Access::Strict(Strict::Key) if self.is_root() => texts::lack_key_root(),
            Access::Strict(Strict::Key) => texts::lack_key(),
            _ => texts::lack_nothing_else(),
        };
        rich::lack_policy_to(noun, name, holder, action, self.who(), [text(rest)])
    }
}

/// Whether what is called is a role of IAM: its own policy says who may assume it, nothing else.
fn is_role(resource: &ResourceTrace) -> bool {
    let mut parts = resource.resource.splitn(6, ':').skip(2);
    parts.next() == Some("iam") && parts.nth(2).is_some_and(|rest| rest.starts_with("role/"))
}
