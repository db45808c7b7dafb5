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

use crate::engine::Scene;
use crate::view::{Inline, Phrase};
use crate::words::{self, code, strong, text};

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
            let ways = if same.is_some() && same != tried(&Tried::OtherAccount) {
                "In the caller's own account and in another one, different policies must allow. "
            } else if by_rcps {
                "The RCPs above the account that owns the resource count. "
            } else {
                ""
            };
            notes.push(vec![text(format!(
                "{ways}Set the owner in the request to decide it."
            ))]);
        }
        if !depends.complete {
            notes.push(vec![text(
                "There are too many cases to try them all, so this may be more cautious than needed.",
            )]);
        }
    }
    notes
}

/// What a policy type says.
pub(crate) fn stage(policy_type: PolicyType, outcome: Outcome, action: &str) -> Phrase {
    let scp = matches!(policy_type, PolicyType::Scp | PolicyType::Rcp);
    match outcome {
        Outcome::Allow if policy_type == PolicyType::Rcp => {
            vec![text("No RCP denies "), code(action), text(".")]
        }
        Outcome::Allow if scp => vec![text("Every level allows "), code(action), text(".")],
        Outcome::Allow => vec![text("A statement allows "), code(action), text(".")],
        Outcome::ExplicitDeny => vec![text("A Deny statement matches.")],
        Outcome::ImplicitDeny if scp => vec![
            text("At some level no SCP allows "),
            code(action),
            text("."),
        ],
        Outcome::ImplicitDeny => vec![text("No statement allows "), code(action), text(".")],
        Outcome::Unknown => vec![text("It turns on something that is not stated.")],
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
    match level.outcome {
        Outcome::Allow => match first(Outcome::Allow) {
            Some(policy) => vec![strong(policy), text(" allows "), code(action), text(".")],
            None => Vec::new(),
        },
        Outcome::ExplicitDeny => match first(Outcome::ExplicitDeny) {
            Some(policy) => vec![strong(policy), text(" denies "), code(action), text(".")],
            None => Vec::new(),
        },
        Outcome::ImplicitDeny if level.policies.is_empty() => vec![text(
            "No SCP is attached here, so nothing is allowed. AWS refuses to detach the last SCP.",
        )],
        Outcome::ImplicitDeny => {
            let mut phrase = vec![text("Attached here: ")];
            for (at, policy) in level.policies.iter().enumerate() {
                phrase.push(text(if at == 0 { "" } else { ", " }));
                phrase.push(strong(name(policy)));
            }
            let none = if level.policies.len() == 1 {
                ". It does not allow "
            } else {
                ". None of them allows "
            };
            phrase.push(text(none));
            phrase.push(code(action));
            phrase.push(text(
                " in this request, and an Allow at another level does not count here.",
            ));
            phrase
        }
        Outcome::Unknown => vec![text("It turns on something that is not stated.")],
        Outcome::Error => match first(Outcome::Error) {
            Some(policy) => vec![strong(policy), text(" cannot be evaluated.")],
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
        let (noun, name) = match tree.and_then(|tree| tree.node(node.as_str())) {
            Some(NodeRef::Root(_)) => ("the ", "root"),
            Some(NodeRef::Account(_)) => ("account ", name),
            _ => ("OU ", name),
        };
        vec![text(noun), strong(name)]
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
        let mut phrase = vec![strong("It depends"), text(" on ")];
        let on = answer.depends.iter().flat_map(|depends| &depends.on);
        let mut on: Vec<Phrase> = on.map(words::thing).collect();
        if on.len() > MOST_THINGS + 1 {
            let rest = on.split_off(MOST_THINGS).len();
            on.push(vec![text(format!("{rest} more keys"))]);
        }
        let count = on.len();
        for (at, thing) in on.into_iter().enumerate() {
            let joint = match at {
                0 => "",
                _ if at + 1 == count => " and ",
                _ => ", ",
            };
            phrase.push(text(joint));
            phrase.extend(thing);
        }
        phrase.push(text(", which this scenario leaves open."));
        phrase
    }

    fn error(&self, answer: &Answer) -> Phrase {
        let mut phrase = vec![strong("No verdict.")];
        if let Some(blocker) = answer.blockers.first() {
            phrase.push(text(" "));
            phrase.extend(blocker_sentence(self.scene, blocker));
        }
        phrase
    }
}

/// What is said of each resource: once, if all is the same.
fn per_resource(word: &str, said: Vec<(&ResourceTrace, Vec<Phrase>)>) -> Phrase {
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
    if joined.iter().all(|(_, phrase)| *phrase == first) {
        let mut whole = vec![strong(format!("{word}:")), text(" ")];
        whole.extend(continued(first));
        return whole;
    }
    let mut whole = vec![strong(format!("{word}."))];
    for (resource, phrase) in &mut joined {
        whole.push(text(" On "));
        whole.push(code(resource.resource.to_string()));
        whole.push(text(": "));
        whole.extend(continued(std::mem::take(phrase)));
    }
    whole
}

/// A sentence that goes on behind a colon or comma.
fn continued(sentence: Phrase) -> Phrase {
    with_first(sentence, |first, rest| {
        // Abbreviations stay as they are.
        let abbreviation = rest.starts_with(|c: char| c.is_ascii_uppercase());
        if abbreviation {
            first
        } else {
            first.to_ascii_lowercase()
        }
    })
}

/// What goes on, as a sentence of its own.
fn begun(sentence: Phrase) -> Phrase {
    with_first(sentence, |first, _| first.to_ascii_uppercase())
}

fn with_first(mut sentence: Phrase, change: impl Fn(char, &str) -> char) -> Phrase {
    if let Some(Inline::Text(words)) = sentence.first_mut() {
        let mut chars = words.chars();
        let first = chars.next().map(|first| change(first, chars.as_str()));
        *words = first.into_iter().chain(chars).collect();
    }
    sentence
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

/// What a policy is called: "SCP", "bucket policy".
fn noun(stage: &StageTrace, policy: &PolicyTrace) -> &'static str {
    match (stage.policy_type, &policy.via) {
        (PolicyType::Scp, _) => "SCP",
        (PolicyType::Rcp, _) => "RCP",
        (PolicyType::Endpoint, _) => "endpoint policy",
        (_, Via::Role(_)) => "trust policy",
        (PolicyType::Resource, Via::Resource(arn)) if arn.contains(":s3:") => "bucket policy",
        (PolicyType::Resource, Via::Resource(arn)) if arn.contains(":kms:") => "key policy",
        (PolicyType::Resource, _) => "resource policy",
        (PolicyType::Boundary, _) => "permissions boundary",
        (PolicyType::Session, _) => "session policy",
        (PolicyType::Identity | PolicyType::Fixed, _) => "identity policy",
    }
}

/// A blocker; for a refused document also its first error with line and column.
fn blocker_sentence(scene: &Scene<'_>, blocker: &Blocker) -> Phrase {
    let mut phrase = words::blocker(scene.scenario, blocker);
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
        phrase.push(text(format!(
            " Line {}, column {}: {}.",
            place.line, place.column, finding.message
        )));
    }
    phrase
}
