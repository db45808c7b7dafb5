//! An explicit deny: every statement that denies, and what made the first one match.

use evaluator::{
    Element, ElementNote, ElementTrace, Explanation, KeyState, LevelTrace, Outcome, PolicyTrace,
    PolicyType, RequestSide, ResourceTrace, StageTrace, StatementTrace, Truth, Via,
};
use policy::ScopeMode;
use texts::rich;

use super::{Teller, noun, verdict};
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
            return verdict(
                texts::sentence_denied(),
                vec![text(texts::deny_every_case())],
            );
        };
        let mut statement = self.statement(first);
        if let Some(level) = first.level {
            let level = self.level_words(&level.node, &level.name);
            statement = rich::deny_attached(statement, level);
        }
        let denies = |resource: &ResourceTrace| {
            let mut denies = matching_denies(resource).into_iter();
            denies.any(|one| one.is(first))
        };
        let mut sentence = if explanation.resources.iter().all(denies) {
            rich::deny_denies(statement, [self.action()])
        } else {
            let resource = code(first.resource.resource.to_string());
            rich::deny_denies_on(statement, [self.action()], [resource])
        };
        if let Some(because) = because(first.statement) {
            sentence = rich::deny_because(sentence, because);
        }
        let policy_type = first.stage.policy_type;
        if let Some(account) = first.level.and_then(|it| self.below(it, policy_type)) {
            sentence = rich::deny_below(sentence, [strong(account)]);
        }
        sentence.push(text("."));
        sentence.extend(self.also(found.get(1..).unwrap_or_default()));
        verdict(texts::sentence_denied(), sentence)
    }

    /// "statement `X` of SCP **P**"
    fn statement(&self, found: &Found<'_>) -> Phrase {
        let statement = [super::statement_name(found.statement)];
        let noun = [text(noun(found.stage, found.policy))];
        let name = words::policy_name(self.scene.scenario, &found.policy.policy);
        let holder = match &found.policy.via {
            Via::Resource(_) | Via::Role(_) | Via::Endpoint(_) => self.holder(&found.policy.via),
            via @ Via::Group(_) => text(words::via(self.scene.scenario, self.request, via)),
            _ => return rich::deny_statement(statement, noun, [strong(name)]),
        };
        rich::deny_statement_of(statement, noun, [strong(name)], [holder])
    }

    /// The other statements that deny: " So do … and …."
    fn also(&self, others: &[Found<'_>]) -> Phrase {
        if others.is_empty() {
            return Phrase::new();
        }
        let statement = |one: &Found<'_>| match one.level {
            Some(level) => rich::deny_at(self.statement(one), [strong(level.name.clone())]),
            None => self.statement(one),
        };
        let rest = match others.len() {
            count if count > MOST_NAMED + 1 => count - MOST_NAMED,
            _ => 0,
        };
        let named = others.iter().take(others.len() - rest).map(statement);
        let mut phrase = vec![text(" ")];
        phrase.extend(match (others.len(), rest) {
            (1, _) => rich::deny_also_one(named.flatten().collect::<Phrase>()),
            (_, 0) => rich::deny_also_several(words::listed(named, words::comma, rich::list_and)),
            _ => {
                let named = words::listed(named, words::comma, words::comma);
                rich::deny_also_several(rich::list_more(named, [text(rest.to_string())]))
            }
        });
        phrase
    }

    /// The account that a statement at an OU above it reaches.
    fn below(&self, level: &LevelTrace, policy_type: PolicyType) -> Option<String> {
        use organization::NodeRef;
        let tree = self.scene.tree.as_ref();
        match tree.and_then(|tree| tree.node(level.node.as_str())) {
            Some(NodeRef::Ou(_)) => {
                let account = match policy_type {
                    PolicyType::Rcp => self.owner.clone(),
                    _ => self.caller_account(),
                };
                let tree = self.scene.tree.as_deref();
                account.map(|it| words::account_name(self.scene.scenario, tree, &it))
            }
            _ => None,
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
            Some(ElementNote::NotPrincipalWithBoundary) => texts::because_boundary(),
            Some(ElementNote::NotPrincipalPartlyListed) => texts::because_partly_listed(),
            _ => texts::because_not_listed(),
        })]);
    }
    for element in statement.elements.iter().filter(met) {
        let (Element::Condition { key, .. }, RequestSide::Key(state)) =
            (&element.element, &element.request)
        else {
            continue;
        };
        let key = [code(words::key_name(key))];
        match state {
            KeyState::Known { .. } => {
                return Some(rich::because_value(key, words::key_state(state, true).0));
            }
            KeyState::Absent(_) => return Some(rich::because_absent(key)),
            KeyState::PresentUnknown | KeyState::Unknown => {}
        }
    }
    statement
        .elements
        .iter()
        .filter(met)
        .find_map(|element| match element.element {
            Element::Action(ScopeMode::Except) => Some(vec![text(texts::because_not_action())]),
            Element::Resource(ScopeMode::Except) => Some(vec![text(texts::because_not_resource())]),
            _ => None,
        })
}
