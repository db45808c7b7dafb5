//! The sentence that says a verdict, and the sentences of policy types and levels.

use evaluator::{
    Access, Answer, Blocker, Element, ElementTrace, Explanation, Grant, KeyState, LevelTrace,
    Outcome, PolicyTrace, PolicyType, RequestSide, ResourceTrace, StageTrace, StatementTrace,
    Strict, Truth, Verdict, Via, Why,
};
use organization::{AccountId, NodeId, Request};
use policy::{ScopeMode, Severity};

use crate::engine::Scene;
use crate::view::{Inline, Phrase};
use crate::words::{self, code, strong, text};

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
            notes.push(vec![text(
                "In its own account an identity policy is enough. In another account the resource's own policy must allow the request as well. Set the owner in the request to decide it.",
            )]);
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

/// A statement with where it stands.
struct Found<'a> {
    stage: &'a StageTrace,
    level: Option<&'a LevelTrace>,
    policy: &'a PolicyTrace,
    statement: &'a StatementTrace,
}

impl Teller<'_> {
    fn action(&self) -> Inline {
        code(self.request.action.clone())
    }

    fn who(&self) -> String {
        words::who(
            self.scene.scenario,
            self.scene.tree.as_deref(),
            self.request,
            self.account,
        )
    }

    fn explicit_deny(&self, explanation: &Explanation) -> Phrase {
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

    fn level_noun(&self, node: &NodeId) -> &'static str {
        use organization::NodeRef;
        let tree = self.scene.tree.as_ref();
        match tree.and_then(|tree| tree.node(node.as_str())) {
            Some(NodeRef::Root(_)) => "the",
            Some(NodeRef::Account(_)) => "the account",
            _ => "the OU",
        }
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

    fn implicit_deny(&self, explanation: &Explanation) -> Phrase {
        let mut phrase = vec![strong("Denied.")];
        let mut said = false;
        for resource in &explanation.resources {
            if let Some(rule) = resource.fixed {
                phrase.push(text(format!(" {}", words::fixed(rule))));
                return phrase;
            }
            for stage in &resource.stages {
                if stage.outcome != Outcome::ImplicitDeny || said && stage.why.is_some() {
                    continue;
                }
                phrase.push(text(if said { " Moreover, " } else { " " }));
                phrase.extend(self.lacking(stage, said, resource.access));
                said = true;
            }
            if said {
                break;
            }
        }
        if !said {
            phrase.push(text(
                " In every case that is possible something that must allow does not.",
            ));
        }
        phrase
    }

    fn lacking(&self, stage: &StageTrace, later: bool, access: Access) -> Phrase {
        let no = if later { "no" } else { "No" };
        if let Some(why) = &stage.why {
            return vec![text(words::why(why))];
        }
        if stage.policy_type != PolicyType::Scp {
            return self.lacking_policy(stage, no, access);
        }
        let lacking: Vec<&LevelTrace> = stage
            .levels
            .iter()
            .filter(|level| level.outcome == Outcome::ImplicitDeny)
            .collect();
        let mut phrase = vec![text(format!("{no} SCP attached to "))];
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

    /// A policy type without levels, none of whose policies allows.
    fn lacking_policy(&self, stage: &StageTrace, no: &str, access: Access) -> Phrase {
        let who = strong(self.who());
        let mut phrase = match (stage.policy_type, stage.policies.first()) {
            (PolicyType::Identity, None) => {
                return vec![
                    who,
                    text(" has no identity policy, so nothing grants "),
                    self.action(),
                    text("."),
                ];
            }
            (PolicyType::Identity, Some(_)) => {
                vec![
                    text(format!("{no} identity policy of ")),
                    who,
                    text(" allows "),
                ]
            }
            (PolicyType::Session, Some(_)) => {
                vec![
                    text(format!("{no} session policy of ")),
                    who,
                    text(" allows "),
                ]
            }
            (_, Some(policy)) => {
                let the = if no == "No" { "The" } else { "the" };
                let mut phrase = vec![
                    text(format!("{the} {} ", noun(stage, policy))),
                    strong(words::policy_name(self.scene.scenario, &policy.policy)),
                    text(" of "),
                ];
                match policy.via {
                    Via::Boundary => phrase.push(who),
                    _ => phrase.push(self.holder(&policy.via)),
                }
                phrase.push(text(" does not allow "));
                phrase
            }
            (_, None) => vec![text(format!("{no} policy allows "))],
        };
        phrase.push(self.action());
        if stage.policy_type == PolicyType::Resource {
            phrase.push(text(" to "));
            phrase.push(strong(self.who()));
            phrase.push(text(match access {
                Access::CrossAccount => {
                    ". It belongs to another account, so both sides must allow."
                }
                Access::Strict(Strict::Role) => {
                    ". A role can be assumed only by whom its trust policy lets in."
                }
                Access::Strict(Strict::Key) => {
                    ". A key can be used only as its key policy says, identity policies alone do not count."
                }
                _ => ". Nothing else could let this caller in.",
            }));
        } else {
            phrase.push(text("."));
        }
        phrase
    }

    /// What a policy belongs to: a resource, a role, an endpoint.
    fn holder(&self, via: &Via) -> Inline {
        match via {
            Via::Resource(arn) => code(arn.clone()),
            Via::Endpoint(id) => code(id.clone()),
            _ => strong(words::via(self.scene.scenario, self.request, via)),
        }
    }

    fn allow(&self, explanation: &Explanation) -> Phrase {
        let mut phrase = vec![strong("Allowed.")];
        let Some(resource) = explanation.resources.first() else {
            return phrase;
        };
        if let Some(rule) = resource.fixed {
            phrase.push(text(format!(" {}", words::fixed(rule))));
            return phrase;
        }
        for stage in &resource.stages {
            match (stage.policy_type, &stage.why) {
                (PolicyType::Scp, None) => {
                    let ends = (stage.levels.first(), stage.levels.last());
                    let (Some(first), Some(last)) = ends else {
                        continue;
                    };
                    phrase.push(text(" Every level from "));
                    phrase.push(strong(first.name.clone()));
                    phrase.push(text(" to "));
                    phrase.push(strong(last.name.clone()));
                    phrase.push(text(" allows "));
                    phrase.push(self.action());
                    phrase.push(text(", and no SCP denies it."));
                }
                (PolicyType::Scp, Some(why)) if *why != Why::NoOrganization => {
                    phrase.push(text(format!(" {}", words::why(why))));
                }
                (PolicyType::Identity, Some(Why::RootUser)) => {
                    phrase.push(text(format!(" {}", words::why(&Why::RootUser))));
                }
                (PolicyType::Identity, _) => phrase.extend(self.granted(stage)),
                (PolicyType::Resource, _) => phrase.extend(self.let_in(stage, resource.access)),
                (PolicyType::Boundary, None) => {
                    phrase.push(text(" The permissions boundary allows it as well."))
                }
                (PolicyType::Session, None) => {
                    phrase.push(text(" The session policies allow it as well."));
                }
                _ => {}
            }
        }
        phrase
    }

    /// What the resource's policy contributes to an allow.
    fn let_in(&self, stage: &StageTrace, access: Access) -> Phrase {
        let statements = stage.policies.iter().flat_map(|policy| {
            let allows = |statement: &&StatementTrace| {
                evaluator::decides(Outcome::Allow, statement.effect, statement.truth)
            };
            let matching = policy.statements.iter().filter(allows);
            matching.filter_map(move |statement| Some((policy, statement.grant?)))
        });
        let Some((policy, grant)) = statements.max_by_key(|(_, grant)| *grant) else {
            return Vec::new();
        };
        let mut phrase = vec![
            text(format!(" The {} ", noun(stage, policy))),
            strong(words::policy_name(self.scene.scenario, &policy.policy)),
            text(" of "),
            self.holder(&policy.via),
            text(" lets in "),
        ];
        phrase.push(match grant {
            Grant::Everyone => text("everyone"),
            Grant::Account => {
                text("the caller's account, whose identity policies must allow as well")
            }
            Grant::Role => text("the caller by its role"),
            Grant::Itself => strong(self.who()),
        });
        phrase.push(text(match (access, grant) {
            (Access::CrossAccount, _) => {
                ". It belongs to another account, so the caller's own side must allow as well."
            }
            (_, Grant::Everyone | Grant::Itself) => ", and nothing else is needed.",
            (_, Grant::Role) => ", and no identity policy is needed.",
            (_, Grant::Account) => ".",
        }));
        phrase
    }

    fn granted(&self, stage: &StageTrace) -> Phrase {
        if stage.why == Some(Why::Granted) {
            return Vec::new();
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
            None => Vec::new(),
        }
    }

    fn depends(&self, answer: &Answer) -> Phrase {
        let mut phrase = vec![strong("It depends"), text(" on ")];
        let on = answer.depends.iter().flat_map(|depends| &depends.on);
        let on: Vec<Phrase> = on.map(words::thing).collect();
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

/// What a policy is called: "SCP", "bucket policy".
fn noun(stage: &StageTrace, policy: &PolicyTrace) -> &'static str {
    match (stage.policy_type, &policy.via) {
        (PolicyType::Scp, _) => "SCP",
        (PolicyType::Rcp, _) => "RCP",
        (PolicyType::Endpoint, _) => "endpoint policy",
        (_, Via::Role(_)) => "trust policy",
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
