//! The lesson of a scenario.

use crate::file::error::Refusal;
use crate::file::json::Json;
use crate::file::reader::{Field, unknown_word};
use crate::ids::{PolicyId, RequestId};
use crate::lesson::{
    Ask, Editable, Hidden, Lesson, Limits, Misconception, Step, Structure, Task, TaskKind,
};

use super::expect::expectation;

const LESSON: &[&str] = &[
    "id",
    "title",
    "goal",
    "minutes",
    "topic",
    "misconception",
    "teacher",
    "steps",
    "cases",
];
const STEP: &[&str] = &[
    "id", "title", "text", "edit", "hide", "hints", "task", "solved",
];
const TASK: &[&str] = &[
    "type",
    "requests",
    "ask",
    "request",
    "expect",
    "structure",
    "limits",
];
const STRUCTURE: &[&str] = &[
    "ou", "account", "within", "below", "holds", "attached", "detached", "to",
];
const LIMITS: &[&str] = &[
    "statements",
    "characters",
    "keepStatements",
    "keepAttached",
    "noAllowAll",
    "noNewAllow",
];

pub(super) fn lesson(field: Field<'_>) -> Result<Lesson, Refusal> {
    let mut fields = field.object(LESSON)?;
    Ok(Lesson {
        id: fields.or_default("id", |field| field.text())?,
        title: fields.or_default("title", |field| field.text())?,
        goal: fields.or_default("goal", |field| field.text())?,
        minutes: fields.optional("minutes", count)?,
        topic: fields.or_default("topic", |field| field.text())?,
        misconception: fields.optional("misconception", misconception)?,
        teacher: fields.or_default("teacher", |field| field.text())?,
        steps: fields.or_default("steps", |list| list.items(step))?,
        cases: fields.optional("cases", |field| field.value())?,
        extra: fields.finish()?,
    })
}

/// A whole number.
fn count(field: Field<'_>) -> Result<usize, Refusal> {
    match &field.json {
        Json::Number(text) => text.parse().ok(),
        _ => None,
    }
    .ok_or_else(|| field.unexpected(texts::file_whole_number()))
}

fn misconception(field: Field<'_>) -> Result<Misconception, Refusal> {
    let mut fields = field.object(&["belief", "truth", "idea"])?;
    Ok(Misconception {
        belief: fields.or_default("belief", |field| field.text())?,
        truth: fields.or_default("truth", |field| field.text())?,
        idea: fields.text("idea")?,
        extra: fields.finish()?,
    })
}

fn step(field: Field<'_>) -> Result<Step, Refusal> {
    let mut fields = field.object(STEP)?;
    Ok(Step {
        id: fields.required("id", texts::file_id_no_other_step(), |field| field.text())?,
        title: fields.or_default("title", |field| field.text())?,
        text: fields.or_default("text", |field| field.text())?,
        edit: fields.or_default("edit", |list| list.items(editable))?,
        hide: fields.or_default("hide", |list| list.items(hidden))?,
        hints: fields.or_default("hints", |field| field.texts())?,
        task: fields.optional("task", task)?,
        solved: fields.or_default("solved", |field| field.text())?,
        extra: fields.finish()?,
    })
}

fn editable(field: Field<'_>) -> Result<Editable, Refusal> {
    if let Some(id) = only(&field.json, "policy") {
        return Ok(Editable::Policy(PolicyId::from(id)));
    }
    let known = word(&field, texts::file_editable_part(), &Editable::WORDS);
    match known {
        Some(known) => Ok(known),
        None => field.value().map(Editable::Unknown),
    }
}

fn hidden(field: Field<'_>) -> Result<Hidden, Refusal> {
    if let Some(id) = only(&field.json, "policy") {
        return Ok(Hidden::Policy(PolicyId::from(id)));
    }
    if let Some(id) = only(&field.json, "request") {
        return Ok(Hidden::Request(RequestId::from(id)));
    }
    let known = word(&field, texts::file_hidden_part(), &Hidden::WORDS);
    match known {
        Some(known) => Ok(known),
        None => field.value().map(Hidden::Unknown),
    }
}

/// The text in an object that has one member of this name and no other.
fn only<'a>(json: &'a Json, name: &str) -> Option<&'a str> {
    match json {
        Json::Object(members) => match members.as_slice() {
            [(key, Json::Text(text))] if key == name => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// One of these words; anything else is reported.
fn word<T: Clone>(field: &Field<'_>, what: &str, known: &[(&str, T)]) -> Option<T> {
    let typed = match &field.json {
        Json::Text(typed) => typed.clone(),
        other => other.to_string(),
    };
    let found = known.iter().find(|(word, _)| *word == typed);
    if found.is_none() {
        let words = known.iter().map(|(word, _)| *word);
        unknown_word(field.findings, field.at, what, &typed, words);
    }
    found.map(|(_, value)| value.clone())
}

fn task(field: Field<'_>) -> Result<Task, Refusal> {
    let mut fields = field.object(TASK)?;
    Ok(Task {
        kind: fields.required("type", texts::file_task_kinds(), |field| {
            match word(&field, texts::file_kind_of_task(), &TaskKind::WORDS) {
                Some(kind) => Ok(kind),
                None => field.text().map(TaskKind::Other),
            }
        })?,
        requests: fields.ids("requests")?,
        ask: fields.or_default("ask", |list| list.items(ask))?,
        request: fields.id("request")?,
        expect: fields.or_default("expect", |field| {
            let mut all = Vec::new();
            field.each_member(&mut |request, expected| {
                all.push((RequestId::from(request), expectation(expected)?));
                Ok(())
            })?;
            Ok(all)
        })?,
        structure: fields.or_default("structure", |list| list.items(structure))?,
        limits: fields.or_default("limits", limits)?,
        extra: fields.finish()?,
    })
}

fn ask(field: Field<'_>) -> Result<Ask, Refusal> {
    match word(&field, "question", &Ask::WORDS) {
        Some(ask) => Ok(ask),
        None => field.text().map(Ask::Other),
    }
}

fn structure(field: Field<'_>) -> Result<Structure, Refusal> {
    let mut fields = field.object(STRUCTURE)?;
    Ok(Structure {
        ou: fields.text("ou")?,
        account: fields.text("account")?,
        within: fields.text("within")?,
        below: fields.text("below")?,
        holds: fields.or_default("holds", |field| field.texts())?,
        attached: fields.id("attached")?,
        detached: fields.id("detached")?,
        to: fields.text("to")?,
        extra: fields.finish()?,
    })
}

fn limits(field: Field<'_>) -> Result<Limits, Refusal> {
    let mut fields = field.object(LIMITS)?;
    Ok(Limits {
        statements: fields.or_default("statements", |field| by_policy(field, count))?,
        characters: fields.or_default("characters", |field| by_policy(field, count))?,
        keep_statements: fields.or_default("keepStatements", |field| {
            by_policy(field, |field| field.texts())
        })?,
        keep_attached: fields.or_default("keepAttached", |field| field.bool())?,
        no_allow_all: fields.or_default("noAllowAll", |field| field.bool())?,
        no_new_allow: fields.or_default("noNewAllow", |field| field.bool())?,
        extra: fields.finish()?,
    })
}

fn by_policy<T>(
    field: Field<'_>,
    read: impl Fn(Field<'_>) -> Result<T, Refusal>,
) -> Result<Vec<(PolicyId, T)>, Refusal> {
    let mut all = Vec::new();
    field.each_member(&mut |policy, value| {
        all.push((PolicyId::from(policy), read(value)?));
        Ok(())
    })?;
    Ok(all)
}
