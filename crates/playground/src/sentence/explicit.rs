//! An explicit deny: every statement that denies, and what made the first one match.

use evaluator::{
    Element, ElementNote, ElementTrace, Explanation, KeyState, LevelTrace, Outcome, PolicyTrace,
    PolicyType, RequestSide, ResourceTrace, StageTrace, StatementTrace, Truth, Via,
};
use policy::ScopeMode;

use super::{Teller, noun};
use crate::view::Phrase;
use crate::words::{self, code, strong, text};

/// A statement with where it stands.
struct Found<'a> {
    stage: &'a StageTrace,
    level: Option<&'a LevelTrace>,
    policy: &'a PolicyTrace,
    statement: &'a StatementTrace,
}

impl Teller<'_> {
    pub(super) fn explicit_deny(&self, explanation: &Explanation) -> Phrase {
        let found: Vec<Found<'_>> = explanation
            .resources
            .iter()
            .flat_map(matching_denies)
            .collect();
        let mut phrase = vec![strong("Denied.")];
        let Some(first) = found.first() else {
            phrase.push(text(
                " In every case that is possible a Deny statement matches.",
            ));
            return phrase;
        };
        phrase.push(text(" "));
        phrase.extend(self.statement(first, true));
        phrase.push(text(" denies "));
        phrase.push(self.action());
        if let Some(because) = because(first.statement) {
            phrase.push(text(" because "));
            phrase.extend(because);
        }
        if let Some(level) = first.level {
            phrase.extend(self.below(level, first.stage.policy_type));
        }
        phrase.push(text("."));
        for more in found.iter().skip(1) {
            phrase.push(text(" So does "));
            phrase.extend(self.statement(more, false));
            phrase.push(text("."));
        }
        phrase
    }

    /// "Statement `X` of the SCP **P**, attached to the OU **N**,"
    fn statement(&self, found: &Found<'_>, begins: bool) -> Phrase {
        let mut phrase = vec![text(if begins { "Statement " } else { "statement " })];
        match &found.statement.sid {
            Some(sid) => phrase.push(code(sid.clone())),
            None => phrase.push(text((found.statement.index + 1).to_string())),
        }
        phrase.push(text(format!(
            " of the {} ",
            noun(found.stage, found.policy)
        )));
        phrase.push(strong(words::policy_name(
            self.scene.scenario,
            &found.policy.policy,
        )));
        match (found.level, &found.policy.via) {
            (None, Via::Resource(_) | Via::Role(_) | Via::Endpoint(_)) => {
                phrase.push(text(" of "));
                phrase.push(self.holder(&found.policy.via));
            }
            (Some(level), _) => {
                phrase.push(text(format!(
                    ", attached to {} ",
                    self.level_noun(&level.node)
                )));
                phrase.push(strong(level.name.clone()));
            }
            (None, Via::Group(_)) => {
                let via = words::via(self.scene.scenario, self.request, &found.policy.via);
                phrase.push(text(format!(" of {via}")));
            }
            (None, _) => {}
        }
        if begins && found.level.is_some() {
            phrase.push(text(","));
        }
        phrase
    }

    /// ", and ana's account is below that OU"
    fn below(&self, level: &LevelTrace, policy_type: PolicyType) -> Phrase {
        use organization::NodeRef;
        let tree = self.scene.tree.as_ref();
        match tree.and_then(|tree| tree.node(level.node.as_str())) {
            Some(NodeRef::Ou(_)) => {
                let account = match policy_type {
                    PolicyType::Rcp => self.owner.clone(),
                    _ => self.caller_account(),
                };
                match account {
                    Some(account) => vec![
                        text(", and "),
                        strong(words::account_name(
                            self.scene.scenario,
                            self.scene.tree.as_deref(),
                            &account,
                        )),
                        text(" is below that OU"),
                    ],
                    None => Vec::new(),
                }
            }
            _ => Vec::new(),
        }
    }
}

fn matching_denies(resource: &ResourceTrace) -> Vec<Found<'_>> {
    let mut found = Vec::new();
    for stage in &resource.stages {
        let here = stage.policies.iter().map(|policy| (None, policy));
        let levels = stage.levels.iter();
        let there = levels.flat_map(|level| level.policies.iter().map(move |it| (Some(level), it)));
        for (level, policy) in there.chain(here) {
            for statement in &policy.statements {
                if evaluator::decides(Outcome::ExplicitDeny, statement.effect, statement.truth) {
                    found.push(Found {
                        stage,
                        level,
                        policy,
                        statement,
                    });
                }
            }
        }
    }
    found
}

/// The condition that made a statement match, as a reason: "`aws:RequestedRegion` is `us-east-2`";
/// without one the `Not…` element.
fn because(statement: &StatementTrace) -> Option<Phrase> {
    let met = |element: &&ElementTrace| element.truth == Truth::Met;
    let not_principal = statement
        .elements
        .iter()
        .filter(met)
        .find(|element| element.element == Element::Principal(ScopeMode::Except));
    if let Some(element) = not_principal {
        return Some(vec![text(match element.note {
            Some(ElementNote::NotPrincipalWithBoundary) => {
                "the caller has a permissions boundary, and NotPrincipal then always denies, even a caller that it lists"
            }
            Some(ElementNote::NotPrincipalPartlyListed) => {
                "NotPrincipal lists only some of the caller's names, and all of them are needed"
            }
            _ => "NotPrincipal does not list the caller",
        })]);
    }
    for element in statement.elements.iter().filter(met) {
        let (Element::Condition { key, .. }, RequestSide::Key(state)) =
            (&element.element, &element.request)
        else {
            continue;
        };
        let key = code(words::key_name(key));
        match state {
            KeyState::Known { .. } => {
                let mut phrase = vec![key, text(" is ")];
                phrase.extend(words::key_state(state, true).0);
                return Some(phrase);
            }
            KeyState::Absent(_) => return Some(vec![key, text(" is absent")]),
            KeyState::PresentUnknown | KeyState::Unknown => {}
        }
    }
    statement
        .elements
        .iter()
        .filter(met)
        .find_map(|element| match element.element {
            Element::Action(ScopeMode::Except) => {
                Some(vec![text("it is none of the actions in NotAction")])
            }
            Element::Resource(ScopeMode::Except) => {
                Some(vec![text("the resource is none of those in NotResource")])
            }
            _ => None,
        })
}
