//! An explicit deny: every statement that denies, and what made the first one match.

use evaluator::{
    Element, ElementNote, ElementTrace, Explanation, KeyState, LevelTrace, Outcome, PolicyTrace,
    PolicyType, RequestSide, ResourceTrace, StageTrace, StatementTrace, Truth, Via,
};
use policy::ScopeMode;

use super::{Teller, noun};
use crate::view::Phrase;
use crate::words::{self, code, strong, text};

/// How many statements beside the first are named; past that the rest is counted.
const MOST_NAMED: usize = 4;

/// A statement with where it stands.
struct Found<'a> {
    resource: &'a ResourceTrace,
    stage: &'a StageTrace,
    level: Option<&'a LevelTrace>,
    policy: &'a PolicyTrace,
    statement: &'a StatementTrace,
}

impl Found<'_> {
    /// Whether it is the same statement, perhaps for another resource.
    fn is(&self, other: &Found<'_>) -> bool {
        self.policy.policy == other.policy.policy
            && self.policy.via == other.policy.via
            && self.statement.index == other.statement.index
            && self.level.map(|level| &level.node) == other.level.map(|level| &level.node)
    }
}

impl Teller<'_> {
    pub(super) fn explicit_deny(&self, explanation: &Explanation) -> Phrase {
        let mut found: Vec<Found<'_>> = Vec::new();
        for one in explanation.resources.iter().flat_map(matching_denies) {
            if !found.iter().any(|before| before.is(&one)) {
                found.push(one);
            }
        }
        let Some(first) = found.first() else {
            return vec![
                strong("Denied:"),
                text(" in every case that is possible a Deny statement matches."),
            ];
        };
        let mut phrase = vec![strong("Denied:"), text(" ")];
        phrase.extend(self.statement(first));
        if let Some(level) = first.level {
            phrase.push(text(", attached to "));
            phrase.extend(self.level_words(&level.node, &level.name));
            phrase.push(text(","));
        }
        phrase.push(text(" denies "));
        phrase.push(self.action());
        let denies = |resource: &ResourceTrace| {
            let mut denies = matching_denies(resource).into_iter();
            denies.any(|one| one.is(first))
        };
        if !explanation.resources.iter().all(denies) {
            phrase.push(text(" on "));
            phrase.push(code(first.resource.resource.to_string()));
        }
        if let Some(because) = because(first.statement) {
            phrase.push(text(" because "));
            phrase.extend(because);
        }
        if let Some(level) = first.level {
            phrase.extend(self.below(level, first.stage.policy_type));
        }
        phrase.push(text("."));
        phrase.extend(self.also(found.get(1..).unwrap_or_default()));
        phrase
    }

    /// "statement `X` of SCP **P**"
    fn statement(&self, found: &Found<'_>) -> Phrase {
        let mut phrase = vec![text("statement ")];
        match &found.statement.sid {
            Some(sid) => phrase.push(code(sid.clone())),
            None => phrase.push(text((found.statement.index + 1).to_string())),
        }
        phrase.push(text(format!(" of {} ", noun(found.stage, found.policy))));
        phrase.push(strong(words::policy_name(
            self.scene.scenario,
            &found.policy.policy,
        )));
        match &found.policy.via {
            Via::Resource(_) | Via::Role(_) | Via::Endpoint(_) => {
                phrase.push(text(" of "));
                phrase.push(self.holder(&found.policy.via));
            }
            Via::Group(_) => {
                let via = words::via(self.scene.scenario, self.request, &found.policy.via);
                phrase.push(text(format!(" of {via}")));
            }
            _ => {}
        }
        phrase
    }

    /// The other statements that deny: " So do … and …."
    fn also(&self, others: &[Found<'_>]) -> Phrase {
        let mut phrase = Phrase::new();
        let named = if others.len() > MOST_NAMED + 1 {
            MOST_NAMED
        } else {
            others.len()
        };
        for (at, one) in others.iter().take(named).enumerate() {
            phrase.push(text(match at {
                0 if others.len() == 1 => " So does ",
                0 => " So do ",
                _ if at + 1 == others.len() => " and ",
                _ => ", ",
            }));
            phrase.extend(self.statement(one));
            if let Some(level) = one.level {
                phrase.push(text(" at "));
                phrase.push(strong(level.name.clone()));
            }
        }
        if named < others.len() {
            phrase.push(text(format!(" and {} more", others.len() - named)));
        }
        if !others.is_empty() {
            phrase.push(text("."));
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
                        resource,
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
