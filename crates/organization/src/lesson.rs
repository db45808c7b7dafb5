//! A lesson: what a scenario teaches, step by step, and what the learner has to do.
//!
//! The texts are Markdown of which `playground` reads a safe part. Whether a task is solved is
//! worked out there too; here is only what the author wrote.

use serde_json::{Map, Value};

use crate::ids::{PolicyId, RequestId};
use crate::scenario::Expectation;

/// The lesson of a scenario.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lesson {
    /// Its id, as in `#lesson/<id>`; empty if there is none.
    pub id: String,
    /// Title.
    pub title: String,
    /// What the learner can do or tell afterwards, in a sentence.
    pub goal: String,
    /// How long it takes, in minutes.
    pub minutes: Option<usize>,
    /// What it is about, as the index of a course names it: `organizations`.
    pub topic: String,
    /// The misconception that it cures.
    pub misconception: Option<Misconception>,
    /// For the teacher, in Markdown.
    pub teacher: String,
    /// The steps in order.
    pub steps: Vec<Step>,
    /// What is said of single requests, by id: `rule` names the rules of the rule book that they
    /// show. Kept as it is.
    pub cases: Option<Value>,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// Something that people believe and that is not so.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Misconception {
    /// What they believe, in a sentence.
    pub belief: String,
    /// What is so, in a sentence.
    pub truth: String,
    /// Which wrong idea it is, so that its answers can be shown: `allowFlowsDown`.
    pub idea: Option<String>,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// One step of a lesson: a text, and perhaps something to do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// Its id; no other step of the lesson has it.
    pub id: String,
    /// Title; empty if there is none.
    pub title: String,
    /// Markdown.
    pub text: String,
    /// What the learner may change here; nothing if empty.
    pub edit: Vec<Editable>,
    /// What is not shown until the task was tried, beside what the task hides by itself.
    pub hide: Vec<Hidden>,
    /// Markdown, opened one by one.
    pub hints: Vec<String>,
    /// What is to be done; none for a step that is only read.
    pub task: Option<Task>,
    /// Markdown, shown when the task is solved.
    pub solved: String,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// What a step lets the learner change.
#[derive(Clone, Debug, PartialEq)]
pub enum Editable {
    /// `requests`: those that the lesson asks for. Own requests can always be added.
    Requests,
    /// `tree`: OUs and accounts, their names and places.
    Tree,
    /// `attachments`: which SCPs and RCPs are attached where.
    Attachments,
    /// `newPolicies`: policies of the learner's own.
    NewPolicies,
    /// `principals`: users, groups and roles, and the policies that they have.
    Principals,
    /// `resources`: resources and endpoints, and the policies that they have.
    Resources,
    /// The text of one policy.
    Policy(PolicyId),
    /// Something that this version does not know; kept and reported.
    Unknown(Value),
}

/// What a step does not show until its task was tried.
#[derive(Clone, Debug, PartialEq)]
pub enum Hidden {
    /// `verdicts`: those of all requests, with their reasons.
    Verdicts,
    /// `reasons`: those of all requests.
    Reasons,
    /// `ways`: what would change a verdict.
    Ways,
    /// The verdict of one request, with its reasons.
    Request(RequestId),
    /// The text of one policy.
    Policy(PolicyId),
    /// Something that this version does not know; kept and reported.
    Unknown(Value),
}

/// What is to be done. Each kind uses the fields that it needs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Task {
    /// The kind.
    pub kind: TaskKind,
    /// `predict`: the requests whose verdicts are to be told.
    pub requests: Vec<RequestId>,
    /// `predict`: what is to be told beside allow or deny.
    pub ask: Vec<Ask>,
    /// `explain`: the request whose deciding statements are to be picked.
    pub request: Option<RequestId>,
    /// `mend` and `build`: what is to come out of requests, in the order of the file.
    pub expect: Vec<(RequestId, Expectation)>,
    /// `build`: what the organization is to look like.
    pub structure: Vec<Structure>,
    /// `mend` and `build`: what must not be done for it.
    pub limits: Limits,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// The kinds of task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TaskKind {
    /// Tell verdicts before they are shown.
    #[default]
    Predict,
    /// Change something until all requests come out as they should.
    Mend,
    /// Make an organization that is described.
    Build,
    /// Pick what decides a request.
    Explain,
    /// A word that this version does not know; such a task cannot be solved.
    Other(String),
}

/// What a prediction tells beside allow or deny.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// `kind`: whether a deny is explicit or implicit.
    Kind,
    /// `decider`: which policy type, or which level of the tree, a deny comes from.
    Decider,
    /// A word that this version does not know.
    Other(String),
}

/// One thing that the organization is to have.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Structure {
    /// The name of an OU that must exist.
    pub ou: Option<String>,
    /// An account that must exist, by id or name.
    pub account: Option<String>,
    /// Where: the id or name of the OU, or `root`, that the OU or account is directly in.
    pub within: Option<String>,
    /// Where: the id or name of the OU, or `root`, that the OU or account is anywhere below.
    pub below: Option<String>,
    /// The accounts, by id or name, that stand directly in the OU `ou`.
    pub holds: Vec<String>,
    /// An SCP or RCP that must be attached to `to`.
    pub attached: Option<PolicyId>,
    /// An SCP or RCP that must not be attached to `to`.
    pub detached: Option<PolicyId>,
    /// The id or name of an OU or account, or `root`.
    pub to: Option<String>,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

/// What must not be done to solve a task. That nothing changes but what the step lets the learner
/// edit, that every policy is within its quota, and that AWS would accept it, always holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// Most statements of a policy.
    pub statements: Vec<(PolicyId, usize)>,
    /// Most characters of a policy, without white space.
    pub characters: Vec<(PolicyId, usize)>,
    /// Statements, by `Sid`, that stay as they are.
    pub keep_statements: Vec<(PolicyId, Vec<String>)>,
    /// Whether each policy stays where it is used.
    pub keep_attached: bool,
    /// Whether no policy may begin to allow everything.
    pub no_allow_all: bool,
    /// Whether no `Allow` may be added: no statement, and no policy of AWS's that grants.
    pub no_new_allow: bool,
    /// Fields of the file that this version does not know.
    pub extra: Map<String, Value>,
}

impl Limits {
    /// Whether nothing is limited.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Lesson {
    /// Whether it says no more than `cases`: notes of a test, nothing to learn.
    #[must_use]
    pub fn is_only_cases(&self) -> bool {
        let rest = Self {
            cases: None,
            ..self.clone()
        };
        rest == Self::default()
    }

    /// The step with this id.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }
}

impl TaskKind {
    /// The known kinds, with their words.
    pub(crate) const WORDS: [(&'static str, Self); 4] = [
        ("predict", Self::Predict),
        ("mend", Self::Mend),
        ("build", Self::Build),
        ("explain", Self::Explain),
    ];

    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Predict => "predict",
            Self::Mend => "mend",
            Self::Build => "build",
            Self::Explain => "explain",
            Self::Other(word) => word,
        }
    }
}

impl Ask {
    /// The known words.
    pub(crate) const WORDS: [(&'static str, Self); 2] =
        [("kind", Self::Kind), ("decider", Self::Decider)];

    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Kind => "kind",
            Self::Decider => "decider",
            Self::Other(word) => word,
        }
    }
}

impl Editable {
    /// The known words.
    pub(crate) const WORDS: [(&'static str, Self); 6] = [
        ("requests", Self::Requests),
        ("tree", Self::Tree),
        ("attachments", Self::Attachments),
        ("newPolicies", Self::NewPolicies),
        ("principals", Self::Principals),
        ("resources", Self::Resources),
    ];
}

impl Hidden {
    /// The known words.
    pub(crate) const WORDS: [(&'static str, Self); 3] = [
        ("verdicts", Self::Verdicts),
        ("reasons", Self::Reasons),
        ("ways", Self::Ways),
    ];
}
