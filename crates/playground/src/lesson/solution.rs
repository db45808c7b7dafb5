//! The solution of a lesson: a file beside it, `<id>.solution.json`, that never comes into a link.
//!
//! ```json
//! {
//!   "lesson": "two-doors",
//!   "start": { "ana-reads": { "verdict": "implicitDeny", "by": [{ "node": "ou-ab12-11111111" }] } },
//!   "steps": {
//!     "guess": { "answer": { "ana-reads": { "verdict": "implicitDeny", "policyType": "scp", "node": "ou-ab12-11111111" } } },
//!     "mend": { "changes": { "policies": [{ "id": "p1", "kind": "scp", "document": {} }] }, "attach": { "ou-ab12-11111111": ["p1"] } }
//!   }
//! }
//! ```
//!
//! `start` says what each request comes to before anything is changed, as `expect` of a request
//! does. `changes` is a part of a scenario file: what has an id (or ARN) takes the place of what has
//! it in the lesson, or is added; anything else takes the place of the whole field. `attach` says
//! all that is attached to a node.

use std::fmt;

use organization::Scenario;
use organization::file::{read, write};
use serde_json::{Map, Value, json};

use super::progress::Answer;
use super::wire::{answer_from_json, answer_to_json, verdict_word};
use crate::engine::Engine;

/// The solution of a lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// The lesson that it belongs to.
    pub lesson: String,
    start: Map<String, Value>,
    /// The steps that it solves, by id.
    pub steps: Vec<(String, SolvedStep)>,
}

/// How one step is solved.
#[derive(Clone, Debug, PartialEq)]
pub struct SolvedStep {
    /// What is answered.
    pub answer: Option<Answer>,
    changes: Map<String, Value>,
    attach: Map<String, Value>,
}

/// What is wrong with a solution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SolutionError {
    /// Where: `steps.mend.answer`.
    pub path: String,
    /// What was found and what was expected.
    pub message: String,
}

impl fmt::Display for SolutionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => f.write_str(&self.message),
            path => write!(f, "`{path}`: {}", self.message),
        }
    }
}

impl std::error::Error for SolutionError {}

fn error(path: impl Into<String>, message: impl Into<String>) -> SolutionError {
    SolutionError {
        path: path.into(),
        message: message.into(),
    }
}

/// An object of which every field is one of these.
fn object<'v>(
    value: &'v Value,
    path: &str,
    known: &[&str],
) -> Result<&'v Map<String, Value>, SolutionError> {
    let Value::Object(fields) = value else {
        return Err(error(path, texts::file_found(value, &texts::file_object())));
    };
    let mut names = fields.keys();
    match names.find(|name| !known.is_empty() && !known.contains(&name.as_str())) {
        Some(name) => Err(error(
            path,
            texts::file_found(&format!("`{name}`"), &known.join(", ")),
        )),
        None => Ok(fields),
    }
}

fn part(
    fields: &Map<String, Value>,
    name: &str,
    path: &str,
) -> Result<Map<String, Value>, SolutionError> {
    match fields.get(name) {
        None => Ok(Map::new()),
        Some(value) => object(value, &format!("{path}{name}"), &[]).cloned(),
    }
}

impl Solution {
    /// A solution that was done rather than written: what the requests come to at the start is
    /// taken from the evaluation, and steps are added with [`Solution::solve`].
    #[must_use]
    pub fn of(engine: &mut Engine, start: &Scenario) -> Self {
        let lesson = start.lesson.as_ref();
        let views = engine.analyze(start, None).requests;
        let verdicts = views.iter().filter_map(|view| {
            let word = verdict_word(view.verdict?)?;
            Some((view.id.to_string(), json!({ "verdict": word })))
        });
        Self {
            lesson: lesson.map(|lesson| lesson.id.clone()).unwrap_or_default(),
            start: verdicts.collect(),
            steps: Vec::new(),
        }
    }

    /// Says how a step is solved: by what lies between two scenarios, and an answer. What was
    /// taken away between them is not kept.
    ///
    /// # Errors
    ///
    /// A scenario that cannot be written as a file.
    pub fn solve(
        &mut self,
        step: &str,
        before: &Scenario,
        after: &Scenario,
        answer: Option<Answer>,
    ) -> Result<(), SolutionError> {
        let solved = SolvedStep {
            answer,
            changes: differences(&file_of(before)?, file_of(after)?),
            attach: Map::new(),
        };
        self.steps.retain(|(known, _)| known != step);
        self.steps.push((step.to_owned(), solved));
        Ok(())
    }

    /// The file of the solution, indented.
    #[must_use]
    pub fn write(&self) -> String {
        let mut steps = Map::new();
        for (id, solved) in &self.steps {
            let mut step = Map::new();
            if let Some(answer) = &solved.answer {
                step.insert("answer".to_owned(), answer_to_json(answer));
            }
            for (name, part) in [("changes", &solved.changes), ("attach", &solved.attach)] {
                if !part.is_empty() {
                    step.insert(name.to_owned(), Value::Object(part.clone()));
                }
            }
            steps.insert(id.clone(), Value::Object(step));
        }
        let file = json!({ "lesson": self.lesson, "start": self.start, "steps": steps });
        format!("{file:#}\n")
    }

    /// Reads the file of a solution.
    ///
    /// # Errors
    ///
    /// What was found, where, and what was expected.
    pub fn read(text: &str) -> Result<Self, SolutionError> {
        let value: Value = serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text))
            .map_err(|it| {
                let found = texts::lesson_no_json(&it);
                error("", texts::file_found(&found, &texts::file_object()))
            })?;
        let fields = object(&value, "", &["lesson", "start", "steps"])?;
        let lesson = fields.get("lesson").and_then(Value::as_str);
        let mut steps = Vec::new();
        for (id, step) in &part(fields, "steps", "")? {
            let path = format!("steps.{id}.");
            let step = object(
                step,
                path.trim_end_matches('.'),
                &["answer", "changes", "attach"],
            )?;
            let answer = step.get("answer").map(answer_from_json).transpose();
            let solved = SolvedStep {
                answer: answer.map_err(|message| error(format!("{path}answer"), message))?,
                changes: part(step, "changes", &path)?,
                attach: part(step, "attach", &path)?,
            };
            steps.push((id.clone(), solved));
        }
        Ok(Self {
            lesson: lesson
                .ok_or_else(|| {
                    let found = texts::file_no(&"lesson");
                    error(
                        "",
                        texts::file_found(&found, &texts::lesson_expected_lesson()),
                    )
                })?
                .to_owned(),
            start: part(fields, "start", "")?,
            steps,
        })
    }

    /// How a step is solved.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&SolvedStep> {
        self.steps
            .iter()
            .find(|(known, _)| known == id)
            .map(|(_, step)| step)
    }

    /// The lesson with what its requests are expected to come to at the start.
    ///
    /// # Errors
    ///
    /// What cannot be read as an expectation, or is said of a request that is not there.
    pub fn expecting(&self, start: &Scenario) -> Result<Scenario, SolutionError> {
        let mut file = file_of(start)?;
        for (id, expected) in &self.start {
            let requests = file.get_mut("requests").and_then(Value::as_array_mut);
            let mut requests = requests.into_iter().flatten();
            let request = requests
                .find(|one| has(one, id))
                .and_then(Value::as_object_mut);
            match request {
                Some(request) => request.insert("expect".to_owned(), expected.clone()),
                None => {
                    return Err(error(
                        format!("start.{id}"),
                        texts::lesson_no_such_request(),
                    ));
                }
            };
        }
        scenario_of(&file, "start")
    }
}

impl SolvedStep {
    /// The scenario with the changes that solve the step.
    ///
    /// # Errors
    ///
    /// What cannot be read as a part of a scenario.
    pub fn applied(&self, scenario: &Scenario) -> Result<Scenario, SolutionError> {
        if self.changes.is_empty() && self.attach.is_empty() {
            return Ok(scenario.clone());
        }
        let mut file = file_of(scenario)?;
        for (name, change) in &self.changes {
            merge(file.entry(name.clone()).or_insert(Value::Null), change);
        }
        for (node, policies) in &self.attach {
            let root = file
                .get_mut("organization")
                .and_then(|it| it.get_mut("root"));
            if !root.is_some_and(|root| attach(root, node, policies)) {
                return Err(error(
                    format!("attach.{node}"),
                    texts::lesson_no_such_node(),
                ));
            }
        }
        scenario_of(&file, "changes")
    }
}

/// The fields of a file that differ from those of another; of lists with ids only the entries that
/// differ. What belongs to the lesson itself is left out.
fn differences(before: &Map<String, Value>, after: Map<String, Value>) -> Map<String, Value> {
    let mut found = Map::new();
    for (name, value) in after {
        let old = before.get(&name);
        if old == Some(&value) || matches!(name.as_str(), "lesson" | "recorded" | "version") {
            continue;
        }
        let changed = match (old, value) {
            (Some(Value::Array(old)), Value::Array(new)) => {
                Value::Array(new.into_iter().filter(|one| !old.contains(one)).collect())
            }
            (_, value) => value,
        };
        found.insert(name, changed);
    }
    found
}

fn file_of(scenario: &Scenario) -> Result<Map<String, Value>, SolutionError> {
    match serde_json::from_str(&write(scenario)) {
        Ok(Value::Object(file)) => Ok(file),
        _ => Err(error("", texts::lesson_not_written())),
    }
}

fn scenario_of(file: &Map<String, Value>, path: &str) -> Result<Scenario, SolutionError> {
    let text = Value::Object(file.clone()).to_string();
    match read(&text) {
        Ok(loaded) => Ok(loaded.scenario),
        Err(refused) => Err(error(path, refused.to_string())),
    }
}

/// Whether a part of a scenario has this id or ARN.
fn has(part: &Value, id: &str) -> bool {
    let name = part.get("id").or_else(|| part.get("arn"));
    name.and_then(Value::as_str) == Some(id)
}

fn merge(old: &mut Value, new: &Value) {
    match (old, new) {
        (Value::Array(old), Value::Array(new)) => {
            for one in new {
                let id = one
                    .get("id")
                    .or_else(|| one.get("arn"))
                    .and_then(Value::as_str);
                let same = id.and_then(|id| old.iter_mut().find(|known| has(known, id)));
                match same {
                    Some(known) => *known = one.clone(),
                    None => old.push(one.clone()),
                }
            }
        }
        (Value::Object(old), Value::Object(new)) => {
            for (name, value) in new {
                old.insert(name.clone(), value.clone());
            }
        }
        (old, new) => *old = new.clone(),
    }
}

fn attach(node: &mut Value, id: &str, policies: &Value) -> bool {
    if has(node, id)
        && let Some(fields) = node.as_object_mut()
    {
        fields.insert("policies".to_owned(), policies.clone());
        return true;
    }
    let children = node.get_mut("children").and_then(Value::as_array_mut);
    let mut children = children.into_iter().flatten();
    children.any(|child| attach(child, id, policies))
}
