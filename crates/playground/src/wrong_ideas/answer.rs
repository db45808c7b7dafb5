//! Working out what a misreader would answer.

use std::rc::Rc;

use evaluator::{
    Access, Element, ElementNote, Explanation, Outcome, PolicyTrace, PolicyType, ResourceTrace,
    StageTrace, StatementTrace, Truth, Verdict, Why,
};
use organization::{
    AccountId, Attachments, Caller, CallerKind, Child, ContextValue, Organization, Ou, PolicyId,
    Request, RequestId, Root, Scalar, Scenario, SwitchedOff,
};
use policy::{Effect, Kind, ScopeMode};

use super::WrongIdea;
use crate::engine::{Engine, Scene};
use crate::view::{Analysis, Focus};

/// What tells the organization of a caller.
const FOREIGN_KEYS: [&str; 2] = ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths"];

/// A request with its right answer and all its reasons.
pub(super) struct Case<'a> {
    scenario: &'a Scenario,
    scene: Scene<'a>,
    focus: &'a Focus,
    request: &'a Rc<Request>,
    explanation: Explanation,
    pub(super) truth: Verdict,
}

impl<'a> Case<'a> {
    /// None for a row that is not there, or that cannot be evaluated.
    pub(super) fn new(
        engine: &mut Engine,
        scenario: &'a Scenario,
        focus: &'a Focus,
    ) -> Option<Self> {
        let request = scenario.request(focus.request.as_str())?;
        let account = engine.row(scenario, focus)?;
        let scene = engine.scene(scenario, &mut Analysis::default());
        let prepared = evaluator::prepare(&scene.world(), request, account.as_ref()).ok()?;
        let explanation = prepared.explain();
        Some(Self {
            truth: explanation.answer.verdict,
            scenario,
            scene,
            focus,
            request,
            explanation,
        })
    }

    /// What somebody with the wrong idea believes; none where the idea says nothing of it.
    pub(super) fn believed(&self, idea: WrongIdea) -> Option<Verdict> {
        match idea {
            WrongIdea::UndeniedIsAllowed => {
                let silent = self.truth == Verdict::ImplicitDeny
                    && self
                        .explanation
                        .resources
                        .iter()
                        .all(|one| one.fixed.is_none());
                silent.then_some(Verdict::Allow)
            }
            WrongIdea::AllowFlowsDown => self.with_organization(flowing_down),
            WrongIdea::ManagementBound => self.with_organization(without_management),
            WrongIdea::ScpGrants => self.granted_by(PolicyType::Scp),
            WrongIdea::BoundaryGrants => self.granted_by(PolicyType::Boundary),
            WrongIdea::ResourcePolicyEnough => self.resource_policy_enough(),
            WrongIdea::IdentityPolicyEnough => self.identity_policy_enough(),
            WrongIdea::AdminBeatsScp => {
                let own = self.says(PolicyType::Identity, Outcome::Allow);
                (own && self.denies(PolicyType::Scp)).then(|| self.without(&[Kind::Scp]))?
            }
            WrongIdea::RootUnstoppable => {
                let root = matches!(self.request.caller.kind, CallerKind::Root { .. });
                root.then(|| self.without(&[Kind::Scp, Kind::Rcp]))?
            }
            WrongIdea::LowerUndoesDeny => self.nearest_counts(),
            WrongIdea::SpecificWins => self.specific_wins(),
            WrongIdea::FirstMatchWins => self.first_match_wins(),
            WrongIdea::AbsentKeyFails => self.absent_key_fails(),
            WrongIdea::AbsentMeansFalse => self.absent_means_false(),
            WrongIdea::NotActionAllows => self.not_action_allows(),
            WrongIdea::ScpBindsOutsiders => self.scp_binds_outsiders(),
        }
    }

    fn verdict(&self, scenario: &Scenario) -> Option<Verdict> {
        Engine::new().verdict(scenario, self.focus)
    }

    fn with_organization(&self, change: fn(&Organization) -> Organization) -> Option<Verdict> {
        let organization = self.scenario.organization.as_ref()?;
        self.verdict(&Scenario {
            organization: Some(change(organization)),
            ..self.scenario.clone()
        })
    }

    /// The verdict as if these kinds of policy were not weighed.
    fn without(&self, kinds: &[Kind]) -> Option<Verdict> {
        let mut settings = (*self.scenario.settings).clone();
        settings
            .off
            .extend(kinds.iter().map(|kind| SwitchedOff::Kind(*kind)));
        self.verdict(&Scenario {
            settings: Rc::new(settings),
            ..self.scenario.clone()
        })
    }

    fn stages(&self, of: PolicyType) -> impl Iterator<Item = &StageTrace> {
        let stages = self
            .explanation
            .resources
            .iter()
            .flat_map(|one| &one.stages);
        stages.filter(move |stage| stage.policy_type == of)
    }

    /// Whether a policy type says this of every resource, by documents of its own.
    fn says(&self, of: PolicyType, outcome: Outcome) -> bool {
        let mut found = self.stages(of).peekable();
        found.peek().is_some() && found.all(|stage| stage.outcome == outcome && stage.why.is_none())
    }

    fn denies(&self, of: PolicyType) -> bool {
        let mut stages = self.stages(of);
        stages.any(|stage| matches!(stage.outcome, Outcome::ExplicitDeny | Outcome::ImplicitDeny))
    }

    /// What is lacking an Allow of the caller's own is granted by what only limits.
    fn granted_by(&self, limit: PolicyType) -> Option<Verdict> {
        let lacking = self.says(PolicyType::Identity, Outcome::ImplicitDeny);
        let granted =
            self.truth == Verdict::ImplicitDeny && lacking && self.says(limit, Outcome::Allow);
        granted.then(|| self.without(&[Kind::Identity]))?
    }

    fn resource_policy_enough(&self) -> Option<Verdict> {
        if self.truth != Verdict::ImplicitDeny || !self.denies(PolicyType::Identity) {
            let across = self
                .explanation
                .resources
                .iter()
                .all(|one| one.fixed.is_some());
            let named = self.says(PolicyType::Resource, Outcome::Allow);
            return (across && named).then_some(Verdict::Allow);
        }
        let named = self.says(PolicyType::Resource, Outcome::Allow);
        named.then(|| self.without(&[Kind::Identity]))?
    }

    fn identity_policy_enough(&self) -> Option<Verdict> {
        let own = self.says(PolicyType::Identity, Outcome::Allow);
        let mut resources = self.explanation.resources.iter();
        let needs = |one: &ResourceTrace| one.access != Access::SameAccount || one.fixed.is_some();
        let lacking = self.truth == Verdict::ImplicitDeny && own && resources.any(needs);
        lacking.then_some(Verdict::Allow)
    }

    /// Of the levels that say something, the lowest one counts: Denies above it are left out.
    fn nearest_counts(&self) -> Option<Verdict> {
        if self.truth != Verdict::ExplicitDeny {
            return None;
        }
        let mut settings = (*self.scenario.settings).clone();
        for stage in self.stages(PolicyType::Scp) {
            let last = stage
                .levels
                .iter()
                .rposition(|level| level.outcome == Outcome::Allow)?;
            for level in stage.levels.iter().take(last) {
                let mut denying = level.policies.iter();
                let denying = denying
                    .by_ref()
                    .filter(|it| it.outcome == Outcome::ExplicitDeny);
                settings
                    .off
                    .extend(denying.map(|policy| SwitchedOff::Attachment {
                        policy: policy.policy.clone(),
                        node: level.node.clone(),
                    }));
            }
        }
        self.verdict(&Scenario {
            settings: Rc::new(settings),
            ..self.scenario.clone()
        })
    }

    fn policies(&self) -> impl Iterator<Item = &PolicyTrace> {
        let stages = self
            .explanation
            .resources
            .iter()
            .flat_map(|one| &one.stages);
        stages.flat_map(|stage| {
            let levels = stage.levels.iter().flat_map(|level| &level.policies);
            levels.chain(&stage.policies)
        })
    }

    /// An Allow that names action and resource as exactly as every Deny that matches, and one of
    /// them more exactly.
    fn specific_wins(&self) -> Option<Verdict> {
        let exact = |effect: Effect| {
            let matching = self.policies().flat_map(|policy| {
                let statements = policy.statements.iter();
                statements
                    .filter(|one| one.effect == effect && one.truth == Truth::Met)
                    .map(|one| self.exactness(&policy.policy, one))
            });
            matching.collect::<Vec<_>>()
        };
        let denies = exact(Effect::Deny);
        let beats = |allow: &[usize; 2], deny: &[usize; 2]| {
            allow != deny && allow.iter().zip(deny).all(|(allow, deny)| allow >= deny)
        };
        let wins = self.truth == Verdict::ExplicitDeny
            && exact(Effect::Allow)
                .iter()
                .any(|allow| denies.iter().all(|deny| beats(allow, deny)));
        wins.then_some(Verdict::Allow)
    }

    /// How many characters of the entries that fit are no wildcards: of the action, and of the
    /// resource.
    fn exactness(&self, policy: &PolicyId, statement: &StatementTrace) -> [usize; 2] {
        let plain = |text: String| {
            let letters = text.chars().filter(|sign| !matches!(sign, '*' | '?'));
            letters.count()
        };
        [
            Element::Action(ScopeMode::Only),
            Element::Resource(ScopeMode::Only),
        ]
        .map(|wanted| {
            let mut elements = statement.elements.iter();
            let entries = elements
                .find(|it| it.element == wanted)
                .map(|it| &it.entries);
            let fitting = entries.into_iter().flatten();
            fitting
                .filter(|(_, truth)| *truth == Truth::Met)
                .map(|(span, _)| plain(self.scene.value(policy, *span)))
                .max()
                .unwrap_or(0)
        })
    }

    /// In each policy that denies, an Allow that matches stands before the Deny.
    fn first_match_wins(&self) -> Option<Verdict> {
        let mut denying = self
            .policies()
            .filter(|policy| policy.outcome == Outcome::ExplicitDeny)
            .peekable();
        denying.peek()?;
        let wins = denying.all(|policy| {
            let mut statements = policy.statements.iter();
            let first = statements.find(|statement| statement.truth == Truth::Met);
            first.is_some_and(|statement| statement.effect == Effect::Allow)
        });
        wins.then_some(Verdict::Allow)
    }

    /// Each negated condition that holds because its key is absent is made to fail: the key gets a
    /// value that the policy names.
    fn absent_key_fails(&self) -> Option<Verdict> {
        let mut request = (**self.request).clone();
        let mut changed = false;
        for policy in self.policies() {
            for element in policy.statements.iter().flat_map(|one| &one.elements) {
                let Element::Condition { key, .. } = &element.element else {
                    continue;
                };
                let absent = matches!(
                    element.note,
                    Some(ElementNote::AbsentNegated | ElementNote::AbsentIfExists)
                );
                let Some((span, _)) = element.entries.first().filter(|_| absent) else {
                    continue;
                };
                let value = self.scene.value(&policy.policy, *span);
                let value = match element.note {
                    Some(ElementNote::AbsentIfExists) if value == "true" => "false".to_owned(),
                    Some(ElementNote::AbsentIfExists) if value == "false" => "true".to_owned(),
                    _ => named(&value),
                };
                set_key(&mut request, key, value);
                changed = true;
            }
        }
        changed.then(|| self.asking(request))?
    }

    /// Each `Bool` that does not hold because its key is absent gets the value false.
    fn absent_means_false(&self) -> Option<Verdict> {
        let mut request = (**self.request).clone();
        let mut changed = false;
        let statements = self.policies().flat_map(|policy| &policy.statements);
        for element in statements.flat_map(|one| &one.elements) {
            let Element::Condition { operator, key } = &element.element else {
                continue;
            };
            if element.note == Some(ElementNote::AbsentPositive)
                && operator.test == policy::Test::Bool
            {
                set_key(&mut request, key, "false".to_owned());
                changed = true;
            }
        }
        changed.then(|| self.asking(request))?
    }

    fn asking(&self, request: Request) -> Option<Verdict> {
        let mut scenario = self.scenario.clone();
        let requests = &mut scenario.requests;
        let asked = requests.iter_mut().find(|one| one.id == request.id)?;
        *asked = Rc::new(request);
        self.verdict(&scenario)
    }

    /// The action is listed in the NotAction of a Deny, and nothing allows it.
    fn not_action_allows(&self) -> Option<Verdict> {
        let listed = |statement: &StatementTrace| {
            let mut elements = statement.elements.iter();
            statement.effect == Effect::Deny
                && elements.any(|element| {
                    element.element == Element::Action(ScopeMode::Except)
                        && element.truth == Truth::Unmet
                })
        };
        let mut statements = self.policies().flat_map(|policy| &policy.statements);
        let wrong = self.truth == Verdict::ImplicitDeny && statements.any(listed);
        wrong.then_some(Verdict::Allow)
    }

    /// What the SCPs above the owner's account would say to one of its own callers.
    fn scp_binds_outsiders(&self) -> Option<Verdict> {
        let outside = self.stages(PolicyType::Scp).any(|stage| {
            matches!(
                stage.why,
                Some(Why::OtherOrganization | Why::ServicePrincipal | Why::Anonymous)
            )
        });
        let mut owners = self.explanation.resources.iter();
        let owner: AccountId = owners
            .find_map(|one| one.owner.clone())
            .filter(|_| outside)?;
        let mut scenario = self.scenario.clone();
        let id = RequestId::from("outsider-as-member");
        scenario.requests = vec![Rc::new(Request {
            id: id.clone(),
            caller: Caller::new(CallerKind::EveryAccount {
                role: "Visitor".to_owned(),
                policies: vec![PolicyId::from("AdministratorAccess")],
            }),
            expect: None,
            // The stranger stays one: these keys would follow from the account of the visitor.
            absent: [
                self.request.absent.clone(),
                FOREIGN_KEYS.map(str::to_owned).to_vec(),
            ]
            .concat(),
            ..(**self.request).clone()
        })];
        let focus = Focus {
            request: id,
            account: Some(owner.clone()),
        };
        let mut engine = Engine::new();
        if engine.row(&scenario, &focus)? != Some(owner) {
            return None;
        }
        let trace = engine
            .explain(&scenario, &[focus])
            .into_iter()
            .flatten()
            .next()?;
        let mut stages = trace.resources.iter().flat_map(|one| &one.stages);
        let scp = stages.find(|stage| stage.policy_type == PolicyType::Scp)?;
        match scp.outcome {
            Outcome::ExplicitDeny => Some(Verdict::ExplicitDeny),
            Outcome::ImplicitDeny => Some(Verdict::ImplicitDeny),
            _ => None,
        }
    }
}

/// States a context key of a request.
fn set_key(request: &mut Request, key: &str, value: String) {
    request.absent.retain(|it| !it.eq_ignore_ascii_case(key));
    let context = &mut request.context;
    context.retain(|(name, _)| !name.eq_ignore_ascii_case(key));
    context.push((key.to_owned(), ContextValue::One(Scalar::Text(value))));
}

/// A value that a pattern names.
fn named(pattern: &str) -> String {
    match pattern.split_once('/') {
        // A range of addresses: its first one.
        Some((address, bits)) if bits.bytes().all(|byte| byte.is_ascii_digit()) => {
            address.to_owned()
        }
        _ => pattern.replace(['*', '?'], "x"),
    }
}

fn without_management(organization: &Organization) -> Organization {
    Organization {
        management_account: None,
        ..organization.clone()
    }
}

/// Every node has what stands above it attached as well.
fn flowing_down(organization: &Organization) -> Organization {
    let own = |attached: &Attachments| organization.effective_attachments(attached);
    let root = &organization.root;
    Organization {
        root: Rc::new(Root {
            children: below(&root.children, &own(&root.attachments), &own),
            ..(**root).clone()
        }),
        ..organization.clone()
    }
}

fn below(
    children: &[Child],
    above: &[PolicyId],
    own: &dyn Fn(&Attachments) -> Vec<PolicyId>,
) -> Vec<Child> {
    let with = |attached: &Attachments| {
        let mut all = own(attached);
        for policy in above {
            if !all.contains(policy) {
                all.push(policy.clone());
            }
        }
        all
    };
    let changed = children.iter().map(|child| match child {
        Child::Ou(ou) => {
            let attached = with(&ou.attachments);
            Child::Ou(Rc::new(Ou {
                children: below(&ou.children, &attached, own),
                attachments: Attachments::Listed(attached),
                ..(**ou).clone()
            }))
        }
        Child::Account(account) => {
            let mut account = (**account).clone();
            account.attachments = Attachments::Listed(with(&account.attachments));
            Child::Account(Rc::new(account))
        }
    });
    changed.collect()
}
