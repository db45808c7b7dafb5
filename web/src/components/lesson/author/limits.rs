//! What must not be done to solve a task.

use organization::PolicyId;
use organization::lesson::{Editable, Limits};
use playground::lesson::editable;
use policy::Kind;
use yew::prelude::*;

use super::checked::{Checked, Form};
use super::fields::{Writer, put, tick};
use crate::state::Model;

/// The fields for the limits of a task.
pub(super) fn limits(model: &Model, writer: &Writer, at: usize, limits: &Limits) -> Html {
    let one = |text: &'static str, on: bool, change: fn(&mut Limits, bool)| {
        let set = writer.task(at, move |task, on| change(&mut task.limits, on));
        tick(html! { text }, on, set)
    };
    html! {
        <fieldset class="author-group">
            <legend>{ texts::author_limits() }</legend>
            { one(texts::author_keep_attached(), limits.keep_attached, |limits, on| limits.keep_attached = on) }
            { one(texts::author_no_allow_all(), limits.no_allow_all, |limits, on| limits.no_allow_all = on) }
            { one(texts::author_no_new_allow(), limits.no_new_allow, |limits, on| limits.no_new_allow = on) }
            for id in limited(writer, at, limits) {
                { of_policy(model, writer, at, limits, id) }
            }
        </fieldset>
    }
}

/// The policies that may be changed by then, and those of which something is said already.
fn limited(writer: &Writer, at: usize, limits: &Limits) -> Vec<PolicyId> {
    let lesson = &writer.lesson;
    let step = lesson.steps.get(at);
    let changed = step.map_or_else(Vec::new, |step| editable(lesson, &step.id));
    let changed = changed.into_iter().filter_map(|what| match what {
        Editable::Policy(id) => Some(id),
        _ => None,
    });
    let counted = limits.statements.iter().chain(&limits.characters);
    let counted = counted.map(|(id, _)| id);
    let kept = limits.keep_statements.iter().map(|(id, _)| id);
    let mut all: Vec<PolicyId> = Vec::new();
    for id in changed.chain(counted).chain(kept) {
        if !all.contains(id) {
            all.push(id.clone());
        }
    }
    all
}

/// How large a policy may become, and which of its statements stay.
fn of_policy(model: &Model, writer: &Writer, at: usize, limits: &Limits, id: PolicyId) -> Html {
    let policy = model.scenario.policy(id.as_str());
    let name = policy.map_or_else(|| id.to_string(), |policy| policy.name().to_owned());
    let most = |name: &str, label: &'static str, of: fn(&mut Limits) -> &mut Counts| {
        let mut found = limits.clone();
        let mut counts = of(&mut found).iter();
        let value = counts.find(|(other, _)| *other == id);
        let value = value.map_or_else(String::new, |(_, most)| most.to_string());
        let typed = {
            let id = id.clone();
            writer.typed_in(at, format!("{name} of {id}"), move |step, text| {
                if let Some(task) = &mut step.task {
                    set_most(of(&mut task.limits), &id, text.parse().ok());
                }
            })
        };
        html! {
            <Checked
                id={format!("author-{name}-{at}-{id}")} {label} {value} form={Form::Count} {typed}
            />
        }
    };
    let sids = sids(model, &id);
    let unnamed = sids.iter().any(Option::is_none);
    let named: Vec<String> = sids.into_iter().flatten().collect();
    let kept = limits
        .keep_statements
        .iter()
        .find(|(other, _)| *other == id);
    let kept = kept.map_or(&[][..], |(_, sids)| sids);
    let gone = kept.iter().filter(|sid| !named.contains(sid));
    let keep = |sid: &String, text: String| {
        let set = {
            let (id, sid) = (id.clone(), sid.clone());
            writer.task(at, move |task, on| keep(&mut task.limits, &id, &sid, on))
        };
        tick(html! { text }, kept.contains(sid), set)
    };
    html! {
        <div class="author-policy" role="group" aria-label={name.clone()} key={id.as_str()}>
            <p><strong>{ name }</strong></p>
            <div class="author-pairs">
                { most("statements", texts::author_most_statements(), |limits| &mut limits.statements) }
                { most("characters", texts::author_most_characters(), |limits| &mut limits.characters) }
            </div>
            for sid in &named {
                { keep(sid, texts::author_keep_statement(sid)) }
            }
            for sid in gone {
                { keep(sid, texts::author_keep_statement_gone(sid)) }
            }
            if unnamed {
                <p class="muted">{ texts::author_keep_needs_sid() }</p>
            }
        </div>
    }
}

/// A number for each policy.
type Counts = Vec<(PolicyId, usize)>;

fn set_most(counts: &mut Counts, id: &PolicyId, most: Option<usize>) {
    match (counts.iter_mut().find(|(other, _)| other == id), most) {
        (Some((_, now)), Some(most)) => *now = most,
        (None, Some(most)) => counts.push((id.clone(), most)),
        (_, None) => counts.retain(|(other, _)| other != id),
    }
}

fn keep(limits: &mut Limits, id: &PolicyId, sid: &str, on: bool) {
    let all = &mut limits.keep_statements;
    match all.iter_mut().find(|(other, _)| other == id) {
        Some((_, sids)) => put(sids, sid.to_owned(), on),
        None if on => all.push((id.clone(), vec![sid.to_owned()])),
        None => {}
    }
    all.retain(|(_, sids)| !sids.is_empty());
}

/// The `Sid` of each statement of a policy.
pub(super) fn sids(model: &Model, id: &PolicyId) -> Vec<Option<String>> {
    let Some(policy) = model.scenario.policies.iter().find(|one| one.id == *id) else {
        return Vec::new();
    };
    let kind = policy.kind.known().unwrap_or(Kind::Identity);
    let parsed = policy::parse_on(&policy.text, kind, model.scenario.settings.date());
    let statements = parsed.document.statements.iter();
    statements
        .map(|one| one.sid.as_ref().map(|sid| sid.value.to_string()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_away_leaves_nothing_behind() {
        let mut limits = Limits::default();
        let id = PolicyId::from("p");
        let sid = "Lock".to_owned();
        keep(&mut limits, &id, &sid, true);
        set_most(&mut limits.statements, &id, Some(2));
        set_most(&mut limits.statements, &id, Some(3));
        assert_eq!(limits.statements, [(id.clone(), 3)]);
        assert_eq!(limits.keep_statements, [(id.clone(), vec![sid.clone()])]);
        keep(&mut limits, &id, &sid, false);
        set_most(&mut limits.statements, &id, None);
        assert!(limits.is_empty());
    }
}
