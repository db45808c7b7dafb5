//! The lesson of a scenario.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::Value;

use super::request::Expectation;
use super::{described, words};
use crate::lesson;

described!(
    TaskType,
    words(&lesson::TaskKind::WORDS.map(|(word, _)| word))
);
described!(AskWord, words(&lesson::Ask::WORDS.map(|(word, _)| word)));
described!(
    EditWord,
    words(&lesson::Editable::WORDS.map(|(word, _)| word))
);
described!(
    HideWord,
    words(&lesson::Hidden::WORDS.map(|(word, _)| word))
);

/// A lesson: what the scenario teaches, step by step.
#[derive(JsonSchema)]
pub(super) struct Lesson {
    /// Its id, as in `#lesson/<id>`.
    id: Option<String>,
    /// Title.
    title: Option<String>,
    /// What the learner can do or tell afterwards.
    goal: Option<String>,
    /// How long it takes, in minutes.
    minutes: Option<u32>,
    /// What it is about, as the index of a course names it.
    topic: Option<String>,
    /// The misconception that it cures.
    misconception: Option<Misconception>,
    /// For the teacher, in Markdown.
    teacher: Option<String>,
    /// The steps in order.
    steps: Option<Vec<Step>>,
    /// What is said of single requests, by id; `rule` names rules of the rule book.
    cases: Option<Value>,
}

/// Something that people believe and that is not so.
#[derive(JsonSchema)]
struct Misconception {
    /// What they believe.
    belief: Option<String>,
    /// What is so.
    truth: Option<String>,
    /// Which wrong idea it is, so that its answers can be shown.
    idea: Option<String>,
}

/// One step: a text, and perhaps something to do.
#[derive(JsonSchema)]
struct Step {
    /// Id that no other step has.
    id: String,
    /// Title.
    title: Option<String>,
    /// Markdown.
    text: Option<String>,
    /// What the learner may change here; nothing where it is left out.
    edit: Option<Vec<Edit>>,
    /// What is not shown until the task was tried.
    hide: Option<Vec<Hide>>,
    /// Markdown, opened one by one.
    hints: Option<Vec<String>>,
    /// What is to be done.
    task: Option<Task>,
    /// Markdown, shown when the task is solved.
    solved: Option<String>,
}

/// Something that the learner may change.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Edit {
    /// A part of the scenario.
    Part(EditWord),
    /// The text of one policy.
    Policy {
        /// Id of the policy.
        policy: String,
    },
}

/// Something that is not shown yet.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Hide {
    /// A part of the page.
    Part(HideWord),
    /// The text of one policy.
    Policy {
        /// Id of the policy.
        policy: String,
    },
    /// The verdict of one request.
    Request {
        /// Id of the request.
        request: String,
    },
}

/// What is to be done.
#[derive(JsonSchema)]
struct Task {
    /// The kind of task.
    r#type: TaskType,
    /// `predict`: the requests whose verdicts are to be told.
    requests: Option<Vec<String>>,
    /// `predict`: what is to be told beside allow or deny.
    ask: Option<Vec<AskWord>>,
    /// `explain`: the request whose deciding statements are to be picked.
    request: Option<String>,
    /// `mend` and `build`: what is to come out, by the ids of requests.
    expect: Option<BTreeMap<String, Expectation>>,
    /// `build`: what the organization is to look like.
    structure: Option<Vec<Structure>>,
    /// `mend` and `build`: what must not be done for it.
    limits: Option<Limits>,
}

/// One thing that the organization is to have.
#[derive(JsonSchema)]
struct Structure {
    /// The name of an OU that must exist.
    ou: Option<String>,
    /// An account that must exist, by id or name.
    account: Option<String>,
    /// The OU, by id or name, or `root`, that it is directly in.
    within: Option<String>,
    /// The OU, by id or name, or `root`, that it is anywhere below.
    below: Option<String>,
    /// The accounts, by id or name, that stand directly in the OU.
    holds: Option<Vec<String>>,
    /// A policy that must be attached to `to`.
    attached: Option<String>,
    /// A policy that must not be attached to `to`.
    detached: Option<String>,
    /// An OU or account, by id or name, or `root`.
    to: Option<String>,
}

/// What must not be done to solve a task.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
struct Limits {
    /// Most statements, by policy.
    statements: Option<BTreeMap<String, u32>>,
    /// Most characters without white space, by policy.
    characters: Option<BTreeMap<String, u32>>,
    /// Statements that stay as they are: their `Sid`s, by policy.
    keep_statements: Option<BTreeMap<String, Vec<String>>>,
    /// Each policy stays where it is used.
    keep_attached: Option<bool>,
    /// No policy begins to allow everything.
    no_allow_all: Option<bool>,
    /// No `Allow` is added.
    no_new_allow: Option<bool>,
}
