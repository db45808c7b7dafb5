//! The sentence that says a verdict, and the sentences of policy types and levels.

mod allow;
mod explicit;
mod implicit;
mod message;

use evaluator::{
    Answer, Blocker, Explanation, Grant, LevelTrace, Outcome, PolicyTrace, PolicyType,
    ResourceTrace, StageTrace, StatementTrace, Tried, Verdict, Via,
};
use organization::{AccountId, NodeId, Request};
use policy::Severity;
use texts::rich;

use crate::engine::Scene;
use crate::view::{Inline, Phrase};
use crate::words::{self, code, continued, strong, text};

pub(crate) use message::message;

/// How many of the things that a verdict depends on are named; past that the rest is counted.
const MOST_THINGS: usize = 4;

/// The verdict in a sentence or two.
pub(crate) fn sentence(
    scene: &Scene<'_>,
    request: &Request,
    account: Option<&AccountId>,
    explanation: &Explanation,
) -> Phrase {
    let denied = explanation.resources.iter().find(|resource| {
        let mut stages = resource.stages.iter();
        stages.any(|stage| stage.outcome == Outcome::ExplicitDeny)
    });
    let teller = Teller {
        scene,
        request,
        account,
        owner: denied.and_then(|resource| resource.owner.clone()),
    };
    match explanation.answer.verdict {
        Verdict::Allow => teller.allow(explanation),
        Verdict::ExplicitDeny => teller.explicit_deny(explanation),
        Verdict::ImplicitDeny => teller.implicit_deny(explanation),
        Verdict::Depends => teller.depends(&explanation.answer),
        Verdict::Error => teller.error(&explanation.answer),
    }
}

/// Further sentences.
pub(crate) fn notes(scene: &Scene<'_>, answer: &Answer) -> Vec<Phrase> {
    let mut notes: Vec<Phrase> = answer
        .blockers
        .iter()
        .skip(1)
        .map(|blocker| blocker_sentence(scene, blocker))
        .collect();
    if let Some(depends) = &answer.depends {
        let has_owner = depends
            .on
            .iter()
            .any(|thing| matches!(thing, evaluator::UnknownThing::Owner { .. }));
        if has_owner {
            let tried = |wanted: &Tried| {
                let mut branches = depends.branches.iter();
                let branch = branches.find(|branch| branch.tried.contains(wanted));
                branch.map(|branch| branch.verdict)
            };
            let by_rcps = depends.branches.iter().any(|branch| {
                let mut tried = branch.tried.iter();
                tried.any(|tried| matches!(tried, Tried::AccountLike(_)))
            });
            let same = tried(&Tried::SameAccount);
            notes.push(vec![text(
                if same.is_some() && same != tried(&Tried::OtherAccount) {
                    texts::depends_owner_accounts()
                } else if by_rcps {
                    texts::depends_owner_rcps()
                } else {
                    texts::depends_owner()
                },
            )]);
        }
        if !depends.complete {
            notes.push(vec![text(texts::depends_incomplete())]);
        }
    }
    notes
}

/// What a policy type says.
pub(crate) fn stage(policy_type: PolicyType, outcome: Outcome, action: &str) -> Phrase {
    let scp = matches!(policy_type, PolicyType::Scp | PolicyType::Rcp);
    let action = [code(action)];
    match outcome {
        Outcome::Allow if policy_type == PolicyType::Rcp => rich::stage_no_rcp(action),
        Outcome::Allow if scp => rich::stage_levels_allow(action),
        Outcome::Allow => rich::stage_allows(action),
        Outcome::ExplicitDeny => vec![text(texts::stage_denies())],
        Outcome::ImplicitDeny if scp => rich::stage_level_lacks(action),
        Outcome::ImplicitDeny => rich::stage_lacks(action),
        Outcome::Unknown => vec![text(texts::stage_unknown())],
        Outcome::NotAsked | Outcome::Error => Vec::new(),
    }
}

/// What one level says.
pub(crate) fn level(scene: &Scene<'_>, level: &LevelTrace, action: &str) -> Phrase {
    let name = |policy: &PolicyTrace| words::policy_name(scene.scenario, &policy.policy);
    let first = |wanted: Outcome| {
        let mut policies = level.policies.iter();
        policies.find(|policy| policy.outcome == wanted).map(name)
    };
    let action = [code(action)];
    match level.outcome {
        Outcome::Allow => match first(Outcome::Allow) {
            Some(policy) => rich::level_allows([strong(policy)], action),
            None => Vec::new(),
        },
        Outcome::ExplicitDeny => match first(Outcome::ExplicitDeny) {
            Some(policy) => rich::level_denies([strong(policy)], action),
            None => Vec::new(),
        },
        Outcome::ImplicitDeny if level.policies.is_empty() => vec![text(texts::level_no_scp())],
        Outcome::ImplicitDeny => {
            let names = level
                .policies
                .iter()
                .map(|policy| vec![strong(name(policy))]);
            let names = words::listed(names, words::comma, words::comma);
            match level.policies.len() {
                1 => rich::level_lacks_one(names, action),
                _ => rich::level_lacks_several(names, action),
            }
        }
        Outcome::Unknown => vec![text(texts::stage_unknown())],
        Outcome::Error => match first(Outcome::Error) {
            Some(policy) => rich::level_error([strong(policy)]),
            None => Vec::new(),
        },
        Outcome::NotAsked => Vec::new(),
    }
}

struct Teller<'a> {
    scene: &'a Scene<'a>,
    request: &'a Request,
    account: Option<&'a AccountId>,
    /// Who owns the first resource that is denied, if it is known.
    owner: Option<AccountId>,
}

impl Teller<'_> {
    fn action(&self) -> Inline {
        code(self.request.action.clone())
    }

    /// "role **Admin** in **Dev**"
    fn who(&self) -> Phrase {
        words::caller_words(
            self.scene.scenario,
            self.scene.tree.as_deref(),
            self.request,
            self.account,
        )
    }

    /// "OU **Workloads**"
    fn level_words(&self, node: &NodeId, name: &str) -> Phrase {
        use organization::NodeRef;
        let tree = self.scene.tree.as_ref();
        match tree.and_then(|tree| tree.node(node.as_str())) {
            Some(NodeRef::Root(_)) => rich::node_root([strong(texts::node_root_name())]),
            Some(NodeRef::Account(_)) => rich::node_account([strong(name)]),
            _ => rich::node_ou([strong(name)]),
        }
    }

    fn is_root(&self) -> bool {
        matches!(
            self.request.caller.kind,
            organization::CallerKind::Root { .. }
        )
    }

    fn caller_account(&self) -> Option<AccountId> {
        if let Some(account) = self.account {
            return Some(account.clone());
        }
        if let organization::CallerKind::Root { account }
        | organization::CallerKind::AssumedRoot { account, .. } = &self.request.caller.kind
        {
            return Some(account.clone());
        }
        let id = self.request.caller.principal()?;
        let entry = self.scene.scenario.principal(id.as_str())?;
        entry.account().cloned()
    }

    /// What a policy belongs to: a resource, a role, an endpoint.
    fn holder(&self, via: &Via) -> Inline {
        match via {
            Via::Resource(arn) => code(arn.clone()),
            Via::Endpoint(id) => code(id.clone()),
            _ => strong(words::via(self.scene.scenario, self.request, via)),
        }
    }

    fn depends(&self, answer: &Answer) -> Phrase {
        let on = answer.depends.iter().flat_map(|depends| &depends.on);
        let mut on: Vec<Phrase> = on.map(words::thing).collect();
        if on.len() > MOST_THINGS + 1 {
            let rest = on.split_off(MOST_THINGS).len();
            on.push(vec![text(texts::depends_more_keys(&rest))]);
        }
        rich::depends_on(
            [strong(texts::depends_word())],
            words::listed(on, words::comma, rich::list_and),
        )
    }

    fn error(&self, answer: &Answer) -> Phrase {
        let mut phrase = vec![strong(format!("{}.", texts::verdict_error()))];
        if let Some(blocker) = answer.blockers.first() {
            phrase.push(text(" "));
            phrase.extend(blocker_sentence(self.scene, blocker));
        }
        phrase
    }
}

/// "**Denied:** …"
fn verdict(word: &str, sentence: Phrase) -> Phrase {
    let mut whole = vec![strong(format!("{word}:")), text(" ")];
    whole.extend(continued(sentence));
    whole
}

/// What is said of each resource: once, if all is the same.
fn per_resource(word: &str, said: Vec<(&ResourceTrace, Vec<Phrase>)>) -> Phrase {
    let count = said.len();
    let joined = said.into_iter().map(|(resource, sentences)| {
        let mut phrase = Phrase::new();
        for sentence in sentences {
            if sentence.iter().all(|piece| *piece == text("")) {
                continue;
            }
            if !phrase.is_empty() {
                phrase.push(text(" "));
            }
            phrase.extend(sentence);
        }
        (resource, phrase)
    });
    let mut joined: Vec<_> = joined.filter(|(_, phrase)| !phrase.is_empty()).collect();
    let first = joined.first().map(|(_, phrase)| phrase.clone());
    let first = first.unwrap_or_default();
    if joined.len() == count && joined.iter().all(|(_, phrase)| *phrase == first) {
        return verdict(word, first);
    }
    let mut whole = vec![strong(format!("{word}."))];
    for (resource, phrase) in &mut joined {
        whole.push(text(" "));
        whole.extend(rich::sentence_on_resource(
            [code(resource.resource.to_string())],
            continued(std::mem::take(phrase)),
        ));
    }
    whole
}

/// The Allow of the resource's policy that is worth most, if any matches (EVAL-23).
fn best_grant(resource: &ResourceTrace) -> Option<(&StageTrace, &PolicyTrace, Grant)> {
    let mut stages = resource.stages.iter();
    let stage = stages.find(|stage| stage.policy_type == PolicyType::Resource)?;
    let grants = stage.policies.iter().flat_map(|policy| {
        let allows = |statement: &&StatementTrace| {
            evaluator::decides(Outcome::Allow, statement.effect, statement.truth)
        };
        let matching = policy.statements.iter().filter(allows);
        matching.filter_map(move |statement| Some((policy, statement.grant?)))
    });
    let (policy, grant) = grants.max_by_key(|(_, grant)| *grant)?;
    Some((stage, policy, grant))
}

/// The Sid of a statement, or its number.
fn statement_name(statement: &StatementTrace) -> Inline {
    match &statement.sid {
        Some(sid) => code(sid.clone()),
        None => text((statement.index + 1).to_string()),
    }
}

/// What a policy is called: "SCP", "bucket policy".
fn noun(stage: &StageTrace, policy: &PolicyTrace) -> &'static str {
    match (stage.policy_type, &policy.via) {
        (PolicyType::Scp, _) => texts::kind_scp(),
        (PolicyType::Rcp, _) => texts::kind_rcp(),
        (PolicyType::Endpoint, _) => texts::kind_endpoint(),
        (_, Via::Role(_)) => texts::kind_trust(),
        (PolicyType::Resource, Via::Resource(arn)) if arn.contains(":s3:") => {
            texts::noun_bucket_policy()
        }
        (PolicyType::Resource, Via::Resource(arn)) if arn.contains(":kms:") => {
            texts::noun_key_policy()
        }
        (PolicyType::Resource, _) => texts::kind_resource(),
        (PolicyType::Boundary, _) => texts::kind_boundary(),
        (PolicyType::Session, _) => texts::kind_session(),
        (PolicyType::Identity | PolicyType::Fixed, _) => texts::kind_identity(),
    }
}

/// A blocker; for a refused document also its first error with line and column.
fn blocker_sentence(scene: &Scene<'_>, blocker: &Blocker) -> Phrase {
    let phrase = words::blocker(scene.scenario, blocker);
    if let Blocker::Refused(id) = blocker
        && let (Some(read), Some(policy)) =
            (scene.texts.get(id), scene.scenario.policy(id.as_str()))
        && let Some(finding) = read
            .parsed
            .diagnostics
            .iter()
            .find(|finding| finding.severity == Severity::Error)
    {
        let place = read.lines.line_col(policy.text(), finding.span.start());
        return rich::blocker_finding(
            phrase,
            [text(place.line.to_string())],
            [text(place.column.to_string())],
            [text(finding.message.clone())],
        );
    }
    phrase
}
