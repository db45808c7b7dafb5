//! What the page shows: plain records, ready to be drawn. Texts are pieces, never HTML.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use evaluator::{KeyState, Outcome, PolicyType, Rule, Truth, Verdict};
use organization::{AccountId, NodeId, PolicyId, RequestId};
use policy::{Diagnostic, Effect, Kind, LineCol, Size, Span};

/// Everything that follows from a scenario.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// One for each request, in the order of the scenario.
    pub requests: Vec<Rc<RequestView>>,
    /// One for each policy of the scenario and each well-known policy that it uses.
    pub policies: HashMap<PolicyId, Rc<PolicyView>>,
    /// The reasons for the row that is looked at (see [`Focus`]); none if there is no such row.
    pub trace: Option<Rc<TraceView>>,
    /// How many request rows were evaluated anew for this analysis; the rest was reused.
    pub evaluated: usize,
}

/// The row of a request that is looked at: only its reasons are worked out in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Focus {
    /// The request.
    pub request: RequestId,
    /// The account, for a request over every account; none means its first row.
    pub account: Option<AccountId>,
}

impl Analysis {
    /// The result of one request.
    #[must_use]
    pub fn request(&self, id: &RequestId) -> Option<&Rc<RequestView>> {
        self.requests.iter().find(|request| request.id == *id)
    }
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Plain words.
    Text(String),
    /// Something to stress: a name.
    Strong(String),
    /// Text of a policy or request: an action, an ARN, a key, a value.
    Code(String),
    /// The value that decided, to be marked.
    Mark(String),
}

impl texts::Words for Inline {
    fn words(words: &str) -> Self {
        Self::Text(words.to_owned())
    }
}

/// A sentence or a phrase.
pub type Phrase = Vec<Inline>;

/// One policy: what is wrong with it, how large it is, where it is used.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyView {
    /// Its id.
    pub id: PolicyId,
    /// Its name.
    pub name: String,
    /// Its kind, if this version knows it.
    pub kind: Option<Kind>,
    /// The text that was read.
    pub text: Rc<str>,
    /// Findings with the place of each as people count it.
    pub findings: Vec<(Diagnostic, LineCol)>,
    /// Whether AWS would refuse the document.
    pub refused: bool,
    /// Its size against the quota.
    pub size: Size,
}

/// The result of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestView {
    /// The request.
    pub id: RequestId,
    /// One row; for a request over every account one for each account, in the order of the tree.
    pub rows: Vec<RowView>,
    /// The verdict of all rows, if they agree.
    pub verdict: Option<Verdict>,
    /// What the rows amount to in words: "Allow", "3 allow, 2 explicit deny".
    pub word: String,
    /// Whether what the author expects came out; none if nothing is expected.
    pub expectation: Option<ExpectationView>,
}

/// Whether an expectation is met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectationView {
    /// The expected verdict in a word.
    pub word: String,
    /// Whether it came out.
    pub met: bool,
    /// What came out otherwise, in sentences; empty if met.
    pub differences: Vec<String>,
}

/// The result of a request for one account.
#[derive(Clone, Debug, PartialEq)]
pub struct RowView {
    /// The account of the row; none for callers without an account.
    pub account: Option<AccountId>,
    /// Who calls, for a narrow column: "admin, Dev".
    pub who: String,
    /// The verdict; its reasons are in [`Analysis::trace`] while this row is looked at.
    pub verdict: Verdict,
}

/// A verdict and its reasons.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceView {
    /// The verdict.
    pub verdict: Verdict,
    /// The sentence that says it.
    pub sentence: Phrase,
    /// The message that AWS would show for a denied request, where it names a policy type.
    pub message: Option<String>,
    /// Further sentences: what it depends on and the verdict of each branch, what could not be evaluated.
    pub notes: Vec<Phrase>,
    /// For `error`: what could not be evaluated.
    pub blockers: Vec<BlockerView>,
    /// The open questions of the rule book whose other answer would give another verdict.
    pub questions: Vec<QuestionView>,
    /// For `depends`: what it depends on.
    pub depends_on: Vec<UnknownView>,
    /// For `depends`: the verdict for each case.
    pub branches: Vec<BranchView>,
    /// For `depends`: whether all cases were tried.
    pub complete: bool,
    /// One for each resource of the request (nearly always one).
    pub resources: Vec<ResourceView>,
    /// The context keys of the request that its policies read, and a few that always matter.
    pub keys: Vec<KeyView>,
}

/// What could not be evaluated, for programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockerView {
    /// Its stable name: `refused`.
    pub kind: &'static str,
    /// The id or word that it is about; empty if there is none.
    pub subject: String,
    /// The same in words.
    pub sentence: Phrase,
}

/// An open question of the rule book that decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuestionView {
    /// The question.
    pub rule: Rule,
    /// The answer that was taken.
    pub answer: bool,
    /// The verdict with the other one.
    pub otherwise: Verdict,
}

/// Something that a scenario leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownView {
    /// The context key; none for the owner of the resource.
    pub key: Option<String>,
    /// Position of the resource in the request, where it is about one of several.
    pub resource: Option<usize>,
}

/// One case of a verdict that depends on something unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchView {
    /// The case: "`aws:SourceIp` is `203.0.113.7`".
    pub case: Phrase,
    /// The same thing by thing, in the order of [`TraceView::depends_on`].
    pub tried: Vec<TriedView>,
    /// Its verdict.
    pub verdict: Verdict,
}

/// What an unknown thing was tried as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TriedView {
    /// These values; none stands for one that no policy mentions.
    Values(Vec<Option<String>>),
    /// The key is absent.
    Absent,
    /// A reading of who owns the resource.
    Owner {
        /// In words.
        words: Phrase,
        /// An account of which the reading is true; none for one outside the organization.
        account: Option<AccountId>,
    },
}

/// How the policy types weigh one resource.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceView {
    /// Its ARN, or `*`.
    pub arn: String,
    /// The account that owns it, if that is known.
    pub owner: Option<AccountId>,
    /// The stable name of which sides must allow: `sameAccount`.
    pub access: &'static str,
    /// The policy types in order.
    pub stages: Vec<StageView>,
    /// Statements that decide the verdict, in the order of the policy types.
    pub deciding: Vec<StatementView>,
    /// Statements that do not, in the same order.
    pub others: Vec<StatementView>,
}

/// One policy type.
#[derive(Clone, Debug, PartialEq)]
pub struct StageView {
    /// Which.
    pub policy_type: PolicyType,
    /// Its short name: "SCP".
    pub title: &'static str,
    /// What it says.
    pub outcome: Outcome,
    /// The same in a word or two: "Explicit deny", "Not asked", "None set".
    pub word: String,
    /// Why, in a sentence: "SCPs never affect the management account".
    pub why: Phrase,
    /// The stable name of why it says so, where no document does: `managementAccount`.
    pub reason: Option<&'static str>,
    /// Whether the request stops here.
    pub stops: bool,
    /// For SCPs: one for each level, root first.
    pub levels: Vec<LevelView>,
}

/// One level of the tree: the root, an OU or the account.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelView {
    /// The node.
    pub node: NodeId,
    /// Its name.
    pub name: String,
    /// What its policies say together.
    pub outcome: Outcome,
    /// Whether the request stops here.
    pub stops: bool,
    /// Why, in a sentence.
    pub why: Phrase,
    /// What each policy attached here says.
    pub policies: Vec<(PolicyId, Outcome)>,
}

/// One statement against the request.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementView {
    /// The policy.
    pub policy: PolicyId,
    /// Its name.
    pub policy_name: String,
    /// The policy type that it is weighed in.
    pub policy_type: PolicyType,
    /// The node that it is attached to, with its name (SCPs and RCPs).
    pub node: Option<(NodeId, String)>,
    /// Where the policy comes from, in words: "Workloads", "group devs", "role Admin".
    pub at: String,
    /// Position in the `Statement` array, from 0.
    pub index: usize,
    /// Its `Sid`.
    pub sid: Option<String>,
    /// `Sid`, or "Statement 2".
    pub title: String,
    /// The statement in the policy's text.
    pub span: Span,
    /// First and last line, from 1.
    pub lines: (u32, u32),
    /// Its effect.
    pub effect: Effect,
    /// Whether it matches.
    pub truth: Truth,
    /// The same in words: "Deny, matches".
    pub word: String,
    /// Its elements, in the order of the language: action, resource, conditions.
    pub elements: Vec<ElementView>,
}

/// One element of a statement with both operands.
#[derive(Clone, Debug, PartialEq)]
pub struct ElementView {
    /// `NotAction`, `Resource`, `StringNotEquals`.
    pub name: String,
    /// The context key of a condition.
    pub key: Option<String>,
    /// The element in the policy's text.
    pub span: Span,
    /// The values of the policy.
    pub values: Vec<ValueView>,
    /// The request's side.
    pub request: Phrase,
    /// The parts of the request's side, if it is one text, in which the nearest value differs.
    pub differs: Vec<Range<usize>>,
    /// Where the request's value comes from, or why there is none: "from the request", "derived".
    pub origin: String,
    /// Why the element is met or not, where the operands alone do not show it.
    pub note: String,
    /// The stable name of that: `absentNegated`.
    pub reason: Option<&'static str>,
    /// Whether the element is met.
    pub truth: Truth,
}

/// A value of the policy.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueView {
    /// As the policy has it.
    pub text: String,
    /// With its variables filled in, if it has some whose values are known.
    pub resolved: Option<String>,
    /// Whether it matches.
    pub truth: Truth,
    /// The parts of it, with its variables filled in, that differ from the request's side.
    pub differs: Vec<Range<usize>>,
}

/// A context key of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyView {
    /// Its name.
    pub name: String,
    /// Position of the resource that has it so, where the resources of a request differ in it.
    pub resource: Option<usize>,
    /// What is known of it.
    pub state: KeyState,
    /// Its value in words: "`eu-west-1`", "absent", "unknown".
    pub value: Phrase,
    /// Where it comes from.
    pub origin: String,
}
