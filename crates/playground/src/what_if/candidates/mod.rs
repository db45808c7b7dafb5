//! Changes that may turn a verdict. Each is tried before it is shown, so these may guess; they are
//! made from what the trace says, not from everything that could be changed.

mod grants;
mod keys;
mod places;

use organization::{AccountId, Edit, PolicyId, PrincipalId, Request, Scenario, TreeIndex};

use evaluator::{Outcome, PolicyType, Verdict};
use texts::rich;

use crate::view::{Focus, Inline, Phrase, StageView, StatementView, TraceView};
use crate::words::{self, strong};
/// Changes of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// What the request says.
    Request,
    /// Who calls.
    Caller,
    /// A policy more.
    Grant,
    /// A boundary, session policy or endpoint less.
    Limit,
    /// The account at another place.
    Place,
    /// A policy less.
    Guardrail,
}

impl Group {
    /// How many ways of the kind are shown.
    pub(super) fn most(self) -> usize {
        match self {
            Self::Request | Self::Grant => 3,
            Self::Caller | Self::Limit | Self::Place | Self::Guardrail => 2,
        }
    }
}

/// A change to be tried.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) group: Group,
    pub(super) words: Phrase,
    pub(super) edits: Vec<Edit>,
}

/// The changes to be tried for a row.
pub(super) fn candidates(scenario: &Scenario, focus: &Focus, trace: &TraceView) -> Vec<Candidate> {
    let Some(request) = scenario.request(focus.request.as_str()) else {
        return Vec::new();
    };
    let mut maker = Maker {
        scenario,
        tree: scenario.organization.as_ref().map(|it| it.index()),
        request,
        account: focus.account.as_ref(),
        trace,
        allowed: trace.verdict == Verdict::Allow,
        made: Vec::new(),
    };
    maker.keys();
    maker.callers();
    maker.grants();
    maker.limits();
    maker.moves();
    maker.detachments();
    maker.made
}

struct Maker<'a> {
    scenario: &'a Scenario,
    tree: Option<TreeIndex>,
    request: &'a Request,
    /// The account of a row of a request over every account.
    account: Option<&'a AccountId>,
    trace: &'a TraceView,
    /// Whether the verdict is an allow: then changes that deny are looked for.
    allowed: bool,
    made: Vec<Candidate>,
}

impl<'a> Maker<'a> {
    fn make(&mut self, group: Group, words: Phrase, edits: Vec<Edit>) {
        let known = self.made.iter().any(|it| it.edits == edits);
        if !known && !edits.is_empty() {
            self.made.push(Candidate {
                group,
                words,
                edits,
            });
        }
    }

    /// A change of the request alone.
    fn ask(&mut self, group: Group, words: Phrase, changed: Request) {
        if changed != *self.request {
            self.make(group, words, vec![Edit::UpdateRequest(Box::new(changed))]);
        }
    }

    /// The policy types that stop the request, of all its resources.
    fn stops(&self) -> impl Iterator<Item = &'a StageView> + use<'a> {
        let resources = self.trace.resources.iter();
        let stages = resources.flat_map(|resource| &resource.stages);
        stages.filter(|stage| stage.stops)
    }

    /// Whether a policy type denies implicitly.
    fn lacks(&self, policy_type: PolicyType) -> bool {
        self.stops()
            .any(|stage| stage.policy_type == policy_type && stage.outcome == Outcome::ImplicitDeny)
    }

    /// The statements that the verdict rests on.
    fn deciding(&self) -> impl Iterator<Item = &'a StatementView> + use<'a> {
        let resources = self.trace.resources.iter();
        resources.flat_map(|resource| &resource.deciding)
    }

    /// The account of the caller.
    fn home(&self) -> Option<AccountId> {
        use organization::CallerKind;
        match &self.request.caller.kind {
            CallerKind::EveryAccount { .. } => self.account.cloned(),
            CallerKind::Root { account } | CallerKind::AssumedRoot { account, .. } => {
                Some(account.clone())
            }
            _ => {
                let id = self.request.caller.principal()?;
                self.scenario.principal(id.as_str())?.account().cloned()
            }
        }
    }

    fn policy_name(&self, id: &PolicyId) -> Inline {
        strong(words::policy_name(self.scenario, id))
    }

    fn principal_name(&self, id: &PrincipalId) -> Phrase {
        match self.scenario.principal(id.as_str()) {
            Some(entry) => words::principal(entry),
            None => vec![strong(id.as_str())],
        }
    }

    /// "OU **Workloads**"
    fn node_name(&self, node: &str) -> Phrase {
        use organization::NodeRef;
        match self.tree.as_ref().and_then(|tree| tree.node(node)) {
            Some(NodeRef::Root(_)) => rich::node_root([strong(texts::node_root_name())]),
            Some(NodeRef::Account(account)) => rich::node_account([strong(account.name.clone())]),
            Some(NodeRef::Ou(ou)) => rich::node_ou([strong(ou.name.clone())]),
            None => vec![strong(node)],
        }
    }
}
