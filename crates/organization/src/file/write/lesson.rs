//! The lesson of a scenario.

use super::requests::expectation;
use super::{Detail, Object};
use crate::file::json::Json;
use crate::ids::PolicyId;
use crate::lesson::{Editable, Hidden, Lesson, Limits, Misconception, Step, Structure, Task};

pub(super) fn lesson(lesson: &Lesson, detail: Detail) -> Json {
    let mut out = Object::new(detail);
    out.text_unless_empty("id", &lesson.id);
    out.text_unless_empty("title", &lesson.title);
    out.text_unless_empty("goal", &lesson.goal);
    if let Some(minutes) = lesson.minutes {
        out.put("minutes", number(minutes));
    }
    out.text_unless_empty("topic", &lesson.topic);
    if let Some(believed) = &lesson.misconception {
        out.put("misconception", misconception(believed, detail));
    }
    out.text_unless_empty("teacher", &lesson.teacher);
    out.list("steps", &lesson.steps, |one| step(one, detail));
    out.value("cases", lesson.cases.as_ref());
    out.finish(&lesson.extra)
}

fn number(number: usize) -> Json {
    Json::Number(number.to_string())
}

fn misconception(believed: &Misconception, detail: Detail) -> Json {
    let mut out = Object::new(detail);
    out.text_unless_empty("belief", &believed.belief);
    out.text_unless_empty("truth", &believed.truth);
    out.option("idea", believed.idea.as_ref());
    out.finish(&believed.extra)
}

fn step(step: &Step, detail: Detail) -> Json {
    let mut out = Object::new(detail);
    out.text("id", &step.id);
    out.text_unless_empty("title", &step.title);
    out.text_unless_empty("text", &step.text);
    out.list("edit", &step.edit, |one| match one {
        Editable::Policy(id) => named("policy", id.as_str()),
        Editable::Unknown(value) => Json::from(value),
        known => word(known, &Editable::WORDS),
    });
    out.list("hide", &step.hide, |one| match one {
        Hidden::Policy(id) => named("policy", id.as_str()),
        Hidden::Request(id) => named("request", id.as_str()),
        Hidden::Unknown(value) => Json::from(value),
        known => word(known, &Hidden::WORDS),
    });
    out.texts("hints", &step.hints);
    if let Some(one) = &step.task {
        out.put("task", task(one, detail));
    }
    out.text_unless_empty("solved", &step.solved);
    out.finish(&step.extra)
}

fn named(name: &str, id: &str) -> Json {
    Json::Object(vec![(name.to_owned(), Json::text(id))])
}

fn word<T: PartialEq>(value: &T, words: &[(&str, T)]) -> Json {
    let known = words.iter().find(|(_, one)| one == value);
    Json::text(known.map_or("", |(word, _)| *word))
}

fn task(task: &Task, detail: Detail) -> Json {
    let mut out = Object::new(detail);
    out.text("type", task.kind.as_str());
    out.texts("requests", &task.requests);
    out.list("ask", &task.ask, |ask| Json::text(ask.as_str()));
    out.option("request", task.request.as_ref());
    let expected = task.expect.iter();
    let expected =
        expected.map(|(request, expected)| (request.to_string(), expectation(expected, detail)));
    out.object_unless_empty("expect", Json::Object(expected.collect()));
    out.list("structure", &task.structure, |one| structure(one, detail));
    out.object_unless_empty("limits", limits(&task.limits, detail));
    out.finish(&task.extra)
}

fn structure(structure: &Structure, detail: Detail) -> Json {
    let mut out = Object::new(detail);
    out.option("ou", structure.ou.as_ref());
    out.option("account", structure.account.as_ref());
    out.option("within", structure.within.as_ref());
    out.option("below", structure.below.as_ref());
    out.texts("holds", &structure.holds);
    out.option("attached", structure.attached.as_ref());
    out.option("detached", structure.detached.as_ref());
    out.option("to", structure.to.as_ref());
    out.finish(&structure.extra)
}

fn limits(limits: &Limits, detail: Detail) -> Json {
    let mut out = Object::new(detail);
    let counts = |counts: &[(PolicyId, usize)]| {
        let counts = counts.iter();
        Json::Object(
            counts
                .map(|(id, most)| (id.to_string(), number(*most)))
                .collect(),
        )
    };
    out.object_unless_empty("statements", counts(&limits.statements));
    out.object_unless_empty("characters", counts(&limits.characters));
    let kept = limits.keep_statements.iter().map(|(id, sids)| {
        let sids = sids.iter().map(Json::text);
        (id.to_string(), Json::Array(sids.collect()))
    });
    out.object_unless_empty("keepStatements", Json::Object(kept.collect()));
    for (name, set) in [
        ("keepAttached", limits.keep_attached),
        ("noAllowAll", limits.no_allow_all),
        ("noNewAllow", limits.no_new_allow),
    ] {
        if set {
            out.put(name, Json::Bool(true));
        }
    }
    out.finish(&limits.extra)
}
