//! From the reasons of the evaluator to what the page shows.

mod elements;

use evaluator::{
    Answer, Blocker, Explanation, FixedRule, LevelTrace, Outcome, PolicyTrace, PolicyType,
    Prepared, ResourceTrace, StageTrace, StatementTrace, Tried, UnknownThing, Verdict, Via,
};
use organization::{AccountId, PolicyId, Request};
use texts::rich;

use crate::engine::Scene;
use crate::sentence;
use crate::view::{
    BlockerView, BranchView, KeyView, LevelView, Phrase, ResourceView, StageView, StatementView,
    TraceView, TriedView, UnknownView,
};
use crate::words;
/// The reasons of one row.
pub(crate) fn trace(
    scene: &Scene<'_>,
    request: &Request,
    account: Option<&AccountId>,
    prepared: &Prepared,
) -> TraceView {
    let explanation = prepared.explain();
    let presenter = Presenter {
        scene,
        request,
        answer: &explanation.answer,
        prepared: Some(prepared),
    };
    TraceView {
        message: sentence::message(&request.action, prepared, &explanation),
        resources: explanation
            .resources
            .iter()
            .enumerate()
            .map(|(at, resource)| presenter.resource(at, resource))
            .collect(),
        keys: presenter.keys(prepared),
        ..presenter.head(account, &explanation)
    }
}

/// The reasons of a row that nothing could be asked for.
pub(crate) fn unprepared(
    scene: &Scene<'_>,
    request: &Request,
    account: Option<&AccountId>,
    answer: &Answer,
) -> TraceView {
    let explanation = Explanation {
        answer: answer.clone(),
        resources: Vec::new(),
    };
    Presenter {
        scene,
        request,
        answer,
        prepared: None,
    }
    .head(account, &explanation)
}

struct Presenter<'a> {
    scene: &'a Scene<'a>,
    request: &'a Request,
    answer: &'a Answer,
    prepared: Option<&'a Prepared>,
}

impl Presenter<'_> {
    fn head(&self, account: Option<&AccountId>, explanation: &Explanation) -> TraceView {
        let sentence = sentence::sentence(self.scene, self.request, account, explanation);
        let depends = self.answer.depends.as_ref();
        TraceView {
            verdict: self.answer.verdict,
            sentence,
            message: None,
            notes: sentence::notes(self.scene, self.answer),
            blockers: self
                .answer
                .blockers
                .iter()
                .map(|blocker| self.blocker(blocker))
                .collect(),
            questions: Vec::new(),
            depends_on: depends
                .iter()
                .flat_map(|depends| &depends.on)
                .map(unknown)
                .collect(),
            branches: self.branches(),
            complete: depends.is_none_or(|depends| depends.complete),
            resources: Vec::new(),
            keys: Vec::new(),
        }
    }

    fn blocker(&self, blocker: &Blocker) -> BlockerView {
        let (kind, subject) = words::codes::blocker(blocker);
        BlockerView {
            kind,
            subject,
            sentence: words::blocker(self.scene.scenario, blocker),
        }
    }

    fn branches(&self) -> Vec<BranchView> {
        let Some(depends) = &self.answer.depends else {
            return Vec::new();
        };
        let mut all = depends.branches.iter().flat_map(|branch| &branch.tried);
        let numbered = all.any(words::is_second);
        let branches: Vec<BranchView> = depends
            .branches
            .iter()
            .map(|branch| {
                let mut case: Phrase = Vec::new();
                let pairs = depends.on.iter().zip(&branch.tried);
                for (thing, tried) in pairs.filter(|(_, tried)| **tried != Tried::Follows) {
                    let tried = words::tried(thing, tried, numbered);
                    case = match case.is_empty() {
                        true => tried,
                        false => rich::list_and(case, tried),
                    };
                }
                BranchView {
                    case,
                    tried: (branch.tried.iter().zip(&depends.on))
                        .map(|pair| tried(pair, self.prepared))
                        .collect(),
                    verdict: branch.verdict,
                }
            })
            .collect();
        // Cases that differ only in how a value that nobody mentions was made up read alike.
        let mut different: Vec<BranchView> = Vec::new();
        for branch in branches {
            if !different.contains(&branch) {
                different.push(branch);
            }
        }
        different
    }

    fn resource(&self, at: usize, trace: &ResourceTrace) -> ResourceView {
        let mut deciding = Vec::new();
        let mut others = Vec::new();
        for stage in &trace.stages {
            let here = stage.policies.iter().map(|policy| (None, policy));
            let levels = stage.levels.iter();
            let there =
                levels.flat_map(|level| level.policies.iter().map(move |it| (Some(level), it)));
            for (level, policy) in there.chain(here) {
                for statement in &policy.statements {
                    let view = self.statement(at, stage.policy_type, level, policy, statement);
                    if self.decides(statement) {
                        deciding.push(view);
                    } else {
                        others.push(view);
                    }
                }
            }
        }
        let mut stages: Vec<StageView> =
            trace.stages.iter().map(|stage| self.stage(stage)).collect();
        if let Some(rule) = trace.fixed {
            // Where a fixed rule decides, the request gets no further.
            for stage in &mut stages {
                stage.stops = false;
                for level in &mut stage.levels {
                    level.stops = false;
                }
            }
            stages.insert(0, self.fixed(rule));
        }
        ResourceView {
            arn: trace.resource.to_string(),
            owner: trace.owner.clone(),
            access: words::codes::access(trace.access),
            stages,
            deciding,
            others,
        }
    }

    /// Whether a statement is one of those that the verdict rests on.
    fn decides(&self, statement: &StatementTrace) -> bool {
        let outcome = match self.answer.verdict {
            Verdict::Allow => Outcome::Allow,
            Verdict::ExplicitDeny => Outcome::ExplicitDeny,
            Verdict::Depends => Outcome::Unknown,
            Verdict::ImplicitDeny | Verdict::Error => return false,
        };
        evaluator::decides(outcome, statement.effect, statement.truth)
    }

    /// Whether the request stops at something with this outcome.
    fn stops(&self, outcome: Outcome) -> bool {
        match self.answer.verdict {
            Verdict::Allow => false,
            Verdict::ExplicitDeny => outcome == Outcome::ExplicitDeny,
            Verdict::ImplicitDeny => outcome == Outcome::ImplicitDeny,
            Verdict::Depends => outcome == Outcome::Unknown,
            Verdict::Error => outcome == Outcome::Error,
        }
    }

    /// A rule that no policy can change, in front of the policy types.
    fn fixed(&self, rule: FixedRule) -> StageView {
        let outcome = match self.answer.verdict {
            Verdict::Allow => Outcome::Allow,
            Verdict::Depends => Outcome::Unknown,
            _ => Outcome::ImplicitDeny,
        };
        StageView {
            policy_type: PolicyType::Fixed,
            title: words::policy_type(PolicyType::Fixed),
            outcome,
            word: words::outcome(outcome).to_owned(),
            why: vec![words::text(words::fixed(rule))],
            reason: Some(words::codes::fixed(rule)),
            stops: self.stops(outcome),
            levels: Vec::new(),
        }
    }

    fn stage(&self, stage: &StageTrace) -> StageView {
        let levels: Vec<LevelView> = stage.levels.iter().map(|level| self.level(level)).collect();
        let why = match (&stage.why, stage.outcome) {
            (Some(why), _) => vec![words::text(words::why(why))],
            (None, Outcome::Error) => match stage.blockers.first() {
                Some(blocker) => words::blocker(self.scene.scenario, blocker),
                None => Vec::new(),
            },
            (None, outcome) => sentence::stage(stage.policy_type, outcome, &self.request.action),
        };
        StageView {
            policy_type: stage.policy_type,
            title: words::policy_type(stage.policy_type),
            outcome: stage.outcome,
            word: words::stage(stage.outcome, stage.why.as_ref()).to_owned(),
            why,
            reason: stage.why.as_ref().map(words::codes::why),
            stops: self.stops(stage.outcome),
            levels,
        }
    }

    fn level(&self, level: &LevelTrace) -> LevelView {
        LevelView {
            node: level.node.clone(),
            name: level.name.clone(),
            outcome: level.outcome,
            stops: self.stops(level.outcome),
            why: sentence::level(self.scene, level, &self.request.action),
            policies: level
                .policies
                .iter()
                .map(|policy| (policy.policy.clone(), policy.outcome))
                .collect(),
        }
    }

    fn statement(
        &self,
        resource: usize,
        policy_type: PolicyType,
        level: Option<&LevelTrace>,
        policy: &PolicyTrace,
        statement: &StatementTrace,
    ) -> StatementView {
        let place = |at: usize| self.line(&policy.policy, at);
        StatementView {
            policy: policy.policy.clone(),
            policy_name: words::policy_name(self.scene.scenario, &policy.policy),
            policy_type,
            node: level.map(|level| (level.node.clone(), level.name.clone())),
            at: match (level, &policy.via) {
                (Some(level), Via::Node) => level.name.clone(),
                (_, via) => words::via(self.scene.scenario, self.request, via),
            },
            index: statement.index,
            sid: statement.sid.clone(),
            title: statement
                .sid
                .clone()
                .unwrap_or_else(|| words::statement_title(statement.index)),
            span: statement.span,
            lines: (
                place(statement.span.start()),
                place(statement.span.end().saturating_sub(1)),
            ),
            effect: statement.effect,
            truth: statement.truth,
            word: words::statement(statement.effect, statement.truth),
            elements: statement
                .elements
                .iter()
                .map(|element| self.element(resource, &policy.policy, element))
                .collect(),
        }
    }

    fn line(&self, policy: &PolicyId, offset: usize) -> u32 {
        let text = self.scene.scenario.policy(policy.as_str());
        match (self.scene.texts.get(policy), text) {
            (Some(read), Some(policy)) => read.lines.line_col(policy.text(), offset).line,
            _ => 1,
        }
    }

    /// The keys that the policies read, and those that nearly every question is about.
    fn keys(&self, prepared: &Prepared) -> Vec<KeyView> {
        const ALWAYS: [&str; 4] = [
            "aws:principalarn",
            "aws:principalaccount",
            "aws:requestedregion",
            "aws:resourceaccount",
        ];
        let read = prepared.keys_read();
        let always = ALWAYS.into_iter().filter(|key| !read.contains(key));
        let mut keys: Vec<KeyView> = Vec::new();
        for key in read.iter().copied().chain(always) {
            let states = prepared.key_states(key);
            let is_one = states.windows(2).all(|pair| pair.first() == pair.last());
            let shown = if is_one { 1 } else { states.len() };
            let name = words::key_name(prepared.key_as_typed(key).unwrap_or(key));
            for (at, state) in states.into_iter().enumerate().take(shown) {
                let (value, origin) = words::key_state(state, false);
                keys.push(KeyView {
                    name: name.clone(),
                    resource: (!is_one).then_some(at),
                    state: state.clone(),
                    value,
                    origin,
                });
            }
        }
        policy::sort_by(&mut keys, |a, b| {
            (&a.name, a.resource).cmp(&(&b.name, b.resource))
        });
        keys
    }
}

fn unknown(thing: &UnknownThing) -> UnknownView {
    match thing {
        UnknownThing::Key { key, resource } => UnknownView {
            key: Some(words::key_name(key)),
            resource: *resource,
        },
        UnknownThing::Owner { resource } => UnknownView {
            key: None,
            resource: Some(*resource),
        },
    }
}

fn tried((tried, thing): (&Tried, &UnknownThing), prepared: Option<&Prepared>) -> TriedView {
    match tried {
        Tried::Values(values) | Tried::AnotherValue(values) => TriedView::Values(
            values
                .as_slice()
                .iter()
                .map(|value| {
                    evaluator::unmentioned(value)
                        .is_none()
                        .then(|| value.to_string())
                })
                .collect(),
        ),
        Tried::Absent => TriedView::Absent,
        owner => TriedView::Owner {
            words: words::tried(thing, tried, false),
            account: match owner {
                Tried::AccountLike(account) => Some(account.clone()),
                Tried::SameAccount => prepared.and_then(Prepared::account).cloned(),
                _ => None,
            },
        },
    }
}
