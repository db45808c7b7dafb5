//! The wire form: what `guardrail eval --format json` prints and what the JavaScript package
//! returns. `docs/wire.md` describes it.
//!
//! The records mirror those of the page ([`crate::Analysis`], [`crate::TraceView`]). They are
//! plain: field names in camel case, enumerations as words, every text both as it is read and in
//! pieces, every place both as offsets and as lines and columns. A field that has no value is left
//! out; a list is always there.

mod convert;
mod file;
mod place;

use serde::Serialize;

pub use convert::{Converter, lint};
pub use place::Places;

/// The version of the form. A field may be added without a new one; nothing else may change.
pub const SCHEMA_VERSION: u32 = 1;

/// Everything that follows from a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Analysis {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The version of the engine: `0.1.0`.
    pub engine: String,
    /// The title of the scenario; empty if it has none.
    pub title: String,
    /// One for each request, in the order of the scenario.
    pub requests: Vec<Request>,
    /// One for each policy of the scenario, in its order.
    pub policies: Vec<Policy>,
}

/// A verdict (docs/scenario.md, "Verdicts").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// Every policy type that applies lets the request through.
    Allow,
    /// At least one Deny statement matches.
    ExplicitDeny,
    /// No Deny matches, and a policy type that must allow does not.
    ImplicitDeny,
    /// It turns on something unknown.
    Depends,
    /// Something that cannot be evaluated decides it.
    Error,
}

/// What a policy type, a level or a policy says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// It allows.
    Allow,
    /// A Deny statement matches.
    ExplicitDeny,
    /// Nothing in it allows.
    ImplicitDeny,
    /// It turns on something unknown.
    Depends,
    /// It is not asked.
    NotAsked,
    /// It cannot be evaluated.
    Error,
}

/// Whether a statement, an element or a value matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Truth {
    /// It matches.
    Met,
    /// It does not.
    Unmet,
    /// It turns on something unknown.
    Unknown,
}

/// The policy types, in the order of a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PolicyType {
    /// A rule that no policy can change.
    Fixed,
    /// Resource control policies.
    Rcp,
    /// Service control policies.
    Scp,
    /// VPC endpoint policy.
    Endpoint,
    /// Resource-based policy; for sts:AssumeRole… the trust policy.
    Resource,
    /// Identity-based policies.
    Identity,
    /// Permissions boundary.
    Boundary,
    /// Session policies.
    Session,
}

/// The effect of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Effect {
    /// `Allow`.
    Allow,
    /// `Deny`.
    Deny,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// AWS refuses the document.
    Error,
    /// It probably does not mean what its author thinks.
    Warning,
}

/// A text as it is read, and its pieces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sentence {
    /// All pieces together.
    pub text: String,
    /// The pieces in order.
    pub pieces: Vec<Piece>,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Piece {
    /// What it is.
    pub style: PieceStyle,
    /// Its text.
    pub text: String,
}

/// What a piece of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PieceStyle {
    /// Plain words.
    Text,
    /// A name to stress.
    Strong,
    /// Text of a policy or request: an action, an ARN, a key, a value.
    Code,
    /// The value that decided.
    Mark,
}

/// A place in the text of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// Where it begins, in UTF-16 code units from 0, as JavaScript counts.
    pub start: usize,
    /// Where it ends, in the same units: the first one behind it.
    pub end: usize,
    /// Line of the beginning, from 1.
    pub line: u32,
    /// Column of the beginning, from 1, in characters.
    pub column: u32,
    /// Line of the end.
    pub end_line: u32,
    /// Column of the end: the first one behind it.
    pub end_column: u32,
}

/// The result of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// Its id.
    pub id: String,
    /// Its name; empty if it has none.
    pub name: String,
    /// Its action.
    pub action: String,
    /// The verdict of all rows, if they agree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// What the rows amount to in words: "Allow", "3 allow, 2 explicit deny".
    pub word: String,
    /// Whether what the author expects came out; left out if nothing is expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expectation: Option<Expectation>,
    /// One row; for a request over every account one for each account, in the order of the tree.
    pub rows: Vec<Row>,
}

/// Whether an expectation is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Expectation {
    /// The expected verdict in a word.
    pub word: String,
    /// Whether it came out.
    pub met: bool,
    /// What came out otherwise; empty if it is met.
    pub differences: Vec<String>,
}

/// The result of a request for one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The account, for a request over every account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Who calls: "Admin, Shop".
    pub who: String,
    /// The verdict.
    pub verdict: Verdict,
    /// Its reasons, if they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<Trace>,
}

/// A verdict and its reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Trace {
    /// The verdict.
    pub verdict: Verdict,
    /// The sentence that says it.
    pub sentence: Sentence,
    /// The message that AWS would show for a denied request, where it names a policy type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Further sentences.
    pub notes: Vec<Sentence>,
    /// What could not be evaluated; not empty exactly if the verdict is `error`.
    pub blockers: Vec<Blocker>,
    /// The open questions of the rule book whose other answer would give another verdict.
    pub questions: Vec<Question>,
    /// What it depends on, exactly if the verdict is `depends`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depends: Option<Depends>,
    /// How the policy types weigh each resource of the request.
    pub resources: Vec<Resource>,
    /// The context keys that the policies read, and a few that always matter.
    pub keys: Vec<Key>,
}

/// What could not be evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Blocker {
    /// Its stable name: `refused`, `missingPolicy`, …
    pub kind: String,
    /// The id or word that it is about; empty if there is none.
    pub subject: String,
    /// The same in words.
    pub sentence: Sentence,
}

/// An open question of the rule book that decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// Its name in `settings.rules`.
    pub rule: String,
    /// The answer that was taken.
    pub answer: bool,
    /// The verdict with the other one.
    pub otherwise: Verdict,
}

/// What a verdict depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Depends {
    /// The smallest set of unknown things that decides.
    pub on: Vec<Unknown>,
    /// The verdict for each case of them.
    pub branches: Vec<Branch>,
    /// Whether all cases were tried.
    pub complete: bool,
}

/// Something that a scenario leaves open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Unknown {
    /// The value of a context key.
    Key {
        /// Its name.
        key: String,
        /// Position of the resource that has a key of its own, where a request has several.
        #[serde(skip_serializing_if = "Option::is_none")]
        resource: Option<usize>,
    },
    /// The account that owns the resource.
    Owner {
        /// Position of the resource in the request.
        #[serde(skip_serializing_if = "Option::is_none")]
        resource: Option<usize>,
    },
}

/// One case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Branch {
    /// The case in words: "aws:RequestedRegion is eu-west-1".
    pub case: Sentence,
    /// The same thing by thing, in the order of [`Depends::on`].
    pub tried: Vec<Tried>,
    /// Its verdict.
    pub verdict: Verdict,
}

/// What an unknown thing was tried as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Tried {
    /// The key has these values; `null` stands for one that no policy mentions.
    Values {
        /// The values.
        values: Vec<Option<String>>,
    },
    /// The key is absent.
    Absent,
    /// A reading of who owns the resource.
    Owner {
        /// In words.
        text: String,
        /// An account of which it is true, where that is one of the organization's.
        #[serde(skip_serializing_if = "Option::is_none")]
        account: Option<String>,
    },
}

/// How the policy types weigh one resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Resource {
    /// Its ARN, or `*`.
    pub arn: String,
    /// The account that owns it, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The stable name of which sides must allow: `sameAccount`, `crossAccount`, …
    pub access: String,
    /// The policy types in order.
    pub stages: Vec<Stage>,
    /// Statements that decide the verdict, in the order of the policy types.
    pub deciding: Vec<Statement>,
    /// Statements that do not, in the same order.
    pub others: Vec<Statement>,
}

/// One policy type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stage {
    /// Which.
    pub policy_type: PolicyType,
    /// Its short name: "SCP".
    pub title: String,
    /// What it says.
    pub outcome: Outcome,
    /// The same in a word or two: "Explicit deny", "None set".
    pub word: String,
    /// Why, in a sentence.
    pub why: Sentence,
    /// The stable name of why it says so, where no document does: `managementAccount`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether the request stops here.
    pub stops: bool,
    /// For SCPs and RCPs: one for each level, root first.
    pub levels: Vec<Level>,
}

/// One level of the tree: the root, an OU or the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Level {
    /// The node.
    pub node: Node,
    /// What its policies say together.
    pub outcome: Outcome,
    /// Whether the request stops here.
    pub stops: bool,
    /// Why, in a sentence.
    pub why: Sentence,
    /// What each policy attached here says.
    pub policies: Vec<LevelPolicy>,
}

/// The root, an OU or an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Node {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A policy that is attached to a level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LevelPolicy {
    /// Its id.
    pub policy: String,
    /// What it says.
    pub outcome: Outcome,
}

/// One statement against the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    /// Id of its policy.
    pub policy: String,
    /// Name of its policy.
    pub policy_name: String,
    /// The policy type that it is weighed in.
    pub policy_type: PolicyType,
    /// The node that its policy is attached to, for SCPs and RCPs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node: Option<Node>,
    /// Where its policy comes from, in words: "Workloads", "group devs".
    pub at: String,
    /// Position in the `Statement` array, from 0.
    pub index: usize,
    /// `Sid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// `Sid`, or "Statement 2".
    pub title: String,
    /// The statement in the text of its policy.
    pub place: Place,
    /// Its effect.
    pub effect: Effect,
    /// Whether it matches.
    pub truth: Truth,
    /// The same in words: "Deny, matches".
    pub word: String,
    /// Its elements.
    pub elements: Vec<Element>,
}

/// One element of a statement with both operands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Element {
    /// `NotAction`, `Resource`, `StringNotEquals`.
    pub name: String,
    /// The context key of a condition, as typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The element in the text of the policy.
    pub place: Place,
    /// The policy's side.
    pub values: Vec<Value>,
    /// The request's side.
    pub request: Sentence,
    /// Where the request's side comes from, or why there is none; empty if that is plain.
    pub origin: String,
    /// Why the element is met or not, where the operands alone do not show it; else empty.
    pub note: String,
    /// The stable name of that: `absentNegated`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether it is met.
    pub truth: Truth,
}

/// A value of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Value {
    /// Its text.
    pub text: String,
    /// The same with its variables filled in, if it has some whose values are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved: Option<String>,
    /// Whether the request's side matches it.
    pub truth: Truth,
}

/// What is known of a context key (docs/scenario.md, "What a context key is").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum KeyState {
    /// Its values.
    Known,
    /// That it is absent.
    Absent,
    /// That it is present, but not its value.
    Present,
    /// Nothing.
    Unknown,
}

/// A context key of the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Key {
    /// Its name.
    pub name: String,
    /// Position of the resource that has it so, where the resources of a request differ in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<usize>,
    /// What is known of it.
    pub state: KeyState,
    /// Its values, if they are known.
    pub values: Vec<String>,
    /// Its value in words: "eu-west-1", "absent".
    pub value: Sentence,
    /// Where it comes from.
    pub origin: String,
}

/// A policy of a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Policy {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its kind: `scp`, `identity`, …
    pub kind: String,
    /// What is wrong with it and how large it is; left out if its kind is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lint: Option<Lint>,
}

/// What is wrong with a policy, and how large it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lint {
    /// Whether AWS would refuse the document: whether one of the findings is an error.
    pub refused: bool,
    /// What was found, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Its size against the quota.
    pub size: Size,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Diagnostic {
    /// Stable name of the rule that was broken: `missing-resource`.
    pub code: String,
    /// The rule of `docs/semantics.md` behind it: `GRAM-5`; `JSON` for the syntax of JSON.
    pub rule: String,
    /// Error or warning.
    pub severity: Severity,
    /// What was found.
    pub message: String,
    /// What was expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// Where.
    pub place: Place,
    /// Another place that belongs to it, such as the first of two equal keys.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub related: Option<Place>,
}

/// The size of a policy in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Size {
    /// As typed.
    pub typed: usize,
    /// Without white space outside strings.
    pub minified: usize,
    /// The quota, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota: Option<usize>,
    /// Whether white space counts against the quota when the text is saved by API.
    pub counts_whitespace: bool,
}

/// Why a text is no scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FileError {
    /// What sort of error it is: `syntax`, `missing`, …
    pub kind: String,
    /// Where: `requests[2].principal.id`; empty for the file as a whole.
    pub path: String,
    /// Line, from 1, where the text itself is at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Column, from 1, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// What stands there.
    pub found: String,
    /// What could stand there.
    pub expected: String,
    /// All of it in one sentence.
    pub message: String,
}

/// Something in a scenario file that is probably a mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FileWarning {
    /// What sort of warning it is: `unknownField`, `reference`, …
    pub kind: String,
    /// Where: `requests[2].principal.id`.
    pub path: String,
    /// What was found.
    pub message: String,
    /// What was probably meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}
